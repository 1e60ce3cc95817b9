/**
 * tools/list, in every era: what a page must be for the official clients to take it, and the walk over the
 * pages. The checks are those of the SDK clients (1.32 and 2.4), because a single bad tool makes them refuse the
 * whole list.
 */
import { clean } from './quote.ts'
import { type Heard, unfit } from './rpc.ts'
import { isObject, type Refusal } from './verdict.ts'

const MOST_PAGES = 100
const MOST_BYTES = 16 * 1024 * 1024

/** One listed tool, with what a client or a model decides by. The rest (icons, _meta) is not kept. */
export interface Tool {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly inputSchema: Readonly<Record<string, unknown>>
  readonly outputSchema?: Readonly<Record<string, unknown>>
  readonly annotations?: Readonly<Record<string, unknown>>
}

export interface Listing {
  readonly tools: readonly Tool[]
}

/**
 * Walks tools/list to its end. `ask` sends the request for one page; `isModern` adds what 2026-07-28 requires of
 * a cacheable result. The first refusal ends the walk.
 */
export async function listTools(
  ask: (cursor: string | undefined) => Promise<Heard>,
  isModern: boolean,
  secrets: readonly string[],
): Promise<Listing | Refusal> {
  const tools: Tool[] = []
  const cursors = new Set<string>()
  let bytes = 0
  for (let cursor: string | undefined; ; ) {
    const { reading, sight } = await ask(cursor)
    if (!reading.answered) return reading
    const page = readPage(reading.result, isModern, secrets)
    if ('answered' in page) return page
    for (const tool of page.tools) tools.push(tool)
    if (page.nextCursor === undefined) return { tools }
    if (cursors.has(page.nextCursor)) {
      return unfit('PAGINATION_LOOP', `tools/list gave the cursor "${clean(page.nextCursor, secrets)}" twice.`)
    }
    cursor = page.nextCursor
    cursors.add(cursor)
    bytes += sight.kind === 'reply' ? sight.bytes : 0
    if (cursors.size >= MOST_PAGES || bytes > MOST_BYTES) {
      return unfit('PAGINATION_LOOP', `tools/list has no end after ${cursors.size} pages and ${tools.length} tools.`)
    }
  }
}

interface Page {
  readonly tools: readonly Tool[]
  readonly nextCursor?: string
}

/** Reads one page; a refusal names the tool and the field. Pure. */
export function readPage(
  result: Record<string, unknown>,
  isModern: boolean,
  secrets: readonly string[],
): Page | Refusal {
  const { tools, nextCursor } = result
  const bad = (what: string): Refusal => unfit('BAD_TOOLS', `The tools/list result is not valid: ${what}.`)
  if (!Array.isArray(tools)) return bad('"tools" is not an array')
  if (nextCursor !== undefined && typeof nextCursor !== 'string') return bad('"nextCursor" is not a string')
  if (isModern) {
    const fault = cacheFault(result)
    if (fault) return bad(fault)
  }
  const kept: Tool[] = []
  for (const [index, tool] of tools.entries()) {
    const name = isObject(tool) && typeof tool.name === 'string' ? tool.name : undefined
    const fault = isObject(tool) ? toolFault(tool) : 'is not an object'
    if (fault) return bad(`tool ${name === undefined ? `number ${index + 1}` : `"${clean(name, secrets)}"`} ${fault}`)
    kept.push(keptOf(tool))
  }
  return { tools: kept, ...(nextCursor !== undefined && { nextCursor }) }
}

/** @param tool without a `toolFault` */
function keptOf({ name, title, description, inputSchema, outputSchema, annotations }: Tool): Tool {
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations }),
  }
}

/** 2026-07-28, caching: each list result says how long and for whom it holds. */
function cacheFault({ resultType, ttlMs, cacheScope }: Record<string, unknown>): string | undefined {
  if (resultType !== 'complete') return 'resultType is not "complete"'
  if (!Number.isInteger(ttlMs) || Number(ttlMs) < 0) return 'ttlMs is not a whole number of milliseconds'
  if (cacheScope !== 'public' && cacheScope !== 'private') return 'cacheScope is neither "public" nor "private"'
  return undefined
}

function toolFault(tool: Record<string, unknown>): string | undefined {
  if (typeof tool.name !== 'string') return 'has no name'
  for (const field of ['title', 'description'] as const) {
    if (tool[field] !== undefined && typeof tool[field] !== 'string') return `has a ${field} that is not a string`
  }
  for (const field of ['annotations', 'execution', '_meta'] as const) {
    if (tool[field] !== undefined && !isObject(tool[field])) return `has ${field} that is not an object`
  }
  if (tool.inputSchema === undefined) return 'has no inputSchema'
  return schemaFault(tool.inputSchema, 'inputSchema', true) ?? schemaFault(tool.outputSchema, 'outputSchema', false)
}

function schemaFault(schema: unknown, field: string, isInput: boolean): string | undefined {
  if (schema === undefined) return undefined
  if (!isObject(schema)) return `has an ${field} that is not an object`
  if (isInput && schema.type !== 'object') return `has an ${field} whose type is not "object"`
  if (schema.properties !== undefined && !isObject(schema.properties)) return `has an ${field} with bad properties`
  if (isInput && schema.required !== undefined && !isStrings(schema.required))
    return `has an ${field} with bad required`
  return undefined
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}

/**
 * Of `names` the one that `wanted` was probably renamed to, or undefined: same letters apart from case and
 * separators, one contained in the other, or at most a third of the letters different. Pure.
 */
export function closest(wanted: string, names: readonly string[]): string | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const goal = plain(wanted)
  const scored = names.slice(0, 2000).map(name => {
    const other = plain(name).slice(0, 128)
    const contained = goal !== '' && other !== '' && (other.includes(goal) || goal.includes(other))
    return {
      name,
      distance: contained ? Math.min(1, Math.abs(other.length - goal.length)) : editDistance(goal.slice(0, 128), other),
    }
  })
  const best = scored.sort((a, b) => a.distance - b.distance)[0]
  return best && best.distance <= Math.max(1, Math.floor(goal.length / 3)) ? best.name : undefined
}

/** Levenshtein. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? b.length
}
