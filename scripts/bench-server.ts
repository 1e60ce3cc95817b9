/** A server of the official SDK in a process of its own, as servers are, so that its work does not delay its clients. It sends its URL. */
import { v1Stateless } from '../test/support/mcp/servers.ts'

const server = await v1Stateless()
process.send?.(server.url)
