/**
 * Whether clients of an AgentCore endpoint get the version that this apply made. READY means that AWS accepted image and role, not
 * that the container ever started: only the gate's own session shows that.
 */
import type { FailedObservation, Observation, WaitingObservation } from '../platform.ts'
import type { AgentCore, EndpointState, RuntimeState } from './client.ts'
import { agentCoreFailure, type codes } from './codes.ts'
import { type AgentCoreRuntime, defaultQualifier, runtimeVersion } from './runtime.ts'

/** Follows an endpoint of a runtime. Each look throws the SDK's errors. */
export function watchRuntime(client: AgentCore, target: AgentCoreRuntime): () => Promise<Observation> {
  return async () => {
    const runtime = await client.runtime(target.id)
    const endpoint = runtime === undefined ? undefined : await client.endpoint(target.id, target.qualifier)
    return judge(target, runtime, endpoint)
  }
}

/** Containers are usually accepted in seconds. */
export function delayMs(attempt: number): number {
  return attempt < 30 ? 2_000 : 5_000
}

/** The verdict over a runtime and its endpoint, or what to wait for. Pure. */
export function judge(
  target: AgentCoreRuntime,
  runtime: RuntimeState | undefined,
  endpoint: EndpointState | undefined,
): Observation {
  const { name, id, qualifier } = target
  if (runtime === undefined || isGoing(runtime))
    return failed('AGENTCORE_NO_RUNTIME', `There is no AgentCore runtime ${id}${ending(runtime)}.`)
  const wanted = runtimeVersion(name, target.version ?? runtime.version)
  const isNewest = runtime.version === wanted.id
  if (isNewest && isFailed(runtime)) {
    return failed('AGENTCORE_FAILED', `AgentCore could not make ${wanted.label}: ${reasonOf(runtime)}.`)
  }
  const isMoving = (isNewest && isUnderWay(runtime)) || (endpoint !== undefined && isUnderWay(endpoint))
  if (endpoint === undefined || isGoing(endpoint)) {
    return endpoint === undefined && isMoving && qualifier === defaultQualifier
      ? waiting(`${id} is ${runtime.status}`, false)
      : failed('AGENTCORE_NO_RUNTIME', `The AgentCore runtime ${id} has no endpoint ${qualifier}${ending(endpoint)}.`)
  }
  const { liveVersion, targetVersion } = endpoint
  const next = isUnderWay(endpoint) ? (targetVersion ?? liveVersion) : liveVersion
  if (next !== undefined && isNewer(next, wanted.id)) {
    return failed(
      'AGENTCORE_SUPERSEDED',
      `The endpoint ${qualifier} of ${name} gets version ${next}, and this apply made version ${wanted.id}.`,
    )
  }
  if (isMoving) {
    const from = liveVersion === undefined || liveVersion === wanted.id ? '' : `, version ${liveVersion} still answers`
    return waiting(
      `${id} is ${runtime.status}, its endpoint ${qualifier} is ${endpoint.status}${from}`,
      runtime.status === 'READY',
    )
  }
  if (liveVersion === wanted.id) return { kind: 'serving', version: wanted, running: 1 }
  if (isFailed(endpoint)) {
    const still = liveVersion === undefined ? '' : ` Version ${liveVersion} still answers.`
    return failed(
      'AGENTCORE_FAILED',
      `AgentCore could not move the endpoint ${qualifier} of ${name} to version ${targetVersion ?? wanted.id}: ${reasonOf(endpoint)}.${still}`,
    )
  }
  if (qualifier === defaultQualifier)
    return waiting(`${qualifier} of ${name} does not follow to version ${wanted.id} yet`, runtime.status === 'READY')
  const live = liveVersion ?? 'no version'
  return target.endpointVersion === wanted.id
    ? failed(
        'AGENTCORE_SUPERSEDED',
        `Somebody moved the endpoint ${qualifier} of ${name} back to version ${live} after this apply moved it to version ${wanted.id}.`,
      )
    : failed(
        'AGENTCORE_ENDPOINT_STALE',
        `The endpoint ${qualifier} of ${name} stays on version ${live}, and this apply made version ${wanted.id}: clients get nothing of it.`,
      )
}

/** The end of a watch whose time is over. */
export function timedOut({ name }: AgentCoreRuntime, timeoutMs: number, last: WaitingObservation): FailedObservation {
  const code = last.isHealthy === true ? 'AGENTCORE_STILL_MOVING' : 'AGENTCORE_TIMEOUT'
  return failed(
    code,
    `The runtime ${name} did not serve the new version after ${Math.round(timeoutMs / 1000)} s; last seen: ${last.for}`,
  )
}

type Status = Pick<RuntimeState, 'status' | 'failureReason'>

const isFailed = ({ status }: Status) => status === 'CREATE_FAILED' || status === 'UPDATE_FAILED'
const isUnderWay = ({ status }: Status) => status === 'CREATING' || status === 'UPDATING'
const isGoing = ({ status }: Status) => status === 'DELETING' || status === 'DELETE_FAILED'

function ending(state: Status | undefined): string {
  return state === undefined ? '' : ` (its status is ${state.status})`
}

function reasonOf({ status, failureReason }: Status): string {
  return failureReason.trim().replace(/\.$/, '') || `it is ${status} without a reason`
}

function isNewer(version: string, than: string): boolean {
  return Number(version) > Number(than)
}

function waiting(what: string, isHealthy: boolean): WaitingObservation {
  return { kind: 'waiting', for: `Waiting for AgentCore: ${what}.`, isHealthy }
}

function failed(code: keyof typeof codes, sentence: string): FailedObservation {
  // What is missing, and what still points at another version, may be an answer of before the apply.
  const mayBeStale = code !== 'AGENTCORE_FAILED' && code !== 'AGENTCORE_TIMEOUT' && code !== 'AGENTCORE_STILL_MOVING'
  return { kind: 'failed', failure: agentCoreFailure(code, sentence), ...(mayBeStale && { mayBeStale }) }
}
