/**
 * What each version of Terraform and OpenTofu reads, prints and accepts. Code that depends on a version reads this table, and
 * docs/engines.md is written from it (scripts/engines.ts). Pure.
 */
import { gte } from 'semver'
import type { ToolName } from './tools.ts'

/** A capability of some versions. */
export interface Capability {
  /** What the tool can do since then, in Markdown. */
  readonly what: string
  /** What the action does with it, in Markdown. */
  readonly use: string
  /** The first version with it; undefined if no released version has it. */
  readonly terraform: string | undefined
  readonly tofu: string | undefined
}

/** One row for each capability, in the order of a run. */
export const capabilities = {
  supported: {
    what: 'Plans as JSON with the results of conditions and the time of the plan',
    use: 'An older version is refused before anything is run.',
    terraform: '1.5.0',
    tofu: '1.6.0',
  },
  ownFiles: {
    what: '`.tofu` files, read instead of `.tf` files of the same name',
    use: 'The versions that they require are read.',
    terraform: undefined,
    tofu: '1.8.0',
  },
  languageBlock: {
    what: '`language { compatible_with { opentofu } }`; `required_version` of a `.tf` file no longer counts',
    use: 'The version to install is read from there.',
    terraform: undefined,
    tofu: '1.12.0',
  },
  earlyVariables: {
    what: 'Variables in module sources, and in OpenTofu also in backends and in the encryption of the state',
    use: 'Variable files are passed to `init`, `validate`, `show`, `state pull` and `taint` too.',
    terraform: '1.15.0',
    tofu: '1.8.0',
  },
  workspaceVariables: {
    what: 'Variable files for `workspace select` and `untaint`',
    use: 'They are passed, because the backend may need them.',
    terraform: undefined,
    tofu: '1.8.0',
  },
  planVariables: {
    what: 'Variable files next to a saved plan',
    use: 'They are passed to `apply`, because a plan has no ephemeral values.',
    terraform: '1.10.0',
    tofu: '1.11.0',
  },
  stateEncryption: {
    what: 'Encrypted states and plans (`encryption` block, `TF_ENCRYPTION`)',
    use: 'The state is read by `show -json` only. `TF_ENCRYPTION` is a secret, and a job of a fork must not have it.',
    terraform: undefined,
    tofu: '1.7.0',
  },
  stateLockFile: {
    what: 'A lock in S3 without DynamoDB (`use_lockfile`)',
    use: 'The backend of `stack:` uses it.',
    terraform: '1.10.0',
    tofu: '1.10.0',
  },
  lockHolderOverHttp: {
    what: 'The holder of a lock of the backend `http`, in the message about it',
    use: 'It is named. An older version prints the lock that was asked for.',
    terraform: '1.15.0',
    tofu: '1.9.0',
  },
  savedCloudPlans: {
    what: 'Saved plans of a `cloud` workspace that plans and applies in HCP Terraform',
    use: 'Such a plan is reviewed and applied there. An older version is refused.',
    terraform: '1.6.0',
    tofu: '1.6.0',
  },
  removedBlocks: {
    what: '`removed` blocks, which only forget a resource',
    use: 'The comment shows that the resource stays.',
    terraform: '1.7.0',
    tofu: '1.7.0',
  },
  keptOnDestroy: {
    what: '`lifecycle { destroy = false }`: a replacement or a removal leaves the old object',
    use: 'The comment shows that the old object stays and that nothing manages it.',
    terraform: undefined,
    tofu: '1.12.0',
  },
  ephemeralValues: {
    what: 'Ephemeral variables and resources, which are in no plan and no state',
    use: 'Values of ephemeral variables are secrets.',
    terraform: '1.10.0',
    tofu: '1.11.0',
  },
  writeOnlyArguments: {
    what: 'Write-only arguments, such as `secret_string_wo`',
    use: 'They are in no plan. The comment names each that is sent, with its source.',
    terraform: '1.11.0',
    tofu: '1.11.0',
  },
  importByIdentity: {
    what: '`import` blocks with an `identity`',
    use: 'The comment shows the identity, without sensitive parts.',
    terraform: '1.12.0',
    tofu: '1.12.0',
  },
  actions: {
    what: 'Provider actions, which run during the apply',
    use: 'The comment lists them with their configuration. They are part of the approval.',
    terraform: '1.14.0',
    tofu: undefined,
  },
  actionFailures: {
    what: '`on_failure` of an action: halt, taint or continue',
    use: 'The comment shows what a failure does.',
    terraform: '1.16.0',
    tofu: undefined,
  },
} as const satisfies Record<string, Capability>

export type CapabilityName = keyof typeof capabilities

/** Whether a version has a capability. A pre-release has those of its release. */
export function can(tool: ToolName, version: string, capability: CapabilityName): boolean {
  const since: string | undefined = capabilities[capability][tool]
  return since !== undefined && gte(version, `${since}-0`)
}
