/**
 * Code that is not trusted, with the shipped dist and the real Terraform: what of a checkout is believed, what a program that Terraform
 * starts can see, and that the code of a fork and of Dependabot is not executed where there is something to steal.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { arch, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pullRequestOpened, pushed, type Trigger } from '../support/events.ts'
import type { PullRequest } from '../support/github.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

const action = fileURLToPath(new URL('../../', import.meta.url))
const place = { owner: 'acme', repo: 'mcp-server' }
const [head, merge, base] = ['1', '2', '3'].map(digit => digit.repeat(40)) as [string, string, string]
const pull = {
  number: 7,
  headSha: head,
  baseSha: base,
  mergeCommitSha: merge,
  title: 'Deploy',
  branch: 'deploy',
} as unknown as PullRequest

let root: string
let workspace: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'untrusted-'))
  workspace = join(root, 'checkout')
  for (const each of ['checkout', 'temp', 'home']) mkdirSync(join(root, each))
})
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true })
  writeFileSync(join(workspace, path), text, { mode })
}

function run(
  trigger: Trigger,
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  return runAction({
    action,
    inputs: { comment: 'never', 'allow-local-state': 'true', 'working-directory': 'infra', ...inputs },
    event: trigger.event,
    workspace,
    temp: join(root, 'temp'),
    env: { HOME: join(root, 'home'), RUNNER_ENVIRONMENT: 'github-hosted', ...env },
    github: { ...trigger.github, apiUrl: 'http://127.0.0.1:9', token: 'ghs_canary' },
  })
}

const own = pullRequestOpened(place, pull)
const fork = pullRequestOpened(place, pull, { fork: 'mallory' })
const dependabot = { ...own, github: { ...own.github, actor: 'dependabot[bot]' } }
const push = pushed(place, { before: base, after: merge })

const main = `
  module "part" { source = "./part" }
  resource "terraform_data" "a" { input = module.part.value }
  output "workspace" { value = terraform.workspace }
  output "mcp_endpoint" { value = "http://127.0.0.1:9/mcp" }
`

describe('what a commit contains', () => {
  beforeEach(() => {
    write('infra/main.tf', main)
    write('infra/part/main.tf', 'output "value" { value = "what the source line says" }\n')
  })

  test('of .terraform is not believed: neither its workspace nor its modules, and it is as it was afterwards', async () => {
    write('infra/.terraform/environment', 'production')
    write('infra/evil/main.tf', 'output "value" { value = "what nobody reviewed" }\n')
    const modules = {
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'part', Source: './part', Dir: 'evil' },
      ],
    }
    write('infra/.terraform/modules/modules.json', JSON.stringify(modules))
    const result = await run(own)
    expect(result.conclusion, result.log).toBe('success')
    expect(result.summary).toContain('what the source line says')
    expect(result.summary).not.toContain('what nobody reviewed')
    expect(result.summary).not.toMatch(/production/)
    expect(readFileSync(join(workspace, 'infra/.terraform/environment'), 'utf8')).toBe('production')
    expect(lstatSync(join(workspace, 'infra/.terraform')).isDirectory()).toBe(true)
  })

  test('of a CLI configuration is not read, and of terraform.d/plugins is refused', async () => {
    const evil = 'provider_installation {\n  filesystem_mirror { path = "/nowhere" }\n}\nbroken {'
    for (const name of ['.terraformrc', 'terraform.rc']) write(`infra/${name}`, evil)
    expect((await run(own)).conclusion).toBe('success')
    write('infra/terraform.d/plugins/registry.terraform.io/a/b/1.0.0/linux_amd64/terraform-provider-b', '')
    const refused = await run(own)
    expect(refused.conclusion).toBe('failure')
    expect(refused.outputs['failure-code']).toBe('CODE_UNTRUSTED')
    expect(refused.log).toMatch(/terraform\.d\/plugins is in the checkout/)
  })

  test('a data directory of the workflow is used, and verify and destroy work without one in the checkout', async () => {
    const data = join(root, 'data')
    expect((await run(own, {}, { TF_DATA_DIR: data })).conclusion).toBe('success')
    expect(existsSync(join(data, 'modules/modules.json'))).toBe(true)
    const verified = await run(push, {
      command: 'verify',
      'mcp-endpoint': 'http://127.0.0.1:9/mcp',
      'mcp-timeout': '1s',
      drift: 'report',
    })
    expect(verified.outputs['failure-phase']).toBe('gate')
    expect(verified.log).not.toMatch(/no drift was|could be made/i)
    const destroyed = await run(push, { command: 'destroy', 'confirm-destroy': 'infra' })
    expect(destroyed.conclusion, destroyed.log).toBe('success')
    expect(existsSync(join(workspace, 'infra/.terraform'))).toBe(false)
  })
})

test('a commit that nothing names is refused before Terraform starts', async () => {
  write('infra/main.tf', main)
  const dispatched = { ...push, event: { ...push.event, name: 'workflow_dispatch' } }
  const result = await runAction({
    action,
    inputs: { command: 'apply', 'working-directory': 'infra', comment: 'never' },
    event: dispatched.event,
    workspace,
    temp: join(root, 'temp'),
    checkedOut: head,
    github: { ...dispatched.github, apiUrl: 'http://127.0.0.1:9', token: 'ghs_canary' },
  })
  expect(result.conclusion).toBe('failure')
  expect(result.outputs['failure-code']).toBe('CODE_UNKNOWN')
})

test('a program of trusted code gets the job’s variables, and nothing with which it could command the runner', async () => {
  write(
    'infra/main.tf',
    `${main}
    resource "terraform_data" "dump" {
      provisioner "local-exec" { command = "env > ${join(root, 'dump')}" }
    }`,
  )
  write('infra/part/main.tf', 'output "value" { value = "x" }\n')
  const env = { AWS_ACCESS_KEY_ID: 'AKIACANARY', KUBECONFIG: '/kube', ACTIONS_RUNTIME_TOKEN: 'runtime-canary' }
  await run(
    push,
    {
      'plan-approval': 'none',
      'mcp-timeout': '1s',
      'webhook-url': 'https://127.0.0.1:9/h',
      'webhook-secret': 's3cr3t-canary',
    },
    env,
  )
  const dump = readFileSync(join(root, 'dump'), 'utf8')
  expect(dump).toContain('AWS_ACCESS_KEY_ID=AKIACANARY')
  expect(dump).toContain('KUBECONFIG=/kube')
  expect(dump).not.toMatch(/^(INPUT_|STATE_|ACTIONS_RUNTIME_|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)=)/m)
  expect(dump).not.toMatch(/ghs_canary|s3cr3t-canary|runtime-canary/)
})

describe('the code of a fork and of Dependabot', () => {
  const platform = `linux_${arch() === 'arm64' ? 'arm64' : 'amd64'}`
  const stolen = () => join(root, 'stolen')

  /** A provider that writes down its own environment and that of every process above it. */
  beforeEach(() => {
    write(
      'infra/main.tf',
      `terraform {
  required_providers {
    evil = { source = "mallory/evil" }
  }
}
resource "evil_thing" "a" {}
resource "terraform_data" "b" {
  provisioner "local-exec" { command = "touch ${join(root, 'provisioned')}" }
}
`,
    )
    const plugins = 'infra/terraform.d/plugins/registry.terraform.io/mallory/evil/1.0.0'
    const walk = `#!/bin/sh
env >> '${stolen()}'
pid=$PPID
while [ "$pid" -gt 1 ]; do
  echo "process $pid" >> '${stolen()}'
  tr '\\0' '\\n' < /proc/$pid/environ >> '${stolen()}' 2>/dev/null
  pid=$(sed 's/.*) . //' /proc/$pid/stat | cut -d' ' -f1)
done
exit 1
`
    write(`${plugins}/${platform}/terraform-provider-evil_v1.0.0`, walk, 0o755)
  })

  const doors: readonly (readonly [string, Record<string, string>, Record<string, string>])[] = [
    ['AWS keys', {}, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'canary' }],
    ['an OIDC request', {}, { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' }],
    ['a web identity file', {}, { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }],
    ['a Terraform variable', {}, { TF_VAR_password: 'canary' }],
    ['a secret input', { 'alivemcp-api-key': 'canary' }, {}],
    ['a machine of one’s own', {}, { RUNNER_ENVIRONMENT: 'self-hosted' }],
  ]
  test.each(doors)('is read and not executed beside %s', async (_, inputs, env) => {
    for (const trigger of [fork, dependabot]) {
      const result = await run(trigger, inputs, env)
      expect(result.conclusion, result.log).toBe('success')
      expect(existsSync(stolen())).toBe(false)
      expect(existsSync(join(workspace, 'infra/.terraform'))).toBe(false)
      const [name = 'a runner that is not hosted by GitHub'] = [
        ...Object.keys(inputs).map(each => `input ${each}`),
        ...Object.keys(env).filter(each => each !== 'RUNNER_ENVIRONMENT'),
      ]
      expect(result.summary).toContain('Its code was read and not executed')
      expect(result.summary).toContain(`\`${name}\``)
      expect(result.summary).toContain('provider `mallory/evil`')
      expect(result.summary).toContain('the program of `terraform_data.b`')
    }
  })

  test('is validated in a job with nothing to steal, and a provider finds nothing in the processes above it', async () => {
    const env = {
      ACTIONS_RUNTIME_URL: 'https://runtime',
      AWS_REGION: 'eu-west-1',
      MY_SETTING: 'a setting of the workflow',
    }
    const result = await run(fork, { 'github-token': '' }, env)
    expect(existsSync(stolen()), result.log).toBe(true)
    const text = readFileSync(stolen(), 'utf8')
    const provider = text.slice(0, text.indexOf('process '))
    expect(provider).not.toMatch(/^(INPUT_|GITHUB_(?!ACTIONS=)|ACTIONS_|AWS_|RUNNER_|MY_SETTING)/m)
    expect(text).not.toContain('ghs_canary')
    expect(existsSync(join(root, 'provisioned'))).toBe(false)
  })

  test('is not verified, applied or destroyed', async () => {
    for (const command of ['verify', 'apply', 'destroy']) {
      const result = await run(fork, { command, 'confirm-destroy': command === 'destroy' ? 'infra' : '' })
      expect(result.conclusion).toBe('failure')
      expect(result.outputs['failure-code']).toMatch(/CODE_UNTRUSTED|INPUT_INVALID/)
    }
    expect(existsSync(stolen())).toBe(false)
  })

  test.each(['pull_request_target', 'issue_comment', 'workflow_run', 'workflow_dispatch'])(
    'is refused on %s',
    async name => {
      const trigger = {
        event: { ...fork.event, name },
        github: { ...fork.github, sha: base, ref: 'refs/heads/main' },
      }
      const result = await runAction({
        action,
        inputs: { command: 'plan', 'working-directory': 'infra', comment: 'never' },
        event: trigger.event,
        workspace,
        temp: join(root, 'temp'),
        checkedOut: head,
        github: { ...trigger.github, apiUrl: 'http://127.0.0.1:9', token: 'ghs_canary' },
      })
      expect(result.conclusion).toBe('failure')
      expect(result.outputs['failure-code']).toBe('CODE_UNTRUSTED')
      expect(existsSync(stolen())).toBe(false)
    },
  )

  test('with a shipped module, an error of syntax is shown at its place in the repository', async () => {
    rmSync(join(workspace, 'infra'), { recursive: true })
    write('infra/production.tfvars', 'name = "orders"\nimage = "unclosed\n')
    const inputs = { stack: 'ecs', 'var-file': 'production.tfvars', forks: 'fail' }
    const result = await run(fork, inputs, { AWS_ACCESS_KEY_ID: 'AKIA' })
    expect(result.outputs['failure-code']).toBe('CHECK_INVALID')
    expect(result.annotations).toContainEqual({
      level: 'error',
      message: expect.stringMatching(/multi-line string/i),
      properties: { file: 'infra/production.tfvars', line: '2' },
    })
  })

  test('a link to a file of the runner is not quoted, and no Terraform of the checkout runs', async () => {
    mkdirSync(join(root, 'home/.aws'))
    writeFileSync(join(root, 'home/.aws/credentials'), 'aws_secret_access_key = "file-canary\n')
    symlinkSync(join(root, 'home/.aws/credentials'), join(workspace, 'infra/linked.tf'))
    write('infra/broken.tf', 'resource "x" {\n')
    write('bin/terraform', `#!/bin/sh\ntouch '${stolen()}'\n`, 0o755)
    const result = await run(fork, {}, { PATH: `${join(workspace, 'bin')}:${process.env.PATH}` })
    expect(result.log + result.summary).not.toContain('file-canary')
    expect(result.summary).toMatch(/broken\.tf/)
    expect(result.summary).toContain('whatever is in `infra/linked.tf`')
    expect(existsSync(stolen())).toBe(false)
  })
})
