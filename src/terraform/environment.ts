/** The environment of every Terraform process: which variables it gets, and where it keeps providers. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The dependency lock file of a root module. */
export const lockFileName = '.terraform.lock.hcl'

/**
 * Terraform's environment: this process's, without what only the action may know. The inputs hold the GitHub
 * token and the monitor's key, and a provider or an `external` program of the plan has no use for either.
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv, credentials = true): Record<string, string> {
  const withheld = credentials ? actionOnly : grantsAccess
  const passedOn = Object.entries(env).filter((entry): entry is [string, string] => !withheld.test(entry[0]))
  return { ...Object.fromEntries(passedOn), TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' }
}

const actionOnly = /^(INPUT_|STATE_|ACTIONS_RUNTIME_TOKEN$)/

/** Credentials and values of the workflow's `env:`, as far as their names tell. */
const grantsAccess =
  /^(INPUT_|STATE_|ACTIONS_|AWS_|AZURE_|ARM_|GOOGLE_|GCP_|CLOUDSDK_|TF_VAR_|TF_TOKEN_|TF_CLI_ARGS|VAULT_)|TOKEN|SECRET|PASSWORD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i

/**
 * Keeps providers between jobs in the runner's tool cache, unless the user has chosen a place. Only beside a lock file:
 * Terraform verifies what it takes from the cache against the lock file's hashes, and without them downloads all the same.
 * A machine's runners have a tool cache each, so that no two inits write into one, which Terraform does not allow.
 */
export function pluginCache(env: NodeJS.ProcessEnv, directory: string): { TF_PLUGIN_CACHE_DIR?: string } {
  const { RUNNER_TOOL_CACHE: tools, TF_PLUGIN_CACHE_DIR: chosen } = env
  if (!tools || chosen !== undefined || !existsSync(join(directory, lockFileName)) || configuresCache(env)) return {}
  const cache = join(tools, 'terraform-plugins')
  mkdirSync(cache, { recursive: true })
  return { TF_PLUGIN_CACHE_DIR: cache }
}

/** The variable would go before the setting of the CLI configuration. */
function configuresCache(env: NodeJS.ProcessEnv): boolean {
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
