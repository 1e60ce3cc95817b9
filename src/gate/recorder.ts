/**
 * The recording of a gate: the request and the reply of each exchange, which the page of the gate shows. Texts are kept as they were
 * sent and redacted where they are rendered. Values that can only be credentials are never kept: the user's headers, cookies,
 * signatures, and both bodies of a token request.
 */
import { isSecretName } from '../secret-parts.ts'
import type { Ending, ExchangeObserver, HttpOutcome, SentRequest } from './http-exchange.ts'

/** UTF-16 units that are kept of each body. It is more than a page shows, so that redaction comes before the cut. */
const maxBodyUnits = 20 * 1024

/** UTF-16 units that are kept of an address or of the message of a fault. */
const maxLineUnits = 4 * 1024

/** Exchanges with both messages at the start and at the end of a gate. Those between them are kept without messages. */
const maxFirst = 60
const maxLast = 60

/** Sessions of one gate that get a number. */
const maxSessions = 500

/** A text of a message, or its start. */
export interface RecordedText {
  readonly text: string
  /** UTF-16 units of the whole text. */
  readonly units: number
}

/** One header. Without `value` and `session`, its value is a credential and was not kept. */
export interface RecordedHeader {
  readonly name: string
  readonly value?: string
  /** The number of a session in this gate, which replaces its id. */
  readonly session?: number
}

/** The request and the reply of one exchange. */
export interface Transcript {
  /** Milliseconds since 1970 when the request was sent. */
  readonly sentAt: number
  /** The address of the request, after all redirects. */
  readonly url: RecordedText
  readonly isRedirected: boolean
  readonly requestHeaders: readonly RecordedHeader[]
  /** Absent without a body, and if it holds credentials. */
  readonly requestBody?: RecordedText
  /** Absent without a reply. */
  readonly reply?: {
    readonly headers: readonly RecordedHeader[]
    /** Absent if it holds credentials. */
    readonly body?: RecordedText
    readonly ending: Ending
  }
  /** Absent with a reply. */
  readonly fault?: { readonly phase: string; readonly code: string; readonly message: RecordedText }
  /** Whether the bodies were not kept, because they hold credentials. */
  readonly holdsCredentials: boolean
}

/** The recorder of one gate. Its memory is bounded, whatever the servers send and however long the gate waits. */
export class Recorder implements ExchangeObserver {
  readonly #sent = new WeakMap<HttpOutcome, SentRequest>()
  readonly #first = new Map<object, Transcript>()
  readonly #last = new Map<object, Transcript>()
  readonly #sessions = new Map<string, number>()

  onSent(outcome: HttpOutcome, request: SentRequest): void {
    this.#sent.set(outcome, request)
  }

  onRecorded(entry: object, outcome: HttpOutcome): void {
    const sent = this.#sent.get(outcome)
    if (sent === undefined) return
    const transcript = this.#transcriptOf(sent, outcome)
    if (this.#first.size < maxFirst) this.#first.set(entry, transcript)
    else this.#last.set(entry, transcript)
    const [oldest] = this.#last.keys()
    if (this.#last.size > maxLast && oldest !== undefined) this.#last.delete(oldest)
  }

  /** Returns the messages of an exchange of the report, the same object; undefined if they were not kept. */
  find(entry: object): Transcript | undefined {
    return this.#first.get(entry) ?? this.#last.get(entry)
  }

  #transcriptOf(sent: SentRequest, outcome: HttpOutcome): Transcript {
    const { request, url, setHeaders } = sent
    const holdsCredentials = request.holdsCredentials === true
    const own = Object.entries(request.headers).map(([name, value]) => this.#recordHeader(name, value))
    const fromUser = setHeaders.map(name => ({ name: name.toLowerCase() }))
    const { body } = request
    return {
      sentAt: Date.now() - outcome.elapsedMs,
      url: startOf(url.href, maxLineUnits),
      isRedirected: url.href !== request.url.href,
      requestHeaders: [...own, ...fromUser],
      ...(body !== undefined && !holdsCredentials && { requestBody: startOf(body, maxBodyUnits) }),
      holdsCredentials,
      ...(outcome.kind === 'reply'
        ? {
            reply: {
              headers: Object.entries(outcome.headers).map(([name, value]) =>
                this.#recordHeader(name, [value ?? ''].flat().join(', ')),
              ),
              ...(!holdsCredentials && { body: startOf(outcome.body, maxBodyUnits) }),
              ending: outcome.ending,
            },
          }
        : { fault: { phase: outcome.phase, code: outcome.code, message: startOf(outcome.message, maxLineUnits) } }),
    }
  }

  #recordHeader(name: string, value: string): RecordedHeader {
    if (name === 'mcp-session-id') return { name, ...this.#sessionOf(value) }
    return isCredential(name) ? { name } : { name, value }
  }

  #sessionOf(id: string): { session?: number } {
    const known = this.#sessions.get(id)
    if (known !== undefined) return { session: known }
    if (this.#sessions.size >= maxSessions) return {}
    this.#sessions.set(id, this.#sessions.size + 1)
    return { session: this.#sessions.size }
  }
}

/** Whether a header holds a credential by its name. Those about the connection, or about how to log in, hold none. */
function isCredential(name: string): boolean {
  return isSecretName(name) && !/^(?:connection$|(?:www|proxy)-authenticate$|access-control-)/i.test(name)
}

/** Returns the start of a text as a copy, because a slice would keep the whole text in memory. */
function startOf(text: string, maxUnits: number): RecordedText {
  const { length: units } = text
  if (units <= maxUnits) return { text, units }
  return { text: Buffer.from(text.slice(0, maxUnits)).toString(), units }
}
