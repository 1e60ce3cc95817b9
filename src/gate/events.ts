/**
 * The parser of server-sent events (WHATWG rules) for a complete recorded body. `rpc.ts` uses the same parser on live
 * streams to decide when to stop reading. The end of a stream matters as much as its events: clients never dispatch an
 * event without its final blank line.
 */
import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** A parsed text/event-stream body. */
export interface EventStream {
  readonly events: readonly EventSourceMessage[]
  /** Number of comment lines, which servers and proxies send as keep-alives. */
  readonly comments: number
  /** Whether the text ends inside an event. */
  readonly unfinished: boolean
  /** The last event id and the reconnection time, with which a client may resume the stream. */
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
  // A final CR may be the first half of CR LF: clients wait for more and lose the event before it.
  parser.feed(body.replace(/\r$/, ''))
  return {
    events,
    comments,
    unfinished: isUnfinished(body) || body.endsWith('\r'),
    ...(lastEventId && { lastEventId }),
    ...(retryMs !== undefined && { retryMs }),
  }
}

/** Whether the text ends inside an event. Comments do not count, because only events carry answers. */
function isUnfinished(body: string): boolean {
  const tail = body.slice(-64 * 1024)
  const block = tail.split(/\r\n\r\n|\n\n|\r\r/).at(-1) ?? ''
  return block.split(/\r\n|\n|\r/).some(line => line !== '' && !line.startsWith(':'))
}

/** Whether clients dispatch the event as a JSON-RPC message: it has no name, or the name `message`. */
export function isMessage(event: EventSourceMessage): boolean {
  return (event.event ?? 'message') === 'message'
}
