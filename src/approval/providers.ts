/**
 * Where a plan would create its resources: the arguments of each provider, the account, and the region and endpoints of the
 * environment. Two plans with equal changes for two regions are two plans.
 */
import { asObject } from '../json.ts'
import type { PlanJson, ProviderConfigJson } from '../terraform/json.ts'
import { canonical } from './canonical.ts'
import type { Configuration } from './expression-inputs.ts'
import type { PlanView, Values } from './fingerprint.ts'
import { callerAccounts, type Placeholders } from './placeholders.ts'
import type { PlanSigner } from './signer.ts'

/**
 * Arguments with credentials or a session name. Plan and apply have roles and tokens of their own, so what a variable gives them
 * does not count. What the configuration itself writes does.
 */
const credentialPattern =
  /token|secret|password|passphrase|credential|private_key|(?:access|api|app|client|auth)_?key|session_name|certificate/i

/** Arguments with a role, of which the account counts: plan and apply have roles of their own. */
const rolePattern = /^role_arn$/

/** The settings of a plan's providers under readable names. Sensitive values are keyed. */
export function providerSettings(
  json: PlanJson,
  { configuration, placeholders }: Pick<PlanView, 'configuration' | 'placeholders'>,
  signer: PlanSigner,
  env: NodeJS.ProcessEnv,
): Values {
  const providers = Object.entries(json.configuration?.provider_config ?? {})
  const settings: Record<string, string> = {}
  for (const [key, provider] of providers.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [argument, expression] of Object.entries(provider.expressions ?? {})) {
      const name = `provider ${key}: ${argument}`
      const text = argumentText(argument, expression, { provider, configuration, signer, placeholders, path: name })
      if (text !== '') settings[name] = text
    }
  }
  return { ...settings, ...awsSettings(json, providers, env), ...placesOfOthers(providers, env) }
}

/** Variables by which the environment chooses the place of other providers, by the end of the provider's name. */
const placeVariables: readonly (readonly [provider: RegExp, variables: readonly string[]])[] = [
  [
    /\/hashicorp\/google(?:-beta)?$/,
    [
      ...['GOOGLE_PROJECT', 'GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT'],
      ...['GOOGLE_REGION', 'GCLOUD_REGION', 'CLOUDSDK_COMPUTE_REGION'],
      ...['GOOGLE_ZONE', 'GCLOUD_ZONE', 'CLOUDSDK_COMPUTE_ZONE'],
    ],
  ],
  [/\/(?:hashicorp\/azure(?:rm|ad)|azure\/azapi)$/, ['ARM_SUBSCRIPTION_ID', 'ARM_TENANT_ID', 'ARM_ENVIRONMENT']],
  [/\/hashicorp\/(?:kubernetes|helm)$/, ['KUBE_CTX', 'KUBE_CTX_CLUSTER', 'KUBE_HOST']],
  [/\/cloudflare\/cloudflare$/, ['CLOUDFLARE_ACCOUNT_ID']],
]

function placesOfOthers(providers: readonly (readonly [string, ProviderConfigJson])[], env: NodeJS.ProcessEnv): Values {
  const names = providers.map(([, { full_name = '' }]) => full_name)
  const used = placeVariables.filter(([provider]) => names.some(name => provider.test(name)))
  const found = used.flatMap(([, variables]) => variables.map(name => [name, env[name] ?? ''] as const))
  return Object.fromEntries(
    found.filter(([, value]) => value !== '').map(([name, value]) => [name, withoutUserInfo(value)]),
  )
}

interface ArgumentContext {
  readonly provider: ProviderConfigJson
  readonly configuration: Configuration
  readonly signer: PlanSigner
  readonly placeholders: Placeholders
  readonly path: string
}

/** Canonical text of an argument: its constants, and the values of the variables that its expression refers to. */
function argumentText(name: string, expression: unknown, context: ArgumentContext): string {
  const { provider, configuration, signer, placeholders, path } = context
  const { replace } = placeholders
  const keyed = (value: unknown) => signer.value(path, value)
  if (Array.isArray(expression)) {
    const parts = expression.map(each => argumentText(name, each, context))
    return parts.length === 1 ? (parts[0] ?? '') : `[${parts.join()}]`
  }
  const { constant_value: constant, references, ...nested } = asObject(expression)
  const isCredential = credentialPattern.test(name)
  if (constant !== undefined) {
    if (rolePattern.test(name)) return accountOf(constant)
    return canonical(constant, isCredential || hasCredential(constant), false, keyed, replace)
  }
  if (Array.isArray(references)) {
    if (isCredential) return [...new Set(references)].sort().join(' ')
    const modules = (provider.module_address ?? '').split('.').filter((_, index) => index % 2 === 1)
    const inputs = configuration.ofExpression(modules.join('.'), expression)
    const isRole = rolePattern.test(name)
    const texts = [...(inputs?.values ?? [])].map(([reference, { value, sensitive }]) => {
      const text = isRole
        ? accountOf(value)
        : canonical(value, sensitive || hasCredential(value), false, keyed, replace)
      return `${reference}=${text}`
    })
    return texts.length > 0 ? texts.join(' ') : (inputs?.references.join(' ') ?? '')
  }
  const parts = Object.entries(nested)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([inner, each]) => `${inner}=${argumentText(inner, each, context)}`)
  return parts.join(' ')
}

/** The account of a role's ARN; the whole value if it is not one. */
function accountOf(value: unknown): string {
  const account = typeof value === 'string' ? /^arn:[\w-]+:iam::(\d{12}):/.exec(value)?.[1] : undefined
  return account === undefined ? canonical(value) : `account ${account}`
}

/** Whether a text is a URL with a user name or a password. */
function hasCredential(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][\w+.-]*:\/\/[^/?#\s]*@/i.test(value)
}

/** Arguments of an AWS provider that replace the credentials of the environment. */
const otherCredentials = ['access_key', 'assume_role', 'assume_role_with_web_identity', 'profile']

/** Both providers for AWS read the same variables of the environment. */
const awsProviderPattern = /\/hashicorp\/aws(?:cc)?$/

function awsSettings(
  json: PlanJson,
  providers: readonly (readonly [string, ProviderConfigJson])[],
  env: NodeJS.ProcessEnv,
): Values {
  const aws = providers.filter(([, { full_name = '' }]) => awsProviderPattern.test(full_name))
  if (aws.length === 0) return {}
  const settings: Record<string, string> = {}
  const accounts = callerAccounts(json)
  // With a role or a profile in every block, the credentials of the environment create nothing themselves.
  const usesEnvironment = aws.some(([, { expressions = {} }]) => !otherCredentials.some(name => name in expressions))
  const ofEnvironment = usesEnvironment ? accountOfKey(env.AWS_ACCESS_KEY_ID ?? '') : undefined
  const account = accounts.length > 0 ? accounts.join(' ') : ofEnvironment
  if (account !== undefined) settings['AWS account'] = account
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION
  if (region && aws.some(([, { expressions }]) => expressions?.region === undefined)) settings['AWS region'] = region
  for (const [name, value = ''] of Object.entries(env).sort()) {
    if (/^AWS_ENDPOINT_URL(?:_\w+)?$/.test(name) && value !== '') settings[name] = withoutUserInfo(value)
  }
  return settings
}

/** A URL without user name, password and query, or the text itself if it is not a URL. */
export function withoutUserInfo(text: string): string {
  return text.replace(/^([a-z][\w+.-]*:\/\/)[^/?#\s]*@/i, '$1').replace(/[?#].*$/s, '')
}

/**
 * The account of credentials, which AWS encodes in their access key id: after the four letters of its type and one bit, 40 bits in
 * base32. It costs no request, unlike GetCallerIdentity. Long-lived keys of before 2019 encode none: they lack the bit, so they do not count.
 */
export function accountOfKey(accessKeyId: string): string | undefined {
  if (!/^(?:ASIA[A-Z2-7]|AKIA[Q-Z2-7])[A-Z2-7]{15}$/.test(accessKeyId)) return undefined
  let bits = 0n
  for (const letter of accessKeyId.slice(4, 14))
    bits = (bits << 5n) | BigInt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter))
  const account = (bits >> 9n) & 0xffffffffffn
  return account < 1_000_000_000_000n ? String(account).padStart(12, '0') : undefined
}
