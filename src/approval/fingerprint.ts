/**
 * Normalized plan and its fingerprint: the part of `terraform show -json` that an approval covers, in one canonical form.
 * Two plans that would do the same are equal. Order, serial, time, data sources and untouched computed attributes do not
 * count.
 */
import { createHash } from 'node:crypto'
import type { ActionInvocation, Change, PlanJson, ResourceChange } from '../terraform/json.ts'
import { withoutInstanceKeys } from '../terraform/json.ts'
import { at, canonical, shape } from './canonical.ts'
import type { Configuration, ExpressionInputs } from './expression-inputs.ts'
import { type IgnoredPath, ignoredPathsOf, markIgnored } from './ignored-paths.ts'
import { type PlaceholderName, type Placeholders, placeholdersIn } from './placeholders.ts'
import type { PlanSigner } from './signer.ts'

/** Canonical JSON by attribute: `?` if the value is known only after the apply, `*…` if it is sensitive. */
export type Values = Readonly<Record<string, string>>

/** One change in canonical form. Digests in existing records hash it as JSON, so names and order of its fields are fixed. */
export interface NormalizedChange {
  /** Address of the resource, with the key of a deposed object; or `output.NAME`. */
  readonly address: string
  /** Terraform's actions in their order, such as `update` or `delete,create`. */
  readonly actions: string
  /** Terraform's further fields: provider, `previous_address`, `importing`, `action_reason`, `replace_paths`. */
  readonly notes: Values
  readonly before: Values
  readonly after: Values
}

/** A plan in canonical form. */
export interface NormalizedPlan {
  /** The plan's circumstances by name: versions, workspace, backend, targets. They are readable and never secret. */
  readonly settings: Values
  /** Sorted by address. */
  readonly changes: readonly NormalizedChange[]
  /** Undefined in form 1. */
  readonly remarks?: PlanRemarks
}

/** What a reader must know about the comparison of a plan. Each place is an attribute of a resource block, without instance keys. */
export interface PlanRemarks {
  /** Attributes that the configuration sets to values that are known only after the apply. Nobody can review them before. */
  readonly unreviewable: readonly AttributePlace[]
  /** Attributes with placeholders, by what they stand for. */
  readonly placeholders: Readonly<Record<PlaceholderName, readonly AttributePlace[]>>
  /** Lines of plan-approval-ignore that apply to a planned change. */
  readonly ignored: readonly string[]
  /** Values that hold the date of the plan, so that a plan of another day differs, by their path in the attribute. */
  readonly dated: readonly AttributePlace[]
}

/** An attribute of a resource block, or a path in it. An output has the attribute `value`. */
export interface AttributePlace {
  readonly address: string
  readonly attribute: string
}

/** How form 2 sees values. */
export interface PlanView {
  readonly placeholders: Placeholders
  readonly configuration: Configuration
  readonly ignoredPaths: readonly IgnoredPath[]
}

/**
 * The canonical form of a plan.
 * @param json output of `terraform show -json`
 * @param settings the circumstances of the plan, from settingsOf and providerSettings
 * @param view undefined for form 1
 */
export function normalizePlan(json: PlanJson, settings: Values, signer: PlanSigner, view?: PlanView): NormalizedPlan {
  const normalizer = new Normalizer(signer, view)
  const resources = (json.resource_changes ?? [])
    .filter(changesSomething)
    .map(resource => ({ resource, key: keyOf(resource) }))
  const outputs = Object.entries(json.output_changes ?? {}).filter(([, { actions }]) => !isNothing(actions))
  const changes = [
    ...sorted(resources, ({ key }) => key).flatMap(({ key, resource }) => normalizer.change(key, resource) ?? []),
    ...sorted(outputs, ([name]) => name).flatMap(([name, change]) => normalizer.output(name, change) ?? []),
    ...sorted(json.action_invocations ?? [], ({ address = '' }) => address).map(invocation =>
      normalizer.invocation(invocation),
    ),
  ]
  const keyed = signer.together()
  return {
    settings: keyed === undefined ? settings : { ...settings, 'sensitive values': keyed },
    changes,
    ...(view && { remarks: normalizer.remarks() }),
  }
}

/** The fingerprint: `sha256:` and 64 hexadecimal digits, or `scrypt:SALT:…` if no key protects the sensitive values. */
export function fingerprintOf({ settings, changes }: NormalizedPlan, signer: PlanSigner): string {
  const hash = createHash('sha256')
  let text = canonical(settings)
  for (const { address, actions, notes, before, after } of changes) {
    text += `\n${JSON.stringify([address, actions, canonical(notes), before, after])}`
    // One call per change would cost more than the hash itself, for ten thousand changes.
    if (text.length > 100_000) {
      hash.update(text)
      text = ''
    }
  }
  return `${signer.prefix}:${hash.update(text).digest('hex')}`
}

/** Whether a resource changes. Data sources and untouched resources do not. */
function changesSomething({ mode, change, previous_address, address }: ResourceChange): boolean {
  if (mode === 'data') return false
  const moved = previous_address !== undefined && previous_address !== address
  return !isNothing(change.actions) || moved || (change.importing !== undefined && change.importing !== null)
}

function isNothing(actions: Change['actions']): boolean {
  return actions.every(action => action === 'no-op' || action === 'read')
}

function keyOf({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`
}

/** Attributes of changes, grouped by resource block because instances share it. */
class Places {
  readonly #attributes = new Map<string, Set<string>>()

  add(address: string, attribute: string): void {
    const attributes = this.#attributes.get(address)
    if (attributes === undefined) this.#attributes.set(address, new Set([attribute]))
    else attributes.add(attribute)
  }

  list(): AttributePlace[] {
    return [...this.#attributes].flatMap(([address, attributes]) =>
      [...attributes].sort().map(attribute => ({ address, attribute })),
    )
  }
}

/** Normalizes the changes of one plan, and collects the remarks about them. */
class Normalizer {
  readonly #signer: PlanSigner
  readonly #view: PlanView | undefined
  readonly #unreviewable = new Places()
  readonly #dated = new Places()
  readonly #placeholders = { commit: new Places(), timestamp: new Places(), identity: new Places() }
  readonly #ignored = new Set<string>()
  readonly #inputTexts = new Map<ExpressionInputs, string>()

  constructor(signer: PlanSigner, view: PlanView | undefined) {
    this.#signer = signer
    this.#view = view
  }

  remarks(): PlanRemarks {
    const { commit, timestamp, identity } = this.#placeholders
    return {
      unreviewable: this.#unreviewable.list(),
      placeholders: { commit: commit.list(), timestamp: timestamp.list(), identity: identity.list() },
      ignored: [...this.#ignored].sort(),
      dated: this.#dated.list(),
    }
  }

  /** The change of a resource; undefined if it differs only in values that do not count. */
  change(address: string, resource: ResourceChange): NormalizedChange | undefined {
    const { change, previous_address, action_reason, provider_name } = resource
    const notes: Record<string, string> = {}
    if (provider_name !== undefined) notes.provider = provider_name
    if (previous_address !== undefined && previous_address !== resource.address) notes['moved from'] = previous_address
    if (change.importing !== undefined && change.importing !== null) notes.importing = canonical(change.importing)
    if (action_reason !== undefined) notes.reason = action_reason
    if ((change.replace_paths ?? []).length > 0) {
      notes['replaced because of'] = canonical((change.replace_paths ?? []).map(path => canonical(path)).sort())
    }
    const view = this.#view
    const inputsOf = view?.configuration.ofResource(resource.address)
    const ignored = ignoredPathsOf(resource.address, view?.ignoredPaths ?? [])
    if (view !== undefined) Object.assign(notes, this.#hidden(resource, view))
    return this.#normalize(address, change, notes, inputsOf, ignored)
  }

  /**
   * Notes about what a change does and no planned value shows: the provider block that makes it, and the programs that the apply runs
   * beside it. Arguments that only the provider gets have their inputs.
   */
  #hidden({ address, change }: ResourceChange, { configuration }: PlanView): Values {
    const block = configuration.blockOf(address)
    if (block === undefined || isNothing(change.actions)) return {}
    const { providerBlock, provisioners, provisionerInputs, argumentNames } = block
    const notes: Record<string, string> = {}
    // The block without an alias in the root module is the usual one.
    if (providerBlock !== undefined && /[.:]/.test(providerBlock)) notes[providerBlockNote] = canonical(providerBlock)
    const runsPrograms = change.actions.includes('create') || change.actions.includes('delete')
    if (runsPrograms && provisioners.length > 0) {
      const { replace } = (this.#view as PlanView).placeholders
      notes[provisionersNote] = replace(canonical(provisioners))
      if (provisionerInputs.values.size > 0) notes[inputsNote('provisioners')] = this.#inputText(provisionerInputs)
    }
    const inputsOf = configuration.ofResource(address)
    for (const name of argumentNames.filter(each => isSentOnly(each, change))) {
      const inputs = inputsOf(name)
      if (inputs !== undefined && inputs.values.size > 0) notes[inputsNote(name)] = this.#inputText(inputs)
    }
    return notes
  }

  output(name: string, change: Change): NormalizedChange | undefined {
    const wrap = (value: unknown) => ({ value })
    const wrapped = {
      actions: change.actions,
      before: wrap(change.before),
      after: wrap(change.after),
      before_sensitive: wrap(change.before_sensitive),
      after_sensitive: wrap(change.after_sensitive),
      after_unknown: wrap(change.after_unknown),
    }
    const inputsOf = this.#view && (() => this.#view?.configuration.ofOutput(name))
    const address = `output.${name}`
    const ignored = ignoredPathsOf(address, this.#view?.ignoredPaths ?? [])
    return this.#normalize(address, wrapped, {}, inputsOf, ignored)
  }

  /** The change of an invoked action (Terraform 1.14), which changes no attribute of a resource. */
  invocation(invocation: ActionInvocation): NormalizedChange {
    const { address = '', config_values, config_sensitive, config_unknown, ...trigger } = invocation
    const keyed = (value: unknown) => this.#signer.value(address, value)
    const replace = this.#view?.placeholders.replace
    const config = canonical(config_values, config_sensitive, config_unknown, keyed, replace)
    return { address, actions: 'invoke', notes: { invocation: canonical(trigger) }, before: {}, after: { config } }
  }

  /**
   * The values that a change concerns:
   * - an update: the attributes that differ, because AWS changes computed attributes at any time;
   * - a creation: all of `after`;
   * - a deletion: the identity of the object.
   */
  #normalize(
    address: string,
    change: Change,
    notes: Record<string, string>,
    inputsOf: ((attribute: string) => ExpressionInputs | undefined) | undefined,
    ignored: readonly IgnoredPath[],
  ): NormalizedChange | undefined {
    const actions = change.actions.join()
    const makes = change.actions.includes('create')
    const will = this.#after(address, change, inputsOf, ignored)
    const was = this.#before(address, change, will, ignored)
    if (!makes && !change.actions.includes('update'))
      return { address, actions, notes, before: identity(was), after: {} }
    const differs = (name: string) => (was[name] ?? 'null') !== (will[name] ?? 'null')
    const before = makes ? { ...only(was, differs), ...identity(was) } : only(was, differs)
    const after = only(will, name => differs(name) || (makes && will[name] !== 'null'))
    const isNothing = !makes && isEmpty(before) && isEmpty(after)
    const isMore = notes['moved from'] !== undefined || notes.importing !== undefined
    if (isNothing && !isMore && hasUncounted(change, will)) return undefined
    return { address, actions, notes: { ...notes, ...this.#inputs(address, after, change, inputsOf) }, before, after }
  }

  #before(address: string, change: Change, will: Values, ignored: readonly IgnoredPath[]): Values {
    const { before, before_sensitive } = change
    const placeholders = this.#view?.placeholders
    return this.#side(address, before, before_sensitive, false, ignored, name => {
      // The state may have the identity of the apply, and a plan on a pull request would replace it by its own.
      return will[name]?.includes('"@identity/') ? placeholders?.replaceEveryIdentity : placeholders?.replace
    })
  }

  #after(
    address: string,
    change: Change,
    inputsOf: ((attribute: string) => ExpressionInputs | undefined) | undefined,
    ignored: readonly IgnoredPath[],
  ): Values {
    const placeholders = this.#view?.placeholders
    const { after, after_sensitive, after_unknown } = change
    return this.#side(address, after, after_sensitive, after_unknown, ignored, name => {
      const isCaller = placeholders?.hasIdentity === true && inputsOf?.(name)?.dependsOnCaller === true
      return isCaller ? placeholders.replaceIdentity : placeholders?.replace
    })
  }

  #side(
    address: string,
    value: unknown,
    sensitive: unknown,
    unknown: unknown,
    ignored: readonly IgnoredPath[],
    replaceFor: (name: string) => ((json: string) => string) | undefined,
  ): Values {
    const parts = shape(value)
    const unknowns = shape(unknown)
    const names = Object.keys(parts)
    for (const name in unknowns) if (!Object.hasOwn(parts, name)) names.push(name)
    const values = emptyValues()
    let attribute = ''
    const keyed = (secret: unknown) => this.#signer.value(`${address}.${attribute}`, secret)
    for (const name of isSortedList(names) ? names : names.sort()) {
      attribute = name
      const marks = this.#marks(parts[name], at(unknown, name), name, ignored)
      values[name] = canonical(parts[name], at(sensitive, name), marks, keyed, replaceFor(name))
    }
    return values
  }

  #marks(value: unknown, unknown: unknown, name: string, ignored: readonly IgnoredPath[]): unknown {
    let marks = unknown
    for (const { path, text } of ignored) {
      if (path[0] !== name && path[0] !== '*') continue
      const marked = markIgnored(value, marks, path.slice(1))
      if (marked !== marks) this.#ignored.add(text)
      marks = marked
    }
    return marks
  }

  /** Notes about the inputs of changed values that may be known only after the apply. Remarks are added on the way. */
  #inputs(
    address: string,
    after: Values,
    change: Change,
    inputsOf: ((attribute: string) => ExpressionInputs | undefined) | undefined,
  ): Values {
    const view = this.#view
    if (view === undefined) return {}
    let place: string | undefined
    const remark = (places: Places, attribute: string) => {
      place ??= withoutInstanceKeys(address.replace(/ \(deposed .*$/, ''))
      places.add(place, attribute)
    }
    const notes: Record<string, string> = {}
    for (const name in after) {
      const text = after[name] ?? ''
      for (const placeholder of placeholdersIn(text)) remark(this.#placeholders[placeholder], name)
      if (view.placeholders.isDated(text))
        for (const path of datedPaths(at(change.after, name), name, view.placeholders)) remark(this.#dated, path)
      if (text === '@ignored') continue
      const inputs = inputsOf?.(name)
      if (inputs === undefined) continue
      const isUnknown = hasMark(at(change.after_unknown, name))
      if (isUnknown) {
        remark(this.#unreviewable, name)
        if (inputs.references.length > 0) notes[`references of ${name}`] = canonical(inputs.references)
      }
      // The values also count when the attribute is known by now, because it was not when it was reviewed.
      if ((isUnknown || inputs.dependsOnResource) && inputs.values.size > 0)
        notes[inputsNote(name)] = this.#inputText(inputs)
    }
    return notes
  }

  #inputText(inputs: ExpressionInputs): string {
    const known = this.#inputTexts.get(inputs)
    if (known !== undefined) return known
    const { replace, replaceIdentity } = (this.#view as PlanView).placeholders
    const replaced = inputs.dependsOnCaller ? replaceIdentity : replace
    const texts = [...inputs.values].map(([reference, { value, sensitive }]) => {
      const keyed = (secret: unknown) => this.#signer.value(`inputs ${reference}`, secret)
      return `${JSON.stringify(reference)}:${canonical(value, sensitive, false, keyed, replaced)}`
    })
    const text = `{${texts.join()}}`
    this.#inputTexts.set(inputs, text)
    return text
  }
}

/** The notes of a change about what no planned value shows. Records contain these names. */
export const providerBlockNote = 'provider block'
export const provisionersNote = 'provisioners'

/** The note about the inputs of an attribute. */
export function inputsNote(attribute: string): string {
  return `inputs of ${attribute}`
}

/**
 * Whether a provider may get an argument whose value is in no plan: a write-only argument is null in the plan. A conditional null is one,
 * too, which makes the comparison only stricter. An update sends an argument with a version only when the version changes.
 */
function isSentOnly(name: string, { actions, before, after, after_unknown }: Change): boolean {
  if (!actions.includes('create') && !actions.includes('update')) return false
  if (at(after, name) !== null || at(after_unknown, name) === true) return false
  const version = `${name}_version`
  const isVersioned = Object.hasOwn(shape(after), version)
  return actions.includes('create') || !isVersioned || at(before, version) !== at(after, version)
}

/** Whether an update changes values that do not count: ignored ones, or the identity of the caller. */
function hasUncounted({ before, after }: Change, will: Values): boolean {
  return Object.entries(will).some(
    ([name, text]) =>
      (text.includes('@ignored') || text.includes('"@identity/')) &&
      JSON.stringify(at(before, name)) !== JSON.stringify(at(after, name)),
  )
}

/** The paths of the texts in a value that hold the date of the plan, as plan-approval-ignore names them. */
function datedPaths(value: unknown, path: string, placeholders: Placeholders): string[] {
  if (typeof value === 'string') return placeholders.isDated(placeholders.replace(JSON.stringify(value))) ? [path] : []
  const step = (key: string) => {
    if (Array.isArray(value)) return '[*]'
    return /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  }
  return Object.entries(shape(value)).flatMap(([key, part]) => datedPaths(part, `${path}${step(key)}`, placeholders))
}

/** Whether names are sorted, as Terraform prints the keys of an object. */
function isSortedList(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name)
}

/** An object without a prototype, because a provider may name an attribute `__proto__`. */
function emptyValues(): Record<string, string> {
  return Object.create(null)
}

function isEmpty(values: Values): boolean {
  for (const _ in values) return false
  return true
}

/** Whether marks in the shape of a value mark a part. */
function hasMark(marks: unknown): boolean {
  return marks === true || Object.values(shape(marks)).some(hasMark)
}

/** The attributes that identify the provider's object; all attributes if it has neither `id` nor `arn`. */
function identity(values: Values): Values {
  const identifiers = only(values, name => name === 'id' || name === 'arn')
  return Object.keys(identifiers).length > 0 ? identifiers : values
}

/** The values with the wanted names. A loop, because ten thousand changes would need a list for each of their attributes. */
function only(values: Values, wanted: (name: string) => boolean): Values {
  const some = emptyValues()
  for (const name in values) if (wanted(name)) some[name] = values[name] ?? 'null'
  return some
}

function sorted<T>(list: readonly T[], by: (item: T) => string): T[] {
  return list.toSorted((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0))
}
