/**
 * After a failed deployment: marks what is serving, so that the next apply replaces it. Only the task definition or
 * the instance, never the service or the load balancer, whose replacement is downtime. `terraform taint` is
 * deprecated in favour of `apply -replace`, but only a taint is remembered until that next apply.
 */

import { CancelledError, type Failure, messageOf, ServiceError, TerraformError } from '../errors.ts'
import type { Terraform } from './cli.ts'
import { allResources } from './json.ts'
import { heldLock } from './lock.ts'

/** What a failed deployment may be repaired with, by the input `on-failure`. */
export type OnFailure = 'taint' | 'rollback' | 'none'

/** What serves and can be replaced without losing the address. */
export interface TaintTarget {
  /** Undefined when this Terraform state does not hold it. */
  readonly address: string | undefined
  /** The resource in a sentence: `the task definition of weather`. */
  readonly name: string
  /** What the next apply does with a taint: a clause that follows "The next apply". */
  readonly nextApply: string
}

export interface TaintDecision {
  readonly address: string | undefined
  /** Why it is tainted or not, and what the next plan will do: a sentence for the report. */
  readonly why: string
}

export interface Taint extends TaintDecision {
  /** Addresses that are tainted now. */
  readonly tainted: readonly string[]
}

/**
 * Whether a taint can help, and of what. Pure.
 * @param target undefined when it is not known what serves
 */
export function decideTaint(
  target: TaintTarget | undefined,
  failure: Pick<Failure, 'remedy'>,
  onFailure: OnFailure,
): TaintDecision {
  if (onFailure === 'none') {
    return {
      address: undefined,
      why: 'Nothing was tainted, because on-failure is none: the next plan sees no difference.',
    }
  }
  if (failure.remedy === 'config') {
    return {
      address: undefined,
      why: 'Nothing was tainted: what is wrong lies around the server, and replacing the server would not change it.',
    }
  }
  if (target === undefined) {
    return {
      address: undefined,
      why: 'Nothing was tainted: no input or output names what serves the endpoint, so repair the server yourself.',
    }
  }
  const { address, name, nextApply } = target
  if (address === undefined) return { address, why: `Nothing was tainted: ${name} is not in this Terraform state.` }
  return {
    address,
    why: `The next apply ${nextApply}. With the same inputs that heals only what was transient: repair the server first.`,
  }
}

/** Taints under the state lock and reads the state back: a taint that is claimed has happened. */
export async function taint(terraform: Terraform, decision: TaintDecision): Promise<Taint> {
  const { address } = decision
  if (address === undefined) return { ...decision, tainted: [] }
  const isTainted = async () =>
    allResources((await terraform.showState()).values?.root_module).some(
      resource => resource.address === address && resource.tainted === true,
    )
  if (!(await isTainted())) {
    await terraform.taint(address)
    if (!(await isTainted()))
      throw new ServiceError(`terraform taint ${address} succeeded, but the state does not show it.`)
  }
  return { ...decision, tainted: [address] }
}

/**
 * Why a taint did not happen, and the command that makes it: until then the next plan replaces nothing. Pure.
 * @param error what `taint` threw
 */
export function taintFailureMessage({ address }: TaintDecision, error: unknown): string {
  if (error instanceof CancelledError)
    return `The job was cancelled while it tainted ${address}: the next plan says whether it is replaced. If it is not: \`terraform taint '${address}'\`, or run this again.`
  const lock = error instanceof TerraformError ? heldLock(error.diagnostics) : undefined
  const why =
    lock === undefined
      ? messageOf(error)
      : `${lock.who} holds the state lock since ${lock.created} (if nothing runs there any more, \`terraform force-unlock ${lock.id}\` releases it).`
  return `${address} could not be tainted, so the next plan will not replace it: ${why} To taint it then: \`terraform taint '${address}'\`, or run this again.`
}
