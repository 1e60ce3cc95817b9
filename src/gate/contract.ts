/**
 * The tool contract: the part of the tools that clients and models rely on, as one canonical text with a hash. This
 * module also compares two contracts. A change is breaking when a call that was valid may now fail, or when a result
 * may lack a promised member. Changed descriptions are a separate list, because a poisoned tool attacks through its
 * text. Pure.
 */
import { createHash } from 'node:crypto'
import { isObject, type JsonObject } from '../json.ts'
import { secrets } from '../log.ts'
import type { Tool } from './tools.ts'

/** A committed contract file. Only `tools` is compared; `hash` is for people. */
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

/** The differences between two contracts, by kind. */
export interface Comparison {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly breaking: readonly Change[]
  readonly harmless: readonly Change[]
  /** Changed text that models read: descriptions and titles of tools and of their arguments. */
  readonly descriptions: readonly Change[]
  /** Total number of each kind; each list holds only the first 1,000. */
  readonly counts: Readonly<Record<'added' | 'removed' | 'breaking' | 'harmless' | 'descriptions', number>>
}

/**
 * Maximum number of listed changes of each kind. A hostile tool list may differ in a million places, which would not
 * fit into memory.
 */
const MAX_LISTED = 1000

/** Maximum nesting of a compared value: deeper than any real schema, and far below the stack limit. */
const MAX_DEPTH = 256

/**
 * Serializes a value as JSON with sorted keys and no white space; arrays keep their order. For values of JSON.parse the
 * result is that of RFC 8785.
 *
 * @throws RangeError when the value is nested deeper than 256 levels
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

/** Returns the part of a tool that the contract covers. */
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
 * Builds the contract of a tool list, sorted by name. The hash is SHA-256, in hexadecimal, over the canonical JSON
 * array of the tools. Each tool contributes its name, description, inputSchema, outputSchema and annotations. Returns
 * undefined when a schema is nested deeper than 256 levels.
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
 * Reads a committed contract: an object with `tools`, each with a name and an inputSchema. A tools/list result has the
 * same shape and is accepted too.
 *
 * @throws Error whose message describes the invalid part of the text
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

/** Compares the committed tools with the current ones. Pure. */
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

/** Indexes the tools by name in contract order, so that duplicate names always resolve to the same tool. */
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

/** The kind of a narrower and of a wider schema. Narrower arguments break callers; wider results break readers. */
interface Direction {
  readonly narrower: Kind
  readonly wider: Kind
  readonly recordChange: RecordChange
}

/** Keywords that only describe a schema. */
const WORDS = ['title', 'description', '$comment', 'examples'] as const

/** Keywords whose higher value is stricter, and keywords whose lower value is stricter. */
const LOWER_BOUNDS = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'])
const UPPER_BOUNDS = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'])

/** Keywords that constrain a value and are compared only as a whole. Their presence makes a schema narrower. */
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

/** Keywords that map names to schemas and take effect only through a $ref. */
const DEFINITIONS = ['$defs', 'definitions'] as const

function compareSchemas(old: unknown, now: unknown, path: string, direction: Direction): void {
  // JSON Schema 2020-12 §4.3.2: `true` equals an empty schema and allows everything; `false` allows nothing.
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
    // Additional members do not harm readers of a result.
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

/**
 * Digests of the compared objects and lists. The cache makes each one cost one reading, whatever the number of levels
 * above it.
 */
const digests = new WeakMap<object, string>()

/** Returns a text that two values share exactly when their canonical JSON is equal. */
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

/** Shortens a text for people. Its secrets are removed first, because half a secret does not match. */
function shortened(text: string): string {
  const shown = secrets.redact(text)
  return shown.length > MAX_SHOWN_CHARACTERS ? `${shown.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…` : shown
}
