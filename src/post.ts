/**
 * Runs after the job's steps, also when they were cancelled: the runner gives a cancelled step ten seconds, and a
 * Terraform that was told to stop may need longer to save the state and release its lock. What it said in the end is
 * printed, because nobody else is left to read it, and a lock that it left behind is named with what releases it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { error, getState, info, warning } from '@actions/core'
import { messageOf } from './errors.ts'
import { log } from './log.ts'
import { poll } from './poll.ts'
import { afterStop } from './terraform/after-stop.ts'
import type { Running } from './terraform/cli.ts'
import { askForLock, type HeldLock } from './terraform/lock.ts'

/** GitHub ends a cancelled job after five minutes; what is asked and printed afterwards needs some seconds of them. */
const timeoutMs = 240_000

/** UTF-16 units of each of Terraform's two outputs. */
const maxShown = 20_000

const saved = getState('running')
if (saved !== '') await waitFor(JSON.parse(saved) as Running)

async function waitFor(running: Running): Promise<void> {
  const { pid, tool, command, log: output, errors } = running
  const result = await poll<true>(async () => (isAlive(pid) ? { waitingFor: `${tool} ${command}` } : { done: true }), {
    delayMs: () => 500,
    timeoutMs: timeoutMs,
  })
  const diagnostics = read(errors)
  log.foreign(lastLines(read(output)))
  log.foreign(lastLines(diagnostics))
  log.closeFence()
  const { level, text } = afterStop({
    running,
    stillRuns: result.timedOut,
    diagnostics,
    lock: await lockOf(running),
    who: `${userInfo().username}@${hostname()}`,
    now: new Date().toISOString(),
  })
  const say = { info, warning, error }[level]
  say(text)
}

/** Why it cannot be said, as text: then that is what is to be reported. */
async function lockOf(running: Running): Promise<HeldLock | string | undefined> {
  try {
    return await askForLock(running)
  } catch (error) {
    return messageOf(error)
  }
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** Whole lines, because the runner would not know half a secret. */
function lastLines(text: string): string {
  if (text.length <= maxShown) return text
  const start = text.length - maxShown
  return text.slice(text.indexOf('\n', start) + 1 || text.length)
}

/** A process that has ended but whose parent does not collect it, as in some containers, counts as ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !/^\d+ \(.*\) [ZX] /s.test(read(`/proc/${pid}/stat`))
}
