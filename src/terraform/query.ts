/**
 * Runs a command of Terraform that changes nothing and prints little: `version`, `fmt`, `validate`. Its output is held in
 * memory and its process is not detached; whatever may hold the state lock is started by cli.ts.
 */
import { type ExecOutput, getExecOutput } from '@actions/exec'

/** Milliseconds; a program that does not end by then is left behind, because `@actions/exec` hides its child. */
const defaultTimeoutMs = 120_000

export interface QueryOptions {
  readonly cwd?: string
  /** The whole environment of the command. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

/**
 * The exit code and the output of a command, whatever the exit code is. Its stdin stays open and empty: with the option
 * `input`, `@actions/exec` dies of EPIPE when a program ends before it was read.
 * @throws Error when the program cannot be started or does not end in time
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
