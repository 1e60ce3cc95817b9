/**
 * Whether the AWS credentials last for what comes. Those of OIDC cannot be renewed within a job. If they end in the
 * middle of an apply, it stays half done, with a state that cannot be saved. Pure; nothing is asked of AWS.
 */
import type { Failure } from '../../errors.ts'
import { awsCodes } from './codes.ts'

/** Minimum remaining lifetime for starting work. An apply needs some of it to save its state and release its lock. */
const minLifetimeMs = 5 * 60_000

/** What an apply or a destroy is granted: a load balancer, or an instance with its bootstrap, takes minutes. */
const allowanceMs = 10 * 60_000

const raise =
  'raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows (max_session_duration of terraform/github-oidc)'

export interface CredentialsVerdict {
  /** Nothing may be begun with them. */
  readonly failure?: Failure
  /** They may not last to the end. */
  readonly warning?: string
}

/** The inputs that limit the duration of a run. */
export interface CredentialInputs {
  readonly command: string
  /** Milliseconds that the platform may take until it runs the new version. */
  readonly watchMs: number
  readonly mcp: { readonly timeoutMs: number }
}

/** Milliseconds from the beginning of an apply, or of a destroy, to the end of what needs credentials. */
export function neededMs({ command, watchMs, mcp }: CredentialInputs): number {
  if (command === 'destroy') return allowanceMs
  return allowanceMs + watchMs + mcp.timeoutMs
}

/**
 * @param end of the credentials, undefined when it is not known; it and `now` are milliseconds since 1970
 * @param needed milliseconds, from `neededMs`
 */
export function decideCredentialLifetime(end: number | undefined, now: number, needed: number): CredentialsVerdict {
  if (end === undefined) return {}
  const remainingMs = end - now
  const at = new Date(end).toISOString().replace(/\.\d+Z$/, 'Z')
  if (remainingMs < minLifetimeMs) {
    const when =
      remainingMs <= 0
        ? `ended at ${at}, ${minutes(-remainingMs)} ago`
        : `end at ${at}, ${minutes(remainingMs)} from now`
    return {
      failure: {
        code: 'CREDENTIALS_EXPIRE',
        sentence: `The AWS credentials ${when}: nothing was begun, because they would end in the middle of it.`,
        fix: `Run the job again, which gets new ones, and ${raise}. An approval or a lock that is waited for in this job takes from their time.`,
        remedy: awsCodes.CREDENTIALS_EXPIRE.remedy,
      },
    }
  }
  if (remainingMs >= needed) return {}
  return {
    warning: `The AWS credentials end at ${at}, ${minutes(remainingMs)} from now, and this run may need them for ${minutes(needed)}. If it stops half-way, ${raise}.`,
  }
}

/** Remaining time in words, such as `1 minute` or `42 minutes`, rounded down. */
function minutes(ms: number): string {
  const count = Math.floor(ms / 60_000)
  return count === 0 ? 'less than a minute' : `${count} ${count === 1 ? 'minute' : 'minutes'}`
}
