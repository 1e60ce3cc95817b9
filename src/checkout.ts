/**
 * Reads the checked-out commit from git's files. It does not run git, because foreign code could also bring a foreign git
 * configuration.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/**
 * Returns the commit of HEAD in the repository that contains `directory`, undefined if it cannot be read.
 * @param workspace the outermost directory to search
 */
export function checkedOutCommit(directory: string, workspace: string): string | undefined {
  for (let at = directory; !relative(workspace, at).startsWith('..'); at = dirname(at)) {
    const git = join(at, '.git')
    if (existsSync(join(git, 'HEAD'))) return commitOf(git, readFileSync(join(git, 'HEAD'), 'utf8').trim())
    if (existsSync(git) || at === dirname(at)) return undefined
  }
  return undefined
}

/** Returns the root of the repository that contains `path`, else `workspace`. Paths on GitHub are relative to it. */
export function repositoryRoot(path: string, workspace: string): string {
  for (let at = dirname(path); !relative(workspace, at).startsWith('..') && at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
  }
  return workspace
}

function commitOf(git: string, head: string): string | undefined {
  if (/^[0-9a-f]{40,64}$/.test(head)) return head
  const ref = /^ref: (refs\/\S+)$/.exec(head)?.[1]
  if (ref === undefined) return undefined
  const file = resolve(git, ref)
  if (!relative(git, file).startsWith('..') && existsSync(file)) return readFileSync(file, 'utf8').trim()
  const packed = join(git, 'packed-refs')
  const lines = existsSync(packed) ? readFileSync(packed, 'utf8').split('\n') : []
  return lines.find(line => line.endsWith(` ${ref}`))?.split(' ')[0]
}
