/**
 * What is asked of the gate, and whether it can be asked at all: an endpoint, a header or a proxy that cannot be used
 * is refused here, before any request is made.
 */
import { validateHeaderName, validateHeaderValue } from 'node:http'
import { InputError, messageOf } from '../errors.ts'
import type { ClientCredentials } from './authorization.ts'
import type { Transport } from './eras.ts'
import { type HttpTarget, openTarget } from './http-exchange.ts'
import type { GateTimes } from './times.ts'
import type { Tool } from './tools.ts'

export interface GateRequest {
  readonly endpoint: string
  /**
   * The eras that must pass. `any`: one of the three. `legacy`: initialize over Streamable HTTP, or over HTTP+SSE
   * when `transport` asks for it: a server of the deprecated transport alone locks out Streamable HTTP clients.
   */
  readonly require: 'any' | 'legacy' | 'modern' | 'both'
  readonly transport: Transport
  /** Sent on every request; the values are secrets and never appear in the report or the log. */
  readonly headers: Readonly<Record<string, string>>
  /** Tools that must be listed, in every era that passes. */
  readonly tools: readonly string[]
  /** What `serverInfo.version` must be, in every era that passes. */
  readonly expectVersion?: string | undefined
  /** The committed tool contract, and its path for messages; `tools` undefined when there is no such file yet. */
  readonly contract?: { readonly path: string; readonly tools: readonly Tool[] | undefined } | undefined
  /** `required`: a request without credentials must get an authentication challenge that clients can follow to a login. */
  readonly auth?: 'none' | 'required' | undefined
  /** To get past the wall; the secret goes to the token endpoint that the endpoint's metadata leads to. */
  readonly oauth?: ClientCredentials | undefined
  /** Green rounds in a row. */
  readonly rounds: number
  /** Milliseconds for the whole gate; the last round starts at the deadline at the latest. */
  readonly timeoutMs: number
  /** Milliseconds for the answer to one request; 30,000 unless set. */
  readonly requestTimeoutMs?: number | undefined
  /** Requests that the gate sends in any minute at most; 120 unless set. */
  readonly requestsPerMinute?: number | undefined
}

/** Header names that frame the message: setting them by hand breaks the exchange. */
const FRAMING = /^(?:connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i

export function targetFor(request: GateRequest, times?: GateTimes): HttpTarget {
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
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      throw new InputError(`mcp-headers: "${name.slice(0, 100)}" is not a header that can be sent.`)
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
  try {
    return openTarget(url, headers, timeoutMs, process.env, times, { requestTimeoutMs, requestsPerMinute })
  } catch (error) {
    throw new InputError(`HTTPS_PROXY or HTTP_PROXY of the runner cannot be used: ${messageOf(error)}`)
  }
}

/** Whether the wall is all that can be seen: it is expected, and nothing was given to get past it. */
export function endsAtAuthChallenge({ auth, oauth, headers }: GateRequest): boolean {
  return auth === 'required' && oauth === undefined && !hasAuthorization(headers)
}

export function hasAuthorization(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some(name => name.toLowerCase() === 'authorization')
}
