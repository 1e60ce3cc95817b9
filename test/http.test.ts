/** One HTTP request: what is read, where it ends, and which way it goes. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ServiceError } from '../src/errors.ts'
import { download, proxyOf, redirectOf, request } from '../src/http.ts'
import { retryAfterMs } from '../src/poll.ts'
import { type Listening, listen } from './support/mcp/listen.ts'

let server: Listening
let respond: RequestListener
let requests: IncomingMessage[]
let directory: string
beforeEach(async () => {
  requests = []
  respond = (_, response) => response.end('hello')
  server = await listen(
    createServer((incoming, response) => {
      requests.push(incoming)
      respond(incoming, response)
    }),
  )
  directory = mkdtempSync(join(tmpdir(), 'http-'))
})
afterEach(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) delete process.env[name]
  await server[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

const thrown = async (promise: Promise<unknown>): Promise<unknown> => await promise.catch(error => error)

describe('a request', () => {
  test('returns status, headers and body, and sends what it was given', async () => {
    let sent = ''
    respond = async (incoming, response) => {
      for await (const chunk of incoming) sent += chunk
      response.writeHead(418, { 'X-Kind': 'teapot' }).end('short and stout')
    }
    const answer = await request(server.url, { method: 'POST', headers: { Authorization: 'Bearer x' }, body: '{}' })
    expect(answer).toMatchObject({ status: 418, headers: { 'x-kind': 'teapot' } })
    expect(answer.body.toString()).toBe('short and stout')
    expect(sent).toBe('{}')
    expect(requests[0]?.headers).toMatchObject({
      authorization: 'Bearer x',
      'user-agent': 'terraform-mcp-deploy',
      'content-length': '2',
    })
  })

  test('reads no more than its limit', async () => {
    respond = (_, response) => response.end(Buffer.alloc(2 * 1024 * 1024))
    expect(await thrown(request(server.url, { maxBytes: 1024 * 1024 }))).toMatchObject({
      name: 'ServiceError',
      message: 'an answer of more than 1 MiB',
    })
  })

  test.each<[string, RequestListener]>([
    ['there is no answer', () => {}],
    ['the answer does not end', (_, response) => void response.write('a')],
  ])('ends at its deadline when %s', async (_, listener) => {
    respond = listener
    const error = await thrown(request(server.url, { timeoutMs: 300 }))
    expect(error).toMatchObject({ name: 'ServiceError', message: 'no answer within 1 s' })
  })

  test('ends when nothing comes any more, but not while something comes', async () => {
    respond = (_, response) => {
      let left = 6
      const timer = setInterval(() => {
        response.write('a')
        if (--left === 0) clearInterval(timer)
      }, 100)
    }
    const started = performance.now()
    const error = await thrown(request(server.url, { idleTimeoutMs: 400 }))
    expect(error).toMatchObject({ message: 'no answer within 1 s' })
    expect(performance.now() - started).toBeGreaterThan(600)
  })

  test('that is aborted ends with the reason of its signal, also before it begins', async () => {
    respond = () => stop.abort(new Error('cancelled'))
    const stop = new AbortController()
    expect(await thrown(request(server.url, { signal: stop.signal }))).toBe(stop.signal.reason)
    expect(await thrown(request(server.url, { signal: stop.signal }))).toBe(stop.signal.reason)
    expect(requests).toHaveLength(1)
  })

  test("that fails has the connection's own error as its cause, and no URL in its message", async () => {
    const { url } = server
    await server[Symbol.asyncDispose]()
    const error = (await thrown(request(`${url}/secret`))) as ServiceError
    expect(error).toBeInstanceOf(ServiceError)
    expect(error.cause).toMatchObject({ code: 'ECONNREFUSED' })
    expect(error.message).not.toContain('secret')
  })

  test('opens a connection of its own', async () => {
    await request(server.url)
    await request(server.url)
    expect(new Set(requests.map(({ socket }) => socket)).size).toBe(2)
  })
})

describe('a redirect', () => {
  beforeEach(() => {
    respond = ({ url }, response) =>
      url === '/end' ? response.end('the end') : response.writeHead(302, { location: '/end' }).end('moved')
  })

  test('is an answer', async () => {
    expect(await request(server.url)).toMatchObject({ status: 302 })
    expect(requests).toHaveLength(1)
  })

  test('is followed as often as that is asked for', async () => {
    expect((await request(server.url, { maxRedirects: 1 })).body.toString()).toBe('the end')
    respond = (_, response) => response.writeHead(302, { location: '/again' }).end()
    expect(await request(server.url, { maxRedirects: 3 })).toMatchObject({ status: 302 })
    expect(requests).toHaveLength(2 + 4)
  })

  test('of a POST is not followed', async () => {
    expect(await request(server.url, { method: 'POST', maxRedirects: 1 })).toMatchObject({ status: 302 })
  })

  test('from https to http is refused', () => {
    const moved = (location: string) => ({ statusCode: 302, headers: { location } })
    const from = new URL('https://a.example/x')
    expect(redirectOf(from, moved('https://b.example/y'))?.href).toBe('https://b.example/y')
    expect(() => redirectOf(from, moved('http://b.example/y'))).toThrow('from https to http')
    expect(() => redirectOf(from, moved('https://['))).toThrow('cannot be read')
  })
})

describe('a download', () => {
  test('is in its file', async () => {
    expect(await download(server.url, join(directory, 'file'))).toBe(200)
    expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('hello')
  })

  test('that is not there leaves no file', async () => {
    respond = (_, response) => response.writeHead(404).end('none')
    expect(await download(server.url, join(directory, 'file'))).toBe(404)
    expect(existsSync(join(directory, 'file'))).toBe(false)
  })

  test('that breaks off leaves no file', async () => {
    respond = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('some')
      setTimeout(() => response.destroy(), 50)
    }
    expect(await thrown(download(server.url, join(directory, 'file')))).toBeInstanceOf(ServiceError)
    expect(existsSync(join(directory, 'file'))).toBe(false)
  })

  test('never writes over a file', async () => {
    await download(server.url, join(directory, 'file'))
    expect(await thrown(download(server.url, join(directory, 'file')))).toMatchObject({ cause: { code: 'EEXIST' } })
    expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('hello')
  })
})

describe('the proxy of the environment', () => {
  test('is asked for http, and not for this machine', async () => {
    process.env.http_proxy = server.url
    await request('http://host.example/path')
    expect(requests.map(({ url }) => url)).toEqual(['http://host.example/path'])
    await request(server.url)
    expect(requests.map(({ url }) => url)).toEqual(['http://host.example/path', '/'])
  })

  test('that refuses a tunnel is named by its status', async () => {
    process.env.https_proxy = server.url
    const proxy = await listen(
      createServer().on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')),
    )
    process.env.https_proxy = proxy.url
    expect(String(await thrown(request('https://host.example/')))).toMatch(/403/)
    await proxy[Symbol.asyncDispose]()
  })

  test.each([
    ['https://a.example', { HTTPS_PROXY: 'http://p:1' }, { httpProxy: '', httpsProxy: 'http://p:1' }],
    ['https://a.example', { https_proxy: '', HTTPS_PROXY: 'http://p:1' }, { httpsProxy: 'http://p:1' }],
    ['https://a.example', { HTTP_PROXY: 'http://p:1' }, { httpProxy: '', httpsProxy: '' }],
    ['http://a.example', { HTTPS_PROXY: 'http://p:1' }, { httpProxy: '', httpsProxy: '' }],
    ['http://a.example', { http_proxy: 'p:3128' }, { httpProxy: 'http://p:3128' }],
    ['https://127.0.0.1:8443', { HTTPS_PROXY: 'http://p:1' }, { httpsProxy: '' }],
    ['https://localhost', { HTTPS_PROXY: 'http://p:1' }, { httpsProxy: '' }],
    ['https://[::1]/', { HTTPS_PROXY: 'http://p:1' }, { httpsProxy: '' }],
    ['https://a.example', { NO_PROXY: 'a.example' }, { noProxy: 'a.example' }],
  ])('%s with %j is %j', (url, env, expected) => {
    expect(proxyOf(new URL(url), env)).toMatchObject(expected)
  })

  test('is left out for the hosts of NO_PROXY', async () => {
    process.env.http_proxy = server.url
    process.env.no_proxy = 'other.example,.invalid'
    expect(await thrown(request('http://host.invalid/'))).toMatchObject({ cause: { code: 'ENOTFOUND' } })
    expect(requests).toEqual([])
  })
})

describe('Retry-After', () => {
  test.each([
    ['30', 30_000],
    [' 0 ', 0],
    [['7', '8'], 7_000],
    [undefined, undefined],
    ['soon', undefined],
    ['-1', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', undefined],
  ])('%j is %j', (header, ms) => {
    expect(retryAfterMs(header)).toBe(ms)
  })

  test('a date is the wait until then', () => {
    expect(retryAfterMs(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(58_000)
  })
})
