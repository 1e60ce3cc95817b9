/**
 * Whether what is deployed is still what the configuration says: what a plan would change, by address. Pure; the plan is
 * made like every other, and nothing is applied.
 */
import type { Failure } from '../errors.ts'
import type { Inputs } from '../inputs.ts'
import type { Kind, Plan } from './plan.ts'

export interface DriftReport {
  readonly changes: readonly { readonly address: string; readonly kind: Kind }[]
  /** Outputs that would change, by name. */
  readonly outputs: readonly string[]
}

/** Addresses that the sentence names; all of them are in the report. */
const named = 5

/**
 * What `drift` comes to. `auto` needs nothing that is not needed anyway: without the input mcp-endpoint Terraform is
 * initialized already, for the endpoint in its state.
 */
export function driftMode({ drift, mcp }: Pick<Inputs, 'drift' | 'mcp'>): 'ignore' | 'report' | 'fail' {
  if (drift !== 'auto') return drift
  return mcp.endpoint === undefined ? 'report' : 'ignore'
}

export function driftOf({
  hasChanges,
  changes,
  outputs,
}: Pick<Plan, 'hasChanges' | 'changes' | 'outputs'>): DriftReport {
  if (!hasChanges) return { changes: [], outputs: [] }
  return {
    changes: changes.map(({ address, kind }) => ({ address, kind })),
    outputs: outputs.map(({ name }) => name),
  }
}

/** One sentence with the addresses, undefined when nothing would be changed. */
export function driftSentence({ changes, outputs }: DriftReport, commit: string): string | undefined {
  const all = [...changes.map(({ address, kind }) => `${address} (${kind})`), ...outputs.map(name => `output.${name}`)]
  if (all.length === 0) return undefined
  const more = all.length > named ? ` and ${all.length - named} more` : ''
  const what = all.length === 1 ? 'One thing is' : `${all.length} things are`
  return `${what} not as the configuration at ${commit.slice(0, 7)} says; an apply would change ${all.slice(0, named).join(', ')}${more}.`
}

export function judgeDrift(drift: DriftReport, commit: string, mode: 'report' | 'fail'): Failure | undefined {
  const sentence = driftSentence(drift, commit)
  if (mode === 'report' || sentence === undefined) return undefined
  return {
    code: 'DRIFT',
    sentence,
    fix: 'Read the plan in the summary of this run. Either somebody changed it outside of Terraform: put that into the configuration, or apply to take it back. Or the commit was never applied: run the apply of the last merge again.',
    remedy: 'config',
  }
}
