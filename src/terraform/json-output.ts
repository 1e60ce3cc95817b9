/** Reads the JSON that a command prints, also behind warnings. */

/** Returns JSON output without the warnings that OpenTofu prints before it, for example about a missing CLI configuration. */
export function withoutPreface(stdout: string): string {
  const start = stdout.search(/^[{[]/m)
  return start <= 0 ? stdout : stdout.slice(start)
}

/** Parses the output of a command with `-json`. @throws SyntaxError when it has no JSON */
export function parseOutput(stdout: string): unknown {
  return JSON.parse(withoutPreface(stdout))
}
