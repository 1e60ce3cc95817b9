/**
 * Real MCP servers in Python and Go. The table says what each is and what is known of it; docs/verification.md is written from it,
 * and test/gate/polyglot.test.ts starts each and asks the gate and the clients. The versions are pinned by test/support/requirements
 * and test/support/mcp/go.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { messageOf } from '../../../src/errors.ts'
import { goProgram } from '../go-program.ts'
import { pythonEnvironment } from '../python-tools.ts'
import type { Oracle } from './clients.ts'
import type { Listening } from './listen.ts'
import { listenProgram } from './matrix.ts'

const run = promisify(execFile)
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

export type PolyglotEra = 'modern' | 'legacy' | 'http-sse'

export interface PolyglotServer {
  /** The package that makes the server. */
  readonly name: string
  readonly version: string
  readonly language: 'Python' | 'Go'
  readonly mode: 'stateful' | 'stateless' | 'HTTP+SSE'
  readonly path: string
  /** The eras that pass, each with the protocol version that the gate negotiates. */
  readonly eras: Partial<Record<PolyglotEra, string>>
  /** The tools that it lists. */
  readonly tools: readonly string[]
  readonly start: (tools: Toolchains) => Promise<Listening>
}

/** The programs that run the servers and the Python client. */
export interface Toolchains {
  /** Directories of commands, by the name of the file of requirements. */
  readonly python: Readonly<Record<'mcp-1' | 'mcp-2' | 'mcp-proxy', string>>
  /** The program that has the servers in Go; undefined if it cannot be built. */
  readonly go: string | undefined
}

/** The clients that are asked about each server. */
export const CLIENTS: readonly { readonly name: string; readonly eras: string }[] = [
  { name: 'TypeScript SDK 2.4.0', eras: 'modern' },
  { name: 'TypeScript SDK 1.32.2', eras: 'legacy, HTTP+SSE' },
  { name: 'Python SDK 2.3.0', eras: 'modern, legacy, HTTP+SSE' },
]

const MODES = ['stateful', 'stateless', 'HTTP+SSE'] as const
type Mode = (typeof MODES)[number]
const argumentOf = (mode: Mode) => (mode === 'HTTP+SSE' ? 'sse' : mode)
const pathIn = (mode: Mode) => (mode === 'HTTP+SSE' ? '/sse' : '/mcp')

function pythonServers(
  {
    name,
    version,
    sdk,
    requirements,
  }: Record<'name' | 'version' | 'sdk', string> & { requirements: 'mcp-1' | 'mcp-2' },
  eras: Record<Mode, PolyglotServer['eras']>,
): PolyglotServer[] {
  return MODES.map(mode => ({
    name,
    version,
    language: 'Python',
    mode,
    path: pathIn(mode),
    eras: eras[mode],
    tools: ['search_docs'],
    start: ({ python }) =>
      listenProgram(
        port => [pathOf('python/server.py'), sdk, argumentOf(mode), String(port)],
        undefined,
        join(python[requirements], 'python'),
      ),
  }))
}

function goServers(name: string, version: string, eras: Record<Mode, PolyglotServer['eras']>): PolyglotServer[] {
  return MODES.map(mode => ({
    name,
    version,
    language: 'Go',
    mode,
    path: pathIn(mode),
    eras: eras[mode],
    tools: ['search_docs'],
    start: async ({ go }) => {
      if (go === undefined) throw new Error('The servers in Go are not built.')
      return await listenProgram(port => [name.split('/').at(-1) ?? '', argumentOf(mode), String(port)], undefined, go)
    },
  }))
}

const NEWEST_LEGACY = { legacy: '2025-11-25' }
const BOTH = { modern: '2026-07-28', ...NEWEST_LEGACY }
const SSE = { 'http-sse': '2025-11-25' }

export const polyglotServers: readonly PolyglotServer[] = [
  ...pythonServers(
    { name: 'mcp', version: '1.9.2', sdk: 'mcp-1', requirements: 'mcp-1' },
    {
      stateful: { legacy: '2025-03-26' },
      stateless: { legacy: '2025-03-26' },
      'HTTP+SSE': { 'http-sse': '2025-03-26' },
    },
  ),
  ...pythonServers(
    { name: 'mcp', version: '2.3.0', sdk: 'mcp-2', requirements: 'mcp-2' },
    { stateful: BOTH, stateless: BOTH, 'HTTP+SSE': SSE },
  ),
  ...pythonServers(
    { name: 'fastmcp', version: '4.2.3', sdk: 'fastmcp', requirements: 'mcp-2' },
    { stateful: BOTH, stateless: BOTH, 'HTTP+SSE': SSE },
  ),
  {
    name: 'awslabs.aws-documentation-mcp-server',
    version: '1.2.3 behind mcp-proxy 0.13.0',
    language: 'Python',
    mode: 'stateful',
    path: '/mcp',
    eras: NEWEST_LEGACY,
    tools: ['read_documentation', 'read_sections', 'recommend', 'search_documentation', 'search_table'],
    start: ({ python }) =>
      listenProgram(
        port => ['--port', String(port), join(python['mcp-2'], 'awslabs.aws-documentation-mcp-server')],
        undefined,
        join(python['mcp-proxy'], 'mcp-proxy'),
      ),
  },
  ...goServers('github.com/modelcontextprotocol/go-sdk', 'v1.8.0', {
    stateful: NEWEST_LEGACY,
    stateless: BOTH,
    'HTTP+SSE': SSE,
  }),
  ...goServers('github.com/mark3labs/mcp-go', 'v1.2.1', { stateful: BOTH, stateless: BOTH, 'HTTP+SSE': SSE }),
]

/**
 * Installs the packages and builds the servers, once for a user and a set of versions.
 * @returns undefined without the Python packages, because the Python client is asked about each server; without `go` if only
 *   the servers in Go cannot be built. What is missing is printed
 * @throws {Error} on CI, if something is missing
 */
export async function polyglotToolchains(): Promise<Toolchains | undefined> {
  const [go, ...environments] = await Promise.allSettled([
    goProgram('go-servers', 'mcp/go/'),
    pythonEnvironment('mcp-1'),
    pythonEnvironment('mcp-2'),
    pythonEnvironment('mcp-proxy'),
  ])
  for (const result of [go, ...environments]) if (result.status === 'rejected' && process.env.CI) throw result.reason
  const [mcp1, mcp2, mcpProxy] = environments
  if (mcp1.status === 'rejected') return leftOut('Python and Go', 'Python 3.11', mcp1.reason)
  if (mcp2.status === 'rejected') return leftOut('Python and Go', 'Python 3.11', mcp2.reason)
  if (mcpProxy.status === 'rejected') return leftOut('Python and Go', 'Python 3.11', mcpProxy.reason)
  if (go.status === 'rejected') leftOut('Go', 'Go 1.25.5', go.reason)
  return {
    python: { 'mcp-1': mcp1.value, 'mcp-2': mcp2.value, 'mcp-proxy': mcpProxy.value },
    go: go.status === 'fulfilled' ? go.value : undefined,
  }
}

/** Prints in one line what is left out and why: the last line of what the installer printed. */
function leftOut(languages: string, needed: string, reason: unknown): undefined {
  const cause = messageOf(reason).trim().split('\n').at(-1)
  console.error(
    `The tests of servers in ${languages} are LEFT OUT. They need ${needed} or newer and, once, a network: ${cause}`,
  )
}

/** The newest Python client, era by era. */
export async function pythonOracle(
  { python }: Toolchains,
  url: string,
  eras: readonly PolyglotEra[],
): Promise<Partial<Record<PolyglotEra, Oracle>>> {
  const { stdout } = await run(join(python['mcp-2'], 'python'), [pathOf('python/client.py'), url, ...eras])
  const lists = JSON.parse(stdout) as Record<PolyglotEra, string[] | null>
  return Object.fromEntries(
    Object.entries(lists).map(([era, tools]) => [era, tools === null ? { passed: false } : { passed: true, tools }]),
  )
}
