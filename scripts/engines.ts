/**
 * Writes docs/engines.md: what each version of Terraform and OpenTofu can do (src/terraform/capabilities.ts), and which versions
 * were run by which tests (test/engines.json). The second table is also in README.md. With `--check` it writes nothing and exits 1
 * when a page is out of date; with `--print` it prints the second table.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare } from 'semver'
import { type Capability, capabilities } from '../src/terraform/capabilities.ts'
import { type ToolName, toolTitles } from '../src/terraform/names.ts'
import { between } from './readme-tables.ts'

const root = join(import.meta.dirname, '..')
export const engineRunsFile = join(root, 'test/engines.json')

/** The suites that any version can run, with their files. */
export const suites = {
  demo: [],
  approval: ['test/e2e/approval.test.ts'],
  cancel: ['test/e2e/cancel.test.ts'],
  schedule: ['test/e2e/schedule.test.ts'],
  rules: ['test/e2e/rules.test.ts'],
  upgrade: ['test/e2e/provider-upgrade.test.ts'],
  early: ['test/e2e/early-variables.test.ts'],
} as const satisfies Record<string, readonly string[]>

export type SuiteName = keyof typeof suites

/** What the suites show, in the order of the table. */
const shows: Readonly<Record<SuiteName, string>> = {
  demo: 'the demo with terraform/ecs',
  approval: 'plan, comment and approval',
  cancel: 'cancelled applies',
  schedule: 'drift and GitHub environments',
  rules: 'findings',
  upgrade: 'a provider upgrade',
  early: 'early variables and state encryption',
}

/** One run of a suite. */
export interface EngineRun {
  readonly tool: ToolName
  readonly version: string
  readonly suite: SuiteName
  /** Numbers of tests, or of the checks of the demo. */
  readonly passed: number
  readonly failed: number
  /** `2026-11-29`. */
  readonly date: string
}

export function readEngineRuns(): EngineRun[] {
  return JSON.parse(readFileSync(engineRunsFile, 'utf8')) as EngineRun[]
}

/** The versions of a tool with a run, the newest first. */
export function versionsRun(tool: ToolName, runs: readonly EngineRun[]): string[] {
  const versions = new Set(runs.filter(run => run.tool === tool).map(({ version }) => version))
  return [...versions].sort((a, b) => compare(b, a))
}

/** The table of versions and suites. A suite that was not run is marked. */
export function runsTable(runs: readonly EngineRun[]): string {
  const names = Object.keys(suites) as SuiteName[]
  const rows = (['terraform', 'tofu'] as const).flatMap(tool =>
    versionsRun(tool, runs).map(version => {
      const own = runs.filter(run => run.tool === tool && run.version === version)
      const cells = names.map(name => {
        const run = own.find(({ suite }) => suite === name)
        if (run === undefined || run.passed + run.failed === 0) return 'not run'
        return run.failed === 0 ? `${run.passed} passed` : `${run.failed} of ${run.passed + run.failed} failed`
      })
      const date =
        own
          .map(run => run.date)
          .sort()
          .at(-1) ?? ''
      return [`${toolTitles[tool]} ${version}`, ...cells, date]
    }),
  )
  return table(
    ['program', ...names.map(name => shows[name]), 'date'],
    [...rows, ['every other version', ...names.map(() => 'not run'), '']],
  )
}

/** The table of capabilities. */
export function capabilitiesTable(rows: Readonly<Record<string, Capability>>): string {
  return table(
    ['what', 'Terraform', 'OpenTofu', 'what the action does'],
    Object.values(rows).map(({ what, terraform, tofu, use }) => [what, terraform ?? 'never', tofu ?? 'never', use]),
  )
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

function page(runs: readonly EngineRun[]): string {
  return `# Versions of Terraform and OpenTofu

<!-- Written by scripts/engines.ts from src/terraform/capabilities.ts and test/engines.json: change these, then run \`npm run fix\`. -->

This page lists the versions that the tests of this action ran, and how the action uses what a version can do.

## What was run

Numbers are tests, or checks of the demo. \`npm run engine -- BINARY\` runs the group with any program and records it here. The
programs of these runs were built from the published source of their version.

${runsTable(runs)}

The tests of every commit run Terraform 1.11.4, with all suites. The modules terraform/ecs, terraform/ec2 and terraform/lambda need 1.11, so the
demo cannot run with an older one. The S3 backend of Terraform 1.5 takes no endpoint from the environment, so only the suites with
another backend can run against the emulator.

These tests run the AWS provider 5.100.0. Version 6 was not run. A [weekly workflow](../.github/workflows/engines.yml) on github.com runs the tests of
the modules and six files of end-to-end tests with its newest release, and opens an issue when they fail.

Not run with any version: HCP Terraform and Terraform Enterprise. A workspace with remote execution was run against a server of our
own with the published API, with Terraform 1.11.4 ([how](hcp-terraform.md)).

## Where Terraform comes from

The action uses the program on \`PATH\` if its version fits, otherwise the tool cache, otherwise releases.hashicorp.com. A download needs a valid signature over its checksum,
by the pinned key of its publisher. No input switches that off.

\`terraform-mirror\` names a copy of the releases, for GitHub Enterprise Server and for machines without internet. \`tool: tofu\` runs OpenTofu.

The action obeys a committed \`.terraform.lock.hcl\` and never changes it. With a lock file, providers are kept in
\`$RUNNER_TOOL_CACHE/terraform-plugins\`. That directory lasts on self-hosted runners, and with actions/cache on those of GitHub.

## What depends on the version

The first version that can do it. A pre-release counts as its release.

${capabilitiesTable(capabilities)}
`
}

if (import.meta.main) {
  const runs = readEngineRuns()
  const isCheck = process.argv.includes('--check')
  if (process.argv.includes('--print')) {
    console.log(runsTable(runs))
    process.exit()
  }
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const pages = { 'docs/engines.md': page(runs), 'README.md': between(readme, 'engines', runsTable(runs)) }
  for (const [file, text] of Object.entries(pages)) {
    const path = join(root, file)
    let before = ''
    try {
      before = readFileSync(path, 'utf8')
    } catch {
      // The page is new.
    }
    if (before === text) continue
    if (isCheck) {
      console.error(`${file} is out of date: run npm run fix.`)
      process.exitCode = 1
    } else {
      writeFileSync(path, text)
      console.log(`${file} written`)
    }
  }
}
