/** A receiver of webhooks that keeps what it gets, with faults that a test puts in. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { Webhook, type WebhookTimes } from '../../src/monitors/webhook.ts'
import { answerWithFaults, type Fault, readBody } from './faults.ts'
import { listen } from './mcp/listen.ts'

export interface Delivery {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly deliveries: Delivery[]
  readonly faults: Fault[]
  /** Makes a webhook that sends to a path and query of this receiver. */
  connect(times?: WebhookTimes): Webhook
}

export const secret = 'a webhook s3cret, ünicode'

/** Starts a receiver that answers 204 to everything. */
export async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = []
  const faults: Fault[] = []
  const listening = await listen(
    createServer(async (incoming, response) => {
      deliveries.push({ path: incoming.url, headers: incoming.headers, body: await readBody(incoming) })
      await answerWithFaults(faults, incoming, response, async () => ({ status: 204, headers: {}, body: undefined }))
    }),
  )
  const { url } = listening
  return {
    url,
    deliveries,
    faults,
    connect: times => new Webhook({ url: `${url}/hooks/t0ken-in-path?k=v`, secret }, times),
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  }
}
