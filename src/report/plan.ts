/**
 * Renders the plan as Markdown within a budget. Each destroyed, replaced and changed resource has a collapsible section, the
 * dangerous ones first. Created, moved, imported and forgotten resources share one section for each kind. Drift, outputs, checks
 * and warnings follow. Changes that do not fit are listed by name or counted, and no section is cut.
 */
import { Line } from '../log.ts'
import type { Diagnostic } from '../terraform/diagnostics.ts'
import type { DiffLine } from '../terraform/diff/line.ts'
import type { Kind } from '../terraform/kind.ts'
import type { ToolName } from '../terraform/names.ts'
import type {
  Check,
  Deferred,
  Drift,
  ImportedObject,
  Invocation,
  Plan,
  PlannedChange,
  PlannedOutput,
} from '../terraform/plan.ts'
import type { Release } from '../terraform/releases.ts'
import { count } from '../words.ts'
import { code, collapsible, fence, html, list, Markdown, md, type Plain, plain, prose } from './markdown.ts'
import { type Detail, diffLine, resourceDiff, resourceLines } from './resource-diff.ts'
import { toolTitle } from './tool.ts'

const verbs = {
  delete: 'destroy',
  replace: 'replace',
  update: 'update',
  create: 'create',
  forget: 'forget',
  move: 'move',
  import: 'import',
  read: 'read',
  none: 'keep',
} as const satisfies Record<Kind, string>

const symbols = {
  delete: '🔴',
  replace: '🟠',
  update: '🟡',
  create: '🟢',
  forget: '⚪',
  move: '🔵',
  import: '🔵',
  read: '⚪',
  none: '⚪',
} as const satisfies Record<Kind, string>

/** The text for each reason of Terraform (JSON output format, `action_reason`). */
const reasons: Readonly<Record<string, Markdown>> = {
  replace_because_tainted: md`is tainted: the last deployment of it failed`,
  replace_because_cannot_update: md`cannot be changed in place`,
  replace_by_request: md`was asked for by the input replace`,
  replace_by_triggers: md`what replace_triggered_by names is changed`,
  delete_because_no_resource_config: md`is no longer in the configuration`,
  delete_because_no_module: md`its module is no longer in the configuration`,
  delete_because_wrong_repetition: md`count or for_each was added or taken away`,
  delete_because_count_index: md`its index is out of range of count`,
  delete_because_each_key: md`its key is no longer in for_each`,
  delete_because_no_move_target: md`was moved to an address that is not in the configuration`,
}

/** The reason for a replacement because of an attribute that cannot be changed in place. */
const ordinaryReason = 'replace_because_cannot_update'

/** The text for each reason to defer a change to a later plan (`deferred_changes`). */
const deferrals: Readonly<Record<string, Markdown>> = {
  instance_count_unknown: md`its count or for_each is known only after this apply`,
  resource_config_unknown: md`its configuration is known only after this apply`,
  provider_config_unknown: md`its provider's configuration is known only after this apply`,
  absent_prereq: md`what it reads does not exist yet`,
  deferred_prereq: md`what it depends on is left for later, too`,
}

/** The effect of each value of `on_failure` of an action. The usual one, to stop the apply, needs no words. */
const failureModes: Readonly<Record<string, Markdown>> = {
  taint: md`; if it fails, the resource is tainted`,
  continue: md`; if it fails, the apply goes on`,
}

/** The sign that colours a line of a `diff` block by its kind. */
const signs = {
  delete: '-',
  replace: '!',
  update: '!',
  create: '+',
  forget: '#',
  move: '#',
  import: '#',
  read: '#',
  none: '#',
} as const satisfies Record<Kind, string>

/** Limits of a block of several resources or outputs. */
const maxLinesPerBlock = 120
const maxUnitsPerBlock = 8_000
const maxUnitsPerLine = 1_000

/** UTF-16 units of the longest shown address. */
const maxUnitsPerAddress = 200

/** Drift, outputs, checks and other blocks each get at least one of this many shares of the room. */
const minShares = 12

/** UTF-16 units of the smallest room for sections. */
const minRoom = 1_000

/** The most addresses in one line. */
const maxInLine = 5

/** Returns the changes that lose data, an address or a name. They are listed first, outside of collapsible sections. */
export function lossyChanges({ changes }: Plan): PlannedChange[] {
  return changes.filter(({ loss }) => loss !== undefined)
}

/** Renders a change that loses something in one line, with its loss and its reason. */
export function destructiveLine(change: PlannedChange): Markdown {
  const { kind, address, loss, deposed } = change
  const unknown = md`, of a type that the action does not know`
  const lost = loss === undefined ? md`` : loss === 'unknown' ? unknown : md` and lose ${Markdown.word(loss)}`
  const old = deposed ? md` (an old object of it)` : md``
  return md`${symbol(kind)} **${verb(kind)}** ${code(address, maxUnitsPerAddress)}${old}${lost}${reasonText(change)}`
}

/** Renders the destructions and replacements that lose nothing but settings; empty without any. */
export function quietLossLine({ changes }: Plan): Markdown {
  const quiet = changes.filter(
    ({ kind, loss, release, keepsOld }) =>
      (kind === 'delete' || kind === 'replace') && loss === undefined && release === undefined && !keepsOld,
  )
  const sentence = (kind: 'delete' | 'replace', word: Markdown) => {
    const some = quiet.filter(change => change.kind === kind)
    return some.length === 0 ? undefined : md`${word} ${addressList(some)}`
  }
  const parts = [sentence('delete', md`destroys`), sentence('replace', md`replaces`)]
  if (quiet.length === 0) return md``
  const hold = quiet.length === 1 ? md`holds` : md`hold`
  return md`The plan ${Markdown.join(parts, ' and ')}, which ${hold} no data, no address and no name.`
}

function addressList(changes: readonly PlannedChange[]): Markdown {
  const some = changes.slice(0, maxInLine).map(({ address }) => code(address, maxUnitsPerAddress))
  const more = changes.length > maxInLine ? md` and ${changes.length - maxInLine} more` : md``
  return md`${Markdown.join(some, ', ')}${more}`
}

/** Renders the releases of a plan, such as `🔄 New revision weather:2, rolling update`; empty without any. */
export function releasesLine({ changes }: Plan): Markdown {
  const releases = changes.flatMap(({ release, address }) => (release === undefined ? [] : [{ release, address }]))
  const shown = releases.slice(0, maxInLine).map(({ release, address }) => {
    const rollout = release.rollout === undefined ? md`` : md`, ${Markdown.word(release.rollout)}`
    return md`🔄 New ${releaseName(release, address)}${rollout}`
  })
  const more = releases.length > maxInLine ? [md`and ${releases.length - maxInLine} more`] : []
  return Markdown.join([...shown, ...more], ' · ')
}

/** Renders what a release publishes: `revision weather:2`, `version 7 of weather`. */
function releaseName({ what, name, number }: Release, address: string): Markdown {
  const published = name === '' ? address : name
  if (what === 'revision') return md`revision ${code(number === undefined ? published : `${published}:${number}`, 120)}`
  const numbered = number === undefined ? md`` : md` ${number}`
  return md`${Markdown.word(what)}${numbered} of ${code(published, 120)}`
}

/** Renders one line about failing checks, warnings, actions and deferred changes; empty without any. */
export function attentionLine({ checks, warnings, deferred, invocations, tool }: Plan): Markdown {
  const failing = checks.filter(({ status }) => status === 'fail' || status === 'error').length
  const parts = [
    failing === 0 ? undefined : md`❌ ${count(failing, 'check')} failed`,
    warnings.length === 0 ? undefined : md`⚠️ ${count(warnings.length, 'warning')} of ${toolTitle(tool)}`,
    invocations.length === 0 ? undefined : md`⚡ ${count(invocations.length, 'provider action')} to run`,
    deferred.length === 0 ? undefined : md`⏸️ ${deferred.length} left for a later plan`,
  ]
  return Markdown.join(parts, ' · ')
}

/**
 * Renders the sections of the changes, most dangerous first, then the names and the number of the others, then all other parts
 * of the plan. The result is whole parts of at most `budget` UTF-16 units.
 * @param elsewhere the end of a sentence that names the place of the omitted changes
 * @param wholePlan names the place of the whole plan
 */
export function planSections(plan: Plan, budget: number, elsewhere: Markdown, wholePlan: Markdown): Markdown {
  const share = Math.min(maxUnitsPerBlock, Math.floor(budget / minShares))
  const others = share * minShares < minRoom * 2 ? md`` : otherSections(plan, share)
  const room = budget - others.length - 1
  if (room < minRoom) return plan.changes.length === 0 ? md`` : omittedChangesLine(plan.changes, elsewhere)

  const ofKind = (...kinds: readonly Kind[]) => plan.changes.filter(({ kind }) => kinds.includes(kind))
  const lists = listSections(ofKind('move', 'import', 'forget'), share, plan.tool)
  const forChanges = room - lists.length - 1
  const singles = ofKind('delete', 'replace', 'update').sort((a, b) => sectionRank(a) - sectionRank(b))
  const creates = ofKind('create')
  // Creations lose nothing, so a quarter is theirs, and what the other changes leave.
  const reserved = Math.floor(forChanges / 4)
  const section = sectionRenderer(wholePlan)
  if (reserved < minRoom) {
    const changed = firstSections([...singles, ...creates], forChanges, elsewhere, section)
    return Markdown.join([changed, lists, others], '\n')
  }
  const few = createsSection(creates, reserved, elsewhere, section)
  const forSingles = forChanges - few.length - 1
  const whole =
    singleSections(singles, forSingles, section, 'whole') ?? singleSections(singles, forSingles, section, 'deciding')
  const created = whole === undefined ? few : createsSection(creates, forChanges - whole.length - 1, elsewhere, section)
  const changed = whole ?? firstSections(singles, forChanges - created.length - 1, elsewhere, section)
  return Markdown.join([changed, created, lists, others], '\n')
}

/** Renders the section of a change. */
type SectionRenderer = (change: PlannedChange, detail: Detail) => Markdown

/** Returns a renderer that renders each section once, because several arrangements of the sections are tried. */
function sectionRenderer(wholePlan: Markdown): SectionRenderer {
  const rendered = { whole: new Map<PlannedChange, Markdown>(), deciding: new Map<PlannedChange, Markdown>() }
  return (change, detail) => {
    const section = rendered[detail].get(change) ?? changeSection(change, wholePlan, detail)
    rendered[detail].set(change, section)
    return section
  }
}

/** Position of a change among the sections: destructions, replacements, releases, updates. */
function sectionRank({ kind, release }: PlannedChange): number {
  return kind === 'delete' ? 0 : kind === 'replace' && release === undefined ? 1 : release !== undefined ? 2 : 3
}

/** Renders one section for each change; undefined if they need more than `room` UTF-16 units. */
function singleSections(
  changes: readonly PlannedChange[],
  room: number,
  section: SectionRenderer,
  detail: Detail,
): Markdown | undefined {
  const sections: Markdown[] = []
  let used = 0
  for (const change of changes) {
    const rendered = section(change, detail)
    used += rendered.length + 1
    if (used > room) return undefined
    sections.push(rendered)
  }
  return Markdown.join(sections, '\n')
}

/** Renders the first changes in sections of their own, then the names of the next ones, then the number of the others. */
function firstSections(
  changes: readonly PlannedChange[],
  room: number,
  elsewhere: Markdown,
  section: SectionRenderer,
): Markdown {
  // A quarter of the room is for names, which help a reviewer more than a few further sections.
  const forSections = (room * 3) / 4
  const sections: Markdown[] = []
  let used = 0
  for (const change of changes) {
    const rendered = section(change, 'deciding')
    if (used + rendered.length + 1 > forSections) break
    used += rendered.length + 1
    sections.push(rendered)
  }
  const rest = changes.slice(sections.length)
  if (rest.length === 0) return Markdown.join(sections, '\n')
  const omitted = omittedChangesLine(rest, elsewhere)
  const names = namesSection(rest, room - used - omitted.length - 200)
  return Markdown.join([...sections, names, omitted], '\n')
}

/** UTF-16 units around the content of a section, and of its remarks. */
const maxSectionFrame = 400

/** Renders all creations in one section by type, with their attributes if these fit, else with their names. */
function createsSection(
  changes: readonly PlannedChange[],
  budget: number,
  elsewhere: Markdown,
  section: SectionRenderer,
): Markdown {
  const [first] = changes
  if (first === undefined) return md``
  const single = changes.length === 1 ? section(first, 'whole') : undefined
  if (single !== undefined && single.length <= budget) return single
  const title = md`${symbol('create')} create ${count(changes.length, 'resource')}`
  const room = budget - maxSectionFrame
  const byType = [...Map.groupBy(changes, ({ type }) => type)].sort(([a], [b]) => (a < b ? -1 : 1))
  // Without room for their addresses, no attribute is compared.
  if (!haveRoom(changes, room)) return collapsible(title, createdNames(byType, room, elsewhere))
  const blocks: Markdown[] = []
  let used = 0
  for (const [type, some] of byType) {
    const block = createsBlock(type, some, room - used)
    used += block.length + 2
    if (used > room) return collapsible(title, createdNames(byType, room, elsewhere))
    blocks.push(block)
  }
  return collapsible(title, Markdown.join(blocks, '\n\n'))
}

/** Whether the first lines of the creations fit into `room` UTF-16 units. */
function haveRoom(changes: readonly PlannedChange[], room: number): boolean {
  let units = 0
  return changes.every(({ address }) => {
    units += createdHead(address).length + 1
    return units <= room
  })
}

/** Renders the line before the attributes of a creation. */
function createdHead(address: string): Plain {
  return plain`# ${shortAddress(address)}`
}

/** Renders the creations of one type with their attributes. It ends early if they need more than `room` UTF-16 units. */
function createsBlock(type: string, changes: readonly PlannedChange[], room: number): Markdown {
  const lines: Plain[] = []
  let units = 0
  for (const { address, lines: attributes } of changes) {
    const more = [createdHead(address), ...resourceLines(attributes)]
    if (lines.length > 0) more.unshift(plain``)
    lines.push(...more)
    units += more.reduce((sum, { length }) => sum + length + 1, 0)
    if (units > room) break
  }
  return md`${code(type, 120)}: ${changes.length}\n\n${fence(lines, 'diff')}`
}

/** Renders the names of the creations by type, and the number of those without room. */
function createdNames(
  byType: readonly (readonly [string, readonly PlannedChange[]])[],
  room: number,
  elsewhere: Markdown,
): Markdown {
  const total = byType.reduce((sum, [, some]) => sum + some.length, 0)
  const lines = byType.flatMap(([, some]) =>
    some.map(
      ({ address }) =>
        () =>
          plain`+ ${shortAddress(address)}`,
    ),
  )
  const remark = md`The attributes are not shown: ${elsewhere}.`
  const shown = firstLines(lines, room - remark.length)
  if (shown.length < total) shown.push(plain`# … ${total - shown.length} more to create`)
  return md`${remark}\n\n${fence(shown, 'diff')}`
}

/** Renders one section for each kind of change that alters no attribute. */
function listSections(changes: readonly PlannedChange[], share: number, tool: ToolName): Markdown {
  const section = (kind: 'move' | 'import' | 'forget', title: Markdown, item: (change: PlannedChange) => Markdown) => {
    const some = changes.filter(change => change.kind === kind)
    const lines = some.map(change => () => item(change))
    if (some.length === 0) return md``
    return collapsible(
      md`${symbol(kind)} ${verb(kind)} ${count(some.length, 'resource')}${title}`,
      firstItems(lines, share),
    )
  }
  const name = ({ address }: PlannedChange) => code(address, maxUnitsPerAddress)
  return Markdown.join(
    [
      section(
        'move',
        md` in the state`,
        change =>
          md`${code(change.previousAddress ?? '', maxUnitsPerAddress)} → ${name(change)}${importedText(change)}`,
      ),
      section(
        'import',
        md` into the state`,
        change => md`${name(change)}${change.imported === undefined ? md`` : objectText(change.imported, code)}`,
      ),
      section('forget', md`: it stays, and ${toolTitle(tool)} no longer manages it`, name),
    ],
    '\n',
  )
}

/** The most attributes of an identity in one line. */
const maxIdentity = 6

function importedText({ imported }: PlannedChange): Markdown {
  return imported === undefined ? md`` : md` (imported${objectText(imported, code)})`
}

/** Renders which object is imported. @param render writes foreign text as code, in Markdown or in HTML */
function objectText({ id, identity }: ImportedObject, render: (text: Plain, maxUnits: number) => Markdown): Markdown {
  if (id !== undefined) return md`, id ${render(plain`${id}`, maxUnitsPerAddress)}`
  const attributes = Object.entries(identity)
  if (attributes.length === 0) return md`, an object that is known after apply`
  const shown = attributes
    .slice(0, maxIdentity)
    .map(([name, value]) => render(plain`${name} = ${value}`, maxUnitsPerAddress))
  const more = attributes.length > maxIdentity ? md` and ${attributes.length - maxIdentity} more` : md``
  return md`, identity ${Markdown.join(shown, ', ')}${more}`
}

/** @param share UTF-16 units of each block */
function otherSections(
  { drift, outputs, checks, warnings, invocations, deferred, tool }: Plan,
  share: number,
): Markdown {
  return Markdown.join(
    [
      driftSection(drift, share, tool),
      outputsSection(outputs, share),
      checksSection(checks, share),
      warningsSection(warnings, share, tool),
      invocationsSection(invocations, share),
      deferredSection(deferred, share, tool),
    ],
    '\n',
  )
}

function changeSection(change: PlannedChange, wholePlan: Markdown, detail: Detail): Markdown {
  const { address, kind, previousAddress, imported, deposed, keepsOld, release, lines } = change
  const inSummary = (text: Plain, maxUnits: number) => md`<code>${html(text, maxUnits)}</code>`
  const remarks = [
    previousAddress === undefined ? md`` : md` (moved from <code>${html(previousAddress, maxUnitsPerAddress)}</code>)`,
    imported === undefined ? md`` : md` (imported${objectText(imported, inSummary)})`,
    deposed ? md` (what an earlier replacement left behind)` : md``,
    keepsOld ? md` (the old one stays, and nothing manages it)` : md``,
  ]
  const what = release === undefined ? md`${symbol(kind)} ${verb(kind)}` : md`🔄 new ${Markdown.word(release.what)}`
  const title = md`${what} <code>${html(address, maxUnitsPerAddress)}</code>${Markdown.join(remarks, '')}`
  // The cause of a routine release is its first line. Only another one, such as a taint, needs words.
  const isRoutine = release !== undefined && (change.reason ?? ordinaryReason) === ordinaryReason
  const reason = (kind === 'delete' || kind === 'replace') && !isRoutine ? reasonText(change) : md``
  return collapsible(
    title,
    Markdown.join([reason.isEmpty ? undefined : md`Reason${reason}.`, resourceDiff(lines, wholePlan, detail)], '\n\n'),
  )
}

/** Renders whole lines within the limits of one block, and counts the others. Lines without room are not rendered. */
function diffBlock(lines: readonly (() => Plain)[], maxUnits: number): Markdown {
  const shown = firstLines(lines, maxUnits, maxLinesPerBlock)
  if (shown.length < lines.length) shown.push(plain`# … ${count(lines.length - shown.length, 'more line')}`)
  return fence(shown, 'diff')
}

/** Returns the longest prefix of the lines, each shortened, of at most `maxUnits` UTF-16 units. */
function firstLines(lines: readonly (() => Plain)[], maxUnits: number, maxLines = Infinity): Plain[] {
  const shown: Plain[] = []
  let units = 0
  for (const render of lines) {
    const text = render().shorten(maxUnitsPerLine)
    units += text.length + 1
    if (shown.length === maxLines || units > maxUnits) break
    shown.push(text)
  }
  return shown
}

function namesSection(changes: readonly PlannedChange[], room: number): Markdown {
  const lines: Plain[] = []
  let remaining = room
  for (const { address, kind } of changes) {
    const text = plain`${Line.word(signs[kind])} ${Line.word(verbs[kind])} ${shortAddress(address)}`
    remaining -= text.length + 1
    if (remaining < 0) break
    lines.push(text)
  }
  if (lines.length === 0) return md``
  const which = lines.length === changes.length ? md`The others` : md`The next ${lines.length}`
  return collapsible(md`${which} by name`, fence(lines, 'diff'))
}

function omittedChangesLine(changes: readonly PlannedChange[], elsewhere: Markdown): Markdown {
  const each = (Object.keys(verbs) as Kind[]).flatMap(kind => {
    const n = changes.filter(change => change.kind === kind).length
    return n === 0 ? [] : [md`${n} to ${verb(kind)}`]
  })
  const are = changes.length === 1 ? md`is` : md`are`
  return md`\n**${count(changes.length, 'more change')}** (${Markdown.join(each, ', ')}) ${are} not shown in full: ${elsewhere}.\n`
}

function driftSection(drift: readonly Drift[], share: number, tool: ToolName): Markdown {
  if (drift.length === 0) return md``
  const items = drift.map(({ address, kind, lines }) => {
    return { address, what: kind === 'delete' ? 'is gone' : 'was changed', lines } as const
  })
  return attributesSection(md`Changed outside of ${toolTitle(tool)}: ${count(drift.length, 'resource')}`, items, share)
}

/** One resource in a section: its address, its change as our own word, and its attributes as a diff. */
interface ResourceLines {
  readonly address: string
  readonly what: Kind | 'gone' | 'changed' | 'is gone' | 'was changed'
  readonly lines: readonly DiffLine[]
}

/** Renders resources with their attributes in one collapsible section of about `units` UTF-16 units. */
export function attributesSection(title: Markdown, items: readonly ResourceLines[], units: number): Markdown {
  const lines = items.flatMap(({ address, what, lines }, index) => [
    ...(index === 0 ? [] : [() => plain``]),
    () => plain`# ${shortAddress(address)} ${Line.word(what)}`,
    ...lines.map(each => () => diffLine(each)),
  ])
  return collapsible(title, diffBlock(lines, units))
}

function outputsSection(outputs: readonly PlannedOutput[], share: number): Markdown {
  if (outputs.length === 0) return md``
  const lines = outputs.flatMap(output => output.lines.map(each => () => diffLine(each)))
  return collapsible(md`Outputs: ${count(outputs.length, 'change')}`, diffBlock(lines, share))
}

/** Renders the checks. The section is open if a check fails. Checks that pass are only counted. */
function checksSection(checks: readonly Check[], share: number): Markdown {
  const failing = checks.filter(({ status }) => status === 'fail' || status === 'error')
  const unknown = checks.filter(({ status }) => status === 'unknown')
  if (failing.length === 0 && unknown.length === 0) return md``
  const lines = [
    ...failing.map(({ address, problems, status }) => () => {
      const reported = Markdown.join(
        problems.map(problem => prose(problem, 500)),
        '; ',
      )
      const why = status === 'error' ? md`could not be checked` : md`failed`
      return md`❌ ${code(address, maxUnitsPerAddress)}: ${reported.isEmpty ? why : reported}`
    }),
    ...unknown.map(
      ({ address }) =>
        () =>
          md`⚪ ${code(address, maxUnitsPerAddress)}: unknown until the apply`,
    ),
  ]
  const passing = checks.length - failing.length - unknown.length
  const each = [
    failing.length === 0 ? undefined : md`${failing.length} failed`,
    passing === 0 ? undefined : md`${passing} passed`,
    unknown.length === 0 ? undefined : md`${unknown.length} unknown until the apply`,
  ]
  return collapsible(md`Checks: ${Markdown.join(each, ', ')}`, firstItems(lines, share), failing.length > 0)
}

function warningsSection(warnings: readonly Diagnostic[], share: number, tool: ToolName): Markdown {
  if (warnings.length === 0) return md``
  const lines = warnings.flatMap(({ summary, excerpt, detail }, index) => [
    ...(index === 0 ? [] : [() => plain``]),
    () => plain`Warning: ${summary}`,
    ...[excerpt, detail].flatMap(part =>
      part === '' ? [] : [() => plain``, ...plain`${part}`.visible.lines.map(text => () => text)],
    ),
  ])
  const shown = firstLines(lines, share)
  if (shown.length < lines.length) shown.push(plain`… ${count(lines.length - shown.length, 'more line')}`)
  return collapsible(md`Warnings of ${toolTitle(tool)}: ${warnings.length}`, fence(shown))
}

function invocationsSection(invocations: readonly Invocation[], share: number): Markdown {
  if (invocations.length === 0) return md``
  const lines = invocations.map(({ address, isInvoked, event, resource, onFailure }) => () => {
    const when = String(plain`${event}`)
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase()
    const of = resource === '' ? md`` : md` of ${code(resource, maxUnitsPerAddress)}`
    const failing = ourWords(failureModes, onFailure) ?? md``
    const trigger = isInvoked
      ? md`, which no change triggers (-invoke)`
      : when === ''
        ? md``
        : md` ${prose(when, 80)}${of}`
    return md`⚡ ${code(address, maxUnitsPerAddress)}${trigger}${failing}`
  })
  const configured = invocations.filter(each => each.lines.length > 0)
  const attributes = configured.flatMap(({ address, lines: each }, index) => [
    ...(index === 0 ? [] : [() => plain``]),
    () => plain`# ${shortAddress(address)}`,
    ...each.map(attribute => () => diffLine(attribute)),
  ])
  return collapsible(
    md`Provider actions that the apply runs: ${invocations.length}`,
    Markdown.join(
      [
        firstItems(lines, configured.length === 0 ? share : Math.floor(share / 2)),
        configured.length === 0 ? undefined : diffBlock(attributes, Math.floor(share / 2)),
      ],
      '\n\n',
    ),
  )
}

function deferredSection(deferred: readonly Deferred[], share: number, tool: ToolName): Markdown {
  if (deferred.length === 0) return md``
  const lines = deferred.map(({ address, kind, reason }) => () => {
    const what = kind === 'none' ? md`` : md` (${verb(kind)})`
    const foreignReason = prose(reason, 80)
    const why =
      ourWords(deferrals, reason) ?? (foreignReason.isEmpty ? md`${toolTitle(tool)} gives no reason` : foreignReason)
    return md`⏸️ ${code(address, maxUnitsPerAddress)}${what}: ${why}`
  })
  return collapsible(md`Left for a later plan: ${deferred.length}`, firstItems(lines, share))
}

/** Renders whole items of about `units` UTF-16 units, and counts the others. Items without room are not rendered. */
function firstItems(items: readonly (() => Markdown)[], units: number): Markdown {
  const shown: Markdown[] = []
  let remaining = units
  for (const render of items) {
    const item = render()
    remaining -= item.length + 3
    if (remaining < 0) break
    shown.push(item)
  }
  const more = items.length - shown.length
  return list([...shown, ...(more === 0 ? [] : [md`and ${more} more`])])
}

function reasonText({ kind, reason, forcedBy }: PlannedChange): Markdown {
  const forcing = Markdown.join(
    forcedBy.slice(0, 5).map(attribute => code(attribute, 80)),
    ', ',
  )
  const more = forcedBy.length > 5 ? md` and ${forcedBy.length - 5} more` : md``
  const isForced = kind === 'replace' && forcedBy.length > 0
  const why = [
    reason === undefined || (isForced && reason === ordinaryReason)
      ? undefined
      : (ourWords(reasons, reason) ?? code(reason, 80)),
    isForced ? md`${forcing}${more} cannot be changed in place` : undefined,
  ].filter(part => part !== undefined)
  return why.length === 0 ? md`` : md`: ${Markdown.join(why, '; ')}`
}

/** Returns our text for a reason of Terraform, undefined if it is unknown. */
function ourWords(table: Readonly<Record<string, Markdown>>, reason: string): Markdown | undefined {
  return Object.hasOwn(table, reason) ? table[reason] : undefined
}

/** Shortens an address to one line. */
function shortAddress(address: string): Plain {
  return plain`${address}`.shorten(maxUnitsPerAddress).oneLine
}

function symbol(kind: Kind): Markdown {
  return Markdown.word(symbols[kind])
}

function verb(kind: Kind): Markdown {
  return Markdown.word(verbs[kind])
}
