/**
 * Rules about downtime: of instance, service, load balancer, address, DNS name and certificate. The minutes are usual durations on
 * AWS, not guarantees.
 */

import { asString, type ChangedResource, differs } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

/** Resource types that have two names since AWS provider 1.x. Both names are in use. */
const loadBalancers = ['aws_lb', 'aws_alb'] as const
const listeners = ['aws_lb_listener', 'aws_alb_listener'] as const
const targetGroups = ['aws_lb_target_group', 'aws_alb_target_group'] as const

/** Arguments of `aws_instance` that EC2 changes only while the instance is stopped. */
const stoppedInstanceArguments = [
  'instance_type',
  'user_data',
  'user_data_base64',
  'ebs_optimized',
  'cpu_options',
] as const

/** Types through which an MCP server answers. */
const answering = [
  ...loadBalancers,
  ...listeners,
  ...targetGroups,
  'aws_ecs_service',
  'aws_ecs_cluster',
  'aws_instance',
  'aws_eip',
  'aws_route53_record',
  'aws_acm_certificate',
  'aws_lambda_function',
  'aws_lambda_alias',
  'aws_lambda_function_url',
  'aws_apigatewayv2_api',
  'aws_api_gateway_rest_api',
  'aws_apprunner_service',
  'aws_bedrockagentcore_agent_runtime',
] as const

const isGone = ({ kind }: ChangedResource): boolean => kind === 'replace' || kind === 'delete'

export const downtimeRules = {
  'instance-replaced': {
    severity: 'danger',
    finds: 'An EC2 instance is replaced or destroyed. A `notice` if the new one is created first.',
    why: 'Terraform destroys an instance before it creates the next one, unless `create_before_destroy` is set. The server is down until the new instance has booted and installed it, usually 3 to 10 minutes. The data on the old disk is lost.',
    instead:
      'Set `lifecycle { create_before_destroy = true }` on the instance and on its `aws_eip_association`, so that only the address moves. Or apply while nobody uses the server.',
    find: plan =>
      plan.changed('aws_instance').flatMap((instance): RuleMatch | readonly RuleMatch[] => {
        const { address, kind, createsFirst } = instance
        if (kind === 'delete')
          return {
            address,
            sentence: 'The instance is destroyed and no other takes its place: the server is gone.',
            fix: 'If this is not intended, keep the resource in the configuration, or add a moved block with its new address.',
          }
        if (kind !== 'replace') return []
        return createsFirst
          ? {
              address,
              severity: 'notice',
              sentence: `The instance is replaced${taintClause(instance)}, the new one first: clients lose their connections for some seconds while the address moves, and the data on the disk is lost.`,
              fix: 'Change nothing if the server stores no files and an Elastic IP or a load balancer moves with it.',
            }
          : {
              address,
              sentence: `The instance is destroyed before its successor is created${taintClause(instance)}: the server is down for about 3 to 10 minutes, until the new one has booted, and every open session ends.`,
              fix: 'Set lifecycle { create_before_destroy = true } on the instance and on its aws_eip_association, or apply while nobody uses the server.',
            }
      }),
  },
  'instance-restarted': {
    severity: 'warning',
    finds: 'An EC2 instance is changed in place, and the change needs a stopped instance.',
    why: 'EC2 changes the type or the user data only of a stopped instance. The server is down for about 1 to 3 minutes, and without an Elastic IP the instance gets another public address. A changed boot script does not run: cloud-init runs it only at the first boot.',
    instead:
      'For a changed script, set `user_data_replace_on_change = true` with `create_before_destroy`. For another type, apply while nobody uses the server.',
    find: plan =>
      plan.changed('aws_instance').flatMap(instance => {
        const changed =
          instance.kind === 'update' ? stoppedInstanceArguments.filter(name => changesArgument(instance, name)) : []
        if (changed.length === 0) return []
        const isScript = changed.some(name => name.startsWith('user_data'))
        return {
          address: instance.address,
          sentence: `The instance is stopped and started to change ${changed.join(', ')}: the server is down for about 1 to 3 minutes${isScript ? ', and the changed script does not run, because scripts run only at the first boot' : ''}.`,
          fix: isScript
            ? 'Set user_data_replace_on_change = true and lifecycle { create_before_destroy = true }.'
            : 'Apply while nobody uses the server.',
        }
      }),
  },
  'service-replaced': {
    severity: 'danger',
    finds: 'An ECS service or its cluster is replaced or destroyed.',
    why: 'Two services cannot have one name, so a replacement stops all tasks first. The server is down until the new tasks are healthy, usually 2 to 5 minutes. A new task definition never needs a replacement.',
    instead:
      'Undo the change of the argument that forces the replacement. If the change is needed, create a second service with another name and switch the listener to it.',
    find: plan =>
      plan.changed('aws_ecs_service', 'aws_ecs_cluster').flatMap(service => {
        if (!isGone(service)) return []
        const thing = service.type === 'aws_ecs_service' ? 'service' : 'cluster'
        return {
          address: service.address,
          sentence:
            service.kind === 'delete'
              ? `The ECS ${thing} is destroyed: all its tasks stop, and the server is down.`
              : `The ECS ${thing} is replaced${taintClause(service)}: all tasks stop first, so the server is down for about 2 to 5 minutes and every open session ends.`,
          fix:
            service.kind === 'delete'
              ? 'If this is not intended, keep the resource in the configuration, or add a moved block with its new address.'
              : 'Undo the change of the argument that forces the replacement, or create the new one with another name and switch to it.',
        }
      }),
  },
  'load-balancer-replaced': {
    severity: 'danger',
    finds: 'A load balancer, a listener or a target group is replaced or destroyed.',
    why: 'A new load balancer takes 2 to 5 minutes and has another DNS name, and every connection through the old one ends. A listener does not listen during its replacement. A new target group has no targets until ECS has registered them, even if it is created first. The load balancer answers 503 until then.',
    instead:
      'Do not change the arguments that force the replacement: names, subnets of a network load balancer, `target_type`, `port`, `protocol` and `vpc_id`. Every other argument is changed in place.',
    find: plan =>
      plan.changed(...loadBalancers, ...listeners, ...targetGroups).flatMap(part => {
        if (!isGone(part)) return []
        const { address, type, kind, createsFirst } = part
        const thing = isOneOf(loadBalancers, type)
          ? 'load balancer'
          : isOneOf(listeners, type)
            ? 'listener'
            : 'target group'
        if (kind === 'delete')
          return {
            address,
            sentence: `The ${thing} is destroyed: requests through it get no answer any more.`,
            fix: 'If this is not intended, keep the resource in the configuration, or add a moved block with its new address.',
          }
        const loss = {
          'load balancer': createsFirst
            ? 'clients reach its new DNS name after their resolvers forget the old one, and all open connections end'
            : 'the server is down for about 2 to 5 minutes, the DNS name changes, and all open connections end',
          listener: 'its port does not answer for some seconds',
          'target group': createsFirst
            ? 'the listener is switched to an empty group, so clients get 503 until tasks are registered and healthy in it, usually 1 to 2 minutes'
            : 'clients get 503 until tasks are registered and healthy in the new one, usually 1 to 3 minutes',
        }[thing]
        return {
          address,
          sentence: `The ${thing} is replaced${taintClause(part)}: ${loss}.`,
          fix: 'Undo the change of the argument that forces the replacement. Most other arguments are changed in place.',
        }
      }),
  },
  'address-released': {
    severity: 'danger',
    finds: 'An Elastic IP is released, or it leaves the instance before the next one has it.',
    why: 'A released public address cannot be claimed again. DNS records, allowlists and clients that contain it fail.',
    instead:
      'Keep the `aws_eip` and move only its association. Set `create_before_destroy` and `allow_reassociation` on the `aws_eip_association`.',
    find: plan =>
      plan.changed('aws_eip', 'aws_eip_association').flatMap(part => {
        if (!isGone(part)) return []
        const ip = asString(part.before.public_ip)
        if (part.type === 'aws_eip')
          return {
            address: part.address,
            sentence: `The public address${ip === undefined ? '' : ` ${ip}`} is released to AWS and cannot be claimed again.`,
            fix: 'Keep the aws_eip in the configuration, and change the DNS record before an address is released.',
          }
        if (part.kind === 'replace' && part.createsFirst) return []
        return {
          address: part.address,
          severity: 'warning',
          sentence: `The public address${ip === undefined ? '' : ` ${ip}`} leaves its instance${part.kind === 'replace' ? ' before the next one has it' : ''}: requests to it get no answer until then.`,
          fix: 'Set lifecycle { create_before_destroy = true } and allow_reassociation = true on the aws_eip_association.',
        }
      }),
  },
  'dns-record-removed': {
    severity: 'danger',
    finds: 'A DNS record or zone is replaced or destroyed.',
    why: 'A resolver caches a missing record, in a Route 53 zone for up to 15 minutes by default. ACM needs a validation record for every renewal of its certificate. A replaced zone gets other name servers.',
    instead:
      'Change a record in place: values, TTL and alias need no replacement. To rename it, add the new record first and remove the old one in a later pull request.',
    find: plan =>
      plan.changed('aws_route53_record', 'aws_route53_zone').flatMap(part => {
        if (!isGone(part)) return []
        const name = asString(part.before.name)
        const called = name === undefined ? '' : ` ${name}`
        const how = part.kind === 'delete' ? 'destroyed' : `replaced${taintClause(part)}`
        if (part.type === 'aws_route53_zone')
          return {
            address: part.address,
            sentence: `The DNS zone${called} is ${how}: a new zone has other name servers, so no name in it resolves until the parent points at them.`,
            fix: 'Keep the zone as it is.',
          }
        if (!isOneOf(['A', 'AAAA', 'CNAME'], asString(part.before.type) ?? 'A')) return []
        if (name?.startsWith('_'))
          return {
            address: part.address,
            severity: part.kind === 'delete' ? 'warning' : 'notice',
            sentence: `The DNS record${called} is ${how}: ACM renews the certificate that it validates only while the record exists.`,
            fix: 'Keep the record as long as the certificate is in use.',
          }
        return {
          address: part.address,
          sentence: `The DNS record${called} is ${how}: clients cannot find that name${part.kind === 'delete' ? '' : ', and resolvers cache its absence for up to 15 minutes'}.`,
          fix: 'Change the record in place, or add the new name first and remove the old one in a later pull request.',
        }
      }),
  },
  'certificate-destroyed': {
    severity: 'danger',
    finds: 'A certificate is destroyed, replaced without `create_before_destroy`, or removed from a listener.',
    why: 'AWS refuses to delete a certificate that a listener uses, so the apply fails halfway after minutes. If a certificate is removed from a listener, the names that only it covers fail with a TLS error.',
    instead:
      'Set `lifecycle { create_before_destroy = true }` on the certificate: then the listener gets the new one before the old one is deleted.',
    find: plan =>
      plan
        .changed(
          'aws_acm_certificate',
          'aws_iam_server_certificate',
          'aws_lb_listener_certificate',
          'aws_alb_listener_certificate',
        )
        .flatMap(part => {
          if (!isGone(part) || (part.kind === 'replace' && part.createsFirst)) return []
          const name = asString(part.before.domain_name) ?? asString(part.before.name)
          const called = name === undefined ? '' : ` for ${name}`
          const onListener = part.type.endsWith('_listener_certificate')
          return {
            address: part.address,
            severity: onListener ? 'warning' : 'danger',
            sentence: onListener
              ? 'A certificate is removed from its listener: the names that only it covers fail with a TLS error.'
              : `The certificate${called} is ${part.kind === 'delete' ? 'destroyed' : `destroyed before its successor is created${taintClause(part)}`}: if a listener uses it, AWS refuses and the apply fails halfway. Clients of a listener without it get a TLS error.`,
            fix: onListener
              ? 'Add the certificate that covers these names in the same plan.'
              : 'Set lifecycle { create_before_destroy = true } on the certificate, or remove it from every listener first.',
          }
        }),
  },
  'endpoint-changed': {
    severity: 'danger',
    finds: 'The output `mcp_endpoint` gets another value.',
    why: 'Every client has the old URL in its configuration, and the monitor watches it. They do not follow to a new path or host.',
    instead:
      'Keep the old URL working until all clients have the new one, for example with a second listener rule or DNS record.',
    find: ({ endpoint: { before, after } }) =>
      before === undefined || after === undefined || before === after
        ? []
        : [
            {
              address: 'output.mcp_endpoint',
              sentence: `The endpoint changes from ${before} to ${after}: clients and monitors that know the old URL lose the server.`,
              fix: 'Keep the old URL working until every client has the new one, and inform the users.',
            },
          ],
  },
  'left-unmanaged': {
    severity: 'warning',
    finds:
      'Terraform removes a part of the deployment from the state and does not destroy it: by a `removed` block, or by `lifecycle { destroy = false }` of OpenTofu, also for a replacement.',
    why: 'The part goes on running, costs money, and may go on answering clients. No later plan shows it, changes it or destroys it. After a replacement there are two of them.',
    instead:
      'Remove a part from the state only if another state imports it. Otherwise destroy it with the plan, or delete it manually when no client uses it.',
    find: plan =>
      plan.forgotten(...answering).map(({ address, type, isReplaced }) => ({
        address,
        sentence: isReplaced
          ? `A new ${type} takes the place of this one, and the old one stays: it goes on running, and nothing manages it any more.`
          : `This ${type} stays as it is, and nothing manages it any more: no later plan shows, changes or destroys it.`,
        fix: 'Import it into another state, or delete it manually when no client uses it.',
      })),
  },
} as const satisfies Record<string, Rule>

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name)
}

/** Whether an argument of an instance changes. An unknown new value counts as a change. */
function changesArgument(instance: ChangedResource, attribute: string): boolean {
  // An argument that nobody set is computed and unknown, although it does not change.
  return instance.before[attribute] !== undefined && differs(instance, attribute)
}

function taintClause({ reason }: ChangedResource): string {
  return reason === 'replace_because_tainted' ? ', because the last deployment of it failed' : ''
}
