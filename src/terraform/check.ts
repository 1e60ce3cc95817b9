/**
 * What can be said of somebody else's pull request without any credentials: whether the code is formatted and valid. A plan
 * would need the state and the cloud, and would run what the code says with them.
 */

import type { Failure } from '../errors.ts'
import type { Terraform } from './cli.ts'
import { type Diagnostic, type Problem, placeText } from './diagnostics.ts'

export interface Check {
  /** Why the pull request gets no credentials. */
  readonly visitor: 'fork' | 'dependabot'
  /** Files that `terraform fmt` would change. */
  readonly unformatted: readonly string[]
  /** Of `terraform validate`, errors first. */
  readonly diagnostics: readonly Problem[]
}

/**
 * @param directory the user's own, which with a shipped module is not the root module
 * @param placed says where in the repository a diagnostic is
 */
export async function check(
  terraform: Terraform,
  visitor: Check['visitor'],
  directory: string,
  placed: (diagnostic: Diagnostic) => Problem,
): Promise<Check> {
  const unformatted = await terraform.unformatted(directory)
  await terraform.initWithoutBackend()
  const diagnostics = await terraform.validate()
  return { visitor, unformatted, diagnostics: diagnostics.toSorted(errorsFirst).map(placed) }
}

/**
 * The failure of a check that found something, undefined where it may: an author from outside can repair the code, but not
 * the missing credentials.
 * @param mustPass whether the workflow asks for a red run (input forks)
 */
export function checkFailure({ unformatted, diagnostics }: Check, mustPass: boolean): Failure | undefined {
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
      : 'Repair it; `terraform validate` says the same on your machine.'
  return { code: first === undefined ? 'CHECK_FORMAT' : 'CHECK_INVALID', sentence, fix, remedy: 'config' }
}

function errorsFirst(a: Diagnostic, b: Diagnostic): number {
  return Number(b.severity === 'error') - Number(a.severity === 'error')
}
