/**
 * The user's own checks of a plan, such as a policy or cost tool (input plan-checks). Each one is a shell command that reads the
 * plan's JSON file; its exit code is the verdict. Time and output are limited.
 */
import { randomUUID } from 'node:crypto'
import { fstatSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { findProgram, startDetached } from '../child.ts'
import type { Failure } from '../errors.ts'
import { line, log, secrets } from '../log.ts'
import { shorten } from '../text.ts'
import { terraformEnvironment } from './environment.ts'
import { TailedFile } from './tailed-file.ts'

/** A line of the input plan-checks. */
export interface PlanCheck {
  readonly name: string
  /** A command line for bash. */
  readonly command: string
  /** Whether the run fails if the check fails; otherwise the check only warns. */
  readonly isRequired: boolean
}

export interface PlanCheckResult {
  readonly name: string
  readonly outcome: 'passed' | 'warned' | 'failed'
  /** The observation as a clause, such as `exit code 1`. */
  readonly observed: string
  /** Both output streams in order, without colours; the middle of a long output is left out. Redacted. */
  readonly output: string
}

/** The limits of a check. */
export interface PlanCheckLimits {
  readonly timeoutMs: number
  /** Bytes after which a check is stopped. */
  readonly maxOutputBytes: number
}

export const planCheckLimits: PlanCheckLimits = { timeoutMs: 600_000, maxOutputBytes: 10 * 1024 * 1024 }

/** UTF-16 units of the output that is kept. */
const maxKeptUnits = 40_000

/** Where and how the checks run. */
export interface PlanCheckContext {
  /** The directory in which the commands run: the root of the checkout. */
  readonly directory: string
  /** Path of the plan as `terraform show -json` prints it. */
  readonly planJson: string
  /** A directory for output, private to this run. */
  readonly tempDirectory: string
  readonly signal: AbortSignal
  readonly limits?: PlanCheckLimits
}

/**
 * Runs one check in bash with `-e` and `-o pipefail`, as GitHub Actions runs a step with `shell: bash`. A check never throws: a
 * command that cannot be started, takes too long or prints too much is a failed check. The command and all programs that it
 * started are stopped at the end.
 */
export async function runPlanCheck(check: PlanCheck, context: PlanCheckContext): Promise<PlanCheckResult> {
  const { directory, planJson, tempDirectory, signal, limits = planCheckLimits } = context
  const file = new TailedFile(join(tempDirectory, `${randomUUID()}-plan-check.out`))
  try {
    const { observed, isPassed } = await run(check.command, { directory, planJson, signal, limits, file })
    // Without colours, because a colour inside a secret would hide it from the redaction.
    // A check can print much more before it is stopped.
    let left = limits.maxOutputBytes
    for (const text of file.newLines(true)) {
      if (left > 0) log.foreign(stripVTControlCharacters(text))
      left -= text.length
    }
    if (left < 0) log.line(line`The rest of the output is left out.`)
    // Secrets are removed before the output is shortened, because half a secret does not match.
    const text = secrets.redact(stripVTControlCharacters(file.lastLines(limits.maxOutputBytes)).trim())
    const output = shorten(text, maxKeptUnits)
    const outcome = isPassed ? 'passed' : check.isRequired ? 'failed' : 'warned'
    return { name: check.name, outcome, observed, output }
  } finally {
    file.remove()
  }
}

interface RunningCheck extends Pick<PlanCheckContext, 'directory' | 'planJson' | 'signal'> {
  readonly limits: PlanCheckLimits
  readonly file: TailedFile
}

async function run(
  command: string,
  { directory, planJson, signal, limits, file }: RunningCheck,
): Promise<{ observed: string; isPassed: boolean }> {
  const bash = findProgram('bash', process.env)
  if (bash === undefined) return { observed: 'bash could not be started: it is not on PATH', isPassed: false }
  const child = startDetached(bash, ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', command], {
    cwd: directory,
    env: terraformEnvironment(process.env, true, { PLAN_JSON: planJson }),
    output: file.descriptor,
    errors: file.descriptor,
  })
  let stopped: string | undefined
  const stop = (why: string) => {
    stopped ??= why
    endGroup(child.pid)
  }
  const onAbort = () => stop('the job was cancelled')
  const timer = setTimeout(() => stop(`it did not end within ${limits.timeoutMs / 1000} s`), limits.timeoutMs)
  const ticker = setInterval(() => {
    if (fstatSync(file.descriptor).size > limits.maxOutputBytes)
      stop(`it printed more than ${limits.maxOutputBytes / 1024 / 1024} MiB`)
  }, 100)
  signal.addEventListener('abort', onAbort)
  try {
    return await new Promise(resolve => {
      child.once('error', error =>
        resolve({ observed: `bash could not be started: ${error.message}`, isPassed: false }),
      )
      child.once('exit', (exitCode, killedBy) => {
        const ended = exitCode === null ? `it was ended by ${killedBy}` : `exit code ${exitCode}`
        resolve({ observed: stopped ?? ended, isPassed: stopped === undefined && exitCode === 0 })
      })
    })
  } finally {
    clearTimeout(timer)
    clearInterval(ticker)
    signal.removeEventListener('abort', onAbort)
    endGroup(child.pid)
  }
}

/** Ends a command and the programs that it started and that still run. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // Nothing of the group is left.
  }
}

/** The failure of the required checks that failed; undefined if none failed. */
export function planCheckFailure(results: readonly PlanCheckResult[]): Failure | undefined {
  const failed = results.filter(({ outcome }) => outcome === 'failed')
  if (failed.length === 0) return undefined
  const named = failed.map(({ name, observed }) => `${name} (${observed})`)
  return {
    code: 'PLAN_CHECK_FAILED',
    sentence: `The plan does not pass ${named.join(', ')}.`,
    fix: adviceFor(failed),
    remedy: 'config',
  }
}

function adviceFor(failed: readonly PlanCheckResult[]): string {
  // Exit codes of bash: 126 if a file is not executable, 127 if there is no such command.
  const missing = failed.find(({ observed }) => /^exit code 12[67]$/.test(observed))
  return missing === undefined
    ? 'Read the output of the check and change the configuration. A check whose name ends with "?" only warns. Nothing was changed.'
    : `The command of ${missing.name} was not found, or may not be executed: install it in a step before this one. Nothing was changed.`
}
