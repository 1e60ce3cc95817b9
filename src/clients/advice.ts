/**
 * What to do about a failed Terraform command, for the failures whose remedy Terraform's own words do not give: a lock that
 * somebody holds, and a lock file that does not cover what is installed. Pure.
 */
import { heldLock } from './terraform.ts'

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
  return ''
}
