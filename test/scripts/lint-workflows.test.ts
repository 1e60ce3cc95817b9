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
      - run: echo ${expression('steps.deploy.outputs.gate')}
`,
  )
  write('.github/workflows/a.yml', right)
  write('README.md', `# Use\n\n\`\`\`yaml\n${right}\`\`\`\n\n\`\`\`yaml\n- uses: x # a step and no workflow\n\`\`\`\n`)
  expect(await lintWorkflows(root)).toEqual([])
})

test('an input and an output that the action does not have', async () => {
  write(
    '.github/workflows/a.yml',
    workflow(`          stak: ecs\n      - run: echo ${expression('steps.deploy.outputs.gate-status')}\n`),
  )
  expect(await lintWorkflows(root)).toEqual([
    ".github/workflows/a.yml:15: Invalid action input 'stak'",
    '.github/workflows/a.yml:16: Context access might be invalid: gate-status',
  ])
})

test('a fault in the README, at its line there', async () => {
  write('README.md', `# Use\n\nCopy this:\n\n\`\`\`yaml\n${workflow('          stak: ecs\n')}\`\`\`\n`)
  expect(await lintWorkflows(root)).toEqual(["README.md:20: Invalid action input 'stak'"])
})

test('a fault in a page of the documentation, in a folder of it, too', async () => {
  mkdirSync(join(root, 'docs/recipes'), { recursive: true })
  const page = `# Recipe\n\n\`\`\`yaml\n${workflow('          stak: ecs\n')}\`\`\`\n`
  write('docs/one.md', page)
  write('docs/recipes/two.md', page)
  expect(await lintWorkflows(root)).toEqual([
    "docs/one.md:18: Invalid action input 'stak'",
    "docs/recipes/two.md:18: Invalid action input 'stak'",
  ])
})

test('a script that a pull request could write into', async () => {
  write('.github/workflows/a.yml', workflow(`      - run: echo ${expression('github.event.pull_request.title')}\n`))
  expect(await lintWorkflows(root)).toEqual([expect.stringMatching(/^\.github\/workflows\/a\.yml:15: .*untrusted/)])
})

test('an action.yml for a Node that GitHub does not have', async () => {
  const action = readFileSync(join(root, 'action.yml'), 'utf8')
  write('action.yml', action.replace('using: node24', 'using: node99'))
  const line = action.split('\n').findIndex(each => each.includes('using: node24')) + 1
  expect(await lintWorkflows(root)).toEqual([`action.yml:${line}: Unexpected value 'node99'`])
})
