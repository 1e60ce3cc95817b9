/** The environment variables of every Terraform process, and its provider cache. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { type ChildEnvironment, childEnvironment, isIn } from '../child.ts'

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

/**
 * Creates a provider cache in the runner's tool cache, unless the user has configured one. It needs a dependency lock file,
 * because Terraform uses a cached provider only if its hash is in that file. Each runner has its own tool cache, so two
 * inits never write into the same one, which Terraform does not support.
 */
export function preparePluginCache(env: NodeJS.ProcessEnv, directory: string): { TF_PLUGIN_CACHE_DIR?: string } {
  const { RUNNER_TOOL_CACHE: toolCache, TF_PLUGIN_CACHE_DIR: userCache } = env
  if (!toolCache || userCache !== undefined || !existsSync(join(directory, lockFileName))) return {}
  // The environment variable would override the setting of the CLI configuration.
  if (hasCliSetting(env, /^[ \t]*plugin_cache_dir[ \t]*=/m)) return {}
  const cache = join(toolCache, 'terraform-plugins')
  mkdirSync(cache, { recursive: true })
  return { TF_PLUGIN_CACHE_DIR: cache }
}

/**
 * Whether the CLI configuration has a setting. It is the file that the workflow names, or the one of the runner's user; Terraform
 * never reads one of the checkout.
 */
export function hasCliSetting(env: NodeJS.ProcessEnv, setting: RegExp): boolean {
  const file =
    env.TF_CLI_CONFIG_FILE ??
    (process.platform === 'win32'
      ? join(env.APPDATA ?? '', 'terraform.rc')
      : join(env.HOME ?? homedir(), '.terraformrc'))
  try {
    return setting.test(readFileSync(file, 'utf8'))
  } catch {
    return false
  }
}
