/**
 * Puts the report on the pull request. A comment that cannot be posted is an error and never passed over: people
 * would merge by a plan that is no longer true.
 */

import { recordLength, type SignedRecord, withRecord } from '../approval/record.ts'
import { type GitHub, type PostedComment, statusOf } from '../clients/github.ts'
import type { Inputs } from '../inputs.ts'
import { commentLimit, renderComment } from '../report/comment.ts'
import type { Report } from '../report/report.ts'

/** `update`: only where there is one already, which would otherwise go on showing a plan that is no longer true. */
export type Wanted = 'write' | 'update' | 'nothing'

/** Whether this report belongs on the pull request. What happened after a merge always does, and so does a failure. */
export function wantsComment(mode: Inputs['comment'], report: Report): Wanted {
  if (mode === 'never') return 'nothing'
  const worthIt = report.command !== 'plan' || report.failure !== undefined || report.plan?.hasChanges !== false
  return mode === 'always' || worthIt ? 'write' : 'update'
}

/** UTF-16 units of the comment that is tried when GitHub refuses the whole one. */
const shortLimit = 8_000

/**
 * @param report without secrets
 * @param record what the apply that follows must find in it
 * @returns the comment, or undefined when there was none to update
 */
export async function comment(
  github: GitHub,
  pullRequest: number,
  report: Report,
  marker: string,
  wanted: Exclude<Wanted, 'nothing'>,
  record: SignedRecord | undefined,
): Promise<PostedComment | undefined> {
  const recordUnits = record === undefined ? 0 : recordLength(record.record)
  const render = (limit: number) => {
    const body = renderComment(report, marker, limit)
    return record === undefined ? body : withRecord(body, record)
  }
  const create = wanted === 'write'
  try {
    return await github.upsertComment(pullRequest, marker, render(commentLimit - recordUnits), create)
  } catch (error) {
    if (statusOf(error) !== 422) throw error
    return await github.upsertComment(pullRequest, marker, render(shortLimit), create)
  }
}
