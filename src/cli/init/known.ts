/** What is known before the first question: defaults that people only have to confirm. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Known } from './questions.ts'

/**
 * Reads the defaults.
 *
 * @param directory the absolute path of the directory to write to
 * @param installed the lock file that npm keeps beside installed packages, undefined if it does not exist
 */
export function readKnown(
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
  installed: string | undefined,
): Known {
  return {
    repository: repositoryOf(directory),
    directory: basename(directory),
    region: environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined,
    action: installed === undefined ? undefined : actionOf(installed),
  }
}

/** Returns OWNER/NAME of a remote address on github.com. Pure. */
export function repositoryIn(address: string): string | undefined {
  return /github\.com[:/]([A-Za-z0-9-]+\/[\w.-]+?)(?:\.git)?(?:[#/]|$)/.exec(address)?.[1]
}

/** Returns OWNER/NAME@COMMIT of this package in a lock file of npm: npx records the commit that a git reference led to. Pure. */
export function actionOf(lockFile: string): string | undefined {
  try {
    const { packages = {} } = JSON.parse(lockFile) as { packages?: Record<string, { resolved?: string }> }
    const address = packages['node_modules/terraform-mcp-deploy']?.resolved ?? ''
    const repository = repositoryIn(address)
    const commit = /#([0-9a-f]{40})$/.exec(address)?.[1]
    return repository === undefined || commit === undefined ? undefined : `${repository}@${commit}`
  } catch {
    return undefined
  }
}

/** Returns the root of the checkout that holds the directory, undefined outside of a checkout. */
export function checkoutOf(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (at === dirname(at)) return undefined
  }
}

/** Reads the repository from the remote origin of the checkout that holds the directory. */
function repositoryOf(directory: string): string | undefined {
  const root = checkoutOf(directory)
  // In a worktree and a submodule, `.git` is a file that names the directory of the configuration.
  const file = root === undefined ? undefined : join(root, '.git/config')
  if (file === undefined || !existsSync(file)) return undefined
  const section = /^\[remote "origin"\]$([^[]*)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  return repositoryIn(/^\s*url\s*=\s*(\S+)\s*$/m.exec(section)?.[1] ?? '')
}
