/**
 * The modern era, revision 2026-07-28: no handshake and no session. server/discover says what is served, and only
 * a valid DiscoverResult proves the era: servers of the old SDKs answer tools/list with modern headers as well.
 */
import { judgeCapabilities, judgeTools } from './expectations.ts'
import { clean, secretsOf } from './quote.ts'
import { CLIENT_INFO, type Conversation, type EraResult, failed, type Heard, send, unfit } from './rpc.ts'
import { listTools } from './tools.ts'
import { isObject, MODERN_RPC_CODES, type Refusal } from './verdict.ts'

export const MODERN_VERSION = '2026-07-28'

const META = 'io.modelcontextprotocol'

/** Discovers the server and lists its tools. Never throws. */
export async function probeModern(conversation: Conversation, expectedTools: readonly string[]): Promise<EraResult> {
  const secrets = secretsOf(conversation.line.headers)
  const since = performance.now()
  let id = 0
  const request = (method: string, params: Record<string, unknown>): Promise<Heard> =>
    send(conversation, {
      method,
      id: ++id,
      url: conversation.line.endpoint,
      headers: { 'mcp-protocol-version': MODERN_VERSION, 'mcp-method': method },
      params: {
        ...params,
        _meta: {
          [`${META}/protocolVersion`]: MODERN_VERSION,
          [`${META}/clientInfo`]: CLIENT_INFO,
          [`${META}/clientCapabilities`]: {},
        },
      },
    })

  let { reading } = await request('server/discover', {})
  // The version was in the list after all: one more try is what the specification asks of a client.
  if (!reading.answered && supportedIn(reading)?.includes(MODERN_VERSION))
    ({ reading } = await request('server/discover', {}))
  if (!reading.answered) {
    const { absent, refusal } = judgeRefusal(reading, secrets)
    const result = failed(conversation, 'server/discover', refusal, since)
    return absent ? { ...result, verdict: 'absent' } : result
  }
  const server = readDiscoverResult(reading.result, secrets)
  if ('answered' in server) return failed(conversation, 'server/discover', server, since)
  const offer = judgeCapabilities(server.capabilities, expectedTools)
  if ('answered' in offer) return failed(conversation, 'server/discover', offer, since)
  const listing = offer.listsTools
    ? await listTools(cursor => request('tools/list', cursor === undefined ? {} : { cursor }), true, secrets)
    : { names: [] }
  if ('answered' in listing) return failed(conversation, 'tools/list', listing, since)
  const missing = judgeTools(listing.names, expectedTools, secrets)
  if (missing) return failed(conversation, 'tools/list', missing, since)
  return {
    verdict: 'passed',
    protocolVersion: MODERN_VERSION,
    ...(server.serverInfo && { serverInfo: server.serverInfo }),
    tools: listing.names,
    warnings: offer.warning ? [offer.warning] : [],
    elapsedMs: performance.now() - since,
  }
}

interface DiscoverResult {
  readonly capabilities: Record<string, unknown>
  readonly serverInfo?: { readonly name: string; readonly version: string }
}

/**
 * Checks a DiscoverResult (2026-07-28, server/discover). As the SDK 2.4 client does, a missing ttlMs or cacheScope is
 * forgiven here and not on tools/list. Pure.
 */
export function readDiscoverResult(
  { resultType, supportedVersions, capabilities, _meta }: Record<string, unknown>,
  secrets: readonly string[],
): DiscoverResult | Refusal {
  const bad = (what: string): Refusal =>
    unfit('BAD_DISCOVER_RESULT', `The server/discover result is not valid: ${what}.`)
  if (resultType !== 'complete') return bad('resultType is not "complete"')
  if (!Array.isArray(supportedVersions) || !supportedVersions.every(version => typeof version === 'string')) {
    return bad('supportedVersions is not a list of versions')
  }
  if (!isObject(capabilities)) return bad('capabilities is missing')
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
 * Whether a refused server/discover means that the era is not offered: a refusal in the JSON-RPC or HTTP terms of
 * an older server, after which clients fall back to initialize. Trouble of any other kind (no way to the
 * server, authorization, overload, 5xx, an unusable success) stays a failure, as it does for the SDK 2.4 client.
 */
function judgeRefusal(refusal: Refusal, secrets: readonly string[]): { absent: boolean; refusal: Refusal } {
  const { rpc, status } = refusal
  const supported = supportedIn(refusal)
  if (supported) {
    const isModern = supported.some(version => version >= MODERN_VERSION)
    return { absent: !isModern, refusal: isModern ? noCommonVersion(supported, secrets) : refusal }
  }
  if (rpc && (rpc.code === MODERN_RPC_CODES.headerMismatch || rpc.code === MODERN_RPC_CODES.missingCapability)) {
    return { absent: false, refusal }
  }
  const refused =
    status !== undefined && status >= 400 && status < 500 && ![401, 403, 407, 408, 421, 429].includes(status)
  const answeredError = rpc !== undefined && status !== undefined && status < 300
  return {
    absent: (refused && refusal.code !== 'ALB_404' && refusal.code !== 'PORT_SPEAKS_TLS') || answeredError,
    refusal,
  }
}

function supportedIn({ rpc }: Refusal): string[] | undefined {
  if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion || !isObject(rpc.data)) return undefined
  const { supported } = rpc.data
  return Array.isArray(supported) ? supported.filter(version => typeof version === 'string') : undefined
}

function noCommonVersion(supported: readonly string[], secrets: readonly string[]): Refusal {
  const list = clean(supported.slice(0, 10).join(', '), secrets) || 'none'
  return unfit('NO_COMMON_VERSION', `The server supports the protocol versions ${list}, not ${MODERN_VERSION}.`)
}
