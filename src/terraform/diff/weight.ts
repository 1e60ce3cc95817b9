/** How much a line of a diff decides, by the name and the value of its attribute. Pure. */
import { type Weight, weights } from './line.ts'
import type { Path } from './path.ts'

/** Names under which images, ports, principals, address ranges and the effect of a policy are. */
const decidingName =
  /image|(?:^|_)ports?$|Ports?$|Port[A-Z]|principal|cidr|^(?:Effect|Action|NotAction|NotResource|NotPrincipal|protocol)$/i

/** A range of addresses, everybody, or an image by its digest. */
const decidingValue = /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$|^[\da-f:]*::?[\da-f:]*\/\d{1,3}$|^\*$|@sha256:/i

/** Entries of a structure that are looked at to order it. */
const maxEntries = 50

/** Returns the weight of a changed value at a path. @param values the old and the new value */
export function weightOf(path: Path, values: readonly unknown[]): Weight {
  const [attribute] = path
  if (attribute === 'tags' || attribute === 'tags_all') return weights.tags
  if (path.some(step => typeof step === 'string' && decidingName.test(step))) return weights.deciding
  if (values.some(value => decides(value))) return weights.deciding
  return path.some(step => typeof step !== 'string') ? weights.listed : weights.plain
}

/** Whether a value, or a part of a small one, decides. */
function decides(value: unknown): boolean {
  if (typeof value === 'string') return value.length < 500 && decidingValue.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, part]) => (isSet(part) && !Array.isArray(value) && decidingName.test(key)) || decides(part),
  )
}

/** Orders the keys of an object: what decides first, what is empty last, otherwise as they are. */
export function rankOf(key: string, value: unknown): number {
  if (!isSet(value)) return 2
  return decidingName.test(key) || decidesDirectly(value) ? 0 : 1
}

/** Whether a text, or a key or member of a structure, decides. It does not look deeper. */
function decidesDirectly(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return decides(value)
  const entries = Object.entries(value).slice(0, maxEntries)
  return entries.some(
    ([key, part]) => (!Array.isArray(value) && decidingName.test(key)) || (typeof part === 'string' && decides(part)),
  )
}

function isSet(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
