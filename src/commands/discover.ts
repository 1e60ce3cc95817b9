/**
 * The two commands around a matrix of stacks: `discover` finds them before it, `summary` joins after it what its jobs have
 * reported. Neither runs Terraform or asks AWS.
 */
import { mkdtempSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { info, notice, setFailed, setOutput } from '@actions/core'
import { InputError } from '../errors.ts'
import { GitHub } from '../github/api.ts'
import type { Inputs, MatrixCommand, Run } from '../inputs.ts'
import { writeDiscovery, writeJoined, writeOutcome } from '../outputs.ts'
import { code, count } from '../report/markdown.ts'
import { expectedStacks, joinReports, readReports } from '../report/read-reports.ts'
import { discover } from '../stacks/changes.ts'
import { matricesOf, maxJobs } from '../stacks/matrix.ts'

export const aroundMatrix: Readonly<Record<MatrixCommand, (inputs: Inputs, run: Run) => Promise<void>>> = {
  discover: findStacks,
  summary: joinStacks,
}

/** The name of this repository, whoever owns the copy that a module's source names. */
const ourName = 'terraform-mcp-deploy'

async function findStacks(inputs: Inputs, run: Run): Promise<void> {
  setOutput('command', 'discover')
  const github = () => {
    if (inputs.githubToken !== '') return new GitHub(inputs.githubToken, run.owner, run.repo, info)
    throw new InputError(
      'Input github-token is empty, so GitHub cannot be asked what was changed: give a token, or set discover to "all".',
    )
  }
  const names = [ourName, ...(run.action === undefined ? [] : [basename(run.action.url)])]
  const below = relative(run.workspace, inputs.workingDirectory).split(sep).join('/') || '.'
  const discovery = await discover(run.workspace, below, names, inputs.discover, run, github)
  const matrices = matricesOf(discovery.concerned)
  await writeDiscovery(discovery, matrices, mkdtempSync(join(run.temp, 'terraform-mcp-deploy-')))
  writeOutcome(undefined)
  if (discovery.found.length === 0) {
    notice(
      'There are no stacks: no root module calls a shipped module, and no directory has a .mcp-deploy.yml (docs/many-stacks.md).',
    )
  } else info(`${count(matrices.count, 'stack')} of ${discovery.found.length}: ${code(discovery.because)}`)
  if (matrices.count > maxJobs) {
    notice(
      `There are ${matrices.count} stacks, and a matrix makes at most ${maxJobs} jobs: the output stacks is empty, and batches has all of them (docs/many-stacks.md).`,
    )
  }
}

async function joinStacks(inputs: Inputs, run: Run): Promise<void> {
  setOutput('command', 'summary')
  const { reports: directory, stacks } = inputs.summary
  const expected = stacks === undefined ? undefined : expectedStacks(stacks)
  const { reports, unreadable } = readReports(directory)
  const joined = joinReports(expected, reports, unreadable)
  await writeJoined(joined, run.url.replace(/[^/]*(\/attempts\/\d+)?$/, ''))
  if (joined.rows.length === 0 && expected === undefined) {
    throw new InputError(
      `Input reports names ${directory}, where there is no report, and input stacks is empty, so it cannot be told whether there should be one: give stacks the output of command discover.`,
    )
  }
  writeOutcome(joined.failed.length === 0 ? undefined : { phase: 'report', code: 'STACKS_FAILED' })
  if (joined.rows.length === 0) notice('There was no stack to run for.')
  if (joined.failed.length > 0) {
    setFailed(
      `${joined.failed.length} of ${count(joined.rows.length, 'stack')} failed or left no report: ${shownNames(joined.failed)}. The job summary has their sentences.`,
    )
  }
}

function shownNames(names: readonly string[]): string {
  const some = names.slice(0, 20).map(name => JSON.stringify(name))
  return names.length > 20 ? `${some.join(', ')} and ${names.length - 20} more` : some.join(', ')
}
