/**
 * Reads the checked-out commit from git's files. It does not run git, because foreign code could also bring a foreign git
 * configuration, and because a container may have no git.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** What is checked out. */
export interface Checkout {
  /** The commit of HEAD. */
  readonly commit: string
  /** Remote branches and tags at that commit, by the names under which they were fetched: `refs/remotes/origin/main`, `refs/tags/v1`. */
  readonly refs: readonly string[]
  /** Address of the repository that they were fetched from; undefined if it is not known. */
  readonly origin: string | undefined
}

/**
 * Reads the checkout that contains `directory`; undefined if its commit cannot be read.
 * @param workspace the outermost directory to search
 */
export function readCheckout(directory: string, workspace: string): Checkout | undefined {
  for (let at = directory; !relative(workspace, at).startsWith('..'); at = dirname(at)) {
    const git = join(at, '.git')
    if (existsSync(join(git, 'HEAD'))) return checkoutOf(git)
    // The file .git of a submodule names a directory of the outer repository, whose commit pins the submodule.
    const isSubmodule = existsSync(git) && statSync(git).isFile()
    if ((existsSync(git) && !isSubmodule) || at === dirname(at)) return undefined
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

/** A commit in hexadecimal, SHA-1 or SHA-256. */
const commitPattern = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

function checkoutOf(git: string): Checkout | undefined {
  const commit = commitOf(git, textOf(join(git, 'HEAD')).trim())
  if (commit === undefined || !commitPattern.test(commit)) return undefined
  const refs = [...looseRefs(git), ...packedRefs(git)].filter(
    ([name, at]) => at === commit && /^refs\/(remotes\/origin|tags)\//.test(name),
  )
  return { commit, refs: [...new Set(refs.map(([name]) => name))].sort(), origin: originOf(git) }
}

function commitOf(git: string, head: string): string | undefined {
  if (commitPattern.test(head)) return head
  const ref = /^ref: (refs\/\S+)$/.exec(head)?.[1]
  if (ref === undefined) return undefined
  const file = resolve(git, ref)
  if (!relative(git, file).startsWith('..') && existsSync(file)) return textOf(file).trim()
  return packedRefs(git).find(([name]) => name === ref)?.[1]
}

/** Name and commit of the refs that have a file of their own. */
function looseRefs(git: string): [string, string][] {
  return ['refs/remotes/origin', 'refs/tags'].flatMap(folder => {
    const directory = join(git, folder)
    if (!existsSync(directory)) return []
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map((entry): [string, string] => {
        const file = join(entry.parentPath, entry.name)
        return [relative(git, file).replaceAll('\\', '/'), textOf(file).trim()]
      })
  })
}

/** Name and commit of the refs in one file. The commit of an annotated tag is in the line below it. */
function packedRefs(git: string): [string, string][] {
  const refs: [string, string][] = []
  for (const line of textOf(join(git, 'packed-refs')).split('\n')) {
    const [, commit = '', name] = /^([0-9a-f]{40,64}) (refs\/\S+)$/.exec(line) ?? []
    const peeled = /^\^([0-9a-f]{40,64})$/.exec(line)?.[1]
    const last = refs.at(-1)
    if (name !== undefined) refs.push([name, commit])
    else if (peeled !== undefined && last !== undefined) last[1] = peeled
  }
  return refs
}

/** Address of the remote "origin" in git's configuration. */
function originOf(git: string): string | undefined {
  const section = /^\[remote "origin"\]$([^[]*)/m.exec(textOf(join(git, 'config')))?.[1]
  return /^\s*url\s*=\s*(\S+)\s*$/m.exec(section ?? '')?.[1]
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
