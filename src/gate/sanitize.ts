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
