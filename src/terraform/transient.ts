/**
 * Tells from the words of a failed Terraform command whether waiting helps. Terraform and its providers retry most
 * requests themselves; what reaches its diagnostics is where they do not, or have given up. Pure.
 */

/** Each with what is said of it, and never a bare word, which could be the name of a bucket. The words are those of AWS's SDK for Go, Go's net package and Terraform's registry client. */
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

/** Why waiting may help, as a clause; undefined when it would only repeat the failure. */
export function transientCause(diagnostics: string): string | undefined {
  // Whoever holds the lock is waited for by Terraform itself, with lock-timeout; a lock of our own that stays is no weather.
  if (/Lock Info:|state already locked|Error releasing the state lock/.test(diagnostics)) return undefined
  // Terraform breaks the lines of some messages between any two words.
  const oneLine = diagnostics.replace(/\s+/g, ' ')
  return causes.find(([words]) => words.test(oneLine))?.[1]
}
