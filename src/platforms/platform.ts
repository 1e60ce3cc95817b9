/**
 * The contract of a platform: what runs the server behind the endpoint, and what the action can find, watch and undo there.
 * A new platform is one folder and one line in index.ts. What a platform leaves out is reported as not checked.
 */
import type { CodeRow, Failure } from '../errors.ts'
import type { SigningScope } from '../gate/aws-signing.ts'
import type { EndpointTrait } from '../gate/request.ts'
import { asText } from '../json.ts'
import type { Line } from '../log.ts'
import type { StateJson } from '../terraform/json.ts'
import type { TaintTarget } from '../terraform/taint.ts'
import type { Link } from './aws/console-links.ts'
import type { Evidence, MissingDetail } from './aws/evidence.ts'

/** What runs the server: plain data, found in inputs, outputs and state. It is part of the report. */
export interface Target {
  readonly kind: string
  /** The server's own name, which its monitors get; undefined where the platform knows only an id. */
  readonly name?: string | undefined
  /** From an ARN in the state; undefined where the state does not hold the target. */
  readonly region?: string | undefined
}

/** What a target runs, distinguishable from what it ran before. */
export interface Version {
  /** The identifier that the platform accepts, such as an ARN. The record for a rollback keeps it. */
  readonly id: string
  /** The text for people, such as `weather:12`. It is unique among the versions of one target. */
  readonly label: string
}

/** The inputs that a platform may read. */
export interface PlatformInputs {
  readonly mcp: { readonly endpoint: string | undefined }
  readonly ecs: { readonly cluster: string | undefined; readonly service: string | undefined }
  /** Milliseconds for the watch, from deploy-timeout; undefined means the platform's default. */
  readonly deployTimeoutMs: number | undefined
  /** Milliseconds for the watch by the kind of platform, from the deprecated inputs of single platforms. */
  readonly formerTimeoutsMs: Readonly<Record<string, number>>
}

/** The value of an output of a state, or undefined when it is not a text or is empty. */
export function outputText(state: StateJson | undefined, name: string): string | undefined {
  return asText(state?.values?.outputs?.[name]?.value) || undefined
}

/** The rollout of a platform, by the id that the platform gave it. */
export interface FollowedDeployment {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** A new version that is up while no client reaches it yet. */
export interface Hold {
  /** Distinguishes it from another hold of the same rollout. */
  readonly id: string
  readonly version: Version
  /** The URL at which only the new version answers; undefined means the endpoint itself. */
  readonly endpoint: string | undefined
  /** When the platform decides itself, in milliseconds since 1970, and the name of what it does then. */
  readonly expires?: { readonly at: number; readonly action: string }
  /** Lets the clients reach the new version. Throws the SDK's errors. */
  continue(): Promise<void>
  /** Gives the new version up; the clients never reach it. Throws the SDK's errors. */
  rollBack(): Promise<void>
}

/** One look at what the platform does. */
export type Observation = {
  /** The rollout that is followed, as soon as it is known. */
  readonly deployment?: FollowedDeployment | undefined
} & (
  | WaitingObservation
  | { readonly kind: 'serving'; readonly version?: Version; readonly running?: number }
  | FailedObservation
  | { readonly kind: 'held'; readonly hold: Hold }
)

export interface WaitingObservation {
  readonly kind: 'waiting'
  readonly for: string
  /** Whether the new version runs and nothing of it has failed, so that only patience is missing. */
  readonly isHealthy?: boolean
  /** Milliseconds that the platform waits on purpose, such as a bake time. They are added to the default timeout. */
  readonly bakeMs?: number
}

export interface FailedObservation {
  readonly kind: 'failed'
  readonly failure: Failure
  /** What was seen of the failure, to be followed by "because"; without it the failure's own sentence is used. */
  readonly observed?: string | undefined
  /**
   * Whether an answer looks like this that does not know of the last change yet. AWS's answers may lag behind what was made
   * ("eventual consistency"), so the watch believes it when several looks in a row agree.
   */
  readonly mayBeStale?: boolean
}

export interface WatchTimes {
  /** Milliseconds for the whole watch. */
  readonly timeoutMs: number
  /** Whether the user has set the timeout, so that a bake time is not added. */
  readonly isFixed?: boolean
  /** Milliseconds to wait after look number `attempt` (0 is the first); the platform's own, if it is left out. */
  readonly delayMs?: (attempt: number) => number
}

/** Everything about a watch but its target. */
export interface WatchContext {
  /** The version that served before the apply. It distinguishes a rollback from somebody's newer deployment. */
  readonly previous?: Version | undefined
  /**
   * When the deployment began, in milliseconds since 1970; now, if it is left out. What failed before may have been
   * fixed by now, so it is not a reason to give up.
   */
  readonly since?: number
  /** Ids of the holds that were answered in this run. */
  readonly answeredHolds?: readonly string[]
  /** Whether the rollout must be complete. Else it is enough that all clients reach the new version. */
  readonly isFinal?: boolean
  readonly log: (line: Line) => void
  /** Ends the watch with a CancelledError. */
  readonly signal?: AbortSignal | undefined
  readonly times: WatchTimes
}

/** What a watch has in the end, for the report. */
export interface WatchResult {
  /** Label of the version that serves; undefined when ours does not, or when the platform has no versions. */
  readonly revision: string | undefined
  /** How many copies of it run. */
  readonly running: number
  readonly elapsedMs: number
  readonly failure: Failure | undefined
  /** The observation of the failure, before "because". */
  readonly observed?: string | undefined
  /** The rollout that was followed. */
  readonly deployment?: FollowedDeployment | undefined
  /** Set when the new version waits for a verdict before it gets clients. */
  readonly hold?: Hold | undefined
}

/** The status checks of a virtual machine, in the report. */
export type Readiness = Pick<WatchResult, 'elapsedMs' | 'failure'>

/** The rollout of a service, in the report. */
export interface Stability extends Omit<WatchResult, 'hold'> {
  /** What runs, as a clause, where it is not a task of ECS: `Lambda runs version 7 of weather`. */
  readonly runs?: string
}

/** The field of the report that a watch fills. */
export type WatchReport = { readonly stability: Stability } | { readonly readiness: Readiness }

/** Reads one detail of the evidence. The result is undefined if it cannot be read; `omitted` then contains the reason. */
export type Ask = <T>(detail: string, action: string, call: () => Promise<T>) => Promise<T | undefined>

export interface EvidenceContext {
  readonly ask: Ask
  /** Filled by `ask`. */
  readonly omitted: readonly MissingDetail[]
  /** Our rollout, where it is known; else the rollout of the state's version, or the newest. */
  readonly followed: FollowedDeployment | undefined
  /** Milliseconds since 1970. What was over by then did not cause the failure. */
  readonly since: number
}

/** IAM actions by what they are for. Messages name them, and a test compares them with terraform/github-oidc. */
export interface PlatformPermissions {
  readonly watch: readonly string[]
  readonly rollBack: readonly string[]
  readonly gate: readonly string[]
  /** For the digests of running images. */
  readonly images?: readonly string[]
  readonly evidence: readonly string[]
}

/** Sentences, and parts of sentences, that only the platform can write. All are pure. */
export interface PlatformMessages<T extends Target = Target> {
  /** The target in a sentence: `weather`, `the instance i-0abc`. */
  name(target: T): string
  /** Why the target is not watched: a sentence. Undefined when it is. */
  notWatched(target: T): string | undefined
  /** How to prove which version answers where nothing is watched: sentences. Undefined where the platform proves it. */
  readonly proof?: string
  /** Why there is nothing to roll back to: a sentence. Undefined when the platform has versions. */
  noRollback(target: T): string | undefined
  /** A word for its versions: `task definition`. */
  readonly version: string
  /** What the next plan does after a rollback: sentences. */
  nextPlan(target: T): string
}

/** How requests of one gate run reach a target, as far as it takes more than a URL. */
export interface Access {
  /** The scope of the signatures that the platform requires. */
  readonly signing?: SigningScope | undefined
  /** Headers of every request, such as the session of this gate run. */
  readonly headers?: Readonly<Record<string, string>>
  readonly traits?: readonly EndpointTrait[]
  /** URL that ends the session of the headers. */
  readonly leaveUrl?: string
}

/** The addresses that a platform itself gives to its targets, so that no output has to hold them. */
export interface PlatformAddresses<T extends Target = Target> {
  /** URL of the endpoint; undefined while the state does not hold it. Pure. */
  endpointOf(target: T): string | undefined
  /** The targets of a state, also a planned one, that are made to be MCP servers. Pure. */
  list(state: StateJson): readonly T[]
}

/** How a platform is watched. */
export interface PlatformWatch<T extends Target = Target> {
  /** Name of the API that is asked: `ECS`. */
  readonly api: string
  /** Begins to watch; each call of the result is one look. It throws the SDK's errors. */
  start(target: T, context: WatchContext): () => Promise<Observation>
  /** Milliseconds for the whole watch, unless an input sets them. */
  readonly defaultTimeoutMs: number
  /** Whether the watch distinguishes versions although the platform cannot be pointed at an earlier one. */
  readonly tellsVersionsApart?: true
  /** Milliseconds to wait after look number `attempt` (0 is the first). Pure. */
  delayMs(attempt: number): number
  /** The failure when AWS refuses a look. Pure. */
  accessDenied(target: T, error: unknown): Failure
  /** The failure when the time is over. Pure. @param last the last look */
  timedOut(target: T, timeoutMs: number, last: WaitingObservation): FailedObservation
  /** The part of the report that the watch fills. Pure. */
  report(result: WatchResult): WatchReport
}

/** How a platform goes back to an earlier version. */
export interface PlatformVersions<T extends Target = Target> {
  /** The version that must serve, by the state; undefined when Terraform does not manage it. Pure. */
  wanted(target: T): Version | undefined
  /** The version that served by an earlier state. Pure. */
  before(target: T, prior: StateJson | undefined): Version | undefined
  /**
   * The version of an id that a record holds. It is undefined for a version of another family, account or region than the target's.
   * Otherwise somebody who can write the record could have any version started. Pure.
   */
  ofId(target: T, id: string): Version | undefined
  /** The version that a person names, such as `12`; undefined for a name of something else. Pure. */
  named(target: T, name: string): Version | undefined
  /** How a person may name a version, as a list of examples. Pure. */
  examples(target: T): string
  /** The target as it is when another version must serve. Pure. */
  retarget(target: T, version: Version): T
  /** Points the target at an earlier version, unless the platform has done so. Throws a ServiceError or the SDK's errors. */
  rollBack(target: T, to: Version): Promise<'started' | 'already'>
  /** Name of the parameter that holds the version that passed last. Pure. */
  recordName(target: T): string
}

/** Everything that the action knows about one platform. Optional members are absent where the platform has no such thing. */
export interface Platform<T extends Target = Target> {
  readonly kind: T['kind']
  /** Names of the outputs that together identify the target. */
  readonly outputs: readonly string[]
  /** The target that inputs or outputs name. Pure. */
  find(inputs: PlatformInputs, state: StateJson | undefined): T | undefined
  /** Targets of the state that the endpoint's address leads to. Pure. */
  candidates?(endpoint: URL, state: StateJson): readonly T[]
  readonly addresses?: PlatformAddresses<T>
  /** How requests of one gate run reach the target at this endpoint. Each call may begin another session. */
  access?(target: T, endpoint: URL): Access
  readonly watch?: PlatformWatch<T>
  readonly versions?: PlatformVersions<T>
  /** Digests of the images that the target runs. Throws the SDK's errors. */
  runningImages?(target: T): Promise<readonly string[]>
  /** What can be replaced without losing the address. Pure. */
  taintTarget?(target: T): TaintTarget
  /** Everything that may explain a failure. Never throws what `ask` was given to call. */
  evidence?(target: T, context: EvidenceContext): Promise<Evidence>
  /** Pages of the platform's console that show the target. Pure. */
  consoleLinks?(target: T, state: StateJson): readonly Link[]
  /** Every failure code of the platform. */
  readonly codes: Readonly<Record<string, CodeRow>>
  readonly permissions: PlatformPermissions
  readonly messages: PlatformMessages<T>
}
