/**
 * Manages the issue of a scheduled `verify`. It is opened when the run fails, rewritten when the failure changes or a day has
 * passed, and closed when a run passes again. No run fails because of the issue.
 */

import {
  changedLine,
  closedBody,
  closingLine,
  type IssueState,
  issueTitle,
  readIssueState,
  renderIssue,
} from '../report/issue.ts'
import { outcomeOf } from '../report/outcome.ts'
import type { IssueResult, Report } from '../report/report.ts'
import { formerIssueMarker, issueMarker } from '../report/target.ts'
import type { GitHub, OurIssue } from './api.ts'

export type IssueDecision = 'nothing' | 'open' | 'close' | 'keep' | 'rewrite' | 'rewrite and notify'

/** Milliseconds after which a failure that stays the same is reported again. */
const dayMs = 86_400_000

/**
 * Decides what to do with the issue. Pure.
 * @param key the code of the current failure, undefined if the run passed
 * @param existing the state of the open issue, undefined without one
 * @param now milliseconds since 1970
 */
export function decideIssue(key: string | undefined, existing: IssueState | undefined, now: number): IssueDecision {
  if (key === undefined) return existing === undefined ? 'nothing' : 'close'
  if (existing === undefined) return 'open'
  if (existing.key !== key) return 'rewrite and notify'
  return now - existing.reported >= dayMs ? 'rewrite' : 'keep'
}

/**
 * Opens, updates or closes the issue.
 * @param report the report of a verify that was not cancelled
 * @param endpoint the input mcp-endpoint
 * @param now milliseconds since 1970
 * @throws ServiceError
 */
export async function updateVerifyIssue(
  github: GitHub,
  report: Report,
  endpoint: string | undefined,
  now: number,
): Promise<IssueResult | undefined> {
  const [failure] = report.failures
  const marker = issueMarker(report, endpoint)
  const key = outcomeOf(report).isFailed ? (failure?.code ?? 'RUN_INCOMPLETE') : undefined
  const former = formerIssueMarker(report, endpoint)
  const ours = await github.issuesOf(marker)
  // Two stacks may share an issue of version 0.1. The first one takes it over, and the other one opens its own.
  const open = ours.length > 0 || former === undefined ? ours : await github.issuesOf(former)
  const [issue] = open
  // If somebody removed the state line, the issue is rewritten.
  const state = issue && (readIssueState(issue.body) ?? { key: '', since: now, reported: 0 })
  const result = (outcome: IssueResult['outcome'], { number, url }: OurIssue): IssueResult => ({ number, url, outcome })
  const decision = decideIssue(key, state, now)
  if (decision === 'nothing') return undefined
  if (issue === undefined) {
    const body = renderIssue(report, marker, { key: key ?? '', since: now, reported: now })
    return result('opened', await github.openIssue(marker, issueTitle(report, endpoint), body))
  }
  if (decision === 'close') {
    const closing = closingLine(report, now)
    for (const each of open) {
      const body = closedBody(each.body, marker, closing)
      await github.updateIssue(each.number, { body, state: 'closed', state_reason: 'completed' })
    }
    await github.commentOnIssue(issue.number, closing)
    return result('closed', issue)
  }
  if (decision === 'keep') return result('kept', issue)
  const since = state?.since ?? now
  await github.updateIssue(issue.number, {
    body: renderIssue(report, marker, { key: key ?? '', since, reported: now }),
  })
  if (decision === 'rewrite and notify') await github.commentOnIssue(issue.number, changedLine(report))
  return result('updated', issue)
}
