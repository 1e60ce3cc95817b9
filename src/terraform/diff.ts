/**
 * The diff of one resource change in the JSON plan. It lists only what differs: objects by key, members of lists by their name or
 * by the longest common subsequence, documents inside of strings as values, longer texts by line. What decides comes first.
 *
 * A line with `-` names a place in the old value, a line with `+` one in the new value. A line with `!` is about hidden, unknown or moved values.
 */
import { type Line, line } from '../log.ts'
import { inNaturalOrder, visible } from '../text.ts'
import type { WriteOnlyArgument } from './configured.ts'
import { commonSubsequence, increasing, type Match } from './diff/align.ts'
import { decodedText, type ReadDocument, readJson } from './diff/document.ts'
import { type DiffLine, noRemark, prefixes, type Weight, weights } from './diff/line.ts'
import { gapsOf, keyField, keyOf, movesOf, pairsOf } from './diff/members.ts'
import {
  absent,
  documentPart,
  identity,
  isEmpty,
  isSame,
  keysOf,
  membersOf,
  type Part,
  partAt,
  partKind,
  YamlScalar,
} from './diff/part.ts'
import { isNaming, isShortenedPath, type KeyStep, type Path, pathText, type Step } from './diff/path.ts'
import { hasLines, lineDifferences, maxValueUnits, quoted, type TextLine, windowDifferences } from './diff/text.ts'
import { rankOf, weightOf } from './diff/weight.ts'
import type { Change } from './json.ts'
import type { Kind } from './kind.ts'

type Redact = (text: string) => string

export interface DiffOptions {
  /** Reads YAML documents; without it they are text. */
  readonly readYaml?: ReadDocument | undefined
  /** Names of the attributes that the configuration sets; undefined if it is not known. */
  readonly configured?: ReadonlySet<string> | undefined
  /** The arguments that the provider gets and the plan does not hold. */
  readonly writeOnly?: readonly WriteOnlyArgument[]
  /** Whether an empty text means "not set", as it does for providers on Terraform's first SDK. Terraform hides it, too. */
  readonly isEmptyUnset?: boolean
}

/** UTF-16 units of the longest object or list in one line, with its path. */
const maxInlineUnits = 200

/** The remark on JSON with the same meaning, which is not drift. */
const otherFormat = line` = (the same JSON, written differently)`

/** Attributes that providers compute, for a plan without its configuration. */
const usuallyComputed = new Set(['id', 'arn', 'arn_without_revision', 'revision', 'unique_id', 'owner_id', 'tags_all'])

/**
 * Returns the lines of a `diff` block, the most important first.
 * @param redact removes secrets from the displayed text; the raw values are compared, so a changed secret is listed
 */
export function diffLines(change: Change, kind: Kind, redact: Redact, options: DiffOptions = {}): DiffLine[] {
  const isDelete = kind === 'delete' || kind === 'forget'
  const isEmptyUnset = options.isEmptyUnset ?? false
  const before: Part =
    kind === 'create' ? absent : { ...absent, isEmptyUnset, value: change.before, sensitive: change.before_sensitive }
  const after: Part = isDelete
    ? absent
    : { ...absent, isEmptyUnset, value: change.after, sensitive: change.after_sensitive, unknown: change.after_unknown }
  const differ = new Differ(kind, redact, options)
  differ.compareAttributes(before, after, change.replace_paths ?? [])
  return differ.lines()
}

/** Whether a line is about JSON with the same meaning in another format. */
export function isFormatOnly({ remark }: DiffLine): boolean {
  return remark === otherFormat
}

/** Lines that stay together, such as those of a member of a list. */
interface Block {
  weight: Weight
  readonly lines: DiffLine[]
}

/** Where a value is. */
interface Place {
  /** Path in the new value. */
  readonly path: Path
  /** Path in the old value, which differs by the indexes of members that are not at the same place. */
  readonly oldPath: Path
  /** What follows of the paths that force a replacement. */
  readonly forcing: readonly (readonly (string | number)[])[]
  readonly isForced: boolean
  /** Whether a line at this place notes that it forces a replacement. */
  readonly isRemarked: boolean
  /** The lines of this place; inside of a list, those of its outermost member. */
  readonly block: Block
  readonly isInList: boolean
}

type Sign = '-' | '+'

class Differ {
  readonly #kind: Kind
  readonly #isDestroyed: boolean
  readonly #redact: Redact
  readonly #options: DiffOptions
  readonly #blocks = new Set<Block>()
  readonly #computed: string[] = []

  constructor(kind: Kind, redact: Redact, options: DiffOptions) {
    this.#kind = kind
    this.#isDestroyed = kind === 'delete' || kind === 'forget'
    this.#redact = redact
    this.#options = options
  }

  /** Returns all lines. Blocks with a lower weight come first, otherwise they stay in their natural order. */
  lines(): DiffLine[] {
    const changed = [...this.#blocks].sort((a, b) => a.weight - b.weight).flatMap(block => block.lines)
    const lines = [...changed, ...this.#writeOnlyLines()]
    if (this.#computed.length === 0) return lines
    const text = this.#computed
      .toSorted(inNaturalOrder)
      .map(name => pathText([name], this.#redact))
      .join(', ')
    const prefix = line`# known after apply: `
    const common = { remark: noRemark, attribute: this.#computed[0] ?? '', isShortened: false }
    return [...lines, { prefix, text, weight: weights.computed, ...common }]
  }

  /** Returns a line for each write-only argument: a reviewer sees that a value is sent, and where it comes from. */
  #writeOnlyLines(): DiffLine[] {
    return (this.#options.writeOnly ?? []).map(({ name, sources }) => {
      const from = sources.length === 0 ? '' : ` from ${sources.join(', ')}`
      const text = visible(this.#redact(`${pathText([name], this.#redact)}${from}`))
      const prefix = line`# sent to the provider, in no plan (write-only): `
      return { prefix, text, remark: noRemark, weight: weights.plain, attribute: name, isShortened: false }
    })
  }

  /** Compares the attributes of a resource. What the provider computes is only named, and of `tags_all` what `tags` has not. */
  compareAttributes(before: Part, after: Part, replacePaths: readonly (readonly (string | number)[])[]): void {
    const root: Place = {
      path: [],
      oldPath: [],
      forcing: replacePaths,
      isForced: false,
      isRemarked: this.#kind !== 'create',
      block: newBlock(),
      isInList: false,
    }
    for (const name of this.#keys(before, after)) {
      const place = descend(root, name, name)
      const forces = place.isForced || place.forcing.length > 0
      let [was, will] = [partAt(before, name), partAt(after, name)]
      if (this.#isComputed(name, will) && !forces) {
        this.#computed.push(name)
        continue
      }
      if (name === 'tags_all') {
        const [tagsBefore, tagsAfter] = [partAt(before, 'tags'), partAt(after, 'tags')]
        const repeated = (key: string) =>
          isEqual(partAt(was, key), partAt(tagsBefore, key)) && isEqual(partAt(will, key), partAt(tagsAfter, key))
        ;[was, will] = [without(was, repeated), without(will, repeated)]
      }
      if (!forces && isUnsetCollection(was, will)) continue
      this.#compare(was, will, place)
    }
  }

  #isComputed(name: string, { unknown }: Part): boolean {
    const { configured } = this.#options
    return unknown === true && (configured === undefined ? usuallyComputed.has(name) : !configured.has(name))
  }

  #compare(before: Part, after: Part, place: Place): void {
    if (isSame(before, after)) return
    const [was, will] = [partKind(before), partKind(after)]
    if (will === 'absent') return void this.#addSide('-', before, place)
    if (will === 'unknown') return void this.#addUnknown(before, place)
    if (was === 'absent') return void this.#addSide('+', after, place)
    if (was === 'hidden' && will === 'hidden') return void this.#addHidden(place)
    if (was === 'object' && will === 'object') {
      for (const key of this.#keys(before, after))
        this.#compare(partAt(before, key), partAt(after, key), descend(place, key, key))
      return
    }
    if (was === 'list' && will === 'list') return void this.#compareLists(before, after, place)
    if (typeof before.value === 'string' && typeof after.value === 'string' && was === 'scalar' && will === 'scalar')
      return void this.#compareTexts(before.value, after.value, place)
    this.#addSide('-', before, { ...place, isRemarked: false })
    this.#addSide('+', after, place)
  }

  #addUnknown(before: Part, place: Place): void {
    const path = this.#path(place)
    const old = partKind(before) === 'hidden' ? undefined : this.#inline(before, maxInlineUnits - path.length)
    if (this.#kind === 'create') return void this.#add('+', place, [], path, line` = (known after apply)`)
    if (partKind(before) === 'hidden')
      return void this.#add('!', place, [], path, line` = (sensitive value) → (known after apply)`)
    const isScalar = partKind(before) === 'scalar'
    if (old === undefined || !isScalar) return void this.#add('!', place, [], path, line` = (known after apply)`)
    this.#add('!', place, [before.value], `${path} = ${old}`, line` → (known after apply)`)
  }

  #addHidden(place: Place): void {
    this.#add('!', place, [], this.#path(place), line` = (sensitive value) → (sensitive value)`)
  }

  #compareTexts(before: string, after: string, place: Place): void {
    for (const read of [readJson, this.#options.readYaml]) {
      const [was, will] = [read?.(before), read?.(after)]
      if (was === undefined || will === undefined) continue
      const [a, b] = [documentPart(was), documentPart(will)]
      if (!isSame(a, b)) return void this.#compare(a, b, place)
      if (read !== readJson) continue
      return void this.#add('!', place, [], this.#path(place), otherFormat)
    }
    const [decodedBefore, decodedAfter] = [decodedText(before), decodedText(after)]
    if (decodedBefore === undefined || decodedAfter === undefined || decodedBefore.text === decodedAfter.text)
      return void this.#compareStrings(before, after, place, path => path)
    this.#compareStrings(decodedBefore.text, decodedAfter.text, place, path => `${decodedAfter.by}(${path})`)
  }

  /** Compares texts that are not documents. @param label formats the path of the text */
  #compareStrings(before: string, after: string, place: Place, label: (path: string) => string): void {
    const [shownBefore, shownAfter] = [this.#redact(before), this.#redact(after)]
    const path = label(this.#path(place))
    if (hasLines(before) || hasLines(after)) {
      // The end of the last line is shown only where it differs.
      const end = before.endsWith('\n') && after.endsWith('\n') ? -1 : undefined
      const raw = { before: before.split('\n').slice(0, end), after: after.split('\n').slice(0, end) }
      const shown = { before: shownBefore.split('\n').slice(0, end), after: shownAfter.split('\n').slice(0, end) }
      const isAligned = raw.before.length === shown.before.length && raw.after.length === shown.after.length
      const compared = isAligned ? raw : shown
      const lines = lineDifferences(compared.before, compared.after, shown, path)
      if (lines.length > 0) return void this.#addTexts(place, lines, [])
    }
    if (shownBefore !== shownAfter)
      return void this.#addTexts(
        place,
        windowDifferences(shownBefore, shownAfter, { '-': label(this.#path(place, '-')), '+': path }),
        [before, after],
      )
    const { text, remark } = quoted(shownBefore)
    if (remark === noRemark) return void this.#add('!', place, [before, after], `${path} = ${text} → ${text}`, noRemark)
    this.#add('!', place, [], path, line` = (differs only where a secret is hidden)`)
  }

  #compareLists(before: Part, after: Part, place: Place): void {
    const [was, will] = [membersOf(before), membersOf(after)]
    const isSingle = was.length === 1 && will.length === 1
    const field = keyField(was, will)
    if (field !== undefined && !(isSingle && !isNaming(field))) return void this.#compareByKey(was, will, field, place)
    if (isSingle) return void this.#compare(was[0] ?? absent, will[0] ?? absent, descend(place, 0, 0))
    const [oldTexts, newTexts] = [was.map(part => identity(part)), will.map(part => identity(part))]
    const matches = commonSubsequence(oldTexts, newTexts)
    const gaps = gapsOf(matches, was.length, will.length)
    const moves = movesOf(gaps, oldTexts, newTexts)
    const movedFrom = new Set(moves.map(([from]) => from))
    const movedTo = new Map(moves.map(([from, to]) => [to, from]))
    for (const gap of gaps) {
      const removed = gap.before.filter(index => !movedFrom.has(index))
      const added = gap.after.filter(index => !movedTo.has(index))
      const pairs = pairsOf(removed, added, was, will)
      for (const index of removed) {
        const other = pairs.get(index)
        if (other === undefined) this.#addSide('-', was[index] ?? absent, descend(place, index, index))
        else this.#compareMembers(was[index] ?? absent, will[other] ?? absent, descend(place, index, other))
      }
      const paired = new Set(pairs.values())
      for (const index of gap.after) {
        const from = movedTo.get(index)
        const member = will[index] ?? absent
        if (from !== undefined) this.#addMove(member, descend(place, from, index), line`  # moved from [${from}]`)
        else if (!paired.has(index)) this.#addSide('+', member, descend(place, index, index))
      }
    }
  }

  #compareByKey(was: readonly Part[], will: readonly Part[], field: string, place: Place): void {
    const keys = (parts: readonly Part[]) => parts.map(part => keyOf(part, field))
    const oldKeys = keys(was)
    const places = new Map(keys(will).map((key, index) => [key, index]))
    const matches = oldKeys.flatMap((key, index): Match[] => {
      const other = places.get(key)
      return other === undefined ? [] : [[index, other]]
    })
    const inOrder = new Set(increasing(matches).map(([index]) => index))
    const matched = new Map(matches.map(([from, to]) => [to, from]))
    const kept = new Set(matched.values())
    for (const [index, part] of was.entries())
      if (!kept.has(index)) this.#addSide('-', part, descend(place, index, index))
    for (const [index, part] of will.entries()) {
      const from = matched.get(index)
      if (from === undefined) {
        this.#addSide('+', part, descend(place, index, index))
        continue
      }
      const { value } = partAt(part, field)
      const step: KeyStep = { field, value: value instanceof YamlScalar ? value.source : (value as string | number) }
      const member = descend(place, step, step, [from, index])
      const old = was[from] ?? absent
      if (!inOrder.has(from)) this.#addMove(absent, member, line`  # moved from [${from}] to [${index}]`)
      this.#compare(old, part, member)
    }
  }

  /** Compares two similar members of a list without names. Short ones are shown whole, so that it is clear which they are. */
  #compareMembers(before: Part, after: Part, place: Place): void {
    const room = maxInlineUnits - this.#path(place).length
    const isShort = [before, after].every(part => this.#inline(part, room) !== undefined)
    if (!isShort || typeof before.value === 'string') return void this.#compare(before, after, place)
    this.#flatten('-', before, { ...place, isRemarked: false })
    this.#flatten('+', after, place)
  }

  /**
   * Adds the lines of a value that is on one side only. A head precedes the parts of a long one, because the parts without it would
   * also be those of a value that was there before. A new resource needs no heads.
   */
  #addSide(sign: Sign, part: Part, place: Place): void {
    const path = this.#path(place, sign)
    const { value } = part
    const isStructure =
      ['object', 'list'].includes(partKind(part)) || (typeof value === 'string' && readJson(value) !== undefined)
    const hasTwoSides = this.#kind === 'update' || this.#kind === 'replace'
    if (hasTwoSides && isStructure && this.#inline(part, maxInlineUnits - path.length) === undefined)
      this.#add(sign, place, [], path, sign === '+' ? line`  # added` : line`  # removed`)
    this.#flatten(sign, part, place)
  }

  #addMove(part: Part, place: Place, remark: Line): void {
    const path = this.#path(place)
    const text = partKind(part) === 'absent' ? undefined : this.#inline(part, maxInlineUnits - path.length)
    this.#add('!', place, [], text === undefined ? path : `${path} = ${text}`, remark)
  }

  /** Adds the lines of a value that is on one side only: one line if it is short, else one for each part. */
  #flatten(sign: Sign, part: Part, place: Place): void {
    const path = this.#path(place, sign)
    const kind = partKind(part)
    if (kind === 'absent') return
    if (kind === 'hidden') return void this.#add(sign, place, [], path, line` = (sensitive value)`)
    if (kind === 'unknown') return void this.#add(sign, place, [], path, line` = (known after apply)`)
    const inline = this.#inline(part, maxInlineUnits - path.length)
    if (inline !== undefined) return void this.#add(sign, place, [part.value], `${path} = ${inline}`, noRemark)
    if (kind === 'object') {
      const keys = this.#keys(part, absent).filter(key => partKind(partAt(part, key)) !== 'absent')
      for (const key of keys) this.#flatten(sign, partAt(part, key), descend(place, key, key))
      if (keys.length === 0) this.#add(sign, place, [], `${path} = {}`, noRemark)
      return
    }
    if (kind === 'list') {
      const members = membersOf(part)
      for (const [index, member] of members.entries()) this.#flatten(sign, member, descend(place, index, index))
      if (members.length === 0) this.#add(sign, place, [], `${path} = []`, noRemark)
      return
    }
    const { value } = part
    if (typeof value !== 'string') {
      const text = value instanceof YamlScalar ? value.source : JSON.stringify(value)
      const isShortened = text.length > maxValueUnits
      const shown = `${path} = ${visible(this.#redact(text).slice(0, maxValueUnits).toWellFormed())}`
      const remark = this.#remark(isShortened ? line`… (${text.length} characters)` : noRemark, place)
      return void this.#push(place, [value], { prefix: prefixes[sign], text: shown, remark, isShortened })
    }
    const document = readJson(value)
    if (document !== undefined) return void this.#flatten(sign, documentPart(document), place)
    const decoded = decodedText(value)
    const text = this.#redact(decoded?.text ?? value)
    if (hasLines(text)) {
      const label = decoded === undefined ? path : `${decoded.by}(${path})`
      const lines = text.split('\n')
      const [before, after] = sign === '-' ? [lines, []] : [[], lines]
      return void this.#addTexts(place, lineDifferences(before, after, { before, after }, label), [])
    }
    const shown = quoted(this.#redact(value))
    const remark = this.#remark(shown.remark, place)
    this.#push(place, [value], { ...shown, prefix: prefixes[sign], text: `${path} = ${shown.text}`, remark })
  }

  /** Formats a value in one line of at most `room` UTF-16 units; undefined if that is not possible or hides something. */
  #inline(part: Part, room: number): string | undefined {
    if (room < 2) return undefined
    switch (partKind(part)) {
      case 'scalar':
        return this.#inlineScalar(part.value, room)
      case 'list': {
        const members = membersOf(part)
        if (members.length * 3 > room) return undefined
        return this.#inlineParts(
          members.map(member => ['', member]),
          '[]',
          room,
        )
      }
      case 'object': {
        const keys = this.#keys(part, absent).filter(key => partKind(partAt(part, key)) !== 'absent')
        if (keys.length * 5 > room || keys.some(key => isShortenedPath([key]))) return undefined
        return this.#inlineParts(
          keys.map(key => [`${pathText([key], this.#redact).replace(/^\[(.*)\]$/s, '$1')} = `, partAt(part, key)]),
          '{}',
          room,
        )
      }
      default:
        return undefined
    }
  }

  #inlineParts(parts: readonly (readonly [string, Part])[], [open, close]: string, room: number): string | undefined {
    let left = room - 2
    const texts: string[] = []
    for (const [label, part] of parts) {
      const text = this.#inline(part, left - label.length)
      if (text === undefined) return undefined
      texts.push(`${label}${text}`)
      left -= label.length + text.length + 2
    }
    if (texts.length === 0) return `${open}${close}`
    return open === '{' ? `{ ${texts.join(', ')} }` : `[${texts.join(', ')}]`
  }

  #inlineScalar(value: unknown, room: number): string | undefined {
    if (value instanceof YamlScalar) return fitting(visible(this.#redact(value.source)), room)
    if (typeof value !== 'string') return fitting(visible(this.#redact(JSON.stringify(value))), room)
    if (value.length > room || hasLines(value) || readJson(value) !== undefined) return undefined
    // It is redacted before it is quoted, too, because quoting changes a secret with quotes.
    return fitting(visible(this.#redact(JSON.stringify(this.#redact(value)))), room)
  }

  /** Orders the keys of both sides: what decides first, scalars before structures, the rest in natural order. */
  #keys(before: Part, after: Part): string[] {
    const names = new Set([...keysOf(before), ...keysOf(after)])
    return [...names]
      .map(key => ({ key, rank: keyRank(key, partAt(before, key), partAt(after, key)) }))
      .sort((a, b) => a.rank - b.rank || inNaturalOrder(a.key, b.key))
      .map(({ key }) => key)
  }

  #path({ path, oldPath }: Place, sign: Sign = '+'): string {
    return pathText(sign === '-' ? oldPath : path, this.#redact) || 'value'
  }

  #remark(remark: Line, { isForced, isRemarked }: Place): Line {
    return isForced && isRemarked ? line`${remark}  # forces replacement` : remark
  }

  #add(sign: Sign | '!', place: Place, values: readonly unknown[], text: string, remark: Line): void {
    this.#push(place, values, { prefix: prefixes[sign], text, remark: this.#remark(remark, place), isShortened: false })
  }

  #addTexts(place: Place, lines: readonly TextLine[], values: readonly unknown[]): void {
    // The remark is at the head of lines, or at the new one of two values.
    const remarked = lines[0]?.prefix === prefixes['-'] && lines.length > 1 ? 1 : 0
    for (const [index, each] of lines.entries())
      this.#push(place, values, index === remarked ? { ...each, remark: this.#remark(each.remark, place) } : each)
  }

  #push(place: Place, values: readonly unknown[], { isContext = false, ...text }: TextLine): void {
    const { path, isForced, block } = place
    const ofPath = isForced ? weights.forcing : weightOf(path, values)
    // The settings of what is destroyed decide nothing.
    const weight = this.#isDestroyed && ofPath === weights.plain ? weights.listed : ofPath
    this.#blocks.add(block)
    block.weight = Math.min(block.weight, weight) as Weight
    block.lines.push({
      ...text,
      weight: isContext ? weights.context : weight,
      attribute: String(path[0] ?? ''),
      isShortened: text.isShortened || isShortenedPath(path),
    })
  }
}

function newBlock(): Block {
  return { weight: weights.computed, lines: [] }
}

/** Returns the place of a part. @param indexes the old and the new index of a member, if the steps are not these */
function descend(place: Place, oldStep: Step, newStep: Step, indexes: readonly Step[] = [oldStep, newStep]): Place {
  const forcing = place.forcing
    .filter(([step]) => step !== undefined && indexes.includes(step))
    .map(path => path.slice(1))
  const isMember = typeof newStep !== 'string'
  return {
    path: [...place.path, newStep],
    oldPath: [...place.oldPath, oldStep],
    forcing,
    isForced: place.isForced || forcing.some(path => path.length === 0),
    isRemarked: place.isRemarked,
    block: place.isInList ? place.block : newBlock(),
    isInList: place.isInList || isMember,
  }
}

function keyRank(key: string, before: Part, after: Part): number {
  if (isNaming(key)) return -1
  const rank = Math.min(rankOf(key, before.value), rankOf(key, after.value))
  const isStructure = [before, after].some(part => typeof part.value === 'object' && part.value !== null)
  return rank * 2 + (isStructure ? 1 : 0)
}

/** Removes keys from an object. */
function without(part: Part, isDropped: (key: string) => boolean): Part {
  if (partKind(part) !== 'object') return part
  const kept = keysOf(part).filter(key => !isDropped(key))
  const pick = (shape: unknown) =>
    typeof shape === 'object' && shape !== null
      ? Object.fromEntries(kept.filter(key => Object.hasOwn(shape, key)).map(key => [key, Reflect.get(shape, key)]))
      : shape
  return { ...part, value: pick(part.value), unknown: pick(part.unknown) }
}

/** Whether two parts have the same value, or both are unknown. */
function isEqual(a: Part, b: Part): boolean {
  return identity(a, () => 'unknown') === identity(b, () => 'unknown')
}

/** Whether a list or object is empty on one side and not set on the other, which is the same for providers. */
function isUnsetCollection(before: Part, after: Part): boolean {
  const [was, will] = [partKind(before), partKind(after)]
  const [kind, part] = was === 'absent' ? [will, after] : [was, before]
  return (was === 'absent' || will === 'absent') && (kind === 'list' || kind === 'object') && isEmpty(part)
}

function fitting(text: string, room: number): string | undefined {
  return text.length <= room ? text : undefined
}
