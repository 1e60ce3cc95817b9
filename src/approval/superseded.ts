/**
 * Superseded commits: a commit that is older than one already applied to the stack is not applied, whatever its record says. This
 * stops "Re-run jobs" of an earlier deployment. The last applied commit is kept in the signed records of the merged pull
 * requests (docs/decisions.md).
 */
import type { Life } from './life.ts'

/** A commit and its parents, the first one on the branch it was merged into. */
export interface Commit {
  readonly sha: string
  readonly parents: readonly string[]
}

/** The commits between two commits. */
export interface CommitRange {
  /** `ancestor`: the base leads to the head; `same`: they are one commit; `unrelated`: the base does not lead to the head. */
  readonly relation: 'same' | 'ancestor' | 'unrelated'
  /** The commits after the base, oldest first; undefined if there are too many. */
  readonly commits: readonly Commit[] | undefined
}

/** A pull request that was merged after the commit, and the life of its record for this stack. */
export interface LaterPullRequest {
  readonly number: number
  readonly mergeCommit: string
  /** Undefined if it has no intact record for this stack, or if the record was not read. */
  readonly life: Life | undefined
}

/** The facts that decide whether a commit is superseded. */
export interface SupersessionFacts {
  readonly commit: string
  /** The branch that the commit was merged into. */
  readonly branch: string
  readonly range: CommitRange
  /** Merged pull requests after the commit, newest first. */
  readonly later: readonly LaterPullRequest[]
  /** GITHUB_RUN_ATTEMPT */
  readonly attempt: number
  /** The input plan-approval. */
  readonly required: string
}

/**
 * Decides whether a commit is superseded. Pure.
 *
 * A later record that is applying or applied is proof. Where a later pull request has no record, a re-run is refused, because nobody
 * can show that it is not superseded. The first attempt of a run is not: GitHub starts first attempts in the order of the merges,
 * and a pull request that does not concern this stack has no record.
 * @returns a sentence with the reason; undefined if the commit may be applied
 */
export function whySuperseded(facts: SupersessionFacts): string | undefined {
  const { commit, branch, range, later, attempt, required } = facts
  const name = `Commit ${commit.slice(0, 7)}`
  if (range.relation === 'same') return undefined
  const newer = later.find(({ life }) => life?.stage === 'applied' || life?.stage === 'applying')
  if (newer?.life !== undefined) {
    const done = newer.life.stage === 'applied' ? 'was applied' : 'is being applied'
    return `${name} is superseded: pull request #${newer.number} was merged after it and ${done} already.`
  }
  if (required === 'none') return undefined
  if (range.relation === 'unrelated') return `${name} is not on the branch ${branch} any more.`
  if (range.commits === undefined) return `${name} is superseded: the branch ${branch} has hundreds of newer commits.`
  if (attempt <= 1 || isEachCommitReviewed(range.commits, later)) return undefined
  return `${name} is not the newest commit of ${branch}, and it cannot be shown that no newer one was applied.`
}

/** Whether every commit that was added to the branch is a merge whose record is intact. */
function isEachCommitReviewed(commits: readonly Commit[], later: readonly LaterPullRequest[]): boolean {
  const bySha = new Map(commits.map(commit => [commit.sha, commit]))
  const merges = new Map(later.map(pull => [pull.mergeCommit, pull]))
  const parents = new Set(commits.flatMap(commit => commit.parents))
  const head = commits.find(({ sha }) => !parents.has(sha))
  // The walk follows first parents, because the other parents are commits of the merged branches.
  for (let next = head; next !== undefined; next = bySha.get(next.parents[0] ?? '')) {
    if (merges.get(next.sha)?.life === undefined) return false
  }
  return head !== undefined
}
