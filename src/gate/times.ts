/** The times of the gate, all in milliseconds: timeouts of answers and delays between rounds. */

/** The configurable times of one gate run. */
export interface GateTimes {
  /** Delays after the first failed rounds; `retryDelayMs` is the delay after each later one. */
  readonly firstRetryDelaysMs: readonly number[]
  readonly retryDelayMs: number
  /** Delay between two passing rounds. */
  readonly greenDelayMs: number
  /** Longest Retry-After of a server that a round waits for. */
  readonly maxRetryAfterMs: number
  /** Longest time of the sampling after the first passing round, so that targets that hang cannot block it. */
  readonly samplingTimeoutMs: number
  /** Longest time to repeat a failed request, so that a final failure is not late. */
  readonly confirmationTimeoutMs: number
  /** Longest time for each phase of one exchange. */
  readonly phaseTimeoutsMs: Readonly<Record<'dns' | 'tcp' | 'tls' | 'headers' | 'body', number>>
  /** Shortest time for one phase near the end of the gate, so that its last round can still pass. */
  readonly minPhaseTimeoutMs: number
  /** Longest time for the rest of an event stream whose last event was not an answer. */
  readonly doubtfulStreamTimeoutMs: number
  /** Delay before an event stream is resumed, and the longest one that a server may ask for. */
  readonly resumeDelayMs: number
  readonly maxResumeDelayMs: number
  /** Shortest time for server/discover after the legacy era passed, and after a round without an answer to it. */
  readonly minDiscoverTimeoutMs: number
  readonly minSilentDiscoverTimeoutMs: number
  /** Longest time for the endpoint event of HTTP+SSE, because a page that streams other content never sends it. */
  readonly endpointEventTimeoutMs: number
  /** Longest time to read a certificate, because a port without TLS may send nothing. */
  readonly certificateTimeoutMs: number
  /** Longest time to look for MCP at other paths. */
  readonly otherPathsTimeoutMs: number
  /** Delay after a rate limit that names no time. */
  readonly rateLimitedDelayMs: number
  /** Longest time for the response headers of the GET stream, for which Go and Rust clients wait first. */
  readonly streamHeadersTimeoutMs: number
  /** Longest time for the end of a session; clients do not wait for it. */
  readonly endSessionTimeoutMs: number
  /** Longest time for the body after a notification; the body only adds details to a refusal. */
  readonly notificationBodyTimeoutMs: number
  /**
   * Time after which an answer that was the same in every round ends the gate, although waiting may fix its code. It
   * holds only for a server that opens a session and cannot list its tools.
   */
  readonly sameAnswerMs: number
  /** Delays before each check that the server still works after server/discover. */
  readonly survivalDelaysMs: readonly number[]
}

/** The times of the action, which tests shorten. */
export const defaultGateTimes: GateTimes = {
  firstRetryDelaysMs: [150, 300, 500],
  // This delay is below one second, so that a server that becomes healthy waits half of it at the median.
  retryDelayMs: 800,
  greenDelayMs: 200,
  maxRetryAfterMs: 60_000,
  samplingTimeoutMs: 20_000,
  confirmationTimeoutMs: 1000,
  // A dropped SYN must be reported within three seconds, and a cold start needs more time for its first answer. Hosts
  // of MCP servers wait 30 to 60 seconds for an answer.
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
  sameAnswerMs: 60_000,
  survivalDelaysMs: [0, 500, 1000],
}
