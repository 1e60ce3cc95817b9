/**
 * The authorization flow of an MCP client, and a token by client credentials for the gate (RFC 6749 §4.4). The flow
 * reads the challenge of a 401, the protected-resource metadata (RFC 9728) and the authorization server's metadata (RFC
 * 8414, OpenID Connect Discovery). The URLs of all metadata come from a server, so requests to them carry none of the
 * user's headers. Plain http is limited to the endpoint's origin and this machine.
 */
import { isObject } from '../json.ts'
import { monotonicMs } from '../poll.ts'
import { createClientAssertion, type PrivateKey } from './client-assertion.ts'
import { type Code, codes, type Failure, failure } from './codes.ts'
import {
  exchange,
  type HttpOutcome,
  type HttpRequest,
  type HttpTarget,
  isEventStream,
  type Reply,
} from './http-exchange.ts'
import { endSession, initialize, legacyRequests } from './legacy.ts'
import { discover, modernRequests } from './modern.ts'
import { type ParsedReply, parseJson, type Refusal, readOutcome } from './read-reply.ts'
import { type Conversation, type Exchange, failureOf, recordExchange, send, unfitRefusal } from './rpc.ts'
import { clean, previewJson, secretsOf } from './sanitize.ts'

/** A correct authentication challenge, with its protected-resource metadata. */
export interface AuthChallenge {
  readonly metadataUrl: string
  readonly resource: string
  readonly authorizationServers: readonly string[]
  /** The scopes of the challenge, or those of the metadata when the challenge has none. */
  readonly scopes: readonly string[]
  readonly warning?: string
  /** The first protected method of each era; every target must protect the same methods. */
  readonly steps: readonly string[]
}

type ChallengeDetails = Omit<AuthChallenge, 'steps'>

/** The client credentials of the user. */
export interface ClientCredentials {
  readonly clientId: string
  /** The secret of the client; undefined for a client with a key. */
  readonly clientSecret?: string | undefined
  /** The key of a client that authenticates by a signed assertion (RFC 7523, private_key_jwt). */
  readonly privateKey?: PrivateKey | undefined
  /** The authorization server that registered the client; no other server gets the secret. */
  readonly issuer?: string | undefined
  /** The parameter `resource` (RFC 8707): a value, or `none` to leave it out; undefined means that of the metadata. */
  readonly resource?: string | undefined
  /** The parameter `scope`: a value, or `none` to leave it out; undefined means the scopes of the challenge. */
  readonly scope?: string | undefined
  /** The parameter `audience`, which some authorization servers want instead of `resource`. */
  readonly audience?: string | undefined
}

/** An access token, which is a secret. */
export interface Token {
  readonly accessToken: string
  /** Moment (`monotonicMs()`) after which a new token is requested. */
  readonly renewAt: number
}

/** Time before expiry at which a token is renewed, so that no round starts with a token that expires during it. */
const RENEW_BEFORE_MS = 30_000
const TOKEN_LIFE_MS = 300_000

/**
 * Parses the Bearer challenge of a WWW-Authenticate header (RFC 9110 §11.6.1) into its parameters; undefined without
 * one. Pure.
 */
export function readChallenge(header: string): Readonly<Record<string, string>> | undefined {
  const tokens = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g
  let bearer: Record<string, string> | undefined
  let inBearer = false
  for (const [, name = '', quoted, token] of header.slice(0, 16_384).matchAll(tokens)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? token
    if (value === undefined) {
      if (bearer) break
      inBearer = name.toLowerCase() === 'bearer'
      if (inBearer) bearer = Object.create(null) as Record<string, string>
    } else if (inBearer && bearer) bearer[name.toLowerCase()] ??= value
  }
  return bearer
}

/**
 * Opens the endpoint without credentials, as a new client does, and follows the challenge to its metadata. A challenge
 * at any method counts, because a server may leave initialize open and protect the later methods. The target must carry
 * no Authorization header. Never throws; the failure names the missing part of the challenge.
 */
export async function findAuthChallenge(
  target: HttpTarget,
  { transport, require }: OpenedAs,
  exchanges: Exchange[],
): Promise<AuthChallenge | Failure> {
  const openings =
    transport === 'sse'
      ? [await openStream(target, exchanges)]
      : await openBothEras(target, require !== 'legacy', exchanges)
  const challenge = await challengeOf(target, openings, exchanges)
  return 'code' in challenge
    ? challenge
    : { ...challenge, steps: openings.map(({ step, isOpen }) => (isOpen ? 'tools/call' : step)) }
}

async function challengeOf(
  target: HttpTarget,
  openings: readonly Opening[],
  exchanges: Exchange[],
): Promise<ChallengeDetails | Failure> {
  const open = openings.find(({ isOpen }) => isOpen)
  if (open) return await challengeOfOpenServer(target, open, openings, exchanges)
  const refusals = openings.flatMap(({ step, refusal }) => (refusal ? [{ step, refusal }] : []))
  const unauthorized = refusals.filter(({ refusal }) => refusal.status === 401)
  const decisive = unauthorized.find(({ refusal }) => !isBearer(refusal)) ?? unauthorized[0] ?? refusals[0]
  if (decisive === undefined) return failure('DEADLINE', 'authorization', 'The endpoint was not asked.')
  const { step, refusal } = decisive
  if (unauthorized.length === 0) return failureOf(refusal, step)
  const challenge = readChallenge(refusal.challenge ?? '')
  return challenge
    ? await fetchAuthChallenge(target, challenge, exchanges)
    : await challengeWithoutHeader(target, step, refusal, exchanges)
}

/** The way to open the endpoint: the transport, and whether server/discover may be sent. */
export interface OpenedAs {
  readonly transport: 'auto' | 'streamable-http' | 'sse'
  readonly require: 'any' | 'legacy' | 'modern' | 'both'
}

function isBearer({ challenge }: Refusal): boolean {
  return challenge !== undefined && readChallenge(challenge) !== undefined
}

/**
 * Returns the challenge of a server that protects only tools/call. It refuses no request of the gate, so only the
 * metadata proves the challenge.
 */
async function challengeOfOpenServer(
  target: HttpTarget,
  { step }: Opening,
  openings: readonly Opening[],
  exchanges: Exchange[],
): Promise<ChallengeDetails | Failure> {
  // A challenge in only one era leaves the same tools open in the other era.
  const isHalf = openings.some(({ refusal }) => refusal?.status === 401)
  const challenge = isHalf ? undefined : await fetchAuthChallenge(target, {}, exchanges)
  const address = `${target.endpoint.origin}${target.endpoint.pathname}`
  if (challenge === undefined || 'code' in challenge)
    return failure('AUTH_NOT_REQUIRED', step, `${address} answered ${step} without authorization.`)
  const warning = `${address} lists its tools without authorization. Its metadata names an authorization server, so tools/call may be protected; the gate does not call tools.`
  return { ...challenge, warning: [challenge.warning, warning].filter(Boolean).join(' ') }
}

/**
 * Returns the challenge of a 401 without usable header. Clients then look for the metadata at its well-known address
 * (basic/authorization).
 */
async function challengeWithoutHeader(
  target: HttpTarget,
  step: string,
  refusal: Refusal,
  exchanges: Exchange[],
): Promise<ChallengeDetails | Failure> {
  const address = `${target.endpoint.origin}${target.endpoint.pathname}`
  const header = refusal.challenge === undefined ? undefined : clean(refusal.challenge, secretsOf(target.headers))
  const bare =
    header === undefined
      ? refusal.sentence
      : `${address} answered HTTP 401 with "${header}", which has no Bearer challenge.`
  const challenge = await fetchAuthChallenge(target, {}, exchanges)
  if ('code' in challenge) {
    return challenge.code === 'AUTH_METADATA_MISSING'
      ? failureOf({ ...refusal, code: 'AUTH_BARE_401', sentence: bare }, step)
      : challenge
  }
  const warning = `${bare} Its metadata is at ${challenge.metadataUrl}, where most clients look; some hosts want the header: ${codes.AUTH_BARE_401.fix}`
  return { ...challenge, warning: [challenge.warning, warning].filter(Boolean).join(' ') }
}

interface Opening {
  /** The last method that was answered or refused. */
  readonly step: string
  /** Whether the server answered every request that a client sends before it calls a tool. */
  readonly isOpen: boolean
  readonly refusal: Refusal | undefined
}

/** Opens both eras; legacy comes first, because older servers do not know server/discover. */
async function openBothEras(target: HttpTarget, asksModern: boolean, exchanges: Exchange[]): Promise<Opening[]> {
  const legacy = await openLegacy({ target, era: 'legacy', exchanges })
  return asksModern ? [legacy, await openModern({ target, era: 'modern', exchanges })] : [legacy]
}

async function openLegacy(conversation: Conversation): Promise<Opening> {
  const { server, session } = await initialize(conversation)
  if ('answered' in server) return { step: 'initialize', isOpen: false, refusal: server }
  const headers = { ...session, 'mcp-protocol-version': server.protocolVersion }
  const url = conversation.target.endpoint
  const { reply: accepted } = await send(conversation, { method: 'notifications/initialized', url, headers })
  const { reply } = accepted.answered
    ? await legacyRequests(conversation, headers)('tools/list', {})
    : { reply: accepted }
  if (session['mcp-session-id'] !== undefined) await endSession(conversation, headers)
  return openingOf('initialize', accepted.answered ? 'tools/list' : 'notifications/initialized', reply)
}

async function openModern(conversation: Conversation): Promise<Opening> {
  const discovery = await discover(conversation)
  if ('refusal' in discovery) return { step: 'server/discover', isOpen: false, refusal: discovery.refusal }
  const { reply } = await modernRequests(conversation)('tools/list', {})
  return openingOf('server/discover', 'tools/list', reply)
}

/**
 * Returns the opening after the first listing of an era. Only a 401 is a challenge; any other refusal means that access
 * is open.
 */
function openingOf(opened: string, step: string, reply: ParsedReply): Opening {
  if (!reply.answered && reply.status === 401) return { step, isOpen: false, refusal: reply }
  return { step: opened, isOpen: true, refusal: undefined }
}

async function openStream(target: HttpTarget, exchanges: Exchange[]): Promise<Opening> {
  const { endpoint: url } = target
  const closing = new AbortController()
  const outcome = await exchange(target, {
    url,
    method: 'GET',
    headers: { accept: 'text/event-stream' },
    signal: closing.signal,
    onHeaders: (status, headers) => {
      // The microtask runs after the body reader exists. The open stream is the only required evidence, so the exchange
      // can end.
      if (status === 200 && isEventStream(headers)) queueMicrotask(() => closing.abort())
    },
  })
  const reply = readOutcome(outcome, { url, inSession: false, authorized: false, secrets: secretsOf(target.headers) })
  recordExchange(
    { target, exchanges },
    { era: 'http-sse', step: 'endpoint', method: 'GET' },
    outcome,
    reply.answered ? 'ok' : reply.code,
  )
  return { step: 'endpoint', isOpen: reply.answered, refusal: reply.answered ? undefined : reply }
}

const METADATA_STEP = 'protected-resource metadata'

async function fetchAuthChallenge(
  target: HttpTarget,
  challenge: Readonly<Record<string, string>>,
  exchanges: Exchange[],
): Promise<ChallengeDetails | Failure> {
  const { endpoint } = target
  const named = challenge.resource_metadata
  const fail = (code: Code, sentence: string): Failure => failure(code, METADATA_STEP, sentence)
  const shown = clean(named ?? '', secretsOf(target.headers))
  const namedUrl = named === undefined ? undefined : URL.parse(named)
  if (namedUrl && !mayBeAsked(namedUrl, endpoint)) {
    return fail('AUTH_METADATA_MISSING', `resource_metadata="${shown}" is not https, so clients do not fetch it.`)
  }
  const document = await fetchFirst(
    target,
    namedUrl ? [namedUrl] : resourceMetadataUrls(endpoint),
    METADATA_STEP,
    exchanges,
  )
  const isNoUrl = namedUrl === null ? `resource_metadata="${shown}" is not a URL, so clients ignore it.` : undefined
  if ('answered' in document) {
    const where = isNoUrl ? `${isNoUrl} ` : named === undefined ? 'The challenge names no resource_metadata. ' : ''
    return fail(document.code === 'NOT_JSON' ? 'AUTH_METADATA_INVALID' : document.code, `${where}${document.sentence}`)
  }
  const metadata = readResourceMetadata(document.value, endpoint, secretsOf(target.headers))
  if ('answered' in metadata) return fail(metadata.code, `${metadata.sentence} (${clean(document.url.href, [])})`)
  const scopes = challenge.scope?.split(' ').filter(scope => scope !== '') ?? metadata.scopes
  const warning = [metadata.warning, isNoUrl].filter(Boolean).join(' ')
  return { ...metadata, metadataUrl: document.url.href, scopes, ...(warning !== '' && { warning }) }
}

/**
 * Returns the metadata addresses for a challenge without `resource_metadata`: with the path, then at the root (RFC 9728
 * §3.1). Pure.
 */
export function resourceMetadataUrls({ origin, pathname }: URL): URL[] {
  const root = `${origin}/.well-known/oauth-protected-resource`
  const path = trimmed(pathname)
  return [...(path === '' ? [] : [new URL(`${root}${path}`)]), new URL(root)]
}

/**
 * Checks protected-resource metadata (RFC 9728 §2) as far as clients depend on it. `resource` must be the endpoint URL;
 * a parent of it causes a warning, because the SDK clients accept it. Pure.
 */
export function readResourceMetadata(
  { resource, authorization_servers: servers, scopes_supported: scopes }: Record<string, unknown>,
  endpoint: URL,
  secrets: readonly string[],
): Omit<ChallengeDetails, 'metadataUrl'> | Refusal {
  const bad = (what: string): Refusal =>
    unfitRefusal('AUTH_METADATA_INVALID', `The protected-resource metadata is not valid: ${what}.`)
  if (typeof resource !== 'string') return bad('resource is missing')
  const named = URL.parse(resource)
  if (named === null) return bad('resource is not a URL')
  if (!isStrings(servers) || servers.length === 0) return bad('authorization_servers is not a list of at least one URL')
  for (const server of servers) {
    const url = URL.parse(server)
    if (url === null || !mayBeAsked(url, endpoint)) {
      return bad(`the authorization server "${clean(server, secrets)}" is not an https URL`)
    }
  }
  const offer = {
    resource: clean(resource, secrets),
    authorizationServers: servers.map(server => clean(server, secrets)),
    scopes: isStrings(scopes) ? scopes.map(scope => clean(scope, secrets)) : [],
  }
  const path = (url: URL): string => `${trimmed(url.pathname)}/`
  if (named.origin === endpoint.origin && path(named) === path(endpoint) && named.search === endpoint.search)
    return offer
  if (named.origin === endpoint.origin && path(endpoint).startsWith(path(named))) {
    const warning = `The protected-resource metadata is for ${offer.resource}, a parent of the endpoint: RFC 9728 §3.3 requires the URL itself, and strict clients refuse it.`
    return { ...offer, warning }
  }
  return unfitRefusal(
    'AUTH_RESOURCE_MISMATCH',
    `The protected-resource metadata is for "${offer.resource}", not for ${endpoint.href}.`,
  )
}

/**
 * Selects the authorization server that may receive the client secret. Its name comes from the endpoint, and a hostile
 * endpoint would name its own server. Therefore only the pinned server qualifies, or without a pin a single server on
 * the endpoint's host. That host could read the secret in any case. Pure.
 */
export function trustedIssuer(
  { authorizationServers }: Pick<AuthChallenge, 'authorizationServers'>,
  pinned: string | undefined,
  endpoint: URL,
): URL | Refusal {
  const offered = authorizationServers.flatMap(server => URL.parse(server) ?? [])
  const named = authorizationServers.slice(0, 5).join(', ')
  if (pinned !== undefined) {
    const match = offered.find(({ href }) => trimmed(href) === trimmed(URL.parse(pinned)?.href ?? pinned))
    return (
      match ??
      unfitRefusal(
        'AUTH_ISSUER_MISMATCH',
        `mcp-oauth-issuer is ${pinned}, and the endpoint names ${named}. No secret was sent.`,
      )
    )
  }
  const [only] = offered
  if (only !== undefined && offered.length === 1 && isSameHost(only, endpoint)) return only
  const what =
    authorizationServers.length > 1
      ? `several authorization servers (${named})`
      : `the authorization server ${named}, which is on another host`
  return unfitRefusal(
    'AUTH_ISSUER_UNPINNED',
    `The endpoint names ${what}, and mcp-oauth-issuer does not say which one may have the client secret. It was not sent.`,
  )
}

/**
 * Obtains a token by client credentials from the trusted authorization server of the challenge. The secret goes only to
 * the token endpoint of that server, and follows no redirect. Never throws.
 */
export async function obtainToken(
  target: HttpTarget,
  challenge: AuthChallenge,
  credentials: ClientCredentials,
  exchanges: Exchange[],
): Promise<Token | Failure> {
  const step = 'authorization-server metadata'
  const issuer = trustedIssuer(challenge, credentials.issuer, target.endpoint)
  if ('answered' in issuer) return failure(issuer.code, step, issuer.sentence)
  const server = await fetchServerMetadata(target, issuer, credentials.issuer !== undefined, exchanges)
  if ('answered' in server) return failure(server.code, step, server.sentence)
  return await requestToken(target, server, challenge, credentials, exchanges)
}

interface ServerMetadata {
  readonly tokenEndpoint: URL
  readonly authMethods: readonly string[]
}

async function fetchServerMetadata(
  target: HttpTarget,
  issuer: URL,
  isPinned: boolean,
  exchanges: Exchange[],
): Promise<ServerMetadata | Refusal> {
  const document = await fetchFirst(target, serverMetadataUrls(issuer), 'authorization-server metadata', exchanges)
  if ('answered' in document) {
    const isDown = document.code === 'AUTH_SERVER_UNREACHABLE'
    return isDown ? document : unfitRefusal('AUTH_SERVER_METADATA', document.sentence)
  }
  const bad = (what: string): Refusal =>
    unfitRefusal(
      'AUTH_SERVER_METADATA',
      `The metadata of the authorization server (${clean(document.url.href, [])}) ${what}.`,
    )
  const { issuer: named, token_endpoint: endpoint, token_endpoint_auth_methods_supported: methods } = document.value
  // RFC 8414 §3.3: metadata of another issuer would send the secret to its author.
  if (typeof named !== 'string' || trimmed(named) !== trimmed(issuer.href)) {
    return bad(`is for the issuer ${previewJson(named, [])}`)
  }
  const tokenEndpoint = typeof endpoint === 'string' ? URL.parse(endpoint) : null
  if (tokenEndpoint === null) return bad('names no token_endpoint')
  const isSecret = tokenEndpoint.protocol === 'https:' || (isLocal(tokenEndpoint) && isLocal(target.endpoint))
  if (!isSecret || !mayBeAsked(tokenEndpoint, target.endpoint)) return bad('names a token_endpoint that is not https')
  // A pinned issuer is trusted to name its token endpoint; without a pin, only the endpoint's host is trusted.
  if (!isPinned && !isSameHost(tokenEndpoint, target.endpoint)) {
    return unfitRefusal(
      'AUTH_ISSUER_UNPINNED',
      `The authorization server ${clean(issuer.href, [])} has its token endpoint on another host, ${clean(tokenEndpoint.host, [])}, and mcp-oauth-issuer does not name it. The client secret was not sent.`,
    )
  }
  return { tokenEndpoint, authMethods: isStrings(methods) ? methods : ['client_secret_basic'] }
}

/** Returns the metadata addresses of RFC 8414 §3.1 and both addresses of OpenID Connect Discovery. Pure. */
export function serverMetadataUrls({ origin, pathname }: URL): URL[] {
  const path = trimmed(pathname)
  const known = `${origin}/.well-known`
  const urls = [`${known}/oauth-authorization-server${path}`, `${known}/openid-configuration${path}`]
  return [...urls, ...(path === '' ? [] : [`${origin}${path}/.well-known/openid-configuration`])].map(
    url => new URL(url),
  )
}

async function requestToken(
  target: HttpTarget,
  { tokenEndpoint, authMethods }: ServerMetadata,
  { resource, scopes }: AuthChallenge,
  credentials: ClientCredentials,
  exchanges: Exchange[],
): Promise<Token | Failure> {
  const step = 'token'
  const { clientId, clientSecret = '', privateKey, audience } = credentials
  const form = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)
  const basic = Buffer.from(`${form(clientId)}:${form(clientSecret)}`).toString('base64')
  const inBody = !authMethods.includes('client_secret_basic') && authMethods.includes('client_secret_post')
  const assertion = privateKey && createClientAssertion(privateKey, clientId, tokenEndpoint.href)
  const shownResource = credentials.resource ?? resource
  const scope = credentials.scope ?? scopes.join(' ')
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(shownResource !== 'none' && { resource: shownResource }),
    ...(scope !== 'none' && scope !== '' && { scope }),
    ...(audience !== undefined && { audience }),
    ...(assertion !== undefined && {
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
    ...(inBody && assertion === undefined && { client_id: clientId, client_secret: clientSecret }),
  })
  const outcome = await ask(target, {
    url: tokenEndpoint,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(!inBody && assertion === undefined && { authorization: `Basic ${basic}` }),
    },
    body: body.toString(),
    holdsCredentials: true,
    followsRedirect: false,
  })
  const address = clean(`${tokenEndpoint.origin}${tokenEndpoint.pathname}`, [])
  const secrets = secretsOf({ clientSecret, basic, form: form(clientSecret), assertion: assertion ?? '' })
  const parsed = readTokenReply(outcome, address, secrets)
  recordExchange(
    { target, exchanges },
    { era: null, step, method: 'POST' },
    outcome,
    'code' in parsed ? parsed.code : 'ok',
  )
  return 'code' in parsed ? failure(parsed.code, step, parsed.sentence) : parsed
}

function readTokenReply(outcome: HttpOutcome, address: string, secrets: readonly string[]): Token | Refusal {
  if (isDown(outcome))
    return unfitRefusal('AUTH_SERVER_UNREACHABLE', `The token endpoint ${address} ${describeOutage(outcome, secrets)}.`)
  const value = parseJson((outcome as Reply).body)?.value
  const { status } = outcome as Reply
  if (status < 200 || status > 299 || !isObject(value)) {
    const { error, error_description: why } = isObject(value) ? value : {}
    const reason = typeof error === 'string' ? `${error}${typeof why === 'string' ? `: ${why}` : ''}` : ''
    const shown = reason === '' ? '' : `, "${clean(reason, secrets)}"`
    return unfitRefusal('AUTH_TOKEN_REFUSED', `The token endpoint ${address} answered HTTP ${status}${shown}.`)
  }
  const { access_token: token, token_type: type, expires_in: seconds } = value
  if (
    typeof token !== 'string' ||
    !/^[\x21-\x7e]+$/.test(token) ||
    typeof type !== 'string' ||
    !/^bearer$/i.test(type)
  ) {
    return unfitRefusal('AUTH_TOKEN_REFUSED', `The token endpoint ${address} answered without a Bearer access_token.`)
  }
  const lifeMs = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : TOKEN_LIFE_MS
  return { accessToken: token, renewAt: monotonicMs() + Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_MS) }
}

interface FetchedDocument {
  readonly url: URL
  readonly value: Record<string, unknown>
}

/** Fetches the first existing document of `urls`, as a JSON object. */
async function fetchFirst(
  target: HttpTarget,
  urls: readonly URL[],
  step: string,
  exchanges: Exchange[],
): Promise<FetchedDocument | Refusal> {
  let missing: Refusal | undefined
  for (const url of urls) {
    const outcome = await ask(target, { url, method: 'GET', headers: { accept: 'application/json' } })
    const parsed = readDocument(outcome, url, target.endpoint)
    recordExchange(
      { target, exchanges },
      { era: null, step, method: 'GET' },
      outcome,
      'answered' in parsed ? parsed.code : 'ok',
    )
    if (!('answered' in parsed)) return parsed
    missing ??= parsed
    // Only a missing document may exist at another address.
    if (parsed.code !== 'AUTH_METADATA_MISSING') return parsed
  }
  return missing ?? unfitRefusal('AUTH_METADATA_MISSING', 'There is no address to look for metadata.')
}

function readDocument(outcome: HttpOutcome, url: URL, endpoint: URL): FetchedDocument | Refusal {
  const address = clean(url.href, [])
  if (isDown(outcome)) {
    if (url.origin !== endpoint.origin) {
      return unfitRefusal('AUTH_SERVER_UNREACHABLE', `GET ${address} ${describeOutage(outcome, [])}.`)
    }
    const parsed = readOutcome(outcome, { id: 0, url, inSession: false, authorized: false, secrets: [] })
    if (!parsed.answered) return parsed
  }
  const { status, body } = outcome as Reply
  if (status !== 200) return unfitRefusal('AUTH_METADATA_MISSING', `GET ${address} answered HTTP ${status}.`)
  const value = parseJson(body)?.value
  return isObject(value)
    ? { url, value }
    : unfitRefusal('NOT_JSON', `GET ${address} answered with something other than JSON.`)
}

/** Whether the outcome is temporary trouble instead of an answer. */
function isDown(outcome: HttpOutcome): boolean {
  return outcome.kind === 'fault' || outcome.status >= 500 || outcome.status === 429
}

function describeOutage(outcome: HttpOutcome, secrets: readonly string[]): string {
  return outcome.kind === 'reply'
    ? `answered HTTP ${outcome.status}`
    : `could not be asked (${clean(outcome.code, [])}, "${clean(outcome.message, secrets)}")`
}

/** Sends a request without the user's headers, because they belong to the endpoint. */
function ask(target: HttpTarget, request: HttpRequest): Promise<HttpOutcome> {
  return exchange({ ...target, headers: {}, sign: undefined }, request)
}

/**
 * Whether the URL may be requested: https anywhere, plain http on the endpoint's origin and between programs of this
 * machine.
 */
function mayBeAsked(url: URL, endpoint: URL): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && (url.origin === endpoint.origin || (isLocal(url) && isLocal(endpoint)))
}

function isLocal({ hostname }: URL): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname)
}

/** Whether both names are the same host; a common parent domain does not prove a common owner. */
function isSameHost(a: URL, b: URL): boolean {
  return a.hostname === b.hostname || (isLocal(a) && isLocal(b))
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}

/** Removes the final slashes of an address or a path. */
function trimmed(url: string): string {
  let end = url.length
  while (url[end - 1] === '/') end--
  return url.slice(0, end)
}
