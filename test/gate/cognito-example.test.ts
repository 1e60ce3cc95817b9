/**
 * The server of terraform/ecs/examples/cognito, with an authorization server in the shape of a Cognito user pool: its metadata, keys and
 * tokens. moto has no token endpoint for client credentials, so this one signs the tokens.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GateRequest } from '../../src/gate/gate.ts'
import { protectedServer } from '../../terraform/ecs/examples/cognito/server/server.ts'
import { type Listening, listenHttp } from '../support/mcp/listen.ts'
import { quickGate } from '../support/mcp/quick-gate.ts'

const client = { clientId: 'gate-client', clientSecret: 'secret-of-the-gate-0123456789' }
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
let issuing: Listening
let serving: Listening
let issuer: string
let resource: string
let tokenRequests: string[] = []
let keyRequests = 0

/** Claims as Cognito makes them for a machine: no `aud`. */
const claims = (more: object = {}) => {
  const now = Math.floor(Date.now() / 1000)
  const times = { iat: now, exp: now + 900 }
  return {
    sub: client.clientId,
    token_use: 'access',
    scope: 'mcp/read',
    iss: issuer,
    client_id: client.clientId,
    ...times,
    ...more,
  }
}

function tokenOf(body: object, { key = pair.privateKey, alg = 'RS256', kid = 'one' } = {}): string {
  const parts = [{ alg, ...(kid !== '' && { kid }) }, body]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = alg === 'none' ? '' : sign('RSA-SHA256', Buffer.from(parts), key).toString('base64url')
  return `${parts}.${signature}`
}

const metadataUrl = () => `${serving.url}/.well-known/oauth-protected-resource/mcp`

async function post(token?: string, url = resource): Promise<Response> {
  const headers = {
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} })
  return await fetch(url, { method: 'POST', headers, body })
}

beforeAll(async () => {
  const pool = '/eu-west-1_Example'
  issuing = await listenHttp(async (req, res) => {
    const json = (status: number, value: object) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (req.url === `${pool}/.well-known/openid-configuration`) {
      const methods = ['client_secret_basic', 'client_secret_post']
      const endpoints = { token_endpoint: `${issuing.url}/oauth2/token`, jwks_uri: `${issuer}/.well-known/jwks.json` }
      return json(200, { issuer, ...endpoints, token_endpoint_auth_methods_supported: methods })
    }
    if (req.url === `${pool}/.well-known/jwks.json`) {
      keyRequests++
      const key = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }
      const other = { ...foreign.publicKey.export({ format: 'jwk' }), kid: 'other', alg: 'RS256', use: 'sig' }
      return json(200, { keys: [key, other] })
    }
    if (req.url !== '/oauth2/token') return json(404, {})
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    tokenRequests.push(Buffer.concat(chunks).toString())
    const basic = `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`
    if (req.headers.authorization !== basic) return json(400, { error: 'invalid_client' })
    return json(200, { access_token: tokenOf(claims()), expires_in: 900, token_type: 'Bearer' })
  })
  issuer = `${issuing.url}${pool}`
  let server: ReturnType<typeof protectedServer> | undefined
  serving = await listenHttp((req, res) => void server?.emit('request', req, res))
  resource = `${serving.url}/mcp`
  server = protectedServer({ resource, issuer, clientIds: [client.clientId], scope: 'mcp/read' })
})
afterAll(async () => {
  await serving?.[Symbol.asyncDispose]()
  await issuing?.[Symbol.asyncDispose]()
})

const request = (more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint: resource,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 2,
  timeoutMs: 20_000,
  auth: 'required',
  ...more,
})

test('mcp-auth: required passes without credentials', async () => {
  const report = await quickGate(request())
  expect(report.failure).toBeUndefined()
})

test('the gate logs in with client credentials, and lists the tools', async () => {
  tokenRequests = []
  const report = await quickGate(
    request({ tools: ['list_orders'], oauth: { ...client, issuer, scope: 'mcp/read', resource: 'none' } }),
  )
  expect(report.failure).toBeUndefined()
  expect(new URLSearchParams(tokenRequests[0]).toString()).toBe('grant_type=client_credentials&scope=mcp%2Fread')
})

test('a wrong secret is named', async () => {
  const oauth = { clientId: client.clientId, clientSecret: 'another-secret-0123456789', issuer }
  expect((await quickGate(request({ oauth }))).failure?.code).toBe('AUTH_TOKEN_REFUSED')
})

test('the metadata is at both addresses, and the health page is open', async () => {
  for (const url of [metadataUrl(), `${serving.url}/.well-known/oauth-protected-resource`]) {
    expect(await (await fetch(url)).json()).toMatchObject({ resource, authorization_servers: [issuer] })
  }
  expect((await fetch(`${serving.url}/health`)).status).toBe(200)
})

test('a valid token is accepted', async () => {
  expect((await post(tokenOf(claims()))).status).toBe(200)
})

test.each<[string, () => string | undefined]>([
  ['none', () => undefined],
  ['no JWT', () => 'opaque'],
  ['an expired one', () => tokenOf(claims({ exp: Date.now() / 1000 - 60 }))],
  ['one that never expires', () => tokenOf(claims({ exp: undefined }))],
  ['one that is not valid yet', () => tokenOf(claims({ nbf: Date.now() / 1000 + 600 }))],
  ['the signature of another key', () => tokenOf(claims(), { key: foreign.privateKey })],
  ['an unknown key', () => tokenOf(claims(), { kid: 'two' })],
  ['no key id', () => tokenOf(claims(), { kid: '' })],
  ['claims that are no object', () => tokenOf([])],
  ['no signature', () => tokenOf(claims(), { alg: 'none' })],
  ['another algorithm in the header', () => tokenOf(claims(), { alg: 'RS512' })],
  ['another issuer', () => tokenOf(claims({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other' }))],
  ['another client', () => tokenOf(claims({ client_id: 'somebody-else' }))],
  ['an ID token', () => tokenOf(claims({ token_use: 'id', aud: client.clientId }))],
])('401 with the metadata for %s', async (_, token) => {
  const response = await post(token())
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toContain(`Bearer resource_metadata="${metadataUrl()}"`)
})

test('403 with the scope for a token without it', async () => {
  const response = await post(tokenOf(claims({ scope: 'mcp/write' })))
  expect(response.status).toBe(403)
  expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="mcp\/read"/)
})

test('tokens with unknown keys cause no load on the issuer', async () => {
  await post(tokenOf(claims()))
  const before = keyRequests
  await Promise.all(Array.from({ length: 20 }, (_, index) => post(tokenOf(claims(), { kid: `unknown-${index}` }))))
  expect(keyRequests).toBe(before)
})

test('503, and no refused token, while the keys cannot be fetched', async () => {
  const broken = protectedServer({ resource, issuer: `${issuing.url}/nothing`, clientIds: [], scope: 'mcp/read' })
  await using listening = await listenHttp((req, res) => void broken.emit('request', req, res))
  const response = await post(tokenOf(claims()), `${listening.url}/mcp`)
  expect(response.status).toBe(503)
  expect(response.headers.get('www-authenticate')).toBeNull()
})

test('the packages of the example are those that it is tested with', () => {
  const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
  const { devDependencies } = read('package.json')
  const { dependencies } = read('terraform/ecs/examples/cognito/server/package.json')
  const tested = Object.keys(dependencies).map(name => [name, devDependencies[name]])
  expect(dependencies).toEqual(Object.fromEntries(tested))
})
