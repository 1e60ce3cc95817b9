/**
 * The only way out: an HTTP proxy whose own authority vouches for chosen hosts and whose handlers answer in their place.
 * Every other host is refused with 403 and noted, so that a test can say that nothing else was asked. It sees what obeys
 * HTTPS_PROXY; 127.0.0.1 is reached directly.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as forwardedRequest, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issueCertificate } from './certificates.ts'
import { listen } from './mcp/listen.ts'

export interface EgressRequest {
  host: string
  method: string
  /** With the query. */
  path: string
}

export interface Egress {
  /** What a process needs to go out here: proxy, trusted authority, and the loopback exempted. */
  env: Record<'HTTPS_PROXY' | 'HTTP_PROXY' | 'NO_PROXY' | 'NODE_EXTRA_CA_CERTS' | 'SSL_CERT_FILE', string>
  /** Requests to the hosts that were chosen. */
  requests: EgressRequest[]
  /** `host:port` of every connection that was refused, in order. */
  refused: string[]
  stop(): Promise<void>
}

/** Starts the proxy. `hosts` maps a DNS name to what answers there on port 443, with a certificate for `days`. Stop it when done. */
export async function startEgress(hosts: Record<string, RequestListener>, days?: number): Promise<Egress> {
  const directory = await mkdtemp(join(tmpdir(), 'egress-'))
  const certificates = await issueCertificate(directory, [...Object.keys(hosts), 'unused.invalid'], days)
  const requests: EgressRequest[] = []
  const refused: string[] = []
  const handlers = new Map(Object.entries(hosts))

  const inside = createTlsServer({ key: certificates.key, cert: certificates.certificate }, (request, response) => {
    const host = request.headers.host?.replace(/:443$/, '') ?? ''
    requests.push({ host, method: request.method ?? '', path: request.url ?? '' })
    const handler = handlers.get(host)
    if (handler) handler(request, response)
    else response.writeHead(421).end()
  })
  // A client that does not trust the authority ends the handshake, and that is its right.
  inside.on('tlsClientError', () => {})

  const proxy = createServer((request, response) => {
    refused.push(URL.parse(request.url ?? '')?.host ?? request.url ?? '')
    response.writeHead(403, { 'content-type': 'text/plain' }).end('this host is not stood in for\n')
  })
  proxy.on('connect', (request, socket) => {
    const target = request.url ?? ''
    const [host = '', port] = target.split(':')
    if (port !== '443' || !handlers.has(host)) {
      refused.push(target)
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    inside.emit('connection', socket)
  })
  const listening = await listen(proxy)

  return {
    env: {
      HTTPS_PROXY: listening.url,
      HTTP_PROXY: listening.url,
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: certificates.authority,
      SSL_CERT_FILE: certificates.authority,
    },
    requests,
    refused,
    async stop() {
      await listening[Symbol.asyncDispose]()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Answers a host by a stand-in that listens elsewhere, such as `http://127.0.0.1:1234`. */
export function forwardTo(url: string): RequestListener {
  return (request, response) => {
    const forwarded = forwardedRequest(
      new URL(request.url ?? '/', url),
      // A connection of its own: the client's `connection: close` is among the headers.
      { method: request.method, headers: request.headers, agent: false },
      answered => {
        response.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(response)
      },
    )
    // A stand-in that cuts the connection cuts it for the client too.
    forwarded.on('error', () => response.destroy())
    request.pipe(forwarded)
  }
}
