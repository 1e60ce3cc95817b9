/**
 * Server-sent events as the WHATWG rules read them, for judging a whole recorded body; the live counterpart in
 * `rpc.ts` uses the same parser to know when to stop reading. What a stream left behind at its end matters as
 * much as its events: an event without its final blank line was never dispatched.
 */
import { createParser, type EventSourceMessage } from 'eventsource-parser'

export interface EventStream {
  readonly events: readonly EventSourceMessage[]
  /** Comment lines, which servers and proxies send as keep-alives. */
  readonly comments: number
  /** True when the text ends inside an event. */
  readonly unfinished: boolean
  /** The last event id and reconnection time, with which a client may resume the stream. */
  readonly lastEventId?: string
  readonly retryMs?: number
}

/** Parses a text/event-stream body. Never throws. */
export function readEvents(body: string): EventStream {
  const events: EventSourceMessage[] = []
  let comments = 0
  let lastEventId: string | undefined
  let retryMs: number | undefined
  const parser = createParser({
    onEvent: event => events.push(event),
    onComment: () => comments++,
    onId: id => {
      lastEventId = id
    },
    onRetry: ms => {
      retryMs = ms
    },
  })
  // A CR at the very end may be the first half of CR LF: clients wait for more, and lose the event before it.
  parser.feed(body.replace(/\r$/, ''))
  return {
    events,
    comments,
    unfinished: isUnfinished(body) || body.endsWith('\r'),
    ...(lastEventId && { lastEventId }),
    ...(retryMs !== undefined && { retryMs }),
  }
}

/** An event is what carries answers, so only a block with something other than comments counts. */
function isUnfinished(body: string): boolean {
  const tail = body.slice(-64 * 1024)
  const block = tail.split(/\r\n\r\n|\n\n|\r\r/).at(-1) ?? ''
  return block.split(/\r\n|\n|\r/).some(line => line !== '' && !line.startsWith(':'))
}

/** Events without a name, or named `message`, are the ones that clients dispatch as JSON-RPC messages. */
export function isMessage(event: EventSourceMessage): boolean {
  return (event.event ?? 'message') === 'message'
}
