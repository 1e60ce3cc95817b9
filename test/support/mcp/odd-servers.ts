/**
 * Servers that are odd or hostile in ways that a specification of HTTP, of server-sent events or of MCP knows something
 * about. Whether one works is for the official clients to say; these rows only make it happen, byte by byte where
 * node:http would not let them.
 */
import { createServer as createTcpServer, type Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { type Asked, events, faulty, mcpLike, reply, tool } from './faults.ts'
import { type Listening, listen } from './listen.ts'

const initialized = (id: unknown, more = {}) => ({
  jsonrpc: '2.0',
  id,
  result: {
    protocolVersion: '2025-11-25',
    capabilities: { tools: {} },
    serverInfo: { name: 'lab', version: '1' },
    ...more,
  },
})

/** What a plain legacy server would answer. */
function answerTo({ id, method }: Asked): string {
  if (method === 'initialize') return JSON.stringify(initialized(id))
  if (method === 'tools/list') return JSON.stringify({ jsonrpc: '2.0', id, result: { tools: [tool('a')] } })
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'no' } })
}

/** A legacy server whose answers are these bytes on the socket; undefined leaves the socket to `render`. */
function bytes(
  render: (body: string, asked: Asked, socket: Socket) => string | Buffer | undefined,
  staysOpen = false,
): Promise<Listening> {
  return listen(
    createTcpServer(socket => {
      let received = Buffer.alloc(0)
      socket.on('data', chunk => {
        received = Buffer.concat([received, chunk])
        for (;;) {
          const at = received.indexOf('\r\n\r\n')
          if (at < 0) return
          const length = Number(/content-length: (\d+)/i.exec(received.toString('latin1', 0, at))?.[1] ?? 0)
          if (received.length < at + 4 + length) return
          const asked =
            length > 0 ? (JSON.parse(received.toString('utf8', at + 4, at + 4 + length)) as Asked) : undefined
          received = received.subarray(at + 4 + length)
          const isRequest = asked?.id !== undefined
          const empty = `HTTP/1.1 ${asked ? '202 Accepted' : '405 Method Not Allowed'}\r\ncontent-length: 0\r\n\r\n`
          const answer = isRequest ? render(answerTo(asked), asked, socket) : empty
          if (answer !== undefined) socket.write(answer)
          if (!staysOpen) socket.end()
        }
      })
    }),
  )
}

const ok = (body: string | Buffer, extra = '') =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${extra}content-length: ${Buffer.byteLength(body)}\r\n\r\n`,
    ),
    Buffer.from(body),
  ])

const encoded = (name: string, encode: (body: string) => Buffer) =>
  bytes(body => ok(encode(body), `content-encoding: ${name}\r\n`))

const times = (count: number, encode: (body: Buffer | string) => Buffer, body: string): Buffer =>
  Array.from({ length: count }).reduce<Buffer>(encode, Buffer.from(body))

/** A legacy server that answers with these server-sent events. */
const stream = (render: (asked: Asked, body: string) => string, end = true) =>
  faulty((asked, _req, res) => {
    if (!asked) return reply(res, 405, '', '')
    if (asked.id === undefined) return reply(res, 202, '', '')
    events(res, render(asked, answerTo(asked)), end)
  })

/** Each of these served at /mcp. */
export const ODD_SERVERS: [string, () => Promise<Listening>][] = [
  ['raw deflate', () => encoded('deflate', b => deflateRawSync(b))],
  ['br', () => encoded('br', b => brotliCompressSync(b))],
  ['gzip twice', () => encoded('gzip, gzip', b => gzipSync(gzipSync(b)))],
  ['zstd', () => encoded('zstd', b => zstdCompressSync(b))],
  ['encoding utf-8', () => encoded('utf-8', b => Buffer.from(b))],
  ['gzip, then utf-8', () => encoded('gzip, utf-8', b => gzipSync(b))],
  ['gzip with trailing garbage', () => encoded('gzip', b => Buffer.concat([gzipSync(b), Buffer.from('garbage')]))],
  ['gzip empty', () => encoded('gzip', () => Buffer.alloc(0))],
  ['BOM', () => bytes(b => ok(`\ufeff${b}`))],
  ['BOM in SSE', () => stream((_a, b) => `\ufeffdata: ${b}\n\n`)],
  ['BOM in SSE data', () => stream((_a, b) => `data: \ufeff${b}\n\n`)],
  [
    'content-length too small',
    () =>
      bytes(b => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${b.length - 5}\r\n\r\n${b}`),
  ],
  [
    'content-length too large',
    () =>
      bytes(b => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${b.length + 5}\r\n\r\n${b}`),
  ],
  ['HTTP/1.0', () => bytes(b => `HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n${b}`)],
  [
    'HTTP/1.0 keep-alive',
    () =>
      bytes(
        b =>
          `HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: ${b.length}\r\n\r\n${b}`,
      ),
  ],
  [
    'both TE and CL',
    () =>
      bytes(
        b =>
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n${b.length.toString(16)}\r\n${b}\r\n0\r\n\r\n`,
      ),
  ],
  ['two content-lengths same', () => bytes(b => ok(b, `content-length: ${b.length}\r\n`))],
  ['1xx once', () => bytes(b => `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${ok(b)}`)],
  ['1xx x 50', () => bytes(b => 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(50) + ok(b))],
  ['100 continue', () => bytes(b => `HTTP/1.1 100 Continue\r\n\r\n${ok(b)}`)],
  ['101', () => bytes(() => `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n`)],
  [
    'trailers',
    () =>
      bytes(
        b =>
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\ntrailer: x\r\n\r\n${b.length.toString(16)}\r\n${b}\r\n0\r\nx: 1\r\n\r\n`,
      ),
  ],
  ['duplicate content-type same', () => bytes(b => ok(b, 'content-type: application/json\r\n'))],
  ['duplicate content-type html', () => bytes(b => ok(b, 'content-type: text/html\r\n'))],
  [
    'content-type html then json',
    () =>
      bytes(
        b =>
          `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-type: application/json\r\ncontent-length: ${b.length}\r\n\r\n${b}`,
      ),
  ],
  ['content-type list', () => faulty(mcpLike({ type: 'application/json, text/event-stream' }))],
  ['content-type application/vnd.x+json', () => faulty(mcpLike({ type: 'application/vnd.mcp+json' }))],
  ['content-type "text/event-stream;x" for json', () => faulty(mcpLike({ type: 'text/event-stream' }))],
  [
    'bare LF head',
    () => bytes(b => `HTTP/1.1 200 OK\ncontent-type: application/json\ncontent-length: ${b.length}\n\n${b}`),
  ],
  ['header folding', () => bytes(b => ok(b, 'x-a: 1\r\n 2\r\n'))],
  ['status 201', () => bytes(b => ok(b).toString().replace('200 OK', '201 Created'))],
  ['status 202 with body', () => bytes(b => ok(b).toString().replace('200 OK', '202 Accepted'))],
  ['status 299', () => bytes(b => ok(b).toString().replace('200 OK', '299 X'))],
  ['status 304', () => bytes(() => 'HTTP/1.1 304 Not Modified\r\n\r\n')],
  [
    'retry 0, resumed',
    () => {
      let at: number | undefined
      return faulty(
        mcpLike({
          on: {
            initialize: (a, _q, res) => {
              at = a?.id
              events(res, 'retry: 0\nid: 1\ndata:\n\n')
            },
            GET: (_a, q, res) =>
              q.headers['last-event-id']
                ? events(res, `id: 2\ndata: ${JSON.stringify(initialized(at))}\n\n`)
                : reply(res, 405, '', ''),
          },
        }),
      )
    },
  ],
  [
    'resumed for tools/list',
    () =>
      faulty(
        mcpLike({
          on: {
            'tools/list': (_a, _q, res) => events(res, 'retry: 10\nid: 7\ndata:\n\n'),
            GET: (_a, q, res) =>
              q.headers['last-event-id']
                ? events(
                    res,
                    `id: 8\ndata: ${JSON.stringify({ jsonrpc: '2.0', id: 2, result: { tools: [] } })}\n\ndata: ${JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools: [] } })}\n\n`,
                  )
                : reply(res, 405, '', ''),
          },
        }),
      ),
  ],
  ['duplicate keys', () => bytes(b => ok(b.replace('"jsonrpc":"2.0",', '"jsonrpc":"1.0","jsonrpc":"2.0",')))],
  [
    'result for another id first',
    () => stream((_a, b) => `data: ${JSON.stringify({ jsonrpc: '2.0', id: 77, result: {} })}\n\ndata: ${b}\n\n`),
  ],
  [
    'notifications before the reply',
    () =>
      stream(
        (_a, b) =>
          `data: ${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 1 } })}\n\ndata: ${b}\n\n`,
      ),
  ],
  [
    'request before the reply',
    () => stream((_a, b) => `data: ${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })}\n\ndata: ${b}\n\n`),
  ],
  ['bad event before the reply', () => stream((_a, b) => `data: {nope\n\ndata: ${b}\n\n`)],
  ['bad jsonrpc event before the reply', () => stream((_a, b) => `data: {"x":1}\n\ndata: ${b}\n\n`)],
  ['batch in SSE', () => stream((_a, b) => `data: [${b}]\n\n`)],
  ['event: message uppercase', () => stream((_a, b) => `event: Message\ndata: ${b}\n\n`)],
  ['empty event name', () => stream((_a, b) => `event:\ndata: ${b}\n\n`)],
  ['CR only SSE', () => stream((_a, b) => `data: ${b}\r\r`)],
  ['LF comment then CR, open', () => stream((_a, b) => `: hi\n\ndata: ${b}\r\r`, false)],
  ['SSE open after reply', () => stream((_a, b) => `data: ${b}\n\n`, false)],
  ['SSE no space', () => stream((_a, b) => `data:${b}\n\n`)],
  ['SSE cut after the event blank', () => stream((_a, b) => `data: ${b}\n`)],
  ['null id result', () => faulty(mcpLike({ id: () => null }))],
  ['id true', () => faulty(mcpLike({ id: () => true }))],
  ['id "01"', () => faulty(mcpLike({ id: id => `0${id}` }))],
  ['id " 1"', () => faulty(mcpLike({ id: id => ` ${id}` }))],
  ['id "1e0"', () => faulty(mcpLike({ id: id => `${id}e0` }))],
  ['jsonrpc number', () => faulty(mcpLike({ wrap: m => ({ ...m, jsonrpc: 2 }) }))],
  ['error null beside the result', () => faulty(mcpLike({ wrap: m => ({ ...m, error: null }) }))],
  ['batch with two', () => faulty(mcpLike({ wrap: m => [{ jsonrpc: '2.0', method: 'notifications/x' }, m] }))],
  ['batch with rubbish', () => faulty(mcpLike({ wrap: m => [{ a: 1 }, m] }))],
  ['empty batch', () => faulty(mcpLike({ wrap: () => [] }))],
  ['huge session id', () => faulty(mcpLike({ session: 's'.repeat(9000) }))],
  [
    'session id with bytes',
    () =>
      faulty((a, q, res) => {
        if (a?.method !== 'initialize' && a?.id !== undefined && q.headers['mcp-session-id'] !== 'a\u00ffb')
          return reply(res, 404, 'text/plain', 'no')
        return mcpLike({ session: 'a\u00ffb' })(a, q, res)
      }),
  ],
  ['session empty', () => bytes(b => ok(b, 'mcp-session-id: \r\n'))],
  ['two sessions', () => bytes(b => ok(b, 'mcp-session-id: a\r\nmcp-session-id: b\r\n'))],
  [
    'tool names with control characters',
    () => faulty(mcpLike({ tools: { tools: [tool('a\u0000\n\u202e::error::')] } })),
  ],
  ['tool name empty', () => faulty(mcpLike({ tools: { tools: [tool('')] } }))],
  ['two tools one name', () => faulty(mcpLike({ tools: { tools: [tool('a'), tool('a')] } }))],
  ['unicode', () => faulty(mcpLike({ tools: { tools: [tool('\u{1f600}é漢')] } }))],
  ['lone surrogate', () => bytes(b => ok(b.replace('"name":"a"', '"name":"\\ud800"')))],
  ['invalid utf-8', () => bytes(b => ok(Buffer.from(b.replace('"name":"a"', '"name":"\u00ff"'), 'latin1')))],
  ['protocolVersion 1 MB', () => faulty(mcpLike({ initialize: { protocolVersion: 'x'.repeat(1 << 20) } }))],
  ['serverInfo.name empty', () => faulty(mcpLike({ initialize: { serverInfo: { name: '', version: '' } } }))],
  [
    'serverInfo extra',
    () => faulty(mcpLike({ initialize: { serverInfo: { name: 'a', version: '1', icons: 5, title: 3 } } })),
  ],
  ['instructions number', () => faulty(mcpLike({ initialize: { instructions: 5 } }))],
  ['instructions null', () => faulty(mcpLike({ initialize: { instructions: null } }))],
  ['capabilities.tools true', () => faulty(mcpLike({ initialize: { capabilities: { tools: true } } }))],
  ['capabilities.tools null', () => faulty(mcpLike({ initialize: { capabilities: { tools: null } } }))],
  ['capabilities.logging number', () => faulty(mcpLike({ initialize: { capabilities: { tools: {}, logging: 5 } } }))],
  [
    'capabilities.prompts listChanged string',
    () => faulty(mcpLike({ initialize: { capabilities: { tools: { listChanged: 'yes' } } } })),
  ],
  ['result _meta number', () => faulty(mcpLike({ tools: { tools: [], _meta: 5 } }))],
  ['init _meta number', () => faulty(mcpLike({ initialize: { _meta: 5 } }))],
  [
    'serverInfo.title number',
    () => faulty(mcpLike({ initialize: { serverInfo: { name: 'a', version: '1', title: 3 } } })),
  ],
  [
    'serverInfo.icons bad',
    () => faulty(mcpLike({ initialize: { serverInfo: { name: 'a', version: '1', icons: [{ x: 1 }] } } })),
  ],
  [
    'websiteUrl number',
    () => faulty(mcpLike({ initialize: { serverInfo: { name: 'a', version: '1', websiteUrl: 3 } } })),
  ],
  ['tool icons bad', () => faulty(mcpLike({ tools: { tools: [{ ...tool('a'), icons: 4 }] } }))],
  [
    'tool annotations bad member',
    () => faulty(mcpLike({ tools: { tools: [{ ...tool('a'), annotations: { readOnlyHint: 'yes' } }] } })),
  ],
  [
    'tool annotations title number',
    () => faulty(mcpLike({ tools: { tools: [{ ...tool('a'), annotations: { title: 4 } }] } })),
  ],
  [
    'tool execution bad',
    () => faulty(mcpLike({ tools: { tools: [{ ...tool('a'), execution: { taskSupport: 'maybe' } }] } })),
  ],
  ['tool description null', () => faulty(mcpLike({ tools: { tools: [{ ...tool('a'), description: null }] } }))],
  [
    'tool outputSchema array type',
    () => faulty(mcpLike({ tools: { tools: [{ ...tool('a'), outputSchema: { type: 'array' } }] } })),
  ],
  ['tool outputSchema empty', () => faulty(mcpLike({ tools: { tools: [{ ...tool('a'), outputSchema: {} }] } }))],
  [
    'tool outputSchema invalid',
    () =>
      faulty(
        mcpLike({
          tools: { tools: [{ ...tool('a'), outputSchema: { type: 'object', properties: { a: { type: 'nope' } } } }] },
        }),
      ),
  ],
  [
    'tool properties with non-object',
    () => faulty(mcpLike({ tools: { tools: [{ name: 'a', inputSchema: { type: 'object', properties: { a: 5 } } }] } })),
  ],
  [
    'tool properties with boolean',
    () =>
      faulty(mcpLike({ tools: { tools: [{ name: 'a', inputSchema: { type: 'object', properties: { a: true } } }] } })),
  ],
  [
    'tool required null',
    () => faulty(mcpLike({ tools: { tools: [{ name: 'a', inputSchema: { type: 'object', required: null } }] } })),
  ],
  [
    'outputSchema required bad',
    () => faulty(mcpLike({ tools: { tools: [{ ...tool('a'), outputSchema: { type: 'object', required: 'x' } }] } })),
  ],
  [
    'initialized answered 200 json',
    () =>
      faulty(
        mcpLike({ on: { 'notifications/initialized': (_a, _q, res) => reply(res, 200, 'application/json', '{}') } }),
      ),
  ],
  [
    'initialized answered 200 empty',
    () => faulty(mcpLike({ on: { 'notifications/initialized': (_a, _q, res) => reply(res, 200, '', '') } })),
  ],
  [
    'initialized answered 204',
    () => faulty(mcpLike({ on: { 'notifications/initialized': (_a, _q, res) => reply(res, 204, '', '') } })),
  ],
  [
    'initialized answered 400',
    () => faulty(mcpLike({ on: { 'notifications/initialized': (_a, _q, res) => reply(res, 400, 'text/plain', 'x') } })),
  ],
  [
    'initialized answered 500',
    () => faulty(mcpLike({ on: { 'notifications/initialized': (_a, _q, res) => reply(res, 500, 'text/plain', 'x') } })),
  ],
  [
    'initialized answered by an open stream',
    () => faulty(mcpLike({ on: { 'notifications/initialized': (_a, _q, res) => events(res, ': x\n\n', false) } })),
  ],
  [
    'initialized answered html',
    () =>
      faulty(mcpLike({ on: { 'notifications/initialized': (_a, _q, res) => reply(res, 200, 'text/html', '<p>') } })),
  ],
  ['GET answers 500', () => faulty(mcpLike({ on: { GET: (_a, _q, res) => reply(res, 500, '', '') } }))],
  [
    'GET answers html 200',
    () => faulty(mcpLike({ on: { GET: (_a, _q, res) => reply(res, 200, 'text/html', '<p>') } })),
  ],
  [
    'discover 500',
    () => faulty(mcpLike({ on: { 'server/discover': (_a, _q, res) => reply(res, 500, 'text/plain', 'x') } })),
  ],
  ['discover crashes', () => faulty(mcpLike({ on: { 'server/discover': (_a, _q, res) => void res.destroy() } }))],
  [
    '307 to same origin',
    () =>
      faulty((a, q, res) => (q.url === '/mcp' ? reply(res, 307, '', '', { location: '/mcp/' }) : mcpLike()(a, q, res))),
  ],
  [
    '307 twice',
    () =>
      faulty((a, q, res) =>
        q.url === '/mcp'
          ? reply(res, 307, '', '', { location: '/b' })
          : q.url === '/b'
            ? reply(res, 308, '', '', { location: '/c' })
            : mcpLike()(a, q, res),
      ),
  ],
  [
    '308 with userinfo',
    () =>
      faulty((a, q, res) =>
        q.url === '/mcp'
          ? reply(res, 308, '', '', { location: `http://u:p@${q.headers.host}/b` })
          : mcpLike()(a, q, res),
      ),
  ],
  [
    '301 same origin',
    () =>
      faulty((a, q, res) => (q.url === '/mcp' ? reply(res, 301, '', '', { location: '/mcp/' }) : mcpLike()(a, q, res))),
  ],
  [
    '303 same origin',
    () =>
      faulty((a, q, res) => (q.url === '/mcp' ? reply(res, 303, '', '', { location: '/mcp/' }) : mcpLike()(a, q, res))),
  ],
  [
    'chunk-dripped',
    () =>
      bytes((b, _a, s) => {
        const all = ok(b)
        let i = 0
        const t = setInterval(() => {
          s.write(all.subarray(i, i + 10))
          i += 10
          if (i >= all.length) {
            clearInterval(t)
            s.end()
          }
        }, 10)
        return undefined
      }, true),
  ],
  ['keep-alive closed after each', () => bytes(b => ok(b, 'connection: keep-alive\r\nkeep-alive: timeout=60\r\n'))],
  ['header 15k', () => bytes(b => ok(b, `x: ${'a'.repeat(15000)}\r\n`))],
  ['header 17k', () => bytes(b => ok(b, `x: ${'a'.repeat(17000)}\r\n`))],
  ['header bad value', () => bytes(b => ok(b, 'x: a\u0001b\r\n'))],
  ['header without value', () => bytes(b => ok(b, 'x:\r\n'))],
  ['header with space before colon', () => bytes(b => ok(b, 'x : 1\r\n'))],
  ['3000 headers', () => bytes(b => ok(b, 'a: 1\r\n'.repeat(2700)))],
  ['garbage after body', () => bytes(b => `${ok(b)}garbage`)],
  ['protocolVersion 2024-10-07', () => faulty(mcpLike({ initialize: { protocolVersion: '2024-10-07' } }))],
  ['protocolVersion 2026-07-28', () => faulty(mcpLike({ initialize: { protocolVersion: '2026-07-28' } }))],
  ['extra in result', () => faulty(mcpLike({ tools: { tools: [], extra: 5 } }))],
  [
    'nextCursor empty',
    () =>
      faulty(
        mcpLike({ tools: c => (c === undefined ? { tools: [tool('a')], nextCursor: '' } : { tools: [tool('b')] }) }),
      ),
  ],
  ['six encodings', () => encoded('gzip, gzip, gzip, gzip, gzip, gzip', body => times(6, gzipSync, body))],
]
