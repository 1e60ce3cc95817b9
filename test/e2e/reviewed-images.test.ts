/**
 * Images that are reviewed with the plan, through the shipped dist with real Terraform, real git, and Amazon ECR by its API: the digest of
 * the pull request is what the merge deploys, and each refusal leads back to a deployment.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EcrRepository } from '../support/ecr.ts'
import { pullRequestOpened, type Trigger, workflowDispatch } from '../support/events.ts'
import type { PullRequest } from '../support/github.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'

let server: Listening
let stage: Stage
let state: HttpState
let ecr: EcrRepository
beforeAll(async () => {
  server = await v2()
  stage = await setStage({
    images: {},
    inputs: { 'working-directory': 'infra', 'mcp-timeout': '60s', 'mcp-rounds': '1', 'alivemcp-api-key': '' },
  })
  ecr = new EcrRepository(stage.aws.endpoint, 'weather')
  await ecr.create()
})
afterAll(async () => {
  await ecr[Symbol.asyncDispose]()
  await stage.close()
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  state = await startHttpState()
})
afterEach(() => state.stop())

/** A root module that deploys an image for nothing, and the server that the image is built from. */
const files = (server: string, note = 'none') => ({
  'infra/main.tf': `
    terraform {
      ${state.backend}
    }
    variable "image" { type = string }
    resource "terraform_data" "server" { input = var.image }
    resource "terraform_data" "note" { input = "${note}" }
    output "mcp_endpoint" { value = "${serverUrl()}/mcp" }
    output "image" { value = var.image }
  `,
  'infra/terraform.tfvars': 'image = "a-default-that-must-not-be-deployed"\n',
  'server/Dockerfile': `FROM scratch\nLABEL version=${server}\n`,
})
const serverUrl = () => server.url

/** Makes the checkout a repository of git, fetched from the repository of the stage, with all its files in one commit. */
function commit(): void {
  const git = (...args: string[]) => {
    const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...author, ...args], { cwd: stage.workspace, encoding: 'utf8' }).trim()
  }
  const isNew = !existsSync(join(stage.workspace, '.git/objects'))
  if (isNew) {
    git('init', '--quiet')
    git('remote', 'add', 'origin', 'https://github.com/acme/mcp-server')
  }
  git('add', 'infra/main.tf', 'infra/terraform.tfvars', 'server')
  git('commit', '--quiet', '--allow-empty', '-m', 'The files')
  git('update-ref', 'refs/remotes/origin/main', 'HEAD')
}

const image = (tag: string) => ({ 'reviewed-images': `image=${ecr.uri}:${tag} context=server` })

async function open(title: string, changed: Readonly<Record<string, string>>, inputs: Record<string, string>) {
  const pull = await stage.open(title, changed)
  commit()
  return { pull, planned: await stage.run(stage.opened(pull), inputs) }
}

const body = async ({ number }: PullRequest) => (await stage.github.comments(number))[0]?.body ?? ''
const deployed = (result: { outputs: Record<string, string> }) =>
  JSON.parse(result.outputs['terraform-outputs'] ?? '{}').image
const byHand = (trigger: Trigger, inputs: Record<string, string>) =>
  stage.run(workflowDispatch(stage.github, { sha: trigger.github.sha }), inputs)
const reportOf = (result: { outputs: Record<string, string> }) =>
  JSON.parse(readFileSync(result.outputs['gate-report'] ?? '', 'utf8'))

/** Plans without a fingerprint, then applies the plan with its fingerprint, as the documented workflow does. */
async function approve(trigger: Trigger, inputs: Record<string, string>) {
  const planned = await byHand(trigger, inputs)
  expect(planned.conclusion).toBe('success')
  const fingerprint = planned.outputs['plan-fingerprint'] ?? ''
  return await byHand(trigger, { ...inputs, command: 'apply', 'plan-approval': fingerprint })
}

describe('build once, review, deploy the same image', () => {
  test('the reviewed digest is deployed although its tag was moved, and although the job of the merge built nothing', async () => {
    const digest = await ecr.push('v1', 'one')
    // ECR keeps an image whose tag was moved. moto forgets it without another tag.
    await ecr.push('kept', 'one')
    const { pull, planned } = await open('Once', files('one'), image('v1'))
    expect(planned.log).not.toMatch(/##\[error]/)
    expect(await body(pull)).toMatch(
      new RegExp(
        `Image for \`image\`: \`weather@${digest.slice(0, 19)}…\` \\(built from \`server\`, tree \`[0-9a-f]{12}…\`\\)`,
      ),
    )
    expect(await body(pull)).toContain(`${ecr.uri}@${digest}`)

    expect(await ecr.push('v1', 'another')).not.toBe(digest)
    const merged = await stage.merged(pull)
    const result = await stage.run(merged, image('never-built'))
    expect(result.log).not.toMatch(/##\[error]/)
    expect(result.outputs).toMatchObject({
      applied: 'true',
      'plan-fingerprint': planned.outputs['plan-fingerprint'],
    })
    expect(deployed(result)).toBe(`${ecr.uri}@${digest}`)
    expect(await body(pull)).toMatch(/Image as reviewed.*weather@/)
    expect(reportOf(result).images).toEqual([
      {
        variable: 'image',
        reference: `${ecr.uri}@${digest}`,
        context: 'server',
        tree: expect.stringMatching(/^[0-9a-f]{40}$/),
        from: 'review',
      },
    ])

    // Run again without any reference, it finds the same image in the record of its own apply, and nothing to do.
    const again = await stage.run(merged, { 'reviewed-images': 'image= context=server' })
    expect(again.outputs).toMatchObject({ 'has-changes': 'false', gate: 'passed' })

    // With plan-approval none nothing was reviewed, so the input decides.
    const free = await stage.run(merged, { ...image('v1'), 'plan-approval': 'none' })
    expect(free.log).not.toMatch(/##\[error]/)
    expect(deployed(free)).not.toBe(`${ecr.uri}@${digest}`)
  })

  test('a source that another commit changed after the review: refused before a plan, and the way on leads back to green', async () => {
    await ecr.push('outdated-1', 'outdated 1')
    const { pull } = await open('Outdated', files('one', 'a'), image('outdated-1'))
    await stage.write(files('two', 'a'))
    commit()
    const merged = await stage.merged(pull)
    const refused = await stage.run(merged, image('outdated-1'))
    expect(refused.outputs).toMatchObject({
      applied: 'false',
      'failure-code': 'IMAGE_OUTDATED',
      'failure-phase': 'approval',
    })
    expect(refused.outputs).not.toHaveProperty('has-changes')
    const comment = await body(pull)
    expect(comment).toMatch(/Not applied: the reviewed image is outdated/)
    expect(comment).toMatch(/server\/ changed after the review/)
    expect(comment).toMatch(/Start the workflow manually without a fingerprint/)
    expect(state.state).toBeUndefined()

    const digest = await ecr.push('outdated-2', 'outdated 2')
    const approved = await approve(merged, image('outdated-2'))
    expect(approved.log).not.toMatch(/##\[error]/)
    expect(deployed(approved)).toBe(`${ecr.uri}@${digest}`)
  })

  test('a source that another reviewed pull request changed in between: the image that was reviewed there is deployed', async () => {
    const base = await ecr.push('between-1', 'between 1')
    const start = await open('Between', files('one', 'a'), image('between-1'))
    expect(deployed(await stage.run(await stage.merged(start.pull), image('between-1')))).toBe(`${ecr.uri}@${base}`)
    const late = await open('Note', { 'infra/main.tf': files('one', 'b')['infra/main.tf'] }, image('between-1'))
    const digest = await ecr.push('between-2', 'between 2')
    await stage.write(files('two', 'a'))
    const first = await open('Server', { 'server/Dockerfile': files('two')['server/Dockerfile'] }, image('between-2'))
    expect(deployed(await stage.run(await stage.merged(first.pull), image('between-2')))).toBe(`${ecr.uri}@${digest}`)

    const merged = await stage.merged(late.pull)
    await stage.write(files('two', 'b'))
    commit()
    const result = await stage.run(merged, image('never-built'))
    expect(result.log).not.toMatch(/##\[error]/)
    expect(result.outputs).toMatchObject({
      applied: 'true',
      'plan-fingerprint': late.planned.outputs['plan-fingerprint'],
    })
    expect(deployed(result)).toBe(`${ecr.uri}@${digest}`)
  })

  test('an image that the registry lost: refused before a plan, and the way on leads back to green', async () => {
    const lost = await ecr.push('lost', 'lost')
    const { pull } = await open('Lost', files('lost'), image('lost'))
    await ecr.remove(lost)
    const merged = await stage.merged(pull)
    const refused = await stage.run(merged, image('lost'))
    expect(refused.outputs).toMatchObject({ applied: 'false', 'failure-code': 'IMAGE_GONE' })
    expect(await body(pull)).toMatch(/Not applied: the reviewed image is gone/)
    expect(await body(pull)).toContain(`any more: \`${ecr.uri}@${lost}\``)
    expect(state.state).toBeUndefined()

    const rebuilt = await ecr.push('lost', 'rebuilt')
    const approved = await approve(merged, image('lost'))
    expect(approved.log).not.toMatch(/##\[error]/)
    expect(deployed(approved)).toBe(`${ecr.uri}@${rebuilt}`)
  })

  test('an edited record does not choose the image, and is refused by its own code', async () => {
    await ecr.push('edited', 'edited')
    const { pull } = await open('Edited', files('edited'), image('edited'))
    const [comment] = await stage.github.comments(pull.number)
    await stage.editComment(comment?.id ?? 0, (comment?.body ?? '').replace('## ', '## Looks good: '))
    const result = await stage.run(await stage.merged(pull), image('edited'))
    expect(result.outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_RECORD_CHANGED' })
  })
})

describe('what cannot be reviewed', () => {
  test('an image that is not in the registry, with its reference', async () => {
    const { pull, planned } = await open('Missing', files('missing'), image('missing'))
    expect(planned.outputs).toMatchObject({ 'failure-code': 'IMAGE_UNRESOLVED', 'failure-phase': 'approval' })
    expect(await body(pull)).toContain(`does not have the image of the variable image: ${ecr.uri}:missing.`)
    const nothing = await open('Nothing', files('nothing'), { 'reviewed-images': 'image= context=server' })
    expect(nothing.planned.outputs).toMatchObject({ 'failure-code': 'IMAGE_UNRESOLVED' })
    expect(await body(nothing.pull)).toContain('Input reviewed-images has no reference for the variable image.')
  })

  test('a variable that the root module does not have, with those that it has', async () => {
    await ecr.push('there', 'there')
    const { planned } = await open('Misspelt', files('misspelt'), { 'reviewed-images': `imag=${ecr.uri}:there` })
    expect(planned.outputs).toMatchObject({ 'failure-code': 'INPUT_INVALID' })
    expect(planned.log).toContain(
      'names the variable "imag", which the root module does not have: its variables are image.',
    )
  })

  test('a context that the commit does not have', async () => {
    await ecr.push('context', 'context')
    const inputs = { 'reviewed-images': `image=${ecr.uri}:context context=sever` }
    const { planned } = await open('Context', files('context'), inputs)
    expect(planned.outputs).toMatchObject({ 'failure-code': 'INPUT_INVALID' })
    expect(planned.log).toContain(
      'names the context "sever" for the variable image: the checked-out commit has no such path.',
    )
  })

  test('an image of a fork: no registry is asked', async () => {
    const log = join(stage.aws.logDirectory, '../emulator.log')
    const asked = () => readFileSync(log, 'utf8').split('"POST / ').length
    const first = asked()
    await ecr.push('fork', 'fork')
    const before = asked()
    expect(before).toBeGreaterThan(first)
    const pull = await stage.open('Fork', files('fork'))
    // actions/checkout leaves the commit of the event.
    rmSync(join(stage.workspace, '.git'), { recursive: true })
    const result = await stage.run(pullRequestOpened(stage.github, pull, { fork: 'mallory' }), image('fork'))
    expect(result.summary).toContain('There is no plan: the pull request comes from a fork')
    expect(asked()).toBe(before)
  })
})
