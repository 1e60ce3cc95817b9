/**
 * The diff of one resource change in the JSON plan, with only the attributes that differ. Unknown and sensitive values
 * are placeholders. A string that holds JSON, such as a policy, is compared as that JSON value.
 */
import { exactDigits } from '../json.ts'
import { Line } from '../log.ts'
import { visible } from '../text.ts'
import type { Change } from './json.ts'
import type { Kind } from './kind.ts'

type Path = readonly (string | number)[]

/** A scalar as displayed text and as the raw value to compare: two different hidden values have the same text. */
interface Leaf {
  readonly text: string
  readonly raw: string
}

type Redact = (text: string) => string

/**
 * Lines of a `diff` block: `-` for the old value, `+` for the new one, `!` if it is unknown until apply or hidden.
 * @param redact removes secrets from the displayed text; the raw values are compared, so a changed secret is listed
 */
export function diffLines(change: Change, kind: Kind, redact: Redact): string[] {
  const before = collectLeaves(change.before, change.before_sensitive, false, redact)
  const after = collectLeaves(change.after, change.after_sensitive, change.after_unknown, redact)
  const forcing = (change.replace_paths ?? []).map(pathText)
  const unknownPaths = [...after].filter(([, { raw }]) => raw === unknown).map(([path]) => path)
  const lines: string[] = []
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const was = before.get(path)
    const will = after.get(path)
    if (was?.raw === will?.raw) continue
    const replacementRemark = forcing.some(root => path === root || isInside(path, root))
      ? '  # forces replacement'
      : ''
    if (kind === 'create') {
      if (will !== undefined) lines.push(`+ ${path} = ${will.text}`)
    } else if (kind === 'delete' || kind === 'forget') {
      if (was !== undefined) lines.push(`- ${path} = ${was.text}`)
    } else if (will?.raw === unknown || (was !== undefined && was.text === will?.text)) {
      lines.push(`! ${path} = ${was === undefined ? '' : `${was.text} → `}${will?.text}${replacementRemark}`)
    } else if (will !== undefined || !unknownPaths.some(root => isInside(path, root))) {
      if (was !== undefined) lines.push(`- ${path} = ${was.text}${will === undefined ? replacementRemark : ''}`)
      if (will !== undefined) lines.push(`+ ${path} = ${will.text}${replacementRemark}`)
    }
  }
  return lines
}

/** Placeholders and remarks that `diffLines` adds at the end of a line. A value cannot end with them: it is quoted. */
const remarks =
  /(?:… \(\d+ characters\))?(?:(?: = | → )\((?:sensitive value|known after apply)\))*(?: {2}# forces replacement)?$/

/** Splits a line of `diffLines`: the sign and the remark are trusted text, the middle part is foreign text. */
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

/** Formats a path as Terraform does: `root.attribute[0].key`. Keys that are not identifiers are quoted. */
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

/** Every scalar of a value by its path. Null is omitted, because in Terraform it means "not set". */
function collectLeaves(value: unknown, sensitive: unknown, unknownShape: unknown, redact: Redact): Map<string, Leaf> {
  const collectLeaves = new Map<string, Leaf>()
  const add = (path: Path, text: string, raw: string) =>
    collectLeaves.set(redact(pathText(path)) || 'value', { text, raw })
  const walk = (part: unknown, secret: unknown, notKnown: unknown, path: Path): void => {
    const isSet = part !== null && part !== undefined
    if (secret === true && isSet) return void add(path, '(sensitive value)', JSON.stringify(part))
    if (notKnown === true) return void add(path, unknown, unknown)
    const structure = structureOf(part)
    if (structure === undefined && !isShape(notKnown)) {
      if (isSet) add(path, formatScalar(part, redact), JSON.stringify(part))
      return
    }
    const isList = Array.isArray(structure ?? notKnown)
    const keys = new Set([...Object.keys(structure ?? {}), ...(isShape(notKnown) ? Object.keys(notKnown) : [])])
    for (const key of keys) {
      walk(at(structure, key), at(secret, key), at(notKnown, key), [...path, isList ? Number(key) : key])
    }
  }
  walk(value, sensitive, unknownShape, [])
  return collectLeaves
}

/** The value as an object or list, also if it is a string that holds the JSON of one. */
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
  return typeof value === 'object' && value !== null && exactDigits(value) === undefined
}

function at(value: unknown, key: string): unknown {
  return isShape(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/**
 * Formats a scalar as JSON of at most 400 characters. It is redacted before it is shortened, because redaction does not
 * find half a secret. It is also redacted before it is quoted, because quoting changes a secret that contains quotes.
 */
function formatScalar(value: unknown, redact: Redact): string {
  const text = visible(redact(JSON.stringify(typeof value === 'string' ? redact(value) : value)))
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text
}
