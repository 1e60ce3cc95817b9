/**
 * docs/getting-started.md, done as it says: its files and commands are taken out of the page and run. AWS is the stand-in,
 * the modules are those of this repository, and `gh` is a script: it records its arguments, answers a query of the repository,
 * and pushes to a bare repository.
 */
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { satisfiesConstraint } from '../../src/terraform/install/version.ts'
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

/** Blocks of commands that need Docker, npm's registry or AWS as it is, or a workflow of GitHub itself. */
const notRun = [/^npm init/, /^aws ecr/, /^gh pr merge/, /^npx --yes/, /^gh workflow/]

/** GitHub's answer about the repository, cut to what the page asks for. */
const githubRepository = '{"id":987654321,"name":"weather","owner":{"id":1234567,"login":"acme"}}'

/** The GitHub CLI of the page. Its filters are those of jq. */
const ghScript = `#!/bin/sh
case "$1 $2" in
  "api repos/acme/weather") echo '${githubRepository}' | jq --raw-output "$4" ;;
  "repo create") git remote add origin "$GH_REMOTE" && git push --quiet --set-upstream origin HEAD ;;
esac
printf "%s\\n" "$*" >> "$GH_CALLS"
`

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
  expect(others.map(text => text.split('\n', 1).join())).toEqual([
    'mkdir weather',
    'git add .',
    expect.stringContaining('gh api repos/acme/weather'),
    'terraform -chdir=bootstrap init',
    'terraform -chdir=bootstrap init -migrate-state -force-copy',
    expect.stringContaining('gh variable set AWS_PLAN_ROLE'),
    'cp bootstrap/.terraform.lock.hcl .terraform.lock.hcl',
    'git switch --create first-deployment',
    'rm bootstrap/backend.tf',
    'terraform -chdir=bootstrap apply',
    'gh variable delete AWS_PLAN_ROLE',
  ])
})

test('the packages of the page are those that it is tested with', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  const named = [...page.matchAll(/(@modelcontextprotocol\/(?:server|node))@([\d.]+)/g)]
  expect(named.map(([, name = '', version]) => [name, version])).toEqual(
    ['@modelcontextprotocol/server', '@modelcontextprotocol/node'].map(name => [name, devDependencies[name]]),
  )
})

test('the page takes a version of the provider that the tests run and the modules allow, and none that was not run', () => {
  const constraintIn = (hcl: string) => /source\s+= "hashicorp\/aws"\n\s+version = "([^"]+)"/.exec(hcl)?.[1] ?? ''
  const used = ['state-backend', 'github-oidc', 'ecs'].map(module =>
    readFileSync(join(repository, 'terraform', module, 'versions.tf'), 'utf8'),
  )
  const ofPage = constraintIn(fileText('bootstrap/main.tf'))
  for (const constraint of [ofPage, ...used.map(constraintIn)])
    expect(satisfiesConstraint('5.100.0', constraint), constraint).toBe(true)
  expect(satisfiesConstraint('6.0.0', ofPage)).toBe(false)
  expect(readFileSync(join(repository, 'docs/what-has-been-run.md'), 'utf8')).toContain('AWS provider 5.100.0')
})

test('repository, bootstrap, variables, pull request, and everything removed', async () => {
  const checkout = join(workspace.directory, 'weather')
  const bin = join(workspace.directory, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'gh'), ghScript, { mode: 0o755 })
  const calls = join(workspace.directory, 'calls.txt')
  const remote = join(workspace.directory, 'github.git')
  const person = { NAME: 'Ann', EMAIL: 'ann@example.com' }
  const env = {
    ...process.env,
    ...stage.aws.env,
    ...terraformSettings(workspace.directory),
    ...Object.fromEntries(
      Object.entries(person).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
    // What a person answers at the prompt.
    TF_CLI_ARGS_apply: '-auto-approve',
    TF_CLI_ARGS_destroy: '-auto-approve',
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    GH_CALLS: calls,
    GH_REMOTE: remote,
  }
  const run = async (text: string, cwd: string) =>
    (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', text], { cwd, env, maxBuffer: 64 << 20 })).stdout
  const sh = async (text: string) => await run(text, checkout)
  const filesOf = async (revision: string) => (await sh(`git ls-tree -r --name-only ${revision}`)).trim().split('\n')

  await run(`git init --quiet --bare ${remote}`, workspace.directory)
  await run(commandsOf(/^mkdir weather/), workspace.directory)
  const server = ['server.mjs', 'Dockerfile', '.gitignore']
  for (const path of server) write(checkout, path)
  // What npm writes.
  const packages = ['package.json', 'package-lock.json']
  for (const path of [...packages, 'node_modules/a/index.js']) writeBelow(checkout, path, '{}\n')
  await sh(commandsOf(/^git add \./))
  expect(await filesOf('origin/main')).toEqual([...server, ...packages].toSorted())

  write(checkout, 'bootstrap/main.tf')
  await sh(commandsOf(/^gh api/))
  expect(readFileSync(join(checkout, 'bootstrap/terraform.tfvars'), 'utf8')).toBe(
    'repository_ids = { owner_id = 1234567, repository_id = 987654321 }\n',
  )
  const [initialize = '', apply = ''] = commandsOf(/^terraform -chdir=bootstrap init\n/).split('\n')
  await sh(initialize)
  const applied = sh(apply)
  applied.catch(() => {})

  // The provider waits for most of a minute for the rules of the bucket: the pull request is planned in that time.
  const bucket = /bucket=(\S+)/.exec(inputsOf('deploy.yml')['backend-config'] ?? '')?.[1]
  for (let tries = 0; (await fetch(`${stage.aws.endpoint}/${bucket}`, { method: 'HEAD' })).status === 404; tries++) {
    if (tries > 60) throw new Error(`No bucket ${bucket} was made: ${await applied}`)
    await delay(500)
  }
  const workflows = ['deploy.yml', 'verify.yml', 'destroy.yml']
  for (const path of ['production.tfvars', ...workflows.map(name => `.github/workflows/${name}`)]) write(checkout, path)
  await sh(commandsOf(/^cp bootstrap/))
  const pull = await stage.open('First deployment', {
    'production.tfvars': fileText('production.tfvars').replace(
      'Z0123456789ABCDEFGHIJ',
      await createHostedZone(stage.aws.endpoint, 'example.com'),
    ),
    '.terraform.lock.hcl': readFileSync(join(checkout, '.terraform.lock.hcl'), 'utf8'),
    'bootstrap/main.tf': fileText('bootstrap/main.tf'),
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
  await sh(commandsOf(/^terraform.* -migrate-state/))
  expect(await sh('terraform -chdir=bootstrap state list')).toContain('module.backend.aws_s3_bucket.this')

  await sh(commandsOf(/^gh variable set/))
  const told = (await sh('terraform -chdir=bootstrap output -raw backend_config')).trim()
  for (const workflow of workflows) expect(inputsOf(workflow)['backend-config']?.trim()).toBe(told)
  const registry = await sh('terraform -chdir=bootstrap output -raw image_repository')
  expect(fileText('production.tfvars')).toContain(`"${registry}:`)

  await sh(commandsOf(/^git switch/))
  expect(await filesOf('origin/first-deployment')).toEqual(
    [
      ...server,
      ...packages,
      ...workflows.map(name => `.github/workflows/${name}`),
      ...['main.tf', 'backend.tf', 'terraform.tfvars', '.terraform.lock.hcl'].map(name => `bootstrap/${name}`),
      '.terraform.lock.hcl',
      'production.tfvars',
    ].toSorted(),
  )

  await sh(commandsOf(/^rm bootstrap\/backend/))
  expect(existsSync(join(checkout, 'bootstrap/terraform.tfstate'))).toBe(true)
  write(checkout, 'bootstrap/destroy_override.tf')
  // Terraform downloads the module to this path. Here it is used where it is.
  const override = 'terraform/state-backend/destroy_override.tf'
  writeBelow(workspace.directory, override, fileText(`bootstrap/.terraform/modules/backend/${override}`))
  expect(await sh(commandsOf(/^terraform -chdir=bootstrap apply/))).toContain('Destroy complete!')
  expect((await fetch(`${stage.aws.endpoint}/${bucket}`, { method: 'HEAD' })).status).toBe(404)
  expect((await sh('terraform -chdir=bootstrap state list')).trim()).toBe('')

  await sh(commandsOf(/^gh variable delete/))
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toEqual([
    'repo create acme/weather --private --source . --push',
    expect.stringMatching(/^api repos\/acme\/weather/),
    'variable set AWS_PLAN_ROLE --body arn:aws:iam::123456789012:role/mcp-deploy-plan',
    'variable set AWS_APPLY_ROLE --body arn:aws:iam::123456789012:role/mcp-deploy-apply',
    'pr create --fill',
    'variable delete AWS_PLAN_ROLE',
    'variable delete AWS_APPLY_ROLE',
  ])
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
  writeBelow(root, path, text)
}

function writeBelow(root: string, path: string, text: string): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** The inputs of this action in a workflow of the page, as an event without inputs of its own gives them. */
function inputsOf(workflow: string): Record<string, string> {
  const { jobs } = parse(fileText(`.github/workflows/${workflow}`)) as {
    jobs: Record<string, { steps: { uses?: string; with?: Record<string, string> }[] }>
  }
  const steps = Object.values(jobs).flatMap(job => job.steps)
  const inputs = steps.find(({ uses }) => uses?.startsWith('OWNER/terraform-mcp-deploy@'))?.with ?? {}
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      fillTemplate(String(value), { inputs: {}, steps: { aws: { outputs: {} } } }),
    ]),
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
