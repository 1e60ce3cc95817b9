/**
 * The tool contract: what clients and models rely on, as one canonical text with a hash, and what changed between two
 * of them. A change is breaking when a call that was right before may now be wrong, or a result may lack what was
 * promised; descriptions are shown apart, because a tool is poisoned by its words. Pure.
 */
import { createHash } from 'node:crypto'
import { isObject, type JsonObject } from '../json.ts'
import type { Tool } from './tools.ts'

/** A committed contract file: `tools` is what counts, `hash` is for people. */
export interface ContractFile {
  readonly hash: string
  readonly tools: readonly Tool[]
}

/** One difference. `path` is a JSON path inside the tool, such as `inputSchema.properties.query.type`. */
export interface Change {
  readonly tool: string
  readonly path: string
  readonly what: string
}

export interface Comparison {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly breaking: readonly Change[]
  readonly harmless: readonly Change[]
  /** Words that models read: descriptions and titles of tools and of their arguments. */
  readonly descriptions: readonly Change[]
  /** How many there are of each kind; the lists hold the first 1,000. */
  readonly counts: Readonly<Record<'added' | 'removed' | 'breaking' | 'harmless' | 'descriptions', number>>
}

/** Listed of each kind of change. A tool list may change in a million places, and all of them would not fit into memory. */
const MAX_LISTED = 1000

/** Deeper than any schema that somebody wrote, and far from the end of the stack. */
const MAX_DEPTH = 256

/**
 * JSON with sorted keys and no white space, arrays as they are (RFC 8785 for what JSON.parse gives).
 *
 * @throws RangeError when it is nested deeper than 256 levels
 */
export function canonical(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`)
  if (Array.isArray(value)) return `[${value.map(item => canonical(item, depth + 1)).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const members = Object.keys(value)
    .filter(key => value[key] !== undefined)
    .sort()
    .map(key => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`)
  return `{${members.join(',')}}`
}

/** The part of a tool that the contract covers. */
function covered({ name, description, inputSchema, outputSchema, annotations }: Tool): Tool {
  return {
    name,
    ...(description !== undefined && { description }),
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations }),
  }
}

/**
 * The contract of a tool list: SHA-256, in hexadecimal, over the canonical JSON array of the tools (name, description,
 * inputSchema, outputSchema, annotations), sorted by name. Undefined when a schema is nested beyond all reason.
 */
export function contractOf(tools: readonly Tool[]): ContractFile | undefined {
  try {
    const texts = tools.map(tool => ({ tool, text: canonical(covered(tool)) }))
    const sorted = texts.sort((a, b) => order(a.tool.name, b.tool.name) || order(a.text, b.text))
    const hash = createHash('sha256')
      .update(`[${sorted.map(({ text }) => text).join(',')}]`)
      .digest('hex')
    return { hash, tools: sorted.map(({ text }) => JSON.parse(text) as Tool) }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Reads a committed contract: an object with `tools`, each with a name and an inputSchema. The answer to tools/list is
 * one, too.
 *
 * @throws Error that says what is wrong with the text
 */
export function readContract(text: string): readonly Tool[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('it is not JSON')
  }
  if (!isObject(value) || !Array.isArray(value.tools)) throw new Error('it has no list "tools"')
  for (const tool of value.tools) {
    if (!isObject(tool) || typeof tool.name !== 'string') throw new Error('one of its tools has no name')
    if (!isObject(tool.inputSchema)) throw new Error(`its tool ${JSON.stringify(tool.name)} has no inputSchema`)
    if (tool.outputSchema !== undefined && !isObject(tool.outputSchema)) {
      throw new Error(`the outputSchema of its tool ${JSON.stringify(tool.name)} is not an object`)
    }
  }
  const tools = value.tools as Tool[]
  if (contractOf(tools) === undefined) throw new Error(`a schema in it is nested deeper than ${MAX_DEPTH} levels`)
  return tools
}

/** What became of the tools `before` in `after`. */
export function compareContracts(before: readonly Tool[], after: readonly Tool[]): Comparison {
  const [old, now] = [byName(before), byName(after)]
  const lists: Record<Kind, Change[]> = { breaking: [], harmless: [], description: [] }
  const total: Record<Kind, number> = { breaking: 0, harmless: 0, description: 0 }
  for (const [name, tool] of old) {
    const current = now.get(name)
    if (current)
      compareTools(tool, current, (kind, path, what) => {
        if (++total[kind] <= MAX_LISTED) lists[kind].push({ tool: name, path, what })
      })
  }
  const added = [...now.keys()].filter(name => !old.has(name)).sort(order)
  const removed = [...old.keys()].filter(name => !now.has(name)).sort(order)
  return {
    added: added.slice(0, MAX_LISTED),
    removed: removed.slice(0, MAX_LISTED),
    breaking: lists.breaking,
    harmless: lists.harmless,
    descriptions: lists.description,
    counts: {
      added: added.length,
      removed: removed.length,
      breaking: total.breaking,
      harmless: total.harmless,
      descriptions: total.description,
    },
  }
}

/** In the order of the contract, so that of two tools with one name the same one is meant each time. */
function byName(tools: readonly Tool[]): Map<string, Tool> {
  return new Map((contractOf(tools)?.tools ?? tools).map(tool => [tool.name, covered(tool)]))
}

type Kind = 'breaking' | 'harmless' | 'description'
type RecordChange = (kind: Kind, path: string, what: string) => void

function compareTools(before: Tool, after: Tool, recordChange: RecordChange): void {
  compareWords(before, after, '', recordChange)
  const input: Direction = { narrower: 'breaking', wider: 'harmless', recordChange }
  const output: Direction = { narrower: 'harmless', wider: 'breaking', recordChange }
  compareSchemas(before.inputSchema, after.inputSchema, 'inputSchema', input)
  const [old, now] = [before.outputSchema, after.outputSchema]
  if (old && now) compareSchemas(old, now, 'outputSchema', output)
  else if (old) recordChange('breaking', 'outputSchema', 'removed: results are no longer promised a structure')
  else if (now) recordChange('harmless', 'outputSchema', 'added')
  const [hints, hintsNow] = [before.annotations ?? {}, after.annotations ?? {}]
  for (const key of keysOf(hints, hintsNow)) {
    if (same(hints[key], hintsNow[key])) continue
    recordChange(key === 'title' ? 'description' : 'harmless', `annotations.${key}`, became(hints[key], hintsNow[key]))
  }
}

/** What a narrower and what a wider schema is: arguments may be asked no more, results may promise no less. */
interface Direction {
  readonly narrower: Kind
  readonly wider: Kind
  readonly recordChange: RecordChange
}

/** Keywords that only describe. */
const WORDS = ['title', 'description', '$comment', 'examples'] as const

/** Keywords of which more is stricter, and less. */
const LOWER_BOUNDS = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'])
const UPPER_BOUNDS = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'])

/** Keywords that constrain and are compared only as a whole: there, a constraint. */
const CONSTRAINTS = new Set([
  'const',
  'pattern',
  'format',
  'multipleOf',
  'uniqueItems',
  'not',
  'if',
  'then',
  'else',
  'allOf',
  'oneOf',
  'contains',
  'prefixItems',
  'patternProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contentEncoding',
  'contentMediaType',
  '$ref',
  '$dynamicRef',
])

/** Keywords that are maps from names to schemas and are only used through a $ref. */
const DEFINITIONS = ['$defs', 'definitions'] as const

function compareSchemas(old: unknown, now: unknown, path: string, direction: Direction): void {
  // JSON Schema 2020-12 §4.3.2: true allows everything, as an empty schema does, and false nothing.
  const [before, after] = [old === true ? {} : old, now === true ? {} : now]
  if (same(before, after)) return
  const { narrower, wider, recordChange } = direction
  if (!isObject(before) || !isObject(after)) {
    recordChange(after === false ? narrower : before === false ? wider : 'breaking', path, became(old, now))
    return
  }
  compareWords(before, after, path, recordChange)
  const handled = new Set<string>([...WORDS, ...DEFINITIONS, 'properties', 'required', 'type', 'enum', 'anyOf'])
  compareTypes(before.type, after.type, `${path}.type`, direction)
  compareChoices(before.enum, after.enum, `${path}.enum`, direction)
  compareChoices(before.anyOf, after.anyOf, `${path}.anyOf`, direction)
  compareProperties(before, after, path, direction)
  for (const name of DEFINITIONS) {
    const [was, is] = [asMap(before[name]), asMap(after[name])]
    for (const key of keysOf(was, is)) {
      if (key in was && key in is) compareSchemas(was[key], is[key], `${path}.${name}.${key}`, direction)
    }
  }
  for (const key of keysOf(before, after)) {
    if (handled.has(key) || same(before[key], after[key])) continue
    const at = `${path}.${key}`
    const [was, is] = [before[key], after[key]]
    if (key === 'items') compareSchemas(was ?? true, is ?? true, at, direction)
    // More members than were promised harm no reader of a result.
    else if (key === 'additionalProperties')
      compareSchemas(was ?? true, is ?? true, at, { ...direction, wider: 'harmless' })
    else if (LOWER_BOUNDS.has(key)) compareBound(was, is, at, 1, direction)
    else if (UPPER_BOUNDS.has(key)) compareBound(was, is, at, -1, direction)
    else if (CONSTRAINTS.has(key))
      recordChange(is === undefined ? wider : was === undefined ? narrower : 'breaking', at, became(was, is))
    else recordChange('harmless', at, became(was, is))
  }
}

function compareWords(before: object, after: object, path: string, recordChange: RecordChange): void {
  for (const word of WORDS) {
    const [old, now] = [(before as Record<string, unknown>)[word], (after as Record<string, unknown>)[word]]
    if (!same(old, now)) recordChange('description', path === '' ? word : `${path}.${word}`, became(old, now))
  }
}

function compareProperties(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path: string,
  direction: Direction,
): void {
  const { narrower, wider, recordChange } = direction
  const [old, now] = [asMap(before.properties), asMap(after.properties)]
  const [wasRequired, isRequired] = [asSet(before.required), asSet(after.required)]
  for (const name of keysOf(old, now)) {
    const at = `${path}.properties.${name}`
    if (!(name in now)) recordChange('breaking', at, 'removed')
    else if (!(name in old)) {
      if (!isRequired.has(name)) recordChange('harmless', at, 'added')
    } else compareSchemas(old[name], now[name], at, direction)
  }
  for (const name of isRequired)
    if (!wasRequired.has(name)) recordChange(narrower, `${path}.required`, `"${name}" is required now`)
  for (const name of wasRequired) {
    if (!isRequired.has(name)) recordChange(wider, `${path}.required`, `"${name}" is no longer required`)
  }
}

function compareTypes(
  before: unknown,
  after: unknown,
  path: string,
  { narrower, wider, recordChange }: Direction,
): void {
  if (same(before, after)) return
  const [old, now] = [typesOf(before), typesOf(after)]
  const allows = (types: Set<string> | undefined, type: string): boolean =>
    types === undefined || types.has(type) || (type === 'integer' && types.has('number'))
  const isWider = old !== undefined && [...old].every(type => allows(now, type))
  const isNarrower = now !== undefined && [...now].every(type => allows(old, type))
  if (isWider && isNarrower) recordChange('harmless', path, became(before, after))
  else recordChange(isWider ? wider : isNarrower ? narrower : 'breaking', path, became(before, after))
}

function compareChoices(
  before: unknown,
  after: unknown,
  path: string,
  { narrower, wider, recordChange }: Direction,
): void {
  if (same(before, after)) return
  if (!Array.isArray(before) || !Array.isArray(after)) {
    recordChange(Array.isArray(after) ? narrower : wider, path, became(before, after))
    return
  }
  const [old, now] = [new Set(before.map(value => canonical(value))), new Set(after.map(value => canonical(value)))]
  for (const value of old) if (!now.has(value)) recordChange(narrower, path, `${shortened(value)} is gone`)
  for (const value of now) if (!old.has(value)) recordChange(wider, path, `${shortened(value)} is new`)
}

function compareBound(
  before: unknown,
  after: unknown,
  path: string,
  sign: 1 | -1,
  { narrower, wider, recordChange }: Direction,
): void {
  const number = (value: unknown): number => (typeof value === 'number' ? value * sign : Number.NEGATIVE_INFINITY)
  recordChange(number(after) > number(before) ? narrower : wider, path, became(before, after))
}

function typesOf(value: unknown): Set<string> | undefined {
  return value === undefined
    ? undefined
    : new Set([value].flat().map(type => (typeof type === 'string' ? type : canonical(type))))
}

function asMap(value: unknown): Record<string, unknown> {
  return Object.assign(Object.create(null), isObject(value) ? value : {})
}

function asSet(value: unknown): Set<string> {
  return new Set(Array.isArray(value) ? value.filter(item => typeof item === 'string') : [])
}

function keysOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(order)
}

function same(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b
  return digestOf(a) === digestOf(b)
}

/** Digests of the objects and lists that were compared. Each is read once, however many levels are compared above it. */
const digests = new WeakMap<object, string>()

/** A text that two values share exactly when their canonical JSON is the same. */
function digestOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const known = digests.get(value)
  if (known !== undefined) return known
  const parts = Array.isArray(value)
    ? ['[', ...value.map(digestOf)]
    : ['{', ...keysOf(value, {}).map(key => `${JSON.stringify(key)}:${digestOf((value as JsonObject)[key])}`)]
  const digest = createHash('sha256').update(parts.join(',')).digest('base64')
  digests.set(value, digest)
  return digest
}

function became(before: unknown, after: unknown): string {
  if (before === undefined) return `added: ${shortened(canonical(after))}`
  if (after === undefined) return `removed, was ${shortened(canonical(before))}`
  return `${shortened(canonical(before))} became ${shortened(canonical(after))}`
}

const MAX_SHOWN_CHARACTERS = 300

function shortened(text: string): string {
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…` : text
}
