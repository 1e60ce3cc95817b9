/**
 * One text for one value of a plan, so that equal values are equal texts. Sensitive and unknown parts are marked in a way
 * that no value can imitate.
 */

/**
 * JSON with sorted keys. Beside a value go its sensitivity and what of it is unknown, each `true` or of the value's own
 * shape ("Change Representation", Terraform's JSON output format). The marks `?` and `*` are no JSON, so no value can
 * look like them.
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
  // Terraform sorts the keys of what it prints, so nearly always this is all.
  if (isSorted(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(plain).join()}]`
  const parts = Object.keys(value)
    .sort()
    .map(key => `${JSON.stringify(key)}:${plain((value as Record<string, unknown>)[key])}`)
  return `{${parts.join()}}`
}

/** Whether `JSON.stringify` gives the canonical text: the keys of all objects in it are sorted, and each has a value. */
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

/** The parts of an object or list; none of anything else. */
export function shape(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The part of a value, or of its shape of marks, where a `true` stands for all parts. */
export function at(value: unknown, key: string): unknown {
  if (value === true) return true
  const parts = shape(value)
  return Object.hasOwn(parts, key) ? parts[key] : undefined
}
