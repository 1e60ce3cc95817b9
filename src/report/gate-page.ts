/**
 * Renders the report of the gate as one self-contained HTML file: the verdict with its cause and fix, what each client would see, and
 * each request with its reply, redacted. Pure.
 */
import { codes } from '../gate/codes.ts'
import type { GateReport } from '../gate/gate.ts'
import { findHostRefusals, type HostRefusal, hostTitles } from '../gate/hosts.ts'
import type { RecordedHeader, RecordedText, Transcript } from '../gate/recorder.ts'
import { Line, line, type Words } from '../log.ts'
import { publicUrl } from '../secret-parts.ts'
import { count, failureCode, minute, seconds, timeOfDay, wordOf } from '../words.ts'
import { type Check, checksOf, eraName, isGateCode, verdictWords } from './gate.ts'
import { pageStyle } from './gate-page-style.ts'
import { codeBlock, Html, html, htmlDocument, link } from './html.ts'
import { Plain, plain } from './markdown.ts'

type Round = GateReport['rounds'][number]
type Exchange = Round['exchanges'][number]
type Era = keyof GateReport['eras']

/** Finds the messages of an exchange of the report; undefined if they were not kept. */
export interface Recording {
  readonly find: (exchange: object) => Transcript | undefined
}

/** The parts of the page that are not in the report. */
export interface PageOptions {
  readonly recording?: Recording | undefined
  /** The address of the folder `docs` of this release; undefined if it is unknown. */
  readonly docsUrl?: string | undefined
}

/** UTF-16 units of the longest shown body, address and list of tools. */
const maxBodyUnits = 16 * 1024
const maxLineUnits = 2_000

/** Rounds that are shown: the first, the last ones, and those whose verdict differs from the one before. */
const maxRounds = 24
const maxLastRounds = 3

/** Exchanges of one round or one sampling that are shown, at its start and at its end. */
const maxFirstExchanges = 60
const maxLastExchanges = 20

/** Tools that are listed. */
const maxTools = 300

/** Renders the page. Texts of the report and of the recording are raw. */
export function renderGatePage(gate: GateReport, { recording, docsUrl }: PageOptions = {}): Html {
  const { passed } = gate
  const endpoint = shown(publicUrl(gate.endpoint))
  const title = passed ? html`Gate passed: ${endpoint}` : html`Gate failed: ${endpoint}`
  const body = html`
<main>
${header(gate, endpoint)}
${failureSection(gate, docsUrl)}
${warningSection(gate)}
${checkSection(gate)}
${clientSection(gate)}
${timelineSection(gate, recording)}
${toolSection(gate)}
</main>
${footer(recording)}
`
  return htmlDocument(title, pageStyle, body)
}

/** Shortens a foreign text of one line after its secrets are removed. */
function shown(text: string, maxUnits = maxLineUnits): Plain {
  return plain`${text}`.shorten(maxUnits)
}

function header(gate: GateReport, endpoint: Plain): Html {
  const { passed, failure, warnings, serverInfo, latencyMs, rounds, protocolVersions, tools } = gate
  const verdict =
    failure === undefined
      ? warnings.length === 0
        ? html`The endpoint speaks MCP.`
        : html`The endpoint speaks MCP, with ${count(warnings.length, 'warning')}.`
      : html`<code>${failureCode(failure.code)}</code>${meaningOf(failure.code)}.`
  const server = serverInfo && html`${shown(serverInfo.name, 100)} ${shown(serverInfo.version, 40)}`
  const startedAt = rounds[0]?.startedAt
  const greens = rounds.filter(({ verdict: each }) => each === 'green').length
  return html`<header class="verdict ${passed ? Line.word('good') : Line.word('bad')}">
<p class="brand">MCP gate report</p>
<h1>${mark(passed ? 'passed' : 'failed')} ${passed ? html`Gate passed` : html`Gate failed`}</h1>
<p class="lead">${verdict}</p>
<p class="endpoint"><code>${endpoint}</code></p>
<dl class="facts">
${fact('Checked', startedAt && html`<time datetime="${startedAt}">${minute(Date.parse(startedAt))}</time>`)}
${fact('Took', html`${milliseconds(gate.elapsedMs)}, ${count(rounds.length, 'round')}, ${greens} passed`)}
${fact('Latency', latencyMs === null ? undefined : html`${milliseconds(latencyMs)}`)}
${fact('Server', server)}
${fact('Protocol', protocolVersions.length === 0 ? undefined : html`${shown(protocolVersions.join(', '), 200)}`)}
${fact('Tools', passed || tools.length > 0 ? html`${tools.length}` : undefined)}
</dl>
</header>`
}

/** Renders a row of a list, empty without a value. @param name our own word for it */
function fact<const T extends string>(name: Words<T>, value: Html | '' | undefined): Html {
  return value === undefined || value === '' ? html`` : html`<div><dt>${Line.word(name)}</dt><dd>${value}</dd></div>`
}

/** The meaning of a code in our own words, after a colon; a code that is not of the gate has none. */
function meaningOf(code: string): Html {
  return isGateCode(code) ? html`: ${Html.word(codes[code as keyof typeof codes].meaning as 'meaning')}` : html``
}

/** Which kind of change fixes a failure. */
const remedyTexts = {
  replace: 'A new version of the server can fix this.',
  config: 'Another version of the server changes nothing. Change what is in front of it or around it.',
  wait: 'Waiting may fix this. If it does not, a new version of the server can.',
} as const

function failureSection({ failure }: GateReport, docsUrl: string | undefined): Html {
  if (failure === undefined) return html``
  const { code, sentence, fix, remedy, step, era } = failure
  const place = era === undefined ? html`<code>${step}</code>` : html`<code>${step}</code>, protocol ${eraName(era)}`
  const cause = isGateCode(code) ? Html.word(codes[code].cause as 'cause') : undefined
  const page = docsUrl === undefined || !isGateCode(code) ? undefined : `${docsUrl}/gate-codes.md#${code}`
  return html`<section aria-labelledby="failure">
<h2 id="failure">What failed, and what to do</h2>
<div class="card failure">
<p class="sentence">${shown(sentence, 4_000)}</p>
<dl class="rows">
${fact('Where', place)}
${fact('Likely cause', cause)}
${fact('What to do', html`<strong>${shown(fix, 4_000)}</strong>`)}
${fact('Which change helps', html`${Line.word(remedyTexts[remedy])}`)}
${fact('Code', html`${page === undefined ? html`<code>${failureCode(code)}</code>` : link(html`<code>${failureCode(code)}</code>`, page)}`)}
</dl>
</div>
</section>`
}

function warningSection({ warnings }: GateReport): Html {
  if (warnings.length === 0) return html``
  const items = warnings.slice(0, 50).map(text => html`<li>${shown(text, 2_000)}</li>`)
  return html`<section aria-labelledby="warnings">
<h2 id="warnings">Warnings</h2>
<ul class="card warnings">${items}</ul>
</section>`
}

const outcomeWords = {
  passed: 'passed',
  failed: 'failed',
  'not-required': 'not required',
  absent: 'not offered',
} as const satisfies Readonly<Record<Check['outcome'], string>>

const marks = { passed: '✓', failed: '✗', 'not-required': '!', absent: '–' } as const

/** Renders the sign of an outcome, with its word for people who hear the page. */
function mark(outcome: Check['outcome']): Html {
  return html`<span class="mark ${Line.word(outcome)}"><span aria-hidden="true">${Line.word(marks[outcome])}</span><span class="heard">${Line.word(outcomeWords[outcome])}:</span></span>`
}

function checkSection(gate: GateReport): Html {
  const items = checksOf(gate).map(
    ({ name, outcome, observed }) =>
      html`<li>${mark(outcome)}<span class="name">${name}</span><span class="observed">${plain`${observed}`.shorten(500)}</span></li>`,
  )
  return html`<section aria-labelledby="checks">
<h2 id="checks">Checks</h2>
<ul class="card checks">${items}</ul>
</section>`
}

/** What the clients of an era send, and up to which revision they know the protocol. */
const eraClients: Readonly<Record<Era, string>> = {
  modern: 'Clients of revision 2026-07-28, which send server/discover',
  legacy: 'Clients of revisions 2024-11-05 to 2025-11-25, which send initialize',
  'http-sse': 'Clients of the deprecated transport HTTP+SSE',
}

function clientSection(gate: GateReport): Html {
  const eras = Object.entries(gate.eras) as [Era, GateReport['eras'][Era]][]
  const cards = eras.map(([era, { verdict, protocolVersion, failure }]) => {
    const outcome = verdict === 'failed' && gate.passed ? 'not-required' : verdict
    const result =
      verdict === 'passed'
        ? html`Connect${protocolVersion === undefined ? html`` : html` with <code>${protocolVersion}</code>`} and get ${count(gate.tools.length, 'tool')}.`
        : verdict === 'failed'
          ? html`Do not connect, or get no tools: <code>${failureCode(failure?.code ?? '')}</code>.${failure?.sentence === gate.failure?.sentence ? html`` : html` ${shown(failure?.sentence ?? '', 1_000)}`}`
          : html`Get nothing: the server does not offer this protocol, or the gate did not check it.`
    return html`<li class="${Line.word(outcome)}"><h3>${mark(outcome)} ${eraName(era)} <small>${Line.word(verdictWords[verdict])}</small></h3><p class="who">${Line.word(eraClients[era] as 'clients')}</p><p>${result}</p></li>`
  })
  return html`<section aria-labelledby="clients">
<h2 id="clients">What each client would see</h2>
${wallText(gate)}
<ul class="clients">${cards}</ul>
${hostList(gate)}
</section>`
}

function wallText({ wall }: GateReport): Html {
  if (wall === undefined) return html``
  return html`<p class="card">A client without credentials gets an authentication challenge. It leads to a login at <code>${shown(wall.authorizationServers.join(', '))}</code>.</p>`
}

/** Renders what the hosts object to in the tools. Only the list of tools is compared with their requirements: no host is run. */
function hostList({ contract, eras }: GateReport): Html {
  const isListed = Object.values(eras).some(({ verdict }) => verdict === 'passed')
  if (!isListed || contract === undefined)
    return html`<p class="remark">No protocol passed, so the requirements of hosts were not compared with the tools.</p>`
  const refusals = findHostRefusals(contract.tools)
  const rows = (Object.keys(hostTitles) as (keyof typeof hostTitles)[]).map(host => {
    const own = refusals.filter(({ hosts }) => hosts.includes(host))
    const outcome = own.length === 0 ? 'passed' : 'not-required'
    const result = own.length === 0 ? html`<p>No conflict found.</p>` : html`${own.map(refusalText)}`
    return html`<li>${mark(outcome)}<span class="name">${Line.word(hostTitles[host] as 'host')}</span><div class="observed">${result}</div></li>`
  })
  return html`<h3>Hosts</h3>
<p class="remark">The tools were compared with the published limits of these hosts. No host was started.</p>
<ul class="card checks">${rows}</ul>`
}

function refusalText({ tool, what, source }: HostRefusal): Html {
  const subject = tool === undefined ? html`The tool list` : html`The tool <code>${shown(tool, 200)}</code>`
  const [repository = '', number = ''] = source.split('#')
  const reference = link(html`${Line.word(source as 'source')}`, `https://github.com/${repository}/issues/${number}`)
  return html`<p>${subject} ${Line.word(what as 'what')} (${reference}).</p>`
}

function timelineSection({ rounds }: GateReport, recording: Recording | undefined): Html {
  const picked = pickRounds(rounds)
  const items: Html[] = []
  let next = 0
  for (const index of picked) {
    if (index > next) items.push(skippedRounds(rounds.slice(next, index), next))
    const round = rounds[index]
    if (round) items.push(roundDetails(round, index, index === 0 || index === rounds.length - 1, recording))
    next = index + 1
  }
  return html`<section aria-labelledby="timeline">
<h2 id="timeline">Timeline</h2>
<p class="remark">Times are UTC. Open a line to read the request and the reply.
<span class="legend"><span class="dns">DNS</span> <span class="tcp">TCP</span> <span class="tls">TLS</span> <span class="headers">until the headers</span> <span class="body">body</span></span></p>
${items}
</section>`
}

/** Returns the indexes of the rounds to show. Pure. */
export function pickRounds(rounds: readonly Pick<Round, 'verdict'>[]): readonly number[] {
  const last = Math.max(0, rounds.length - maxLastRounds)
  const isTurn = (index: number) => rounds[index]?.verdict !== rounds[index - 1]?.verdict
  const wanted = rounds.map((_, index) => index).filter(index => index === 0 || index >= last || isTurn(index))
  return wanted.length <= maxRounds
    ? wanted
    : [...wanted.slice(0, maxRounds - maxLastRounds), ...wanted.slice(-maxLastRounds)]
}

function skippedRounds(rounds: readonly Round[], from: number): Html {
  const verdicts = [...new Set(rounds.map(({ verdict }) => verdict))].map(verdictText)
  const numbers = rounds.length === 1 ? html`Round ${from + 1}` : html`Rounds ${from + 1} to ${from + rounds.length}`
  const named = verdicts.slice(0, 8).map((text, index) => (index === 0 ? text : html`, ${text}`))
  const [first, last] = [rounds[0], rounds.at(-1)].map(each => timeOfDay(each?.startedAt ?? ''))
  return html`<p class="skipped">${numbers}, from ${first} to ${last}: ${named}</p>`
}

function verdictText(verdict: Round['verdict']): Html {
  return verdict === 'green' ? html`passed` : html`<code>${failureCode(verdict)}</code>`
}

function roundDetails(round: Round, index: number, isOpen: boolean, recording: Recording | undefined): Html {
  const { startedAt, elapsedMs, verdict, exchanges, survey } = round
  const outcome = mark(verdict === 'green' ? 'passed' : 'failed')
  const head = html`<h3>${outcome} Round ${index + 1}</h3> <span class="round-verdict">${verdictText(verdict)}</span> <span class="meta">${timeOfDay(startedAt)} · ${milliseconds(elapsedMs)} · ${count(exchanges.length, 'exchange')}</span>`
  const sampling =
    survey === undefined
      ? html``
      : html`<details class="sampling"><summary><h4>${mark(survey.verdict === 'green' ? 'passed' : 'failed')} Repeated on fresh connections</h4> <span class="meta">${survey.tries} tries, ${survey.failed} failed · ${milliseconds(survey.elapsedMs)}</span></summary>${exchangeList(survey.exchanges, survey.verdict, recording)}</details>`
  const content = html`${exchangeList(exchanges, verdict, recording)}${sampling}`
  return isOpen
    ? html`<details class="card round" open><summary>${head}</summary>${content}</details>`
    : html`<details class="card round"><summary>${head}</summary>${content}</details>`
}

interface Row {
  readonly exchange: Exchange
  readonly transcript: Transcript | undefined
}

/** Renders exchanges in the order in which they were sent, as far as this was recorded. */
function exchangeList(
  exchanges: readonly Exchange[],
  verdict: Round['verdict'],
  recording: Recording | undefined,
): Html {
  const rows = exchanges.map((exchange): Row => ({ exchange, transcript: recording?.find(exchange) }))
  if (rows.every(({ transcript }) => transcript !== undefined))
    rows.sort((a, b) => (a.transcript?.sentAt ?? 0) - (b.transcript?.sentAt ?? 0))
  const isLong = rows.length > maxFirstExchanges + maxLastExchanges
  const first = isLong ? rows.slice(0, maxFirstExchanges) : rows
  const last = isLong ? rows.slice(-maxLastExchanges) : []
  const span = spanOf([...first, ...last])
  const items = [...first, ...last].map(row => exchangeItem(row, verdict, span))
  const omitted = rows.length - first.length - last.length
  if (omitted > 0)
    items.splice(maxFirstExchanges, 0, html`<li class="skipped">${omitted} more exchanges, without their messages</li>`)
  return html`<ol class="exchanges">${items}</ol>`
}

/** The time of a list of exchanges, in milliseconds since 1970. */
interface Span {
  readonly from: number
  readonly to: number
}

function spanOf(rows: readonly Row[]): Span {
  const starts = rows.flatMap(({ transcript }) => (transcript === undefined ? [] : [transcript.sentAt]))
  const ends = rows.flatMap(({ exchange, transcript }) =>
    transcript === undefined ? [] : [transcript.sentAt + exchange.elapsedMs],
  )
  const longest = Math.max(1, ...rows.map(({ exchange }) => exchange.elapsedMs))
  return starts.length === 0
    ? { from: 0, to: longest }
    : { from: Math.min(...starts), to: Math.max(...ends, Math.min(...starts) + 1) }
}

function exchangeItem({ exchange, transcript }: Row, roundVerdict: Round['verdict'], span: Span): Html {
  const { era, step, method, status, elapsedMs, verdict } = exchange
  const kind = verdict === 'ok' ? Line.word('ok') : verdict === roundVerdict ? Line.word('bad') : Line.word('other')
  const head = html`<span class="time">${transcript === undefined ? html`` : clock(transcript.sentAt)}</span><span class="step"><span class="method">${methodText(method)}</span> ${stepText(step)}</span><span class="era">${era === null ? html`authorization` : eraName(era)}</span><span class="status">${status === null ? html`no reply` : status}</span><span class="result">${verdict === 'ok' ? html`ok` : html`<code>${failureCode(verdict)}</code>`}</span>${bar(exchange, transcript, span)}<span class="ms">${milliseconds(elapsedMs)}</span>`
  return transcript === undefined
    ? html`<li class="${kind}"><div class="exchange">${head}</div></li>`
    : html`<li class="${kind}"><details><summary class="exchange">${head}</summary>${messages(exchange, transcript)}</details></li>`
}

/** The steps that the gate names only by their method. */
const methodSteps: Readonly<Record<string, string>> = { GET: 'stream of the session', DELETE: 'end of the session' }

function stepText(step: string): Plain {
  return shown(methodSteps[step] ?? step, 100)
}

/** Formats a moment as `17:53:33.120`. @param ms milliseconds since 1970 */
function clock(ms: number): Html {
  return html`${Line.word(new Date(ms).toISOString().slice(11, 23) as '17:53:33.120')}`
}

function milliseconds(ms: number): Line {
  return ms < 10_000 ? line`${Math.round(ms)} ms` : seconds(ms)
}

/** The phases of an exchange without a reply. */
const phases = ['dns', 'tcp', 'tls', 'headers', 'body', 'proxy'] as const

function methodText(method: string): Line {
  return wordOf(['GET', 'POST', 'DELETE'], method)
}

const phaseNames = { dns: 'DNS', tcp: 'TCP', tls: 'TLS', headers: 'until the headers', body: 'body' } as const

/** Units of the whole width of a bar. */
const barUnits = 1000

/** Renders the phases of an exchange as a bar, at its place in the time of the list. */
function bar({ phases, elapsedMs }: Exchange, transcript: Transcript | undefined, { from, to }: Span): Html {
  const unitsOf = (ms: number): number => Math.round((ms / (to - from)) * barUnits)
  let at = transcript === undefined ? 0 : transcript.sentAt - from
  const parts = (Object.keys(phaseNames) as (keyof typeof phaseNames)[]).flatMap(name => {
    const ms = phases[name]
    if (ms === null) return []
    const x = Math.min(unitsOf(at), barUnits - 4)
    at += ms
    return [html`<rect class="${Line.word(name)}" x="${x}" y="0" width="${Math.max(unitsOf(ms), 4)}" height="10"/>`]
  })
  const texts = (Object.keys(phaseNames) as (keyof typeof phaseNames)[])
    .filter(name => phases[name] !== null)
    .map(name => `${phaseNames[name]} ${Math.round(phases[name] ?? 0)} ms`)
  const label =
    texts.length === 0 ? line`${Math.round(elapsedMs)} ms` : line`${Line.word(texts.join(', ') as 'DNS 1 ms')}`
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${label}"><title>${label}</title>${parts}</svg>`
}

/** Why a body is not whole. */
const endingTexts = {
  end: undefined,
  enough: undefined,
  cut: 'The connection broke before the end of the body.',
  slow: 'The body did not end in time.',
  'too-big': 'The gate stopped reading, because the body is too large.',
  'bad-encoding': 'The body could not be decompressed.',
} as const satisfies Readonly<Record<NonNullable<Transcript['reply']>['ending'], string | undefined>>

function messages({ method, status, bytes }: Exchange, transcript: Transcript): Html {
  const { url, isRedirected, requestHeaders, requestBody, reply, fault, holdsCredentials } = transcript
  const redirected = isRedirected
    ? html`<p class="remark">The server redirected the request to this address.</p>`
    : html``
  const address = recordedText({ ...url, text: publicUrl(url.text) }, isWhole(url))
  const request = html`<section><h4>Request</h4>
<p class="start"><code><b>${methodText(method)}</b> ${address.shorten(maxLineUnits)}</code></p>${redirected}
${headerList(requestHeaders)}
${bodyText(requestBody, holdsCredentials && method === 'POST')}</section>`
  const ending = reply === undefined ? undefined : endingTexts[reply.ending]
  const answer =
    reply === undefined
      ? html`<section><h4>No reply</h4>
<p class="start"><code>${failureCode(fault?.code ?? '')}</code> in the phase ${wordOf(phases, fault?.phase ?? '')}</p>
<p>${fault === undefined ? '' : recordedText(fault.message).shorten(maxLineUnits)}</p></section>`
      : html`<section><h4>Reply</h4>
<p class="start"><code>HTTP <b>${status ?? ''}</b></code> · ${bytes} bytes</p>
${headerList(reply.headers)}
${bodyText(reply.body, holdsCredentials)}
${ending === undefined ? html`` : html`<p class="remark">${Line.word(ending)}</p>`}</section>`
  return html`<div class="messages">${request}${answer}</div>`
}

function isWhole({ text, units }: RecordedText): boolean {
  return text.length >= units
}

/** Removes the secrets of a text, also one that begins at the end of a text that is not whole. */
function recordedText(recorded: RecordedText, isComplete = isWhole(recorded)): Plain {
  return isComplete ? plain`${recorded.text}` : Plain.startOf(recorded.text)
}

function headerList(headers: readonly RecordedHeader[]): Html {
  if (headers.length === 0) return html``
  const rows = headers.map(
    header => html`<div><dt>${shown(header.name, 200)}</dt><dd>${headerValue(header)}</dd></div>`,
  )
  return html`<dl class="headers">${rows}</dl>`
}

function headerValue({ name, value, session }: RecordedHeader): Html {
  if (session !== undefined) return html`<i>session ${session}, the id was not recorded</i>`
  if (value === undefined) return html`<i>not recorded</i>`
  return html`${shown(name === 'location' ? publicUrl(value) : value)}`
}

function bodyText(body: RecordedText | undefined, holdsCredentials: boolean): Html {
  if (body === undefined)
    return holdsCredentials ? html`<p class="remark">The body holds credentials, so it was not recorded.</p>` : html``
  if (body.units === 0) return html`<p class="remark">The body is empty.</p>`
  const text = recordedText(body)
  const isLong = !isWhole(body) || text.length > maxBodyUnits
  const start = isLong ? text.start(maxBodyUnits) : text
  const omitted = isLong
    ? html`<p class="remark">These are the first ${start.length} of ${body.units} characters. The rest was left out.</p>`
    : html``
  return html`${codeBlock(start)}${omitted}`
}

function toolSection({ tools }: GateReport): Html {
  if (tools.length === 0) return html``
  const items = tools.slice(0, maxTools).map(name => html`<li><code>${shown(name, 200)}</code></li>`)
  const more = tools.length - items.length
  return html`<section aria-labelledby="tools">
<h2 id="tools">Tools</h2>
<ul class="card tools">${items}${more > 0 ? html`<li>and ${more} more</li>` : html``}</ul>
</section>`
}

function footer(recording: Recording | undefined): Html {
  const recorded =
    recording === undefined
      ? html`The messages of this gate were not recorded.`
      : html`Values of the headers that you set, cookies, session ids and the messages of a token request were never recorded. Of a long gate, only the first and the last messages were.`
  return html`<footer><p>Written by <code>terraform-mcp-deploy</code>. The page needs no network and runs no script. <code>***</code> is a secret that was removed. ${recorded}</p></footer>`
}
