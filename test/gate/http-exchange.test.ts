/**
 * One exchange over real sockets: what is measured, the way through a proxy, and how little memory any reply can
 * take.
 */
import { createServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, createServer as createTcpServer } from 'node:net'
import tls from 'node:tls'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../../src/gate/codes.ts'
import { readEvents } from '../../src/gate/events.ts'
import { exchange, type HttpRequest, openTarget } from '../../src/gate/http-exchange.ts'
import { defaultGateTimes, type GateTimes } from '../../src/gate/times.ts'
import { authority, events, faulty, reply } from '../support/mcp/faults.ts'
import { hostileReplies, hostileServers, type MeasuredGate, measuredGate } from '../support/mcp/hostile.ts'
import { type Listening, listen, listenHttp } from '../support/mcp/listen.ts'
import fc from '../support/property.ts'

const LONG = 60_000

const get = (
  url: string,
  environment: Record<string, string> = {},
  more: Partial<HttpRequest> = {},
  times: GateTimes = defaultGateTimes,
) => {
  const request: HttpRequest = { url: new URL(url), method: 'GET', headers: {}, ...more }
  return exchange(openTarget(request.url, {}, 30_000, environment, times), request)
}

it.each(
  ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy'].flatMap(name => [
    [name, 'http://127.0.0.1:9/mcp'],
    [name, 'https://127.0.0.1:9/mcp'],
  ]),
)('%s that is not a URL is refused before any request to %s', (name, url) => {
  expect(() => openTarget(new URL(url), {}, 1_000, { [name]: 'http://[not-a-host' })).toThrow(/Invalid proxy URL/)
})

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

  it('that was abandoned before it began is a fault, and no error ends the process', { timeout: LONG }, async () => {
    await using server = await listenHttp((_q, res) => void res.end('x'))
    const outcome = await get(server.url, {}, { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ kind: 'fault', code: 'ABANDONED' })
    // The error of the destroyed request comes later.
    await new Promise(resolve => setTimeout(resolve, 50))
  })

  it('reaches an IPv6 address', { timeout: LONG }, async context => {
    const server = createServer((_q, res) => res.end('six'))
    const bound = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true))
    })
    if (!bound) return context.skip('this machine has no IPv6 loopback')
    const port = (server.address() as { port: number }).port
    const outcome = await get(`http://[::1]:${port}/`)
    server.close()
    expect(outcome).toMatchObject({ kind: 'reply', body: 'six' })
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
      const around = { ...environment, NO_PROXY: 'example.com,127.0.0.1' }
      expect(await get(`${plain.url}/c`, around)).toMatchObject({ body: 'direct' })
      expect(await get(`${secure.url}/d`, around)).toMatchObject({ body: 'tunnelled' })
      expect(way.asked).toHaveLength(2)
      // The certificate of a refused server is read through the tunnel as well.
      await using other = await listen(
        createHttpsServer(await lab.issue('mcp.example.com'), (_q, res) => res.end()),
        'https',
      )
      const refused = await get(other.url, environment)
      expect(refused).toMatchObject({ kind: 'fault', certificate: { names: ['mcp.example.com'] } })
      expect(way.asked.slice(2)).toEqual(Array(2).fill(`CONNECT 127.0.0.1:${other.port}`))
    } finally {
      tls.setDefaultCACertificates(trusted)
    }
    expect(await get('https://127.0.0.1:1/', environment)).toMatchObject({ kind: 'fault', phase: 'proxy' })
  })

  it.each([
    ['gzip', gzipSync('text')],
    ['x-gzip', gzipSync('text')],
    ['deflate', deflateSync('text')],
    ['deflate', deflateRawSync('text')],
    ['br', brotliCompressSync('text')],
    ['zstd', zstdCompressSync('text')],
    ['gzip, br', brotliCompressSync(gzipSync('text'))],
    ['identity', Buffer.from('text')],
    ['utf-8', Buffer.from('text')],
  ])('decodes %s', { timeout: LONG }, async (encoding, body) => {
    await using server = await faulty((_a, _q, res) =>
      reply(res, 200, 'text/plain', body, { 'content-encoding': encoding }),
    )
    expect(await get(server.url)).toMatchObject({ body: 'text', bytes: 4, ending: 'end' })
  })

  it('waits for headers that come byte by byte, as long as the whole of them may take', { timeout: LONG }, async () => {
    const head = 'HTTP/1.1 200 OK\r\nx: y\r\ncontent-length: 1\r\n\r\nz'
    const drip = (text: string) =>
      listen(
        createTcpServer(socket => {
          let at = 0
          const timer = setInterval(() => {
            if (at < text.length) socket.write(text[at++] ?? '')
          }, 5)
          socket.on('close', () => clearInterval(timer))
        }),
      )
    await using whole = await drip(head)
    await using endless = await drip(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(1000)}`)
    expect(await get(whole.url)).toMatchObject({ status: 200, body: 'z' })
    const late = await get(endless.url, {}, { headersTimeoutMs: 500 })
    expect(late).toMatchObject({ kind: 'fault', phase: 'headers', code: 'DEADLINE' })
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
    const outcome = await get(
      server.url,
      {},
      {
        onLines: text => {
          lines.push(text)
          return 'enough'
        },
      },
    )
    expect(outcome).toMatchObject({ ending: 'enough' })
    expect(lines).toEqual(['data: one\n\n'])
    await gone
  })

  it('does not wait out the deadline on a stream whose reader expects little more', { timeout: LONG }, async () => {
    await using server = await faulty((_a, _q, res) => events(res, 'data: nonsense\n\n', false))
    const times = { ...defaultGateTimes, doubtfulStreamTimeoutMs: 100 }
    const outcome = await get(server.url, {}, { onLines: () => 'soon' }, times)
    expect(outcome).toMatchObject({ ending: 'slow' })
    expect(outcome.phases.body).toBeLessThan(defaultGateTimes.phaseTimeoutsMs.body)
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

describe('an event stream', () => {
  const events = fc.array(
    fc.record({
      lines: fc.array(
        fc.string({ unit: 'grapheme', maxLength: 12 }).map(text => text.replace(/[\r\n\0]/g, '')),
        { minLength: 1, maxLength: 3 },
      ),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      comment: fc.boolean(),
      name: fc.constantFrom('', 'message', 'other'),
      id: fc.constantFrom('', '7', 'é'),
    }),
    { minLength: 1, maxLength: 6 },
  )

  it('is handed on in whole lines, however its bytes are cut, and parsed as eventsource-parser does', {
    timeout: LONG,
  }, async () => {
    let parts: readonly Buffer[] = []
    await using server = await listenHttp((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      const next = (at: number): void => {
        const part = parts[at]
        if (part === undefined) return void res.end()
        res.write(part, () => setImmediate(next, at + 1))
      }
      next(0)
    })
    await fc.assert(
      fc.asyncProperty(events, fc.boolean(), fc.array(fc.nat(), { maxLength: 12 }), async (list, hasBom, cuts) => {
        const text = list
          .map(({ lines, end, comment, name, id }) =>
            [
              ...(comment ? [': keep-alive'] : []),
              ...(name === '' ? [] : [`event: ${name}`]),
              ...(id === '' ? [] : [`id: ${id}`]),
              ...lines.map(line => `data: ${line}`),
              '',
              '',
            ].join(end),
          )
          .join('')
        const bytes = Buffer.from(`${hasBom ? '\ufeff' : ''}${text}: end\n`)
        const at = [...new Set(cuts.map(cut => cut % bytes.length)), bytes.length].sort((a, b) => a - b)
        parts = at.map((to, index) => bytes.subarray(at[index - 1] ?? 0, to)).filter(part => part.length > 0)
        const live: EventSourceMessage[] = []
        const parser = createParser({ onEvent: event => live.push(event) })
        const outcome = await get(
          server.url,
          {},
          {
            onLines: lines => {
              parser.feed(lines)
              return 'more'
            },
          },
        )
        const whole: EventSourceMessage[] = []
        const reference = createParser({ onEvent: event => whole.push(event) })
        reference.feed(bytes.toString())
        expect(live).toEqual(whole)
        expect(readEvents((outcome as { body: string }).body).events).toEqual(whole)
        expect(whole).toHaveLength(list.length)
      }),
      { numRuns: 150 },
    )
  })
})

describe('memory', () => {
  let gate: MeasuredGate
  beforeAll(async () => {
    gate = await measuredGate()
  }, LONG)
  afterAll(() => gate[Symbol.dispose]())

  it.runIf(process.platform === 'linux').each(hostileServers)(
    'stays below 150 MiB under %s',
    { timeout: LONG },
    async (_name, answer) => {
      await using server = await faulty(answer)
      const { code, peakMiB } = await gate.ask(server.url)
      if (code !== undefined) expect(codes).toHaveProperty(code)
      expect(peakMiB).toBeLessThan(150)
    },
  )

  it.runIf(process.platform === 'linux').each(hostileReplies)(
    'stays below 150 MiB under %s',
    { timeout: LONG },
    async (_name, type, content, headers) => {
      const body = content()
      await using server = await faulty((_a, _q, res) => reply(res, 200, type, body, headers))
      const { code, peakMiB } = await gate.ask(server.url)
      expect(code).toMatch(/^(?:BODY_TOO_BIG|NOT_JSON|NOT_JSONRPC|SSE_SILENT|SSE_EMPTY|SSE_TRUNCATED)$/)
      expect(peakMiB).toBeLessThan(150)
    },
  )
})
