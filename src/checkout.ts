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
  /**
   * Remote branches and tags at that commit, by the names under which they were fetched: `refs/remotes/origin/main`, `refs/tags/v1`.
   * Without tags if the repository has another remote.
   */
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
    if (existsSync(git)) {
      const directory = statSync(git).isFile() ? gitDirectory(git) : undefined
      // The outer repository pins the commit of a submodule. A worktree has a commit of its own.
      if (directory === undefined) return undefined
      if (!isOfSubmodule(directory)) return checkoutOf(commonDirectory(directory), directory)
    }
    if (at === dirname(at)) return undefined
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

/** Returns the directory that a file .git names; undefined if it names none. */
function gitDirectory(file: string): string | undefined {
  const path = /^gitdir: (.+)$/m.exec(textOf(file))?.[1]?.trim()
  return path === undefined ? undefined : resolve(dirname(file), path)
}

/** Whether git keeps a submodule in this directory: `.git/modules/NAME`, also below that of an outer submodule. */
function isOfSubmodule(directory: string): boolean {
  return /[\\/]\.git[\\/]modules[\\/]/.test(directory) && !/[\\/]worktrees[\\/][^\\/]+$/.test(directory)
}

/** Returns the directory with the refs and the configuration of a worktree. */
function commonDirectory(directory: string): string {
  const path = textOf(join(directory, 'commondir')).trim()
  return path === '' ? directory : resolve(directory, path)
}

/** @param head the directory with HEAD, which a worktree has apart from the refs */
function checkoutOf(git: string, head = git): Checkout | undefined {
  const commit = commitOf(git, textOf(join(head, 'HEAD')).trim())
  if (commit === undefined || !commitPattern.test(commit)) return undefined
  // git fetch takes the tags of every remote into one place, so with another remote a tag can be that of a fork.
  const counted = hasOtherRemote(git) ? /^refs\/remotes\/origin\// : /^refs\/(remotes\/origin|tags)\//
  const refs = [...looseRefs(git), ...packedRefs(git)].filter(([name, at]) => at === commit && counted.test(name))
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

function hasOtherRemote(git: string): boolean {
  return /^\s*\[remote "(?!origin"\])/m.test(textOf(join(git, 'config')))
}

/** Address of the remote "origin" in git's configuration. */
function originOf(git: string): string | undefined {
  const section = /^\[remote "origin"\]$([^[]*)/m.exec(textOf(join(git, 'config')))?.[1]
  return /^\s*url\s*=\s*(\S+)\s*$/m.exec(section ?? '')?.[1]
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
