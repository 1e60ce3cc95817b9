/**
 * Detects transient failures in the diagnostics of Terraform. Terraform and its providers retry most requests; the
 * diagnostics have the failures without a retry, or after the last one. Pure.
 */

/**
 * Patterns of transient failures, each with a clause. A pattern is never a single plain word, which could be a bucket name.
 * Sources: AWS SDK for Go, Go's net package, Terraform's registry client.
 */
const causes: readonly (readonly [RegExp, string])[] = [
  [
    /api error (SlowDown|Throttl\w*|RequestLimitExceeded|RequestThrottled\w*|TooManyRequests\w*|ProvisionedThroughputExceeded\w*)\b|StatusCode: 429\b|response code:? 429\b|\b429 Too Many Requests/,
    'the service throttles',
  ],
  [
    /StatusCode: 50[0234]\b|response code:? 50[0234]\b|\b50[0234] (Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout)/,
    'the service is not available',
  ],
  [
    /connection reset by peer|connection timed out|i\/o timeout|TLS handshake timeout|unexpected EOF|: EOF\b|server closed idle connection|Client\.Timeout exceeded|context deadline exceeded|broken pipe/,
    'the connection broke',
  ],
  [/Temporary failure in name resolution|server misbehaving/, 'the name was not resolved'],
]

/** The cause of a transient failure as a clause; undefined if a retry would only repeat the failure. */
export function transientCause(diagnostics: string): string | undefined {
  // Terraform itself waits for a held lock (lock-timeout), and a retry does not release a stale lock.
  if (/Lock Info:|state already locked|Error releasing the state lock/.test(diagnostics)) return undefined
  // Terraform breaks the lines of some messages between any two words.
  const oneLine = diagnostics.replace(/\s+/g, ' ')
  return causes.find(([words]) => words.test(oneLine))?.[1]
}
