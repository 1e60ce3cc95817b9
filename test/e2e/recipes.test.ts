/**
 * The recipes of docs/recipes and docs/many-stacks.md, executed: each page's own workflow, for the events that the page names, with the shipped
 * dist. AWS, GitHub and its Actions are stood in for. The root modules are small ones, where the page does not run a
 * shipped module; OpenTofu is Terraform under its name.
 */

import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tools } from '../../src/terraform/tools.ts'
import { type Aws, startAws } from '../support/aws.ts'
import { EcrRepository } from '../support/ecr.ts'
import { type Egress, forwardTo, startEgress } from '../support/egress.ts'
import { tofuOnPath } from '../support/engine.ts'
import { commented, mergeGroup, pullRequestOpened, pullRequestTargetClosed, pushed } from '../support/events.ts'
import { readBody } from '../support/faults.ts'
import { hashicorpReleases } from '../support/hashicorp-releases.ts'
import { codeBlocks, fileBlocks } from '../support/markdown-blocks.ts'
import { type Listening, listen } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { makeKey } from '../support/openpgp.ts'
import type { WorkflowRun } from '../support/workflow.ts'
import { applyRole, outputsOf, planRole, roles, type Trial, Trials, workflowsOf } from './recipe.ts'
import { cluster, smallModule } from './stack.ts'

const recipes = fileURLToPath(new URL('../../docs/recipes/', import.meta.url))
const demoServer = fileURLToPath(new URL('../../demo/server.ts', import.meta.url))
const demoImage = (version: string) => ({
  command: [process.execPath, demoServer],
  env: { VERSION: version, API_KEY: 'of the image' },
})
const idle = { command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'] }

let directory: string
let aws: Aws
let server: Listening
let trials: Trials

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'recipes-'))
  aws = await startAws({
    tasks: {
      'weather:v1': idle,
      'weather:v2': idle,
      'ghcr.io/acme/mcp-server:1.0.0': demoImage('1.0.0'),
      'ghcr.io/acme/mcp-server:1.0.1': demoImage('1.0.1'),
    },
    dir: directory,
  })
  server = await v2()
  trials = new Trials(aws, directory)
  const region = 'eu-west-1'
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
  const client = new ECSClient({ endpoint: aws.endpoint, region, credentials })
  await client.send(new CreateClusterCommand({ clusterName: cluster }))
  client.destroy()
})
afterAll(async () => {
  await trials?.[Symbol.asyncDispose]()
  await server?.[Symbol.asyncDispose]()
  await aws?.stop()
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
})

/** A root module that costs nothing to apply and whose endpoint is the test's. */
const small = (place: string, value: string, { backend = 's3', more = '' } = {}) => ({
  [`${place}/main.tf`]: `
    terraform {
      backend "${backend}" {}
    }
    resource "terraform_data" "version" { input = "${value}" }
    ${more}
    output "mcp_endpoint" { value = "${server.url}/mcp" }
    output "instance_id" { value = "i-0123456789" }
  `,
})

/** An endpoint that can be taken down: then every path is a page that is not there. */
async function endpoint(): Promise<Listening & { down: boolean }> {
  const own = await v2()
  const front = await listen(
    createServer((request, response) => {
      if (gate.down) return response.writeHead(404).end('<h1>Not Found</h1>')
      forwardTo(own.url)(request, response)
    }),
  )
  const gate = {
    url: front.url,
    port: front.port,
    down: false,
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]()
      await own[Symbol.asyncDispose]()
    },
  }
  return gate
}

const logOf = ({ jobs }: WorkflowRun) => jobs.map(({ id, reason, log }) => `${id}: ${reason}\n${log}`).join('\n')
const conclusions = ({ jobs }: WorkflowRun) => jobs.map(({ id, conclusion }) => `${id} ${conclusion}`)
const green = (run: WorkflowRun) => expect(run.conclusion, logOf(run)).toBe('success')

/** The way on from a refused plan: a manual run with the fingerprint of that plan applies it. */
async function approveByFingerprint(trial: Trial, refused: WorkflowRun): Promise<void> {
  const { 'plan-fingerprint': approve = '' } = outputsOf(refused.jobs[0])
  expect(refused.jobs[0]?.steps.at(-1)?.summary).toContain(approve)
  const approved = await trial.byHand({ approve })
  green(approved)
  expect(approved.jobs[0]?.roles).toEqual([applyRole])
  expect(approved.group).toBe('deploy-refs/heads/main')
  expect(outputsOf(approved.jobs[0])).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
}

describe('the pages', () => {
  const names = readdirSync(recipes).filter(name => name !== 'README.md')
  const all = [...names.map(name => `recipes/${name}`), 'many-stacks.md']

  test.each(all)('%s: pinned, least permissions, queued, in the index, and executed here', page => {
    for (const { text } of workflowsOf(page)) {
      const uses = [...text.matchAll(/\buses: (\S+)/g)].map(([, each = '']) => each)
      for (const each of uses.filter(use => use !== 'OWNER/terraform-mcp-deploy@v1'))
        expect(each).toMatch(/@[0-9a-f]{40}$/)
      expect(text).toContain('\npermissions: {}\n')
      expect(text).toMatch(/\n( *)concurrency:.*\n\1 {2}group: .*\n\1 {2}queue: max\n/)
    }
    const link = page.replace(/^recipes\//, '').replace(/^many/, '../many')
    expect(readFileSync(join(recipes, 'README.md'), 'utf8')).toContain(`](${link})`)
    expect(readFileSync(import.meta.filename, 'utf8')).toMatch(new RegExp(`\\('${page}'|\\['${page}'|= '${page}'`))
  })
})

describe('the quick starts of the README', () => {
  const page = '../README.md'
  const markdown = readFileSync(join(recipes, '../../README.md'), 'utf8')
  /** A file of the README, with another bucket and a server that needs no domain. */
  const shown = (path: string, bucket: string) =>
    (fileBlocks(codeBlocks(markdown)).get(path) ?? '')
      .replace('my-terraform-state', bucket)
      .replace(/^dns .*$/m, 'allow_insecure_http = true')
      .replace(/".*\/weather:1\.4\.0"/, '"ghcr.io/acme/mcp-server:1.0.0"')

  test('with AWS: planned, applied as reviewed and verified; a fork gets no role', async () => {
    const trial = await trials.of([page])
    const { pull, run } = await trial.open('Deploy', {
      'production.tfvars': shown('production.tfvars', trial.bucket),
      'production.s3.tfbackend': shown('production.s3.tfbackend', trial.bucket),
    })
    green(run)
    expect(run.jobs[0]?.roles).toEqual([planRole])
    expect((await trial.comments(pull))[0]).toMatch(/[12]\d to add, 0 to change, 0 to destroy/)

    const fork = await trial.run(pullRequestOpened(trial.github, pull, { fork: 'mallory' }))
    expect(fork.conclusion).toBe('failure')
    expect(fork.jobs[0]?.roles).toEqual([])

    const merged = await trial.merge(pull)
    green(merged)
    expect(merged.jobs[0]?.roles).toEqual([applyRole])
    expect(outputsOf(merged.jobs[0])).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
    expect(await trial.state('mcp-server/production.tfstate')).toContain('aws_ecs_service')
  })

  test('without AWS: the scheduled verify asks the endpoint', async () => {
    const trial = await trials.of([page], {}, { 'https://mcp.example.com/mcp': `${server.url}/mcp` })
    const run = await trial.atTime('17 5 * * *')
    green(run)
    expect(run.jobs[0]?.roles).toEqual([])
    expect(outputsOf(run.jobs[0])).toMatchObject({ command: 'verify', gate: 'passed' })
  })
})

describe('pull request and merge', () => {
  test('terraform/ecs: planned, applied as reviewed and verified; a fork and a direct push are not', async () => {
    const trial = await trials.of(['recipes/pull-request-and-merge.md'])
    const variables = {
      'production.tfvars': `
        name                = "forecast"
        image               = "ghcr.io/acme/mcp-server:1.0.0"
        allow_insecure_http = true # there is no domain here
      `,
    }
    const { pull, run } = await trial.open('Deploy', variables)
    green(run)
    expect(run.jobs[0]).toMatchObject({ roles: [planRole] })
    const [planned, ...more] = await trial.comments(pull)
    expect(more).toEqual([])
    expect(planned).toMatch(/[12]\d to add, 0 to change, 0 to destroy/)
    expect(await trial.state('mcp-server/production.tfstate')).toBeUndefined()

    const fork = await trial.run(pullRequestOpened(trial.github, pull, { fork: 'mallory' }))
    green(fork)
    expect(conclusions(fork)).toEqual(['deploy skipped', 'check success'])
    const checked = fork.jobs.find(({ id }) => id === 'check')
    expect(checked).toMatchObject({ roles: [], permissions: { contents: 'read' } })
    expect(checked?.permissions).not.toHaveProperty('id-token')
    expect(checked?.steps.at(-1)?.summary).toMatch(/There is no plan: the pull request comes from a fork/)
    expect(checked?.steps.at(-1)?.summary).toMatch(/`terraform validate`: valid/)

    const merged = await trial.merge(pull)
    green(merged)
    expect(merged.jobs[0]?.roles).toEqual([applyRole])
    expect(outputsOf(merged.jobs[0])).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
    const [verified] = await trial.comments(pull)
    expect(verified).toMatch(/Applied and verified/)
    expect(verified).toMatch(/As reviewed/)
    expect(merged.group).toBe('deploy-refs/heads/main')

    const direct = await trial.run(
      await trial.push({ 'production.tfvars': variables['production.tfvars'].replace('1.0.0', '1.0.1') }),
    )
    expect(direct.conclusion).toBe('failure')
    expect(outputsOf(direct.jobs[0])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_NOT_REVIEWED' })
    await approveByFingerprint(trial, direct)
    expect(trial.github.violations).toEqual([])
  })

  test('terraform/ec2: the plan of a pull request', async () => {
    const trial = await trials.of(['recipes/ec2.md'])
    const { pull, run } = await trial.open('Deploy', {
      'production.tfvars': `
        name = "orders-mcp"
        git  = { url = "https://github.com/example/orders-mcp.git", ref = "v1.4.0" }
        domain_name = "mcp.example.com" # there is no zone here
      `,
    })
    green(run)
    expect((await trial.comments(pull))[0]).toMatch(/[12]\d to add, 0 to change, 0 to destroy/)
  })
})

describe('a root module of its own, and what the clock finds of it', () => {
  test('applied as reviewed and verified; then down, back again, and drifted: one issue', async () => {
    await using speaking = await endpoint()
    const verify = 'recipes/scheduled-verify-and-drift.md'
    const trial = await trials.of(['recipes/own-root-module.md', verify])
    const module = (tag: string) => ({
      ...smallModule(tag),
      'infra/main.tf': smallModule(tag)['infra/main.tf'].replace(/^ *(bucket|key) +=.*\n/gm, ''),
      'infra/endpoint.tf': `output "mcp_endpoint" { value = "${speaking.url}/mcp" }`,
    })
    const { pull, run } = await trial.open('Deploy', module('v1'))
    green(run)
    const [planned = ''] = await trial.comments(pull)
    expect(planned).toMatch(/2 to add, 0 to change, 0 to destroy/)
    expect(planned).not.toContain('note-that-is-secret')
    const merged = await trial.merge(pull)
    green(merged)
    expect((await trial.comments(pull))[0]).toMatch(/Applied and verified/)

    const cron = '17 * * * *'
    const issues = async () => {
      const { owner, repo, octokit } = trial.github
      const { data } = await octokit.rest.issues.listForRepo({ owner, repo, state: 'all' })
      return data.filter(issue => issue.pull_request === undefined).map(({ state, title }) => ({ state, title }))
    }
    const well = await trial.atTime(cron, verify)
    green(well)
    expect(well.group).toBe(merged.group)
    expect(well.jobs[0]?.roles).toEqual([planRole])
    expect(outputsOf(well.jobs[0])).toMatchObject({ command: 'verify', gate: 'passed', drift: '[]' })
    expect(await issues()).toEqual([])

    speaking.down = true
    const red = await trial.atTime(cron, verify)
    expect(red.conclusion).toBe('failure')
    expect(outputsOf(red.jobs[0])).toMatchObject({ gate: 'failed', applied: 'false', tainted: '[]' })
    expect(await issues()).toMatchObject([{ state: 'open' }])

    speaking.down = false
    // Merged by somebody who went past the workflow: what is written is not what is deployed.
    await trial.push(module('v2'))
    const drifted = await trial.atTime(cron, verify)
    expect(outputsOf(drifted.jobs[0])).toMatchObject({ gate: 'passed', 'gate-code': 'DRIFT', applied: 'false' })
    expect(await issues()).toMatchObject([{ state: 'open' }])

    await trial.push(module('v1'))
    green(await trial.atTime(cron, verify))
    expect(await issues()).toMatchObject([{ state: 'closed' }])
  })
})

describe('build and deploy', () => {
  const buildRole = 'arn:aws:iam::123456789012:role/mcp-build'
  const page = 'recipes/build-and-deploy.md'

  test('an image is built once for its source, reviewed, deployed by digest, reverted without a build, and rolled back', async () => {
    await using repository = new EcrRepository(aws.endpoint, 'weather', 'eu-west-1')
    await repository.create(true)
    const pushes: string[] = []
    const tasks = join(directory, 'tasks.json')
    const push = async (reference: string, content: string) => {
      const digest = await repository.push(reference.split(':').at(-1) ?? '', content)
      pushes.push(digest)
      const images = JSON.parse(readFileSync(tasks, 'utf8'))
      writeFileSync(tasks, JSON.stringify({ ...images, [`${repository.uri}@${digest}`]: idle }))
      return digest
    }
    const tools = mkdtempSync(join(directory, 'tools-'))
    const cli = fileURLToPath(new URL('../support/aws-cli.ts', import.meta.url))
    writeFileSync(join(tools, 'aws'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, { mode: 0o755 })
    const trial = await trials.of([page], {
      push,
      vars: { AWS_BUILD_ROLE: buildRole, AWS_PLAN_ROLE: planRole, AWS_APPLY_ROLE: applyRole },
      roles: { ...roles, [buildRole]: roles[planRole] ?? [] },
      runners: {
        'ubuntu-24.04': { env: { ...trials.machine, PATH: `${tools}${delimiter}${process.env.PATH}` } },
      },
    })
    const module = smallModule('')
      ['infra/main.tf'].replace(/^ *(bucket|key) +=.*\n/gm, '')
      .replace('"weather:"', 'var.image')
      .concat('variable "image" { type = string }\n', `output "mcp_endpoint" { value = "${server.url}/mcp" }\n`)
    const source = (version: string) => ({ 'server/Dockerfile': `FROM scratch\nLABEL version=${version}\n` })
    const built = (run: WorkflowRun) =>
      run.jobs[0]?.steps.find(({ name }) => name.includes('build-push-action'))?.conclusion

    const first = await trial.open('Deploy', { ...smallModule(''), 'infra/main.tf': module, ...source('1') })
    green(first.run)
    expect(built(first.run)).toBe('success')
    expect(first.run.jobs[0]?.roles).toEqual([buildRole, planRole])
    const [one = ''] = pushes
    const [planned = ''] = await trial.comments(first.pull)
    expect(planned).toContain(`Image for \`image\`: \`weather@${one.slice(0, 19)}…\` (built from \`server\`, tree `)
    const merged = await trial.merge(first.pull)
    green(merged)
    expect(built(merged)).toBe('skipped')
    expect(merged.jobs[0]?.roles).toEqual([buildRole, applyRole])
    expect((await trial.comments(first.pull))[0]).toMatch(/Image as reviewed\*\*, planned and running/)

    const second = await trial.open('Better', source('2'))
    green(second.run)
    expect(built(second.run)).toBe('success')
    green(await trial.merge(second.pull))
    expect((await trial.comments(second.pull))[0]).toMatch(/Image as reviewed\*\*, planned and running/)

    const back = await trial.byHand({ 'rollback-to': 'weather:1' })
    green(back)
    expect(outputsOf(back.jobs[0])).toMatchObject({
      command: 'rollback',
      'rolled-back-to': 'weather:1',
      gate: 'passed',
    })
    expect(back.jobs[0]?.roles).toEqual([buildRole, applyRole])

    const revert = await trial.open('Revert "Better"', source('1'))
    green(revert.run)
    expect(built(revert.run)).toBe('skipped')
    const reverted = await trial.merge(revert.pull)
    green(reverted)
    expect((await trial.comments(revert.pull))[0]).toContain(`weather@${one.slice(0, 19)}…`)
    expect(pushes).toHaveLength(2)
    expect(trial.github.violations).toEqual([])
  })
})

describe('two workflow files', () => {
  test('one plans, the other one applies what it planned, and only that', async () => {
    const trial = await trials.of(['recipes/two-workflow-files.md'])
    const { pull, run } = await trial.open('One', small('infra', 'one'))
    green(run)
    expect(conclusions(run)).toEqual(['plan success', 'check skipped'])
    expect(run.jobs[0]?.roles).toEqual([planRole])
    const merged = await trial.merge(pull)
    green(merged)
    expect(merged.jobs[0]?.roles).toEqual([applyRole])
    expect((await trial.comments(pull))[0]).toMatch(/Applied and verified/)
    expect((await trial.comments(pull))[0]).toMatch(/As reviewed/)

    const direct = await trial.run(await trial.push(small('infra', 'two')))
    expect(outputsOf(direct.jobs[0])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_NOT_REVIEWED' })
    await approveByFingerprint(trial, direct)
    expect(await trial.state('mcp-server/production.tfstate')).toContain('two')
  })
})

describe('apply before the merge', () => {
  test('a comment applies the approved head with the role of the environment, and the merge finds nothing to do', async () => {
    const trial = await trials.of(['recipes/apply-before-merge.md'], {
      environments: { production: { vars: { AWS_APPLY_ROLE: 'arn:apply-production' }, branches: ['main'] } },
      roles: { ...roles, 'arn:apply-production': ['repo:acme/mcp-server:environment:production'] },
    })
    for (const person of ['alice', 'bob']) trial.github.setRole(person, 'write')
    const { pull, run } = await trial.open('One', small('infra', 'one'))
    green(run)
    expect(conclusions(run)).toEqual(['plan success', 'apply skipped', 'check skipped'])
    const say = (body: string, more: { by?: string; action?: string } = {}) =>
      trial.run(commented(trial.github, pull, { sha: pull.baseSha, body, by: 'alice', ...more }))

    const talk = await say('Looks good')
    expect(conclusions(talk)).toEqual(['plan skipped', 'apply skipped', 'check skipped'])
    await expect(say('/apply', { action: 'edited' })).rejects.toThrow(/0 workflows for issue_comment/)
    const early = await say('/apply')
    expect(outputsOf(early.jobs[1])).toMatchObject({ applied: 'false', 'failure-code': 'APPLY_NOT_APPROVED' })
    trial.github.review(pull.number, { by: 'bob', commit: pull.headSha })
    const stranger = await say('/apply', { by: 'mallory' })
    expect(outputsOf(stranger.jobs[1])).toMatchObject({ applied: 'false', 'failure-code': 'APPLY_NOT_PERMITTED' })
    expect(await trial.state('mcp-server/production.tfstate')).toBeUndefined()

    const applied = await say('/apply')
    green(applied)
    expect(applied.jobs[1]).toMatchObject({ roles: ['arn:apply-production'], environment: { name: 'production' } })
    expect(outputsOf(applied.jobs[1])).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
    expect(await trial.state('mcp-server/production.tfstate')).toContain('one')
    const merged = await trial.merge(pull)
    green(merged)
    expect(outputsOf(merged.jobs[1])).toMatchObject({ 'has-changes': 'false', gate: 'passed' })
    expect(trial.github.violations).toEqual([])
  })
})

describe('from a laptop', () => {
  test('the local state is moved by the commands of the page, and the workflow finds nothing to change', async () => {
    const page = 'recipes/from-a-laptop.md'
    const trial = await trials.of([page])
    const laptop = mkdtempSync(join(directory, 'laptop-'))
    const env = { ...process.env, ...trials.machine, AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
    const files = small('infra', 'one')
    const source = files['infra/main.tf'] ?? ''
    const write = (text: string) => writeFileSync(join(laptop, 'infra/main.tf'), text)
    const shell = (command: string) =>
      execFileSync('bash', ['-e', '-c', command], { cwd: laptop, env, encoding: 'utf8' })
    mkdirSync(join(laptop, 'infra'))
    write(source.replace('backend "s3" {}', ''))
    shell('terraform -chdir=infra init -input=false && terraform -chdir=infra apply -auto-approve -input=false')
    const local = JSON.parse(readFileSync(join(laptop, 'infra/terraform.tfstate'), 'utf8'))

    // The block of the page goes into the root module, and its commands move the state.
    const text = readFileSync(join(recipes, 'from-a-laptop.md'), 'utf8')
    const block = /```hcl\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
    const module = `${block}${source.replace(/terraform \{\s*backend "s3" \{\}\s*\}/, '')}`
    write(module)
    shell((/```bash\n([\s\S]*?)```/.exec(text)?.[1] ?? 'false').replace('my-terraform-state', trial.bucket))
    const moved = JSON.parse((await trial.state('mcp-server/production.tfstate')) ?? '{}')
    expect(moved.resources).toEqual(local.resources)
    expect(readdirSync(join(laptop, 'infra')).filter(name => name.includes('tfstate'))).toEqual([])

    const { pull, run } = await trial.open('Take over', { 'infra/main.tf': module })
    green(run)
    expect((await trial.comments(pull))[0]).toMatch(/No changes|no changes/)
    const merged = await trial.merge(pull)
    green(merged)
    expect(outputsOf(merged.jobs[0])).toMatchObject({ 'has-changes': 'false', gate: 'passed' })
    // With another key the plan would create everything, and the page says how that is seen.
    expect(text).toContain('The first plan creates everything.')
  })
})

describe('build, then plan', () => {
  test('the merge builds the reviewed package again, and another package is refused', async () => {
    const trial = await trials.of(['recipes/build-and-plan.md'])
    const files = (server: string) => ({
      ...small('infra', 'one', {
        more: 'resource "terraform_data" "package" { input = filebase64sha256("${path.module}/server.zip") }',
      }),
      'server/run.sh': server,
      'server/lib/b.js': 'b',
      'server/a.js': 'a',
    })
    const { pull, run } = await trial.open('One', files('exec node a.js'))
    green(run)
    const merged = await trial.merge(pull)
    green(merged)
    expect((await trial.comments(pull))[0]).toMatch(/As reviewed/)

    const second = await trial.open('Two', { 'server/run.sh': 'exec node a.js --two' })
    green(second.run)
    expect((await trial.comments(second.pull))[0]).toMatch(/terraform_data\.package/)
    await trial.push({ 'server/a.js': 'changed by somebody else' })
    const refused = await trial.merge(second.pull)
    expect(outputsOf(refused.jobs[0])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
    await approveByFingerprint(trial, refused)
  })
})

describe('apply by hand', () => {
  test('two merges change nothing; one manual run applies both as reviewed, when the reviewer agrees', async () => {
    let agrees = false
    const trial = await trials.of(['recipes/apply-manually.md'], {
      environments: {
        production: { vars: { AWS_APPLY_ROLE: 'arn:apply-production' }, branches: ['main'], review: () => agrees },
      },
      roles: { ...roles, 'arn:apply-production': ['repo:acme/mcp-server:environment:production'] },
    })
    const one = await trial.open('One', small('infra', 'one'))
    green(one.run)
    const two = await trial.open('Two', { 'infra/two.tf': 'resource "terraform_data" "two" { input = "two" }' })
    await expect(trial.merge(one.pull)).rejects.toThrow(/0 workflows for push/)
    const planned = await trial.github.updateBranch(two.pull.number)
    green(await trial.run(pullRequestOpened(trial.github, planned)))
    await expect(trial.merge(two.pull)).rejects.toThrow(/0 workflows for push/)

    const rejected = await trial.byHand({})
    expect(rejected.jobs[1]).toMatchObject({ conclusion: 'failure', steps: [] })
    expect(await trial.state('mcp-server/production.tfstate')).toBeUndefined()
    agrees = true
    const branch = await trial.byHand({}, undefined, 'feature')
    expect(branch.jobs[1]).toMatchObject({ conclusion: 'failure', steps: [] })
    const applied = await trial.byHand({})
    green(applied)
    expect(applied.jobs[1]?.roles).toEqual(['arn:apply-production'])
    expect(outputsOf(applied.jobs[1])).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
    expect(await trial.state('mcp-server/production.tfstate')).toContain('two')

    await trial.push({ 'infra/pushed.tf': 'resource "terraform_data" "pushed" { input = "pushed" }' })
    const refused = await trial.byHand({})
    expect(outputsOf(refused.jobs[1])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_NOT_REVIEWED' })
    const { 'plan-fingerprint': approve } = outputsOf(refused.jobs[1])
    green(await trial.byHand({ approve }))
    expect(await trial.state('mcp-server/production.tfstate')).toContain('pushed')
  })
})

describe('notify a chat', () => {
  test('each deployment is one message, a refused one too, and a plan is none', async () => {
    const messages: { text: string }[] = []
    const chat = await listen(
      createServer(async (request, response) => {
        messages.push(JSON.parse(await readBody(request)))
        response.end('ok')
      }),
    )
    try {
      const trial = await trials.of(['recipes/notify-a-chat.md'], { secrets: { CHAT_WEBHOOK_URL: `${chat.url}/hook` } })
      const { pull, run } = await trial.open('One', small('infra', 'one'))
      green(run)
      expect(messages).toEqual([])
      green(await trial.merge(pull))
      expect(messages).toEqual([{ text: expect.stringContaining(`apply: success  ${server.url}/mcp https://`) }])
      const refused = await trial.run(await trial.push(small('infra', 'two')))
      expect(refused.conclusion).toBe('failure')
      expect(messages[1]?.text).toMatch(/^apply: failure PLAN_NOT_REVIEWED/)
    } finally {
      await chat[Symbol.asyncDispose]()
    }
  })
})

describe('a branch for each environment', () => {
  test('a merge to a branch applies its environment, as reviewed for that branch, and nothing of the other one', async () => {
    const names = ['staging', 'production'] as const
    const trial = await trials.of(['recipes/branch-as-environment.md'], {
      vars: { AWS_PLAN_ROLE_STAGING: 'arn:plan-staging', AWS_PLAN_ROLE_PRODUCTION: 'arn:plan-production' },
      environments: {
        staging: { vars: { AWS_APPLY_ROLE: 'arn:apply-staging' }, branches: ['main'] },
        production: { vars: { AWS_APPLY_ROLE: 'arn:apply-production' }, branches: ['production'] },
      },
      roles: Object.fromEntries(
        names.flatMap(name => [
          [`arn:plan-${name}`, ['repo:acme/mcp-server:pull_request']],
          [`arn:apply-${name}`, [`repo:acme/mcp-server:environment:${name}`]],
        ]),
      ),
    })
    const { github } = trial
    await github.createBranch('production')
    const stateOf = (name: string) => trial.state(`mcp-server/${name}.tfstate`)
    const { pull, run } = await trial.open('One', small('infra', 'one'))
    green(run)
    expect(run.jobs[0]?.roles).toEqual(['arn:plan-staging'])
    const staged = await trial.merge(pull)
    green(staged)
    expect(staged.jobs[1]).toMatchObject({ roles: ['arn:apply-staging'], environment: { name: 'staging' } })
    expect(await stateOf('staging')).toContain('one')
    expect(await stateOf('production')).toBeUndefined()

    const release = { title: 'Release', branch: 'release', base: 'production', files: small('infra', 'released') }
    const opened = await github.createPullRequest(release)
    const planned = await trial.run(pullRequestOpened(github, opened))
    green(planned)
    expect(planned.jobs[0]?.roles).toEqual(['arn:plan-production'])
    const { sha: after, before } = await github.merge(opened.number)
    const released = await trial.run(pushed(github, { before, after, branch: 'production' }))
    green(released)
    expect(released.jobs[1]).toMatchObject({ roles: ['arn:apply-production'], environment: { name: 'production' } })
    expect((await trial.comments(opened))[0]).toMatch(/As reviewed/)
    expect(await stateOf('production')).toContain('released')
    expect(await stateOf('staging')).toContain('one')

    // The branch of no environment, and a push that nobody reviewed.
    const feature = await trial.byHand({ approve: `sha256:${'0'.repeat(64)}` }, undefined, 'feature')
    expect(feature.jobs[1]).toMatchObject({ conclusion: 'failure', steps: [] })
    const direct = await trial.run(await trial.push(small('infra', 'pushed')))
    expect(outputsOf(direct.jobs[1])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_NOT_REVIEWED' })
  })
})

describe('two accounts', () => {
  test('each account has its own roles and bucket, and production waits for staging', async () => {
    const names = ['staging', 'production'] as const
    const ofAccount = (name: string) => ({
      [`arn:plan-${name}`]: ['repo:acme/mcp-server:pull_request'],
      [`arn:apply-${name}`]: [`repo:acme/mcp-server:environment:${name}`],
    })
    const trial = await trials.of(['recipes/two-accounts.md'], {
      vars: { AWS_PLAN_ROLE_STAGING: 'arn:plan-staging', AWS_PLAN_ROLE_PRODUCTION: 'arn:plan-production' },
      environments: Object.fromEntries(
        names.map(name => [name, { vars: { AWS_APPLY_ROLE: `arn:apply-${name}` }, branches: ['main'] }]),
      ),
      roles: { ...ofAccount('staging'), ...ofAccount('production') },
    })
    for (const name of names) await aws.createBucket(`${trial.bucket}-${name}`)
    const stateOf = (name: string) => aws.object(`${trial.bucket}-${name}`, 'mcp-server/production.tfstate')
    const { pull, run } = await trial.open('One', { ...small('staging', 'one-s'), ...small('production', 'one-p') })
    green(run)
    expect(run.jobs.flatMap(({ roles }) => roles)).toEqual(['arn:plan-staging', 'arn:plan-production'])
    const merged = await trial.merge(pull)
    green(merged)
    expect(merged.jobs.flatMap(({ roles }) => roles)).toEqual(['arn:apply-staging', 'arn:apply-production'])
    expect(await stateOf('staging')).toContain('one-s')
    expect(await stateOf('production')).toContain('one-p')

    const failing = 'resource "terraform_data" "bad" { provisioner "local-exec" { command = "exit 1" } }'
    const bad = { ...small('staging', 'two-s', { more: failing }), ...small('production', 'two-p') }
    const second = await trial.open('Two', bad)
    const stopped = await trial.merge(second.pull)
    expect(conclusions(stopped)).toEqual(['plan skipped', 'staging failure', 'production skipped', 'check skipped'])
    expect(stopped.jobs.flatMap(({ roles }) => roles)).toEqual(['arn:apply-staging'])
    expect(await stateOf('production')).toContain('one-p')
  })
})

describe('a preview', () => {
  test('each pull request has its own state, which the code of main destroys when it is closed', async () => {
    const trial = await trials.of(['recipes/preview.md'], {
      environments: { preview: { vars: { AWS_PREVIEW_ROLE: 'arn:preview' } } },
      roles: { 'arn:preview': ['repo:acme/mcp-server:environment:preview'] },
    })
    const { after: sha } = await trial.github.push(small('infra', 'main'), 'The module')
    const stateOf = async (number: number) =>
      JSON.parse((await trial.state(`env:/pr-${number}/mcp-server/preview.tfstate`)) ?? '{}') as {
        resources?: unknown[]
      }
    const more = 'resource "terraform_data" "more" { input = "of the pull request" }'
    const first = await trial.open('One', small('infra', 'one', { more }))
    green(first.run)
    expect(conclusions(first.run)).toEqual(['preview success', 'destroy skipped', 'check skipped'])
    expect(outputsOf(first.run.jobs[0])).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
    const second = await trial.open('Two', small('infra', 'two'))
    green(second.run)
    expect((await stateOf(first.pull.number)).resources).toHaveLength(2)

    const closed = await trial.run(pullRequestTargetClosed(trial.github, first.pull, { sha }))
    green(closed)
    expect(conclusions(closed)).toEqual(['preview skipped', 'destroy success', 'check skipped'])
    expect(outputsOf(closed.jobs[1])).toMatchObject({ command: 'destroy', destroyed: 'true' })
    expect((await stateOf(first.pull.number)).resources).toEqual([])
    expect((await stateOf(second.pull.number)).resources).toHaveLength(1)
  })
})

describe('static keys', () => {
  test('the key that applies is used only on main, and a plan has the other one', async () => {
    const key = (name: string) => ({
      [`AWS_${name}_ACCESS_KEY_ID`]: `AKIA${name}`,
      [`AWS_${name}_SECRET_ACCESS_KEY`]: `stored-key-of-${name}-9f8e7d6c`,
    })
    const trial = await trials.of(['recipes/static-keys.md'], {
      vars: {},
      roles: {},
      secrets: key('PLAN'),
      environments: { production: { secrets: key('APPLY'), branches: ['main'] } },
    })
    const { pull, run } = await trial.open('One', small('infra', 'one'))
    green(run)
    expect(run.jobs[0]?.permissions).not.toHaveProperty('id-token')
    const merged = await trial.merge(pull)
    green(merged)
    expect(conclusions(merged)).toEqual(['plan skipped', 'apply success', 'check skipped'])
    expect((await trial.comments(pull))[0]).toMatch(/Applied and verified/)

    const direct = await trial.run(await trial.push(small('infra', 'two')))
    expect(outputsOf(direct.jobs[1])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_NOT_REVIEWED' })
    const { 'plan-fingerprint': approve } = outputsOf(direct.jobs[1])
    const unmerged = await trial.byHand({ approve }, undefined, 'feature')
    expect(unmerged.jobs[1]).toMatchObject({ conclusion: 'failure', steps: [] })
    green(await trial.byHand({ approve }))
    expect(await trial.state('mcp-server/production.tfstate')).toContain('two')
  })
})

describe('a plan that changed after the review', () => {
  test('is refused at the merge, and applied by a manual run with its fingerprint', async () => {
    const trial = await trials.of(['recipes/own-root-module.md'])
    const first = await trial.open('First', small('infra', 'one'))
    green(await trial.merge(first.pull))

    const { pull, run } = await trial.open('Second', small('infra', 'two'))
    green(run)
    // Somebody pushes to main, and that plan is part of the next apply.
    await trial.push({ 'infra/pushed.tf': 'resource "terraform_data" "pushed" { input = "by nobody reviewed" }' })
    const refused = await trial.merge(pull)
    expect(refused.conclusion).toBe('failure')
    expect(outputsOf(refused.jobs[0])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
    expect((await trial.comments(pull))[0]).toMatch(/`terraform_data.pushed`: \*\*create\*\* was not reviewed/)
    expect(await trial.state('mcp-server/production.tfstate')).not.toContain('nobody')

    const shown = await trial.byHand({})
    green(shown)
    expect(shown.jobs[0]?.roles).toEqual([planRole])
    expect(outputsOf(shown.jobs[0])).toMatchObject({ command: 'plan', applied: 'false' })

    // Neither the word that switches the comparison off, nor the fingerprint on a branch that is not merged.
    const careless = await trial.byHand({ approve: 'none' })
    expect(outputsOf(careless.jobs[0])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
    const { 'plan-fingerprint': approve } = outputsOf(refused.jobs[0])
    const unmerged = await trial.byHand({ approve }, undefined, 'feature')
    expect(unmerged.jobs[0]).toMatchObject({ conclusion: 'failure', roles: [] })
    expect(await trial.state('mcp-server/production.tfstate')).not.toContain('nobody')

    await approveByFingerprint(trial, refused)
    expect(await trial.state('mcp-server/production.tfstate')).toContain('nobody')
    const next = await trial.open('Third', small('infra', 'three'))
    green(next.run)
    green(await trial.merge(next.pull))
  })
})

describe('staging and production', () => {
  const environment = (name: string) => ({
    [`arn:plan-${name}`]: ['repo:acme/mcp-server:pull_request'],
    [`arn:apply-${name}`]: [`repo:acme/mcp-server:environment:${name}`],
  })

  test('two plans; production waits for staging and for its reviewers, and each has its own state and role', async () => {
    const asked: { staging: boolean; production: boolean }[] = []
    let approve = true
    const stateOf = (name: string) => trial.state(`mcp-server/${name}.tfstate`)
    const review = async () => {
      asked.push({
        staging: (await stateOf('staging')) !== undefined,
        production: (await stateOf('production')) !== undefined,
      })
      return approve
    }
    const trial = await trials.of(['recipes/environments-with-approval.md'], {
      vars: { AWS_PLAN_ROLE_STAGING: 'arn:plan-staging', AWS_PLAN_ROLE_PRODUCTION: 'arn:plan-production' },
      environments: {
        staging: { vars: { AWS_APPLY_ROLE: 'arn:apply-staging' }, branches: ['main'] },
        production: { vars: { AWS_APPLY_ROLE: 'arn:apply-production' }, branches: ['main'], review },
      },
      roles: { ...environment('staging'), ...environment('production') },
    })
    const both = (version: string, staging = '') => ({
      ...small('staging', `${version}-staging`, { more: staging }),
      ...small('production', `${version}-production`),
    })
    const { pull, run } = await trial.open('One', both('one'))
    green(run)
    expect(
      run.jobs.filter(({ id }) => id === 'plan').map(({ matrix, roles }) => [matrix?.environment, ...roles]),
    ).toEqual([
      ['staging', 'arn:plan-staging'],
      ['production', 'arn:plan-production'],
    ])
    expect(conclusions(run)).toEqual([
      'plan success',
      'plan success',
      'staging skipped',
      'production skipped',
      'check skipped',
    ])
    const comments = await trial.comments(pull)
    expect(comments).toHaveLength(2)
    expect(comments.map(comment => /one-(staging|production)/.exec(comment)?.[1])).toEqual(['staging', 'production'])

    const merged = await trial.merge(pull)
    green(merged)
    expect(asked).toEqual([{ staging: true, production: false }])
    expect(merged.jobs.slice(1, 3).map(({ roles, environment: shown }) => [...roles, shown])).toEqual([
      ['arn:apply-staging', { name: 'staging', url: `${server.url}/mcp` }],
      ['arn:apply-production', { name: 'production', url: `${server.url}/mcp` }],
    ])
    expect(await stateOf('staging')).toContain('one-staging')
    expect(await stateOf('production')).toContain('one-production')
    for (const comment of await trial.comments(pull)) expect(comment).toMatch(/Applied and verified/)

    approve = false
    const second = await trial.open('Two', both('two'))
    const rejected = await trial.merge(second.pull)
    expect(conclusions(rejected)).toEqual(['plan skipped', 'staging success', 'production failure', 'check skipped'])
    expect(await stateOf('staging')).toContain('two-staging')
    expect(await stateOf('production')).toContain('one-production')

    // Approved in the end, for production. Staging has this commit already.
    approve = true
    await trial.push({ 'production/pushed.tf': 'resource "terraform_data" "pushed" { input = "unreviewed" }' })
    const changed = await trial.byHand({ environment: 'production', approve: `sha256:${'0'.repeat(64)}` })
    expect(conclusions(changed)).toEqual(['plan skipped', 'staging success', 'production failure', 'check skipped'])
    const { 'plan-fingerprint': fingerprint = '' } = outputsOf(changed.jobs[2])
    const approved = await trial.byHand({ environment: 'production', approve: fingerprint })
    green(approved)
    expect(approved.jobs.slice(1, 3).map(({ roles }) => roles)).toEqual([
      ['arn:apply-staging'],
      ['arn:apply-production'],
    ])
    expect(await stateOf('production')).toContain('two-production')
    expect(await stateOf('production')).toContain('unreviewed')

    const before = asked.length
    const failing = 'resource "terraform_data" "bad" { provisioner "local-exec" { command = "exit 1" } }'
    const third = await trial.open('Three', both('three', failing))
    const stopped = await trial.merge(third.pull)
    expect(conclusions(stopped)).toEqual(['plan skipped', 'staging failure', 'production skipped', 'check skipped'])
    expect(asked).toHaveLength(before)
    expect(await stateOf('production')).toContain('two-production')
  })
})

describe('a merge queue', () => {
  test('compares with what was reviewed before the merge, and applies it after', async () => {
    const trial = await trials.of(['recipes/merge-queue.md'], {
      environments: { plan: {} },
      roles: { ...roles, [planRole]: ['repo:acme/mcp-server:environment:plan'] },
    })
    const { pull, run } = await trial.open('Queued', small('infra', 'one'))
    green(run)
    const queue = async () => {
      const now = await trial.github.pullRequest(pull.number)
      return await trial.run(mergeGroup(trial.github, now, { sha: now.mergeCommitSha }))
    }
    const [before] = await trial.comments(pull)
    const same = await queue()
    green(same)
    expect(conclusions(same)).toEqual(['plan success', 'apply skipped', 'check skipped'])
    expect(same.jobs[0]).toMatchObject({ roles: [planRole], environment: { name: 'plan' } })
    const queued = await trial.github.pullRequest(pull.number)
    expect(trial.github.statusesOf(queued.mergeCommitSha)).toMatchObject([{ state: 'success' }])
    expect(await trial.comments(pull)).toEqual([before])

    await trial.github.pushTo(pull.number, small('infra', 'two'))
    const unreviewed = await queue()
    expect(unreviewed.conclusion).toBe('failure')
    expect(outputsOf(unreviewed.jobs[0])['gate-code']).toBe('PLAN_OUTDATED')
    const outdated = await trial.github.pullRequest(pull.number)
    expect(trial.github.statusesOf(outdated.mergeCommitSha)).toMatchObject([{ state: 'failure' }])
    expect(await trial.comments(pull)).toEqual([before])

    const now = await trial.github.pullRequest(pull.number)
    green(await trial.run(pullRequestOpened(trial.github, now)))
    green(await queue())
    const merged = await trial.merge(pull)
    green(merged)
    expect(conclusions(merged)).toEqual(['plan skipped', 'apply success', 'check skipped'])
    expect(await trial.state('mcp-server/production.tfstate')).toContain('two')

    const direct = await trial.run(await trial.push(small('infra', 'three')))
    expect(outputsOf(direct.jobs[1])).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_NOT_REVIEWED' })
    const approved = await trial.byHand({ approve: outputsOf(direct.jobs[1])['plan-fingerprint'] })
    green(approved)
    expect(conclusions(approved)).toEqual(['plan skipped', 'apply success', 'check skipped'])
    expect(await trial.state('mcp-server/production.tfstate')).toContain('three')
  })
})

describe('a matrix of stacks', () => {
  const stack = (name: string, value: string, more = '') => ({
    ...small(`services/${name}`, value, { more }),
    [`services/${name}/.mcp-deploy.yml`]: `name: ${name}\n`,
  })

  test('each stack by itself, those that a change concerns alone, and one table of all', async () => {
    const trial = await trials.of(['many-stacks.md'])
    const { pull, run } = await trial.open('Two', { ...stack('weather', 'one'), ...stack('search', 'one') })
    green(run)
    expect(conclusions(run)).toEqual([
      'discover success',
      'deploy success',
      'deploy success',
      'summary success',
      'check skipped',
    ])
    expect(await trial.comments(pull)).toHaveLength(2)
    expect(run.jobs.find(({ id }) => id === 'summary')?.steps.at(-1)?.summary).toMatch(/search[\s\S]*weather/)
    const merged = await trial.merge(pull)
    green(merged)
    const keys = merged.jobs.flatMap(({ matrix }) => (matrix === undefined ? [] : [String(matrix['state-key'])]))
    expect(new Set(keys).size).toBe(2)
    for (const key of keys) expect(await trial.state(key)).toContain('one')

    const direct = await trial.run(await trial.push({ ...stack('weather', 'pushed'), ...stack('search', 'pushed') }))
    expect(direct.conclusion).toBe('failure')
    const weather = direct.jobs.find(({ matrix }) => matrix?.name === 'weather')
    const approved = await trial.byHand({ stack: 'weather', approve: outputsOf(weather)['plan-fingerprint'] })
    green(approved)
    const byName = (name: string) => approved.jobs.find(({ matrix }) => matrix?.name === name)
    expect(byName('weather')?.roles).toEqual([applyRole])
    expect(outputsOf(byName('weather'))).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
    expect(byName('search')?.roles).toEqual([planRole])
    expect(outputsOf(byName('search'))).toMatchObject({ command: 'plan', applied: 'false' })

    const second = await trial.open('One', stack('weather', 'two'))
    green(second.run)
    expect(second.run.jobs.filter(({ id }) => id === 'deploy').map(({ matrix }) => matrix?.name)).toEqual(['weather'])
    expect(await trial.comments(second.pull)).toHaveLength(1)

    const none = await trial.open('None', { 'notes.txt': 'nothing that a stack is made of' })
    green(none.run)
    expect(conclusions(none.run)).toEqual(['discover success', 'deploy skipped', 'summary success', 'check skipped'])

    const failing = 'resource "terraform_data" "bad" { input = var.missing }'
    const broken = await trial.open('Broken', { ...stack('weather', 'three', failing), ...stack('search', 'three') })
    expect(conclusions(broken.run).toSorted()).toEqual([
      'check skipped',
      'deploy failure',
      'deploy success',
      'discover success',
      'summary failure',
    ])
    expect(outputsOf(broken.run.jobs.find(({ id }) => id === 'summary'))['failed-stacks']).toBe('["weather"]')
    expect(trial.github.violations).toEqual([])
  })
})

describe('destroy a stack', () => {
  test('shown without a name, refused with another one, and done with its own', async () => {
    const destroy = 'recipes/destroy.md'
    const trial = await trials.of(['recipes/own-root-module.md', destroy])
    const { pull } = await trial.open('Deploy', small('infra', 'one'))
    green(await trial.merge(pull))
    const confirm = (inputs: object) => trial.byHand(inputs, destroy)
    const resources = async () =>
      JSON.parse((await trial.state('mcp-server/production.tfstate')) ?? '{}').resources.length

    const shown = await confirm({})
    expect(shown.conclusion).toBe('failure')
    expect(outputsOf(shown.jobs[0])).toMatchObject({ destroyed: 'false', 'gate-code': 'DESTROY_NOT_CONFIRMED' })
    expect(shown.jobs[0]?.steps.at(-1)?.summary).toMatch(/terraform_data\.version/)
    const other = await confirm({ confirm: 'production' })
    expect(other.conclusion).toBe('failure')
    expect(logOf(other)).toMatch(/this stack is "infra": nothing was done/)
    expect(await resources()).toBe(1)

    const done = await confirm({ confirm: 'infra' })
    green(done)
    expect(done.jobs[0]?.roles).toEqual([applyRole])
    expect(outputsOf(done.jobs[0])).toMatchObject({ command: 'destroy', destroyed: 'true' })
    expect(await resources()).toBe(0)
  })
})

describe('verify any endpoint', () => {
  test('without AWS, Terraform and checkout: each endpoint has its own verdict and its own issue', async () => {
    await using first = await endpoint()
    await using second = await endpoint()
    const trial = await trials.of(
      ['recipes/verify-any-endpoint.md'],
      { runners: { 'ubuntu-24.04': { env: { PATH: '/nowhere' } } } },
      { 'https://mcp.example.com': first.url, 'https://search.example.com': second.url },
    )
    const cron = '*/30 * * * *'
    const open = async () => {
      const { owner, repo, octokit } = trial.github
      const { data } = await octokit.rest.issues.listForRepo({ owner, repo, state: 'open' })
      return data.map(({ body }) => body ?? '')
    }
    second.down = true
    const red = await trial.atTime(cron)
    expect(red.jobs.map(({ conclusion }) => conclusion)).toEqual(['success', 'failure'])
    expect(red.jobs[0]).toMatchObject({ permissions: { issues: 'write' }, roles: [] })
    expect(await open()).toEqual([expect.stringContaining(second.url)])
    second.down = false
    green(await trial.atTime(cron))
    expect(await open()).toEqual([])
  })
})

describe('other machines', () => {
  /** A directory for PATH that has these programs and no other. */
  function bin(programs: Record<string, string>): string {
    const path = mkdtempSync(join(directory, 'bin-'))
    for (const [name, target] of Object.entries(programs)) symlinkSync(realpathSync(target), join(path, name))
    return path
  }
  const which = (program: string) => execFileSync('which', [program], { encoding: 'utf8' }).trim()
  const basics = () => Object.fromEntries(['sh', 'bash', 'unzip'].map(name => [name, which(name)]))

  /** Terraform under the name and the version of OpenTofu, for machines without OpenTofu. */
  function terraformAsTofu(): string {
    const file = join(mkdtempSync(join(directory, 'tofu-')), 'tofu')
    const version = `echo '{"terraform_version":"${tools.tofu.defaultVersion}"}'`
    const script = `#!/bin/sh\nif [ "$1" = version ]; then ${version}; else exec '${which('terraform')}' "$@"; fi\n`
    writeFileSync(file, script, { mode: 0o755 })
    return file
  }

  test('OpenTofu: tofu from PATH plans and applies, and no terraform is there', async () => {
    const path = bin({ ...basics(), tofu: (await tofuOnPath()) ?? terraformAsTofu() })
    const trial = await trials.of(['recipes/opentofu.md'], {
      runners: { 'ubuntu-24.04': { env: { ...trials.machine, PATH: path } } },
    })
    const { pull, run } = await trial.open('Deploy', small('infra', 'one'))
    green(run)
    expect(run.jobs[0]?.log).toMatch(/OpenTofu 1\.\d+\.\d+: \/.*\/tofu$/m)
    green(await trial.merge(pull))
    expect((await trial.comments(pull))[0]).toMatch(/Applied and verified/)
    expect(await trial.state('mcp-server/production.tfstate')).toContain('one')
  })

  test('self-hosted: Terraform from PATH, providers kept, the state on the disk', async () => {
    const disk = join(directory, 'srv')
    const machines = mkdtempSync(join(directory, 'self-hosted-'))
    const path = bin({ ...basics(), terraform: which('terraform') })
    const trial = await trials.of(
      ['recipes/self-hosted-runner.md'],
      {
        runners: { 'self-hosted, linux': { env: { ...trials.machine, PATH: path }, keeps: true } },
        directory: machines,
      },
      { '/srv/terraform': disk },
    )
    const module = (value: string) => ({
      ...small('infra', value, { backend: 'local' }),
      'infra/.terraform.lock.hcl': '# There are no providers to lock.\n',
    })
    const { pull, run } = await trial.open('One', module('one'))
    green(run)
    expect(run.jobs[0]?.log).toMatch(/Terraform 1\.\d+\.\d+: \/.*\/terraform$/m)
    green(await trial.merge(pull))
    expect(readFileSync(join(disk, 'mcp-server.tfstate'), 'utf8')).toContain('one')
    // Terraform keeps what it downloads, and a mirror on this machine is none.
    expect(readdirSync(join(machines, 'self-hosted-linux/tools'))).toEqual(['terraform-plugins'])

    const second = await trial.open('Two', module('two'))
    green(second.run)
    expect((await trial.comments(second.pull))[0]).toMatch(/0 to add, 1 to change, 0 to destroy/)
  })

  test('an internal endpoint: planned on a runner of GitHub, verified from a runner in the VPC', async () => {
    const hosts: (string | undefined)[] = []
    await using balancer = await listen(
      createServer((request, response) => {
        hosts.push(request.headers.host)
        request.headers.host = new URL(server.url).host
        forwardTo(server.url)(request, response)
      }),
    )
    // CodeBuild's label has the id of the run. The machines are the same here: what is shown is which job asks the endpoint.
    const hosted = { env: trials.machine }
    const trial = await trials.of(['recipes/internal-endpoint.md'], {
      runners: { 'ubuntu-24.04': hosted, 'codebuild-mcp-deploy-1001-1': hosted },
      vars: {
        AWS_PLAN_ROLE: planRole,
        AWS_APPLY_ROLE: applyRole,
        MCP_CONNECT_TO: new URL(balancer.url).host,
      },
    })
    const name = 'http://mcp.internal.example/mcp'
    const files = small('infra', 'one')
    const module = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, text.replace(`${server.url}/mcp`, name)]),
    )
    const { pull, run } = await trial.open('One', module)
    green(run)
    expect(run.jobs[0]?.roles).toEqual([planRole])
    expect(hosts).toEqual([])
    const merged = await trial.merge(pull)
    green(merged)
    expect(outputsOf(merged.jobs[0])).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
    expect(merged.jobs[0]?.roles).toEqual([applyRole])
    expect(new Set(hosts)).toEqual(new Set(['mcp.internal.example']))
    expect(await trial.state('mcp-server/production.tfstate')).toContain('one')
  })

  test('GitHub Enterprise Server: its API behind its own authority, and Terraform from the mirror', async () => {
    const key = makeKey()
    const released = join(directory, 'released')
    writeFileSync(released, `#!/bin/sh\nexec '${realpathSync(which('terraform'))}' "$@"\n`, { mode: 0o755 })
    const releases = await hashicorpReleases({
      versions: ['1.11.4', tools.terraform.defaultVersion],
      binary: released,
      key,
    })
    const hosts: Parameters<typeof startEgress>[0] = {
      'mirror.example.com': (request, response) => {
        request.url = request.url?.replace('/hashicorp', '')
        releases.handler(request, response)
      },
    }
    let egress: Egress | undefined
    try {
      let api = ''
      hosts['github.example.com'] = (request, response) => {
        // REST is below /api/v3, and GraphQL at /api/graphql.
        request.url = request.url?.replace(/^\/api(\/v3)?/, '')
        forwardTo(api)(request, response)
      }
      egress = await startEgress(hosts)
      const { NODE_EXTRA_CA_CERTS: authority, SSL_CERT_FILE: _, ...proxy } = egress.env
      const trial = await trials.of(
        ['recipes/github-enterprise-server.md'],
        github => {
          api = github.apiUrl
          return {
            runners: { 'self-hosted, linux': { env: { ...trials.machine, ...proxy, PATH: bin(basics()) } } },
            vars: { AWS_PLAN_ROLE: planRole, AWS_APPLY_ROLE: applyRole, TERRAFORM_MIRROR_KEY: key.armored },
            server: { url: 'https://github.example.com', apiUrl: 'https://github.example.com/api/v3' },
          }
        },
        { '/usr/local/share/ca-certificates/company.pem': authority },
      )
      const { pull, run } = await trial.open('Deploy', small('infra', 'one'))
      green(run)
      green(await trial.merge(pull))
      expect((await trial.comments(pull))[0]).toMatch(/Applied and verified/)
      expect((await trial.comments(pull))[0]).toContain('https://github.example.com/acme/mcp-server')
      const asked = new Set(egress.requests.map(({ host }) => host))
      expect([...asked].toSorted()).toEqual(['github.example.com', 'mirror.example.com'])
      expect(egress.refused).toEqual([])
    } finally {
      await egress?.stop()
    }
  })
})
