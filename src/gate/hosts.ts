/**
 * The requirements of MCP hosts that go beyond the specification. A host that meets one of them refuses the tool, the
 * list or every request of its user, although the clients of the SDKs connect. Each rule names its public source. Pure.
 */
import { isObject } from '../json.ts'
import { type Failure, failure } from './codes.ts'
import { ERAS, type Eras } from './eras.ts'
import type { HostName } from './host-names.ts'
import { clean } from './sanitize.ts'
import type { Tool } from './tool.ts'

/** One requirement of hosts. */
interface HostRule {
  readonly hosts: readonly HostName[]
  /** The report that shows the requirement: a repository on GitHub and a number. */
  readonly source: string
  /** Returns what breaks the rule, as a sentence without its subject; undefined when nothing does. */
  readonly find: (tools: readonly Tool[]) => Broken | undefined
}

interface Broken {
  /** The name of the first tool that breaks the rule; undefined when the whole list does. */
  readonly tool: string | undefined
  readonly what: string
}

/** The names of the hosts for people. */
export const hostTitles: Readonly<Record<HostName, string>> = {
  claude: 'claude.ai',
  'claude-code': 'Claude Code',
  chatgpt: 'ChatGPT',
  vscode: 'VS Code',
  cursor: 'Cursor',
  gemini: 'Gemini',
}

const firstTool =
  (what: string, breaks: (tool: Tool) => boolean): HostRule['find'] =>
  tools => {
    const tool = tools.find(breaks)
    return tool && { tool: tool.name, what }
  }

/** Tools that one request to the models of VS Code may have. */
const MAX_VSCODE_TOOLS = 128
/** Tokens of tool definitions above which Claude Code warns its users. */
const MAX_LIST_TOKENS = 25_000
const CHARACTERS_PER_TOKEN = 4

const rules: readonly HostRule[] = [
  {
    hosts: ['claude-code'],
    source: 'anthropics/claude-code#45106',
    find: firstTool(
      'has anyOf, oneOf or allOf at the top of its inputSchema, which makes every request fail',
      ({ inputSchema }) => ['anyOf', 'oneOf', 'allOf'].some(keyword => inputSchema[keyword] !== undefined),
    ),
  },
  {
    hosts: ['claude', 'claude-code', 'chatgpt', 'vscode'],
    source: 'github/copilot-cli#1879',
    find: firstTool(
      'has a name with other characters than letters, digits, "_" and "-"',
      ({ name }) => !/^[\w-]+$/.test(name),
    ),
  },
  {
    hosts: ['claude', 'claude-code', 'chatgpt'],
    source: 'microsoft/foundry-dev-tools#201',
    find: firstTool('has a name of more than 64 characters', ({ name }) => name.length > 64),
  },
  {
    hosts: ['cursor'],
    source: 'ComposioHQ/composio#2788',
    find: firstTool(
      'has a name of more than 58 characters, and with the name of the server at most 60 are shown',
      ({ name }) => name.length > 58,
    ),
  },
  {
    hosts: ['gemini'],
    source: 'google-gemini/gemini-cli#2966',
    find: firstTool(
      'has a name that is not a letter or "_" followed by at most 63 letters, digits, "_", "." and "-"',
      ({ name }) => !/^[A-Za-z_][\w.-]{0,63}$/.test(name),
    ),
  },
  {
    hosts: ['claude', 'claude-code', 'chatgpt', 'vscode', 'cursor', 'gemini'],
    source: 'modelcontextprotocol/modelcontextprotocol#1063',
    find: tools => {
      const names = new Set<string>()
      const twice = tools.find(({ name }) => names.size === names.add(name).size)
      return twice && { tool: twice.name, what: 'is listed twice' }
    },
  },
  {
    hosts: ['vscode', 'gemini'],
    source: 'microsoft/vscode#246119',
    find: firstTool('has an array without "items" in its inputSchema', ({ inputSchema }) =>
      hasBareArray(inputSchema, 0),
    ),
  },
  {
    hosts: ['vscode'],
    source: 'microsoft/vscode-copilot-release#11653',
    find: ({ length }) =>
      length > MAX_VSCODE_TOOLS
        ? { tool: undefined, what: `has ${length} tools, and a request has at most ${MAX_VSCODE_TOOLS}` }
        : undefined,
  },
  {
    hosts: ['claude-code'],
    source: 'anthropics/claude-code#12241',
    find: tools => {
      const tokens = Math.round(sizeOf(tools) / CHARACTERS_PER_TOKEN)
      return tokens > MAX_LIST_TOKENS
        ? {
            tool: undefined,
            what: `takes about ${tokens} tokens of each conversation, and a warning starts at ${MAX_LIST_TOKENS}`,
          }
        : undefined
    },
  },
]

/** A requirement that the tools do not meet. Texts are as the server sent them. */
export interface HostRefusal extends Broken {
  readonly hosts: readonly HostName[]
  readonly source: string
}

/** Returns the requirements of all hosts that the tools do not meet, in the order of the table. */
export function findHostRefusals(tools: readonly Tool[]): readonly HostRefusal[] {
  return rules.flatMap(({ hosts, source, find }) => {
    const broken = find(tools)
    return broken === undefined ? [] : [{ ...broken, hosts, source }]
  })
}

/** The result of the rules. */
export interface Compatibility {
  /** The first broken rule of a required host. */
  readonly failure: Failure | undefined
  readonly warnings: readonly string[]
}

/**
 * Checks the tools of the newest passing era.
 *
 * @param required hosts whose broken rules are failures; those of the others are warnings
 */
export function checkHosts(eras: Eras, required: readonly HostName[], secrets: readonly string[]): Compatibility {
  const era = ERAS.find(each => eras[each].verdict === 'passed')
  const tools = era === undefined ? [] : (eras[era].tools ?? [])
  let failed: Failure | undefined
  const warnings: string[] = []
  for (const { hosts, source, tool, what } of findHostRefusals(tools)) {
    const isRequired = hosts.some(host => required.includes(host))
    const named = hosts.filter(host => !isRequired || required.includes(host)).map(host => hostTitles[host])
    const subject = tool === undefined ? 'The tool list' : `The tool "${clean(tool, secrets)}"`
    const sentence = `${subject} ${what}: ${named.join(', ')} (${source}).`
    if (isRequired) failed ??= failure('HOST_INCOMPATIBLE', 'tools/list', sentence, era)
    else warnings.push(`Some hosts refuse this. ${sentence}`)
  }
  return { failure: failed, warnings }
}

/** Maximum depth of a walk through a schema. */
const MAX_DEPTH = 100

function hasBareArray(schema: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  if (Array.isArray(schema)) return schema.some(each => hasBareArray(each, depth + 1))
  if (!isObject(schema)) return false
  if (schema.type === 'array' && schema.items === undefined && schema.prefixItems === undefined) return true
  const { properties, items, anyOf, oneOf, allOf } = schema
  const inside = [...(isObject(properties) ? Object.values(properties) : []), items, anyOf, oneOf, allOf]
  return inside.some(each => hasBareArray(each, depth + 1))
}

/** Returns the number of characters of the definitions; 0 when a schema is too deep to be written. */
function sizeOf(tools: readonly Tool[]): number {
  try {
    return JSON.stringify(tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })))
      .length
  } catch {
    return 0
  }
}
