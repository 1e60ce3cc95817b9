/**
 * The legacy era over Streamable HTTP, revisions up to 2025-11-25: initialize, initialized, tools/list, and the
 * end of the session. Each request is a connection of its own and no cookie is sent back, because that is what
 * a load balancer sees from the official clients; `withCookies` exists to tell the one failure that differs.
 */
import { judgeCapabilities, judgeTools } from './expectations.ts'
import { clean, secretsOf } from './quote.ts'
import { CLIENT_INFO, type Conversation, type EraResult, failed, type Heard, note, send, unfit } from './rpc.ts'
import { listTools } from './tools.ts'
import { isObject, MODERN_RPC_CODES, type Refusal } from './verdict.ts'
import { exchange } from './wire.ts'

/** Newest first: the first is asked for, any is accepted (basic/lifecycle, version negotiation). */
export const LEGACY_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const

export interface StreamableResult extends EraResult {
  /** The server gave cookies with its session, which a load balancer with lb_cookie stickiness does. */
  readonly setsCookies: boolean
}

/** Runs one whole session and ends it. Never throws. */
export async function probeStreamable(
  conversation: Conversation,
  expectedTools: readonly string[],
  withCookies = false,
): Promise<StreamableResult> {
  const { endpoint: url, headers: userHeaders } = conversation.line
  const secrets = secretsOf(userHeaders)
  const since = performance.now()
  const opened = await send(conversation, { method: 'initialize', id: 1, url, params: initializeParams })
  const cookies = cookiesOf(opened)
  const fail = (step: string, refusal: Refusal): StreamableResult => ({
    ...failed(conversation, step, refusal, since),
    setsCookies: cookies !== '',
  })
  if (!opened.reading.answered) return fail('initialize', lockedOut(opened.reading) ?? opened.reading)
  const session = sessionOf(opened)
  const server = readInitializeResult(opened.reading.result, secrets)
  const headers = {
    ...session,
    ...('answered' in server ? {} : { 'mcp-protocol-version': server.protocolVersion }),
    ...(withCookies && cookies !== '' && { cookie: cookies }),
  }

  const use = async (): Promise<StreamableResult> => {
    if ('answered' in server) return fail('initialize', server)
    const { reading } = await send(conversation, { method: 'notifications/initialized', url, headers })
    if (!reading.answered) return fail('notifications/initialized', reading)
    const offer = judgeCapabilities(server.capabilities, expectedTools)
    if ('answered' in offer) return fail('initialize', offer)
    let id = 1
    const listing = offer.listsTools
      ? await listTools(
          cursor =>
            send(conversation, {
              method: 'tools/list',
              id: ++id,
              url,
              headers,
              params: cursor === undefined ? {} : { cursor },
            }),
          false,
          secrets,
        )
      : { names: [] }
    if ('answered' in listing) return fail('tools/list', listing)
    const missing = judgeTools(listing.names, expectedTools, secrets)
    if (missing) return fail('tools/list', missing)
    return {
      verdict: 'passed',
      protocolVersion: server.protocolVersion,
      serverInfo: server.serverInfo,
      tools: listing.names,
      warnings: offer.warning ? [offer.warning] : [],
      elapsedMs: performance.now() - since,
      setsCookies: cookies !== '',
    }
  }
  const result = await use()
  // A session nobody ends stays in the server's memory. Whether the server allows the end is its choice.
  if (session['mcp-session-id'] !== undefined) {
    const sight = await exchange(conversation.line, { url, method: 'DELETE', headers })
    note(conversation, { method: 'DELETE', url, headers }, 'DELETE', sight)
  }
  return result
}

export const initializeParams = { protocolVersion: LEGACY_VERSIONS[0], capabilities: {}, clientInfo: CLIENT_INFO }

export interface InitializeResult {
  readonly protocolVersion: string
  readonly capabilities: Record<string, unknown>
  readonly serverInfo: { readonly name: string; readonly version: string }
}

/** Checks an initialize result against the schema of 2024-11-05 to 2025-11-25. Pure. */
export function readInitializeResult(
  { protocolVersion, capabilities, serverInfo }: Record<string, unknown>,
  secrets: readonly string[],
): InitializeResult | Refusal {
  const bad = (what: string): Refusal => unfit('BAD_INIT_RESULT', `The initialize result is not valid: ${what}.`)
  if (typeof protocolVersion !== 'string') return bad('protocolVersion is missing')
  if (!isObject(capabilities)) return bad('capabilities is missing')
  if (!isObject(serverInfo)) return bad('serverInfo is missing')
  const { name, version } = serverInfo
  if (typeof name !== 'string') return bad('serverInfo.name is missing')
  if (typeof version !== 'string') return bad('serverInfo.version is missing')
  if (!LEGACY_VERSIONS.some(known => known === protocolVersion)) {
    const seen = clean(protocolVersion, secrets)
    return unfit(
      'NO_COMMON_VERSION',
      `initialize was answered with protocol version "${seen}", which clients do not speak.`,
    )
  }
  return { protocolVersion, capabilities, serverInfo: { name: clean(name, secrets), version: clean(version, secrets) } }
}

/** A server of 2026-07-28 alone refuses initialize with the versions it has. */
function lockedOut({ rpc, sentence }: Refusal): Refusal | undefined {
  if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion) return undefined
  const supported = isObject(rpc.data) && Array.isArray(rpc.data.supported) ? rpc.data.supported : []
  const offersLegacy = supported.some(version => LEGACY_VERSIONS.some(known => known === version))
  return offersLegacy
    ? undefined
    : unfit('LEGACY_CLIENTS_LOCKED_OUT', `initialize is refused, only 2026-07-28 is served: ${sentence}`)
}

function sessionOf({ sight }: Heard): Record<string, string> {
  const id = sight.kind === 'reply' ? sight.headers['mcp-session-id'] : undefined
  return typeof id === 'string' && id !== '' ? { 'mcp-session-id': id } : {}
}

function cookiesOf({ sight }: Heard): string {
  const set = sight.kind === 'reply' ? (sight.headers['set-cookie'] ?? []) : []
  return set.map(cookie => cookie.split(';', 1)[0]).join('; ')
}
