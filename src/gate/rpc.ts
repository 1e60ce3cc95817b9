/**
 * One JSON-RPC message over one HTTP exchange. The body is read up to its answer, and the exchange is recorded for the
 * report. Only this module may resume an event stream that the server closed before its answer (revision 2025-11-25).
 */

import { setTimeout as pause } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { isObject } from '../json.ts'
import { monotonicMs } from '../poll.ts'
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

/** The `clientInfo` of every request, which identifies the gate in server logs. */
export const CLIENT_INFO = { name: 'terraform-mcp-deploy', version: '1' }

/** One exchange as the report shows it; times are in milliseconds. */
export interface Exchange {
  /** The probed era; null for an exchange about authorization. */
  readonly era: Era | null
  readonly step: string
  readonly method: string
  readonly status: number | null
  /** Bytes of the body that were read, after decompression. */
  readonly bytes: number
  readonly phases: Phases
  readonly elapsedMs: number
  readonly verdict: 'ok' | Code
}

/** The conversation of one era with the endpoint. Every exchange in it is appended to `exchanges`. */
export interface Conversation {
  readonly target: HttpTarget
  readonly era: Era
  readonly exchanges: Exchange[]
  /** Milliseconds for the headers and for the body of each answer, when the defaults are too long. */
  readonly answerTimeoutMs?: number
}

/** EraResult is the result of probing one era. `absent`: the server does not claim the era. */
export interface EraResult {
  readonly verdict: 'passed' | 'failed' | 'absent'
  readonly failure?: Failure
  readonly protocolVersion?: string
  readonly serverInfo?: { readonly name: string; readonly version: string }
  /** The listed tools; absent when the server declares no tools. */
  readonly tools?: readonly Tool[]
  /** Number of pages of the tool list; absent without tools. */
  readonly pages?: number
  /** Whether the server claims a failed era. */
  readonly isOffered?: boolean
  readonly warnings: readonly string[]
  /** Milliseconds from the first sent byte to the complete tool list, or to the failure. */
  readonly elapsedMs: number
}

/** One JSON-RPC request or notification. */
export interface Message {
  readonly method: string
  readonly params?: Record<string, unknown>
  /** The JSON-RPC id; absent for a notification. */
  readonly id?: number
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
}

/** One exchange and its interpretation. */
export interface RpcExchange {
  readonly reply: ParsedReply
  readonly outcome: HttpOutcome
}

/** Sends one request or notification by POST and reads its answer. Never throws. */
export async function send(conversation: Conversation, message: Message): Promise<RpcExchange> {
  const { method, params, id, url } = message
  const { answerTimeoutMs } = conversation
  const requests = answerServerRequests(conversation, url, message.headers)
  const outcome = await exchange(conversation.target, {
    url,
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...message.headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', ...(id !== undefined && { id }), method, ...(params && { params }) }),
    ...(id !== undefined && { onLines: answerWatch(id, requests.answer) }),
    ...(answerTimeoutMs !== undefined && { headersTimeoutMs: answerTimeoutMs, bodyTimeoutMs: answerTimeoutMs }),
    ...(id === undefined && { bodyTimeoutMs: conversation.target.times.notificationBodyTimeoutMs }),
  })
  await requests.sent()
  const answer = recordReply(conversation, message, 'POST', outcome)
  if (id === undefined || outcome.kind === 'fault' || answer.reply.answered) return answer
  return (await resumed(conversation, { ...message, id }, outcome, answer.reply)) ?? answer
}

/** Interprets the outcome and records it in the conversation. */
export function recordReply(
  conversation: Conversation,
  message: Message,
  httpMethod: HttpRequest['method'],
  outcome: HttpOutcome,
): RpcExchange {
  const reply = readOutcome(outcome, requestContext(conversation.target, message))
  recordExchange(
    conversation,
    { era: conversation.era, step: message.method, method: httpMethod },
    outcome,
    reply.answered ? 'ok' : reply.code,
  )
  return { reply, outcome }
}

/** Appends the outcome to the exchanges of the report. */
export function recordExchange(
  { target, exchanges }: Pick<Conversation, 'target' | 'exchanges'>,
  what: Pick<Exchange, 'era' | 'step' | 'method'>,
  outcome: HttpOutcome,
  verdict: Exchange['verdict'],
): void {
  const entry: Exchange = {
    ...what,
    status: outcome.kind === 'reply' ? outcome.status : null,
    bytes: outcome.kind === 'reply' ? outcome.bytes : 0,
    phases: outcome.phases,
    elapsedMs: outcome.elapsedMs,
    verdict,
  }
  exchanges.push(entry)
  target.observer?.onRecorded(entry, outcome)
}

function requestContext(target: HttpTarget, { id, url, headers }: Message): RequestContext {
  return {
    ...(id !== undefined && { id }),
    url,
    inSession: headers?.['mcp-session-id'] !== undefined,
    authorized: Object.keys(target.headers).some(name => name.toLowerCase() === 'authorization'),
    isSigned: target.sign !== undefined,
    hasClientCertificate: target.hasClientCertificate,
    secrets: secretsOf(target.headers),
  }
}

/** Maximum number of events before an answer; reading further would only cost time. */
const MAX_EVENTS = 5000

/** Maximum number of answered requests of the server in one stream, so that a server cannot keep the gate busy. */
const MAX_SERVER_REQUESTS = 20

/** The answers to the requests that a server sends in a stream. */
export interface ServerRequests {
  /** Answers the message if it is a request. */
  readonly answer: (message: unknown) => void
  /** Resolves when all answers were sent. */
  readonly sent: () => Promise<unknown>
}

/**
 * Answers requests of the server as the clients do: a ping with an empty result, and any other method with an error,
 * because the gate declares no capability. Some servers wait for these answers before they answer. Revision 2026-07-28
 * has no such requests.
 */
export function answerServerRequests(
  conversation: Conversation,
  url: URL,
  headers: Readonly<Record<string, string>> = {},
): ServerRequests {
  const { target, era } = conversation
  const answers: Promise<void>[] = []
  const post = async (method: string, body: object): Promise<void> => {
    const outcome = await exchange(target, {
      url,
      method: 'POST',
      headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      bodyTimeoutMs: target.times.notificationBodyTimeoutMs,
    })
    recordExchange(conversation, { era, step: `answer to ${method}`, method: 'POST' }, outcome, 'ok')
  }
  const answer = (message: unknown): void => {
    if (era === 'modern' || answers.length >= MAX_SERVER_REQUESTS) return
    if (!isObject(message) || typeof message.method !== 'string') return
    const { id, method } = message
    if (typeof id !== 'string' && typeof id !== 'number') return
    const result = method === 'ping' ? { result: {} } : { error: { code: -32601, message: 'Method not found' } }
    answers.push(post(method === 'ping' ? 'ping' : 'a request', { jsonrpc: '2.0', id, ...result }))
  }
  return { answer, sent: () => Promise.all(answers) }
}

/**
 * Creates the function that decides for each run of lines whether the answer to `id` has arrived. A message with
 * another answer, or without valid JSON, is probably the last one. The real answer may still follow, so the stream gets
 * a little more time. `onRequest` gets each message before the answer that is not an answer.
 */
function answerWatch(id: number, onRequest: (message: unknown) => void): (lines: string) => 'more' | 'soon' | 'enough' {
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
      else if (isMessage(event)) onRequest(value)
    },
  })
  return lines => {
    const before = isDoubtful
    parser.feed(lines)
    if (isAnswered || count > MAX_EVENTS) return 'enough'
    return isDoubtful && !before ? 'soon' : 'more'
  }
}

/** Maximum number of failed attempts in a row to resume a stream, as in the SDK clients. */
const MAX_FAILED_RESUMPTIONS = 2
/** Maximum number of resumptions of one stream; the timeout of the answer ends them earlier on a slow server. */
const MAX_RESUMPTIONS = 50

/**
 * Resumes a stream that ended after an event id (2025-11-25, basic/transports, resumption and polling). As for the SDK
 * clients, it does not matter whether the server closed the stream or the connection broke. A resumed stream may
 * end before the answer again.
 */
async function resumed(
  conversation: Conversation,
  message: Message & { id: number },
  first: Reply,
  refusal: Refusal,
): Promise<RpcExchange | undefined> {
  if ((refusal.code !== 'SSE_EMPTY' && refusal.code !== 'SSE_TRUNCATED') || conversation.era !== 'legacy') {
    return undefined
  }
  const { target } = conversation
  const { resumeDelayMs, maxResumeDelayMs, phaseTimeoutsMs } = target.times
  const end = Math.min(monotonicMs() + (target.requestTimeoutMs ?? phaseTimeoutsMs.body), target.deadline)
  let { lastEventId, retryMs } = readEvents(first.body)
  let answer: RpcExchange | undefined
  let failures = 0
  for (let attempt = 0; attempt < MAX_RESUMPTIONS && lastEventId !== undefined; attempt++) {
    const id = Buffer.from(lastEventId, 'utf8').toString('latin1')
    if (!/^[\t\x20-\x7e\x80-\xff]+$/.test(id)) break
    const delayMs = Math.min(retryMs ?? resumeDelayMs, maxResumeDelayMs)
    if (failures >= MAX_FAILED_RESUMPTIONS || (attempt > 0 && monotonicMs() + delayMs > end)) break
    await pause(delayMs)
    const requests = answerServerRequests(conversation, message.url, message.headers)
    const outcome = await exchange(target, {
      url: message.url,
      method: 'GET',
      headers: { accept: 'text/event-stream', ...message.headers, 'last-event-id': id },
      onLines: answerWatch(message.id, requests.answer),
    })
    await requests.sent()
    answer = recordReply(conversation, message, 'GET', outcome)
    if (answer.reply.answered || outcome.kind === 'fault') return answer
    failures = outcome.status === 200 ? 0 : failures + 1
    const next = readEvents(outcome.body)
    lastEventId = next.lastEventId ?? lastEventId
    retryMs = next.retryMs ?? retryMs
  }
  return answer?.reply.answered ? answer : undefined
}

/** Converts a refusal into a failure. Pure. */
export function failureOf({ code, sentence, fix, isCut, retryAfterMs }: Refusal, step: string, era?: Era): Failure {
  return {
    ...failure(code, step, sentence, era),
    ...(fix !== undefined && { fix }),
    ...(isCut && { isCut }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** 4xx statuses that are independent of the method: authorization, a time limit, a wrong host, no server, a rate limit. */
const INDIFFERENT_STATUSES = [401, 403, 407, 408, 421, 424, 429]

/** Whether the server refuses the request in terms of HTTP or JSON-RPC, as servers refuse an unknown method. Pure. */
export function isCleanRefusal({ status, rpc }: Refusal): boolean {
  if (status === undefined) return false
  return status < 300 ? rpc !== undefined : status >= 400 && status < 500 && !INDIFFERENT_STATUSES.includes(status)
}

/**
 * Whether the server claims the failed era. A server that refuses initialize does not offer the legacy era. A server
 * that fails on server/discover may not know the method, unless its refusal follows revision 2026-07-28.
 */
function isEraOffered(era: Era, step: string, refusal: Refusal): boolean {
  switch (era) {
    case 'legacy':
      return step !== 'initialize' || !refusesInitialize(refusal)
    case 'modern':
      // Clients of this era treat an unusable DiscoverResult as an older server, and fall back to initialize.
      return step !== 'server/discover' || (refusal.rpc !== undefined && refusal.code === 'NO_COMMON_VERSION')
    case 'http-sse':
      return true
  }
}

function refusesInitialize(refusal: Refusal): boolean {
  const { code, status = 0 } = refusal
  return code === 'LEGACY_CLIENTS_LOCKED_OUT' || code === 'RPC_REFUSED' || (status >= 400 && isCleanRefusal(refusal))
}

/** Converts a refusal into the result of a failed era. */
export function failed(conversation: Conversation, step: string, refusal: Refusal, since: number): EraResult {
  return {
    verdict: 'failed',
    failure: failureOf(refusal, step, conversation.era),
    isOffered: isEraOffered(conversation.era, step, refusal),
    warnings: [],
    elapsedMs: monotonicMs() - since,
  }
}

/** Creates the refusal of an answer with unfit content, which only the caller of the method can detect. */
export function unfitRefusal(code: Code, sentence: string): Refusal {
  return { answered: false, code, sentence }
}
