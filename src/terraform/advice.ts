/**
 * What to do about a failed Terraform command, for the failures whose remedy Terraform's own words do not give: a lock that
 * somebody holds, a lock file that does not cover what is installed, credentials that ran out, and what refuses to be
 * destroyed. Pure.
 */
import { heldLock } from './lock.ts'

/**
 * One or two sentences; empty when Terraform's own words say it all.
 * @param runs URL of the list of runs that are going on in this repository
 * @param platform as in `linux_amd64`
 */
export function terraformAdvice(
  { tool, diagnostics }: { readonly tool: string; readonly diagnostics: string },
  { runs, platform }: { readonly runs: string; readonly platform: string },
): string {
  const lock = heldLock(diagnostics)
  if (lock !== undefined) {
    return (
      `Wait for the run of ${lock.who}, which holds the lock since ${lock.created}, and run this one again, or give ` +
      `lock-timeout more time. Runs of this repository that are going on: ${runs}. If nothing runs any more, there or on ` +
      `anybody's machine, \`${tool} force-unlock ${lock.id}\` in the root module releases it.`
    )
  }
  if (diagnostics.includes('Provider dependency changes detected')) {
    return (
      'The committed .terraform.lock.hcl does not list the providers that the configuration uses now, and it is not ' +
      `changed here unseen: run \`${tool} init\` on your machine and commit the file.`
    )
  }
  if (/does(n't| not) match any of the\s+checksums/.test(diagnostics)) {
    return (
      `The committed .terraform.lock.hcl has no hash of this provider that is good for ${platform}: run ` +
      `\`${tool} providers lock -platform=${platform}\` (with a -platform for each kind of machine you use) and commit the file.`
    )
  }
  // Terraform breaks the lines of some messages between any two words.
  const oneLine = diagnostics.replace(/\s+/g, ' ')
  return causes.find(([words]) => words.test(oneLine))?.[1](oneLine) ?? ''
}

/** The words are those of AWS's services and of Terraform. */
const causes: readonly (readonly [RegExp, (diagnostics: string) => string])[] = [
  [
    /\b(ExpiredToken(Exception)?|RequestExpired)\b|security token included in the request is expired/,
    diagnostics =>
      'The AWS credentials ended while Terraform ran: run the job again, which gets new ones, and raise role-duration-seconds of ' +
      'aws-actions/configure-aws-credentials, up to the longest session that the role allows. With its output aws-expiration as ' +
      'the input aws-expiration this is noticed before an apply.' +
      (diagnostics.includes('errored.tfstate')
        ? ' The state could not be saved: what was changed is only in errored.tfstate on the runner, and what was created must be imported, or destroyed by hand.'
        : ''),
  ],
  [
    /Instance cannot be destroyed/,
    () =>
      'Nothing was changed. If it may go, take prevent_destroy out of its lifecycle block in a commit and run this again; ' +
      'if the rest alone may go, name that in target.',
  ],
  [
    /because deletion protection is enabled|disable deletion protection|disableApiTermination/i,
    () =>
      'Something is protected in AWS against being deleted. Switch that off with an apply first (terraform/ecs: ' +
      'load_balancer = { deletion_protection = false }; of an instance, disable_api_termination = false), then run this again.',
  ],
  [
    /\bDependencyViolation\b|has a dependent object|has dependencies and cannot be deleted/,
    () =>
      'Something that this state does not hold still uses it, such as a network interface, a rule of another security group, or ' +
      'what was made by hand: find it in the AWS console by the id that Terraform names, take it away, and run this again.',
  ],
]
