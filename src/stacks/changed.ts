/** Selection of stacks by changed files. Pure. */
import { posix } from 'node:path'
import type { Stack } from './discover.ts'
import { ancestorsOf, matchesGlob } from './paths.ts'

/** Names of files that select the Terraform version for their directory and every directory below. */
const versionFiles = /^\.(terraform|opentofu)-version$|^\.tool-versions$/

/**
 * The stacks that a change concerns, in their order. A stack is concerned if one of the files
 * - is in its directory and not in the directory of a deeper stack,
 * - is in a local module that it calls,
 * - is one of its `files`, or
 * - matches one of its `paths`.
 * @param files paths in the repository; for a renamed file, the old and the new path
 */
export function concernedStacks(stacks: readonly Stack[], files: Iterable<string>): Stack[] {
  const owners = indexStacks(stacks, ({ directory }) => [directory])
  const callers = indexStacks(stacks, ({ modules }) => modules)
  const readers = indexStacks(stacks, stack => stack.files)
  const watchers = indexStacks(stacks, ({ paths }) => paths)
  const concerned = new Set<Stack>()
  const add = (more: readonly Stack[] | undefined) => {
    for (const stack of more ?? []) concerned.add(stack)
  }
  for (const file of files) {
    add(readers.get(file))
    for (const [glob, watching] of watchers) if (matchesGlob(glob, file)) add(watching)
    const directory = posix.dirname(file)
    for (const each of ancestorsOf(directory)) {
      add(callers.get(each))
      add(owners.get(each))
      if (owners.has(each)) break
    }
    if (versionFiles.test(posix.basename(file))) {
      const isBelow = (stack: Stack) => directory === '.' || `${stack.directory}/`.startsWith(`${directory}/`)
      add(stacks.filter(isBelow))
    }
  }
  return stacks.filter(stack => concerned.has(stack))
}

/** The stacks by each of their keys. */
function indexStacks(stacks: readonly Stack[], keys: (stack: Stack) => readonly string[]): Map<string, Stack[]> {
  const stacksByKey = new Map<string, Stack[]>()
  for (const stack of stacks) {
    for (const key of keys(stack)) {
      const entry = stacksByKey.get(key)
      if (entry === undefined) stacksByKey.set(key, [stack])
      else entry.push(stack)
    }
  }
  return stacksByKey
}
