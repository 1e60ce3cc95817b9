/**
 * AliveMCP's adapter against a stand-in that creates a second monitor of one URL whenever it is asked to: whatever fails,
 * is missing, is lost or happens at the same time, one monitor watches one endpoint, and the key goes to one host.
 */
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AliveMcp } from '../../src/monitors/alivemcp.ts'
import {
  type AliveMcpTimes,
  defaultAliveMcpTimes,
  publicBase,
  readPublicStatus,
} from '../../src/monitors/alivemcp-api.ts'
import type { MonitorEvent, MonitorResult } from '../../src/monitors/monitor.ts'
import { type AliveMcpOptions, type AliveMcp as StandIn, startAliveMcp } from '../support/alivemcp.ts'
import { listen } from '../support/mcp/listen.ts'
import { news as newsWith } from '../support/news.ts'

const url = 'https://mcp.example.com/mcp'
const moved = 'https://mcp.example.com/v2/mcp'
const news = (more: Partial<MonitorEvent> = {}) => newsWith({ endpoint: url, ...more })
const failing = (more: Partial<MonitorEvent> = {}) => news({ isMcpServer: false, protocolVersions: [], ...more })

let monitor: StandIn
let client: AliveMcp

function connect({ apiUrl, apiKey }: Pick<StandIn, 'apiUrl' | 'apiKey'> = monitor, times?: AliveMcpTimes): AliveMcp {
  return new AliveMcp({ apiUrl, apiKey, name: undefined, intervalMs: 60_000 }, times)
}

async function start(options?: AliveMcpOptions): Promise<void> {
  await monitor?.stop()
  monitor = await startAliveMcp(options)
  client = connect()
}

beforeEach(() => start())
afterEach(() => monitor.stop())

const register = (about: Partial<MonitorEvent> = {}) => client.verified(news(about))
const requests = (method: string) => monitor.requests.filter(each => each.method === method)
const posts = () => requests('POST')
const asked = () => monitor.requests.map(({ method }) => method)
/** Hits every request of the method, with any answer. */
const without = (method: string, status: number) => monitor.faults.push({ method, path: /./, times: 99, status })

test('creates it once, however often it is run', async () => {
  const first = await register()
  expect(first).toMatchObject({ outcome: 'created', id: expect.stringMatching(/./) })
  const again = await register({ endpoint: 'https://MCP.example.com/mcp/' })
  expect(again).toMatchObject({ outcome: 'exists' })
  expect(monitor.monitors).toHaveLength(1)
  expect(monitor.monitors[0]).toMatchObject({
    name: 'weather',
    url,
    interval_seconds: 60,
    protocol_version: '2026-07-28',
  })
})

test('a wrong key is a warning that does not repeat the key', async () => {
  const result = await connect({ apiUrl: monitor.apiUrl, apiKey: 'wrong-key-value' }).verified(news())
  expect(result).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/401/) })
  expect(JSON.stringify(result)).not.toContain('wrong-key-value')
})

test('a monitor that is not there is a warning', async () => {
  await monitor.stop()
  expect(await register()).toMatchObject({
    outcome: 'failed',
    warning: expect.stringMatching(/could not be registered/),
  })
})

describe('an API without a list', () => {
  test.each([404, 405, 501])('(%i): it is created, with a key that makes the second request the same', async status => {
    monitor.faults.push({ method: 'GET', path: /./, times: 99, status })
    expect(await register()).toMatchObject({ outcome: 'created', id: monitor.monitors[0]?.id })
    await register()
    const keys = posts().map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(keys[1]).toBe(keys[0])
  })

  test('an answer that is lost cannot be looked up: a warning', async () => {
    monitor.faults.push({ method: 'GET', path: /./, times: 99, status: 404 })
    monitor.faults.push({ method: 'POST', path: /./, times: 1, reset: true, afterwards: true })
    expect(await register()).toMatchObject({ outcome: 'failed' })
  })
})

describe('a list that fails', () => {
  test.each([
    ['500', { status: 500 }, /answered 500/],
    ['403', { status: 403 }, /answered 403/],
    ['a page', { body: '<html>', headers: { 'content-type': 'text/html' } }, /200 without a list/],
    ['no list', { body: { ok: true } }, /200 without a list/],
    ['a broken connection', { reset: true }, /could not be registered/],
    ['no answer', { hang: true }, /no answer within 1 s/],
  ])('(%s) is a warning, and nothing is created: it may be there already', async (_, fault, message) => {
    monitor.faults.push({ method: 'GET', path: /./, times: 99, ...fault })
    client = connect(monitor, { ...defaultAliveMcpTimes, requestTimeoutMs: 1_000 })
    expect(await register()).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(message) })
    expect(posts()).toEqual([])
  })
})

describe('a creation whose answer is lost', () => {
  test.each([
    ['by a broken connection', { reset: true }],
    ['by a gateway', { status: 504 }],
  ])('%s is found in the list, and not created twice', async (_, fault) => {
    monitor.faults.push({ method: 'POST', path: /./, times: 1, afterwards: true, ...fault })
    expect(await register()).toMatchObject({ outcome: 'created', id: monitor.monitors[0]?.id })
    expect(posts()).toHaveLength(1)
    expect(monitor.monitors).toHaveLength(1)
  })

  test('one that was not carried out is a warning with its own cause', async () => {
    monitor.faults.push({ method: 'POST', path: /./, times: 1, status: 500 })
    expect(await register()).toMatchObject({
      outcome: 'failed',
      warning: expect.stringMatching(/POST .*answered 500.*next run tries again/),
    })
    expect(monitor.monitors).toEqual([])
  })
})

test('409 says that it exists; its id is in the list', async () => {
  await start({ oneMonitorPerUrl: true })
  await register()
  monitor.faults.push({ method: 'GET', path: /./, times: 1, body: [] })
  expect(await register()).toMatchObject({ outcome: 'exists', id: monitor.monitors[0]?.id })
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
    expect(await register()).toMatchObject({ outcome: 'exists', id })
    expect(posts()).toEqual([])
  })

  test.each([[[]], [{ monitors: [] }], [{ data: { items: [] } }], [[{ url: 'https://other.example/mcp' }]]])(
    'without it: %j',
    async body => {
      monitor.faults.push({ method: 'GET', path: /./, times: 1, body })
      expect(await register()).toMatchObject({ outcome: 'created', notices: [] })
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
  expect(await register()).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/307/) })
  expect(keys).toEqual([])
})

test.each([200, 201, 202, 204])('a creation may be answered by %i, with any body or none', async status => {
  monitor.faults.push({ method: 'POST', path: /./, times: 1, afterwards: true, status, body: '<accepted/>' })
  expect(await register()).toMatchObject({ outcome: 'created', id: monitor.monitors[0]?.id, notices: [] })
})

test('one that is accepted and not listed is not called watched without a word', async () => {
  monitor.faults.push({ method: 'POST', path: /./, times: 1, status: 202 })
  const { outcome, notices } = await register()
  expect(outcome).toBe('created')
  expect(notices).toEqual([expect.stringMatching(/does not list it yet/)])
})

test('an endpoint behind a wall has no negotiated version, and is registered without one', async () => {
  await register({ protocolVersions: [] })
  expect(monitor.monitors[0]).toMatchObject({ url })
  expect(monitor.monitors[0]).not.toHaveProperty('protocol_version')
})

describe('never a duplicate', () => {
  test('in 100 runs, one after the other', async () => {
    for (let run = 0; run < 100; run++) await connect().verified(news())
    expect(monitor.monitors).toHaveLength(1)
    expect(posts()).toHaveLength(1)
  })

  test('in 100 runs, five at a time, with answers that are lost and late', async () => {
    for (let batch = 0; batch < 20; batch++) {
      if (batch % 4 === 0) monitor.monitors.length = 0
      monitor.faults.push(
        { method: 'POST', path: /./, times: 1, afterwards: true, reset: true },
        { method: 'POST', path: /./, times: 1, delayMs: 50 },
        { method: 'GET', path: /./, times: 1, delayMs: 20 },
      )
      const told = await Promise.all(Array.from({ length: 5 }, () => connect().verified(news())))
      expect(told.filter(({ outcome }) => outcome === 'failed')).toEqual([])
      expect(monitor.monitors).toHaveLength(1)
    }
    expect(posts().length).toBeGreaterThan(5)
  })

  test('two at the same time where nothing can be removed: the surplus one is named', async () => {
    without('DELETE', 405)
    const told = await Promise.all([connect().verified(news()), connect().verified(news())])
    expect(monitor.monitors).toHaveLength(2)
    const surplus = monitor.monitors.map(({ id }) => id).sort()[1]
    expect(told.flatMap(({ notices }) => notices).join()).toContain(`${surplus} is a duplicate`)
    const [later] = (await register()).notices
    expect(later).toContain('watches the same endpoint')
  })

  test('monitors of other stacks are left alone, also those of the same name', async () => {
    await register({ endpoint: 'https://other.example/mcp' })
    const { outcome, notices } = await register()
    expect(outcome).toBe('created')
    expect(notices).toEqual([expect.stringMatching(/same name and watches https:\/\/other.example\/mcp/)])
    expect(monitor.monitors.map(each => each.url)).toEqual(['https://other.example/mcp', url])
    expect(asked()).not.toContain('PATCH')
    expect(asked()).not.toContain('DELETE')
  })
})

describe('a list of several pages', () => {
  const others = async (count: number) => {
    for (let i = 0; i < count; i++) await register({ endpoint: `https://other-${i}.example/mcp`, name: `other-${i}` })
  }

  test('is read to its end by the Link header', async () => {
    await start({ pageSize: 2 })
    await others(5)
    expect(await register()).toMatchObject({ outcome: 'created' })
    expect(await register()).toMatchObject({ outcome: 'exists' })
    expect(monitor.monitors).toHaveLength(6)
  })

  const entry = { id: 'mon_7', url, paused: false }
  test.each([
    ['next', { data: [], next: '/v1/monitors?page=2' }, '/v1/monitors?page=2'],
    ['links.next.href', { data: [], links: { next: { href: '?p=2' } } }, '/v1/monitors?p=2'],
    ['meta.next_cursor', { data: [], meta: { next_cursor: 'a b' } }, '/v1/monitors?cursor=a+b'],
    ['next, a cursor', { data: [], next: 'abc' }, '/v1/monitors?cursor=abc'],
    ['pagination.next_page', { data: [], pagination: { next_page: 2 } }, '/v1/monitors?page=2'],
  ])('%s', async (_, body, next) => {
    monitor.faults.push({ method: 'GET', path: /monitors$/, times: 1, body })
    monitor.faults.push({ method: 'GET', path: /monitors\?/, times: 1, body: [entry] })
    expect(await register()).toMatchObject({ outcome: 'exists', id: 'mon_7' })
    expect(monitor.requests.map(({ path }) => path)).toEqual(['/v1/monitors', next])
  })

  test.each([
    ['continues for ever', { data: [], next: '/v1/monitors?again' }, /endless list/],
    ['does not say where it continues', { data: [], has_more: true }, /more pages/],
    ['continues elsewhere', { data: [], next: 'https://elsewhere.example/v1/monitors' }, /another host/],
  ])('that %s is a warning, and nothing is created', async (_, body, message) => {
    monitor.faults.push({ method: 'GET', path: /./, times: 99, body })
    expect(await register()).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(message) })
    expect(posts()).toEqual([])
  })
})

describe('an endpoint that moved', () => {
  beforeEach(async () => {
    await register()
    monitor.requests.length = 0
  })

  test('takes its monitor along, once', async () => {
    const id = monitor.monitors[0]?.id
    expect(await register({ endpoint: moved, previousEndpoint: `${url}/` })).toMatchObject({ outcome: 'updated', id })
    expect(monitor.monitors).toMatchObject([{ id, url: moved, paused: false }])
    expect(await register({ endpoint: moved, previousEndpoint: url })).toMatchObject({ outcome: 'exists', id })
    expect(asked().filter(method => method !== 'GET')).toEqual(['PATCH'])
  })

  test.each([404, 405, 501])(
    'is registered anew where a monitor cannot be changed (%i), and that is said',
    async status => {
      without('PATCH', status)
      const told = await register({ endpoint: moved, previousEndpoint: url })
      expect(told).toMatchObject({ outcome: 'created', id: monitor.monitors[1]?.id })
      expect(told.notices).toEqual([
        expect.stringMatching(`no way to move the monitor ${monitor.monitors[0]?.id} .*still watches ${url}`),
      ])
    },
  )

  test('an update that fails is a warning, and nothing is created', async () => {
    without('PATCH', 500)
    const told = await register({ endpoint: moved, previousEndpoint: url })
    expect(told).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/PATCH .* answered 500/) })
    expect(monitor.monitors).toHaveLength(1)
  })
})

describe('while a deployment fails', () => {
  beforeEach(() => register())

  test('the monitor sleeps, and the next verified deployment wakes it', async () => {
    const id = monitor.monitors[0]?.id
    expect(await client.failing(failing())).toMatchObject({ outcome: 'paused', id })
    expect(monitor.monitors).toMatchObject([{ id, paused: true, url }])
    expect(await client.failing(failing())).toMatchObject({ outcome: 'paused' })
    expect(requests('PATCH')).toHaveLength(1)
    expect(await register()).toMatchObject({ outcome: 'resumed', id })
    expect(monitor.monitors).toMatchObject([{ id, paused: false }])
    expect(await register()).toMatchObject({ outcome: 'exists' })
    expect(requests('PATCH')).toHaveLength(2)
  })

  test('the monitor of the endpoint that moved goes along asleep, and wakes when the new one is verified', async () => {
    const about = { endpoint: moved, previousEndpoint: url }
    expect(await client.failing(failing(about))).toMatchObject({ outcome: 'paused' })
    expect(monitor.monitors).toMatchObject([{ url: moved, paused: true }])
    // The state that the failed run left has the new endpoint only.
    expect(await register({ endpoint: moved })).toMatchObject({ outcome: 'resumed' })
    expect(monitor.monitors).toMatchObject([{ url: moved, paused: false }])
  })

  test.each<[string, Partial<MonitorEvent>]>([
    ['the old version still answers', { isMcpServer: undefined }],
    ['an era still answers', { isMcpServer: true }],
    ['a scheduled check fails: that is what a monitor is for', { command: 'verify' }],
    ['the endpoint is not known', { endpoint: undefined }],
  ])('it stays awake when %s', async (_, about) => {
    monitor.requests.length = 0
    expect(await client.failing(failing(about))).toEqual({ monitor: 'AliveMCP', outcome: 'none', notices: [] })
    expect(monitor.requests).toEqual([])
  })

  test('an endpoint that nobody watches is not registered', async () => {
    expect(await client.failing(failing({ endpoint: moved }))).toMatchObject({ outcome: 'none', notices: [] })
    expect(monitor.monitors).toHaveLength(1)
  })

  test.each([404, 405, 501])('where a monitor cannot be paused (%i), that is said', async status => {
    without('PATCH', status)
    const { outcome, notices } = await client.failing(failing())
    expect(outcome).toBe('none')
    expect(notices).toEqual([expect.stringMatching(/no way to pause .* alarm may ring/)])
  })

  test('where monitors cannot be listed, that is said', async () => {
    without('GET', 404)
    const { notices } = await client.failing(failing())
    expect(notices).toEqual([expect.stringMatching(/cannot list monitors/)])
  })

  test('one that cannot be resumed is said to be asleep', async () => {
    await client.failing(failing())
    without('PATCH', 405)
    const { outcome, notices } = await register()
    expect(outcome).toBe('exists')
    expect(notices).toEqual([expect.stringMatching(/is paused, and AliveMCP has no way to resume it/)])
  })

  test('one that does not say whether it sleeps is woken, and none is told of where that is not possible', async () => {
    const entry = { id: monitor.monitors[0]?.id, url }
    monitor.faults.push({ method: 'GET', path: /monitors$/, times: 2, body: [entry] })
    expect(await register()).toMatchObject({ outcome: 'exists', notices: [] })
    expect(requests('PATCH').at(-1)?.body).toEqual({ paused: false })
    without('PATCH', 405)
    expect(await register()).toMatchObject({ outcome: 'exists', notices: [] })
  })

  test.each([
    [{ status: 'paused' }, 'resumed'],
    [{ state: 'paused' }, 'resumed'],
    [{ enabled: false }, 'resumed'],
    [{ active: false }, 'resumed'],
    [{ enabled: true }, 'exists'],
  ])('%j in the list', async (field, outcome) => {
    const entry = { id: monitor.monitors[0]?.id, url, ...field }
    monitor.faults.push({ method: 'GET', path: /monitors$/, times: 1, body: [entry] })
    expect(await register()).toMatchObject({ outcome })
  })
})

describe('before a destroy', () => {
  const removed = () => client.removed(news({ command: 'destroy' }))
  beforeEach(() => register())

  test('the monitor is removed, once', async () => {
    const id = monitor.monitors[0]?.id
    expect(await removed()).toMatchObject({ outcome: 'removed', id, notices: [] })
    expect(monitor.monitors).toEqual([])
    expect(await removed()).toEqual({ monitor: 'AliveMCP', outcome: 'none', notices: [] })
  })

  test('an endpoint that the state does not name is looked for by nobody, and that is said', async () => {
    const before = asked().length
    const told = await client.removed(news({ command: 'destroy', endpoint: undefined }))
    expect(told).toMatchObject({ outcome: 'none', notices: [expect.stringMatching(/has no endpoint.*delete it/)] })
    expect(asked()).toHaveLength(before)
    expect(monitor.monitors).toHaveLength(1)
  })

  test('a lost answer, and a second run that finds it gone', async () => {
    monitor.faults.push({ method: 'DELETE', path: /./, times: 1, afterwards: true, status: 404 })
    expect(await removed()).toMatchObject({ outcome: 'removed' })
  })

  test.each([404, 405, 501])('where nothing can be removed (%i), that is said', async status => {
    without('DELETE', status)
    const { outcome, notices } = await removed()
    expect(outcome).toBe('none')
    expect(notices).toEqual([
      expect.stringMatching(`no way to remove the monitor ${monitor.monitors[0]?.id} .*delete it there`),
    ])
  })

  test('where monitors cannot be listed, or the API fails, that is said', async () => {
    monitor.faults.push({ method: 'GET', path: /./, times: 1, status: 405 })
    expect((await removed()).notices).toEqual([expect.stringMatching(/cannot list monitors/)])
    without('DELETE', 503)
    expect(await removed()).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/answered 503/) })
  })

  test.each(['..', '.', ''])('an id that is no part of a path (%j) is asked for nothing', async id => {
    monitor.faults.push({ method: 'GET', path: /./, times: 9, body: [{ id, url, name: 'weather' }] })
    expect((await removed()).notices).toEqual([expect.stringMatching(/monitor "weather"/)])
    expect(asked()).not.toContain('DELETE')
  })
})

describe('the public status', () => {
  test('is asked by the slug, without the key', async () => {
    const told = await register()
    const { slug } = monitor.monitors[0] ?? {}
    expect(told).toMatchObject({ slug, status: 'live' })
    expect(monitor.requests.at(-1)).toMatchObject({ path: `/api/embed-status/${slug}`, authorized: false })
    expect(monitor.requests.at(-1)?.headers.authorization).toBeUndefined()
  })

  test('that does not come takes nothing away', async () => {
    monitor.faults.push({ path: /embed-status/, times: 1, status: 500 })
    const told: MonitorResult = await register()
    expect(told).toMatchObject({ outcome: 'created', notices: [] })
    expect(told.status).toBeUndefined()
  })

  test.each(['../../etc', 'a b', '"><script>', 'x'.repeat(101)])('is not asked by %j', async slug => {
    const entry = { id: '7', url, slug, paused: false }
    monitor.faults.push({ method: 'GET', path: /monitors$/, times: 1, body: [entry] })
    expect((await register()).slug).toBeUndefined()
    expect(monitor.requests.every(({ path }) => !path.includes('embed'))).toBe(true)
  })

  test('lies beside the API', () => {
    expect(publicBase('https://api.alivemcp.com').href).toBe('https://alivemcp.com/')
    expect(publicBase('https://monitor.example:8443/base').href).toBe('https://monitor.example:8443/')
  })

  const base = new URL('https://alivemcp.com')
  test('gives the badge and the page', () => {
    const body = { slug: 'weather', status: 'live', status_page_url: 'https://alivemcp.com/status/weather' }
    expect(readPublicStatus(base, 'weather', body)).toEqual({
      status: 'live',
      badgeUrl: 'https://alivemcp.com/badge/weather.svg',
      statusPageUrl: 'https://alivemcp.com/status/weather',
    })
  })

  test.each([
    'http://alivemcp.com/status/weather',
    'https://alivemcp.com.evil.example/status',
    'https://evil.example/',
    'https://user@alivemcp.com/status',
    'https://alivemcp.com:8443/',
    'javascript:alert(1)',
    7,
    undefined,
  ])('gives no page at %j', page => {
    expect(readPublicStatus(base, 'weather', { status: 9, status_page_url: page })).toEqual({
      badgeUrl: 'https://alivemcp.com/badge/weather.svg',
    })
  })

  test('over plain http has no links', () => {
    expect(readPublicStatus(new URL('http://127.0.0.1:8'), 'w', { status: 'down' })).toEqual({ status: 'down' })
  })
})

test('an answer that is too large is a warning', async () => {
  monitor.faults.push({ method: 'GET', path: /./, times: 1, body: `[${' '.repeat(5 * 1024 * 1024)}]` })
  expect(await register()).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/more than 4 MiB/) })
})
