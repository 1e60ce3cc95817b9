/**
 * The login of the gate: it passes the authentication challenge with a token that is still valid. `authorization.ts`
 * checks the challenge and the authorization server; this module decides when, and loads it only then.
 */
import { monotonicMs } from '../poll.ts'
import type { AuthChallenge, Token } from './authorization.ts'
import type { Failure } from './codes.ts'
import type { Memory } from './eras.ts'
import { hasAuthorization } from './header-rules.ts'
import type { HttpTarget } from './http-exchange.ts'
import type { GateRequest } from './request.ts'
import type { Exchange } from './rpc.ts'

/** The way to the endpoint, with the discovered challenge and the obtained token. */
export interface AuthContext {
  /** The endpoint and its headers, including the token once it is obtained. */
  target: HttpTarget
  challenge?: Omit<AuthChallenge, 'warning' | 'steps'>
  /** The methods that the discovered authentication challenge protects. */
  challengeSteps?: string
  token?: Token
  readonly onSecret: (secret: string) => void
  readonly warnings: Set<string>
  readonly memory: Memory
}

/**
 * Checks the authentication challenge when one is expected, and obtains a token when the current one does not last.
 *
 * @returns the failure that ends the round, or undefined
 */
export async function authenticate(
  access: AuthContext,
  request: GateRequest,
  exchanges: Exchange[],
): Promise<Failure | undefined> {
  const { auth, oauth } = request
  const needsToken = oauth !== undefined && (access.token === undefined || monotonicMs() > access.token.renewAt)
  if (auth !== 'required' && !needsToken) return undefined
  const challenge = await probeAuthChallenge(access.target, request, exchanges)
  if ('code' in challenge) {
    if (challenge.code !== 'AUTH_NOT_REQUIRED' || auth === 'required') return challenge
    access.warnings.add(
      'The endpoint answers without authorization, so no token was asked for with mcp-oauth-client-id.',
    )
    return undefined
  }
  const { warning, steps, ...reported } = challenge
  access.challenge = reported
  access.challengeSteps = steps.join(', ')
  if (warning !== undefined) access.warnings.add(warning)
  if (oauth === undefined || !needsToken) return undefined
  const { obtainToken } = await import('./authorization.ts')
  const token = await obtainToken(access.target, challenge, oauth, exchanges)
  if ('code' in token) return token
  access.onSecret(token.accessToken)
  access.token = token
  access.target = { ...access.target, headers: { ...request.headers, Authorization: `Bearer ${token.accessToken}` } }
  return undefined
}

/** Probes the authentication challenge without credentials. Never throws. */
export async function probeAuthChallenge(
  target: HttpTarget,
  { headers, transport, require }: GateRequest,
  exchanges: Exchange[],
): Promise<AuthChallenge | Failure> {
  const open = Object.fromEntries(Object.entries(headers).filter(([name]) => !hasAuthorization({ [name]: '' })))
  const { findAuthChallenge } = await import('./authorization.ts')
  return await findAuthChallenge({ ...target, headers: open, sign: undefined }, { transport, require }, exchanges)
}
