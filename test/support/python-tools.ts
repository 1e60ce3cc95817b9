/**
 * Tools from PyPI that the tests run, each in a virtual environment of its own in the user's cache directory. Every package is
 * pinned by test/support/requirements.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { messageOf } from '../../src/errors.ts'

const run = promisify(execFile)

/**
 * Installs a tool if it is not there yet.
 * @param name the command, and the name of its file of requirements
 * @returns the directory of the command; undefined without a network, which is printed
 * @throws {Error} on CI, if it cannot be installed
 */
export async function pythonTool(name: string, version: string): Promise<string | undefined> {
  try {
    const environment = await install(`${name}-${version}`, name, [])
    // Only the tool: the interpreter beside it must not take the place of the one on PATH.
    const commands = join(environment, 'commands')
    const command = join(commands, name)
    mkdirSync(commands, { recursive: true })
    // A command has the path of its interpreter inside, so the environment cannot be renamed when it is whole.
    if (!existsSync(command)) symlinkSync(join(environment, 'bin', name), command)
    return commands
  } catch (error) {
    if (process.env.CI) throw error
    console.error(`${name} cannot be installed, so its tests are LEFT OUT: ${messageOf(error)}`)
    return undefined
  }
}

/**
 * Installs packages that are pinned with their hashes, if they are not there yet.
 * @param name the name of the file of requirements; the environment is a new one whenever the file changes
 * @returns the directory of the commands, `python` among them
 * @throws {Error} if they cannot be installed
 */
export async function pythonEnvironment(name: string): Promise<string> {
  const digest = createHash('sha256')
    .update(readFileSync(requirementsOf(name)))
    .digest('hex')
    .slice(0, 12)
  // What is imported is compiled at its first use; most of the rest is never used.
  return join(await install(`${name}-${digest}`, name, ['--require-hashes', '--no-compile']), 'bin')
}

function requirementsOf(name: string): string {
  return fileURLToPath(new URL(`requirements/${name}.txt`, import.meta.url))
}

/** Makes a virtual environment in the user's cache directory, unless a whole one is there. */
async function install(folder: string, name: string, options: readonly string[]): Promise<string> {
  const environment = join(cacheDirectory(), folder)
  const whole = join(environment, 'installed')
  if (existsSync(whole)) return environment
  rmSync(environment, { recursive: true, force: true })
  mkdirSync(environment, { recursive: true })
  await run('python3', ['-m', 'venv', environment])
  const arguments_ = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', ...options]
  await run(join(environment, 'bin', 'python'), [...arguments_, '--requirement', requirementsOf(name)])
  writeFileSync(whole, '')
  return environment
}

/** The folder of this project in the user's cache directory. */
export function cacheDirectory(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'terraform-mcp-deploy')
}
