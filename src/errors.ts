/**
 * What can go wrong, as few classes as callers tell apart. Each message is written for the person whose
 * deployment is red: what was seen, where, and what to change.
 */

/** The workflow, the inputs or the root module are not as they must be. Nothing has been changed. */
export class InputError extends Error {
  override name = 'InputError'
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
}

/** An outside system (GitHub, AWS, a download) could not be used. */
export class ServiceError extends Error {
  override name = 'ServiceError'
}

/** The message of anything thrown: a non-Error throw must turn the step red like any other. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0 && thrown.message === '') {
    return thrown.errors.map(messageOf).join('; ')
  }
  return thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
}

/** The job was cancelled while this action ran; Terraform was told to stop once and has stopped. */
export class CancelledError extends Error {
  override name = 'CancelledError'
}

/**
 * Why a deployment is red, and whether replacing what is serving can help: `replace`, what is serving is broken;
 * `config`, something around it is (DNS, certificate, path, permission); `wait`, it did not heal in time.
 */
export interface Failure {
  readonly code: string
  /** What was seen, one sentence. */
  readonly sentence: string
  /** What to change. */
  readonly fix: string
  readonly remedy: 'replace' | 'config' | 'wait'
}
