/**
 * Markdown that is safe to post: names, values and server replies are hostile. None of them may close a fence, ping a
 * person, become a link or HTML, reorder the text, or hold a secret. Renderers build `Markdown` with the
 * template `md` and the functions below, and the writers of comments, summaries and issues accept only `Markdown`. Each
 * function redacts foreign text, then shortens it, then makes it visible and harmless. Only this file creates Markdown from a
 * string. GitHub searches for mentions and references after it has decoded entities, so only code prevents them.
 */
import { type Line, secrets, type Words } from '../log.ts'
import { lastPart, oneLine, shorten, visible } from '../text.ts'

/** Foreign text, or text whose secrets are already removed. */
export type Text = string | Plain | Line

/** A value of an `md` template. Markdown and numbers are our own; every other value becomes prose. */
export type MarkdownValue = Markdown | Text | number | undefined

/** Creates Markdown from a safe string. Only the functions of this file can call it. */
let trustedMarkdown: (text: string) => Markdown

/** A piece of a page. Its static parts are our own and never redacted; every interpolated text is redacted and escaped. */
export class Markdown {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static {
    trustedMarkdown = text => new Markdown(text)
  }

  /** A word of our own vocabulary, such as a phase or a code, unchanged. The type refuses text of unknown value. */
  static word<const T extends string>(word: Words<T>): Markdown {
    return new Markdown(word)
  }

  /** Joins the pieces that are not empty with a separator of our own. */
  static join(
    pieces: readonly (Markdown | undefined)[],
    separator: '' | ' ' | ', ' | ' and ' | ' · ' | '; ' | '\n' | '\n\n',
  ): Markdown {
    return new Markdown(
      pieces.flatMap(piece => (piece === undefined || piece.isEmpty ? [] : piece.#text)).join(separator),
    )
  }

  /** UTF-16 units, which is how GitHub counts the text of comments and issues. */
  get length(): number {
    return this.#text.length
  }

  /** Bytes of UTF-8, which is how the runner counts a summary. */
  get bytes(): number {
    return Buffer.byteLength(this.#text)
  }

  get isEmpty(): boolean {
    return this.#text === ''
  }

  toString(): string {
    return this.#text
  }
}

/** Template of Markdown, such as md`**Stable** after ${seconds(ms)}: ${code(revision)} of ${name}`. */
export function md(parts: TemplateStringsArray, ...values: readonly MarkdownValue[]): Markdown {
  let text = parts[0] ?? ''
  values.forEach((value, index) => {
    if (value instanceof Markdown || typeof value === 'number') text += String(value)
    else if (value !== undefined) text += startsBlock(text) ? escapeStart(proseOf(value)) : proseOf(value)
    text += parts[index + 1] ?? ''
  })
  return trustedMarkdown(text)
}

/**
 * Text without secrets that is not escaped yet, such as the lines of a fence. It is cut only after its secrets are removed,
 * because half a secret does not match.
 */
export class Plain {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  /** Use the template `plain` instead. */
  static of(parts: TemplateStringsArray, values: readonly (Text | number | undefined)[]): Plain {
    let text = parts[0] ?? ''
    values.forEach((value, index) => {
      text += `${typeof value === 'string' ? secrets.redact(value) : (value ?? '')}${parts[index + 1]}`
    })
    return new Plain(text)
  }

  /** The start of a longer text, without a secret that begins at its end. */
  static startOf(text: string): Plain {
    return new Plain(secrets.redactStart(text))
  }

  get length(): number {
    return this.#text.length
  }

  get isEmpty(): boolean {
    return this.#text === ''
  }

  get firstLine(): Plain {
    return this.#lines(0, 1)
  }

  /** The text after the first line, trimmed. */
  get rest(): Plain {
    return new Plain(this.#lines(1).#text.trim())
  }

  get lines(): Plain[] {
    return this.#text.split('\n').map(each => new Plain(each))
  }

  /** The text as one line, with invisible characters as their codes. */
  get oneLine(): Plain {
    return new Plain(oneLine(this.#text))
  }

  /** The text with invisible characters as their codes. It can be longer, so shorten it afterwards. */
  get visible(): Plain {
    return new Plain(visible(this.#text))
  }

  /** The last part of a path or an ARN. */
  get lastPart(): Plain {
    return new Plain(lastPart(this.#text))
  }

  /** The first UTF-16 units, such as the abbreviation of a hash. */
  start(units: number): Plain {
    return new Plain(this.#text.slice(0, units).toWellFormed())
  }

  trim(): Plain {
    return new Plain(this.#text.trim())
  }

  /** The text with at most `maxUnits` UTF-16 units, its middle replaced by an ellipsis. */
  shorten(maxUnits: number): Plain {
    return new Plain(shorten(this.#text, maxUnits))
  }

  /** The longest prefix of whole lines in `maxBytes` bytes of UTF-8, and the number of omitted lines, undefined if all fit. */
  wholeLines(maxBytes: number): { readonly text: Plain; readonly omitted: number | undefined } {
    if (Buffer.byteLength(this.#text) <= maxBytes) return { text: this, omitted: undefined }
    // Each unit has at least one byte.
    const bytes = Buffer.from(this.#text.slice(0, Math.max(0, maxBytes) + 1))
    const cut = bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10, Math.max(0, maxBytes)))).toString()
    return { text: new Plain(cut), omitted: lineBreaks(this.#text) - lineBreaks(cut) }
  }

  toString(): string {
    return this.#text
  }

  #lines(from: number, to?: number): Plain {
    return new Plain(this.#text.split('\n').slice(from, to).join('\n'))
  }
}

/** Template of plain text, such as plain`Warning: ${summary}`. Its static parts are our own; every string in it is redacted. */
export function plain(parts: TemplateStringsArray, ...values: readonly (Text | number | undefined)[]): Plain {
  return Plain.of(parts, values)
}

/** Renders text as a code span that its content cannot end. @param maxUnits UTF-16 units */
export function code(text: Text, maxUnits = Infinity): Markdown {
  return trustedMarkdown(codeSpan(oneLine(redactAndShorten(text, maxUnits))))
}

/**
 * Renders a sentence with foreign parts. Nothing in it is Markdown or HTML. A word that GitHub would link or notify (a URL, a
 * mention, an issue) becomes code, where people can still copy it.
 * @param maxUnits UTF-16 units, before the text is escaped
 */
export function prose(text: Text, maxUnits = Infinity): Markdown {
  return trustedMarkdown(escapeStart(proseOf(text, maxUnits)))
}

/** Renders a mention that notifies a person. A text that is not a login of GitHub becomes code. */
export function mention(login: string): Markdown {
  return /^[A-Za-z\d](?:[A-Za-z\d_-]{0,98}[A-Za-z\d])?$/.test(login) ? trustedMarkdown(`@${login}`) : code(login, 100)
}

/** Renders text inside `<summary>`, where GitHub reads no Markdown. @param maxUnits UTF-16 units */
export function html(text: Text, maxUnits = Infinity): Markdown {
  return trustedMarkdown(htmlOf(redactAndShorten(text, maxUnits)))
}

/** Renders a name of letters, digits and underscores unchanged, and any other text as prose. */
export function name(text: Text, maxUnits = Infinity): Markdown {
  const shown = redactAndShorten(text, maxUnits)
  return /^[A-Za-z\d]+(?:_[A-Za-z\d]+)*$/.test(shown) ? trustedMarkdown(shown) : prose(text, maxUnits)
}

/** Renders a fenced block that its content cannot close. A list is one text per line. */
export function fence(content: Text | readonly Text[], language: '' | 'diff' | 'json' = ''): Markdown {
  const texts: readonly Text[] = Array.isArray(content) ? content : [content as Text]
  const text = visible(texts.map(each => redactAndShorten(each)).join('\n'))
  const [backticks, tildes] = [longestRun(text, '`'), longestRun(text, '~')]
  const line = backticks <= tildes ? '`'.repeat(Math.max(3, backticks + 1)) : '~'.repeat(Math.max(3, tildes + 1))
  return trustedMarkdown(`${line}${language}\n${text}\n${line}`)
}

/** Renders a collapsible section. Its body is Markdown, so blank lines surround it. */
export function collapsible(title: Markdown, body: Markdown, isOpen = false): Markdown {
  return trustedMarkdown(`<details${isOpen ? ' open' : ''}><summary>${title}</summary>\n\n${body}\n\n</details>`)
}

/** Renders the items as a list, empty without any. */
export function list(items: readonly Markdown[]): Markdown {
  return trustedMarkdown(items.map(item => `- ${item}`).join('\n'))
}

/** Renders a row of a table. A bar ends a cell even in code, so it is escaped, with any backslashes before it doubled. */
export function row(cells: readonly Markdown[]): Markdown {
  return trustedMarkdown(`| ${cells.map(cell => withEscapedBars(String(cell))).join(' | ')} |`)
}

/** Escapes the bars of a cell, which would end it, and the backslashes before them. */
function withEscapedBars(cell: string): string {
  const [first = '', ...rest] = cell.split('|')
  return rest.reduce((text, part) => {
    let backslashes = 0
    while (text.at(-1 - backslashes) === '\\') backslashes++
    return `${text}${'\\'.repeat(backslashes)}\\|${part}`
  }, first)
}

/** Renders a link, or only its label if the address holds a secret, because an altered address does not work. */
export function link(label: Markdown, url: string): Markdown {
  return isFreeOfSecrets(url) ? knownLink(label, url) : label
}

/**
 * Renders a link to a page that is not secret: a run, a file or an issue of the repository, or a page of this action's
 * documentation. Its address is not redacted.
 */
export function knownLink(label: Markdown, url: string): Markdown {
  return trustedMarkdown(`[${label}](${destination(url)})`)
}

/** Renders such a link inside HTML, where GitHub reads no Markdown. */
export function knownHtmlLink(label: Markdown, url: string): Markdown {
  return trustedMarkdown(`<a href="${htmlOf(url)}">${label}</a>`)
}

/** Renders an image with alternative text; empty if the address holds a secret. */
export function image(alternative: Markdown, url: string): Markdown {
  return isFreeOfSecrets(url) ? trustedMarkdown(`![${alternative}](${destination(url)})`) : md``
}

/**
 * Renders a hidden line of our own data, such as a marker or a signed record: an HTML comment of characters that cannot end it.
 * @throws Error for any other line, because it would be unescaped foreign text
 */
export function hiddenLine(text: string): Markdown {
  if (text !== '' && !/^<!-- [\w .:=-]+ -->$/.test(text)) throw new Error('A hidden line holds more than data of ours.')
  return trustedMarkdown(text)
}

/** Inserts a hidden line as the second line of the page. */
export function withHiddenLine(page: Markdown, text: string): Markdown {
  const [first = '', ...others] = String(page).split('\n')
  return trustedMarkdown([first, hiddenLine(text), ...others].join('\n'))
}

/** Accepts the body of an issue as GitHub returned it, for the same issue. It contains nothing of this run. */
export function alreadyPosted(body: string): Markdown {
  return trustedMarkdown(body)
}

/** Whether an address holds no secret outside of its origin. */
export function isFreeOfSecrets(url: string): boolean {
  const origin = URL.parse(url)?.origin ?? ''
  const rest = url.startsWith(origin) ? url.slice(origin.length) : url
  return secrets.redact(rest) === rest
}

/** Encodes an address for a link. A parenthesis in it would end the destination. */
function destination(url: string): string {
  return url.replace(/[()\\<>\s]/g, char => encodeURIComponent(char).replace(/[()]/, percentEncoded))
}

function percentEncoded(char: string): string {
  return `%${char.charCodeAt(0).toString(16)}`
}

/** Removes secrets first, and only then shortens the text. */
function redactAndShorten(text: Text, maxUnits = Infinity): string {
  return shorten(typeof text === 'string' ? secrets.redact(text) : String(text), maxUnits)
}

function codeSpan(content: string): string {
  if (content.trim() === '') return '` `'
  const ticks = '`'.repeat(longestRun(content, '`') + 1)
  const pad = content.startsWith('`') || content.endsWith('`') || /^ .* $/.test(content) ? ' ' : ''
  return `${ticks}${pad}${content}${pad}${ticks}`
}

function proseOf(text: Text, maxUnits?: number): string {
  return oneLine(redactAndShorten(text, maxUnits))
    .trim()
    .split(/([\s"'()<>[\],;]+)/)
    .map(word => {
      if (!notifyingWord.test(word)) return escapeMarkdown(word)
      const core = word.replace(/(?<![.:!?])[.:!?]+$/, '')
      return core === '' ? escapeMarkdown(word) : `${codeSpan(core)}${word.slice(core.length)}`
    })
    .join('')
}

function htmlOf(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, entity)
}

/** Words that GitHub or a GFM parser turns into a link or a notification. */
const notifyingWord = /[@#]|:\/\/|www\.|\bGH-\d|mailto:|xmpp:/i

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&$!]/g, entity)
}

/** Escapes a start of a line that would create a heading, a quote or a list. */
function escapeStart(text: string): string {
  return text.replace(/^(?:[#>+=-]|\d+[.)](?!\S))/, start => start.replace(/./g, entity))
}

/** Whether the next text can begin a block: only marks and white space precede it on its line. */
function startsBlock(before: string): boolean {
  return !/[\p{L}\p{N}]/u.test(before.slice(before.lastIndexOf('\n') + 1))
}

function entity(char: string): string {
  return `&#${char.charCodeAt(0)};`
}

function lineBreaks(text: string): number {
  let found = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) found++
  return found
}

function longestRun(text: string, char: string): number {
  let longest = 0
  for (let start = text.indexOf(char); start !== -1; ) {
    let end = start + 1
    while (text[end] === char) end++
    longest = Math.max(longest, end - start)
    start = text.indexOf(char, end)
  }
  return longest
}
