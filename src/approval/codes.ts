/** The failure codes of a plan that the approval refuses. */
import type { CodeRow, Named } from '../errors.ts'

const review = 'Open a pull request and review its plan, which is based on what is deployed now.'
const approve =
  'To apply this plan unchanged, start the workflow manually with its fingerprint as plan-approval (in the recipes, the input approve).'

/** The way out of fingerprints that every run disproves. */
export const unstableValue =
  'If every run has another fingerprint, a value is different in each plan, for example because it comes from the time: name its attribute in plan-approval-ignore.'

const newImage =
  'Start the workflow manually without a fingerprint: it plans with the image of the current code. Read that plan, then start the workflow again with its fingerprint as plan-approval (in the recipes, the input approve).'

export const approvalCodes = {
  PLAN_CHANGED: {
    meaning: 'the plan differs from the reviewed plan',
    fix: `Read the differences. ${review} ${approve}`,
    remedy: 'config',
  },
  PLAN_APPLIED: {
    meaning: 'the reviewed plan was already applied at this commit, and something has changed since',
    fix: `Read the plan. ${review} ${approve}`,
    remedy: 'config',
  },
  COMMIT_SUPERSEDED: {
    meaning: 'a newer commit was already applied, or the action cannot rule that out',
    fix: 'Re-run the newest run of the workflow on the branch: its plan contains this commit, and the reviewed plans of both pull requests cover it. To go back to an older version, merge a pull request that reverts the newer one.',
    remedy: 'config',
  },
  PLAN_NOT_REVIEWED: {
    meaning: 'no reviewed plan belongs to this commit',
    fix: `${review} ${approve}`,
    remedy: 'config',
  },
  PLAN_OUTDATED: {
    meaning: 'the reviewed plan is the plan of an older commit of the pull request',
    fix: `${review} ${approve} To prevent it, require the check of the plan job: then nobody can merge before the plan of the last commit.`,
    remedy: 'config',
  },
  PLAN_RECORD_CHANGED: {
    meaning: 'somebody edited the plan comment, or plan-approval-key has another value',
    fix: `${review} ${approve}`,
    remedy: 'config',
  },
  PLAN_KEY_CHANGED: {
    meaning:
      'the plan comment was signed with another kind of key: plan-approval-key was added or removed, or the state is lost',
    fix: `Set the same plan-approval-key in the plan job and in the apply job. ${approve}`,
    remedy: 'config',
  },
  PLAN_RECORD_FOREIGN: {
    meaning: 'the plan comment belongs to another repository, pull request, stack, directory or workspace',
    fix: `${review} ${approve}`,
    remedy: 'config',
  },
  PLAN_BEFORE_STATE: {
    meaning: 'the plan was reviewed before the state existed, so its record has no signature, and the state exists now',
    fix: `${approve} ${review} With plan-approval-key, records are signed before the first apply, too.`,
    remedy: 'config',
  },
  APPLY_UNSIGNED: {
    meaning: 'the first apply ended before it could sign the record of its plan with the new state',
    fix: `Read the plan, which has the remaining changes of that apply. ${approve}`,
    remedy: 'config',
  },
  PLAN_FILE_UNREADABLE: {
    meaning: 'the plan file cannot be read, perhaps because it is encrypted, so the state cannot sign the plan record',
    fix: 'Set plan-approval-key, the same for plan and apply.',
    remedy: 'config',
  },
  PLAN_FINGERPRINT_CHANGED: {
    meaning: 'the plan has another fingerprint than the one in plan-approval',
    fix: `Read the plan of this run. ${approve} ${unstableValue}`,
    remedy: 'config',
  },
  PLAN_WORKFLOW_FOREIGN: {
    meaning: 'another workflow file made the reviewed plan',
    fix: 'If one workflow file plans and another one applies, set the input plan-workflow of the apply to the file that plans.',
    remedy: 'config',
  },
  APPLY_NOT_PERMITTED: {
    meaning: 'the person who asked for an apply before the merge has no write access',
    fix: 'Let somebody with write access to the repository write the comment.',
    remedy: 'config',
  },
  APPLY_CODE_UNTRUSTED: {
    meaning: 'an apply before the merge was asked for code of a fork or of Dependabot',
    fix: 'Review the commits and push them to a branch of this repository, or merge the pull request: the merge applies it.',
    remedy: 'config',
  },
  APPLY_NOT_OPEN: {
    meaning: 'an apply before the merge was asked for a pull request that is not open any more',
    fix: 'If it was merged, the run of its merge applies it. Otherwise reopen it and comment again.',
    remedy: 'config',
  },
  APPLY_HEAD_MOVED: {
    meaning: 'the checked-out commit is not the last commit of the pull request that is to be applied',
    fix: 'Check out refs/pull/NUMBER/head as the recipe does. If somebody pushed in the meantime, have the new plan approved and comment again.',
    remedy: 'config',
  },
  APPLY_BEHIND: {
    meaning: 'the pull request that is to be applied does not contain the newest commit of its base branch',
    fix: 'Update the branch. Have the new plan approved, and comment again.',
    remedy: 'config',
  },
  APPLY_NOT_APPROVED: {
    meaning:
      'nobody else with write access approved the last commit of the pull request and its plan before the comment',
    fix: 'Have the last commit approved after its plan is on the pull request, and comment again after that.',
    remedy: 'config',
  },
  APPLY_NOT_MERGEABLE: {
    meaning: 'the rules of the base branch do not allow the merge of the pull request that is to be applied',
    fix: 'Do what GitHub requires above the merge button, such as a required check or a review of a code owner. Then comment again.',
    remedy: 'config',
  },
  APPLY_OTHER_UNMERGED: {
    meaning: 'another pull request is applied and not merged, so this apply would take its changes back',
    fix: 'Merge the other pull request first, then update this branch, have the new plan approved and comment again.',
    remedy: 'config',
  },
  IMAGE_OUTDATED: {
    meaning: 'the source of the image was changed after the plan was reviewed; nothing was changed',
    fix: `${newImage} Or open a pull request, whose plan has an image of the current code.`,
    remedy: 'config',
  },
  IMAGE_GONE: {
    meaning: 'the registry does not have the reviewed image any more; nothing was changed',
    fix: `${newImage} Let the lifecycle rule of the repository keep the images that may still be deployed or rolled back to.`,
    remedy: 'config',
  },
  IMAGE_UNRESOLVED: {
    meaning:
      'the registry does not have an image of the input reviewed-images, or does not let this job read it; nothing was changed',
    fix: 'Push the image before this step, and give the job the right to read it: ecr:DescribeImages on a repository of Amazon ECR, or `docker login` for another registry.',
    remedy: 'config',
  },
} as const satisfies Record<string, CodeRow>

declare module '../errors.ts' {
  interface FailureCodes extends Named<typeof approvalCodes> {}
}
