/**
 * The checks of an untrusted pull request that need no credentials: fmt and validate. A plan would run the pull
 * request's code with access to the state and the cloud.
 */

import type { Failure } from '../errors.ts'
import type { Terraform } from './cli.ts'
import { type Diagnostic, type Problem, placeText } from './diagnostics.ts'

/** The result of fmt and validate on a pull request that gets no credentials. */
export interface UntrustedCheck {
  /** The author type that gets no credentials. */
  readonly visitor: 'fork' | 'dependabot'
  /** The files that `terraform fmt` would change. */
  readonly unformatted: readonly string[]
  /** The diagnostics of `terraform validate`, errors first. */
  readonly diagnostics: readonly Problem[]
}

/**
 * Runs fmt, init without a backend, and validate.
 * @param directory the user's directory; for a shipped module it differs from the root module
 * @param locate returns the diagnostic with its place in the repository
 * @throws TerraformError when a command fails
 */
export async function runUntrustedCheck(
  terraform: Terraform,
  visitor: UntrustedCheck['visitor'],
  directory: string,
  locate: (diagnostic: Diagnostic) => Problem,
): Promise<UntrustedCheck> {
  const unformatted = await terraform.listUnformatted(directory)
  await terraform.initWithoutBackend()
  const diagnostics = await terraform.validate()
  return { visitor, unformatted, diagnostics: diagnostics.toSorted(errorsFirst).map(locate) }
}

/**
 * The failure of a check with errors or unformatted files; undefined if it passed or may fail.
 * @param mustPass whether such a check fails the job (input `forks: fail`)
 */
export function untrustedCheckFailure(
  { unformatted, diagnostics }: UntrustedCheck,
  mustPass: boolean,
): Failure | undefined {
  if (!mustPass) return undefined
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length === 0 && unformatted.length === 0) return undefined
  const [first] = errors
  const sentence =
    first === undefined
      ? `terraform fmt would change ${unformatted.join(', ')}.`
      : `terraform validate: ${first.summary}${placeText(first)}.`
  const fix =
    first === undefined
      ? 'Run `terraform fmt -recursive`.'
      : 'Fix the error. `terraform validate` reports the same on your machine.'
  return { code: first === undefined ? 'CHECK_FORMAT' : 'CHECK_INVALID', sentence, fix, remedy: 'config' }
}

function errorsFirst(a: Diagnostic, b: Diagnostic): number {
  return Number(b.severity === 'error') - Number(a.severity === 'error')
}
