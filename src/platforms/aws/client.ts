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

/** How long a client waits, in milliseconds. */
export interface AwsTimes {
  readonly connectTimeoutMs: number
  /** For one answer; the SDK asks three times. */
  readonly requestTimeoutMs: number
}

/** Without them the SDK waits without end for an answer that was lost, and no deadline of ours would end it. */
const defaultTimes: AwsTimes = { connectTimeoutMs: 5_000, requestTimeoutMs: 10_000 }

interface AwsOptions {
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: true
    readonly httpAgent: typeof throughProxy
    readonly httpsAgent: typeof throughProxy
  }
  readonly region?: string
}

/** @param region undefined means the SDK's own chain, AWS_REGION first */
export function awsOptions(region: string | undefined, times: AwsTimes = defaultTimes): AwsOptions {
  const requestHandler = {
    connectionTimeout: times.connectTimeoutMs,
    requestTimeout: times.requestTimeoutMs,
    throwOnRequestTimeout: true,
    httpAgent: throughProxy,
    httpsAgent: throughProxy,
  } as const
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
