/** The times of the gate, all in milliseconds: how long it waits for one answer, and how long between two rounds. */

export interface GateTimes {
  /** Delays after the first failed rounds; `retryDelayMs` is the delay after each later one. */
  readonly firstRetryDelaysMs: readonly number[]
  readonly retryDelayMs: number
  /** Delay between two green rounds. */
  readonly greenDelayMs: number
  /** Longest Retry-After of a server that a round waits for. */
  readonly maxRetryAfterMs: number
  /** Longest time for the many connections after the first green round: a sampling of targets that hang must end. */
  readonly samplingTimeoutMs: number
  /** Longest time to ask a failed request again: it must not make a final failure late. */
  readonly confirmationTimeoutMs: number
  /** Longest time for each phase of one exchange. */
  readonly phaseTimeoutsMs: Readonly<Record<'dns' | 'tcp' | 'tls' | 'headers' | 'body', number>>
  /** Shortest time for one phase near the end of the gate, so that its last round can still pass. */
  readonly minPhaseTimeoutMs: number
  /** Longest time for the rest of an event stream whose last event was no answer. */
  readonly doubtfulStreamTimeoutMs: number
  /** Delay before an event stream is resumed, and the longest one that a server may ask for. */
  readonly resumeDelayMs: number
  readonly maxResumeDelayMs: number
  /** Shortest time for server/discover after the legacy era passed, and after a round in which it was not answered. */
  readonly minDiscoverTimeoutMs: number
  readonly minSilentDiscoverTimeoutMs: number
  /** Longest time for the endpoint event of HTTP+SSE: a page that streams something else never sends it. */
  readonly endpointEventTimeoutMs: number
  /** Longest time to read a certificate: a port that does not speak TLS may send nothing at all. */
  readonly certificateTimeoutMs: number
  /** Longest time to look for MCP at other paths. */
  readonly otherPathsTimeoutMs: number
  /** Delay after a rate limit that names no time. */
  readonly rateLimitedDelayMs: number
  /** Longest time for the response headers of the GET stream, for which clients of Go and Rust wait first. */
  readonly streamHeadersTimeoutMs: number
  /** Longest time for the end of a session, which no client waits for. */
  readonly endSessionTimeoutMs: number
  /** Longest time for the body after a notification, which only says more about a refusal. */
  readonly notificationBodyTimeoutMs: number
  /** Delays before each look at whether the server works after server/discover. */
  readonly survivalDelaysMs: readonly number[]
}

export const defaultGateTimes: GateTimes = {
  firstRetryDelaysMs: [150, 300, 500],
  // Below a second, so that a server that becomes healthy waits half of it at the median.
  retryDelayMs: 800,
  greenDelayMs: 200,
  maxRetryAfterMs: 60_000,
  samplingTimeoutMs: 20_000,
  confirmationTimeoutMs: 1000,
  // A dropped SYN must be named within three seconds, and a server that starts cold needs more for its first answer.
  // Hosts of MCP servers wait 30 to 60 seconds for an answer.
  phaseTimeoutsMs: { dns: 2500, tcp: 2500, tls: 2500, headers: 30_000, body: 30_000 },
  minPhaseTimeoutMs: 1000,
  doubtfulStreamTimeoutMs: 1000,
  resumeDelayMs: 1000,
  maxResumeDelayMs: 3000,
  minDiscoverTimeoutMs: 2500,
  minSilentDiscoverTimeoutMs: 500,
  endpointEventTimeoutMs: 2500,
  certificateTimeoutMs: 1500,
  otherPathsTimeoutMs: 1000,
  rateLimitedDelayMs: 5000,
  streamHeadersTimeoutMs: 2500,
  endSessionTimeoutMs: 2500,
  notificationBodyTimeoutMs: 1000,
  survivalDelaysMs: [0, 500, 1000],
}
