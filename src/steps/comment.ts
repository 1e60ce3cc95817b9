/**
 * Puts the report on the pull request. A comment that cannot be posted is an error and never passed over: people
 * would merge by a plan that is no longer true.
 */
import { type GitHub, type PostedComment, statusOf } from '../clients/github.ts'
import type { Inputs } from '../inputs.ts'
import { renderComment } from '../report/comment.ts'
import type { Report } from '../report/report.ts'

/** Whether this report belongs on the pull request. What happened after a merge always does, and so does a failure. */
export function wantsComment(mode: Inputs['comment'], report: Report): boolean {
  if (mode === 'never') return false
  return (
    mode === 'always' || report.command !== 'plan' || report.failure !== undefined || report.plan?.hasChanges !== false
  )
}

/** UTF-16 units of the comment that is tried when GitHub refuses the whole one. */
const shortLimit = 8_000

/** @param report without secrets */
export async function comment(
  github: GitHub,
  pullRequest: number,
  report: Report,
  marker: string,
): Promise<PostedComment> {
  try {
    return await github.upsertComment(pullRequest, marker, renderComment(report, marker))
  } catch (error) {
    if (statusOf(error) !== 422) throw error
    return await github.upsertComment(pullRequest, marker, renderComment(report, marker, shortLimit))
  }
}
