/**
 * A plan's meaning without its values: for each change a few characters that stand for each attribute. It is what a
 * comment can hold of a reviewed plan, and enough to say where another plan differs from it.
 */
import { hash } from 'node:crypto'
import type { NormalizedChange, NormalizedPlan, Values } from './fingerprint.ts'

export interface DigestedChange {
  readonly address: string
  readonly actions: string
  /** Stands for the whole change. */
  readonly digest: string
  /** What stands for each attribute, with a leading `?` where a part is known only after the apply. */
  readonly values?: { readonly notes: Values; readonly before: Values; readonly after: Values }
}

export interface PlanDigest {
  readonly settings: Values
  /** Undefined where there were too many to be kept. */
  readonly changes: readonly DigestedChange[] | undefined
}

/** `attributes` tells which attribute of a change differs, `addresses` which change, `nothing` only that one does. */
export type Detail = 'attributes' | 'addresses' | 'nothing'

/** UTF-16 units of a setting that is kept as it is. */
const maxReadableSetting = 200

/** @param redact takes secrets out of settings and addresses, which are kept readable */
export function digestOf(
  { settings, changes }: NormalizedPlan,
  redact: (text: string) => string,
  detail: Detail,
): PlanDigest {
  return {
    settings: mapValues(settings, value => readableSetting(value, redact)),
    changes: detail === 'nothing' ? undefined : changes.map(change => digestedChange(change, redact, detail)),
  }
}

/** A setting as a record keeps it. */
export function readableSetting(value: string, redact: (text: string) => string): string {
  const text = redact(value)
  return text.length <= maxReadableSetting ? text : `${text.slice(0, maxReadableSetting)}… (${digest(value)})`
}

function digestedChange(change: NormalizedChange, redact: (text: string) => string, detail: Detail): DigestedChange {
  const { address, actions, notes, before, after } = change
  const outlined = { address: redact(address), actions, digest: digest(JSON.stringify(change)) }
  if (detail !== 'attributes') return outlined
  const [noted, was, will] = [notes, before, after].map(values => mapValues(values, placeholder)) as [
    Values,
    Values,
    Values,
  ]
  return { ...outlined, values: { notes: noted, before: was, after: will } }
}

function placeholder(value: string): string {
  if (value === '?') return '?'
  const hasUnknown = value.replace(/"(?:[^"\\]|\\.)*"/g, '').includes('?')
  return `${hasUnknown ? '?' : ''}${digest(value)}`
}

/** 48 bits: it names what differs; whether anything does is the fingerprint's to say. */
function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 8)
}

function mapValues(values: Values, change: (value: string) => string): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}
