/**
 * HTML that is safe to open: names, values and server replies are hostile. None of them may become an element, an attribute,
 * a script or a link, reorder the text, or hold a secret. Pages are built with the template `html`. It redacts and escapes each
 * value by its place, and refuses values in every other place. Only this file creates HTML from a string.
 */
import { createHash } from 'node:crypto'
import { secrets, type Words } from '../log.ts'
import { oneLine, visible } from '../text.ts'
import { isFreeOfSecrets, type Plain, type Text } from './markdown.ts'

/** A value of an `html` template. HTML and numbers are our own; every other value becomes text. */
export type HtmlValue = Html | readonly Html[] | Text | number | undefined

/** Creates HTML from a safe string. Only the functions of this file can call it. */
let trustedHtml: (text: string) => Html

/** A piece of a page. Its static parts are our own and never redacted; every interpolated text is redacted and escaped. */
export class Html {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static {
    trustedHtml = text => new Html(text)
  }

  /** A word of our own vocabulary, such as a phase or a code, which is never redacted. The type refuses unknown text. */
  static word<const T extends string>(word: Words<T>): Html {
    return new Html(escapeHtml(word))
  }

  get isEmpty(): boolean {
    return this.#text === ''
  }

  toString(): string {
    return this.#text
  }
}

/** Template of HTML, such as html`<li class="row">${name}</li>`. @throws Error for a value in another place than text or a quoted attribute */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const places = placesOf(parts)
  let text = parts[0] ?? ''
  values.forEach((value, index) => {
    text += places[index] === 'text' ? textOf(value) : attributeOf(value)
    text += parts[index + 1] ?? ''
  })
  return trustedHtml(text)
}

/**
 * Renders a link that opens a page of the web, or only its label: for an address of another scheme, with a user name, or with
 * a secret in it.
 */
export function link(label: Html, url: string): Html {
  const { protocol, username = '', password = '' } = URL.parse(url) ?? {}
  const isWeb = (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
  if (!isWeb || !isFreeOfSecrets(url)) return label
  return trustedHtml(`<a href="${escapeHtml(oneLine(url))}" rel="noopener noreferrer">${label}</a>`)
}

/** Renders text whose secrets are removed, with its lines and blanks, and with JSON in it indented. */
export function codeBlock(text: Plain): Html {
  return trustedHtml(`<pre tabindex="0"><code>${escapeHtml(visible(indentJson(String(text)).trimEnd()))}</code></pre>`)
}

/** A style sheet of our own. */
export class StyleSheet {
  readonly text: string

  private constructor(text: string) {
    this.text = text
  }

  /** Use the template `css` instead. */
  static of(parts: TemplateStringsArray): StyleSheet {
    return new StyleSheet(parts.join(''))
  }
}

/** Template of a style sheet. It takes no values. @throws Error for text that could end its element or load anything */
export function css(parts: TemplateStringsArray): StyleSheet {
  if (/[<\\]|url\(|@import/i.test(parts.join(''))) throw new Error('The style sheet holds more than styles.')
  return StyleSheet.of(parts)
}

/**
 * Renders one self-contained file. Its policy forbids everything but its style sheet: no script, no request, no form. A browser
 * obeys it although the file comes from a disk.
 */
export function htmlDocument(title: Html, style: StyleSheet, body: Html): Html {
  const hash = createHash('sha256').update(style.text).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  return trustedHtml(
    [
      '<!doctype html>',
      '<html lang="en">',
      '<head>',
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<meta name="color-scheme" content="light dark">',
      '<meta name="referrer" content="no-referrer">',
      `<title>${title}</title>`,
      `<style>${style.text}</style>`,
      '</head>',
      `<body>${body}</body>`,
      '</html>',
      '',
    ].join('\n'),
  )
}

function textOf(value: HtmlValue): string {
  if (value === undefined) return ''
  if (value instanceof Html || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(String).join('')
  return escapeHtml(visible(withoutSecrets(value as Text)))
}

/** @throws Error for HTML, which would end the attribute */
function attributeOf(value: HtmlValue): string {
  if (value === undefined) return ''
  if (value instanceof Html || Array.isArray(value)) throw new Error('An attribute holds HTML.')
  return typeof value === 'number' ? String(value) : escapeHtml(oneLine(withoutSecrets(value as Text)))
}

function withoutSecrets(text: Text): string {
  return typeof text === 'string' ? secrets.redact(text) : String(text)
}

/** Escapes text for the places that `placesOf` accepts. */
function escapeHtml(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`)
}

/** Attributes that may hold a value: what is in them is only shown, named or measured. */
const valueAttributes = new Set(
  'class id title datetime aria-label aria-labelledby x y width height viewbox colspan'.split(' '),
)

/** Where a value stands. */
type Place = 'text' | 'attribute'

const knownPlaces = new WeakMap<TemplateStringsArray, readonly Place[]>()

/** Returns the place of each value of a template. @throws Error for a value in a place that `html` does not know */
function placesOf(parts: TemplateStringsArray): readonly Place[] {
  const places = knownPlaces.get(parts) ?? findPlaces(parts)
  knownPlaces.set(parts, places)
  return places
}

/** The tokens of a template: a comment, the start of a tag, another `<`, an attribute up to its value, a quote, and the end of a tag. */
const token = /<!--|<\/?[a-z][a-z\d]*|<|[a-z][a-z\d-]*="|"|>/gi

/** Elements whose text a browser reads in its own way. */
const rawElements = /^<(?:script|style|textarea|xmp|iframe|noscript|plaintext|template)$/i

function findPlaces(parts: readonly string[]): readonly Place[] {
  const refuse = (why: string): never => {
    throw new Error(`A template of HTML ${why}: ${parts.join('…')}`)
  }
  const places: Place[] = []
  /** `text`, `tag`, or the name of the attribute whose value is open. */
  let state = 'text'
  parts.forEach((part, index) => {
    for (const [match] of part.matchAll(token)) {
      if (state === 'text') {
        if (match === '<' || match === '<!--' || rawElements.test(match)) refuse(`has ${match}`)
        if (match.startsWith('<')) state = 'tag'
      } else if (state === 'tag') {
        if (match === '>') state = 'text'
        else if (match.endsWith('="')) state = match.slice(0, -2).toLowerCase()
        else refuse(`has ${match} in a tag`)
      } else if (match.endsWith('"')) {
        state = 'tag'
      }
    }
    if (index === parts.length - 1) return
    if (state === 'tag') refuse('has a value in a tag')
    if (state !== 'text' && !valueAttributes.has(state)) refuse(`has a value in ${state}`)
    places.push(state === 'text' ? 'text' : 'attribute')
  })
  if (state !== 'text') refuse('ends in a tag')
  return places
}

/** Levels of JSON that are indented. Deeper ones stay on the level of the last one, so the text grows in proportion. */
const maxIndent = 12

/** Indents each line that starts as JSON, or as JSON after `data: `, also of a text that is cut. Other lines stay. */
export function indentJson(text: string): string {
  return text
    .split('\n')
    .map(line => {
      const [, before = '', json] = /^(\s*|data: ?)((?:\{\s*"|\[\s*[[{"]).*)$/s.exec(line) ?? []
      return json === undefined ? line : before + indented(json)
    })
    .join('\n')
}

function indented(json: string): string {
  let text = ''
  let depth = 0
  let isString = false
  const newLine = (): string => `\n${'  '.repeat(Math.min(depth, maxIndent))}`
  for (let at = 0; at < json.length; at++) {
    const char = json[at] ?? ''
    if (isString) {
      text += char
      if (char === '\\') text += json[++at] ?? ''
      else if (char === '"') isString = false
    } else if (char === '"') {
      text += char
      isString = true
    } else if (char === '{' || char === '[') {
      const close = char === '{' ? '}' : ']'
      if (json[at + 1] === close) text += char + (json[++at] ?? '')
      else {
        depth++
        text += char + newLine()
      }
    } else if (char === '}' || char === ']') {
      depth = Math.max(0, depth - 1)
      text += newLine() + char
    } else if (char === ',') text += char + newLine()
    else if (char === ':') text += ': '
    else if (!/\s/.test(char)) text += char
  }
  return text
}
