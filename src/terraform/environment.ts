/** The environment variables of every Terraform process, and its provider cache. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { type ChildEnvironment, childEnvironment, isIn } from '../child.ts'
import type { ToolName } from './tools.ts'

/** Base names of the user's CLI configuration: `.tofurc` in the home directory, `tofu.rc` on Windows. The first existing one is read. */
const cliConfigurations: Readonly<Record<ToolName, readonly string[]>> = {
  terraform: ['terraform'],
  tofu: ['tofu', 'terraform'],
}

/** The dependency lock file of a root module. */
export const lockFileName = '.terraform.lock.hcl'

/**
 * The environment of a Terraform process.
 * @param isTrusted false for the code of a fork or of Dependabot, which gets no credentials
 * @param more variables that are added
 */
export function terraformEnvironment(
  env: NodeJS.ProcessEnv,
  isTrusted = true,
  more: Readonly<Record<string, string>> = {},
): ChildEnvironment {
  return childEnvironment(env, isTrusted, { TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1', ...more })
}

/**
 * The CLI configuration that the workflow names, for untrusted code too: it can be the only way to the providers. One in the checkout
 * would be the code's own.
 */
export function untrustedSettings({ TF_CLI_CONFIG_FILE: file, GITHUB_WORKSPACE: checkout }: NodeJS.ProcessEnv): {
  TF_CLI_CONFIG_FILE?: string
} {
  if (!file || !checkout || !isAbsolute(file) || isIn(file, checkout)) return {}
  return { TF_CLI_CONFIG_FILE: file }
}

/** Returns the arguments for variable files. */
export function varFileArguments(varFiles: readonly string[]): string[] {
  return varFiles.map(file => `-var-file=${file}`)
}

/**
 * Creates a provider cache in the runner's tool cache, unless the user has configured one. It needs a dependency lock file,
 * because Terraform uses a cached provider only if its hash is in that file. Each runner has its own tool cache, so two
 * inits never write into the same one, which Terraform does not support.
 */
export function preparePluginCache(
  tool: ToolName,
  env: NodeJS.ProcessEnv,
  directory: string,
): { TF_PLUGIN_CACHE_DIR?: string } {
  const { RUNNER_TOOL_CACHE: toolCache, TF_PLUGIN_CACHE_DIR: userCache } = env
  if (!toolCache || userCache !== undefined || !existsSync(join(directory, lockFileName))) return {}
  // The environment variable would override the setting of the CLI configuration.
  if (hasCliSetting(tool, env, /^[ \t]*plugin_cache_dir[ \t]*=/m)) return {}
  const cache = join(toolCache, 'terraform-plugins')
  mkdirSync(cache, { recursive: true })
  return { TF_PLUGIN_CACHE_DIR: cache }
}

/**
 * Whether the CLI configuration has a setting. It is the file that the workflow names, or those of the runner's user; neither tool
 * reads one of the checkout.
 */
export function hasCliSetting(tool: ToolName, env: NodeJS.ProcessEnv, setting: RegExp): boolean {
  return cliConfigurationFiles(tool, env).some(file => {
    try {
      return setting.test(readFileSync(file, 'utf8'))
    } catch {
      return false
    }
  })
}

/**
 * The files of the CLI configuration, some of which may not exist. OpenTofu reads Terraform's file where it has none of its own, and
 * both read every `.tfrc` of their directory if no variable names a file.
 */
export function cliConfigurationFiles(tool: ToolName, env: NodeJS.ProcessEnv): string[] {
  const named = env.TF_CLI_CONFIG_FILE || env.TERRAFORM_CONFIG
  if (named) return [named]
  const home = env.HOME || homedir()
  const own =
    process.platform === 'win32'
      ? cliConfigurations[tool].map(name => join(env.APPDATA ?? '', `${name}.rc`))
      : cliConfigurations[tool].map(name => join(home, `.${name}rc`))
  const xdg = tool === 'tofu' && env.XDG_CONFIG_HOME ? join(env.XDG_CONFIG_HOME, 'opentofu') : undefined
  const main = own.find(existsSync) ?? (xdg && join(xdg, 'tofurc'))
  const directories = [join(home, '.terraform.d'), ...(xdg ? [xdg] : [])]
  const more = directories.flatMap(directory =>
    entries(directory)
      .filter(name => /\.tfrc(\.json)?$/.test(name))
      .map(name => join(directory, name)),
  )
  return [...(main ? [main] : []), ...more]
}

function entries(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : []
}
