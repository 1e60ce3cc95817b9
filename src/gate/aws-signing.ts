/**
 * Signatures of AWS (Signature Version 4) for endpoints that authenticate clients by IAM: AgentCore, Lambda function URLs,
 * API Gateway and VPC Lattice. Only the headers that AWS requires are signed, so a proxy may change all others.
 */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { InputError, messageOf } from '../errors.ts'

/** The service and region of a signature. */
export interface SigningScope {
  readonly service: string
  readonly region: string
}

/** The request to sign. */
export interface SignedRequest {
  readonly method: string
  readonly url: URL
  readonly contentType: string | undefined
  readonly body: string
}

/** Signs one request and returns the headers to add. It throws when there are no credentials. */
export type Sign = (request: SignedRequest) => Promise<Readonly<Record<string, string>>>

/** AWS credentials, which are secrets. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const region = String.raw`([a-z]{2,4}(?:-[a-z]+)+-\d)`

/** Hosts of AWS whose names contain the service and the region. */
const knownHosts: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(String.raw`^(?:[^.]+\.gateway\.)?bedrock-agentcore\.${region}\.amazonaws\.com(?:\.cn)?$`),
    'bedrock-agentcore',
  ],
  [new RegExp(String.raw`^[^.]+\.lambda-url\.${region}\.on\.aws$`), 'lambda'],
  [new RegExp(String.raw`^[^.]+\.execute-api\.${region}\.amazonaws\.com(?:\.cn)?$`), 'execute-api'],
  [new RegExp(String.raw`^[^.]+(?:\.[^.]+)?\.vpc-lattice-svcs\.${region}\.on\.aws$`), 'vpc-lattice-svcs'],
]

/** Hosts of the MCP servers of AWS itself: the first label is the service. */
const ownServers = new RegExp(String.raw`^([a-z0-9-]+)\.${region}\.api\.aws$`)

/** Returns the scope that the name of an AWS host contains; undefined for any other host. Pure. */
export function scopeOfHost(hostname: string): SigningScope | undefined {
  for (const [pattern, service] of knownHosts) {
    const found = pattern.exec(hostname)?.[1]
    if (found !== undefined) return { service, region: found }
  }
  const [, service, found] = ownServers.exec(hostname) ?? []
  return service !== undefined && found !== undefined ? { service, region: found } : undefined
}

/**
 * Reads the input mcp-sigv4 for an endpoint: `none`, `auto`, or a service with or without a region.
 *
 * @returns undefined when requests are not signed
 * @throws InputError when the scope is unknown, or the signature would travel without TLS
 */
export function readSigningScope(value: string, endpoint: URL): SigningScope | undefined {
  if (value === 'none' || value === '') return undefined
  const isLoopback = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(endpoint.hostname)
  if (endpoint.protocol !== 'https:' && !isLoopback) {
    throw new InputError(
      `mcp-sigv4 is "${value}", and the endpoint ${endpoint.origin} is not https: the session token of AWS would travel in the open.`,
    )
  }
  const known = scopeOfHost(endpoint.hostname)
  if (value === 'auto') {
    if (known !== undefined) return known
    throw new InputError(
      `mcp-sigv4 is "auto", and ${endpoint.hostname} is not a host of AgentCore, Lambda, API Gateway or VPC Lattice: set mcp-sigv4 to SERVICE/REGION, such as execute-api/eu-central-1, or to none.`,
    )
  }
  const [service = '', named] = value.split('/')
  const used = named ?? known?.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION
  if (used !== undefined && used !== '') return { service, region: used }
  throw new InputError(
    `mcp-sigv4 is "${value}", and the region is not known: set SERVICE/REGION, such as ${service}/eu-central-1, or AWS_REGION.`,
  )
}

/** Whether the text is a value of mcp-sigv4. Pure. */
export function isSigningValue(value: string): boolean {
  return /^(?:auto|none|[a-z0-9][a-z0-9-]{0,63}(?:\/[a-z0-9-]{2,32})?)$/.test(value)
}

/** SHA-256 in the shape that the signer needs. */
class Sha256 {
  readonly #hash: Hash | Hmac

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data, 'utf8')
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data)
}

/**
 * Creates the signer of one endpoint. The credentials are those of the AWS SDK (environment, profile, role of the runner)
 * and are renewed before they expire. `onSecret` gets the secrets before their first use.
 *
 * @param fixed credentials and time for a test against another signer
 */
export function openSigner(
  { service, region: signedRegion }: SigningScope,
  onSecret: (secret: string) => void = () => {},
  fixed?: { readonly credentials: AwsCredentials; readonly date: Date },
): Sign {
  let provider: (() => Promise<AwsCredentials>) | undefined
  return async ({ method, url, contentType, body }) => {
    const { SignatureV4 } = await import('@smithy/signature-v4')
    if (fixed === undefined && provider === undefined) {
      const { defaultProvider } = await import('@aws-sdk/credential-provider-node')
      provider = defaultProvider()
    }
    const credentials = fixed?.credentials ?? (await provider?.().catch(withoutCredentials))
    if (credentials === undefined) throw new Error('no credentials')
    onSecret(credentials.secretAccessKey)
    if (credentials.sessionToken !== undefined) onSecret(credentials.sessionToken)
    const signer = new SignatureV4({ service, region: signedRegion, credentials, sha256: Sha256 })
    const query: Record<string, string[]> = {}
    for (const name of url.searchParams.keys()) query[name] = url.searchParams.getAll(name)
    const signed = await signer.sign(
      {
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query,
        headers: { host: url.host, ...(contentType !== undefined && { 'content-type': contentType }) },
        body,
      },
      fixed === undefined ? {} : { signingDate: fixed.date },
    )
    const { host: _, 'content-type': _type, ...added } = signed.headers
    return added
  }
}

function withoutCredentials(error: unknown): never {
  throw new Error(`no AWS credentials were found: ${messageOf(error)}`)
}
