/**
 * Reads the prose of a file: the paragraphs, headings and table cells of Markdown, the descriptions of action.yml, and the
 * comments and messages of TypeScript. Code and links become placeholders, so that only words of ours are left.
 */
import type { Nodes, Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { parseSync, Visitor } from 'rolldown/utils'
import { unified } from 'unified'
import { isScalar, LineCounter, parseDocument, visit } from 'yaml'

/** `name` is what a file declares, or code in a sentence: a name, and not a word. */
export type Kind = 'heading' | 'paragraph' | 'cell' | 'comment' | 'message' | 'name'

/** One piece of prose. */
export interface Prose {
  readonly kind: Kind
  /** The words on one line, with `CODE` for each piece of code. */
  readonly text: string
  /** The line of the file, from 1, at an offset of `text`. */
  lineAt(offset: number): number
}

/** The word that stands for a piece of code. No rule names it. */
export const CODE = 'CODE'

const parser = unified().use(remarkParse).use(remarkGfm)

/**
 * The prose of a file, in its order.
 * @param file its path, whose ending decides how it is read: `.md`, `.yml` or `.ts`
 */
export function readProse(file: string, source: string): Prose[] {
  if (file.endsWith('.md')) return readMarkdown(source)
  if (file.endsWith('.yml')) return readDescriptions(source)
  return readTypeScript(file, source)
}

/**
 * @param firstLine the line of the file that the text begins on
 * @param paragraph the kind of what is neither heading nor cell
 */
function readMarkdown(source: string, firstLine = 1, paragraph: Kind = 'paragraph'): Prose[] {
  const found: Prose[] = []
  const walk = (node: Nodes) => {
    if (node.type === 'heading' || node.type === 'paragraph' || node.type === 'tableCell') {
      const kinds = { heading: 'heading', paragraph, tableCell: 'cell' } as const
      found.push(...readInline(node, kinds[node.type], firstLine))
    } else if ('children' in node) for (const child of node.children) walk(child)
  }
  walk(parser.parse(source) as Root)
  return found
}

/** The words below a node, in a piece for each line that `<br>` ends, and each piece of code as a name. */
function readInline(node: Nodes, kind: Kind, firstLine: number): Prose[] {
  const found: Prose[] = []
  const names: Prose[] = []
  let text = ''
  let starts: { offset: number; line: number }[] = []
  let isExample = false
  const lineOf = (part: Nodes) => (part.position?.start.line ?? 1) + firstLine - 1
  const close = () => {
    const own = starts
    if (text.trim() !== '') {
      const lineAt = (offset: number) => own.findLast(start => start.offset <= offset)?.line ?? lineOf(node)
      found.push({ kind, text, lineAt })
    }
    text = ''
    starts = []
  }
  const walk = (part: Nodes) => {
    if (part.type === 'html') {
      if (/^<\/?pre\b/.test(part.value)) isExample = part.value[1] !== '/'
      if (/^<br\b/.test(part.value)) close()
    } else if (isExample) return
    else if (part.type === 'text') {
      for (const [index, row] of part.value.split('\n').entries()) {
        if (index > 0) text += ' '
        starts.push({ offset: text.length, line: lineOf(part) + index })
        text += row
      }
    } else if (part.type === 'inlineCode') {
      starts.push({ offset: text.length, line: lineOf(part) })
      text += CODE
      names.push({ kind: 'name', text: part.value, lineAt: () => lineOf(part) })
    } else if (part.type === 'break') text += ' '
    // `test/file.test.ts`: *the name of a test*
    else if (part.type === 'emphasis' && names.at(-1)?.text.endsWith('.test.ts') && text.endsWith(`${CODE}: `))
      text += CODE
    else if ('children' in part) for (const child of part.children) walk(child)
  }
  walk(node)
  close()
  return [...found, ...names]
}

/** The values of `description` and `deprecationMessage`. */
function readDescriptions(source: string): Prose[] {
  const lines = new LineCounter()
  const found: Prose[] = []
  visit(parseDocument(source, { lineCounter: lines }), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !['description', 'deprecationMessage'].includes(String(key.value))) return
      if (!isScalar(value) || typeof value.value !== 'string') return
      // A folded text has its line breaks taken away, so it is reported where it starts.
      const { line } = lines.linePos(value.range?.[0] ?? 0)
      for (const prose of readMarkdown(value.value)) found.push({ ...prose, lineAt: () => line })
    },
  })
  return found
}

function readTypeScript(file: string, source: string): Prose[] {
  const { program, comments } = parseSync(file, source)
  const lines = new LineCounter()
  for (const { index } of source.matchAll(/^/gm)) lines.addNewLine(index)
  const lineOf = (offset: number) => lines.linePos(offset).line
  const found: Prose[] = []
  let block: { text: string; line: number; lastLine: number } | undefined
  const close = () => {
    if (block !== undefined) found.push(...readComment(block.text, block.line))
    block = undefined
  }
  for (const { type, value, start } of comments) {
    const line = lineOf(start)
    // Comments on lines that follow one another are one text.
    if (type === 'Line' && block?.lastLine === line - 1) {
      block.text += `\n${value.replace(/^\/? ?/, '')}`
      block.lastLine = line
      continue
    }
    close()
    if (type === 'Line') block = { text: value.replace(/^\/? ?/, ''), line, lastLine: line }
    else block = { text: value.replace(/^\s*\*+ ?/gm, ''), line, lastLine: Number.NaN }
  }
  close()
  const message = (start: number, text: string) => {
    const line = lineOf(start)
    // A generator has a page, or the beginning of one.
    if (/^#+ .*\n\n/.test(text)) found.push(...readMarkdown(text, line, 'message'))
    else
      for (const part of isMessage(text) ? text.split(/\n\s*\n|<[^>]+>/) : []) {
        found.push({ kind: 'message', text: withoutCode(part), lineAt: () => line })
      }
  }
  new Visitor({
    Literal(node) {
      if (typeof node.value === 'string') message(node.start, node.value)
    },
    TemplateLiteral(node) {
      message(node.start, node.quasis.map(({ value }) => value.cooked ?? value.raw).join(CODE))
    },
  }).visit(program)
  return found
}

/** The paragraphs, tags and list items of a comment; lines that are indented by four are an example, and no prose. */
function readComment(comment: string, firstLine: number): Prose[] {
  const found: Prose[] = []
  let rows: { row: string; line: number }[] = []
  const close = () => {
    const own = rows
    rows = []
    const textOf = (count: number) =>
      withoutCode(
        own
          .slice(0, count)
          .map(({ row }) => row.trim())
          .join(' '),
      )
    const text = textOf(own.length)
    if (text.trim() === '' || /^biome-ignore|^@ts-/.test(text)) return
    const lineAt = (offset: number) => own.findLast((_, index) => textOf(index).length <= offset)?.line ?? firstLine
    found.push({ kind: 'comment', text, lineAt })
  }
  for (const [index, row] of comment.split('\n').entries()) {
    if (/^\s*$|^ {4}/.test(row) && index > 0) close()
    else {
      if (/^\s*(@\w+|[-*•]|\d+\.) /.test(row)) close()
      rows.push({ row: row.replace(/^\s*(@(param|typeParam) [\w.]+|@\w+|[-*•]|\d+\.) /, ''), line: firstLine + index })
    }
  }
  close()
  return found
}

/** Words with blanks between them, as only a sentence has: four, or three around a value. */
function isMessage(text: string): boolean {
  // A style sheet or a program is not a text.
  if (/[{}]\s*\n/.test(text)) return false
  const words = text.match(/(?<=^|\s)[A-Za-z][a-z',.;:]*(?=\s|$)/g) ?? []
  return words.length >= (text.includes(CODE) ? 3 : 4)
}

function withoutCode(text: string): string {
  return text
    .replace(/`[^`]*`/g, CODE)
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s/g, ' ')
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

export interface Sentence {
  readonly text: string
  /** Where it begins in the text of its piece. */
  readonly offset: number
}

/** The sentences of the pieces that were split. Each rule needs them, and the split takes longer than a rule. */
const known = new WeakMap<Prose, Sentence[]>()

/** The sentences of a piece, each with its offset. */
export function sentencesOf(piece: Prose): readonly Sentence[] {
  const sentences = known.get(piece) ?? split(piece.text)
  known.set(piece, sentences)
  return sentences
}

function split(text: string): Sentence[] {
  const sentences: { text: string; offset: number }[] = []
  for (const { segment, index } of segmenter.segment(text)) {
    const last = sentences.at(-1)
    // "e.g. this" and "v1. of" are one sentence.
    if (last !== undefined && (/^[a-z]/.test(segment) || /\b(e\.g|i\.e|vs|cf)\.\s*$/.test(last.text)))
      last.text += segment
    else sentences.push({ text: segment, offset: index })
  }
  return sentences
}

/** The words of a sentence. */
export function wordsOf(sentence: string): string[] {
  return sentence.match(/[\p{L}\d][\p{L}\d'’./_-]*/gu) ?? []
}
