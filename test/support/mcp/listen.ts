/**
 * Servers on a free port of 127.0.0.1, closed with all their connections at the end of a test.
 */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import type { Server as TlsServer } from 'node:tls'

export interface Listening extends AsyncDisposable {
  readonly port: number
  /** Base address, without a final slash. */
  readonly url: string
}

/** Listens with any kind of server and cuts every connection on disposal. */
export async function listen(server: Server | TlsServer, scheme = 'http', port = 0): Promise<Listening> {
  const sockets = new Set<{ destroy: () => void }>()
  server.on('connection', socket => {
    sockets.add(socket)
    // A fault lab cuts connections on purpose; the error on its side is the point, not a problem.
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    url: `${scheme}://127.0.0.1:${bound}`,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

export function listenHttp(handler: RequestListener, port = 0): Promise<Listening> {
  return listen(createServer(handler), 'http', port)
}
