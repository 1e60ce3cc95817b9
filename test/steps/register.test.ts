import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AliveMcp } from '../../src/clients/monitor.ts'
import { register } from '../../src/steps/register.ts'
import { type AliveMcp as StandIn, startAliveMcp } from '../support/alivemcp.ts'
import { listen } from '../support/mcp/listen.ts'

const wanted = {
  name: 'weather',
  url: 'https://mcp.example.com/mcp',
  interval_seconds: 60,
  protocol_version: '2026-07-28',
}
let monitor: StandIn
let client: AliveMcp

beforeEach(async () => {
  monitor = await startAliveMcp()
  client = new AliveMcp(monitor.apiUrl, monitor.apiKey)
})
afterEach(() => monitor.stop())

test('creates it once, however often it is run', async () => {
  const first = await register(client, wanted)
  expect(first).toMatchObject({ outcome: 'created', id: expect.stringMatching(/./) })
  const again = await register(client, { ...wanted, url: 'https://MCP.example.com/mcp/' })
  expect(again).toMatchObject({ outcome: 'exists' })
  expect(monitor.monitors).toHaveLength(1)
  expect(monitor.monitors[0]).toMatchObject(wanted)
})

test('a wrong key is a warning that does not repeat the key', async () => {
  const result = await register(new AliveMcp(monitor.apiUrl, 'wrong-key-value'), wanted)
  expect(result).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/401/) })
  expect(JSON.stringify(result)).not.toContain('wrong-key-value')
})

test('an endpoint of which only the wall is known is sent without a version, and a refusal says why', async () => {
  const { protocol_version: _, ...walled } = wanted
  const result = await register(client, walled)
  expect(result).toMatchObject({
    outcome: 'failed',
    warning: expect.stringMatching(/No protocol version was sent, because .* set mcp-oauth-client-id/),
  })
  expect(posts().map(({ body }) => body)).toEqual([walled])

  const bodies: unknown[] = []
  const lenient = await listen(
    createServer(async (req, res) => {
      if (req.method === 'GET') return void res.writeHead(404).end()
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      bodies.push(JSON.parse(Buffer.concat(chunks).toString()))
      res.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"m1"}')
    }),
  )
  const made = await register(new AliveMcp(lenient.url, 'key'), walled)
  await lenient[Symbol.asyncDispose]()
  expect(made).toEqual({ outcome: 'created', id: 'm1' })
  expect(bodies).toEqual([walled])
})

test('a monitor that is not there is a warning', async () => {
  await monitor.stop()
  expect(await register(client, wanted)).toMatchObject({
    outcome: 'failed',
    warning: expect.stringMatching(/could not be registered/),
  })
})

const posts = () => monitor.requests.filter(({ method }) => method === 'POST')

describe('an API without a list', () => {
  test.each([404, 405, 501])('(%i): it is created, with a key that makes the second request the same', async status => {
    monitor.faults.push({ method: 'GET', path: /./, times: 99, status })
    expect(await register(client, wanted)).toMatchObject({ outcome: 'created', id: monitor.monitors[0]?.id })
    await register(client, wanted)
    const keys = posts().map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(keys[1]).toBe(keys[0])
  })

  test('an answer that is lost cannot be looked up: a warning', async () => {
    monitor.faults.push({ method: 'GET', path: /./, times: 99, status: 404 })
    monitor.faults.push({ method: 'POST', path: /./, times: 1, reset: true, afterwards: true })
    expect(await register(client, wanted)).toMatchObject({ outcome: 'failed' })
  })
})

describe('a list that fails', () => {
  test.each([
    ['500', { status: 500 }, /answered 500/],
    ['403', { status: 403 }, /answered 403/],
    ['a page', { body: '<html>', headers: { 'content-type': 'text/html' } }, /200 without a list/],
    ['no list', { body: { ok: true } }, /200 without a list/],
    ['a broken connection', { reset: true }, /could not be registered/],
    ['no answer', { hang: true }, /timeout/i],
  ])('(%s) is a warning, and nothing is created: it may be there already', async (_, fault, message) => {
    monitor.faults.push({ method: 'GET', path: /./, times: 99, ...fault })
    expect(await register(client, wanted)).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(message) })
    expect(posts()).toEqual([])
  })
})

describe('a creation whose answer is lost', () => {
  test.each([
    ['by a broken connection', { reset: true }],
    ['by a gateway', { status: 504 }],
  ])('%s is found in the list, and not created twice', async (_, fault) => {
    monitor.faults.push({ method: 'POST', path: /./, times: 1, afterwards: true, ...fault })
    expect(await register(client, wanted)).toEqual({ outcome: 'created', id: monitor.monitors[0]?.id })
    expect(posts()).toHaveLength(1)
    expect(monitor.monitors).toHaveLength(1)
  })

  test('one that was not carried out is a warning with its own cause', async () => {
    monitor.faults.push({ method: 'POST', path: /./, times: 1, status: 500 })
    expect(await register(client, wanted)).toMatchObject({
      outcome: 'failed',
      warning: expect.stringMatching(/POST .*answered 500.*next run tries again/),
    })
    expect(monitor.monitors).toEqual([])
  })
})

test('409 says that it exists; its id is in the list', async () => {
  await monitor.stop()
  monitor = await startAliveMcp({ oneMonitorPerUrl: true })
  client = new AliveMcp(monitor.apiUrl, monitor.apiKey)
  await register(client, wanted)
  monitor.faults.push({ method: 'GET', path: /./, times: 1, body: [] })
  expect(await register(client, wanted)).toEqual({ outcome: 'exists', id: monitor.monitors[0]?.id })
})

describe('a list is found in any usual shape', () => {
  const entry = { id: 7, name: 'other name', url: 'https://mcp.example.com/mcp/' }
  test.each([
    ['an array', [entry], '7'],
    ['items', { items: [entry], total: 1 }, '7'],
    ['data.monitors', { data: { monitors: [entry] } }, '7'],
    ['beside another list', { errors: [], warnings: ['x'], monitors: [entry] }, '7'],
    ['with entries that are none', [null, 'x', { id: 'no url' }, { url: 5 }, entry], '7'],
    ['an id that is missing', [{ url: entry.url }], ''],
  ])('%s', async (_, body, id) => {
    monitor.faults.push({ method: 'GET', path: /./, times: 1, body })
    expect(await register(client, wanted)).toEqual({ outcome: 'exists', id })
    expect(posts()).toEqual([])
  })

  test.each([[[]], [{ monitors: [] }], [{ data: { items: [] } }], [[{ url: 'https://other.example/mcp' }]]])(
    'without it: %j',
    async body => {
      monitor.faults.push({ method: 'GET', path: /./, times: 1, body })
      expect(await register(client, wanted)).toMatchObject({ outcome: 'created' })
    },
  )
})

test('a redirect is not followed: the key goes to one host', async () => {
  const keys: unknown[] = []
  await using thief = await listen(
    createServer((request, response) => {
      keys.push(request.headers.authorization)
      response.end('[]')
    }),
  )
  monitor.faults.push({ path: /./, times: 99, status: 307, headers: { location: `${thief.url}/v1/monitors` } })
  expect(await register(client, wanted)).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/307/) })
  expect(keys).toEqual([])
})
