/**
 * The directory that Terraform runs in: the user's root module as it stands, or a copy of the shipped module
 * with the user's backend, variables and lock file beside it. A copy, because the checked out action is not
 * ours to write into and two stacks of one job must not share a `.terraform` directory.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { repositoryRoot } from '../checkout.ts'
import { InputError } from '../errors.ts'
import type { Diagnostic, Problem } from './diagnostics.ts'

/** Beside both src/ and dist/. */
const shippedModules = fileURLToPath(new URL('../../terraform/', import.meta.url))

/** Files of `working-directory` that Terraform would read by itself in a root module. */
const loadedAutomatically =
  /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$|^\.terraform\.lock\.hcl$|^\.(terraform|opentofu)-version$|^\.tool-versions$/

/** Which root module is run, as the inputs of the action say. */
export interface RootModuleOptions {
  /** The shipped module, undefined for one of the user's own. */
  readonly stack: string | undefined
  /** Absolute path. */
  readonly workingDirectory: string
  readonly backendConfig: readonly string[]
}

/**
 * Absolute path of the root module to run.
 * @param tempDirectory where the copy of a shipped module is made, private to this run
 */
export function prepareRootModule(
  { stack, workingDirectory, backendConfig }: RootModuleOptions,
  tempDirectory: string,
): string {
  const own = readdirSync(workingDirectory).find(file => /\.(tf|tofu)(\.json)?$/.test(file))
  if (stack === undefined) {
    if (own !== undefined) return workingDirectory
    throw new InputError(
      `There is no root module to run: ${workingDirectory} has no .tf file and the input stack is empty. ` +
        'Set working-directory to your root module, or stack to "ecs" or "ec2" to run a shipped one.',
    )
  }
  if (own !== undefined) {
    throw new InputError(
      `Input stack is "${stack}", and ${join(workingDirectory, own)} belongs to a root module of your own. ` +
        'Leave stack empty to run your module, or set working-directory to a directory that holds only var files.',
    )
  }

  const directory = join(tempDirectory, stack)
  mkdirSync(directory, { recursive: true })
  for (const file of readdirSync(join(shippedModules, stack))) {
    if (/^(tests|examples|README\.md|\.terraform.*)$/.test(file)) continue
    cpSync(join(shippedModules, stack, file), join(directory, file), { recursive: true })
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
 * Where a diagnostic is for somebody who looks at GitHub: what Terraform names relative to the root module is relative to the
 * repository there. A file that is not in it (of a shipped module, of one that was downloaded) is named in words.
 * @param directory the root module that Terraform ran in
 * @param commit URL of the files of the commit, `https://github.com/OWNER/REPO/blob/SHA`
 */
export function locate(
  diagnostic: Diagnostic,
  { directory, workspace, commit }: { readonly directory: string; readonly workspace: string; readonly commit: string },
  { stack, workingDirectory }: Pick<RootModuleOptions, 'stack' | 'workingDirectory'>,
): Problem {
  const { file, line, ...said } = diagnostic
  if (file === undefined || line === undefined) return said
  const named = resolve(directory, file)
  const inModule = relative(directory, named).replaceAll(sep, '/')
  const isShipped = stack !== undefined && isInside(inModule)
  const isCopied = isShipped && loadedAutomatically.test(inModule)
  if (isShipped && !isCopied)
    return { ...said, outsideRepository: `terraform/${stack}/${inModule} line ${line} of this action` }
  const path = isCopied ? join(workingDirectory, inModule) : named
  const shown = relative(repositoryRoot(path, workspace), path).replaceAll(sep, '/')
  // Terraform keeps modules that it has downloaded in a directory that is not committed.
  const isCommitted = isInside(shown) && !/(^|\/)\.terraform\//.test(shown) && existsSync(path)
  if (!isCommitted) return { ...said, outsideRepository: `${file} line ${line}` }
  return { ...said, file: shown, line, url: `${commit}/${shown.split('/').map(encodeURIComponent).join('/')}#L${line}` }
}

function isInside(path: string): boolean {
  return path !== '' && !/^\.\.(\/|$)/.test(path) && !isAbsolute(path)
}

/**
 * The backend that `terraform init` configured in this directory, such as `s3`, or `local` when there is none.
 * Terraform records it in `.terraform/terraform.tfstate`.
 */
export function configuredBackend(directory: string): string {
  const record = join(resolve(directory, process.env.TF_DATA_DIR ?? '.terraform'), 'terraform.tfstate')
  if (!existsSync(record)) return 'local'
  const { backend } = JSON.parse(readFileSync(record, 'utf8')) as { backend?: { type?: string } }
  return backend?.type ?? 'local'
}

/** An apply whose state dies with the job would be forgotten, and a destroy would find nothing. */
export function assertRemoteBackend(backend: string, stack: string | undefined, command: 'apply' | 'destroy'): void {
  if (backend !== 'local') return
  const lost = {
    apply: 'would be lost with this job and the next apply would build everything again',
    destroy: 'is not that of another job: nothing would be found, and nothing destroyed',
  }
  const how =
    stack === undefined
      ? 'add a backend block to the root module, for example `terraform { backend "s3" { bucket = "…" key = "…" use_lockfile = true } }`'
      : 'set the input backend-config, for example bucket=…, key=… and region=…, one a line'
  throw new InputError(
    `The state is local, so it ${lost[command]}: ${how}. ` +
      'On a self-hosted runner that keeps the directory, set allow-local-state to true.',
    'STATE_LOCAL',
  )
}
