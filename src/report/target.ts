/**
 * Which stack a run is about. Everything that must be the same for one stack and different for two is computed here: the
 * markers of comment and issue, the incident of a webhook, the name that confirms a destroy, and the name in titles. Pure.
 */
import { createHash } from 'node:crypto'
import { configured, namingSettings } from '../terraform/backend.ts'

export interface Target {
  /** Input stack-name. It alone tells the stacks of one directory and workspace apart. */
  readonly name?: string | undefined
  /** Input stack: a shipped module. */
  readonly stack: string | undefined
  /** Relative to the repository, with slashes. */
  readonly directory: string
  /** Input workspace. */
  readonly workspace: string | undefined
  /** TF_WORKSPACE, where the input is empty. */
  readonly inheritedWorkspace?: string | undefined
  /** What the input backend-config says about where the state is, such as `bucket acme, key staging.tfstate`. */
  readonly backend?: Backend | undefined
}

interface Backend {
  readonly text: string
  /** The setting by which a person tells the states of one bucket apart. */
  readonly key: string | undefined
}

type Targeted = { readonly target: Target }

/** Settings of a backend that a person tells its states apart by. */
const keySettings = ['key', 'prefix', 'path', 'schema_name', 'secret_suffix', 'workspaces'] as const

/**
 * What backend-config says about where the state is, without user names and passwords.
 * @param lines of the input: `key=value`, or the path of a file of settings
 * @param readText reads such a file; undefined when it cannot be read
 * @returns undefined when the lines say nothing about it
 */
export function backendOf(
  lines: readonly string[],
  readText: (path: string) => string | undefined,
): Backend | undefined {
  const settings = configured(undefined, lines, readText)?.settings ?? {}
  const nameParts = namingSettings.flatMap(name => {
    const value = (settings[name] ?? '').trim().replace(/^"(.*)"$/, '$1')
    return value === '' ? [] : [[name, value.replace(/\/\/[^/@]*@/, '//')] as const]
  })
  if (nameParts.length === 0) return undefined
  const key = keySettings.map(each => nameParts.find(([name]) => name === each)?.[1]).find(value => value !== undefined)
  return { text: nameParts.map(pair => pair.join(' ')).join(', '), key }
}

/** The first line of our comment. Its target is hashed: the name of a directory could hold `-->`. */
export function commentMarker({ target }: Targeted): string {
  return `<!-- terraform-mcp-deploy:${digest([...placeParts(target), ...named(target)])} -->`
}

/** The marker that version 0.1 gave this target; undefined when it is the same. */
export function formerCommentMarker({ target }: Targeted): string | undefined {
  const oldMarker = commentMarker({ target: asInVersion01(target) })
  return oldMarker === commentMarker({ target }) ? undefined : oldMarker
}

/**
 * The first line of the issue of a scheduled verify.
 * @param endpoint the input mcp-endpoint, which has an issue of its own
 */
export function issueMarker({ target }: Targeted, endpoint: string | undefined): string {
  return `<!-- terraform-mcp-deploy-issue:${digest([...placeParts(target), endpoint ?? '', ...named(target)])} -->`
}

/** The issue marker that version 0.1 gave this target; undefined when it is the same. */
export function formerIssueMarker({ target }: Targeted, endpoint: string | undefined): string | undefined {
  const former = issueMarker({ target: asInVersion01(target) }, endpoint)
  return former === issueMarker({ target }, endpoint) ? undefined : former
}

/** The id under which a webhook reports all events of one stack. @param repository `owner/name` */
export function incidentOf(target: Target, repository: string): string {
  return digest([repository, ...placeParts(target), ...named(target)])
}

/** What titles call the stack: its name, or `ecs`, a directory, a workspace and a state, where there are any. */
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
 * The name of a stack in one line that a person can type, which is what confirms its destruction: `ecs`,
 * `services/weather`, `services/weather:ecs` where a shipped module has its var files in a directory, `ecs@staging` with
 * a workspace, and for the root directory without `stack` the name of the repository.
 */
export function stackName(target: Target, repository: string): string {
  const { name: given, stack, directory } = target
  if (given !== undefined) return given
  const place = directory === '.' ? undefined : directory.replaceAll('\\', '/')
  const name = [place, stack].filter(part => part !== undefined).join(':') || repository
  const workspace = workspaceOf(target)
  return workspace === undefined ? name : `${name}@${workspace}`
}

function workspaceOf({ workspace, inheritedWorkspace }: Target): string | undefined {
  return workspace ?? inheritedWorkspace
}

/** The three parts that every version has hashed. */
function placeParts({ name, stack, directory, workspace, inheritedWorkspace }: Target): string[] {
  return [stack ?? '', directory, workspace ?? (name === undefined ? inheritedWorkspace : undefined) ?? '']
}

/** Without a stack-name, the backend tells two stacks of one directory and workspace apart. */
function named({ name, backend }: Target): string[] {
  if (name !== undefined) return [name]
  return backend === undefined ? [] : ['', backend.text]
}

function asInVersion01({ name, stack, directory, workspace }: Target): Target {
  return { name, stack, directory, workspace }
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
