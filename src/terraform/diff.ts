/**
 * What a resource's change means, attribute by attribute, from the JSON plan: only what differs, unknown values
 * as unknown and sensitive ones as sensitive. A string that holds JSON, such as a task definition's containers or
 * a policy, is compared as what it says and not as one long line.
 */
import { Line } from '../log.ts'
import { visible } from '../text.ts'
import type { Change } from './json.ts'
import type { Kind } from './kind.ts'

type Path = readonly (string | number)[]

/** What is shown of a scalar, and what tells whether it differs: two hidden values may differ and look alike. */
interface Leaf {
  readonly text: string
  readonly raw: string
}

type Redact = (text: string) => string

/**
 * Lines of a `diff` block: `-` was, `+` will be, `!` will be known only after the apply, or differs and is hidden.
 * @param redact takes secrets out of what is shown; what is compared is the values themselves, because a secret that
 *   changes must be seen to change
 */
export function diffLines(change: Change, kind: Kind, redact: Redact): string[] {
  const before = leaves(change.before, change.before_sensitive, false, redact)
  const after = leaves(change.after, change.after_sensitive, change.after_unknown, redact)
  const forcing = (change.replace_paths ?? []).map(pathText)
  const wholly = [...after].filter(([, { raw }]) => raw === unknown).map(([path]) => path)
  const lines: string[] = []
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const was = before.get(path)
    const will = after.get(path)
    if (was?.raw === will?.raw) continue
    const note = forcing.some(root => path === root || isInside(path, root)) ? '  # forces replacement' : ''
    if (kind === 'create') {
      if (will !== undefined) lines.push(`+ ${path} = ${will.text}`)
    } else if (kind === 'delete' || kind === 'forget') {
      if (was !== undefined) lines.push(`- ${path} = ${was.text}`)
    } else if (will?.raw === unknown || (was !== undefined && was.text === will?.text)) {
      lines.push(`! ${path} = ${was === undefined ? '' : `${was.text} → `}${will?.text}${note}`)
    } else if (will !== undefined || !wholly.some(root => isInside(path, root))) {
      if (was !== undefined) lines.push(`- ${path} = ${was.text}${will === undefined ? note : ''}`)
      if (will !== undefined) lines.push(`+ ${path} = ${will.text}${note}`)
    }
  }
  return lines
}

/** Words of ours at the end of a line. A value ends in a quote, a digit, a bracket or a letter, so none can end like this. */
const remarks =
  /(?:… \(\d+ characters\))?(?:(?: = | → )\((?:sensitive value|known after apply)\))*(?: {2}# forces replacement)?$/

/** A line of `diffLines` in its parts: the sign and the remark are words of ours, what stands between them is foreign. */
export function splitDiffLine(text: string): { readonly sign: Line; readonly foreign: string; readonly remark: Line } {
  const [sign = ''] = /^[-+!] /.exec(text) ?? []
  const end = Math.max(sign.length, text.search(remarks))
  return {
    sign: Line.word(sign as '+ '),
    foreign: text.slice(sign.length, end),
    remark: Line.word(text.slice(end) as '  # forces replacement'),
  }
}

function isInside(path: string, root: string): boolean {
  return path.startsWith(`${root}.`) || path.startsWith(`${root}[`)
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

/** Every scalar of a value with its path. Null, which Terraform means as "not set", is left out. */
function leaves(value: unknown, sensitive: unknown, unknownShape: unknown, redact: Redact): Map<string, Leaf> {
  const found = new Map<string, Leaf>()
  const add = (path: Path, text: string, raw: string) => found.set(redact(pathText(path)) || 'value', { text, raw })
  const walk = (part: unknown, secret: unknown, notKnown: unknown, path: Path): void => {
    const isSet = part !== null && part !== undefined
    if (secret === true && isSet) return void add(path, '(sensitive value)', JSON.stringify(part))
    if (notKnown === true) return void add(path, unknown, unknown)
    const structure = structureOf(part)
    if (structure === undefined && !isShape(notKnown)) {
      if (isSet) add(path, shown(part, redact), JSON.stringify(part))
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

/**
 * Redacted before it is shortened, because half a secret would not be found any more, and before it is quoted, because
 * what is JSON in a longer text would be quoted twice.
 */
function shown(value: unknown, redact: Redact): string {
  const text = visible(redact(JSON.stringify(typeof value === 'string' ? redact(value) : value)))
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text
}
