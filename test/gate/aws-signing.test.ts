/** Signatures of AWS: which hosts get them, by which scope, and a server that computes each signature itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { isSigningValue, readSigningScope, scopeOfHost } from '../../src/gate/aws-signing.ts'
import type { GateRequest } from '../../src/gate/gate.ts'
import { gate } from '../../src/gate/gate.ts'
import { readSignature } from '../support/aws-signature.ts'
import { type Answer, faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { quickTimes } from '../support/mcp/quick-gate.ts'

const LONG = 60_000
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const TOKEN = 'session-token-of-the-lab-0123456789'

const request = (endpoint: string, more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 1,
  timeoutMs: 0,
  sigv4: 'execute-api/eu-central-1',
  ...more,
})

const kept = { ...process.env }
beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDLAB', AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN })
})
afterAll(() => {
  process.env = kept
})

/** A server that computes the signature of each request by the documentation of AWS, and refuses any other. */
const verifying = (good: Answer) => {
  const refused: string[] = []
  let signed = 0
  const caller = { accessKeyId: 'AKIDLAB', secretAccessKey: SECRET, sessionToken: TOKEN }
  const answer: Answer = (asked, req, res) => {
    const signature = readSignature(req, asked === undefined ? '' : JSON.stringify(asked), caller)
    if (signature === undefined) {
      refused.push(`${req.method} ${req.headers.authorization}`)
      return reply(res, 403, 'application/json', '{"message":"The request signature we calculated does not match"}', {
        'x-amzn-errortype': 'InvalidSignatureException',
      })
    }
    signed++
    expect(signature.names).toBe(
      req.headers['content-type'] === undefined
        ? 'host;x-amz-content-sha256;x-amz-date;x-amz-security-token'
        : 'content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token',
    )
    return good(asked, req, res)
  }
  return { answer, refused, signed: () => signed }
}

describe('a signed endpoint', () => {
  it.each([
    '/mcp',
    '/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aeu-central-1%3A1%3Aruntime%2Fx/invocations?qualifier=DEFAULT',
    '/a%20b/mcp?b=2&a=1&a=%C3%A4&empty=',
  ])('%s passes with every request signed', { timeout: LONG }, async path => {
    const lab = verifying(mcpLike({ session: 's' }))
    await using server = await faulty(lab.answer)
    const secrets: string[] = []
    const report = await gate(
      request(server.url + path),
      () => {},
      secret => secrets.push(secret),
      quickTimes,
    )
    expect(lab.refused).toEqual([])
    expect(report.failure).toBeUndefined()
    expect(lab.signed()).toBeGreaterThan(15)
    expect(secrets).toEqual(expect.arrayContaining([SECRET, TOKEN]))
    expect(JSON.stringify(report)).not.toMatch(/session-token-of-the-lab|wJalrXUtn/)
  })

  it('that refuses the signature names what to check', { timeout: LONG }, async () => {
    const lab = verifying(mcpLike())
    await using server = await faulty((asked, req, res) => {
      req.headers['x-amz-date'] = '20200101T000000Z'
      return lab.answer(asked, req, res)
    })
    const { failure } = await gate(
      request(`${server.url}/mcp`),
      () => {},
      () => {},
      quickTimes,
    )
    expect(failure).toMatchObject({ code: 'AWS_SIGNATURE_REFUSED', remedy: 'config' })
  })

  it('gets no signature at the target of a redirect', { timeout: LONG }, async () => {
    const paths: string[] = []
    await using server = await faulty((_asked, req, res) => {
      paths.push(req.url ?? '')
      reply(res, 307, '', '', { location: '/elsewhere' })
    })
    const { failure } = await gate(
      request(`${server.url}/mcp`),
      () => {},
      () => {},
      quickTimes,
    )
    expect(failure?.code).toBe('REDIRECT')
    expect(new Set(paths)).toEqual(new Set(['/mcp']))
  })
})

describe('the scope', () => {
  it.each([
    ['bedrock-agentcore.eu-central-1.amazonaws.com', 'bedrock-agentcore', 'eu-central-1'],
    ['tools.gateway.bedrock-agentcore.us-west-2.amazonaws.com', 'bedrock-agentcore', 'us-west-2'],
    ['abc123.lambda-url.eu-west-1.on.aws', 'lambda', 'eu-west-1'],
    ['abc123.execute-api.us-gov-west-1.amazonaws.com', 'execute-api', 'us-gov-west-1'],
    ['svc-0.abc.vpc-lattice-svcs.eu-west-1.on.aws', 'vpc-lattice-svcs', 'eu-west-1'],
    ['aws-mcp.us-east-1.api.aws', 'aws-mcp', 'us-east-1'],
  ])('of %s is %s in %s', (host, service, region) => {
    expect(scopeOfHost(host)).toEqual({ service, region })
  })

  it.each([
    'mcp.example.com',
    'bedrock-agentcore.eu-central-1.amazonaws.com.evil.example',
    'evil-execute-api.eu-central-1.amazonaws.com',
    'execute-api.eu-central-1.amazonaws.com.',
  ])('of %s is unknown, so nothing is signed for it', host => {
    expect(scopeOfHost(host)).toBeUndefined()
    expect(() => readSigningScope('auto', new URL(`https://${host}/mcp`))).toThrow(InputError)
  })

  it('is never used without TLS, except on this machine', () => {
    expect(() => readSigningScope('lambda/eu-west-1', new URL('http://mcp.example.com/mcp'))).toThrow(/is not https/)
    expect(readSigningScope('lambda/eu-west-1', new URL('http://127.0.0.1:1/mcp'))).toBeDefined()
    expect(readSigningScope('none', new URL('http://mcp.example.com/mcp'))).toBeUndefined()
  })

  it.each([
    ['auto', true],
    ['none', true],
    ['execute-api/eu-central-1', true],
    ['lambda', true],
    ['Lambda', false],
    ['a/b/c', false],
    ['x y', false],
  ])('"%s" is a value: %s', (value, is) => {
    expect(isSigningValue(value)).toBe(is)
  })

  it('cannot be joined with another Authorization', async () => {
    const both = request('https://a.execute-api.eu-west-1.amazonaws.com/mcp', {
      headers: { Authorization: 'Bearer x' },
    })
    await expect(gate(both, () => {})).rejects.toThrow(/use one of them/)
  })
})
