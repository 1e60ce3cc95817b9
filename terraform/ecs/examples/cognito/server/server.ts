/** An MCP server that only answers requests with an access token of a Cognito user pool. It serves the metadata of RFC 9728. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { TokenError, type TokenRules, tokenVerifier } from './access-token.ts'

/** What the server must know. */
export interface Settings extends TokenRules {
  /** The public URL of the MCP endpoint. The server cannot see it behind a load balancer. */
  readonly resource: string
}

const wellKnown = '/.well-known/oauth-protected-resource'

/** Creates the server; the caller lets it listen. */
export function protectedServer(settings: Settings): Server {
  const { origin, pathname } = new URL(settings.resource)
  const metadataPath = `${wellKnown}${pathname}`
  const check = tokenVerifier(settings)
  const mcp = toNodeHandler(createMcpHandler(createMcp, { legacy: 'stateless' }))
  const metadata = {
    resource: settings.resource,
    authorization_servers: [settings.issuer],
    scopes_supported: [settings.scope],
    bearer_methods_supported: ['header'],
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(request.url ?? '/', origin)
    if (path === '/health') return sendJson(response, 200, { status: 'ok' })
    if (path === metadataPath || path === wellKnown) return sendJson(response, 200, metadata)
    if (path !== pathname) return sendJson(response, 404, { error: 'not_found' })
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    // A request without a token gets no error code (RFC 6750 §3.1).
    if (token === undefined) return refuse(response, 401, '')
    try {
      await check(token)
    } catch (error) {
      if (!(error instanceof TokenError)) throw error
      const scope = error.code === 'insufficient_scope' ? `, scope="${settings.scope}"` : ''
      const status = error.code === 'insufficient_scope' ? 403 : 401
      return refuse(response, status, `, error="${error.code}", error_description="${error.message}"${scope}`)
    }
    await mcp(request as Parameters<typeof mcp>[0], response)
  }

  function refuse(response: ServerResponse, status: number, more: string): void {
    response.setHeader('WWW-Authenticate', `Bearer resource_metadata="${origin}${metadataPath}"${more}`)
    sendJson(response, status, { error: status === 401 ? 'unauthorized' : 'forbidden' })
  }

  return createServer((request, response) => {
    answer(request, response).catch(error => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else sendJson(response, 503, { error: 'temporarily_unavailable' })
    })
  })
}

function createMcp(): McpServer {
  const server = new McpServer({ name: 'orders-mcp', version: '1.0.0' })
  server.registerTool('list_orders', { description: 'Lists the orders.' }, async () => ({
    content: [{ type: 'text', text: '[]' }],
  }))
  return server
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
