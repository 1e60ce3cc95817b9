/** Paths in a repository: relative to its root, with `/` as separator; `.` is the root itself. */
import { posix } from 'node:path'

/**
 * The path in the repository that a path relative to a directory leads to; undefined if it is absolute or leads out of the
 * repository.
 */
export function inRepository(directory: string, path: string): string | undefined {
  if (posix.isAbsolute(path) || /^[A-Za-z]:[\\/]|^\\/.test(path)) return undefined
  const joined = posix.join(directory, path).replace(/(?<=.)\/$/, '')
  return joined === '..' || joined.startsWith('../') ? undefined : joined
}

/** The directory and all directories above it up to the root `.`, the innermost first. */
export function ancestorsOf(directory: string): string[] {
  const all = [directory]
  for (let at = directory; at !== '.'; all.push(at)) at = posix.dirname(at)
  return all
}

/**
 * Whether a glob matches a whole path: `*` and `?` match within a folder, `**` matches any number of folders. The time is linear in
 * both lengths, because the author of a pull request writes both.
 */
export function matchesGlob(glob: string, path: string): boolean {
  return matches(glob.split('/'), path.split('/'), part => part === '**', matchesPart)
}

function matchesPart(glob: string, name: string): boolean {
  return matches(
    [...glob],
    [...name],
    char => char === '*',
    (one, char) => one === '?' || one === char,
  )
}

/** Whether a pattern with wildcards matches a list. After a mismatch only the last wildcard takes one more item. */
function matches(
  pattern: readonly string[],
  items: readonly string[],
  isWild: (part: string) => boolean,
  isOne: (part: string, item: string) => boolean,
): boolean {
  let wild = -1
  let taken = 0
  let at = 0
  for (let item = 0; item < items.length; ) {
    const part = pattern[at]
    if (part !== undefined && isWild(part)) {
      wild = at++
      taken = item
    } else if (part !== undefined && isOne(part, items[item] ?? '')) {
      at++
      item++
    } else if (wild >= 0) {
      at = wild + 1
      item = ++taken
    } else return false
  }
  return pattern.slice(at).every(isWild)
}
