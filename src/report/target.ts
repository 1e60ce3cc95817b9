/**
 * The identity of a stack. This module computes everything that must be the same for one stack and different for two: the
 * markers of comment and issue, the incident of a webhook, the name that confirms a destroy, and the name in titles. Pure.
 */
import { createHash } from 'node:crypto'
import { mergeBackendConfig, namingSettings } from '../terraform/backend.ts'

export interface Target {
  /** Input stack-name. Only this name distinguishes stacks of one directory, workspace and backend. */
  readonly name?: string | undefined
  /** Input stack, the name of a shipped module. */
  readonly stack: string | undefined
  /** Relative to the repository, with slashes. */
  readonly directory: string
  /** Input workspace. */
  readonly workspace: string | undefined
  /** TF_WORKSPACE, if the input is empty. */
  readonly inheritedWorkspace?: string | undefined
  /** The place of the state from the input backend-config, such as `bucket acme, key staging.tfstate`. */
  readonly backend?: Backend | undefined
}

interface Backend {
  readonly text: string
  /** The setting by which people distinguish the states of one bucket. */
  readonly key: string | undefined
}

type Targeted = { readonly target: Target }

/** Backend settings by which people distinguish states. */
const keySettings = ['key', 'prefix', 'path', 'schema_name', 'secret_suffix', 'workspaces'] as const

/**
 * Reads the place of the state from backend-config, without user names and passwords.
 * @param lines the lines of the input: `key=value`, or the path of a file of settings
 * @param readText reads such a file; it returns undefined for one that cannot be read
 * @returns undefined if no line is about the place of the state
 */
export function backendOf(
  lines: readonly string[],
  readText: (path: string) => string | undefined,
): Backend | undefined {
  const settings = mergeBackendConfig(undefined, lines, readText)?.settings ?? {}
  const settingPairs = namingSettings.flatMap(name => {
    const value = (settings[name] ?? '').trim().replace(/^"(.*)"$/, '$1')
    return value === '' ? [] : [[name, value.replace(/\/\/[^/@]*@/, '//')] as const]
  })
  if (settingPairs.length === 0) return undefined
  const key = keySettings
    .map(each => settingPairs.find(([name]) => name === each)?.[1])
    .find(value => value !== undefined)
  return { text: settingPairs.map(pair => pair.join(' ')).join(', '), key }
}

/** Returns the first line of our comment. The target is hashed, because the name of a directory can contain `-->`. */
export function commentMarker({ target }: Targeted): string {
  return `<!-- terraform-mcp-deploy:${digest([...placeParts(target), ...nameParts(target)])} -->`
}

/** Returns the marker of this target in version 0.1, undefined if it is the same. */
export function formerCommentMarker({ target }: Targeted): string | undefined {
  const oldMarker = commentMarker({ target: asInVersion01(target) })
  return oldMarker === commentMarker({ target }) ? undefined : oldMarker
}

/**
 * Returns the first line of the issue of a scheduled verify.
 * @param endpoint the input mcp-endpoint; each endpoint has its own issue
 */
export function issueMarker({ target }: Targeted, endpoint: string | undefined): string {
  return `<!-- terraform-mcp-deploy-issue:${digest([...placeParts(target), endpoint ?? '', ...nameParts(target)])} -->`
}

/** Returns the issue marker of this target in version 0.1, undefined if it is the same. */
export function formerIssueMarker({ target }: Targeted, endpoint: string | undefined): string | undefined {
  const former = issueMarker({ target: asInVersion01(target) }, endpoint)
  return former === issueMarker({ target }, endpoint) ? undefined : former
}

/** Returns the id of all webhook events of one stack. @param repository `owner/name` */
export function incidentOf(target: Target, repository: string): string {
  return digest([repository, ...placeParts(target), ...nameParts(target)])
}

/** Returns the stack's name for titles: stack-name, else module, directory, workspace and state. */
export function targetName({ target }: Targeted): string {
  const { name, stack, directory, backend } = target
  if (name !== undefined) return name
  const place = [stack, directory === '.' ? undefined : directory].filter(part => part !== undefined).join(' in ')
  const workspace = workspaceOf(target)
  return [
    place || 'root module',
    workspace === undefined ? '' : `workspace ${workspace}`,
    backend?.key === undefined ? '' : `state ${backend.key}`,
  ]
    .filter(part => part !== '')
    .join(', ')
}

/**
 * Returns a name of the stack that a person can type to confirm a destroy. Examples are `ecs`, `services/weather`,
 * `services/weather:ecs` for a shipped module with var files in a directory, and `ecs@staging` with a workspace. For the root
 * directory without `stack`, it is the name of the repository.
 */
export function stackName(target: Target, repository: string): string {
  const { stack, directory } = target
  if (target.name !== undefined) return target.name
  const place = directory === '.' ? undefined : directory.replaceAll('\\', '/')
  const name = [place, stack].filter(part => part !== undefined).join(':') || repository
  const workspace = workspaceOf(target)
  return workspace === undefined ? name : `${name}@${workspace}`
}

function workspaceOf({ workspace, inheritedWorkspace }: Target): string | undefined {
  return workspace ?? inheritedWorkspace
}

/** Returns the three parts that all versions hash. */
function placeParts({ name, stack, directory, workspace, inheritedWorkspace }: Target): string[] {
  return [stack ?? '', directory, workspace ?? (name === undefined ? inheritedWorkspace : undefined) ?? '']
}

/** Returns stack-name, else the backend, which then distinguishes two stacks of one directory and workspace. */
function nameParts({ name, backend }: Target): string[] {
  if (name !== undefined) return [name]
  return backend === undefined ? [] : ['', backend.text]
}

function asInVersion01({ name, stack, directory, workspace }: Target): Target {
  return { name, stack, directory, workspace }
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
