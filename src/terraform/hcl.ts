/**
 * A parser for the structure of .tf files: blocks, attributes and comments, with line numbers. JSON plans have no comments
 * or line numbers, and HCL-to-JSON parsers drop comments. The parser handles strings, templates, heredocs and
 * comments. It does not evaluate expressions, and reads a broken file as far as possible.
 */

/** The content of a block or a file. */
export interface Body {
  /** The expressions by attribute name, as written; the last one if a name occurs twice. */
  readonly attributes: ReadonlyMap<string, string>
  readonly blocks: readonly Block[]
}

/** A block, such as a resource. */
export interface Block extends Body {
  /** The block type, such as `resource`, `module` or `output`. */
  readonly type: string
  readonly labels: readonly string[]
  /** The first line, counted from 1; `lastLine` is inclusive. */
  readonly firstLine: number
  readonly lastLine: number
}

/** One line of a comment. */
export interface Comment {
  /** The trimmed text without comment markers. */
  readonly text: string
  readonly line: number
  /** Whether only white space precedes it on its line. */
  readonly isOnOwnLine: boolean
}

/** A parsed file. */
export interface HclFile extends Body {
  readonly comments: readonly Comment[]
}

/** A block whose end has not been reached; the outermost is the file itself. */
interface OpenBlock {
  readonly type: string
  readonly labels: readonly string[]
  readonly firstLine: number
  readonly attributes: Map<string, string>
  readonly blocks: Block[]
}

/** Parses a file (HCL Native Syntax Specification). Content after a syntax error may be missing. */
export function parseHcl(text: string): HclFile {
  const file: OpenBlock = { type: '', labels: [], firstLine: 1, attributes: new Map(), blocks: [] }
  const openBlocks: OpenBlock[] = [file]
  const comments: Comment[] = []
  // Strings contain templates, and templates contain code. Each code level counts its open braces; the first is the file.
  const levels: ({ in: 'code'; braces: number } | { in: 'string' })[] = [{ in: 'code', braces: 0 }]
  let line = 1
  let isLineStart = true
  // The words since the start of the statement.
  let header: string[] = []
  // The expression that is being read, up to its last token, with the number of open brackets.
  let value: { name: string; from: number; to: number; open: number } | undefined
  let at = 0

  const token = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const match = pattern.exec(text)?.[0]
    if (match !== undefined) at += match.length
    return match
  }
  const addComment = (content: string, isOnOwnLine: boolean) => {
    for (const [index, each] of content.split('\n').entries())
      comments.push({ text: each.trim(), line: line + index, isOnOwnLine: isOnOwnLine || index > 0 })
    line += content.split('\n').length - 1
  }
  const endStatement = () => {
    if (value !== undefined && value.name !== '')
      openBlocks.at(-1)?.attributes.set(value.name, text.slice(value.from, value.to).trim())
    value = undefined
    header = []
  }
  const endLine = () => {
    line++
    isLineStart = true
    if (value === undefined || value.open === 0) endStatement()
  }
  const endBlock = () => {
    endStatement()
    const block = openBlocks.length > 1 ? openBlocks.pop() : undefined
    if (block !== undefined && block.type !== '') openBlocks.at(-1)?.blocks.push({ ...block, lastLine: line })
  }

  while (at < text.length) {
    const level = levels.at(-1)
    if (level === undefined) break
    if (level.in === 'string') {
      const part = token(/\\.|\$\$\{|%%\{|[$%]\{|"|\n|[^"\\$%\n]+|./sy) ?? ''
      if (part === '${' || part === '%{') levels.push({ in: 'code', braces: 0 })
      else if (part === '"') levels.pop()
      else if (part === '\n') {
        // A string cannot span lines, so this file is broken. Continue as if the string were closed.
        levels.pop()
        endLine()
      }
      if (value !== undefined) value.to = at
      continue
    }
    const isTop = levels.length === 1
    const next = text[at] ?? ''
    if (next === '\n') {
      at++
      if (isTop) endLine()
      else line++
      continue
    }
    if (token(/[^\S\n]+/y) !== undefined) continue
    const comment = '#/'.includes(next) ? token(/(?:#|\/\/)[^\n]*|\/\*.*?(?:\*\/|$)/sy) : undefined
    if (comment !== undefined) {
      addComment(comment.replace(/^(?:#+|\/\/+|\/\*+)|\*+\/$/g, ''), isLineStart)
      continue
    }
    isLineStart = false
    const heredoc = next === '<' ? token(/<<-?[^\s"{}]+[^\S\n]*\r?\n/y) : undefined
    if (heredoc !== undefined) {
      const word = /^<<-?(\S+)/.exec(heredoc)?.[1] ?? ''
      const closing = new RegExp(`^[^\\S\\n]*${RegExp.escape(word)}[^\\S\\n]*$`, 'gm')
      closing.lastIndex = at
      const match = closing.exec(text)
      const end = match === null ? text.length : match.index + match[0].length
      line += text.slice(at, end).split('\n').length
      at = end
      if (value !== undefined) value.to = at
      continue
    }
    const isStatement = isTop && value === undefined
    const label = isStatement && next === '"' ? token(/"(?:[^"\\\n]|\\.)*"/y) : undefined
    const word = label ?? token(/[\p{L}_][\p{L}\p{N}_-]*/uy)
    if (word !== undefined) {
      if (isStatement) header.push(word.replace(/^"|"$/g, ''))
      if (value !== undefined) value.to = at
      continue
    }
    const char = text[at++] ?? ''
    if (char === '"') levels.push({ in: 'string' })
    else if (!isTop) {
      if (char === '{') level.braces++
      else if (char === '}' && level.braces > 0) level.braces--
      else if (char === '}') levels.pop()
    } else if (value !== undefined) {
      if ('{[('.includes(char)) value.open++
      else if (char === '}' && value.open === 0) {
        endBlock()
        continue
      } else if ('}])'.includes(char) && value.open > 0) value.open--
    } else if (char === '=') {
      value = { name: header.length === 1 ? (header[0] ?? '') : '', from: at, to: at, open: 0 }
    } else if (char === '{') {
      const [type = '', ...labels] = header
      openBlocks.push({ type, labels, firstLine: line, attributes: new Map(), blocks: [] })
      header = []
    } else if (char === '}') endBlock()
    if (value !== undefined) value.to = at
  }
  endStatement()
  return { attributes: file.attributes, blocks: file.blocks, comments }
}

/** The text of an expression that is one plain string; undefined if it must be evaluated. */
export function plainString(value: string | undefined): string | undefined {
  if (value === undefined || !/^"(?:[^"\\\n]|\\.)*"$/.test(value)) return undefined
  const inner = value.slice(1, -1)
  if (/(?<![$%])[$%]\{/.test(inner)) return undefined
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' }
  return inner
    .replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, short, long, char) => {
      const point = Number.parseInt(short ?? long, 16)
      return char === undefined ? (point <= 0x10ffff ? String.fromCodePoint(point) : '') : (escapes[char] ?? char)
    })
    .replace(/([$%])\1\{/g, '$1{')
}
