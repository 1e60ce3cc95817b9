/**
 * The requirements on any era after its handshake: the expected version, the tools capability, a valid tool list and
 * the expected tools.
 */
import { monotonicMs } from '../poll.ts'
import { compareContracts, contractOf } from './contract.ts'
import type { Refusal } from './read-reply.ts'
import { type Conversation, type EraResult, failed, type RpcExchange, unfitRefusal } from './rpc.ts'
import { clean } from './sanitize.ts'
import { closest, type Listing, listTools, type Tool } from './tools.ts'

/** The user's requirements on every era that passes. */
export interface Expectations {
  /** Tool names that must be listed. */
  readonly tools: readonly string[]
  /** Required `serverInfo.version`; undefined accepts any version. */
  readonly version: string | undefined
  /** The committed tool contract with its path for messages; undefined disables the comparison. */
  readonly contract: { readonly path: string; readonly tools: readonly Tool[] } | undefined
}

/** The server's self-description in a handshake. */
export interface Offer {
  readonly capabilities: Record<string, unknown>
  readonly serverInfo?: { readonly name: string; readonly version: string }
}

/** Sends one request in an opened era and reads its answer. Never throws. */
export type Ask = (method: string, params: Readonly<Record<string, unknown>>) => Promise<RpcExchange>

/** A completed handshake of one era, and the function that sends requests in it. */
export interface Opened {
  readonly conversation: Conversation
  /** The method whose result contained the offer. */
  readonly step: 'initialize' | 'server/discover'
  readonly protocolVersion: string
  readonly offer: Offer
  readonly ask: Ask
  readonly isModern: boolean
  /** Start of the era as a `monotonicMs()` time. */
  readonly since: number
}

/** Checks the offer, lists the tools and returns the result of the era. Never throws. */
export async function checkOffer(
  { conversation, step, protocolVersion, offer, ask, isModern, since }: Opened,
  expected: Expectations,
  secrets: readonly string[],
): Promise<EraResult> {
  const refused = findVersionFault(offer, expected, secrets)
  if (refused) return failed(conversation, step, refused, since)
  const allowed = readCapabilities(offer.capabilities, expected.tools)
  if ('answered' in allowed) return failed(conversation, step, allowed, since)
  const listing: Listing | Refusal = allowed.listsTools
    ? await listTools(ask, isModern, secrets)
    : { tools: [], pages: 0, warnings: await warningsWithoutTools(ask, offer) }
  if ('answered' in listing) return failed(conversation, 'tools/list', listing, since)
  const missing = findMissingTool(listing.tools, expected.tools, secrets)
  if (missing) return failed(conversation, 'tools/list', missing, since)
  return {
    verdict: 'passed',
    protocolVersion,
    ...(offer.serverInfo && { serverInfo: offer.serverInfo }),
    ...(allowed.listsTools && { tools: listing.tools, pages: listing.pages }),
    warnings: listing.warnings,
    elapsedMs: monotonicMs() - since,
  }
}

/**
 * Returns the warnings about a server without tools. Clients list its resources or prompts when a user opens them, so
 * the gate requests the first list that the server declares.
 */
async function warningsWithoutTools(ask: Ask, { capabilities }: Offer): Promise<readonly string[]> {
  const method = capabilities.resources === undefined ? 'prompts/list' : 'resources/list'
  const { reply } = await ask(method, {})
  const isListed = reply.answered || reply.isCut
  return [
    'The server declares no tools, only prompts or resources.',
    ...(isListed ? [] : [`It declares what ${method} lists, and ${method} fails (${reply.code}): ${reply.sentence}`]),
  ]
}

/** Returns the first fault of an offer before any tool is listed, or undefined. Pure. */
export function findOfferFault(offer: Offer, expected: Expectations, secrets: readonly string[]): Refusal | undefined {
  const allowed = readCapabilities(offer.capabilities, expected.tools)
  return findVersionFault(offer, expected, secrets) ?? ('answered' in allowed ? allowed : undefined)
}

/** Returns the fault when the server does not have the expected version. Pure. */
function findVersionFault(
  { serverInfo }: Offer,
  { version }: Expectations,
  secrets: readonly string[],
): Refusal | undefined {
  if (version === undefined || serverInfo?.version === clean(version, secrets)) return undefined
  const actual = serverInfo === undefined ? 'no serverInfo' : `version "${serverInfo.version}" of "${serverInfo.name}"`
  return unfitRefusal('OLD_REVISION', `The server gives ${actual}; "${clean(version, secrets)}" is expected.`)
}

/**
 * Checks whether the declared capabilities allow the expectations. A server with only prompts or resources is a
 * complete MCP server. Therefore a missing `tools` is a fault only when tools are expected or nothing else is declared.
 */
function readCapabilities(
  capabilities: Record<string, unknown>,
  expected: readonly string[],
): { readonly listsTools: boolean } | Refusal {
  if (capabilities.tools !== undefined) return { listsTools: true }
  if (expected.length === 0 && (capabilities.prompts !== undefined || capabilities.resources !== undefined)) {
    return { listsTools: false }
  }
  return unfitRefusal('NO_TOOLS_CAPABILITY', 'The server does not declare the tools capability.')
}

/** Returns the fault of the first expected tool that is not in `tools`, with the most similar listed name. Pure. */
export function findMissingTool(
  tools: readonly Tool[],
  expected: readonly string[],
  secrets: readonly string[],
): Refusal | undefined {
  const names = tools.map(({ name }) => name)
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
  return unfitRefusal(
    'TOOL_MISSING',
    `The tool "${clean(first, secrets)}"${others} is not listed (has: ${clean(has, secrets)}${close}).`,
  )
}

/** Returns the fault when clients of the committed contract cannot use these tools. Pure. */
export function findContractFault(
  tools: readonly Tool[],
  { contract }: Expectations,
  secrets: readonly string[],
): Refusal | undefined {
  if (contract === undefined) return undefined
  const now = contractOf(tools)
  const broken = (what: string): Refusal =>
    unfitRefusal('CONTRACT_BROKEN', `The tools are not those of ${contract.path}: ${what}.`)
  if (now === undefined) return broken('a schema is nested too deep to be compared')
  const { removed, breaking, counts } = compareContracts(contract.tools, now.tools)
  const changes = [
    ...removed.slice(0, 3).map(name => `"${clean(name, secrets)}" is gone`),
    ...breaking
      .slice(0, 3)
      .map(({ tool, path, what }) => `"${clean(tool, secrets)}" ${clean(`${path} ${what}`, secrets)}`),
  ].slice(0, 3)
  const more = counts.removed + counts.breaking - changes.length
  return changes.length === 0 ? undefined : broken(`${changes.join('; ')}${more > 0 ? ` and ${more} more` : ''}`)
}
