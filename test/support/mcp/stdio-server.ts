/** A server over stdio with one tool, for the gateways and proxies of the matrix to put on HTTP. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'

const server = new McpServer({ name: 'stdio', version: '1.0.0' })
server.registerTool('search_docs', { description: 'Searches the documentation' }, async () => ({ content: [] }))
await server.connect(new StdioServerTransport())
