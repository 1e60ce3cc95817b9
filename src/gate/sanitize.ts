/**
 * Text that a server sent, made safe to show: one line, bounded, without control or invisible characters, and
 * without any of our own header values, which a hostile or merely verbose server may echo.
 */

const MAX_SHOWN_CHARACTERS = 200

/**
 * The spellings under which a header value could come back: as sent, the credential after its scheme, what is
 * left where a server misread letters beyond ASCII, and each of these as it looks inside JSON or a URL. Longest
 * first, so that no part of a secret survives the replacement.
 */
export function secretsOf(headers: Readonly<Record<string, string>>): readonly string[] {
  const spellings = Object.values(headers)
    .map(value => value.replace(/\s+/g, ' ').trim())
    .flatMap(value => [value, /^[\w-]+ (.+)$/.exec(value)?.[1] ?? ''])
    .flatMap(value => [value, ...value.split(/[^\x20-\x7e]+/).filter(run => run !== value && run.length >= 6)])
    .flatMap(value => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value.toWellFormed())])
  return [...new Set(spellings)].filter(secret => secret !== '').sort((a, b) => b.length - a.length)
}

/** Characters of JSON that are written before a preview ends: more than `clean` shows. */
const MAX_PREVIEW_CHARACTERS = 2 * MAX_SHOWN_CHARACTERS

/** Levels of a value that a preview shows. `JSON.stringify` has no such limit, and a deep value would exhaust its stack. */
const MAX_PREVIEW_DEPTH = 8

/** A foreign JSON value as one line of at most 200 characters, without `secrets`. Takes a value of any depth. */
export function previewJson(value: unknown, secrets: readonly string[]): string {
  let text = ''
  const write = (part: unknown, depth: number): void => {
    if (text.length > MAX_PREVIEW_CHARACTERS) return
    if (typeof part !== 'object' || part === null) {
      text += JSON.stringify(typeof part === 'string' ? part.slice(0, MAX_PREVIEW_CHARACTERS) : part) ?? 'null'
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
      if (!Array.isArray(part)) text += `${JSON.stringify(key.slice(0, MAX_PREVIEW_CHARACTERS))}:`
      write((part as Record<string, unknown>)[key], depth + 1)
    }
    text += close
  }
  write(value, 0)
  return clean(text, secrets)
}

/** `text` as one line of at most 200 characters, control characters and `secrets` removed. Never throws. */
export function clean(text: string, secrets: readonly string[]): string {
  // A bounded prefix is enough, and it keeps a 4 MiB body from being searched for each secret; it is longer
  // than what is shown by more than any sane header, so that no secret is cut in half at the end.
  let line = text.slice(0, 64 * 1024).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
  for (const secret of secrets) line = line.replaceAll(secret, '***')
  line = line.trim()
  return line.length > MAX_SHOWN_CHARACTERS
    ? `${line.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…`
    : line.toWellFormed()
}
