/** Plan is the content of a JSON plan: counts, changes with their kinds, outputs, drift and checks. */

import { asObject, asText } from '../json.ts'
import { secrets } from '../log.ts'
import { inNaturalOrder } from '../text.ts'
import type { PlanMode, Terraform } from './cli.ts'
import { type ConfiguredAttributes, configuredAttributes, writeOnlyArguments } from './configured.ts'
import { type Diagnostic, readDiagnostics } from './diagnostics.ts'
import { differsInYaml, type ReadDocument } from './diff/document.ts'
import type { DiffLine } from './diff/line.ts'
import { rawPathText } from './diff/path.ts'
import { diffLines, isFormatOnly } from './diff.ts'
import { type FilledIn, findFilledIn, withoutFilledIn } from './filled-in.ts'
import {
  type ActionInvocation,
  type Change,
  type CheckResult,
  type PlanJson,
  type ResourceChange,
  type StateJson,
  withoutInstanceKeys,
} from './json.ts'
import { type Kind, kindOf, kinds } from './kind.ts'
import { type Loss, lossOf } from './losses.ts'
import type { ToolName } from './names.ts'
import { type Place, placeOf } from './place.ts'
import { findReleases, type Release } from './releases.ts'

const rank = Object.fromEntries(kinds.map((kind, index) => [kind, index])) as Record<Kind, number>

/** A change of one resource. */
export interface PlannedChange {
  readonly address: string
  readonly previousAddress: string | undefined
  readonly type: string
  readonly kind: Kind
  /** The object that is imported; undefined if none is. */
  readonly imported: ImportedObject | undefined
  /** What a destruction or a replacement loses; undefined if nothing, or if the resource is kept. */
  readonly loss: Loss | 'unknown' | undefined
  /** The new version that this change publishes. It loses nothing, also where Terraform shows a replacement. */
  readonly release: Release | undefined
  /** Whether the old object of a replacement stays and is only forgotten. */
  readonly keepsOld: boolean
  /** Whether it is an old object that an earlier replacement has not destroyed yet. */
  readonly deposed: boolean
  readonly reason: string | undefined
  /** Paths of the attributes that force a replacement. */
  readonly forcedBy: readonly string[]
  /** The changed attributes as lines of a diff. They are compared when they are first read, because a comment has no room for most. */
  readonly lines: readonly DiffLine[]
}

/** What names an imported object: an id, or the attributes of its identity. One is enough, and both are missing until the apply. */
export interface ImportedObject {
  readonly id: string | undefined
  /** Attributes by name, as JSON; empty if the configuration gives an id. */
  readonly identity: Readonly<Record<string, string>>
}

/** A change of an output of the root module. */
export interface PlannedOutput {
  readonly name: string
  readonly kind: Kind
  readonly lines: readonly DiffLine[]
}

/** A resource that was changed outside of Terraform; its kind is `delete` if it no longer exists. */
export interface Drift {
  readonly address: string
  readonly kind: Kind
  /** The diff from the state to the real resource. */
  readonly lines: readonly DiffLine[]
}

/** The result of a condition of the configuration, with the messages of a failed one. `unknown` is unknown until apply. */
export interface Check {
  readonly address: string
  readonly status: 'pass' | 'fail' | 'error' | 'unknown'
  readonly problems: readonly string[]
}

/** A change that Terraform defers to a later plan. */
export interface Deferred {
  readonly address: string
  readonly kind: Kind
  readonly reason: string
}

/** A provider action that the apply runs. */
export interface Invocation {
  readonly address: string
  /** Whether the argument `-invoke` names it, and no change triggers it. */
  readonly isInvoked: boolean
  /** The event, such as `AfterCreate`; empty for a direct invocation. */
  readonly event: string
  readonly resource: string
  /** What a failure does: `halt`, `taint` or `continue`; empty if the version does not say it. */
  readonly onFailure: string
  /** Its configuration as lines of a diff. */
  readonly lines: readonly DiffLine[]
}

/**
 * Numbers of resources by kind of change, as Terraform counts them: a replacement is one addition and one destruction, and
 * `replace` also counts it, beside them.
 */
export interface Counts {
  readonly add: number
  readonly change: number
  readonly destroy: number
  /** Replacements. They are included in `add` and `destroy`. */
  readonly replace: number
  readonly import: number
  readonly move: number
  readonly forget: number
}

/** A plan as data. */
export interface Plan {
  readonly mode: PlanMode
  readonly hasChanges: boolean
  readonly counts: Counts
  /** All resource changes, most dangerous first, then by address with numbers in their order. */
  readonly changes: readonly PlannedChange[]
  readonly outputs: readonly PlannedOutput[]
  /** Changes outside of Terraform. A normal plan has only those that affect the planned changes. */
  readonly drift: readonly Drift[]
  /** Attributes that a newer provider fills in; only of a refresh-only plan. They are not drift. */
  readonly filledIn: readonly FilledIn[]
  readonly checks: readonly Check[]
  readonly deferred: readonly Deferred[]
  readonly invocations: readonly Invocation[]
  readonly warnings: readonly Diagnostic[]
  /** AWS accounts and regions that the plan shows. */
  readonly place: Place
  /** The value of the root variable `name`, which names the server in the shipped modules. */
  readonly serverName: string | undefined
  /** Names of the root module's outputs. */
  readonly outputNames: readonly string[]
  /**
   * The output values before the plan, including sensitive ones. They are not read from the prior state, because there
   * Terraform already writes the new values that it knows.
   */
  readonly outputsBefore: Readonly<Record<string, unknown>>
  readonly priorState: StateJson | undefined
  readonly tool: ToolName
  readonly terraformVersion: string
  /** The plan text that Terraform printed. */
  readonly text: string
}

/** A plan with its source. */
export interface PlanResult {
  readonly plan: Plan
  readonly json: PlanJson
}

/** The inputs of a plan. */
export interface PlanOptions {
  /** Resource addresses that the plan is limited to. */
  readonly targets: readonly string[]
  /** Resource addresses that the plan replaces. */
  readonly replaces: readonly string[]
  readonly mode: PlanMode
}

/** Runs `terraform plan` and `terraform show -json`. @throws TerraformError when one of them fails */
export async function makePlan(terraform: Terraform, { targets, replaces, mode }: PlanOptions): Promise<PlanResult> {
  const { hasChanges, text } = await terraform.plan(targets, replaces, mode)
  const json = await terraform.showPlan()
  const readYaml = needsYaml(json) ? (await import('./diff/yaml.ts')).readYaml : undefined
  return { plan: readPlan(json, hasChanges, text, secrets.redact, mode, readYaml, terraform.tool), json }
}

/** Whether a change is one of YAML in a text, so that its parser has to be loaded. */
function needsYaml({ resource_changes = [], resource_drift = [] }: PlanJson): boolean {
  return [...resource_changes, ...resource_drift].some(({ change }) => differsInYaml(change.before, change.after))
}

/**
 * Limit of changes with a diff; the others have only names. A comment has no space for more, because the collapsible
 * section of one change has at least 85 characters.
 */
const maxChangesInFull = 800

/**
 * Reads a JSON plan.
 * @param hasChanges whether Terraform's exit code was 2
 * @param text the plan text that Terraform printed
 * @param redact removes secrets from the lines of the diffs
 * @param readYaml reads YAML in texts; without it such texts are compared by line
 * @param tool the tool that made the plan
 */
export function readPlan(
  json: PlanJson,
  hasChanges: boolean,
  text: string,
  redact: (text: string) => string,
  mode: PlanMode = 'normal',
  readYaml?: ReadDocument,
  tool: ToolName = 'terraform',
): Plan {
  const withDiff = diffReader(configuredAttributes(json), redact, readYaml)
  const releases = findReleases(json.resource_changes ?? [])
  const changes = mostDangerousFirst(
    (json.resource_changes ?? [])
      .map(resource => ({ resource, planned: plannedChange(resource, releases.get(resource.address)) }))
      .filter(({ planned: { kind } }) => kind !== 'none' && kind !== 'read'),
  ).map(({ resource, planned }, index) => (index < maxChangesInFull ? withDiff(planned, resource) : planned))
  const count = (kind: Kind) => changes.filter(change => change.kind === kind).length
  const kept = changes.filter(({ keepsOld }) => keepsOld).length
  const filledIn = mode === 'refresh-only' ? findFilledIn(json) : []
  const drift = readDrift(json, mode, redact, readYaml, filledIn)
  const outputs = Object.entries(json.output_changes ?? {})
    .map(([name, change]) => plannedOutput(name, change, redact))
    .filter(({ kind }) => kind !== 'none')
    .sort((a, b) => inNaturalOrder(a.name, b.name))
  return {
    mode,
    // Terraform also counts values that providers fill in. Those would be permanent drift, because a plan does not save them.
    hasChanges: mode === 'refresh-only' ? drift.length > 0 || outputs.length > 0 : hasChanges,
    counts: {
      add: count('create') + count('replace'),
      change: count('update'),
      destroy: count('delete') + count('replace') - kept,
      replace: count('replace'),
      import: changes.filter(change => change.imported !== undefined).length,
      move: changes.filter(change => change.previousAddress !== undefined).length,
      forget: count('forget') + kept,
    },
    changes,
    outputs,
    drift,
    filledIn,
    checks: readChecks(json),
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
    invocations: (json.action_invocations ?? []).map(each => readInvocation(each, redact, readYaml)),
    // Failed check blocks are listed as checks already.
    warnings: readWarnings(text).filter(
      ({ summary }) => !(json.checks && summary.startsWith('Check block assertion ')),
    ),
    place: placeOf(json, process.env),
    serverName: asText(json.variables?.name?.value),
    outputNames: Object.keys(json.configuration?.root_module?.outputs ?? json.planned_values?.outputs ?? {}),
    outputsBefore: Object.fromEntries(
      Object.entries(json.output_changes ?? {}).map(([name, { before }]) => [name, before]),
    ),
    priorState: json.prior_state,
    tool,
    terraformVersion: json.terraform_version ?? '',
    text,
  }
}

/**
 * Returns a function that adds the diff of a change, which is made when it is first read. It is not a part of `readPlan`, because a
 * function there would keep the whole JSON in memory as long as the plan.
 */
function diffReader(
  configured: ConfiguredAttributes,
  redact: (text: string) => string,
  readYaml: ReadDocument | undefined,
): (planned: PlannedChange, resource: ResourceChange) => PlannedChange {
  return (planned, { address, change, provider_name }) => {
    let lines: readonly DiffLine[] | undefined
    return {
      ...planned,
      get lines() {
        const set = configured(address)
        lines ??= diffLines(change, planned.kind, redact, {
          readYaml,
          configured: set && new Set(Object.keys(set)),
          writeOnly: writeOnlyArguments(change, set),
          isEmptyUnset: isOnFirstSdk(provider_name),
        })
        return lines
      },
    }
  }
}

/** Whether a provider may be built on Terraform's first SDK, as all but the built-in one may. */
function isOnFirstSdk(provider: string | undefined): boolean {
  return provider !== undefined && !provider.startsWith('terraform.io/builtin/')
}

/** The warnings in the text of a plan. The JSON plan has no warnings, and `plan -json` omits the plan itself. */
function readWarnings(text: string): Diagnostic[] {
  return readDiagnostics(text.replace(/\n─{20,}[\s\S]*$/, '')).filter(({ severity }) => severity === 'warning')
}

function readInvocation(
  { address = '', lifecycle_action_trigger: trigger, invoke_action_trigger, ...config }: ActionInvocation,
  redact: (text: string) => string,
  readYaml: ReadDocument | undefined,
): Invocation {
  const change: Change = {
    actions: ['create'],
    after: config.config_values,
    after_sensitive: config.config_sensitive,
    after_unknown: config.config_unknown,
  }
  return {
    address,
    isInvoked: invoke_action_trigger !== undefined,
    event: trigger?.action_trigger_event ?? '',
    resource: trigger?.triggering_resource_address ?? '',
    onFailure: trigger?.on_failure ?? '',
    lines: diffLines(change, 'create', redact, {
      readYaml,
      configured: new Set(Object.keys(asObject(change.after_unknown))),
    }),
  }
}

/** Reads the object of an import; undefined for a change without one. */
function readImport({ importing }: Change): ImportedObject | undefined {
  if (importing === undefined || importing === null) return undefined
  const { id, identity } = asObject(importing)
  const attributes = Object.entries(asObject(identity)).filter(([, value]) => value !== null)
  const text = asText(id)
  return {
    id: text === '' ? undefined : text,
    identity: Object.fromEntries(attributes.map(([name, value]) => [name, JSON.stringify(value)])),
  }
}

/** Reads the results of conditions from a plan or a state. */
export function readChecks({ checks = [] }: Pick<PlanJson, 'checks'>): Check[] {
  return checks.flatMap(readCheck)
}

/** One entry per instance, or one for the whole check if no instance is known. */
function readCheck({ address, status, instances = [] }: CheckResult): Check[] {
  const checks = instances.map(instance => ({
    address: instance.address.to_display,
    status: instance.status,
    problems: (instance.problems ?? []).flatMap(({ message }) => (message === undefined ? [] : [message])),
  }))
  return checks.length > 0 ? checks : [{ address: address.to_display, status, problems: [] }]
}

/**
 * Reads the changes outside of Terraform. In a normal plan only those count that affect the planned changes, as in
 * Terraform's own text. The others are mostly values that providers fill in after an apply. In a refresh-only plan only
 * fill-ins are omitted, where an unset value becomes an empty one.
 */
function readDrift(
  { resource_drift = [], relevant_attributes = [] }: PlanJson,
  mode: PlanMode,
  redact: (text: string) => string,
  readYaml: ReadDocument | undefined,
  filledIn: readonly FilledIn[],
): Drift[] {
  const isRelevant = ({ address, change }: ResourceChange) =>
    relevant_attributes.some(
      ({ resource, attribute }) =>
        withoutInstanceKeys(resource) === withoutInstanceKeys(address) &&
        JSON.stringify(valueAt(change.before, attribute)) !== JSON.stringify(valueAt(change.after, attribute)),
    )
  const differs = ({ change }: ResourceChange) =>
    JSON.stringify(withoutEmpty(change.before)) !== JSON.stringify(withoutEmpty(change.after))
  const isRefresh = mode === 'refresh-only'
  const shown = isRefresh
    ? resource_drift.map(resource => withoutFilledIn(resource, filledIn)).filter(differs)
    : resource_drift.filter(isRelevant)
  shown.sort((a, b) => inNaturalOrder(a.address, b.address))
  const drift = shown.map(({ address, change, provider_name }) => {
    const kind = kindOf(change)
    const isEmptyUnset = isOnFirstSdk(provider_name)
    return { address, kind, lines: diffLines(change, kind, redact, { readYaml, isEmptyUnset }) }
  })
  return isRefresh ? drift.filter(({ lines }) => !lines.every(isFormatOnly)) : drift
}

/** Removes null and empty parts at any depth, because providers return `{}` or `""` for unset values. */
function withoutEmpty(value: unknown): unknown {
  if (value === null || value === '') return undefined
  if (typeof value !== 'object') return value
  const entries = Object.entries(value ?? {})
    .map(([key, part]) => [key, withoutEmpty(part)] as const)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => compareText(a, b))
  if (entries.length === 0) return undefined
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries)
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (part, step) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[step] : undefined),
    value,
  )
}

function plannedOutput(name: string, change: Change, redact: (text: string) => string): PlannedOutput {
  const byName = (value: unknown) => ({ [name]: value })
  const kind = kindOf(change)
  const lines = diffLines(
    {
      actions: change.actions,
      before: byName(change.before),
      after: byName(change.after),
      before_sensitive: byName(change.before_sensitive),
      after_sensitive: byName(change.after_sensitive),
      after_unknown: byName(change.after_unknown),
    },
    kind,
    redact,
  )
  return { name, kind, lines }
}

function plannedChange(
  { address, previous_address, deposed, type, change, action_reason }: ResourceChange,
  release: Release | undefined,
): PlannedChange {
  const moved = previous_address !== undefined && previous_address !== address
  const imported = readImport(change)
  let kind = kindOf(change)
  if (kind === 'none' && moved) kind = 'move'
  else if (kind === 'none' && imported !== undefined) kind = 'import'
  const keepsOld = kind === 'replace' && change.actions.includes('forget')
  const destroys = kind === 'delete' || (kind === 'replace' && !keepsOld)
  return {
    address,
    previousAddress: moved ? previous_address : undefined,
    type,
    kind,
    imported,
    loss: destroys && release === undefined ? lossOf(type) : undefined,
    release,
    keepsOld,
    deposed: deposed !== undefined && deposed !== '',
    reason: action_reason,
    forcedBy: [...new Set((change.replace_paths ?? []).map(rawPathText))].filter(name => name !== ''),
    lines: [],
  }
}

/**
 * Returns the changes by their kind, those of one kind that lose something before the others, then by address. Terraform sorts
 * addresses, so the changes of one group are nearly in order, which all of them together are not.
 */
function mostDangerousFirst<T extends { readonly planned: PlannedChange }>(changes: readonly T[]): T[] {
  const groups = Map.groupBy(changes, ({ planned: { kind, loss } }) => rank[kind] * 2 + (loss === undefined ? 1 : 0))
  return [...groups]
    .sort(([a], [b]) => a - b)
    .flatMap(([, group]) => group.sort(({ planned: a }, { planned: b }) => inNaturalOrder(a.address, b.address)))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
