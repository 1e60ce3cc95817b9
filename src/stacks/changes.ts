/**
 * Discovery of the stacks that a workflow runs for: all stacks of the repository, or the stacks that the event's change concerns. If
 * GitHub may not list the whole change, all stacks run. Otherwise an omitted stack would pass without a check.
 */
import { count } from '../text.ts'
import { concernedStacks } from './changed.ts'
import { assertDistinctStates, findStacks, type Stack } from './discover.ts'
import { Repository } from './repository.ts'

/** One changed file, with paths in the repository. */
export interface ChangedFile {
  readonly path: string
  /** The path of a renamed file before the change. */
  readonly previous: string | undefined
}

/** The fields of an event that describe its change, with the names of GitHub's webhook payloads. */
export interface ChangeEvent {
  readonly event: string
  readonly payload: {
    readonly before?: string
    readonly after?: string
    readonly forced?: boolean
    readonly pull_request?: { readonly number: number; readonly changed_files?: number }
    readonly merge_group?: { readonly base_sha?: string; readonly head_sha?: string }
  }
}

/** Lists the files of a change. The GitHub client implements it. */
export interface ChangeSource {
  filesOfPullRequest(number: number): Promise<readonly ChangedFile[]>
  /** Undefined if GitHub cannot compare the two commits. */
  filesBetween(base: string, head: string): Promise<readonly ChangedFile[] | undefined>
}

/** The result of a discovery. */
export interface Discovery {
  /** All stacks of the repository. */
  readonly stacks: readonly Stack[]
  /** The stacks that the workflow runs for. */
  readonly concerned: readonly Stack[]
  /** The reason for the selection, as a clause. */
  readonly because: string
}

/** The query that lists the change of an event; `everything` is the reason for running all stacks. */
export type ChangeQuery =
  | { readonly pullRequest: number; readonly expected: number | undefined }
  | { readonly base: string; readonly head: string }
  | { readonly everything: string }

/** Limits of the files that GitHub lists for a pull request and for a comparison. */
const maxListed = { pullRequest: 3_000, comparison: 300 }

/** The query for the change of an event. Pure. */
export function changeQueryOf({ event, payload }: ChangeEvent): ChangeQuery {
  const { pull_request: pull, merge_group: group, before = '', after = '', forced } = payload
  if (pull !== undefined) return { pullRequest: pull.number, expected: pull.changed_files }
  if (event === 'merge_group' && group?.base_sha && group.head_sha)
    return { base: group.base_sha, head: group.head_sha }
  if (event !== 'push') return { everything: `the event ${event} does not change files` }
  if (forced === true) return { everything: 'the push was forced, so the removed changes are unknown' }
  if (!isCommit(before) || !isCommit(after)) return { everything: 'the push created or deleted a branch' }
  return { base: before, head: after }
}

/**
 * Selects the stacks that a change concerns. Pure.
 * @param stacks all stacks of the repository
 * @param files the changed files; undefined if GitHub cannot compare
 * @param workflow path of the running workflow's file
 */
export function selectStacks(
  stacks: readonly Stack[],
  query: ChangeQuery,
  files: readonly ChangedFile[] | undefined,
  workflow: string,
): Discovery {
  const all = (because: string): Discovery => ({ stacks, concerned: stacks, because })
  if ('everything' in query) return all(query.everything)
  if (files === undefined)
    return all('the commit before the push is not an ancestor of this commit, or it no longer exists')
  const [limit, expected] =
    'pullRequest' in query ? [maxListed.pullRequest, query.expected] : [maxListed.comparison, undefined]
  if (files.length >= limit || (expected !== undefined && files.length < expected))
    return all(`GitHub lists ${count(files.length, 'file')} of the change, and there may be more`)
  const paths = files.flatMap(({ path, previous }) => (previous === undefined ? [path] : [path, previous]))
  if (workflow !== '' && paths.includes(workflow)) return all(`${workflow} itself was changed`)
  return { stacks, concerned: concernedStacks(stacks, paths), because: `the change has ${count(files.length, 'file')}` }
}

/**
 * Discovers the stacks of a checkout and selects those that the event concerns.
 * @param root absolute path of the checkout
 * @param below directory in the repository that limits the discovery
 * @param names possible names of this action's repository in module sources
 * @param github creates the GitHub client; it is called only if a change must be listed
 * @throws InputError
 */
export async function discover(
  root: string,
  below: string,
  names: readonly string[],
  which: 'changed' | 'all',
  run: ChangeEvent & { readonly workflow: string },
  github: () => ChangeSource,
): Promise<Discovery> {
  const repository = new Repository(root)
  const stacks = findStacks(repository, below, names)
  assertDistinctStates(repository, stacks)
  const query: ChangeQuery = which === 'all' ? { everything: 'discover is "all"' } : changeQueryOf(run)
  return selectStacks(stacks, query, await listChangedFiles(query, github), run.workflow)
}

async function listChangedFiles(
  query: ChangeQuery,
  github: () => ChangeSource,
): Promise<readonly ChangedFile[] | undefined> {
  if ('everything' in query) return undefined
  if ('pullRequest' in query) return await github().filesOfPullRequest(query.pullRequest)
  return await github().filesBetween(query.base, query.head)
}

/** Whether a text is the hash of a commit. GitHub sends zeros if a branch did not exist. */
function isCommit(sha: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(sha) && !/^0+$/.test(sha)
}
