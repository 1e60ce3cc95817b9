/**
 * Evaluates the expressions of variable files and of defaults: texts, numbers, booleans, lists, objects and heredocs. Pure. The HCL
 * specification calls these literal values.
 */
import { plainString } from './hcl.ts'

/** Nesting that is read. No variable has more, and a hostile file must not exhaust the stack. */
const maxDepth = 100

/** Returns the value of a literal expression; undefined if it must be evaluated. */
export function literalValue(expression: string): unknown {
  const reader = new LiteralReader(expression)
  const value = reader.value(0)
  return reader.isAtEnd ? value : undefined
}

/** Returns every quoted text and heredoc in an expression that may be of any kind. */
export function textsInExpression(expression: string): string[] {
  const heredoc = heredocText(expression)
  if (heredoc !== undefined) return [heredoc]
  // An open text ends with its line, so that no start of one is tried twice.
  return [...expression.matchAll(/"(?:[^"\\\n]|\\.)*"?/g)].map(
    ([quoted]) => plainString(quoted) ?? quoted.replace(/^"|"$/g, ''),
  )
}

class LiteralReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    this.#skip()
    return this.#at >= this.#text.length
  }

  /** Reads one value, and moves behind it. Returns undefined, and does not move, at anything else. */
  value(depth: number): unknown {
    this.#skip()
    if (depth > maxDepth) return undefined
    const char = this.#text[this.#at]
    if (char === '"') return this.#quoted()
    if (char === '[') return this.#list(depth)
    if (char === '{') return this.#object(depth)
    if (char === '<') return this.#heredoc()
    const word = this.#token(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_][\w-]*/y)
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    if (word === undefined || /^[A-Za-z_]/.test(word)) return undefined
    // A number beyond 2^53 is a text here, because its digits are what a log would show.
    return Number.isSafeInteger(Number(word)) || word.includes('.') ? Number(word) : word
  }

  #quoted(): string | undefined {
    const quoted = this.#token(/"(?:[^"\\\n]|\\.)*"/y)
    return plainString(quoted)
  }

  #list(depth: number): unknown[] | undefined {
    const items: unknown[] = []
    this.#at++
    for (;;) {
      if (this.#token(/[\s,]*\]/y) !== undefined) return items
      this.#token(/[\s,]+/y)
      const before = this.#at
      const item = this.value(depth + 1)
      if (item === undefined || this.#at === before) return undefined
      items.push(item)
    }
  }

  #object(depth: number): Record<string, unknown> | undefined {
    const entries: [string, unknown][] = []
    this.#at++
    for (;;) {
      this.#token(/[\s,]+/y)
      this.#skip()
      if (this.#token(/[\s,]*\}/y) !== undefined) return Object.fromEntries(entries)
      this.#token(/[\s,]+/y)
      const key = this.#text[this.#at] === '"' ? this.#quoted() : this.#token(/[\p{L}\d_][\p{L}\d_.-]*/uy)
      if (key === undefined || this.#token(/[^\S\n]*[=:]/y) === undefined) return undefined
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      entries.push([key, value])
    }
  }

  #heredoc(): string | undefined {
    const start = this.#token(/<<-?[^\s"{}]+[^\S\n]*\r?\n/y)
    if (start === undefined) return undefined
    const word = /^<<-?(\S+)/.exec(start)?.[1] ?? ''
    const closing = new RegExp(`^[^\\S\\n]*${RegExp.escape(word)}[^\\S\\n]*$`, 'gm')
    closing.lastIndex = this.#at
    const match = closing.exec(this.#text)
    if (match === null) return undefined
    const text = this.#text.slice(this.#at, match.index)
    this.#at = match.index + match[0].length
    return start.startsWith('<<-') ? text.replace(/^[^\S\n]+/gm, '') : text
  }

  /** Moves behind white space and comments. */
  #skip(): void {
    for (;;) {
      this.#token(/\s+/y)
      if (this.#token(/(?:#|\/\/)[^\n]*/y) !== undefined) continue
      if (!this.#text.startsWith('/*', this.#at)) return
      const end = this.#text.indexOf('*/', this.#at + 2)
      this.#at = end === -1 ? this.#text.length : end + 2
    }
  }

  #token(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)?.[0]
    if (match !== undefined) this.#at += match.length
    return match
  }
}

function heredocText(expression: string): string | undefined {
  const [, text] = /^<<-?\S+[^\S\n]*\r?\n([\s\S]*)\n[^\n]*$/.exec(expression.trim()) ?? []
  return text
}
