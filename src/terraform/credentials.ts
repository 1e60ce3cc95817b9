/**
 * The credentials that a job holds. A program can read the environment of the process that started it and the files of its user. So the
 * code of a fork or of Dependabot is executed only in a job in which nothing is found here.
 */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { hasSecretWord } from '../secret-parts.ts'

/** Settings of the AWS SDKs and of runner images that open nothing. */
const harmless =
  /^(AWS_(DEFAULT_REGION|REGION|ENDPOINT_URL\w*|S3_ENDPOINT|USE_\w+|CA_BUNDLE|MAX_ATTEMPTS|RETRY_MODE|PAGER|DEFAULT_OUTPUT|EC2_METADATA_DISABLED|STS_REGIONAL_ENDPOINTS|SDK_\w+)|AZURE_(EXTENSION_DIR|CORE_\w+)|ACTIONS_RUNTIME_TOKEN|INPUT_TERRAFORM-MIRROR-KEY)$/

/** Further variables of which any value can open something. Terraform's variables and arguments hold whatever the workflow puts in. */
const doors = new RegExp(
  [
    '^(AWS|AZURE|ARM|GOOGLE|GCP|GCLOUD|CLOUDSDK|VAULT|CONSUL|NOMAD|KUBE|DOCKER|OCI|ALICLOUD|DIGITALOCEAN|HCP|TFE|PG|MYSQL|REDIS|MONGO)_',
    '^(KUBECONFIG|NETRC|PGPASSFILE|SSH_AUTH_SOCK|GIT_ASKPASS|SSH_ASKPASS|TF_ENCRYPTION|BASH_ENV)$',
    '^TF_(VAR_|TOKEN_|CLI_ARGS|HTTP_)',
    '^ACTIONS_ID_TOKEN_REQUEST_',
    '^INPUT_(MCP-HEADERS|WEBHOOK-URL)$',
    '-KEY$|(DATABASE|DB|WEBHOOK)_URL',
  ].join('|'),
  'i',
)

/** Values with which a workflow takes a variable or a file away. */
const isNothing = /^(\/dev\/null|NUL)?$/

/** A user name and a password in an address. */
const userInfo = /:\/\/[^/\s:@]+:[^/\s@]+@/

/** Settings of a backend that are credentials, in the input backend-config. */
const backendCredential = /^\s*\w*(access_key|secret|password|token|sas)\w*\s*=/im

/** Blocks of a CLI configuration with credentials; those of OCI registries are OpenTofu's. */
const cliCredentials = /^\s*(credentials(_helper)?|oci_\w*credentials)\b/m

/** Files in which programs keep credentials, in the home directory; with a pattern, only if they contain it. */
const files: readonly (readonly [path: string, content?: RegExp])[] = [
  ['.aws/credentials'],
  ['.aws/config', /credential_process|sso_|role_arn|aws_access_key_id/],
  ['.aws/sso/cache'],
  ['.aws/cli/cache'],
  ['.azure/msal_token_cache.json'],
  ['.azure/msal_token_cache.bin'],
  ['.azure/service_principal_entries.json'],
  ['.config/gcloud/application_default_credentials.json'],
  ['.config/gcloud/credentials.db'],
  ['.kube/config'],
  ['.docker/config.json', /"(auth|identitytoken|credsStore|credHelpers)"/],
  ['.terraform.d/credentials.tfrc.json'],
  ['.terraformrc', cliCredentials],
  ['.tofurc', cliCredentials],
  ['.config/opentofu/tofurc', cliCredentials],
  ['.config/opentofu/credentials.tfrc.json'],
  ['.netrc'],
  ['.git-credentials'],
  ['.npmrc', /_auth|_password/i],
  ['.pypirc'],
  ['.vault-token'],
  ['.config/gh/hosts.yml', /oauth_token/],
  ['.config/containers/auth.json', /"auth"/],
  ['.config/helm/registry/config.json', /"auth"/],
  ['.config/doctl/config.yaml'],
  ['.oci/config'],
  ['.cargo/credentials.toml'],
  ['.gem/credentials'],
  ['.m2/settings.xml', /<password>/],
  ['.ssh/id_rsa'],
  ['.ssh/id_ed25519'],
  ['.ssh/id_ecdsa'],
]

/** What is known of the run. */
export interface CredentialContext {
  /** Whether GitHub's own token of this job can only read what everybody can read. */
  readonly isTokenPublic: boolean
  /** The directories of checkouts, where actions/checkout can leave the token. */
  readonly checkouts: readonly string[]
}

/**
 * Lists the credentials that the job holds, by the names of their variables, inputs and files; never by their values.
 * @param env the environment of the action
 */
export function heldCredentials(env: NodeJS.ProcessEnv, { isTokenPublic, checkouts }: CredentialContext): string[] {
  const token = env['INPUT_GITHUB-TOKEN']
  const isDoor = (name: string, value: string) =>
    !harmless.test(name) &&
    !(isTokenPublic && value === token) &&
    (doors.test(name) ||
      hasSecretWord(name) ||
      userInfo.test(value) ||
      (name === 'INPUT_BACKEND-CONFIG' && backendCredential.test(value)))
  const variables = Object.entries(env)
    .filter((entry): entry is [string, string] => entry[1] !== undefined && !isNothing.test(entry[1]))
    .filter(([name, value]) => isDoor(name, value))
    .map(([name]) => (name.startsWith('INPUT_') ? `input ${name.slice('INPUT_'.length).toLowerCase()}` : name))
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  const inHome = files.flatMap(([path, content]) => (contains(join(home, path), content) ? [`~/${path}`] : []))
  const cliConfiguration = env.TF_CLI_CONFIG_FILE ?? ''
  const ofTerraform = contains(cliConfiguration, cliCredentials) ? ['TF_CLI_CONFIG_FILE'] : []
  const hasToken = (checkout: string) => contains(join(checkout, '.git/config'), /extraheader|includeif|insteadof/i)
  const gitToken = !isTokenPublic && checkouts.some(hasToken)
  // The machine of a self-hosted runner has a network, and often a role, that nothing here can see.
  const machine = env.RUNNER_ENVIRONMENT === 'github-hosted' ? [] : ['a runner that is not hosted by GitHub']
  return [...variables.sort(), ...ofTerraform, ...inHome, ...(gitToken ? ['.git/config'] : []), ...machine]
}

function contains(file: string, content: RegExp | undefined): boolean {
  if (!existsSync(file)) return false
  if (content === undefined) return true
  try {
    return content.test(readFileSync(file, 'utf8'))
  } catch {
    return true
  }
}
