/**
 * Error classes, one for each kind that callers distinguish, and the type of a failure. Each message is for the person whose
 * deployment failed: it names the observation, its place and the change that helps.
 */

/** A row of a table of codes: what the code means and what to do about it (docs/failure-codes.md). */
export interface CodeRow {
  /** The observation, as a clause without a full stop. */
  readonly meaning: string
  /** The change that helps, as sentences. */
  readonly fix: string
  /** Undefined if the action itself changes nothing because of this failure. */
  readonly remedy?: Remedy
}

/**
 * Every failure code. Each table of codes adds its own codes by declaration merging, so a code without a table does not
 * compile.
 */
export interface FailureCodes extends Named<typeof thrownCodes> {}

/** The codes of a table, in the shape that the interface FailureCodes extends. */
export type Named<Table> = { readonly [Code in keyof Table]: true }

export type FailureCode = keyof FailureCodes & string

/**
 * The kind of action that can help. `replace`: the running version is broken. `config`: something around it is wrong, such as
 * DNS, a certificate, a path or a permission. `wait`: it did not recover in time.
 */
export type Remedy = 'replace' | 'config' | 'wait'

/** The result of a check that did not pass. */
export interface Failure {
  readonly code: FailureCode
  /** The observation, in one sentence. */
  readonly sentence: string
  /** The change that helps, as sentences. */
  readonly fix: string
  readonly remedy: Remedy
}

const afterTerraform = 'Fix what Terraform reports and run the job again.'

/** Codes of thrown errors, which end a run early. A check that fails has a code of another table. */
export const thrownCodes = {
  INPUT_INVALID: {
    meaning: 'the action cannot use an input, the event or the root module',
    fix: 'Correct what the message names. Nothing was changed, unless the output `applied` is true.',
  },
  CODE_UNKNOWN: {
    meaning: 'the action does not know where the checked-out code comes from, so it did not run it',
    fix: 'Check out a branch, a tag or the pull request of the event with actions/checkout, with git on the runner.',
  },
  CODE_UNTRUSTED: {
    meaning:
      'code of a fork or of Dependabot would get the credentials of the repository, so the action did not run it',
    fix: 'Use the event `pull_request`, whose jobs get no credentials for such code, and leave `command` at `auto`.',
  },
  REMOTE_EXECUTION: {
    meaning:
      'the workspace plans and applies in HCP Terraform, and its settings or the version of Terraform do not allow a reviewed plan',
    fix: 'Change what the message names, or set the execution mode of the workspace to Local. Nothing was changed.',
  },
  REMOTE_AUTO_APPLY: {
    meaning: 'the workspace in HCP Terraform applies plans that nobody has confirmed',
    fix: 'Switch off both kinds of auto-apply in the general settings of the workspace. If the message names a run, open it: it may have changed something.',
  },
  REMOTE_VCS: {
    meaning: 'the workspace in HCP Terraform is connected to a repository, so it takes no saved plan',
    fix: 'Disconnect the repository from the workspace, or set its execution mode to Local. Nothing was changed.',
  },
  STATE_LOCAL: {
    meaning: 'the state is local, so it would be lost with the job; nothing was changed',
    fix: 'Add a backend block to the root module, or set the input backend-config. On a self-hosted runner that keeps the directory, set allow-local-state to true.',
  },
  STATE_SHARED: {
    meaning: 'two jobs or steps of the workflow deploy different stacks with the same state; nothing was changed',
    fix: 'Give each stack its own state: another key in backend-config, or another workspace.',
  },
  COMMENT_SHARED: {
    meaning: 'two jobs of one run would write the same comment for two different states',
    fix: 'Give each job of the matrix its own stack-name. The output `applied` shows whether this job has applied its plan.',
  },
  STATE_LOCKED: {
    meaning: 'another run, or somebody on a machine, holds the lock of the state',
    fix: 'Wait for that run and run the job again, or raise lock-timeout. If nothing uses the state any more, run the `force-unlock` command of the message.',
  },
  TERRAFORM_INIT_FAILED: { meaning: '`terraform init` failed; nothing was changed', fix: afterTerraform },
  TERRAFORM_WORKSPACE_FAILED: {
    meaning: '`terraform workspace select` failed; no resource was changed',
    fix: afterTerraform,
  },
  TERRAFORM_FMT_FAILED: { meaning: '`terraform fmt` could not read a file; nothing was changed', fix: afterTerraform },
  TERRAFORM_VALIDATE_FAILED: {
    meaning: '`terraform validate` could not run; nothing was changed',
    fix: afterTerraform,
  },
  TERRAFORM_PLAN_FAILED: { meaning: '`terraform plan` failed; nothing was changed', fix: afterTerraform },
  TERRAFORM_SHOW_FAILED: {
    meaning: '`terraform show` could not read the plan or the state',
    fix: 'Fix what Terraform reports and run the job again. The output `applied` shows whether the plan was applied before that.',
  },
  TERRAFORM_APPLY_FAILED: {
    meaning: '`terraform apply` failed; what was applied by then is in the state',
    fix: 'Fix what Terraform reports and run the job again. What was applied by then may be running and is not verified; nothing was tainted or rolled back.',
  },
  TERRAFORM_TAINT_FAILED: {
    meaning: '`terraform taint` failed, which is a warning: the next apply does not replace the version that failed',
    fix: 'Fix what Terraform reports, then taint the resource manually with the command of the message.',
  },
  TERRAFORM_FAILED: {
    meaning: 'another Terraform command failed, which the message names',
    fix: 'Fix what Terraform reports and run the job again. The output `applied` shows whether the plan was applied before that.',
  },
  GITHUB_FAILED: {
    meaning: 'GitHub did not accept a request, or did not answer',
    fix: 'Give the job the permission that the message names, or run the job again later. The output `applied` shows whether the plan was applied before that.',
  },
  SERVICE_FAILED: {
    meaning: 'an outside system, such as AWS or a download, could not be used',
    fix: 'Check that the runner can reach the system that the message names, and run the job again. The output `applied` shows whether the plan was applied before that.',
  },
  CANCELLED: {
    meaning: 'the job was cancelled; a Terraform that ran was interrupted once, so that it saves its state',
    fix: 'Run the job again. The action finds what is already done and does only what is missing.',
  },
  STACKS_FAILED: {
    meaning: 'at least one stack of the matrix failed or left no report (`command: summary`)',
    fix: 'Read the summary of the job, which has the failure of each stack.',
  },
  RUN_INCOMPLETE: {
    meaning: 'the run ended before everything was checked, and no failure was recorded',
    fix: 'Run the job again. If it happens again, report it as a bug of the action.',
  },
  INTERNAL_ERROR: {
    meaning: 'the action had an error that it does not expect',
    fix: 'Run the job again: it finds what is already applied. If it happens again, report it as a bug of the action.',
  },
} as const satisfies Record<string, CodeRow>

/** Whether the code is that of a thrown error, and not that of a failed check. */
export function isThrownCode(code: string): code is keyof typeof thrownCodes {
  return Object.hasOwn(thrownCodes, code)
}

/** An error in the workflow, the inputs or the root module. It is thrown before anything is changed. */
export class InputError extends Error {
  override name = 'InputError'
  readonly code: FailureCode

  constructor(message: string, code: FailureCode = 'INPUT_INVALID') {
    super(message)
    this.code = code
  }
}

/** The error of a failed Terraform command. `diagnostics` is Terraform's own text. */
export class TerraformError extends Error {
  override name = 'TerraformError'
  /** A clause without a full stop, such as `terraform plan failed with exit code 1`. */
  readonly headline: string
  readonly command: string
  readonly exitCode: number | null
  readonly diagnostics: string
  /** The name of the binary: `terraform` or `tofu`. */
  readonly tool: 'terraform' | 'tofu'

  constructor(command: string, exitCode: number | null, diagnostics: string, tool: 'terraform' | 'tofu') {
    const headline = `${tool} ${command} failed${exitCode === null ? '' : ` with exit code ${exitCode}`}`
    super(`${headline}.\n${diagnostics}`.trim())
    this.headline = headline
    this.command = command
    this.exitCode = exitCode
    this.diagnostics = diagnostics
    this.tool = tool
  }

  get code(): FailureCode {
    // Both tools use this text (internal/command/clistate/state.go).
    if (this.diagnostics.includes('Error acquiring the state lock')) return 'STATE_LOCKED'
    const code = `TERRAFORM_${this.command.split(' ')[0]?.toUpperCase()}_FAILED`
    return isThrownCode(code) ? code : 'TERRAFORM_FAILED'
  }
}

/** The error of an outside system, such as GitHub, AWS or a download, that could not be used. */
export class ServiceError extends Error {
  override name = 'ServiceError'
  readonly code: FailureCode = 'SERVICE_FAILED'
}

/** The error of a GitHub API call that failed. */
export class GitHubError extends ServiceError {
  override name = 'GitHubError'
  override readonly code = 'GITHUB_FAILED'
}

/** The error of a cancelled job. Terraform was interrupted once and has stopped before it is thrown. */
export class CancelledError extends Error {
  override name = 'CancelledError'
  readonly code = 'CANCELLED'
}

/** Returns the failure code of any thrown value. */
export function codeOf(thrown: unknown): FailureCode {
  const isOurs = [InputError, TerraformError, ServiceError, CancelledError].some(each => thrown instanceof each)
  return isOurs ? (thrown as InputError).code : 'INTERNAL_ERROR'
}

/** Returns the message of any thrown value, because a thrown non-Error must also fail the step with a message. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0 && thrown.message === '') {
    return thrown.errors.map(messageOf).join('; ')
  }
  return thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
}
