/** The counts of a plan in words. */
import { joinLines, Line, line } from '../log.ts'
import type { Counts } from './plan.ts'

/** `1 to add, 2 to change, 0 to destroy`, followed by replacements, imports, moves and forgets if there are any. */
export function countsLine(counts: Counts): Line {
  const rare = (['replace', 'import', 'move', 'forget'] as const).filter(kind => counts[kind] > 0)
  const first = line`${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy`
  return joinLines([first, ...rare.map(kind => line`${counts[kind]} to ${Line.word(kind)}`)], line`, `)
}
