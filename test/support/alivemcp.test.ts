import { HttpClient } from '@actions/http-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AliveMcp, startAliveMcp } from './alivemcp.ts'

const wanted = { name: 'demo', url: 'https://mcp.example/mcp', interval_seconds: 60, protocol_version: '2025-11-25' }
let alive: AliveMcp

beforeEach(async () => {
  alive = await startAliveMcp()
})
afterEach(() => alive.stop())

function client(key = alive.apiKey) {
  const http = new HttpClient('test', [], { headers: { authorization: `Bearer ${key}` }, socketTimeout: 500 })
  return {
    http,
    create: (body: unknown) => http.post(`${alive.apiUrl}/v1/monitors`, JSON.stringify(body)),
    list: () => http.getJson<{ monitors: Array<{ id: string }> }>(`${alive.apiUrl}/v1/monitors`),
  }
}
type Client = ReturnType<typeof client>
const statusOf = async (answer: ReturnType<Client['create']>) => (await answer).message.statusCode

test('creates and lists monitors', async () => {
  const created = await client().create(wanted)
  expect(created.message.statusCode).toBe(201)
  const monitor = JSON.parse(await created.readBody())
  expect(monitor).toMatchObject({ ...wanted, id: expect.stringMatching(/^mon_/), paused: false })
  expect((await client().list()).result).toEqual({ monitors: [monitor] })
  expect(alive.monitors).toEqual([monitor])
  expect(alive.requests).toMatchObject([
    { method: 'POST', path: '/v1/monitors', authorized: true, body: wanted, status: 201 },
    { method: 'GET', status: 200 },
  ])
})

test('lists page by page, changes, removes, and shows the status to everybody', async () => {
  await alive.stop()
  alive = await startAliveMcp({ pageSize: 2 })
  for (const url of ['https://a.example', 'https://b.example', 'https://c.example'])
    await client().create({ ...wanted, url })
  const { http } = client()
  const first = await http.getJson<{ monitors: unknown[] }>(`${alive.apiUrl}/v1/monitors`)
  expect(first.result?.monitors).toHaveLength(2)
  expect(first.headers).toMatchObject({ link: '</v1/monitors?page=1>; rel="next"' })
  const second = await http.get(`${alive.apiUrl}/v1/monitors?page=1`)
  expect(JSON.parse(await second.readBody()).monitors).toHaveLength(1)
  expect(second.message.headers.link).toBeUndefined()

  const [{ id, slug } = { id: '', slug: '' }] = alive.monitors
  const one = `${alive.apiUrl}/v1/monitors/${id}`
  expect((await http.patch(one, '{"paused":true}')).message.statusCode).toBe(200)
  const shown = await client('').http.getJson(`${alive.apiUrl}/api/embed-status/${slug}`)
  expect(shown.result).toMatchObject({ slug, status: 'unknown' })
  expect((await http.del(one)).message.statusCode).toBe(204)
  expect((await http.del(one)).message.statusCode).toBe(404)
  expect(alive.monitors).toHaveLength(2)
})

test('wants its key', async () => {
  expect(await statusOf(client('stolen').create(wanted))).toBe(401)
  await expect(client('').list()).rejects.toMatchObject({ statusCode: 401 })
  expect(alive.monitors).toEqual([])
})

test.each([
  ['no name', { ...wanted, name: ' ' }],
  ['a url that is none', { ...wanted, url: 'mcp.example' }],
  ['a url that no probe can reach', { ...wanted, url: 'file:///etc/passwd' }],
  ['an interval with a unit', { ...wanted, interval_seconds: '60s' }],
  ['a protocol version that is none', { ...wanted, protocol_version: 'latest' }],
  ['a field too many', { ...wanted, token: 'x' }],
  ['no object', [wanted]],
])('refuses %s', async (_, body) => {
  expect(await statusOf(client().create(body))).toBe(422)
  expect(alive.monitors).toEqual([])
})

test('can hold one monitor per URL', async () => {
  await alive.stop()
  alive = await startAliveMcp({ oneMonitorPerUrl: true })
  expect(await statusOf(client().create(wanted))).toBe(201)
  expect(await statusOf(client().create({ ...wanted, name: 'again' }))).toBe(409)
  expect(alive.monitors).toHaveLength(1)
})

describe('faults', { timeout: 30_000 }, () => {
  test('a missing list, an error, and then it works', async () => {
    alive.faults.push({ method: 'GET', path: /./, times: 1, status: 404 }, { path: /./, times: 1, status: 500 })
    // The client turns a 404 into an empty result.
    expect(await client().list()).toMatchObject({ statusCode: 404, result: null })
    expect(await statusOf(client().create(wanted))).toBe(500)
    expect(await statusOf(client().create(wanted))).toBe(201)
    expect(alive.monitors).toHaveLength(1)
  })

  test('an answer that never comes', async () => {
    alive.faults.push({ path: /./, times: 1, hang: true })
    await expect(client().create(wanted)).rejects.toThrow('timeout')
    expect(alive.monitors).toEqual([])
  })

  test('an answer that is lost after the monitor was created', async () => {
    alive.faults.push({ path: /./, times: 1, reset: true, afterwards: true })
    await expect(client().create(wanted)).rejects.toThrow()
    expect(alive.monitors).toHaveLength(1)
    expect(alive.requests[0]?.status).toBe(0)
  })
})
