/**
 * Rules about who can reach what: ports open to the world, plain HTTP, IAM permissions. Compared with what was so before:
 * only what this plan opens or widens is found.
 */

import { asList, asObject, type JsonObject } from '../json.ts'
import { block, number, parsed, text, texts } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

/** Ports of one protocol that the whole internet may reach; `all` for every protocol and port. */
interface Opening {
  readonly protocol: string
  readonly from: number
  readonly to: number
}

export const exposureRules = {
  'http-without-redirect': {
    severity: 'warning',
    finds: 'A listener for plain HTTP that does not redirect to HTTPS is made, or loses its redirect.',
    why: 'Whatever clients send, bearer tokens too, can be read and changed on the way. OAuth for MCP requires https.',
    instead:
      'Make the default action of the HTTP listener a redirect to HTTPS (port 443, `HTTP_301`) and forward from an HTTPS listener only. With terraform/ecs: set `dns` or `certificate`.',
    find: plan =>
      plan.changed('aws_lb_listener', 'aws_alb_listener').flatMap(listener => {
        const { doing, address, before, after } = listener
        if (doing === 'delete' || !servesPlainHttp(after)) return []
        if (doing !== 'create' && servesPlainHttp(before)) return []
        return {
          address,
          sentence: `Port ${number(after.port) ?? 80} serves plain HTTP and does not redirect to HTTPS: tokens and answers can be read on the way.`,
          fix: 'Redirect to HTTPS in the default action of this listener, and forward from an HTTPS listener only.',
        }
      }),
  },
  'port-open-to-world': {
    severity: 'danger',
    finds:
      'A port other than 80 and 443 becomes reachable from `0.0.0.0/0` or `::/0`, by any of the resources that make security group rules.',
    why: 'The port of the container or of SSH, open to everybody, bypasses the load balancer with its TLS, its limits and its logs, and is found by scanners within minutes.',
    instead:
      'Allow the security group of the load balancer (`referenced_security_group_id`) or your own address range. For a shell use ECS Exec or SSM Session Manager, which need no open port.',
    find: plan => {
      // A rule that moves from one resource to another opens nothing.
      const wasOpen = new Map<string, Opening[]>()
      const current = [
        ...plan.changed(...ingressTypes).map(({ type, before }) => ({ type, attributes: before })),
        ...ingressTypes.flatMap(type => plan.unchanged(type).map(({ after }) => ({ type, attributes: after }))),
      ]
      for (const { type, attributes } of current) {
        const group = groupOf(type, attributes)
        if (group !== undefined) wasOpen.set(group, [...(wasOpen.get(group) ?? []), ...openings(type, attributes)])
      }
      return plan.changed(...ingressTypes).flatMap(({ type, address, before, after }): RuleMatch[] => {
        const known = [...openings(type, before), ...(wasOpen.get(groupOf(type, after) ?? '') ?? [])]
        const found = openings(type, after).filter(
          opening => !isWebPort(opening) && !known.some(each => contains(each, opening)),
        )
        const named = [...new Set(found.map(describe))]
        if (named.length === 0) return []
        return [
          {
            address,
            sentence: `The whole internet is let in to ${named.join(', ')}.`,
            fix: "Let in the load balancer's security group or your own address range instead.",
          },
        ]
      })
    },
  },
  'iam-widened': {
    severity: 'danger',
    finds:
      'An IAM policy allows `*`: every action, every action of a service, every resource, or every principal. A `warning` where the statement is narrower than everything. Statements that were as wide before are not found, nor are actions that AWS defines for `*` only.',
    why: 'An MCP server runs tools on behalf of whoever calls it. What its role may do, a prompt may make it do.',
    instead:
      'Name the actions and the ARNs that the tools need, and for a principal the account or service, with a condition such as `aws:SourceAccount`.',
    find: plan => [
      ...plan.changed(...Object.keys(policyAttributes), ...attachments).flatMap(policy => {
        if (policy.doing === 'delete') return []
        const wider = widened(grantsOf(policy.type, policy.before), grantsOf(policy.type, policy.after))
        return wider.length === 0 ? [] : iamFinding(policy.address, wider)
      }),
      ...plan.deferredPolicies.flatMap(({ address, after, before }) => {
        const statements = asList(after.statement).map(asObject)
        const now = statements.flatMap(
          ({ effect, actions, not_actions, resources, not_resources, principals, condition }) =>
            grantsOfStatement({
              Effect: effect ?? 'Allow',
              Action: actions,
              NotAction: asList(not_actions).length > 0 ? not_actions : undefined,
              Resource: resources,
              NotResource: asList(not_resources).length > 0 ? not_resources : undefined,
              Principal: asList(principals).length > 0 ? principalsOf(principals) : undefined,
              Condition: asList(condition).length > 0 ? condition : undefined,
            }),
        )
        const wider = widened(grantsOfPolicy(before), now)
        return wider.length === 0 ? [] : iamFinding(address, wider)
      }),
    ],
  },
} as const satisfies Record<string, Rule>

function servesPlainHttp({ protocol, default_action }: JsonObject): boolean {
  if (protocol !== 'HTTP') return false
  const actions = asList(default_action).map(asObject)
  const serves = actions.some(({ type }) => type === 'forward')
  const redirects = actions.filter(({ type }) => type === 'redirect').map(action => block(action.redirect))
  return serves || redirects.some(({ protocol: to }) => to !== undefined && to !== null && to !== 'HTTPS')
}

const ingressTypes = [
  'aws_security_group',
  'aws_default_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
] as const

/** Id of the security group that the rules belong to, where it is known. */
function groupOf(type: string, { id, security_group_id }: JsonObject): string | undefined {
  return text(type.endsWith('_rule') ? security_group_id : id)
}

function openings(type: string, attributes: JsonObject): Opening[] {
  if (type === 'aws_vpc_security_group_ingress_rule') {
    const { cidr_ipv4, cidr_ipv6, ip_protocol, from_port, to_port } = attributes
    return opening([cidr_ipv4, cidr_ipv6], ip_protocol, from_port, to_port)
  }
  const rules =
    type === 'aws_security_group_rule' ? (attributes.type === 'ingress' ? [attributes] : []) : attributes.ingress
  return asList(rules)
    .map(asObject)
    .flatMap(({ cidr_blocks, ipv6_cidr_blocks, protocol, from_port, to_port }) =>
      opening([...asList(cidr_blocks), ...asList(ipv6_cidr_blocks)], protocol, from_port, to_port),
    )
}

function opening(cidrs: readonly unknown[], protocol: unknown, from: unknown, to: unknown): Opening[] {
  // A range of half the internet is only ever written to get past checks like this one.
  if (!cidrs.some(cidr => typeof cidr === 'string' && /\/[01]$/.test(cidr))) return []
  const name = typeof protocol === 'string' || typeof protocol === 'number' ? String(protocol).toLowerCase() : ''
  if (name === '-1' || name === 'all') return [{ protocol: 'all', from: 0, to: 65_535 }]
  const known = { '6': 'tcp', '17': 'udp' }[name] ?? name
  // ICMP has no ports, and an unknown protocol or port is not judged.
  if (known !== 'tcp' && known !== 'udp') return []
  const [first, last] = [number(from), number(to)]
  return first === undefined || last === undefined ? [] : [{ protocol: known, from: first, to: last }]
}

function isWebPort({ protocol, from, to }: Opening): boolean {
  return from === to && ((protocol === 'tcp' && from === 80) || (protocol !== 'all' && from === 443))
}

function contains(outer: Opening, inner: Opening): boolean {
  return (
    (outer.protocol === 'all' || outer.protocol === inner.protocol) && outer.from <= inner.from && outer.to >= inner.to
  )
}

function describe({ protocol, from, to }: Opening): string {
  if (protocol === 'all') return 'every port of every protocol'
  if (from === 0 && to === 65_535) return `every ${protocol} port`
  return from === to ? `${protocol} port ${from}` : `${protocol} ports ${from} to ${to}`
}

/** Where each resource has its policy documents. */
const policyAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ['policy'],
  aws_iam_role_policy: ['policy'],
  aws_iam_user_policy: ['policy'],
  aws_iam_group_policy: ['policy'],
  aws_iam_role: ['assume_role_policy', 'inline_policy'],
  aws_ecr_repository_policy: ['policy'],
  aws_secretsmanager_secret: ['policy'],
  aws_secretsmanager_secret_policy: ['policy'],
}

const attachments = [
  'aws_iam_role_policy_attachment',
  'aws_iam_user_policy_attachment',
  'aws_iam_group_policy_attachment',
  'aws_iam_policy_attachment',
]

/** AWS's own policies that allow everything, or everything but users and roles. */
const adminPolicies = /:iam::aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/

/**
 * Actions that can only be allowed on `*`, of those that servers on ECS and EC2 need (docs.aws.amazon.com, "Service
 * Authorization Reference": no resource type in their row).
 */
const onStarOnly =
  /^(?:ssmmessages:(?:Create|Open)(?:Control|Data)Channel|ec2messages:\w+|ecr:GetAuthorizationToken|sts:GetCallerIdentity|cloudwatch:(?:PutMetricData|ListMetrics|GetMetricData|GetMetricStatistics|DescribeAlarms)|xray:\w+|ec2:Describe\w*\*?|ecs:List\w*\*?|elasticloadbalancing:Describe\w*\*?|tag:Get\w+|bedrock:List\w*\*?|s3:ListAllMyBuckets|ssm:DescribeParameters|secretsmanager:(?:ListSecrets|GetRandomPassword|BatchGetSecretValue)|logs:Describe\w*\*?|kms:List\w*\*?|rds:Describe\w*\*?)$/i

/** One thing that somebody may do; a wildcard is as wide as it reads. */
interface Grant {
  readonly action: string
  readonly resource: string
  /** `*` in a policy that names who may use it. */
  readonly principal?: string
}

function grantsOf(type: string, attributes: JsonObject): Grant[] {
  if (attachments.includes(type)) {
    const arn = text(attributes.policy_arn)
    const name = arn === undefined ? undefined : adminPolicies.exec(arn)?.[1]
    if (name === undefined) return []
    return [{ action: name === 'IAMFullAccess' ? 'iam:*' : '*', resource: '*' }]
  }
  return (policyAttributes[type] ?? []).flatMap(attribute =>
    attribute === 'inline_policy'
      ? asList(attributes.inline_policy).flatMap(inline => grantsOfPolicy(asObject(inline).policy))
      : grantsOfPolicy(attributes[attribute]),
  )
}

function grantsOfPolicy(document: unknown): Grant[] {
  const { Statement } = asObject(parsed(document))
  const statements = Array.isArray(Statement) ? Statement : [Statement]
  return statements.flatMap(statement => grantsOfStatement(asObject(statement)))
}

/** Every pair of action and resource that has a wildcard; `NotAction` allows all that it does not name. */
function grantsOfStatement({
  Effect,
  Action,
  NotAction,
  Resource,
  NotResource,
  Principal,
  Condition,
}: JsonObject): Grant[] {
  if (Effect !== 'Allow') return []
  const actions = NotAction === undefined ? texts(Action) : ['*']
  const resources = NotResource === undefined ? texts(Resource) : ['*']
  if (Principal !== undefined && Principal !== null) {
    // A condition says who is meant; whether it does so well is not for a plan to say.
    const isAnybody = Principal === '*' || texts(asObject(Principal).AWS).includes('*')
    if (!isAnybody || Condition !== undefined) return []
    return actions.map(action => ({ action, resource: resources[0] ?? 'itself', principal: '*' }))
  }
  return actions.flatMap(action =>
    resources
      .filter(resource => /^(?:\*|[\w-]+:\*)$/.test(action) || (resource === '*' && !onStarOnly.test(action)))
      .map(resource => ({ action, resource })),
  )
}

/** The block `principals` of a policy document as the JSON has it. */
function principalsOf(principals: unknown): unknown {
  const all = asList(principals).map(asObject)
  const isAnybody = all.some(
    ({ type, identifiers }) => (type === 'AWS' || type === '*') && texts(identifiers).includes('*'),
  )
  return isAnybody ? '*' : {}
}

function widened(before: readonly Grant[], after: readonly Grant[]): Grant[] {
  return after.filter(grant => !before.some(old => covers(old, grant)))
}

function covers(old: Grant, { action, resource, principal }: Grant): boolean {
  const service = action.slice(0, action.indexOf(':'))
  const coversAction = old.action === '*' || old.action === action || old.action === `${service}:*`
  return coversAction && (old.resource === '*' || old.resource === resource) && old.principal === principal
}

function iamFinding(address: string, wider: readonly Grant[]): RuleMatch {
  const first = wider.slice(0, 3).map(({ action, resource, principal }) => {
    const what = action === '*' ? 'every action' : action
    const where = resource === '*' ? 'every resource' : resource
    return `${principal === '*' ? 'anybody may do ' : ''}${what} on ${where}`
  })
  const more = wider.length > first.length ? ` and ${wider.length - first.length} more` : ''
  const isAll = wider.some(
    ({ action, resource, principal }) => principal === '*' || (action.endsWith('*') && resource === '*'),
  )
  return {
    address,
    ...(!isAll && { severity: 'warning' as const }),
    sentence: `A policy newly allows ${first.join('; ')}${more}.`,
    fix: 'Name the actions and the ARNs that are needed.',
  }
}
