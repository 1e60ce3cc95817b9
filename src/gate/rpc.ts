/**
 * One JSON-RPC message over one HTTP exchange, read as far as its answer and no further, and noted for the
 * report. Also the one place that may resume an event stream which the server closed before its answer, as
 * revision 2025-11-25 allows.
 */

import { setTimeout as pause } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { isObject } from '../json.ts'
import type { Code, Era } from './codes.ts'
import { type Failure, failure } from './codes.ts'
import { isMessage, readEvents } from './events.ts'
import {
  exchange,
  type HttpOutcome,
  type HttpRequest,
  type HttpTarget,
  type Phases,
  type Reply,
} from './http-exchange.ts'
import { isId, type ParsedReply, parseJson, type Refusal, type RequestContext, readOutcome } from './read-reply.ts'
import { secretsOf } from './sanitize.ts'
import type { Tool } from './tool.ts'

/** What is sent as `clientInfo`: who asks, so that a server log can be read. */
export const CLIENT_INFO = { name: 'terraform-mcp-deploy', version: '1' }

/** One exchange as the report shows it; times in milliseconds. */
export interface Exchange {
  /** Null for an exchange about authorization. */
  readonly era: Era | null
  readonly step: string
  readonly method: string
  readonly status: number | null
  /** Of the body, after decompression, as far as it was read. */
  readonly bytes: number
  readonly phases: Phases
  readonly elapsedMs: number
  readonly verdict: 'ok' | Code
}

/** One era's conversation with the endpoint. Every exchange made through it is appended to `exchanges`. */
export interface Conversation {
  readonly target: HttpTarget
  readonly era: Era
  readonly exchanges: Exchange[]
  /** Milliseconds for the headers and for the body of each answer, when the defaults of the wire are too long. */
  readonly answerTimeoutMs?: number
}

/** EraResult is what one era of the endpoint came to. `absent`: the server does not claim to speak it. */
export interface EraResult {
  readonly verdict: 'passed' | 'failed' | 'absent'
  readonly failure?: Failure
  readonly protocolVersion?: string
  readonly serverInfo?: { readonly name: string; readonly version: string }
  /** Absent when the server declares no tools. */
  readonly tools?: readonly Tool[]
  /** Over how many pages the tools came; absent like them. */
  readonly pages?: number
  /** Of a failed era: the server claims to speak it. */
  readonly isOffered?: boolean
  readonly warnings: readonly string[]
  /** Milliseconds from the first byte sent to the whole tool list, or to the failure. */
  readonly elapsedMs: number
}

export interface Message {
  readonly method: string
  readonly params?: Record<string, unknown>
  /** Absent for a notification. */
  readonly id?: number
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
}

export interface RpcExchange {
  readonly reply: ParsedReply
  readonly outcome: HttpOutcome
}

/** Sends one request or notification by POST and reads its answer. */
export async function send(conversation: Conversation, message: Message): Promise<RpcExchange> {
  const { method, params, id, url } = message
  const { answerTimeoutMs } = conversation
  const outcome = await exchange(conversation.target, {
    url,
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...message.headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', ...(id !== undefined && { id }), method, ...(params && { params }) }),
    ...(id !== undefined && { onLines: answerWatch(id) }),
    ...(answerTimeoutMs !== undefined && { headersTimeoutMs: answerTimeoutMs, bodyTimeoutMs: answerTimeoutMs }),
    ...(id === undefined && { bodyTimeoutMs: conversation.target.times.notificationBodyTimeoutMs }),
  })
  const answer = recordReply(conversation, message, 'POST', outcome)
  if (id === undefined || outcome.kind === 'fault' || answer.reply.answered) return answer
  return (await resumed(conversation, { ...message, id }, outcome, answer.reply)) ?? answer
}

/** Judges what was seen, and notes it in the conversation. */
export function recordReply(
  conversation: Conversation,
  message: Message,
  httpMethod: HttpRequest['method'],
  outcome: HttpOutcome,
): RpcExchange {
  const reply = readOutcome(outcome, requestContext(conversation.target, message))
  const { era, exchanges } = conversation
  recordExchange(
    exchanges,
    { era, step: message.method, method: httpMethod },
    outcome,
    reply.answered ? 'ok' : reply.code,
  )
  return { reply, outcome }
}

/** Appends what was seen to the exchanges of the report. */
export function recordExchange(
  exchanges: Exchange[],
  what: Pick<Exchange, 'era' | 'step' | 'method'>,
  outcome: HttpOutcome,
  verdict: Exchange['verdict'],
): void {
  exchanges.push({
    ...what,
    status: outcome.kind === 'reply' ? outcome.status : null,
    bytes: outcome.kind === 'reply' ? outcome.bytes : 0,
    phases: outcome.phases,
    elapsedMs: outcome.elapsedMs,
    verdict,
  })
}

function requestContext(target: HttpTarget, { id, url, headers }: Message): RequestContext {
  return {
    ...(id !== undefined && { id }),
    url,
    inSession: headers?.['mcp-session-id'] !== undefined,
    authorized: Object.keys(target.headers).some(name => name.toLowerCase() === 'authorization'),
    secrets: secretsOf(target.headers),
  }
}

/** No answer follows so many other events; reading on would only cost time. */
const MAX_EVENTS = 5000

/**
 * Says of each run of lines whether the answer to `id` has come. A message that answers nothing we asked, or is
 * no JSON at all, is most likely all there will be, but the real answer may follow: a little more time.
 */
function answerWatch(id: number): (lines: string) => 'more' | 'soon' | 'enough' {
  let isAnswered = false
  let isDoubtful = false
  let count = 0
  const parser = createParser({
    onEvent: event => {
      if (++count > MAX_EVENTS || isAnswered || event.data === '') return
      const value = parseJson(event.data)?.value
      const answers = isObject(value) && (value.result !== undefined || value.error !== undefined)
      if (isMessage(event) && answers && isId(value.id, id)) isAnswered = true
      else if (answers || value === undefined) isDoubtful = true
    },
  })
  return lines => {
    const before = isDoubtful
    parser.feed(lines)
    if (isAnswered || count > MAX_EVENTS) return 'enough'
    return isDoubtful && !before ? 'soon' : 'more'
  }
}

/** Resumption and polling, basic/transports of 2025-11-25: the stream may close after an event id. */
async function resumed(
  conversation: Conversation,
  message: Message & { id: number },
  first: Reply,
  refusal: Refusal,
): Promise<RpcExchange | undefined> {
  if (refusal.code !== 'SSE_EMPTY' || conversation.era !== 'legacy') return undefined
  const { resumeDelayMs, maxResumeDelayMs } = conversation.target.times
  let { lastEventId, retryMs } = readEvents(first.body)
  let answer: RpcExchange | undefined
  for (let attempt = 0; attempt < 2 && lastEventId !== undefined; attempt++) {
    const id = Buffer.from(lastEventId, 'utf8').toString('latin1')
    if (!/^[\t\x20-\x7e\x80-\xff]+$/.test(id)) break
    await pause(Math.min(retryMs ?? resumeDelayMs, maxResumeDelayMs))
    const outcome = await exchange(conversation.target, {
      url: message.url,
      method: 'GET',
      headers: { accept: 'text/event-stream', ...message.headers, 'last-event-id': id },
      onLines: answerWatch(message.id),
    })
    answer = recordReply(conversation, message, 'GET', outcome)
    if (answer.reply.answered || outcome.kind === 'fault') return answer
    const next = readEvents(outcome.body)
    lastEventId = next.lastEventId ?? lastEventId
    retryMs = next.retryMs ?? retryMs
  }
  return answer?.reply.answered ? answer : undefined
}

/** The failure that a refusal makes. */
export function failureOf({ code, sentence, fix, isCut, retryAfterMs }: Refusal, step: string, era?: Era): Failure {
  return {
    ...failure(code, step, sentence, era),
    ...(fix !== undefined && { fix }),
    ...(isCut && { isCut }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** Statuses of a 4xx that say nothing about the method: authorization, a time limit, a wrong host, a rate limit. */
const INDIFFERENT_STATUSES = [401, 403, 407, 408, 421, 429]

/** Whether a reply refuses the request in the terms of HTTP or JSON-RPC, as a server does that does not know the method. */
export function isCleanRefusal({ status, rpc }: Refusal): boolean {
  if (status === undefined) return false
  return status < 300 ? rpc !== undefined : status >= 400 && status < 500 && !INDIFFERENT_STATUSES.includes(status)
}

/**
 * Whether a failed era is one that the server claims to speak. A server that refuses initialize does not offer the legacy
 * era; one that fails on server/discover in any other way than a client of 2026-07-28 would name may not know the method.
 */
function isEraOffered(era: Era, step: string, refusal: Refusal): boolean {
  switch (era) {
    case 'legacy':
      return step !== 'initialize' || !refusesInitialize(refusal)
    case 'modern':
      // Clients of this era take an unusable DiscoverResult for an older server, and fall back to initialize.
      return step !== 'server/discover' || (refusal.rpc !== undefined && refusal.code === 'NO_COMMON_VERSION')
    case 'http-sse':
      return true
  }
}

function refusesInitialize(refusal: Refusal): boolean {
  const { code, status = 0 } = refusal
  return code === 'LEGACY_CLIENTS_LOCKED_OUT' || code === 'RPC_REFUSED' || (status >= 400 && isCleanRefusal(refusal))
}

/** The failed era that a refusal makes. */
export function failed(conversation: Conversation, step: string, refusal: Refusal, since: number): EraResult {
  return {
    verdict: 'failed',
    failure: failureOf(refusal, step, conversation.era),
    isOffered: isEraOffered(conversation.era, step, refusal),
    warnings: [],
    elapsedMs: performance.now() - since,
  }
}

/** A refusal found in the content of an answer, which only the caller of the method can judge. */
export function unfitRefusal(code: Code, sentence: string): Refusal {
  return { answered: false, code, sentence }
}
