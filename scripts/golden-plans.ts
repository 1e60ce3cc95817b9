/**
 * Makes the golden plans of test/fixtures/plans with the Terraform on PATH: `main.tf` is planned, after `before.tf` has been
 * applied where there is one, and plan.json and plan.txt are written. A case with the AWS provider runs against the AWS stand-in,
 * or with the provider of test/support/provider; the others use the built-in provider. A case with a file `engine` needs that program
 * in TEST_ENGINE, and is not changed otherwise. A case without a main.tf has a README about its origin, and is not changed. The comments are
 * snapshots of test/report/plan.test.ts (`vitest run -u`): look at every change of one before committing it.
 *
 *     node scripts/golden-plans.ts [case …]
 */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAws } from '../test/support/aws.ts'
import { testEngine } from '../test/support/engine.ts'
import { notesProgram, notesProvider } from '../test/support/notes-provider.ts'
import { cliConfig } from '../test/support/toolchain.ts'

const fixtures = join(import.meta.dirname, '../test/fixtures/plans')

/** Plans one case in a directory of its own and returns the JSON plan and its text. Throws what Terraform prints. */
async function plan(fixture: string): Promise<{ json: string; text: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'golden-plan-'))
  const usesAws = readFileSync(join(fixture, 'main.tf'), 'utf8').includes('provider "aws"')
  const aws = usesAws ? await startAws({ tasks: {}, dir: directory }) : undefined
  const usesNotes = readFileSync(join(fixture, 'main.tf'), 'utf8').includes('acme/notes')
  const notes = usesNotes ? notesProvider((await notesProgram()) ?? '', directory) : undefined
  const { path, tool } = await testEngine()
  const env = {
    ...process.env,
    PATH: path,
    ...aws?.env,
    TF_CLI_CONFIG_FILE: notes?.cliConfig ?? cliConfig(directory),
  }
  const terraform = (...args: string[]) =>
    execFileSync(tool, [`-chdir=${directory}`, ...args], {
      encoding: 'utf8',
      env,
      maxBuffer: 64 << 20,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  try {
    const modules = join(fixture, 'modules')
    if (existsSync(modules)) cpSync(modules, join(directory, 'modules'), { recursive: true })
    const before = join(fixture, 'before.tf')
    if (existsSync(before)) {
      copyFileSync(before, join(directory, 'main.tf'))
      terraform('init', '-input=false')
      terraform('apply', '-input=false', '-auto-approve')
    }
    copyFileSync(join(fixture, 'main.tf'), join(directory, 'main.tf'))
    terraform('init', '-input=false')
    const text = terraform('plan', '-input=false', '-no-color', '-out=plan.tfplan')
    return { json: terraform('show', '-json', 'plan.tfplan'), text }
  } finally {
    await aws?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The same plan for the same configuration: ids are numbered in their order, and the time is fixed. */
function withoutChance({ json, text }: { json: string; text: string }): { json: string; text: string } {
  const ids = new Map<string, string>()
  const numbered = (words: string) =>
    words.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, id => {
      const known = ids.get(id) ?? `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, '0')}`
      ids.set(id, known)
      return known
    })
  const shown = { ...JSON.parse(numbered(json)), timestamp: '2026-01-01T00:00:00Z' }
  return { json: `${JSON.stringify(shown, null, 2)}\n`, text: numbered(text) }
}

const wanted = process.argv.slice(2)
for (const name of readdirSync(fixtures).sort()) {
  const fixture = join(fixtures, name)
  if ((wanted.length > 0 && !wanted.includes(name)) || !existsSync(join(fixture, 'main.tf'))) continue
  const engineFile = join(fixture, 'engine')
  const wantedEngine = existsSync(engineFile) ? readFileSync(engineFile, 'utf8').trim() : undefined
  const { tool, version } = await testEngine()
  if (wantedEngine !== undefined && wantedEngine !== `${tool} ${version}`) {
    console.log(`${name} unchanged: it needs ${wantedEngine} in TEST_ENGINE`)
    continue
  }
  const { json, text } = withoutChance(await plan(fixture))
  writeFileSync(join(fixture, 'plan.json'), json)
  writeFileSync(join(fixture, 'plan.txt'), text)
  console.log(`${name} written`)
}
