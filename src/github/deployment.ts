/**
 * A deployment in GitHub's own terms, by its Deployments API: created before the apply, with a status for how it ended, so
 * that the pull request and the list of environments show it. It is a rendering of the run and decides nothing: what it
 * cannot do is a warning.
 */

import { eraLine, type Report } from '../report/report.ts'
import type { DeploymentStatus, GitHub } from './api.ts'

/** A deployment that GitHub knows. */
export interface GitHubDeployment {
  readonly environment: string
  readonly id: number
}

/** Characters of a description (docs.github.com, "Create a deployment status"). */
const maxDescription = 140

/**
 * Creates the deployment of the commit and says that it has begun.
 * @param stack its name, by which a destroy finds the deployment
 * @throws ServiceError
 */
export async function startDeployment(
  github: GitHub,
  { commit, runUrl }: Pick<Report, 'commit' | 'runUrl'>,
  environment: string,
  stack: string,
): Promise<GitHubDeployment> {
  const id = await github.createDeployment(commit, environment, { run: runUrl, stack })
  await github.addDeploymentStatus(id, {
    state: 'in_progress',
    description: 'Terraform applies, then the endpoint must prove that it speaks MCP.',
    logUrl: runUrl,
  })
  return { environment, id }
}

/**
 * Says of what this stack has deployed there that it is not active any more; an environment may hold other stacks.
 * @returns how many deployments that was said of
 * @throws ServiceError
 */
export async function deactivateDeployments(
  github: GitHub,
  environment: string,
  stack: string,
  runUrl: string,
): Promise<number> {
  const active = await github.activeDeployments(environment, stack)
  for (const id of active) {
    await github.addDeploymentStatus(id, { state: 'inactive', description: 'The stack was destroyed.', logUrl: runUrl })
  }
  return active.length
}

/**
 * How the run ended: `failure` where a check said no, `error` where it could not be carried out to its end.
 * @param report without secrets
 */
export function finalStatus(report: Report): DeploymentStatus {
  const {
    failures: [failure],
    gate,
    runUrl,
  } = report
  if (failure !== undefined) {
    const { code, sentence } = failure
    const description = oneLineDescription(code === '' ? sentence : `${code}: ${sentence}`)
    return { state: code === '' ? 'error' : 'failure', description, logUrl: runUrl }
  }
  if (gate?.passed !== true)
    return { state: 'error', description: 'The run ended before the endpoint was verified.', logUrl: runUrl }
  const isLink = /^https?:$/.test(URL.parse(gate.endpoint)?.protocol ?? '')
  return {
    state: 'success',
    description: oneLineDescription(`Deployed and verified: ${eraLine(gate)}.`),
    logUrl: runUrl,
    environmentUrl: isLink ? gate.endpoint : undefined,
  }
}

/** One line of plain text: GitHub shows it as it is. */
function oneLineDescription(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return line.length <= maxDescription ? line : `${line.slice(0, maxDescription - 1)}…`.toWellFormed()
}
