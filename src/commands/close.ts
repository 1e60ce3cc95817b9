/** Closes the comment of a pull request that was closed without a merge. It needs no Terraform. */
import type { Run } from '../event.ts'
import { GitHub } from '../github/api.ts'
import { markClosed } from '../github/comment.ts'
import type { Inputs } from '../inputs.ts'
import { line, log } from '../log.ts'
import { writeCommentUrl } from '../outputs.ts'
import type { Report } from '../report/report.ts'
import { commentMarker } from '../report/target.ts'
import { emptyReport } from './job.ts'

export async function closePlan(
  inputs: Inputs,
  run: Run,
  { pullRequest, sha }: { readonly pullRequest: number; readonly sha: string },
): Promise<void> {
  if (inputs.comment === 'never' || inputs.githubToken === '') return
  const report: Report = { ...emptyReport(inputs, run), command: 'plan', commit: sha, pullRequest }
  const github = new GitHub(inputs.githubToken, run.owner, run.repo, text => log.line(line`${text}`))
  const posted = await markClosed(github, pullRequest, report, commentMarker(report))
  if (posted !== undefined) writeCommentUrl(posted.url)
}
