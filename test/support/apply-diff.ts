/**
 * Applies the shown lines of a diff to the old value. It reads nothing but the text of the lines, as a reviewer does: what it
 * returns is what a reviewer would take for the new value. Sensitive, unknown and shortened values have no such text.
 */
import { naming } from '../../src/terraform/diff/path.ts'

type Key = string | number | { readonly field: string; readonly value: string | number }

interface Operation {
  readonly sign: '-' | '+' | '!'
  readonly path: readonly Key[]
  readonly what:
    | { readonly kind: 'value'; readonly value: unknown }
    | { readonly kind: 'member' }
    | { readonly kind: 'move'; readonly from: number; readonly to: number | undefined }
    | { readonly kind: 'window'; readonly start: number; readonly old: string; readonly text: string }
    | { readonly kind: 'hunk'; readonly start: number; readonly old: number; readonly lines: readonly string[] }
}

/** Null as a value of a document or a list, which is not the same as an attribute that is not set. */
const nullValue = '\u0000null'

/** The value with documents for the texts that hold one, without attributes that are not set or empty. */
export function comparable(value: unknown, isDocument = false): unknown {
  if (typeof value === 'string') {
    const document = documentOf(value)
    if (document === undefined) return value
    const shown = comparable(document, true)
    sources.set(shown as object, value)
    return shown
  }
  if (value === null) return nullValue
  if (Array.isArray(value)) return value.map(each => comparable(each, isDocument))
  if (typeof value !== 'object') return value
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined && (isDocument || part !== null))
    .map(([key, part]) => [key, comparable(part, isDocument)] as const)
    .filter(([, part]) => typeof part !== 'object' || part === null || Object.keys(part).length > 0)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The texts of documents, which differences of texts refer to. */
const sources = new WeakMap<object, string>()

function documentOf(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** The new value that the lines say. @param before the old value, as `comparable` returns it */
export function applyDiff(before: unknown, lines: readonly string[]): unknown {
  return comparable(apply(before, readOperations(lines)), true)
}

function readOperations(lines: readonly string[]): Operation[] {
  const operations: Operation[] = []
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index] ?? ''
    const hunk = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@ (.*)$/s.exec(text)
    if (hunk !== null) {
      const body: string[] = []
      while (/^[-+ ] \| /.test(lines[index + 1] ?? '')) body.push(lines[++index] ?? '')
      const [start, old, added] = [Number(hunk[1]), Number(hunk[2]), Number(hunk[4])]
      const kept = body.filter(each => !each.startsWith('-')).map(each => each.slice(4))
      const what = { kind: 'hunk', start: old === 0 ? start : start - 1, old, lines: kept } as const
      operations.push({ sign: added === 0 ? '-' : '+', path: new Reader(hunk[5] ?? '').path(), what })
      continue
    }
    const sign = text[0] as Operation['sign']
    const reader = new Reader(text.slice(2))
    const path = reader.path()
    const rest = reader.rest()
    const window = /# from character (\d+) of/.exec(rest)
    const move = /# moved from \[(\d+)\](?: to \[(\d+)\])?$/.exec(rest)
    if (window !== null) {
      if (sign === '-') continue
      const previous = new Reader((lines[index - 1] ?? '').slice(2))
      previous.path()
      const start = Number(/# from character (\d+) of/.exec(lines[index - 1] ?? '')?.[1]) - 1
      operations.push({ sign, path, what: { kind: 'window', start, old: previous.quoted(), text: reader.quoted() } })
    } else if (move !== null) {
      const to = move[2] === undefined ? undefined : Number(move[2])
      operations.push({ sign, path, what: { kind: 'move', from: Number(move[1]), to } })
    } else if (/^ {2}# (added|removed)$/.test(rest)) operations.push({ sign, path, what: { kind: 'member' } })
    else if (sign === '-' || sign === '+') {
      const value = comparable(reader.value(), true)
      operations.push({ sign, path, what: { kind: 'value', value } })
    }
  }
  return operations
}

const inner = (operations: readonly Operation[]) =>
  operations.map(operation => ({ ...operation, path: operation.path.slice(1) }))

function apply(value: unknown, operations: readonly Operation[]): unknown {
  if (operations.length === 0) return value
  const here = operations.filter(({ path }) => path.length === 0)
  if (here.length > 0) return applyHere(value, operations, here)
  const added = operations.filter(({ sign }) => sign !== '-')
  const isList = Array.isArray(value) || (typeof value !== 'object' && typeof operations[0]?.path[0] !== 'string')
  const isOther =
    typeof value === 'object' &&
    added.some(
      ({ path: [step] }) => (typeof step === 'string') === isList && !(isList && nameIn(value as unknown[], step)),
    )
  if (isOther) return apply(undefined, added)
  return isList ? applyToList(Array.isArray(value) ? value : undefined, operations) : applyToObject(value, operations)
}

function applyHere(value: unknown, operations: readonly Operation[], here: readonly Operation[]): unknown {
  const set = here.findLast(({ sign, what }) => sign === '+' && what.kind === 'value')
  if (set?.what.kind === 'value') return set.what.value
  const added = operations.filter(({ sign, path }) => sign === '+' && path.length > 0)
  if (added.length > 0) return apply(undefined, added)
  const source = textOf(value)
  let isText = false
  const windows = here.filter(({ what }) => what.kind === 'window').reverse()
  // An empty document is the same as an attribute that is not set.
  const [first] = windows
  let text = String(source ?? (first?.what.kind === 'window' ? first.what.old : ''))
  for (const { what } of windows) {
    if (what.kind !== 'window') continue
    isText = true
    if (!text.startsWith(what.old, what.start)) throw new Error(`The old text has no ${what.old} at ${what.start}.`)
    text = text.slice(0, what.start) + what.text + text.slice(what.start + what.old.length)
  }
  const hunks = here.filter(({ what }) => what.kind === 'hunk').reverse()
  for (const { what } of hunks) {
    if (what.kind !== 'hunk') continue
    isText = true
    const lines = what.old === 0 ? [] : text.split('\n')
    lines.splice(what.start, what.old, ...what.lines)
    if (lines.length === 0) return undefined
    text = lines.join('\n')
  }
  if (isText) return text
  return undefined
}

function applyToObject(value: unknown, operations: readonly Operation[]): unknown {
  const result = { ...(value as Record<string, unknown> | undefined) }
  for (const [key, some] of Map.groupBy(operations, ({ path: [step] }) => String(step))) {
    const part = apply(Object.hasOwn(result, key) ? result[key] : undefined, inner(some))
    if (part === undefined) delete result[key]
    else Object.defineProperty(result, key, { value: part, enumerable: true, configurable: true, writable: true })
  }
  return result
}

/** The text of a document, or any other value as it is. */
function textOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? sources.get(value) : value
}

/** The index of the member that a step names; -1 if there is none. */
function memberAt(list: readonly unknown[], step: Key | undefined): number {
  const fields = typeof step === 'object' ? [step.field] : naming
  const value = typeof step === 'object' ? step.value : step
  for (const field of fields) {
    const index = list.findIndex(
      member => typeof member === 'object' && member !== null && textOf(Reflect.get(member, field)) === value,
    )
    if (index !== -1) return index
  }
  return -1
}

function nameIn(list: readonly unknown[], step: Key | undefined): boolean {
  return memberAt(list, step) !== -1
}

function applyToList(list: readonly unknown[] | undefined, operations: readonly Operation[]): unknown[] {
  const old = list ?? []
  const index = ({ path: [step] }: Operation) => (typeof step === 'number' ? step : -1)
  const isMoveHere = ({ path, what }: Operation) => what.kind === 'move' && path.length === 1
  const byKey = operations.filter(({ path: [step] }) => typeof step !== 'number')
  const whole = operations.filter(({ path, what }) => {
    if (path.length !== 1 || typeof path[0] !== 'number') return false
    if (what.kind === 'hunk') return what.old === 0 || what.lines.length === 0
    return what.kind === 'value' || what.kind === 'member'
  })
  const removed = new Set(whole.filter(({ sign }) => sign === '-').map(index))
  const addedTo = new Set(whole.filter(({ sign }) => sign === '+').map(index))
  if (list === undefined) for (const operation of operations) addedTo.add(index(operation))
  const moves = operations.flatMap(operation => {
    const { what, path } = operation
    if (what.kind !== 'move' || path.length !== 1) return []
    return [[what.from, what.to ?? index(operation)] as const]
  })
  const movedFrom = new Map(moves)
  const movedTo = new Set(moves.map(([, to]) => to))
  const kept = [...old.keys()].filter(place => !removed.has(place) && !movedFrom.has(place))
  const length = kept.length + addedTo.size + moves.length
  const free = Array.from({ length }, (_, place) => place).filter(place => !addedTo.has(place) && !movedTo.has(place))
  const target = new Map([...kept.map((place, nth) => [place, free[nth] ?? -1] as const), ...moves])
  const result: unknown[] = Array.from({ length })
  for (const [from, to] of target) {
    const named = byKey.filter(each => memberAt(old, each.path[0]) === from && !isMoveHere(each))
    const nested = operations.filter(operation => {
      const place = operation.sign === '-' ? from : to
      return index(operation) === place && !isMoveHere(operation) && !whole.includes(operation)
    })
    result[to] = apply(old[from], inner([...named, ...nested]))
  }
  for (const to of addedTo) {
    const some = operations.filter(
      operation => operation.sign === '+' && index(operation) === to && operation.what.kind !== 'member',
    )
    result[to] = apply(undefined, inner(some))
  }
  return result
}

/** Reads the paths and the values of a line. */
class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  path(): Key[] {
    const path: Key[] = []
    for (;;) {
      const name = this.#take(path.length === 0 ? /[A-Za-z_][\w-]*/y : /\.([A-Za-z_][\w-]*)/y)
      if (name !== undefined) path.push(name)
      else if (this.#take(/\[/y) !== undefined) path.push(this.#step())
      else return path
    }
  }

  #step(): Key {
    const index = this.#take(/(\d+)\]/y)
    if (index !== undefined) return Number(index)
    const field = this.#take(/([A-Za-z_][\w-]*) = /y)
    const value = this.value() as string
    this.#take(/\]/y)
    return field === undefined ? value : { field, value }
  }

  rest(): string {
    return this.#text.slice(this.#at)
  }

  /** A quoted text between ellipses. */
  quoted(): string {
    this.#take(/ = …?/y)
    return this.value() as string
  }

  value(): unknown {
    this.#take(/ = /y)
    if (this.#take(/\{ ?/y) !== undefined) {
      const entries: [string, unknown][] = []
      while (this.#take(/ ?\}/y) === undefined) {
        this.#take(/, /y)
        const key = this.#take(/([A-Za-z_][\w-]*)(?= = )/y) ?? (this.value() as string)
        entries.push([key, this.value()])
      }
      return Object.fromEntries(entries)
    }
    if (this.#take(/\[/y) !== undefined) {
      const items: unknown[] = []
      while (this.#take(/\]/y) === undefined) {
        this.#take(/, /y)
        items.push(this.value())
      }
      return items
    }
    const scalar = this.#take(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y)
    if (scalar === undefined) throw new Error(`No value at ${this.#at} of: ${this.#text}`)
    return JSON.parse(
      scalar.replace(/\\u\{([\da-f]+)\}/g, (_, code: string) =>
        JSON.stringify(String.fromCodePoint(Number.parseInt(code, 16))).slice(1, -1),
      ),
    )
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found === null) return undefined
    this.#at = pattern.lastIndex
    return found[1] ?? found[0]
  }
}
