/** The message about a Terraform command that outlived its step: whether it saved the state, and who holds the lock. Pure. */
import { dirname, join } from 'node:path'
import type { RunningCommand } from './cli.ts'
import type { HeldLock } from './lock.ts'

/** A Terraform command that outlived its step, and the state lock after the wait for it. */
export interface DetachedCommand {
  readonly running: Pick<RunningCommand, 'pid' | 'tool' | 'command' | 'directory' | 'started' | 'remoteRun'>
  /** Whether it was still running when the wait timed out. */
  readonly isStillRunning: boolean
  readonly diagnostics: string
  /** The lock that is held now; a text is the error of the query for it. */
  readonly lock: HeldLock | string | undefined
  /** The `user@host` of this machine, as Terraform writes it into a lock. */
  readonly who: string
  /** Time of the message in ISO 8601. */
  readonly now: string
}

/** Path of the file with the secrets of the run, which the post step needs to show Terraform's output. Only this user can read it. */
export function secretsFileOf({ log }: Pick<RunningCommand, 'log'>): string {
  return join(dirname(log), 'secrets.json')
}

/** The log level and the text of the message, one to four sentences. */
export function describeDetachedCommand(detached: DetachedCommand): {
  level: 'info' | 'warning' | 'error'
  text: string
} {
  const { running, isStillRunning, diagnostics, lock } = detached
  const what = `${running.tool} ${running.command}`
  const lockText = lockSentence(detached)
  if (running.remoteRun !== undefined) {
    // The run does not end with the command, which only shows its log.
    return isStillRunning || lock !== undefined
      ? {
          level: 'warning',
          text: `The run in HCP Terraform goes on without this job: ${running.remoteRun}. Run the job again when it has ended.`,
        }
      : {
          level: 'info',
          text: `${what} has ended. Its run in HCP Terraform: ${running.remoteRun}. Run the job again to continue.`,
        }
  }
  if (isStillRunning) {
    return {
      level: 'warning',
      text: `${what} (process ${running.pid}) is still running and is killed when the job ends. ${lockText}`.trim(),
    }
  }
  if (diagnostics.includes('errored.tfstate')) {
    return {
      level: 'error',
      text:
        `${what} has ended, but it could not save the state. Its changes are only in errored.tfstate in ` +
        `${running.directory}, and lost if the directory is lost with the job. \`${running.tool} state push errored.tfstate\` ` +
        `saves it. Otherwise import the created resources, or destroy them manually. ${lockText}`.trimEnd(),
    }
  }
  if (diagnostics.includes('Error releasing the state lock') || lock !== undefined) {
    const saved = diagnostics.includes('Error releasing the state lock') ? ' and saved its state' : ''
    return { level: 'warning', text: `${what} has ended${saved}. ${lockText}`.trim() }
  }
  return {
    level: 'info',
    text: `${what} has ended, saved its state and released the lock. Run the job again to continue.`,
  }
}

function lockSentence({ running, lock, who, now, isStillRunning }: DetachedCommand): string {
  if (lock === undefined) return ''
  if (typeof lock === 'string') {
    return `Whether the state is still locked is unknown (${firstLine(lock)}). If it is, the next run fails and names the lock.`
  }
  const unlock = `\`${running.tool} force-unlock ${lock.id}\` in ${running.directory}`
  const sentence = `The state lock ${lock.id} is held by ${lock.who} since ${lock.created}`
  // A lock names no run. It belongs to this run only if the user, the machine and the time match.
  // On Windows, Terraform writes the domain before the user name.
  const isOurs = (lock.who === who || lock.who.endsWith(`\\${who}`)) && isBetween(lock.created, running.started, now)
  if (!isOurs) return `${sentence}, which is another run's. If no run uses the state any more, ${unlock} releases it.`
  return isStillRunning
    ? `${sentence}, and stays when the command is killed: ${unlock} releases it then. The next plan shows the changes that were not saved.`
    : `${sentence}, which is this run's: it was killed before it released the lock, and its last changes may be missing in the state. ` +
        `When no run uses the state any more, ${unlock} releases it.`
}

/** @param created time as Terraform prints it: `2026-11-22 23:24:51.777919578 +0000 UTC` */
function isBetween(created: string, from: string, to: string): boolean {
  const at = Date.parse(created.replace(/^(\S+) (\d\d:\d\d:\d\d)(\.\d{1,3})?\d* \+0000 UTC$/, '$1T$2$3Z'))
  // Both times come from the clock of this machine, but Terraform and ISO 8601 round differently.
  return at >= Date.parse(from) - 1_000 && at <= Date.parse(to) + 1_000
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
