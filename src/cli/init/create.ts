/** Creates new files and nothing else: no file is overwritten, no symbolic link is followed, and either all files are there or none. */
import { closeSync, lstatSync, mkdirSync, openSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError, messageOf } from '../../errors.ts'
import type { NewFile } from './files.ts'

/**
 * Creates the files below a directory.
 *
 * @throws InputError that lists everything that is in the way; then nothing was written
 */
export function createFiles(directory: string, files: readonly NewFile[]): void {
  const obstacles = [...new Set(files.flatMap(({ path }) => obstacleOf(directory, path) ?? []))]
  if (obstacles.length > 0) throw refusal(obstacles)
  const created: (() => void)[] = []
  try {
    for (const { path, text } of files) create(directory, path, text, created)
  } catch (error) {
    for (const undo of created.reverse()) attempt(undo)
    if (error instanceof InputError) throw error
    throw new InputError(`The files cannot be written, and none of them exists: ${messageOf(error)}.`)
  }
}

/** Returns what stops a file from being created, undefined if nothing does. */
function obstacleOf(directory: string, path: string): string | undefined {
  const parts = path.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/')
    const found = lstatSync(join(directory, part), { throwIfNoEntry: false })
    if (found === undefined) return undefined
    if (found.isSymbolicLink()) return `${part} (a symbolic link)`
    if (depth < parts.length && !found.isDirectory()) return `${part} (not a directory)`
    if (depth === parts.length) return part
  }
  return undefined
}

/** Creates one file. The flags of "wx" refuse a file, and a link, that appeared after the check. */
function create(directory: string, path: string, text: string, created: (() => void)[]): void {
  const parts = path.split('/')
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = join(directory, ...parts.slice(0, depth))
    try {
      mkdirSync(folder)
      created.push(() => rmdirSync(folder))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (!lstatSync(folder).isDirectory()) throw refusal([parts.slice(0, depth).join('/')])
    }
  }
  const file = join(directory, path)
  let descriptor: number
  try {
    descriptor = openSync(file, 'wx')
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? refusal([path]) : error
  }
  created.push(() => unlinkSync(file))
  try {
    writeFileSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}

function refusal(paths: readonly string[]): InputError {
  return new InputError(
    `Nothing was written, because mcp-gate init overwrites nothing and these exist: ${paths.join(', ')}. Move them away, or use --directory.`,
  )
}

/** Undoes a step. What cannot be undone must not hide the error that is the reason. */
function attempt(action: () => void): void {
  try {
    action()
  } catch {}
}
