/**
 * Drift of deployed resources. A normal plan compares them with the configuration; a refresh-only plan compares them with
 * the state of the last apply. Pure.
 */
import type { Failure } from '../errors.ts'
import type { DiffLine } from './diff/line.ts'
import type { FilledIn } from './filled-in.ts'
import type { Kind } from './kind.ts'
import type { Plan } from './plan.ts'

/** The drift of a stack for the report. */
export interface DriftReport {
  /** The mode of the plan. */
  readonly plan: 'normal' | 'refresh-only'
  /** The changed resources. `lines` is a diff; in a refresh-only plan it goes from the state to the real resource. */
  readonly changes: readonly { readonly address: string; readonly kind: Kind; readonly lines: readonly DiffLine[] }[]
  /** Names of the outputs that would change. */
  readonly outputs: readonly string[]
  /** Attributes that a newer provider fills in, which are not drift; absent without such an attribute. */
  readonly filledIn?: readonly FilledIn[]
}

/** Addresses in the sentence; the report has all of them. */
const maxListed = 5

/** The reaction of a run to drift. */
export type DriftMode = 'ignore' | 'report' | 'fail'

/**
 * Resolves the input `drift`. `auto` reports drift if the endpoint comes from the state, because Terraform is then
 * initialized already.
 * @param endpoint the input mcp-endpoint
 */
export function driftMode(drift: DriftMode | 'auto', endpoint: string | undefined): DriftMode {
  if (drift !== 'auto') return drift
  return endpoint === undefined ? 'report' : 'ignore'
}

/** The drift in a plan. */
export function driftOf({
  mode,
  hasChanges,
  changes,
  drift,
  outputs,
  filledIn = [],
}: Pick<Plan, 'mode' | 'hasChanges' | 'changes' | 'drift' | 'outputs'> & Partial<Pick<Plan, 'filledIn'>>): DriftReport {
  const plan = mode === 'refresh-only' ? mode : 'normal'
  const more = filledIn.length === 0 ? {} : { filledIn }
  if (!hasChanges) return { plan, changes: [], outputs: [], ...more }
  return {
    ...more,
    plan,
    changes: (plan === 'refresh-only' ? drift : changes).map(({ address, kind, lines }) => ({ address, kind, lines })),
    outputs: outputs.map(({ name }) => name),
  }
}

/** A sentence with the first addresses; undefined when there is no drift. @param commit SHA of the configuration */
export function driftSentence({ plan, changes, outputs }: DriftReport, commit: string): string | undefined {
  const all = [
    ...changes.map(({ address, kind }) => `${address} (${driftWord(plan, kind)})`),
    ...outputs.map(name => `output.${name}`),
  ]
  if (all.length === 0) return undefined
  const more = all.length > maxListed ? ` and ${all.length - maxListed} more` : ''
  const addresses = `${all.slice(0, maxListed).join(', ')}${more}`
  const isOne = all.length === 1
  if (plan === 'refresh-only')
    return `${isOne ? 'One object has' : `${all.length} objects have`} changed since the last apply: ${addresses}.`
  return `${isOne ? 'One object differs' : `${all.length} objects differ`} from the configuration at ${commit.slice(0, 7)}; an apply would change ${addresses}.`
}

/** The failure of a run with drift; undefined without drift, or if drift is only reported. */
export function driftFailure(drift: DriftReport, commit: string, mode: 'report' | 'fail'): Failure | undefined {
  const sentence = driftSentence(drift, commit)
  if (mode === 'report' || sentence === undefined) return undefined
  return {
    code: 'DRIFT',
    sentence,
    fix:
      drift.plan === 'refresh-only'
        ? 'Read the old and the new values in the summary of this run. Add the change to the configuration, or apply to revert it. For attributes in ignore_changes, an apply only updates the state.'
        : 'Read the plan in the summary of this run. If a resource was changed outside of Terraform, add the change to the configuration, or apply to revert it. If the commit was never applied, run the apply of the last merge again.',
    remedy: 'config',
  }
}

/** The word for one drifted resource: the kind of change that an apply would make, or the change that happened. */
export function driftWord(plan: DriftReport['plan'], kind: Kind): Kind | 'gone' | 'changed' {
  if (plan === 'normal') return kind
  return kind === 'delete' ? 'gone' : 'changed'
}
