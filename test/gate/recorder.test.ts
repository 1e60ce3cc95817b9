/** What is recorded of a gate: every request and reply, no credential, and never more than a bounded amount. */
import { describe, expect, it, test } from 'vitest'
import { type GateReport, type GateRequest, gate } from '../../src/gate/gate.ts'
import type { HttpOutcome, HttpRequest } from '../../src/gate/http-exchange.ts'
import { Recorder, type Transcript } from '../../src/gate/recorder.ts'
import { faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { quickTimes } from '../support/mcp/quick-gate.ts'
import { v1HttpSse, v1Stateful } from '../support/mcp/servers.ts'
import { startProtectedServer, TOKEN } from '../support/mcp/wall.ts'

const ownValue = 'recorder-own-header-5d2'

const requestTo = (endpoint: string, more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 1,
  timeoutMs: 10_000,
  requestsPerMinute: 100_000,
  ...more,
})

async function record(
  endpoint: string,
  more: Partial<GateRequest> = {},
): Promise<{ report: GateReport; transcripts: (Transcript | undefined)[]; all: string }> {
  const recorder = new Recorder()
  const report = await gate(requestTo(endpoint, more), () => {}, undefined, quickTimes, recorder)
  const exchanges = report.rounds.flatMap(round => [...round.exchanges, ...(round.survey?.exchanges ?? [])])
  const transcripts = exchanges.map(each => recorder.find(each))
  return { report, transcripts, all: JSON.stringify(transcripts) }
}

describe('a gate of a real server', () => {
  it('is recorded whole: each exchange of the report has its request and its reply', async () => {
    await using server = await v1Stateful()
    const { transcripts } = await record(`${server.url}/mcp`, { headers: { 'X-Api-Key': ownValue } })
    expect(transcripts.length).toBeGreaterThan(5)
    expect(transcripts.every(each => each?.reply !== undefined)).toBe(true)
    const [first] = transcripts
    expect(JSON.parse(first?.requestBody?.text ?? '')).toMatchObject({ method: 'initialize' })
    expect(first?.reply?.body?.text).toContain('real-v1')
    expect(Math.abs((first?.sentAt ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  it('has no value of a header that the user set, and no id of a session', async () => {
    let id = ''
    await using server = await faulty((asked, req, res) => {
      id = String(req.headers['mcp-session-id'] ?? id)
      return mcpLike({ session: 'session-id-of-the-lab' })(asked, req, res)
    })
    const { transcripts, all } = await record(`${server.url}/mcp`, {
      headers: { Authorization: `Bearer ${ownValue}`, 'X-Other': ownValue },
    })
    expect(id).toBe('session-id-of-the-lab')
    expect(all).not.toContain(ownValue)
    expect(all).not.toContain(id)
    expect(transcripts[0]?.requestHeaders).toEqual(
      expect.arrayContaining([{ name: 'authorization' }, { name: 'x-other' }]),
    )
    const sessions = transcripts.flatMap(each => each?.reply?.headers.filter(({ session }) => session) ?? [])
    expect(sessions[0]).toEqual({ name: 'mcp-session-id', session: 1 })
  })

  it('changes nothing in the report', async () => {
    await using server = await v1Stateful()
    const { report } = await record(`${server.url}/mcp`)
    const fields = report.rounds.flatMap(({ exchanges }) => exchanges.map(each => Object.keys(each).sort().join()))
    expect([...new Set(fields)]).toEqual(['bytes,elapsedMs,era,method,phases,status,step,verdict'])
  })

  it('over HTTP+SSE is recorded with the address that the server names', async () => {
    await using server = await v1HttpSse()
    const { transcripts } = await record(`${server.url}/sse`, { transport: 'sse' })
    expect(transcripts.map(each => URL.parse(each?.url.text ?? '')?.pathname)).toContain('/messages')
  })
})

it('a login is recorded without the credentials of the client and without the token', async () => {
  await using lab = await startProtectedServer()
  const oauth = { clientId: 'client-of-the-lab', clientSecret: 'secret-of-the-lab-9a' }
  const { report, transcripts, all } = await record(lab.url, { auth: 'required', oauth })
  expect(report.passed).toBe(true)
  const token = transcripts.find(each => each?.holdsCredentials)
  expect(token).toMatchObject({ requestHeaders: expect.arrayContaining([{ name: 'authorization' }]) })
  expect(token?.requestBody).toBeUndefined()
  expect(token?.reply?.body).toBeUndefined()
  expect(all).not.toContain(TOKEN)
  expect(all).not.toContain('secret-of-the-lab-9a')
  expect(all).not.toContain(btoa('client-of-the-lab:secret-of-the-lab-9a'))
  expect(all).toContain('resource_metadata')
})

it('a request without a reply is recorded with its fault', async () => {
  const { transcripts } = await record('http://127.0.0.1:9/mcp', { timeoutMs: 0 })
  expect(transcripts[0]).toMatchObject({ fault: { phase: 'tcp', code: 'ECONNREFUSED' } })
  expect(transcripts[0]?.reply).toBeUndefined()
})

it('a redirected request is recorded with its last address', async () => {
  const answer = mcpLike()
  await using server = await faulty((asked, req, res) =>
    req.url === '/old' ? reply(res, 307, '', '', { location: '/mcp' }) : answer(asked, req, res),
  )
  const { transcripts } = await record(`${server.url}/old`)
  expect(transcripts[0]).toMatchObject({ isRedirected: true, url: { text: `${server.url}/mcp` } })
})

it('only exchanges of the report are recorded, so probes for a hint take no room', async () => {
  await using server = await faulty((_asked, _req, res) => reply(res, 404, 'text/plain', 'no'))
  const recorded: object[] = []
  const observer = { onSent: () => {}, onRecorded: (entry: object) => recorded.push(entry) }
  const report = await gate(
    requestTo(`${server.url}/wrong`, { timeoutMs: 0 }),
    () => {},
    undefined,
    quickTimes,
    observer,
  )
  expect(report.failure?.code).toBe('PATH_404')
  expect(recorded).toEqual(report.rounds.flatMap(({ exchanges }) => exchanges))
})

describe('bounds', () => {
  const phases = { dns: null, tcp: 1, tls: null, headers: 1, body: 1 }
  const request: HttpRequest = { url: new URL('http://127.0.0.1/mcp'), method: 'POST', headers: {}, body: 'x' }
  const outcomeOf = (body: string, headers = {}): HttpOutcome => ({
    kind: 'reply',
    status: 200,
    headers,
    body,
    bytes: body.length,
    ending: 'end',
    phases,
    elapsedMs: 3,
  })
  const add = (recorder: Recorder, outcome: HttpOutcome, more: Partial<HttpRequest> = {}): object => {
    const entry = {}
    recorder.onSent(outcome, { request: { ...request, ...more }, url: request.url, setHeaders: [] })
    recorder.onRecorded(entry, outcome)
    return entry
  }

  test('of a body: its start, and how long it was', () => {
    const recorder = new Recorder()
    const { requestBody, reply } = recorder.find(
      add(recorder, outcomeOf('y'.repeat(1_000_000)), { body: 'x'.repeat(50_000) }),
    ) as Transcript
    expect(requestBody).toEqual({ text: 'x'.repeat(20_480), units: 50_000 })
    expect(reply?.body).toEqual({ text: 'y'.repeat(20_480), units: 1_000_000 })
  })

  test('of a gate: the first and the last exchanges', () => {
    const recorder = new Recorder()
    const entries = Array.from({ length: 1_000 }, () => add(recorder, outcomeOf('y')))
    const indexes = entries.flatMap((entry, index) => (recorder.find(entry) === undefined ? [] : [index]))
    expect(indexes).toEqual([...Array(60).keys(), ...Array.from({ length: 60 }, (_, index) => 940 + index)])
  })

  test('of sessions: those after the first 500 get no number', () => {
    const recorder = new Recorder()
    const last = Array.from({ length: 501 }, (_, index) =>
      add(recorder, outcomeOf('', { 'mcp-session-id': `session ${index}` })),
    ).at(-1)
    expect(recorder.find(last ?? {})?.reply?.headers).toEqual([{ name: 'mcp-session-id' }])
  })

  test.each(['set-cookie', 'authorization', 'x-api-key', 'x-amz-security-token', 'x-auth-token'])(
    'of headers: no value of %s',
    name => {
      const recorder = new Recorder()
      const { reply } = recorder.find(add(recorder, outcomeOf('', { [name]: ['a', 'b'] }))) as Transcript
      expect(reply?.headers).toEqual([{ name }])
    },
  )

  test.each(['www-authenticate', 'connection', 'content-type', 'access-control-allow-credentials'])(
    'of headers: the value of %s',
    name => {
      const recorder = new Recorder()
      const { reply } = recorder.find(add(recorder, outcomeOf('', { [name]: 'a' }))) as Transcript
      expect(reply?.headers).toEqual([{ name, value: 'a' }])
    },
  )

  test('of an exchange that nobody sent: nothing', () => {
    const recorder = new Recorder()
    const entry = {}
    recorder.onRecorded(entry, outcomeOf('y'))
    expect(recorder.find(entry)).toBeUndefined()
  })
})
