/**
 * The only writer to the job log, and the only owner of secrets. The runner obeys `::command::` at the start of a line and
 * `##[command]` anywhere in one, whoever wrote it (actions/runner, ActionCommand.cs), so foreign text reaches the log in two
 * ways only: interpolated into a `Line`, where it is redacted and neutralised, or between stop-commands by `log.foreign`.
 */
import { randomUUID } from 'node:crypto'
import * as core from '@actions/core'
import { redactor } from './redact.ts'
import { shorten } from './text.ts'

/** The secrets of this run. They only grow: a value that was secret once is never shown again. */
class Secrets {
  readonly #values = new Set<string>()
  #redact: ((text: string) => string) | undefined

  /** From here on the value is in no log line, comment, summary or report. Empty values are ignored. */
  add(value: string): void {
    if (value === '' || this.#values.has(value)) return
    this.#values.add(value)
    this.#redact = undefined
    log.mask(value)
  }

  /** The text without the secrets that are known by now. */
  readonly redact = (text: string): string => {
    this.#redact ??= redactor(this.#values)
    return this.#redact(text)
  }
}

/** The type itself when it is a union of literals, else `never`: `${string}s` and `string` are text of unknown value. */
export type Words<T extends string> = Record<never, never> extends Record<T, unknown> ? never : T

/** What a `line` template takes: text is foreign and made safe, a Line and a number are ours. */
export type LineValue = Line | string | number | undefined

/** One line of plain text that is safe to write anywhere: no secret, no control character, no command of the runner. */
export class Line {
  readonly #text: string

  private constructor(text: string) {
    this.#text = neutralise(text)
  }

  /** Use the template `line` instead. */
  static of(parts: TemplateStringsArray, values: readonly LineValue[]): Line {
    const shown = (value: LineValue) => {
      if (value instanceof Line) return value.#text
      return typeof value === 'string' ? secrets.redact(value) : String(value ?? '')
    }
    return new Line(parts.reduce((text, part, index) => `${text}${shown(values[index - 1])}${part}`))
  }

  /** A word of our own vocabulary, such as a phase or a code: never redacted. The type refuses text of unknown value. */
  static word<const T extends string>(word: Words<T>): Line {
    return new Line(word)
  }

  /** At most `maxUnits` UTF-16 units, the middle left out. */
  shorten(maxUnits: number): Line {
    return new Line(shorten(this.#text, maxUnits))
  }

  /** Without backticks, which GitHub reads as Markdown even in a title. */
  withoutBackticks(): Line {
    return new Line(this.#text.replaceAll('`', ' '))
  }

  toString(): string {
    return this.#text
  }
}

/** A line of the job log, an annotation, an issue title or a status: line`waiting for ${service}`. */
export function line(parts: TemplateStringsArray, ...values: readonly LineValue[]): Line {
  return Line.of(parts, values)
}

/** Foreign text of several lines, such as an error message, for an annotation. */
export function linesOf(text: string): Line[] {
  return secrets
    .redact(text)
    .split(/\r?\n/)
    .map(each => line`${each}`)
}

/** Lines joined into one, with a separator of ours. */
export function joinLines(lines: readonly Line[], separator: Line = line` `): Line {
  const [first, ...rest] = lines
  return rest.reduce((joined, next) => line`${joined}${separator}${next}`, first ?? line``)
}

/** Where GitHub shows an annotation. */
export interface Place {
  readonly title?: string
  readonly file?: string
  readonly startLine?: number
}

type Lines = Line | readonly Line[]

/** Milliseconds are no business of the log: it only writes, in the order of the calls. */
class Log {
  #fence: string | undefined

  /** A line, or several. */
  readonly line = (text: Lines): void => this.#write(() => core.info(this.#text(text)))
  notice(text: Lines): void {
    this.#write(() => core.notice(this.#text(text)))
  }
  warning(text: Lines, at: Place = {}): void {
    this.#write(() => core.warning(this.#text(text), at))
  }
  error(text: Lines, at: Place = {}): void {
    this.#write(() => core.error(this.#text(text), at))
  }

  /** Opens a collapsible section of the log; everything up to `endGroup` is inside it. */
  group(name: Line): void {
    this.#write(() => core.startGroup(String(name)))
  }
  endGroup(): void {
    this.#write(() => core.endGroup())
  }

  /**
   * Foreign text as it is but for its secrets, such as Terraform's output: the runner takes no line of it for a command
   * ("Stopping and starting workflow commands", docs.github.com). Call it with whole lines.
   */
  readonly foreign = (text: string): void => {
    if (text === '') return
    if (this.#fence === undefined) {
      this.#fence = randomUUID()
      process.stdout.write(`::stop-commands::${this.#fence}\n`)
    }
    const shown = secrets.redact(text)
    process.stdout.write(shown.endsWith('\n') ? shown : `${shown}\n`)
  }

  /** Ends foreign text. Every other method does it, too. */
  closeFence(): void {
    if (this.#fence === undefined) return
    process.stdout.write(`::${this.#fence}::\n`)
    this.#fence = undefined
  }

  /** Tells the runner to mask a value. Use `secrets.add` instead. */
  mask(value: string): void {
    this.#write(() => core.setSecret(value))
  }

  /** The debug log of the runner is switched on. */
  get isDebug(): boolean {
    return core.isDebug()
  }

  #write(write: () => void): void {
    this.closeFence()
    write()
  }

  #text(text: Lines): string {
    return text instanceof Line ? String(text) : text.map(String).join('\n')
  }
}

export const log = new Log()
export const secrets = new Secrets()

/** One line in which the runner finds no command: separators become blanks, `##[` and a leading `::` are broken up. */
function neutralise(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('##[', '## [')
    .replace(/^(\s*):{2}/, '$1: :')
}
