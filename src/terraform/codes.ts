/** The codes of the checks of this folder: format and validity, drift, and the end of a destroy. */
import type { CodeRow, Named } from '../errors.ts'

export const terraformCodes = {
  CHECK_FORMAT: {
    meaning: '`terraform fmt` would change files of a pull request without credentials (`forks: fail`)',
    fix: 'Run `terraform fmt -recursive`.',
    remedy: 'config',
  },
  CHECK_INVALID: {
    meaning: '`terraform validate` finds an error in a pull request without credentials (`forks: fail`)',
    fix: 'Fix the error. `terraform validate` reports the same on your machine.',
    remedy: 'config',
  },
  DRIFT: {
    meaning: 'an apply would change what is deployed, or it was changed outside of Terraform (`drift: fail`)',
    fix: 'Read the plan in the summary of the run. Put the change into the configuration, or apply to take it back.',
    remedy: 'config',
  },
  DESTROY_NOT_CONFIRMED: {
    meaning: 'a destroy was planned and shown, and nobody has confirmed it; nothing was changed',
    fix: 'Read the plan. If everything in it may go, set confirm-destroy to the name of the stack and run the job again.',
    remedy: 'config',
  },
  DESTROY_INCOMPLETE: {
    meaning: 'something that was to be destroyed is still in the state',
    fix: 'Run the job again. If something is left again, another run applies this stack at the same time: stop it first.',
    remedy: 'config',
  },
} as const satisfies Record<string, CodeRow>

declare module '../errors.ts' {
  interface FailureCodes extends Named<typeof terraformCodes> {}
}
