/**
 * The directory that Terraform runs in: the user's root module as it stands, or a copy of the shipped module
 * with the user's backend, variables and lock file beside it. A copy, because the checked out action is not
 * ours to write into and two stacks of one job must not share a `.terraform` directory.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from './errors.ts'
import type { Inputs } from './inputs.ts'

/** Beside both src/ and dist/. */
const shippedModules = fileURLToPath(new URL('../terraform/', import.meta.url))

/** Files of `working-directory` that Terraform would read by itself in a root module. */
const readByItself =
  /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$|^\.terraform\.lock\.hcl$|^\.(terraform|opentofu)-version$|^\.tool-versions$/

/**
 * Absolute path of the root module to run.
 * @param scratch where the copy of a shipped module is made, private to this run
 */
export function prepareRootModule(
  inputs: Pick<Inputs, 'stack' | 'workingDirectory' | 'backendConfig'>,
  scratch: string,
): string {
  const { stack, workingDirectory, backendConfig } = inputs
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

  const directory = join(scratch, stack)
  mkdirSync(directory, { recursive: true })
  for (const file of readdirSync(join(shippedModules, stack))) {
    if (/^(tests|examples|README\.md|\.terraform.*)$/.test(file)) continue
    cpSync(join(shippedModules, stack, file), join(directory, file), { recursive: true })
  }
  for (const file of readdirSync(workingDirectory)) {
    if (readByItself.test(file)) cpSync(join(workingDirectory, file), join(directory, file))
  }
  const backend =
    backendConfig.length > 0
      ? { s3: { use_lockfile: true } }
      : { local: { path: join(workingDirectory, 'terraform.tfstate') } }
  writeFileSync(join(directory, 'backend.tf.json'), JSON.stringify({ terraform: { backend } }, null, 2))
  return directory
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
export function refuseLostState(backend: string, stack: string | undefined, command: 'apply' | 'destroy'): void {
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
  )
}
