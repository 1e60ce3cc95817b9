/**
 * Superseded commits: a commit that is older than one already applied to the stack is not applied, whatever its record contains. This
 * stops "Re-run jobs" of an earlier deployment. The last applied commit is kept in the signed records of the merged pull
 * requests (docs/decisions/0173-last-applied-commit.md).
 */
import type { Life } from './life.ts'

/** The commits between two commits. */
export interface CommitRange {
  /** `ancestor`: the base leads to the head; `same`: they are one commit; `unrelated`: the base does not lead to the head. */
  readonly relation: 'same' | 'ancestor' | 'unrelated'
  /** The commits after the base, oldest first; undefined if there are too many. */
  readonly commits: readonly string[] | undefined
}

/** A pull request that was merged after the commit, and the life of its record for this stack. */
export interface LaterPullRequest {
  readonly number: number
  readonly mergeCommit: string
  /** Undefined if it has no intact record for this stack. */
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
  /** The number of further ones whose records were not read. */
  readonly unread: number
  /** GITHUB_RUN_ATTEMPT */
  readonly attempt: number
  /** The input plan-approval. */
  readonly required: string
}

/**
 * Decides whether a commit is superseded. Pure.
 *
 * A later record that is applying or applied is proof. Without it, a re-run is refused, because nobody can show that nothing newer was
 * applied: a comment can be deleted, and an earlier signed text of it can be restored. The first attempt of a run is not refused:
 * GitHub starts first attempts in the order of the merges, and a pull request that does not concern this stack has no record.
 * @returns a sentence with the reason; undefined if the commit may be applied
 */
export function whySuperseded(facts: SupersessionFacts): string | undefined {
  const { commit, branch, range, later, unread, attempt, required } = facts
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
  if (unread > 0)
    return `${name} is superseded: more than ${later.length} pull requests were merged into ${branch} after it.`
  if (attempt <= 1) return undefined
  return `This is a re-run for an earlier commit: ${commit.slice(0, 7)} is not the newest commit of ${branch}.`
}
