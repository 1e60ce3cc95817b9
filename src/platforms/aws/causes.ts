/**
 * Why AWS does not run what was deployed: the tables of rules by what they speak of (causes/), joined by the failures whose
 * cause they can show. Pure.
 */
import type { Failure } from '../../errors.ts'
import { eventRules } from './causes/event.ts'
import { instanceRules } from './causes/instance.ts'
import { bufferRules, lambdaRules, statelessRules } from './causes/lambda.ts'
import { balancerRules } from './causes/load-balancer.ts'
import { logRules } from './causes/log.ts'
import { microVmRules, signatureRules, tokenRules } from './causes/micro-vm.ts'
import { type Cause, firstOf, type Rule } from './causes/rule.ts'
import { targetCause, targetRules } from './causes/target.ts'
import { taskCause } from './causes/task.ts'
import type { Evidence } from './evidence.ts'

type Group =
  | 'tasks'
  | 'events'
  | 'targets'
  | 'balancer'
  | 'instance'
  | 'log'
  | 'function'
  | 'microVm'
  | 'token'
  | 'signature'
  | 'buffer'
  | 'session'

const rulesOf: Readonly<Record<Exclude<Group, 'tasks'>, readonly Rule[]>> = {
  events: eventRules,
  targets: targetRules,
  balancer: balancerRules,
  instance: instanceRules,
  log: logRules,
  function: lambdaRules,
  microVm: microVmRules,
  token: tokenRules,
  signature: signatureRules,
  buffer: bufferRules,
  session: statelessRules,
}

interface Symptom {
  /** The observation before "because"; undefined uses the failure's own sentence. */
  readonly observed?: string
  /** Where its cause can lie, the most specific first. */
  readonly groups: readonly Group[]
}

const unstable: Symptom = { groups: ['tasks', 'targets', 'events', 'log'] }
const unconnected: Symptom = { groups: ['balancer', 'instance', 'tasks', 'targets', 'events'] }
const unanswered: Symptom = { groups: ['instance', 'tasks', 'function', 'microVm', 'log'] }
const unstreamed: Symptom = { groups: ['instance', 'tasks', 'function', 'buffer', 'log'] }
const unencrypted: Symptom = { groups: ['balancer', 'instance'] }

/** Failures whose cause AWS can show, by code. Any other failure names its cause itself. */
export const symptoms: Readonly<Record<string, Symptom>> = {
  ECS_ROLLED_BACK: unstable,
  ECS_DEPLOYMENT_FAILED: unstable,
  ECS_TASKS_FAIL: unstable,
  ECS_TIMEOUT: unstable,
  ECS_STILL_DEPLOYING: unstable,
  EC2_TIMEOUT: { groups: ['instance'] },
  TCP_REFUSED: unconnected,
  TCP_TIMEOUT: unconnected,
  TCP_UNREACHABLE: unconnected,
  CONN_RESET: unconnected,
  CONN_FAILED: unconnected,
  TLS_UNTRUSTED: { groups: ['instance'] },
  TLS_NOT_TLS: unencrypted,
  TLS_TIMEOUT: unencrypted,
  TLS_FAILED: unencrypted,
  PORT_SPEAKS_TLS: unencrypted,
  ALB_404: { observed: '404 from the load balancer', groups: ['balancer'] },
  ALB_502: { observed: '502 from the load balancer', groups: ['tasks', 'targets', 'events', 'log'] },
  ALB_503: { observed: '503 from the load balancer', groups: ['tasks', 'targets', 'events'] },
  ALB_504: { observed: '504 from the load balancer', groups: ['tasks', 'targets', 'events', 'log'] },
  HEADERS_TIMEOUT: unanswered,
  START_FAILED: { groups: ['microVm', 'log'] },
  AWS_SIGNATURE_REFUSED: { groups: ['token'] },
  AWS_FORBIDDEN: { groups: ['signature'] },
  AUTH_REQUIRED: { groups: ['signature'] },
  AUTH_BARE_401: { groups: ['signature'] },
  SERVER_ERROR: unanswered,
  RPC_ERROR: unanswered,
  EMPTY_200: unanswered,
  BODY_TRUNCATED: unanswered,
  BODY_SLOW: unstreamed,
  SSE_EMPTY: unanswered,
  SSE_TRUNCATED: unanswered,
  SSE_SILENT: unstreamed,
  SESSION_LOST: { groups: ['session'] },
  LAMBDA_TIMEOUT: { groups: ['function'] },
  OLD_REVISION: { groups: ['tasks', 'targets', 'events'] },
  FLAPPING: { groups: ['tasks', 'targets', 'log'] },
}

/** A failure whose sentence names its cause, with the code of the rule that matched. */
export interface ExplainedFailure extends Failure {
  readonly cause?: string
}

/**
 * The failure with its cause in the same sentence, and with the cause's fix and action; unchanged where AWS shows none.
 * @param observed the observation before "because"; undefined uses the table's words or the failure's own
 */
export function explained(
  failure: Failure,
  evidence: Evidence,
  endpoint: string | undefined,
  observed?: string,
): ExplainedFailure {
  const symptom = symptoms[failure.code]
  if (symptom === undefined) return failure
  const url = endpoint === undefined ? null : URL.parse(endpoint)
  const cause = causeOf(symptom, evidence, url ?? undefined)
  if (cause === undefined) return failure
  const words = observed ?? symptom.observed ?? failure.sentence.replace(/\.$/, '')
  return {
    code: failure.code,
    cause: cause.code,
    sentence: `${words} because ${cause.clause}.`,
    fix: cause.fix,
    remedy: cause.remedy ?? failure.remedy,
  }
}

function causeOf({ groups }: Symptom, evidence: Evidence, endpoint: URL | undefined): Cause | undefined {
  for (const group of groups) {
    const cause = group === 'tasks' ? taskCause(evidence) : firstOf(rulesOf[group], evidence, endpoint)
    // The load balancer explains tasks that its health checks stop better than ECS does.
    if (cause?.code === 'TARGET_UNHEALTHY')
      return targetCause(evidence, endpoint) ?? firstOf(eventRules, evidence, endpoint) ?? cause
    if (cause !== undefined) return cause
  }
  return undefined
}
