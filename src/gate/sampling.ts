/**
 * What a load balancer hides: one conversation meets one target, or a mixture of them. The same request several times
 * in a row, each on a connection of its own and without cookies, reaches every target of a round-robin balancer; and
 * several sessions of several requests show whether the targets share what a session remembers. Never at the same
 * time: interleaved sessions could look whole, and a server that cannot do two things at once is not a bad target.
 */
import { type Era, type Failure, failure, isInterruption } from './codes.ts'
import { type Expectations, findContractFault, findMissingTool, findOfferFault } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { endSession, initialize, LEGACY_VERSIONS, legacyPages, probeStreamable } from './legacy.ts'
import { probeSse } from './legacy-sse.ts'
import { discover, modernPages } from './modern.ts'
import type { Refusal } from './read-reply.ts'
import { type Conversation, type EraResult, failureOf, send } from './rpc.ts'
import { secretsOf } from './sanitize.ts'
import { listTools } from './tools.ts'

/** A service with more tasks than this has a bad one found by chance, in one of the rounds. */
const TRIES = 8
/** A list of many pages is many requests, each of which reaches another target. */
const PAGES = 40
const SESSIONS = 3
const LISTS_PER_SESSION = 2
const OLD_SESSIONS = 3

/** What was tried, how often, and the failures among it. */
export interface TargetSampling {
  readonly step: string
  readonly tries: number
  readonly failures: readonly Failure[]
}

/** What a survey has to know of the era that it looks at. */
export interface SampledTarget extends Pick<EraResult, 'protocolVersion' | 'tools' | 'pages'> {
  readonly inSession?: boolean
}

/**
 * The whole era, as far as `timeoutMs` allows: every stateless request TRIES times, or whole sessions. The step that failed most
 * often comes first.
 */
export async function sampleEra(
  conversation: Conversation,
  era: SampledTarget,
  expected: Expectations,
  timeoutMs: number,
): Promise<readonly TargetSampling[]> {
  const deadline = performance.now() + timeoutMs
  const opening = { modern: 'server/discover', legacy: 'initialize', 'http-sse': 'session' }[conversation.era]
  const steps = conversation.era === 'http-sse' || era.tools === undefined ? [opening] : [opening, 'tools/list']
  const samplings: TargetSampling[] = []
  if (conversation.era === 'legacy' && era.inSession) {
    samplings.push(await sampleSessions(conversation, expected, deadline))
  } else {
    for (const step of steps) {
      const sampling = await sampleStep(conversation, era, step, expected, deadline - performance.now())
      samplings.push(sampling)
      if (sampling.failures.some(isInterruption)) break
    }
  }
  return samplings.sort((a, b) => b.failures.length - a.failures.length)
}

/** One step of an era, TRIES times; whole sessions where it cannot be repeated outside of one. */
export async function sampleStep(
  conversation: Conversation,
  era: SampledTarget,
  step: string,
  expected: Expectations,
  timeoutMs: number,
): Promise<TargetSampling> {
  const deadline = performance.now() + timeoutMs
  const lists = Math.max(2, Math.min(TRIES, Math.floor(PAGES / (era.pages ?? 1))))
  const attempt = (name: string, action: () => Promise<Refusal | undefined>) =>
    repeat(conversation.target, name, name === 'tools/list' ? lists : TRIES, deadline, async () => {
      const refusal = await action()
      return [refusal && failureOf(refusal, name, conversation.era)]
    })
  switch (conversation.era) {
    case 'http-sse': {
      const session = async () => [afterContract(await probeSse(conversation, expected), conversation, expected)]
      return await repeat(conversation.target, 'session', OLD_SESSIONS, deadline, session)
    }
    case 'modern':
      return step === 'tools/list'
        ? await attempt(step, () => tryList(conversation, modernPages(conversation), true, expected))
        : await attempt('server/discover', () => tryDiscover(conversation, expected))
    case 'legacy': {
      if (step === 'initialize') return await attempt(step, () => tryInitialize(conversation, expected))
      if (step === 'notifications/initialized') {
        let turn = 0
        return await attempt(step, () => tryInitialized(conversation, turn++))
      }
      if (step !== 'tools/list' || era.inSession) return await sampleSessions(conversation, expected, deadline)
      const headers = { 'mcp-protocol-version': era.protocolVersion ?? LEGACY_VERSIONS[0] }
      return await attempt(step, () => tryList(conversation, legacyPages(conversation, headers), false, expected))
    }
  }
}

/** Whole sessions with several lists in each; each list is a try, as each may reach another target. */
function sampleSessions(conversation: Conversation, expected: Expectations, deadline: number): Promise<TargetSampling> {
  return repeat(conversation.target, 'session', SESSIONS, deadline, async () => {
    const { listings } = await probeStreamable(conversation, expected, { lists: LISTS_PER_SESSION })
    return listings.map(listing => afterContract(listing, conversation, expected))
  })
}

/** The failure of an era, or that its tools are not those of the contract. */
function afterContract(
  { failure: fault, tools = [] }: EraResult,
  { era, target }: Conversation,
  expected: Expectations,
): Failure | undefined {
  const refusal = fault ? undefined : findContractFault(tools, expected, secretsOf(target.headers))
  return refusal ? failure(refusal.code, 'tools/list', refusal.sentence, era) : fault
}

/**
 * What a survey means. Undefined when nothing failed, or when only a rate limit or the deadline of the gate stopped it:
 * that is no sign of a bad target. Pure.
 */
export function decideSampling({ step, tries: all, failures }: TargetSampling, era?: Era): Failure | undefined {
  const tries = all - failures.filter(isInterruption).length
  const counted = failures.filter(fault => !isInterruption(fault))
  const [first] = counted
  if (first === undefined) return undefined
  const lost = counted.find(({ code }) => code === 'SESSION_LOST')
  if (lost) return lost
  if (counted.length === tries) return first
  const named = [...new Set(counted.map(({ code }) => code))].join(', ')
  const sentence = `FLAPPING ${counted.length}/${tries}: of ${tries} tries of ${step}, each on a fresh connection, ${counted.length} failed (${named}). One of them: ${first.sentence}`
  return failure('FLAPPING', first.step, sentence, era)
}

/** An action of any kind, TRIES times, as far as `timeoutMs` allows. */
export function samplingAction(
  target: HttpTarget,
  step: string,
  timeoutMs: number,
  action: () => Promise<Failure | undefined>,
): Promise<TargetSampling> {
  return repeat(target, step, TRIES, performance.now() + timeoutMs, async () => [await action()])
}

/** An action up to `times` times: until the time is up, the request budget is spent or a reply says to stop. */
async function repeat(
  { budget, reservedRequests = 0 }: HttpTarget,
  step: string,
  times: number,
  deadline: number,
  action: () => Promise<readonly (Failure | undefined)[]>,
): Promise<TargetSampling> {
  const results: (Failure | undefined)[] = []
  const isInTime = (done: number): boolean => done === 0 || performance.now() < deadline
  for (let done = 0; done < times && isInTime(done) && budget.room > reservedRequests; done++) {
    results.push(...(await action()))
    // One more request after a rate limit would be one too many.
    if (results.some(fault => fault && isInterruption(fault))) break
  }
  return { step, tries: results.length, failures: results.filter(result => result !== undefined) }
}

const anything: Expectations = { tools: [], version: undefined, contract: undefined }

async function tryDiscover(conversation: Conversation, expected: Expectations): Promise<Refusal | undefined> {
  const discovery = await discover(conversation)
  return 'refusal' in discovery
    ? discovery.refusal
    : findOfferFault(discovery, expected, secretsOf(conversation.target.headers))
}

async function tryInitialize(conversation: Conversation, expected: Expectations): Promise<Refusal | undefined> {
  const { server, session } = await initialize(conversation)
  if (session['mcp-session-id'] !== undefined) await endSession(conversation, session)
  return 'answered' in server ? server : findOfferFault(server, expected, secretsOf(conversation.target.headers))
}

/** Every second time with a request in between, so that of two targets in turn one gets both parts of a handshake. */
async function tryInitialized(conversation: Conversation, turn: number): Promise<Refusal | undefined> {
  const { server, session } = await initialize(conversation)
  if ('answered' in server) return server
  if (turn % 2 === 1) await tryInitialize(conversation, anything)
  const { reply } = await send(conversation, {
    method: 'notifications/initialized',
    url: conversation.target.endpoint,
    headers: { ...session, 'mcp-protocol-version': server.protocolVersion },
  })
  if (session['mcp-session-id'] !== undefined) await endSession(conversation, session)
  return reply.answered ? undefined : reply
}

async function tryList(
  conversation: Conversation,
  pages: ReturnType<typeof modernPages>,
  isModern: boolean,
  expected: Expectations,
): Promise<Refusal | undefined> {
  const secrets = secretsOf(conversation.target.headers)
  const listing = await listTools(pages, isModern, secrets)
  if ('answered' in listing) return listing
  return findMissingTool(listing.tools, expected.tools, secrets) ?? findContractFault(listing.tools, expected, secrets)
}
