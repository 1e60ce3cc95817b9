/**
 * Servers on a free port of 127.0.0.1, closed with all their connections at the end of a test.
 */
import { spawn } from 'node:child_process'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises'
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

/**
 * A port whose queue of connections is full: the kernel drops further attempts without an answer, as a security group
 * does. The listener is a process that never accepts, because the one that tests would.
 */
export async function droppingListener(): Promise<AsyncDisposable & { readonly port: number }> {
  const program = `
    const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      setImmediate(() => {
        process.stdout.write(String(server.address().port))
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
      })
    })`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = Number(await new Promise<string>(resolve => child.stdout.once('data', chunk => resolve(String(chunk)))))
  const sockets: Socket[] = []
  for (let dropped = false; !dropped; ) {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket.on('error', () => {}))
    await Promise.race([new Promise(resolve => socket.once('connect', resolve)), pause(500)])
    // After a stall the timer is served before the connection that is already there.
    await immediate()
    dropped = socket.connecting
  }
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

export function listenHttp(handler: RequestListener, port = 0): Promise<Listening> {
  return listen(createServer(handler), 'http', port)
}
