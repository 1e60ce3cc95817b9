/**
 * Renders the diff of one resource within its limits. Lines that decide are not omitted while others are shown, and a sentence
 * after the block names what is omitted and where it is.
 */
import type { DiffLine } from '../terraform/diff/line.ts'
import { weights } from '../terraform/diff/line.ts'
import { count } from '../words.ts'
import { code, fence, knownLink, Markdown, md, type Plain, plain } from './markdown.ts'

/** Bytes of the longest plan that a summary holds with everything before it. */
const maxSummaryPlanBytes = 900_000

/** Limits of the diff of one resource, so that a long one does not displace all others. */
const maxLines = 120
const maxUnits = 8_000

/** UTF-16 units of the lines that decide, which have more room. */
const maxDecidingUnits = 20_000

/** UTF-16 units of the longest line. */
const maxUnitsPerLine = 1_000

/** Attributes that the sentence about omitted lines names. */
const maxNamed = 6

/** How much of a resource is shown: all lines that fit, or only those that decide. */
export type Detail = 'whole' | 'deciding'

/**
 * Renders the lines of one resource as a `diff` block, with a sentence about what is omitted.
 * @param wholePlan names the place of the whole plan
 */
export function resourceDiff(lines: readonly DiffLine[], wholePlan: Markdown, detail: Detail = 'whole'): Markdown {
  if (lines.length === 0) return md`No attribute changes.`
  const shown = selectLines(lines, detail)
  const omitted = lines.filter((_, index) => !shown.has(index))
  const texts = [...shown].sort(([a], [b]) => a - b).map(([, text]) => text)
  const block = texts.length === 0 ? md`` : fence(texts, 'diff')
  const shortened = lines.filter((line, index) => shown.has(index) && line.isShortened).length
  return Markdown.join([block, omissionLine(omitted, shortened, wholePlan)], '\n\n')
}

/** Returns the lines of one resource for a block of several, with one more line about what is omitted. */
export function resourceLines(lines: readonly DiffLine[]): Plain[] {
  const shown = selectLines(lines, 'whole')
  const omitted = lines.filter((_, index) => !shown.has(index))
  const texts = [...shown].sort(([a], [b]) => a - b).map(([, text]) => text)
  if (omitted.length === 0) return texts
  const names = [...new Set(omitted.map(({ attribute }) => attribute))].slice(0, maxNamed).join(', ')
  return [...texts, plain`# … ${count(omitted.length, 'more line')} of ${plain`${names}`.shorten(200).oneLine}`]
}

/** Renders a line. What precedes and follows its text is ours; the path and the values are foreign. */
export function diffLine({ prefix, text, remark }: DiffLine): Plain {
  const shown = plain`${prefix}${text}${remark}`
  if (shown.length <= maxUnitsPerLine) return shown
  return plain`${prefix}${plain`${text}`.shorten(maxUnitsPerLine - 200)}${remark}`
}

/** Returns the link to the whole plan in the summary, or the name of its file if a summary cannot hold it. */
export function wholePlanLink(text: string, runUrl: string): Markdown {
  return Buffer.byteLength(text) <= maxSummaryPlanBytes
    ? md`${knownLink(md`whole plan`, runUrl)} in the summary of the run`
    : md`whole plan in the file plan.txt (output plan-file), because it is too long for the ${knownLink(md`summary`, runUrl)}`
}

/** Selects lines by their weight, and returns their texts by their index. */
function selectLines(lines: readonly DiffLine[], detail: Detail): Map<number, Plain> {
  const shown = new Map<number, Plain>()
  let units = 0
  for (const weight of Object.values(weights)) {
    const isDeciding = weight <= weights.plain
    if (!isDeciding && detail === 'deciding') break
    for (const [index, line] of lines.entries()) {
      if (line.weight !== weight) continue
      const isFull = isDeciding ? units > maxDecidingUnits : units > maxUnits || shown.size >= maxLines
      if (isFull) return shown
      const text = diffLine(line)
      units += text.length + 1
      shown.set(index, text)
    }
  }
  return shown
}

/** Renders the sentence about omitted lines, by attribute, and about shortened values; empty without any. */
function omissionLine(omitted: readonly DiffLine[], shortened: number, wholePlan: Markdown): Markdown {
  if (omitted.length === 0 && shortened === 0) return md``
  const byAttribute = [...Map.groupBy(omitted, ({ attribute }) => attribute)].sort(
    ([, a], [, b]) => b.length - a.length,
  )
  const named = byAttribute
    .slice(0, maxNamed)
    .map(([name, lines]) => md`${count(lines.length, 'line')} of ${code(name, 80)}`)
  const more = byAttribute.length - named.length
  const deciding = omitted.filter(({ weight }) => weight <= weights.plain).length
  const parts = [
    ...named,
    more === 0 ? undefined : md`lines of ${count(more, 'more attribute')}`,
    shortened === 0 ? undefined : md`parts of ${count(shortened, 'long line')}`,
  ]
  const warning = deciding === 0 ? md`` : md` ⚠️ ${deciding} of these lines decide.`
  return md`Not shown here: ${Markdown.join(parts, ', ')}.${warning} Read the ${wholePlan}.`
}
