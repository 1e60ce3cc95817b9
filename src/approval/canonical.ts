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
  seal: (value: unknown) => string = () => '*',
): string {
  if (unknown === true) return '?'
  if (sensitive === true && value !== null && value !== undefined) return seal(value)
  if (Array.isArray(value) || (Array.isArray(unknown) && unknown.length > 0)) {
    const length = Math.max(Array.isArray(value) ? value.length : 0, Array.isArray(unknown) ? unknown.length : 0)
    const parts = Array.from({ length }, (_, index) =>
      canonical(at(value, String(index)), at(sensitive, String(index)), at(unknown, String(index)), seal),
    )
    return `[${parts.join()}]`
  }
  const keys = [...new Set([...Object.keys(shape(value)), ...Object.keys(shape(unknown))])].sort()
  if (keys.length === 0 && (typeof value !== 'object' || value === null)) return JSON.stringify(value ?? null)
  const parts = keys.map(
    key => `${JSON.stringify(key)}:${canonical(at(value, key), at(sensitive, key), at(unknown, key), seal)}`,
  )
  return `{${parts.join()}}`
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
