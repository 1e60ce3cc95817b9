/** `discover`: lists the stacks for the matrix of a workflow. It uses neither Terraform nor AWS. */
import { mkdtempSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { InputError } from '../errors.ts'
import type { Run } from '../event.ts'
import { GitHub } from '../github/api.ts'
import type { Inputs } from '../inputs.ts'
import { line, log } from '../log.ts'
import { writeDiscovery, writeOutcome } from '../outputs.ts'
import { discover } from '../stacks/changes.ts'
import { matricesOf, maxJobs } from '../stacks/matrix.ts'
import { count } from '../text.ts'

/** The name of this repository. A module source can name a copy of any owner. */
const ourName = 'terraform-mcp-deploy'

export async function runDiscover(inputs: Inputs, run: Run): Promise<void> {
  const github = () => {
    if (inputs.githubToken !== '')
      return new GitHub(inputs.githubToken, run.owner, run.repo, text => log.line(line`${text}`))
    throw new InputError(
      'Input github-token is empty, so the changed files cannot be read from GitHub: set it to a token, or set discover to "all".',
    )
  }
  const names = [ourName, ...(run.action === undefined ? [] : [basename(run.action.url)])]
  const below = relative(run.workspace, inputs.workingDirectory).split(sep).join('/') || '.'
  const discovery = await discover(run.workspace, below, names, inputs.discover, run, github)
  const matrices = matricesOf(discovery.concerned)
  await writeDiscovery(discovery, matrices, mkdtempSync(join(run.temp, 'terraform-mcp-deploy-')))
  writeOutcome(undefined)
  if (discovery.stacks.length === 0) {
    log.notice(
      line`There are no stacks: no root module calls a shipped module, and no directory has a .mcp-deploy.yml. Add an empty .mcp-deploy.yml to the directory of each root module that the action deploys (docs/many-stacks.md).`,
    )
  } else log.line(line`${count(matrices.count, 'stack')} of ${discovery.stacks.length}: ${discovery.because}`)
  if (matrices.count > maxJobs) {
    log.notice(
      line`There are ${matrices.count} stacks, and a matrix makes at most ${maxJobs} jobs: the output stacks is empty, and batches has all of them (docs/many-stacks.md).`,
    )
  }
}
