/**
 * The identity of a configuration's state: the backend block, the input backend-config, which overrides it, and the
 * workspace. Two configurations with the same state replace each other's resources.
 */
import { type Body, parseHcl, plainString } from './hcl.ts'

/** A backend as the configuration and backend-config write it. */
export interface Backend {
  /** The type label, such as `s3` or `gcs`. */
  readonly type: string
  /** The settings by name; an expression that is not a plain string stays as written. */
  readonly settings: Readonly<Record<string, string>>
}

/** Backend settings that identify a state. All others are credentials or connection settings. */
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

/** Backend settings that select another store for the same names. */
const storeSettings = ['endpoint', 'endpoints', 'custom_endpoint']

/** The setting that differs between two states in one store. */
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

/** Whether a line of backend-config is a setting `key=value`; otherwise it is the path of a settings file. */
export function isSetting(line: string): boolean {
  return /^[A-Za-z_][\w-]*\s*=/.test(line)
}

/**
 * Merges the arguments of `terraform init -backend-config` into a backend; later lines override earlier ones.
 * @param backend the backend of the root module; undefined if it has no backend block
 * @param lines settings `key=value` and paths of settings files
 * @param readText returns the content of a settings file, undefined when it cannot be read
 * @returns undefined when a settings file cannot be read
 */
export function mergeBackendConfig(
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
    Object.assign(settings, readSettings(parseHcl(text)))
  }
  return { type: backend?.type ?? 's3', settings }
}

/** Reads the settings of a backend block or a settings file. A nested block becomes JSON under its type. */
export function readSettings(body: Body): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const [name, value] of body.attributes) settings[name] = plainString(value) ?? value.replace(/\s+/g, ' ')
  for (const block of body.blocks) settings[block.type] = JSON.stringify(readSettings(block))
  return settings
}

/**
 * A readable identifier of a state: `s3, bucket acme-state, key weather.tfstate, workspace default`. Two backends have
 * the same identifier exactly when they have the same state.
 */
export function stateName({ type, settings }: Backend, workspace: string | undefined): string {
  const named = [...namingSettings, ...storeSettings].flatMap(name => {
    const value = settings[name]
    return value === undefined || value === '' ? [] : [`${name} ${value}`]
  })
  return [type, ...named, `workspace ${workspace || 'default'}`].join(', ')
}
