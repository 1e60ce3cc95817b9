/**
 * The end of an interrupted run. The runner gives a cancelled step ten seconds, and an interrupted Terraform may need longer to save the
 * state and release its lock. This logs the last output of Terraform, because no other process reads it. It names a lock that is still
 * held, with the command that releases it. Anything it cannot read is one warning.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { isIn } from '../child.ts'
import { messageOf } from '../errors.ts'
import { asList, asObject, asText, parseJson } from '../json.ts'
import { line, log, secrets } from '../log.ts'
import { poll } from '../poll.ts'
import { environmentSecrets } from '../secret-parts.ts'
import { describeDetachedCommand, secretsFileOf } from '../terraform/after-stop.ts'
import type { RunningCommand } from '../terraform/cli.ts'
import { terraformEnvironment } from '../terraform/environment.ts'
import { isKnownBinary } from '../terraform/install/binary.ts'
import { type HeldLock, queryHeldLock } from '../terraform/lock.ts'
import { leftOutMessages, openMessages, openOutput, readStateSecrets } from '../terraform/state-secrets.ts'

/** The longest wait. GitHub ends a cancelled job after five minutes, and the lock and the log need some seconds of them. */
const timeoutMs = 240_000

/** Time in which the state is read for its secrets. */
const maxReadMs = 30_000

/** UTF-16 units that are logged of each of Terraform's two output streams. */
const maxLoggedUnits = 20_000

/**
 * Waits for the Terraform of an interrupted run, logs its last output and names its lock. Never throws.
 * @param saved the process as the main step saved it
 */
export async function finishInterrupted(saved: string): Promise<void> {
  try {
    secrets.add(...environmentSecrets(process.env))
    const running = readRunning(saved)
    if (running !== undefined && isOwn(running)) await waitForTerraform(running)
    else
      log.warning(
        line`Whether Terraform is still running is not known: the saved state of this step is not that of this action.`,
      )
  } catch (error) {
    log.warning(line`It is not known how the interrupted Terraform ended: ${messageOf(error)}`)
  }
}

/** Reads the process that the main step saved; undefined without one or for an unknown format. */
function readRunning(saved: string): RunningCommand | undefined {
  const { pid, tool, ...more } = asObject(parseJson(saved))
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined
  if (tool !== 'terraform' && tool !== 'tofu') return undefined
  const [binary, directory, command] = [asText(more.binary), asText(more.directory), asText(more.command)]
  const [started, output, errors] = [asText(more.started), asText(more.log), asText(more.errors)]
  if (binary === undefined || directory === undefined || command === undefined) return undefined
  if (started === undefined || output === undefined || errors === undefined) return undefined
  const { show, untaint } = asObject(more.varFiles)
  const varFiles = { show: ownFiles(show), untaint: ownFiles(untaint) }
  const [remoteRun, dataDirectory] = [asText(more.remoteRun), asText(more.dataDirectory)]
  return {
    ...{ pid, tool, binary, directory, varFiles, command, started, log: output, errors },
    ...(remoteRun !== undefined && { remoteRun }),
    ...(dataDirectory !== undefined && { dataDirectory }),
  }
}

/** Returns the variable files that are in the checkout or in the runner's temporary directory. Others are not read here. */
function ownFiles(files: unknown): string[] {
  const { RUNNER_TEMP: temp = '', GITHUB_WORKSPACE: checkout = '' } = process.env
  return asList(files)
    .filter(file => typeof file === 'string')
    .filter(file => [temp, checkout].some(each => each !== '' && isIn(file, each)))
}

/**
 * Whether the saved state names only what this action runs and writes. A program of the job can write the state of a step, and this step
 * runs the binary and prints the files that it names.
 */
function isOwn(running: RunningCommand): boolean {
  const { tool, binary, directory, dataDirectory, log: output, errors } = running
  const files = [output, errors, ...(dataDirectory === undefined ? [] : [dataDirectory])]
  const { RUNNER_TEMP: temp = '', GITHUB_WORKSPACE: checkout = '' } = process.env
  return (
    isKnownBinary(tool, binary, process.env) &&
    [temp, checkout].some(each => each !== '' && isIn(directory, each)) &&
    temp !== '' &&
    files.every(file => isIn(file, temp))
  )
}

async function waitForTerraform(running: RunningCommand): Promise<void> {
  const { pid, tool, command, log: output, errors } = running
  const result = await poll<true>(async () => (isAlive(pid) ? { waitingFor: `${tool} ${command}` } : { done: true }), {
    delayMs: () => 500,
    timeoutMs,
  })
  const diagnostics = read(errors)
  const isKnown =
    addSavedSecrets(secretsFileOf(running)) && !result.timedOut && (await addStateSecrets(running, diagnostics))
  log.foreign(lastLines(isKnown ? read(output) : openOutput(read(output))))
  log.foreign(lastLines(isKnown ? diagnostics : openMessages(diagnostics)))
  if (!isKnown && diagnostics !== '') log.line(line`${leftOutMessages(tool)}`)
  const { level, text } = describeDetachedCommand({
    running,
    isStillRunning: result.timedOut,
    diagnostics,
    lock: await lockOf(running),
    who: `${userName()}@${hostname()}`,
    now: new Date().toISOString(),
  })
  if (level === 'info') log.line(line`${text}`)
  else log[level](line`${text}`)
}

/** Makes the secrets of the main step known, and deletes their file. @returns false if it cannot be read */
function addSavedSecrets(file: string): boolean {
  if (!existsSync(file)) return false
  secrets.add(...asList(parseJson(read(file))).filter(value => typeof value === 'string'))
  try {
    rmSync(file)
  } catch {
    // The runner empties this directory after the job.
  }
  return true
}

/** Makes the values known that the apply created. @returns false if the state cannot be read */
async function addStateSecrets(running: RunningCommand, diagnostics: string): Promise<boolean> {
  const { binary, directory, varFiles } = running
  const data = running.dataDirectory === undefined ? {} : { TF_DATA_DIR: running.dataDirectory }
  const env = terraformEnvironment(process.env, true, data)
  return await readStateSecrets({
    binary,
    directory,
    varFiles: varFiles.show,
    env,
    timeoutMs: maxReadMs,
    diagnostics,
  })
}

/** Returns the lock that is held, or the reason as text if that cannot be read. */
async function lockOf(running: RunningCommand): Promise<HeldLock | string | undefined> {
  try {
    return await queryHeldLock({ ...running, varFiles: running.varFiles.untaint })
  } catch (error) {
    return messageOf(error)
  }
}

/** Returns the user name, or the user id if it has no entry in passwd, as in many containers. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** Returns the last whole lines, because the runner does not recognise half a secret. */
function lastLines(text: string): string {
  if (text.length <= maxLoggedUnits) return text
  const start = text.length - maxLoggedUnits
  return text.slice(text.indexOf('\n', start) + 1 || text.length)
}

/** Whether a process runs. A zombie, which some containers do not collect, counts as ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !/^\d+ \(.*\) [ZX] /s.test(read(`/proc/${pid}/stat`))
}
