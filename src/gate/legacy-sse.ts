/**
 * HTTP+SSE, the transport of 2024-11-05. A GET opens the stream, its first event names the address for POSTs, and every
 * answer arrives on the stream. It is deprecated since 2025-03-26, but some servers still use it.
 */
import { createParser } from 'eventsource-parser'
import { isObject } from '../json.ts'
import { monotonicMs } from '../poll.ts'
import { isMessage } from './events.ts'
import { type Ask, checkOffer, type Expectations } from './expectations.ts'
import { type Ending, exchange, type HttpOutcome, isEventStream, type Reply } from './http-exchange.ts'
import { type InitializeResult, initializeParams, readInitializeResult } from './legacy.ts'
import { isId, parseJson, type Refusal, readOutcome } from './read-reply.ts'
import {
  answerServerRequests,
  type Conversation,
  type EraResult,
  failed,
  type RpcExchange,
  recordReply,
  type ServerRequests,
  send,
  unfitRefusal,
} from './rpc.ts'
import { clean, secretsOf } from './sanitize.ts'

/** Opens the stream, initializes, lists the tools and closes the stream. Never throws. */
export async function probeSse(conversation: Conversation, expected: Expectations): Promise<EraResult> {
  const secrets = secretsOf(conversation.target.headers)
  const since = monotonicMs()
  return await useSession(
    conversation,
    (step, refusal) => failed(conversation, step, refusal, since),
    (ask, server) => {
      const { protocolVersion } = server
      const opened = {
        conversation,
        step: 'initialize',
        protocolVersion,
        offer: server,
        ask,
        isModern: false,
        since,
      } as const
      return checkOffer(opened, expected, secrets)
    },
  )
}

/** Opens a session, uses it and closes it. Returns the refusal when it cannot be opened. Never throws. */
export function inSseSession<T>(conversation: Conversation, use: (ask: Ask) => Promise<T>): Promise<T | Refusal> {
  return useSession<T | Refusal>(conversation, (_step, refusal) => refusal, use)
}

async function useSession<T>(
  conversation: Conversation,
  fail: (step: string, refusal: Refusal) => T,
  use: (ask: Ask, server: InitializeResult) => Promise<T>,
): Promise<T> {
  const secrets = secretsOf(conversation.target.headers)
  const stream = openStream(conversation)
  try {
    const address = await stream.endpoint
    if ('answered' in address) return fail('endpoint', address)
    let id = 0
    const request: Ask = async (method, params) => {
      const answer = stream.listenFor(++id)
      return await answer(await post(conversation, { method, params, id, url: address.url }))
    }
    const opened = await request('initialize', initializeParams)
    if (!opened.reply.answered) return fail('initialize', opened.reply)
    const server = readInitializeResult(opened.reply.result, secrets)
    if ('answered' in server) return fail('initialize', server)
    const { reply } = await send(conversation, { method: 'notifications/initialized', url: address.url })
    if (!reply.answered) return fail('notifications/initialized', reply)
    return await use(request, server)
  } finally {
    await stream.close()
  }
}

interface Posted {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly id: number
  readonly url: URL
}

/** Sends the request by POST. Any 2xx suffices, because the answer arrives on the stream. */
async function post(conversation: Conversation, { method, params, id, url }: Posted): Promise<RpcExchange> {
  const outcome = await exchange(conversation.target, {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
  })
  const posted = recordReply(conversation, { method, url }, 'POST', outcome)
  if (posted.reply.answered) return posted
  return { outcome, reply: explainPost(posted.reply, outcome, url, conversation.target.endpoint) }
}

/**
 * Explains a refused POST to the address of the endpoint event: the session is lost, or a path prefix is missing. Pure.
 */
function explainPost(refusal: Refusal, outcome: HttpOutcome, posted: URL, endpoint: URL): Refusal {
  const { status } = refusal
  if (status !== 400 && status !== 404 && status !== 405) return refusal
  const body = outcome.kind === 'reply' ? outcome.body.slice(0, 2000) : ''
  if (status !== 405 && /session|transport/i.test(body)) {
    return {
      ...refusal,
      code: 'SESSION_LOST',
      sentence: `The stream names a session that the server does not know: ${refusal.sentence}`,
    }
  }
  const folder = endpoint.pathname.slice(0, endpoint.pathname.lastIndexOf('/') + 1)
  if (status === 400 || posted.pathname.startsWith(folder)) return refusal
  const sentence = `The endpoint event names ${posted.pathname}, which is not below ${folder}, where the stream is: ${refusal.sentence}`
  return { ...refusal, code: 'SSE_ENDPOINT_PREFIX', sentence }
}

interface OpenStream {
  /** The address for POSTs, or the refusal that makes the stream unusable. */
  readonly endpoint: Promise<{ readonly url: URL } | Refusal>
  /** Starts to listen for the answer with this id; the returned function waits for it after the POST. */
  readonly listenFor: (id: number) => (posted: RpcExchange) => Promise<RpcExchange>
  readonly close: () => Promise<void>
}

function openStream(conversation: Conversation): OpenStream {
  const { endpoint: url, headers, times } = conversation.target
  const bodyTimeoutMs = conversation.target.requestTimeoutMs ?? times.phaseTimeoutsMs.body
  const secrets = secretsOf(headers)
  const closing = new AbortController()
  const address = Promise.withResolvers<{ readonly url: URL } | Refusal>()
  const waiting = new Map<number, (data: string) => void>()
  let unclaimed = ''
  let requests: ServerRequests | undefined
  const parser = createParser({
    onEvent: event => {
      if (event.event === 'endpoint') {
        const named = endpointOf(event.data, url, secrets)
        if (!('answered' in named)) requests ??= answerServerRequests(conversation, named.url)
        return address.resolve(named)
      }
      if (!isMessage(event)) return
      const value = parseJson(event.data)?.value
      requests?.answer(value)
      const answeredId = isObject(value) ? [...waiting.keys()].find(id => isId(value.id, id)) : undefined
      if (answeredId === undefined) unclaimed = event.data
      else waiting.get(answeredId)?.(event.data)
    },
  })
  const late = setTimeout(() => closing.abort(), times.endpointEventTimeoutMs)
  const ended = exchange(conversation.target, {
    url,
    method: 'GET',
    headers: { accept: 'text/event-stream' },
    bodyTimeoutMs: 6 * bodyTimeoutMs,
    signal: closing.signal,
    onLines: lines => {
      parser.feed(lines)
      return 'more'
    },
  })
  void address.promise.then(() => clearTimeout(late))
  void ended.then(outcome => {
    recordReply(conversation, { method: 'endpoint', url }, 'GET', outcome)
    address.resolve(withoutEndpoint(outcome, url, secrets))
  })

  const listenFor = (id: number) => {
    const arrived = Promise.withResolvers<{ data: string; ending: Ending; isCut?: true }>()
    waiting.set(id, data => arrived.resolve({ data, ending: 'enough' }))
    void ended.then(() => arrived.resolve({ data: unclaimed, ending: 'end' }))
    return async (posted: RpcExchange): Promise<RpcExchange> => {
      if (!posted.reply.answered) return posted
      const started = monotonicMs()
      const remainingMs = Math.max(conversation.target.deadline - started, times.minPhaseTimeoutMs)
      const cut = remainingMs < bodyTimeoutMs ? { isCut: true as const } : {}
      const expired = setTimeout(
        () => arrived.resolve({ data: unclaimed, ending: 'slow', ...cut }),
        Math.min(remainingMs, bodyTimeoutMs),
      )
      const { data, ending, isCut } = await arrived.promise
      clearTimeout(expired)
      waiting.delete(id)
      // The message is interpreted as the body of the POST, because the same rules apply.
      const lines = data.split('\n').map(line => `data: ${line}\n`)
      const body = monotonicMs() - started
      const outcome: Reply = {
        kind: 'reply',
        status: 200,
        headers: { 'content-type': 'text/event-stream' },
        body: data === '' ? '' : `${lines.join('')}\n`,
        bytes: data.length,
        ending,
        ...(isCut && { isCut }),
        phases: { ...posted.outcome.phases, body },
        elapsedMs: posted.outcome.elapsedMs + body,
      }
      return { outcome, reply: readOutcome(outcome, { id, url, inSession: false, authorized: false, secrets }) }
    }
  }
  const close = async (): Promise<void> => {
    clearTimeout(late)
    closing.abort()
    await ended
    await requests?.sent()
  }
  return { endpoint: address.promise, listenFor, close }
}

/** Resolves the address of the endpoint event. 2024-11-05 leaves it to the server; clients refuse another origin. */
function endpointOf(data: string, base: URL, secrets: readonly string[]): { readonly url: URL } | Refusal {
  const url = URL.parse(data, base.href)
  if (url?.origin === base.origin) return { url }
  return unfitRefusal(
    'SSE_FOREIGN_ENDPOINT',
    `The endpoint event names "${clean(data, secrets)}", which is not on ${base.origin}.`,
  )
}

function withoutEndpoint(outcome: HttpOutcome, url: URL, secrets: readonly string[]): Refusal {
  const reply = readOutcome(outcome, { id: 0, url, inSession: false, authorized: false, secrets })
  const isStream = outcome.kind === 'reply' && outcome.status === 200 && isEventStream(outcome.headers)
  if (!isStream && !reply.answered) return reply
  const address = `${url.origin}${url.pathname}`
  return unfitRefusal(
    'SSE_NO_ENDPOINT',
    isStream && outcome.bytes === 0 && outcome.ending === 'enough'
      ? `GET ${address} opened an event stream and sent nothing, not even the endpoint event.`
      : `GET ${address} opened no event stream with an endpoint event.`,
  )
}
