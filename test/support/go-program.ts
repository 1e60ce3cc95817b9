/** Builds a program in Go of test/support, once for a user and a set of sources. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheDirectory } from './python-tools.ts'

const run = promisify(execFile)

/**
 * Returns the path of the program. go.mod and go.sum pin what it is built of.
 * @param name name of the program in the cache
 * @param folder folder of its sources, relative to test/support
 * @throws {Error} without Go, or without a network the first time
 */
export async function goProgram(name: string, folder: string): Promise<string> {
  const directory = fileURLToPath(new URL(folder, import.meta.url))
  const sources = ['main.go', 'go.mod', 'go.sum'].map(file => readFileSync(join(directory, file)))
  const digest = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 12)
  const program = join(cacheDirectory(), `${name}-${digest}`)
  if (existsSync(program)) return program
  mkdirSync(cacheDirectory(), { recursive: true })
  const fresh = `${program}.${process.pid}`
  await run('go', ['build', '-mod=readonly', '-buildvcs=false', '-ldflags=-s -w', '-o', fresh, '.'], { cwd: directory })
  renameSync(fresh, program)
  return program
}
