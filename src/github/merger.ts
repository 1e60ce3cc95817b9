/**
 * Notifies the person who merged a pull request that its deployment failed. An edited comment notifies nobody, so this is a new
 * one. Each failure of a commit is reported once, and a pull request gets a limited number of them.
 */
import { createHash } from 'node:crypto'
import { renderFailureNotice } from '../report/failure-notice.ts'
import { outcomeOf } from '../report/outcome.ts'
import type { Report } from '../report/report.ts'
import { commentMarker } from '../report/target.ts'
import type { GitHub } from './api.ts'

const prefix = '<!-- terraform-mcp-deploy-failure:'

/** The most notices on one pull request, of all stacks and commits together. */
const maxNotices = 10

/** Returns the first line of the notice: the same for each attempt that fails in the same way. */
export function noticeMarker(report: Report): string {
  const parts = [commentMarker(report), report.commit, report.failures[0]?.code ?? 'RUN_INCOMPLETE']
  return `${prefix}${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)} -->`
}

/**
 * Posts the notice, unless one about this failure exists. Needs 3 requests for a failure, none for a deployment that passed.
 * @param requester who asked to apply the pull request before its merge; undefined after a merge
 * @param commentUrl the comment with the whole report; undefined if no comment was written
 * @throws ServiceError
 */
export async function notifyMerger(
  github: Pick<GitHub, 'mergerOf' | 'commentOnce'>,
  report: Report,
  commentUrl: string | undefined,
  requester?: string,
): Promise<void> {
  const { command, pullRequest } = report
  if (command !== 'apply' || pullRequest === undefined || outcomeOf(report).status !== 'failed') return
  const marker = noticeMarker(report)
  await github.commentOnce(pullRequest, { marker, prefix, max: maxNotices }, async () =>
    requester === undefined
      ? renderFailureNotice(report, marker, await github.mergerOf(pullRequest), commentUrl)
      : renderFailureNotice(report, marker, requester, commentUrl, 'requested'),
  )
}
