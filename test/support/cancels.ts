/**
 * Cancels applies of the shipped action at random moments, as a person does in the browser, and looks at what is left: the
 * lock in the S3 backend, and whether the state knows everything that exists. Terraform and its S3 backend are real, AWS is
 * moto. Each apply replaces every resource of the one before, whatever became of that.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Aws, startAws } from './aws.ts'
import { testEngine } from './engine.ts'
import { startAction } from './runner.ts'
import { terraformSettings } from './toolchain.ts'

export interface CancelledApply {
  /** Milliseconds after the apply began. */
  readonly afterMs: number
  /** What the state held when it was over, of how many. */
  readonly current: number
  readonly of: number
  /** Whether the step ended in the ten seconds that the runner gives it; else `post` had to wait. */
  readonly inTime: boolean
  /** The lock that is left, as JSON. */
  readonly lock: string | undefined
  /** Exists, and the state does not know it. */
  readonly lost: readonly string[]
  /** In the state, and does not exist, which the next plan finds and mends. */
  readonly ghosts: readonly string[]
  /** What else is wrong, such as a state that is no JSON. */
  readonly broken: string | undefined
}

export interface Cancels {
  readonly runs: number
  /** What is created and destroyed: parameters of AWS by its provider, or files, which take seconds less. */
  readonly kind: 'parameters' | 'files'
  /** The same seed gives the same moments, as far as machines are alike. */
  readonly seed: number
  /** URL of an MCP server, for applies that are done before they are cancelled. */
  readonly endpoint: string
  readonly onRun?: (run: CancelledApply) => void
}

const bucket = 'cancelled-applies'
const key = 'infra.tfstate'
const resources = 24

const rootModule = ({ kind, endpoint }: Pick<Cancels, 'kind' | 'endpoint'>, things: string) => `
  terraform {
    backend "s3" {
      bucket       = "${bucket}"
      key          = "${key}"
      use_lockfile = true
    }
  }
  variable "generation" { type = number }
  ${kind === 'parameters' ? parametersOf : filesIn(things)}
  output "mcp_endpoint" { value = "${endpoint}" }
  output "instance_id" { value = "i-0123456789" }
`

const parametersOf = `
  terraform {
    required_providers {
      aws = { source = "hashicorp/aws" }
    }
  }
  resource "aws_ssm_parameter" "small" {
    count = ${resources}
    name  = "/generation-\${var.generation}/\${count.index}"
    type  = "String"
    value = "x"
  }
  resource "terraform_data" "slow" {
    count            = 2
    triggers_replace = var.generation
    provisioner "local-exec" { command = "sleep \${1 + count.index}" }
  }
`

const filesIn = (things: string) => `
  resource "terraform_data" "small" {
    count            = ${resources}
    triggers_replace = var.generation
    input            = "generation-\${var.generation}-\${count.index}"
    provisioner "local-exec" { command = "touch '${things}/\${self.input}' && exec sleep 0.\${count.index % 5}" }
    provisioner "local-exec" {
      when    = destroy
      command = "rm -f '${things}/\${self.input}'"
    }
  }
`

/** Rejects only when an apply cannot even be tried; what is wrong after a cancel is in what it gives. */
export async function cancelApplies({ runs, kind, seed, endpoint, onRun }: Cancels): Promise<CancelledApply[]> {
  const directory = mkdtempSync(join(tmpdir(), 'cancels-'))
  const workspace = join(directory, 'checkout')
  const random = randomNumbers(seed)
  const things = join(directory, 'things')
  for (const each of [workspace, things]) mkdirSync(each)
  writeFileSync(join(workspace, 'main.tf'), rootModule({ kind, endpoint }, things))
  const [aws, engine] = await Promise.all([startAws({ tasks: {}, dir: directory }), testEngine()])
  const apply = (generation: number) =>
    startAction({
      action: fileURLToPath(new URL('../../', import.meta.url)),
      inputs: {
        ...engine.inputs,
        command: 'apply',
        comment: 'never',
        'plan-approval': 'none',
        parallelism: '3',
        'mcp-endpoint': endpoint,
      },
      event: { name: 'workflow_dispatch', payload: {} },
      workspace,
      temp: join(directory, 'temp'),
      env: { PATH: engine.path, ...aws.env, ...terraformSettings(directory), TF_VAR_generation: String(generation) },
      github: {
        apiUrl: 'http://127.0.0.1:9',
        token: 'ghs_unused',
        repository: 'acme/infra',
        sha: 'a'.repeat(40),
        ref: 'refs/heads/main',
      },
    })
  try {
    await aws.createBucket(bucket)
    const first = apply(0)
    await first.line('##[group]apply')
    const began = Date.now()
    await first.line('Apply complete!')
    const applyMs = Date.now() - began
    const { conclusion, log } = await first.done
    if (conclusion !== 'success') throw new Error(`The apply that is not cancelled fails:\n${log.slice(-4_000)}`)

    const outcomes: CancelledApply[] = []
    const forsaken = new Set<string>()
    for (let generation = 1; generation <= runs; generation++) {
      const running = apply(generation)
      await running.line('##[group]apply')
      const afterMs = Math.round(random() * applyMs)
      await delay(afterMs)
      running.cancel()
      const { main } = await running.done
      const outcome = {
        afterMs,
        inTime: main.signal === null,
        ...(await whatIsLeft(aws, kind === 'files' ? things : undefined, generation, forsaken)),
      }
      outcomes.push(outcome)
      onRun?.(outcome)
    }
    return outcomes
  } finally {
    await aws.stop()
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function whatIsLeft(
  aws: Aws,
  things: string | undefined,
  generation: number,
  forsaken: Set<string>,
): Promise<Pick<CancelledApply, 'lock' | 'lost' | 'ghosts' | 'broken' | 'current' | 'of'>> {
  const lock = await object(aws, `${key}.tflock`)
  const existing = things === undefined ? await parameters(aws) : readdirSync(things)
  const saved = await object(aws, key)
  try {
    const { known, tainted } = namesIn(saved ?? '')
    const lost = existing.filter(name => !known.includes(name) && !forsaken.has(name))
    // Terraform runs no destroy provisioner for what is tainted, so a tainted file outlives its replacement.
    if (things !== undefined) for (const name of tainted) forsaken.add(name)
    return {
      lock,
      lost,
      ghosts: known.filter(name => !existing.includes(name)),
      broken: undefined,
      current: known.filter(name => new RegExp(`generation-${generation}\\b`).test(name)).length,
      of: resources,
    }
  } catch (error) {
    return { lock, lost: existing, ghosts: [], broken: String(error), current: 0, of: resources }
  }
}

/** Names of everything that a state knows, also of what is to be destroyed still. */
function namesIn(state: string): { known: string[]; tainted: string[] } {
  const { resources: all } = JSON.parse(state) as {
    resources: {
      name: string
      instances: { status?: string; attributes: { name?: string; input?: { value: string } } }[]
    }[]
  }
  const instances = all.filter(({ name }) => name === 'small').flatMap(each => each.instances)
  const names = (some: typeof instances) => some.map(({ attributes: { name, input } }) => name ?? input?.value ?? '')
  return { known: names(instances), tainted: names(instances.filter(({ status }) => status === 'tainted')) }
}

/** Any signature will do for moto, but it finds the service by it. */
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})

async function object({ endpoint }: Aws, name: string): Promise<string | undefined> {
  const response = await fetch(`${endpoint}/${bucket}/${name}`, { headers: signedFor('s3') })
  if (response.status !== 200 && response.status !== 404) throw new Error(`GET ${name} answered ${response.status}`)
  const text = await response.text()
  return response.status === 404 ? undefined : text
}

async function parameters({ endpoint }: Aws): Promise<string[]> {
  const names: string[] = []
  let page: string | undefined
  do {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        ...signedFor('ssm'),
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonSSM.DescribeParameters',
      },
      body: JSON.stringify({ MaxResults: 50, NextToken: page }),
    })
    if (!response.ok) throw new Error(`DescribeParameters answered ${response.status}: ${await response.text()}`)
    const answer = (await response.json()) as { Parameters: { Name: string }[]; NextToken?: string }
    names.push(...answer.Parameters.map(({ Name }) => Name))
    page = answer.NextToken
  } while (page)
  return names
}

/** Numbers from 0 to 1 that a seed determines (mulberry32, public domain). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
