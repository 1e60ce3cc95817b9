/** The counts of a plan in words. */
import { joinLines, Line, line } from '../log.ts'
import { count } from '../words.ts'
import type { Counts } from './plan.ts'

/**
 * Formats the counts as Terraform does: `1 to add, 2 to change, 1 to destroy`. Replacements follow in parentheses, because the
 * numbers include them; then imports, moves and forgets, if there are any.
 */
export function countsLine(counts: Counts): Line {
  const rare = (['import', 'move', 'forget'] as const).filter(kind => counts[kind] > 0)
  const { replace } = counts
  const replacements = replace === 0 ? line`` : line` (${count(replace, 'replacement')})`
  const first = line`${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy${replacements}`
  return joinLines([first, ...rare.map(kind => line`${counts[kind]} to ${Line.word(kind)}`)], line`, `)
}
