/** Credentials that the apply makes: which outputs the plan refuses, and what the state's outputs give the gate. */
import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import {
  assertCredentialOutputs,
  type CredentialOutputs,
  credentialSecrets,
  readOutputCredentials,
} from '../../src/platforms/credential-outputs.ts'
import type { Change, StateJson } from '../../src/terraform/json.ts'

const headersFrom: CredentialOutputs = { headers: 'mcp_headers', oauth: undefined }
const oauthFrom: CredentialOutputs = { headers: undefined, oauth: 'mcp_client' }
const secret = 'k7Qm2-vX9pLr4'
const client = { client_id: 'gate', client_secret: secret, issuer: 'https://login.example.com/pool' }

const planned = (name: string, change: Partial<Change>) => ({
  outputNames: [name, 'mcp_endpoint'],
  json: {
    output_changes: {
      [name]: { actions: ['create'], after_sensitive: true, after_unknown: false, ...change } as Change,
    },
  },
})
const state = (outputs: Record<string, unknown>): StateJson => ({
  values: {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, sensitive: true }])),
  },
})
function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('Nothing is refused.')
}

describe('the plan', () => {
  test.each<[string, CredentialOutputs, Partial<Change>]>([
    ['headers that are known', headersFrom, { after: { 'X-Api-Key': secret } }],
    ['headers that are known after the apply', headersFrom, { after: undefined, after_unknown: true }],
    ['a value that is known after the apply', headersFrom, { after: {}, after_unknown: { 'X-Api-Key': true } }],
    ['a client', oauthFrom, { after: client }],
    [
      'a client with unknown parts',
      oauthFrom,
      { after: { scope: 'mcp/read' }, after_unknown: { client_id: true, client_secret: true, issuer: true } },
    ],
  ])('takes %s', (_, names, change) => {
    expect(() => assertCredentialOutputs(planned(names.headers ?? names.oauth ?? '', change), names)).not.toThrow()
  })

  test.each<[string, CredentialOutputs, Partial<Change>, RegExp]>([
    [
      'a text',
      headersFrom,
      { after: `X-Api-Key: ${secret}` },
      /mcp_headers.*mcp-headers-from-output.*is a string and not an object.*\{ "X-Api-Key" = … \}/,
    ],
    ['a list', headersFrom, { after: [secret] }, /is a list and not an object/],
    ['null', headersFrom, { after: null }, /has no value/],
    ['an empty map', headersFrom, { after: {} }, /is empty/],
    ['a number', headersFrom, { after: { 'X-Api-Key': 12345678 } }, /has "X-Api-Key", which is not a text/],
    ['an empty value', headersFrom, { after: { 'X-Api-Key': '' } }, /is not a header/],
    ['a name with a blank', headersFrom, { after: { 'X Api Key': secret } }, /is not a header/],
    [
      'a line break',
      headersFrom,
      { after: { 'X-Api-Key': `${secret}\nX: y` } },
      /a value of X-Api-Key with a character/,
    ],
    ['a header of the gate', headersFrom, { after: { Host: secret } }, /sets Host: only the gate/],
    [
      'a header of the gate with an unknown value',
      headersFrom,
      { after: {}, after_unknown: { Cookie: true } },
      /sets Cookie/,
    ],
    ['a client without its secret', oauthFrom, { after: { client_id: 'gate' } }, /lacks client_secret and issuer/],
    [
      'a client with a token URL',
      oauthFrom,
      { after: { ...client, token_url: 'https://x' } },
      /has "token_url": allowed are client_id, client_secret, issuer, scope, resource and audience/,
    ],
    [
      'an issuer over http',
      oauthFrom,
      { after: { ...client, issuer: 'http://login.example.com' } },
      /issuer that cannot be used: it must begin with https/,
    ],
    ['an issuer that is no URL', oauthFrom, { after: { ...client, issuer: 'pool' } }, /it must be a URL/],
    [
      'an output that is not sensitive',
      headersFrom,
      { after: { 'X-Api-Key': secret }, after_sensitive: false },
      /mcp_headers.*is not sensitive.*Add sensitive = true/,
    ],
  ])('refuses %s, and repeats no value', (_, names, change, message) => {
    const text = messageOf(() => assertCredentialOutputs(planned(names.headers ?? names.oauth ?? '', change), names))
    expect(text).toMatch(message)
    expect(text).not.toContain(secret)
  })

  test('refuses an output that does not exist, and says how to write it', () => {
    const module_ = { outputNames: ['mcp_endpoint'], json: {} }
    expect(messageOf(() => assertCredentialOutputs(module_, oauthFrom))).toBe(
      'Input mcp-oauth-from-output is "mcp_client", and the root module has no output of that name. Add output "mcp_client" to the root module, with value = { client_id = …, client_secret = …, issuer = … } and sensitive = true.',
    )
  })

  test('asks for nothing without the inputs', () => {
    expect(() =>
      assertCredentialOutputs({ outputNames: [], json: {} }, { headers: undefined, oauth: undefined }),
    ).not.toThrow()
  })
})

describe('the state', () => {
  test('gives headers, and every value is a secret', () => {
    const found = readOutputCredentials(
      state({ mcp_headers: { 'X-Api-Key': secret, Authorization: 'Basic dTpodW50ZXIyMg==' } }),
      headersFrom,
      {},
    )
    expect(found.headers).toEqual({ 'X-Api-Key': secret, Authorization: 'Basic dTpodW50ZXIyMg==' })
    expect(found.oauth).toBeUndefined()
    expect(found.secrets).toEqual(expect.arrayContaining([secret, 'dTpodW50ZXIyMg==', 'hunter22']))
  })

  test('gives a client', () => {
    const found = readOutputCredentials(
      state({ mcp_client: { ...client, scope: 'mcp/read', audience: null } }),
      oauthFrom,
      {},
    )
    expect(found.oauth).toEqual({ clientId: 'gate', clientSecret: secret, issuer: client.issuer, scope: 'mcp/read' })
    expect(found.secrets).toEqual([secret])
  })

  test.each<[string, Record<string, unknown>, CredentialOutputs, RegExp]>([
    ['no output', {}, headersFrom, /the state has no output of that name/],
    ['an output of another shape', { mcp_headers: [secret] }, headersFrom, /is a list/],
    [
      'a header that the input sets, too',
      { mcp_headers: { 'x-tenant': secret } },
      headersFrom,
      /The output mcp_headers and the input mcp-headers both set x-tenant/,
    ],
    [
      'Authorization twice',
      { mcp_headers: { authorization: secret }, mcp_client: client },
      { headers: 'mcp_headers', oauth: 'mcp_client' },
      /sets Authorization, and the output mcp_client obtains a token/,
    ],
  ])('with %s is refused', (_, outputs, names, message) => {
    const text = messageOf(() => readOutputCredentials(state(outputs), names, { 'X-Tenant': 'acme' }))
    expect(text).toMatch(message)
    expect(text).not.toContain(secret)
  })

  test('gives the secrets of an output of a wrong shape as well', () => {
    expect(credentialSecrets(state({ mcp_headers: `X-Api-Key: ${secret}` }), headersFrom)).toContain(secret)
    expect(credentialSecrets(undefined, headersFrom)).toEqual([])
  })
})
