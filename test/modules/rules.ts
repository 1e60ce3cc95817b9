/**
 * What a security scanner would say about a plan, as a table of rules over `terraform show -json`. Each rule looks at the
 * planned values of one kind of resource; what is only known after the apply is not judged. A deliberate exception is
 * named in the module's README, in the table under "Exceptions from the security rules", and nowhere else.
 */
import { listManagedResources, type PlanJson, type StateResource } from '../../src/terraform/json.ts'

export interface Finding {
  /** Id of the rule. */
  readonly rule: string
  readonly address: string
}

interface Rule {
  readonly id: string
  /** What must be true, in words. */
  readonly must: string
  /** The types that it looks at. */
  readonly types: readonly string[]
  /** True when the resource keeps the rule. */
  readonly keeps: (values: Values, others: readonly StateResource[]) => boolean
}

type Values = Readonly<Record<string, unknown>>

/** The first block of a nested list, or an empty one. */
const block = (value: unknown): Values => ([value].flat()[0] ?? {}) as Values

const anywhere = (values: Values) =>
  [values.cidr_ipv4, values.cidr_ipv6].some(cidr => cidr === '0.0.0.0/0' || cidr === '::/0')

interface Statement {
  readonly Effect?: string
  readonly Principal?: unknown
  readonly Action?: string | readonly string[]
  readonly Resource?: string | readonly string[]
}

function statements(document: unknown): Statement[] {
  if (typeof document !== 'string') return []
  return [(JSON.parse(document) as { Statement?: Statement | Statement[] }).Statement ?? []].flat()
}

const allowed = (document: unknown) => statements(document).filter(({ Effect }) => Effect === 'Allow')

/** Whether the plan has a resource of this type for every one that `values` is. Its reference may be known after apply. */
const accompanied = (type: string) => (_: Values, others: readonly StateResource[]) =>
  others.some(each => each.type === type)

export const rules: readonly Rule[] = [
  {
    id: 'open-to-the-world',
    must: 'Only 80 and 443 are open to everybody.',
    types: ['aws_vpc_security_group_ingress_rule'],
    keeps: values =>
      !anywhere(values) || (values.from_port === values.to_port && [80, 443].includes(Number(values.from_port))),
  },
  {
    id: 'open-to-the-world-inline',
    must: 'Rules stand beside their group, where the rule above sees them.',
    types: ['aws_security_group', 'aws_default_security_group'],
    keeps: values => [values.ingress].flat().filter(Boolean).length === 0,
  },
  {
    id: 'egress-anywhere',
    must: 'Nothing may call everything.',
    types: ['aws_vpc_security_group_egress_rule'],
    keeps: values => !anywhere(values),
  },
  {
    id: 'star-action',
    must: 'No policy allows an action with a * in it.',
    types: ['aws_iam_role_policy', 'aws_iam_policy'],
    keeps: ({ policy }) =>
      allowed(policy).every(({ Action }) => ![Action].flat().some(action => action?.includes('*'))),
  },
  {
    id: 'star-resource',
    must: 'No policy allows everything that it allows on every resource, but what only looks.',
    types: ['aws_iam_role_policy', 'aws_iam_policy'],
    keeps: ({ policy }) =>
      allowed(policy).every(
        ({ Action, Resource }) =>
          ![Resource].flat().includes('*') ||
          [Action].flat().every(action => /:(Describe|Get|List)\w*$/.test(action ?? '')),
      ),
  },
  {
    id: 'anybody-may-assume',
    must: 'A role is taken by somebody in particular, and never by a pattern of subjects.',
    types: ['aws_iam_role'],
    keeps: ({ assume_role_policy: policy }) =>
      allowed(policy).every(
        statement => JSON.stringify(statement.Principal) !== '"*"' && !/StringLike|\*/.test(JSON.stringify(statement)),
      ),
  },
  {
    id: 'public-bucket-policy',
    must: 'No bucket policy allows everybody anything.',
    types: ['aws_s3_bucket_policy'],
    keeps: ({ policy }) => allowed(policy).every(({ Principal }) => !JSON.stringify(Principal ?? '').includes('*')),
  },
  {
    id: 'bucket-encrypted',
    must: 'A bucket is encrypted.',
    types: ['aws_s3_bucket'],
    keeps: accompanied('aws_s3_bucket_server_side_encryption_configuration'),
  },
  {
    id: 'bucket-versioned',
    must: 'A bucket keeps old versions.',
    types: ['aws_s3_bucket_versioning'],
    keeps: values => block(values.versioning_configuration).status === 'Enabled',
  },
  {
    id: 'bucket-private',
    must: 'Public access to a bucket is blocked, in all four ways.',
    types: ['aws_s3_bucket_public_access_block'],
    keeps: values =>
      ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].every(
        way => values[way] === true,
      ),
  },
  {
    id: 'bucket-has-access-block',
    must: 'A bucket has a public access block.',
    types: ['aws_s3_bucket'],
    keeps: accompanied('aws_s3_bucket_public_access_block'),
  },
  {
    id: 'bucket-tls-only',
    must: 'A bucket refuses plain HTTP.',
    types: ['aws_s3_bucket'],
    keeps: (_, others) =>
      others.some(
        ({ type, values }) =>
          type === 'aws_s3_bucket_policy' &&
          statements(values?.policy).some(
            statement =>
              statement.Effect === 'Deny' && JSON.stringify(statement).includes('"aws:SecureTransport":"false"'),
          ),
      ),
  },
  {
    id: 'bucket-access-logs',
    must: 'Who reads a bucket is logged.',
    types: ['aws_s3_bucket'],
    keeps: accompanied('aws_s3_bucket_logging'),
  },
  {
    id: 'table-encrypted',
    must: 'A table is encrypted with a key of KMS and can be recovered.',
    types: ['aws_dynamodb_table'],
    keeps: values =>
      block(values.server_side_encryption).enabled === true && block(values.point_in_time_recovery).enabled === true,
  },
  {
    id: 'tls',
    must: 'A listener of HTTPS wants TLS 1.2 at the least and takes 1.3.',
    types: ['aws_lb_listener'],
    keeps: ({ protocol, ssl_policy: policy }) =>
      protocol !== 'HTTPS' || String(policy).startsWith('ELBSecurityPolicy-TLS13-1-2-'),
  },
  {
    id: 'plain-http',
    must: 'A listener of HTTP redirects to HTTPS.',
    types: ['aws_lb_listener'],
    keeps: ({ protocol, default_action: action }) => protocol !== 'HTTP' || block(action).type === 'redirect',
  },
  {
    id: 'load-balancer-headers',
    must: 'A load balancer drops headers that are none.',
    types: ['aws_lb'],
    keeps: values => values.drop_invalid_header_fields === true,
  },
  {
    id: 'load-balancer-deletion-protection',
    must: 'A load balancer is protected from being deleted.',
    types: ['aws_lb'],
    keeps: values => values.enable_deletion_protection === true,
  },
  {
    id: 'load-balancer-access-logs',
    must: 'A load balancer logs its requests.',
    types: ['aws_lb'],
    keeps: values => block(values.access_logs).enabled === true,
  },
  {
    id: 'load-balancer-waf',
    must: 'A public load balancer has a WAF.',
    types: ['aws_lb'],
    keeps: accompanied('aws_wafv2_web_acl_association'),
  },
  {
    id: 'task-public-address',
    must: 'A task has no public address.',
    types: ['aws_ecs_service'],
    keeps: values => block(values.network_configuration).assign_public_ip !== true,
  },
  {
    id: 'ecs-exec',
    must: 'Nobody opens a shell in a task.',
    types: ['aws_ecs_service'],
    keeps: values => values.enable_execute_command !== true,
  },
  {
    id: 'task-privileged',
    must: 'A container has no privileges of the host, and no environment variable that is called a secret.',
    types: ['aws_ecs_task_definition'],
    keeps: ({ container_definitions: text }) =>
      typeof text !== 'string' ||
      (JSON.parse(text) as { privileged?: boolean; environment?: { name: string }[] }[]).every(
        ({ privileged, environment = [] }) =>
          privileged !== true && !environment.some(({ name }) => /PASSWORD|SECRET|TOKEN|API_?KEY/i.test(name)),
      ),
  },
  {
    id: 'container-read-only',
    must: 'A container cannot write to its root file system.',
    types: ['aws_ecs_task_definition'],
    keeps: ({ container_definitions: text }) =>
      typeof text !== 'string' ||
      (JSON.parse(text) as { readonlyRootFilesystem?: boolean }[]).every(each => each.readonlyRootFilesystem === true),
  },
  {
    id: 'container-insights',
    must: 'A cluster has Container Insights.',
    types: ['aws_ecs_cluster'],
    keeps: values => ['enabled', 'enhanced'].includes(String(block(values.setting).value)),
  },
  {
    id: 'log-retention',
    must: 'Logs are kept for a time, and not for ever.',
    types: ['aws_cloudwatch_log_group'],
    keeps: values => Number(values.retention_in_days) > 0,
  },
  {
    id: 'imdsv2',
    must: 'An instance answers to IMDSv2 alone, and not through containers.',
    types: ['aws_instance', 'aws_launch_template'],
    keeps: values => {
      const { http_tokens: tokens, http_put_response_hop_limit: hops } = block(values.metadata_options)
      return tokens === 'required' && Number(hops ?? 1) === 1
    },
  },
  {
    id: 'instance-public-address',
    must: 'An instance has no public address.',
    types: ['aws_instance'],
    keeps: values => values.associate_public_ip_address !== true,
  },
  {
    id: 'disk-encrypted',
    must: 'A disk is encrypted.',
    types: ['aws_instance'],
    keeps: values =>
      [values.root_block_device, values.ebs_block_device]
        .flat()
        .filter(Boolean)
        .every(disk => (disk as Values).encrypted === true) && block(values.root_block_device).encrypted === true,
  },
  {
    id: 'secret-in-plan',
    must: 'The value of a secret is written and not kept.',
    types: ['aws_secretsmanager_secret_version'],
    keeps: values => values.secret_string === undefined || values.secret_string === null,
  },
  {
    id: 'subnet-public-addresses',
    must: 'A subnet gives no public address by itself.',
    types: ['aws_subnet'],
    keeps: values => values.map_public_ip_on_launch !== true,
  },
  {
    id: 'key-rotation',
    must: 'A key of KMS is rotated.',
    types: ['aws_kms_key'],
    keeps: values => values.enable_key_rotation === true,
  },
]

/** What a plan breaks, in the order of the rules. */
export function findings(plan: PlanJson): Finding[] {
  const planned = plan as { planned_values?: { root_module?: Parameters<typeof listManagedResources>[0] } }
  const resources = listManagedResources(planned.planned_values?.root_module)
  return rules.flatMap(({ id, types, keeps }) =>
    resources
      .filter(({ type, values = {} }) => types.includes(type) && !keeps(values, resources))
      .map(({ address }) => ({ rule: id, address })),
  )
}
