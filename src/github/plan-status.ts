/**
 * Commit status that shows whether the plan on a pull request is current. Branch protection can require it. It is set by the plan, and
 * by the apply of another commit that made the plan stale.
 */
import { type Line, line } from '../log.ts'
import type { Report } from '../report/report.ts'
import { targetName } from '../report/target.ts'
import type { CommitStatus, GitHub } from './api.ts'

/** UTF-16 units of a context that GitHub accepts. */
const maxContextUnits = 255

/** Returns the name of the status, the same for every run of a stack. */
export function planStatusContext(report: Pick<Report, 'target'>): Line {
  return line`plan is current (${targetName(report)})`.shorten(maxContextUnits)
}

/** The reason of a status. */
export type PlanStatusReason =
  | { readonly is: 'current' | 'failed' | 'rerun' | 'queued' | 'queue-failed' }
  | { readonly is: 'stale'; readonly appliedBy: AppliedBy }

/** The pull request that was applied, or the commit if none belongs to it; `destroy` if the stack, or a part of it, was destroyed. */
export type AppliedBy = { readonly pullRequest: number | undefined; readonly commit: string } | 'destroy'

/** Returns the status of a stack for a reason. */
export function planStatusOf(report: Pick<Report, 'target' | 'runUrl'>, reason: PlanStatusReason): CommitStatus {
  const isCurrent = reason.is === 'current' || reason.is === 'queued'
  return {
    context: planStatusContext(report),
    state: isCurrent ? 'success' : 'failure',
    description: describe(reason),
    url: report.runUrl,
  }
}

function describe(reason: PlanStatusReason): Line {
  switch (reason.is) {
    case 'current':
      return line`No apply has changed what this plan starts from.`
    case 'queued':
      return line`The plan of the merge queue contains the reviewed plan.`
    case 'queue-failed':
      return line`The plan of the merge queue failed, or it is not the reviewed plan.`
    case 'failed':
      return line`The plan failed, so nothing is reviewed.`
    case 'rerun':
      return line`A re-run plans on the base of its first attempt: update the branch to plan again.`
    case 'stale': {
      if (reason.appliedBy === 'destroy')
        return line`Planned before a destroy of this stack: update the branch to plan again.`
      const { pullRequest, commit } = reason.appliedBy
      const name = pullRequest === undefined ? commit.slice(0, 7) : `#${pullRequest}`
      return line`Planned before ${name} was applied: update the branch to plan again.`
    }
  }
}

/**
 * Sets the status on each pull request whose plan an apply made stale: one request for each.
 * @throws ServiceError at the first one that GitHub refuses
 */
export async function markStale(
  github: Pick<GitHub, 'setCommitStatus'>,
  report: Pick<Report, 'target' | 'runUrl'>,
  plans: readonly { readonly head: string }[],
  appliedBy: AppliedBy,
): Promise<void> {
  for (const { head } of plans) await github.setCommitStatus(head, planStatusOf(report, { is: 'stale', appliedBy }))
}
