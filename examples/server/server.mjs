import { createServer } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'

const mcp = toNodeHandler(
  createMcpHandler(() => {
    const server = new McpServer({ name: 'weather', version: '1.0.0' })
    server.registerTool('current_weather', { description: 'Weather of a place now' }, async () => ({
      content: [{ type: 'text', text: 'sunny' }],
    }))
    return server
  }),
)

const server = createServer((request, response) => {
  if (request.url === '/health') response.writeHead(200).end('ok')
  else if (request.url === '/mcp') void mcp(request, response)
  else response.writeHead(404).end()
})
server.listen(Number(process.env.PORT ?? 3000))
process.once('SIGTERM', () => server.close(() => process.exit(0)))
