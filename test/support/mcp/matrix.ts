/**
 * Real MCP servers as npm gives them: older SDKs under aliases, frameworks, proxies and gateways. Each is started on a
 * free port of 127.0.0.1, in this process where it has an API for that and else by its own command.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Listening, listenHttp } from './listen.ts'

/** What the packages export is known at run time only: most have no types for this way to import them. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Module = any

const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url))

/** Whether all of these packages are installed. */
export function hasPackages(...names: readonly string[]): boolean {
  return names.every(name => existsSync(join(modules, name, 'package.json')))
}

const load = (name: string): Promise<Module> => import(name)

async function bodyOf(req: IncomingMessage): Promise<Module> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString())
}

/** An older SDK, as its own example serves it: sessions in a map, or a server object per request. */
export async function oldSdk(alias: string, { stateful = false, json = false } = {}): Promise<Listening> {
  const { McpServer } = await load(`${alias}/server/mcp.js`)
  const { StreamableHTTPServerTransport } = await load(`${alias}/server/streamableHttp.js`)
  const makeServer = (): Module => {
    const server = new McpServer({ name: alias, version: '1.0.0' })
    server.tool('search_docs', 'Searches the documentation', async () => ({ content: [] }))
    return server
  }
  const sessions = new Map<string, Module>()
  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (req.url !== '/mcp') return void res.writeHead(404).end(`Cannot ${req.method}`)
    if (!stateful && req.method !== 'POST') return void res.writeHead(405).end()
    const body = await bodyOf(req)
    const known = sessions.get(String(req.headers['mcp-session-id'] ?? ''))
    if (known) return await known.handleRequest(req, res, body)
    if (stateful && body?.method !== 'initialize') {
      const error = { code: -32000, message: 'Bad Request: No valid session ID provided' }
      res.writeHead(400, { 'content-type': 'application/json' })
      return void res.end(JSON.stringify({ jsonrpc: '2.0', error, id: null }))
    }
    const transport: Module = new StreamableHTTPServerTransport({
      sessionIdGenerator: stateful ? () => randomUUID() : undefined,
      enableJsonResponse: json,
      onsessioninitialized: (id: string) => void sessions.set(id, transport),
    })
    await makeServer().connect(transport)
    await transport.handleRequest(req, res, body)
  }
  return await listenHttp((req, res) => void serve(req, res).catch(() => res.destroy()))
}

/** A handler of the Fetch API behind node:http. */
async function listenFetch(handle: (request: Request) => Response | Promise<Response>): Promise<Listening> {
  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const hasBody = req.method !== 'GET' && req.method !== 'HEAD'
    const request = new Request(`http://${req.headers.host}${req.url}`, {
      method: req.method ?? 'GET',
      headers: req.headers as Record<string, string>,
      ...(hasBody && { body: Readable.toWeb(req) as ReadableStream, duplex: 'half' }),
    } as RequestInit)
    const response = await handle(request)
    res.writeHead(response.status, Object.fromEntries(response.headers))
    if (response.body === null) return void res.end()
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
    body.on('error', () => res.destroy())
    res.on('close', () => body.destroy())
    body.pipe(res)
  }
  return await listenHttp((req, res) => void serve(req, res).catch(() => res.destroy()))
}

/** @hono/mcp as its README shows it: one server and one transport for everybody. */
export async function hono(): Promise<Listening> {
  const { Hono } = await load('hono')
  const { StreamableHTTPTransport } = await load('@hono/mcp')
  const { McpServer } = await load('@modelcontextprotocol/sdk/server/mcp.js')
  const server = new McpServer({ name: 'hono', version: '1.0.0' })
  server.tool('search_docs', 'Searches the documentation', async () => ({ content: [] }))
  const transport = new StreamableHTTPTransport()
  const app = new Hono()
  app.all('/mcp', async (context: Module) => {
    if (!server.isConnected()) await server.connect(transport)
    return transport.handleRequest(context)
  })
  return await listenFetch(request => app.fetch(request))
}

export async function mcpHandler(): Promise<Listening> {
  const { createMcpHandler } = await load('mcp-handler')
  return await listenFetch(
    createMcpHandler((server: Module) =>
      server.registerTool('search_docs', { description: 'Searches' }, async () => ({ content: [] })),
    ),
  )
}

/** SDK 2 with its Express middleware, which lets only the host names in that it was told. */
export async function guardedExpress(allowedHosts?: readonly string[]): Promise<Listening> {
  const { createMcpExpressApp } = await load('@modelcontextprotocol/express')
  const { toNodeHandler } = await load('@modelcontextprotocol/node')
  const { createMcpHandler, McpServer } = await load('@modelcontextprotocol/server')
  const app = createMcpExpressApp(allowedHosts ? { host: '0.0.0.0', allowedHosts } : {})
  const handler = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'express', version: '1.0.0' })
      server.registerTool('search_docs', {}, async () => ({ content: [] }))
      return server
    }),
  )
  app.all('/mcp', (req: Module, res: Module) => handler(req, res, req.body))
  return await listenHttp(app)
}

async function freePort(): Promise<number> {
  const taken = await listenHttp(() => {})
  await taken[Symbol.asyncDispose]()
  return taken.port
}

/** What the programs compiled in an earlier start: gateways start a server for each request. */
const compileCache = join(tmpdir(), 'mcp-matrix-compile-cache')

/** Starts a program and waits, at most 60 s, until something listens on its port. */
export async function listenProgram(
  args: (port: number) => readonly string[],
  environment: (port: number) => Record<string, string> = () => ({}),
  program = process.execPath,
): Promise<Listening> {
  const port = await freePort()
  const child = spawn(program, args(port), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...environment(port) },
    // A group of its own: gateways start children, and all of them must go.
    detached: true,
  })
  let stderrText = ''
  child.stderr.on('data', chunk => {
    stderrText = `${stderrText}${chunk}`.slice(-2000)
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  for (let tries = 0; tries < 600; tries++) {
    if (await isListening(port)) return { port, url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop }
    if (child.exitCode !== null) break
    await pause(100)
  }
  await stop()
  throw new Error(`${[program, ...args(port)].join(' ')} does not listen: ${stderrText}`)
}

function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** The file of a package's command. */
function commandOf(name: string, command: string): string {
  const folder = join(modules, name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: Record<string, string> }
  return join(folder, bin[command] ?? '')
}

const stdioServer = fileURLToPath(new URL('stdio-server.ts', import.meta.url))

export const everything = (transport: 'streamableHttp' | 'sse'): Promise<Listening> =>
  listenProgram(
    () => [commandOf('@modelcontextprotocol/server-everything', 'mcp-server-everything'), transport],
    port => ({ PORT: String(port) }),
  )

export const fastMcp = (stateless: boolean): Promise<Listening> =>
  listenProgram(port => [join(dirname(stdioServer), 'fastmcp-server.ts'), String(port), String(stateless)])

export const mcpProxy = (): Promise<Listening> =>
  listenProgram(port => [
    ...[commandOf('mcp-proxy', 'mcp-proxy'), '--host', '127.0.0.1', '--port', String(port)],
    ...['--', process.execPath, stdioServer],
  ])

export const supergateway = (outputTransport: 'sse' | 'streamableHttp', stateful = false): Promise<Listening> =>
  listenProgram(port => [
    ...[commandOf('supergateway', 'supergateway'), '--port', String(port), '--outputTransport', outputTransport],
    ...['--stdio', `${process.execPath} ${stdioServer}`, '--logLevel', 'none', ...(stateful ? ['--stateful'] : [])],
  ])
