/**
 * The readings of a text with its encodings decoded. Programs write one value in many ways: escapes with digits of either case, some
 * characters escaped and others not, one encoding in another. Listing the ways does not end, and decoding them does. Pure, and linear in
 * the length of the text.
 */
import { gunzippedText } from './text.ts'

/** A decoded text, and the place of each of its units in the original text. */
export interface DecodedText {
  readonly text: string
  /** By unit: where it begins in the original text. One more at the end: the length of the original text. */
  readonly starts: Int32Array
}

/** A part of a text that is one encoded value, and what it decodes to. */
export interface EncodedRun {
  readonly start: number
  readonly end: number
  readonly decoded: string
}

/** Encodings in each other that are decoded: JSON in JSON in a URL. */
const maxLevels = 3

/** Where an escape can begin: escapes of URLs, programming languages and HTML, line ends, controls, and characters that show nothing. */
const escapeStart = /[%\\&\r\n]|(?!\s)\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu

/** The escapes by their first character. One run of percent codes or bytes is one match, because several of them are one character. */
const percentPattern = /(?<percent>(?:%[\da-fA-F]{2})+)/y
const backslashPattern =
  /\\(?:u\{(?<braced>[\da-fA-F]{1,6})\}|u(?<unit>[\da-fA-F]{4})|U(?<long>[\da-fA-F]{8})|(?<simple>[rt"'`\\/$]))/y
const bytesPattern = /(?<bytes>(?:\\x[\da-fA-F]{2})+)/y
const linePattern = /(?<line>(?:\r?\n|(?:\\r)?\\n)[ \t\u2500-\u257f]*)/y
const entityPattern = /&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[\da-fA-F]{1,6})|(?<entity>amp|lt|gt|quot|apos|nbsp));/y
const nothingPattern = /(?<nothing>.(?:\[[\d;]*[A-Za-z])?)/suy

const patternsByStart: Readonly<Record<string, readonly RegExp[]>> = {
  '%': [percentPattern],
  '\\': [linePattern, bytesPattern, backslashPattern],
  '&': [entityPattern],
  '\r': [linePattern],
  '\n': [linePattern],
}

/** Returns the escapes of a text in their order. They do not overlap. */
function* escapesIn(text: string): Generator<RegExpExecArray> {
  let end = 0
  for (const { 0: start, index } of text.matchAll(escapeStart)) {
    if (index < end) continue
    for (const pattern of patternsByStart[start] ?? [nothingPattern]) {
      pattern.lastIndex = index
      const match = pattern.exec(text)
      if (match === null) continue
      end = index + match[0].length
      yield match
      break
    }
  }
}

/** Whether a text can have an escape. Most have none, and this costs little. */
const anyEscape = /%[\da-fA-F]{2}|\\[xuUnrt"'`\\/$]|&(?:#|amp|lt|gt|quot|apos|nbsp)|[^\x20-\x7e\r\n\t]/

const simpleEscapes: Readonly<Record<string, string>> = { r: '\r', t: '\t' }
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Returns the readings of a text: its escapes decoded once, then the escapes in that, and so on. Empty for a text without escapes. */
export function decodedTexts(text: string): DecodedText[] {
  const found: DecodedText[] = []
  let last: DecodedText = { text, starts: new Int32Array(0) }
  for (let level = 0; level < maxLevels; level++) {
    const next = decodedOnce(last.text)
    if (next === undefined) break
    last = level === 0 ? next : { text: next.text, starts: next.starts.map(at => last.starts[at] ?? text.length) }
    found.push(last)
  }
  return found
}

/** Returns a text with each escape decoded once; undefined if it has none. */
function decodedOnce(text: string): DecodedText | undefined {
  if (!anyEscape.test(text) && !hasWrappedLine(text)) return undefined
  let decoded = ''
  let at = 0
  // No escape is shorter than what it stands for.
  const starts = new Int32Array(text.length + 1)
  const copyUpTo = (end: number) => {
    for (let unit = at; unit < end; unit++) starts[decoded.length + unit - at] = unit
    decoded += text.slice(at, end)
  }
  let isChanged = false
  for (const match of escapesIn(text)) {
    const [whole] = match
    const chars = charsOf(whole, match.groups ?? {}, text, match.index)
    if (chars === undefined) continue
    copyUpTo(match.index)
    let from = match.index
    for (const { char, units } of chars) {
      starts.fill(from, decoded.length, decoded.length + char.length)
      decoded += char
      from += units
    }
    at = match.index + whole.length
    isChanged = true
  }
  if (!isChanged) return undefined
  copyUpTo(text.length)
  starts[decoded.length] = text.length
  return { text: decoded, starts: starts.subarray(0, decoded.length + 1) }
}

/** A decoded character, and the number of units that it has in the original text. */
interface DecodedChar {
  readonly char: string
  readonly units: number
}

/** Returns what an escape stands for; undefined if it is not one. */
function charsOf(
  whole: string,
  groups: Readonly<Record<string, string | undefined>>,
  text: string,
  index: number,
): readonly DecodedChar[] | undefined {
  const { percent, bytes, braced, unit, long, simple, decimal, hex, entity, nothing, line } = groups
  const one = (char: string | undefined) => (char === undefined ? undefined : [{ char, units: whole.length }])
  if (nothing !== undefined) return []
  if (line !== undefined) {
    const isWrap =
      endsInBase64(text, index) && /^[\w+/=-]{2}/.test(text.slice(index + whole.length, index + whole.length + 2))
    if (isWrap) return []
    return line.includes('\\') ? one(line.replace(/(?:\\r)?\\n/, '\n')) : undefined
  }
  if (simple !== undefined) return one(simpleEscapes[simple] ?? simple)
  if (entity !== undefined) return one(entities[entity])
  if (percent !== undefined) return charsOfBytes(percent.replaceAll('%', ''), 3)
  if (bytes !== undefined) return charsOfBytes(bytes.replaceAll('\\x', ''), 4)
  if (unit !== undefined) return one(String.fromCharCode(Number.parseInt(unit, 16)))
  const code = decimal === undefined ? Number.parseInt(braced ?? long ?? hex ?? '', 16) : Number(decimal)
  return code <= 0x10_ffff ? one(String.fromCodePoint(code)) : undefined
}

/** Returns bytes as UTF-8, or one character for each if they are not. @param units of one byte in the original text */
function charsOfBytes(hex: string, units: number): DecodedChar[] {
  const bytes = Buffer.from(hex, 'hex')
  const text = bytes.toString('utf8')
  if (text.includes('\ufffd')) return [...bytes.toString('latin1')].map(char => ({ char, units }))
  return [...text].map(char => ({ char, units: units * Buffer.byteLength(char) }))
}

/** Characters at the end of a line of base64 that show that it was wrapped. */
const minWrappedUnits = 40

/** Whether the text before an index ends in base64 that is as long as a wrapped line. */
function endsInBase64(text: string, end: number): boolean {
  let at = text[end - 1] === '=' ? end - 2 : end - 1
  const first = at - minWrappedUnits + 1
  if (first < 0) return false
  while (at >= first && isBase64Unit(text.charCodeAt(at))) at--
  return at < first
}

function isBase64Unit(unit: number): boolean {
  const isAlphanumeric =
    (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39)
  return isAlphanumeric || unit === 0x2b || unit === 0x2f || unit === 0x2d || unit === 0x5f
}

function hasWrappedLine(text: string): boolean {
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (endsInBase64(text, text[at - 1] === '\r' ? at - 1 : at)) return true
  }
  return false
}

/** Whether a line, with its end, is one of base64 that can go on in the next line. */
export function isWrapped(line: string): boolean {
  return line.endsWith('\n') && hasWrappedLine(line)
}

/** Letters of base64 and base64url, as long as the shortest secret that is searched in them. */
const base64Pattern = /[\w+/-]{8,}={0,2}/g

/** Hexadecimal digits of as many bytes. */
const hexPattern = /[\da-fA-F]{12,}/g

/** Characters of a run that show whether it is text: three quarters of them as bytes. */
const probeUnits = 64

/** UTF-16 units beyond the length of the text that are decoded at most, because a packed value can be a thousand times as long. */
const maxUnpackedUnits = 4 * 1024 * 1024

/** What may still be decoded for one text. */
export class DecodingBudget {
  left = maxUnpackedUnits
}

/** Returns the base64 and hexadecimal values in a text that are text themselves, or packed text. */
export function encodedRuns(text: string, budget = new DecodingBudget()): EncodedRun[] {
  const found: EncodedRun[] = []
  const add = (runs: RegExpStringIterator<RegExpExecArray>, decode: (run: string) => string | undefined) => {
    for (const { 0: run, index } of runs) {
      if (budget.left <= 0) return
      const decoded = decode(run)
      if (decoded === undefined) continue
      budget.left -= Math.max(0, decoded.length - run.length)
      found.push({ start: index, end: index + run.length, decoded })
    }
  }
  // Most texts have neither, and a test costs less than a search.
  if (looksMixed(text)) add(text.matchAll(base64Pattern), run => (looksMixed(run) ? decodedBase64(run) : undefined))
  if (/[\da-fA-F]{12}/.test(text)) add(text.matchAll(hexPattern), decodedHex)
  return found
}

/** Whether a run has letters of both cases, as base64 of a text has. Names in plans rarely do. */
function looksMixed(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run)
}

function decodedHex(run: string): string | undefined {
  for (const offset of [0, 1]) {
    const bytes = Buffer.from(run.slice(offset), 'hex')
    if (isText(bytes.subarray(0, probeUnits))) return textOf(bytes)
  }
  return undefined
}

/** Separators of paths and names that base64 has, too: a value may begin after each of the first ones, as in `path/VALUE`. */
const maxSeparators = 8

function decodedBase64(run: string): string | undefined {
  for (const offset of [0, 1, 2, 3]) {
    const decoded = decodedFrom(run, offset)
    if (decoded !== undefined) return decoded
  }
  let offset = 0
  for (let count = 0; count < maxSeparators; count++) {
    offset = afterSeparator(run, offset)
    if (offset === -1) return undefined
    const decoded = decodedFrom(run, offset)
    if (decoded !== undefined) return decoded
  }
  return undefined
}

/** Returns where the next part of a path or a name begins; -1 without such a part. */
function afterSeparator(run: string, from: number): number {
  for (let at = from; at < run.length; at++) {
    const unit = run.charCodeAt(at)
    if (unit === 0x2f || unit === 0x5f || unit === 0x2b || unit === 0x2d) return at + 1
  }
  return -1
}

function decodedFrom(run: string, offset: number): string | undefined {
  const start = startOfBase64(run, offset)
  if (start === 'other') return undefined
  const bytes = Buffer.from(run.slice(offset), 'base64')
  if (start === 'packed') return gunzippedText(bytes)
  return isText(bytes.subarray(0, probeUnits)) ? textOf(bytes) : undefined
}

/** Characters from whose bytes the first look decides. Most runs are names, and their bytes do not look like text. */
const firstLookUnits = 16

/** The most bytes of the first look that are not printable. */
const maxOddBytes = 2

/** Decides from the first bytes what a run can be, without a buffer. */
function startOfBase64(run: string, offset: number): 'text' | 'packed' | 'other' {
  let odd = 0
  let bits = 0
  let held = 0
  let first = 0
  let count = 0
  for (let at = offset; at < Math.min(run.length, offset + firstLookUnits); at++) {
    bits = (bits << 6) | base64Value(run.charCodeAt(at))
    held += 6
    if (held < 8) continue
    held -= 8
    const byte = (bits >> held) & 0xff
    bits &= 0xff
    if (count === 0) first = byte
    if (count === 1 && first === 0x1f && byte === 0x8b) return 'packed'
    if (byte !== 0 && !isPrintable(byte)) odd++
    if (odd > maxOddBytes) return 'other'
    count++
  }
  return 'text'
}

function base64Value(unit: number): number {
  if (unit >= 0x61) return unit - 71
  if (unit >= 0x41 && unit <= 0x5a) return unit - 65
  if (unit >= 0x30 && unit <= 0x39) return unit + 4
  return unit === 0x2b || unit === 0x2d ? 62 : 63
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** Whether bytes are text in UTF-8, or in UTF-16 as Windows has it. Nearly all of its characters are printable ASCII. */
function isText(bytes: Buffer): boolean {
  let printable = 0
  let zeros = 0
  for (const byte of bytes) {
    if (isPrintable(byte)) printable++
    else if (byte === 0) zeros++
  }
  const isWide = zeros >= bytes.length / 3
  return bytes.length >= 4 && (isWide ? printable + zeros : printable) >= bytes.length * 0.8
}

function textOf(bytes: Buffer): string {
  const isWide =
    bytes.subarray(0, probeUnits).filter(byte => byte === 0).length >= Math.min(bytes.length, probeUnits) / 3
  // The text has only ASCII in nearly all of its characters, in either order of its bytes.
  return isWide ? bytes.toString('latin1').replaceAll('\0', '') : bytes.toString('utf8')
}
