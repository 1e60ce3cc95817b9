/**
 * What is to be said when a Terraform that outlived its step has ended, or has not: whether the state was saved, and
 * whose lock is left. Pure.
 */
import type { Running } from './cli.ts'
import type { HeldLock } from './lock.ts'

export interface Stopped {
  readonly running: Pick<Running, 'pid' | 'tool' | 'command' | 'directory' | 'started'>
  /** It was waited for in vain. */
  readonly stillRuns: boolean
  readonly diagnostics: string
  /** Who holds the lock now; text says why that could not be learned. */
  readonly lock: HeldLock | string | undefined
  /** `user@host` of this machine, as Terraform writes it into a lock. */
  readonly who: string
  /** ISO 8601. */
  readonly now: string
}

export function afterStop(stopped: Stopped): { level: 'info' | 'warning' | 'error'; text: string } {
  const { running, stillRuns, diagnostics, lock } = stopped
  const what = `${running.tool} ${running.command}`
  const about = aboutLock(stopped)
  if (stillRuns) {
    return {
      level: 'warning',
      text: `${what} (process ${running.pid}) is still running and is killed when the job ends. ${about}`.trim(),
    }
  }
  if (diagnostics.includes('errored.tfstate')) {
    return {
      level: 'error',
      text:
        `${what} has ended, but it could not save the state. What it changed is only in errored.tfstate in ` +
        `${running.directory}, and lost with the job if that is not kept: \`${running.tool} state push errored.tfstate\` ` +
        `saves it; else import what was created, or destroy it by hand. ${about}`.trimEnd(),
    }
  }
  if (diagnostics.includes('Error releasing the state lock') || lock !== undefined) {
    const saved = diagnostics.includes('Error releasing the state lock') ? ' and saved its state' : ''
    return { level: 'warning', text: `${what} has ended${saved}. ${about}`.trim() }
  }
  return {
    level: 'info',
    text: `${what} has ended, saved its state and released the lock. Run the job again to go on.`,
  }
}

function aboutLock({ running, lock, who, now, stillRuns }: Stopped): string {
  if (lock === undefined) return ''
  if (typeof lock === 'string') {
    return `Whether the state is still locked could not be learned (${firstLine(lock)}): the next run says so, and names the lock.`
  }
  const unlock = `\`${running.tool} force-unlock ${lock.id}\` in ${running.directory}`
  const held = `The state lock ${lock.id} is held by ${lock.who} since ${lock.created}`
  // Terraform's lock says no run, but user, machine and time are those of this one's only when they fit.
  // On Windows Terraform writes the domain before the name.
  const ours = (lock.who === who || lock.who.endsWith(`\\${who}`)) && isBetween(lock.created, running.started, now)
  if (!ours) return `${held}, which is another run's. If nothing runs any more, ${unlock} releases it.`
  return stillRuns
    ? `${held}, and stays when it is killed: ${unlock} releases it then, and the next run shows what was not saved.`
    : `${held}, which is this run's: it was killed before it could release it, and what it did last may not be in the state. ` +
        `When you know that nothing runs any more, ${unlock} releases it.`
}

/** `created` as Terraform prints it: `2026-11-22 23:24:51.777919578 +0000 UTC`. */
function isBetween(created: string, from: string, to: string): boolean {
  const at = Date.parse(created.replace(/^(\S+) (\d\d:\d\d:\d\d)(\.\d{1,3})?\d* \+0000 UTC$/, '$1T$2$3Z'))
  // The two clocks are one machine's, but what is written down has been rounded.
  return at >= Date.parse(from) - 1_000 && at <= Date.parse(to) + 1_000
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
