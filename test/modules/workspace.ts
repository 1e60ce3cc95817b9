/**
 * Terraform on copies of the shipped modules, so that no `.terraform` is left among the sources: a directory with
 * `terraform/` as it is shipped and whatever root modules a test writes beside it.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { PlanJson } from '../../src/terraform/json.ts'
import { terraformSettings } from '../support/toolchain.ts'

export const shippedModules = fileURLToPath(new URL('../../terraform/', import.meta.url))

/**
 * Whether the provider of the tests (5.100) knows the resources of a module. The others ask for a newer one in their versions.tf, and what can be
 * shown of them has a test of its own.
 */
export function isKnownToProvider(module: string): boolean {
  return /version = ">= 5\./.test(readFileSync(join(shippedModules, module, 'versions.tf'), 'utf8'))
}

/** What a module refuses, one run for each rule, below the directory of the module. */
export const refusalsFile = 'tests/refusals.tftest.hcl'

/** The refusals of a module: what stands above the runs, the runs that refuse the value of a variable, and all others. */
export function refusalsOf(module: string): { head: string; ofVariables: string[]; others: string[] } {
  const text = readFileSync(join(shippedModules, module, refusalsFile), 'utf8')
  const [head = '', ...runs] = text.split(/^(?=run ")/m)
  const isOfVariable = (run: string) => /^ *expect_failures = \[var\.\w+\]$/m.test(run)
  return { head, ofVariables: runs.filter(isOfVariable), others: runs.filter(run => !isOfVariable(run)) }
}

export interface Ran {
  readonly code: number
  /** Standard output and then standard error. */
  readonly output: string
}

export interface Workspace {
  readonly directory: string
  write(file: string, text: string): void
  /** Runs Terraform in a directory of the workspace. A failure is a code and not an exception. */
  run(folder: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>
  /** The same, for a command that must succeed: anything else throws what it printed. */
  must(folder: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>
  /** Initializes without a backend of its own, plans, and gives the plan as Terraform shows it. */
  plan(folder: string, env?: Readonly<Record<string, string>>): Promise<PlanJson>
  remove(): void
}

/** @param aws what points Terraform at the AWS stand-in */
export function openWorkspace(aws: Readonly<Record<string, string>> = {}): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'modules-'))
  cpSync(shippedModules, join(directory, 'terraform'), { recursive: true })
  const base = {
    ...process.env,
    AWS_REGION: 'us-east-1',
    ...aws,
    ...terraformSettings(directory),
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
  }
  const workspace: Workspace = {
    directory,
    write(file, text) {
      const path = join(directory, file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    },
    async run(folder, args, env = {}) {
      const options = { cwd: join(directory, folder), env: { ...base, ...env }, maxBuffer: 256 << 20 }
      try {
        const { stdout, stderr } = await promisify(execFile)('terraform', args, options)
        return { code: 0, output: stdout + stderr }
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
        return { code, output: `${stdout}${stderr}` }
      }
    },
    async must(folder, args, env) {
      const { code, output } = await workspace.run(folder, args, env)
      if (code !== 0) throw new Error(`terraform ${args.join(' ')} in ${folder} ended with ${code}:\n${output}`)
      return output
    },
    async plan(folder, env) {
      await workspace.must(folder, ['init', '-input=false', '-no-color'], env)
      await workspace.must(folder, ['plan', '-input=false', '-no-color', '-out=tfplan'], env)
      return JSON.parse(await workspace.must(folder, ['show', '-json', 'tfplan'], env)) as PlanJson
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
  return workspace
}
