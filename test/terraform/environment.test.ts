/** What Terraform and the programs that it starts see of the job's environment, for our own code and for somebody else's. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasCliSetting, terraformEnvironment, untrustedSettings } from '../../src/terraform/environment.ts'

const job = {
  PATH: '/usr/bin',
  HOME: '/home/runner',
  HTTPS_PROXY: 'http://proxy.example:3128',
  TF_PLUGIN_CACHE_DIR: '/cache',
  AWS_ACCESS_KEY_ID: 'AKIA',
  AWS_SESSION_TOKEN: 'session',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc',
  ACTIONS_RUNTIME_TOKEN: 'runtime',
  'INPUT_GITHUB-TOKEN': 'ghs_input',
  STATE_running: 'saved',
  GITHUB_TOKEN: 'ghs_env',
  TF_VAR_password: 'variable',
  TF_TOKEN_app_terraform_io: 'registry',
  DATABASE_PASSWORD: 'database',
  npm_config_api_key: 'npm',
}

test('code of a fork or of Dependabot gets nothing that opens a door', () => {
  const result = terraformEnvironment(job, false)
  expect(Object.keys(result).sort()).toEqual(
    ['CHECKPOINT_DISABLE', 'HOME', 'HTTPS_PROXY', 'PATH', 'TF_INPUT', 'TF_IN_AUTOMATION'].sort(),
  )
})

test('code of the repository gets all but what is for the action alone', () => {
  const { 'INPUT_GITHUB-TOKEN': _, STATE_running: __, ACTIONS_RUNTIME_TOKEN: ___, ...rest } = job
  expect(terraformEnvironment(job)).toEqual({ ...rest, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' })
})

test('untrusted code gets the CLI configuration of the workflow, and none of its own', () => {
  const of = (TF_CLI_CONFIG_FILE: string) =>
    untrustedSettings({ GITHUB_WORKSPACE: '/home/runner/checkout', TF_CLI_CONFIG_FILE })
  expect(of('/etc/terraformrc')).toEqual({ TF_CLI_CONFIG_FILE: '/etc/terraformrc' })
  for (const file of ['/home/runner/checkout/.terraformrc', '/home/runner/checkout/../checkout/rc', 'terraform.rc', ''])
    expect(of(file)).toEqual({})
  expect(untrustedSettings({ TF_CLI_CONFIG_FILE: '/etc/terraformrc' })).toEqual({})
})

describe.runIf(process.platform !== 'win32')('the plugin cache of a CLI configuration', () => {
  const setting = /^plugin_cache_dir = "theirs"$/m

  /** The environment of a runner whose home directory has these files. */
  function homeWith(...files: readonly string[]): { HOME: string; XDG_CONFIG_HOME: string } {
    const home = mkdtempSync(join(tmpdir(), 'home-'))
    onTestFinished(() => rmSync(home, { recursive: true }))
    for (const file of files) {
      mkdirSync(join(home, file, '..'), { recursive: true })
      writeFileSync(join(home, file), 'plugin_cache_dir = "theirs"\n')
    }
    return { HOME: home, XDG_CONFIG_HOME: join(home, '.config') }
  }

  test.each([
    ['.terraformrc', true, true],
    ['.tofurc', false, true],
    ['.config/opentofu/tofurc', false, true],
    ['.terraform.d/cache.tfrc', true, true],
    ['.config/opentofu/cache.tfrc', false, true],
    ['.terraform.d/cache.txt', false, false],
  ] as const)('%s is read by Terraform: %s, by OpenTofu: %s', (file, terraform, tofu) => {
    const env = homeWith(file)
    expect(hasCliSetting('terraform', env, setting)).toBe(terraform)
    expect(hasCliSetting('tofu', env, setting)).toBe(tofu)
  })

  test("OpenTofu's own file replaces Terraform's", () => {
    const env = homeWith('.terraformrc')
    writeFileSync(join(env.HOME, '.tofurc'), '')
    expect(hasCliSetting('tofu', env, setting)).toBe(false)
    expect(hasCliSetting('terraform', env, setting)).toBe(true)
  })

  test('a file that a variable names is the only one', () => {
    const env = homeWith('.terraformrc', 'own.tfrc')
    const none = join(env.HOME, 'none.tfrc')
    expect(hasCliSetting('terraform', { ...env, TF_CLI_CONFIG_FILE: none }, setting)).toBe(false)
    expect(hasCliSetting('terraform', { ...env, TF_CLI_CONFIG_FILE: join(env.HOME, 'own.tfrc') }, setting)).toBe(true)
  })
})
