/**
 * Circumstances of a plan other than its configuration. A plan with another version, state or choice of resources is another plan,
 * even if its changes are equal.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { namingSettings } from '../terraform/backend.ts'
import { type ToolName, tools } from '../terraform/tools.ts'
import type { Values } from './fingerprint.ts'
import type { IgnoredPath } from './ignored-paths.ts'
import { withoutUserInfo } from './providers.ts'

/**
 * The canonical forms of plans. A record keeps the number of its form, and a plan is compared with it in that form. Form 1 is that of
 * version 0.1. Form 2 has exact numbers, placeholders, the inputs of unknown values, providers and directory.
 */
export type Form = 1 | 2
export const currentForm: Form = 2

const formSetting = 'canonical form'

/** The form of a recorded plan; the current form if there is no record. */
export function formOf(settings: Values | undefined): Form {
  return settings === undefined || settings[formSetting] !== undefined ? currentForm : 1
}

/** The circumstances in which Terraform creates a plan. */
export interface PlanContext {
  readonly terraformVersion: string
  /** `terraform`, or `tofu` for OpenTofu. */
  readonly tool?: string
  /** The root module, after `terraform init`. */
  readonly directory: string
  /** Absolute path of the input working-directory: the root module, or with `stack` the directory of its variable files. */
  readonly workingDirectory?: string
  /** Name of the shipped module. */
  readonly stack?: string | undefined
  readonly workspace: string | undefined
  readonly targets: readonly string[]
  readonly replaces: readonly string[]
  /** Absolute path of the checkout. Settings contain paths relative to it, because runners differ. */
  readonly checkout: string
  /** Digest of the dependency lock file as it was before `terraform init`. */
  readonly lockFile: string | undefined
  /** Full SHAs of the run's own commit, which are placeholders in values. */
  readonly commits?: readonly string[]
  /** Whether HCP Terraform plans and applies, with the credentials of its workspace. */
  readonly isRemote?: boolean
  /** Lines of the input plan-approval-ignore. */
  readonly ignoredPaths?: readonly IgnoredPath[]
}

/** The settings of a plan under readable names, because a reviewer sees their differences. Empty ones are omitted. */
export function settingsOf(context: PlanContext, env: NodeJS.ProcessEnv, form: Form = currentForm): Values {
  const { tool = 'terraform', terraformVersion, stack, workingDirectory, checkout, ignoredPaths = [] } = context
  const about: Record<string, string> =
    form === 1
      ? { 'Terraform version': terraformVersion }
      : {
          [formSetting]: String(form),
          tool: `${tools[tool as ToolName]?.title ?? tool} ${terraformVersion.split('.')[0]}`,
          directory: [stack, relative(checkout, workingDirectory ?? context.directory).replaceAll(sep, '/') || '.']
            .filter(part => part !== undefined)
            .join(' in '),
          execution: context.isRemote ? 'in the workspace' : '',
          'plan-approval-ignore': ignoredPaths
            .map(({ text }) => text)
            .toSorted()
            .join(' '),
        }
  const settings: Record<string, string> = {
    ...about,
    'provider versions': providerVersions(context.directory),
    '.terraform.lock.hcl': context.lockFile ?? '',
    ...stateSettings(context, env, form),
    target: context.targets.toSorted().join(' '),
    replace: context.replaces.toSorted().join(' '),
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))
}

/** The settings that identify a state: the workspace, and the backend that `terraform init` has configured. */
export function stateSettings(
  { directory, checkout, workspace }: Pick<PlanContext, 'directory' | 'checkout' | 'workspace'>,
  env: NodeJS.ProcessEnv,
  form: Form = currentForm,
): { readonly workspace: string; readonly backend: string } {
  const data = dataDirectory(directory, env)
  const selected = form === 1 ? (workspace ?? (env.TF_WORKSPACE || 'default')) : selectedWorkspace(data, env)
  return { workspace: selected, backend: backendName(data, checkout, form, env) }
}

/** The directory in which Terraform keeps what `terraform init` has configured. */
export function dataDirectory(directory: string, env: NodeJS.ProcessEnv): string {
  return resolve(directory, env.TF_DATA_DIR || '.terraform')
}

/** The workspace as `terraform workspace show` reports it: the variable, or else the file that `terraform workspace select` writes. */
function selectedWorkspace(data: string, env: NodeJS.ProcessEnv): string {
  if (env.TF_WORKSPACE) return env.TF_WORKSPACE
  const file = join(data, 'environment')
  return (existsSync(file) ? readFileSync(file, 'utf8').trim() : '') || 'default'
}

/** Digest of the committed dependency lock file without comments and line ends; undefined if there is no file. */
export function lockFileDigest(directory: string): string | undefined {
  const file = join(directory, lockFileName)
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const content = lines.map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'))
  return createHash('sha256').update(content.join('\n')).digest('hex').slice(0, 12)
}

const lockFileName = '.terraform.lock.hcl'

/** Provider versions in the lock file after `terraform init`, such as `hashicorp/aws 5.100.0`. */
function providerVersions(directory: string): string {
  const file = join(directory, lockFileName)
  if (!existsSync(file)) return ''
  const blocks = readFileSync(file, 'utf8').matchAll(/^provider\s+"([^"]+)"\s*\{\s*version\s*=\s*"([^"]+)"/gm)
  return [...blocks]
    .map(([, source = '', version]) => `${source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, '')} ${version}`)
    .sort()
    .join(', ')
}

/** Settings of a backend that name its store. A URL of a store has no user name here. */
const storeSettings = ['endpoint', 'endpoints', 'custom_endpoint']

/** Name of the backend that `terraform init` has recorded, such as `s3 bucket=… key=…`. */
function backendName(data: string, checkout: string, form: Form, env: NodeJS.ProcessEnv): string {
  const backendFile = join(data, 'terraform.tfstate')
  if (!existsSync(backendFile)) return 'local'
  const { backend } = JSON.parse(readFileSync(backendFile, 'utf8')) as {
    backend?: { type?: string; config?: Record<string, unknown> }
  }
  const named: readonly string[] = form === 1 ? namingSettings : [...namingSettings, ...storeSettings]
  const all = form === 1 ? backend?.config : { ...backend?.config, ...cloudVariables(backend, env) }
  const config = Object.entries(all ?? {})
    .filter(([name, value]) => named.includes(name) && value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [name, form === 1 ? value : withoutUserInfos(value)] as const)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const)
    .map(([name, value]) => `${name}=${name === 'path' ? relative(checkout, resolve(value)) : value}`)
  return [backend?.type ?? 'local', ...config.sort()].join(' ')
}

/** The settings of a `cloud` block that environment variables set. */
function cloudVariables(
  backend: { type?: string; config?: Record<string, unknown> } | undefined,
  { TF_CLOUD_HOSTNAME: hostname, TF_CLOUD_ORGANIZATION: organization }: NodeJS.ProcessEnv,
): Record<string, unknown> {
  if (backend?.type !== 'cloud') return {}
  return {
    ...(!backend.config?.hostname && { hostname }),
    ...(!backend.config?.organization && { organization }),
  }
}

/** A setting without user names, passwords and queries in its URLs, at any depth: `endpoints` is an object of URLs. */
function withoutUserInfos(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? withoutUserInfo(part) : part,
  )
}
