/**
 * The check of an untrusted pull request, instead of a plan, which would run its code. `fmt` and the action's own parser read the code
 * and execute nothing. `init` and `validate` start the providers that it names, so they run only in a job without credentials.
 */
import { cpSync, lstatSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Failure } from '../errors.ts'
import type { Terraform } from './cli.ts'
import { type Diagnostic, type Problem, placeText } from './diagnostics.ts'
import { type ForeignProgram, foreignPrograms } from './foreign-programs.ts'
import type { ToolName } from './names.ts'

/** The result of the check of a pull request that gets no credentials. */
export interface UntrustedCheck {
  /** The author type that gets no credentials. */
  readonly visitor: 'fork' | 'dependabot'
  /** Names of the credentials that the job holds, because of which nothing was executed; empty if `validate` ran. */
  readonly credentials: readonly string[]
  /** The files that `terraform fmt` would change. */
  readonly unformatted: readonly string[]
  /** The diagnostics of `fmt`, which are errors of syntax, and of `validate`, errors first. */
  readonly diagnostics: readonly Problem[]
  /** The programs that a plan would start. */
  readonly programs: readonly ForeignProgram[]
}

/** The code to check. */
export interface UntrustedCode {
  readonly author: UntrustedCheck['visitor']
  /** The user's directory; for a shipped module it differs from the root module. */
  readonly directory: string
  readonly checkout: string
  /** Path of a new directory for a copy of the files that `fmt` reads. */
  readonly copy: string
  /** The result of `heldCredentials`. */
  readonly credentials: readonly string[]
}

/**
 * Runs fmt; without credentials in the job also init without a backend, and validate.
 * @param locate returns the diagnostic with its place in the repository
 * @throws TerraformError when a command fails
 */
export async function runUntrustedCheck(
  terraform: Terraform,
  { author, directory, checkout, copy, credentials }: UntrustedCode,
  locate: (diagnostic: Diagnostic) => Problem,
): Promise<UntrustedCheck> {
  // A link can lead to a file with credentials, and fmt quotes the line that it cannot read.
  cpSync(directory, copy, { recursive: true, filter: isReadByFmt })
  const { unformatted, diagnostics } = await terraform.checkFormat(copy)
  const problems = diagnostics.map(each =>
    each.file === undefined ? each : { ...each, file: join(directory, each.file) },
  )
  if (credentials.length === 0) {
    await terraform.initWithoutBackend()
    problems.push(...(await terraform.validate()))
  }
  return {
    visitor: author,
    credentials,
    unformatted,
    diagnostics: problems.toSorted(errorsFirst).map(locate),
    programs: foreignPrograms(directory, checkout),
  }
}

/** Whether it is a directory or a regular file that `terraform fmt` reads. */
function isReadByFmt(path: string): boolean {
  const stat = lstatSync(path)
  if (stat.isDirectory()) return !/^\.(git|terraform)$/.test(basename(path))
  return stat.isFile() && /\.(tf|tofu|tfvars|tftest\.hcl|tofutest\.hcl)$/.test(path)
}

/**
 * The failure of a check with errors or unformatted files; undefined if it passed or may fail.
 * @param mustPass whether such a check fails the job (input `forks: fail`)
 */
export function untrustedCheckFailure(
  tool: ToolName,
  { unformatted, diagnostics, credentials }: UntrustedCheck,
  mustPass: boolean,
): Failure | undefined {
  if (!mustPass) return undefined
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length === 0 && unformatted.length === 0) return undefined
  const [first] = errors
  const sentence =
    first === undefined
      ? `${tool} fmt would change ${unformatted.join(', ')}.`
      : `${credentials.length === 0 ? `${tool} validate` : `${tool} fmt`}: ${first.summary}${placeText(first)}.`
  const fix =
    first === undefined
      ? `Run \`${tool} fmt -recursive\`.`
      : `Fix the error. \`${tool} validate\` reports the same on your machine.`
  return { code: first === undefined ? 'CHECK_FORMAT' : 'CHECK_INVALID', sentence, fix, remedy: 'config' }
}

function errorsFirst(a: Diagnostic, b: Diagnostic): number {
  return Number(b.severity === 'error') - Number(a.severity === 'error')
}
