/** The state lock: who holds it, read from what Terraform prints, and how to ask. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { terraformEnvironment } from './environment.ts'

/** A state lock that somebody holds, in Terraform's words. */
export interface HeldLock {
  readonly id: string
  readonly who: string
  readonly created: string
}

/** Who holds the state lock, from the diagnostics of a command that did not get it. */
export function heldLock(diagnostics: string): HeldLock | undefined {
  if (!diagnostics.includes('Error acquiring the state lock')) return undefined
  // The backend "http" shows the lock that was wanted where all others show the one that is held.
  const overHttp = /HTTP remote state already locked:\s+ID=(\S+)/.exec(diagnostics)?.[1]
  if (overHttp !== undefined) return { id: overHttp, who: 'somebody', created: 'an unknown time' }
  const field = (name: string) => new RegExp(`^[ \\t]*${name}:[ \\t]+(.+)$`, 'm').exec(diagnostics)?.[1]?.trim()
  const id = field('ID')
  return id === undefined
    ? undefined
    : { id, who: field('Who') ?? 'somebody', created: field('Created') ?? 'an unknown time' }
}

/**
 * Asks whether the state of a root module is locked. No command of Terraform only asks; this one takes the lock if it is
 * free, finds nothing to untaint, changes nothing and gives the lock back.
 * @returns undefined when nobody holds it
 * @throws Error when it cannot be found out
 */
export async function askForLock({
  binary,
  directory,
}: {
  readonly binary: string
  readonly directory: string
}): Promise<HeldLock | undefined> {
  const args = ['untaint', '-allow-missing', '-no-color', '-lock-timeout=0s', 'terraform_data.terraform_mcp_deploy']
  try {
    const env = terraformEnvironment(process.env)
    await promisify(execFile)(binary, args, { cwd: directory, env, timeout: 30_000, killSignal: 'SIGINT' })
    return undefined
  } catch (error) {
    const lock = heldLock(String((error as { stderr?: unknown }).stderr))
    if (lock === undefined) throw error
    return lock
  }
}
