/**
 * The fixes for failed Terraform commands whose diagnostics name no fix. Pure. They cover:
 * - a state lock of another run,
 * - a dependency lock file without the installed providers,
 * - expired credentials,
 * - resources that cannot be destroyed,
 * - messages of AWS (aws-errors.ts).
 */
import { awsErrorOf } from './aws-errors.ts'
import { parseHeldLock } from './lock.ts'
import { registryOf } from './lock-file.ts'
import { inWordsOf, type ToolName, toolTitles } from './names.ts'

/**
 * The fix for a failed command in one or two sentences; empty when the diagnostics need no addition.
 * @param runsUrl URL of the list of runs in progress in this repository
 * @param platform the machine as in release files, such as `linux_amd64`
 * @param lockedBy the tool that wrote the dependency lock file; undefined if that is not known
 * @param subject the claim `sub` of this job's token, if the job has no environment; undefined if that is not known
 */
export function terraformAdvice(
  { tool, diagnostics }: { readonly tool: ToolName; readonly diagnostics: string },
  {
    runsUrl,
    platform,
    lockedBy,
    subject,
  }: {
    readonly runsUrl: string
    readonly platform: string
    readonly lockedBy?: ToolName | undefined
    readonly subject?: string | undefined
  },
): string {
  const lock = parseHeldLock(diagnostics)
  if (lock !== undefined) {
    return (
      `${lock.who} has held the state lock since ${lock.created}. Wait for that run and run this job again, or raise ` +
      `lock-timeout. Runs in progress in this repository: ${runsUrl}. If no run uses the state any more, here or on ` +
      `a developer's machine, \`${tool} force-unlock ${lock.id}\` in the root module releases the lock.`
    )
  }
  if (diagnostics.includes('Provider dependency changes detected')) {
    if (lockedBy !== undefined && lockedBy !== tool) {
      return (
        `The committed .terraform.lock.hcl was written by ${toolTitles[lockedBy]}: its providers come from ${registryOf(lockedBy)}, ` +
        `and ${toolTitles[tool]} installs those of ${registryOf(tool)}. Nothing was changed. Fix: set tool to ${lockedBy}, ` +
        `or delete the file, run \`${tool} init\` on your machine and commit the new one.`
      )
    }
    return (
      'The committed .terraform.lock.hcl does not list the providers that the configuration uses now, and this action ' +
      `does not change that file. Fix: run \`${tool} init\` on your machine and commit the file.`
    )
  }
  if (/does(n't| not) match any of the\s+checksums/.test(diagnostics)) {
    return (
      `The committed .terraform.lock.hcl has no hash of this provider for ${platform}. Fix: run ` +
      `\`${tool} providers lock -platform=${platform}\` (with one -platform per kind of machine) and commit the file.`
    )
  }
  // Terraform breaks the lines of some messages between any two words.
  const oneLine = diagnostics.replace(/\s+/g, ' ')
  const cause = causes.find(([words]) => words.test(oneLine))
  if (cause !== undefined) return inWordsOf(tool, cause[1](oneLine))
  const known = awsErrorOf(oneLine)
  if (known === undefined) return ''
  const claim =
    known.name === 'role-not-assumed' && subject !== undefined
      ? ` Without \`environment:\` in this job, its \`sub\` is \`${subject}\`; with immutable subject claims the names of owner and repository have their ids.`
      : ''
  return inWordsOf(tool, `${known.error.cause} ${known.error.fix}${claim}`)
}

/** Messages of AWS services and of Terraform, each with its fix. */
const causes: readonly (readonly [RegExp, (diagnostics: string) => string])[] = [
  [
    /root module input variable "([^"]+)" is not set/,
    diagnostics => {
      const name = /root module input variable "([^"]+)" is not set/.exec(diagnostics)?.[1]
      return `Nothing was changed. Name a file with it in the input var-file, or set TF_VAR_${name} in the \`env:\` of this step. Runs for forks and Dependabot have no secrets of the repository.`
    },
  ],
  [
    /could not read Username for|Permission denied \(publickey\)|Host key verification failed|fatal: Authentication failed for|remote: Repository not found/i,
    () =>
      'Nothing was changed. The job may not read the repository of a module. Before this step, give git the credentials: for https ' +
      '`git config --global url."https://x-access-token:TOKEN@github.com/".insteadOf https://github.com/` with the token of a GitHub App, ' +
      'for ssh a key in an ssh-agent and the host in known_hosts. The token of the job reads its own repository only.',
  ],
  [
    /(module versions|versions for (provider|module)|provider packages|module registry).{0,300}(401 Unauthorized|rejected the given authentication credentials|403 Forbidden)/i,
    () =>
      'Nothing was changed. The registry requires a token: set TF_TOKEN_HOST in the `env:` of this step, with the dots of the host as underscores, such as TF_TOKEN_app_terraform_io.',
  ],
  [
    /Unsupported (Terraform|OpenTofu) Core version/,
    () =>
      'Nothing was changed. A module requires another version of Terraform than this run has. Set terraform-version or the version file to one that ' +
      'every module allows. Without both, the action uses the newest version that the root module and its local modules allow.',
  ],
  [
    /\b(argument|attribute)( named)? "use_lockfile"/,
    () =>
      'Nothing was changed. `use_lockfile` needs Terraform 1.10 or newer: raise terraform-version, or lock with `dynamodb_table`.',
  ],
  [
    /\b(ExpiredToken(Exception)?|RequestExpired)\b|security token included in the request is expired/,
    diagnostics =>
      'The AWS credentials expired while Terraform ran. Run the job again to get new credentials, and raise role-duration-seconds of ' +
      'aws-actions/configure-aws-credentials, up to the longest session that the role allows. Set the input aws-expiration to ' +
      'the output aws-expiration of that step: then the action checks the lifetime before an apply.' +
      (diagnostics.includes('errored.tfstate')
        ? ' The state could not be saved. The changes are only in errored.tfstate on the runner: import the created resources, or destroy them manually.'
        : ''),
  ],
  [
    /Instance cannot be destroyed|prevent_destroy/,
    () =>
      'Nothing was changed. If this resource may be destroyed, remove prevent_destroy from its lifecycle block in a commit and run this again. ' +
      'To destroy only the other resources, list them in target.',
  ],
  [
    /because deletion protection is enabled|disable deletion protection|disableApiTermination/i,
    () =>
      'A resource is protected in AWS against deletion. Switch the protection off with an apply first (terraform/ecs: ' +
      'load_balancer = { deletion_protection = false }; an instance: disable_api_termination = false). Then run this again.',
  ],
  [
    /\bDependencyViolation\b|has a dependent object|has dependencies and cannot be deleted/,
    () =>
      'A resource outside of this state still uses it, such as a network interface, a rule of another security group, or ' +
      'a manually created resource. Find it in the AWS console by the id that Terraform names, delete it, and run this again.',
  ],
]
