/**
 * What can go wrong, as few classes as callers tell apart, and the one type of a failure. Each message is written for the
 * person whose deployment failed: what was seen, where, and what to change.
 */

/** What a kind of failure means and what to do about it: one row of a table of codes (docs/failure-codes.md). */
export interface CodeRow {
  /** What was seen. */
  readonly meaning: string
  /** What to change. */
  readonly fix: string
  /** Undefined where the action itself changes nothing because of it. */
  readonly remedy?: Remedy
}

/**
 * Every code of a failure. Each table of codes adds its own by declaration merging, so a code that stands in no table does
 * not compile.
 */
export interface FailureCodes extends Named<typeof thrownCodes> {}

/** The names of a table of codes, for the interface FailureCodes. */
export type Named<Table> = { readonly [Code in keyof Table]: true }

export type FailureCode = keyof FailureCodes & string

/**
 * Whether replacing the running version can help: `replace`, it is broken; `config`, something around it is wrong (DNS,
 * certificate, path, permission); `wait`, it did not recover in time.
 */
export type Remedy = 'replace' | 'config' | 'wait'

/** A check that did not pass. */
export interface Failure {
  readonly code: FailureCode
  /** What was seen, one sentence. */
  readonly sentence: string
  /** What to change. */
  readonly fix: string
  readonly remedy: Remedy
}

const afterTerraform = 'Fix what Terraform reports and run the job again.'

/** Codes of what is thrown: the run could not be carried out to its end. A check that fails has a code of another table. */
export const thrownCodes = {
  INPUT_INVALID: {
    meaning: 'an input, the event or the root module is not as it must be',
    fix: 'Correct what the message names. Nothing was changed.',
  },
  STATE_LOCAL: {
    meaning: 'the state is local, so it would be lost with the job',
    fix: 'Add a backend block to the root module, or set the input backend-config. On a self-hosted runner that keeps the directory, set allow-local-state to true.',
  },
  STATE_SHARED: {
    meaning: 'two stacks of the workflow keep the same state',
    fix: 'Give each stack a state of its own: another key in backend-config, or another workspace.',
  },
  COMMENT_SHARED: {
    meaning: 'two jobs of one run would write the same comment for two different states',
    fix: 'Give each job of the matrix a stack-name of its own.',
  },
  STATE_LOCKED: {
    meaning: 'another run holds the lock of the state',
    fix: 'Wait for that run and run the job again, or raise lock-timeout.',
  },
  TERRAFORM_INIT_FAILED: { meaning: '`terraform init` failed', fix: afterTerraform },
  TERRAFORM_WORKSPACE_FAILED: { meaning: '`terraform workspace select` failed', fix: afterTerraform },
  TERRAFORM_FMT_FAILED: { meaning: '`terraform fmt` failed', fix: afterTerraform },
  TERRAFORM_VALIDATE_FAILED: { meaning: '`terraform validate` failed', fix: afterTerraform },
  TERRAFORM_PLAN_FAILED: { meaning: '`terraform plan` failed; nothing was changed', fix: afterTerraform },
  TERRAFORM_SHOW_FAILED: { meaning: '`terraform show` failed', fix: afterTerraform },
  TERRAFORM_APPLY_FAILED: {
    meaning: '`terraform apply` failed; what was applied by then is in the state',
    fix: 'Fix what Terraform reports and run the job again. What was applied by then may be running and is not verified; nothing was tainted or rolled back.',
  },
  TERRAFORM_TAINT_FAILED: { meaning: '`terraform taint` failed', fix: afterTerraform },
  TERRAFORM_FAILED: { meaning: 'another Terraform command failed', fix: afterTerraform },
  GITHUB_FAILED: {
    meaning: 'GitHub did not accept a request, or did not answer',
    fix: 'Give the job the permission that the message names, or run the job again later.',
  },
  SERVICE_FAILED: {
    meaning: 'an outside system, such as AWS or a download, could not be used',
    fix: 'Check that the runner can reach the system that the message names, and run the job again.',
  },
  CANCELLED: {
    meaning: 'the job was cancelled',
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
    meaning: 'an error that the action does not expect',
    fix: 'Run the job again. If it happens again, report it as a bug of the action.',
  },
} as const satisfies Record<string, CodeRow>

/** Whether a run stopped with this code because it could not go on, and not because a check failed. */
export function isThrownCode(code: string): code is keyof typeof thrownCodes {
  return Object.hasOwn(thrownCodes, code)
}

/** The workflow, the inputs or the root module are not as they must be. Nothing has been changed. */
export class InputError extends Error {
  override name = 'InputError'
  readonly code: FailureCode

  constructor(message: string, code: FailureCode = 'INPUT_INVALID') {
    super(message)
    this.code = code
  }
}

/** A Terraform command failed. `diagnostics` are Terraform's own words. */
export class TerraformError extends Error {
  override name = 'TerraformError'
  /** `terraform plan failed with exit code 1`, without a full stop. */
  readonly headline: string
  readonly command: string
  readonly exitCode: number | null
  readonly diagnostics: string
  /** `terraform` or `tofu`. */
  readonly tool: string

  constructor(command: string, exitCode: number | null, diagnostics: string, tool: string) {
    const headline = `${tool} ${command} failed${exitCode === null ? '' : ` with exit code ${exitCode}`}`
    super(`${headline}.\n${diagnostics}`.trim())
    this.headline = headline
    this.command = command
    this.exitCode = exitCode
    this.diagnostics = diagnostics
    this.tool = tool
  }

  get code(): FailureCode {
    // The words of both tools (internal/command/clistate/state.go).
    if (this.diagnostics.includes('Error acquiring the state lock')) return 'STATE_LOCKED'
    const code = `TERRAFORM_${this.command.split(' ')[0]?.toUpperCase()}_FAILED`
    return isThrownCode(code) ? code : 'TERRAFORM_FAILED'
  }
}

/** An outside system (GitHub, AWS, a download) could not be used. */
export class ServiceError extends Error {
  override name = 'ServiceError'
  readonly code: FailureCode = 'SERVICE_FAILED'
}

/** GitHub's API could not be used. */
export class GitHubError extends ServiceError {
  override name = 'GitHubError'
  override readonly code = 'GITHUB_FAILED'
}

/** The job was cancelled while this action ran; Terraform was interrupted once and has stopped. */
export class CancelledError extends Error {
  override name = 'CancelledError'
  readonly code = 'CANCELLED'
}

/** The code of anything thrown. */
export function codeOf(thrown: unknown): FailureCode {
  const isOurs = [InputError, TerraformError, ServiceError, CancelledError].some(each => thrown instanceof each)
  return isOurs ? (thrown as InputError).code : 'INTERNAL_ERROR'
}

/** The message of anything thrown: a non-Error throw must fail the step like any other. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0 && thrown.message === '') {
    return thrown.errors.map(messageOf).join('; ')
  }
  return thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
}
