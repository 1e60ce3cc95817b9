/** What Terraform intends, read from the JSON plan: counts, each change with its kind, outputs, drift and checks. */

import { redactor } from '../redact.ts'
import type { PlanMode, Terraform } from './cli.ts'
import { type Diagnostic, readDiagnostics } from './diagnostics.ts'
import { diffLines, pathText } from './diff.ts'
import {
  type Change,
  type CheckResult,
  type PlanJson,
  type ResourceChange,
  type StateJson,
  withoutKeys,
} from './json.ts'
import { type Kind, kindOf, kinds } from './kind.ts'
import { sensitiveValues } from './sensitive.ts'

const rank = Object.fromEntries(kinds.map((kind, index) => [kind, index])) as Record<Kind, number>

export interface PlannedChange {
  readonly address: string
  readonly previousAddress: string | undefined
  readonly type: string
  readonly kind: Kind
  readonly imported: boolean
  /** An object that an earlier replacement has left behind. */
  readonly deposed: boolean
  readonly reason: string | undefined
  /** Paths of the attributes that force a replacement. */
  readonly forcedBy: readonly string[]
  /** The attributes that differ, as lines of a diff. */
  readonly lines: readonly string[]
}

export interface PlannedOutput {
  readonly name: string
  readonly kind: Kind
  readonly lines: readonly string[]
}

/** What is no longer as the state has it: `delete` when it is gone. */
export interface Drift {
  readonly address: string
  readonly kind: Kind
  /** From the state to what is there now. */
  readonly lines: readonly string[]
}

/** A condition of the configuration that does not hold, with its messages, or that cannot be known before the apply. */
export interface Check {
  readonly address: string
  readonly status: 'pass' | 'fail' | 'error' | 'unknown'
  readonly problems: readonly string[]
}

/** What is left for a later plan, and why. */
export interface Deferred {
  readonly address: string
  readonly kind: Kind
  readonly reason: string
}

/** A provider action that the apply runs. */
export interface Invocation {
  readonly address: string
  /** Such as `AfterCreate`; empty when it was asked for directly. */
  readonly event: string
  readonly resource: string
}

export interface Counts {
  readonly add: number
  readonly change: number
  readonly destroy: number
  readonly replace: number
  readonly import: number
  readonly move: number
  readonly forget: number
}

export interface Plan {
  readonly mode: PlanMode
  readonly hasChanges: boolean
  readonly counts: Counts
  /** Everything that changes, most dangerous first, then by address. */
  readonly changes: readonly PlannedChange[]
  readonly outputs: readonly PlannedOutput[]
  /** What changed outside of Terraform, where that has a part in what is planned; of a refresh-only plan all of it. */
  readonly drift: readonly Drift[]
  readonly checks: readonly Check[]
  readonly deferred: readonly Deferred[]
  readonly invocations: readonly Invocation[]
  readonly warnings: readonly Diagnostic[]
  /** Names of the root module's outputs. */
  readonly outputNames: readonly string[]
  /**
   * The outputs as they were, sensitive ones among them. The prior state does not tell: Terraform writes the new values
   * of outputs into it where it knows them already.
   */
  readonly outputsBefore: Readonly<Record<string, unknown>>
  readonly priorState: StateJson | undefined
  readonly terraformVersion: string
  /** Terraform's own text. */
  readonly text: string
}

export interface MadePlan {
  readonly plan: Plan
  readonly json: PlanJson
  /** The values that the plan marks as sensitive. */
  readonly secrets: readonly string[]
}

export interface PlanOptions {
  /** Resource addresses that the plan is limited to, and those that it replaces. */
  readonly targets: readonly string[]
  readonly replaces: readonly string[]
  readonly mode: PlanMode
  /** Secrets that are known before the plan; they are in no diff line. */
  readonly secrets: readonly string[]
}

/** `terraform plan` and `terraform show -json`: two processes. */
export async function makePlan(
  terraform: Terraform,
  { targets, replaces, mode, secrets: known }: PlanOptions,
): Promise<MadePlan> {
  const { hasChanges, text } = await terraform.plan(targets, replaces, mode)
  const json = await terraform.showPlan()
  const secrets = sensitiveValues(json)
  return { plan: readPlan(json, hasChanges, text, redactor([...known, ...secrets]), mode), json, secrets }
}

/** The shortest fold of a change has 85 characters, so no comment has room for more than these; of others it has the names. */
const maxChangesInFull = 800

/** @param redact takes secrets out of the lines of the diffs, which are made of the values as they are */
export function readPlan(
  json: PlanJson,
  hasChanges: boolean,
  text: string,
  redact: (text: string) => string,
  mode: PlanMode = 'normal',
): Plan {
  const changes = (json.resource_changes ?? [])
    .map(resource => ({ resource, planned: plannedChange(resource) }))
    .filter(({ planned: { kind } }) => kind !== 'none' && kind !== 'read')
    .sort(({ planned: a }, { planned: b }) => rank[a.kind] - rank[b.kind] || compareText(a.address, b.address))
    .map(({ resource: { change }, planned }, index): PlannedChange => {
      return { ...planned, lines: index < maxChangesInFull ? diffLines(change, planned.kind, redact) : [] }
    })
  const count = (kind: Kind) => changes.filter(change => change.kind === kind).length
  const drift = driftIn(json, mode, redact)
  const outputs = Object.entries(json.output_changes ?? {})
    .map(([name, change]) => plannedOutput(name, change, redact))
    .filter(({ kind }) => kind !== 'none')
    .sort((a, b) => compareText(a.name, b.name))
  return {
    mode,
    // Terraform counts what providers fill in, too, and that would be drift for ever: a plan saves nothing.
    hasChanges: mode === 'refresh-only' ? drift.length > 0 || outputs.length > 0 : hasChanges,
    counts: {
      add: count('create'),
      change: count('update'),
      destroy: count('delete'),
      replace: count('replace'),
      import: changes.filter(change => change.imported).length,
      move: changes.filter(change => change.previousAddress !== undefined).length,
      forget: count('forget'),
    },
    changes,
    outputs,
    drift,
    checks: (json.checks ?? []).flatMap(readCheck),
    deferred: [
      ...(json.deferred_changes ?? []).map(({ reason = '', resource_change }) => ({
        address: resource_change?.address ?? '',
        kind: resource_change === undefined ? ('none' as const) : kindOf(resource_change.change),
        reason,
      })),
      ...(json.deferred_action_invocations ?? []).map(({ reason = '', action_invocation }) => ({
        address: action_invocation?.address ?? '',
        kind: 'none' as const,
        reason,
      })),
    ],
    invocations: (json.action_invocations ?? []).map(({ address = '', lifecycle_action_trigger: trigger }) => ({
      address,
      event: trigger?.action_trigger_event ?? '',
      resource: trigger?.triggering_resource_address ?? '',
    })),
    // What a check says is there as a check already.
    warnings: readWarnings(text).filter(
      ({ summary }) => !(json.checks && summary.startsWith('Check block assertion ')),
    ),
    outputNames: Object.keys(json.configuration?.root_module?.outputs ?? json.planned_values?.outputs ?? {}),
    outputsBefore: Object.fromEntries(
      Object.entries(json.output_changes ?? {}).map(([name, { before }]) => [name, before]),
    ),
    priorState: json.prior_state,
    terraformVersion: json.terraform_version ?? '',
    text,
  }
}

/** The warnings in the text of a plan. The JSON plan holds none, and `plan -json`, which does, leaves out the plan itself. */
export function readWarnings(text: string): Diagnostic[] {
  return readDiagnostics(text.replace(/\n─{20,}[\s\S]*$/, '')).filter(({ severity }) => severity === 'warning')
}

/** One entry for each instance that has something to say, and one for the whole where no instance is known. */
function readCheck({ address, status, instances = [] }: CheckResult): Check[] {
  const found = instances.map(instance => ({
    address: instance.address.to_display,
    status: instance.status,
    problems: (instance.problems ?? []).flatMap(({ message }) => (message === undefined ? [] : [message])),
  }))
  return found.length > 0 ? found : [{ address: address.to_display, status, problems: [] }]
}

/**
 * What changed outside of Terraform. Of a normal plan, as Terraform's own text does it, only what has a part in it:
 * providers fill in so much after an apply that all drift would be noise. A refresh-only plan is about nothing else, so
 * there only the filling in is left out: no value that becomes an empty one.
 */
function driftIn(
  { resource_drift = [], relevant_attributes = [] }: PlanJson,
  mode: PlanMode,
  redact: (text: string) => string,
): Drift[] {
  const isRelevant = ({ address, change }: ResourceChange) =>
    relevant_attributes.some(
      ({ resource, attribute }) =>
        withoutKeys(resource) === withoutKeys(address) &&
        JSON.stringify(valueAt(change.before, attribute)) !== JSON.stringify(valueAt(change.after, attribute)),
    )
  const differs = ({ change }: ResourceChange) =>
    JSON.stringify(withoutEmpty(change.before)) !== JSON.stringify(withoutEmpty(change.after))
  const isRefresh = mode === 'refresh-only'
  const drift = resource_drift.filter(isRefresh ? differs : isRelevant).map(({ address, change }) => {
    const kind = kindOf(change)
    return { address, kind, lines: diffLines(change, kind, redact) }
  })
  // Without a line it is the same JSON, spelt in another way.
  return isRefresh ? drift.filter(({ lines }) => lines.length > 0) : drift
}

/** The value without what is null or empty, at any depth: a provider reads back `{}` or `""` where nothing was set. */
function withoutEmpty(value: unknown): unknown {
  if (value === null || value === '') return undefined
  if (typeof value !== 'object') return value
  const kept = Object.entries(value ?? {})
    .map(([key, part]) => [key, withoutEmpty(part)] as const)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => compareText(a, b))
  if (kept.length === 0) return undefined
  return Array.isArray(value) ? kept.map(([, part]) => part) : Object.fromEntries(kept)
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (part, step) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[step] : undefined),
    value,
  )
}

function plannedOutput(name: string, change: Change, redact: (text: string) => string): PlannedOutput {
  const named = (value: unknown) => ({ [name]: value })
  const kind = kindOf(change)
  const lines = diffLines(
    {
      actions: change.actions,
      before: named(change.before),
      after: named(change.after),
      before_sensitive: named(change.before_sensitive),
      after_sensitive: named(change.after_sensitive),
      after_unknown: named(change.after_unknown),
    },
    kind,
    redact,
  )
  return { name, kind, lines }
}

function plannedChange({
  address,
  previous_address,
  deposed,
  type,
  change,
  action_reason,
}: ResourceChange): Omit<PlannedChange, 'lines'> {
  const moved = previous_address !== undefined && previous_address !== address
  const imported = change.importing !== undefined && change.importing !== null
  let kind = kindOf(change)
  if (kind === 'none' && moved) kind = 'move'
  else if (kind === 'none' && imported) kind = 'import'
  return {
    address,
    previousAddress: moved ? previous_address : undefined,
    type,
    kind,
    imported,
    deposed: deposed !== undefined && deposed !== '',
    reason: action_reason,
    forcedBy: [...new Set((change.replace_paths ?? []).map(pathText))].filter(name => name !== ''),
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
