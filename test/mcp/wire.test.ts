/**
 * One exchange over real sockets: what is measured, the way through a proxy, and how little memory any reply can
 * take.
 */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEADLINES, exchange, type HttpRequest, openLine } from '../../src/mcp/wire.ts'
import { authority, events, faulty, reply } from '../support/mcp/faults.ts'
import { type Listening, listen, listenHttp } from '../support/mcp/listen.ts'

const LONG = 60_000

const get = (url: string, environment: Record<string, string> = {}, more: Partial<HttpRequest> = {}) => {
  const request: HttpRequest = { url: new URL(url), method: 'GET', headers: {}, ...more }
  return exchange(openLine(request.url, {}, 30_000, environment), request)
}

/** A forward proxy that notes what it was asked for. */
async function proxy(): Promise<Listening & { asked: string[] }> {
  const asked: string[] = []
  const server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`)
    res.end('from the proxy')
  })
  server.on('connect', (req, socket) => {
    asked.push(`CONNECT ${req.url}`)
    const [host = '', port] = (req.url ?? '').split(':')
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  return { ...(await listen(server)), asked }
}

describe('one exchange', () => {
  it('measures the phases it went through and leaves out the others', { timeout: LONG }, async () => {
    await using lab = await authority()
    const trusted = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...trusted, lab.cert.toString()])
    try {
      await using secure = await listen(
        createHttpsServer(await lab.issue('localhost'), (_q, res) => res.end('x')),
        'https',
      )
      const named = await get(secure.url.replace('127.0.0.1', 'localhost'))
      expect(named).toMatchObject({ kind: 'reply', status: 200, body: 'x', ending: 'end' })
      expect(Object.values(named.phases).every(ms => ms !== null && ms >= 0)).toBe(true)
    } finally {
      tls.setDefaultCACertificates(trusted)
    }
    await using plain = await listenHttp((_q, res) => void res.end('x'))
    expect((await get(plain.url)).phases).toMatchObject({ dns: null, tls: null, tcp: expect.any(Number) })
  })

  it('reaches an IPv6 address', { timeout: LONG }, async context => {
    const server = createServer((_q, res) => res.end('six'))
    const bound = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true))
    })
    if (!bound) return context.skip('this machine has no IPv6 loopback')
    const port = (server.address() as { port: number }).port
    const seen = await get(`http://[::1]:${port}/`)
    server.close()
    expect(seen).toMatchObject({ kind: 'reply', body: 'six' })
  })

  it('goes through the proxy of the environment, with a tunnel for https, and around it for NO_PROXY', {
    timeout: LONG,
  }, async () => {
    await using way = await proxy()
    await using lab = await authority()
    await using plain = await listenHttp((_q, res) => void res.end('direct'))
    await using secure = await listen(
      createHttpsServer(await lab.issue('127.0.0.1'), (_q, res) => res.end('tunnelled')),
      'https',
    )
    const environment = { HTTP_PROXY: way.url, HTTPS_PROXY: way.url }
    const trusted = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...trusted, lab.cert.toString()])
    try {
      expect(await get(`${plain.url}/a`, environment)).toMatchObject({ body: 'from the proxy' })
      expect(await get(`${secure.url}/b`, environment)).toMatchObject({ body: 'tunnelled' })
      expect(way.asked).toEqual([`GET ${plain.url}/a`, `CONNECT 127.0.0.1:${secure.port}`])
      expect(await get(`${plain.url}/c`, { ...environment, NO_PROXY: '127.0.0.1' })).toMatchObject({ body: 'direct' })
    } finally {
      tls.setDefaultCACertificates(trusted)
    }
    expect(await get('https://127.0.0.1:1/', environment)).toMatchObject({ kind: 'fault', phase: 'proxy' })
  })

  it('inflates gzip, deflate and br', { timeout: LONG }, async () => {
    await using server = await faulty((_a, req, res) => {
      const encoding = req.url?.slice(1) ?? ''
      reply(res, 200, 'text/plain', encoding === 'br' ? brotliCompressSync('text') : gzipSync('text'), {
        'content-encoding': encoding,
      })
    })
    expect(await get(`${server.url}/gzip`)).toMatchObject({ body: 'text', bytes: 4, ending: 'end' })
    expect(await get(`${server.url}/br`)).toMatchObject({ body: 'text', bytes: 4, ending: 'end' })
  })

  it('closes an event stream as soon as the reader has enough', { timeout: LONG }, async () => {
    let closed: () => void = () => {}
    const gone = new Promise<void>(resolve => {
      closed = resolve
    })
    await using server = await faulty((_a, _q, res) => {
      res.on('close', closed)
      events(res, 'data: one\n\ndata: tw', false)
    })
    const lines: string[] = []
    const seen = await get(
      server.url,
      {},
      {
        onLines: text => {
          lines.push(text)
          return 'enough'
        },
      },
    )
    expect(seen).toMatchObject({ ending: 'enough' })
    expect(lines).toEqual(['data: one\n\n'])
    await gone
  })

  it('does not wait out the deadline on a stream whose reader expects little more', { timeout: LONG }, async () => {
    await using server = await faulty((_a, _q, res) => events(res, 'data: nonsense\n\n', false))
    const seen = await get(server.url, {}, { onLines: () => 'soon' })
    expect(seen).toMatchObject({ ending: 'slow' })
    expect(seen.phases.body).toBeLessThan(DEADLINES.body)
  })

  it('never sends credentials to another origin', { timeout: LONG }, async () => {
    let visited = false
    await using other = await listenHttp((_q, res) => {
      visited = true
      res.end()
    })
    await using server = await faulty((_a, _q, res) => reply(res, 307, '', '', { location: other.url }))
    expect(await get(server.url)).toMatchObject({ status: 307 })
    expect(visited).toBe(false)
  })
})

describe('memory', () => {
  // Bundled like the action itself: stripping types at run time would cost a quarter of the budget.
  let folder = ''
  let program = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gate-memory-'))
    program = join(folder, 'measure.mjs')
    const entry = fileURLToPath(new URL('../support/mcp/measure.ts', import.meta.url))
    await build({ input: entry, platform: 'node', output: { file: program, format: 'esm', codeSplitting: false } })
  }, LONG)
  afterAll(() => rm(folder, { recursive: true }))

  const params = { [constants.BROTLI_PARAM_QUALITY]: 3 }
  const HOSTILE: [string, string, () => Buffer, Record<string, string>?][] = [
    [
      '300 MB of gzip',
      'application/json',
      () => gzipSync(Buffer.alloc(300 << 20, '[')),
      { 'content-encoding': 'gzip' },
    ],
    [
      '300 MB of brotli',
      'application/json',
      () => brotliCompressSync(Buffer.alloc(300 << 20, '['), { params }),
      { 'content-encoding': 'br' },
    ],
    ['4 MiB of nested arrays', 'application/json', () => Buffer.from('['.repeat(2 << 20) + ']'.repeat((2 << 20) - 1))],
    ['4 MiB of empty objects', 'application/json', () => Buffer.from(`[${'{},'.repeat(1_390_000)}{}]`)],
    [
      '4 MiB of keys',
      'application/json',
      () => Buffer.from(`{${Array.from({ length: 299_000 }, (_, i) => `"${i}x":0`)}}`),
    ],
    [
      '4 MiB of short strings',
      'application/json',
      () => Buffer.from(`[${Array.from({ length: 600_000 }, (_, i) => `"${i % 1000}"`)}]`),
    ],
    ['4 MiB of tiny events', 'text/event-stream', () => Buffer.from('data:\n\n'.repeat(590_000))],
    ['4 MiB of one event in short lines', 'text/event-stream', () => Buffer.from('data:\n'.repeat(690_000))],
  ]

  it.runIf(process.platform === 'linux').each(HOSTILE)(
    'stays below 150 MiB under %s',
    { timeout: LONG },
    async (_name, type, content, headers) => {
      const body = content()
      await using server = await faulty((_a, _q, res) => reply(res, 200, type, body, headers))
      const child = fork(program, [`${server.url}/mcp`], { execArgv: [] })
      const { code, peakMiB } = await new Promise<{ code: string; peakMiB: number }>((resolve, reject) => {
        child.once('message', message => resolve(message as { code: string; peakMiB: number }))
        child.once('exit', status => reject(new Error(`the gate ended with ${status} and no report`)))
      })
      expect(code).toMatch(/^(?:BODY_TOO_BIG|NOT_JSON|NOT_JSONRPC|SSE_SILENT|SSE_EMPTY|SSE_TRUNCATED)$/)
      expect(peakMiB).toBeLessThan(150)
    },
  )
})
