/**
 * The directory that Terraform runs in: the user's root module, or a copy of a shipped module. The copy also has the
 * user's backend, variable files and dependency lock file. The module is copied because the checked-out action must not
 * change, and because two stacks of one job must not share a `.terraform` directory.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { repositoryRoot } from '../checkout.ts'
import { InputError } from '../errors.ts'
import { keySetting } from './backend.ts'
import type { Diagnostic, Problem } from './diagnostics.ts'
import { shippedModuleNames } from './names.ts'

/** The directory terraform/ of this action, which is next to both src/ and dist/. */
const shippedModulesDirectory = fileURLToPath(new URL('../../terraform/', import.meta.url))

/** Directory of a shipped module, which must not change. */
export function shippedModuleDirectory(stack: string): string {
  return join(shippedModulesDirectory, stack)
}

/** Files of `working-directory` that Terraform or a version manager loads without being named. */
const loadedAutomatically =
  /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$|^\.terraform\.lock\.hcl$|^\.(terraform|opentofu)-version$|^\.tool-versions$/

/** The inputs that select the root module. */
export interface RootModuleOptions {
  /** Name of the shipped module; undefined for a module of the user. */
  readonly stack: string | undefined
  /** Absolute path of the input working-directory. */
  readonly workingDirectory: string
  readonly backendConfig: readonly string[]
}

/**
 * Prepares the root module and returns its absolute path.
 * @param tempDirectory the directory for the copy of a shipped module, private to this run
 * @throws InputError when there is no root module, or both a shipped one and one of the user
 */
export function prepareRootModule(
  { stack, workingDirectory, backendConfig }: RootModuleOptions,
  tempDirectory: string,
): string {
  const ownFile = readdirSync(workingDirectory).find(file => /\.(tf|tofu)(\.json)?$/.test(file))
  if (stack === undefined) {
    if (ownFile !== undefined) return workingDirectory
    throw new InputError(
      `There is no root module to run: ${workingDirectory} has no .tf file and the input stack is empty. ` +
        `Set working-directory to your root module, or stack to ${shippedModuleNames} to run a shipped one.`,
    )
  }
  if (ownFile !== undefined) {
    throw new InputError(
      `Input stack is "${stack}", and ${join(workingDirectory, ownFile)} belongs to a root module of your own. ` +
        'Leave stack empty to run your module, or set working-directory to a directory that holds only var files.',
    )
  }

  const directory = join(tempDirectory, stack)
  mkdirSync(directory, { recursive: true })
  for (const file of readdirSync(join(shippedModulesDirectory, stack))) {
    if (/^(tests|examples|README\.md|\.terraform.*)$/.test(file)) continue
    cpSync(join(shippedModulesDirectory, stack, file), join(directory, file), { recursive: true })
  }
  for (const file of readdirSync(workingDirectory)) {
    if (loadedAutomatically.test(file)) cpSync(join(workingDirectory, file), join(directory, file))
  }
  const backend =
    backendConfig.length > 0
      ? { s3: { use_lockfile: true } }
      : { local: { path: join(workingDirectory, 'terraform.tfstate') } }
  writeFileSync(join(directory, 'backend.tf.json'), JSON.stringify({ terraform: { backend } }, null, 2))
  return directory
}

/**
 * Adds the place on GitHub to a diagnostic, with the path relative to the repository. A file outside of it, such as one
 * of a shipped or downloaded module, is described in words.
 * @param directory the root module that Terraform ran in
 * @param workspace the directory of the checkout
 * @param commit URL of the files of the commit, `https://github.com/OWNER/REPO/blob/SHA`
 */
export function locate(
  diagnostic: Diagnostic,
  { directory, workspace, commit }: { readonly directory: string; readonly workspace: string; readonly commit: string },
  { stack, workingDirectory }: Pick<RootModuleOptions, 'stack' | 'workingDirectory'>,
): Problem {
  const { file, line, ...diagnosticWithoutPlace } = diagnostic
  if (file === undefined || line === undefined) return diagnosticWithoutPlace
  const absolutePath = resolve(directory, file)
  const inModule = relative(directory, absolutePath).replaceAll(sep, '/')
  const isShipped = stack !== undefined && isInside(inModule)
  const isCopied = isShipped && loadedAutomatically.test(inModule)
  if (isShipped && !isCopied)
    return {
      ...diagnosticWithoutPlace,
      outsideRepository: `terraform/${stack}/${inModule} line ${line} of this action`,
    }
  const path = isCopied ? join(workingDirectory, inModule) : absolutePath
  const inRepository = relative(repositoryRoot(path, workspace), path).replaceAll(sep, '/')
  // Terraform stores downloaded modules in .terraform, which is not committed.
  const isCommitted = isInside(inRepository) && !/(^|\/)\.terraform\//.test(inRepository) && existsSync(path)
  if (!isCommitted) return { ...diagnosticWithoutPlace, outsideRepository: `${file} line ${line}` }
  return {
    ...diagnosticWithoutPlace,
    file: inRepository,
    line,
    url: `${commit}/${inRepository.split('/').map(encodeURIComponent).join('/')}#L${line}`,
  }
}

function isInside(path: string): boolean {
  return path !== '' && !/^\.\.(\/|$)/.test(path) && !isAbsolute(path)
}

/**
 * The type of the backend that `terraform init` configured in a directory, such as `s3`; `local` without a backend block.
 * Terraform records it in `.terraform/terraform.tfstate`.
 */
export function configuredBackend(directory: string): string {
  return readBackendRecord(directory)?.type ?? 'local'
}

/**
 * The setting that distinguishes the state in its backend, such as the key of an object in S3. It has the prefix that S3 adds for
 * a workspace. Undefined for a local state.
 */
export function configuredStateKey(directory: string, workspace: string): string | undefined {
  const { type, config = {} } = readBackendRecord(directory) ?? {}
  if (type === undefined || type === 'local') return undefined
  const value = config[keySetting(type)]
  if (typeof value !== 'string' || value === '') return undefined
  if (type !== 's3' || workspace === 'default') return value.replace(/\/\/[^/@]*@/, '//')
  const prefix = config.workspace_key_prefix
  return [typeof prefix === 'string' && prefix !== '' ? prefix : 'env:', workspace, value].join('/')
}

/** The backend that `terraform init` configured in a directory; undefined without a backend block. */
export function readBackendRecord(directory: string): { type?: string; config?: Record<string, unknown> } | undefined {
  const record = join(resolve(directory, process.env.TF_DATA_DIR ?? '.terraform'), 'terraform.tfstate')
  if (!existsSync(record)) return undefined
  const { backend } = JSON.parse(readFileSync(record, 'utf8')) as {
    backend?: { type?: string; config?: Record<string, unknown> }
  }
  return backend
}

/**
 * Rejects a local state, which is lost with the job: the next apply or destroy would not know the resources.
 * @throws InputError when the backend is local
 */
export function assertRemoteBackend(
  backend: string,
  stack: string | undefined,
  command: 'apply' | 'destroy' | 'rollback',
): void {
  if (backend !== 'local') return
  const consequences = {
    apply: 'would be lost with this job, and the next apply would create everything again',
    destroy: 'is not the state of an earlier job: it has no resources to destroy',
    rollback: 'is not the state of an earlier job: it does not name what is deployed',
  }
  const fix =
    stack === undefined
      ? 'add a backend block to the root module, for example `terraform { backend "s3" { bucket = "…" key = "…" use_lockfile = true } }`'
      : 'set the input backend-config, for example bucket=…, key=… and region=…, one per line'
  throw new InputError(
    `The state is local, so it ${consequences[command]}. Fix: ${fix}. ` +
      'On a self-hosted runner that keeps the directory, set allow-local-state to true.',
    'STATE_LOCAL',
  )
}
