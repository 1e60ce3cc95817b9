/**
 * Puts the report on the pull request. A comment that cannot be posted is always an error: people would merge by a plan
 * that is no longer true.
 */
import { readableSetting } from '../approval/digest.ts'
import { readSettings, recordLength, recordLine, type SignedRecord } from '../approval/record.ts'
import { InputError, messageOf } from '../errors.ts'
import type { Inputs } from '../inputs.ts'
import { secrets } from '../log.ts'
import { maxCommentUnits, renderClosed, renderComment, renderCounts, renderOutdated } from '../report/comment.ts'
import { type Entry, entryOf, isOfAnotherState, isSuperseded, readHistory } from '../report/history.ts'
import { type Markdown, withHiddenLine } from '../report/markdown.ts'
import type { Report } from '../report/report.ts'
import { targetName } from '../report/target.ts'
import { type GitHub, type PostedComment, statusOf } from './api.ts'

/** `update`: only where there is a comment already, which would go on showing a plan that is no longer true. */
export type CommentDecision = 'write' | 'update' | 'nothing'

/** Whether this report belongs on the pull request. What happened after a merge always does, and so does a failure. */
export function decideComment(mode: Inputs['comment'], report: Report): CommentDecision {
  if (mode === 'never') return 'nothing'
  const worthIt = report.command !== 'plan' || report.failures.length > 0 || report.plan?.hasChanges !== false
  return mode === 'always' || worthIt ? 'write' : 'update'
}

/** A stack as its comment names it. */
export interface CommentOwner {
  readonly marker: string
  /** The marker of version 0.1, where that is another one. */
  readonly formerMarker: string | undefined
  /** Undefined until Terraform is initialized. */
  readonly state: { readonly backend: string; readonly workspace: string } | undefined
}

/**
 * Whether a comment is that of a stack. In version 0.1 several stacks could have one marker, so such a comment counts only
 * when its record names the same state.
 */
export function isCommentOf({ marker, formerMarker, state }: CommentOwner, body: string): boolean {
  if (body.startsWith(marker)) return true
  if (formerMarker === undefined || state === undefined || !body.startsWith(formerMarker)) return false
  const settings = readSettings(body)
  const isSame = (name: keyof typeof state) => settings?.[name] === readableSetting(state[name], secrets.redact)
  return isSame('backend') && isSame('workspace')
}

export interface CommentRequest {
  readonly pullRequest: number
  readonly report: Report
  /** The first line of what is written. */
  readonly marker: string
  /** Whether a comment is that of this stack; left out, it is when it begins with `marker`. */
  readonly isOurs?: ((body: string) => boolean) | undefined
  readonly wanted: Exclude<CommentDecision, 'nothing'>
  /** The signed record that the apply after this plan must find in the comment. */
  readonly record?: SignedRecord | undefined
}

/**
 * Writes the comment. When GitHub does not take the whole text, a short one is written; when it takes nothing, the
 * existing comment is marked as outdated and the error is thrown.
 * @throws InputError when another job of this run has written the comment for another state
 * @returns the comment, `superseded` when the run of a newer commit has written it, undefined when there was none to update
 */
export async function writeReportComment(
  github: GitHub,
  request: CommentRequest,
): Promise<PostedComment | 'superseded' | undefined> {
  const { pullRequest, report, marker, isOurs = marker, wanted, record } = request
  const limit = maxCommentUnits - (record === undefined ? 0 : recordLength(record.record))
  const withRecord = (body: Markdown) =>
    record === undefined ? body : withHiddenLine(body, recordLine(String(body), record))
  const now = entryOf(report)
  let mayBeSuperseded = true
  let superseded = false
  const write = (render: (earlier: readonly Entry[]) => Markdown, create = wanted === 'write') =>
    github.upsertComment(pullRequest, isOurs, existing => {
      const earlier = readHistory(existing ?? '')
      if (isOfAnotherState(now, earlier[0])) throw sharedCommentError(report)
      superseded = mayBeSuperseded && isSuperseded(now, earlier[0])
      return superseded || (existing === undefined && !create) ? undefined : render(earlier)
    })
  const writeWhole = () => write(earlier => withRecord(renderComment(report, marker, { limit, earlier })))
  try {
    const posted = await writeWhole()
    if (!superseded) return posted
    // People can edit a comment, and no number in it may keep the plan of the newest commit away.
    mayBeSuperseded = (await github.pullRequest(pullRequest)).head !== report.commit
    return mayBeSuperseded ? 'superseded' : await writeWhole()
  } catch (error) {
    if (error instanceof InputError) throw error
    // A body that GitHub finds too long or does not like. Any other cause would befall a short one, too.
    if ([400, 413, 422].includes(statusOf(error))) {
      try {
        return await write(earlier => withRecord(renderCounts(report, marker, messageOf(error), earlier)))
      } catch {
        // GitHub's answer to the whole comment is the error to report.
      }
    }
    if (![401, 403, 404].includes(statusOf(error)))
      await write(earlier => renderOutdated(report, marker, earlier), false).catch(() => {})
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
 * Marks the comment of a pull request that was closed without being merged. The comment of an apply stays: it is true,
 * merged or not.
 * @returns the comment, or undefined when there is none to mark
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
