/**
 * Runs after the job's steps, also when they were cancelled: the runner gives a cancelled step ten seconds, and a
 * Terraform that was told to stop may need longer to save the state and release its lock. What it said in the end is
 * printed, because nobody else is left to read it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { error, getState, info, warning } from '@actions/core'
import { CommandFence, type Running } from './clients/terraform.ts'
import { poll } from './poll.ts'

/** GitHub ends a cancelled job after five minutes. */
const patienceMs = 240_000

/** UTF-16 units of each of Terraform's two outputs. */
const shownAtMost = 20_000

const saved = getState('running')
if (saved !== '') await waitFor(JSON.parse(saved) as Running)

async function waitFor({ pid, command, log, errors }: Running): Promise<void> {
  const result = await poll<true>(
    async () => (isAlive(pid) ? { waitingFor: `terraform ${command}` } : { done: true }),
    { delayMs: () => 500, timeoutMs: patienceMs },
  )
  const diagnostics = read(errors)
  const fence = new CommandFence(text => void process.stdout.write(text))
  fence.print(lastLines(read(log)))
  fence.print(lastLines(diagnostics))
  fence.close()
  if (result.timedOut) {
    warning(
      `terraform ${command} (process ${pid}) is still running and is killed when the job ends. Its state lock may stay: ` +
        'the next run names the lock; when nothing runs any more, `terraform force-unlock ID` releases it.',
    )
  } else if (diagnostics.includes('errored.tfstate')) {
    error(
      `terraform ${command} has ended, but it could not save the state. What it changed is only in errored.tfstate in the ` +
        'working directory, and lost with the job if that is not kept: import what was created, or destroy it by hand.',
    )
  } else if (diagnostics.includes('Error releasing the state lock')) {
    warning(
      `terraform ${command} has ended and saved its state, but it could not release the state lock: the next run names ` +
        'the lock; when nothing runs any more, `terraform force-unlock ID` releases it.',
    )
  } else {
    info(`terraform ${command} has ended and saved its state. Run the job again to go on.`)
  }
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** Whole lines, because the runner would not know half a secret. */
function lastLines(text: string): string {
  if (text.length <= shownAtMost) return text
  const start = text.length - shownAtMost
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
