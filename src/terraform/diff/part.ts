/** One side of a change: a value with the shapes that say which of its parts are sensitive or unknown until apply. Pure. */

import { exactDigits } from '../../json.ts'

/** A part of a value. */
export interface Part {
  readonly value: unknown
  /** `true`, or the shape of the value with `true` where a part is sensitive. */
  readonly sensitive: unknown
  /** `true`, or the shape of the value with `true` where a part is unknown until apply. */
  readonly unknown: unknown
  /** What null means: an attribute that is not set, or a value, as for a member of a list and anywhere in a document. */
  readonly nulls: 'unset' | 'member' | 'document'
  /** Whether an empty text of an attribute is not set either, as for providers on Terraform's first SDK. */
  readonly isEmptyUnset: boolean
}

/** A plain scalar of a YAML document as it is written. YAML 1.1 and 1.2 read `no` differently, so it is not interpreted. */
export class YamlScalar {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

export type PartKind = 'absent' | 'hidden' | 'unknown' | 'scalar' | 'list' | 'object'

/** Returns the kind of a part. The null of an attribute is absent, because in Terraform it means "not set". */
export function partKind({ value, sensitive, unknown, nulls, isEmptyUnset }: Part): PartKind {
  const isNothing = value === null || (value === '' && isEmptyUnset)
  const isSet = value !== undefined && !(isNothing && nulls === 'unset')
  if (sensitive === true && (isSet || unknown === true)) return 'hidden'
  if (unknown === true) return 'unknown'
  const isPartlyUnknown = isShape(unknown) && Object.keys(unknown).length > 0
  const shape = isShape(value) ? value : (value ?? null) === null && isPartlyUnknown ? unknown : undefined
  if (shape !== undefined) return Array.isArray(shape) ? 'list' : 'object'
  return isSet ? 'scalar' : 'absent'
}

/** Returns the part of an object under a key, or of a list at an index. */
export function partAt(part: Part, key: string | number): Part {
  const { value, sensitive, unknown } = part
  const nulls = part.nulls === 'document' ? 'document' : 'unset'
  return { ...part, value: at(value, key), sensitive: at(sensitive, key), unknown: at(unknown, key), nulls }
}

/** Returns the keys of an object that are set or become known. */
export function keysOf({ value, unknown }: Part): string[] {
  if (!isShape(unknown)) return isShape(value) ? Object.keys(value) : []
  return [...new Set([...(isShape(value) ? Object.keys(value) : []), ...Object.keys(unknown)])]
}

/** Returns the members of a list. */
export function membersOf(part: Part): Part[] {
  const { value, unknown } = part
  const length = Math.max(Array.isArray(value) ? value.length : 0, Array.isArray(unknown) ? unknown.length : 0)
  return Array.from({ length }, (_, index) => ({
    ...partAt(part, index),
    nulls: part.nulls === 'document' ? 'document' : 'member',
  }))
}

/** Returns a document that was read from a string. All of it is known and open. */
export function documentPart(value: object): Part {
  return { value, sensitive: undefined, unknown: undefined, nulls: 'document', isEmptyUnset: false }
}

/** Returns the part of a value that is not set. */
export const absent: Part = {
  value: undefined,
  sensitive: undefined,
  unknown: undefined,
  nulls: 'unset',
  isEmptyUnset: false,
}

/** Whether two parts are equal. The order of keys has no meaning, and an unknown value equals nothing. */
export function isSame(a: Part, b: Part): boolean {
  if (a.value === b.value && a.sensitive === undefined && b.sensitive === undefined)
    if (a.unknown === undefined && b.unknown === undefined) return true
  const kind = partKind(a)
  if (kind !== partKind(b) || kind === 'unknown') return false
  if (kind === 'absent') return true
  if (kind === 'list') {
    const [as, bs] = [membersOf(a), membersOf(b)]
    return as.length === bs.length && as.every((each, index) => isSame(each, bs[index] as Part))
  }
  if (kind === 'object') {
    const keys = new Set([...keysOf(a), ...keysOf(b)])
    return [...keys].every(key => isSame(partAt(a, key), partAt(b, key)))
  }
  return identity(a) === identity(b)
}

/** Returns a text that two parts share if and only if they are equal; an unknown value has one that no other part has. */
export function identity(part: Part, unknownText: () => string = newUnknown): string {
  switch (partKind(part)) {
    case 'absent':
      return ''
    case 'unknown':
      return unknownText()
    case 'hidden':
      return `hidden ${JSON.stringify(part.value ?? null)}`
    case 'list':
      return `[${membersOf(part).map(each => identity(each, unknownText))}]`
    case 'object': {
      const entries = keysOf(part)
        .sort()
        .map(key => [key, identity(partAt(part, key), unknownText)] as const)
      return `{${entries.flatMap(([key, text]) => (text === '' ? [] : [`${JSON.stringify(key)}:${text}`]))}}`
    }
    case 'scalar':
      return part.value instanceof YamlScalar ? `yaml ${part.value.source}` : JSON.stringify(part.value)
  }
}

/** Whether a part is not set, or an empty list, object or text. */
export function isEmpty(part: Part): boolean {
  const kind = partKind(part)
  if (kind === 'list') return membersOf(part).length === 0
  if (kind === 'object') return keysOf(part).length === 0
  return kind === 'absent' || (kind === 'scalar' && part.value === '')
}

let unknowns = 0

function newUnknown(): string {
  unknowns += 1
  return `unknown ${unknowns}`
}

function isShape(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return !(value instanceof YamlScalar) && exactDigits(value) === undefined
}

function at(value: unknown, key: string | number): unknown {
  return isShape(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
