/**
 * Runs after the job's steps, also when they were cancelled: the runner gives a cancelled step ten seconds, and a
 * Terraform that was told to stop may need longer to save the state and release its lock.
 */
import { existsSync, readFileSync } from 'node:fs'
import { getState, info, warning } from '@actions/core'
import { CommandFence, type Running } from './clients/terraform.ts'
import { poll } from './poll.ts'

/** GitHub ends a cancelled job after five minutes. */
const patienceMs = 240_000

const saved = getState('running')
if (saved !== '') await waitFor(JSON.parse(saved) as Running)

async function waitFor({ pid, command, log }: Running): Promise<void> {
  const result = await poll<true>(
    async () => (isAlive(pid) ? { waitingFor: `terraform ${command}` } : { done: true }),
    { delayMs: () => 500, timeoutMs: patienceMs },
  )
  if (existsSync(log)) {
    const fence = new CommandFence(text => void process.stdout.write(text))
    fence.print(readFileSync(log, 'utf8').slice(-20_000))
    fence.close()
  }
  if (result.timedOut) {
    warning(
      `terraform ${command} (process ${pid}) is still running and is killed when the job ends. Its state lock may stay: ` +
        'the next run names the lock; when nothing runs any more, `terraform force-unlock ID` releases it.',
    )
  } else {
    info(`terraform ${command} has ended and saved its state. Run the job again to go on.`)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
