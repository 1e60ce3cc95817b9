/**
 * The program that the tests with real parts run: the Terraform on PATH, or the one that the variable TEST_ENGINE of the test runner
 * names. It may be any version of Terraform or OpenTofu.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '../../src/child.ts'
import { type CapabilityName, can } from '../../src/terraform/capabilities.ts'
import { parseOutput } from '../../src/terraform/json-output.ts'
import { type ToolName, toolTitles } from '../../src/terraform/names.ts'

const run = promisify(execFile)

export interface Engine {
  readonly tool: ToolName
  readonly title: string
  readonly version: string
  /** Inputs of the action that make it use this program. */
  readonly inputs: Readonly<Record<string, string>>
  /** A PATH on which the program has its own name. */
  readonly path: string
  can(capability: CapabilityName): boolean
}

/** The name and the version of a program, which need not have its own name. @throws {Error} if it is neither tool */
export async function identify(binary: string): Promise<{ tool: ToolName; version: string }> {
  const [{ stdout: words }, { stdout: json }] = await Promise.all([
    run(binary, ['version']),
    run(binary, ['version', '-json']),
  ])
  const tool = /^OpenTofu v/m.test(words) ? 'tofu' : /^Terraform v/m.test(words) ? 'terraform' : undefined
  if (tool === undefined) throw new Error(`${binary} is neither Terraform nor OpenTofu: ${words.slice(0, 200)}`)
  return { tool, version: (parseOutput(json) as { terraform_version: string }).terraform_version }
}

let found: Promise<Engine> | undefined

/** The program of this run. @throws {Error} if TEST_ENGINE names none */
export function testEngine(): Promise<Engine> {
  found ??= find(process.env.TEST_ENGINE)
  return found
}

async function find(named: string | undefined): Promise<Engine> {
  const binary = named ? resolve(named) : (findProgram('terraform', process.env) ?? 'terraform')
  const { tool, version } = await identify(binary)
  const common = { tool, title: toolTitles[tool], version, can: (name: CapabilityName) => can(tool, version, name) }
  if (!named) return { ...common, inputs: {}, path: process.env.PATH ?? '' }
  const directory = mkdtempSync(join(tmpdir(), 'engine-'))
  symlinkSync(binary, join(directory, tool))
  return {
    ...common,
    inputs: { tool, 'terraform-version': version },
    path: `${directory}${delimiter}${process.env.PATH}`,
  }
}

/** The OpenTofu of TEST_ENGINE, or the one on PATH; undefined without one, which is said loudly. */
export async function tofuOnPath(): Promise<string | undefined> {
  const named = process.env.TEST_ENGINE
  if (named && (await identify(named)).tool === 'tofu') return resolve(named)
  const binary = findProgram('tofu', process.env)
  if (binary === undefined) {
    console.error('OpenTofu is NOT RUN: there is no tofu on PATH, and TEST_ENGINE names none.')
    return undefined
  }
  const { version } = await identify(binary)
  console.log(`OpenTofu ${version}: ${binary}`)
  return binary
}
