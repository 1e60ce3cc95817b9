/**
 * Waits until the platform runs the version that this apply made, and checks later that it still does. The loop is the
 * same for all platforms: one log line per change, throttling and network errors are asked again, and a missing
 * permission ends the wait.
 */
import { type Failure, messageOf } from '../errors.ts'
import { line } from '../log.ts'
import { type Polled, poll } from '../poll.ts'
import { isAccessError } from './aws/client.ts'
import { isWatched, platformOf } from './index.ts'
import type {
  FailedObservation,
  FollowedDeployment,
  Hold,
  Observation,
  PlatformWatch,
  Target,
  WaitingObservation,
  WatchContext,
  WatchReport,
  WatchResult,
} from './platform.ts'

type Decided = Exclude<Observation, { kind: 'waiting' }>

/** Looks in a row that must find the same failure before it is believed, where an answer that lags behind would look alike. */
const looksUntilBelieved = 3

/**
 * Follows the target until its version serves, has failed or is held, or the time is over. Throws a CancelledError as
 * soon as the context's signal is aborted. Only for a target that can be watched: see `isWatched`.
 */
export async function waitUntilStable(target: Target, context: WatchContext): Promise<WatchResult> {
  return await followDeployment(watchOf(target), target, context)
}

/**
 * Whether the target is watched again after the gate: what answered must be what was applied, and not something that
 * somebody deployed since. Without versions nothing else could have taken its place. Pure.
 */
export function isWatchedAgain(target: Target): boolean {
  const { versions, watch } = platformOf(target)
  return (versions !== undefined || watch?.tellsVersionsApart === true) && isWatched(target)
}

/** The part of the report that a watch of the target fills. Pure. */
export function watchReport(target: Target, result: WatchResult): WatchReport {
  return watchOf(target).report(result)
}

function watchOf(target: Target): PlatformWatch {
  const { kind, watch } = platformOf(target)
  if (watch === undefined) throw new Error(`A target of kind ${kind} cannot be watched.`)
  return watch
}

/** The loop of every watch. */
export async function followDeployment<T extends Target>(
  watch: PlatformWatch<T>,
  target: T,
  context: WatchContext,
): Promise<WatchResult> {
  const started = Date.now()
  const {
    log,
    signal,
    times: { timeoutMs, isFixed = false, delayMs = watch.delayMs },
  } = context
  const look = watch.start(target, context)
  let deployment: FollowedDeployment | undefined
  let last: WaitingObservation = { kind: 'waiting', for: '' }
  let bakeMs = 0
  let suspicion: Suspicion | undefined
  const wholeMs = () => timeoutMs + (isFixed ? 0 : bakeMs)
  const observe = async (): Promise<Polled<Decided>> => {
    let isAnswer = true
    const observed = await look().catch((error: unknown) => {
      isAnswer = false
      return judgeError(error, watch, target)
    })
    deployment = observed.deployment ?? deployment
    // An error is not an answer, so the answers before and after it are still in a row.
    if (isAnswer) suspicion = suspicionOf(observed, suspicion)
    const isBelieved = suspicion === undefined || suspicion.looks >= looksUntilBelieved
    const observation = isAnswer && !isBelieved ? doubt(observed, watch) : observed
    if (observation.kind !== 'waiting') return { done: observation }
    if (observation.for !== last.for) log(line`${observation.for}`)
    last = observation
    bakeMs = Math.max(bakeMs, observation.bakeMs ?? 0)
    return { waitingFor: observation.for }
  }
  const polled = await poll(observe, { delayMs, timeoutMs: wholeMs, signal })
  const end = polled.timedOut ? (suspicion?.observation ?? watch.timedOut(target, wholeMs(), last)) : polled.value
  return { ...resultOf(end), elapsedMs: Date.now() - started, deployment }
}

/** A failure that may be only an answer that lags behind, and how many looks in a row have found it. */
interface Suspicion {
  readonly observation: FailedObservation
  readonly looks: number
}

/** The suspicion after one more look. Pure. */
function suspicionOf(observation: Observation, before: Suspicion | undefined): Suspicion | undefined {
  if (observation.kind !== 'failed' || observation.mayBeStale !== true) return undefined
  const isSame = before?.observation.failure.code === observation.failure.code
  return { observation, looks: isSame ? before.looks + 1 : 1 }
}

/** The wait for further answers that agree. Pure. */
function doubt<T extends Target>(observation: Observation, { api }: PlatformWatch<T>): Observation {
  if (observation.kind !== 'failed') return observation
  const { failure, deployment } = observation
  const what = `Waiting until ${looksUntilBelieved} answers of the ${api} API agree: ${failure.sentence}`
  return { kind: 'waiting', for: what, deployment }
}

/** The verdict over a version that was held. */
export interface HoldResult {
  /** Why the version may not get clients; undefined when it passed and gets them. */
  readonly failure: Failure | undefined
  /** Why the platform could not be given the answer; undefined when it has it. */
  readonly unanswered: string | undefined
}

/**
 * Gates a version that is held, at its own endpoint, then lets the clients reach it or gives it up. The clients lose
 * nothing by a version that fails here.
 * @param gate runs the gate at an endpoint, undefined for the deployment's own; its result is undefined when it passes
 */
export async function gateHold(
  target: Target,
  hold: Hold,
  gate: (endpoint: string | undefined) => Promise<Failure | undefined>,
): Promise<HoldResult> {
  const failure = await gate(hold.endpoint)
  try {
    await (failure === undefined ? hold.continue() : hold.rollBack())
    return { failure, unanswered: undefined }
  } catch (error) {
    return { failure: failure ?? watchOf(target).accessDenied(target, error), unanswered: messageOf(error) }
  }
}

function resultOf(end: Decided): Omit<WatchResult, 'elapsedMs' | 'deployment'> {
  const none = { revision: undefined, running: 0, failure: undefined }
  if (end.kind === 'failed') return { ...none, failure: end.failure, observed: end.observed }
  if (end.kind === 'held') return { ...none, hold: end.hold }
  return { ...none, revision: end.version?.label, running: end.running ?? 0 }
}

/** Permission and configuration errors end the wait; throttling and network errors are asked again. */
function judgeError<T extends Target>(error: unknown, watch: PlatformWatch<T>, target: T): Observation {
  if (isAccessError(error)) return { kind: 'failed', failure: watch.accessDenied(target, error) }
  const name = error instanceof Error ? error.name : ''
  return { kind: 'waiting', for: `Waiting for the ${watch.api} API: ${name}: ${messageOf(error)}` }
}
