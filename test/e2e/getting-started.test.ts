/**
 * docs/getting-started.md, done as it says: its files and commands are taken out of the page and run. AWS is the stand-in,
 * the modules are those of this repository, and `gh` only notes what it was given.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { openWorkspace, type Workspace } from '../modules/workspace.ts'
import { fillTemplate } from '../support/expressions.ts'
import { createHostedZone } from '../support/hosted-zone.ts'
import { type Block, codeBlocks, fileBlocks } from '../support/markdown-blocks.ts'
import { type Stage, setStage } from '../support/stage.ts'
import { terraformSettings } from '../support/toolchain.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(join(repository, 'docs/getting-started.md'), 'utf8')
const blocks = codeBlocks(page)
/** The first of each path: the page shows production.tfvars again when it breaks it. */
const files = fileBlocks(blocks)

/** Blocks of commands that need Docker, npm's registry, GitHub itself or AWS as it is. */
const notRun = [/^npm init/, /^gh api/, /^aws ecr/, /^git switch/, /^gh pr merge/, /^npx @model/]

let stage: Stage
let workspace: Workspace
beforeAll(async () => {
  workspace = openWorkspace()
  stage = await setStage({ images: {}, inputs: { 'alivemcp-api-key': '' } })
})
afterAll(async () => {
  await stage?.close()
  workspace?.remove()
})

test('every block of commands is run here, or known not to be', () => {
  const commands = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)
  const others = commands.filter(text => !notRun.some(pattern => pattern.test(text)))
  expect(others.map(text => text.split(' ', 3).join(' '))).toEqual([
    'terraform -chdir=bootstrap init\nterraform',
    'terraform -chdir=bootstrap init',
    'gh variable set',
    'cp bootstrap/.terraform.lock.hcl .terraform.lock.hcl\n',
  ])
})

test('the packages of the page are those that it is tested with', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  const named = [...page.matchAll(/(@modelcontextprotocol\/(?:server|node))@([\d.]+)/g)]
  expect(named.map(([, name = '', version]) => [name, version])).toEqual(
    ['@modelcontextprotocol/server', '@modelcontextprotocol/node'].map(name => [name, devDependencies[name]]),
  )
})

test('bootstrap, variables, pull request', async () => {
  const checkout = join(workspace.directory, 'repository')
  for (const path of ['bootstrap/main.tf', 'production.tfvars', '.gitignore']) write(checkout, path)
  const bin = join(workspace.directory, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'gh'), '#!/bin/sh\nprintf "%s\\n" "$*" >> "$GH_CALLS"\n', { mode: 0o755 })
  const calls = join(workspace.directory, 'calls.txt')
  const env = {
    ...process.env,
    ...stage.aws.env,
    ...terraformSettings(workspace.directory),
    // What a person answers at the prompt.
    TF_CLI_ARGS_apply: '-auto-approve',
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    GH_CALLS: calls,
  }
  const sh = async (text: string) =>
    (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', text], { cwd: checkout, env, maxBuffer: 64 << 20 }))
      .stdout

  const [initialize = '', apply = ''] = commandsOf(/^terraform -chdir=bootstrap init\n/).split('\n')
  await sh(initialize)
  const applied = sh(apply)
  applied.catch(() => {})

  // The provider waits for most of a minute for the rules of the bucket: the pull request is planned meanwhile.
  const bucket = /bucket=(\S+)/.exec(inputsOf('deploy.yml')['backend-config'] ?? '')?.[1]
  for (let tries = 0; (await fetch(`${stage.aws.endpoint}/${bucket}`, { method: 'HEAD' })).status === 404; tries++) {
    if (tries > 60) throw new Error(`No bucket ${bucket} was made: ${await applied}`)
    await delay(500)
  }
  await sh(commandsOf(/^cp bootstrap/))
  const lockFile = readFileSync(join(checkout, '.terraform.lock.hcl'), 'utf8')
  const pull = await stage.open('First deployment', {
    'production.tfvars': fileText('production.tfvars').replace(
      'Z0123456789ABCDEFGHIJ',
      await createHostedZone(stage.aws.endpoint, 'example.com'),
    ),
    '.terraform.lock.hcl': lockFile,
  })
  const planned = await stage.run(stage.opened(pull), inputsOf('deploy.yml'))
  expect(planned.conclusion, planned.log).toBe('success')
  const [comment] = await stage.github.comments(pull.number)
  const promised = /^> (\*\*\d+ to add, 0 to change, 0 to destroy\*\*)$/m.exec(page)?.[1]
  expect(comment?.body).toContain(promised)
  expect(planned.annotations).toEqual([])

  const output = await applied
  expect(output).toContain('Apply complete!')
  write(checkout, 'bootstrap/backend.tf')
  await sh(commandsOf(/-migrate-state/))
  expect(await sh('terraform -chdir=bootstrap state list')).toContain('module.backend.aws_s3_bucket.this')

  await sh(commandsOf(/^gh variable set/))
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toEqual([
    'variable set AWS_PLAN_ROLE --body arn:aws:iam::123456789012:role/mcp-deploy-plan',
    'variable set AWS_APPLY_ROLE --body arn:aws:iam::123456789012:role/mcp-deploy-apply',
  ])
  const told = (await sh('terraform -chdir=bootstrap output -raw backend_config')).trim()
  for (const workflow of ['deploy.yml', 'verify.yml']) expect(inputsOf(workflow)['backend-config']?.trim()).toBe(told)
  const registry = await sh('terraform -chdir=bootstrap output -raw image_repository')
  expect(fileText('production.tfvars')).toContain(`"${registry}:`)
})

test('the server passes the gate at its path, and at another one the gate says what the page says', async () => {
  const directory = join(workspace.directory, 'server')
  write(directory, 'server.mjs')
  symlinkSync(join(repository, 'node_modules'), join(directory, 'node_modules'))
  const port = await freePort()
  const server = spawn(process.execPath, ['server.mjs'], {
    cwd: directory,
    env: { ...process.env, PORT: `${port}` },
    stdio: 'inherit',
  })
  try {
    const origin = `http://127.0.0.1:${port}`
    for (let tries = 0; !(await isHealthy(origin)); tries++) {
      if (tries > 100) throw new Error('The server of the page does not answer on /health.')
      await delay(100)
    }
    const verify = (path: string) =>
      stage.run(
        { event: { name: 'schedule', payload: {} }, github: { repository: 'acme/mcp-server', sha: '', ref: '' } },
        { 'mcp-endpoint': `${origin}${path}`, 'mcp-tools': inputsOf('verify.yml')['mcp-tools'] ?? '' },
      )
    const green = await verify('/mcp')
    expect(green.conclusion, green.log).toBe('success')
    expect(green.outputs['mcp-eras']).toBe('{"modern":"passed","legacy":"passed","http-sse":"absent"}')

    const red = await verify('/weather')
    expect(red.conclusion).toBe('failure')
    const [, code, sentence] = /^> \*\*([A-Z_0-9]+)\*\*: (.+)$/m.exec(page) ?? []
    expect(red.outputs['gate-code']).toBe(code)
    const [annotation] = red.annotations.filter(({ level }) => level === 'error')
    expect(annotation?.message).toContain(sentence?.replaceAll('https://mcp.example.com', origin))
  } finally {
    server.kill()
  }
})

function commandsOf(pattern: RegExp): string {
  const found = blocks.filter(({ language, text }) => language === 'sh' && pattern.test(text))
  if (found.length !== 1) throw new Error(`${found.length} blocks of commands of the page match ${pattern}.`)
  return (found[0] as Block).text
}

function fileText(path: string): string {
  const text = files.get(path)
  if (text === undefined) throw new Error(`The page has no file ${path}.`)
  return text
}

/** Writes a file of the page; the modules are those of this repository. */
function write(root: string, path: string): void {
  const text = fileText(path).replaceAll(
    /"github\.com\/OWNER\/terraform-mcp-deploy\/\/terraform\/([\w-]+)\?ref=v1"/g,
    (_, module) => `"../../terraform/${module}"`,
  )
  const file = join(root, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}

/** The `with:` of the step that uses this action. */
/** The inputs of this action in a workflow of the page, as an event without inputs of its own gives them. */
function inputsOf(workflow: string): Record<string, string> {
  const { jobs } = parse(fileText(`.github/workflows/${workflow}`)) as {
    jobs: Record<string, { steps: { uses?: string; with?: Record<string, string> }[] }>
  }
  const steps = Object.values(jobs).flatMap(job => job.steps)
  const inputs = steps.find(({ uses }) => uses?.startsWith('OWNER/terraform-mcp-deploy@'))?.with ?? {}
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, fillTemplate(String(value), { inputs: {} })]),
  )
}

async function isHealthy(origin: string): Promise<boolean> {
  return await fetch(`${origin}/health`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
