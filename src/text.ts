/** Pure functions over text that every folder needs: visibility, shortening and the format of numbers. */

import { gunzipSync } from 'node:zlib'

/**
 * Characters that show nothing: controls, formats, lone surrogates, separators except the blank, and everything that a font
 * may ignore. The last three are symbols with an empty picture: Braille blank, Khitan filler, musical null notehead.
 */
const invisibleCharacters =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]|(?! )\p{Zs}/gu

/** Returns the text with every invisible character as its code, so that a person reads what a program compares. */
export function visible(text: string): string {
  return text.replace(invisibleCharacters, char => {
    if (char === '\n' || char === '\t') return char
    return char === '\r' ? '' : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** Returns the text as one line without invisible characters. */
export function oneLine(text: string): string {
  return visible(text.replace(/[\r\n\t]+/g, ' '))
}

/** Cuts the middle out of a text of more than `limit` UTF-16 units, because the ends distinguish addresses and ARNs. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const half = Math.floor((limit - 1) / 2)
  return `${text.slice(0, half)}…${text.slice(-half)}`.toWellFormed()
}

/** Formats a number of things, such as `1 thing` or `2 things`. */
export function count<const T extends string>(n: number, thing: T): `${number} ${T}` | `${number} ${T}s` {
  return n === 1 ? `${n} ${thing}` : `${n} ${thing}s`
}

/** Formats a duration in milliseconds as `40 ms`, `0.4 s`, `12 s` or `3 min 5 s`. */
export function seconds(ms: number): string {
  if (ms < 50) return `${Math.round(ms)} ms`
  const s = ms / 1000
  if (s < 9.95) return `${s.toFixed(1)} s`
  const whole = Math.round(s)
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Returns the last part of an ARN or a path: `weather:12` of `arn:aws:ecs:eu-west-1:1:task-definition/weather:12`. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** Compares names with their numbers by value: `a[9]` before `a[10]`. A collator takes ten times as long. */
export function inNaturalOrder(a: string, b: string): number {
  let start = 0
  while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) start++
  // The difference may be inside of a number, which begins earlier.
  while (start > 0 && isDigit(a.charCodeAt(start - 1))) start--
  const [x, y] = [numberAt(a, start), numberAt(b, start)]
  if (x !== '' && y !== '' && x !== y) return x.length - y.length || (x < y ? -1 : 1)
  return a < b ? -1 : a > b ? 1 : 0
}

/** Returns the digits of the number that begins at an index, without leading zeros; empty for another character. */
function numberAt(text: string, start: number): string {
  let end = start
  while (isDigit(text.charCodeAt(end))) end++
  let first = start
  while (first < end - 1 && text[first] === '0') first++
  return text.slice(first, end)
}

function isDigit(charCode: number): boolean {
  return charCode >= 48 && charCode <= 57
}

/** Joins words as in a sentence: `a`, `a and b`, `a, b and c`. */
export function joined(words: readonly string[], conjunction: 'and' | 'or'): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`
}

/** Most bytes that are unpacked from gzip, which is more than any script of an instance. */
const maxUnpackedBytes = 1024 * 1024

/** Returns the text that gzip packed, of at most 1 MiB; undefined for bytes that are not gzip. */
export function gunzippedText(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes }).toString()
  } catch {
    return undefined
  }
}
