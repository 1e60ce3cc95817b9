/**
 * Rules about how a new version goes out and how it comes back: images, circuit breaker, healthy percentages, revisions,
 * the health check, deletion protection.
 */

import type { JsonObject } from '../json.ts'
import { block, type Changed, containersOf, differs, number, text } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

export const rolloutRules = {
  'health-path-is-mcp-path': {
    severity: 'danger',
    finds: 'The health check of a target group asks the path of the MCP endpoint.',
    why: 'A load balancer asks with GET and without the headers of MCP. An MCP endpoint answers that with 400, 405 or 406, or with an event stream that does not end, so no task ever becomes healthy, or "healthy" says nothing about the server.',
    instead: 'Give the server a path of its own that answers 200, such as `/health`, and check that.',
    find: plan =>
      plan.changed('aws_lb_target_group', 'aws_alb_target_group').flatMap(group => {
        const { address, doing } = group
        const path = text(block(group.after.health_check).path)
        const old = text(block(group.before.health_check).path)
        if (doing === 'delete' || path === undefined || (doing === 'update' && path === old)) return []
        const { path: mcpPath, isStated } = plan.mcpPath
        if (trimmed(path) !== trimmed(mcpPath)) return []
        return {
          address,
          sentence: `The health check asks ${path}, which is ${isStated ? 'the MCP endpoint' : 'the usual path of an MCP endpoint'}: it answers a plain GET with an error or an endless stream, so tasks do not become healthy.`,
          fix: 'Check a path that answers 200 to a GET, such as /health.',
        }
      }),
  },
  'same-image-redeployed': {
    severity: 'warning',
    finds:
      'Tasks are exchanged although no image changes: a forced deployment, or a new revision that differs in labels only, or one made because the last was tainted. A `notice` when the image is named by its digest.',
    why: 'A tag is looked up anew at every deployment, so what will run is not in this plan: it is whatever the tag means at the time of the apply. After a failed deployment the same image usually fails the same way.',
    instead:
      'Name the image by its digest (`repository@sha256:…`) or give every build a tag of its own, and change that.',
    find: plan => [
      ...plan.changed('aws_ecs_service').flatMap((service): RuleMatch[] => {
        const { doing, before, after } = service
        // The provider sends the flag along with every change but one of tags.
        const isForced =
          doing === 'update' &&
          after.force_new_deployment === true &&
          !differs(service, 'task_definition') &&
          [...Object.keys({ ...before, ...after }), 'triggers'].some(
            name => !/^tags(_all)?$/.test(name) && differs(service, name),
          )
        if (!isForced) return []
        return [
          {
            address: service.address,
            sentence:
              'A deployment is forced without a new task definition: the same revision starts again, with whatever image its tag means by then.',
            fix: 'Change the image, by digest or by a tag of its own, instead of forcing a deployment.',
          },
        ]
      }),
      ...plan.changed('aws_ecs_task_definition').flatMap((definition): RuleMatch[] => {
        const { address, doing, before, after, reason } = definition
        if (doing !== 'replace') return []
        const [old, now] = [before, after].map(({ container_definitions }) => containersOf(container_definitions))
        if (old === undefined || now === undefined || now.length === 0) return []
        const isSame = JSON.stringify(old.map(essentials)) === JSON.stringify(now.map(essentials))
        const isTainted = reason === 'replace_because_tainted'
        const hasSameImages = JSON.stringify(old.map(imageOf)) === JSON.stringify(now.map(imageOf))
        if (!(isTainted ? hasSameImages : isSame && onlyLabelsDiffer(definition))) return []
        const tagged = now.map(imageOf).filter(image => !image.includes('@sha256:'))
        const [image = imageOf(now[0] ?? {})] = tagged
        const failed = isTainted
          ? `The last deployment failed and this one starts the same image again, ${image}: that cures what was temporary, not what is wrong in the image.`
          : `A new revision starts the same image again, ${image}.`
        return [
          {
            address,
            ...(tagged.length === 0 && !isTainted && { severity: 'notice' as const }),
            sentence:
              tagged.length === 0 ? failed : `${failed} What runs is whatever that tag means at the time of the apply.`,
            fix: isTainted
              ? 'If the image is at fault, give a repaired one in this pull request.'
              : 'Give the image by digest or by a tag of its own, so that the plan says what will run.',
          },
        ]
      }),
    ],
  },
  'image-tag-latest': {
    severity: 'warning',
    finds: 'A task definition is made whose image has the tag `latest`, or neither tag nor digest.',
    why: 'The plan does not say what will run, a rollback starts the same tag, and two deployments of one commit can differ.',
    instead: 'Name the image by its digest, or give every build a tag of its own.',
    find: plan =>
      plan.changed('aws_ecs_task_definition').flatMap(({ address, doing, after }) => {
        const images = doing === 'delete' ? [] : containersOf(after.container_definitions).map(imageOf)
        const floating = images.filter(image => image !== '' && isFloating(image))
        return floating.length === 0
          ? []
          : {
              address,
              sentence: `The image ${[...new Set(floating)].join(', ')} is whatever was pushed last: this plan does not say what will run, and a rollback cannot bring the old one back.`,
              fix: 'Name the image by its digest or by a tag of its own.',
            }
      }),
  },
  'no-circuit-breaker': {
    severity: 'warning',
    finds: 'An ECS service is made without the deployment circuit breaker and its rollback, or loses it.',
    why: 'Without it ECS starts tasks of a broken version again and again, for hours, and the deployment neither fails nor ends.',
    instead: 'Set `deployment_circuit_breaker { enable = true, rollback = true }` on the service.',
    find: plan =>
      plan.changed('aws_ecs_service').flatMap(service => {
        const { address, doing, before, after, unknown } = service
        if (doing === 'delete' || unknown.deployment_circuit_breaker === true) return []
        // Blue/green by CodeDeploy and external controllers have ways of their own.
        if ((block(after.deployment_controller).type ?? 'ECS') !== 'ECS') return []
        const lacks = breaksCircuit(after)
        if (lacks === undefined || (doing === 'update' && breaksCircuit(before) === lacks)) return []
        return {
          address,
          sentence:
            lacks === 'breaker'
              ? 'The service has no deployment circuit breaker: tasks of a version that does not start are started again without end.'
              : 'The circuit breaker of the service does not roll back: a version that does not start stays deployed.',
          fix: 'Set deployment_circuit_breaker { enable = true, rollback = true }.',
        }
      }),
  },
  'tasks-stopped-first': {
    severity: 'danger',
    finds:
      'The healthy percentages of an ECS service leave a deployment no room at all, or let it stop every task before a new one runs (a `warning`).',
    why: 'ECS keeps at least `deployment_minimum_healthy_percent` of the tasks (rounded up) and starts at most `deployment_maximum_percent` (rounded down). When the first comes to no task, every deployment is downtime; when both come to the same number, no deployment ever ends.',
    instead: 'Set 100 and 200: new tasks are healthy before old ones stop, also when there is only one.',
    find: plan =>
      plan.changed('aws_ecs_service').flatMap(service => {
        const room = roomOf(service.after)
        if (room === undefined || service.doing === 'delete') return []
        if (service.doing === 'update' && roomOf(service.before) === room) return []
        return {
          address: service.address,
          ...(room === 'stops' && { severity: 'warning' as const }),
          sentence:
            room === 'stops'
              ? 'Every deployment stops all tasks before a new one runs: the server is down for about 1 to 2 minutes each time.'
              : 'A deployment may neither stop a task nor start one more, so it never ends.',
          fix: 'Set deployment_minimum_healthy_percent = 100 and deployment_maximum_percent = 200.',
        }
      }),
  },
  'revision-deregistered': {
    severity: 'warning',
    finds: 'A task definition is replaced without `skip_destroy`, or made without it (a `notice`).',
    why: 'Terraform deregisters the old revision, and ECS refuses to point a service at an inactive one: neither the circuit breaker nor a person can bring the version back that works now.',
    instead: 'Set `skip_destroy = true` on the task definition, in a deployment before the one that needs it.',
    find: plan =>
      plan.changed('aws_ecs_task_definition').flatMap(({ address, doing, before, after }): RuleMatch[] => {
        const fix = 'Set skip_destroy = true on the task definition.'
        // The old revision is destroyed by what the state says of it.
        if (doing === 'replace' && before.skip_destroy !== true)
          return [
            {
              address,
              sentence: 'The revision that runs now is deregistered, so the service cannot be rolled back to it.',
              fix,
            },
          ]
        if (doing === 'delete' || doing === 'update' || after.skip_destroy === true) return []
        return [
          {
            address,
            severity: 'notice',
            sentence: 'The next deployment will deregister this revision, so the service cannot be rolled back to it.',
            fix,
          },
        ]
      }),
  },
  'deletion-protection-off': {
    severity: 'warning',
    finds:
      'The deletion protection of a load balancer, a database, a table, a user pool or an instance is switched off; or a load balancer or a database is made without (a `notice`).',
    why: 'With protection AWS refuses what a wrong plan would destroy. Most load balancers of MCP servers have a name that clients know, and a new one has another.',
    instead: 'Leave it on, and switch it off in a pull request of its own before something is meant to be destroyed.',
    find: plan =>
      plan.changed(...Object.keys(protections)).flatMap(resource => {
        const { address, type, doing, before, after } = resource
        const protection = protections[type]
        if (protection === undefined || doing === 'delete') return []
        const { attribute, on, thing, isExpected } = protection
        const isOff = after[attribute] !== on && resource.unknown[attribute] !== true
        if (!isOff) return []
        const fix = `Set ${attribute} = ${typeof on === 'string' ? `"${on}"` : on}.`
        if (before[attribute] === on)
          return {
            address,
            sentence: `The deletion protection of the ${thing} is switched off: from then on any plan can destroy it.`,
            fix: `${fix} Switch it off only in the pull request before the one that destroys it.`,
          }
        if (doing !== 'create' || !isExpected) return []
        return {
          address,
          severity: 'notice' as const,
          sentence: `The ${thing} is made without deletion protection: any later plan can destroy it.`,
          fix: `${fix} For a trial, leave it off.`,
        }
      }),
  },
} as const satisfies Record<string, Rule>

interface Protection {
  readonly attribute: string
  readonly on: true | 'ACTIVE'
  readonly thing: string
  /** Whether making it without is worth a word. */
  readonly isExpected: boolean
}

const protections: Readonly<Record<string, Protection>> = {
  aws_lb: { attribute: 'enable_deletion_protection', on: true, thing: 'load balancer', isExpected: true },
  aws_alb: { attribute: 'enable_deletion_protection', on: true, thing: 'load balancer', isExpected: true },
  aws_db_instance: { attribute: 'deletion_protection', on: true, thing: 'database', isExpected: true },
  aws_rds_cluster: { attribute: 'deletion_protection', on: true, thing: 'database', isExpected: true },
  aws_docdb_cluster: { attribute: 'deletion_protection', on: true, thing: 'database', isExpected: true },
  aws_dynamodb_table: { attribute: 'deletion_protection_enabled', on: true, thing: 'table', isExpected: false },
  aws_cognito_user_pool: { attribute: 'deletion_protection', on: 'ACTIVE', thing: 'user pool', isExpected: false },
  aws_instance: { attribute: 'disable_api_termination', on: true, thing: 'instance', isExpected: false },
}

function trimmed(path: string): string {
  return path.replace(/[?#].*$/s, '').replace(/\/$/, '')
}

function imageOf(container: JsonObject): string {
  return text(container.image) ?? ''
}

/** A reference is `[host[:port]/]path[:tag][@digest]`. */
function isFloating(image: string): boolean {
  if (image.includes('@')) return false
  const tag = /:([^/:]+)$/.exec(image)?.[1]
  return tag === undefined || tag === 'latest'
}

/**
 * A container as far as it decides what runs. Labels do nothing in it; and what ECS gives back has empty lists that nobody
 * wrote, and variables in its own order.
 */
function essentials(container: JsonObject): string {
  const isSet = (value: unknown): boolean =>
    value !== null && value !== '' && value !== 0 && !(typeof value === 'object' && Object.keys(value).length === 0)
  const parts = Object.entries(container)
    .filter(([name, value]) => name !== 'dockerLabels' && isSet(value))
    .map(([name, value]) => [name, Array.isArray(value) ? value.map(part => JSON.stringify(part)).sort() : value])
  return JSON.stringify(parts.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)))
}

/** Whether the new revision has the sizes and roles of the old one, as far as they are known. */
function onlyLabelsDiffer(definition: Changed): boolean {
  return ['cpu', 'memory', 'execution_role_arn', 'task_role_arn', 'runtime_platform', 'volume', 'network_mode'].every(
    attribute => !differs(definition, attribute),
  )
}

/** What the circuit breaker lacks. */
function breaksCircuit(service: JsonObject): 'breaker' | 'rollback' | undefined {
  const { enable, rollback } = block(service.deployment_circuit_breaker)
  if (enable !== true) return 'breaker'
  return rollback === true ? undefined : 'rollback'
}

/** Whether a deployment stops everything first, or has no room. The percentages are of the desired count. */
function roomOf(service: JsonObject): 'stops' | 'none' | undefined {
  const [count, least, most] = [
    number(service.desired_count),
    number(service.deployment_minimum_healthy_percent),
    number(service.deployment_maximum_percent),
  ]
  if (count === undefined || least === undefined || most === undefined || count === 0) return undefined
  if ((block(service.deployment_controller).type ?? 'ECS') !== 'ECS' || service.scheduling_strategy === 'DAEMON')
    return undefined
  const keeps = Math.ceil((count * least) / 100)
  const starts = Math.floor((count * most) / 100)
  if (keeps >= count && starts <= count) return 'none'
  return keeps === 0 && starts <= count ? 'stops' : undefined
}
