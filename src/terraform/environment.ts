/** The environment variables of every Terraform process, and its provider cache. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The dependency lock file of a root module. */
export const lockFileName = '.terraform.lock.hcl'

/**
 * The environment of this process without the action's own secrets. The inputs hold the GitHub token and the monitor
 * key, which no provider or `external` program may read.
 * @param hasCredentials false for untrusted code: all variables that look like credentials are removed too
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv, hasCredentials = true): Record<string, string> {
  const withheld = hasCredentials ? actionVariables : credentialVariables
  const passedOn = Object.entries(env).filter((entry): entry is [string, string] => !withheld.test(entry[0]))
  return { ...Object.fromEntries(passedOn), TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' }
}

/** Variables of the action itself: inputs, saved state and the runtime token. */
const actionVariables = /^(INPUT_|STATE_|ACTIONS_RUNTIME_TOKEN$)/

/** Variables whose names suggest credentials or Terraform variables. */
const credentialVariables =
  /^(INPUT_|STATE_|ACTIONS_|AWS_|AZURE_|ARM_|GOOGLE_|GCP_|CLOUDSDK_|TF_VAR_|TF_TOKEN_|TF_CLI_ARGS|VAULT_)|TOKEN|SECRET|PASSWORD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i

/**
 * Creates a provider cache in the runner's tool cache, unless the user has configured one. It needs a dependency lock file,
 * because Terraform uses a cached provider only if its hash is in that file. Each runner has its own tool cache, so two
 * inits never write into the same one, which Terraform does not support.
 */
export function preparePluginCache(env: NodeJS.ProcessEnv, directory: string): { TF_PLUGIN_CACHE_DIR?: string } {
  const { RUNNER_TOOL_CACHE: toolCache, TF_PLUGIN_CACHE_DIR: userCache } = env
  if (!toolCache || userCache !== undefined || !existsSync(join(directory, lockFileName)) || hasCacheSetting(env))
    return {}
  const cache = join(toolCache, 'terraform-plugins')
  mkdirSync(cache, { recursive: true })
  return { TF_PLUGIN_CACHE_DIR: cache }
}

/** Whether the CLI configuration sets a cache. The environment variable would override it. */
function hasCacheSetting(env: NodeJS.ProcessEnv): boolean {
  const file =
    env.TF_CLI_CONFIG_FILE ??
    (process.platform === 'win32'
      ? join(env.APPDATA ?? '', 'terraform.rc')
      : join(env.HOME ?? homedir(), '.terraformrc'))
  try {
    return /^[ \t]*plugin_cache_dir[ \t]*=/m.test(readFileSync(file, 'utf8'))
  } catch {
    return false
  }
}
