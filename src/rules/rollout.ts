/**
 * Rules about rollout and rollback: images, circuit breaker, healthy percentages, revisions, health check, deletion protection.
 */

import type { JsonObject } from '../json.ts'
import { asNumber, asString, asStrings, type ChangedResource, containersOf, differs, firstBlock } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

export const rolloutRules = {
  'health-path-is-mcp-path': {
    severity: 'danger',
    finds:
      'The health check of a target group requests the path of the MCP endpoint, and its `matcher` accepts none of 400, 405 and 406.',
    why: 'A load balancer sends a GET without MCP headers. An MCP endpoint answers it with 400, 405 or 406, or with an endless event stream. So no task becomes healthy, or "healthy" proves nothing about the server.',
    instead: 'Add a separate path to the server that answers 200, such as `/health`, and check that path.',
    find: plan =>
      plan.changed('aws_lb_target_group', 'aws_alb_target_group').flatMap(group => {
        const { address, kind } = group
        const path = asString(firstBlock(group.after.health_check).path)
        const old = asString(firstBlock(group.before.health_check).path)
        if (kind === 'delete' || path === undefined || (kind === 'update' && path === old)) return []
        const { path: mcpPath, isStated } = plan.mcpPath
        if (withoutQuery(path) !== withoutQuery(mcpPath)) return []
        // Somebody who accepts these answers knows what the endpoint answers to a plain GET.
        const matcher = asString(firstBlock(group.after.health_check).matcher)
        if (refusedGetCodes.some(code => acceptsCode(matcher, code))) return []
        return {
          address,
          sentence: `The health check requests ${path}, which is ${isStated ? 'the MCP endpoint' : 'the usual path of an MCP endpoint'}: it answers a plain GET with an error or an endless stream, so tasks do not become healthy.`,
          fix: 'Check a path that answers 200 to a GET, such as /health.',
        }
      }),
  },
  'same-image-redeployed': {
    severity: 'warning',
    finds:
      'Tasks are exchanged although no image changes: a forced deployment, a new revision that differs only in labels, or one after a taint. A `notice` if the image has a digest.',
    why: 'Every deployment resolves the tag again, so this plan does not show which image will run. After a failed deployment the same image usually fails the same way.',
    instead: 'Name the image by its digest (`repository@sha256:…`) or by a unique tag per build, and change that.',
    judges: { aws_ecs_task_definition: ['container_definitions'] },
    find: plan => [
      ...plan.changed('aws_ecs_service').flatMap((service): RuleMatch[] => {
        const { kind, before, after } = service
        // The provider sends the flag with every change except a change of tags.
        const isForced =
          kind === 'update' &&
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
              'A deployment is forced without a new task definition: the same revision starts again, with the image that its tag names then.',
            fix: 'Change the image by digest or by a unique tag, instead of forcing a deployment.',
          },
        ]
      }),
      ...plan.changed('aws_ecs_task_definition').flatMap((definition): RuleMatch[] => {
        const { address, kind, before, after, reason } = definition
        if (kind !== 'replace') return []
        const [old, now] = [before, after].map(({ container_definitions }) => containersOf(container_definitions))
        if (old === undefined || now === undefined || now.length === 0) return []
        const isSame = JSON.stringify(old.map(runtimeSettings)) === JSON.stringify(now.map(runtimeSettings))
        const isTainted = reason === 'replace_because_tainted'
        const hasSameImages = JSON.stringify(old.map(imageOf)) === JSON.stringify(now.map(imageOf))
        if (!(isTainted ? hasSameImages : isSame && onlyLabelsDiffer(definition))) return []
        const tagged = now.map(imageOf).filter(image => !image.includes('@sha256:'))
        const [image = imageOf(now[0] ?? {})] = tagged
        const failed = isTainted
          ? `The last deployment failed and this one starts the same image again, ${image}: this fixes a temporary cause, but not what is wrong in the image.`
          : `A new revision starts the same image again, ${image}.`
        return [
          {
            address,
            ...(tagged.length === 0 && !isTainted && { severity: 'notice' as const }),
            sentence:
              tagged.length === 0 ? failed : `${failed} The tag decides at the time of the apply which image runs.`,
            fix: isTainted
              ? 'If the image is the cause, use a fixed image in this pull request.'
              : 'Name the image by its digest or by a unique tag, so that the plan shows which image will run.',
          },
        ]
      }),
    ],
  },
  'image-tag-latest': {
    severity: 'warning',
    finds:
      'A task definition, a Lambda function or an App Runner service gets an image with the tag `latest`, or with neither tag nor digest.',
    why: 'The plan does not show which image will run, a rollback starts the same tag, and two deployments of one commit can differ.',
    instead: 'Name the image by its digest or by a unique tag per build.',
    judges: {
      aws_ecs_task_definition: ['container_definitions'],
      aws_lambda_function: ['image_uri'],
      aws_apprunner_service: ['source_configuration'],
    },
    find: plan =>
      plan.changed(...Object.keys(imageArguments)).flatMap(({ address, type, kind, after, unknown }) => {
        const argument = imageArguments[type]
        if (kind === 'delete' || argument === undefined) return []
        const floating = argument.images(after).filter(image => image !== '' && isFloating(image))
        const variables =
          unknown[argument.name] === true
            ? plan.configured.sources(address, argument.name).filter(({ value }) => isLatest(value))
            : []
        const what =
          floating.length > 0
            ? `The image ${[...new Set(floating)].join(', ')} is`
            : `The image that ${variables.map(({ place, value }) => `${place} ("${value}")`).join(' and ')} names is`
        return floating.length + variables.length === 0
          ? []
          : {
              address,
              sentence: `${what} whatever was pushed last: this plan does not show what will run, and a rollback cannot restore the old image.`,
              fix: 'Name the image by its digest or by a unique tag.',
            }
      }),
  },
  'no-circuit-breaker': {
    severity: 'warning',
    finds: 'An ECS service is created without the deployment circuit breaker and its rollback, or loses them.',
    why: 'Without it ECS restarts tasks of a broken version for hours, and the deployment neither fails nor ends.',
    instead: 'Set `deployment_circuit_breaker { enable = true, rollback = true }` on the service.',
    find: plan =>
      plan.changed('aws_ecs_service').flatMap(service => {
        const { address, kind, before, after, unknown } = service
        if (kind === 'delete' || unknown.deployment_circuit_breaker === true) return []
        // CodeDeploy (blue/green) and external controllers do not use the circuit breaker.
        if ((firstBlock(after.deployment_controller).type ?? 'ECS') !== 'ECS') return []
        const lacks = missingBreakerPart(after)
        if (lacks === undefined || (kind === 'update' && missingBreakerPart(before) === lacks)) return []
        return {
          address,
          sentence:
            lacks === 'breaker'
              ? 'The service has no deployment circuit breaker: ECS restarts tasks of a broken version without end.'
              : 'The circuit breaker of the service does not roll back: a broken version stays deployed.',
          fix: 'Set deployment_circuit_breaker { enable = true, rollback = true }.',
        }
      }),
  },
  'tasks-stopped-first': {
    severity: 'danger',
    finds:
      'The healthy percentages of an ECS service block every deployment, or allow it to stop every task before a new one runs (a `warning`).',
    why: 'ECS keeps at least `deployment_minimum_healthy_percent` of the tasks (rounded up) and starts at most `deployment_maximum_percent` (rounded down). If the first is zero tasks, every deployment is downtime. If both are the same number, no deployment ends.',
    instead: 'Set 100 and 200: new tasks are healthy before old ones stop, even if there is only one.',
    find: plan =>
      plan.changed('aws_ecs_service').flatMap(service => {
        const room = deploymentRoom(service.after)
        if (room === undefined || service.kind === 'delete') return []
        if (service.kind === 'update' && deploymentRoom(service.before) === room) return []
        return {
          address: service.address,
          ...(room === 'stops' && { severity: 'warning' as const }),
          sentence:
            room === 'stops'
              ? 'Every deployment stops all tasks before a new one runs: the server is down for about 1 to 2 minutes each time.'
              : 'A deployment may neither stop a task nor start another one, so it never ends.',
          fix: 'Set deployment_minimum_healthy_percent = 100 and deployment_maximum_percent = 200.',
        }
      }),
  },
  'revision-deregistered': {
    severity: 'warning',
    finds: 'A task definition is replaced without `skip_destroy`, or created without it (a `notice`).',
    why: 'Terraform deregisters the old revision, and ECS rejects an inactive revision for a service. So neither the circuit breaker nor a person can restore the version that works now.',
    instead: 'Set `skip_destroy = true` on the task definition, one deployment earlier than you need it.',
    find: plan =>
      plan.changed('aws_ecs_task_definition').flatMap(({ address, kind, before, after }): RuleMatch[] => {
        const fix = 'Set skip_destroy = true on the task definition.'
        // The state's value of skip_destroy decides whether the old revision is deregistered.
        if (kind === 'replace' && before.skip_destroy !== true)
          return [
            {
              address,
              sentence: 'The revision that runs now is deregistered, so the service cannot be rolled back to it.',
              fix,
            },
          ]
        if (kind === 'delete' || kind === 'update' || after.skip_destroy === true) return []
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
      'The deletion protection of a load balancer, a database, a table, a user pool or an instance is switched off; or a load balancer or a database is created without it (a `notice`).',
    why: 'With protection AWS refuses to destroy the resource, even if a wrong plan does. Clients know the name of most load balancers, and a new one has another name.',
    instead: 'Leave it on. Switch it off in a separate pull request before you destroy the resource.',
    find: plan =>
      plan.changed(...Object.keys(protections)).flatMap(resource => {
        const { address, type, kind, before, after } = resource
        const protection = protections[type]
        if (protection === undefined || kind === 'delete') return []
        const { attribute, on, thing, isExpectedOnCreate } = protection
        const isOff = after[attribute] !== on && resource.unknown[attribute] !== true
        if (!isOff) return []
        const fix = `Set ${attribute} = ${typeof on === 'string' ? `"${on}"` : on}.`
        if (before[attribute] === on)
          return {
            address,
            sentence: `The deletion protection of the ${thing} is switched off: after that, any plan can destroy it.`,
            fix: `${fix} Switch it off only in the pull request before the one that destroys the resource.`,
          }
        if (kind !== 'create' || !isExpectedOnCreate) return []
        return {
          address,
          severity: 'notice' as const,
          sentence: `The ${thing} is created without deletion protection: any later plan can destroy it.`,
          fix: `${fix} For a trial, leave it off.`,
        }
      }),
  },
} as const satisfies Record<string, Rule>

/** Deletion protection of one resource type. */
interface Protection {
  readonly attribute: string
  readonly on: true | 'ACTIVE'
  readonly thing: string
  readonly isExpectedOnCreate: boolean
}

const protections: Readonly<Record<string, Protection>> = {
  aws_lb: { attribute: 'enable_deletion_protection', on: true, thing: 'load balancer', isExpectedOnCreate: true },
  aws_alb: { attribute: 'enable_deletion_protection', on: true, thing: 'load balancer', isExpectedOnCreate: true },
  aws_db_instance: { attribute: 'deletion_protection', on: true, thing: 'database', isExpectedOnCreate: true },
  aws_rds_cluster: { attribute: 'deletion_protection', on: true, thing: 'database', isExpectedOnCreate: true },
  aws_docdb_cluster: { attribute: 'deletion_protection', on: true, thing: 'database', isExpectedOnCreate: true },
  aws_dynamodb_table: { attribute: 'deletion_protection_enabled', on: true, thing: 'table', isExpectedOnCreate: false },
  aws_cognito_user_pool: {
    attribute: 'deletion_protection',
    on: 'ACTIVE',
    thing: 'user pool',
    isExpectedOnCreate: false,
  },
  aws_instance: { attribute: 'disable_api_termination', on: true, thing: 'instance', isExpectedOnCreate: false },
}

function withoutQuery(path: string): string {
  return path.replace(/[?#].*$/s, '').replace(/\/$/, '')
}

function imageOf(container: JsonObject): string {
  return asString(container.image) ?? ''
}

/** Arguments that name images, by resource type. A package of code has no image. */
const imageArguments: Readonly<
  Record<string, { readonly name: string; readonly images: (attributes: JsonObject) => readonly string[] }>
> = {
  aws_ecs_task_definition: {
    name: 'container_definitions',
    images: ({ container_definitions }) => containersOf(container_definitions).map(imageOf),
  },
  aws_lambda_function: { name: 'image_uri', images: ({ image_uri }) => asStrings(image_uri) },
  aws_apprunner_service: {
    name: 'source_configuration',
    images: ({ source_configuration }) =>
      asStrings(firstBlock(firstBlock(source_configuration).image_repository).image_identifier),
  },
}

/** Whether a variable holds the tag `latest`, as the whole value or in an image reference. */
function isLatest(value: unknown): boolean {
  return typeof value === 'string' && /(?:^|:)latest$/.test(value)
}

/** Status codes with which MCP endpoints refuse a GET without MCP headers. */
const refusedGetCodes = [400, 405, 406] as const

/** Whether a matcher of a health check, such as `200,405` or `200-499`, accepts a status code. */
function acceptsCode(matcher: string | undefined, code: number): boolean {
  return (matcher ?? '200').split(',').some(part => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number)
    return code >= from && code <= to
  })
}

/** A reference is `[host[:port]/]path[:tag][@digest]`. */
function isFloating(image: string): boolean {
  if (image.includes('@')) return false
  const tag = /:([^/:]+)$/.exec(image)?.[1]
  return tag === undefined || tag === 'latest'
}

/**
 * The settings of a container that affect the running task, as comparable text. Labels do not affect it. Empty values and the order
 * of lists do not count, because ECS adds empty lists and reorders variables.
 */
function runtimeSettings(container: JsonObject): string {
  const isSet = (value: unknown): boolean =>
    value !== null && value !== '' && value !== 0 && !(typeof value === 'object' && Object.keys(value).length === 0)
  const parts = Object.entries(container)
    .filter(([name, value]) => name !== 'dockerLabels' && isSet(value))
    .map(([name, value]) => [name, Array.isArray(value) ? value.map(withSortedKeys).sort() : withSortedKeys(value)])
  return JSON.stringify(parts.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)))
}

/** The value as JSON text. AWS returns the keys of a map, such as the options of a log, in any order. */
function withSortedKeys(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Whether the new revision has the same known sizes, roles, volumes and network as the old one. */
function onlyLabelsDiffer(definition: ChangedResource): boolean {
  return ['cpu', 'memory', 'execution_role_arn', 'task_role_arn', 'runtime_platform', 'volume', 'network_mode'].every(
    attribute => !differs(definition, attribute),
  )
}

/** The missing part of a service's circuit breaker: the breaker itself, or its rollback. */
function missingBreakerPart(service: JsonObject): 'breaker' | 'rollback' | undefined {
  const { enable, rollback } = firstBlock(service.deployment_circuit_breaker)
  if (enable !== true) return 'breaker'
  return rollback === true ? undefined : 'rollback'
}

/** Whether a deployment stops all tasks first (`stops`) or can never end (`none`). The percentages refer to the desired count. */
function deploymentRoom(service: JsonObject): 'stops' | 'none' | undefined {
  const [count, minPercent, maxPercent] = [
    asNumber(service.desired_count),
    asNumber(service.deployment_minimum_healthy_percent),
    asNumber(service.deployment_maximum_percent),
  ]
  if (count === undefined || minPercent === undefined || maxPercent === undefined || count === 0) return undefined
  if ((firstBlock(service.deployment_controller).type ?? 'ECS') !== 'ECS' || service.scheduling_strategy === 'DAEMON')
    return undefined
  const keeps = Math.ceil((count * minPercent) / 100)
  const starts = Math.floor((count * maxPercent) / 100)
  if (keeps >= count && starts <= count) return 'none'
  return keeps === 0 && starts <= count ? 'stops' : undefined
}
