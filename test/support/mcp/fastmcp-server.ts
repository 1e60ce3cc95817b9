/** fastmcp on the port of the first argument, stateless when the second is `true`. It prints to the console as it likes. */
const { FastMCP } = (await import('fastmcp' as string)) as { FastMCP: new (options: object) => FastMcpServer }

interface FastMcpServer {
  addTool(tool: object): void
  start(options: object): Promise<void>
}

const [port, stateless] = process.argv.slice(2)
const server = new FastMCP({ name: 'fastmcp', version: '1.0.0' })
server.addTool({ name: 'search_docs', description: 'Searches the documentation', execute: async () => '' })
await server.start({
  transportType: 'httpStream',
  httpStream: { port: Number(port), host: '127.0.0.1', stateless: stateless === 'true' },
})
