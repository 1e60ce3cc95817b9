/**
 * Rules about exposure: ports open to the internet, plain HTTP, IAM permissions. Each rule compares before and after, and reports
 * only what this plan opens or widens.
 */

import { asList, asObject, type JsonObject } from '../json.ts'
import { asNumber, asString, asStrings, firstBlock, parseJsonText } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'
import { takesOnlyWildcard } from './wildcard-actions.ts'

/** Ports of one protocol that the whole internet can reach. The protocol `all` includes every port. */
interface Opening {
  readonly protocol: string
  readonly from: number
  readonly to: number
}

export const exposureRules = {
  'http-without-redirect': {
    severity: 'warning',
    finds: 'A listener for plain HTTP is created without a redirect to HTTPS, or loses its redirect.',
    why: 'Everybody on the network path can read and change requests, including bearer tokens. OAuth for MCP requires https.',
    instead:
      'Make the default action of the HTTP listener a redirect to HTTPS (port 443, `HTTP_301`), and forward only from an HTTPS listener. With terraform/ecs: set `dns` or `certificate`.',
    find: plan =>
      plan.changed('aws_lb_listener', 'aws_alb_listener').flatMap(listener => {
        const { kind, address, before, after } = listener
        if (kind === 'delete' || !servesPlainHttp(after)) return []
        if (kind !== 'create' && servesPlainHttp(before)) return []
        return {
          address,
          sentence: `Port ${asNumber(after.port) ?? 80} serves plain HTTP and does not redirect to HTTPS: everybody on the network path can read tokens and answers.`,
          fix: 'Redirect to HTTPS in the default action of this listener, and forward only from an HTTPS listener.',
        }
      }),
  },
  'port-open-to-world': {
    severity: 'danger',
    finds:
      'A port other than 80 and 443 becomes reachable from `0.0.0.0/0` or `::/0`, by any resource with security group rules.',
    why: 'An open container or SSH port bypasses the load balancer with its TLS, its limits and its logs. Scanners discover it within minutes.',
    instead:
      'Allow the security group of the load balancer (`referenced_security_group_id`) or your own address range. For a shell, use ECS Exec or SSM Session Manager, which need no open port.',
    find: plan => {
      // A rule that moves from one resource to another does not open a port.
      const wasOpen = new Map<string, Opening[]>()
      const current = [
        ...plan.changed(...ingressTypes).map(({ type, before }) => ({ type, attributes: before })),
        ...ingressTypes.flatMap(type => plan.unchanged(type).map(({ after }) => ({ type, attributes: after }))),
      ]
      for (const { type, attributes } of current) {
        const group = securityGroupOf(type, attributes)
        if (group !== undefined) wasOpen.set(group, [...(wasOpen.get(group) ?? []), ...worldOpenings(type, attributes)])
      }
      return plan.changed(...ingressTypes).flatMap(({ type, address, before, after }): RuleMatch[] => {
        const known = [...worldOpenings(type, before), ...(wasOpen.get(securityGroupOf(type, after) ?? '') ?? [])]
        const opened = worldOpenings(type, after).filter(
          worldOpening => !isWebPort(worldOpening) && !known.some(each => containsOpening(each, worldOpening)),
        )
        const ports = [...new Set(opened.map(describeOpening))]
        if (ports.length === 0) return []
        return [
          {
            address,
            sentence: `The whole internet gets access to ${ports.join(', ')}.`,
            fix: "Allow only the load balancer's security group or your own address range.",
          },
        ]
      })
    },
  },
  'iam-widened': {
    severity: 'danger',
    finds:
      'An IAM policy allows `*`: every action, every action of a service, every resource, or every principal. A `warning` if the statement is narrower than everything. The rule ignores statements that were as wide before, and actions that AWS defines only for `*`.',
    why: 'An MCP server runs tools for every caller. A prompt can make it do everything that its role may do.',
    instead:
      'Name the actions and the ARNs that the tools need. For a principal, name the account or service, with a condition such as `aws:SourceAccount`.',
    find: plan => [
      ...plan.changed(...Object.keys(policyAttributes), ...attachmentTypes).flatMap(policy => {
        if (policy.kind === 'delete') return []
        const wider = newGrants(grantsOf(policy.type, policy.before), grantsOf(policy.type, policy.after))
        return wider.length === 0 ? [] : iamMatch(policy.address, wider)
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
        const wider = newGrants(grantsOfPolicy(before), now)
        return wider.length === 0 ? [] : iamMatch(address, wider)
      }),
    ],
  },
} as const satisfies Record<string, Rule>

function servesPlainHttp({ protocol, default_action }: JsonObject): boolean {
  if (protocol !== 'HTTP') return false
  const actions = asList(default_action).map(asObject)
  const serves = actions.some(({ type }) => type === 'forward')
  const redirects = actions.filter(({ type }) => type === 'redirect').map(action => firstBlock(action.redirect))
  return serves || redirects.some(({ protocol: to }) => to !== undefined && to !== null && to !== 'HTTPS')
}

const ingressTypes = [
  'aws_security_group',
  'aws_default_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
] as const

/** Id of the security group that the rules belong to; undefined if it is unknown. */
function securityGroupOf(type: string, { id, security_group_id }: JsonObject): string | undefined {
  return asString(type.endsWith('_rule') ? security_group_id : id)
}

function worldOpenings(type: string, attributes: JsonObject): Opening[] {
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
  // Nobody needs a range of half the internet, except to evade checks like this one.
  if (!cidrs.some(cidr => typeof cidr === 'string' && /\/[01]$/.test(cidr))) return []
  const name = typeof protocol === 'string' || typeof protocol === 'number' ? String(protocol).toLowerCase() : ''
  if (name === '-1' || name === 'all') return [{ protocol: 'all', from: 0, to: 65_535 }]
  const known = { '6': 'tcp', '17': 'udp' }[name] ?? name
  // ICMP has no ports. Unknown protocols and ports are not judged.
  if (known !== 'tcp' && known !== 'udp') return []
  const [first, last] = [asNumber(from), asNumber(to)]
  return first === undefined || last === undefined ? [] : [{ protocol: known, from: first, to: last }]
}

function isWebPort({ protocol, from, to }: Opening): boolean {
  return from === to && ((protocol === 'tcp' && from === 80) || (protocol !== 'all' && from === 443))
}

function containsOpening(outer: Opening, inner: Opening): boolean {
  return (
    (outer.protocol === 'all' || outer.protocol === inner.protocol) && outer.from <= inner.from && outer.to >= inner.to
  )
}

function describeOpening({ protocol, from, to }: Opening): string {
  if (protocol === 'all') return 'every port of every protocol'
  if (from === 0 && to === 65_535) return `every ${protocol} port`
  return from === to ? `${protocol} port ${from}` : `${protocol} ports ${from} to ${to}`
}

/** Attributes with policy documents, by resource type. */
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

const attachmentTypes = [
  'aws_iam_role_policy_attachment',
  'aws_iam_user_policy_attachment',
  'aws_iam_group_policy_attachment',
  'aws_iam_policy_attachment',
]

/** ARNs of AWS's own policies that allow everything, or nearly everything. */
const adminPolicies = /:iam::aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/

/** Patterns of reading actions that people allow on `*`, because most of the matching actions take nothing else. */
const readingPatterns =
  /^(?:ssmmessages:\*|ec2messages:\*|xray:\w+|ec2:Describe\w*\*?|ecs:List\w*\*?|elasticloadbalancing:Describe\w*\*?|autoscaling:Describe\w*\*?|tag:Get\w*\*?|bedrock:List\w*\*?|cloudwatch:(?:Get|List|Describe)\w*\*?|ce:(?:Get|List|Describe)\w*\*?|pricing:\w*\*?|logs:Describe\w*\*?|kms:List\w*\*?|rds:Describe\w*\*?)$/i

/** Whether there is nothing narrower than `*` to ask for. */
function isAlwaysWide(action: string): boolean {
  return takesOnlyWildcard(action) || readingPatterns.test(action)
}

/** One action on one resource that a policy allows, with its wildcards. */
interface Grant {
  readonly action: string
  readonly resource: string
  /** `*` in a resource policy for everybody; undefined in other policies. */
  readonly principal?: string
}

function grantsOf(type: string, attributes: JsonObject): Grant[] {
  if (attachmentTypes.includes(type)) {
    const arn = asString(attributes.policy_arn)
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
  const { Statement } = asObject(parseJsonText(document))
  const statements = Array.isArray(Statement) ? Statement : [Statement]
  return statements.flatMap(statement => grantsOfStatement(asObject(statement)))
}

/** The grants of a statement that have a wildcard. `NotAction` and `NotResource` count as `*`. */
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
  const actions = NotAction === undefined ? asStrings(Action) : ['*']
  const resources = NotResource === undefined ? asStrings(Resource) : ['*']
  if (Principal !== undefined && Principal !== null) {
    // A condition limits the principals. A plan cannot show how well it does that.
    const isAnybody = Principal === '*' || asStrings(asObject(Principal).AWS).includes('*')
    if (!isAnybody || Condition !== undefined) return []
    return actions.map(action => ({ action, resource: resources[0] ?? 'itself', principal: '*' }))
  }
  return actions.flatMap(action =>
    resources
      .filter(resource => !isAlwaysWide(action) && (/^(?:\*|[\w-]+:\*)$/.test(action) || resource === '*'))
      .map(resource => ({ action, resource })),
  )
}

/** The blocks `principals` of a policy document in the format of policy JSON. */
function principalsOf(principals: unknown): unknown {
  const all = asList(principals).map(asObject)
  const isAnybody = all.some(
    ({ type, identifiers }) => (type === 'AWS' || type === '*') && asStrings(identifiers).includes('*'),
  )
  return isAnybody ? '*' : {}
}

function newGrants(before: readonly Grant[], after: readonly Grant[]): Grant[] {
  return after.filter(grant => !before.some(old => coversGrant(old, grant)))
}

function coversGrant(old: Grant, { action, resource, principal }: Grant): boolean {
  const service = action.slice(0, action.indexOf(':'))
  const coversAction = old.action === '*' || old.action === action || old.action === `${service}:*`
  return coversAction && (old.resource === '*' || old.resource === resource) && old.principal === principal
}

/** The most grants in one sentence. */
const maxListed = 5

/** How much a grant allows, so that the widest ones are named first. */
function widthOf({ action, resource, principal }: Grant): number {
  const ofAction = action === '*' ? 4 : /^[\w-]+:\*$/.test(action) ? 3 : isWriting(action) ? 1 : 0
  return ofAction * 2 + (resource === '*' ? 1 : 0) + (principal === '*' ? 16 : 0)
}

function isWriting(action: string): boolean {
  return !/:(?:Get|List|Describe|BatchGet|Query|Scan|Head|Search|Lookup)/i.test(action)
}

function iamMatch(address: string, wider: readonly Grant[]): RuleMatch {
  const first = wider
    .toSorted((a, b) => widthOf(b) - widthOf(a))
    .slice(0, maxListed)
    .map(({ action, resource, principal }) => {
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
