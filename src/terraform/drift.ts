/**
 * Whether what is deployed is still what the configuration says, that is what a plan would change; or, by a refresh-only
 * plan, whether it is still what the last apply left, whatever the configuration says. Pure; the plan is made like every
 * other, and nothing is applied.
 */
import type { Failure } from '../errors.ts'
import type { Kind } from './kind.ts'
import type { Plan } from './plan.ts'

export interface DriftReport {
  /** The plan that showed it. */
  readonly plan: 'normal' | 'refresh-only'
  /** `lines` are the attributes that differ, as a diff; of a refresh-only plan from the state to what is there. */
  readonly changes: readonly { readonly address: string; readonly kind: Kind; readonly lines: readonly string[] }[]
  /** Outputs that would change, by name. */
  readonly outputs: readonly string[]
}

/** Addresses that the sentence names; all of them are in the report. */
const maxListed = 5

/** What a run does about drift. */
export type DriftMode = 'ignore' | 'report' | 'fail'

/**
 * What the input `drift` comes to. `auto` needs nothing that is not needed anyway: without the input mcp-endpoint Terraform
 * is initialized already, for the endpoint in its state.
 * @param endpoint the input mcp-endpoint
 */
export function driftMode(drift: DriftMode | 'auto', endpoint: string | undefined): DriftMode {
  if (drift !== 'auto') return drift
  return endpoint === undefined ? 'report' : 'ignore'
}

export function driftOf({
  mode,
  hasChanges,
  changes,
  drift,
  outputs,
}: Pick<Plan, 'mode' | 'hasChanges' | 'changes' | 'drift' | 'outputs'>): DriftReport {
  const plan = mode === 'refresh-only' ? mode : 'normal'
  if (!hasChanges) return { plan, changes: [], outputs: [] }
  return {
    plan,
    changes: (plan === 'refresh-only' ? drift : changes).map(({ address, kind, lines }) => ({ address, kind, lines })),
    outputs: outputs.map(({ name }) => name),
  }
}

/** One sentence with the addresses, undefined when there is no drift. */
export function driftSentence({ plan, changes, outputs }: DriftReport, commit: string): string | undefined {
  const all = [
    ...changes.map(({ address, kind }) => `${address} (${driftWord(plan, kind)})`),
    ...outputs.map(name => `output.${name}`),
  ]
  if (all.length === 0) return undefined
  const more = all.length > maxListed ? ` and ${all.length - maxListed} more` : ''
  const addresses = `${all.slice(0, maxListed).join(', ')}${more}`
  const what = all.length === 1 ? 'One thing is' : `${all.length} things are`
  if (plan === 'refresh-only')
    return `${what} not as the last apply left ${all.length === 1 ? 'it' : 'them'}: ${addresses}.`
  return `${what} not as the configuration at ${commit.slice(0, 7)} says; an apply would change ${addresses}.`
}

export function judgeDrift(drift: DriftReport, commit: string, mode: 'report' | 'fail'): Failure | undefined {
  const sentence = driftSentence(drift, commit)
  if (mode === 'report' || sentence === undefined) return undefined
  return {
    code: 'DRIFT',
    sentence,
    fix:
      drift.plan === 'refresh-only'
        ? 'Read in the summary of this run what it was and what it is. Put that into the configuration, or apply to take it back; what the configuration ignores (ignore_changes) is only noted by an apply.'
        : 'Read the plan in the summary of this run. Either somebody changed it outside of Terraform: put that into the configuration, or apply to take it back. Or the commit was never applied: run the apply of the last merge again.',
    remedy: 'config',
  }
}

/** What is shown for one thing that has drifted: what an apply would do to it, or what was done to it. */
export function driftWord(plan: DriftReport['plan'], kind: Kind): Kind | 'gone' | 'changed' {
  if (plan === 'normal') return kind
  return kind === 'delete' ? 'gone' : 'changed'
}
