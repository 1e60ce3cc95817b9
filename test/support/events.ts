/**
 * Event payloads as GitHub sends them: its published examples (`@octokit/webhooks-examples`) with the names, numbers and
 * commits of the stand-in put in, and with them the part of the `github` context that follows from the event. `schedule`
 * is no webhook and has no example; GitHub documents nothing of its payload but the cron expression.
 */
import { createRequire } from 'node:module'
import type { PullRequest } from './github-repository.ts'
import type { ActionRun, GitHubContext } from './runner.ts'

/** Spread into an `ActionRun`: `event` as it is, `github` into the rest of its context. */
export interface Trigger {
  event: ActionRun['event']
  github: Pick<GitHubContext, 'repository' | 'sha' | 'ref' | 'baseRef' | 'headRef' | 'actor' | 'runAttempt'>
  /** The commit that the workflow checks out, if it is not that of the event. */
  checkedOut?: string
}

/** The repository in which it happens, whose default branch is `main`. */
export interface Place {
  owner: string
  repo: string
}

interface Payload {
  action?: string
  ref?: string
  repository: { full_name: string; owner: { login: string } }
  sender: { login: string }
  [key: string]: unknown
}

const definitions: Array<{ name: string; examples: Payload[] }> = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

/** A published example in which the names of people and repositories are those of the place. */
function example(place: Place, name: string, fits: (payload: Payload) => boolean): Payload {
  const found = definitions.find(each => each.name === name)?.examples.find(fits)
  if (!found) throw new Error(`GitHub publishes no such example of ${name}`)
  const text = JSON.stringify(found)
    .replaceAll(found.repository.full_name, `${place.owner}/${place.repo}`)
    .replaceAll(found.repository.owner.login, place.owner)
    .replaceAll(found.sender.login, place.owner)
  return JSON.parse(text, (_, value) => {
    return isPlainObject(value) && 'full_name' in value ? patched(value, repositoryPatch(place)) : value
  })
}

function repositoryPatch({ repo }: Place): object {
  return { name: repo, default_branch: 'main', master_branch: 'main' }
}

/** Puts values in, deep into objects; arrays are replaced. A key that the example lacks is left out. */
function patched<Target extends object>(target: Target, patch: object): Target {
  const copy = { ...target } as Record<string, unknown>
  for (const [key, value] of Object.entries(patch)) {
    const before = copy[key]
    if (!(key in copy)) continue
    const deep = isPlainObject(before) && isPlainObject(value)
    copy[key] = deep ? patched(before, value) : value
  }
  return copy as Target
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pullRequestPatch(place: Place, pull: PullRequest, fork?: string): object {
  return {
    number: pull.number,
    pull_request: {
      number: pull.number,
      title: pull.title,
      merge_commit_sha: pull.mergeCommitSha,
      head: {
        ref: pull.branch,
        sha: pull.headSha,
        label: `${fork ?? place.owner}:${pull.branch}`,
        ...(fork && { user: { login: fork } }),
        repo: fork ? { full_name: `${fork}/${place.repo}`, owner: { login: fork }, fork: true } : {},
      },
      base: { ref: pull.base ?? 'main', sha: pull.baseSha, label: `${place.owner}:${pull.base ?? 'main'}` },
    },
  }
}

/** The example of a pull request that somebody did this to, turned into this pull request. */
function pullRequestExample(place: Place, action: string, pull: PullRequest, fork?: string): Payload {
  const published = example(place, 'pull_request', each => each.action === action)
  const links = new RegExp(`/(issues|pull|pulls)/${published.number}\\b`, 'g')
  const renumbered: Payload = JSON.parse(JSON.stringify(published).replace(links, `/$1/${pull.number}`))
  return patched(renumbered, pullRequestPatch(place, pull, fork))
}

function onTestMerge(place: Place, pull: PullRequest, payload: object): Trigger {
  const context = { sha: pull.mergeCommitSha, ref: `refs/pull/${pull.number}/merge` }
  return {
    event: { name: 'pull_request', payload },
    github: {
      repository: `${place.owner}/${place.repo}`,
      ...context,
      baseRef: pull.base ?? 'main',
      headRef: pull.branch,
    },
  }
}

/** A pull request was opened; with `fork`, from the fork that this login owns. */
export function pullRequestOpened(place: Place, pull: PullRequest, { fork }: { fork?: string } = {}): Trigger {
  return onTestMerge(place, pull, pullRequestExample(place, 'opened', pull, fork))
}

/** Commits were pushed to the branch of a pull request. */
export function pullRequestSynchronize(place: Place, pull: PullRequest, { before }: { before: string }): Trigger {
  const synchronized = pullRequestExample(place, 'synchronize', pull)
  return onTestMerge(place, pull, patched(synchronized, { before, after: pull.headSha }))
}

/** A pull request was closed without a merge. */
export function pullRequestClosed(place: Place, pull: PullRequest): Trigger {
  return onTestMerge(place, pull, pullRequestExample(place, 'closed', pull))
}

/** A pull request was closed without a merge, for workflows of the default branch, which run at its tip. */
export function pullRequestTargetClosed(place: Place, pull: PullRequest, { sha }: { sha: string }): Trigger {
  const { event, github } = pullRequestClosed(place, pull)
  return { event: { ...event, name: 'pull_request_target' }, github: { ...github, sha, ref: 'refs/heads/main' } }
}

/** A pull request was merged: the run is on the base branch, at the commit that the merge made. */
export function pullRequestMerged(place: Place, pull: PullRequest): Trigger {
  const closed = pullRequestExample(place, 'closed', pull)
  const merge = { merged: true, merged_at: '2026-01-01T00:00:00Z', merged_by: closed.sender, state: 'closed' }
  const trigger = onTestMerge(place, pull, patched(closed, { pull_request: merge }))
  return { ...trigger, github: { ...trigger.github, ref: 'refs/heads/main' } }
}

/** The default branch or another one moved, by a merge or by a direct push. */
export function pushed(
  place: Place,
  push: { before: string; after: string; message?: string; branch?: string },
): Trigger {
  const { before, after, branch = 'main' } = push
  const payload = example(place, 'push', each => each.ref === 'refs/heads/master')
  const commit = patched(headCommit(place), { id: after, message: push.message ?? 'Merge pull request' })
  const repository = `${place.owner}/${place.repo}`
  return {
    event: {
      name: 'push',
      payload: patched(payload, {
        ref: `refs/heads/${branch}`,
        before,
        after,
        created: false,
        deleted: false,
        compare: `https://github.com/${repository}/compare/${before}...${after}`,
        head_commit: commit,
        commits: [commit],
      }),
    },
    github: { repository, sha: after, ref: `refs/heads/${branch}` },
  }
}

/** Not every example of a push holds a commit. */
function headCommit(place: Place): object {
  return example(place, 'push', each => isPlainObject(each.head_commit)).head_commit as object
}

/** The merge queue asks for checks of the commit that the default branch would become. */
export function mergeGroup(place: Place, pull: PullRequest, { sha }: { sha: string }): Trigger {
  const queued = example(place, 'merge_group', each => each.action === 'checks_requested')
  const ref = `refs/heads/gh-readonly-queue/main/pr-${pull.number}-${pull.baseSha}`
  const group = { head_sha: sha, head_ref: ref, base_sha: pull.baseSha, base_ref: 'refs/heads/main' }
  return {
    event: {
      name: 'merge_group',
      payload: patched(queued, { merge_group: { ...group, head_commit: { id: sha, message: pull.title } } }),
    },
    github: { repository: `${place.owner}/${place.repo}`, sha, ref },
  }
}

/** Somebody started the workflow by hand on the default branch. */
export function workflowDispatch(place: Place, { sha, inputs = {} }: { sha: string; inputs?: object }): Trigger {
  const dispatched = example(place, 'workflow_dispatch', () => true)
  // `inputs` is a map of the workflow's own names, so nothing of the example's may stay.
  const payload = { ...patched(dispatched, { ref: 'refs/heads/main' }), inputs }
  return {
    event: { name: 'workflow_dispatch', payload },
    github: { repository: `${place.owner}/${place.repo}`, sha, ref: 'refs/heads/main' },
  }
}

/** Somebody wrote a comment on a pull request, or did `action` to it. The run is on the default branch, at its tip. */
export function commented(
  place: Place,
  { number }: { number: number },
  { sha, body, by, at, action = 'created' }: { sha: string; body: string; by: string; at?: string; action?: string },
): Trigger {
  const published = example(place, 'issue_comment', each => each.action === 'created')
  const { issue, comment } = published as unknown as Record<'issue' | 'comment', object>
  const url = `https://api.github.com/repos/${place.owner}/${place.repo}/pulls/${number}`
  const created_at = at ?? new Date().toISOString()
  const payload = {
    ...published,
    action,
    // The published examples are comments on issues, which have no such part.
    issue: { ...patched(issue, { number }), pull_request: { url } },
    comment: patched(comment, { body, user: { login: by }, created_at, updated_at: created_at }),
    sender: patched(published.sender, { login: by }),
  }
  return {
    event: { name: 'issue_comment', payload },
    github: { repository: `${place.owner}/${place.repo}`, sha, ref: 'refs/heads/main', actor: by },
  }
}

/** The clock started the workflow on the default branch. */
export function scheduled(place: Place, { sha, cron = '17 * * * *' }: { sha: string; cron?: string }): Trigger {
  return {
    event: { name: 'schedule', payload: { schedule: cron } },
    github: { repository: `${place.owner}/${place.repo}`, sha, ref: 'refs/heads/main' },
  }
}
