/**
 * The outline of a .tf file: its top-level blocks and its comments, by line. JSON plans hold neither, and parsers of HCL
 * to JSON drop comments. It knows strings, templates, heredocs and comments, and takes every file as far as it goes.
 */

export interface Block {
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

export interface Outline {
  readonly blocks: readonly Block[]
  readonly comments: readonly Comment[]
}

/** Reads a file; what a broken one holds after its fault may be missing. (HCL Native Syntax Specification) */
export function outlineOf(text: string): Outline {
  const blocks: Block[] = []
  const comments: Comment[] = []
  // Code within templates within strings: each level counts its own open braces.
  const levels: ({ in: 'code'; braces: number } | { in: 'string' })[] = [{ in: 'code', braces: 0 }]
  let line = 1
  let isLineStart = true
  let header: string[] = []
  let open: Omit<Block, 'last'> | undefined
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
        line++
        isLineStart = true
      }
      continue
    }
    const isTop = levels.length === 1 && level.braces === 0
    if (token(/\n/y) !== undefined) {
      line++
      isLineStart = true
      header = []
      continue
    }
    if (token(/[^\S\n]+/y) !== undefined) continue
    const comment = token(/(?:#|\/\/)[^\n]*|\/\*.*?(?:\*\/|$)/sy)
    if (comment !== undefined) {
      addComment(comment.replace(/^(?:#+|\/\/+|\/\*+)|\*+\/$/g, ''), isLineStart)
      continue
    }
    isLineStart = false
    const heredoc = token(/<<-?[^\s"{}]+[^\S\n]*\r?\n/y)
    if (heredoc !== undefined) {
      const end = /^<<-?(\S+)/.exec(heredoc)?.[1] ?? ''
      const closing = new RegExp(`^[^\\S\\n]*${RegExp.escape(end)}[^\\S\\n]*$`, 'gm')
      closing.lastIndex = at
      const found = closing.exec(text)
      const next = found === null ? text.length : found.index + found[0].length
      line += text.slice(at, next).split('\n').length
      at = next
      continue
    }
    const label = isTop ? token(/"(?:[^"\\\n]|\\.)*"/y) : undefined
    const word = label ?? token(/[\p{L}_][\p{L}\p{N}_-]*/uy)
    if (word !== undefined) {
      if (isTop) header.push(word.replace(/^"|"$/g, ''))
      continue
    }
    const char = text[at++]
    if (char === '"') levels.push({ in: 'string' })
    else if (char === '{') {
      const [type, ...labels] = header
      if (isTop && type !== undefined) open = { type, labels, first: line }
      level.braces++
    } else if (char === '}' && level.braces > 0) {
      level.braces--
      if (levels.length === 1 && level.braces === 0 && open !== undefined) {
        blocks.push({ ...open, last: line })
        open = undefined
        header = []
      }
    } else if (char === '}' && levels.length > 1) levels.pop()
  }
  return { blocks, comments }
}
