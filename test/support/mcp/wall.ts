/**
 * An MCP server behind authorization and the authorization server that lets clients in, as two servers on 127.0.0.1.
 * Everything a client reads on its way to a token can be replaced by a test.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { faulty, mcpLike, reply } from './faults.ts'
import { type Listening, listenHttp } from './listen.ts'

export interface ProtectionParts {
  /** WWW-Authenticate of the 401; null leaves it out. */
  readonly challenge?: (mcp: string) => string | null
  /** What is served below /.well-known/oauth-protected-resource, by path; undefined is a 404. */
  readonly metadata?: (path: string, mcp: string, issuer: string) => unknown
  readonly serverMetadata?: (path: string, issuer: string) => unknown
  /** Answers the token request. */
  readonly token?: (body: URLSearchParams, req: IncomingMessage, res: ServerResponse) => void
  readonly answer?: ReturnType<typeof mcpLike>
}

export const TOKEN = 't0ken1-of-the-lab-1f6b'

export interface ProtectedServer extends AsyncDisposable {
  readonly url: string
  readonly issuer: string
  /** Every request of either server: method and path, and the credentials it carried. */
  readonly requests: string[]
}

export async function startProtectedServer(parts: ProtectionParts = {}): Promise<ProtectedServer> {
  const requests: string[] = []
  const record = (where: string, req: IncomingMessage): string => {
    const path = req.url ?? ''
    requests.push(`${where} ${req.method} ${path} ${req.headers.authorization ?? '-'} ${req.headers['x-key'] ?? '-'}`)
    return path
  }
  const json = (res: ServerResponse, value: unknown): void =>
    value === undefined
      ? reply(res, 404, 'text/plain', 'not here')
      : reply(res, 200, 'application/json', JSON.stringify(value))

  const issuing = await listenHttp(async (req, res) => {
    const path = record('issuer', req)
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    if (path === '/token') {
      const body = new URLSearchParams(Buffer.concat(chunks).toString())
      const own = parts.token
      if (own) return own(body, req, res)
      return json(res, { access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 })
    }
    const standard = path === '/.well-known/oauth-authorization-server' ? metadataOf(issuing.url) : undefined
    json(res, parts.serverMetadata ? parts.serverMetadata(path, issuing.url) : standard)
  })
  const good = parts.answer ?? mcpLike()
  const mcp: Listening = await faulty((request, req, res) => {
    const path = record('mcp', req)
    if (path.startsWith(WELL_KNOWN)) {
      const standard = (at: string) => (at === '/mcp' ? resourceOf(`${mcp.url}/mcp`, issuing.url) : undefined)
      const at = path.slice(WELL_KNOWN.length)
      return json(res, parts.metadata ? parts.metadata(at, `${mcp.url}/mcp`, issuing.url) : standard(at))
    }
    if (req.headers.authorization === `Bearer ${TOKEN}`) return good(request, req, res)
    const challenge = parts.challenge
      ? parts.challenge(mcp.url)
      : `Bearer resource_metadata="${mcp.url}${WELL_KNOWN}/mcp"`
    reply(res, 401, '', '', challenge === null ? {} : { 'www-authenticate': challenge })
  })
  return {
    url: `${mcp.url}/mcp`,
    issuer: issuing.url,
    requests,
    [Symbol.asyncDispose]: async () => {
      await mcp[Symbol.asyncDispose]()
      await issuing[Symbol.asyncDispose]()
    },
  }
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource'

export const resourceOf = (resource: string, issuer: string) => ({ resource, authorization_servers: [issuer] })

export const metadataOf = (issuer: string) => ({ issuer, token_endpoint: `${issuer}/token` })
