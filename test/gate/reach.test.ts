/** The ways to an endpoint: a client certificate, a private authority, another address, and what a token request holds. */
import { spawn } from 'node:child_process'
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createClientAssertion, readPrivateKey } from '../../src/gate/client-assertion.ts'
import type { GateRequest } from '../../src/gate/gate.ts'
import { authority, type Certificate, mcpLike } from '../support/mcp/faults.ts'
import { listen } from '../support/mcp/listen.ts'
import { quickGate as gate } from '../support/mcp/quick-gate.ts'
import { startProtectedServer, TOKEN } from '../support/mcp/wall.ts'

const LONG = 60_000

const request = (endpoint: string, more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 1,
  timeoutMs: 0,
  ...more,
})

/** The server of the openssl command line, which tells a client why it refuses its certificate. */
async function opensslServer(authorityCert: Buffer, { key, cert }: Certificate) {
  const directory = await mkdtemp(join(tmpdir(), 'mtls-'))
  const file = async (name: string, text: Buffer) => {
    await writeFile(join(directory, name), text)
    return join(directory, name)
  }
  const free = await listen(createHttpsServer())
  await free[Symbol.asyncDispose]()
  const server = spawn(
    'openssl',
    [
      ...['s_server', '-accept', `127.0.0.1:${free.port}`, '-www', '-Verify', '1', '-verify_return_error'],
      ...['-CAfile', await file('ca.pem', authorityCert), '-cert', await file('s.pem', cert)],
      ...['-key', await file('s.key', key)],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  await once(server.stdout, 'data')
  return {
    port: free.port,
    [Symbol.asyncDispose]: async () => {
      const gone = once(server, 'exit')
      server.kill()
      await gone
      await rm(directory, { recursive: true })
    },
  }
}

describe('mutual TLS', () => {
  it('passes with a certificate that the endpoint trusts, and names its absence and its refusal', {
    timeout: 2 * LONG,
  }, async () => {
    await using lab = await authority()
    await using other = await authority()
    const host = 'mcp.internal.example'
    const server = await lab.issue(host)
    const client = await lab.issue('client')
    const stranger = await other.issue('client')
    const names: (string | undefined)[] = []
    const answer = mcpLike()
    const https = createHttpsServer({ ...server, ca: lab.cert, requestCert: true }, async (req, res) => {
      const { servername } = req.socket as unknown as { servername?: string }
      names.push(`${servername} ${req.headers.host}`)
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      await answer(text === '' ? undefined : JSON.parse(text), req, res)
    })
    https.on('tlsClientError', () => {})
    await using listening = await listen(https, 'https')
    const ca = String(lab.cert)
    const connectTo = { host: '127.0.0.1', port: listening.port }
    const url = `https://${host}/mcp`

    const tls = { cert: String(client.cert), key: String(client.key), ca }
    const passed = await gate(request(url, { tls, connectTo }))
    expect(passed.failure).toBeUndefined()
    // The name in the certificate, in SNI and in Host is that of the URL, whatever the address is.
    expect(new Set(names)).toEqual(new Set([`${host} ${host}`]))

    const absent = await gate(request(url, { tls: { ca }, connectTo }))
    expect(absent.failure).toMatchObject({ code: 'MTLS_REQUIRED', remedy: 'config' })
    expect(absent.failure?.fix).toContain('mcp-client-cert')
    const foreign = { cert: String(stranger.cert), key: String(stranger.key), ca }
    await using strict = await opensslServer(lab.cert, server)
    const refused = await gate(
      request(`https://${host}/mcp`, { tls: foreign, connectTo: { host: '127.0.0.1', port: strict.port } }),
    )
    expect(refused.failure).toMatchObject({ code: 'CLIENT_CERTIFICATE_REFUSED', remedy: 'config' })
    // Node.js as a server closes the connection without a word.
    const closed = await gate(request(url, { tls: foreign, connectTo }))
    expect(closed.failure?.code).toBe('CONN_RESET')
    expect(closed.failure?.fix).toContain('mcp-client-cert')

    const untrusted = await gate(request(url, { tls: { cert: tls.cert, key: tls.key }, connectTo }))
    expect(untrusted.failure?.code).toBe('TLS_UNTRUSTED')
  })

  it('an address where nobody listens is named with its input', { timeout: LONG }, async () => {
    const closed = await listen(createHttpsServer())
    await closed[Symbol.asyncDispose]()
    const connectTo = { host: '127.0.0.1', port: closed.port }
    const { failure } = await gate(request('https://mcp.internal.example/mcp', { connectTo }))
    expect(failure).toMatchObject({
      code: 'TCP_REFUSED',
      sentence: expect.stringContaining(`mcp.internal.example:443 (by mcp-connect-to 127.0.0.1:${closed.port})`),
    })
  })
})

describe('the token request', () => {
  /** Runs the gate with these credentials and returns the body of the token request. */
  const bodyFor = async (more: Partial<NonNullable<GateRequest['oauth']>>) => {
    let body: URLSearchParams | undefined
    let authorization: string | undefined
    await using lab = await startProtectedServer({
      token: (sent, req, res) => {
        body = sent
        authorization = req.headers.authorization
        res.writeHead(200, { 'content-type': 'application/json' })
        res.end(JSON.stringify({ access_token: TOKEN, token_type: 'Bearer' }))
      },
    })
    const oauth = { clientId: 'deployer', clientSecret: 's3cret', ...more }
    const report = await gate(request(lab.url, { oauth }))
    expect(report.failure).toBeUndefined()
    return { body, authorization, url: lab.url, issuer: lab.issuer }
  }

  it('holds the resource of the metadata', { timeout: LONG }, async () => {
    const { body, url } = await bodyFor({})
    expect(Object.fromEntries(body ?? [])).toEqual({ grant_type: 'client_credentials', resource: url })
  })

  it('holds what the user sets, and leaves out what is none', { timeout: LONG }, async () => {
    const { body } = await bodyFor({ resource: 'none', scope: 'mcp:read', audience: 'https://api.example.com' })
    expect(Object.fromEntries(body ?? [])).toEqual({
      grant_type: 'client_credentials',
      scope: 'mcp:read',
      audience: 'https://api.example.com',
    })
    expect((await bodyFor({ resource: 'urn:mcp' })).body?.get('resource')).toBe('urn:mcp')
  })

  const keys = {
    RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    EdDSA: generateKeyPairSync('ed25519'),
  }

  it.each(Object.entries(keys))(
    'proves a key by %s',
    { timeout: LONG },
    async (algorithm, { privateKey, publicKey }) => {
      const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
      const key = readPrivateKey(String(pem))
      const { body, authorization, issuer } = await bodyFor({ clientSecret: undefined, privateKey: { key, id: 'k1' } })
      expect(authorization).toBeUndefined()
      expect(body?.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      const [head = '', claims = '', signature = ''] = body?.get('client_assertion')?.split('.') ?? []
      const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
      expect(read(head)).toEqual({ alg: algorithm, typ: 'JWT', kid: 'k1' })
      const { iat, exp, jti, ...rest } = read(claims)
      expect(rest).toEqual({ iss: 'deployer', sub: 'deployer', aud: `${issuer}/token` })
      expect([exp - iat, typeof jti]).toEqual([60, 'string'])
      const hash = { RS256: 'sha256', ES256: 'sha256', ES384: 'sha384' }[algorithm] ?? null
      const verifier = {
        key: createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
        dsaEncoding: 'ieee-p1363',
      } as const
      expect(verify(hash, Buffer.from(`${head}.${claims}`), verifier, Buffer.from(signature, 'base64url'))).toBe(true)
    },
  )

  it('never uses an assertion twice', () => {
    const key = { key: keys.EdDSA.privateKey, id: undefined }
    const make = () => createClientAssertion(key, 'a', 'https://b')
    expect(make()).not.toBe(make())
  })

  it.each([
    ['', 'no line'],
    ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'OpenSSL cannot read it'],
    ['-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----', 'passphrase'],
  ])('a key that cannot be read is refused: %#', (pem, words) => {
    expect(() => readPrivateKey(pem)).toThrow(words)
  })
})
