/**
 * What `mcp-gate init` of the shipped dist writes, used as it says: the commands that it lists are run, the files are opened as a pull
 * request, merged and verified, with the server of examples/. AWS and GitHub are stood in for, and the modules are those of this repository.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { forwardTo, startEgress } from '../support/egress.ts'
import { pullRequestOpened, pushed, workflowDispatch } from '../support/events.ts'
import { startGitHub } from '../support/github.ts'
import { createHostedZone } from '../support/hosted-zone.ts'
import { ec2At } from '../support/instance.ts'
import { terraformSettings } from '../support/toolchain.ts'
import { GitHubActions, type WorkflowRun } from '../support/workflow.ts'
import { applyRole, outputsOf, planRole, roles } from './recipe.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)
const account = '123456789012'
const region = 'eu-west-1'
const image = (name: string) => `${account}.dkr.ecr.${region}.amazonaws.com/${name}:1.0.0`
const server = { command: [process.execPath, join(root, 'examples/server/server.mjs')] }

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'init-'))
  cpSync(join(root, 'terraform'), join(directory, 'terraform'), { recursive: true })
  const bin = join(directory, 'bin')
  mkdirSync(bin)
  // The ids of the repository for `gh api`; of everything else it only notes what it was given.
  const gh = `#!/bin/sh
if [ "$1" = api ]; then echo 'repository_ids = { owner_id = 1, repository_id = 2 }'; else printf '%s\\n' "$*" >> "$GH_CALLS"; fi
`
  writeFileSync(join(bin, 'gh'), gh, { mode: 0o755 })
})
afterAll(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }))

interface Written {
  readonly checkout: string
  /** The commands of each step that is left, by the beginning of its heading. */
  commands(heading: string): string
}

/** Runs init in an empty directory. */
async function init(flags: Readonly<Record<string, string>>): Promise<Written> {
  const checkout = mkdtempSync(join(directory, 'repository-'))
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value])
  const own = ['--yes', '--action', 'acme/terraform-mcp-deploy@v1', '--directory', checkout]
  const { stdout } = await run(process.execPath, [join(root, 'dist/cli.js'), 'init', ...own, ...args])
  const steps = stdout.split(/^(?=\d+\. )/m).slice(1)
  return {
    checkout,
    commands(heading) {
      const step = steps.find(each => /^\d+\. (.*)$/m.exec(each)?.[1]?.startsWith(heading)) ?? ''
      return step
        .split('\n')
        .filter(each => each.startsWith('    '))
        .map(each => each.trim())
        .join('\n')
    },
  }
}

/** Every file below a directory that is not Terraform's, by its path. */
function filesOf(checkout: string): Record<string, string> {
  const entries = readdirSync(checkout, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = entries.map(entry => join(entry.parentPath, entry.name).slice(checkout.length + 1))
  const own = paths.filter(path => !/\.terraform\/|\.tfstate/.test(path))
  return Object.fromEntries(own.map(path => [path, readFileSync(join(checkout, path), 'utf8')]))
}

/** Points the modules of the bootstrap at this repository. */
function useOwnModules(checkout: string): void {
  const file = join(checkout, 'bootstrap/main.tf')
  const text = readFileSync(file, 'utf8')
  const source = /"github\.com\/acme\/terraform-mcp-deploy\/\/terraform\/([\w-]+)\?ref=v1"/g
  writeFileSync(file, text.replaceAll(source, '"../../terraform/$1"'))
}

/** Runs commands in a checkout as a person does, and returns what `gh` was given. */
async function execute(checkout: string, commands: string, env: Readonly<Record<string, string>>): Promise<string[]> {
  const calls = `${checkout}.calls`
  writeFileSync(calls, '')
  const all = {
    ...process.env,
    ...env,
    ...terraformSettings(directory),
    // What a person answers at the prompt.
    TF_CLI_ARGS_apply: '-auto-approve',
    PATH: `${join(directory, 'bin')}${delimiter}${process.env.PATH}`,
    GH_CALLS: calls,
  }
  await run('bash', ['-euo', 'pipefail', '-c', commands], { cwd: checkout, env: all, maxBuffer: 64 << 20 })
  return readFileSync(calls, 'utf8').trim().split('\n')
}

const logOf = ({ jobs }: WorkflowRun) => jobs.map(({ id, reason, log }) => `${id}: ${reason}\n${log}`).join('\n')
const green = (each: WorkflowRun) => expect(each.conclusion, logOf(each)).toBe('success')
const machine = ({ env }: Aws) => {
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, AWS_REGION: ___, ...rest } = env
  return { ...rest, ...terraformSettings(directory) }
}

test.concurrent.each([
  ['ecs', { domain: 'none', vpc: 'none' }, /\*\*[23]\d to add, 0 to change, 0 to destroy\*\*/, 'aws_ecs_service'],
  ['lambda', { domain: 'none' }, /\*\*1\d to add, 0 to change, 0 to destroy\*\*/, 'aws_lambda_function'],
])('%s: bootstrap, plan, apply and verify by what was written', async (platform, more, plan, resource) => {
  const name = `init-${platform}`
  const aws = await startAws({ tasks: { [image(name)]: server }, dir: mkdtempSync(join(directory, 'aws-')) })
  const github = await startGitHub({ owner: 'acme', repo: 'mcp-server' })
  try {
    const { checkout, commands } = await init({
      platform,
      repository: 'acme/mcp-server',
      name,
      account,
      region,
      ...more,
    })
    useOwnModules(checkout)
    await run('terraform', ['fmt', '-check', '-diff', '-recursive'], { cwd: checkout })
    await execute(checkout, commands('State, roles and registry'), aws.env)
    expect(await aws.object(`${name}-terraform-state-${account}`, 'bootstrap.tfstate')).toContain('module.images')
    const variables = await execute(checkout, commands('Variables of the repository'), aws.env)
    expect(variables).toEqual([
      `variable set AWS_PLAN_ROLE --body ${planRole}`,
      `variable set AWS_APPLY_ROLE --body ${applyRole}`,
    ])

    const actions = new GitHubActions({
      github,
      runners: { 'ubuntu-24.04': { env: machine(aws) } },
      vars: Object.fromEntries(variables.map(each => /^variable set (\S+) --body (\S+)$/.exec(each)?.slice(1) ?? [])),
      roles,
      directory: mkdtempSync(join(directory, 'runner-')),
    })
    const deploy = '.github/workflows/deploy.yml'
    const files = filesOf(checkout)
    expect(Object.keys(files)).toEqual(expect.arrayContaining([deploy, '.terraform.lock.hcl', 'bootstrap/backend.tf']))
    const pull = await github.createPullRequest({ title: 'Deploy', branch: 'deploy', files })
    const planned = await actions.run(deploy, pullRequestOpened(github, pull))
    green(planned)
    expect(planned.jobs.map(({ id, conclusion }) => `${id} ${conclusion}`)).toEqual(['deploy success', 'check skipped'])
    expect(planned.jobs[0]?.roles).toEqual([planRole])
    expect((await github.comments(pull.number))[0]?.body).toMatch(plan)

    const fork = await actions.run(deploy, pullRequestOpened(github, pull, { fork: 'mallory' }))
    green(fork)
    expect(fork.jobs.map(({ id, conclusion }) => `${id} ${conclusion}`)).toEqual(['deploy skipped', 'check success'])

    const { sha, before } = await github.merge(pull.number)
    const merged = await actions.run(deploy, pushed(github, { before, after: sha }))
    green(merged)
    expect(merged.jobs[0]?.roles).toEqual([applyRole])
    expect(outputsOf(merged.jobs[0])).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
    const [comment] = await github.comments(pull.number)
    expect(comment?.body).toMatch(/Applied and verified/)
    expect(comment?.body).toMatch(/As reviewed/)
    expect(await aws.object(`${name}-terraform-state-${account}`, `${name}/production.tfstate`)).toContain(resource)

    const verified = await actions.run('.github/workflows/verify.yml', workflowDispatch(github, { sha, inputs: {} }))
    green(verified)
    expect(verified.jobs[0]?.roles).toEqual([planRole])
    expect(outputsOf(verified.jobs[0]), logOf(verified)).toMatchObject({
      command: 'verify',
      gate: 'passed',
      drift: '[]',
    })
    expect(github.violations).toEqual([])
  } finally {
    await github.stop()
    await aws.stop()
  }
})

test('ec2 and ecs in an existing network, with a host name: planned, and ec2 applied and verified', async () => {
  const aws = await startAws({ tasks: {}, dir: mkdtempSync(join(directory, 'aws-')) })
  const github = await startGitHub({ owner: 'acme', repo: 'mcp-server' })
  // What the instance would serve. Its host name leads here.
  const port = await freePort()
  const own = spawnServer(port)
  const egress = await startEgress({ 'init-ec2.example.net': forwardTo(`http://127.0.0.1:${port}`) }, 90)
  const { SSL_CERT_FILE: _, ...proxy } = egress.env
  try {
    await answers(`http://127.0.0.1:${port}/health`)
    const client = new EC2Client({
      endpoint: aws.endpoint,
      region,
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    })
    const { Subnets = [] } = await client.send(new DescribeSubnetsCommand({}))
    client.destroy()
    const [first = '', second = ''] = Subnets.map(({ SubnetId }) => SubnetId)
    const network = { vpc: Subnets[0]?.VpcId ?? '' }
    // Ids of moto may begin with a digit; those of Route 53 do not.
    let zone = ''
    while (!/^[A-Z]/.test(zone)) zone = await createHostedZone(aws.endpoint, 'example.net')
    const actions = new GitHubActions({
      github,
      runners: { 'ubuntu-24.04': { env: { ...machine(aws), ...proxy } } },
      vars: { AWS_PLAN_ROLE: planRole, AWS_APPLY_ROLE: applyRole },
      roles,
      directory: mkdtempSync(join(directory, 'runner-')),
    })
    const deploy = '.github/workflows/deploy.yml'
    const propose = async (platform: string, subnets: string) => {
      const name = `init-${platform}`
      const given = {
        platform,
        repository: 'acme/mcp-server',
        name,
        account,
        region,
        domain: `${name}.example.net`,
        zone,
        subnets,
        ...network,
      }
      const { checkout } = await init(given)
      await aws.createBucket(`${name}-terraform-state-${account}`)
      const pull = await github.createPullRequest({ title: platform, branch: platform, files: filesOf(checkout) })
      const planned = await actions.run(deploy, pullRequestOpened(github, pull))
      green(planned)
      const [comment] = await github.comments(pull.number)
      expect(comment?.body).toMatch(/\*\*[12]\d to add, 0 to change, 0 to destroy\*\*/)
      expect(comment?.body).not.toContain('aws_vpc.')
      expect(comment?.body).toContain(`${name}.example.net`)
      return pull
    }
    await propose('ecs', `${first},${second}`)
    const pull = await propose('ec2', first)

    const { sha, before } = await github.merge(pull.number)
    await using _booting = ec2At(aws.endpoint, region).boot('SUCCESS')
    const merged = await actions.run(deploy, pushed(github, { before, after: sha }))
    green(merged)
    expect(outputsOf(merged.jobs[0])).toMatchObject({
      applied: 'true',
      gate: 'passed',
      'mcp-endpoint': 'https://init-ec2.example.net/mcp',
    })
    expect((await github.comments(pull.number))[0]?.body).toMatch(/Applied and verified/)
    const verified = await actions.run('.github/workflows/verify.yml', workflowDispatch(github, { sha, inputs: {} }))
    green(verified)
    expect(outputsOf(verified.jobs[0]), logOf(verified)).toMatchObject({ gate: 'passed', drift: '[]' })
    expect(github.violations).toEqual([])
    expect(egress.refused).toEqual([])
  } finally {
    own.kill()
    await egress.stop()
    await github.stop()
    await aws.stop()
  }
})

test('endpoint: the workflow verifies a server that is deployed elsewhere, without AWS', async () => {
  const port = await freePort()
  const own = spawnServer(port)
  const github = await startGitHub({ owner: 'acme', repo: 'mcp-server' })
  try {
    await answers(`http://127.0.0.1:${port}/health`)
    const actions = new GitHubActions({
      github,
      runners: { 'ubuntu-24.04': { env: {} } },
      directory: mkdtempSync(join(directory, 'runner-')),
    })
    const verify = async (path: string) => {
      const { checkout } = await init({ platform: 'endpoint', endpoint: `http://127.0.0.1:${port}${path}` })
      const files = filesOf(checkout)
      expect(Object.keys(files)).toEqual(['.github/workflows/verify.yml'])
      const { after: sha } = await github.push(files, `Verify ${path}`)
      return actions.run('.github/workflows/verify.yml', workflowDispatch(github, { sha, inputs: {} }))
    }
    const passed = await verify('/mcp')
    green(passed)
    expect(passed.jobs[0]?.roles).toEqual([])
    expect(outputsOf(passed.jobs[0])).toMatchObject({ command: 'verify', gate: 'passed' })
    const failed = await verify('/elsewhere')
    expect(failed.conclusion).toBe('failure')
    expect(outputsOf(failed.jobs[0])).toMatchObject({ 'gate-code': 'PATH_404' })
  } finally {
    own.kill()
    await github.stop()
  }
})

test('ec2 and agentcore: the bootstrap is valid, and every file is formatted', async () => {
  const common = { repository: 'acme/mcp-server', account, region }
  const variants = [
    {
      platform: 'ec2',
      domain: 'mcp.example.net',
      zone: 'Z0123456789',
      vpc: 'vpc-01234567',
      subnets: 'subnet-01234567',
    },
    { platform: 'agentcore' },
  ]
  for (const more of variants) {
    const { checkout } = await init({ ...common, name: `init-${more.platform}`, ...more })
    useOwnModules(checkout)
    const commands =
      'terraform fmt -check -diff -recursive\nterraform -chdir=bootstrap init\nterraform -chdir=bootstrap validate'
    await execute(checkout, commands, {})
  }
})

function spawnServer(port: number): ChildProcess {
  const [program = '', ...args] = server.command
  return spawn(program, args, { env: { ...process.env, PORT: `${port}` }, stdio: 'ignore' })
}

/** Waits until an address answers 200. */
async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await delay(100)
  }
  throw new Error(`${url} does not answer.`)
}

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  listening.close()
  return port
}
