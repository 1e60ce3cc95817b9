/**
 * The tools/list method in every era: the validation of a page and the walk over all pages. The checks are those of the
 * SDK clients (1.32 and 2.4), which refuse the whole list because of one bad tool.
 */

import { isObject } from '../json.ts'
import { findHeaderFault } from './parameter-headers.ts'
import type { Refusal } from './read-reply.ts'
import { type RpcExchange, unfitRefusal } from './rpc.ts'
import { clean } from './sanitize.ts'
import { legacyPage, legacyTool, modernPage, modernTool } from './schemas.ts'
import type { Tool } from './tool.ts'

export type { Tool }

/** Maximum number of pages, as in the SDK 2.4 client (listMaxPages). */
const MAX_PAGES = 64
/** Maximum bytes of all pages together. The parsed tools of both eras stay in memory and need several times as much. */
const MAX_BYTES = 8 * 1024 * 1024

/** A complete tool list. */
export interface Listing {
  readonly tools: readonly Tool[]
  /** Number of pages of the list. */
  readonly pages: number
  readonly warnings: readonly string[]
}

/**
 * Walks tools/list to its end; the first refusal ends the walk. Never throws. The modern era adds the
 * requirements of 2026-07-28 on a cacheable result, and leaves out the tools that its clients leave out.
 */
export async function listTools(
  ask: (method: string, params: Readonly<Record<string, unknown>>) => Promise<RpcExchange>,
  isModern: boolean,
  secrets: readonly string[],
): Promise<Listing | Refusal> {
  const tools: Tool[] = []
  const cursors = new Set<string>()
  let bytes = 0
  for (let cursor: string | undefined; ; ) {
    const { reply, outcome } = await ask('tools/list', cursor === undefined ? {} : { cursor })
    if (!reply.answered) return isUnbuildable(reply) ? { ...reply, code: 'LIST_UNBUILDABLE' } : reply
    const page = readPage(reply.result, isModern, secrets)
    if ('answered' in page) return page
    if (!isModern && page.tools.some(({ outputSchema }) => outputSchema !== undefined)) {
      // The compiler is the largest part of the gate, so it is loaded only for servers with such a schema.
      const { findUncompilable } = await import('./output-schemas.ts')
      const uncompilable = await findUncompilable(page.tools)
      if (uncompilable) return badOutputSchema(uncompilable, secrets)
    }
    for (const tool of page.tools) tools.push(tool)
    if (page.nextCursor === undefined) return { ...readList(tools, isModern, secrets), pages: cursors.size + 1 }
    if (cursors.has(page.nextCursor)) {
      return unfitRefusal('PAGINATION_LOOP', `tools/list gave the cursor "${clean(page.nextCursor, secrets)}" twice.`)
    }
    cursor = page.nextCursor
    cursors.add(cursor)
    bytes += outcome.kind === 'reply' ? outcome.bytes : 0
    if (cursors.size >= MAX_PAGES || bytes > MAX_BYTES) {
      return unfitRefusal(
        'PAGINATION_LOOP',
        `tools/list has no end after ${cursors.size} pages and ${tools.length} tools.`,
      )
    }
  }
}

/** Returns the tools that clients of the era show, and the warnings about the list. */
function readList(tools: readonly Tool[], isModern: boolean, secrets: readonly string[]): Omit<Listing, 'pages'> {
  if (tools.length === 0) return { tools, warnings: ['tools/list names no tool, so clients have nothing to call.'] }
  if (!isModern) return { tools, warnings: [] }
  const warnings: string[] = []
  const usable = tools.filter(({ name, inputSchema }) => {
    const fault = findHeaderFault(inputSchema)
    if (fault !== undefined) {
      warnings.push(
        `Clients of 2026-07-28 leave the tool "${clean(name, secrets)}" out, because of its x-mcp-header: ${clean(fault, secrets)}.`,
      )
    }
    return fault === undefined
  })
  return { tools: usable, warnings: warnings.slice(0, MAX_TOOL_WARNINGS) }
}

/** Maximum number of warnings about single tools. */
const MAX_TOOL_WARNINGS = 20

/** Whether the server cannot convert its tools into schemas, which waiting does not change. */
function isUnbuildable({ rpc }: Refusal): boolean {
  return rpc !== undefined && /recursi|circular|json schema|pydantic/i.test(rpc.message.slice(0, 2000))
}

function badOutputSchema({ tool, fault }: { tool: string; fault: string }, secrets: readonly string[]): Refusal {
  const sentence = `The tools/list result is not valid: tool "${clean(tool, secrets)}" has an outputSchema that clients cannot compile: ${clean(fault, secrets)}.`
  const fix =
    'Correct the outputSchema of this tool (each $ref must point into the same schema), or leave it out: clients compile it when they list the tools, and refuse the whole list otherwise.'
  return { ...unfitRefusal('BAD_TOOLS', sentence), fix }
}

interface Page {
  readonly tools: readonly Tool[]
  readonly nextCursor?: string
}

/** Reads one page of tools/list; a refusal names the tool and the field. Pure. */
export function readPage(
  result: Record<string, unknown>,
  isModern: boolean,
  secrets: readonly string[],
): Page | Refusal {
  const bad = (what: string): Refusal => unfitRefusal('BAD_TOOLS', `The tools/list result is not valid: ${what}.`)
  const fault = (isModern ? modernPage : legacyPage)(result, '')
  // The legacy check comes second: a list that passes it lacks only the additions of the new revision.
  if (fault && isModern && legacyPage(result, '') === undefined) {
    return unfitRefusal('BAD_MODERN_RESULT', `The tools/list result ${clean(fault, secrets)}.`)
  }
  if (fault) return bad(`it ${clean(fault, secrets)}`)
  const { tools, nextCursor } = result as { readonly tools: readonly unknown[]; readonly nextCursor?: string }
  const listed: Tool[] = []
  for (const [index, tool] of tools.entries()) {
    const named =
      isObject(tool) && typeof tool.name === 'string' ? `"${clean(tool.name, secrets)}"` : `number ${index + 1}`
    if (!isObject(tool)) return bad(`tool ${named} is not an object`)
    const toolFault = (isModern ? modernTool : legacyTool)(tool, '')
    if (toolFault) return bad(`tool ${named} ${clean(toolFault, secrets)}`)
    listed.push(toolFields(tool as unknown as Tool))
  }
  return { tools: listed, ...(nextCursor !== undefined && { nextCursor }) }
}

/**
 * Copies the known fields of a valid tool.
 *
 * @param tool value with the shape of a tool
 */
function toolFields({ name, title, description, inputSchema, outputSchema, annotations }: Tool): Tool {
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations }),
  }
}

/**
 * Returns the name to which the wanted tool was probably renamed, or undefined. Similar names have equal letters and
 * digits, contain one another, or differ in at most a third of the letters. Pure.
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

/** Computes the Levenshtein distance. */
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
