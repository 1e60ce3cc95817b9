/** One line of the diff of a resource. */
import { Line } from '../../log.ts'

/**
 * How much a line decides, lower first. `forcing` forces a replacement. `deciding` is about images, ports, principals and
 * address ranges. `plain` is any other attribute outside of lists. A renderer does not omit these three while others are shown.
 */
export const weights = { forcing: 0, deciding: 1, plain: 2, listed: 3, context: 4, tags: 5, computed: 6 } as const
export type Weight = (typeof weights)[keyof typeof weights]

/** A line of a `diff` block. What precedes and follows the text is ours; the text is foreign, without its secrets. */
export interface DiffLine {
  readonly prefix: Line
  readonly text: string
  readonly remark: Line
  readonly weight: Weight
  /** Name of the attribute of the resource, foreign. */
  readonly attribute: string
  /** Whether a part of a value that differs is omitted. */
  readonly isShortened: boolean
}

/** What precedes the text of a line. Text of several lines has a bar, so that none of its lines passes for an attribute. */
export const prefixes = {
  '-': Line.word('- '),
  '+': Line.word('+ '),
  '!': Line.word('! '),
  '#': Line.word('# '),
  '- |': Line.word('- | '),
  '+ |': Line.word('+ | '),
  ' |': Line.word('  | '),
} as const

export const noRemark = Line.word('')

/** Returns a line as text. */
export function lineText({ prefix, text, remark }: DiffLine): string {
  return `${prefix}${text}${remark}`
}
