/** The failure codes of this folder: plan checks, fmt and validate, drift, and destroy. */
import type { CodeRow, Named } from '../errors.ts'

export const terraformCodes = {
  PLAN_CHECK_FAILED: {
    meaning: 'a command of the input plan-checks failed on the plan; nothing was changed',
    fix: 'Read the output of the check and change the configuration. A check whose name ends with `?` only warns.',
    remedy: 'config',
  },
  CHECK_FORMAT: {
    meaning: '`terraform fmt` would change files of a pull request without credentials (`forks: fail`)',
    fix: 'Run `terraform fmt -recursive`.',
    remedy: 'config',
  },
  CHECK_INVALID: {
    meaning:
      '`terraform fmt` or `terraform validate` finds an error in a pull request without credentials (`forks: fail`)',
    fix: 'Fix the error. `terraform validate` reports the same on your machine.',
    remedy: 'config',
  },
  DRIFT: {
    meaning: 'an apply would change deployed resources, or they were changed outside of Terraform (`drift: fail`)',
    fix: 'Read the plan in the summary of the run. Add the change to the configuration, or apply to revert it.',
    remedy: 'config',
  },
  DESTROY_NOT_CONFIRMED: {
    meaning: 'a destroy was planned and not confirmed; nothing was changed',
    fix: 'Read the plan. If all its resources may be destroyed, set confirm-destroy to the stack name and run the job again.',
    remedy: 'config',
  },
  DESTROY_INCOMPLETE: {
    meaning: 'a resource of the destroy plan is still in the state, and the others are destroyed',
    fix: 'Run the job again. If resources remain again, another run applies this stack at the same time: stop it first.',
    remedy: 'config',
  },
} as const satisfies Record<string, CodeRow>

declare module '../errors.ts' {
  interface FailureCodes extends Named<typeof terraformCodes> {}
}
