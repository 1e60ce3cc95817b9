/** Renders the comment that notifies the merger of a failed deployment. */
import { failureName } from './comment.ts'
import { stackLabel } from './heading.ts'
import { hiddenLine, knownLink, Markdown, md, mention, plain, prose } from './markdown.ts'
import { outcomeOf } from './outcome.ts'
import type { Report } from './report.ts'

/**
 * @param marker the hidden first line
 * @param login the person to mention; undefined if nobody is known
 * @param what what the person did
 * @param commentUrl the comment with the whole report; undefined if no comment was written
 */
export function renderFailureNotice(
  report: Report,
  marker: string,
  login: string | undefined,
  commentUrl: string | undefined,
  what: 'merged' | 'requested' = 'merged',
): Markdown {
  const [failure] = report.failures
  const { headline } = outcomeOf(report)
  const who = login === undefined ? md`` : md`${mention(login)} `
  const code = failure === undefined ? md`` : md` **${failureName(failure, report.docsUrl)}**:`
  const sentence = prose(plain`${failure?.sentence}`.firstLine, 1_000)
  const fix = failure === undefined || failure.fix === '' ? undefined : md`**What to do**: ${prose(failure.fix, 1_000)}`
  const run = knownLink(md`the run`, report.runUrl)
  const where = commentUrl === undefined ? run : md`${knownLink(md`the report`, commentUrl)} and ${run}`
  return Markdown.join(
    [
      md`${hiddenLine(marker)}\n❌ ${who}**${Markdown.word(headline)}** · ${stackLabel(report)}`,
      what === 'merged'
        ? md`What you merged is not deployed and verified.${code} ${sentence}`
        : md`What you asked to apply is not deployed and verified.${code} ${sentence}`,
      fix,
      md`See ${where}.`,
    ],
    '\n\n',
  )
}
