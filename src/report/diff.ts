/**
 * What a resource's change means, attribute by attribute, from the JSON plan: only what differs, unknown values
 * as unknown and sensitive ones as sensitive. A string that holds JSON, such as a task definition's containers or
 * a policy, is compared as what it says and not as one long line.
 */
import type { Change } from '../clients/terraform.ts'
import type { Kind } from '../steps/plan.ts'
import { visible } from './markdown.ts'

type Path = readonly (string | number)[]

/** Lines of a `diff` block: `-` was, `+` will be, `!` will be known only after the apply. */
export function diffLines(change: Change, kind: Kind): string[] {
  const before = leaves(change.before, change.before_sensitive, false)
  const after = leaves(change.after, change.after_sensitive, change.after_unknown)
  const forcing = (change.replace_paths ?? []).map(pathText)
  const lines: string[] = []
  for (const path of orderedKeys(before, after)) {
    const was = before.get(path)
    const will = after.get(path)
    if (was === will) {
      // Both hidden, but Terraform sees a difference between them: a reviewer must see that there is one.
      if (was === hidden && kind !== 'create' && kind !== 'delete' && differsHidden(change, path)) {
        lines.push(`! ${path} = ${hidden} → ${hidden}`)
      }
      continue
    }
    const forces = forcing.some(root => path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`))
    const note = forces ? '  # forces replacement' : ''
    if (kind === 'create') {
      if (will !== undefined) lines.push(`+ ${path} = ${will}`)
    } else if (kind === 'delete' || kind === 'forget') {
      if (was !== undefined) lines.push(`- ${path} = ${was}`)
    } else if (will === unknown) {
      lines.push(`! ${path} = ${was === undefined ? '' : `${was} → `}${unknown}${note}`)
    } else {
      if (was !== undefined) lines.push(`- ${path} = ${was}${will === undefined ? note : ''}`)
      if (will !== undefined) lines.push(`+ ${path} = ${will}${note}`)
    }
  }
  return lines
}

/** `root.attribute[0].key`, as Terraform writes a path; keys that are no identifiers are quoted. */
export function pathText(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${visible(JSON.stringify(step))}]`
  }
  return text
}

const unknown = '(known after apply)'
const hidden = '(sensitive value)'

/** Every scalar of a value with its path. Null, which Terraform means as "not set", is left out. */
function leaves(value: unknown, sensitive: unknown, unknownShape: unknown): Map<string, string> {
  const found = new Map<string, string>()
  const add = (path: Path, text: string) => found.set(pathText(path) || 'value', text)
  const walk = (part: unknown, secret: unknown, notKnown: unknown, path: Path): void => {
    if (secret === true) {
      if (part !== null && part !== undefined) add(path, hidden)
      else if (notKnown === true) add(path, unknown)
      return
    }
    if (notKnown === true) {
      add(path, unknown)
      return
    }
    const structure = structureOf(part)
    if (structure === undefined && !isShape(notKnown)) {
      if (part !== null && part !== undefined) add(path, scalar(part))
      return
    }
    const isList = Array.isArray(structure ?? notKnown)
    const keys = new Set([...Object.keys(structure ?? {}), ...(isShape(notKnown) ? Object.keys(notKnown) : [])])
    for (const key of keys) {
      walk(at(structure, key), at(secret, key), at(notKnown, key), [...path, isList ? Number(key) : key])
    }
  }
  walk(value, sensitive, unknownShape, [])
  return found
}

/** An object or list, also one that is written as JSON in a string. */
function structureOf(value: unknown): Record<string, unknown> | undefined {
  if (isShape(value)) return value
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined
  try {
    const parsed: unknown = JSON.parse(value)
    return isShape(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function isShape(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function at(value: unknown, key: string): unknown {
  return isShape(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function scalar(value: unknown): string {
  const text = visible(JSON.stringify(value) ?? 'null')
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text
}

function orderedKeys(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort()
}

function differsHidden(change: Change, path: string): boolean {
  const root = /^[A-Za-z_][\w-]*/.exec(path)?.[0]
  if (root === undefined) return JSON.stringify(change.before) !== JSON.stringify(change.after)
  return JSON.stringify(at(change.before, root)) !== JSON.stringify(at(change.after, root))
}
