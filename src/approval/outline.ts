/**
 * A plan's meaning without its values: for each change a few characters that stand for each attribute. It is what a
 * comment can hold of a reviewed plan, and enough to say where another plan differs from it.
 */
import { hash } from 'node:crypto'
import type { IntendedChange, Meaning, Values } from './meaning.ts'

export interface OutlinedChange {
  readonly address: string
  readonly actions: string
  /** Stands for the whole change. */
  readonly digest: string
  /** What stands for each attribute, with a leading `?` where a part is known only after the apply. */
  readonly values?: { readonly notes: Values; readonly before: Values; readonly after: Values }
}

export interface Outline {
  readonly settings: Values
  /** Undefined where there were too many to be kept. */
  readonly changes: readonly OutlinedChange[] | undefined
}

/** `attributes` tells which attribute of a change differs, `addresses` which change, `nothing` only that one does. */
export type Detail = 'attributes' | 'addresses' | 'nothing'

/** UTF-16 units of a setting that is kept as it is. */
const readableSetting = 200

/** @param redact takes secrets out of settings and addresses, which are kept readable */
export function outlineOf({ settings, changes }: Meaning, redact: (text: string) => string, detail: Detail): Outline {
  return {
    settings: mapValues(settings, value => {
      const text = redact(value)
      return text.length <= readableSetting ? text : `${text.slice(0, readableSetting)}… (${digest(value)})`
    }),
    changes: detail === 'nothing' ? undefined : changes.map(change => outlinedChange(change, redact, detail)),
  }
}

function outlinedChange(change: IntendedChange, redact: (text: string) => string, detail: Detail): OutlinedChange {
  const { address, actions, notes, before, after } = change
  const outlined = { address: redact(address), actions, digest: digest(JSON.stringify(change)) }
  if (detail !== 'attributes') return outlined
  const [noted, was, will] = [notes, before, after].map(values => mapValues(values, standIn)) as [
    Values,
    Values,
    Values,
  ]
  return { ...outlined, values: { notes: noted, before: was, after: will } }
}

function standIn(value: string): string {
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
