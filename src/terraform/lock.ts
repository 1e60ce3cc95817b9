/** The state lock: the holder in Terraform's diagnostics, and a query for it. */
import { query } from '../child.ts'
import { terraformEnvironment, varFileArguments } from './environment.ts'

/** A held state lock with the ID, the holder and the time as Terraform prints them. */
export interface HeldLock {
  readonly id: string
  readonly who: string
  readonly created: string
}

/** Parses the lock from the diagnostics of a command that could not acquire it; undefined for other failures. */
export function parseHeldLock(diagnostics: string): HeldLock | undefined {
  if (!diagnostics.includes('Error acquiring the state lock')) return undefined
  const field = (name: string) => new RegExp(`^[ \\t]*${name}:[ \\t]+(.+)$`, 'm').exec(diagnostics)?.[1]?.trim()
  const id = field('ID')
  // For the backend "http", older versions print the requested lock, whose ID differs from the one in the message.
  const overHttp = /HTTP remote state already locked:\s+ID=(\S+)/.exec(diagnostics)?.[1]
  if (overHttp !== undefined && overHttp !== id) return { id: overHttp, who: 'somebody', created: 'an unknown time' }
  // HCP Terraform does not name the holder, and Terraform prints the requested lock. There the workspace is the ID of its lock.
  const ofWorkspace = /workspace already locked\s+\(lock\s+ID:\s+"([^"]+)"\)/.exec(diagnostics)?.[1]
  if (ofWorkspace !== undefined) return { id: ofWorkspace, who: 'somebody', created: 'an unknown time' }
  return id === undefined
    ? undefined
    : { id, who: field('Who') ?? 'somebody', created: field('Created') ?? 'an unknown time' }
}

/**
 * Queries the state lock of a root module. Terraform has no command for that. This untaint acquires a free lock, finds no
 * such resource, changes nothing and releases the lock.
 * @returns undefined when the lock is free
 * @throws Error when the command fails for another reason
 */
export async function queryHeldLock({
  binary,
  directory,
  varFiles,
  dataDirectory,
}: {
  readonly binary: string
  readonly directory: string
  /** The variable files, if this version needs them for it. */
  readonly varFiles: readonly string[]
  /** Value of TF_DATA_DIR, if it is not that of the environment. */
  readonly dataDirectory?: string
}): Promise<HeldLock | undefined> {
  const flags = ['-allow-missing', '-no-color', '-lock-timeout=0s', ...varFileArguments(varFiles)]
  const args = ['untaint', ...flags, 'terraform_data.terraform_mcp_deploy']
  const data = dataDirectory === undefined ? {} : { TF_DATA_DIR: dataDirectory }
  const env = terraformEnvironment(process.env, true, data)
  const { exitCode, stderr } = await query(binary, args, {
    cwd: directory,
    env,
    timeoutMs: 30_000,
    killSignal: 'SIGINT',
  })
  if (exitCode === 0) return undefined
  const lock = parseHeldLock(stderr)
  if (lock === undefined) throw new Error(`Command failed: ${binary} untaint\n${stderr}`)
  return lock
}
