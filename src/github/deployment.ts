/**
 * A deployment in GitHub's own terms, by its Deployments API: created before the apply, with a status for how it ended, so
 * that the pull request and the list of environments show it. It is a rendering of the run and decides nothing: what it
 * cannot do is a warning.
 */

import { isThrownCode } from '../errors.ts'
import { type Line, line, secrets } from '../log.ts'
import { outcomeOf } from '../report/outcome.ts'
import { eraLine, type GitHubDeployment, type Report } from '../report/report.ts'
import type { DeploymentStatus, GitHub } from './api.ts'

/** Characters of a description (docs.github.com, "Create a deployment status"). */
const maxDescriptionUnits = 140

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

/** The status that stays: how the run ended. */
export function finalStatus(report: Report): DeploymentStatus {
  const {
    failures: [failure],
    gate,
    runUrl,
  } = report
  const { status, deploymentState: state } = outcomeOf(report)
  if (failure !== undefined) {
    const { code, sentence } = failure
    return {
      state,
      description: describe(isThrownCode(code) ? line`${sentence}` : line`${code}: ${sentence}`),
      logUrl: runUrl,
    }
  }
  if (status !== 'passed' || gate === undefined)
    return { state, description: 'The run ended before the endpoint was verified.', logUrl: runUrl }
  const isLink = /^https?:$/.test(URL.parse(gate.endpoint)?.protocol ?? '')
  const isPublic = secrets.redact(gate.endpoint) === gate.endpoint
  return {
    state,
    description: describe(line`Deployed and verified: ${eraLine(gate)}.`),
    logUrl: runUrl,
    environmentUrl: isLink && isPublic ? gate.endpoint : undefined,
  }
}

/** GitHub shows a description as plain text. */
function describe(text: Line): string {
  const shown = String(text).replace(/\s+/g, ' ').trim()
  return shown.length <= maxDescriptionUnits ? shown : `${shown.slice(0, maxDescriptionUnits - 1)}…`.toWellFormed()
}
