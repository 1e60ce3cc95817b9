/**
 * The gate: is what was deployed an MCP server, now and several times in a row? Rounds are tried until enough
 * are green, a failure cannot heal by waiting, or the time is up. Read-only on the server: discover or
 * initialize, list tools, end the session; never a tool call. What must be true of AWS is not checked here.
 */
import { validateHeaderName, validateHeaderValue } from 'node:http'
import { InputError, messageOf } from '../errors.ts'
import { type ClientCredentials, findWall, obtainToken, type Token, type Wall } from '../mcp/authorization.ts'
import { type Code, codes, type Era, type Failure, failure } from '../mcp/codes.ts'
import { type Comparison, type ContractFile, compareContracts, contractOf } from '../mcp/contract.ts'
import { ERAS, type Eras, isBelowHttp, NOT_ASKED, probeEras, type Transport } from '../mcp/eras.ts'
import type { Expectations } from '../mcp/expectations.ts'
import { clean, secretsOf } from '../mcp/quote.ts'
import type { Conversation, EraResult, Exchange } from '../mcp/rpc.ts'
import { probeStreamable } from '../mcp/streamable.ts'
import { judgeSurvey, type Survey, surveyAction, surveyEra, surveyStep } from '../mcp/survey.ts'
import type { Tool } from '../mcp/tools.ts'
import { type Line, openLine } from '../mcp/wire.ts'
import { type Polled, poll } from '../poll.ts'

export type { Era } from '../mcp/codes.ts'
export type GateFailure = Failure

export interface GateRequest {
  readonly endpoint: string
  /**
   * The eras that must pass. `any`: one of the three. `legacy`: initialize over Streamable HTTP, or over HTTP+SSE
   * when `transport` asks for it: a server of the deprecated transport alone locks out Streamable HTTP clients.
   */
  readonly require: 'any' | 'legacy' | 'modern' | 'both'
  readonly transport: Transport
  /** Sent on every request; the values are secrets and never appear in the report or the log. */
  readonly headers: Readonly<Record<string, string>>
  /** Tools that must be listed, in every era that passes. */
  readonly tools: readonly string[]
  /** What `serverInfo.version` must be, in every era that passes. */
  readonly expectVersion?: string | undefined
  /** The committed tool contract, and its path for messages; `tools` undefined when there is no such file yet. */
  readonly contract?: { readonly path: string; readonly tools: readonly Tool[] | undefined } | undefined
  /** `auth-wall`: without credentials the endpoint must answer with a wall that clients can find their way past. */
  readonly expect?: 'open' | 'auth-wall' | undefined
  /** To get past the wall; the secret goes to the token endpoint that the endpoint's metadata leads to. */
  readonly oauth?: ClientCredentials | undefined
  /** Green rounds in a row. */
  readonly rounds: number
  /** Milliseconds for the whole gate; the last round starts at the deadline at the latest. */
  readonly timeoutMs: number
}

/** One attempt: all eras once. */
export interface Round {
  readonly startedAt: string
  /** Until the verdict on all eras, without the survey. */
  readonly elapsedMs: number
  readonly verdict: 'green' | Code
  readonly exchanges: readonly Exchange[]
  /** After the first green round in a row: what many fresh connections found. */
  readonly survey?: SurveyReport
}

export interface SurveyReport {
  readonly elapsedMs: number
  readonly verdict: 'green' | Code
  /** How often something was tried in all, and how much of it failed. */
  readonly tries: number
  readonly failed: number
  readonly exchanges: readonly Exchange[]
}

export interface EraReport {
  readonly verdict: 'passed' | 'failed' | 'absent'
  readonly protocolVersion?: string
  readonly failure?: GateFailure
}

export interface GateReport {
  readonly passed: boolean
  readonly endpoint: string
  /** The failed check that decides, when not passed. */
  readonly failure?: GateFailure
  /** As seen in the last round. */
  readonly eras: Readonly<Record<Era, EraReport>>
  /** Negotiated versions of the eras that passed, newest first. */
  readonly protocolVersions: readonly string[]
  /** Names of the listed tools, sorted. */
  readonly tools: readonly string[]
  readonly serverInfo?: { readonly name: string; readonly version: string }
  /** The contract that is served, ready to be committed, and what changed since the committed one. */
  readonly contract?: ContractFile & { readonly comparison?: Comparison }
  /** What the endpoint tells clients without credentials, when it was asked without any and answered with a wall. */
  readonly wall?: Omit<Wall, 'warning'>
  readonly warnings: readonly string[]
  /**
   * Median over the green rounds of the time, in milliseconds, from the first byte sent to the whole tool list:
   * of the slowest required era, and with `any` of the fastest that passed. Null without a green round.
   */
  readonly latencyMs: number | null
  readonly elapsedMs: number
  readonly rounds: readonly Round[]
}

/** Below a second, so that a server that becomes healthy waits half of it at the median. */
const STEADY_DELAY_MS = 800
const FIRST_DELAYS_MS = [150, 300, 500]
const GREEN_DELAY_MS = 200
const LONGEST_RETRY_AFTER_MS = 60_000

/** A survey of targets that hang must end; one that explains a final failure must not make it late. */
const SURVEY_MS = 20_000
const SECOND_LOOK_MS = 1000

/** FLAPPING looks at this many last rounds. */
const RECENT_ROUNDS = 10

/**
 * Runs the gate. `log` gets one line for each change of what is seen (DNS, TCP, TLS, HTTP, MCP), not one for each
 * round; `onSecret` each token that was obtained, before anything is done with it.
 *
 * @throws InputError before any request when the endpoint, a header, a count or the proxy setting cannot be used.
 */
export async function gate(
  request: GateRequest,
  log: (line: string) => void,
  onSecret: (secret: string) => void = () => {},
): Promise<GateReport> {
  const access: Access = { line: lineFor(request), onSecret, warnings: new Set() }
  const expected: Expectations = { tools: request.tools, version: request.expectVersion }
  const started = performance.now()
  const rounds: Round[] = []
  const latencies: number[] = []
  let eras: Eras = { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': NOT_ASKED }
  let fault: Failure | undefined
  let greenInRow = 0
  let surveyed = false
  /** Eras that the survey of these green rounds found wanting, although no round may show it again. */
  let spoiled: Partial<Eras> = {}
  let failures = 0
  let logged = ''
  let retryAfterMs: number | undefined
  const tell = (state: string, text: string): void => {
    if (state !== logged) log(text)
    logged = state
  }

  const check = async (): Promise<Polled<Failure | undefined>> => {
    const round = await runRound(access, request, expected)
    let { report, final } = round
    eras = { ...round.eras, ...spoiled }
    fault = round.fault
    if (fault === undefined) {
      latencies.push(endsAtWall(request) ? report.elapsedMs : latencyOf(eras, request))
      if (!surveyed) {
        const survey = await runSurvey(access, request, expected, eras)
        report = { ...report, survey: survey.report }
        spoiled = survey.spoiled
        eras = { ...eras, ...spoiled }
        fault = survey.fault
        final = survey.final
        surveyed = fault === undefined
      }
    }
    rounds.push(report)
    if (fault === undefined) {
      greenInRow++
      tell('green', greenLine(eras, access.wall, request))
      return greenInRow >= request.rounds ? { done: undefined } : { waitingFor: 'more green rounds' }
    }
    tell(fault.code, faultLine(fault, final))
    greenInRow = 0
    surveyed = false
    spoiled = {}
    failures++
    retryAfterMs = Object.values(eras).find(era => era.retryAfterMs !== undefined)?.retryAfterMs
    return final ? { done: fault } : { waitingFor: fault.sentence }
  }
  const delayMs = (): number =>
    greenInRow > 0
      ? GREEN_DELAY_MS
      : Math.max(FIRST_DELAYS_MS[failures - 1] ?? STEADY_DELAY_MS, Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS))

  const polled = await poll(check, { delayMs, timeoutMs: request.timeoutMs })
  const { line, wall } = access
  const verdict = polled.timedOut
    ? atDeadline(
        rounds,
        fault && (await mixed(fault, line, eras, expected, rounds.at(-1)?.exchanges ?? [])),
        request.rounds,
      )
    : polled.value
  if (eras.legacy.failure?.code === 'SESSION_LOST') {
    eras = { ...eras, legacy: { ...eras.legacy, failure: await withCookieJar(eras.legacy.failure, line, expected) } }
  }
  const contract = contractIn(eras, request.contract?.tools)
  const decided =
    verdict?.code === 'SESSION_LOST'
      ? eras.legacy.failure
      : verdict
        ? await explained(verdict, line)
        : withoutContract(request)
  const passed = ERAS.map(era => eras[era]).filter(era => era.verdict === 'passed')
  const serverInfo = passed.find(era => era.serverInfo)?.serverInfo
  return {
    passed: decided === undefined,
    endpoint: request.endpoint,
    ...(decided && { failure: decided }),
    eras: { modern: reportOf(eras.modern), legacy: reportOf(eras.legacy), 'http-sse': reportOf(eras['http-sse']) },
    protocolVersions: [...new Set(passed.flatMap(era => era.protocolVersion ?? []))].sort().reverse(),
    tools: namesOf(passed[0]),
    ...(serverInfo && { serverInfo }),
    ...(contract && { contract }),
    ...(wall && { wall }),
    warnings: [...warningsOf(eras), ...access.warnings],
    latencyMs: median(latencies),
    elapsedMs: performance.now() - started,
    rounds,
  }
}

/** Header names that frame the message: setting them by hand breaks the exchange. */
const FRAMING = /^(?:connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i

function lineFor({ endpoint, headers, require, transport, rounds, timeoutMs }: GateRequest): Line {
  const url = URL.parse(endpoint)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new InputError(
      `The MCP endpoint "${endpoint}" is not an http or https URL, such as https://mcp.example.com/mcp.`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError('The MCP endpoint must not carry a user name or password; use mcp-headers.')
  }
  url.hash = ''
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      throw new InputError(`mcp-headers: "${name.slice(0, 100)}" is not a header that can be sent.`)
    }
    if (FRAMING.test(name)) throw new InputError(`mcp-headers: "${name}" is set by the connection itself.`)
  }
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new InputError(`mcp-rounds: ${rounds} is not a whole number from 1.`)
  if (transport === 'sse' && (require === 'modern' || require === 'both')) {
    throw new InputError(
      `mcp-require: ${require} cannot pass with mcp-transport: sse, which only legacy clients speak.`,
    )
  }
  try {
    return openLine(url, headers, timeoutMs, process.env)
  } catch (error) {
    throw new InputError(`HTTPS_PROXY or HTTP_PROXY of the runner cannot be used: ${messageOf(error)}`)
  }
}

interface Judged {
  readonly fault: Failure | undefined
  /** Waiting cannot heal the fault. */
  readonly final: boolean
}

/** The way to the endpoint, with what was found and obtained on it. */
interface Access {
  /** With the token, once there is one. */
  line: Line
  wall?: Omit<Wall, 'warning'>
  token?: Token
  readonly onSecret: (secret: string) => void
  readonly warnings: Set<string>
}

async function runRound(
  access: Access,
  request: GateRequest,
  expected: Expectations,
): Promise<Judged & { readonly eras: Eras; readonly report: Round }> {
  const startedAt = new Date().toISOString()
  const started = performance.now()
  const exchanges: Exchange[] = []
  const noEras: Eras = { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': NOT_ASKED }
  const barred = await passWall(access, request, exchanges)
  const eras =
    barred || endsAtWall(request) ? noEras : await probeEras(access.line, request.transport, expected, exchanges)
  const elapsedMs = performance.now() - started
  const first =
    barred ?? (endsAtWall(request) ? undefined : (judge(eras, request) ?? judgeContract(eras, access.line, request)))
  const { fault, final } = await secondLook(first, access.line, eras, expected, exchanges)
  return { eras, fault, final, report: { startedAt, elapsedMs, verdict: fault?.code ?? 'green', exchanges } }
}

/** Whether the wall is all that can be seen: it is expected, and nothing was given to get past it. */
function endsAtWall({ expect, oauth, headers }: GateRequest): boolean {
  return expect === 'auth-wall' && oauth === undefined && !hasAuthorization(headers)
}

function hasAuthorization(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some(name => name.toLowerCase() === 'authorization')
}

/** Checks the wall when one is expected, and obtains a token when there is none that lasts. */
async function passWall(access: Access, request: GateRequest, exchanges: Exchange[]): Promise<Failure | undefined> {
  const { expect, oauth } = request
  const needsToken = oauth !== undefined && (access.token === undefined || performance.now() > access.token.renewAt)
  if (expect !== 'auth-wall' && !needsToken) return undefined
  const wall = await wallOf(access.line, request, exchanges)
  if ('code' in wall) {
    if (wall.code !== 'AUTH_NOT_REQUIRED' || expect === 'auth-wall') return wall
    access.warnings.add(
      'The endpoint answers without authorization, so no token was asked for with mcp-oauth-client-id.',
    )
    return undefined
  }
  const { warning, ...found } = wall
  access.wall = found
  if (warning !== undefined) access.warnings.add(warning)
  if (oauth === undefined || !needsToken) return undefined
  const token = await obtainToken(access.line, wall, oauth, exchanges)
  if ('code' in token) return token
  access.onSecret(token.accessToken)
  access.token = token
  access.line = { ...access.line, headers: { ...request.headers, Authorization: `Bearer ${token.accessToken}` } }
  return undefined
}

/** The wall as somebody without credentials meets it. */
function wallOf(line: Line, { headers, transport }: GateRequest, exchanges: Exchange[]): Promise<Wall | Failure> {
  const open = Object.fromEntries(Object.entries(headers).filter(([name]) => !hasAuthorization({ [name]: '' })))
  return findWall({ ...line, headers: open }, transport === 'sse' ? 'sse' : 'streamable-http', exchanges)
}

/** Many fresh connections to every era that just passed; an era with a bad target among them has not. */
async function runSurvey(
  { line }: Access,
  request: GateRequest,
  expected: Expectations,
  eras: Eras,
): Promise<Judged & { readonly spoiled: Partial<Eras>; readonly report: SurveyReport }> {
  const started = performance.now()
  const exchanges: Exchange[] = []
  const spoiled: Partial<Record<Era, EraResult>> = {}
  const surveys: Survey[] = []
  let first: Failure | undefined
  if (request.expect === 'auth-wall') {
    const survey = await surveyAction('the wall', SURVEY_MS, async () => {
      const wall = await wallOf(line, request, exchanges)
      return 'code' in wall ? wall : undefined
    })
    surveys.push(survey)
    first = judgeSurvey(survey)
  }
  for (const era of ERAS) {
    if (eras[era].verdict !== 'passed') continue
    const found = await surveyEra({ line, era, exchanges }, eras[era], expected, SURVEY_MS)
    surveys.push(...found)
    const fault = found.map(survey => judgeSurvey(survey, era)).find(Boolean)
    if (fault) spoiled[era] = { ...eras[era], verdict: 'failed', failure: fault }
  }
  first ??= endsAtWall(request) ? undefined : judge({ ...eras, ...spoiled }, request)
  const { fault, final } = await secondLook(first, line, eras, expected, exchanges)
  const report: SurveyReport = {
    elapsedMs: performance.now() - started,
    verdict: fault?.code ?? 'green',
    tries: surveys.reduce((sum, survey) => sum + survey.tries, 0),
    failed: surveys.reduce((sum, survey) => sum + survey.failures.length, 0),
    exchanges,
  }
  return { spoiled, fault, final, report }
}

/**
 * Whether a fault is what every target says. A final code of one target among good ones is no reason to give up: its
 * task may be on its way out.
 */
async function secondLook(
  fault: Failure | undefined,
  line: Line,
  eras: Eras,
  expected: Expectations,
  exchanges: Exchange[],
): Promise<Pick<Judged, 'fault' | 'final'>> {
  if (fault?.era === undefined || !codes[fault.code].final || !mayDiffer(fault, exchanges)) {
    return { fault, final: fault !== undefined && codes[fault.code].final }
  }
  if (fault.code === 'SESSION_LOST') {
    const sessions = [1, 2].map(() => () => probeStreamable({ line, era: 'legacy', exchanges }, expected))
    for (const session of sessions) {
      if ((await session()).failure?.code === 'SESSION_LOST') return { fault, final: true }
    }
    return { fault, final: false }
  }
  const survey = await surveyStep(
    { line, era: fault.era, exchanges },
    eras[fault.era],
    fault.step,
    expected,
    SECOND_LOOK_MS,
  )
  if (survey === undefined || survey.failures.length === survey.tries) return { fault, final: true }
  return { fault: judgeSurvey(survey, fault.era) ?? fault, final: false }
}

/** At the deadline: whether the last fault is that of some targets only. */
async function mixed(
  fault: Failure,
  line: Line,
  eras: Eras,
  expected: Expectations,
  exchanges: readonly Exchange[],
): Promise<Failure> {
  if (fault.era === undefined || fault.code === 'FLAPPING' || !mayDiffer(fault, exchanges)) return fault
  const conversation: Conversation = { line, era: fault.era, exchanges: [] }
  const survey = await surveyStep(conversation, eras[fault.era], fault.step, expected, SECOND_LOOK_MS)
  const verdict = survey && judgeSurvey(survey, fault.era)
  return verdict?.code === 'FLAPPING' ? verdict : fault
}

/** Replies of this many bytes are not fetched again and again: memory is bounded, and so is the patience of a server. */
const LARGE_BYTES = 512 * 1024

/** Whether another target may say something else. Asked again, a wall says the same, and counts the attempts. */
function mayDiffer({ code }: Failure, exchanges: readonly Exchange[]): boolean {
  return !isBelowHttp(code) && !code.startsWith('AUTH_') && exchanges.every(({ bytes }) => bytes < LARGE_BYTES)
}

/** The failure that keeps these eras from satisfying the request, or undefined when they do. Pure. */
export function judge(
  eras: Eras,
  { require, transport }: Pick<GateRequest, 'require' | 'transport'>,
): Failure | undefined {
  if (require === 'any') {
    if (ERAS.some(era => eras[era].verdict === 'passed')) return undefined
    // The era that came furthest is the one this server means to speak.
    const [best] = (['legacy', 'http-sse', 'modern'] as const)
      .flatMap(era => eras[era].failure ?? [])
      .sort((a, b) => progressOf(b) - progressOf(a))
    return best ?? failure('MODERN_ABSENT', 'server/discover', 'The endpoint speaks no era of MCP.', 'modern')
  }
  const faults = [
    ...(require === 'modern' ? [] : [legacyFault(eras, transport)]),
    ...(require === 'legacy' ? [] : [modernFault(eras)]),
  ].filter(fault => fault !== undefined)
  return faults.find(fault => codes[fault.code].final) ?? faults[0]
}

function legacyFault(eras: Eras, transport: GateRequest['transport']): Failure | undefined {
  const era = eras[transport === 'sse' ? 'http-sse' : 'legacy']
  if (era.verdict === 'passed') return undefined
  if (transport !== 'sse' && eras['http-sse'].verdict === 'passed') {
    return failure('OLD_TRANSPORT', 'initialize', 'The endpoint speaks only HTTP+SSE (2024-11-05).', 'http-sse')
  }
  return era.failure ?? eras['http-sse'].failure
}

function modernFault({ modern, legacy, 'http-sse': sse }: Eras): Failure | undefined {
  if (modern.verdict === 'passed') return undefined
  if (modern.verdict === 'failed' && modern.failure) return modern.failure
  // Absent because of its age when an older era is there; else for the reason the endpoint gave.
  const isOlder = legacy.verdict === 'passed' || sse.verdict === 'passed' || legacy.failure?.code === 'SESSION_LOST'
  const refused = modern.failure?.sentence ?? ''
  return isOlder || !modern.failure
    ? failure(
        'MODERN_ABSENT',
        'server/discover',
        `The server does not offer revision 2026-07-28. ${refused}`.trim(),
        'modern',
      )
    : modern.failure
}

function progressOf({ code, step }: Failure): number {
  const layers = ['DNS', 'TCP', 'TLS', 'HTTP', 'MCP']
  const refusesEra = code === 'LEGACY_CLIENTS_LOCKED_OUT' || (step === 'server/discover' && code.startsWith('RPC_'))
  return (step === 'tools/list' ? 10 : 0) + (refusesEra ? -1 : 0) + layers.indexOf(codes[code].layer)
}

/** Whether a client of the committed contract can still use what is served. Pure. */
function judgeContract(eras: Eras, { headers }: Line, { contract }: GateRequest): Failure | undefined {
  if (contract?.tools === undefined) return undefined
  const now = contractOf(toolsOf(eras))
  const broken = (what: string): Failure =>
    failure('CONTRACT_BROKEN', 'tools/list', `The tools are not those of ${contract.path}: ${what}.`)
  if (now === undefined) return broken('a schema is nested too deep to be compared')
  const { removed, breaking } = compareContracts(contract.tools, now.tools)
  const secrets = secretsOf(headers)
  const changes = [
    ...removed.map(name => `"${clean(name, secrets)}" is gone`),
    ...breaking.map(({ tool, path, what }) => `"${clean(tool, secrets)}" ${clean(`${path} ${what}`, secrets)}`),
  ]
  if (changes.length === 0) return undefined
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : ''
  return broken(`${changes.slice(0, 3).join('; ')}${more}`)
}

/** Said last, so that the report is whole: the file is missing, and this run has it. Pure. */
function withoutContract({ contract }: GateRequest): Failure | undefined {
  if (contract === undefined || contract.tools !== undefined) return undefined
  const sentence = `The endpoint speaks MCP, but there is no ${contract.path} in the repository to compare its tools with.`
  return failure('CONTRACT_MISSING', 'contract', sentence)
}

/** The tools that the report is about: those of the newest era that passed. */
function toolsOf(eras: Eras): readonly Tool[] {
  return ERAS.map(era => eras[era]).find(({ verdict }) => verdict === 'passed')?.tools ?? []
}

/** The contract that is served; absent when no era passed or nothing of it can be compared. Pure. */
function contractIn(eras: Eras, committed: readonly Tool[] | undefined): GateReport['contract'] {
  if (!ERAS.some(era => eras[era].verdict === 'passed')) return undefined
  const now = contractOf(toolsOf(eras))
  return now && { ...now, ...(committed && { comparison: compareContracts(committed, now.tools) }) }
}

/** What to say when the time is up: the last failure, that rounds alternated, or that there were too few. Pure. */
export function atDeadline(rounds: readonly Round[], last: Failure | undefined, wanted: number): Failure {
  const recent = rounds
    .slice(-RECENT_ROUNDS)
    .map(({ verdict, survey }) => (verdict === 'green' ? survey?.verdict : verdict))
  const failed = recent.filter(verdict => verdict !== undefined && verdict !== 'green')
  // A survey that counted says more than the rounds around it; a lost session is what it is, however often.
  if (last?.code === 'FLAPPING') return last
  if (last?.code === 'SESSION_LOST' && failed.every(verdict => verdict === 'SESSION_LOST')) return last
  const [first] = failed
  if (first && failed.length < recent.length) {
    const named = [...new Set(failed)].join(', ')
    const shown = last ? ` The last one: ${last.sentence}` : ''
    const sentence = `FLAPPING ${failed.length}/${recent.length}: of the last ${recent.length} rounds ${failed.length} failed (${named}).${shown}`
    return failure('FLAPPING', last?.step ?? 'rounds', sentence, last?.era)
  }
  if (last) return last
  return failure(
    'DEADLINE',
    'rounds',
    `Only ${recent.length} of ${wanted} green rounds were done when the time was up.`,
  )
}

/** Adds the right path to a failure that comes of a wrong one. */
async function explained(fault: Failure, line: Line): Promise<Failure> {
  if (fault.code !== 'PATH_404' && fault.code !== 'HTTP_405' && fault.code !== 'HTML_PAGE') return fault
  const found = await pathThatSpeaks(line)
  return found === undefined ? fault : { ...fault, sentence: `${fault.sentence} MCP answers at ${found}.` }
}

/** Sessions that end up whole by chance must not pass for a working jar, so every one of several must be. */
const JAR_SESSIONS = 3

/** Whether a client with a cookie jar would keep the session that was lost. */
async function withCookieJar(fault: Failure, line: Line, expected: Expectations): Promise<Failure> {
  for (let session = 0; session < JAR_SESSIONS; session++) {
    const seen = await probeStreamable({ line, era: 'legacy', exchanges: [] }, expected, {
      withCookies: true,
      lists: 2,
    })
    if (!seen.setsCookies || seen.failure?.code === 'SESSION_LOST') return fault
  }
  const sentence = `${fault.sentence} ${JAR_SESSIONS} sessions that sent the cookies back were whole.`
  return failure('SESSION_NEEDS_COOKIES', fault.step, sentence, fault.era)
}

/** The usual paths on the same origin, tried once and together; the first of the list that speaks MCP. */
async function pathThatSpeaks(line: Line): Promise<string | undefined> {
  const found = await Promise.all(
    ['/mcp', '/sse', '/'].map(async path => {
      const endpoint = new URL(path, line.endpoint.href)
      if (endpoint.pathname === line.endpoint.pathname) return undefined
      const there: Line = { ...line, endpoint, giveUpAt: Math.min(line.giveUpAt, performance.now() + 1000) }
      const anything: Expectations = { tools: [], version: undefined }
      const eras = await probeEras(there, path === '/sse' ? 'sse' : 'streamable-http', anything, [])
      return ERAS.some(era => eras[era].verdict === 'passed') ? endpoint.href : undefined
    }),
  )
  return found.find(address => address !== undefined)
}

function faultLine(fault: Failure, final: boolean): string {
  return `${codes[fault.code].layer}: ${fault.code}: ${fault.sentence}${final ? '' : ' Waiting.'}`
}

function greenLine(eras: Eras, wall: Access['wall'], { expect, rounds }: GateRequest): string {
  const spoken = ERAS.filter(era => eras[era].verdict === 'passed').map(
    era => `${era} ${eras[era].protocolVersion ?? ''}`,
  )
  const walled = expect === 'auth-wall' && wall ? [`authorization by ${wall.authorizationServers.join(', ')}`] : []
  return `MCP: green (${[...walled, ...spoken].join(', ')}); ${rounds} in a row are wanted.`
}

/** The names of an era's tools, sorted, each once. */
function namesOf(era: EraResult | undefined): string[] {
  return [...new Set(era?.tools?.map(({ name }) => name))].sort()
}

function reportOf({ verdict, protocolVersion, failure: fault }: EraResult): EraReport {
  return {
    verdict,
    ...(protocolVersion !== undefined && { protocolVersion }),
    ...(fault && verdict === 'failed' && { failure: fault }),
  }
}

/** What a person should know although it does not decide. Pure. */
function warningsOf({ modern, legacy, 'http-sse': sse }: Eras): readonly string[] {
  const warnings = [modern, legacy, sse].flatMap(era => era.warnings)
  if (modern.verdict === 'passed' && legacy.verdict === 'failed' && legacy.failure) {
    const { code, sentence, fix } = legacy.failure
    const name = code === 'LEGACY_CLIENTS_LOCKED_OUT' ? code : `MODERN_OK_LEGACY_BROKEN (${code})`
    warnings.push(`${name}: clients that open with initialize cannot use this server. ${sentence} ${fix}`)
  }
  if (legacy.verdict === 'passed' && modern.verdict === 'failed' && modern.failure) {
    const { code, sentence, fix } = modern.failure
    warnings.push(
      `LEGACY_OK_MODERN_BROKEN (${code}): clients of revision 2026-07-28 cannot use this server. ${sentence} ${fix}`,
    )
  }
  if (sse.verdict === 'passed') {
    warnings.push(
      `OLD_TRANSPORT: only HTTP+SSE (2024-11-05) is served, deprecated since 2025-03-26. ${codes.OLD_TRANSPORT.fix}`,
    )
  }
  if (modern.tools && legacy.tools && namesOf(modern).join('\n') !== namesOf(legacy).join('\n'))
    warnings.push('The modern and the legacy era list different tools; the report shows those of the modern era.')
  return [...new Set(warnings)]
}

function latencyOf(eras: Eras, { require, transport }: GateRequest): number {
  const { modern, legacy, 'http-sse': sse } = eras
  switch (require) {
    case 'modern':
      return modern.elapsedMs
    case 'legacy':
      return transport === 'sse' ? sse.elapsedMs : legacy.elapsedMs
    case 'both':
      return Math.max(modern.elapsedMs, legacy.elapsedMs)
    case 'any':
      return Math.min(...[modern, legacy, sse].filter(era => era.verdict === 'passed').map(era => era.elapsedMs))
  }
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1)
  return middle.length === 0 ? null : middle.reduce((sum, value) => sum + value, 0) / middle.length
}
