/**
 * The difference of two texts: lines with context for text of several lines, a window around each difference for a long line.
 * The texts are free of secrets, because half a secret is not found any more. Pure.
 */
import { type Line, line } from '../../log.ts'
import { visible } from '../../text.ts'
import { commonSubsequence } from './align.ts'
import { type DiffLine, noRemark, prefixes } from './line.ts'

/** A line of a text's difference. A line of context is equal on both sides. */
export type TextLine = Pick<DiffLine, 'prefix' | 'text' | 'remark' | 'isShortened'> & { readonly isContext?: boolean }

/** UTF-16 units of the longest value and of the longest line of a text that are shown whole. */
export const maxValueUnits = 400

/** UTF-16 units of the longest pair of values that is shown without windows. */
const maxPairUnits = 120

/** Lines of context before and after a difference. */
const contextLines = 3

/** UTF-16 units of context, of the gap that joins two differences, and of the longest difference in a window. */
const contextUnits = 30
const maxGapUnits = 40
const maxWindowUnits = 240

/** Windows of one value; further differences are counted. */
const maxWindows = 3

/** Quotes a scalar of at most `maxValueUnits` UTF-16 units; a longer one is cut, and its length is in the remark. */
export function quoted(text: string): Pick<TextLine, 'text' | 'remark' | 'isShortened'> {
  if (text.length <= maxValueUnits) return { text: visible(JSON.stringify(text)), remark: noRemark, isShortened: false }
  const start = visible(JSON.stringify(text.slice(0, maxValueUnits).toWellFormed()))
  return { text: start, remark: line`… (${text.length} characters)`, isShortened: true }
}

/** Whether a text has more than one line. */
export function hasLines(text: string): boolean {
  const end = text.indexOf('\n')
  return end !== -1 && end < text.length - 1
}

/**
 * Compares texts line by line, with three lines of context.
 * @param shown the lines that are shown in the place of the compared ones, without secrets
 * @param label the path of the text, for the heads of its parts
 */
export function lineDifferences(
  before: readonly string[],
  after: readonly string[],
  shown: { readonly before: readonly string[]; readonly after: readonly string[] },
  label: string,
): TextLine[] {
  const parts = partsOf(commonSubsequence(before, after), before.length, after.length)
  return parts.flatMap(({ from, to, toFrom, toTo, changes }) => {
    const head = line`@@ -${from + (to > from ? 1 : 0)},${to - from} +${toFrom + (toTo > toFrom ? 1 : 0)},${toTo - toFrom} @@ `
    const lines: TextLine[] = [{ prefix: head, text: label, remark: noRemark, isShortened: false, isContext: true }]
    let b = from
    for (const change of changes) {
      lines.push(...shown.before.slice(b, change.from).map(contextLine))
      lines.push(
        ...changedLines(shown.before.slice(change.from, change.to), shown.after.slice(change.toFrom, change.toTo)),
      )
      b = change.to
    }
    return [...lines, ...shown.before.slice(b, to).map(contextLine)]
  })
}

/** Lines that differ: `from` to `to` of the old text, `toFrom` to `toTo` of the new one. The ends are exclusive. */
interface Range {
  readonly from: number
  readonly to: number
  readonly toFrom: number
  readonly toTo: number
}

/** Joins differences whose contexts touch, and adds the context. */
function partsOf(
  matches: readonly (readonly [number, number])[],
  beforeLength: number,
  afterLength: number,
): (Range & { changes: Range[] })[] {
  const changes: Range[] = []
  let [b, a] = [0, 0]
  for (const [nextB, nextA] of [...matches, [beforeLength, afterLength] as const]) {
    if (nextB > b || nextA > a) changes.push({ from: b, to: nextB, toFrom: a, toTo: nextA })
    b = nextB + 1
    a = nextA + 1
  }
  const groups: Range[][] = []
  for (const change of changes) {
    const last = groups.at(-1)
    if (last !== undefined && change.from - (last.at(-1)?.to ?? 0) <= 2 * contextLines) last.push(change)
    else groups.push([change])
  }
  return groups.map(group => {
    const [first, last] = [group[0] as Range, group.at(-1) as Range]
    const lead = Math.min(contextLines, first.from)
    const trail = Math.min(contextLines, beforeLength - last.to)
    return {
      from: first.from - lead,
      to: last.to + trail,
      toFrom: first.toFrom - lead,
      toTo: last.toTo + trail,
      changes: group,
    }
  })
}

function contextLine(text: string): TextLine {
  return { ...shortLine(prefixes[' |'], text), isShortened: false, isContext: true }
}

/** Shows old and new lines. A pair of long ones is cut around its first difference. */
function changedLines(before: readonly string[], after: readonly string[]): TextLine[] {
  const pairs = before.map((text, index) => {
    const other = after[index]
    const isLong = Math.max(text.length, other?.length ?? 0) > maxValueUnits
    return other !== undefined && isLong ? windowsOf(text, other).windows[0] : undefined
  })
  const show = (prefix: Line, text: string, part: string | undefined): TextLine =>
    part === undefined ? shortLine(prefix, text) : { prefix, text: part, remark: noRemark, isShortened: true }
  return [
    ...before.map((text, index) => show(prefixes['- |'], text, pairs[index]?.before.text)),
    ...after.map((text, index) => show(prefixes['+ |'], text, pairs[index]?.after.text)),
  ]
}

function shortLine(prefix: Line, text: string): TextLine {
  // A return at the end of a line is the difference between the line ends of two systems, and it is visible.
  const shown = visible(text.slice(0, maxValueUnits).toWellFormed().replaceAll('\r', '\\r'))
  if (text.length <= maxValueUnits) return { prefix, text: shown, remark: noRemark, isShortened: false }
  return { prefix, text: shown, remark: line`… (${text.length} characters)`, isShortened: true }
}

/** One side of a window: quoted text between ellipses, and the place of its first character. */
interface Side {
  readonly text: string
  readonly start: number
  readonly isShortened: boolean
}

interface Windows {
  readonly windows: readonly { readonly before: Side; readonly after: Side }[]
  /** Number of differences without a window. */
  readonly more: number
}

/**
 * Compares two texts of one line. Long ones are shown as windows around their first differences.
 * @param paths the paths of the old and the new text, already formatted
 */
export function windowDifferences(
  before: string,
  after: string,
  paths: { readonly '-': string; readonly '+': string },
): TextLine[] {
  if (Math.max(before.length, after.length) <= maxPairUnits) {
    return (['-', '+'] as const).map(sign => {
      const { text, remark, isShortened } = quoted(sign === '-' ? before : after)
      return { prefix: prefixes[sign], text: `${paths[sign]} = ${text}`, remark, isShortened }
    })
  }
  const { windows, more } = windowsOf(before, after)
  const lines = windows.flatMap(window =>
    (['-', '+'] as const).map((sign): TextLine => {
      const { text, start, isShortened } = sign === '-' ? window.before : window.after
      const length = sign === '-' ? before.length : after.length
      const remark = line`  # from character ${start + 1} of ${length}`
      return { prefix: prefixes[sign], text: `${paths[sign]} = ${text}`, remark, isShortened }
    }),
  )
  if (more === 0) return lines
  const rest = more === 1 ? line`1 more difference in ` : line`${more} more differences in `
  return [...lines, { prefix: line`# ${rest}`, text: paths['+'], remark: noRemark, isShortened: true }]
}

function windowsOf(before: string, after: string): Windows {
  const ranges = differingRanges(before, after)
  const windows = ranges.slice(0, maxWindows).map(({ from, to, toFrom, toTo }) => ({
    before: sideOf(before, from, to),
    after: sideOf(after, toFrom, toTo),
  }))
  return { windows, more: ranges.length - windows.length }
}

function sideOf(text: string, from: number, to: number): Side {
  const isLong = to - from > maxWindowUnits
  const start = Math.max(0, from - contextUnits)
  const end = isLong ? from + maxWindowUnits : Math.min(text.length, to + contextUnits)
  const part = visible(JSON.stringify(text.slice(start, end).toWellFormed()))
  return { text: `${start > 0 ? '…' : ''}${part}${end < text.length ? '…' : ''}`, start, isShortened: isLong }
}

/** Words, single marks, and runs of white space: what a person compares. */
const words = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu

/** UTF-16 units of the longest difference that is searched for smaller ones. */
const maxSearchedUnits = 20_000

/** Returns the ranges of characters that differ, in order, and joins those with a small gap between them. */
function differingRanges(before: string, after: string): Range[] {
  let from = 0
  while (from < before.length && from < after.length && before[from] === after[from]) from++
  let [to, toTo] = [before.length, after.length]
  while (to > from && toTo > from && before[to - 1] === after[toTo - 1]) {
    to--
    toTo--
  }
  if (Math.max(to, toTo) - from <= maxGapUnits || Math.max(to, toTo) - from > maxSearchedUnits)
    return [{ from, to, toFrom: from, toTo }]
  const oldWords = before.slice(from, to).match(words) ?? []
  const newWords = after.slice(from, toTo).match(words) ?? []
  const ranges: Range[] = []
  let [b, a, wordB, wordA] = [from, from, 0, 0]
  for (const [nextB, nextA] of [
    ...commonSubsequence(oldWords, newWords),
    [oldWords.length, newWords.length] as const,
  ]) {
    const removed = oldWords.slice(wordB, nextB).join('').length
    const added = newWords.slice(wordA, nextA).join('').length
    if (removed + added > 0) addRange(ranges, { from: b, to: b + removed, toFrom: a, toTo: a + added })
    const kept = oldWords[nextB]?.length ?? 0
    b += removed + kept
    a += added + kept
    wordB = nextB + 1
    wordA = nextA + 1
  }
  return ranges
}

function addRange(ranges: Range[], range: Range): void {
  const last = ranges.at(-1)
  if (last !== undefined && range.from - last.to <= maxGapUnits)
    ranges[ranges.length - 1] = { ...last, to: range.to, toTo: range.toTo }
  else ranges.push(range)
}
