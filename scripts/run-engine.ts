/**
 * Runs the group of tests for one version of Terraform or OpenTofu, and records what passed in test/engines.json. The script
 * engines.ts writes the table of compatibility from it. A suite that fails is recorded, too, and the exit code is 1.
 *
 *     node scripts/run-engine.ts BINARY [suite …]           a program of this machine
 *     node scripts/run-engine.ts tofu@1.12.6 [suite …]      a release, which the action's own installer brings
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { installTerraform } from '../src/terraform/install/install.ts'
import type { ToolName } from '../src/terraform/names.ts'
import { identify } from '../test/support/engine.ts'
import { missingParts } from '../test/support/needs.ts'
import { type EngineRun, engineRunsFile, readEngineRuns, type SuiteName, suites } from './engines.ts'

const root = join(import.meta.dirname, '..')

/** Returns the program that an argument names. */
async function programOf(argument: string): Promise<string> {
  const [, tool, version] = /^(terraform|tofu)@(\S+)$/.exec(argument) ?? []
  if (tool === undefined) return argument
  const directory = mkdtempSync(join(tmpdir(), 'engine-'))
  for (const name of ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE']) {
    process.env[name] ??= join(directory, name)
    mkdirSync(process.env[name] ?? '', { recursive: true })
  }
  const options = {
    tool: tool as ToolName,
    version,
    directory,
    stack: undefined,
    mirror: undefined,
    warn: console.error,
  }
  return (await installTerraform(options)).binary
}

/** Runs one suite. Returns the numbers of its tests; without tests it could not be run. */
function runSuite(name: SuiteName, binary: string): { passed: number; failed: number } {
  const env = { ...process.env, TEST_ENGINE: binary }
  if (name === 'demo') {
    const { stdout } = spawnSync('node', ['demo/demo.ts'], { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 28 })
    console.log(stdout)
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(stdout) ?? []
    return { passed: Number(passed ?? 0), failed: Number(failed ?? 1) }
  }
  const directory = mkdtempSync(join(tmpdir(), 'suite-'))
  try {
    const output = join(directory, 'results.json')
    const args = ['vitest', 'run', ...suites[name], '--project', 'real', '--reporter=default', '--reporter=json']
    spawnSync('npx', [...args, `--outputFile.json=${output}`], { cwd: root, env, stdio: 'inherit' })
    const results = JSON.parse(readFileSync(output, 'utf8')) as { numPassedTests: number; numFailedTests: number }
    return { passed: results.numPassedTests, failed: results.numFailedTests }
  } catch (error) {
    console.error(`${name} could not be run: ${error}`)
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** Writes a run as the formatter does. */
function oneLine(run: EngineRun): string {
  const fields = Object.entries(run).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `{ ${fields.join(', ')} }`
}

const [argument, ...wanted] = process.argv.slice(2)
if (argument === undefined) throw new Error('Usage: node scripts/run-engine.ts BINARY | TOOL@VERSION [suite …]')
const names = wanted.length === 0 ? (Object.keys(suites) as SuiteName[]) : (wanted as SuiteName[])
for (const name of names) if (!Object.hasOwn(suites, name)) throw new Error(`There is no suite "${name}".`)

// The demo runs without the configuration of vitest, which brings the rest.
for (const line of await missingParts()) console.error(line)
const binary = await programOf(argument)
const { tool, version } = await identify(binary)
console.log(`${tool} ${version}: ${names.join(', ')}`)
for (const name of names) {
  const { passed, failed } = runSuite(name, binary)
  const run: EngineRun = { tool, version, suite: name, passed, failed, date: new Date().toISOString().slice(0, 10) }
  const isOther = (each: EngineRun) => !isDeepStrictEqual([each.tool, each.version, each.suite], [tool, version, name])
  const runs = [...readEngineRuns().filter(isOther), run]
  writeFileSync(engineRunsFile, `[\n${runs.map(each => `  ${oneLine(each)}`).join(',\n')}\n]\n`)
  if (failed > 0) process.exitCode = 1
}
