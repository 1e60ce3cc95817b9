/**
 * Tools from PyPI that the tests run, each in a virtual environment of its own in the user's cache directory. Every package is
 * pinned by test/support/requirements.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const environment = join(cache, 'terraform-mcp-deploy', `${name}-${version}`)
  const bin = join(environment, 'bin')
  // Only the tool: the interpreter beside it must not take the place of the one on PATH.
  const commands = join(environment, 'commands')
  // A command has the path of its interpreter inside, so the environment cannot be renamed when it is whole.
  const whole = join(environment, 'installed')
  if (existsSync(whole)) return commands
  const requirements = fileURLToPath(new URL(`requirements/${name}.txt`, import.meta.url))
  try {
    rmSync(environment, { recursive: true, force: true })
    mkdirSync(environment, { recursive: true })
    await run('python3', ['-m', 'venv', environment])
    await run(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', requirements])
    mkdirSync(commands)
    symlinkSync(join(bin, name), join(commands, name))
    writeFileSync(whole, '')
    return commands
  } catch (error) {
    if (process.env.CI) throw error
    console.error(`${name} cannot be installed, so its tests are LEFT OUT: ${messageOf(error)}`)
    return undefined
  }
}
