/** Many stacks, through the shipped action: which of them a pull request concerns, what joins them, and a shared state. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pullRequestOpened, pushed, scheduled, type Trigger, workflowDispatch } from '../support/events.ts'
import { type GitHub, startGitHub } from '../support/github.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

const action = fileURLToPath(new URL('../../', import.meta.url))
let github: GitHub
let directory: string
let workspace: string

beforeEach(async () => {
  github = await startGitHub({ owner: 'acme', repo: 'infra', permissions: { contents: 'read', pull_requests: 'read' } })
  directory = mkdtempSync(join(tmpdir(), 'stacks-e2e-'))
  workspace = join(directory, 'checkout')
  mkdirSync(workspace)
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.stop()
  rmSync(directory, { recursive: true, force: true })
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true })
    writeFileSync(join(workspace, name), content)
  }
}

/** Without Terraform on PATH: none of this may start one. */
function run(trigger: Trigger, inputs: Readonly<Record<string, string>>, job = 'deploy'): Promise<ActionResult> {
  return runAction({
    action,
    inputs,
    event: trigger.event,
    workspace,
    temp: join(directory, 'temp'),
    env: { PATH: join(directory, 'none') },
    github: { ...trigger.github, apiUrl: github.apiUrl, token: github.token, job },
  })
}

const messages = (result: ActionResult) =>
  result.annotations.map(({ level, message }) => `${level}: ${message}`).join('\n')
const names = (result: ActionResult) =>
  (JSON.parse(result.outputs.stacks ?? '') as { include: { name: string }[] }).include.map(({ name }) => name)

const repository = {
  'modules/server/main.tf':
    'module "server" {\n  source = "github.com/acme/terraform-mcp-deploy//terraform/ecs?ref=v1"\n}\n',
  'services/weather/main.tf': 'module "server" {\n  source = "../../modules/server"\n}\n',
  'services/weather/.mcp-deploy.yml': 'environments: { staging: { var-file: staging.tfvars }, production: }\n',
  'services/maps/main.tf':
    'module "ours" {\n  source = "git@github.com:acme/terraform-mcp-deploy.git//terraform/ec2"\n}\n',
}

test('a pull request that changes a module concerns exactly the stacks that call it; a push, a schedule', async () => {
  write(repository)
  await github.push(repository, 'Three stacks')
  const change = { 'modules/server/main.tf': `${repository['modules/server/main.tf']}# changed\n`, 'README.md': 'new' }
  write(change)
  const pull = await github.createPullRequest({ title: 'Change', branch: 'change', files: change })
  const discovered = await run(pullRequestOpened(github, pull), { command: 'discover' })
  expect(messages(discovered)).toBe('')
  expect(names(discovered)).toEqual(['services/weather (production)', 'services/weather (staging)'])
  expect(discovered.outputs).toMatchObject({ command: 'discover', 'stack-count': '2', 'failed-phase': '' })
  expect(JSON.parse(discovered.outputs.batches ?? '')).toEqual([JSON.parse(discovered.outputs.stacks ?? '')])
  expect(readFileSync(discovered.outputs['stacks-file'] ?? '', 'utf8').trim()).toBe(discovered.outputs.batches)
  expect(discovered.summary).toContain('## 2 of 3 stacks')

  const push = await github.push({ 'services/maps/x.json': '{}' }, 'Maps')
  expect(names(await run(pushed(github, push), { command: 'discover' }))).toEqual(['services/maps'])
  const unrelated = await github.push({ LICENSE: 'x' }, 'Nothing')
  const none = await run(pushed(github, unrelated), { command: 'discover' })
  expect(none.outputs).toMatchObject({ stacks: '{"include":[]}', batches: '[]', 'stack-count': '0' })
  const all = await run(scheduled(github, { sha: push.after }), { command: 'discover', 'github-token': '' })
  expect(names(all)).toEqual(['services/maps', 'services/weather (production)', 'services/weather (staging)'])
})

test('what is wrong with a stack is red, and named', async () => {
  write({ ...repository, 'services/weather/.mcp-deploy.yml': 'enviroment: x' })
  const result = await run(workflowDispatch(github, { sha: 'a'.repeat(40) }), { command: 'discover' })
  expect(result.conclusion).toBe('failure')
  expect(messages(result)).toMatch(
    /^error: services\/weather\/\.mcp-deploy\.yml:1: key enviroment is "x": there is no such key/,
  )
  expect(result.outputs['failed-phase']).toBe('start')
})

test('summary joins the reports, and a stack that left none is red', async () => {
  write(repository)
  const trigger = workflowDispatch(github, { sha: 'a'.repeat(40) })
  const { outputs } = await run(trigger, { command: 'discover' })
  const report = (name: string, more = {}) =>
    JSON.stringify({
      command: 'apply',
      target: { name, directory: 'x' },
      runUrl: 'https://github.com/acme/infra/actions/runs/1',
      apply: 'done',
      gate: { passed: true, endpoint: 'https://x/mcp' },
      ...more,
    })
  write({
    'reports/maps/report.json': report('services/maps'),
    'reports/s/report.json': report('services/weather (staging)'),
  })
  const inputs = { command: 'summary', reports: 'reports', stacks: outputs.stacks ?? '' }
  const red = await run(trigger, inputs)
  expect(red.conclusion).toBe('failure')
  expect(red.outputs).toMatchObject({ 'failed-stacks': '["services/weather (production)"]', 'stack-count': '3' })
  expect(messages(red)).toBe(
    'error: 1 of 3 stacks failed or left no report: "services/weather (production)". The job summary has their sentences.',
  )
  expect(red.summary).toContain('| ✅ `services/maps` | Applied and verified |')

  write({ 'reports/p/report.json': report('services/weather (production)') })
  cpSync(outputs['stacks-file'] ?? '', join(workspace, 'stacks.json'))
  const green = await run(trigger, { ...inputs, stacks: 'stacks.json' })
  expect(messages(green)).toBe('')
  expect(green.outputs['failed-stacks']).toBe('[]')

  const none = await run(trigger, { ...inputs, reports: 'none', stacks: '{"include":[]}' })
  expect(messages(none)).toBe('notice: There was no stack to run for.')
  const unknown = await run(trigger, { ...inputs, reports: 'none', stacks: '' })
  expect(unknown.conclusion).toBe('failure')
  expect(messages(unknown)).toMatch(/where there is no report, and input stacks is empty/)
})

test('two environments of a workflow with one state are refused before Terraform is looked for', async () => {
  const job = (name: string) => `  ${name}:
    runs-on: ubuntu-24.04
    environment: ${name}
    steps:
      - uses: ./
        with:
          working-directory: infra
          var-file: ${name}.tfvars
`
  write({
    '.github/workflows/deploy.yml': `on: { push: { branches: [main] } }\njobs:\n${job('staging')}${job('production')}`,
    'infra/main.tf': 'terraform {\n  backend "s3" {\n    bucket = "acme-state"\n    key = "mcp.tfstate"\n  }\n}\n',
    'infra/staging.tfvars': '',
  })
  const inputs = { command: 'plan', 'working-directory': 'infra', 'var-file': 'staging.tfvars', comment: 'never' }
  const trigger = workflowDispatch(github, { sha: 'a'.repeat(40) })
  const refused = await run(trigger, inputs, 'staging')
  expect(refused.conclusion).toBe('failure')
  expect(messages(refused)).toContain(
    'The jobs "staging" and "production" in .github/workflows/deploy.yml deploy the environments "staging" and "production" ' +
      'with the same state (s3, bucket acme-state, key mcp.tfstate, workspace default)',
  )
  expect(refused.outputs['failed-phase']).toBe('start')
  // Of another job of that file nothing is said: it comes as far as Terraform, which is not there.
  const other = await run(trigger, { ...inputs, 'terraform-mirror': 'http://127.0.0.1:9' }, 'lint')
  expect(messages(other)).not.toContain('same state')
  expect(other.outputs['failed-phase']).toBe('install')
})
