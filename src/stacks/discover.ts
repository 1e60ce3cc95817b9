/**
 * Stacks of a repository: every root module that calls a shipped module, and every directory with a `.mcp-deploy.yml`. Each stack
 * has a unique name and a separate state.
 */
import { InputError } from '../errors.ts'
import { isSetting, keySetting, mergeBackendConfig, stateName } from '../terraform/backend.ts'
import { shippedModuleNames, shippedModules } from '../terraform/names.ts'
import { ancestorsOf, inRepository } from './paths.ts'
import type { Directory, Repository } from './repository.ts'
import { type Settings, settingsFile } from './settings.ts'

/** One stack: a root module with the settings of one environment. */
export interface Stack {
  /** Unique display name. */
  readonly name: string
  readonly directory: string
  readonly stack: (typeof shippedModules)[number] | undefined
  readonly workspace: string | undefined
  /** Paths relative to the directory, like the action's input. */
  readonly varFiles: readonly string[]
  readonly backendConfig: readonly string[]
  readonly environment: string | undefined
  /** Key of the state: the configured one, or a unique default. */
  readonly stateKey: string
  readonly concurrencyGroup: string
  /** Globs of further files that concern the stack, from the root of the repository. */
  readonly paths: readonly string[]
  /** Further files that concern the stack, outside of its directory too. */
  readonly files: readonly string[]
  /** Directories of all local modules that it calls, directly or through other modules. */
  readonly modules: readonly string[]
}

/**
 * Finds the stacks of a repository, ordered by directory and environment.
 * @param below directory that limits the search
 * @param names possible names of this action's repository in module sources
 * @throws InputError if settings are invalid or two stacks have the same name
 */
export function findStacks(repository: Repository, below: string, names: readonly string[]): Stack[] {
  const directories = repository.read()
  const called = new Set(directories.flatMap(({ calls }) => calls))
  const isShipped = shippedSourceMatcher(names)
  const stacks = directories
    .filter(({ path, settings, configuration }) => {
      if (!ancestorsOf(path).includes(below)) return false
      if (settings !== undefined) return true
      return configuration !== undefined && !called.has(path) && callsShipped(repository, path, isShipped)
    })
    .flatMap(directory => stacksIn(repository, directory))
  assertDistinct(
    stacks,
    ({ name }) => name.toLowerCase(),
    ({ name }) => [`have the same name ${JSON.stringify(name)}`, `set different names in ${settingsFile}`],
  )
  return stacks
}

/**
 * Asserts that every stack has a separate state. Two stacks with one state would destroy each other's resources.
 * @throws InputError
 */
export function assertDistinctStates(repository: Repository, stacks: readonly Stack[]): void {
  assertDistinct(
    stacks,
    stack => stateNameOf(repository, stack),
    stack => [
      `keep the same state (${stateNameOf(repository, stack)})`,
      `set a different key for each in backend-config of ${settingsFile} (such as key=${defaultKey(stack.directory, stack.environment)}), or a different workspace. If their buckets differ, set the bucket there, too`,
    ],
  )
}

function stateNameOf(repository: Repository, stack: Stack): string {
  const { settings = {}, type = 's3' } = backendOf(repository, stack) ?? {}
  // The path of a local state is relative to its module.
  const key = type === 'local' ? inRepository(stack.directory, stack.stateKey) : undefined
  return stateName({ type, settings: { ...settings, [keySetting(type)]: key ?? stack.stateKey } }, stack.workspace)
}

function backendOf(
  repository: Repository,
  { directory, stack, backendConfig }: Pick<Stack, 'directory' | 'stack' | 'backendConfig'>,
) {
  const own = stack === undefined ? repository.directory(directory)?.configuration?.backend : undefined
  return mergeBackendConfig(own, backendConfig, path => repository.text(inRepository(directory, path) ?? ''))
}

function assertDistinct(
  stacks: readonly Stack[],
  same: (stack: Stack) => string,
  why: (stack: Stack) => [what: string, fix: string],
): void {
  const stackByValue = new Map<string, Stack>()
  for (const stack of stacks) {
    const other = stackByValue.get(same(stack))
    if (other !== undefined) {
      const [what, fix] = why(stack)
      throw new InputError(`The stacks ${describePlace(other)} and ${describePlace(stack)} ${what}: ${fix}.`)
    }
    stackByValue.set(same(stack), stack)
  }
}

function describePlace({ name, directory }: Stack): string {
  return JSON.stringify(name) === JSON.stringify(directory)
    ? JSON.stringify(name)
    : `${JSON.stringify(name)} in ${JSON.stringify(directory)}`
}

/** The stacks in a directory: one per environment, or one if it has no environments. */
function stacksIn(repository: Repository, directory: Directory): Stack[] {
  const { environments, ...common } = directory.settings ?? {}
  if (environments === undefined) return [createStack(repository, directory, common, undefined)]
  return Object.entries(environments)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, own]) => {
      const overrides = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Settings
      const name = `${common.name ?? displayName(directory.path)} (${id})`
      return createStack(repository, directory, { ...common, environment: id, name, ...overrides }, id)
    })
}

function createStack(repository: Repository, directory: Directory, settings: Settings, id: string | undefined): Stack {
  const { path, configuration } = directory
  assertValidRoot(directory, settings)
  if (/\p{Cc}|^\s|\s$/u.test(path)) {
    throw new InputError(
      `The directory ${JSON.stringify(path)} is a stack, and its name has a control character, or a space at its start or end. No input of a workflow can name it: rename the directory.`,
    )
  }
  const { stack, workspace, varFiles = [], backendConfig = [], environment, paths = [] } = settings
  const modules = configuration === undefined ? [] : localModulesOf(repository, path)
  const read = [...varFiles, ...backendConfig.filter(line => !isSetting(line))]
  const backend = backendOf(repository, { directory: path, stack, backendConfig })
  return {
    name: settings.name ?? displayName(path),
    directory: path,
    stack,
    workspace,
    varFiles,
    backendConfig,
    environment,
    stateKey: backend?.settings[keySetting(backend.type)] ?? defaultKey(path, id),
    concurrencyGroup: `deploy-${defaultKey(path, id).replace(/\.tfstate$/, '')}`,
    paths,
    files: [
      ...read.flatMap(file => inRepository(path, file) ?? []),
      ...[path, ...modules].flatMap(each => repository.directory(each)?.linked ?? []),
    ],
    modules,
  }
}

/** Asserts that the deploy job accepts the directory, before the job starts. @throws InputError */
function assertValidRoot({ path, configuration }: Directory, { stack }: Settings): void {
  const file = inRepository(path, settingsFile)
  if (stack === undefined && configuration === undefined) {
    throw new InputError(
      `${file}: its directory has no root module, and key stack is empty. Move the file into the directory of a root module, or set stack to ${shippedModuleNames} to run a shipped module.`,
    )
  }
  if (stack !== undefined && configuration !== undefined) {
    throw new InputError(
      `${file}: key stack is "${stack}", and ${JSON.stringify(path)} also has .tf files. Remove stack to run the .tf files, or move them to another directory.`,
    )
  }
}

function displayName(directory: string): string {
  return directory === '.' ? 'root module' : directory
}

/** Default key of a state, such as `services/weather/staging.tfstate`. It is unique for each directory and environment. */
function defaultKey(directory: string, environment: string | undefined): string {
  const file = `${environment ?? 'terraform'}.tfstate`
  const escaped = directory.replace(/[^A-Za-z0-9._/-]/gu, char =>
    encodeURIComponent(char.toWellFormed()).replace(/^[^%]$/, hex),
  )
  return directory === '.' ? file : `${escaped}/${file}`
}

function hex(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`
}

/** Directories of the local modules that a directory calls, directly or through other modules. */
function localModulesOf(repository: Repository, path: string): string[] {
  const visited = new Set<string>([path])
  const open = [path]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const each of repository.directory(at)?.calls ?? []) {
      if (visited.has(each)) continue
      visited.add(each)
      open.push(each)
    }
  }
  visited.delete(path)
  return [...visited]
}

function callsShipped(repository: Repository, path: string, isShipped: (source: string) => boolean): boolean {
  const local = localModulesOf(repository, path)
  return (
    [path, ...local].some(each => repository.directory(each)?.configuration?.sources.some(isShipped)) ||
    local.some(each => isCopy(repository, each))
  )
}

const copyPattern = new RegExp(`(^|/)terraform/(${shippedModules.join('|')})$`)

/** Whether a directory is a copy of a shipped module: it has that module's path and an output `mcp_endpoint`. */
function isCopy(repository: Repository, path: string): boolean {
  if (!copyPattern.test(path)) return false
  return repository.directory(path)?.configuration?.hasEndpoint === true
}

/**
 * A matcher for sources of the shipped modules (developer.hashicorp.com, "Module Sources"): git in all its spellings, an archive, or
 * a registry. A registry names the repository terraform-PROVIDER-NAME as NAME/PROVIDER.
 * @param names possible names of this action's repository
 */
function shippedSourceMatcher(names: readonly string[]): (source: string) => boolean {
  const spellings = names.flatMap(name => {
    const [, provider, rest] = /^terraform-([^-]+)-(.+)$/.exec(name) ?? []
    return [
      `${RegExp.escape(name)}(?:\\.git|/[\\w-]+)?`,
      ...(provider === undefined || rest === undefined ? [] : [`${RegExp.escape(rest)}/${RegExp.escape(provider)}`]),
    ]
  })
  const pattern = new RegExp(
    `^[^?]*[/:](?:${spellings.join('|')})(?:/archive/[^?]*|/[\\w.-]+\\.(?:zip|tar\\.gz))?//terraform/(?:${shippedModules.join('|')})/?(?:\\?.*)?$`,
    'i',
  )
  return source => pattern.test(source)
}
