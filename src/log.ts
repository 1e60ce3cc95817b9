/**
 * The only writer to the job log, and the only owner of secrets. The runner obeys `::command::` at the start of a line and
 * `##[command]` anywhere in one, whoever wrote it (actions/runner, ActionCommand.cs). So foreign text reaches the log in only
 * two ways: interpolated into a `Line`, where it is redacted and neutralised, or between stop-commands by `log.foreign`.
 */
import { randomUUID } from 'node:crypto'
import * as core from '@actions/core'
import { masksOf, type Redactor, redactor } from './redact.ts'
import { shorten } from './text.ts'

/** The secrets of this run. The set only grows: a value that was secret once is never shown again. */
class Secrets {
  readonly #values = new Set<string>()
  readonly #openWords = new Set<string>()
  readonly #masks = new Set<string>()
  #redactor: Redactor | undefined

  /** Adds values, which from then on no log line, comment, summary or report shows. Ignores empty values. */
  add(...values: readonly string[]): void {
    for (const value of values) {
      if (value.trim() === '' || this.#values.has(value)) continue
      this.#values.add(value)
      this.#redactor = undefined
      for (const mask of masksOf(value)) {
        if (!this.#masks.has(mask)) log.mask(mask)
        this.#masks.add(mask)
      }
    }
  }

  /** Adds words in which nothing is hidden, such as resource addresses without instance keys. */
  addOpenWords(words: Iterable<string>): void {
    const before = this.#openWords.size
    for (const word of words) this.#openWords.add(word)
    if (this.#openWords.size > before) this.#redactor = undefined
  }

  /** Returns the text without the secrets that are known so far. */
  readonly redact = (text: string): string => this.#current(text)

  /** Returns how many UTF-16 units of a stream's whole lines can be shown before its next lines are known. */
  completeUnits(text: string): number {
    return this.#current.completeUnits(text)
  }

  /** Returns the start of a longer text without secrets, also without one that begins at its end. */
  redactStart(text: string): string {
    return this.#current(text.slice(0, this.#current.knownUnits(text)))
  }

  /** Returns all values, for the process that goes on after this one. */
  get values(): readonly string[] {
    return [...this.#values]
  }

  get #current(): Redactor {
    this.#redactor ??= redactor(this.#values, this.#openWords)
    return this.#redactor
  }
}

/** UTF-16 units of foreign text that wait at most for the end of a secret. */
const maxHeldUnits = 65_536

/** A union of literals as it is, else `never`, because `string` and `${string}s` are text of unknown value. */
export type Words<T extends string> = Record<never, never> extends Record<T, unknown> ? never : T

/** A value of a `line` template. A string is foreign and made safe; a Line and a number are our own. */
export type LineValue = Line | string | number | undefined

/** One line of plain text that is safe to write anywhere: it holds no secret, control character or runner command. */
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

  /** A word of our own vocabulary, such as a phase or a code, which is never redacted. The type refuses unknown text. */
  static word<const T extends string>(word: Words<T>): Line {
    return new Line(word)
  }

  /** The line with at most `maxUnits` UTF-16 units, its middle replaced by an ellipsis. */
  shorten(maxUnits: number): Line {
    return new Line(shorten(this.#text, maxUnits))
  }

  /** The line without backticks, which GitHub reads as Markdown even in a title. */
  withoutBackticks(): Line {
    return new Line(this.#text.replaceAll('`', ' '))
  }

  toString(): string {
    return this.#text
  }
}

/** Template of a log line, annotation, issue title or status, such as line`waiting for ${service}`. */
export function line(parts: TemplateStringsArray, ...values: readonly LineValue[]): Line {
  return Line.of(parts, values)
}

/** Splits foreign text, such as an error message, into safe lines for an annotation. */
export function linesOf(text: string): Line[] {
  return secrets
    .redact(text)
    .split(/\r?\n/)
    .map(each => line`${each}`)
}

/** Joins lines into one, with a separator of our own between them. */
export function joinLines(lines: readonly Line[], separator: Line = line` `): Line {
  const [first, ...rest] = lines
  return rest.reduce((joined, next) => line`${joined}${separator}${next}`, first ?? line``)
}

/** The title, file and line at which GitHub shows an annotation. */
export interface Place {
  readonly title?: string
  readonly file?: string
  readonly startLine?: number
}

type Lines = Line | readonly Line[]

/** The writer of the job log. It writes in the order of the calls and adds no times. */
class Log {
  #fence: string | undefined
  /** The last lines of foreign text, in which a secret begins that may go on in the next ones. */
  #held = ''
  #isTerminal = false

  /** Writes one line or several. */
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
   * Writes foreign text, such as Terraform's output, unchanged except for its secrets, also those that span two calls. The runner obeys no command in it
   * ("Stopping and starting workflow commands", docs.github.com). The text must be whole lines.
   */
  readonly foreign = (text: string): void => {
    if (text === '') return
    const lines = this.#held + (text.endsWith('\n') ? text : `${text}\n`)
    const complete = lines.length > maxHeldUnits ? lines.length : secrets.completeUnits(lines)
    this.#held = lines.slice(complete)
    this.#writeForeign(lines.slice(0, complete))
  }

  /** Ends foreign text. Every other method ends it, too. */
  closeFence(): void {
    this.#writeForeign(this.#held)
    this.#held = ''
    if (this.#fence === undefined) return
    process.stdout.write(`::${this.#fence}::\n`)
    this.#fence = undefined
  }

  /**
   * Waits until the reader of the log has taken all of it. A pipe takes 64 KiB at once, and the rest as it is read. A process that
   * exits before loses that rest, with the annotations at its end.
   */
  async flush(): Promise<void> {
    this.closeFence()
    await new Promise<void>(resolve => process.stdout.write('', () => resolve()))
  }

  #writeForeign(lines: string): void {
    if (lines === '') return
    if (this.#fence === undefined) {
      this.#fence = randomUUID()
      process.stdout.write(`::stop-commands::${this.#fence}\n`)
    }
    process.stdout.write(secrets.redact(lines))
  }

  /** Makes the runner mask a value. Use `secrets.add` instead. A terminal obeys no command and would show the value. */
  mask(value: string): void {
    if (!this.#isTerminal) this.#write(() => core.setSecret(value))
  }

  /** Turns the log into the output of a program on a terminal: it writes no runner commands from now on. */
  openTerminal(color: 'auto' | 'always' | 'never'): Terminal {
    this.#isTerminal = true
    const { NO_COLOR: isPlain, TERM: kind } = process.env
    const isColored = color === 'auto' ? process.stdout.isTTY && !isPlain && kind !== 'dumb' : color === 'always'
    return new Terminal(isColored === true)
  }

  #write(write: () => void): void {
    this.closeFence()
    write()
  }

  #text(text: Lines): string {
    return text instanceof Line ? String(text) : text.map(String).join('\n')
  }
}

/** The colour or weight of a part of a line. */
export type Style = 'good' | 'bad' | 'caution' | 'strong' | 'faint'

/** The parts of one line on a terminal, each with its style. */
export type StyledLine = readonly (Line | readonly [Line, Style])[]

/** The escape sequences that start the styles (ECMA-48, SGR). */
const styleCodes: Readonly<Record<Style, number>> = { good: 32, bad: 31, caution: 33, strong: 1, faint: 2 }

/** The output of a program: results on stdout, progress and errors on stderr. */
export class Terminal {
  readonly #isColored: boolean
  #shown = ''

  constructor(isColored: boolean) {
    this.#isColored = isColored
    // The reader of a pipe may end first, as `head` does; the rest of the output has no reader then.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit())
  }

  /** Writes one line of the result. */
  line(...parts: StyledLine): void {
    this.clearStatus()
    process.stdout.write(`${this.#text(parts)}\n`)
  }

  /** Writes a JSON value whose texts are redacted, on one line or indented. A runner finds no command in it. */
  json(value: unknown, indent?: number): void {
    this.clearStatus()
    process.stdout.write(`${JSON.stringify(value, null, indent).replaceAll('##[', '#\\u0023[')}\n`)
  }

  /** Writes one line to stderr. */
  note(...parts: StyledLine): void {
    this.clearStatus()
    process.stderr.write(`${this.#text(parts)}\n`)
  }

  /** Writes the text of a question to stderr, without a line break after it. */
  prompt(...parts: StyledLine): void {
    this.clearStatus()
    process.stderr.write(this.#text(parts))
  }

  /** Shows the line at the bottom of a terminal until the next output. Nothing is written to a file or a pipe. */
  status(text: Line): void {
    if (!process.stderr.isTTY) return
    this.clearStatus()
    this.#shown = String(text.shorten(Math.max((process.stderr.columns || 80) - 1, 20)))
    process.stderr.write(this.#shown)
  }

  /** Removes the status line. */
  clearStatus(): void {
    if (this.#shown !== '') process.stderr.write('\r\u001b[2K')
    this.#shown = ''
  }

  #text(parts: StyledLine): string {
    if (!this.#isColored)
      return String(
        joinLines(
          parts.map(part => (part instanceof Line ? part : part[0])),
          line``,
        ),
      )
    const texts = parts.map(part =>
      part instanceof Line ? String(part) : `\u001b[${styleCodes[part[1]]}m${part[0]}\u001b[0m`,
    )
    return texts.join('')
  }
}

export const log = new Log()
export const secrets = new Secrets()

/** Returns one line without runner commands: separators become blanks, `##[` and a leading `::` are broken up. */
function neutralise(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('##[', '## [')
    .replace(/^(\s*):{2}/, '$1: :')
}
