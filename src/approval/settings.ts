/**
 * What a plan was made with besides its configuration: another version, state or choice of resources is another plan,
 * even where it would change the same.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { namingSettings } from '../terraform/backend.ts'
import type { Values } from './fingerprint.ts'

const names: readonly string[] = namingSettings

export interface PlannedWith {
  readonly terraformVersion: string
  /** The root module, after `terraform init`. */
  readonly directory: string
  readonly workspace: string | undefined
  readonly targets: readonly string[]
  readonly replaces: readonly string[]
  /** The checked out repository: paths are told relative to it, because it lies elsewhere on another runner. */
  readonly checkout: string
  /** Digest of the dependency lock file as it was before `terraform init`. */
  readonly lockFile: string | undefined
}

/** By readable names, for the difference that a reviewer sees. Empty ones are left out. */
export function settingsOf(made: PlannedWith, env: NodeJS.ProcessEnv): Values {
  const settings: Record<string, string> = {
    'Terraform version': made.terraformVersion,
    'provider versions': providerVersions(made.directory),
    '.terraform.lock.hcl': made.lockFile ?? '',
    ...stateSettings(made, env),
    target: made.targets.toSorted().join(' '),
    replace: made.replaces.toSorted().join(' '),
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))
}

/** Which state it is: the workspace, and the backend that `terraform init` has configured. */
export function stateSettings(
  { directory, checkout, workspace }: Pick<PlannedWith, 'directory' | 'checkout' | 'workspace'>,
  env: NodeJS.ProcessEnv,
): { readonly workspace: string; readonly backend: string } {
  const dataDirectory = resolve(directory, env.TF_DATA_DIR || '.terraform')
  return { workspace: workspace ?? (env.TF_WORKSPACE || 'default'), backend: backendName(dataDirectory, checkout) }
}

/** Of the committed lock file, if there is one; line ends and comments apart. */
export function lockFileDigest(directory: string): string | undefined {
  const file = join(directory, lockFileName)
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const meant = lines.map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'))
  return createHash('sha256').update(meant.join('\n')).digest('hex').slice(0, 12)
}

const lockFileName = '.terraform.lock.hcl'

/** `hashicorp/aws 5.100.0`, as the lock file says after `terraform init`. */
function providerVersions(directory: string): string {
  const file = join(directory, lockFileName)
  if (!existsSync(file)) return ''
  const blocks = readFileSync(file, 'utf8').matchAll(/^provider\s+"([^"]+)"\s*\{\s*version\s*=\s*"([^"]+)"/gm)
  return [...blocks]
    .map(([, source = '', version]) => `${source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, '')} ${version}`)
    .sort()
    .join(', ')
}

/** `s3 bucket=… key=…`, from what `terraform init` noted. */
function backendName(dataDirectory: string, checkout: string): string {
  const note = join(dataDirectory, 'terraform.tfstate')
  if (!existsSync(note)) return 'local'
  const { backend } = JSON.parse(readFileSync(note, 'utf8')) as {
    backend?: { type?: string; config?: Record<string, unknown> }
  }
  const config = Object.entries(backend?.config ?? {})
    .filter(([name, value]) => names.includes(name) && value !== null && value !== '')
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const)
    .map(([name, value]) => `${name}=${name === 'path' ? relative(checkout, resolve(value)) : value}`)
  return [backend?.type ?? 'local', ...config.sort()].join(' ')
}
