/**
 * What all AWS clients here have in common: how long they wait for one answer, and what a refusal looks like. Each
 * client is loaded only when it is called: a pull request pays nothing for it.
 */
import { messageOf } from '../../errors.ts'

/**
 * The SDK knows no proxy of the environment, and Node's agents know one only when they are given it ("Built-in Proxy
 * Support", nodejs.org).
 */
const throughProxy = { proxyEnv: process.env }

/**
 * All in milliseconds. Without them the SDK waits for a lost answer without end, and no deadline of ours would end
 * it.
 */
export interface AwsTimes {
  readonly connectionTimeoutMs: number
  /** For one answer; the SDK sends a request three times. */
  readonly requestTimeoutMs: number
}

export const defaultAwsTimes: AwsTimes = { connectionTimeoutMs: 5_000, requestTimeoutMs: 10_000 }

/**
 * Options that all AWS clients here share.
 * @param region undefined means the SDK's own chain, AWS_REGION first
 */
export function awsOptions(region: string | undefined, { connectionTimeoutMs, requestTimeoutMs } = defaultAwsTimes) {
  const requestHandler = {
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    httpAgent: throughProxy,
    httpsAgent: throughProxy,
  }
  return { requestHandler, ...(region === undefined ? {} : { region }) }
}

/** Whether AWS refused a call because a permission is missing. Each of its protocols has its own name for that. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && /^(AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(error.name)
}

/** Whether asking AWS again is in vain: permission, credentials or region are wrong. */
export function isAccessError(error: unknown): boolean {
  const name = error instanceof Error ? error.name : ''
  return (
    isDenied(error) ||
    /AccessDenied|UnrecognizedClient|ExpiredToken|InvalidClientToken|InvalidSignature|CredentialsProviderError|AuthFailure/.test(
      name,
    ) ||
    /Region is missing|credential|AuthFailure|ExpiredToken/i.test(messageOf(error))
  )
}
