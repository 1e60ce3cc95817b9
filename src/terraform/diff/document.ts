/** JSON documents inside of strings. A document is compared as a value only if its value holds all that its text holds. Pure. */

import { gunzippedText } from '../../text.ts'

/** A reader of documents inside of strings; undefined for text that is not one, or that a value would not represent. */
export type ReadDocument = (text: string) => object | undefined

/** Reads a JSON object or list. Text with a repeated key or with a number that loses digits is not read. */
export function readJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && saysAll(text, value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A string with the colon of a key, or a number, in a valid JSON text. */
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|(-?\d[\d.eE+-]*)/g

function saysAll(text: string, value: object): boolean {
  let keys = 0
  for (const [, colon, number] of text.matchAll(tokens)) {
    if (colon !== undefined) keys++
    if (number !== undefined && number.length > 15 && String(Number(number)) !== number) return false
  }
  return keys === countKeys(value)
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const parts = Object.values(value)
  return parts.reduce<number>((sum, part) => sum + countKeys(part), Array.isArray(value) ? 0 : parts.length)
}

/** Base64 of at least 30 bytes, in one line. */
const base64Pattern = /^(?:[A-Za-z\d+/]{4}){10,}(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/

/** A character that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is searched
const binary = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]/

/** A text inside of an encoded value. */
export interface DecodedText {
  readonly text: string
  /** The function of Terraform or OpenTofu that gives the text. */
  readonly by: 'base64decode' | 'base64gunzip'
}

/**
 * Returns the text of several lines inside of base64, packed by gzip or not, such as a script of an instance; undefined for anything
 * else.
 */
export function decodedText(value: string): DecodedText | undefined {
  if (!base64Pattern.test(value)) return undefined
  const bytes = Buffer.from(value, 'base64')
  const packed = gunzippedText(bytes)
  const text = packed ?? bytes.toString()
  if (!text.includes('\n') || binary.test(text)) return undefined
  return { text, by: packed === undefined ? 'base64decode' : 'base64gunzip' }
}

/** UTF-16 units of the longest YAML that is read, because parsing it takes milliseconds. */
const maxYamlUnits = 64 * 1024

/** Whether a text looks like a YAML mapping or sequence of more than one line. */
export function mayBeYaml(text: string): boolean {
  return text.length <= maxYamlUnits && /^\s*(?:"[^"\n]*"|[\w./-]+) *:(?: [^\n]*)?\n|^ *- [^\n]*\n/.test(text)
}

/** Whether two versions of a value differ in a text that looks like YAML. */
export function differsInYaml(before: unknown, after: unknown): boolean {
  if (typeof before === 'string' && typeof after === 'string')
    return before !== after && mayBeYaml(before) && mayBeYaml(after)
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false
  return Object.entries(after).some(([key, part]) => differsInYaml(Reflect.get(before, key), part))
}
