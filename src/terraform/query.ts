/**
 * Runs the commands of Terraform that change nothing and have a small output: `version`, `fmt`, `validate`. The output is
 * in memory and the process is not detached. Commands that may hold the state lock are in cli.ts.
 */
import { type ExecOutput, getExecOutput } from '@actions/exec'

/** The default limit. A program that exceeds it keeps running, because `@actions/exec` hides its child process. */
const defaultTimeoutMs = 120_000

/** The directory, the environment and the time limit of a command. */
export interface QueryOptions {
  readonly cwd?: string
  /** The complete environment of the command. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

/**
 * Runs a command and returns its exit code and output, for every exit code. Its stdin stays open and empty: with the
 * option `input`, `@actions/exec` fails with EPIPE if a program ends without reading it.
 * @throws Error when the program cannot be started or times out
 */
export async function query(
  binary: string,
  args: readonly string[],
  { cwd, env, timeoutMs = defaultTimeoutMs }: QueryOptions,
): Promise<ExecOutput> {
  const output = getExecOutput(binary, [...args], {
    ...(cwd !== undefined && { cwd }),
    env: { ...env },
    silent: true,
    ignoreReturnCode: true,
  })
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${timeoutMs / 1000} s`)), timeoutMs)
  })
  try {
    return await Promise.race([output, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** Returns JSON output without the warnings that OpenTofu prints before it, for example about a missing CLI configuration. */
export function withoutPreface(stdout: string): string {
  const start = stdout.search(/^[{[]/m)
  return start <= 0 ? stdout : stdout.slice(start)
}

/** Parses the output of a command with `-json`. @throws SyntaxError when it has no JSON */
export function parseOutput(stdout: string): unknown {
  return JSON.parse(withoutPreface(stdout))
}
