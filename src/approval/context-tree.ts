/** Git's hash of what is committed at a path, which identifies the source of an image. Only trusted code gets here. */
import { childEnvironment, findProgram, query } from '../child.ts'
import { messageOf, ServiceError } from '../errors.ts'

/** A hash of git, SHA-1 or SHA-256. */
const hashPattern = /^[\da-f]{40}(?:[\da-f]{24})?$/

/**
 * Reads the hash of a path in the checked-out commit. Files that are not committed do not count.
 * @param path in the repository, with slashes; `.` is the whole repository
 * @param directory a directory of the checkout
 * @returns undefined if the commit does not have the path
 * @throws ServiceError if git cannot read the commit
 */
export async function readContextTree(
  path: string,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const git = findProgram('git', env, directory)
  if (git === undefined) throw new ServiceError('git is not on the runner')
  const run = async (...args: readonly string[]) => {
    // In a container the checkout often belongs to another user, which git refuses to read.
    const safe = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false']
    const options = { cwd: directory, env: childEnvironment(env, true, { GIT_OPTIONAL_LOCKS: '0' }) }
    return await query(git, [...safe, ...args], options).catch((error: unknown) => {
      throw new ServiceError(`git could not be run: ${messageOf(error)}`)
    })
  }
  const commit = await run('rev-parse', '--verify', '--quiet', 'HEAD:')
  const tree = commit.stdout.trim()
  if (commit.exitCode !== 0 || !hashPattern.test(tree))
    throw new ServiceError(`git cannot read the checked-out commit: ${firstLine(commit.stderr) || 'it has no tree'}`)
  if (path === '.') return tree
  const found = await run('rev-parse', '--verify', '--quiet', `HEAD:${path}`)
  const hash = found.stdout.trim()
  return found.exitCode === 0 && hashPattern.test(hash) ? hash : undefined
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
