/**
 * Removes secrets from text before it is published. GitHub masks the log and the summary, but not comments. A value that
 * Terraform hides in one place is often printed in another, as part of a URL or a rendered file. Each secret is searched in
 * all forms in which Terraform's own functions and usual programs write it. White space matches any white space, because
 * Terraform wraps its messages. The time is linear in the length of the text, whatever the secrets are.
 */

import { DecodingBudget, decodedTexts, encodedRuns, isWrapped } from './decoded.ts'
import { Matcher } from './matcher.ts'
import { looksGenerated, secretParts } from './secret-parts.ts'

/**
 * UTF-16 units of the shortest value that is removed wherever it appears. A sensitive port 80 would otherwise remove every
 * 80 from the plan. Terraform still hides shorter values in their own place.
 */
const minUnits = 4

/** Bytes of the shortest value that is searched in base64. Neighbours change too many characters of a shorter one, and hide too much. */
const minBytesInBase64 = 6

/** A function that returns a text without secrets. */
export type Redact = (text: string) => string

/** Redacts a text, and returns how much of a stream can be shown before its next part is known. */
export interface Redactor extends Redact {
  /** The number of UTF-16 units of whole lines in which no secret begins that can go on in the next lines. */
  readonly completeUnits: (text: string) => number
  /** The number of UTF-16 units of the start of a longer text in which no secret begins that can go on after it. */
  readonly knownUnits: (text: string) => number
}

/**
 * Returns a function that replaces each secret by `***`, also its parts and its other forms.
 * @param secrets values that must not be shown
 * @param open words in which nothing is hidden, such as resource addresses
 */
export function redactor(secrets: Iterable<string>, open: Iterable<string> = []): Redactor {
  const forms = new Set<string>()
  for (const secret of secrets) {
    for (const part of secretParts(secret)) {
      if (!isSearched(part)) continue
      for (const form of formsOf(part)) forms.add(form)
    }
  }
  if (forms.size === 0) return openRedactor
  const matcher = new Matcher(forms)
  const openWords = [...open]
  let openMatcher: Matcher | undefined
  const redact = (text: string): string => {
    const found = find(text, matcher)
    if (found.length === 0) return text
    openMatcher ??= new Matcher(openWords)
    let shown = ''
    let at = 0
    for (const [start, end] of joined(outside(found, openMatcher.find(text)))) {
      shown += `${text.slice(at, start)}***`
      at = end
    }
    return shown + text.slice(at)
  }
  const unitsUpTo = (text: string, cut: (at: number) => number): number => {
    const pending = matcher.pending(text)
    if (pending === undefined) return text.length
    // A secret that is complete must not be cut either.
    return joined(matcher.find(text)).reduceRight(
      (end, [from, to]) => (from < end && end < to ? cut(from) : end),
      cut(pending),
    )
  }
  return Object.assign(redact, {
    completeUnits: (text: string) =>
      Math.min(
        unitsUpTo(text, at => text.lastIndexOf('\n', at) + 1),
        startOfWrapped(text),
      ),
    knownUnits: (text: string) => unitsUpTo(text, at => at),
  })
}

/** Returns where the lines of base64 begin that end a text and can go on in the next ones; its length if its last line is not one. */
function startOfWrapped(text: string): number {
  let start = text.length
  while (start > 0 && text.endsWith('\n', start)) {
    const previous = text.lastIndexOf('\n', start - 2) + 1
    if (!isWrapped(text.slice(previous, start))) break
    start = previous
  }
  return start
}

const openRedactor: Redactor = Object.assign((text: string) => text, {
  completeUnits: (text: string) => text.length,
  knownUnits: (text: string) => text.length,
})

type Span = readonly [start: number, end: number]

/** Encodings in encodings that are searched: a packed script in base64 that has base64 in it. */
const maxDepth = 2

/** Returns the places of secrets in a text, in the order of their ends: as they are, in escapes, and in encoded values as a whole. */
function find(text: string, matcher: Matcher, budget = new DecodingBudget(), depth = 0): Span[] {
  const found: Span[] = matcher.find(text)
  const readings = decodedTexts(text)
  const more = readings.flatMap(({ text: decoded, starts }) => {
    const places = [...matcher.find(decoded), ...secretRuns(decoded, matcher, budget, depth)]
    return places.map(
      ([start, end]): Span => [starts[start] ?? 0, Math.max(starts[end] ?? 0, (starts[end - 1] ?? 0) + 1)],
    )
  })
  more.push(...secretRuns(text, matcher, budget, depth))
  return more.length === 0 ? found : [...found, ...more].sort(([, a], [, b]) => a - b)
}

/** Returns the encoded values in a text with more secrets than there are in their base64 forms, which hide less of the value. */
function secretRuns(text: string, matcher: Matcher, budget: DecodingBudget, depth: number): Span[] {
  if (depth === maxDepth) return []
  return encodedRuns(text, budget).flatMap(({ start, end, decoded }): Span[] => {
    const inside = find(decoded, matcher, budget, depth + 1).filter(([from, to]) => to - from >= minBytesInBase64)
    if (inside.length === 0) return []
    return joined(inside).length > joined(matcher.find(text.slice(start, end))).length ? [[start, end]] : []
  })
}

/** Joins spans that overlap. @param spans in the order of their ends */
function joined(spans: readonly Span[]): Span[] {
  const result: [number, number][] = []
  for (const [start, end] of spans) {
    let from = start
    for (let last = result.at(-1); last !== undefined && from < last[1]; last = result.at(-1)) {
      from = Math.min(from, last[0])
      result.pop()
    }
    result.push([from, end])
  }
  return result
}

/** Returns the spans that do not lie in an open word. Both lists are in the order of their ends. */
function outside(spans: readonly Span[], open: readonly Span[]): Span[] {
  const words = joined(open)
  let index = 0
  return spans.filter(([start, end]) => {
    while ((words[index]?.[1] ?? Number.POSITIVE_INFINITY) < end) index++
    const [wordStart = Number.POSITIVE_INFINITY] = words[index] ?? []
    return start < wordStart
  })
}

/** Names of AWS regions, such as `us-gov-east-1`, and of their zones. */
const regionPattern = /^[a-z]{2}(?:-(?:gov|iso[a-z]?))?-(?:north|south|east|west|central){1,2}-\d[a-z]?$/

/** Values that no text can do without, such as regions, ports and years. They are hidden in their own place only. */
function isSearched(value: string): boolean {
  return (
    value.length >= minUnits &&
    !/^(?:true|false|null|none|default|\d{1,5})$/i.test(value) &&
    !regionPattern.test(value) &&
    !/^(.)\1*$/s.test(value)
  )
}

/**
 * Returns the values that the runner may mask. The runner replaces a mask wherever it occurs, in our words too, and GitHub drops a
 * job output that contains one. So only what looks generated is a mask: ordinary text never holds it.
 */
export function masksOf(secret: string): string[] {
  return secretParts(secret).filter(looksGenerated)
}

/** Returns a secret in all its forms: raw, and as JSON, HCL, Python, URLs, HTML, XML, shells and base64 write it. */
function formsOf(secret: string): string[] {
  // Terraform composes accents, and some file systems take them apart.
  return [...new Set([secret, secret.normalize('NFC'), secret.normalize('NFD')])].flatMap(writtenForms)
}

function writtenForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const uri = encodeURIComponent(secret.toWellFormed())
  const strictUri = uri.replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1)
  const uris = [uri, strictUri, encodeURI(secret.toWellFormed()), strictUri.replaceAll('%20', '+'), inForm]
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replace(/[<>&\u2028\u2029]/g, unicodeEscape),
    json.replace(/[^\x20-\x7e]/g, unicodeEscape),
    json.replaceAll('/', '\\/'),
    json.replace(/[$%](?=\{)/g, '$&$&'),
    ...uris,
    ...uris.map(each => each.replace(/%[\dA-F]{2}/g, code => code.toLowerCase())),
    encodeURIComponent(strictUri),
    escapeHtml(secret, '&quot;', "'"),
    escapeHtml(secret, '&quot;', '&#39;'),
    escapeHtml(secret, '&#34;', '&#39;'),
    escapeHtml(secret, '&quot;', '&#039;'),
    escapeHtml(secret, '&quot;', '&#x27;'),
    escapeHtml(secret, '&quot;', '&apos;'),
    secret.replaceAll("'", "'\\''"),
    secret.replaceAll("'", "''"),
    ...inBase64(secret),
  ]
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function escapeHtml(text: string, quote: string, apostrophe: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe)
}

/** Returns the base64 forms of a secret inside a longer text, whose first and last characters depend on the neighbours. */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret)
  if (bytes.length < minBytesInBase64) return []
  return [0, 1, 2]
    .map(before => {
      const encoded = Buffer.concat([Buffer.alloc(before), bytes])
        .toString('base64')
        .replaceAll('=', '')
      const from = before === 0 ? 0 : before + 1
      const to = (before + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1
      return encoded.slice(from, to)
    })
    .concat(bytes.toString('base64'))
    .flatMap(each => [each, each.replaceAll('+', '-').replaceAll('/', '_')])
}

/** Returns a copy of a value with `redact` applied to every text and key in it. */
export function redactAll<T>(value: T, redact: Redact): T {
  // Ten thousand changes repeat the same few keys.
  const keys = new Map<string, string>()
  const redactKey = (key: string): string => {
    const redacted = keys.get(key) ?? redact(key)
    keys.set(key, redacted)
    return redacted
  }
  const copy = (part: unknown): unknown => {
    if (typeof part === 'string') return redact(part)
    if (Array.isArray(part)) return part.map(copy)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [redactKey(key), copy(inner)]))
  }
  return copy(value) as T
}
