/** The failure codes of a plan that the approval refuses. */
import type { CodeRow, Named } from '../errors.ts'

const review = 'Open a pull request and review its plan, which is based on what is deployed now.'

export const approvalCodes = {
  PLAN_CHANGED: {
    meaning: 'the plan differs from the reviewed plan',
    fix: `Read the differences. ${review} To apply this plan unchanged, run the workflow with command apply and plan-approval set to its fingerprint.`,
    remedy: 'config',
  },
  PLAN_NOT_REVIEWED: {
    meaning: 'no reviewed plan belongs to this commit',
    fix: review,
    remedy: 'config',
  },
  PLAN_RECORD_CHANGED: {
    meaning: 'the plan comment was edited, it belongs to another stack, or plan-approval-key has changed',
    fix: review,
    remedy: 'config',
  },
  PLAN_WORKFLOW_FOREIGN: {
    meaning: 'another workflow file made the reviewed plan',
    fix: 'If one workflow file plans and another one applies, set the input plan-workflow of the apply to the file that plans.',
    remedy: 'config',
  },
} as const satisfies Record<string, CodeRow>

declare module '../errors.ts' {
  interface FailureCodes extends Named<typeof approvalCodes> {}
}
