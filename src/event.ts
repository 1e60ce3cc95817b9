/**
 * Decides which command an event runs, purely from the event, its payload and the checked-out commit. Every command except `auto` is
 * used as it is. `auto` gives a reason when the event neither plans, applies nor verifies, and it never destroys. No command plans or
 * applies untrusted code, unmerged code destroys nothing, and only a person rolls back.
 */
import { existsSync, readFileSync } from 'node:fs'
import type { Checkout } from './checkout.ts'
import { InputError } from './errors.ts'

/** Commands that run before or after a matrix of stacks, without Terraform. */
export const matrixCommands = ['discover', 'summary'] as const
export const deployCommands = ['auto', 'plan', 'apply', 'verify', 'destroy', 'rollback'] as const
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
  readonly repository?: { readonly default_branch?: string; readonly full_name?: string; readonly private?: boolean }
  readonly sender?: { readonly login?: string }
  readonly pull_request?: {
    readonly number: number
    readonly user?: { readonly login?: string } | null
    readonly merged?: boolean | null
    readonly merge_commit_sha?: string | null
    readonly changed_files?: number
    /** `repo` is null if the fork was deleted. */
    readonly head: { readonly sha: string; readonly repo?: { readonly full_name: string } | null }
    readonly base: {
      readonly ref: string
      readonly sha?: string
      readonly repo?: { readonly full_name: string } | null
    }
  }
  /** The run after which this one was started. */
  readonly workflow_run?: {
    readonly head_sha?: string
    readonly head_branch?: string | null
    readonly head_repository?: { readonly full_name?: string } | null
  }
  /** The issue or pull request of a comment. */
  readonly issue?: { readonly number: number; readonly pull_request?: object | null }
  readonly comment?: {
    readonly body?: string
    readonly created_at?: string
    readonly user?: { readonly login?: string } | null
  }
  readonly merge_group?: { readonly head_ref: string; readonly base_sha?: string; readonly head_sha?: string }
}

/** Author of code that is not trusted. */
export type UntrustedAuthor = 'fork' | 'dependabot'

/** Where the checked-out code comes from: a branch or tag of this repository, somebody who may not write to it, or unknown. */
export type CodeOrigin =
  | { readonly from: 'repository' }
  | { readonly from: UntrustedAuthor }
  | {
      readonly from: 'unknown'
      /** The reason, as a clause without a full stop. */
      readonly why: string
    }

export type Trigger = DeployTrigger | { readonly command: MatrixCommand }

/** A trigger whose command is not about a matrix of stacks. */
export type DeployTrigger =
  | {
      readonly command: 'plan' | 'apply' | 'verify' | 'destroy' | 'rollback'
      readonly pullRequest: number | undefined
      readonly sha: string
      /** Set if the code is checked instead of planned. */
      readonly untrustedAuthor?: UntrustedAuthor | undefined
      /** Number of the pull request that a merge queue is about to merge. */
      readonly queued?: number | undefined
      /** The comment that requests an apply before the merge. The command checks it before anything runs: approval/request.ts. */
      readonly request?: ApplyRequest
    }
  | {
      readonly command: 'none'
      readonly reason: string
      /** The pull request that was closed without a merge. Its comment must not show an open plan any more. */
      readonly closed?: { readonly pullRequest: number; readonly sha: string }
    }

/** A comment that requests an apply before the merge. */
export interface ApplyRequest {
  /** Login of the person who wrote it. */
  readonly by: string
  /** When it was written, in ISO 8601. */
  readonly at: string
}

/** Facts about a run that decide what it does. */
type TriggerRun = Pick<Run, 'event' | 'payload' | 'owner' | 'repo' | 'sha' | 'ref' | 'actor' | 'repositoryUrl'>

/**
 * Decides what the run does.
 * @param checkout what is checked out in `working-directory`, undefined if it cannot be read
 * @param options `verifiesOnlyEndpoint`: whether `verify` runs no code of the checkout; `applyBeforeMerge`: the text of the comment that
 *   requests an apply before the merge
 * @throws InputError for code of unknown origin, and for untrusted code in a run with credentials or in any command but a plan. Also for
 * a destroy by unmerged code, and for a rollback that nobody asked for
 */
export function decideTrigger(
  command: DeployCommand | MatrixCommand,
  run: TriggerRun,
  checkout: Checkout | undefined,
  options: { readonly verifiesOnlyEndpoint?: boolean; readonly applyBeforeMerge?: string | undefined } = {},
): Trigger {
  const { verifiesOnlyEndpoint = false, applyBeforeMerge } = options
  if (command === 'discover' || command === 'summary') return { command }
  if (run.event === 'issue_comment' && applyBeforeMerge !== undefined && (command === 'auto' || command === 'apply'))
    return requestTrigger(run, checkout, applyBeforeMerge)
  if (command === 'destroy') assertMerged(run, checkout)
  if (command === 'rollback') assertRequested(run)
  const trigger = command === 'auto' ? automaticTrigger(run) : triggerFor(command, run)
  if (trigger.command === 'none' || (trigger.command === 'verify' && verifiesOnlyEndpoint)) return trigger
  const origin = codeOrigin(run, checkout)
  if (origin.from === 'unknown') throw unknownOrigin(origin.why)
  if (origin.from === 'repository') return { ...trigger, untrustedAuthor: undefined }
  assertNoPrivilege(run, origin.from, checkout?.commit ?? '')
  if (trigger.command === 'plan') return { ...trigger, untrustedAuthor: origin.from }
  throw new InputError(
    `Input command is "${trigger.command}" for code ${ofAuthor[origin.from]}: only what was merged is applied or verified. Leave command at "auto".`,
    'CODE_UNTRUSTED',
  )
}

/**
 * The trigger of a comment. Only a new comment counts: people with write access can edit those of others. The event does not name the
 * commit of the pull request. So the origin of the code is checked with the data of GitHub about the pull request, before anything runs.
 */
function requestTrigger({ payload }: TriggerRun, checkout: Checkout | undefined, wanted: string): Trigger {
  const { action, issue, comment } = payload
  const { login } = comment?.user ?? {}
  if (action !== 'created') return noTrigger(`a comment was ${action}, and only a new one requests an apply.`)
  if (issue?.pull_request === undefined || issue.pull_request === null)
    return noTrigger('the comment is not on a pull request.')
  if (comment?.body?.trim() !== wanted || login === undefined || comment.created_at === undefined)
    return noTrigger(`the comment is not "${wanted}".`)
  if (checkout === undefined) throw unknownOrigin('no commit can be read in working-directory')
  const request = { by: login, at: comment.created_at }
  return { command: 'apply', pullRequest: issue.number, sha: checkout.commit, request }
}

function unknownOrigin(why: string): InputError {
  return new InputError(
    `It is not known where the checked-out code comes from, because ${why}. Terraform executes that code with the credentials of the job, so it is not run. ` +
      'Check out a branch, a tag or the pull request of the event with actions/checkout, with git on the runner.',
    'CODE_UNKNOWN',
  )
}

const ofAuthor: Readonly<Record<UntrustedAuthor, string>> = { fork: 'of a fork', dependabot: 'of Dependabot' }

/**
 * Decides where the checked-out code comes from. The commit is the only evidence: it is compared with the commits that the event names,
 * and with the branches and tags that git fetched from this repository. Everything else is unknown, for every event.
 */
export function codeOrigin(run: Omit<TriggerRun, 'event'>, checkout: Checkout | undefined): CodeOrigin {
  if (checkout === undefined) return unknown('no commit can be read in working-directory')
  const { commit } = checkout
  const { pull_request: pull, workflow_run: earlier } = run.payload
  if (commit === run.sha) return originOfRef(run)
  if (pull !== undefined) {
    if (commit === pull.head.sha) return originOfPull(pull, run)
    if (commit === pull.merge_commit_sha) return pull.merged === true ? repository : originOfPull(pull, run)
    if (commit === pull.base.sha) return repository
  }
  if (earlier?.head_sha === commit) {
    const name = earlier.head_repository?.full_name
    if (name !== `${run.owner}/${run.repo}`) return { from: 'fork' }
    return originOfBranch(earlier.head_branch ?? '')
  }
  return originOfFetched(checkout, run)
}

const repository: CodeOrigin = { from: 'repository' }

function unknown(why: string): CodeOrigin {
  return { from: 'unknown', why }
}

/** The origin of GITHUB_SHA. GITHUB_REF names a branch or a tag of this repository, or the test merge of a pull request. */
function originOfRef(run: Pick<Run, 'ref' | 'sha' | 'payload' | 'actor'>): CodeOrigin {
  const { ref, sha, payload } = run
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  if (branch !== undefined) return originOfBranch(branch)
  if (ref.startsWith('refs/tags/')) return repository
  const pull = payload.pull_request
  if (!ref.startsWith('refs/pull/') || pull === undefined)
    return unknown(
      `commit ${sha.slice(0, 7)} of the event belongs to no branch, tag or pull request that the event names`,
    )
  return pull.merged === true && sha === pull.merge_commit_sha ? repository : originOfPull(pull, run)
}

/** Dependabot's branches begin with its name, which no setting of it changes. */
function originOfBranch(branch: string): CodeOrigin {
  return /^dependabot[/-]/.test(branch) ? { from: 'dependabot' } : repository
}

function originOfPull(
  pull: NonNullable<EventPayload['pull_request']>,
  { actor, payload }: Pick<Run, 'actor' | 'payload'>,
): CodeOrigin {
  if (isFork(pull)) return { from: 'fork' }
  // Only a push puts the code of the pusher there; a person who reopens or labels the pull request leaves it as it is.
  const isPushedByPerson = payload.action === 'synchronize' && payload.sender?.login !== dependabot
  const isDependabots = actor === dependabot || (pull.user?.login === dependabot && !isPushedByPerson)
  return isDependabots ? { from: 'dependabot' } : repository
}

const dependabot = 'dependabot[bot]'

/** The origin of a commit that the event does not name: a branch or a tag that git fetched from this repository. */
function originOfFetched(
  { commit, refs, origin }: Checkout,
  { owner, repo, repositoryUrl }: Pick<Run, 'owner' | 'repo' | 'repositoryUrl'>,
): CodeOrigin {
  const short = commit.slice(0, 7)
  if (origin?.toLowerCase().replace(/(\.git)?\/?$/, '') !== repositoryUrl.toLowerCase())
    return unknown(`commit ${short} is not one of the event and was not fetched from ${owner}/${repo}`)
  const branches = refs.flatMap(ref => /^refs\/remotes\/origin\/(.+)$/.exec(ref)?.[1] ?? [])
  const isTag = refs.some(ref => ref.startsWith('refs/tags/'))
  if (isTag || branches.some(branch => originOfBranch(branch).from === 'repository')) return repository
  if (branches.length > 0) return { from: 'dependabot' }
  return unknown(`commit ${short} is not one of the event and no branch or tag of ${owner}/${repo} ends with it`)
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

/**
 * Events whose runs get no credentials for such code: no secrets, no OIDC token, and by default a token that only reads
 * (docs.github.com, "Events that trigger workflows" and "Dependabot on GitHub Actions").
 */
const unprivilegedEvents: Readonly<Record<UntrustedAuthor, readonly string[]>> = {
  fork: ['pull_request', 'pull_request_review', 'pull_request_review_comment'],
  dependabot: [
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'push',
    'create',
    'deployment',
    'deployment_status',
  ],
}

/**
 * Refuses untrusted code in a run with the credentials of the repository ("Preventing pwn requests", GitHub Security Lab): also its other
 * steps would execute that code.
 */
function assertNoPrivilege({ event }: Pick<Run, 'event'>, author: UntrustedAuthor, commit: string): void {
  if (unprivilegedEvents[author].includes(event)) return
  throw new InputError(
    `The workflow runs on ${event}, and commit ${commit.slice(0, 7)} is checked out: the code ${ofAuthor[author]} would run with the credentials of this repository. ` +
      'Run on pull_request instead, whose runs get no credentials for such code.',
    'CODE_UNTRUSTED',
  )
}

/**
 * Refuses a destroy by unmerged code, whoever wrote it. On `pull_request_target` the workflow file is that of the default branch. If
 * its commit is checked out, too, nothing of the pull request takes part. That may destroy the preview of a closed pull request, but a
 * stranger can open and close one from a fork.
 */
function assertMerged(
  { event, payload, sha }: Pick<Run, 'event' | 'payload' | 'sha'>,
  checkout: Checkout | undefined,
): void {
  const { pull_request: pull, action } = payload
  const isMergedCode = event === 'pull_request_target' && checkout?.commit === sha
  if (isMergedCode && action === 'closed' && pull !== undefined && !isFork(pull)) return
  const isProposal = pull !== undefined && pull.merged !== true
  if (!isProposal && event !== 'merge_group') return
  throw new InputError(
    `Input command is "destroy" on the event ${event}, whose code is not merged: unmerged code must not destroy anything. ` +
      'Run it on workflow_dispatch, push or schedule, with confirm-destroy. For a preview, run it on pull_request_target when a pull request of this repository is closed, with the commit of the event checked out.',
  )
}

/** Refuses a rollback that no person asked for: a workflow that rolls back on every push would undo each deployment. */
function assertRequested({ event }: Pick<Run, 'event'>): void {
  if (event === 'workflow_dispatch' || event === 'repository_dispatch') return
  throw new InputError(
    `Input command is "rollback" on the event ${event}: allowed are workflow_dispatch and repository_dispatch, by which somebody asks for it.`,
  )
}

/**
 * The claim `sub` of the token of a job without an environment and without ids in it (docs.github.com, "OpenID Connect reference");
 * undefined for an event whose claim the reference does not name.
 */
export function tokenSubject({
  owner,
  repo,
  event,
  ref,
}: Pick<Run, 'owner' | 'repo' | 'event' | 'ref'>): string | undefined {
  if (event === 'pull_request') return `repo:${owner}/${repo}:pull_request`
  return /^refs\/(heads|tags)\//.test(ref) && !event.startsWith('pull_request')
    ? `repo:${owner}/${repo}:ref:${ref}`
    : undefined
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
