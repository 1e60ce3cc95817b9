/**
 * What the event asks for. A pure decision over the event and its payload: every command but `auto` stands,
 * and `auto` does nothing, and says why, when the event is not one that plans, applies or verifies.
 */
import type { EventPayload, Inputs, Run } from './inputs.ts'

export type Trigger =
  | { readonly command: 'plan' | 'apply' | 'verify'; readonly pullRequest: number | undefined; readonly sha: string }
  | {
      readonly command: 'none'
      readonly reason: string
      /** A pull request that ended without a merge: its comment must not go on promising a plan. */
      readonly closed?: { readonly pullRequest: number; readonly sha: string }
    }

export function decideTrigger(
  command: Inputs['command'],
  run: Pick<Run, 'event' | 'payload' | 'sha' | 'ref'>,
): Trigger {
  const pullRequest = run.payload.pull_request?.number
  const sha = run.payload.pull_request === undefined ? run.sha : shaOf(run.payload.pull_request)
  if (command !== 'auto') return { command, pullRequest, sha }

  switch (run.event) {
    case 'pull_request':
      return run.payload.action === 'closed' ? closed(run.payload, sha) : { command: 'plan', pullRequest, sha }
    case 'merge_group':
    case 'workflow_dispatch':
      return { command: 'plan', pullRequest: undefined, sha }
    case 'push':
      return push(run)
    case 'schedule':
      return { command: 'verify', pullRequest: undefined, sha }
    default:
      return nothing(`the event ${run.event} neither plans, applies nor verifies.`)
  }
}

function closed(payload: EventPayload, sha: string): Trigger {
  const pull = payload.pull_request
  if (pull?.merged !== true) {
    const ended = nothing('the pull request was closed without being merged.')
    return pull === undefined ? ended : { ...ended, closed: { pullRequest: pull.number, sha } }
  }
  const defaultBranch = payload.repository?.default_branch
  if (pull.base.ref !== defaultBranch) {
    return nothing(`the pull request was merged into ${pull.base.ref}, not into the default branch ${defaultBranch}.`)
  }
  return { command: 'apply', pullRequest: pull.number, sha }
}

function push({ payload, ref, sha }: Pick<Run, 'payload' | 'ref' | 'sha'>): Trigger {
  const defaultBranch = payload.repository?.default_branch
  if (ref !== `refs/heads/${defaultBranch}`) return nothing(`${ref} is not the default branch ${defaultBranch}.`)
  return { command: 'apply', pullRequest: undefined, sha }
}

/** GITHUB_SHA of a pull request is its test merge; people know the commit they pushed, and after the merge the merge. */
function shaOf(pull: NonNullable<EventPayload['pull_request']>): string {
  return (pull.merged === true ? pull.merge_commit_sha : undefined) ?? pull.head.sha
}

function nothing(why: string): Extract<Trigger, { command: 'none' }> {
  return {
    command: 'none',
    reason: `Nothing to do: ${why} Set the input command to plan, apply or verify to decide yourself.`,
  }
}
