/**
 * The outline of a .tf file: its blocks with their settings, and its comments, by line. JSON plans hold neither, and
 * parsers of HCL to JSON drop comments. It knows strings, templates, heredocs and comments, and takes every file as far as
 * it goes; what a setting means is left as it is written.
 */

export interface Body {
  /** What stands behind `=`, as it is written, by name; of two with one name the last. */
  readonly attributes: ReadonlyMap<string, string>
  readonly blocks: readonly Block[]
}

export interface Block extends Body {
  /** `resource`, `module`, `output` … */
  readonly type: string
  readonly labels: readonly string[]
  /** Lines count from 1; both belong to the block. */
  readonly first: number
  readonly last: number
}

export interface Comment {
  /** One line of it, without the marks and the space around. */
  readonly text: string
  readonly line: number
  /** Nothing but space stands before it. */
  readonly isAlone: boolean
}

export interface Outline extends Body {
  readonly comments: readonly Comment[]
}

/** A body that is still open; the file itself is the outermost. */
interface Frame {
  readonly type: string
  readonly labels: readonly string[]
  readonly first: number
  readonly attributes: Map<string, string>
  readonly blocks: Block[]
}

/** Reads a file; what a broken one holds after its fault may be missing. (HCL Native Syntax Specification) */
export function outlineOf(text: string): Outline {
  const file: Frame = { type: '', labels: [], first: 1, attributes: new Map(), blocks: [] }
  const frames: Frame[] = [file]
  const comments: Comment[] = []
  // Code within templates within strings: each level counts its own open braces; the first is the file's.
  const levels: ({ in: 'code'; braces: number } | { in: 'string' })[] = [{ in: 'code', braces: 0 }]
  let line = 1
  let isLineStart = true
  /** Words since the statement began. */
  let header: string[] = []
  /** The value that is being read, up to its last token, and the brackets that are open in it. */
  let value: { name: string; from: number; to: number; open: number } | undefined
  let at = 0

  const token = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const addComment = (content: string, isAlone: boolean) => {
    for (const [index, each] of content.split('\n').entries())
      comments.push({ text: each.trim(), line: line + index, isAlone: isAlone || index > 0 })
    line += content.split('\n').length - 1
  }
  const endStatement = () => {
    if (value !== undefined && value.name !== '')
      frames.at(-1)?.attributes.set(value.name, text.slice(value.from, value.to).trim())
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
    const frame = frames.length > 1 ? frames.pop() : undefined
    if (frame !== undefined && frame.type !== '') frames.at(-1)?.blocks.push({ ...frame, last: line })
  }

  while (at < text.length) {
    const level = levels.at(-1)
    if (level === undefined) break
    if (level.in === 'string') {
      const part = token(/\\.|\$\$\{|%%\{|[$%]\{|"|\n|[^"\\$%\n]+|./sy) ?? ''
      if (part === '${' || part === '%{') levels.push({ in: 'code', braces: 0 })
      else if (part === '"') levels.pop()
      else if (part === '\n') {
        // A string ends with its line, so this file is broken: go on as if it were closed.
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
      const found = closing.exec(text)
      const end = found === null ? text.length : found.index + found[0].length
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
      frames.push({ type, labels, first: line, attributes: new Map(), blocks: [] })
      header = []
    } else if (char === '}') endBlock()
    if (value !== undefined) value.to = at
  }
  endStatement()
  return { attributes: file.attributes, blocks: file.blocks, comments }
}

/** The text of a value that is one plain string, undefined for whatever must be evaluated first. */
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
