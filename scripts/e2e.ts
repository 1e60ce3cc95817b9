/**
 * What .github/workflows/e2e.yml cannot say in YAML: the world that the action meets there, and what must come of each step.
 *
 *     node scripts/e2e.ts start [aws]   servers in the background, and the module in e2e-run/infra; with `aws` the AWS stand-in
 *     node scripts/e2e.ts checkout TAG  the module as another job would check it out, with this image
 *     node scripts/e2e.ts check STEP    compares OUTCOME and OUTPUTS (JSON) with what STEP must give; exit code 1 otherwise
 *     node scripts/e2e.ts stop
 */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs'
import { cluster, idle, smallModule, taskDefinitionAddress } from '../test/e2e/stack.ts'
import { startAws } from '../test/support/aws.ts'
import { listenHttp } from '../test/support/mcp/listen.ts'
import { v2 } from '../test/support/mcp/servers.ts'
import { stateBucket } from '../test/support/stage.ts'
import { awsProviderVersion, cliConfig } from '../test/support/toolchain.ts'

/** Below the workspace, where `working-directory` must be. */
const directory = join(process.cwd(), 'e2e-run')
const worldFile = join(directory, 'world.json')

/** What the steps of the workflow need to know. */
interface World {
  readonly pid: number
  readonly env: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
}

interface Expected {
  readonly outcome: 'success' | 'failure'
  /** Of the outputs those that matter; what is JSON is compared as JSON. */
  readonly outputs: Readonly<Record<string, unknown>>
}

/** By step, what it must give on every operating system and for everybody's pull request. */
export const expectations: Readonly<Record<string, Expected>> = {
  // A fork gets no credentials: only format and validity.
  visited: { outcome: 'success', outputs: { command: 'plan', applied: 'false', 'plan-fingerprint': '' } },
  planned: {
    outcome: 'success',
    outputs: {
      command: 'plan',
      'has-changes': 'true',
      applied: 'false',
      gate: 'skipped',
      'plan-summary': { add: 2, change: 0, destroy: 0, replace: 0, import: 0, move: 0, forget: 0 },
    },
  },
  deployed: {
    outcome: 'success',
    outputs: {
      command: 'apply',
      applied: 'true',
      gate: 'passed',
      'mcp-eras': { modern: 'passed', legacy: 'passed', 'http-sse': 'absent' },
      'mcp-tools': ['fetch_page', 'search_docs'],
      tainted: [],
    },
  },
  // The image of another commit with the fingerprint of the first plan.
  refused: { outcome: 'failure', outputs: { applied: 'false', 'gate-code': 'PLAN_CHANGED', tainted: [] } },
  caught: {
    outcome: 'failure',
    outputs: { applied: 'true', gate: 'failed', 'gate-code': 'TCP_REFUSED', tainted: [taskDefinitionAddress] },
  },
  repaired: { outcome: 'success', outputs: { applied: 'true', gate: 'passed', tainted: [] } },
  verified: { outcome: 'success', outputs: { command: 'verify', gate: 'passed', 'gate-code': '', drift: '' } },
  'a page': { outcome: 'failure', outputs: { command: 'verify', gate: 'failed', 'gate-code': 'HTML_PAGE' } },
}

/** What is not as it must be, one line each. */
export function differences(
  { outcome, outputs }: Expected,
  seen: { outcome: string; outputs: Record<string, string> },
) {
  const parsed = (text: string | undefined, like: unknown): unknown => {
    if (typeof like === 'string' || text === undefined) return text
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  }
  const wrong = Object.entries(outputs).filter(
    ([name, value]) => !isDeepStrictEqual(parsed(seen.outputs[name], value), value),
  )
  return [
    ...(seen.outcome === outcome ? [] : [`outcome is ${seen.outcome}, not ${outcome}`]),
    ...wrong.map(
      ([name, value]) =>
        `${name} is ${seen.outputs[name]}, not ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
  ]
}

const localModule = `
  resource "terraform_data" "one" { input = "weather" }
  resource "terraform_data" "two" { input = terraform_data.one.output }
  output "mcp_endpoint" { value = "http://127.0.0.1:9/mcp" }
  output "instance_id" { value = "i-0123456789abcdef0" }
`

/** The module with the version of the provider, because the machine has no mirror when the action runs. */
function pinnedModule(tag: string): Record<string, string> {
  const module = smallModule(tag)
  const source = 'source = "hashicorp/aws"'
  const text = module['infra/main.tf'].replace(source, `${source}, version = "${awsProviderVersion()}"`)
  return { ...module, 'infra/main.tf': text }
}

function writeModule(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), text)
  }
}

/** What Terraform left there is gone with the job, such as a lock file, which is part of what a plan was made with. */
function checkout(tag: string): void {
  rmSync(join(directory, 'infra'), { recursive: true, force: true })
  writeModule(pinnedModule(tag))
}

/** Runs until it is killed, and writes into the file of the world how to reach its servers. */
async function serve(withAws: boolean): Promise<void> {
  const server = await v2()
  const page = await listenHttp((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Welcome</title>')
  })
  const aws = withAws ? await startAws({ tasks: images, dir: directory }) : undefined
  if (aws !== undefined) {
    await aws.createBucket(stateBucket)
    const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
    const client = new ECSClient({ endpoint: aws.endpoint, region: 'us-east-1', credentials })
    await client.send(new CreateClusterCommand({ clusterName: cluster }))
  }
  const world: World = {
    pid: process.pid,
    env: aws === undefined ? {} : { ...aws.env, TF_CLI_CONFIG_FILE: cliConfig(directory) },
    outputs: { endpoint: `${server.url}/mcp`, page: `${page.url}/mcp` },
  }
  writeFileSync(`${worldFile}.new`, JSON.stringify(world))
  renameSync(`${worldFile}.new`, worldFile)
}

const images = { 'weather:v1': idle, 'weather:v2': idle }

async function start(withAws: boolean): Promise<void> {
  rmSync(directory, { recursive: true, force: true })
  writeModule(withAws ? pinnedModule('v1') : { 'infra/main.tf': localModule })
  // A process of its own: it must outlive this step, and its output must not keep the step open.
  spawn(process.execPath, [import.meta.filename, 'serve', ...(withAws ? ['aws'] : [])], {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  }).unref()
  for (const deadline = Date.now() + 120_000; !existsSync(worldFile); await delay(200)) {
    if (Date.now() > deadline) throw new Error('The servers did not start within two minutes.')
  }
  const { env, outputs } = readWorld()
  announce('GITHUB_ENV', env)
  announce('GITHUB_OUTPUT', outputs)
}

function readWorld(): World {
  return JSON.parse(readFileSync(worldFile, 'utf8')) as World
}

/** Hands values to the steps that follow, by the file that the runner names in this variable. */
function announce(variable: string, values: Readonly<Record<string, string>>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`)
  const file = process.env[variable]
  if (file === undefined) console.log(lines.join(''))
  else appendFileSync(file, lines.join(''))
}

function check(step: string): void {
  const expected = expectations[step]
  if (expected === undefined)
    throw new Error(`There is no step "${step}", only ${Object.keys(expectations).join(', ')}.`)
  const { OUTCOME: outcome = '', OUTPUTS = '{}' } = process.env
  const wrong = differences(expected, { outcome, outputs: JSON.parse(OUTPUTS) as Record<string, string> })
  for (const line of wrong) console.log(`::error title=${step}::${line}`)
  if (wrong.length > 0) process.exitCode = 1
  else console.log(`${step}: ${outcome}, as it must be`)
}

const [command, argument = ''] = process.argv.slice(2)
if (import.meta.main) {
  if (command === 'start') await start(argument === 'aws')
  else if (command === 'serve') await serve(argument === 'aws')
  else if (command === 'checkout') checkout(argument)
  else if (command === 'check') check(argument)
  else if (command === 'stop') process.kill(readWorld().pid)
  else throw new Error(`"${command}" is not start, checkout, check or stop.`)
}
