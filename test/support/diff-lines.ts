/** Lines of a diff for tests that render or compare them. */
import { type DiffLine, lineText } from '../../src/terraform/diff/line.ts'
import { diffLines } from '../../src/terraform/diff.ts'

/** The lines of a resource whose attributes were removed. */
export function linesOf(
  before: Readonly<Record<string, unknown>>,
  redact: (text: string) => string = text => text,
): DiffLine[] {
  return diffLines({ actions: ['update'], before, after: {} }, 'update', redact)
}

/** The same object with its lines as texts. */
export function withTexts<T extends { readonly lines: readonly DiffLine[] }>(
  shown: T,
): Omit<T, 'lines'> & { lines: string[] } {
  return { ...shown, lines: shown.lines.map(lineText) }
}
