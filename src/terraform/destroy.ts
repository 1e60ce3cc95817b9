/**
 * The destroy of a stack: its confirmation by name, the apply of the destroy plan, and the remaining resources.
 * A resource is destroyed when the state no longer has it; Terraform's exit code is not enough.
 */

import { CancelledError, type Failure, InputError } from '../errors.ts'
import type { Terraform } from './cli.ts'
import { listManagedResources, type StateJson } from './json.ts'
import type { Plan } from './plan.ts'

/**
 * The outcomes of a destroy:
 * - `unconfirmed`: the plan was shown and nothing was changed.
 * - `nothing`: the state had no resource to destroy.
 * - `started`: the state may have changed, and the result is unknown.
 * - `left`: some resources remain.
 */
export const destroyOutcomes = ['unconfirmed', 'nothing', 'started', 'done', 'left'] as const

/** The result of a destroy for the report. */
export interface DestroyReport {
  /** The stack name that confirm-destroy must equal. */
  readonly stack: string
  readonly outcome: (typeof destroyOutcomes)[number]
  /** Addresses of the planned resources that are still in the state. */
  readonly left: readonly string[]
  /** Number of deployments of the GitHub environment that were set inactive. */
  readonly deactivated?: number
}

/** Addresses in the sentence; the report has all of them. */
const maxListed = 10

/**
 * Whether the destroy of this stack is confirmed.
 * @param confirmation the input confirm-destroy
 * @throws InputError when it is the name of another stack
 */
export function checkDestroyConfirmation(confirmation: string | undefined, stack: string): boolean {
  if (confirmation === undefined) return false
  if (confirmation === stack.trim()) return true
  throw new InputError(
    `Input confirm-destroy is "${confirmation}", but this stack is "${stack}": nothing was done. ` +
      `If you want to destroy this stack, set ${confirmationLine(stack)}.`,
  )
}

/**
 * The failure of an unconfirmed destroy. Pure.
 * @param planned the plan's counts in words, undefined when there is nothing to destroy
 */
export function destroyUnconfirmedFailure(stack: string, planned: string | undefined): Failure {
  const what =
    planned === undefined ? `${stack} has nothing to destroy` : `The plan is to destroy ${stack} (${planned})`
  return {
    code: 'DESTROY_NOT_CONFIRMED',
    sentence: `${what}, and the destroy is not confirmed: nothing was changed.`,
    fix: `Read the plan. If all its resources may be destroyed, set ${confirmationLine(stack)} and run it again.`,
    remedy: 'config',
  }
}

/** The line for the workflow; a JSON string is a valid YAML string. */
function confirmationLine(stack: string): string {
  return `confirm-destroy: ${JSON.stringify(stack.trim())}`
}

/**
 * Applies the destroy plan and reads the state, also after a failed apply, which may have destroyed some resources.
 * @returns the error of the apply, and the state, undefined when it could not be read after that error
 * @throws CancelledError, and TerraformError when the state cannot be read after a successful apply
 */
export async function applyDestroyPlan(
  terraform: Terraform,
): Promise<{ state: StateJson | undefined; error: unknown }> {
  try {
    await terraform.apply()
  } catch (error) {
    // No further command starts after a cancellation.
    if (error instanceof CancelledError) throw error
    return { state: await terraform.showState().catch(() => undefined), error }
  }
  return { state: await terraform.showState(), error: undefined }
}

/**
 * The addresses that are still in the state after a destroy. Pure.
 * @param destroysWholeStack whether the plan had no targets, so that every resource counts and not only the planned ones
 */
export function remainingResources(
  { changes }: Pick<Plan, 'changes'>,
  state: StateJson,
  destroysWholeStack: boolean,
): string[] {
  const doomed = new Set(changes.filter(({ kind }) => kind === 'delete').map(({ address }) => address))
  const present = listManagedResources(state.values?.root_module).map(({ address }) => address)
  return [...new Set(present)].filter(address => destroysWholeStack || doomed.has(address))
}

/** A sentence with the number and the first addresses of the remaining resources. Pure. */
export function remainingSentence(remaining: readonly string[]): string {
  const more = remaining.length > maxListed ? ` and ${remaining.length - maxListed} more` : ''
  return `${remaining.length === 1 ? 'One resource was' : `${remaining.length} resources were`} not destroyed: ${remaining.slice(0, maxListed).join(', ')}${more}.`
}

/** The failure of a destroy with exit code 0 and remaining resources; undefined if none remains. Pure. */
export function destroyIncompleteFailure(remaining: readonly string[]): Failure | undefined {
  if (remaining.length === 0) return undefined
  return {
    code: destroyIncompleteCode,
    sentence: remainingSentence(remaining),
    fix: 'Run it again. If resources remain again, another run applies this stack at the same time: stop it first.',
    remedy: 'config',
  }
}

export const destroyIncompleteCode = 'DESTROY_INCOMPLETE'
