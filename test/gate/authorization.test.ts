/**
 * The wall and the way past it, over real sockets: what passes as a wall, the code of each defect, and where the
 * credentials go and do not go.
 */
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import { mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js'
// @ts-expect-error it has no types of its own
import express from 'express'
import { describe, expect, it } from 'vitest'
import {
  readChallenge,
  readResourceMetadata,
  resourceMetadataUrls,
  serverMetadataUrls,
  trustedIssuer,
} from '../../src/gate/authorization.ts'
import { codes } from '../../src/gate/codes.ts'
import { type GateRequest, gate } from '../../src/gate/gate.ts'
import { events, faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { listenHttp } from '../support/mcp/listen.ts'
import { metadataOf, type ProtectionParts, resourceOf, startProtectedServer, TOKEN } from '../support/mcp/wall.ts'
import fc from '../support/property.ts'

const LONG = 60_000

const request = (endpoint: string, more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 1,
  timeoutMs: 0,
  auth: 'required',
  ...more,
})

const quiet = (): void => {}
const oauth = { clientId: 'deployer', clientSecret: 's3cret/of the+lab' }

describe('a wall', () => {
  it('passes with a challenge and the metadata of this URL, and says what it found', { timeout: LONG }, async () => {
    await using lab = await startProtectedServer()
    const lines: string[] = []
    const report = await gate(request(lab.url, { rounds: 2, timeoutMs: 30_000 }), line => void lines.push(line))
    expect(report).toMatchObject({
      passed: true,
      wall: { resource: lab.url, authorizationServers: [lab.issuer], scopes: [] },
      eras: { modern: { verdict: 'absent' }, legacy: { verdict: 'absent' } },
      protocolVersions: [],
      warnings: [],
      latencyMs: expect.any(Number),
    })
    expect(lines).toEqual([`MCP: green (authorization by ${lab.issuer}); 2 in a row are wanted.`])
    expect(lab.requests.every(line => line.startsWith('mcp'))).toBe(true)
  })

  it('is met without the Authorization of the user, and then passed with it', { timeout: LONG }, async () => {
    await using lab = await startProtectedServer()
    const headers = { authorization: `Bearer ${TOKEN}`, 'X-Key': 'gateway-key' }
    const report = await gate(request(lab.url, { headers }), quiet)
    expect(report).toMatchObject({ passed: true, tools: ['search_docs'], eras: { legacy: { verdict: 'passed' } } })
    expect(lab.requests[0]).toBe('mcp POST /mcp - gateway-key')
    expect(JSON.stringify(report)).not.toContain(TOKEN)
  })

  it('is what the SDK puts up', { timeout: LONG }, async () => {
    const app = express()
    await using server = await listenHttp(app)
    const resourceServerUrl = new URL(`${server.url}/mcp`)
    const oauthMetadata = {
      issuer: 'https://login.example.com',
      authorization_endpoint: 'https://login.example.com/authorize',
      token_endpoint: 'https://login.example.com/token',
      response_types_supported: ['code'],
    }
    app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl, scopesSupported: ['mcp:tools'] }))
    const verifier = {
      verifyAccessToken: async () => {
        throw new Error('no token of this test is valid')
      },
    }
    const resourceMetadataUrl = `${server.url}/.well-known/oauth-protected-resource/mcp`
    app.use('/mcp', requireBearerAuth({ verifier, requiredScopes: ['mcp:tools'], resourceMetadataUrl }))
    const report = await gate(request(resourceServerUrl.href), quiet)
    expect(report).toMatchObject({
      passed: true,
      wall: { resource: resourceServerUrl.href, scopes: ['mcp:tools'] },
    })
  })

  it('of the old transport stands before its stream', { timeout: LONG }, async () => {
    await using open = await faulty((_a, _q, res) => events(res, 'event: endpoint\ndata: /m\n\n', false))
    const report = await gate(request(`${open.url}/sse`, { transport: 'sse' }), quiet)
    expect(report.failure).toMatchObject({ code: 'AUTH_NOT_REQUIRED', step: 'endpoint' })
    await using lab = await startProtectedServer()
    expect(await gate(request(lab.url, { transport: 'sse' }), quiet)).toMatchObject({ passed: true })
  })

  const DEFECTS: [string, string, ProtectionParts][] = [
    ['no WWW-Authenticate and no metadata', 'AUTH_BARE_401', { challenge: () => null, metadata: () => undefined }],
    [
      'a challenge for a browser and no metadata',
      'AUTH_BARE_401',
      { challenge: () => 'Basic realm="x, Bearer y"', metadata: () => undefined },
    ],
    ['no metadata', 'AUTH_METADATA_MISSING', { metadata: () => undefined }],
    [
      'metadata at plain http elsewhere',
      'AUTH_METADATA_MISSING',
      { challenge: () => 'Bearer resource_metadata="http://mcp.example.com/x"' },
    ],
    [
      'a metadata address that is none',
      'AUTH_METADATA_MISSING',
      { challenge: () => 'Bearer resource_metadata="/x"', metadata: () => undefined },
    ],
    ['metadata that is a list', 'AUTH_METADATA_INVALID', { metadata: () => [] }],
    ['no resource', 'AUTH_METADATA_INVALID', { metadata: (_p, _m, i) => ({ authorization_servers: [i] }) }],
    ['no authorization server', 'AUTH_METADATA_INVALID', { metadata: (_p, m) => ({ resource: m }) }],
    [
      'an authorization server over plain http',
      'AUTH_METADATA_INVALID',
      { metadata: (_p, m) => resourceOf(m, 'http://login.example.com') },
    ],
    [
      'the resource of another host',
      'AUTH_RESOURCE_MISMATCH',
      { metadata: (_p, _m, i) => resourceOf('http://10.0.0.7:8080/mcp', i) },
    ],
    ['the resource of another path', 'AUTH_RESOURCE_MISMATCH', { metadata: (_p, m, i) => resourceOf(`${m}/x`, i) }],
  ]
  it.each(DEFECTS)('with %s: %s', { timeout: LONG }, async (_name, code, parts) => {
    await using lab = await startProtectedServer(parts)
    const report = await gate(request(lab.url, { timeoutMs: 3_600_000 }), quiet)
    expect(report.failure).toMatchObject({ code, remedy: 'config' })
    expect(report.rounds).toHaveLength(1)
  })

  it.each([
    ['no WWW-Authenticate', (): string | null => null, /without WWW-Authenticate/],
    ['a challenge for a browser', (): string | null => 'Basic realm="x"', /no Bearer challenge/],
    ['a relative metadata address', (): string | null => 'Bearer resource_metadata="/x"', /is not a URL/],
  ] as const)(
    'with %s passes when its metadata is where clients look, with a warning',
    { timeout: LONG },
    async (_name, challenge, warning) => {
      await using lab = await startProtectedServer({ challenge })
      const report = await gate(request(lab.url), quiet)
      expect(report).toMatchObject({ passed: true, wall: { resource: lab.url } })
      expect(report.warnings).toEqual([expect.stringMatching(warning)])
    },
  )

  it('whose header a gateway renamed is named so', { timeout: LONG }, async () => {
    await using server = await faulty((_a, _q, res) =>
      reply(res, 401, '', '', { 'x-amzn-remapped-www-authenticate': 'Bearer' }),
    )
    const { failure } = await gate(request(`${server.url}/mcp`), quiet)
    expect(failure).toMatchObject({
      code: 'AUTH_BARE_401',
      sentence: expect.stringContaining('API Gateway renamed it'),
    })
  })

  it('may stand before tools/list, after an open initialize', { timeout: LONG }, async () => {
    const good = mcpLike({ session: 's' })
    await using lab = await startProtectedServer()
    await using server = await faulty((asked, req, res) => {
      if (asked?.method !== 'tools/list' || req.headers.authorization === `Bearer ${TOKEN}`)
        return good(asked, req, res)
      reply(res, 401, '', '', { 'www-authenticate': `Bearer resource_metadata="${server.url}/meta"` })
    })
    const open = await gate(request(`${server.url}/mcp`, { auth: 'none' }), quiet)
    expect(open.failure).toMatchObject({ code: 'AUTH_REQUIRED', step: 'tools/list' })
    const { failure } = await gate(request(`${server.url}/mcp`), quiet)
    expect(failure?.code).not.toBe('AUTH_NOT_REQUIRED')
    await using whole = await faulty((asked, req, res) => {
      if (req.url === '/meta') {
        return reply(res, 200, 'application/json', JSON.stringify(resourceOf(`${whole.url}/mcp`, lab.issuer)))
      }
      if (asked?.method !== 'tools/list') return good(asked, req, res)
      reply(res, 401, '', '', { 'www-authenticate': `Bearer resource_metadata="${whole.url}/meta"` })
    })
    expect(await gate(request(`${whole.url}/mcp`), quiet)).toMatchObject({
      passed: true,
      wall: { resource: `${whole.url}/mcp`, metadataUrl: `${whole.url}/meta` },
      warnings: [],
    })
  })

  it('may stand before tools/call alone: the metadata shows it, and a warning says what was not seen', {
    timeout: LONG,
  }, async () => {
    const good = mcpLike()
    await using server = await faulty((asked, req, res) => {
      if (req.url === '/.well-known/oauth-protected-resource/mcp') {
        const metadata = resourceOf(`${server.url}/mcp`, 'https://login.example.com')
        return reply(res, 200, 'application/json', JSON.stringify(metadata))
      }
      return good(asked, req, res)
    })
    const report = await gate(request(`${server.url}/mcp`), quiet)
    expect(report).toMatchObject({ passed: true, wall: { authorizationServers: ['https://login.example.com'] } })
    expect(report.warnings).toEqual([expect.stringContaining('tools/call may be protected')])
  })

  it('that is not there is AUTH_NOT_REQUIRED, and its session is ended', { timeout: LONG }, async () => {
    const methods: string[] = []
    await using server = await faulty((asked, req, res) => {
      methods.push(asked?.method ?? req.method ?? '')
      return mcpLike({ session: 's' })(asked, req, res)
    })
    const { failure } = await gate(request(`${server.url}/mcp`), quiet)
    expect(failure?.code).toBe('AUTH_NOT_REQUIRED')
    expect(methods).toContain('DELETE')
  })

  it('in front of one target of three only is found', { timeout: LONG }, async () => {
    let turn = 0
    const open = mcpLike()
    await using server = await faulty((asked, req, res) => {
      if (req.url !== '/mcp') return reply(res, 200, 'application/json', JSON.stringify(metadata()))
      return turn++ % 5 === 4 ? open(asked, req, res) : reply(res, 401, '', '', { 'www-authenticate': 'Bearer' })
    })
    const metadata = () => resourceOf(`${server.url}/mcp`, 'https://login.example.com')
    const { failure } = await gate(request(`${server.url}/mcp`), quiet)
    expect(failure).toMatchObject({ code: 'FLAPPING', sentence: expect.stringContaining('AUTH_NOT_REQUIRED') })
  })

  it('hides no other fault', { timeout: LONG }, async () => {
    await using server = await faulty((_a, _q, res) => reply(res, 404, 'text/plain', 'nothing'))
    expect((await gate(request(`${server.url}/mcp`), quiet)).failure?.code).toBe('PATH_404')
  })

  it('is looked for with the path and then at the root when the challenge names no metadata', {
    timeout: LONG,
  }, async () => {
    await using lab = await startProtectedServer({
      challenge: () => 'Bearer',
      metadata: (path, mcp, issuer) => (path === '' ? resourceOf(mcp.replace('/mcp', ''), issuer) : undefined),
    })
    const report = await gate(request(lab.url), quiet)
    expect(report.passed).toBe(true)
    expect(report.warnings).toEqual([expect.stringContaining('a parent of the endpoint')])
  })
})

describe('client credentials', () => {
  it('get past the wall, are sent to the token endpoint alone, and are shown nowhere', { timeout: LONG }, async () => {
    const bodies: Record<string, string>[] = []
    await using lab = await startProtectedServer({
      challenge: mcp => `Bearer scope="mcp:tools", resource_metadata="${mcp}/.well-known/oauth-protected-resource/mcp"`,
      token: (body, _req, res) => {
        bodies.push(Object.fromEntries(body))
        reply(res, 200, 'application/json', JSON.stringify({ access_token: TOKEN, token_type: 'bearer' }))
      },
    })
    const secrets: string[] = []
    const lines: string[] = []
    const report = await gate(
      request(lab.url, { oauth, rounds: 3, timeoutMs: 30_000, headers: { 'X-Key': 'gateway-key' } }),
      line => void lines.push(line),
      secret => void secrets.push(secret),
    )
    expect(report).toMatchObject({ passed: true, tools: ['search_docs'], protocolVersions: ['2025-11-25'] })
    expect(secrets).toEqual([TOKEN])
    expect(bodies).toEqual([{ grant_type: 'client_credentials', resource: lab.url, scope: 'mcp:tools' }])
    const basic = `Basic ${Buffer.from('deployer:s3cret%2Fof+the%2Blab').toString('base64')}`
    expect(lab.requests.filter(line => line.startsWith('issuer'))).toEqual([
      'issuer GET /.well-known/oauth-authorization-server - -',
      `issuer POST /token ${basic} -`,
    ])
    const known = lab.requests.filter(line => line.includes('/.well-known/'))
    expect(known.every(line => line.endsWith('- -'))).toBe(true)
    expect(JSON.stringify(report) + lines.join('')).not.toMatch(/t0ken|s3cret/)
  })

  it('are sent in the body where the server asks for that', { timeout: LONG }, async () => {
    let sent = ''
    await using lab = await startProtectedServer({
      serverMetadata: (_p, issuer) => ({
        ...metadataOf(issuer),
        token_endpoint_auth_methods_supported: ['client_secret_post'],
      }),
      token: (body, req, res) => {
        sent = `${req.headers.authorization ?? '-'} ${body.get('client_id')} ${body.get('client_secret')}`
        reply(res, 200, 'application/json', JSON.stringify({ access_token: TOKEN, token_type: 'Bearer' }))
      },
    })
    expect((await gate(request(lab.url, { oauth, auth: 'none' }), quiet)).passed).toBe(true)
    expect(sent).toBe(`- ${oauth.clientId} ${oauth.clientSecret}`)
  })

  it('are renewed before the token ends', { timeout: LONG }, async () => {
    let tokens = 0
    await using lab = await startProtectedServer({
      token: (_body, _req, res) => {
        tokens++
        reply(res, 200, 'application/json', `{"access_token":"${TOKEN}","token_type":"Bearer","expires_in":0.001}`)
      },
    })
    const report = await gate(request(lab.url, { oauth, auth: 'none', rounds: 2, timeoutMs: 30_000 }), quiet)
    expect(report.passed).toBe(true)
    expect(tokens).toBe(2)
  })

  it('are not used where nobody asks for them', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike())
    const report = await gate(request(`${server.url}/mcp`, { oauth, auth: 'none' }), quiet)
    expect(report).toMatchObject({ passed: true, warnings: [expect.stringContaining('without authorization')] })
  })

  const answer =
    (status: number, body: string) => (_b: URLSearchParams, _q: unknown, res: Parameters<typeof reply>[0]) =>
      reply(res, status, 'application/json', body)
  const DEFECTS: [string, string, ProtectionParts][] = [
    ['no metadata of the server', 'AUTH_SERVER_METADATA', { serverMetadata: () => undefined }],
    [
      'metadata of another issuer',
      'AUTH_SERVER_METADATA',
      { serverMetadata: (_p, issuer) => ({ ...metadataOf(issuer), issuer: 'https://login.example.com' }) },
    ],
    [
      'an issuer that no text can be made of',
      'AUTH_SERVER_METADATA',
      { serverMetadata: (_p, issuer) => ({ ...metadataOf(issuer), issuer: { toString: '' } }) },
    ],
    [
      'a token type that no text can be made of',
      'AUTH_TOKEN_REFUSED',
      {
        token: (_b, _q, res) =>
          reply(res, 200, 'application/json', JSON.stringify({ access_token: 'x', token_type: { toString: '' } })),
      },
    ],
    ['no token endpoint', 'AUTH_SERVER_METADATA', { serverMetadata: (_p, issuer) => ({ issuer }) }],
    [
      'a token endpoint over plain http',
      'AUTH_SERVER_METADATA',
      { serverMetadata: (_p, issuer) => ({ issuer, token_endpoint: 'http://login.example.com/token' }) },
    ],
    ['a refusal', 'AUTH_TOKEN_REFUSED', { token: answer(401, '{"error":"invalid_client","error_description":"no"}') }],
    ['no token', 'AUTH_TOKEN_REFUSED', { token: answer(200, '{"token_type":"Bearer"}') }],
    [
      'a token of another kind',
      'AUTH_TOKEN_REFUSED',
      { token: answer(200, '{"access_token":"x","token_type":"mac"}') },
    ],
    [
      'a token that is no header',
      'AUTH_TOKEN_REFUSED',
      { token: answer(200, '{"access_token":"a\\r\\nb","token_type":"Bearer"}') },
    ],
    ['a server that is down', 'AUTH_SERVER_UNREACHABLE', { token: answer(503, '') }],
    [
      'a token that the endpoint refuses',
      'AUTH_REQUIRED',
      { token: answer(200, '{"access_token":"x","token_type":"Bearer"}') },
    ],
  ]
  it.each(DEFECTS)('with %s: %s', { timeout: LONG }, async (_name, code, parts) => {
    await using lab = await startProtectedServer(parts)
    const report = await gate(request(lab.url, { oauth, auth: 'none' }), quiet)
    expect(report.failure).toMatchObject({ code, remedy: 'config' })
  })

  it('go to no authorization server that a hostile endpoint names', { timeout: LONG }, async () => {
    const endpoint = new URL('https://mcp.example.com/mcp')
    const choose = (servers: string[], pinned?: string) => {
      const chosen = trustedIssuer({ authorizationServers: servers }, pinned, endpoint)
      return 'answered' in chosen ? chosen.code : chosen.href
    }
    expect(choose(['https://mcp.example.com:8443/auth'])).toBe('https://mcp.example.com:8443/auth')
    expect(choose(['https://evil.example.com'])).toBe('AUTH_ISSUER_UNPINNED')
    expect(choose(['https://mcp.example.com.evil.example'])).toBe('AUTH_ISSUER_UNPINNED')
    expect(choose(['http://127.0.0.1:8080'])).toBe('AUTH_ISSUER_UNPINNED')
    expect(choose(['https://mcp.example.com', 'https://evil.example.com'])).toBe('AUTH_ISSUER_UNPINNED')
    expect(choose([])).toBe('AUTH_ISSUER_UNPINNED')
    expect(choose(['https://evil.example.com', 'https://login.example.com/'], 'https://login.example.com')).toBe(
      'https://login.example.com/',
    )
    expect(choose(['https://evil.example.com'], 'https://login.example.com')).toBe('AUTH_ISSUER_MISMATCH')
    expect(choose(['https://mcp.example.com'], 'https://login.example.com')).toBe('AUTH_ISSUER_MISMATCH')
  })

  it.each([
    ['one on another host', (_own: string) => ['https://login.example.com'], undefined, 'AUTH_ISSUER_UNPINNED'],
    ['several', (own: string) => [own, 'https://login.example.com'], undefined, 'AUTH_ISSUER_UNPINNED'],
    ['another than the pinned one', (own: string) => [own], 'https://login.example.com', 'AUTH_ISSUER_MISMATCH'],
  ] as const)('are not sent when the endpoint names %s', { timeout: LONG }, async (_name, servers, issuer, code) => {
    await using lab = await startProtectedServer({
      metadata: (_p, mcp, own) => ({ resource: mcp, authorization_servers: servers(own) }),
    })
    const { failure } = await gate(request(lab.url, { oauth: { ...oauth, issuer } }), quiet)
    expect(failure).toMatchObject({
      code,
      remedy: 'config',
      sentence: expect.stringMatching(
        /https:\/\/login\.example\.com.* not sent|https:\/\/login\.example\.com.*No secret/,
      ),
    })
    expect(lab.requests.some(line => line.startsWith('issuer'))).toBe(false)
  })

  it('are sent to the pinned one of several', { timeout: LONG }, async () => {
    await using lab = await startProtectedServer({
      metadata: (_p, mcp, own) => ({ resource: mcp, authorization_servers: ['https://login.example.com', own] }),
    })
    const report = await gate(request(lab.url, { oauth: { ...oauth, issuer: `${lab.issuer}/` } }), quiet)
    expect(report.passed).toBe(true)
  })

  it('are not sent to a token endpoint on another host, unless the issuer is pinned', { timeout: LONG }, async () => {
    await using lab = await startProtectedServer({
      serverMetadata: (path, issuer) =>
        path.endsWith('oauth-authorization-server')
          ? { issuer, token_endpoint: 'https://token.invalid/token' }
          : undefined,
    })
    const free = await gate(request(lab.url, { oauth }), quiet)
    expect(free.failure?.code).toBe('AUTH_ISSUER_UNPINNED')
    const pinned = await gate(request(lab.url, { oauth: { ...oauth, issuer: lab.issuer } }), quiet)
    expect(pinned.failure?.code).toBe('AUTH_SERVER_UNREACHABLE')
  })

  it('follow no redirect of the token endpoint, even within its origin', { timeout: LONG }, async () => {
    await using lab = await startProtectedServer({
      token: (_b, _q, res) => reply(res, 307, '', '', { location: '/elsewhere' }),
    })
    const report = await gate(request(lab.url, { oauth }), quiet)
    expect(report.failure).toMatchObject({ code: 'AUTH_TOKEN_REFUSED', sentence: expect.stringContaining('HTTP 307') })
    expect(lab.requests.some(line => line.includes('/elsewhere'))).toBe(false)
  })

  it('never show what the token endpoint echoes', { timeout: LONG }, async () => {
    await using lab = await startProtectedServer({
      token: (_body, req, res) => {
        const text = `${req.headers.authorization} ${oauth.clientSecret} ${encodeURIComponent(oauth.clientSecret)}`
        reply(res, 400, 'application/json', JSON.stringify({ error: 'invalid_request', error_description: text }))
      },
    })
    const lines: string[] = []
    const report = await gate(request(lab.url, { oauth }), line => void lines.push(line))
    const shown = JSON.stringify(report) + lines.join('')
    expect(report.failure?.sentence).toContain('***')
    expect(shown).not.toMatch(/s3cret/)
    expect(shown).not.toContain(Buffer.from('deployer:').toString('base64').slice(0, 10))
  })
})

describe('what is read on the way', () => {
  it.each([
    ['Bearer resource_metadata="https://a/b", scope="x y"', { resource_metadata: 'https://a/b', scope: 'x y' }],
    ['bearer', {}],
    [
      'Basic realm="Bearer x=1", Bearer error="in\\"valid", resource_metadata=https',
      { error: 'in"valid', resource_metadata: 'https' },
    ],
    ['Bearer a=1, Basic b=2', { a: '1' }],
    ['Basic realm="x"', undefined],
    ['', undefined],
  ])('the challenge %j', (header, params) => {
    const read = readChallenge(header)
    expect(read && { ...read }).toEqual(params)
  })

  it('any challenge and any metadata, without a throw and with a code of the table', () => {
    const endpoint = new URL('https://mcp.example.com/mcp')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.object(), (header, metadata) => {
        readChallenge(header)
        const read = readResourceMetadata(metadata, endpoint, [])
        if ('answered' in read) expect(codes).toHaveProperty(read.code)
      }),
      { numRuns: 1000 },
    )
  })

  it('the places where metadata is found', () => {
    const hrefs = (urls: URL[]) => urls.map(({ href }) => href)
    expect(hrefs(resourceMetadataUrls(new URL('https://a.example/v1/mcp/')))).toEqual([
      'https://a.example/.well-known/oauth-protected-resource/v1/mcp',
      'https://a.example/.well-known/oauth-protected-resource',
    ])
    expect(hrefs(resourceMetadataUrls(new URL('https://a.example/')))).toEqual([
      'https://a.example/.well-known/oauth-protected-resource',
    ])
    expect(hrefs(serverMetadataUrls(new URL('https://login.example/tenant')))).toEqual([
      'https://login.example/.well-known/oauth-authorization-server/tenant',
      'https://login.example/.well-known/openid-configuration/tenant',
      'https://login.example/tenant/.well-known/openid-configuration',
    ])
  })
})
