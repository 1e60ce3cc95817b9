/**
 * What the event asks for. A pure decision over the event and its payload: every command but `auto` stands, and `auto`
 * does nothing, and says why, when the event is not one that plans, applies or verifies; it never destroys. Code that
 * somebody else may have written is planned and applied by no command, and nothing is destroyed by what is not merged.
 */
import { existsSync, readFileSync } from 'node:fs'
import { InputError } from './errors.ts'

/** What is done around a matrix of stacks, where no Terraform runs. */
export const matrixCommands = ['discover', 'summary'] as const
export const deployCommands = ['auto', 'plan', 'apply', 'verify', 'destroy'] as const
export type MatrixCommand = (typeof matrixCommands)[number]
export type DeployCommand = (typeof deployCommands)[number]

/** What the runner says about this run, from the GITHUB_* and RUNNER_* variables. */
export interface Run {
  readonly event: string
  readonly payload: EventPayload
  readonly owner: string
  readonly repo: string
  readonly sha: string
  readonly ref: string
  readonly url: string
  readonly repositoryUrl: string
  /** Path of the workflow's file in the repository. */
  readonly workflow: string
  /** The id of the job in that file. */
  readonly job: string
  /** Who caused the event. */
  readonly actor: string
  /** The list of runs of this repository that are going on. */
  readonly runsUrl: string
  readonly workspace: string
  /** Emptied by the runner when the job begins and when it ends. */
  readonly temp: string
  /** The repository that this action comes from and the ref that the workflow names; undefined for `uses: ./`. */
  readonly action: { readonly url: string; readonly ref: string } | undefined
}

/** The parts of the webhook payloads that are read, all of them optional: the event decides which are there. */
export interface EventPayload {
  readonly action?: string
  readonly number?: number
  readonly deleted?: boolean
  /** Of a push. */
  readonly before?: string
  readonly after?: string
  readonly forced?: boolean
  readonly repository?: { readonly default_branch?: string }
  readonly pull_request?: {
    readonly number: number
    readonly merged?: boolean | null
    readonly merge_commit_sha?: string | null
    readonly changed_files?: number
    /** `repo` is null when the fork has been deleted. */
    readonly head: { readonly sha: string; readonly repo?: { readonly full_name: string } | null }
    readonly base: { readonly ref: string; readonly repo?: { readonly full_name: string } | null }
  }
  readonly merge_group?: { readonly head_ref: string; readonly base_sha?: string; readonly head_sha?: string }
}

/** Whose pull request it is, when GitHub gives its runs no credentials. */
export type UntrustedAuthor = 'fork' | 'dependabot'

export type Trigger = DeployTrigger | { readonly command: MatrixCommand }

/** The part of a Trigger that is not about a matrix of stacks. */
export type DeployTrigger =
  | {
      readonly command: 'plan' | 'apply' | 'verify' | 'destroy'
      readonly pullRequest: number | undefined
      readonly sha: string
      /** There are no credentials, so there can be no plan. */
      readonly untrustedAuthor?: UntrustedAuthor | undefined
      /** The pull request that a merge queue wants to merge. */
      readonly queued?: number | undefined
    }
  | {
      readonly command: 'none'
      readonly reason: string
      /** A pull request that ended without a merge: its comment must not go on promising a plan. */
      readonly closed?: { readonly pullRequest: number; readonly sha: string }
    }

/** `checkedOut` is the commit in `working-directory`, undefined where that cannot be told. */
export function decideTrigger(
  command: DeployCommand | MatrixCommand,
  run: Pick<Run, 'event' | 'payload' | 'sha' | 'ref' | 'actor'>,
  checkedOut: string | undefined,
): Trigger {
  if (command === 'discover' || command === 'summary') return { command }
  assertTrustedCheckout(run, checkedOut)
  if (command === 'destroy') assertMerged(run)
  const trigger = command === 'auto' ? automaticTrigger(run) : triggerFor(command, run)
  if (trigger.command === 'none') return trigger
  const untrustedAuthor = untrustedAuthorOf(run)
  if (untrustedAuthor !== undefined && trigger.command === 'apply') {
    throw new InputError(
      'Input command is "apply" for a pull request from a fork or of Dependabot: only what was merged is applied. ' +
        'Leave command at "auto".',
    )
  }
  return { ...trigger, untrustedAuthor }
}

function triggerFor(
  command: Exclude<DeployCommand, 'auto'>,
  { payload, sha }: Pick<Run, 'payload' | 'sha'>,
): DeployTrigger {
  const pull = payload.pull_request
  return { command, pullRequest: pull?.number, sha: pull === undefined ? sha : shaOf(pull), queued: queuedOf(payload) }
}

function automaticTrigger(run: Pick<Run, 'event' | 'payload' | 'sha' | 'ref'>): DeployTrigger {
  const { sha } = run
  switch (run.event) {
    case 'pull_request':
      return run.payload.action === 'closed' ? closed(run.payload) : triggerFor('plan', run)
    case 'merge_group':
    case 'workflow_dispatch':
      return triggerFor('plan', run)
    case 'push':
      return pushTrigger(run)
    case 'schedule':
      return { command: 'verify', pullRequest: undefined, sha }
    default:
      return noTrigger(`the event ${run.event} neither plans, applies nor verifies.`)
  }
}

function closed(payload: EventPayload): DeployTrigger {
  const pull = payload.pull_request
  if (pull?.merged !== true) {
    const ended = noTrigger('the pull request was closed without being merged.')
    return pull === undefined ? ended : { ...ended, closed: { pullRequest: pull.number, sha: shaOf(pull) } }
  }
  const defaultBranch = payload.repository?.default_branch
  if (pull.base.ref !== defaultBranch) {
    return noTrigger(`the pull request was merged into ${pull.base.ref}, not into the default branch ${defaultBranch}.`)
  }
  return { command: 'apply', pullRequest: pull.number, sha: shaOf(pull) }
}

function pushTrigger({ payload, ref, sha }: Pick<Run, 'payload' | 'ref' | 'sha'>): DeployTrigger {
  const defaultBranch = payload.repository?.default_branch
  if (ref !== `refs/heads/${defaultBranch}`) return noTrigger(`${ref} is not the default branch ${defaultBranch}.`)
  return { command: 'apply', pullRequest: undefined, sha }
}

/** Whether a pull request's head lies in another repository than its base; that of a deleted fork is null. */
export function isFork({ head, base }: NonNullable<EventPayload['pull_request']>): boolean {
  return head.repo === null || head.repo?.full_name !== base.repo?.full_name
}

/** GitHub runs a merged pull request's workflow for the base branch, with credentials. */
function untrustedAuthorOf(run: Pick<Run, 'event' | 'payload' | 'actor'>): UntrustedAuthor | undefined {
  const pull = run.payload.pull_request
  if (pull === undefined || run.event !== 'pull_request' || pull.merged === true) return undefined
  if (isFork(pull)) return 'fork'
  return run.actor === 'dependabot[bot]' ? 'dependabot' : undefined
}

/**
 * `pull_request_target` runs with the repository's credentials, and a plan runs what the code says: providers, modules and
 * `external` programs ("Preventing pwn requests", GitHub Security Lab).
 */
function assertTrustedCheckout(run: Pick<Run, 'event' | 'payload' | 'sha'>, checkedOut: string | undefined): void {
  const pull = run.payload.pull_request
  if (run.event !== 'pull_request_target' || pull === undefined || !isFork(pull) || checkedOut === run.sha) return
  throw new InputError(
    `The workflow runs on pull_request_target, and ${checkedOut === undefined ? 'it cannot be told what is checked out' : `commit ${checkedOut.slice(0, 7)} is checked out`}, ` +
      `not ${run.sha.slice(0, 7)} of the base branch: the code of a fork would run with the credentials of this repository. ` +
      'Run on pull_request instead, which gives a fork no credentials.',
  )
}

/** What a pull request proposes, of whomever, decides over nothing that exists. */
function assertMerged({ event, payload }: Pick<Run, 'event' | 'payload'>): void {
  const isProposal = payload.pull_request !== undefined && payload.pull_request.merged !== true
  if (!isProposal && event !== 'merge_group') return
  throw new InputError(
    `Input command is "destroy" on the event ${event}, whose code is not merged: nothing is destroyed by a proposal. ` +
      'Run it on workflow_dispatch, push or schedule, with confirm-destroy.',
  )
}

/** The queue's branch names the pull request: `gh-readonly-queue/main/pr-7-…`. */
function queuedOf({ merge_group }: EventPayload): number | undefined {
  const number = /\/pr-(\d+)-[0-9a-f]{40}$/.exec(merge_group?.head_ref ?? '')?.[1]
  return number === undefined ? undefined : Number(number)
}

/** GITHUB_SHA of a pull request is its test merge; people know the commit they pushed, and after the merge the merge. */
function shaOf(pull: NonNullable<EventPayload['pull_request']>): string {
  return (pull.merged === true ? pull.merge_commit_sha : undefined) ?? pull.head.sha
}

function noTrigger(why: string): Extract<DeployTrigger, { command: 'none' }> {
  return {
    command: 'none',
    reason: `Nothing to do: ${why} Set the input command to plan, apply or verify to decide yourself.`,
  }
}

/** Reads the runner's variables (docs.github.com, "Variables reference") and the event's payload. */
export function readRun(env: NodeJS.ProcessEnv): Run {
  const requireVariable = (name: string): string => {
    const value = env[name]
    if (!value) throw new InputError(`${name} is not set: this action runs on a GitHub Actions runner.`)
    return value
  }
  const [owner = '', repo = ''] = requireVariable('GITHUB_REPOSITORY').split('/')
  const payloadFile = env.GITHUB_EVENT_PATH
  const repositoryUrl = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${owner}/${repo}`
  const actionsUrl = `${repositoryUrl}/actions`
  const runUrl = `${actionsUrl}/runs/${env.GITHUB_RUN_ID ?? ''}`
  const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? '1')
  return {
    event: requireVariable('GITHUB_EVENT_NAME'),
    payload:
      payloadFile && existsSync(payloadFile) ? (JSON.parse(readFileSync(payloadFile, 'utf8')) as EventPayload) : {},
    owner,
    repo,
    sha: env.GITHUB_SHA ?? '',
    ref: env.GITHUB_REF ?? '',
    url: attempt > 1 ? `${runUrl}/attempts/${attempt}` : runUrl,
    repositoryUrl,
    workflow: /^[^/]+\/[^/]+\/(.+?)@/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[1] ?? '',
    job: env.GITHUB_JOB ?? '',
    actor: env.GITHUB_ACTOR ?? '',
    runsUrl: `${actionsUrl}?query=is%3Ain_progress`,
    workspace: requireVariable('GITHUB_WORKSPACE'),
    temp: requireVariable('RUNNER_TEMP'),
    action: actionSource(env),
  }
}

/** The runner leaves both empty for an action of the checked out repository. */
function actionSource(env: NodeJS.ProcessEnv): Run['action'] {
  const { GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '' } = env
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./@+-]+$/.test(ref)) return undefined
  return { url: `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}`, ref }
}
