/**
 * Canonical text of plan values: equal values have equal texts. No value can imitate the marks of sensitive and unknown
 * parts.
 */

/**
 * Canonical JSON of a value: its keys are sorted. The marks `?` and `*` are not valid JSON, so no value can look like them.
 * @param sensitive `true`, or marks in the value's own shape ("Change Representation", Terraform's JSON output format)
 * @param unknown marks of the parts that are known only after the apply, in the same format
 * @param digest replaces a sensitive value
 */
export function canonical(
  value: unknown,
  sensitive: unknown = false,
  unknown: unknown = false,
  digest: (value: unknown) => string = () => '*',
): string {
  if (unknown === true) return '?'
  if (sensitive === true && value !== null && value !== undefined) return digest(value)
  if (isUnmarked(sensitive) && isUnmarked(unknown)) return plain(value)
  const part = (key: string) => canonical(at(value, key), at(sensitive, key), at(unknown, key), digest)
  if (Array.isArray(value) || (Array.isArray(unknown) && unknown.length > 0)) {
    const length = Math.max(Object.keys(shape(value)).length, Object.keys(shape(unknown)).length)
    return `[${Array.from({ length }, (_, index) => part(String(index))).join()}]`
  }
  const keys = [...new Set([...Object.keys(shape(value)), ...Object.keys(shape(unknown))])].sort()
  if (keys.length === 0) return plain(value)
  return `{${keys.map(key => `${JSON.stringify(key)}:${part(key)}`).join()}}`
}

function isUnmarked(marks: unknown): boolean {
  return typeof marks !== 'object' ? marks !== true : marks === null || Object.keys(marks).length === 0
}

function plain(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
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

/** The parts of an object or list; an empty object for every other value. */
export function shape(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The part of a value or of its marks. A mark that is `true` marks every part. */
export function at(value: unknown, key: string): unknown {
  if (value === true) return true
  const parts = shape(value)
  return Object.hasOwn(parts, key) ? parts[key] : undefined
}
