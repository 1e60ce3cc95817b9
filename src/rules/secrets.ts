/**
 * Rules about secrets in places with too many readers: state, task definition, user data. Findings contain names, never values.
 */

import { asList, asObject } from '../json.ts'
import { asString, type ChangedResource, containersOf, differs } from './plan-view.ts'
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
      'A sensitive value, or one with the name of a secret, is in the plain environment of a container or in user data.',
    why: 'Everybody who may read task definitions (`ecs:DescribeTaskDefinition`) or instance attributes can read it. Old revisions contain it permanently, and so does the state.',
    instead:
      'Store it in Secrets Manager or in a SecureString parameter, and name its ARN under `secrets` of the container. On an instance, read it at boot with the role of the instance. With terraform/ecs: `secrets` or `managed_secrets`.',
    find: plan => [
      ...plan.changed('aws_ecs_task_definition').flatMap((definition): RuleMatch[] => {
        const { address, kind, before, after, sensitive } = definition
        if (kind === 'delete' || !differs(definition, 'container_definitions')) return []
        const old = plainSecretVariables(before.container_definitions)
        const names = plainSecretVariables(after.container_definitions).filter(name => !old.includes(name))
        const isSensitive = sensitive.container_definitions === true
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
        const attribute = ['user_data', 'user_data_base64'].find(
          name => instance.sensitive[name] === true && instance.kind !== 'delete' && differs(instance, name),
        )
        return attribute === undefined
          ? []
          : [
              {
                address: instance.address,
                sentence: `A value that is marked as sensitive is in ${attribute}: every process on the instance and everybody who may read instance attributes can read it.`,
                fix: 'Read the secret at boot from Secrets Manager with the role of the instance.',
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

/** Names of the plain environment variables that contain a secret. */
function plainSecretVariables(definitions: unknown): string[] {
  return containersOf(definitions).flatMap(container =>
    asList(container.environment)
      .map(asObject)
      .filter(({ value }) => typeof value === 'string' && value !== '' && !value.startsWith('arn:'))
      .flatMap(({ name }) => asString(name) ?? [])
      .filter(name => secretNamePattern.test(name)),
  )
}
