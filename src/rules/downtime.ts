/**
 * Rules about what stops answering: instance, service, load balancer, address, name, certificate. The minutes are what
 * such a change usually takes on AWS, not a promise.
 */

import { type Changed, differs, text } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

/** What AWS names differently since provider 1.x, and both names are in use. */
const loadBalancers = ['aws_lb', 'aws_alb'] as const
const listeners = ['aws_lb_listener', 'aws_alb_listener'] as const
const targetGroups = ['aws_lb_target_group', 'aws_alb_target_group'] as const

/** Arguments that EC2 changes only while the instance is stopped. */
const needsStop = ['instance_type', 'user_data', 'user_data_base64', 'ebs_optimized', 'cpu_options'] as const

const isGone = ({ doing }: Changed): boolean => doing === 'replace' || doing === 'delete'

export const downtimeRules = {
  'instance-replaced': {
    severity: 'danger',
    finds: 'An EC2 instance is replaced or destroyed. A `notice` when the new one is made first.',
    why: 'Terraform destroys an instance before it makes the next one, unless `create_before_destroy` is set: nobody answers until the new one has booted and installed the server, usually 3 to 10 minutes. Whatever was on its disk is gone.',
    instead:
      'Set `lifecycle { create_before_destroy = true }` on the instance and on its `aws_eip_association`, so that only the address moves. Or apply when nobody needs the server.',
    find: plan =>
      plan.changed('aws_instance').flatMap((instance): RuleMatch | readonly RuleMatch[] => {
        const { address, doing, createsFirst } = instance
        if (doing === 'delete')
          return {
            address,
            sentence: 'The instance is destroyed and no other takes its place: what it serves is gone.',
            fix: 'If that is not meant, keep the resource in the configuration, or say where it went with a moved block.',
          }
        if (doing !== 'replace') return []
        return createsFirst
          ? {
              address,
              severity: 'notice',
              sentence: `The instance is replaced${because(instance)}, the new one first: clients lose their connections for the seconds in which the address moves, and what is on the disk is gone.`,
              fix: 'Nothing, if the server keeps no files and an Elastic IP or a load balancer moves with it.',
            }
          : {
              address,
              sentence: `The instance is destroyed before its successor is made${because(instance)}: the server is down for about 3 to 10 minutes, until the new one has booted, and every open session ends.`,
              fix: 'Set lifecycle { create_before_destroy = true } on the instance and on its aws_eip_association, or apply when nobody needs the server.',
            }
      }),
  },
  'instance-restarted': {
    severity: 'warning',
    finds: 'An EC2 instance is changed in place in a way for which it must be stopped.',
    why: 'EC2 changes the type or the user data of a stopped instance only, so the server is down for about 1 to 3 minutes, and without an Elastic IP the instance comes back with another public address. A changed boot script does not run again: cloud-init runs it at the first boot only.',
    instead:
      'For a changed script set `user_data_replace_on_change = true` with `create_before_destroy`. For another type apply when nobody needs the server.',
    find: plan =>
      plan.changed('aws_instance').flatMap(instance => {
        const changed = instance.doing === 'update' ? needsStop.filter(name => changes(instance, name)) : []
        if (changed.length === 0) return []
        const isScript = changed.some(name => name.startsWith('user_data'))
        return {
          address: instance.address,
          sentence: `The instance is stopped and started to change ${changed.join(', ')}: the server is down for about 1 to 3 minutes${isScript ? ', and the changed script does not run, because scripts run at the first boot only' : ''}.`,
          fix: isScript
            ? 'Set user_data_replace_on_change = true and lifecycle { create_before_destroy = true }.'
            : 'Apply when nobody needs the server.',
        }
      }),
  },
  'service-replaced': {
    severity: 'danger',
    finds: 'An ECS service or its cluster is replaced or destroyed.',
    why: 'A service is replaced by stopping all its tasks first, because two services of one name cannot exist: nobody answers until the new tasks are started and healthy, usually 2 to 5 minutes. A new task definition never needs that.',
    instead:
      'Undo the change of the argument that forces the replacement. Where the change is needed, make a second service under another name beside the first and switch the listener over.',
    find: plan =>
      plan.changed('aws_ecs_service', 'aws_ecs_cluster').flatMap(service => {
        if (!isGone(service)) return []
        const thing = service.type === 'aws_ecs_service' ? 'service' : 'cluster'
        return {
          address: service.address,
          sentence:
            service.doing === 'delete'
              ? `The ECS ${thing} is destroyed: all its tasks stop, and nothing answers.`
              : `The ECS ${thing} is replaced${because(service)}: all tasks stop first, so the server is down for about 2 to 5 minutes and every open session ends.`,
          fix:
            service.doing === 'delete'
              ? 'If that is not meant, keep the resource in the configuration, or say where it went with a moved block.'
              : 'Leave what forces the replacement as it is, or make the new one under another name beside the old one and switch over.',
        }
      }),
  },
  'load-balancer-replaced': {
    severity: 'danger',
    finds: 'A load balancer, a listener or a target group is replaced or destroyed.',
    why: 'A new load balancer takes 2 to 5 minutes and has another DNS name, and every connection through the old one ends. A listener that is replaced does not listen meanwhile. A new target group has no targets until ECS has registered them, also when it is made first, and the load balancer answers 503 until then.',
    instead:
      'Leave the arguments that force the replacement as they are: names, subnets of a network load balancer, `target_type`, `port`, `protocol` and `vpc_id`. Everything else is changed in place.',
    find: plan =>
      plan.changed(...loadBalancers, ...listeners, ...targetGroups).flatMap(part => {
        if (!isGone(part)) return []
        const { address, type, doing, createsFirst } = part
        const thing = isOne(loadBalancers, type)
          ? 'load balancer'
          : isOne(listeners, type)
            ? 'listener'
            : 'target group'
        if (doing === 'delete')
          return {
            address,
            sentence: `The ${thing} is destroyed: what came through it is no longer answered.`,
            fix: 'If that is not meant, keep the resource in the configuration, or say where it went with a moved block.',
          }
        const loss = {
          'load balancer': createsFirst
            ? 'clients follow to its new DNS name as their resolvers forget the old one, and all open connections end'
            : 'the server is down for about 2 to 5 minutes, the DNS name changes, and all open connections end',
          listener: 'its port does not answer for some seconds',
          'target group': createsFirst
            ? 'the listener is switched to an empty group, so clients get 503 until tasks are registered and healthy in it, usually 1 to 2 minutes'
            : 'clients get 503 until tasks are registered and healthy in the new one, usually 1 to 3 minutes',
        }[thing]
        return {
          address,
          sentence: `The ${thing} is replaced${because(part)}: ${loss}.`,
          fix: 'Leave what forces the replacement as it is; most other arguments are changed in place.',
        }
      }),
  },
  'address-released': {
    severity: 'danger',
    finds: 'An Elastic IP is given back, or is taken off the instance before the next one has it.',
    why: 'A public address that is given back cannot be had again. DNS records, allow lists and clients that hold it fail.',
    instead:
      'Keep the `aws_eip` and move only its association. Set `create_before_destroy` and `allow_reassociation` on the `aws_eip_association`.',
    find: plan =>
      plan.changed('aws_eip', 'aws_eip_association').flatMap(part => {
        if (!isGone(part)) return []
        const ip = text(part.before.public_ip)
        if (part.type === 'aws_eip')
          return {
            address: part.address,
            sentence: `The public address${ip === undefined ? '' : ` ${ip}`} is given back to AWS and cannot be had again.`,
            fix: 'Keep the aws_eip in the configuration, and change the DNS record before an address is given up.',
          }
        if (part.doing === 'replace' && part.createsFirst) return []
        return {
          address: part.address,
          severity: 'warning',
          sentence: `The public address${ip === undefined ? '' : ` ${ip}`} is taken off its instance${part.doing === 'replace' ? ' before the next one has it' : ''}: nothing answers on it meanwhile.`,
          fix: 'Set lifecycle { create_before_destroy = true } and allow_reassociation = true on the aws_eip_association.',
        }
      }),
  },
  'dns-record-removed': {
    severity: 'danger',
    finds: 'A DNS record or zone is replaced or destroyed.',
    why: 'A resolver that asks while the record is missing remembers that there is none, in a Route 53 zone for up to 15 minutes by default. A record that validates a certificate is needed again whenever ACM renews it. A zone that is replaced gets other name servers.',
    instead:
      'Change a record in place: values, TTL and alias need no replacement. To rename it, add the new record first and remove the old one in a later pull request.',
    find: plan =>
      plan.changed('aws_route53_record', 'aws_route53_zone').flatMap(part => {
        if (!isGone(part)) return []
        const name = text(part.before.name)
        const called = name === undefined ? '' : ` ${name}`
        const how = part.doing === 'delete' ? 'destroyed' : `replaced${because(part)}`
        if (part.type === 'aws_route53_zone')
          return {
            address: part.address,
            sentence: `The DNS zone${called} is ${how}: a new zone has other name servers, so no name in it resolves until the parent points at them.`,
            fix: 'Keep the zone as it is.',
          }
        if (!isOne(['A', 'AAAA', 'CNAME'], text(part.before.type) ?? 'A')) return []
        if (name?.startsWith('_'))
          return {
            address: part.address,
            severity: part.doing === 'delete' ? 'warning' : 'notice',
            sentence: `The DNS record${called} is ${how}: ACM renews the certificate that it validates only while it is there.`,
            fix: 'Keep the record as long as the certificate is in use.',
          }
        return {
          address: part.address,
          sentence: `The DNS record${called} is ${how}: clients cannot find that name${part.doing === 'delete' ? '' : ', and resolvers remember for up to 15 minutes that it was missing'}.`,
          fix: 'Change the record in place, or add the new name first and remove the old one in a later pull request.',
        }
      }),
  },
  'certificate-destroyed': {
    severity: 'danger',
    finds: 'A certificate is destroyed, or replaced without `create_before_destroy`, or taken off a listener.',
    why: 'AWS refuses to delete a certificate that a listener uses, so the apply stops halfway after minutes of waiting. One that is taken off a listener leaves the names that only it covers with a TLS error.',
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
          if (!isGone(part) || (part.doing === 'replace' && part.createsFirst)) return []
          const name = text(part.before.domain_name) ?? text(part.before.name)
          const called = name === undefined ? '' : ` for ${name}`
          const onListener = part.type.endsWith('_listener_certificate')
          return {
            address: part.address,
            severity: onListener ? 'warning' : 'danger',
            sentence: onListener
              ? 'A certificate is taken off its listener: the names that only it covers fail with a TLS error.'
              : `The certificate${called} is ${part.doing === 'delete' ? 'destroyed' : `destroyed before its successor is made${because(part)}`}: while a listener uses it AWS refuses that and the apply fails halfway, and clients of a listener without it get a TLS error.`,
            fix: onListener
              ? 'Add the certificate that covers these names in the same plan.'
              : 'Set lifecycle { create_before_destroy = true } on the certificate, or take it off every listener first.',
          }
        }),
  },
  'endpoint-changed': {
    severity: 'danger',
    finds: 'The output `mcp_endpoint` gets another value.',
    why: 'Every client has the old URL in its configuration, and the monitor watches it. A new path or host is a new server to all of them.',
    instead:
      'Keep the old URL answering, for example by a second listener rule or DNS record, until all clients have the new one.',
    find: ({ endpoint: { before, after } }) =>
      before === undefined || after === undefined || before === after
        ? []
        : [
            {
              address: 'output.mcp_endpoint',
              sentence: `The endpoint changes from ${before} to ${after}: clients and monitors that know the old URL lose the server.`,
              fix: 'Keep the old URL answering until every client has the new one, and tell those who use it.',
            },
          ],
  },
} as const satisfies Record<string, Rule>

function isOne(names: readonly string[], name: string): boolean {
  return names.includes(name)
}

/** Also when only the old value is known: then Terraform has said that it changes. */
function changes(instance: Changed, attribute: string): boolean {
  // An argument that nobody set is computed, and as unknown as one that changes.
  return instance.before[attribute] !== undefined && differs(instance, attribute)
}

function because({ reason }: Changed): string {
  return reason === 'replace_because_tainted' ? ', because the last deployment of it failed' : ''
}
