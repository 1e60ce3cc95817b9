import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  pullRequestClosed,
  pullRequestOpened,
  pushed,
  scheduled,
  type Trigger,
  workflowDispatch,
} from '../support/events.ts'
import { type GitHub, type PullRequest, startGitHub } from '../support/github.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { isNoNotice } from '../support/notices.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

const action = fileURLToPath(new URL('../../', import.meta.url))

let server: Listening
let github: GitHub
let state: HttpState
let directory: string
let workspace: string
/** Is there as soon as a Terraform was started. */
let started: string
let terraform: string

beforeAll(async () => {
  server = await v2()
  terraform = (await promisify(execFile)('which', ['terraform'])).stdout.trim()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  github = await startGitHub({ owner: 'acme', repo: 'infra' })
  state = await startHttpState()
  directory = mkdtempSync(join(tmpdir(), 'inputs-e2e-'))
  workspace = join(directory, 'checkout')
  started = join(directory, 'started')
  for (const each of [workspace, join(directory, 'bin')]) mkdirSync(each)
  const wrapper = join(directory, 'bin/terraform')
  writeFileSync(wrapper, `#!/bin/sh\nprintf '%s\\0' "$@" >> '${started}'\nexec '${terraform}' "$@"\n`)
  chmodSync(wrapper, 0o755)
})
afterEach(async () => {
  await github.stop()
  await state.stop()
  rmSync(directory, { recursive: true, force: true })
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true })
    writeFileSync(join(workspace, name), content)
  }
}

async function opened(files: Readonly<Record<string, string>>): Promise<PullRequest> {
  write(files)
  return await github.createPullRequest({ title: 'One', branch: 'one', files: { ...files } })
}

async function merged({ number }: PullRequest): Promise<Trigger> {
  const { sha, before } = await github.merge(number)
  github.requests.length = 0
  return pushed(github, { before, after: sha })
}

function run(trigger: Trigger, inputs: Readonly<Record<string, string>>, env = {}): Promise<ActionResult> {
  return runAction({
    action,
    inputs: { 'mcp-timeout': '60s', 'plan-approval': 'none', ...inputs },
    event: trigger.event,
    workspace,
    temp: join(directory, 'temp'),
    env: { PATH: [join(directory, 'bin'), process.env.PATH].join(delimiter), ...env },
    github: { ...trigger.github, apiUrl: github.apiUrl, token: github.token },
  })
}

const errors = (result: ActionResult) =>
  result.annotations
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message)
    .join('\n')
/** As a reader sees them: an underscore is written as an entity. */
const comments = async (number: number) =>
  (await github.comments(number)).map(({ body }) => body.replaceAll('&#95;', '_')).filter(isNoNotice)

/** The smallest module that can be applied without AWS, for one instance that is served at `endpoint`. */
const module = (backend = '') => ({
  'infra/main.tf': `
    terraform {
      ${backend}
    }
    resource "terraform_data" "instance" {}
    output "mcp_endpoint" { value = "${server.url}/mcp" }
    output "instance_id" { value = "i-0123456789" }
  `,
})
const infra = { 'working-directory': 'infra' }

describe('a bad input is red before anything runs', () => {
  test.each([
    [{ command: 'deploy' }, /Input command is "deploy": allowed are "auto", "plan", "apply"/],
    [{ command: '' }, /Input command is ""/],
    [{ stack: 'fargate' }, /Input stack is "fargate": allowed are "ecs"/],
    [{ 'working-directory': 'nowhere' }, /Input working-directory is "nowhere": there is no such directory/],
    [{ 'working-directory': '../..' }, /Input working-directory is "\.\.\/\.\.": it must lie inside/],
    [{ workspace: 'a/b' }, /Input workspace is "a\/b"/],
    [{ 'var-file': 'none.tfvars' }, /Input var-file names "none.tfvars": there is no such file/],
    [{ 'backend-config': 'none.tfbackend' }, /Input backend-config has the line "none.tfbackend"/],
    [{ target: '-weird' }, /Input target has the line "-weird", which is not the address/],
    [{ target: 'aws_instance.web\n$(touch pwned)' }, /Input target has the line "\$\(touch pwned\)"/],
    [
      { replace: 'module.server' },
      /Input replace has the line "module.server", which is not the address of a resource instance/,
    ],
    [{ workspace: 'a\nb' }, /Input workspace is "a\nb"/],
    [{ workspace: '$(touch pwned)' }, /Input workspace is/],
    [{ 'var-file': '$(touch pwned).tfvars' }, /Input var-file names "\$\(touch pwned\).tfvars"/],
    [{ 'backend-config': '-reconfigure' }, /Input backend-config has the line "-reconfigure"/],
    [{ tool: 'pulumi' }, /Input tool is "pulumi": allowed are "terraform", "tofu"/],
    [{ 'terraform-mirror': 'mirror' }, /Input terraform-mirror is "mirror": it must be a URL/],
    [{ 'terraform-version': '1.x' }, /Terraform "1.x" from the input terraform-version is not a version/],
    [{ 'lock-timeout': 'soon' }, /Input lock-timeout is "soon": a duration is/],
    [{ parallelism: '0' }, /Input parallelism is "0"/],
    [{ comment: 'yes' }, /Input comment is "yes": allowed are "always", "changes", "never"/],
    [{ 'ecs-cluster': 'prod' }, /Input ecs-cluster is set and ecs-service is not/],
    [{ 'mcp-endpoint': 'mcp.example' }, /Input mcp-endpoint is "mcp.example"/],
    [{ 'mcp-headers': 'hidden-token-value' }, /Input mcp-headers has a line that is not a header/],
    [{ 'mcp-require': 'all' }, /Input mcp-require is "all"/],
    [{ 'mcp-timeout': '0s' }, /Input mcp-timeout is "0s"/],
    [{ 'on-failure': 'destroy' }, /Input on-failure is "destroy": allowed are "taint"/],
    [{ 'alivemcp-api-key': 'k', 'alivemcp-api-url': 'http://x.example' }, /only sent over https/],
    [{ 'allow-local-state': '1' }, /Input allow-local-state is "1": allowed are "true" and "false"/],
  ] as const)('%j', async (inputs, message) => {
    const trigger = workflowDispatch(github, { sha: 'a'.repeat(40) })
    write(module())
    const result = await run(trigger, { ...infra, ...inputs })
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(message)
    expect(result.log).not.toContain('hidden-token-value')
    expect(existsSync(started)).toBe(false)
    expect(github.requests).toEqual([])
  })
})

describe('what is given reaches Terraform as one argument', () => {
  test.each([
    'two words',
    'a,b',
    `"quoted" 'so'`,
    '$(touch pwned) `touch pwned` ; touch pwned',
    '-dash',
    '--',
    '*',
    '%0A::error::x',
  ])('%s', async name => {
    const address = `terraform_data.each[${JSON.stringify(name)}]`
    write({
      'infra/main.tf': `
          terraform {
            backend "local" {}
          }
          variable "value" { type = string }
          resource "terraform_data" "each" {
            for_each = toset([${JSON.stringify(name)}, "other"])
            input    = var.value
          }
          output "mcp_endpoint" { value = "${server.url}/mcp" }
          output "instance_id" { value = "i-0123456789" }
        `,
      [`infra/${name}.tfvars`]: 'value = "from the file"\n',
      [`infra/${name}.tfbackend`]: `path = ${JSON.stringify(`${name}.tfstate`)}\n`,
    })
    const result = await run(workflowDispatch(github, { sha: 'a'.repeat(40) }), {
      ...infra,
      'var-file': `${name}.tfvars`,
      'backend-config': `${name}.tfbackend\npath=${name}.tfstate`,
      target: address,
      replace: address,
      workspace: '-or-create=false',
    })
    expect(errors(result)).toBe('')
    expect(JSON.parse(result.outputs['plan-summary'] ?? '{}')).toMatchObject({ add: 1 })
    const given = readFileSync(started, 'utf8').split('\0')
    for (const argument of [
      `-var-file=${workspace}/infra/${name}.tfvars`,
      `-backend-config=${workspace}/infra/${name}.tfbackend`,
      `-backend-config=path=${name}.tfstate`,
      `-target=${address}`,
      `-replace=${address}`,
      '-or-create=false',
    ]) {
      expect(given).toContain(argument)
    }
    expect(readdirSync(workspace).filter(name => name !== '.git')).toEqual(['infra'])
    expect(readdirSync(join(workspace, 'infra'))).not.toContain('pwned')
  })
})

describe('the root module', () => {
  test('stack and a module of your own', async () => {
    const pull = await opened(module())
    const result = await run(pullRequestOpened(github, pull), { ...infra, stack: 'ecs' })
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/stack is "ecs", and .*infra\/main.tf belongs to a root module of your own/)
    expect(existsSync(started)).toBe(false)
    expect((await comments(pull.number))[0]).toMatch(/belongs to a root module of your own/)
  })

  test('neither', async () => {
    const pull = await opened({ 'infra/README.md': 'nothing here' })
    const result = await run(pullRequestOpened(github, pull), infra)
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/no root module to run: .*infra has no \.tf file and the input stack is empty/)
    expect(existsSync(started)).toBe(false)
  })

  test('missing outputs are named on the pull request', async () => {
    const pull = await opened({ 'infra/main.tf': 'output "ecs_cluster_name" { value = "prod" }\n' })
    const result = await run(pullRequestOpened(github, pull), infra)
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/lacks the outputs mcp_endpoint, ecs_service_name/)
    const [comment, ...more] = await comments(pull.number)
    expect(more).toEqual([])
    expect(comment).toMatch(/mcp_endpoint/)
    expect(comment).toMatch(/ecs_service_name/)
    expect(comment).toMatch(/Plan failed/)
  })

  test('and before an apply, which changes nothing then', async () => {
    const pull = await opened({
      'infra/main.tf': `terraform {\n${state.backend}\n}\nresource "terraform_data" "a" {}\n`,
    })
    const result = await run(await merged(pull), infra)
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/lacks the output mcp_endpoint,/)
    expect(result.outputs.applied).toBe('false')
    expect(state.resources()).toEqual([])
    expect(state.lock).toBeUndefined()
    expect(await comments(pull.number)).toHaveLength(1)
  })
})

describe('what Terraform says is wrong', () => {
  test('is annotated at its line, and listed in comment, summary and report', async () => {
    const pull = await opened({
      'infra/main.tf': 'module "server" {\n  source = "./server"\n  key = var.key\n}\nvariable "key" {}\n',
      'infra/server/main.tf':
        'variable "key" {}\nresource "terraform_data" "a" {\n  inputs = var.key\n}\nresource "terraform_data" "b" {\n  input = var.kye\n}\n',
    })
    const result = await run(pullRequestOpened(github, pull), infra, { TF_VAR_key: 'x' })
    expect(result.conclusion).toBe('failure')
    expect(result.annotations).toEqual([
      {
        level: 'error',
        message: expect.stringMatching(/^Unsupported argument\n\n {2}on server\/main\.tf line 3, in resource/),
        properties: { file: 'infra/server/main.tf', line: '3' },
      },
      {
        level: 'error',
        message: expect.stringMatching(/^Reference to undeclared input variable\n/),
        properties: { file: 'infra/server/main.tf', line: '6' },
      },
      {
        level: 'error',
        message:
          'Plan failed: TERRAFORM_PLAN_FAILED: terraform plan failed with exit code 1: Unsupported argument (infra/server/main.tf:3), and 1 more error.',
        properties: {},
      },
    ])
    const [comment, ...more] = await comments(pull.number)
    expect(more).toEqual([])
    const url = `https://github.com/acme/infra/blob/${pull.headSha}/infra/server/main.tf#L3`
    for (const text of [comment, result.summary]) {
      expect(text).toContain('Problems: 2 errors')
      expect(text).toContain(`[\`infra/server/main.tf:3\`](${url}): **Unsupported argument**`)
    }
    const report = JSON.parse(readFileSync(result.outputs['gate-report'] ?? '', 'utf8'))
    expect(report.problems).toMatchObject([
      { severity: 'error', summary: 'Unsupported argument', file: 'infra/server/main.tf', line: 3, url },
      { severity: 'error', summary: 'Reference to undeclared input variable' },
    ])
  })

  test('says no secret, gives the runner no command, and is counted where it is too much', async () => {
    const secret = 'open-sesame-4711'
    const pull = await opened({
      'infra/main.tf': `
        variable "key" {}
        resource "terraform_data" "a" {
          for_each = toset([for n in range(12) : tostring(n)])
          lifecycle {
            precondition {
              condition     = var.key == each.key
              error_message = "It is \${var.key}.\\n::error file=x::pwned\\n##[error]pwned\\n</details> @everyone"
            }
          }
        }
      `,
    })
    const result = await run(
      pullRequestOpened(github, pull),
      { ...infra, 'mcp-headers': `X-Key: ${secret}` },
      { TF_VAR_key: secret },
    )
    expect(result.annotations.map(({ level }) => level)).toEqual(Array(10).fill('error'))
    expect(result.annotations.map(({ properties }) => properties.file)).toEqual([
      ...Array(9).fill('infra/main.tf'),
      undefined,
    ])
    expect(result.annotations[9]?.message).toMatch(/The first 9 of 12 errors are annotated/)
    const [comment = ''] = await comments(pull.number)
    expect(comment).toContain('Problems: 12 errors')
    const report = readFileSync(result.outputs['gate-report'] ?? '', 'utf8')
    for (const text of [comment, report, result.summary, JSON.stringify(result.annotations)]) {
      expect(text).toMatch(/It is \*\*\*/)
      expect(text).not.toContain(secret)
    }
  })

  test('a warning of a plan is annotated on the pull request, which stays green', async () => {
    const pull = await opened({
      ...module(),
      'infra/old.tf': 'resource "terraform_data" "old" {\n  lifecycle {\n    ignore_changes = [output]\n  }\n}\n',
    })
    const result = await run(pullRequestOpened(github, pull), infra)
    expect(result.conclusion).toBe('success')
    expect(result.annotations).toEqual([
      {
        level: 'warning',
        message: expect.stringMatching(/^Redundant ignore_changes element\n\n/),
        properties: { file: 'infra/old.tf', line: '1' },
      },
    ])
  })
})

describe('a local state', () => {
  test('is refused by an apply: it would be lost', async () => {
    const pull = await opened(module())
    const result = await run(await merged(pull), infra)
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/The state is local, so it would be lost with this job.*backend "s3"/)
    expect(errors(result)).toMatch(/allow-local-state/)
    expect(existsSync(join(workspace, 'infra/terraform.tfstate'))).toBe(false)
    expect((await comments(pull.number))[0]).toMatch(/The state is local/)
  })

  test('is applied when that is allowed, and planned without a word', async () => {
    const pull = await opened(module())
    expect((await run(pullRequestOpened(github, pull), infra)).conclusion).toBe('success')
    const result = await run(await merged(pull), { ...infra, 'allow-local-state': 'true' })
    expect(errors(result)).toBe('')
    expect(result.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
    expect(existsSync(join(workspace, 'infra/terraform.tfstate'))).toBe(true)
  })

  test('a state elsewhere is none', async () => {
    const result = await run(await merged(await opened(module(state.backend))), infra)
    expect(errors(result)).toBe('')
    expect(result.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
    expect(state.resources()).toHaveLength(1)
  })
})

describe('verify', () => {
  test('with an endpoint needs no Terraform, no AWS and no GitHub', async () => {
    const trigger = scheduled(github, { sha: 'a'.repeat(40) })
    const none = { PATH: join(directory, 'none'), HTTPS_PROXY: 'http://127.0.0.1:9' }
    const result = await run(trigger, { 'mcp-endpoint': `${server.url}/mcp`, 'github-token': '' }, none)
    expect(errors(result)).toBe('')
    expect(result.conclusion).toBe('success')
    expect(result.outputs).toMatchObject({ command: 'verify', gate: 'passed', applied: 'false' })
    expect(github.requests).toEqual([])
  })

  test('without one reads the state, and changes nothing', async () => {
    await run(await merged(await opened(module(state.backend))), infra)
    const before = state.state
    rmSync(started)
    const result = await run(scheduled(github, { sha: 'a'.repeat(40) }), infra)
    expect(errors(result)).toBe('')
    expect(result.outputs).toMatchObject({ command: 'verify', gate: 'passed', 'mcp-endpoint': `${server.url}/mcp` })
    expect(state.state).toBe(before)
  })

  test('of what was never deployed names the output', async () => {
    write(module(state.backend))
    const result = await run(scheduled(github, { sha: 'a'.repeat(40) }), infra)
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/The output mcp_endpoint has no value/)
  })
})

test('a pull request that is closed without a merge: its comment says so, and nothing else is done', async () => {
  const pull = await opened(module())
  const trigger = pullRequestClosed(github, pull)
  const before = await run(trigger, infra)
  expect(before.conclusion).toBe('success')
  expect(await comments(pull.number)).toEqual([])
  expect((await run(pullRequestOpened(github, pull), infra)).conclusion).toBe('success')
  rmSync(started)

  const result = await run(trigger, infra)
  expect(result.conclusion).toBe('success')
  expect(result.outputs.command).toBe('none')
  expect(result.annotations).toEqual([
    expect.objectContaining({ level: 'notice', message: expect.stringMatching(/closed without being merged/) }),
  ])
  expect(existsSync(started)).toBe(false)
  const [comment, ...more] = await comments(pull.number)
  expect(more).toEqual([])
  expect(comment).toMatch(/## ⚪ Closed · infra\n\nThis pull request was closed without being merged/)
  expect(comment).not.toContain('1 to add, 0 to change, 0 to destroy**')
})

describe('GitHub at fault', () => {
  test('two runs of one pull request at once: one comment', async () => {
    const pull = await opened(module())
    const trigger = pullRequestOpened(github, pull)
    const results = await Promise.all([run(trigger, infra), run(trigger, infra)])
    expect(results.map(errors)).toEqual(['', ''])
    expect(await comments(pull.number)).toHaveLength(1)
    expect(github.violations).toEqual([])
  })

  test('a comment that is refused for good is red, and the plan is in the summary', async () => {
    const pull = await opened(module())
    github.faults.push({ method: 'POST', path: /\/comments$/, times: 99, status: 422, body: { message: 'Spam' } })
    const result = await run(pullRequestOpened(github, pull), infra)
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/GitHub did not give or take the comment .*Spam/)
    expect(result.summary).toContain('# terraform_data.instance will be created')
    expect(readFileSync(result.outputs['plan-file'] ?? '', 'utf8')).toContain(
      '# terraform_data.instance will be created',
    )
    expect(result.outputs['has-changes']).toBe('true')
  })

  test('a summary that cannot be written loses neither comment nor report', async () => {
    const pull = await opened(module())
    // A program of Terraform does not get the variable; the environment of the action has it.
    const inTheWay = `rm -f "$(tr '\\0' '\\n' < /proc/$PPID/environ | sed -n 's/^GITHUB_STEP_SUMMARY=//p')"`
    writeFileSync(join(directory, 'bin/terraform'), `#!/bin/sh\n${inTheWay}\nexec '${terraform}' "$@"\n`)
    const result = await run(pullRequestOpened(github, pull), infra)
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/Unable to access summary file/)
    expect((await comments(pull.number))[0]).toContain('**1 to add, 0 to change, 0 to destroy**')
    const kept = readdirSync(dirname(result.outputs['gate-report'] ?? '')).sort()
    expect(kept).toEqual(['plan.txt', 'report.json'])
  })
})

describe('an event that asks for nothing is a notice, and green', () => {
  const sha = 'a'.repeat(40)
  test.each([
    [
      'a push to another branch',
      async () => ({ ...pushed(github, { before: sha, after: sha }), ref: 'refs/heads/topic' }),
      /refs\/heads\/topic is not the default branch main/,
    ],
    [
      'a comment',
      async () => ({ ...workflowDispatch(github, { sha }), event: { name: 'issue_comment', payload: {} } }),
      /the event issue_comment neither plans/,
    ],
  ] as const)('%s', async (_, event, message) => {
    const { ref, ...trigger } = { ref: undefined, ...(await event()) }
    if (ref !== undefined) trigger.github.ref = ref
    write(module())
    github.requests.length = 0
    const result = await run(trigger, infra)
    expect(result.conclusion).toBe('success')
    expect(result.outputs.command).toBe('none')
    expect(result.annotations).toEqual([
      expect.objectContaining({ level: 'notice', message: expect.stringMatching(message) }),
    ])
    expect(existsSync(started)).toBe(false)
    expect(github.requests).toEqual([])
  })
})
