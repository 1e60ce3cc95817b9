/** What the body of a reply with a good status is, as a table, with the sentence that people read. */
import { describe, expect, test } from 'vitest'
import type { Code } from '../../src/gate/codes.ts'
import type { Ending, Reply } from '../../src/gate/http-exchange.ts'
import { isId, parseJson, type RequestContext, readOutcome } from '../../src/gate/read-reply.ts'

const context: RequestContext = {
  id: 1,
  url: new URL('https://mcp.example.com/mcp?key=hidden'),
  inSession: false,
  authorized: false,
  secrets: ['s3cret-token'],
}
const at = 'https://mcp.example.com/mcp'
const json = { 'content-type': 'application/json' }
const events = { 'content-type': 'text/event-stream' }
const reply = (headers: Record<string, string>, body: string, more: Partial<Reply> = {}): Reply => ({
  kind: 'reply',
  status: 200,
  headers,
  body,
  bytes: body.length,
  ending: 'end',
  phases: { dns: 1, tcp: 1, tls: 1, headers: 1, body: 2_540 },
  elapsedMs: 2,
  ...more,
})
const ended = (ending: Ending) => ({ ending })
const rpc = (id: unknown, more: object) => JSON.stringify({ jsonrpc: '2.0', id, ...more })
const result = (id: unknown = 1) => rpc(id, { result: { ok: true } })
const notification = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/x' })

describe('an answer', () => {
  test.each<[string, Reply]>([
    ['a response', reply(json, result())],
    ['with a parameter of its type', reply({ 'content-type': 'Application/JSON; charset=utf-8' }, result())],
    ['with a byte order mark', reply(json, `\ufeff${result()}`)],
    ['with its id as text', reply(json, result('1'))],
    ['in a batch', reply(json, `[${notification},${result(7)},${result()}]`)],
    [
      'in a batch with a request of the server',
      reply(json, `[${rpc('a', { method: 'ping', params: {} })},${result()}]`),
    ],
    ['in a stream', reply(events, `data: ${notification}\n\nevent: message\ndata: ${result()}\n\n`)],
    ['in a stream that goes on', reply(events, `data: ${result()}\n\n: ping\n\n`, ended('enough'))],
    ['in a stream that was cut behind it', reply(events, `data: ${result()}\n\ndata: {`, ended('cut'))],
    ['in a stream with an empty event first', reply(events, `data: \n\ndata: ${result()}\n\n`)],
    ['with an encoding that was not used', reply({ ...json, 'content-encoding': 'none' }, result())],
  ])('%s', (_, given) => {
    expect(readOutcome(given, context)).toEqual({ answered: true, result: { ok: true } })
  })
})

test.each<[string, Reply, Code, string]>([
  ['a long body', reply(json, '', ended('too-big')), 'BODY_TOO_BIG', `${at} sent more than 4 MiB as one answer.`],
  [
    'a long stream',
    reply(events, '', ended('too-big')),
    'BODY_TOO_BIG',
    `${at} sent more than 4 MiB or 200000 lines of events as one answer.`,
  ],
  [
    'too many parts',
    reply(json, `[${'{},'.repeat(300_000)}{}]`),
    'BODY_TOO_BIG',
    `${at} sent more than 300000 JSON objects, arrays and members as one answer.`,
  ],
  [
    'a body that does not decode',
    reply({ ...json, 'content-encoding': 'gzip' }, '', ended('bad-encoding')),
    'BODY_ENCODING',
    `${at} sent a body that does not decode as Content-Encoding "gzip".`,
  ],
  [
    'accepted',
    reply(json, result(), { status: 202 }),
    'ACCEPTED_NO_REPLY',
    `${at} answered a request with HTTP 202 and no JSON-RPC response.`,
  ],
  [
    'no content',
    reply({}, '', { status: 204 }),
    'ACCEPTED_NO_REPLY',
    `${at} answered a request with HTTP 204 and no JSON-RPC response.`,
  ],
  [
    'a body that ends early',
    reply({ ...json, 'content-length': '90' }, '{"json', ended('cut')),
    'BODY_TRUNCATED',
    `${at} closed the connection after 6 of 90 bytes of the body.`,
  ],
  [
    'a body that ends early, of unknown length',
    reply(json, '{"json', ended('cut')),
    'BODY_TRUNCATED',
    `${at} closed the connection after 6 bytes of the body.`,
  ],
  ['a slow body', reply(json, '{"json', ended('slow')), 'BODY_SLOW', `${at} sent only 6 bytes of the body in 2.5 s.`],
  [
    'an empty body',
    reply(json, ''),
    'EMPTY_200',
    `${at} answered HTTP 200 with an empty body (Content-Type "application/json").`,
  ],
  [
    'an empty body without a type',
    reply({}, '', { status: 201 }),
    'EMPTY_200',
    `${at} answered HTTP 201 with an empty body (no Content-Type).`,
  ],
  [
    'a page',
    reply({ 'content-type': 'text/html; charset=utf-8' }, '<html><TITLE lang="en">Sign in</TITLE><title>b</title>'),
    'HTML_PAGE',
    `${at} answered HTTP 200 with a web page titled "Sign in".`,
  ],
  [
    'a page without a title',
    reply({ 'content-type': 'text/html' }, '<p>Welcome</p>'),
    'HTML_PAGE',
    `${at} answered HTTP 200 with a web page, body "Welcome".`,
  ],
  [
    'a page whose title is never closed',
    reply({ 'content-type': 'text/html' }, '<p>Welcome</p><title'),
    'HTML_PAGE',
    `${at} answered HTTP 200 with a web page, body "Welcome".`,
  ],
  ...['<!DOCTYPE html>', '\n <html>', '<HEAD>', '<body class="x">'].map((start): [string, Reply, Code, string] => [
    `a page by its start ${start}`,
    reply(json, `${start}<title>T</title>`),
    'HTML_PAGE',
    `${at} answered HTTP 200 with a web page titled "T".`,
  ]),
  [
    'another type',
    reply({ 'content-type': 'text/plain' }, result()),
    'CONTENT_TYPE',
    `${at} answered HTTP 200 with Content-Type "text/plain", body "${result()}".`,
  ],
  [
    'markup that is no page, without a type',
    reply({}, '<bodyguard>x s3cret-token</bodyguard>'),
    'CONTENT_TYPE',
    `${at} answered HTTP 200 with no Content-Type, body "x ***".`,
  ],
  ['no JSON', reply(json, 'ok'), 'NOT_JSON', `${at} answered with body "ok", which is not JSON.`],
  [
    'JSON of something else',
    reply(json, '{"ok":true}'),
    'NOT_JSONRPC',
    `${at} answered with JSON that is no JSON-RPC 2.0 response: body "{"ok":true}".`,
  ],
  [
    'another version of JSON-RPC',
    reply(json, result().replace('2.0', '1.0')),
    'NOT_JSONRPC',
    `${at} answered with JSON that is no JSON-RPC 2.0 response: body "${result().replace('2.0', '1.0')}".`,
  ],
  [
    'a response with a further member',
    reply(json, rpc(1, { result: {}, extra: 1 })),
    'NOT_JSONRPC',
    `${at} answered with JSON that is no JSON-RPC 2.0 response: body "${rpc(1, { result: {}, extra: 1 })}".`,
  ],
  [
    'a result that is a list',
    reply(json, rpc(1, { result: [] })),
    'NOT_JSONRPC',
    `${at} answered with JSON that is no JSON-RPC 2.0 response: body "${rpc(1, { result: [] })}".`,
  ],
  [
    'a result and an error',
    reply(json, rpc(1, { result: {}, error: { code: 1, message: 'x' } })),
    'NOT_JSONRPC',
    `${at} answered with JSON that is no JSON-RPC 2.0 response: body "${rpc(1, { result: {}, error: { code: 1, message: 'x' } })}".`,
  ],
  [
    'an empty batch',
    reply(json, '[]'),
    'NOT_JSONRPC',
    `${at} answered with JSON that is no JSON-RPC 2.0 response: body "[]".`,
  ],
  ['another id', reply(json, result(2)), 'WRONG_ID', `${at} answered request 1 with the id 2.`],
  [
    'another id as text',
    reply(json, result('two s3cret-token')),
    'WRONG_ID',
    `${at} answered request 1 with the id "two ***".`,
  ],
  [
    'an id of another type',
    reply(json, result(null)),
    'WRONG_ID',
    `${at} answered request 1 with the id of type object.`,
  ],
  [
    'an error',
    reply(json, rpc(1, { error: { code: -32603, message: 'boom s3cret-token' } })),
    'RPC_ERROR',
    `${at} answered JSON-RPC -32603 "boom ***".`,
  ],
  [
    'an error without a message',
    reply(json, rpc(1, { error: { code: -32603 } })),
    'RPC_ERROR',
    `${at} answered JSON-RPC -32603 "".`,
  ],
  ...[-32_700, -32_600, -32_601, -32_602].map((code): [string, Reply, Code, string] => [
    `the error ${code}`,
    reply(json, rpc(1, { error: { code, message: 'no' } })),
    'RPC_REFUSED',
    `${at} answered JSON-RPC ${code} "no".`,
  ]),
  [
    'an error of no request',
    reply(json, rpc(null, { error: { code: 5, message: 'no' } })),
    'RPC_ERROR',
    `${at} answered JSON-RPC 5 "no".`,
  ],
  [
    'an event that is no JSON',
    reply(events, `data: ${notification}\n\ndata: hello\n\n`),
    'SSE_BAD_JSON',
    `${at} sent an event that is not JSON, body "hello".`,
  ],
  [
    'an answer under another name of an event',
    reply(events, `event: note\ndata: {}\n\nevent: answer\ndata: ${result()}\n\n`),
    'SSE_EVENT_NAME',
    `${at} sent the answer as "event: answer", which clients ignore.`,
  ],
  [
    'another answer under another name of an event',
    reply(events, `event: answer\ndata: ${result(2)}\n\n`),
    'SSE_EMPTY',
    `${at} closed the event stream after 1 event and 0 keep-alive comments, without the answer.`,
  ],
  [
    'a stream without the answer',
    reply(events, `: a\n\ndata: ${notification}\n\ndata: ${notification}\n\n`),
    'SSE_EMPTY',
    `${at} closed the event stream after 2 events and 1 keep-alive comment, without the answer.`,
  ],
  [
    'a stream that is open',
    reply(events, '', ended('slow')),
    'SSE_SILENT',
    `${at} opened an event stream and sent 0 events and 0 keep-alive comments, but no answer.`,
  ],
  [
    'a stream that was cut',
    reply(events, `data: ${notification}\n\n`, ended('cut')),
    'SSE_TRUNCATED',
    `${at} closed the event stream inside an event, after 52 bytes.`,
  ],
  [
    'a stream that ends within an event',
    reply(events, 'data: {"json'),
    'SSE_TRUNCATED',
    `${at} closed the event stream inside an event, after 12 bytes.`,
  ],
])('%s: %s', (_, given, code, sentence) => {
  expect(readOutcome(given, context)).toMatchObject({ answered: false, code, sentence, status: given.status })
})

test('an error is kept with its data', () => {
  const error = { code: -32_603, message: 'boom', data: { at: 1 } }
  expect(readOutcome(reply(json, rpc(1, { error })), context)).toMatchObject({ code: 'RPC_ERROR', rpc: error })
  const lost = { code: -32_020, message: 'Mcp-Method missing', data: undefined }
  expect(readOutcome(reply(json, rpc(1, { error: lost })), context)).toMatchObject({ rpc: lost })
})

test('a refused host name is named with what the server answered', () => {
  expect(readOutcome(reply({}, 'wrong host', { status: 403 }), context)).toMatchObject({
    code: 'HOST_REJECTED',
    sentence: `The server refuses the host name mcp.example.com: ${at} answered HTTP 403, body "wrong host".`,
  })
})

describe('a batch with a stranger', () => {
  test.each<[string, unknown]>([
    ['text', 'x'],
    ['a request without a method', { jsonrpc: '2.0', id: 2 }],
    ['a request of another version', { jsonrpc: '1.0', id: 2, method: 'ping' }],
    ['a request whose id is an object', { jsonrpc: '2.0', id: {}, method: 'ping' }],
    ['a request with a list of parameters', { jsonrpc: '2.0', id: 2, method: 'ping', params: [] }],
    ['a request with a further member', { jsonrpc: '2.0', id: 2, method: 'ping', extra: 1 }],
  ])('%s', (_, stranger) => {
    expect(readOutcome(reply(json, `[${result()},${JSON.stringify(stranger)}]`), context)).toMatchObject({
      code: 'NOT_JSONRPC',
      sentence: expect.stringMatching(/^https:\S+ answered with a batch that has a stranger among its messages: /),
    })
  })
})

test('a stream with a sign of life has another fix than a silent one', () => {
  const fixOf = (body: string, more: Partial<Reply>) => {
    const parsed = readOutcome(reply(events, body, more), context)
    return parsed.answered ? '' : parsed.fix
  }
  expect(fixOf(`data: ${notification}\n\n`, ended('slow'))).toMatch(/^The stream is alive/)
  expect(fixOf(': ping\n\n', ended('enough'))).toMatch(/^The stream is alive/)
  expect(fixOf('', ended('slow'))).toBeUndefined()
  expect(fixOf(': ping\n\n', ended('end'))).toBeUndefined()
})

describe('a login', () => {
  const unauthorized = (headers: Record<string, string>, more: Partial<RequestContext> = {}) =>
    readOutcome(reply(headers, '', { status: 401 }), { ...context, ...more })
  const spring = { 'x-xss-protection': '0', pragma: 'no-cache', expires: '0' }

  test('is described by its challenge', () => {
    const challenge = 'Bearer realm="s3cret-token"'
    expect(unauthorized({ 'www-authenticate': challenge })).toEqual({
      answered: false,
      code: 'AUTH_REQUIRED',
      sentence: `${at} answered HTTP 401 with WWW-Authenticate: "Bearer realm="***"".`,
      challenge,
      status: 401,
    })
    expect(unauthorized({ 'www-authenticate': 'Bearer' }, { authorized: true })).toMatchObject({
      sentence: `${at} does not accept the given credentials (HTTP 401) with WWW-Authenticate: "Bearer".`,
    })
  })

  test('without a challenge says why there is none', () => {
    expect(unauthorized({})).toEqual({
      answered: false,
      code: 'AUTH_BARE_401',
      sentence: `${at} answered HTTP 401 without WWW-Authenticate, so clients cannot find where to log in.`,
      status: 401,
    })
    expect(unauthorized({ 'x-amzn-remapped-www-authenticate': 'Bearer' })).toMatchObject({
      sentence: `${at} answered HTTP 401 without WWW-Authenticate (API Gateway renamed it to x-amzn-remapped-www-authenticate), so clients cannot find where to log in.`,
    })
  })

  test('that Spring Security refuses with credentials may be its protection against forged forms', () => {
    const fix = expect.stringMatching(/^Check the credentials in mcp-headers\. Leave the MCP path out of the CSRF/)
    expect(unauthorized(spring, { authorized: true })).toMatchObject({ code: 'AUTH_BARE_401', fix })
    expect(unauthorized({ ...spring, 'www-authenticate': 'Bearer' }, { authorized: true })).toMatchObject({ fix })
    expect(unauthorized(spring)).not.toHaveProperty('fix')
    for (const name of Object.keys(spring))
      expect(unauthorized({ ...spring, [name]: 'x' }, { authorized: true })).not.toHaveProperty('fix')
  })
})

describe('a session', () => {
  const inSession = { ...context, inSession: true }
  const codeOf = (status: number, body: string, headers: Record<string, string> = {}) => {
    const parsed = readOutcome(reply(headers, body, { status }), inSession)
    return parsed.answered ? '' : parsed.code
  }
  test.each<[number, string, Code]>([
    [400, 'Bad Request: Missing session ID', 'SESSION_HEADER_LOST'],
    [400, 'session id is required', 'SESSION_HEADER_LOST'],
    [404, 'no session id', 'SESSION_HEADER_LOST'],
    [400, 'Mcp-Session-Id header is required', 'SESSION_HEADER_LOST'],
    [404, 'Unknown session', 'SESSION_LOST'],
    [400, 'Server not initialized', 'SESSION_LOST'],
    [404, ' \n', 'SESSION_LOST'],
    [404, rpc(null, { error: { code: -32_001, message: 'x' } }), 'SESSION_LOST'],
    [400, rpc(null, { error: { code: -32_001, message: 'x' } }), 'RPC_ERROR'],
    [400, '', 'HTTP_400'],
    [404, 'Not Found', 'PATH_404'],
    [500, 'Unknown session', 'SERVER_ERROR'],
  ])('%i %j: %s', (status, body, code) => {
    expect(codeOf(status, body)).toBe(code)
  })

  test('is not lost because a load balancer has no target for its path', () => {
    expect(codeOf(404, '', { server: 'awselb/2.0' })).toBe('ALB_404')
  })

  test('that is lost is described with the error of the server', () => {
    const body = rpc(null, { error: { code: -32_001, message: 'Session not found', data: 1 } })
    expect(readOutcome(reply(json, body, { status: 404 }), inSession)).toEqual({
      answered: false,
      code: 'SESSION_LOST',
      sentence: `The server gave a session and then did not know it: ${at} answered HTTP 404, JSON-RPC -32001 "Session not found".`,
      rpc: { code: -32_001, message: 'Session not found', data: 1 },
      status: 404,
    })
    expect(readOutcome(reply(json, 'no session id', { status: 400 }), inSession)).toMatchObject({
      sentence: `The Mcp-Session-Id that was sent did not reach the server: ${at} answered HTTP 400, body "no session id".`,
    })
  })
})

describe('the error in the body of another status', () => {
  const error = rpc(null, { error: { code: -32_000, message: 'no', data: { a: 1 } } })
  test.each<[string, string, object | undefined]>([
    ['as JSON', ` ${error}`, { code: -32_000, message: 'no', data: { a: 1 } }],
    ['in a stream', `event: message\ndata: {}\n\ndata: ${error}\n\n`, { code: -32_000, message: 'no', data: { a: 1 } }],
    ['with a code that is no number', error.replace('-32000', '"x"'), undefined],
    ['of another protocol', error.replace('2.0', '1.0'), undefined],
    ['that is text', JSON.stringify({ jsonrpc: '2.0', error: 'x' }), undefined],
    ['behind other text', `x ${error}`, undefined],
  ])('%s', (_, body, found) => {
    const parsed = readOutcome(reply({ server: 'nginx' }, body, { status: 500 }), context)
    expect(parsed.answered ? undefined : parsed.rpc).toEqual(found)
    const detail = found === undefined ? 'body "' : 'JSON-RPC -32000 "no".'
    expect(parsed).toMatchObject({
      sentence: expect.stringContaining(`${at} answered HTTP 500 (Server: nginx), ${detail}`),
    })
  })

  test('is missing in an empty body and in one without text', () => {
    const sentence = (body: string) => {
      const parsed = readOutcome(reply({}, body, { status: 500 }), context)
      return parsed.answered ? '' : parsed.sentence
    }
    expect(sentence('')).toBe(`${at} answered HTTP 500, with an empty body.`)
    expect(sentence('<br>')).toBe(`${at} answered HTTP 500, with a body without text.`)
  })
})

test('an id is the number, or its text in any spelling', () => {
  expect([1, '1', '1.0', '0x1'].map(value => isId(value, 1))).toEqual([true, true, true, true])
  expect([2, '2', null, true, [1], undefined].map(value => isId(value, 1))).toEqual(Array(6).fill(false))
})

test('JSON is read up to 300,000 parts', () => {
  expect(parseJson(`[${'[],'.repeat(299_998)}[]]`)).toBeDefined()
  expect(parseJson(`[${'[],'.repeat(299_999)}[]]`)).toBeUndefined()
  expect(parseJson(`{"a":${'['.repeat(299_998)}${']'.repeat(299_998)}}`)).toBeDefined()
  expect(parseJson(`{"a":${'['.repeat(299_999)}${']'.repeat(299_999)}}`)).toBeUndefined()
  expect(parseJson('{')).toBeUndefined()
})
