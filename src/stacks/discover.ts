/**
 * The stacks of a repository: every root module that calls a shipped module, and every directory with a
 * `.mcp-deploy.yml`. No two of them may have the same name or keep the same state.
 */
import { InputError } from '../errors.ts'
import { configured, isSetting, keySetting, stateName } from '../terraform/backend.ts'
import type { shippedModules } from '../terraform/names.ts'
import { inRepository, upwards } from './paths.ts'
import type { Directory, Repository } from './repository.ts'
import { type Settings, settingsFile } from './settings.ts'

export interface Stack {
  /** Unique, as a person reads it. */
  readonly name: string
  readonly directory: string
  readonly stack: (typeof shippedModules)[number] | undefined
  readonly workspace: string | undefined
  /** As the action's inputs take them: relative to the directory. */
  readonly varFiles: readonly string[]
  readonly backendConfig: readonly string[]
  readonly environment: string | undefined
  /** The key that its state has, or that it would have if nothing else is said; unique unless somebody chose it. */
  readonly stateKey: string
  readonly concurrencyGroup: string
  /** Globs of more files that concern it, from the root of the repository. */
  readonly paths: readonly string[]
  /** Files that concern it besides those in its directory. */
  readonly files: readonly string[]
  /** Directories of the local modules that it calls, and those call. */
  readonly modules: readonly string[]
}

/**
 * Finds them, by directory and environment.
 * @param below the directory to look in
 * @param names what this action's repository may be called in a module's source
 * @throws InputError
 */
export function findStacks(repository: Repository, below: string, names: readonly string[]): Stack[] {
  const directories = repository.read()
  const called = new Set(directories.flatMap(({ calls }) => calls))
  const isShipped = shippedSource(names)
  const stacks = directories
    .filter(({ path, settings, configuration }) => {
      if (!upwards(path).includes(below)) return false
      if (settings !== undefined) return true
      return configuration !== undefined && !called.has(path) && callsShipped(repository, path, isShipped)
    })
    .flatMap(directory => stacksOf(repository, directory))
  refuseSame(
    stacks,
    ({ name }) => name.toLowerCase(),
    ({ name }) => [`have the same name ${JSON.stringify(name)}`, `set name in ${settingsFile} to tell them apart`],
  )
  return stacks
}

/** Two stacks in one state would each destroy what the other one has. @throws InputError */
export function refuseSharedStates(repository: Repository, stacks: readonly Stack[]): void {
  refuseSame(
    stacks,
    stack => stateOf(repository, stack),
    stack => [
      `keep the same state (${stateOf(repository, stack)})`,
      `give each a key of its own, as backend-config in ${settingsFile} (such as key=${defaultKey(stack.directory, stack.environment)}), or a workspace of its own; where the bucket is another one, say so there, too`,
    ],
  )
}

function stateOf(repository: Repository, stack: Stack): string {
  const { settings = {}, type = 's3' } = backendOf(repository, stack) ?? {}
  // The path of a local state is seen from its module.
  const key = type === 'local' ? inRepository(stack.directory, stack.stateKey) : undefined
  return stateName({ type, settings: { ...settings, [keySetting(type)]: key ?? stack.stateKey } }, stack.workspace)
}

function backendOf(
  repository: Repository,
  { directory, stack, backendConfig }: Pick<Stack, 'directory' | 'stack' | 'backendConfig'>,
) {
  const own = stack === undefined ? repository.directory(directory)?.configuration?.backend : undefined
  return configured(own, backendConfig, path => repository.text(inRepository(directory, path) ?? ''))
}

function refuseSame(
  stacks: readonly Stack[],
  same: (stack: Stack) => string,
  why: (stack: Stack) => [what: string, fix: string],
): void {
  const seen = new Map<string, Stack>()
  for (const stack of stacks) {
    const other = seen.get(same(stack))
    if (other !== undefined) {
      const [what, fix] = why(stack)
      throw new InputError(`The stacks ${placeOf(other)} and ${placeOf(stack)} ${what}: ${fix}.`)
    }
    seen.set(same(stack), stack)
  }
}

function placeOf({ name, directory }: Stack): string {
  return JSON.stringify(name) === JSON.stringify(directory)
    ? JSON.stringify(name)
    : `${JSON.stringify(name)} in ${JSON.stringify(directory)}`
}

/** Those of one directory: one, or one for each of its environments. */
function stacksOf(repository: Repository, directory: Directory): Stack[] {
  const { environments, ...common } = directory.settings ?? {}
  if (environments === undefined) return [stackOf(repository, directory, common, undefined)]
  return Object.entries(environments)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, own]) => {
      const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Settings
      const name = `${common.name ?? shownName(directory.path)} (${id})`
      return stackOf(repository, directory, { ...common, environment: id, name, ...given }, id)
    })
}

function stackOf(repository: Repository, directory: Directory, settings: Settings, id: string | undefined): Stack {
  const { path, configuration } = directory
  refuseWrongRoot(directory, settings)
  if (/\p{Cc}|^\s|\s$/u.test(path)) {
    throw new InputError(
      `The directory ${JSON.stringify(path)} is a stack, and its name has a control character or a space at its end: no input of a workflow can name it.`,
    )
  }
  const { stack, workspace, varFiles = [], backendConfig = [], environment, paths = [] } = settings
  const modules = configuration === undefined ? [] : calledFrom(repository, path)
  const read = [...varFiles, ...backendConfig.filter(line => !isSetting(line))]
  const backend = backendOf(repository, { directory: path, stack, backendConfig })
  return {
    name: settings.name ?? shownName(path),
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

/** What the deploy job would refuse, told before it starts. */
function refuseWrongRoot({ path, configuration }: Directory, { stack }: Settings): void {
  const file = inRepository(path, settingsFile)
  if (stack === undefined && configuration === undefined) {
    throw new InputError(
      `${file}: there is no root module beside it and key stack is empty. Put it beside the .tf files of a root module, or set stack to "ecs" or "ec2" to run a shipped one.`,
    )
  }
  if (stack !== undefined && configuration !== undefined) {
    throw new InputError(
      `${file}: key stack is "${stack}", and ${JSON.stringify(path)} has .tf files of its own. Leave stack out to run them, or move them elsewhere.`,
    )
  }
}

function shownName(directory: string): string {
  return directory === '.' ? 'root module' : directory
}

/** `services/weather/staging.tfstate`. Different for all pairs of a directory and an environment. */
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

/** Local modules that a directory calls, and those call. */
function calledFrom(repository: Repository, path: string): string[] {
  const seen = new Set<string>([path])
  const open = [path]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const each of repository.directory(at)?.calls ?? []) {
      if (seen.has(each)) continue
      seen.add(each)
      open.push(each)
    }
  }
  seen.delete(path)
  return [...seen]
}

function callsShipped(repository: Repository, path: string, isShipped: (source: string) => boolean): boolean {
  const local = calledFrom(repository, path)
  return (
    [path, ...local].some(each => repository.directory(each)?.configuration?.sources.some(isShipped)) ||
    local.some(each => isCopy(repository, each))
  )
}

/** A copy of a shipped module: it lies in the folder of that name and has the output that the action reads. */
function isCopy(repository: Repository, path: string): boolean {
  if (!/(^|\/)terraform\/(ecs|ec2)$/.test(path)) return false
  return repository.directory(path)?.configuration?.hasEndpoint === true
}

/**
 * Whether a source is one of the shipped modules in another repository (developer.hashicorp.com, "Module Sources"): git in
 * all its spellings, an archive, or a registry, which names a repository terraform-PROVIDER-NAME as NAME/PROVIDER.
 */
function shippedSource(names: readonly string[]): (source: string) => boolean {
  const spellings = names.flatMap(name => {
    const [, provider, rest] = /^terraform-([^-]+)-(.+)$/.exec(name) ?? []
    return [
      `${RegExp.escape(name)}(?:\\.git|/[\\w-]+)?`,
      ...(provider === undefined || rest === undefined ? [] : [`${RegExp.escape(rest)}/${RegExp.escape(provider)}`]),
    ]
  })
  const pattern = new RegExp(
    `^[^?]*[/:](?:${spellings.join('|')})(?:/archive/[^?]*|/[\\w.-]+\\.(?:zip|tar\\.gz))?//terraform/(?:ecs|ec2)/?(?:\\?.*)?$`,
    'i',
  )
  return source => pattern.test(source)
}
