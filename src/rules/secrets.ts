/**
 * Rules about secrets in places with too many readers: state, task definition, user data. Findings contain names, never values.
 */

import { asList, asObject, type JsonObject } from '../json.ts'
import { gunzippedText } from '../text.ts'
import { asString, type ChangedResource, containersOf, differs, firstBlock, type PlanView } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

/** Attributes that store a secret in the state, and the arguments that avoid it, by resource type. */
const storedSecrets: Readonly<Record<string, readonly { readonly attribute: string; readonly instead: string }[]>> = {
  aws_secretsmanager_secret_version: [
    { attribute: 'secret_string', instead: 'secret_string_wo and secret_string_wo_version' },
    { attribute: 'secret_binary', instead: 'secret_string_wo and secret_string_wo_version' },
  ],
  aws_ssm_parameter: [{ attribute: 'value', instead: 'value_wo and value_wo_version' }],
  aws_db_instance: [{ attribute: 'password', instead: 'manage_master_user_password = true, or password_wo' }],
  aws_rds_cluster: [
    { attribute: 'master_password', instead: 'manage_master_user_password = true, or master_password_wo' },
  ],
  aws_docdb_cluster: [{ attribute: 'master_password', instead: 'manage_master_user_password = true' }],
  aws_redshift_cluster: [{ attribute: 'master_password', instead: 'manage_master_password = true' }],
  aws_elasticache_replication_group: [{ attribute: 'auth_token', instead: 'authentication by user groups or IAM' }],
}

/** Resource types that generate a secret in the state, and their replacements. */
const generatedSecrets: Readonly<Record<string, string>> = {
  random_password: 'the ephemeral resource random_password with a write-only argument',
  tls_private_key: 'the ephemeral resource tls_private_key with a write-only argument, or a certificate of ACM',
  aws_iam_access_key: 'a role',
}

/** Names of variables that contain a secret itself, unlike `API_KEY_HEADER` or `TOKEN_LIMIT`. */
const secretNamePattern =
  /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|SECRET_?KEY|SECRET_ACCESS_KEY)$/i

export const secretRules = {
  'secret-in-state': {
    severity: 'warning',
    finds:
      'A secret is written into the state: a value of Secrets Manager or a SecureString parameter, the password of a database, a generated password, key or access key.',
    why: 'Terraform stores the value in clear text in its state and in every saved plan. Every reader of the state bucket has the secret, and everybody who plans must read it.',
    instead:
      'Use the write-only argument, such as `secret_string_wo` with `secret_string_wo_version` (Terraform 1.11, AWS provider 5.89 or later), with an ephemeral variable. Or let AWS generate the secret, as with `manage_master_user_password`. With terraform/ecs: `managed_secrets` and `secret_values`. Change every secret that has been in a state.',
    find: plan => [
      ...plan.changed(...Object.keys(storedSecrets)).flatMap((resource): RuleMatch[] => {
        if (resource.kind === 'delete') return []
        if (resource.type === 'aws_ssm_parameter' && resource.after.type !== 'SecureString') return []
        return (storedSecrets[resource.type] ?? [])
          .filter(({ attribute }) => isWritten(resource, attribute))
          .map(({ attribute, instead }) => ({
            address: resource.address,
            sentence: `The value of ${attribute} is stored in clear text in the state and in saved plans.`,
            fix: `Use ${instead} instead, and change the secret if it has been in a state before.`,
          }))
      }),
      ...plan.changed(...Object.keys(generatedSecrets)).flatMap(({ type, address, kind }) =>
        kind === 'delete' || kind === 'update'
          ? []
          : {
              address,
              sentence: `The secret that ${type} generates is stored in clear text in the state.`,
              fix: `Use ${generatedSecrets[type]} instead.`,
            },
      ),
    ],
  },
  'secret-in-environment': {
    severity: 'warning',
    finds:
      'A sensitive value, or one with the name of a secret, is in user data or in the plain environment of a container or function. Empty values do not count.',
    why: 'Everybody who may read task definitions (`ecs:DescribeTaskDefinition`), functions or instance attributes can read it. Old revisions contain it permanently, and so does the state.',
    instead:
      'Store it in Secrets Manager or in a SecureString parameter, and name its ARN under `secrets` of the container. On an instance or in a Lambda function, read it at the start with its role. With terraform/ecs: `secrets` or `managed_secrets`.',
    judges: {
      aws_ecs_task_definition: ['container_definitions'],
      aws_instance: ['user_data', 'user_data_base64'],
      aws_launch_template: ['user_data'],
    },
    find: plan => [
      ...plan.changed('aws_ecs_task_definition').flatMap((definition): RuleMatch[] => {
        const { address, kind, before, after, sensitive } = definition
        if (kind === 'delete' || !differs(definition, 'container_definitions')) return []
        const old = plainSecretVariables(before.container_definitions)
        const names = plainSecretVariables(after.container_definitions).filter(name => !old.includes(name))
        const isSensitive =
          sensitive.container_definitions === true && !holdsOnlyEmpty(plan, after.container_definitions)
        if (names.length === 0 && !isSensitive) return []
        const what =
          names.length > 0 ? `The environment contains ${names.join(', ')}` : 'A value that is marked as sensitive is'
        return [
          {
            address,
            sentence: `${what} in clear text in the container definitions: everybody who may read task definitions or the state can read it.`,
            fix: 'Store it in Secrets Manager and name its ARN under secrets of the container.',
          },
        ]
      }),
      ...plan.changed('aws_instance', 'aws_launch_template').flatMap((instance): RuleMatch[] => {
        if (instance.kind === 'delete') return []
        for (const name of ['user_data', 'user_data_base64']) {
          if (!differs(instance, name)) continue
          const isSensitive = instance.sensitive[name] === true && !holdsOnlyEmpty(plan, instance.after[name])
          const old = assignedSecrets(scriptOf(instance.before[name]))
          const scripts = isHash(instance.after[name])
            ? plan.configured.sources(instance.address, name).map(({ value }) => value)
            : [instance.after[name]]
          const names = scripts.flatMap(text => assignedSecrets(scriptOf(text))).filter(each => !old.includes(each))
          if (!isSensitive && names.length === 0) continue
          const what =
            names.length > 0 ? `The script sets ${names.join(', ')}` : 'A value that is marked as sensitive is'
          return [
            {
              address: instance.address,
              sentence: `${what} in ${name}: every process on the instance and everybody who may read instance attributes can read it.`,
              fix: 'Read the secret at boot from Secrets Manager with the role of the instance.',
            },
          ]
        }
        return []
      }),
      ...plan.changed(...Object.keys(environments)).flatMap((resource): RuleMatch[] => {
        const { address, type, kind, before, after } = resource
        const read = environments[type]
        if (kind === 'delete' || read === undefined) return []
        const old = secretNames(read(before))
        const names = secretNames(read(after)).filter(name => !old.includes(name))
        if (names.length === 0) return []
        return [
          {
            address,
            sentence: `The environment contains ${names.join(', ')} in clear text: everybody who may read the ${type === 'aws_apprunner_service' ? 'service' : 'function'} or the state can read it.`,
            fix:
              type === 'aws_apprunner_service'
                ? 'Store it in Secrets Manager and name its ARN under runtime_environment_secrets.'
                : 'Read the secret from Secrets Manager with the role of the function.',
          },
        ]
      }),
    ],
  },
} as const satisfies Record<string, Rule>

/**
 * Whether this plan writes the attribute into the state. It does not if the resource uses a write-only argument or AWS
 * generates the value; an unknown value then comes from the provider.
 */
function isWritten(resource: ChangedResource, attribute: string): boolean {
  const { kind, after, unknown } = resource
  const usesOther =
    typeof after[`${attribute}_wo_version`] === 'number' ||
    typeof after.secret_string_wo_version === 'number' ||
    after.manage_master_user_password === true ||
    after.manage_master_password === true
  if (usesOther) return false
  const value = after[attribute]
  const isThere = (value !== undefined && value !== null && value !== '') || unknown[attribute] === true
  return isThere && (kind === 'create' || differs(resource, attribute))
}

/** Readers of environments that are maps of names to values, by resource type. */
const environments: Readonly<Record<string, (attributes: JsonObject) => JsonObject>> = {
  aws_lambda_function: ({ environment }) => asObject(firstBlock(environment).variables),
  aws_bedrockagentcore_agent_runtime: ({ environment_variables }) => asObject(environment_variables),
  aws_apprunner_service: ({ source_configuration }) => {
    const source = firstBlock(source_configuration)
    const image = firstBlock(firstBlock(source.image_repository).image_configuration)
    return asObject(image.runtime_environment_variables)
  },
}

/** Names of the plain environment variables that contain a secret. */
function plainSecretVariables(definitions: unknown): string[] {
  return containersOf(definitions).flatMap(container =>
    asList(container.environment)
      .map(asObject)
      .flatMap(({ name, value }) => secretNames({ [asString(name) ?? '']: value })),
  )
}

/** Names of secrets in a map of names to values. An ARN names a secret and does not hold it. */
function secretNames(variables: JsonObject): string[] {
  return Object.entries(variables)
    .filter(([, value]) => typeof value === 'string' && value !== '' && !value.startsWith('arn:'))
    .map(([name]) => name)
    .filter(name => secretNamePattern.test(name))
}

/** Whether a value is a SHA-1 digest, which version 5 of the provider shows instead of user data. */
function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[\da-f]{40}$/.test(value)
}

/** The text of user data, which some arguments hold in base64, packed by gzip or not. */
function scriptOf(userData: unknown): string {
  const text = asString(userData) ?? ''
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(text)) return text
  const bytes = Buffer.from(text, 'base64')
  const decoded = gunzippedText(bytes) ?? bytes.toString('utf8')
  // A text that is not base64 decodes to bytes that are not UTF-8.
  return decoded.includes('\ufffd') ? text : decoded
}

/** Names of secrets that a script sets to a value of its own text, not to the output of a command or another variable. */
function assignedSecrets(script: string): string[] {
  const assignments = script.matchAll(
    /(?:^|[\s;"'])(?:export\s+|-e\s+|--env\s+)?([A-Z][A-Z0-9_]{2,60})=(["']?)([^\s"';]+)/g,
  )
  const names = [...assignments].flatMap(([, name = '', , value = '']) =>
    /^[$`<]/.test(value) || value.startsWith('arn:') ? [] : [name],
  )
  return [...new Set(names)].filter(name => secretNamePattern.test(name))
}

/**
 * Whether a text is marked as sensitive only because of variables without a value: some sensitive variable is empty, and no other
 * one is in the text.
 */
function holdsOnlyEmpty({ secretVariables }: PlanView, text: unknown): boolean {
  if (typeof text !== 'string') return false
  const isEmpty = (value: unknown) => value === '' || value === null
  const filled = secretVariables.filter(value => !isEmpty(value))
  if (filled.length === secretVariables.length) return false
  return filled.every(value => typeof value === 'string' && !scriptOf(text).includes(value))
}
