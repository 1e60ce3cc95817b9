/**
 * The modern era, revision 2026-07-28, without handshake and session. server/discover describes the server, and only a
 * valid DiscoverResult proves the era. Servers of old SDKs also answer tools/list with modern headers.
 */
import { isObject } from '../json.ts'
import { monotonicMs } from '../poll.ts'
import { type Ask, checkOffer, type Expectations, type Offer } from './expectations.ts'
import { MODERN_RPC_CODES, type Refusal } from './read-reply.ts'
import {
  CLIENT_INFO,
  type Conversation,
  type EraResult,
  failed,
  isCleanRefusal,
  type RpcExchange,
  send,
  unfitRefusal,
} from './rpc.ts'
import { clean, secretsOf } from './sanitize.ts'
import { discoverResult } from './schemas.ts'

/** The only revision of the modern era. */
const MODERN_VERSION = '2026-07-28'

const META = 'io.modelcontextprotocol'

/** Discovers the server and lists its tools. Never throws. */
export async function probeModern(conversation: Conversation, expected: Expectations): Promise<EraResult> {
  const since = monotonicMs()
  const discovery = await discover(conversation)
  if ('refusal' in discovery) {
    const result = failed(conversation, 'server/discover', discovery.refusal, since)
    return discovery.absent ? { ...result, verdict: 'absent' } : result
  }
  return await checkOffer(
    {
      conversation,
      step: 'server/discover',
      protocolVersion: MODERN_VERSION,
      offer: discovery,
      ask: modernRequests(conversation),
      isModern: true,
      since,
    },
    expected,
    secretsOf(conversation.target.headers),
  )
}

/**
 * Sends server/discover, and repeats it when the refusal lists our version. `absent`: the server does not claim the
 * era.
 */
export async function discover(
  conversation: Conversation,
): Promise<Offer | { readonly absent: boolean; readonly refusal: Refusal }> {
  const secrets = secretsOf(conversation.target.headers)
  let { reply } = await ask(conversation, 1, 'server/discover', {})
  // The specification requires one more try of a client whose version is in the list.
  if (!reply.answered && supportedIn(reply)?.includes(MODERN_VERSION)) {
    ;({ reply } = await ask(conversation, 2, 'server/discover', {}))
  }
  if (!reply.answered) return classifyRefusal(reply, secrets)
  const server = readDiscoverResult(reply.result, secrets)
  if (!('answered' in server)) return server
  // Official SDKs that use sessions answer with their older revisions; they do not offer 2026-07-28.
  const listed = reply.result.supportedVersions
  const isOlder = server.code === 'NO_COMMON_VERSION' && Array.isArray(listed) && !listed.some(isModernVersion)
  return { absent: isOlder, refusal: server }
}

function isModernVersion(version: unknown): boolean {
  return typeof version === 'string' && version >= MODERN_VERSION
}

/**
 * Returns the function that sends requests; the era needs no handshake.
 *
 * @param headers headers that the requests need in addition
 */
export function modernRequests(conversation: Conversation, headers: Readonly<Record<string, string>> = {}): Ask {
  let id = 10
  return (method, params) => ask(conversation, ++id, method, params, headers)
}

/** Sends one request with the headers and the `_meta` that 2026-07-28 requires on each request. */
function ask(
  conversation: Conversation,
  id: number,
  method: string,
  params: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<RpcExchange> {
  return send(conversation, {
    method,
    id,
    url: conversation.target.endpoint,
    headers: { 'mcp-protocol-version': MODERN_VERSION, 'mcp-method': method, ...headers },
    params: {
      ...params,
      _meta: {
        [`${META}/protocolVersion`]: MODERN_VERSION,
        [`${META}/clientInfo`]: CLIENT_INFO,
        [`${META}/clientCapabilities`]: {},
      },
    },
  })
}

/**
 * Checks a DiscoverResult (2026-07-28, server/discover). Like the SDK 2.4 client, it accepts a missing ttlMs or
 * cacheScope here, but not on tools/list. Pure.
 */
export function readDiscoverResult(result: Record<string, unknown>, secrets: readonly string[]): Offer | Refusal {
  const fault = discoverResult(result, '')
  if (fault) return unfitRefusal('BAD_DISCOVER_RESULT', `The server/discover result ${clean(fault, secrets)}.`)
  const { capabilities, _meta } = result as { readonly capabilities: Record<string, unknown>; readonly _meta?: unknown }
  const supportedVersions = result.supportedVersions as readonly string[]
  if (!supportedVersions.includes(MODERN_VERSION)) return noCommonVersion(supportedVersions, secrets)
  const info = isObject(_meta) ? _meta[`${META}/serverInfo`] : undefined
  const named = isObject(info) && typeof info.name === 'string' && typeof info.version === 'string'
  return {
    capabilities,
    ...(named && {
      serverInfo: { name: clean(String(info.name), secrets), version: clean(String(info.version), secrets) },
    }),
  }
}

/**
 * Classifies a refused server/discover: `absent` when the server does not offer the era. That is a refusal in JSON-RPC
 * or HTTP terms of an older server, after which clients fall back to initialize. Any other trouble stays a failure, as
 * it does for the SDK 2.4 client. Examples are an unreachable server, authorization, overload, 5xx and an unusable
 * success.
 */
function classifyRefusal(refusal: Refusal, secrets: readonly string[]): { absent: boolean; refusal: Refusal } {
  const { rpc } = refusal
  const supported = supportedIn(refusal)
  if (supported) {
    const isModern = supported.some(isModernVersion)
    const sameRpc = rpc ? { rpc } : {}
    return { absent: !isModern, refusal: isModern ? { ...noCommonVersion(supported, secrets), ...sameRpc } : refusal }
  }
  if (rpc && (rpc.code === MODERN_RPC_CODES.headerMismatch || rpc.code === MODERN_RPC_CODES.missingCapability)) {
    return { absent: false, refusal }
  }
  if (refusal.status !== undefined && refusal.status >= 500) return { absent: false, refusal }
  const isElsewhere = refusal.code === 'ALB_404' || refusal.code === 'PORT_SPEAKS_TLS'
  return { absent: isCleanRefusal(refusal) && !isElsewhere, refusal }
}

function supportedIn({ rpc }: Refusal): string[] | undefined {
  if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion || !isObject(rpc.data)) return undefined
  const { supported } = rpc.data
  return Array.isArray(supported) ? supported.filter(version => typeof version === 'string') : undefined
}

function noCommonVersion(supported: readonly string[], secrets: readonly string[]): Refusal {
  const list = clean(supported.slice(0, 10).join(', '), secrets) || 'none'
  return unfitRefusal('NO_COMMON_VERSION', `The server supports the protocol versions ${list}, not ${MODERN_VERSION}.`)
}
