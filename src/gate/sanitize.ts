/**
 * The sanitizer of text from servers: one bounded line without control or invisible characters. It also removes our own
 * header values, which a hostile or verbose server may echo.
 */

import { secrets as knownSecrets } from '../log.ts'

const MAX_SHOWN_CHARACTERS = 200

/** Maximum number of characters of one text that are read. It is far above what is shown. */
export const MAX_READ_CHARACTERS = 64 * 1024

/**
 * Returns the spellings under which a header value could come back, longest first, so that no part of a secret remains.
 * They include the unchanged value, the credential after its scheme, and the readable runs after misread non-ASCII
 * letters. Each one also appears as it looks inside JSON or a URL. Pure.
 */
export function secretsOf(headers: Readonly<Record<string, string>>): readonly string[] {
  const spellings = Object.values(headers)
    .map(value => value.replace(/\s+/g, ' ').trim())
    .flatMap(value => [value, /^[\w-]+ (.+)$/.exec(value)?.[1] ?? ''])
    .flatMap(value => [value, ...value.split(/[^\x20-\x7e]+/).filter(run => run !== value && run.length >= 6)])
    .flatMap(value => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value.toWellFormed())])
  return [...new Set(spellings)].filter(secret => secret !== '').sort((a, b) => b.length - a.length)
}

/** Maximum number of characters before a preview ends: more than `clean` shows. */
const MAX_PREVIEW_CHARACTERS = 2 * MAX_SHOWN_CHARACTERS

/** Maximum depth of a preview. `JSON.stringify` has no such limit, and a deep value would exhaust the stack. */
const MAX_PREVIEW_DEPTH = 8

/** Formats a foreign JSON value of any depth as one line of at most 200 characters, without `secrets`. */
export function previewJson(value: unknown, secrets: readonly string[]): string {
  let text = ''
  const write = (part: unknown, depth: number): void => {
    if (text.length > MAX_PREVIEW_CHARACTERS) return
    if (typeof part !== 'object' || part === null) {
      text += JSON.stringify(typeof part === 'string' ? startOf(part) : part) ?? 'null'
      return
    }
    const [open, close] = Array.isArray(part) ? '[]' : '{}'
    if (depth === MAX_PREVIEW_DEPTH) {
      text += `${open}…${close}`
      return
    }
    text += open
    let isFirst = true
    for (const key in part) {
      if (text.length > MAX_PREVIEW_CHARACTERS) break
      if (!isFirst) text += ','
      isFirst = false
      if (!Array.isArray(part)) text += `${JSON.stringify(startOf(key))}:`
      write((part as Record<string, unknown>)[key], depth + 1)
    }
    text += close
  }
  write(value, 0)
  return clean(text, secrets)
}

/** Returns the start of a text without the secrets of the run. They are removed before the cut, because half a secret does not match. */
function startOf(text: string): string {
  return readStart(text).slice(0, MAX_PREVIEW_CHARACTERS)
}

/**
 * Returns the part of a text that is read, without the secrets of the run. A secret that the cut goes through is removed, too: white
 * space and elements that are left out afterwards could bring it to the front.
 */
export function readStart(text: string): string {
  if (text.length <= MAX_READ_CHARACTERS) return knownSecrets.redact(text)
  return knownSecrets.redactStart(text.slice(0, MAX_READ_CHARACTERS))
}

/** Formats `text` as one line of at most 200 characters, without control characters and `secrets`. Never throws. */
export function clean(text: string, secrets: readonly string[]): string {
  // The bounded prefix avoids a search of a 4 MiB body for each secret.
  let line = readStart(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
  for (const secret of secrets) line = line.replaceAll(secret, '***')
  if (text.length > MAX_READ_CHARACTERS) line = withoutHalf(line, secrets)
  line = line.trim()
  return line.length > MAX_SHOWN_CHARACTERS
    ? `${line.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…`
    : line.toWellFormed()
}

/** Returns a text that was cut without the start of a secret at its end. */
function withoutHalf(line: string, secrets: readonly string[]): string {
  for (const secret of secrets)
    for (let length = secret.length - 1; length > 0; length--)
      if (line.endsWith(secret.slice(0, length))) return line.slice(0, -length)
  return line
}
