/**
 * Reports a run through GitHub's Deployments API, so that the pull request and the list of environments show it. The deployment
 * is created before the apply and gets a final status. It only renders the run: an error here is a warning.
 */

import { isThrownCode } from '../errors.ts'
import { type Line, line, secrets } from '../log.ts'
import { erasLine } from '../report/gate.ts'
import { outcomeOf } from '../report/outcome.ts'
import type { GitHubDeployment, Report } from '../report/report.ts'
import { publicUrl } from '../secret-parts.ts'
import type { DeploymentStatus, GitHub } from './api.ts'

/** UTF-16 units of a description (docs.github.com, "Create a deployment status"). */
const maxDescriptionUnits = 140

/**
 * Creates the deployment of the commit with the status `in_progress`.
 * @param stack name of the stack, by which a destroy finds the deployment
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
    description: 'Terraform applies, then the endpoint is verified.',
    logUrl: runUrl,
  })
  return { environment, id }
}

/**
 * Sets the deployments of this stack in the environment inactive. Deployments of other stacks stay active.
 * @returns the number of deployments that were set inactive
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

/** Returns the final status of the deployment. */
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
  const isPublic = secrets.redact(gate.endpoint) === gate.endpoint && publicUrl(gate.endpoint) === gate.endpoint
  return {
    state,
    description: describe(line`Deployed and verified: ${erasLine(gate)}.`),
    logUrl: runUrl,
    environmentUrl: isLink && isPublic ? gate.endpoint : undefined,
  }
}

/** Returns a description within GitHub's limit. GitHub shows it as plain text. */
function describe(text: Line): string {
  const shown = String(text).replace(/\s+/g, ' ').trim()
  return shown.length <= maxDescriptionUnits ? shown : `${shown.slice(0, maxDescriptionUnits - 1)}…`.toWellFormed()
}
