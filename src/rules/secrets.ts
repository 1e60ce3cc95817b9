/**
 * Rules about secrets that end where more people read than should: in the state, in a task definition, in user data. No
 * value is ever repeated; names are.
 */

import { asList, asObject } from '../json.ts'
import { type Changed, containersOf, differs, text } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

/** Attributes that keep a secret in the state, and the argument that does not. */
const kept: Readonly<Record<string, readonly { readonly attribute: string; readonly instead: string }[]>> = {
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

/** Resources whose very result is a secret in the state, and what keeps it out. */
const generated: Readonly<Record<string, string>> = {
  random_password: 'the ephemeral resource random_password with a write-only argument',
  tls_private_key: 'the ephemeral resource tls_private_key with a write-only argument, or a certificate of ACM',
  aws_iam_access_key: 'a role',
}

/** Names that end like this hold the secret itself; `API_KEY_HEADER` or `TOKEN_LIMIT` do not. */
const secretName =
  /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|SECRET_?KEY|SECRET_ACCESS_KEY)$/i

export const secretRules = {
  'secret-in-state': {
    severity: 'warning',
    finds:
      'A secret is written into the state: a value of Secrets Manager or a SecureString parameter, the password of a database, a generated password, key or access key.',
    why: 'Terraform keeps the value in clear text in its state and in every saved plan. Whoever may read the state bucket, which everybody who plans must, has the secret.',
    instead:
      'Use the write-only argument, such as `secret_string_wo` with `secret_string_wo_version` (Terraform 1.11, AWS provider 5.89 or later), with an ephemeral variable; or let AWS make the secret, as with `manage_master_user_password`. With terraform/ecs: `managed_secrets` and `secret_values`. A value that has been in a state must be changed.',
    find: plan => [
      ...plan.changed(...Object.keys(kept)).flatMap((resource): RuleMatch[] => {
        if (resource.doing === 'delete') return []
        if (resource.type === 'aws_ssm_parameter' && resource.after.type !== 'SecureString') return []
        return (kept[resource.type] ?? [])
          .filter(({ attribute }) => isWritten(resource, attribute))
          .map(({ attribute, instead }) => ({
            address: resource.address,
            sentence: `What is set as ${attribute} is kept in clear text in the state and in saved plans.`,
            fix: `Use ${instead} instead, and change the secret if it has been in a state before.`,
          }))
      }),
      ...plan.changed(...Object.keys(generated)).flatMap(({ type, address, doing }) =>
        doing === 'delete' || doing === 'update'
          ? []
          : {
              address,
              sentence: `The secret that ${type} generates is kept in clear text in the state.`,
              fix: `Use ${generated[type]} instead.`,
            },
      ),
    ],
  },
  'secret-in-environment': {
    severity: 'warning',
    finds:
      'A value that Terraform marks as sensitive, or one whose name says that it is a secret, is put into the plain environment of a container or into user data.',
    why: 'Everybody who may read task definitions (`ecs:DescribeTaskDefinition`) or instance attributes sees it, old revisions keep it for ever, and it is in the state.',
    instead:
      'Keep it in Secrets Manager or in a SecureString parameter and name its ARN under `secrets` of the container; on an instance read it at boot with the role of the instance. With terraform/ecs: `secrets` or `managed_secrets`.',
    find: plan => [
      ...plan.changed('aws_ecs_task_definition').flatMap((definition): RuleMatch[] => {
        const { address, doing, before, after, sensitive } = definition
        if (doing === 'delete' || !differs(definition, 'container_definitions')) return []
        const old = secretVariables(before.container_definitions)
        const names = secretVariables(after.container_definitions).filter(name => !old.includes(name))
        const isSensitive = sensitive.container_definitions === true
        if (names.length === 0 && !isSensitive) return []
        const what =
          names.length > 0 ? `The environment holds ${names.join(', ')}` : 'A value that is marked as sensitive is'
        return [
          {
            address,
            sentence: `${what} in clear text in the container definitions: whoever may read task definitions or the state sees it.`,
            fix: 'Keep it in Secrets Manager and name its ARN under secrets of the container.',
          },
        ]
      }),
      ...plan.changed('aws_instance', 'aws_launch_template').flatMap((instance): RuleMatch[] => {
        const held = ['user_data', 'user_data_base64'].find(
          name => instance.sensitive[name] === true && instance.doing !== 'delete' && differs(instance, name),
        )
        return held === undefined
          ? []
          : [
              {
                address: instance.address,
                sentence: `A value that is marked as sensitive is in ${held}: every process on the instance and whoever may read instance attributes sees it.`,
                fix: 'Read the secret at boot from Secrets Manager with the role of the instance.',
              },
            ]
      }),
    ],
  },
} as const satisfies Record<string, Rule>

/**
 * Whether this plan writes the attribute itself. Where a provider fills it in, because a write-only argument is used or
 * AWS makes the value, an unknown one says nothing.
 */
function isWritten(resource: Changed, attribute: string): boolean {
  const { doing, after, unknown } = resource
  const usesOther =
    typeof after[`${attribute}_wo_version`] === 'number' ||
    typeof after.secret_string_wo_version === 'number' ||
    after.manage_master_user_password === true ||
    after.manage_master_password === true
  if (usesOther) return false
  const value = after[attribute]
  const isThere = (value !== undefined && value !== null && value !== '') || unknown[attribute] === true
  return isThere && (doing === 'create' || differs(resource, attribute))
}

/** `container: NAME` of each variable that reads like a secret and has a value. */
function secretVariables(definitions: unknown): string[] {
  return containersOf(definitions).flatMap(container =>
    asList(container.environment)
      .map(asObject)
      .filter(({ value }) => typeof value === 'string' && value !== '' && !value.startsWith('arn:'))
      .flatMap(({ name }) => text(name) ?? [])
      .filter(name => secretName.test(name)),
  )
}
