/** What a thrown error means for a run: its sentence, its fix, and where Terraform's diagnostics are in the repository. */
import { CancelledError, codeOf, messageOf, TerraformError } from '../errors.ts'
import { type Run, tokenSubject } from '../event.ts'
import type { Inputs } from '../inputs.ts'
import type { FailureInPhase, Report } from '../report/report.ts'
import { terraformAdvice } from '../terraform/advice.ts'
import { type Diagnostic, type Problem, placeText, readDiagnostics } from '../terraform/diagnostics.ts'
import { lockFileOwner } from '../terraform/lock-file.ts'
import { inWordsOf } from '../terraform/names.ts'
import { locate } from '../terraform/root-module.ts'
import { releasePlatform } from '../terraform/tools.ts'
import { count } from '../text.ts'

/** The run in which an error was thrown. */
interface ThrownIn {
  readonly inputs: Inputs
  readonly run: Run
  readonly report: Pick<Report, 'commit'>
  readonly terraform: { readonly directory: string } | undefined
}

/** Converts a thrown error into a failure with its fix, and Terraform's diagnostics into problems of the report. */
export function explainError(
  error: unknown,
  phase: FailureInPhase['phase'],
  job: ThrownIn,
): { readonly failure: FailureInPhase; readonly problems: readonly Problem[] } {
  const diagnostics = error instanceof TerraformError ? readDiagnostics(error.diagnostics) : []
  const problems = diagnostics.map(each => locateProblem(job, each))
  const sentence = sentenceOf(error, problems)
  const fix = adviceFor(error, phase, job.run, job.terraform?.directory)
  return { failure: { code: codeOf(error), sentence, fix, remedy: undefined, phase }, problems }
}

/** Returns a diagnostic with its place in the repository. */
export function locateProblem({ inputs, run, report, terraform }: ThrownIn, diagnostic: Diagnostic): Problem {
  const { workspace, repositoryUrl } = run
  const directory = terraform?.directory ?? inputs.workingDirectory
  return locate(diagnostic, { directory, workspace, commit: `${repositoryUrl}/blob/${report.commit}` }, inputs)
}

/** Returns the sentence of a failure. Its first line has problem and place, because issues, webhooks and statuses show only it. */
function sentenceOf(error: unknown, problems: readonly Problem[]): string {
  const [first, ...more] = problems.filter(({ severity }) => severity === 'error')
  if (!(error instanceof TerraformError) || first === undefined) return messageOf(error)
  const others = more.length === 0 ? '' : `, and ${count(more.length, 'more error')}`
  const problem = `${first.summary.replace(/\.$/, '')}${placeText(first)}${others}`
  return `${error.headline}: ${problem}.\n${error.diagnostics}`
}

function adviceFor(error: unknown, phase: FailureInPhase['phase'], run: Run, directory: string | undefined): string {
  if (error instanceof CancelledError)
    return 'Run the job again. The action finds what is already done and does only what is missing.'
  if (!(error instanceof TerraformError)) return ''
  const platform = releasePlatform(process.platform, process.arch)
  const lockedBy = directory === undefined ? undefined : lockFileOwner(directory)
  const advice = terraformAdvice(error, { runsUrl: run.runsUrl, platform, lockedBy, subject: tokenSubject(run) })
  if (advice !== '' || (phase !== 'apply' && phase !== 'destroy')) return advice
  if (phase === 'destroy')
    return inWordsOf(
      error.tool,
      'Fix what Terraform reports and run the destroy again: only the remaining resources are destroyed. The monitors were notified of the destroy; a verified apply registers the endpoint again.',
    )
  return inWordsOf(
    error.tool,
    'Fix what Terraform reports and run the job again. Changes that were already applied are in the state and may be running, but are not verified. Nothing was tainted or rolled back.',
  )
}
