/** Which members of two lists belong together. Pure. */
import { type Match, sameOccurrences } from './align.ts'
import { absent, isEmpty, isSame, keysOf, type Part, partAt, partKind, YamlScalar } from './part.ts'
import { naming } from './path.ts'
import { hasLines } from './text.ts'

/** The most pairs of unnamed members that are compared to find similar ones. */
const maxComparedPairs = 400

/** Members of two lists that have no equal, between two that have one, by their indexes. */
export interface Gap {
  readonly before: readonly number[]
  readonly after: readonly number[]
}

export function gapsOf(matches: readonly Match[], beforeLength: number, afterLength: number): Gap[] {
  const gaps: Gap[] = []
  let [b, a] = [0, 0]
  for (const [nextB, nextA] of [...matches, [beforeLength, afterLength] as const]) {
    if (nextB > b || nextA > a) gaps.push({ before: indexes(b, nextB), after: indexes(a, nextA) })
    b = nextB + 1
    a = nextA + 1
  }
  return gaps
}

function indexes(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/** Returns the members that are at another place than before. */
export function movesOf(gaps: readonly Gap[], before: readonly string[], after: readonly string[]): Match[] {
  const [removed, added] = [gaps.flatMap(gap => gap.before), gaps.flatMap(gap => gap.after)]
  const texts = (places: readonly number[], of: readonly string[]) => places.map(place => of[place] ?? '')
  return sameOccurrences(texts(removed, before), texts(added, after)).map(([from, to]): Match => {
    return [removed[from] ?? 0, added[to] ?? 0]
  })
}

/** Pairs members in one gap that are versions of each other: similar objects, or longer texts at the same place. */
export function pairsOf(
  removed: readonly number[],
  added: readonly number[],
  before: readonly Part[],
  after: readonly Part[],
): Map<number, number> {
  const pairs = new Map<number, number>()
  if (removed.length * added.length > maxComparedPairs) return pairs
  let next = 0
  for (const [nth, index] of removed.entries()) {
    const old = before[index] ?? absent
    const found = added.findIndex((other, place) => {
      const part = after[other] ?? absent
      if (place < next) return false
      if (partKind(old) === 'object' && partKind(part) === 'object') return isSimilar(old, part)
      const isSamePlace = place === nth && other === index && removed.length === added.length
      return isSamePlace && isLongText(old) && isLongText(part)
    })
    if (found === -1) continue
    pairs.set(index, added[found] ?? 0)
    next = found + 1
  }
  return pairs
}

/** Whether at least half of the attributes that are set are equal. */
function isSimilar(before: Part, after: Part): boolean {
  const keys = [...new Set([...keysOf(before), ...keysOf(after)])].filter(key => {
    return !isEmpty(partAt(before, key)) || !isEmpty(partAt(after, key))
  })
  const same = keys.filter(key => isSame(partAt(before, key), partAt(after, key))).length
  return same * 2 >= keys.length
}

function isLongText(part: Part): boolean {
  return (
    partKind(part) === 'scalar' && typeof part.value === 'string' && (part.value.length > 120 || hasLines(part.value))
  )
}

/**
 * Returns the field that names the members of two lists of objects: it is set and unique in each list, and some members of both
 * have the same. The usual names come first; of other fields the one with the most members in common.
 */
export function keyField(before: readonly Part[], after: readonly Part[]): string | undefined {
  const [first] = before
  if (first === undefined || after.length === 0) return undefined
  if (![...before, ...after].every(part => partKind(part) === 'object')) return undefined
  const shared = (field: string) => {
    const [old, now] = [new Set(before.map(part => keyOf(part, field))), new Set(after.map(part => keyOf(part, field)))]
    if (old.size < before.length || now.size < after.length || old.has(undefined) || now.has(undefined)) return 0
    return [...old].filter(key => now.has(key)).length
  }
  const usual = naming.find(field => shared(field) > 0)
  if (usual !== undefined) return usual
  const needed = Math.min(before.length, after.length) / 2
  const best = keysOf(first)
    .map(field => ({ field, count: shared(field) }))
    .filter(({ count }) => count >= needed && count > 0)
  return best.sort((a, b) => b.count - a.count)[0]?.field
}

/** Returns the value of a field by which a member can be found; undefined for anything else. */
export function keyOf(part: Part, field: string): string | undefined {
  const key = partAt(part, field)
  if (partKind(key) !== 'scalar') return undefined
  const { value } = key
  if (value instanceof YamlScalar) return `yaml ${value.source}`
  return typeof value === 'number' || (typeof value === 'string' && value !== '' && value.length <= 100)
    ? JSON.stringify(value)
    : undefined
}
