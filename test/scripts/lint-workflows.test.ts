import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lintWorkflows } from '../../scripts/lint-workflows.ts'

const repository = join(import.meta.dirname, '../..')
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lint-workflows-'))
  mkdirSync(join(root, '.github/workflows'), { recursive: true })
  cpSync(join(repository, 'action.yml'), join(root, 'action.yml'))
  write('README.md', '')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (file: string, text: string) => writeFileSync(join(root, file), text)

const checkout = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd'

const expression = (inner: string) => `\${{ ${inner} }}`

const workflow = (steps: string) => `on: pull_request
permissions:
  contents: read
concurrency:
  group: deploy
  queue: max
jobs:
  deploy:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - uses: acme/terraform-mcp-deploy@v1
        id: deploy
        with:
          stack: ecs
${steps}`

test('a workflow that is right has no finding, in a file or in the README', async () => {
  const right = workflow(
    `          workspace: ${expression('vars.STAGE')}
          alivemcp-api-key: ${expression('secrets.ALIVEMCP_API_KEY')}
      - uses: ${checkout} # v6.0.2
        with:
          persist-credentials: false
      - run: echo "$GATE"
        env:
          GATE: ${expression('steps.deploy.outputs.gate')}
`,
  )
  write('.github/workflows/a.yml', right)
  write('README.md', `# Use\n\n\`\`\`yaml\n${right}\`\`\`\n\n\`\`\`yaml\n- run: x # a step and no workflow\n\`\`\`\n`)
  expect(await lintWorkflows(root)).toEqual([])
})

test('an input and an output that the action does not have', async () => {
  write(
    '.github/workflows/a.yml',
    workflow(
      `          stak: ecs\n      - run: echo "$GATE"\n        env:\n          GATE: ${expression('steps.deploy.outputs.gate-status')}\n`,
    ),
  )
  expect(await lintWorkflows(root)).toEqual([
    ".github/workflows/a.yml:16: Invalid action input 'stak'",
    '.github/workflows/a.yml:19: Context access might be invalid: gate-status',
  ])
})

test('a fault in the README, at its line there', async () => {
  write('README.md', `# Use\n\nCopy this:\n\n\`\`\`yaml\n${workflow('          stak: ecs\n')}\`\`\`\n`)
  expect(await lintWorkflows(root)).toEqual(["README.md:21: Invalid action input 'stak'"])
})

test('a fault in a page of the documentation, in a folder of it, too', async () => {
  mkdirSync(join(root, 'docs/recipes'), { recursive: true })
  const page = `# Recipe\n\n\`\`\`yaml\n${workflow('          stak: ecs\n')}\`\`\`\n`
  write('docs/one.md', page)
  write('docs/recipes/two.md', page)
  expect(await lintWorkflows(root)).toEqual([
    "docs/one.md:19: Invalid action input 'stak'",
    "docs/recipes/two.md:19: Invalid action input 'stak'",
  ])
})

test('a script that a pull request could write into', async () => {
  write('.github/workflows/a.yml', workflow(`      - run: echo ${expression('github.event.pull_request.title')}\n`))
  expect(await lintWorkflows(root)).toEqual([
    expect.stringMatching(/^\.github\/workflows\/a\.yml:16: .*untrusted/),
    '.github/workflows/a.yml:16: an expression in run is pasted into the script: give it by env',
  ])
})

test('an action.yml for a Node that GitHub does not have', async () => {
  const action = readFileSync(join(root, 'action.yml'), 'utf8')
  write('action.yml', action.replace('using: node24', 'using: node99'))
  const line = action.split('\n').findIndex(each => each.includes('using: node24')) + 1
  expect(await lintWorkflows(root)).toEqual([`action.yml:${line}: Unexpected value 'node99'`])
})

test.each([
  ['actions/checkout@v6', 'actions/checkout@v6 is not pinned: name the commit, 40 digits, and not a tag'],
  ['actions/checkout@v6 # v6.0.2', 'actions/checkout@v6 is not pinned: name the commit, 40 digits, and not a tag'],
  [checkout, `${checkout} needs the version of that commit as a comment, such as "# v1.2.3"`],
  [`${checkout} # main`, `${checkout} needs the version of that commit as a comment, such as "# v1.2.3"`],
])('an action as %s, in a workflow and in a recipe', async (uses, message) => {
  const step = `      - uses: ${uses}\n        with:\n          persist-credentials: false\n`
  write('.github/workflows/a.yml', workflow(step))
  mkdirSync(join(root, 'docs/recipes'), { recursive: true })
  write('docs/recipes/a.md', `Add this step:\n\n\`\`\`yaml\n${step}\`\`\`\n`)
  const findings = await lintWorkflows(root)
  expect(findings).toContain(`.github/workflows/a.yml:16: ${message}`)
  expect(findings).toContain(`docs/recipes/a.md:4: ${message}`)
})

test('a workflow that may more than it says, hangs for hours, or leaves the token behind', async () => {
  const careless = workflow(`      - uses: ${checkout} # v6.0.2\n`)
    .replace('contents: read', 'contents: write')
    .replace('    timeout-minutes: 30\n', '')
  write('.github/workflows/a.yml', careless)
  expect(await lintWorkflows(root)).toEqual([
    '.github/workflows/a.yml:3: permissions at the top must be {} or only read: a job that writes has its own',
    '.github/workflows/a.yml:8: job deploy needs timeout-minutes: without, what hangs is stopped after six hours',
    '.github/workflows/a.yml:15: checkout needs persist-credentials: false, or every later step can read the token',
  ])
  write('.github/workflows/a.yml', workflow('').replace(/permissions:\n.*\n/, ''))
  expect(await lintWorkflows(root)).toEqual([
    '.github/workflows/a.yml:1: permissions at the top must be {} or only read: a job that writes has its own',
  ])
})

test('an action.yml that the Marketplace does not take', async () => {
  const action = readFileSync(join(root, 'action.yml'), 'utf8')
  const unfit = action
    .replace(/^name: .*$/m, 'name: GitHub MCP Deploy')
    .replace(/^description: .*$/m, `description: ${'x'.repeat(125)}`)
    .replace(/^ {2}color: .*\n/m, '')
  write('action.yml', unfit)
  expect(await lintWorkflows(root)).toEqual([
    'action.yml:2: name "GitHub MCP Deploy" must be plain words that do not begin with GitHub',
    'action.yml:3: description has 125 characters, the Marketplace takes 1 to 124',
    'action.yml:5: branding needs an icon and a color',
  ])
  write('action.yml', action.replace('icon: check-circle', 'icon: smile'))
  expect(await lintWorkflows(root)).toEqual(["action.yml:6: Unexpected value 'smile'"])
})

test('an image without its digest, in a Dockerfile and on a page', async () => {
  const pinned = `node:24.21.0-slim@sha256:${'0'.repeat(64)}`
  for (const folder of ['examples/server', 'docs']) mkdirSync(join(root, folder), { recursive: true })
  write('examples/server/Dockerfile', `FROM ${pinned} AS build\nFROM node:24-slim\nFROM build\n`)
  write(
    'docs/a.md',
    `\`\`\`yaml\nverify:\n  image: node:24-slim\n  # image: ${pinned}\nother:\n  image: ${pinned}\n\`\`\`\n`,
  )
  const findings = (await lintWorkflows(root)).filter(finding => finding.includes('is not pinned: add its digest'))
  const message = 'node:24-slim is not pinned: add its digest, @sha256: and 64 digits'
  expect(findings).toEqual([`examples/server/Dockerfile:2: ${message}`, `docs/a.md:3: ${message}`])
})
