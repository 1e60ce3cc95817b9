/** Which members of two lists are the same. Pure, and never quadratic in the length of the lists. */
import { diffArrays } from 'diff'

/** Members at these places of the two lists are the same. */
export type Match = readonly [before: number, after: number]

/** The longest edit for which the shortest one is searched, because its cost grows with the square of this number. */
const maxEdits = 100

/**
 * Returns a common subsequence of two lists of texts, in order. It is the longest one. If the lists differ in more than
 * `maxEdits` places, it is the longest one in which the n-th of equal members matches the n-th.
 */
export function commonSubsequence(before: readonly string[], after: readonly string[]): Match[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let [endBefore, endAfter] = [before.length, after.length]
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--
    endAfter--
  }
  const middle = alignMiddle(before.slice(start, endBefore), after.slice(start, endAfter))
  return [
    ...Array.from({ length: start }, (_, index): Match => [index, index]),
    ...middle.map(([b, a]): Match => [b + start, a + start]),
    ...Array.from({ length: before.length - endBefore }, (_, index): Match => [endBefore + index, endAfter + index]),
  ]
}

function alignMiddle(before: string[], after: string[]): Match[] {
  if (before.length === 0 || after.length === 0) return []
  const edits = diffArrays(before, after, { maxEditLength: maxEdits })
  if (edits === undefined) return increasing(sameOccurrences(before, after))
  const matches: Match[] = []
  let [b, a] = [0, 0]
  for (const { added, removed, count } of edits) {
    if (!added && !removed) for (let index = 0; index < count; index++) matches.push([b + index, a + index])
    if (!added) b += count
    if (!removed) a += count
  }
  return matches
}

/** Matches the n-th of equal members of one list with the n-th of the other, in the order of the first list. */
export function sameOccurrences(before: readonly string[], after: readonly string[]): Match[] {
  const places = new Map<string, number[]>()
  for (const [index, text] of after.entries()) {
    const known = places.get(text)
    if (known === undefined) places.set(text, [index])
    else known.push(index)
  }
  const used = new Map<string, number>()
  return before.flatMap((text, index): Match[] => {
    const nth = used.get(text) ?? 0
    used.set(text, nth + 1)
    const place = places.get(text)?.[nth]
    return place === undefined ? [] : [[index, place]]
  })
}

/** Returns the longest part of the matches whose places in both lists increase (patience sorting). */
export function increasing(matches: readonly Match[]): Match[] {
  // tails[n] is the match with the smallest place that ends an increasing chain of n + 1 matches.
  const tails: number[] = []
  const previous: number[] = []
  for (const [index, [, place]] of matches.entries()) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const mid = (low + high) >> 1
      if ((matches[tails[mid] ?? 0]?.[1] ?? 0) < place) low = mid + 1
      else high = mid
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1)
    tails[low] = index
  }
  const chain: Match[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) chain.push(matches[index] as Match)
  return chain.reverse()
}
