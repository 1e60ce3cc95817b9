/** Which stacks a change concerns, by the files that it touches. Pure. */
import { posix } from 'node:path'
import type { Stack } from './discover.ts'
import { matchesGlob, upwards } from './paths.ts'

/** Files by which the version of Terraform is chosen in every directory below. */
const versionFiles = /^\.(terraform|opentofu)-version$|^\.tool-versions$/

/**
 * The stacks that one of these files concerns, in their order: a file in the directory of a stack, but not in that of a
 * deeper one; in a local module that it calls; one that it names; or one that matches its `paths`.
 * @param files paths in the repository; of a renamed file both
 */
export function concernedStacks(stacks: readonly Stack[], files: Iterable<string>): Stack[] {
  const owners = index(stacks, ({ directory }) => [directory])
  const callers = index(stacks, ({ modules }) => modules)
  const readers = index(stacks, stack => stack.files)
  const watchers = index(stacks, ({ paths }) => paths)
  const concerned = new Set<Stack>()
  const add = (found: readonly Stack[] | undefined) => {
    for (const stack of found ?? []) concerned.add(stack)
  }
  for (const file of files) {
    add(readers.get(file))
    for (const [glob, found] of watchers) if (matchesGlob(glob, file)) add(found)
    const directory = posix.dirname(file)
    for (const each of upwards(directory)) {
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

function index(stacks: readonly Stack[], keys: (stack: Stack) => readonly string[]): Map<string, Stack[]> {
  const found = new Map<string, Stack[]>()
  for (const stack of stacks) {
    for (const key of keys(stack)) {
      const there = found.get(key)
      if (there === undefined) found.set(key, [stack])
      else there.push(stack)
    }
  }
  return found
}
