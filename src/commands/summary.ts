/** `summary`: joins the reports of a matrix. It uses neither Terraform nor AWS. */
import { InputError } from '../errors.ts'
import type { Run } from '../event.ts'
import type { Inputs } from '../inputs.ts'
import { line, log } from '../log.ts'
import { failRun, writeJoined, writeOutcome } from '../outputs.ts'
import { expectedStacks, joinReports, readReports, reportsOfRun } from '../report/read-reports.ts'
import { count } from '../text.ts'

export async function runSummary(inputs: Inputs, run: Run): Promise<void> {
  const { reports: directory, stacks } = inputs.summary
  const expected = stacks === undefined ? undefined : expectedStacks(stacks)
  const { reports: all, unreadable } = readReports(directory)
  const { reports, foreign } = reportsOfRun(all, run.url)
  if (foreign > 0)
    log.warning(
      line`${count(foreign, 'report')} in ${directory} of other runs or attempts are left out of the summary.`,
    )
  const joined = joinReports(expected, reports, unreadable)
  await writeJoined(joined, run.url.replace(/[^/]*(\/attempts\/\d+)?$/, ''))
  if (joined.rows.length === 0 && expected === undefined) {
    throw new InputError(
      `Input reports names ${directory}, where there is no report, and input stacks is empty, so the expected reports are not known: set stacks to the output of command discover.`,
    )
  }
  writeOutcome(joined.failed.length === 0 ? undefined : { phase: 'report', code: 'STACKS_FAILED' })
  if (joined.rows.length === 0) log.notice(line`There was no stack to run for.`)
  if (joined.failed.length > 0) {
    failRun(
      line`${joined.failed.length} of ${count(joined.rows.length, 'stack')} failed or left no report: ${listNames(joined.failed)}. The job summary has their sentences.`,
    )
  }
}

function listNames(names: readonly string[]): string {
  const some = names.slice(0, 20).map(name => JSON.stringify(name))
  return names.length > 20 ? `${some.join(', ')} and ${names.length - 20} more` : some.join(', ')
}
