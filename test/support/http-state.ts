/**
 * A Terraform state over HTTP with locking (developer.hashicorp.com, "Backend Type: http"): GET, POST, LOCK and UNLOCK
 * of one address. It can take its time to save a state, which is what keeps a Terraform that was told to stop.
 */
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { readBody } from './faults.ts'
import { listen } from './mcp/listen.ts'

export interface HttpState {
  /** The `backend` block of a root module. */
  readonly backend: string
  /** The state as JSON, undefined before the first one. */
  state: string | undefined
  /** What Terraform says of who holds the lock, as JSON; undefined when nobody does. */
  lock: string | undefined
  /** Whether an operation gets the lock when nobody has it, by Terraform's name, such as `OperationTypeApply`. */
  mayLock: (operation: string) => boolean
  /** Whether a request of this method is refused with status 500. */
  refuses: (method: string) => boolean
  /** Milliseconds that saving a state takes. */
  savingMs: number
  /** Addresses of the resources in the state, with whether they are tainted. */
  resources(): { address: string; tainted: boolean }[]
  stop(): Promise<void>
}

interface SavedState {
  resources: { type: string; name: string; instances: { status?: string }[] }[]
}

export async function startHttpState(): Promise<HttpState> {
  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    if (held.refuses(request.method ?? '')) return response.writeHead(500).end()
    switch (request.method) {
      case 'GET':
        return response.writeHead(held.state === undefined ? 404 : 200).end(held.state)
      case 'POST':
        await delay(held.savingMs)
        held.state = body
        return response.end()
      case 'LOCK':
        if (held.lock !== undefined || !held.mayLock(String(JSON.parse(body).Operation)))
          return response.writeHead(423).end(held.lock ?? body)
        held.lock = body
        return response.end()
      case 'UNLOCK':
        held.lock = undefined
        return response.end()
      default:
        return response.writeHead(405).end()
    }
  })
  const listening = await listen(server)
  const held: HttpState = {
    backend: `
      backend "http" {
        address        = "${listening.url}/state"
        lock_address   = "${listening.url}/state"
        unlock_address = "${listening.url}/state"
      }
    `,
    state: undefined,
    lock: undefined,
    mayLock: () => true,
    refuses: () => false,
    savingMs: 0,
    resources() {
      const { resources } = JSON.parse(held.state ?? '{"resources":[]}') as SavedState
      return resources.flatMap(({ type, name, instances }) =>
        instances.map(({ status }) => ({ address: `${type}.${name}`, tainted: status === 'tainted' })),
      )
    },
    stop: async () => listening[Symbol.asyncDispose](),
  }
  return held
}
