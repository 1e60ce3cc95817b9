/** Access tokens of an Amazon Cognito user pool: signature, issuer, time, kind, client and scope. Node only, no packages. */
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'

/** The tokens that the server accepts. */
export interface TokenRules {
  /** The issuer of the user pool, without a final slash. */
  readonly issuer: string
  /** App clients that may call the server. Cognito's tokens for machines have no `aud`, so this list limits the audience. */
  readonly clientIds: readonly string[]
  /** The scope that a token must have, such as `mcp/read`. */
  readonly scope: string
}

/** A refused token, with the OAuth error code of RFC 6750 §3.1. */
export class TokenError extends Error {
  readonly code: 'invalid_token' | 'insufficient_scope'

  constructor(code: TokenError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Clocks may differ by this many seconds. */
const leewaySeconds = 30

/** The keys are fetched at most once in this time, so that tokens with an unknown key cause no load. */
const refetchAfterMs = 60_000

/** Creates a verifier that keeps the keys of the issuer. It throws TokenError for a refused token, and other errors if the keys cannot be fetched. */
export function tokenVerifier(rules: TokenRules): (token: string) => Promise<void> {
  let keys = new Map<string, KeyObject>()
  let fetchedAt = Number.NEGATIVE_INFINITY

  async function keyOf(id: string): Promise<KeyObject> {
    if (!keys.has(id) && performance.now() - fetchedAt > refetchAfterMs) {
      keys = await fetchKeys(rules.issuer)
      fetchedAt = performance.now()
    }
    const key = keys.get(id)
    if (key === undefined) throw new TokenError('invalid_token', 'The token is signed with an unknown key.')
    return key
  }

  return async token => {
    const [head = '', body = '', signature = '', ...more] = token.split('.')
    const header = decode(head)
    const claims = decode(body)
    // The algorithm is fixed: a token must not choose its own.
    if (more.length > 0 || header.alg !== 'RS256' || typeof header.kid !== 'string')
      throw new TokenError('invalid_token', 'The token is not a JWT with RS256.')
    const key = await keyOf(header.kid)
    if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
      throw new TokenError('invalid_token', 'The signature is wrong.')
    checkClaims(claims, rules)
  }
}

function checkClaims(claims: Readonly<Record<string, unknown>>, { issuer, clientIds, scope }: TokenRules): void {
  const now = Date.now() / 1000
  if (claims.iss !== issuer) throw new TokenError('invalid_token', 'The issuer is another one.')
  if (typeof claims.exp !== 'number' || claims.exp < now - leewaySeconds)
    throw new TokenError('invalid_token', 'The token has expired.')
  if (typeof claims.nbf === 'number' && claims.nbf > now + leewaySeconds)
    throw new TokenError('invalid_token', 'The token is not valid yet.')
  // An ID token has the same issuer and keys.
  if (claims.token_use !== 'access') throw new TokenError('invalid_token', 'The token is not an access token.')
  if (typeof claims.client_id !== 'string' || !clientIds.includes(claims.client_id))
    throw new TokenError('invalid_token', 'The token is for another client.')
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : []
  if (!scopes.includes(scope)) throw new TokenError('insufficient_scope', `The token lacks the scope ${scope}.`)
}

async function fetchKeys(issuer: string): Promise<Map<string, KeyObject>> {
  const response = await fetch(`${issuer}/.well-known/jwks.json`, { signal: AbortSignal.timeout(5_000) })
  if (!response.ok) throw new Error(`The keys of ${issuer} cannot be fetched: HTTP ${response.status}.`)
  const { keys } = (await response.json()) as { keys: (JsonWebKey & { kid: string })[] }
  return new Map(keys.map(key => [key.kid, createPublicKey({ key, format: 'jwk' })]))
}

/** @throws TokenError if the part is not a JSON object */
function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // The error below says enough.
  }
  throw new TokenError('invalid_token', 'The token is not a JWT.')
}
