/**
 * Digest of a plan without its values: each attribute of each change becomes a few characters. A comment has room for it,
 * and it is enough to name the differences from another plan.
 */
import { hash } from 'node:crypto'
import type { NormalizedChange, NormalizedPlan, Values } from './fingerprint.ts'

/** One change without its values. Records and their digests contain these field names, so they do not change. */
export interface DigestedChange {
  readonly address: string
  readonly actions: string
  /** Hash over the whole change: 96 bits with values, 48 bits without them and in records of version 0.1. */
  readonly digest: string
  /** Hash per attribute, with a leading `?` if a part is known only after the apply. */
  readonly values?: { readonly notes: Values; readonly before: Values; readonly after: Values }
}

/** A plan as a record contains it; see DigestedChange for the field names. */
export interface PlanDigest {
  readonly settings: Values
  /** Undefined if the record has no room for them. */
  readonly changes: readonly DigestedChange[] | undefined
}

/** How precisely a digest can locate a difference: the attribute, the change, or only the plan as a whole. */
export type Detail = 'attributes' | 'addresses' | 'nothing'

/** UTF-16 units up to which a record contains a setting in full. */
const maxReadableSetting = 200

/** Characters of a digest. Each has six bits. */
const digestLength = 8

/**
 * The digest of a plan.
 * @param redact removes secrets from settings and addresses, which stay readable
 * @param key secret part of every hash. Without it, anybody can search two values with the same few characters, have one of them
 *   reviewed and the other one applied
 */
export function digestOf(
  { settings, changes }: NormalizedPlan,
  redact: (text: string) => string,
  detail: Detail,
  key = '',
): PlanDigest {
  return {
    settings: mapValues(settings, value => readableSetting(value, redact, key)),
    changes: detail === 'nothing' ? undefined : changes.map(change => digestedChange(change, redact, detail, key)),
  }
}

/** A setting as a record contains it: redacted, and shortened with a hash if it is long. */
export function readableSetting(value: string, redact: (text: string) => string, key = ''): string {
  const text = redact(value)
  return text.length <= maxReadableSetting ? text : `${text.slice(0, maxReadableSetting)}… (${digest(value, key)})`
}

function digestedChange(
  change: NormalizedChange,
  redact: (text: string) => string,
  detail: Detail,
  key: string,
): DigestedChange {
  const { address, actions, notes, before, after } = change
  const whole = hash('sha256', key + JSON.stringify(change), 'base64url')
  const withoutValues = { address: redact(address), actions }
  if (detail !== 'attributes') return { ...withoutValues, digest: whole.slice(0, digestLength) }
  const [details, was, will] = [notes, before, after].map(values =>
    mapValues(values, value => placeholder(value, key)),
  ) as [Values, Values, Values]
  return {
    ...withoutValues,
    digest: whole.slice(0, 2 * digestLength),
    values: { notes: details, before: was, after: will },
  }
}

function placeholder(value: string, key: string): string {
  if (value === '?') return '?'
  if (value === 'null') return nullDigest
  const hasUnknown = value.replace(/"(?:[^"\\]|\\.)*"/g, '').includes('?')
  return `${hasUnknown ? '?' : ''}${digest(value, key)}`
}

/** The digest of an attribute that is null, with any key. */
export const nullDigest = digest('null', '')

/** The first 48 bits of a hash. They locate a difference; only the fingerprint proves that two plans are equal. */
function digest(text: string, key: string): string {
  return hash('sha256', key + text, 'base64url').slice(0, digestLength)
}

function mapValues(values: Values, change: (value: string) => string): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}
