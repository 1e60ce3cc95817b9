/**
 * Rules about sessions, streams and calls in flight: which of them a change or a setting of the load balancer cuts. That
 * a server keeps sessions is only believed where the plan or the workflow says so.
 */

import { asList, type JsonObject } from '../json.ts'
import { block, type Changed, differs, number, type PlanView } from './plan-view.ts'
import type { Rule } from './rule.ts'

/** Seconds between the keep-alive comments that the MCP SDKs of version 2 send on an event stream. */
const sdkKeepAlive = 15
/** Seconds, AWS's own default; a shorter one was somebody's decision. */
const defaultIdleTimeout = 60
/** Seconds in which a tool call in flight should be able to end. */
const minDraining = 15
/** Seconds, AWS's own default. */
const defaultDraining = 300

export const sessionRules = {
  'sessions-dropped': {
    severity: 'warning',
    finds:
      'Tasks or instances are exchanged while the server is known to keep sessions (HTTP+SSE, or a stateful server).',
    why: 'A session lives in the memory of one task. When the task is exchanged, the next request of its clients is answered 404 or their stream ends. Clients that follow the specification start a new session; many show an error first.',
    instead:
      'Make the server stateless (the protocol of 2026-07-28 needs no sessions), keep sessions in a shared store, or apply when few people work.',
    find: plan => {
      const evidence = evidenceOf(plan)
      if (evidence === '') return []
      return [
        ...plan.changed('aws_ecs_service').filter(exchangesTasks),
        ...plan.changed('aws_instance').filter(({ doing }) => doing === 'replace' || doing === 'delete'),
      ].map(({ address }) => ({
        address,
        sentence: `What is serving is exchanged, and every open session ends with it: ${evidence}.`,
        fix: 'Make the server stateless or keep its sessions in a shared store; else apply when few people work.',
      }))
    },
  },
  'stateful-many-tasks': {
    severity: 'danger',
    finds:
      'More than one task or instance with a server that keeps sessions in the memory of each. A `warning` when the target group routes by cookie.',
    why: 'The load balancer sends each request to any task, and only one knows the session: with two tasks about one session of four survives its first three requests. Stickiness of a load balancer is a cookie, and the clients of the MCP SDKs keep none.',
    instead:
      'Run one task (`desired_count = 1`, no scaling above 1), or make the server stateless, or keep its sessions in a shared store.',
    find: plan => {
      const sticky = stickiness(plan)
      const evidence = evidenceOf(plan)
      if (evidence === '') return []
      return manyTasks(plan).map(({ address, most, unit }) => ({
        address,
        ...(sticky !== undefined && { severity: 'warning' as const }),
        sentence: `Up to ${most} ${unit} serve, and a session is known to one of them only: ${evidence}. ${sticky === undefined ? 'Requests that reach another one fail.' : 'Clients of the MCP SDKs keep no cookies, so their requests reach another one and fail.'}`,
        fix: 'Run one task, make the server stateless, or keep its sessions in a shared store.',
      }))
    },
  },
  'idle-timeout-short': {
    severity: 'warning',
    finds: `The load balancer's \`idle_timeout\` is set below ${defaultIdleTimeout} seconds; with HTTP+SSE, to ${defaultIdleTimeout} or less.`,
    why: `A connection without a byte for that long is cut. An event stream stays open only by the keep-alive comments of the server (every ${sdkKeepAlive} seconds in version 2 of the SDKs, none in version 1), and a tool call that is silent for longer fails.`,
    instead:
      'Set `idle_timeout` above the longest silent tool call: 300 seconds for Streamable HTTP, up to 4000 for HTTP+SSE.',
    find: plan =>
      plan.changed('aws_lb', 'aws_alb').flatMap(balancer => {
        const seconds = number(balancer.after.idle_timeout)
        if (seconds === undefined || !isSet(balancer, 'idle_timeout')) return []
        if ((balancer.after.load_balancer_type ?? 'application') !== 'application') return []
        const isSse = plan.sessions?.sse === true
        if (seconds >= defaultIdleTimeout && !(isSse && seconds === defaultIdleTimeout)) return []
        const loss =
          seconds <= sdkKeepAlive
            ? `that is not above the ${sdkKeepAlive} seconds between the keep-alives of the MCP SDKs, so every event stream is cut`
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
    finds: `A target group's \`deregistration_delay\` is set below ${minDraining} seconds, or with HTTP+SSE to ${defaultDraining} or more.`,
    why: 'For that long a task that is replaced may finish its requests. Too short, and tool calls in flight are cut at every deployment. An event stream of HTTP+SSE never finishes, so every deployment waits for the whole time.',
    instead: 'Set 30 to 60 seconds: longer than most tool calls, and what a deployment can wait.',
    find: plan =>
      plan.changed('aws_lb_target_group', 'aws_alb_target_group').flatMap(group => {
        const seconds = number(group.after.deregistration_delay)
        if (seconds === undefined || !isSet(group, 'deregistration_delay')) return []
        if (seconds < minDraining)
          return {
            address: group.address,
            sentence: `A task that is replaced has ${seconds} seconds to finish its requests: longer tool calls are cut at every deployment.`,
            fix: 'Set deregistration_delay to 30 to 60 seconds.',
          }
        if (plan.sessions?.sse !== true || seconds < defaultDraining) return []
        return {
          address: group.address,
          sentence: `Every deployment waits ${seconds} seconds for event streams that never end by themselves: ${plan.sessions.evidence}.`,
          fix: 'Set deregistration_delay to 30 to 60 seconds.',
        }
      }),
  },
} as const satisfies Record<string, Rule>

/** Created with a value, or given another one. */
function isSet(resource: Changed, attribute: string): boolean {
  return resource.doing !== 'delete' && (resource.doing !== 'update' || differs(resource, attribute))
}

function exchangesTasks(service: Changed): boolean {
  if (service.doing === 'replace' || service.doing === 'delete') return true
  return (
    service.doing === 'update' &&
    ['task_definition', 'triggers', 'network_configuration', 'load_balancer', 'platform_version'].some(name =>
      differs(service, name),
    )
  )
}

/** Address of a target group that routes by cookie after this plan. */
function stickiness(plan: PlanView): string | undefined {
  const types = ['aws_lb_target_group', 'aws_alb_target_group']
  return [...plan.changed(...types), ...plan.unchanged(...types)].find(
    ({ after }) => block(after.stickiness).enabled === true,
  )?.address
}

/** What says that the server keeps sessions, as a clause; empty where nothing does. */
function evidenceOf(plan: PlanView): string {
  const sticky = stickiness(plan)
  return [plan.sessions?.evidence, sticky === undefined ? undefined : `the target group ${sticky} routes by cookie`]
    .filter(part => part !== undefined)
    .join(', and ')
}

/**
 * Where the plan has more than one task or instance, when it changes something that has to do with it: how many there are,
 * what they run, or how requests are routed to them.
 */
function manyTasks(plan: PlanView): { address: string; most: number; unit: string }[] {
  const types = ['aws_ecs_service', 'aws_appautoscaling_target', 'aws_autoscaling_group']
  const isTouched =
    plan.changed(...types).some(({ doing }) => doing !== 'delete') ||
    plan.changed('aws_lb_target_group', 'aws_alb_target_group').some(group => isSet(group, 'stickiness'))
  if (!isTouched) return []
  const planned = (type: string) => [
    ...plan.changed(type).filter(({ doing }) => doing !== 'delete'),
    ...plan.unchanged(type),
  ]
  const counted = planned('aws_ecs_service')
    .filter(({ after }) => asList(after.load_balancer).length > 0)
    .map(({ address, after }) => ({ address, most: number(after.desired_count) ?? 0, unit: 'tasks' }))
  const scaled = planned('aws_appautoscaling_target')
    .filter(({ after }) => after.service_namespace === 'ecs')
    .map(({ address, after }) => ({ address, most: number(after.max_capacity) ?? 0, unit: 'tasks' }))
  const instances = planned('aws_autoscaling_group')
    .filter(
      ({ after, unknown = {} }: { after: JsonObject; unknown?: JsonObject }) =>
        asList(after.target_group_arns).length > 0 || unknown.target_group_arns !== undefined,
    )
    .map(({ address, after }) => ({ address, most: number(after.max_size) ?? 0, unit: 'instances' }))
  // A service that scales is counted by its most tasks, not also by how many it starts with.
  return [...(scaled.length > 0 ? scaled : counted), ...instances].filter(({ most }) => most > 1)
}
