/**
 * A webhook for other monitors: one signed POST for each event (docs/webhook.md, docs/webhook.schema.json). It is signed like
 * GitHub's webhooks, but the signed text includes the time, so that a recorded delivery cannot be replayed later. The URL is as
 * secret as the key, because many receivers put a token into its path.
 */
import { createHmac, randomUUID } from 'node:crypto'
import schema from '../../docs/webhook.schema.json' with { type: 'json' }
import { messageOf, ServiceError } from '../errors.ts'
import { request } from '../http.ts'
import { type Polled, poll, retryAfterMs } from '../poll.ts'
import { serialize } from '../report/serialize.ts'
import { incidentOf } from '../report/target.ts'
import { publicUrl } from '../secret-parts.ts'
import type { MonitorEvent, MonitorResult, MonitorService } from './monitor.ts'

export interface WebhookSettings {
  readonly url: string
  readonly secret: string
}

export type WebhookEventName =
  | 'deployment.verified'
  | 'deployment.failed'
  | 'verification.passed'
  | 'verification.failed'
  | 'endpoint.removed'

/** All in milliseconds. */
export interface WebhookTimes {
  /** Limit of one request. */
  readonly requestTimeoutMs: number
  /** Limit of one delivery with all its repetitions. */
  readonly timeoutMs: number
  /** Delay after the first failed attempt. It doubles with each further one, up to `maxRetryDelayMs`. */
  readonly retryDelayMs: number
  readonly maxRetryDelayMs: number
}

export const defaultWebhookTimes: WebhookTimes = {
  requestTimeoutMs: 10_000,
  timeoutMs: 30_000,
  retryDelayMs: 1_000,
  maxRetryDelayMs: 8_000,
}

/** Status codes that a retry can change. Any other one, such as 401, is final. */
const retriedStatuses: readonly number[] = [408, 425, 429, 500, 502, 503, 504]
const finalErrors = /^(ENOTFOUND|CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/

export class Webhook implements MonitorService {
  readonly name = 'webhook'
  readonly #url: string
  readonly #secret: string
  readonly #times: WebhookTimes

  constructor({ url, secret }: WebhookSettings, times = defaultWebhookTimes) {
    this.#url = url
    this.#secret = secret
    this.#times = times
  }

  verified(event: MonitorEvent): Promise<MonitorResult> {
    return this.#deliver(event.command === 'verify' ? 'verification.passed' : 'deployment.verified', event)
  }

  failing(event: MonitorEvent): Promise<MonitorResult> {
    return this.#deliver(event.command === 'verify' ? 'verification.failed' : 'deployment.failed', event)
  }

  removed(event: MonitorEvent): Promise<MonitorResult> {
    return this.#deliver('endpoint.removed', event)
  }

  /** Repeats the delivery until a 2xx, a final answer or the deadline. Each attempt has the same delivery id and a new time. */
  async #deliver(name: WebhookEventName, event: MonitorEvent): Promise<MonitorResult> {
    const delivery = randomUUID()
    const body = JSON.stringify(serialize(schema, webhookBody(name, event, delivery, new Date())).value)
    const { host } = new URL(this.#url)
    const { timeoutMs, retryDelayMs, maxRetryDelayMs } = this.#times
    let requestedWaitMs = 0
    const attempt = async (): Promise<Polled<undefined>> => {
      const result = await this.#attempt(name, delivery, body)
      if (result.delivered) return { done: undefined }
      if (result.final) throw new ServiceError(result.problem)
      requestedWaitMs = result.askedWaitMs
      return { waitingFor: result.problem }
    }
    const failed = (why: string): MonitorResult => ({
      monitor: this.name,
      outcome: 'failed',
      notices: [],
      warning: `The webhook at ${host} was not notified of ${name}: ${why}`,
    })
    try {
      const polled = await poll(attempt, {
        delayMs: count => Math.max(requestedWaitMs, Math.min(retryDelayMs * 2 ** count, maxRetryDelayMs)),
        timeoutMs,
      })
      if (!polled.timedOut) return { monitor: this.name, outcome: 'delivered', id: delivery, notices: [] }
      return failed(
        `${polled.waitingFor}. The retries ended after ${timeoutMs / 1000} s. The deployment does not depend on it.`,
      )
    } catch (error) {
      return failed(`${messageOf(error)}. A retry cannot help: check webhook-url, webhook-secret and the receiver.`)
    }
  }

  async #attempt(name: WebhookEventName, delivery: string, body: string): Promise<Attempt> {
    const timestamp = Math.floor(Date.now() / 1000)
    const headers = {
      'Content-Type': 'application/json',
      'X-Mcp-Deploy-Event': name,
      'X-Mcp-Deploy-Delivery': delivery,
      'X-Mcp-Deploy-Timestamp': String(timestamp),
      'X-Mcp-Deploy-Signature-256': signature(this.#secret, timestamp, body),
    }
    try {
      const answer = await request(this.#url, {
        method: 'POST',
        body,
        headers,
        timeoutMs: this.#times.requestTimeoutMs,
      })
      if (answer.status >= 200 && answer.status < 300) return { delivered: true }
      const redirect = answer.status >= 300 && answer.status < 400 ? ', a redirect, which is not followed' : ''
      return {
        delivered: false,
        final: !retriedStatuses.includes(answer.status),
        problem: `it answered ${answer.status}${redirect}`,
        askedWaitMs: retryAfterMs(answer.headers['retry-after']) ?? 0,
      }
    } catch (error) {
      const { code = '' } = (error instanceof Error ? (error.cause ?? {}) : {}) as { code?: string }
      return { delivered: false, final: finalErrors.test(code), problem: messageOf(error), askedWaitMs: 0 }
    }
  }
}

type Attempt =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly final: boolean; readonly problem: string; readonly askedWaitMs: number }

/**
 * Returns `sha256=` and the HMAC-SHA256 of `TIMESTAMP.BODY` in hex.
 * @param timestamp seconds since 1970
 */
export function signature(secret: string, timestamp: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}

/** Returns the body of a delivery with the field names of docs/webhook.schema.json. It is not redacted. */
function webhookBody(
  name: WebhookEventName,
  event: MonitorEvent,
  delivery: string,
  now: Date,
): Record<string, unknown> {
  const { target, failure } = event
  return {
    version: 1,
    event: name,
    delivery,
    occurredAt: now.toISOString(),
    incident: incidentOf(target, event.repository),
    name: event.name,
    endpoint: event.endpoint === undefined ? null : publicUrl(event.endpoint),
    previousEndpoint: event.previousEndpoint === undefined ? null : publicUrl(event.previousEndpoint),
    protocolVersions: event.protocolVersions,
    repository: event.repository,
    target: {
      name: target.name ?? null,
      stack: target.stack ?? null,
      directory: target.directory,
      workspace: target.workspace ?? null,
    },
    commit: event.commit,
    runUrl: event.runUrl,
    pullRequest: event.pullRequest ?? null,
    failure:
      failure === undefined
        ? null
        : { phase: failure.phase, code: failure.code, sentence: failure.sentence, fix: failure.fix },
  }
}
