/**
 * Which state a configuration keeps: the backend block of the root module, what backend-config says over it, and the
 * workspace. Two that keep the same one replace each other's resources.
 */
import { type Body, outlineOf, plainString } from './hcl.ts'

/** A backend as far as it is written down. */
export interface Backend {
  /** `s3`, `gcs` … */
  readonly type: string
  /** What is no plain text is kept as it is written. */
  readonly settings: Readonly<Record<string, string>>
}

/** Settings of backends that say which state it is. All others are credentials, or how to get there. */
export const namingSettings = [
  'address',
  'bucket',
  'container_name',
  'hostname',
  'key',
  'name',
  'organization',
  'path',
  'prefix',
  'region',
  'resource_group_name',
  'schema_name',
  'secret_suffix',
  'storage_account_name',
  'workspace_dir',
  'workspace_key_prefix',
  'workspaces',
] as const

/** Settings that lead to another store under the same names. */
const storeSettings = ['endpoint', 'endpoints', 'custom_endpoint']

/** The setting by which a backend tells the states of one store apart. */
export function keySetting(type: string): string {
  const others: Readonly<Record<string, string>> = {
    gcs: 'prefix',
    http: 'address',
    local: 'path',
    consul: 'path',
    pg: 'schema_name',
    kubernetes: 'secret_suffix',
    remote: 'workspaces',
    cloud: 'workspaces',
  }
  return others[type] ?? 'key'
}

/** Whether a line of backend-config is a setting, and no file of settings. */
export function isSetting(line: string): boolean {
  return /^[A-Za-z_][\w-]*\s*=/.test(line)
}

/**
 * The backend with what `terraform init -backend-config` is given, the later over the earlier.
 * @param backend of the root module; undefined where it has none
 * @param lines `key=value`, or the path of a file of settings
 * @param readText the content of such a file, undefined when it cannot be read
 * @returns undefined when a file cannot be read
 */
export function configured(
  backend: Backend | undefined,
  lines: readonly string[],
  readText: (path: string) => string | undefined,
): Backend | undefined {
  const settings: Record<string, string> = { ...backend?.settings }
  for (const line of lines) {
    if (isSetting(line)) {
      const equals = line.indexOf('=')
      settings[line.slice(0, equals).trim()] = line.slice(equals + 1)
      continue
    }
    const text = readText(line)
    if (text === undefined) return undefined
    Object.assign(settings, settingsIn(outlineOf(text)))
  }
  return { type: backend?.type ?? 's3', settings }
}

/** The settings of a backend block or of a file of them, nested ones by the name of their block. */
export function settingsIn(body: Body): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const [name, value] of body.attributes) settings[name] = plainString(value) ?? value.replace(/\s+/g, ' ')
  for (const block of body.blocks) settings[block.type] = JSON.stringify(settingsIn(block))
  return settings
}

/**
 * A text that is the same for two backends exactly when they keep the same state, and that a person can read:
 * `s3, bucket acme-state, key weather.tfstate, workspace default`.
 */
export function stateName({ type, settings }: Backend, workspace: string | undefined): string {
  const named = [...namingSettings, ...storeSettings].flatMap(name => {
    const value = settings[name]
    return value === undefined || value === '' ? [] : [`${name} ${value}`]
  })
  return [type, ...named, `workspace ${workspace || 'default'}`].join(', ')
}
