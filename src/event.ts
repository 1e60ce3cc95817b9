/**
 * Decides which command an event runs, purely from the event and its payload. Every command except `auto` is used as it is.
 * `auto` gives a reason when the event neither plans, applies nor verifies, and it never destroys. No command plans or
 * applies untrusted code, and unmerged code destroys nothing.
 */
import { existsSync, readFileSync } from 'node:fs'
import { InputError } from './errors.ts'

/** Commands that run before or after a matrix of stacks, without Terraform. */
export const matrixCommands = ['discover', 'summary'] as const
export const deployCommands = ['auto', 'plan', 'apply', 'verify', 'destroy'] as const
export type MatrixCommand = (typeof matrixCommands)[number]
export type DeployCommand = (typeof deployCommands)[number]

/** Facts about this run, from the GITHUB_* and RUNNER_* variables. */
export interface Run {
  readonly event: string
  readonly payload: EventPayload
  readonly owner: string
  readonly repo: string
  readonly sha: string
  readonly ref: string
  readonly url: string
  readonly repositoryUrl: string
  /** Path of the workflow file in the repository. */
  readonly workflow: string
  /** Id of the job in the workflow file. */
  readonly job: string
  /** Login of the person or app that caused the event. */
  readonly actor: string
  /** Address of the list of running workflow runs in this repository. */
  readonly runsUrl: string
  readonly workspace: string
  /** The runner's temporary directory, which it empties when a job begins and ends. */
  readonly temp: string
  /** Repository and ref of this action in the workflow; undefined for `uses: ./`. */
  readonly action: { readonly url: string; readonly ref: string } | undefined
}

/** The webhook payload fields that are read. All are optional, because each event has other fields. */
export interface EventPayload {
  readonly action?: string
  readonly number?: number
  readonly deleted?: boolean
  /** Commits before and after a push. */
  readonly before?: string
  readonly after?: string
  readonly forced?: boolean
  readonly repository?: { readonly default_branch?: string }
  readonly pull_request?: {
    readonly number: number
    readonly merged?: boolean | null
    readonly merge_commit_sha?: string | null
    readonly changed_files?: number
    /** `repo` is null if the fork was deleted. */
    readonly head: { readonly sha: string; readonly repo?: { readonly full_name: string } | null }
    readonly base: { readonly ref: string; readonly repo?: { readonly full_name: string } | null }
  }
  readonly merge_group?: { readonly head_ref: string; readonly base_sha?: string; readonly head_sha?: string }
}

/** Author of a pull request whose runs GitHub gives no credentials. */
export type UntrustedAuthor = 'fork' | 'dependabot'

export type Trigger = DeployTrigger | { readonly command: MatrixCommand }

/** A trigger whose command is not about a matrix of stacks. */
export type DeployTrigger =
  | {
      readonly command: 'plan' | 'apply' | 'verify' | 'destroy'
      readonly pullRequest: number | undefined
      readonly sha: string
      /** Set if the run has no credentials and therefore cannot plan. */
      readonly untrustedAuthor?: UntrustedAuthor | undefined
      /** Number of the pull request that a merge queue is about to merge. */
      readonly queued?: number | undefined
    }
  | {
      readonly command: 'none'
      readonly reason: string
      /** The pull request that was closed without a merge. Its comment must not show an open plan any more. */
      readonly closed?: { readonly pullRequest: number; readonly sha: string }
    }

/**
 * Decides what the run does.
 * @param checkedOut the commit in `working-directory`, undefined if it cannot be read
 * @throws InputError for an apply of an untrusted pull request, a destroy by unmerged code, and foreign code with credentials
 */
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

/** Whether the head of a pull request is in another repository than its base. A deleted fork counts as another one. */
export function isFork({ head, base }: NonNullable<EventPayload['pull_request']>): boolean {
  return head.repo === null || head.repo?.full_name !== base.repo?.full_name
}

/** Returns the author if GitHub gives the run no credentials. A merged pull request runs with them, for the base branch. */
function untrustedAuthorOf(run: Pick<Run, 'event' | 'payload' | 'actor'>): UntrustedAuthor | undefined {
  const pull = run.payload.pull_request
  if (pull === undefined || run.event !== 'pull_request' || pull.merged === true) return undefined
  if (isFork(pull)) return 'fork'
  return run.actor === 'dependabot[bot]' ? 'dependabot' : undefined
}

/**
 * Refuses the code of a fork on `pull_request_target`, which runs with the repository's credentials. A plan executes code:
 * providers, modules and `external` programs ("Preventing pwn requests", GitHub Security Lab).
 */
function assertTrustedCheckout(run: Pick<Run, 'event' | 'payload' | 'sha'>, checkedOut: string | undefined): void {
  const pull = run.payload.pull_request
  if (run.event !== 'pull_request_target' || pull === undefined || !isFork(pull) || checkedOut === run.sha) return
  throw new InputError(
    `The workflow runs on pull_request_target, and ${checkedOut === undefined ? 'an unknown commit is checked out' : `commit ${checkedOut.slice(0, 7)} is checked out`}, ` +
      `not ${run.sha.slice(0, 7)} of the base branch: the code of a fork would run with the credentials of this repository. ` +
      'Run on pull_request instead, which gives a fork no credentials.',
  )
}

/** Refuses a destroy by unmerged code, whoever wrote it. */
function assertMerged({ event, payload }: Pick<Run, 'event' | 'payload'>): void {
  const isProposal = payload.pull_request !== undefined && payload.pull_request.merged !== true
  if (!isProposal && event !== 'merge_group') return
  throw new InputError(
    `Input command is "destroy" on the event ${event}, whose code is not merged: unmerged code must not destroy anything. ` +
      'Run it on workflow_dispatch, push or schedule, with confirm-destroy.',
  )
}

/** Reads the pull request number from the queue's branch, such as `gh-readonly-queue/main/pr-7-…`. */
function queuedOf({ merge_group }: EventPayload): number | undefined {
  const number = /\/pr-(\d+)-[0-9a-f]{40}$/.exec(merge_group?.head_ref ?? '')?.[1]
  return number === undefined ? undefined : Number(number)
}

/** Returns the commit that people know: the pushed one, or the merge commit. GITHUB_SHA is only the test merge. */
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
    workflow: workflowFile(env.GITHUB_WORKFLOW_REF ?? ''),
    job: env.GITHUB_JOB ?? '',
    actor: env.GITHUB_ACTOR ?? '',
    runsUrl: `${actionsUrl}?query=is%3Ain_progress`,
    workspace: requireVariable('GITHUB_WORKSPACE'),
    temp: requireVariable('RUNNER_TEMP'),
    action: actionSource(env),
  }
}

/**
 * Returns the path of the workflow file in `owner/repo/PATH@REF`. A file name may contain `@`, and so may a branch, but only the
 * separator is followed by `refs/` and a slash.
 */
function workflowFile(workflowRef: string): string {
  const [, path = '', file = ''] = /^[^/]+\/[^/]+\/(?:(.+?)@refs\/|(.+)@)/.exec(workflowRef) ?? []
  return path || file
}

/** Returns the source of this action. The runner leaves both variables empty for `uses: ./`. */
function actionSource(env: NodeJS.ProcessEnv): Run['action'] {
  const { GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '' } = env
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./@+-]+$/.test(ref)) return undefined
  return { url: `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}`, ref }
}
