/**
 * Makes stderr.txt in each folder of test/fixtures/diagnostics: the messages of the Terraform on PATH about the configuration there,
 * whichever of init, plan and apply fails. Where there is a `before.tf` it is applied first. A case that needs AWS gets the
 * stand-in of the tests. Look at every change, and at the expectations of test/terraform/diagnostics.test.ts.
 *
 *     node scripts/golden-diagnostics.ts [case …]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAws } from '../test/support/aws.ts'
import { cliConfig } from '../test/support/toolchain.ts'

const fixtures = join(import.meta.dirname, '../test/fixtures/diagnostics')

const root = mkdtempSync(join(tmpdir(), 'golden-diagnostics-'))
const aws = await startAws({ tasks: {}, dir: root })
try {
  const wanted = process.argv.slice(2)
  for (const name of readdirSync(fixtures).sort()) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const directory = join(root, name)
    cpSync(join(fixtures, name), directory, { recursive: true })
    writeFileSync(join(fixtures, name, 'stderr.txt'), withoutChance(failureIn(directory)))
    console.log(`${name} written`)
  }
} finally {
  await aws.stop()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
}

/** What the first command that fails writes to its error output. Throws when none fails. */
function failureIn(directory: string): string {
  const before = join(directory, 'before.tf')
  if (existsSync(before)) {
    const after = readFileSync(join(directory, 'main.tf'))
    cpSync(before, join(directory, 'main.tf'))
    rmSync(before)
    const failed = firstFailure(directory)
    if (failed !== undefined) throw new Error(`${before} cannot be applied:\n${failed}`)
    writeFileSync(join(directory, 'main.tf'), after)
  }
  const failed = firstFailure(directory)
  if (failed === undefined) throw new Error(`Nothing fails in ${directory}`)
  return failed
}

function firstFailure(directory: string): string | undefined {
  for (const args of [['init'], ['plan', '-out=plan.tfplan'], ['apply', 'plan.tfplan']]) {
    const [command = '', ...more] = args
    const { status, stderr } = spawnSync('terraform', [command, '-input=false', '-no-color', ...more], {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, ...aws.env, TF_CLI_CONFIG_FILE: cliConfig(root), TF_IN_AUTOMATION: '1' },
    })
    if (status !== 0) return stderr
  }
  return undefined
}

/** The same text each time: ids and ports are fixed. */
function withoutChance(text: string): string {
  return text
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '00000000-0000-4000-8000-000000000001')
    .replace(/(HostID: )[\w+/=]+/g, '$1HOST')
    .replace(/(RequestID: )\w+/g, '$1REQUEST')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:4566')
}
