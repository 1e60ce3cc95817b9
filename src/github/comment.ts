/**
 * Writes the report to the pull request. A comment that cannot be posted is always an error, because people would merge an
 * outdated plan.
 */
import { readSettings, recordLength, recordLine, type SignedRecord } from '../approval/record.ts'
import { InputError, messageOf } from '../errors.ts'
import type { Inputs } from '../inputs.ts'
import { maxCommentUnits, renderClosed, renderComment, renderCounts, renderOutdated } from '../report/comment.ts'
import { type Entry, entryOf, isOfAnotherState, isSuperseded, readHistory } from '../report/history.ts'
import { type Markdown, withHiddenLine } from '../report/markdown.ts'
import type { Report } from '../report/report.ts'
import { targetName } from '../report/target.ts'
import { type GitHub, type PostedComment, statusOf } from './api.ts'

/** `update` writes only if a comment exists, because that comment would otherwise show an outdated plan. */
export type CommentDecision = 'write' | 'update' | 'nothing'

/** Decides whether the report is written to the pull request. A failure and everything after a merge always is. */
export function decideComment(mode: Inputs['comment'], report: Report): CommentDecision {
  if (mode === 'never') return 'nothing'
  const worthIt = report.command !== 'plan' || report.failures.length > 0 || report.plan?.hasChanges !== false
  return mode === 'always' || worthIt ? 'write' : 'update'
}

export interface CommentRequest {
  readonly pullRequest: number
  readonly report: Report
  /** The first line of the written comment. */
  readonly marker: string
  /** Whether a comment belongs to this stack. The default compares its start with `marker`. */
  readonly isOurs?: ((body: string) => boolean) | undefined
  readonly wanted: Exclude<CommentDecision, 'nothing'>
  /** The signed record that the apply of this plan needs in the comment. */
  readonly record?: SignedRecord | undefined
}

/**
 * Writes the comment. If GitHub refuses the whole text, a short one is written. If GitHub refuses both, the existing comment is
 * marked as outdated and the error is thrown.
 * @throws InputError if another job of this run has written the comment for another state
 * @throws ServiceError if the comment cannot be posted
 * @returns the comment; undefined without a comment to update. `kept`: the run ended before it could read the record of the comment, which a
 *   new run needs. `superseded`: the run of a newer commit has written it. `closed`: it is a plan and the pull request is not open, so nobody
 *   reviews it.
 */
export async function writeReportComment(
  github: GitHub,
  request: CommentRequest,
): Promise<PostedComment | 'kept' | 'superseded' | 'closed' | undefined> {
  const { pullRequest, report, marker, isOurs = marker, wanted, record } = request
  const limit = maxCommentUnits - (record === undefined ? 0 : recordLength(record.record))
  const withRecord = (body: Markdown) =>
    record === undefined ? body : withHiddenLine(body, recordLine(String(body), record))
  const now = entryOf(report)
  let mayBeSuperseded = true
  let superseded = false
  // Without the plan there is no key to sign the record again, and the comment without it would need a new review.
  const hasReadRecord = record !== undefined || report.approval !== undefined
  const mayKeep = (report.command === 'apply' || report.command === 'verify') && !hasReadRecord
  let kept = false
  const write = (render: (earlier: readonly Entry[]) => Markdown, create = wanted === 'write') =>
    github.upsertComment(pullRequest, isOurs, existing => {
      const earlier = readHistory(existing ?? '')
      if (isOfAnotherState(now, earlier[0])) throw sharedCommentError(report)
      superseded = mayBeSuperseded && isSuperseded(now, earlier[0])
      kept = mayKeep && existing !== undefined && readSettings(existing) !== undefined
      return kept || superseded || (existing === undefined && !create) ? undefined : render(earlier)
    })
  // The record of an apply must outlive its report, so that a new run can go on. A plan that nobody can read is not reviewed.
  const outdated = (earlier: readonly Entry[]) => renderOutdated(report, marker, earlier)
  const writeWhole = () => write(earlier => withRecord(renderComment(report, marker, { limit, earlier })))
  if (report.command === 'plan' && !(await github.pullRequest(pullRequest)).isOpen) return 'closed'
  try {
    const posted = await writeWhole()
    if (kept) return 'kept'
    if (!superseded) return posted
    // People can edit a comment, so its history must not block the plan of the newest commit. GitHub is asked now, because the pull
    // request may have been merged since the first question.
    const { isOpen, head } = await github.pullRequest(pullRequest)
    if (!isOpen) return 'closed'
    mayBeSuperseded = head !== report.commit
    return mayBeSuperseded ? 'superseded' : await writeWhole()
  } catch (error) {
    if (error instanceof InputError) throw error
    // GitHub refuses this body as too long or invalid. Any other cause would also affect a short one.
    if ([400, 413, 422].includes(statusOf(error))) {
      try {
        return await write(earlier => withRecord(renderCounts(report, marker, messageOf(error), earlier)))
      } catch {
        // GitHub's answer to the whole comment is the error to report.
      }
    }
    if (![401, 403, 404].includes(statusOf(error)))
      await write(
        earlier => (report.command === 'plan' ? outdated(earlier) : withRecord(outdated(earlier))),
        false,
      ).catch(() => {})
    throw error
  }
}

function sharedCommentError(report: Report): InputError {
  return new InputError(
    `Another job of this run has written the comment of ${targetName(report)} for another state. Both would write the same ` +
      'comment, so the later plan would replace the earlier one. Give each job of the matrix its own input stack-name.',
    'COMMENT_SHARED',
  )
}

/**
 * Marks the comment of a pull request that was closed without a merge. The comment of an apply stays, because it is still
 * true.
 * @returns the comment, undefined without a comment to mark
 */
export async function markClosed(
  github: GitHub,
  pullRequest: number,
  report: Report,
  marker: string,
): Promise<PostedComment | undefined> {
  return await github.upsertComment(pullRequest, marker, existing => {
    if (existing === undefined) return undefined
    const earlier = readHistory(existing)
    const shown = earlier[0]?.outcome
    const isPlan = shown === undefined || shown === 'planned' || shown === 'plan-failed'
    return isPlan || shown === 'closed' ? renderClosed(report, marker, earlier) : undefined
  })
}
