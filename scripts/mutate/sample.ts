/**
 * A plugin of Stryker that picks a seeded sample of a file's mutants. Stryker calls it before it runs a mutant, in a process
 * of its own; MUTATE_SEED and MUTATE_COUNT carry the choice there. A mutant that is not picked is not a result.
 */
import { createHash } from 'node:crypto'

interface Mutant {
  readonly id: string
  readonly fileName: string
  readonly replacement: string
  readonly location: { readonly start: Position; readonly end: Position }
}
interface Position {
  readonly line: number
  readonly column: number
}

const seed = process.env.MUTATE_SEED ?? ''
const count = Number(process.env.MUTATE_COUNT)
/** Ids of the mutants that run. */
const picked = new Set<string>()

/** The place of a mutant in the order of its seed. */
function rankOf({ fileName, location: { start, end }, replacement }: Mutant): string {
  const file = fileName.slice(fileName.lastIndexOf('/src/') + 1)
  const key = [seed, file, start.line, start.column, end.line, end.column, replacement].join('\n')
  return createHash('sha256').update(key).digest('hex')
}

const checker = {
  init: async (): Promise<void> => {},
  /** Picks from all mutants of a file, which arrive together, and puts them into one group. */
  group: async (mutants: readonly Mutant[]): Promise<string[][]> => {
    const ranked = mutants.map(mutant => ({ id: mutant.id, rank: rankOf(mutant) }))
    ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))
    for (const { id } of ranked.slice(0, Math.max(0, count - picked.size))) picked.add(id)
    return [mutants.map(({ id }) => id)]
  },
  check: async (mutants: readonly Mutant[]): Promise<Record<string, object>> =>
    Object.fromEntries(
      mutants.map(({ id }) => [
        id,
        picked.has(id) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
      ]),
    ),
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', value: checker }]
