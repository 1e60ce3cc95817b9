/** Rules about targets, by the reason codes of Elastic Load Balancing (API_TargetHealth). */

import type { Failure } from '../../../errors.ts'
import type { Evidence } from '../evidence.ts'
import type { Target, TargetGroup } from '../load-balancing.ts'
import { lastErrorLine } from './log.ts'
import { type Cause, firstOf, quotable, quoted, type Rule } from './rule.ts'

/** The targets of the group that match a rule, and a phrase for their number. */
interface Sick {
  readonly group: TargetGroup
  readonly who: string
  readonly path: string
  readonly status: number | undefined
  readonly port: number | undefined
}

/** @param about which targets, by state, reason and description */
function sick(evidence: Evidence, about: RegExp, status = /^/): Sick | undefined {
  for (const group of evidence.targetGroups) {
    const present = group.targets.filter(({ state }) => state !== 'draining')
    const isAbout = ({ state, reason, description }: Target) =>
      about.test(`${state} ${reason}`) && status.test(statusIn(description) ?? '')
    const those = present.filter(isAbout)
    const [first] = those.length > 0 ? those : unhealthyBefore(evidence, group).filter(isAbout)
    if (first === undefined) continue
    const answered = statusIn(first.description)
    return {
      group,
      who: those.length === 0 ? 'the tasks' : howMany(those.length, present.length),
      path: `\`${quotable(group.healthPath || '/')}\``,
      status: answered === undefined ? undefined : Number(answered),
      port: first.port ?? group.port,
    }
  }
  return undefined
}

function howMany(those: number, all: number): string {
  if (those < all) return `${those} of ${all} targets`
  return all === 1 ? 'the only target' : `all ${all} targets`
}

/** Targets that ECS has removed from the group, from its events. */
function unhealthyBefore({ events }: Evidence, group: TargetGroup): Target[] {
  return events.flatMap(({ message }) => {
    const [, port, arn, description = ''] =
      /(?:\(port (\d+)\) )?is unhealthy in \(target-group ([^)]+)\) due to \(reason (.+?)\)\.?$/.exec(message) ?? []
    if (arn !== group.arn) return []
    const reason = /codes/.test(description)
      ? 'ResponseCodeMismatch'
      : /timed? ?out/i.test(description)
        ? 'Timeout'
        : 'FailedHealthChecks'
    return [
      {
        id: '',
        port: port === undefined ? undefined : Number(port),
        state: 'unhealthy',
        reason: `Target.${reason}`,
        description,
      },
    ]
  })
}

/** `Health checks failed with these codes: [404]` → `404`, the first of several. */
function statusIn(description: string): string | undefined {
  return /codes?: \[(\d{3})/.exec(description)?.[1]
}

/** `all 2 targets answer` and `the only target answers` */
function verb({ who }: Sick, several: string, one: string): string {
  return `${who} ${who === 'the only target' || who.startsWith('1 of') ? one : several}`
}

const MISMATCH = /Target\.ResponseCodeMismatch/

const targetRule = (
  code: string,
  remedy: Failure['remedy'],
  about: RegExp,
  clause: (targets: Sick, evidence: Evidence, endpoint: URL | undefined) => string | undefined,
  fix: Rule['fix'],
  status?: RegExp,
): Rule => ({
  code,
  remedy,
  clause: (evidence, endpoint) => {
    const targets = sick(evidence, about, status)
    return targets && clause(targets, evidence, endpoint)
  },
  fix,
})

const answers = (targets: Sick): string =>
  `${verb(targets, 'answer', 'answers')} ${targets.status ?? ''} on ${targets.path}`

export const targetRules: readonly Rule[] = [
  targetRule(
    'HEALTH_PATH_MISSING',
    'config',
    MISMATCH,
    (targets, evidence) => {
      const path = healthPathOf(evidence)
      const other =
        path === undefined || path === targets.group.healthPath
          ? ''
          : `; the server's health path is \`${quotable(path)}\``
      return `${answers(targets)}${other}`
    },
    evidence => {
      const path = healthPathOf(evidence)
      return path === undefined
        ? 'Set the health check path of the target group to a path that answers a plain GET with 200, never the MCP path. Or let the server answer there.'
        : `Set the health check path of the target group to ${path}.`
    },
    /^404$/,
  ),
  targetRule(
    'HEALTH_PATH_IS_MCP',
    'config',
    MISMATCH,
    (targets, _, endpoint) =>
      `${answers(targets)}${endpoint?.pathname === targets.group.healthPath ? ', the MCP path' : ''}: a health check is a plain GET, which an MCP endpoint refuses`,
    'Set the health check path of the target group to a path that answers 200 to a plain GET, such as /health: MCP paths answer POST.',
    /^(400|405|406|415)$/,
  ),
  targetRule(
    'HEALTH_PATH_WALLED',
    'config',
    MISMATCH,
    targets => `${answers(targets)}, where health checks have no credentials and the address of the task as host name`,
    'Let the health path answer without authorization and for every host name (allowedHosts of the MCP SDK), or choose another path for the health checks.',
    /^(401|403|421)$/,
  ),
  targetRule(
    'HEALTH_PATH_REDIRECTS',
    'config',
    MISMATCH,
    targets => `${answers(targets)}, a redirect, which a health check does not follow`,
    'Set the health check path of the target group to where the redirect leads, or let the server not redirect there.',
    /^3\d\d$/,
  ),
  targetRule(
    'HEALTH_5XX',
    'replace',
    MISMATCH,
    (targets, { log }) => {
      const line = lastErrorLine(log?.lines ?? [])
      return `${answers(targets)}${line === undefined ? '' : `; the log of the server shows ${quoted(line)}`}`
    },
    'Read the log of the server: it starts, and reports itself as not healthy.',
    /^5\d\d$/,
  ),
  targetRule(
    'HEALTH_STATUS',
    'config',
    MISMATCH,
    targets => `${answers(targets)}, and only ${targets.group.healthyCodes || '200'} is healthy`,
    'Let the health path answer with a healthy status, or add the status to the matcher of the target group.',
  ),
  targetRule(
    'LISTENS_ON_LOOPBACK',
    'replace',
    /Target\.FailedHealthChecks|Target\.Timeout/,
    (targets, { log }) =>
      log?.lines.some(line =>
        /(?:listen|running|started|serving|bound).*(?:127\.0\.0\.1|localhost|\[::1\])[:\s]/i.test(`${line} `),
      )
        ? `${verb(targets, 'do not answer', 'does not answer')} on port ${targets.port}: the server listens on 127.0.0.1 only`
        : undefined,
    'Let the server listen on 0.0.0.0: on 127.0.0.1 only its own container can reach it.',
  ),
  targetRule(
    'LISTENS_ON_OTHER_PORT',
    'config',
    /Target\.FailedHealthChecks|Target\.Timeout/,
    (targets, { log }) => {
      const port = portIn(log?.lines ?? [])
      return port === undefined || port === targets.port
        ? undefined
        : `${verb(targets, 'do not answer', 'does not answer')} on port ${targets.port}: the log shows that the server listens on port ${port}`
    },
    'Use one port for the server (often the variable PORT), the port mapping of the container and the target group.',
  ),
  targetRule(
    'HEALTH_TIMEOUT',
    'wait',
    /Target\.Timeout/,
    targets => `${verb(targets, 'do not answer', 'does not answer')} the health check on ${targets.path} in time`,
    'Let the security group of the tasks accept the load balancer on the container port; when the server only starts slowly, raise the timeout of the health check and health_check_grace_period_seconds.',
  ),
  targetRule(
    'PORT_CLOSED',
    'wait',
    /Target\.FailedHealthChecks/,
    targets => `${verb(targets, 'refuse', 'refuses')} the connection of the health check on port ${targets.port}`,
    'Let the server listen on 0.0.0.0 and on the container port of the task definition, which must be that of the target group.',
  ),
  targetRule(
    'TARGET_GROUP_UNUSED',
    'config',
    /Target\.NotInUse/,
    targets =>
      /availability zone/i.test(targets.group.targets.map(({ description }) => description).join(' '))
        ? `${verb(targets, 'are', 'is')} in an Availability Zone that the load balancer does not serve`
        : `no listener of the load balancer forwards to the target group ${targets.group.name}`,
    'Add a listener or a listener rule that forwards to the target group. Give the load balancer a subnet in each Availability Zone of the tasks.',
  ),
  targetRule(
    'TARGET_STOPPED',
    'replace',
    /Target\.InvalidState/,
    targets => `${verb(targets, 'are', 'is')} stopped or terminated`,
    'Start the instance, or register the one that runs.',
  ),
  targetRule(
    'TARGET_ADDRESS',
    'config',
    /Target\.IpUnusable/,
    targets => `the address of ${targets.who} cannot be a target, because a load balancer uses it`,
    'Register the addresses of the tasks, not one of a load balancer.',
  ),
  targetRule(
    'LOAD_BALANCER_ERROR',
    'wait',
    /Elb\.InternalError/,
    targets => `the load balancer has an internal error with ${targets.who}`,
    'Run it again; the AWS Health Dashboard shows whether Elastic Load Balancing has trouble.',
  ),
  targetRule(
    'STILL_CHECKING',
    'wait',
    /Elb\.(?:InitialHealthChecking|RegistrationInProgress)/,
    targets => `${verb(targets, 'are', 'is')} still in the first health checks`,
    'Shorten the interval and the healthy threshold of the health check, or raise the deadline (deploy-timeout, mcp-timeout).',
  ),
  {
    code: 'NO_TARGETS',
    remedy: 'wait',
    clause: ({ targetGroups }) => {
      const empty = targetGroups.find(({ targets }) => targets.every(({ state }) => state === 'draining'))
      if (empty === undefined) return undefined
      return empty.targets.length === 0
        ? `no target is registered in the target group ${empty.name}`
        : `all targets of the target group ${empty.name} are leaving it`
    },
    fix: 'Look at the service for why it runs no task: its desired count, its events, and its stopped tasks.',
  },
]

export function targetCause(evidence: Evidence, endpoint?: URL): Cause | undefined {
  return firstOf(targetRules, evidence, endpoint)
}

/** The path that the container's own health check requests, such as `/health` of `curl -f http://localhost:3000/health`. */
function healthPathOf({ definition }: Evidence): string | undefined {
  for (const { healthCheck } of definition?.containers ?? []) {
    const path = /https?:\/\/[\w.[\]:-]+(\/[\w./~-]*)/.exec(healthCheck)?.[1]
    if (path !== undefined) return path
  }
  return undefined
}

function portIn(lines: readonly string[]): number | undefined {
  for (const line of lines.toReversed()) {
    const port = /(?:listen|running|started|serving|server).*?(?:port\s*:?\s*|:)(\d{2,5})\b/i.exec(line)?.[1]
    if (port !== undefined) return Number(port)
  }
  return undefined
}
