/**
 * The MCP server that the demo deploys: the official SDK, both eras on one URL, and a health path beside it. With
 * BROKEN set it is the kind of version that this action exists for: it starts, it is healthy, and it does not speak MCP.
 */
import { createServer } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'

const { VERSION = '0.0.0', BROKEN, API_KEY, MCP_PATH = '/mcp', PORT = '3000' } = process.env
if (!API_KEY) throw new Error('API_KEY is not set: the secret has not reached the container')

const mcp = toNodeHandler(
  createMcpHandler(() => {
    const server = new McpServer({ name: 'weather', version: VERSION })
    const answer = async () => ({ content: [{ type: 'text' as const, text: 'sunny' }] })
    server.registerTool('current_weather', { description: 'Weather of a place now' }, answer)
    server.registerTool('forecast', { description: 'Weather of a place in the days to come' }, answer)
    return server
  }),
)

const server = createServer((req, res) => {
  if (req.url === '/health') res.writeHead(200, { 'content-type': 'text/plain' }).end('ok')
  else if (req.url !== MCP_PATH) res.writeHead(404).end()
  else if (BROKEN) {
    const error = { code: -32603, message: 'tool registry failed to load' }
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: 1, error }))
  } else void mcp(req as Parameters<typeof mcp>[0], res)
})
server.listen(Number(PORT), '127.0.0.1')
process.once('SIGTERM', () => server.close(() => process.exit(0)))
