/**
 * The data directory of Terraform, `.terraform`. It names the workspace, the backend and the code of every module, and a commit can
 * contain one. So Terraform gets an empty one in the runner's temporary directory. A link keeps its name, because the name is a part of
 * `path.module`, which plans and states hold: another name would change resources.
 */
import { cpSync, lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { isIn } from '../child.ts'
import { InputError } from '../errors.ts'
import { hasCliSetting } from './environment.ts'
import { type ToolName, tools } from './tools.ts'

/** Where Terraform would look for its data, and the directory that it gets. */
export interface DataDirectoryOptions {
  /** Absolute path of the root module. */
  readonly directory: string
  readonly checkout: string
  /** Path of a directory that is private to this run. */
  readonly tempDirectory: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * Gives Terraform an empty data directory outside of the checkout. One that `TF_DATA_DIR` names outside of the checkout is left as it
 * is: the workflow chose it, and no commit can fill it.
 * @returns a function that puts back what was there
 * @throws InputError for a TF_DATA_DIR that cannot be replaced
 */
export function isolateDataDirectory({ directory, checkout, tempDirectory, env }: DataDirectoryOptions): () => void {
  const path = resolve(directory, env.TF_DATA_DIR || '.terraform')
  // The copy of a shipped module is in the temporary directory, and so is its data.
  const owner = isIn(directory, tempDirectory) ? checkout : directory
  const isNamedInside = [checkout, owner].some(each => !relative(each, path).startsWith('..'))
  const isInside = [checkout, owner].some(each => isIn(dirname(path), each))
  if (!isNamedInside && !isInside) return () => {}
  if (!isInside || !relative(path, directory).startsWith('..')) {
    throw new InputError(
      `The variable TF_DATA_DIR is "${env.TF_DATA_DIR}", ${isInside ? 'which contains the root module' : 'and a link in the checkout leads out of it'}: name a directory outside of the checkout, for example in RUNNER_TEMP.`,
    )
  }
  const own = join(tempDirectory, 'terraform-data')
  const before = join(tempDirectory, 'terraform-data-before')
  mkdirSync(own, { mode: 0o700 })
  // A run that was killed leaves its link.
  if (isLinkTo(path, /[/\\]terraform-data$/)) rmSync(path)
  else if (exists(path)) move(path, before)
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(own, path, 'junction')
  return () => {
    if (isLinkTo(path, /[/\\]terraform-data$/)) rmSync(path)
    if (exists(before) && !exists(path)) move(before, path)
  }
}

/**
 * Takes the link away, for a workspace that plans elsewhere: Terraform uploads the root module, and would follow the link to every
 * provider and to the credentials of the backend. Paths of modules are made there.
 * @returns the value of TF_DATA_DIR for every later command; undefined if there is no link
 */
export function unlinkDataDirectory(directory: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = resolve(directory, env.TF_DATA_DIR || '.terraform')
  if (!isLinkTo(path, /[/\\]terraform-data$/)) return undefined
  const data = readlinkSync(path)
  rmSync(path)
  return data
}

/**
 * Refuses providers of the checkout, which Terraform takes from `terraform.d/plugins` instead of the registry and without its signature.
 * A CLI configuration with a block provider_installation, and the argument -plugin-dir, say where providers come from.
 * @throws InputError
 */
export function assertNoCommittedPlugins(tool: ToolName, directory: string, env: NodeJS.ProcessEnv): void {
  const plugins = join(directory, 'terraform.d', 'plugins')
  if (!exists(plugins) || hasCliSetting(tool, env, /^\s*provider_installation\b/m)) return
  if (/(^|\s)--?plugin-dir\b/.test([env.TF_CLI_ARGS, env.TF_CLI_ARGS_init].join(' '))) return
  throw new InputError(
    `${plugins} is in the checkout, and ${tools[tool].title} would run the providers in it without the signature of the registry. ` +
      'Remove it, or name it in a block provider_installation of the file in TF_CLI_CONFIG_FILE.',
    'CODE_UNTRUSTED',
  )
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function isLinkTo(path: string, target: RegExp): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && target.test(readlinkSync(path))
}

/** Moves a file, a directory or a link, also to another file system. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    rmSync(from, { recursive: true })
  }
}
