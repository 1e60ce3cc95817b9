/**
 * Rules about sessions, event streams and running calls that a change or a load balancer setting cuts. They need evidence in the
 * plan or the workflow that the server keeps sessions.
 */

import { asList, asObject, type JsonObject } from '../json.ts'
import { withoutInstanceKeys } from '../terraform/json.ts'
import { asNumber, asString, asStrings, type ChangedResource, differs, firstBlock, type PlanView } from './plan-view.ts'
import type { Rule } from './rule.ts'

/** Interval of the keep-alive comments that version 2 of the MCP SDKs sends on an event stream. */
const sdkKeepAliveSeconds = 15
/** AWS's default of `idle_timeout`. A shorter value was somebody's decision. */
const defaultIdleSeconds = 60
/** Time that a running tool call needs to end. */
const minDrainingSeconds = 15
/** AWS's default of `deregistration_delay`. */
const defaultDrainingSeconds = 300

export const sessionRules = {
  'sessions-dropped': {
    severity: 'warning',
    finds:
      'Tasks or instances are replaced, and there is evidence that the server keeps sessions (HTTP+SSE, or a stateful server).',
    why: 'A session exists in the memory of one task. After the replacement the next request of a client gets 404, or its stream ends. Clients that follow the specification start a new session; many show an error first.',
    instead:
      'Make the server stateless (the protocol of 2026-07-28 needs no sessions), keep sessions in a shared store, or apply while few people use the server.',
    find: plan => {
      return [
        ...plan.changed('aws_ecs_service').filter(replacesTasks),
        ...plan.changed('aws_instance').filter(({ kind }) => kind === 'replace' || kind === 'delete'),
      ].flatMap(({ address, type, before }) => {
        const evidence = sessionEvidence(plan, stickyGroupOf(plan, { address, type, attributes: before }))
        if (evidence === '') return []
        return {
          address,
          sentence: `The running server is replaced, and every open session ends with it: ${evidence}.`,
          fix: 'Make the server stateless or keep its sessions in a shared store. Otherwise apply while few people use the server.',
        }
      })
    },
  },
  'stateful-many-tasks': {
    severity: 'danger',
    finds:
      'A server with sessions in memory runs on more than one task or instance. A `warning` if the target group routes by cookie.',
    why: 'The load balancer sends each request to any task, and only one knows the session. With two tasks about one session of four survives its first three requests. Load balancer stickiness is a cookie, and clients of the MCP SDKs do not store cookies.',
    instead:
      'Run one task (`desired_count = 1`, no scaling above 1), or make the server stateless, or keep its sessions in a shared store.',
    find: plan => {
      return scaledServices(plan).flatMap(({ address, maxCount, unit, routed }) => {
        const sticky = routed === undefined ? undefined : stickyGroupOf(plan, routed)
        const evidence = sessionEvidence(plan, sticky)
        if (evidence === '') return []
        return {
          address,
          ...(sticky !== undefined && { severity: 'warning' as const }),
          sentence: `Up to ${maxCount} ${unit} serve, and only one of them knows a session: ${evidence}. ${sticky === undefined ? 'Requests that reach another one fail.' : 'Clients of the MCP SDKs do not store cookies, so their requests reach another one and fail.'}`,
          fix: 'Run one task, make the server stateless, or keep its sessions in a shared store.',
        }
      })
    },
  },
  'idle-timeout-short': {
    severity: 'warning',
    finds: `The load balancer's \`idle_timeout\` is set below ${defaultIdleSeconds} seconds; for HTTP+SSE, to ${defaultIdleSeconds} or less.`,
    why: `The load balancer cuts a connection that is silent for that long. Only keep-alive comments of the server keep an event stream open (version 2 of the SDKs: every ${sdkKeepAliveSeconds} seconds, version 1: never). A tool call that is silent for longer fails.`,
    instead:
      'Set `idle_timeout` above the longest silent tool call: 300 seconds for Streamable HTTP, up to 4000 for HTTP+SSE.',
    find: plan =>
      plan.changed('aws_lb', 'aws_alb').flatMap(balancer => {
        const seconds = asNumber(balancer.after.idle_timeout)
        if (seconds === undefined || !isSet(balancer, 'idle_timeout')) return []
        if ((balancer.after.load_balancer_type ?? 'application') !== 'application') return []
        const isSse = plan.sessions?.sse === true
        if (seconds >= defaultIdleSeconds && !(isSse && seconds === defaultIdleSeconds)) return []
        const loss =
          seconds <= sdkKeepAliveSeconds
            ? `that is not above the ${sdkKeepAliveSeconds} seconds between the keep-alives of the MCP SDKs, so every event stream is cut`
            : `tool calls that are silent for longer are cut${isSse ? ', and so is every event stream whose server sends no keep-alives' : ''}`
        return {
          address: balancer.address,
          sentence: `The load balancer cuts connections that are silent for ${seconds} seconds: ${loss}.`,
          fix: `Set idle_timeout to ${isSse ? 'some minutes, up to 4000 seconds' : '300 seconds, or the longest silent tool call'}.`,
        }
      }),
  },
  'deregistration-delay': {
    severity: 'notice',
    finds: `A target group's \`deregistration_delay\` is set below ${minDrainingSeconds} seconds, or for HTTP+SSE to ${defaultDrainingSeconds} or more.`,
    why: 'A replaced task has that long to finish its requests. If it is too short, every deployment cuts running tool calls. An event stream of HTTP+SSE never finishes, so every deployment waits for the whole time.',
    instead: 'Set 30 to 60 seconds: longer than most tool calls, and short enough for a deployment.',
    find: plan =>
      plan.changed('aws_lb_target_group', 'aws_alb_target_group').flatMap(group => {
        const seconds = asNumber(group.after.deregistration_delay)
        if (seconds === undefined || !isSet(group, 'deregistration_delay')) return []
        if (seconds < minDrainingSeconds)
          return {
            address: group.address,
            sentence: `A replaced task has ${seconds} seconds to finish its requests: every deployment cuts longer tool calls.`,
            fix: 'Set deregistration_delay to 30 to 60 seconds.',
          }
        if (plan.sessions?.sse !== true || seconds < defaultDrainingSeconds) return []
        return {
          address: group.address,
          sentence: `Every deployment waits ${seconds} seconds for event streams that never end: ${plan.sessions.evidence}.`,
          fix: 'Set deregistration_delay to 30 to 60 seconds.',
        }
      }),
  },
} as const satisfies Record<string, Rule>

/** Whether the plan creates the resource or changes this attribute. */
function isSet(resource: ChangedResource, attribute: string): boolean {
  return resource.kind !== 'delete' && (resource.kind !== 'update' || differs(resource, attribute))
}

/** Whether the plan replaces the tasks of a service. */
function replacesTasks(service: ChangedResource): boolean {
  if (service.kind === 'replace' || service.kind === 'delete') return true
  return (
    service.kind === 'update' &&
    ['task_definition', 'triggers', 'network_configuration', 'load_balancer', 'platform_version'].some(name =>
      differs(service, name),
    )
  )
}

/** A service or a group of instances behind a load balancer. */
interface Routed {
  readonly address: string
  readonly type: string
  readonly attributes: JsonObject
}

const targetGroupTypes = ['aws_lb_target_group', 'aws_alb_target_group'] as const

/**
 * Address of the target group of this service that routes by cookie after the apply; undefined if it has none. A group counts if
 * its ARN or the configuration connects it with the service, or if the plan has no other group.
 */
function stickyGroupOf(plan: PlanView, { address, type, attributes }: Routed): string | undefined {
  const groups = [
    ...plan.changed(...targetGroupTypes).filter(({ kind }) => kind !== 'delete'),
    ...plan.unchanged(...targetGroupTypes),
  ]
  const argument = type === 'aws_autoscaling_group' ? 'target_group_arns' : 'load_balancer'
  const arns =
    type === 'aws_autoscaling_group'
      ? asStrings(attributes.target_group_arns)
      : asList(attributes.load_balancer).flatMap(each => asStrings(asObject(each).target_group_arn))
  const references = plan.configured.references(address, argument)
  const isConnected = (group: { readonly address: string; readonly after: JsonObject }) => {
    if (typeof group.after.arn === 'string' && arns.length > 0) return arns.includes(group.after.arn)
    const configured = withoutInstanceKeys(group.address)
    const isReferred = references?.some(each => each === configured || each.startsWith(`${configured}.`)) === true
    return isReferred || groups.length === 1
  }
  return groups.find(group => firstBlock(group.after.stickiness).enabled === true && isConnected(group))?.address
}

/** Evidence that the server keeps sessions, as a clause; empty without evidence. */
function sessionEvidence(plan: PlanView, sticky: string | undefined): string {
  return [plan.sessions?.evidence, sticky === undefined ? undefined : `the target group ${sticky} routes by cookie`]
    .filter(part => part !== undefined)
    .join(', and ')
}

/**
 * Resources with more than one task or instance after the apply. It is empty if the plan changes neither their number, nor their
 * version, nor the routing of requests.
 */
function scaledServices(plan: PlanView): Scaled[] {
  const types = ['aws_ecs_service', 'aws_appautoscaling_target', 'aws_autoscaling_group']
  const isTouched =
    plan.changed(...types).some(({ kind }) => kind !== 'delete') ||
    plan.changed(...targetGroupTypes).some(group => isSet(group, 'stickiness'))
  if (!isTouched) return []
  const planned = (type: string) => [
    ...plan.changed(type).filter(({ kind }) => kind !== 'delete'),
    ...plan.unchanged(type),
  ]
  const services = planned('aws_ecs_service').filter(({ after }) => asList(after.load_balancer).length > 0)
  const routedOf = ({ address, type, after }: Planned): Routed => ({ address, type, attributes: after })
  const serviceOf = ({ after }: Planned): Planned | undefined => {
    const name = asString(after.resource_id)?.split('/').at(-1)
    return services.length === 1 ? services[0] : services.find(service => service.after.name === name)
  }
  const scaled = planned('aws_appautoscaling_target')
    .filter(({ after }) => after.service_namespace === 'ecs')
    .map(target => ({ target, service: serviceOf(target) }))
  const counted = services
    .filter(service => !scaled.some(each => each.service === undefined || each.service.address === service.address))
    .map(service => {
      const maxCount = asNumber(service.after.desired_count) ?? 0
      return { address: service.address, maxCount, unit: 'tasks', routed: routedOf(service) }
    })
  const instances = planned('aws_autoscaling_group')
    .filter(
      ({ after, unknown = {} }: { after: JsonObject; unknown?: JsonObject }) =>
        asList(after.target_group_arns).length > 0 || unknown.target_group_arns !== undefined,
    )
    .map(group => {
      const maxCount = asNumber(group.after.max_size) ?? 0
      return { address: group.address, maxCount, unit: 'instances', routed: routedOf(group) }
    })
  // The maximum of a scaled service replaces its initial number of tasks.
  const scaledCounts = scaled.map(({ target, service }) => {
    const maxCount = asNumber(target.after.max_capacity) ?? 0
    return { address: target.address, maxCount, unit: 'tasks', routed: service && routedOf(service) }
  })
  return [...scaledCounts, ...counted, ...instances].filter(({ maxCount }) => maxCount > 1)
}

type Planned = ReturnType<PlanView['unchanged']>[number]

/** A service or a group of instances that runs more than once. */
interface Scaled {
  readonly address: string
  readonly maxCount: number
  readonly unit: string
  /** Undefined if the plan does not show which service a scaling target scales. */
  readonly routed: Routed | undefined
}
