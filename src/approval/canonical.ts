/**
 * Canonical text of plan values: equal values have equal texts. No value can imitate the marks of sensitive and unknown
 * parts.
 */

import { exactDigits } from '../json.ts'

/** Canonical text in place of a value. The signer hashes it, so a sensitive value can have placeholders, too. */
class CanonicalText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Mark among the marks of unknown parts: a part that plan-approval-ignore names. Only this symbol is the mark. */
export const ignoredMark: unique symbol = Symbol('ignored')

/**
 * Canonical JSON of a value: its keys are sorted. The marks `?`, `*` and `@` are not valid JSON, so no value can look like them.
 * @param sensitive `true`, or marks in the value's own shape ("Change Representation", Terraform's JSON output format)
 * @param unknown marks of the parts that are known only after the apply, in the same format
 * @param digest replaces a sensitive value
 * @param replace writes placeholders into the JSON text of a known part
 */
export function canonical(
  value: unknown,
  sensitive: unknown = false,
  unknown: unknown = false,
  digest: (value: unknown) => string = () => '*',
  replace: (json: string) => string = json => json,
): string {
  if (unknown === true) return '?'
  if (unknown === ignoredMark) return '@ignored'
  if (sensitive === true && value !== null && value !== undefined) return digest(withPlaceholders(value, replace))
  if (isUnmarked(sensitive) && isUnmarked(unknown)) return replace(plain(value))
  return canonicalParts(value, sensitive, unknown, digest, replace)
}

/** Canonical JSON of a value with marks of its parts. */
function canonicalParts(
  value: unknown,
  sensitive: unknown,
  unknown: unknown,
  digest: (value: unknown) => string,
  replace: (json: string) => string,
): string {
  const part = (key: string) => canonical(at(value, key), at(sensitive, key), at(unknown, key), digest, replace)
  if (Array.isArray(value) || (Array.isArray(unknown) && unknown.length > 0)) {
    const length = Math.max(Object.keys(shape(value)).length, Object.keys(shape(unknown)).length)
    return `[${Array.from({ length }, (_, index) => part(String(index))).join()}]`
  }
  const keys = [...new Set([...Object.keys(shape(value)), ...Object.keys(shape(unknown))])].sort()
  if (keys.length === 0) return replace(plain(value))
  return `{${keys.map(key => `${JSON.stringify(key)}:${part(key)}`).join()}}`
}

/** The value itself if it has no placeholders, so that its hash is that of earlier versions. */
function withPlaceholders(value: unknown, replace: (json: string) => string): unknown {
  const json = plain(value)
  const text = replace(json)
  return text === json ? value : new CanonicalText(text)
}

function isUnmarked(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks !== true
  for (const _ in marks) return false
  return true
}

function plain(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  if (value instanceof CanonicalText) return value.text
  // Terraform prints sorted keys, so this branch handles nearly every object.
  if (isSorted(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(plain).join()}]`
  const parts = Object.keys(value)
    .sort()
    .map(key => `${JSON.stringify(key)}:${plain((value as Record<string, unknown>)[key])}`)
  return `{${parts.join()}}`
}

/** Whether `JSON.stringify` returns the canonical text: every object has sorted keys, and every key has a value. */
function isSorted(value: object): boolean {
  if (Array.isArray(value)) return value.every(part => typeof part !== 'object' || part === null || isSorted(part))
  let previous = ''
  for (const key in value) {
    const part = (value as Record<string, unknown>)[key]
    if (key < previous || part === undefined) return false
    if (typeof part === 'object' && part !== null && !isSorted(part)) return false
    previous = key
  }
  return true
}

const noParts: Readonly<Record<string, unknown>> = Object.freeze({})

/** The parts of an object or list; an empty object for every other value. */
export function shape(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && exactDigits(value) === undefined
    ? (value as Record<string, unknown>)
    : noParts
}

/** The part of a value or of its marks. A mark that is `true` marks every part. */
export function at(value: unknown, key: string): unknown {
  if (value === true) return true
  const parts = shape(value)
  return Object.hasOwn(parts, key) ? parts[key] : undefined
}
