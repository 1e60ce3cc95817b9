/**
 * One secret in each source, a failure at each step whose messages repeat all of them, and every sink read, through the shipped dist
 * with real Terraform: nothing is found. docs/secrets.md has the table of test/support/canaries.ts.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Canary, canaries, canariesOf, echo, leaksIn, type Sink, type Step } from '../support/canaries.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import { type Answer, faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { type ProtectedServer, startProtectedServer, TOKEN } from '../support/mcp/wall.ts'
import type { ActionResult, RunningAction } from '../support/runner.ts'
import { type Stage, setStage } from '../support/stage.ts'
import { type Receiver, startReceiver } from '../support/webhook-receiver.ts'
import { cluster, idle, service } from './stack.ts'

const permissions = { contents: 'read', pull_requests: 'write', deployments: 'write', issues: 'write' } as const

let directory: string
let state: HttpState
let hooks: Receiver
let lab: Listening
let stage: Stage
/** What the server answers: a refusal that repeats every secret, or what a server that works does. */
let isBroken = true
/** The status of the refusal. Only a server error is repaired. */
let status = 400
/** The server behind OAuth, which repeats every secret to a client that has a token. */
let protectedServer: ProtectedServer

/** The step that fails in the current run. */
let step: Step = 'firstApply'

/** The id that Terraform made, which the module marks as sensitive. */
const born = () => {
  const { outputs } = JSON.parse(state.state ?? '{}') as { outputs?: Record<string, { value?: string }> }
  return outputs?.born?.value
}
const everything = (): Canary[] =>
  canariesOf(step, { github: stage.github.token, monitor: stage.monitor.apiKey, access: TOKEN }, born())

const inputs = () => ({
  'working-directory': 'infra',
  'plan-approval': 'none',
  'plan-approval-key': canaries.approvalKey.value,
  'mcp-headers': `X-Token: ${canaries.bearer.value}\nX-Basic: ${canaries.basic.value}`,
  'mcp-oauth-client-id': 'canary-client',
  'mcp-oauth-client-secret': canaries.oauthSecret.value,
  'mcp-timeout': '4s',
  'mcp-rounds': '1',
  'webhook-url': `${hooks.url}/hooks/${canaries.webhookPath.value}?k=${canaries.webhookQuery.value}`,
  'webhook-secret': canaries.webhookSecret.value,
  'backend-config': [
    `address=${stateUrl().replace('://', `://${canaries.backendUrl.value}@`)}`,
    `lock_address=${stateUrl()}`,
    `unlock_address=${stateUrl()}`,
    `password=${canaries.backend.value}`,
  ].join('\n'),
  'var-file': 'extra.vars',
  'deployment-environment': 'production',
})
const stateUrl = () => /"(http[^"]+)"/.exec(state.backend)?.[1] ?? ''
const environment = {
  PROVIDER_API_TOKEN: canaries.environment.value,
  ALL_PROXY: `http://proxy-user:${canaries.proxy.value}@proxy.invalid:3128`,
  TF_VAR_variable: canaries.variable.value,
  TF_VAR_session: canaries.ephemeral.value,
  TF_CLI_ARGS_plan: `-var 'argument=${canaries.argument.value}'`,
  TF_IN_CANARY: '1',
}

/** @param more blocks that fail */
const module_ = (more = '') => ({
  'infra/main.tf': `
    terraform {
      backend "http" {}
    }
    variable "variable" {
      type      = string
      sensitive = true
    }
    variable "session" {
      type      = string
      ephemeral = true
    }
    variable "from_tfvars" { sensitive = true }
    variable "from_file" { sensitive = true }
    variable "argument" {
      sensitive = true
      default   = ""
    }
    variable "with_default" {
      sensitive = true
      default   = "${canaries.default.value}"
    }
    variable "database" {
      sensitive = true
      default   = { host = "db.internal", port = 5432, password = "${canaries.composite.value}" }
    }
    resource "terraform_data" "born" {}
    resource "terraform_data" "server" {
      input = {
        password = sensitive("${canaries.plan.value}")
        all      = [var.variable, var.from_tfvars, var.from_file, var.argument, var.with_default, var.database]
      }
    }
    output "born" {
      value     = terraform_data.born.id
      sensitive = true
    }
    output "mcp_endpoint" { value = "${lab.url}/mcp?apiKey=${canaries.query.value}" }
    ${more}
  `,
  'infra/terraform.tfvars': `from_tfvars = ${JSON.stringify(canaries.tfvars.value)}\n`,
  'infra/extra.vars': `from_file = "${canaries.varFile.value}"\n`,
})

/** Puts an output into the state that no configuration and no plan value has. */
function addPriorSecret(): void {
  if (state.state === undefined) return
  const saved = JSON.parse(state.state) as { outputs: Record<string, object> }
  saved.outputs.prior = { value: canaries.prior.value, type: 'string', sensitive: true }
  state.state = JSON.stringify(saved)
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'canary-'))
  mkdirSync(join(directory, 'texts'))
  state = await startHttpState()
  hooks = await startReceiver()
  let asked = 0
  const works = mcpLike()
  const answer: Answer = (request, incoming, response) => {
    if (!isBroken) return works(request, incoming, response)
    // The gate quotes the beginning of an answer, so each answer begins with another secret.
    const values = everything()
    const first = asked++ % values.length
    const message = echo([...values.slice(first), ...values.slice(0, first)])
    const body = { jsonrpc: '2.0', id: request?.id, error: { code: -32000, message } }
    reply(response, status, 'application/json', JSON.stringify(body))
  }
  lab = await faulty(answer)
  protectedServer = await startProtectedServer({ answer })
  stage = await setStage({
    images: { 'weather:v1': idle, 'weather:v2': idle },
    inputs: {},
    env: environment,
    permissions,
  })
  const client = new ECSClient({
    endpoint: stage.aws.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  })
  await client.send(new CreateClusterCommand({ clusterName: cluster }))
  client.destroy()
})
afterAll(async () => {
  await stage?.close()
  await lab?.[Symbol.asyncDispose]()
  await protectedServer?.[Symbol.asyncDispose]()
  await hooks?.[Symbol.asyncDispose]()
  await state?.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** Arguments of all processes during a run. A canary in one is found, whoever started it. */
const seenArguments = new Set<string>()
function watchArguments(): NodeJS.Timeout {
  return setInterval(() => {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        if (/terraform|dist\//.test(line)) seenArguments.add(line.replaceAll('\0', ' '))
      } catch {
        // The process has ended.
      }
    }
  }, 25)
}
afterEach(() => {
  seenArguments.clear()
})

/** Runs the action and reads every sink. */
async function check(
  failing: Step,
  start: () => RunningAction,
  during?: (running: RunningAction) => Promise<void>,
): Promise<ActionResult> {
  step = failing
  const [requests, deliveries, notified] = [
    stage.github.requests.length,
    hooks.deliveries.length,
    stage.monitor.requests.length,
  ]
  addPriorSecret()
  const watch = watchArguments()
  let result: ActionResult
  try {
    const running = start()
    await during?.(running)
    result = await running.done
  } finally {
    clearInterval(watch)
  }
  const files = filesOf(result)
  const requestsTo = (isHere: (path: string) => boolean) =>
    stage.github.requests
      .slice(requests)
      .filter(({ path }) => isHere(path))
      .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`)
      .join('\n')
  const isComment = (path: string) => /comments/.test(path)
  const isIssue = (path: string) => /\/issues/.test(path) && !isComment(path)
  const isDeployment = (path: string) => /\/deployments/.test(path)
  const comment = requestsTo(isComment)
  const texts: Readonly<Record<Sink, string>> = {
    log: `${result.log}\n${result.main.log}\n${result.post?.log ?? ''}`,
    annotations: JSON.stringify(result.annotations),
    summary: result.summary,
    comment,
    issue: requestsTo(isIssue),
    'deployment status': requestsTo(isDeployment),
    'other requests to GitHub': requestsTo(path => !isComment(path) && !isIssue(path) && !isDeployment(path)),
    'record of the plan': (comment.match(/deploy plan [\w-]+/g) ?? []).map(unpack).join('\n'),
    outputs: JSON.stringify(result.outputs),
    'saved state of the step': JSON.stringify(result.main.state),
    'report, JUnit and plan files': Object.values(files).join('\n'),
    'page of the gate': pageOf(result),
    'file names': Object.keys(files).join('\n'),
    webhook: hooks.deliveries
      .slice(deliveries)
      .map(({ body, headers }) => `${body} ${JSON.stringify(headers)}`)
      .join('\n'),
    AliveMCP: stage.monitor.requests
      .slice(notified)
      .map(({ path, body }) => `${path} ${JSON.stringify(body)}`)
      .join('\n'),
    'arguments of processes': [...seenArguments].join('\n'),
  }
  const values = everything()
  const leaks = Object.entries(texts).flatMap(([sink, text]) =>
    leaksIn(text, values).map(source => `${sink}: ${source}`),
  )
  expect(leaks).toEqual([])
  return result
}

/** The files that the run leaves, by their paths. */
function filesOf({ outputs }: ActionResult): Record<string, string> {
  const report = outputs['gate-report']
  if (report === undefined) return {}
  const names = readdirSync(dirname(report), { recursive: true, encoding: 'utf8', withFileTypes: true })
  return Object.fromEntries(
    names
      .filter(entry => entry.isFile())
      .map(entry => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  )
}

/** The page of the gate as it is and as a browser shows it, empty if no gate ran. */
function pageOf({ outputs }: ActionResult): string {
  const path = outputs['gate-page'] ?? ''
  if (path === '') return ''
  const page = readFileSync(path, 'utf8')
  return `${page}\n${page.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))}`
}

function unpack(record: string): string {
  const text = record.split(' ').at(-1) ?? ''
  return inflateRawSync(Buffer.from(text, 'base64url')).toString()
}

/** A file with every canary, which Terraform's own functions read. */
function echoFile(): string {
  const path = join(directory, 'texts', 'echo')
  writeFileSync(path, echo(everything()))
  return path
}

const failing = {
  plan: () => `
    resource "terraform_data" "fails" {
      lifecycle {
        precondition {
          condition     = terraform_data.born.id == ""
          error_message = "It is ${'$'}{file("${echoFile()}")}."
        }
      }
    }
  `,
  apply: () => `
    resource "terraform_data" "fails" {
      input = terraform_data.born.id
      provisioner "local-exec" { command = "cat ${echoFile()}; exit 1" }
    }
  `,
  slow: () => `
    resource "terraform_data" "slow" {
      input = terraform_data.born.id
      provisioner "local-exec" { command = "cat ${echoFile()}; touch ${directory}/slow; sleep 60" }
    }
  `,
}

/** A service on ECS. @param image an expression; the stand-in of AWS repeats an image that it does not know */
const onEcs = (image: string) => `
  data "aws_subnets" "default" {}
  resource "aws_ecs_task_definition" "this" {
    family                   = "${service}"
    requires_compatibilities = ["FARGATE"]
    network_mode             = "awsvpc"
    cpu                      = 256
    memory                   = 512
    skip_destroy             = true
    container_definitions    = jsonencode([{ name = "server", image = ${image}, essential = true }])
  }
  resource "aws_ecs_service" "this" {
    name            = "${service}"
    cluster         = "${cluster}"
    task_definition = aws_ecs_task_definition.this.arn
    desired_count   = 1
    launch_type     = "FARGATE"
    network_configuration { subnets = slice(data.aws_subnets.default.ids, 0, 1) }
    deployment_circuit_breaker {
      enable   = true
      rollback = false
    }
  }
  output "ecs_cluster_name" { value = "${cluster}" }
  output "ecs_service_name" { value = aws_ecs_service.this.name }
`

describe('no canary leaves a run that fails', () => {
  test('at the gate of the first apply, with values that this apply made', { timeout: 180_000 }, async () => {
    const pull = await stage.open('First', module_())
    const planned = await check('firstApply', () => stage.start(stage.opened(pull), inputs()))
    expect(planned.conclusion, planned.log).toBe('success')
    expect(planned.outputs['has-changes']).toBe('true')
    const trigger = await stage.merged(pull)
    const result = await check('firstApply', () => stage.start(trigger, { ...inputs(), 'plan-approval': 'reviewed' }))
    expect(result.outputs).toMatchObject({ applied: 'true', gate: 'failed' })
    expect(born()).toMatch(/^[\da-f-]{36}$/)
    expect(result.log).toContain('***')
    expect(hooks.deliveries.length).toBeGreaterThan(0)
    expect(stage.github.deployments.length).toBeGreaterThan(0)
  })

  test('at the plan', { timeout: 120_000 }, async () => {
    const pull = await stage.open('Plan', module_(failing.plan()))
    const result = await check('plan', () => stage.start(stage.opened(pull), inputs()))
    expect(result.outputs['failure-phase'], result.log).toBe('plan')
    expect(result.log).toContain('It is [***')
  })

  test('at the apply', { timeout: 120_000 }, async () => {
    const pull = await stage.open('Apply', module_(failing.apply()))
    const trigger = await stage.merged(pull)
    const result = await check('apply', () => stage.start(trigger, inputs()))
    expect(result.outputs['failure-phase'], result.log).toBe('apply')
    expect(result.log).toContain('(local-exec): [***')
  })

  test('when it is cancelled, in the post step too', { timeout: 120_000 }, async () => {
    const pull = await stage.open('Cancel', module_(failing.slow()))
    const trigger = await stage.merged(pull)
    state.savingMs = 9_000
    const result = await check(
      'cancel',
      () => stage.start(trigger, inputs()),
      async running => {
        await running.line(/terraform_data\.slow.*\(local-exec\): \[/)
        running.cancel()
      },
    )
    state.savingMs = 0
    expect(result.conclusion).toBe('cancelled')
    expect(result.post?.log).toMatch(/terraform apply has ended/)
  })

  test('in a notification', { timeout: 120_000 }, async () => {
    isBroken = false
    const pull = await stage.open('Notify', module_())
    const trigger = await stage.merged(pull)
    const body = { error: { message: echo(everything()) } }
    stage.monitor.faults.push({ path: /monitors/, times: 2, status: 422, body })
    hooks.faults.push({ path: /hooks/, times: 1, status: 400, body })
    const result = await check('notify', () => stage.start(trigger, { ...inputs(), 'mcp-endpoint': `${lab.url}/mcp` }))
    isBroken = true
    expect(result.outputs.gate, result.log).toBe('passed')
    expect(result.annotations.map(({ message }) => message).join('\n')).toMatch(/AliveMCP/)
  })

  test('in a verify that opens an issue, with and without the state', { timeout: 120_000 }, async () => {
    const pull = await stage.open('Verify', module_())
    const { github } = await stage.merged(pull)
    const schedule = { event: { name: 'schedule', payload: {} }, github }
    const more = { ...inputs(), issue: 'failures' }
    const result = await check('verify', () => stage.start(schedule, more))
    expect(result.outputs.gate, result.log).toBe('failed')
    expect(result.outputs['issue-url']).toMatch(/^http/)
    const endpoint = `${lab.url}/mcp?apiKey=${canaries.query.value}`
    const alone = await check('verifyAlone', () =>
      stage.start(schedule, { ...more, 'mcp-endpoint': endpoint, drift: 'ignore' }),
    )
    expect(alone.outputs.gate, alone.log).toBe('failed')
    const titles = stage.github.requests.map(({ body }) => (body as { title?: string } | undefined)?.title ?? '')
    expect(titles.filter(title => title.includes('?apiKey=…'))).not.toEqual([])
  })

  test('in a verify whose gate obtains a token', { timeout: 120_000 }, async () => {
    const { github } = await stage.merged(await stage.open('OAuth', module_()))
    const schedule = { event: { name: 'schedule', payload: {} }, github }
    const { 'mcp-headers': _, ...more } = inputs()
    const result = await check('oauth', () =>
      stage.start(schedule, {
        ...more,
        issue: 'failures',
        drift: 'ignore',
        'mcp-endpoint': protectedServer.url,
        'mcp-oauth-issuer': protectedServer.issuer,
      }),
    )
    expect(result.outputs.gate, result.log).toBe('failed')
    expect(protectedServer.requests.join('\n')).toContain(`Bearer ${TOKEN}`)
    expect(pageOf(result)).toContain('***')
    expect(result.log).toContain('***')
  })

  describe('on ECS', () => {
    const repaired = (remedy: string) => ({ ...inputs(), 'on-failure': remedy, 'deploy-timeout': '60s' })
    const deploy = async (title: string, image: string) => stage.merged(await stage.open(title, module_(onEcs(image))))
    beforeAll(() => {
      status = 500
    })

    test('where the deployment fails and AWS says why', { timeout: 240_000 }, async () => {
      const trigger = await deploy('Unknown image', `file("${echoFile()}")`)
      const result = await check('stability', () => stage.start(trigger, repaired('rollback')))
      expect(result.outputs['failure-phase'], result.log).toBe('stability')
      expect(result.log).toContain('[***')
    })

    test('where the gate fails, and then the taint by a lock that holds all of them', {
      timeout: 240_000,
    }, async () => {
      const trigger = await deploy('Tainted', '"weather:v1"')
      const result = await check(
        'taint',
        () => stage.start(trigger, { ...repaired('taint'), 'lock-timeout': '1s' }),
        async running => {
          await running.line('##[group]gate')
          state.lock = JSON.stringify({ ID: echo(everything()) })
        },
      )
      state.lock = undefined
      expect(result.outputs, result.log).toMatchObject({ gate: 'failed', tainted: '[]' })
      expect(result.log).toMatch(/already locked:\s+ID=\[\*\*\*/)
    })

    test('where the gate fails, and again after the rollback', { timeout: 300_000 }, async () => {
      isBroken = false
      const good = await stage.run(await deploy('Good', '"weather:v1"'), repaired('rollback'))
      isBroken = true
      expect(good.outputs.gate, good.log).toBe('passed')
      const trigger = await deploy('Broken', '"weather:v2"')
      const result = await check('rollback', () => stage.start(trigger, repaired('rollback')))
      expect(result.outputs.gate, result.log).toBe('failed')
      expect(result.log).toMatch(/Rolling weather back to /)
    })
  })

  test('an endpoint with a password is refused before anything is changed', { timeout: 120_000 }, async () => {
    const files = module_()
    const main = files['infra/main.tf'].replace('http://127', `http://svc:${canaries.backend.value}@127`)
    const pull = await stage.open('Password', { ...files, 'infra/main.tf': main })
    const result = await check('plan', () => stage.start(stage.opened(pull), inputs()))
    expect(result.outputs['failure-phase'], result.log).toBe('plan')
    expect(result.log).toMatch(/mcp_endpoint is "http:\/\/127.*with a user name or a password/)
  })

  // It is the last one, because Terraform keeps the backend of an earlier init in the checkout.
  test('at init', { timeout: 120_000 }, async () => {
    const pull = await stage.open('Init', module_())
    const address = `address=http://${canaries.backendUrl.value}:${canaries.backend.value}@127.0.0.1:1/${canaries.backend.value}`
    const result = await check('init', () =>
      stage.start(stage.opened(pull), { ...inputs(), 'backend-config': address }),
    )
    expect(result.conclusion).toBe('failure')
  })
})
