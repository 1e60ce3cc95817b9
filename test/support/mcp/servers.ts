/**
 * Real MCP servers from the official packages, in the shapes that are deployed: SDK 1 with and without sessions,
 * SDK 1 over HTTP+SSE, SDK 2 for both eras and for the modern era alone. Each lists `tools` and nothing else.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { NodeStreamableHTTPServerTransport, toNodeHandler } from '@modelcontextprotocol/node'
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js'
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { createMcpHandler, McpServer as ServerV2 } from '@modelcontextprotocol/server'
import { type Listening, listenHttp } from './listen.ts'

const DEFAULT_TOOLS = ['search_docs', 'fetch_page']

const answer = async () => ({ content: [{ type: 'text' as const, text: 'never called by the gate' }] })

function serverV1(tools: readonly string[]): ServerV1 {
  const server = new ServerV1({ name: 'real-v1', version: '1.2.3' })
  for (const tool of tools) server.registerTool(tool, { description: `The tool ${tool}` }, answer)
  return server
}

function serverV2(tools: readonly string[]): ServerV2 {
  const server = new ServerV2({ name: 'real-v2', version: '2.3.4' })
  for (const tool of tools) server.registerTool(tool, { description: `The tool ${tool}` }, answer)
  return server
}

async function bodyOf(req: IncomingMessage): Promise<{ method?: string } | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString())
}

/** A handler at one path; anything else is the page that Express would send. */
function at(path: string, handle: (req: IncomingMessage, res: ServerResponse) => Promise<unknown>): RequestListener {
  return (req, res) => {
    if (req.url === path) return void handle(req, res).catch(() => res.destroy())
    res.writeHead(404, { 'content-type': 'text/html' }).end(`<pre>Cannot ${req.method} ${req.url}</pre>`)
  }
}

/** SDK 1.32, one server object per request. */
export function v1Stateless({ json = false, tools = DEFAULT_TOOLS } = {}): Promise<Listening> {
  return listenHttp(
    at('/mcp', async (req, res) => {
      if (req.method !== 'POST') return res.writeHead(405).end()
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: json })
      const server = serverV1(tools)
      res.on('close', () => void Promise.allSettled([transport.close(), server.close()]))
      await server.connect(transport as Parameters<ServerV1['connect']>[0])
      await transport.handleRequest(req, res)
    }),
  )
}

/** The handler of the SDK 1 example: sessions in a map, 400 for an unknown one. `open` counts live sessions. */
export function v1StatefulApp({ json = false, tools = DEFAULT_TOOLS } = {}) {
  const sessions = new Map<string, StreamableHTTPServerTransport>()
  const app = at('/mcp', async (req, res) => {
    const body = await bodyOf(req)
    const known = sessions.get(String(req.headers['mcp-session-id'] ?? ''))
    if (known) return await known.handleRequest(req, res, body)
    if (body?.method !== 'initialize') {
      const error = { code: -32000, message: 'Bad Request: No valid session ID provided' }
      res.writeHead(400, { 'content-type': 'application/json' })
      return res.end(JSON.stringify({ jsonrpc: '2.0', error, id: null }))
    }
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      enableJsonResponse: json,
      onsessioninitialized: id => void sessions.set(id, transport),
      onsessionclosed: id => void sessions.delete(id),
    })
    await serverV1(tools).connect(transport as Parameters<ServerV1['connect']>[0])
    await transport.handleRequest(req, res, body)
  })
  return { app, open: () => sessions.size }
}

export async function v1Stateful(options = {}): Promise<Listening & { open: () => number }> {
  const { app, open } = v1StatefulApp(options)
  return { ...(await listenHttp(app)), open }
}

/** SDK 1.32 over the transport of 2024-11-05, on /sse and /messages. */
export function v1HttpSse({ tools = DEFAULT_TOOLS } = {}): Promise<Listening> {
  const transports = new Map<string, SSEServerTransport>()
  return listenHttp(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://lab')
    const known = transports.get(url.searchParams.get('sessionId') ?? '')
    if (req.method === 'POST' && known) return await known.handlePostMessage(req, res)
    if (req.method !== 'GET' || url.pathname !== '/sse') return void res.writeHead(404).end(`Cannot ${req.method}`)
    const transport = new SSEServerTransport('/messages', res)
    transports.set(transport.sessionId, transport)
    await serverV1(tools).connect(transport)
  })
}

/** SDK 2.4: both eras on one URL, or the modern era alone. */
export async function v2({
  legacy = 'stateless' as 'stateless' | 'reject',
  responseMode = 'auto' as 'auto' | 'sse' | 'json',
  tools = DEFAULT_TOOLS,
} = {}): Promise<Listening> {
  const handler = toNodeHandler(createMcpHandler(() => serverV2(tools), { legacy, responseMode }))
  return await listenHttp((req, res) => void handler(req as Parameters<typeof handler>[0], res))
}

/** SDK 2.4 with sessions: legacy alone. */
export async function v2Stateful({ tools = DEFAULT_TOOLS } = {}): Promise<Listening> {
  const sessions = new Map<string, NodeStreamableHTTPServerTransport>()
  return await listenHttp(async (req, res) => {
    const known = sessions.get(String(req.headers['mcp-session-id'] ?? ''))
    if (known) return void (await known.handleRequest(req, res))
    const transport: NodeStreamableHTTPServerTransport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: id => void sessions.set(id, transport),
    })
    await serverV2(tools).connect(transport)
    await transport.handleRequest(req, res)
  })
}
