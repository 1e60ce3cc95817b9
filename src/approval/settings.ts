/**
 * Circumstances of a plan other than its configuration. A plan with another version, state or choice of resources is another plan,
 * even if its changes are equal.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { namingSettings } from '../terraform/backend.ts'
import type { Values } from './fingerprint.ts'

const backendSettings: readonly string[] = namingSettings

/** The circumstances in which Terraform creates a plan. */
export interface PlanContext {
  readonly terraformVersion: string
  /** The root module, after `terraform init`. */
  readonly directory: string
  readonly workspace: string | undefined
  readonly targets: readonly string[]
  readonly replaces: readonly string[]
  /** Absolute path of the checkout. Settings contain paths relative to it, because runners differ. */
  readonly checkout: string
  /** Digest of the dependency lock file as it was before `terraform init`. */
  readonly lockFile: string | undefined
}

/** The settings of a plan under readable names, because a reviewer sees their differences. Empty ones are omitted. */
export function settingsOf(context: PlanContext, env: NodeJS.ProcessEnv): Values {
  const settings: Record<string, string> = {
    'Terraform version': context.terraformVersion,
    'provider versions': providerVersions(context.directory),
    '.terraform.lock.hcl': context.lockFile ?? '',
    ...stateSettings(context, env),
    target: context.targets.toSorted().join(' '),
    replace: context.replaces.toSorted().join(' '),
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))
}

/** The settings that identify a state: the workspace, and the backend that `terraform init` has configured. */
export function stateSettings(
  { directory, checkout, workspace }: Pick<PlanContext, 'directory' | 'checkout' | 'workspace'>,
  env: NodeJS.ProcessEnv,
): { readonly workspace: string; readonly backend: string } {
  const dataDirectory = resolve(directory, env.TF_DATA_DIR || '.terraform')
  return { workspace: workspace ?? (env.TF_WORKSPACE || 'default'), backend: backendName(dataDirectory, checkout) }
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

/** Name of the backend that `terraform init` has recorded, such as `s3 bucket=… key=…`. */
function backendName(dataDirectory: string, checkout: string): string {
  const backendFile = join(dataDirectory, 'terraform.tfstate')
  if (!existsSync(backendFile)) return 'local'
  const { backend } = JSON.parse(readFileSync(backendFile, 'utf8')) as {
    backend?: { type?: string; config?: Record<string, unknown> }
  }
  const config = Object.entries(backend?.config ?? {})
    .filter(([name, value]) => backendSettings.includes(name) && value !== null && value !== '')
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const)
    .map(([name, value]) => `${name}=${name === 'path' ? relative(checkout, resolve(value)) : value}`)
  return [backend?.type ?? 'local', ...config.sort()].join(' ')
}
