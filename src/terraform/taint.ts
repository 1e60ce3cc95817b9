/**
 * Taints the server of a failed deployment, so that the next apply replaces it. Only the task definition or the instance is
 * tainted, because replacing the service or the load balancer causes downtime. `terraform taint` is deprecated in
 * favor of `apply -replace`, but only a taint persists until the next apply.
 */

import { CancelledError, type Failure, messageOf, ServiceError, TerraformError } from '../errors.ts'
import type { Terraform } from './cli.ts'
import { listManagedResources } from './json.ts'
import { parseHeldLock } from './lock.ts'
import type { ToolName } from './names.ts'

/** The reaction to a failed deployment, from the input `on-failure`. */
export type OnFailure = 'taint' | 'rollback' | 'none'

/** The resource of the running server, which can be replaced without losing the endpoint. */
export interface TaintTarget {
  /** The resource address; undefined if this state does not have it. */
  readonly address: string | undefined
  /** Why a replacement would not help although the resource is known: a sentence. */
  readonly why?: string
  /** The resource as a noun phrase: `the task definition of weather`. */
  readonly name: string
  /** The effect of a taint, as a clause that follows "The next apply". */
  readonly nextApply: string
}

/** The resource to taint, if any, with the reason. */
export interface TaintDecision {
  readonly address: string | undefined
  /** The reason and the effect on the next plan, as sentences for the report. */
  readonly why: string
}

/** The result of a taint for the report. */
export interface Taint extends TaintDecision {
  /** The tainted addresses. */
  readonly tainted: readonly string[]
}

/**
 * Decides whether a taint can help, and of which resource. Pure.
 * @param target undefined if the resource of the running server is unknown
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
      why: 'Nothing was tainted: the cause is outside of the server, so replacing the server would not fix it.',
    }
  }
  if (target === undefined) {
    return {
      address: undefined,
      why: 'Nothing was tainted: no input or output names the resource behind the endpoint. Fix the server manually.',
    }
  }
  const { address, name, nextApply, why } = target
  if (why !== undefined) return { address: undefined, why: `Nothing was tainted: ${why}` }
  if (address === undefined) return { address, why: `Nothing was tainted: ${name} is not in this Terraform state.` }
  return {
    address,
    why: `The next apply ${nextApply}. If nothing else changes, that fixes only a transient failure, so fix the server first.`,
  }
}

/**
 * Taints the resource and verifies the taint in the state.
 * @throws TerraformError when a command fails, ServiceError when the state does not have the taint
 */
export async function taint(terraform: Terraform, decision: TaintDecision): Promise<Taint> {
  const { address } = decision
  if (address === undefined) return { ...decision, tainted: [] }
  const readTaint = async () =>
    listManagedResources((await terraform.showState()).values?.root_module).some(
      resource => resource.address === address && resource.tainted === true,
    )
  if (!(await readTaint())) {
    await terraform.taint(address)
    if (!(await readTaint()))
      throw new ServiceError(`${terraform.tool} taint ${address} succeeded, but the state does not show it.`)
  }
  return { ...decision, tainted: [address] }
}

/**
 * The message about a failed taint, with the command to taint manually. Pure.
 * @param error the error of `taint`
 */
export function taintFailureMessage({ address }: TaintDecision, error: unknown, tool: ToolName): string {
  if (error instanceof CancelledError)
    return `The job was cancelled while it tainted ${address}. If the next plan does not replace it, run \`${tool} taint '${address}'\`, or run this again.`
  const lock = error instanceof TerraformError ? parseHeldLock(error.diagnostics) : undefined
  const why =
    lock === undefined
      ? messageOf(error)
      : `${lock.who} has held the state lock since ${lock.created} (if no run uses the state any more, \`${tool} force-unlock ${lock.id}\` releases it).`
  return `${address} could not be tainted, so the next plan will not replace it: ${why} To taint it, run \`${tool} taint '${address}'\`, or run this again.`
}
