/**
 * Markdown that is safe to post: names, values and server replies are hostile, and none of them may close a fence, ping a
 * person, become a link or HTML, reorder what a reviewer reads, or hold a secret. Renderers build `Markdown` with the
 * template `md` and the functions below; the writers of comments, summaries and issues take nothing else. Each function
 * takes foreign text and, in this order, takes its secrets out, shortens it, and makes it visible and harmless. Only this
 * file makes Markdown of a string. GitHub looks for mentions and references after it has decoded entities, so only code
 * keeps a word from being one.
 */
import { type Line, secrets, type Words } from '../log.ts'
import { lastPart, oneLine, shorten, visible } from '../text.ts'

/** Foreign text, or text that is free of secrets already. */
export type Text = string | Plain | Line

/** What an `md` template takes: Markdown and numbers are ours, everything else becomes prose. */
export type MarkdownValue = Markdown | Text | number | undefined

/** Makes Markdown of a string that is safe already; only the functions of this file can see it. */
let trustedMarkdown: (text: string) => Markdown

/** A piece of a page. Its static parts are ours and never redacted; every interpolated text is redacted and escaped. */
export class Markdown {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static {
    trustedMarkdown = text => new Markdown(text)
  }

  /** A word of our own vocabulary, such as a phase or a code: as it is. The type refuses text of unknown value. */
  static word<const T extends string>(word: Words<T>): Markdown {
    return new Markdown(word)
  }

  /** The pieces with a separator of ours between them; empty pieces are left out. */
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

/** Markdown: md`**Stable** after ${seconds(ms)}: ${code(revision)} of ${name}`. */
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
 * Text that holds no secret and is not escaped yet: several lines for a fence, or a part of a longer text. It is cut only
 * after its secrets are out, because half a secret would not be found.
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

  get length(): number {
    return this.#text.length
  }

  get isEmpty(): boolean {
    return this.#text === ''
  }

  get firstLine(): Plain {
    return this.#lines(0, 1)
  }

  /** Everything after the first line, without white space around it. */
  get rest(): Plain {
    return new Plain(this.#lines(1).#text.trim())
  }

  get lines(): Plain[] {
    return this.#text.split('\n').map(each => new Plain(each))
  }

  /** As one line, with characters that show nothing as their codes. */
  get oneLine(): Plain {
    return new Plain(oneLine(this.#text))
  }

  /** With characters that show nothing as their codes; what that makes longer is shortened afterwards. */
  get visible(): Plain {
    return new Plain(visible(this.#text))
  }

  /** The last part of a path or an ARN. */
  get lastPart(): Plain {
    return new Plain(lastPart(this.#text))
  }

  /** The first UTF-16 units, as an abbreviation of a hash. */
  start(units: number): Plain {
    return new Plain(this.#text.slice(0, units).toWellFormed())
  }

  trim(): Plain {
    return new Plain(this.#text.trim())
  }

  /** At most `maxUnits` UTF-16 units, the middle left out. */
  shorten(maxUnits: number): Plain {
    return new Plain(shorten(this.#text, maxUnits))
  }

  /** The longest prefix of whole lines of at most `maxBytes` bytes of UTF-8, and how many lines follow it; undefined when all fit. */
  wholeLines(maxBytes: number): { readonly text: Plain; readonly omitted: number | undefined } {
    const bytes = Buffer.from(this.#text)
    if (bytes.length <= maxBytes) return { text: this, omitted: undefined }
    const cut = bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10, Math.max(0, maxBytes)))).toString()
    return { text: new Plain(cut), omitted: this.#text.split('\n').length - cut.split('\n').length }
  }

  toString(): string {
    return this.#text
  }

  #lines(from: number, to?: number): Plain {
    return new Plain(this.#text.split('\n').slice(from, to).join('\n'))
  }
}

/** Plain text: plain`Warning: ${summary}`. Its static parts are ours, and every interpolated string is redacted. */
export function plain(parts: TemplateStringsArray, ...values: readonly (Text | number | undefined)[]): Plain {
  return Plain.of(parts, values)
}

/** Text for a line of Markdown: a code span that no content can leave. @param maxUnits UTF-16 units */
export function code(text: Text, maxUnits = Infinity): Markdown {
  return trustedMarkdown(codeSpan(oneLine(redactAndShorten(text, maxUnits))))
}

/**
 * A sentence with foreign parts: nothing in it is Markdown or HTML, and what GitHub would link or notify (a URL, a
 * mention, an issue) stands in code, where it can still be copied.
 * @param maxUnits UTF-16 units, before the text is escaped
 */
export function prose(text: Text, maxUnits = Infinity): Markdown {
  return trustedMarkdown(escapeStart(proseOf(text, maxUnits)))
}

/** Text inside `<summary>`, where Markdown is not read. @param maxUnits UTF-16 units */
export function html(text: Text, maxUnits = Infinity): Markdown {
  return trustedMarkdown(htmlOf(redactAndShorten(text, maxUnits)))
}

/** A name in plain letters, digits and underscores as it is, which a page shows like the log; any other one as prose. */
export function name(text: Text, maxUnits = Infinity): Markdown {
  const shown = redactAndShorten(text, maxUnits)
  return /^[A-Za-z\d]+(?:_[A-Za-z\d]+)*$/.test(shown) ? trustedMarkdown(shown) : prose(text, maxUnits)
}

/** A fenced block that its content cannot close. Several texts are lines of it. */
export function fence(content: Text | readonly Text[], language: '' | 'diff' | 'json' = ''): Markdown {
  const texts: readonly Text[] = Array.isArray(content) ? content : [content as Text]
  const text = visible(texts.map(each => redactAndShorten(each)).join('\n'))
  const [backticks, tildes] = [longestRun(text, '`'), longestRun(text, '~')]
  const line = backticks <= tildes ? '`'.repeat(Math.max(3, backticks + 1)) : '~'.repeat(Math.max(3, tildes + 1))
  return trustedMarkdown(`${line}${language}\n${text}\n${line}`)
}

/** A collapsible section. Its body is Markdown, so it is set off by blank lines. */
export function collapsible(title: Markdown, body: Markdown, isOpen = false): Markdown {
  return trustedMarkdown(`<details${isOpen ? ' open' : ''}><summary>${title}</summary>\n\n${body}\n\n</details>`)
}

/** The items as a list, empty without one. */
export function list(items: readonly Markdown[]): Markdown {
  return trustedMarkdown(items.map(item => `- ${item}`).join('\n'))
}

/** A row of a table. A bar ends a cell even within code, and a backslash before it would take the meaning of ours away. */
export function row(cells: readonly Markdown[]): Markdown {
  return trustedMarkdown(`| ${cells.map(cell => String(cell).replace(/(\\*)\|/g, '$1$1\\|')).join(' | ')} |`)
}

/** A link, or its label alone where the address would show a secret: an address that was altered leads nowhere. */
export function link(label: Markdown, url: string): Markdown {
  return isFreeOfSecrets(url) ? knownLink(label, url) : label
}

/**
 * A link to a page that everybody knows who reads this one: a run, a file or an issue of the repository, or a page of this
 * action's documentation. Its address is as little redacted as the name of the repository.
 */
export function knownLink(label: Markdown, url: string): Markdown {
  return trustedMarkdown(`[${label}](${destination(url)})`)
}

/** The same inside HTML, where Markdown is not read. */
export function knownHtmlLink(label: Markdown, url: string): Markdown {
  return trustedMarkdown(`<a href="${htmlOf(url)}">${label}</a>`)
}

/** An image with a text for those who do not see it; empty where the address would show a secret. */
export function image(alternative: Markdown, url: string): Markdown {
  return isFreeOfSecrets(url) ? trustedMarkdown(`![${alternative}](${destination(url)})`) : md``
}

/**
 * A line of ours that people do not see, such as a marker or a signed record: an HTML comment of characters that cannot
 * end it.
 * @throws Error for any other line, which would be foreign text that nobody has escaped
 */
export function hiddenLine(text: string): Markdown {
  if (text !== '' && !/^<!-- [\w .:=-]+ -->$/.test(text)) throw new Error('A hidden line holds more than data of ours.')
  return trustedMarkdown(text)
}

/** The page with one more hidden line as its second one. */
export function withHiddenLine(page: Markdown, text: string): Markdown {
  const [first = '', ...others] = String(page).split('\n')
  return trustedMarkdown([first, hiddenLine(text), ...others].join('\n'))
}

/** The body of an issue as GitHub returned it, to be put back into the same issue: nothing of this run is in it. */
export function alreadyPosted(body: string): Markdown {
  return trustedMarkdown(body)
}

/** Whether nothing in an address but the name of its host holds a secret. */
function isFreeOfSecrets(url: string): boolean {
  const origin = URL.parse(url)?.origin ?? ''
  const rest = url.startsWith(origin) ? url.slice(origin.length) : url
  return secrets.redact(rest) === rest
}

/** A parenthesis would end the destination of a link. */
function destination(url: string): string {
  return url.replace(/[()\\<>\s]/g, char => encodeURIComponent(char).replace(/[()]/, percentEncoded))
}

function percentEncoded(char: string): string {
  return `%${char.charCodeAt(0).toString(16)}`
}

/** Without secrets first, and only then shortened. */
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
      const core = word.replace(/[.:!?]+$/, '')
      return core === '' ? escapeMarkdown(word) : `${codeSpan(core)}${word.slice(core.length)}`
    })
    .join('')
}

function htmlOf(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, entity)
}

/** What GitHub or a GFM parser would make a link or a notification of. */
const notifyingWord = /[@#]|:\/\/|www\.|\bGH-\d|mailto:|xmpp:/i

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&$!]/g, entity)
}

/** What would make a heading, a quote or a list of a line that begins with it. */
function escapeStart(text: string): string {
  return text.replace(/^(?:[#>+=-]|\d+[.)](?!\S))/, start => start.replace(/./g, entity))
}

/** Whether what follows may begin a block: nothing but marks and white space stands before it on its line. */
function startsBlock(before: string): boolean {
  return !/[\p{L}\p{N}]/u.test(before.slice(before.lastIndexOf('\n') + 1))
}

function entity(char: string): string {
  return `&#${char.charCodeAt(0)};`
}

function longestRun(text: string, char: string): number {
  let longest = 0
  let run = 0
  for (const each of text) {
    run = each === char ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}
