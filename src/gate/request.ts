/**
 * The request to the gate and its validation. It refuses an unusable endpoint, header or proxy before any HTTP request.
 */
import { InputError, messageOf } from '../errors.ts'
import { secrets } from '../log.ts'
import type { ClientCredentials } from './authorization.ts'
import { openSigner, readSigningScope } from './aws-signing.ts'
import type { ToolCall } from './call-list.ts'
import type { Transport } from './eras.ts'
import { hasAuthorization } from './header-rules.ts'
import type { HostName } from './host-names.ts'
import { type Address, type HttpTarget, openTarget, type TlsOptions } from './http-exchange.ts'
import { http } from './node-http.ts'
import type { GateTimes } from './times.ts'
import type { Tool } from './tools.ts'

/**
 * What is special about the way to an endpoint. `one-target`: all requests reach one copy of the server, so there are no targets
 * to sample. `counts-client-errors`: an alarm of the platform counts 4xx answers. So the gate sends no request that a
 * correct server may answer with one, unless a requirement of the user needs it.
 */
export type EndpointTrait = 'one-target' | 'counts-client-errors'

/** The parameters of one gate run. */
export interface GateRequest {
  readonly endpoint: string
  /**
   * The eras that must pass. `any`: one of the three. `legacy`: initialize over Streamable HTTP, or over HTTP+SSE when
   * `transport` selects it. A server with only the deprecated transport locks out Streamable HTTP clients.
   */
  readonly require: 'any' | 'legacy' | 'modern' | 'both'
  readonly transport: Transport
  /** Headers of every request. Their values are secrets and never appear in the report or the log. */
  readonly headers: Readonly<Record<string, string>>
  /** Tools that every passing era must list. */
  readonly tools: readonly string[]
  /** Required `serverInfo.version` of every passing era. */
  readonly expectVersion?: string | undefined
  /** The committed tool contract with its path for messages; `tools` is undefined until the file exists. */
  readonly contract?: { readonly path: string; readonly tools: readonly Tool[] | undefined } | undefined
  /**
   * `required`: a request without credentials must get an authentication challenge that clients can follow to a login.
   */
  readonly auth?: 'none' | 'required' | undefined
  /**
   * Client credentials for the authentication challenge. The secret goes to the token endpoint in the endpoint's
   * metadata.
   */
  readonly oauth?: ClientCredentials | undefined
  /** Client certificate and additional certificate authorities. */
  readonly tls?: TlsOptions | undefined
  /** The address to connect to instead of that of the endpoint's name, for tunnels and split DNS. */
  readonly connectTo?: Address | undefined
  /** How AWS signatures are made: `none`, `auto`, or a service with or without a region. */
  readonly sigv4?: string | undefined
  readonly traits?: readonly EndpointTrait[] | undefined
  /** URL at the endpoint's origin that gets one POST with the headers of all requests after the last one, to end their session. */
  readonly leaveUrl?: string | undefined
  /** Tools to call once in each passing era after the rounds, with the expected results. */
  readonly calls?: readonly ToolCall[] | undefined
  /** MCP hosts that must accept the tools. */
  readonly hosts?: readonly HostName[] | undefined
  /** Required number of passing rounds in a row. */
  readonly rounds: number
  /** Whether the first failed round ends the gate, for a check that waits for nothing. */
  readonly endsAtFailure?: boolean | undefined
  /** Milliseconds for the whole gate; the last round starts at the deadline at the latest. */
  readonly timeoutMs: number
  /** Milliseconds for the answer to one request; the default is 30,000. */
  readonly requestTimeoutMs?: number | undefined
  /** Maximum number of requests in any minute; the default is 600. */
  readonly requestsPerMinute?: number | undefined
}

/** Header names that frame the message; a custom value breaks the exchange. */
const FRAMING = /^(?:connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i

/**
 * Validates the request and opens its HTTP target.
 *
 * @throws InputError when the endpoint, a header, a count or the proxy setting cannot be used
 */
export function targetFor(
  request: GateRequest,
  times?: GateTimes,
  onSecret: (secret: string) => void = () => {},
): HttpTarget {
  const { endpoint, headers, require, transport, rounds, timeoutMs, requestTimeoutMs, requestsPerMinute } = request
  const url = URL.parse(endpoint)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new InputError(
      `The MCP endpoint "${endpoint}" is not an http or https URL, such as https://mcp.example.com/mcp.`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError('The MCP endpoint must not carry a user name or password; use mcp-headers.')
  }
  url.hash = ''
  for (const [name, value] of Object.entries(headers)) {
    try {
      http.validateHeaderName(name)
      http.validateHeaderValue(name, value)
    } catch {
      throw new InputError(`mcp-headers: "${secrets.redact(name).slice(0, 100)}" is not a header that can be sent.`)
    }
    if (FRAMING.test(name)) throw new InputError(`mcp-headers: "${name}" is set by the connection itself.`)
  }
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new InputError(`mcp-rounds: ${rounds} is not a whole number from 1.`)
  if (transport === 'sse' && (require === 'modern' || require === 'both')) {
    throw new InputError(
      `mcp-require: ${require} cannot pass with mcp-transport: sse, which only legacy clients speak.`,
    )
  }
  const scope = readSigningScope(request.sigv4 ?? 'none', url)
  if (scope !== undefined && (hasAuthorization(headers) || request.oauth !== undefined)) {
    throw new InputError(
      'mcp-sigv4 signs requests in the Authorization header, and mcp-headers or mcp-oauth-client-id sets the same header: use one of them.',
    )
  }
  try {
    const { tls, connectTo, traits = [] } = request
    const sign = scope && openSigner(scope, onSecret)
    const avoidsClientErrors = traits.includes('counts-client-errors')
    const options = { requestTimeoutMs, requestsPerMinute, tls, connectTo, sign, avoidsClientErrors }
    return openTarget(url, headers, timeoutMs, process.env, times, options)
  } catch (error) {
    throw new InputError(`HTTPS_PROXY or HTTP_PROXY of the runner cannot be used: ${messageOf(error)}`)
  }
}

/** Whether the gate ends at the authentication challenge: it expects one and has no credentials to pass it. */
export function endsAtAuthChallenge({ auth, oauth, headers }: GateRequest): boolean {
  return auth === 'required' && oauth === undefined && !hasAuthorization(headers)
}
