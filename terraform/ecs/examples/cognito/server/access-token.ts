/** Access tokens of an Amazon Cognito user pool: signature, issuer, time, kind, client and scope. */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'

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

/** Errors of the token itself. All others, such as keys that cannot be fetched, are errors of the server. */
const tokenErrors = [
  errors.JOSEAlgNotAllowed,
  errors.JWKSMultipleMatchingKeys,
  errors.JWKSNoMatchingKey,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
]

/** Creates a verifier that keeps the keys of the issuer. It throws TokenError for a refused token, and other errors if the keys cannot be fetched. */
export function tokenVerifier(rules: TokenRules): (token: string) => Promise<void> {
  const keys = createRemoteJWKSet(new URL(`${rules.issuer}/.well-known/jwks.json`))
  // The algorithm is fixed: a token must not choose its own. Clocks may differ by 30 seconds.
  const options = { issuer: rules.issuer, algorithms: ['RS256'], requiredClaims: ['exp'], clockTolerance: 30 }

  return async token => {
    const { payload } = await jwtVerify(token, keys, options).catch(error => {
      if (!tokenErrors.some(kind => error instanceof kind)) throw error
      throw new TokenError('invalid_token', `The token is not valid (${error.code}).`)
    })
    checkClaims(payload, rules)
  }
}

function checkClaims(claims: JWTPayload, { clientIds, scope }: TokenRules): void {
  // An ID token has the same issuer and keys.
  if (claims.token_use !== 'access') throw new TokenError('invalid_token', 'The token is not an access token.')
  if (typeof claims.client_id !== 'string' || !clientIds.includes(claims.client_id))
    throw new TokenError('invalid_token', 'The token is for another client.')
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : []
  if (!scopes.includes(scope)) throw new TokenError('insufficient_scope', `The token lacks the scope ${scope}.`)
}
