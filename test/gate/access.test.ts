/** What a platform may say about the way to an endpoint: a session of the whole gate, one target, an alarm that counts 4xx answers. */
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GateRequest } from '../../src/gate/gate.ts'
import { readSignature } from '../support/aws-signature.ts'
import { type Answer, faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { quickGate } from '../support/mcp/quick-gate.ts'

const LONG = 60_000
const caller = { accessKeyId: 'AKIDLAB', secretAccessKey: 'secret-of-the-lab-0123456789' }

const kept = { ...process.env }
beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: caller.accessKeyId, AWS_SECRET_ACCESS_KEY: caller.secretAccessKey })
  delete process.env.AWS_SESSION_TOKEN
})
afterAll(() => {
  process.env = kept
})

const request = (endpoint: string, more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 2,
  timeoutMs: 20_000,
  ...more,
})

/** A server that records `METHOD PATH STATUS`, and the session header of each request. */
const recording = (answer: Answer) => {
  const seen: { line: string; session: unknown; req: IncomingMessage; body: string }[] = []
  const recorded: Answer = (asked, req, res) => {
    const body = asked === undefined ? '' : JSON.stringify(asked)
    res.on('finish', () =>
      seen.push({
        line: `${req.method} ${req.url} ${res.statusCode}`,
        session: req.headers['x-lab-session'],
        req,
        body,
      }),
    )
    return answer(asked, req, res)
  }
  return { answer: recorded, seen }
}

describe('a session of the whole gate', () => {
  const session = { headers: { 'X-Lab-Session': 'one' }, sigv4: 'execute-api/eu-central-1' }
  const at = (url: string) => ({ ...session, leaveUrl: `${url}/leave?qualifier=live` })

  it('is in every request, and ended by one signed POST at the end', { timeout: LONG }, async () => {
    const lab = recording(mcpLike({ on: { DELETE: (_, __, res) => reply(res, 405, '', '') } }))
    await using server = await faulty((asked, req, res) =>
      req.url?.startsWith('/leave') ? recordedLeave(asked, req, res) : lab.answer(asked, req, res),
    )
    const leaves = recording((_, __, res) => reply(res, 200, 'application/json', '{}'))
    const recordedLeave = leaves.answer
    const report = await quickGate(request(`${server.url}/mcp`, at(server.url)))
    expect(report).toMatchObject({ passed: true, warnings: [] })
    expect(new Set([...lab.seen, ...leaves.seen].map(each => each.session))).toEqual(new Set(['one']))
    expect(leaves.seen.map(({ line }) => line)).toEqual(['POST /leave?qualifier=live 200'])
    const [last] = leaves.seen
    expect(last && readSignature(last.req, last.body, caller)).toMatchObject({ scope: 'execute-api/eu-central-1' })
  })

  it('that cannot be ended is a warning, not a failure', { timeout: LONG }, async () => {
    await using server = await faulty((asked, req, res) =>
      req.url?.startsWith('/leave') ? reply(res, 403, '', '') : mcpLike()(asked, req, res),
    )
    const report = await quickGate(request(`${server.url}/mcp`, at(server.url)))
    expect(report.passed).toBe(true)
    expect(report.warnings).toEqual([expect.stringMatching(/session of the gate could not be ended \(HTTP 403\)/)])
  })

  it('is ended after a failure, too, and never begun where nothing answers', { timeout: LONG }, async () => {
    const lab = recording((_, __, res) => reply(res, 500, '', ''))
    await using server = await faulty(lab.answer)
    await quickGate(request(`${server.url}/mcp`, { ...at(server.url), timeoutMs: 300 }))
    expect(lab.seen.filter(({ line }) => line.startsWith('POST /leave')).length).toBe(1)
    const report = await quickGate(request('http://127.0.0.1:9/mcp', { ...at('http://127.0.0.1:9'), timeoutMs: 300 }))
    expect(report.warnings).toEqual([])
  })
})

it('one target is not sampled', { timeout: LONG }, async () => {
  const lab = recording(mcpLike())
  await using server = await faulty(lab.answer)
  const report = await quickGate(request(`${server.url}/mcp`, { traits: ['one-target'] }))
  expect(report.passed).toBe(true)
  expect(report.rounds.every(({ survey }) => survey === undefined)).toBe(true)
  expect(lab.seen.length).toBeLessThan(20)
})

describe('an alarm that counts 4xx answers', () => {
  it('sees none of a server that passes', { timeout: LONG }, async () => {
    const answers = { GET: 405, DELETE: 405, 'server/discover': 400 }
    const refusals = Object.entries(answers).map(([name, status]): [string, Answer] => [
      name,
      (_, __, res) => reply(res, status, '', ''),
    ])
    const ask = async (traits: GateRequest['traits']) => {
      const lab = recording(mcpLike({ session: 's', on: Object.fromEntries(refusals) }))
      await using server = await faulty(lab.answer)
      expect(await quickGate(request(`${server.url}/mcp`, { traits }))).toMatchObject({ passed: true })
      return lab.seen.filter(({ line }) => / 4\d\d$/.test(line)).map(({ line }) => line)
    }
    expect(await ask(['counts-client-errors'])).toEqual([])
    expect(new Set(await ask([]))).toEqual(new Set(['GET /mcp 405', 'DELETE /mcp 405', 'POST /mcp 400']))
  })

  it('does not keep a requirement of the user from being checked', { timeout: LONG }, async () => {
    const lab = recording(mcpLike())
    await using server = await faulty(lab.answer)
    const report = await quickGate(
      request(`${server.url}/mcp`, { traits: ['counts-client-errors'], require: 'modern', timeoutMs: 500 }),
    )
    expect(report.passed).toBe(false)
    expect(lab.seen.some(({ body }) => body.includes('server/discover'))).toBe(true)
  })
})

describe('HTTP 424, a server that could not be started', () => {
  const failing = (times: number) => {
    let left = times
    return recording((asked, req, res) =>
      left-- > 0 ? reply(res, 424, 'application/json', '{"message":"Runtime failed"}') : mcpLike()(asked, req, res),
    )
  }

  it('is waited for once: the first start may only have taken too long', { timeout: LONG }, async () => {
    await using server = await faulty(failing(1).answer)
    const report = await quickGate(request(`${server.url}/mcp`))
    expect(report.passed).toBe(true)
    expect(report.rounds[0]?.verdict).toBe('START_FAILED')
  })

  it('ends the gate when it comes twice, long before the time is up', { timeout: LONG }, async () => {
    const lab = failing(100)
    await using server = await faulty(lab.answer)
    const report = await quickGate(request(`${server.url}/mcp`, { timeoutMs: 50_000 }))
    expect(report.failure).toMatchObject({ code: 'START_FAILED', remedy: 'replace' })
    expect(report.failure?.sentence).toMatch(/HTTP 424.*Runtime failed/)
    expect(lab.seen.length).toBe(2)
  })
})
