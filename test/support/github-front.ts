/**
 * One address for the GitHub stand-ins of a test file. `@actions/github` reads GITHUB_API_URL when it is imported, so
 * import this module before it (`vi.hoisted`); each test then forwards the address to the stand-in of its own.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { forwardTo } from './egress.ts'

let target = ''
const server = createServer((request: IncomingMessage, response: ServerResponse) =>
  forwardTo(target)(request, response),
)
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
process.env.GITHUB_API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** Forwards every further request to the stand-in at `url`. */
export function forwardGitHubTo(url: string): void {
  target = url
}

/** Closes the address. */
export function closeGitHubFront(): void {
  delete process.env.GITHUB_API_URL
  server.closeAllConnections()
  server.close()
}
