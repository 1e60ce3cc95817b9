/**
 * Which stacks a workflow has to run for: all of the repository, or those that the event's change concerns. Where GitHub
 * may not have told the whole change, all of them run: one that was left out would be green without having been looked at.
 */
import { count } from '../text.ts'
import { concernedStacks } from './changed.ts'
import { findStacks, refuseSharedStates, type Stack } from './discover.ts'
import { Repository } from './repository.ts'

/** A file of a change, by its paths in the repository. */
export interface ChangedFile {
  readonly path: string
  /** The path before the change, of a file that was renamed. */
  readonly previous: string | undefined
}

/** An event as far as it says what was changed, in the names of GitHub's webhook payloads. */
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

/** Lists the files of a change, as the GitHub client does. */
export interface ChangeSource {
  filesOfPullRequest(number: number): Promise<readonly ChangedFile[]>
  /** Undefined when the two commits cannot be compared. */
  filesBetween(base: string, head: string): Promise<readonly ChangedFile[] | undefined>
}

export interface Discovery {
  /** All that there are. */
  readonly found: readonly Stack[]
  /** Those that the workflow has to run for. */
  readonly concerned: readonly Stack[]
  /** Why these: a clause. */
  readonly because: string
}

/** What to ask GitHub for the change of an event. */
export type Question =
  | { readonly pullRequest: number; readonly expected: number | undefined }
  | { readonly base: string; readonly head: string }
  | { readonly everything: string }

/** GitHub lists no more files than this. */
const maxListed = { pullRequest: 3_000, comparison: 300 }

/** Where the change of an event is found. Pure. */
export function questionOf({ event, payload }: ChangeEvent): Question {
  const { pull_request: pull, merge_group: group, before = '', after = '', forced } = payload
  if (pull !== undefined) return { pullRequest: pull.number, expected: pull.changed_files }
  if (event === 'merge_group' && group?.base_sha && group.head_sha)
    return { base: group.base_sha, head: group.head_sha }
  if (event !== 'push') return { everything: `the event ${event} is no change` }
  if (forced === true) return { everything: 'the push was forced, so what it took away is not known' }
  if (!isCommit(before) || !isCommit(after)) return { everything: 'the push made a new branch or removed one' }
  return { base: before, head: after }
}

/**
 * The stacks that a change concerns. Pure.
 * @param files undefined when GitHub cannot compare
 * @param workflow path of the file of the workflow that runs
 */
export function chooseStacks(
  found: readonly Stack[],
  question: Question,
  files: readonly ChangedFile[] | undefined,
  workflow: string,
): Discovery {
  const all = (because: string): Discovery => ({ found, concerned: found, because })
  if ('everything' in question) return all(question.everything)
  if (files === undefined) return all('the commit before is no ancestor of this one, or is gone')
  const [limit, expected] =
    'pullRequest' in question ? [maxListed.pullRequest, question.expected] : [maxListed.comparison, undefined]
  if (files.length >= limit || (expected !== undefined && files.length < expected))
    return all(`GitHub lists ${count(files.length, 'file')} of the change, and there may be more`)
  const paths = files.flatMap(({ path, previous }) => (previous === undefined ? [path] : [path, previous]))
  if (workflow !== '' && paths.includes(workflow)) return all(`${workflow} itself was changed`)
  return { found, concerned: concernedStacks(found, paths), because: `the change has ${count(files.length, 'file')}` }
}

/**
 * Reads the checkout, and asks GitHub where that decides.
 * @param root absolute path of the checkout
 * @param github called only when something must be asked
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
  const found = findStacks(repository, below, names)
  refuseSharedStates(repository, found)
  const question: Question = which === 'all' ? { everything: 'discover is "all"' } : questionOf(run)
  return chooseStacks(found, question, await filesOf(question, github), run.workflow)
}

async function filesOf(question: Question, github: () => ChangeSource): Promise<readonly ChangedFile[] | undefined> {
  if ('everything' in question) return undefined
  if ('pullRequest' in question) return await github().filesOfPullRequest(question.pullRequest)
  return await github().filesBetween(question.base, question.head)
}

/** GitHub writes zeros for a branch that was not there. */
function isCommit(sha: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(sha) && !/^0+$/.test(sha)
}
