/** Which jobs hold something worth stealing, so that the code of a fork is not executed in them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { heldCredentials } from '../../src/terraform/credentials.ts'

let home: string
let checkout: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'))
  checkout = join(home, 'work')
})
afterEach(() => rmSync(home, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A job on a machine of GitHub, with variables of its image that only look dangerous. */
const hosted = () => ({
  HOME: home,
  RUNNER_ENVIRONMENT: 'github-hosted',
  RUNNER_TRACKING_ID: 'github_1',
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/mcp-server',
  ACTIONS_RUNTIME_TOKEN: 'runtime',
  ACTIONS_RUNTIME_URL: 'https://pipelines.actions.githubusercontent.com/x/',
  ACTIONS_RESULTS_URL: 'https://results-receiver.actions.githubusercontent.com/',
  ACTIONS_RUNNER_ACTION_ARCHIVE_CACHE: '/opt/actionarchivecache',
  AZURE_EXTENSION_DIR: '/opt/az/azcliextensions',
  XDG_SESSION_ID: '2',
  XDG_CONFIG_HOME: '/home/runner/.config',
  JAVA_HOME_17_X64: '/usr/lib/jvm/temurin-17-jdk-amd64',
  HOMEBREW_CLEANUP_PERIODIC_FULL_DAYS: '3650',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: '',
  'INPUT_GITHUB-TOKEN': '',
  INPUT_COMMAND: 'auto',
  'INPUT_BACKEND-CONFIG': 'bucket=b\nkey=k.tfstate\nregion=eu-west-1',
  'INPUT_TERRAFORM-MIRROR-KEY': '-----BEGIN PGP PUBLIC KEY BLOCK-----',
  'INPUT_WEBHOOK-URL': '',
})
const held = (env: NodeJS.ProcessEnv, isTokenPublic = false) =>
  heldCredentials({ ...hosted(), ...env }, { isTokenPublic, checkouts: [join(home, 'workspace'), checkout] })

test('a machine of GitHub with nothing of the workflow holds none', () => {
  expect(held({})).toEqual([])
})

test.each([
  ['AWS_ACCESS_KEY_ID'],
  ['AWS_SESSION_TOKEN'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE'],
  ['AWS_PROFILE'],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
  ['ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
  ['ACTIONS_ID_TOKEN_REQUEST_URL'],
  ['TF_VAR_password'],
  ['TF_VAR_region'],
  ['TF_TOKEN_app_terraform_io'],
  ['TF_CLI_ARGS_plan'],
  ['TF_ENCRYPTION'],
  ['KUBECONFIG'],
  ['GOOGLE_APPLICATION_CREDENTIALS'],
  ['ARM_CLIENT_SECRET'],
  ['VAULT_ADDR'],
  ['GITHUB_TOKEN'],
  ['GH_TOKEN'],
  ['DATABASE_URL'],
  ['SENTRY_DSN'],
  ['MY_PAT'],
  ['npm_config_api_key'],
  ['SSH_AUTH_SOCK'],
  ['ADMIN_PWD'],
  ['DB_PASS'],
  ['REGISTRY_AUTH'],
  ['SESSION_COOKIE'],
  ['STORAGE_SAS'],
  ['SERVICE_JWT'],
  ['DEPLOY_CREDS'],
])('the variable %s is one', name => {
  expect(held({ [name]: 'value' })).toEqual([name])
})

test.each([
  ['INPUT_GITHUB-TOKEN', 'input github-token'],
  ['INPUT_PLAN-APPROVAL-KEY', 'input plan-approval-key'],
  ['INPUT_MCP-HEADERS', 'input mcp-headers'],
  ['INPUT_MCP-OAUTH-CLIENT-SECRET', 'input mcp-oauth-client-secret'],
  ['INPUT_ALIVEMCP-API-KEY', 'input alivemcp-api-key'],
  ['INPUT_WEBHOOK-URL', 'input webhook-url'],
  ['INPUT_WEBHOOK-SECRET', 'input webhook-secret'],
])('%s is one, by its name and never by its value', (name, shown) => {
  expect(held({ [name]: 'value' })).toEqual([shown])
})

test('a variable that the workflow took away is none', () => {
  expect(held({ AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', TF_VAR_x: '' })).toEqual([])
})

test('a CLI configuration with credentials is one, another is not', () => {
  const file = join(home, 'terraformrc')
  write(file, 'plugin_cache_dir = "/cache"\n')
  expect(held({ TF_CLI_CONFIG_FILE: file })).toEqual([])
  write(file, 'credentials "app.terraform.io" {\n  token = "x"\n}\n')
  expect(held({ TF_CLI_CONFIG_FILE: file })).toEqual(['TF_CLI_CONFIG_FILE'])
})

test('a password in any address, and one of the backend, is one', () => {
  expect(held({ SOME_ENDPOINT: 'https://ci:hunter2@example.com/' })).toEqual(['SOME_ENDPOINT'])
  expect(held({ https_proxy: 'http://proxy.example:3128' })).toEqual([])
  expect(held({ 'INPUT_BACKEND-CONFIG': 'bucket=b\nsecret_key = x' })).toEqual(['input backend-config'])
})

test('the token of a fork’s run on a public repository opens nothing, whatever its variable; another token does', () => {
  const token = { 'INPUT_GITHUB-TOKEN': 'ghs_1', GITHUB_TOKEN: 'ghs_1' }
  expect(held(token, true)).toEqual([])
  expect(held(token, false)).toEqual(['GITHUB_TOKEN', 'input github-token'])
  expect(held({ ...token, GH_TOKEN: 'ghp_2' }, true)).toEqual(['GH_TOKEN'])
})

test('files of the home directory are named', () => {
  write(join(home, '.aws/credentials'), '[default]')
  write(join(home, '.docker/config.json'), '{ "auths": {} }')
  write(join(home, '.terraformrc'), 'plugin_cache_dir = "/cache"\n')
  write(join(home, '.terraform.d/credentials.tfrc.json'), '{}')
  write(join(home, '.ssh/id_ed25519'), 'key')
  expect(held({})).toEqual(['~/.aws/credentials', '~/.terraform.d/credentials.tfrc.json', '~/.ssh/id_ed25519'])
})

test.each(['.config/gh/hosts.yml', '.m2/settings.xml', '.config/containers/auth.json'])(
  'the file ~/%s counts if it has a credential',
  path => {
    write(join(home, path), 'nothing')
    expect(held({})).toEqual([])
    write(join(home, path), 'oauth_token: x <password>x</password> "auth": "x"')
    expect(held({})).toEqual([`~/${path}`])
  },
)

test('the token that actions/checkout left is one, unless everybody could have it', () => {
  write(join(checkout, '.git/config'), '[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic eA==\n')
  expect(held({})).toEqual(['.git/config'])
  expect(held({}, true)).toEqual([])
})

test.each([undefined, '', 'self-hosted', 'another'])('a machine of one’s own is one: %s', RUNNER_ENVIRONMENT => {
  expect(held({ RUNNER_ENVIRONMENT })).toEqual(['a runner that is not hosted by GitHub'])
})
