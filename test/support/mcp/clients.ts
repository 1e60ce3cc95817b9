/**
 * The official clients as oracles: what they can connect to and list is what the gate must call passed.
 */
import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

/** Milliseconds that a client waits for one answer. */
const defaultRequestTimeoutMs = 8000
const WHO = { name: 'oracle', version: '1' }

export type Oracle = { readonly passed: true; readonly tools: readonly string[] } | { readonly passed: false }

async function listed(
  connect: () => Promise<{ tools: { name: string }[] }>,
  close: () => Promise<void>,
  requestTimeoutMs: number,
): Promise<Oracle> {
  // Connecting over HTTP+SSE waits without end for an endpoint event that another kind of stream never sends.
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the client does not come to an end')), 2 * requestTimeoutMs)
  })
  try {
    return { passed: true, tools: (await Promise.race([connect(), late])).tools.map(tool => tool.name).sort() }
  } catch {
    return { passed: false }
  } finally {
    clearTimeout(timer)
    await close().catch(() => {})
  }
}

/** SDK 1.32 over Streamable HTTP: the legacy era. */
export function legacyOracle(url: string, requestTimeoutMs = defaultRequestTimeoutMs): Promise<Oracle> {
  const client = new ClientV1(WHO)
  const transport = new TransportV1(new URL(url)) as Parameters<ClientV1['connect']>[0]
  return listed(
    async () => {
      await client.connect(transport, { timeout: requestTimeoutMs })
      return await client.listTools({}, { timeout: requestTimeoutMs })
    },
    () => client.close(),
    requestTimeoutMs,
  )
}

/** SDK 1.32 over HTTP+SSE. */
export function httpSseOracle(url: string, requestTimeoutMs = defaultRequestTimeoutMs): Promise<Oracle> {
  const client = new ClientV1(WHO)
  return listed(
    async () => {
      await client.connect(new SSEClientTransport(new URL(url)), { timeout: requestTimeoutMs })
      return await client.listTools({}, { timeout: requestTimeoutMs })
    },
    () => client.close(),
    requestTimeoutMs,
  )
}

/** SDK 2.4 pinned to 2026-07-28: the modern era. */
export function modernOracle(url: string, requestTimeoutMs = defaultRequestTimeoutMs): Promise<Oracle> {
  const client = new ClientV2(WHO, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
  return listed(
    async () => {
      await client.connect(new TransportV2(new URL(url)), { timeout: requestTimeoutMs })
      return await client.listTools({}, { timeout: requestTimeoutMs })
    },
    () => client.close(),
    requestTimeoutMs,
  )
}
