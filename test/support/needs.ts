/**
 * What the tests with real parts need, found by looking. Terraform comes from PATH or from the action's own installer,
 * moto and the AWS provider as toolchain.ts finds them.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf } from '../../src/errors.ts'
import { installTerraform } from '../../src/terraform/install/install.ts'
import { installAwsProvider, moto } from './toolchain.ts'

/** Puts Terraform on PATH, brings the AWS provider, and returns a line for each thing that cannot be had. */
export async function missingParts(): Promise<string[]> {
  const results = await Promise.allSettled([terraform().then(installAwsProvider), moto()])
  return results.filter(result => result.status === 'rejected').map(({ reason }) => messageOf(reason))
}

async function terraform(): Promise<void> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'terraform-mcp-deploy')
  process.env.RUNNER_TOOL_CACHE ??= join(cache, 'tools')
  process.env.RUNNER_TEMP ??= tmpdir()
  mkdirSync(process.env.RUNNER_TOOL_CACHE, { recursive: true })
  const module = fileURLToPath(new URL('../../terraform/ecs', import.meta.url))
  const { binary } = await installTerraform({
    tool: 'terraform',
    version: undefined,
    directory: module,
    stack: 'ecs',
    mirror: undefined,
    warn: console.error,
  })
  if (isAbsolute(binary)) process.env.PATH = `${dirname(binary)}${delimiter}${process.env.PATH}`
}

/** Commands of Chromium and Chrome on Linux; Ubuntu's runners have Chrome. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Returns the path of a browser on PATH that speaks the DevTools protocol; undefined if there is none. */
export function findBrowser(): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter)
  return browsers.flatMap(name => directories.map(directory => join(directory, name))).find(file => existsSync(file))
}
