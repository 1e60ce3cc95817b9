/**
 * The end of a stack: whether somebody has asked for it by name, the apply of a destroy plan, and what is left
 * afterwards. Terraform's exit code alone does not count: what is gone is what the state no longer has.
 */

import { CancelledError, type Failure, InputError } from '../errors.ts'
import type { Terraform } from './cli.ts'
import { allResources, type StateJson } from './json.ts'
import type { Plan } from './plan.ts'

/**
 * How a destroy ends. `unconfirmed`: planned and shown, nothing was changed. `nothing`: there was nothing to destroy.
 * `started`: the state may have changed, and the end is not known. `left`: something is still there.
 */
export const destroyOutcomes = ['unconfirmed', 'nothing', 'started', 'done', 'left'] as const

export interface DestroyReport {
  /** The name of the stack, which confirm-destroy must be. */
  readonly stack: string
  readonly outcome: (typeof destroyOutcomes)[number]
  /** Addresses of what was to be destroyed and is still in the state. */
  readonly left: readonly string[]
  /** How many deployments of the GitHub environment were set inactive. */
  readonly deactivated?: number
}

/** Addresses that a sentence names; all of them are in the report. */
const maxListed = 10

/**
 * Whether the destroy of this stack is confirmed. Throws an InputError for the name of another one.
 * @param confirmation the input confirm-destroy
 */
export function checkDestroyConfirmation(confirmation: string | undefined, stack: string): boolean {
  if (confirmation === undefined) return false
  if (confirmation === stack.trim()) return true
  throw new InputError(
    `Input confirm-destroy is "${confirmation}", and this stack is "${stack}": nothing was done. ` +
      `If it is this one that you want to destroy, set ${confirmationLine(stack)}.`,
  )
}

/**
 * The failure of a destroy that nobody has confirmed; its plan is shown. Pure.
 * @param planned the plan's counts in words, undefined when there is nothing to destroy
 */
export function destroyUnconfirmedFailure(stack: string, planned: string | undefined): Failure {
  const what =
    planned === undefined ? `${stack} has nothing to destroy` : `The plan is to destroy ${stack} (${planned})`
  return {
    code: 'DESTROY_NOT_CONFIRMED',
    sentence: `${what}, and nobody has confirmed it: nothing was changed.`,
    fix: `Read the plan. If all of that may go, set ${confirmationLine(stack)} and run it again.`,
    remedy: 'config',
  }
}

/** The line of the workflow, as YAML: a JSON string is one. */
function confirmationLine(stack: string): string {
  return `confirm-destroy: ${JSON.stringify(stack.trim())}`
}

/**
 * Applies the destroy plan and reads the state back, also after a failure: what is gone by then is gone.
 * @returns the state, undefined when it could not be read after the failure, and the failure
 */
export async function applyDestroyPlan(
  terraform: Terraform,
): Promise<{ state: StateJson | undefined; error: unknown }> {
  try {
    await terraform.apply()
  } catch (error) {
    // No command starts after a cancel.
    if (error instanceof CancelledError) throw error
    return { state: await terraform.showState().catch(() => undefined), error }
  }
  return { state: await terraform.showState(), error: undefined }
}

/**
 * What was to go and is still in the state: of a whole stack everything, and else what the plan destroys. Pure.
 * @param isWhole whether the plan was made without targets
 */
export function remainingResources({ changes }: Pick<Plan, 'changes'>, state: StateJson, isWhole: boolean): string[] {
  const doomed = new Set(changes.filter(({ kind }) => kind === 'delete').map(({ address }) => address))
  const present = allResources(state.values?.root_module).map(({ address }) => address)
  return [...new Set(present)].filter(address => isWhole || doomed.has(address))
}

/** One sentence that names what is left. Pure. */
export function remainingSentence(left: readonly string[]): string {
  const more = left.length > maxListed ? ` and ${left.length - maxListed} more` : ''
  return `${left.length === 1 ? 'One resource is' : `${left.length} resources are`} left of what was to be destroyed: ${left.slice(0, maxListed).join(', ')}${more}.`
}

/** For a destroy that Terraform calls a success although something is left. Pure. */
export function destroyIncompleteFailure(left: readonly string[]): Failure | undefined {
  if (left.length === 0) return undefined
  return {
    code: destroyIncompleteCode,
    sentence: remainingSentence(left),
    fix: 'Run it again. What is left then as well is put into the state by somebody else meanwhile: no other run may apply this stack.',
    remedy: 'config',
  }
}

export const destroyIncompleteCode = 'DESTROY_INCOMPLETE'
