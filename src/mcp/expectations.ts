/**
 * What any era must offer once its handshake is done: the tools capability, and the tools the user named.
 */
import { clean } from './quote.ts'
import { unfit } from './rpc.ts'
import { closest } from './tools.ts'
import type { Refusal } from './verdict.ts'

/**
 * Whether the declared capabilities allow what is expected. A server of prompts or resources alone is a whole
 * MCP server, so the missing `tools` is a fault only when tools are expected or nothing else is declared.
 */
export function judgeCapabilities(
  capabilities: Record<string, unknown>,
  expected: readonly string[],
): { readonly listsTools: boolean; readonly warning?: string } | Refusal {
  if (capabilities.tools !== undefined) return { listsTools: true }
  if (expected.length === 0 && (capabilities.prompts !== undefined || capabilities.resources !== undefined)) {
    return { listsTools: false, warning: 'The server declares no tools, only prompts or resources.' }
  }
  return unfit('NO_TOOLS_CAPABILITY', 'The server does not declare the tools capability.')
}

/** The first expected tool that is not in `names`, with the name it was probably meant to be. */
export function judgeTools(
  names: readonly string[],
  expected: readonly string[],
  secrets: readonly string[],
): Refusal | undefined {
  const listed = new Set(names)
  const missing = expected.filter(name => !listed.has(name))
  const [first] = missing
  if (first === undefined) return undefined
  const similar = closest(first, names)
  const others = missing.length > 1 ? ` (and ${missing.length - 1} more)` : ''
  const close = similar === undefined ? '' : `; close: "${clean(similar, secrets)}"`
  const has =
    names.length === 0
      ? 'no tools'
      : names
          .slice(0, 8)
          .map(name => clean(name, secrets))
          .join(', ')
  return unfit(
    'TOOL_MISSING',
    `The tool "${clean(first, secrets)}"${others} is not listed (has: ${clean(has, secrets)}${close}).`,
  )
}
