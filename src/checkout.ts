/**
 * Which commit is checked out, as git notes it in the working tree. No git is run: on somebody else's code its
 * configuration would be theirs too.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/**
 * The commit that HEAD is at in the repository that holds `directory`, undefined where that cannot be told.
 * @param workspace the outermost directory to look in
 */
export function checkedOutCommit(directory: string, workspace: string): string | undefined {
  for (let at = directory; !relative(workspace, at).startsWith('..'); at = dirname(at)) {
    const git = join(at, '.git')
    if (existsSync(join(git, 'HEAD'))) return commitOf(git, readFileSync(join(git, 'HEAD'), 'utf8').trim())
    if (existsSync(git) || at === dirname(at)) return undefined
  }
  return undefined
}

/** The directory that paths on GitHub are relative to: of the repository that holds `path`, else `workspace`. */
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
