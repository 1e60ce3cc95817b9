/** The README: its workflows are short and safe to copy, it stays short, and its two commands are those of this project's CI. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { keyInputs, keyOutputs } from '../../scripts/input-groups.ts'
import { codeBlocks, fileBlocks } from '../support/markdown-blocks.ts'

const repository = join(import.meta.dirname, '../..')
const readme = readFileSync(join(repository, 'README.md'), 'utf8')
const blocks = codeBlocks(readme)
const files = fileBlocks(blocks)
const deploy = files.get('.github/workflows/deploy.yml') ?? ''
const verify = files.get('.github/workflows/verify.yml') ?? ''
const withoutBlanks = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter(line => line.trim() !== '')

describe('the quick starts', () => {
  test('with AWS: checkout, credentials and this action, in fewer than 15 lines', () => {
    expect(withoutBlanks(deploy).length).toBeLessThan(15)
    const { jobs } = parse(deploy)
    const uses: string[] = jobs.deploy.steps.map((step: { uses: string }) => step.uses)
    expect(uses.map(each => each.replace(/@.*/, ''))).toEqual([
      'actions/checkout',
      'aws-actions/configure-aws-credentials',
      'OWNER/terraform-mcp-deploy',
    ])
  })

  test('a pull request of a fork finds nothing worth stealing: no secret, and no event that GitHub gives credentials', () => {
    expect(deploy).not.toMatch(/secrets\.|pull_request_target/)
    expect(Object.keys(parse(deploy).on)).toEqual(['pull_request', 'push'])
    expect(parse(deploy).on.push).toEqual({ branches: ['main'] })
  })

  test('the apply role is only for a push, and deployments wait for each other', () => {
    expect(deploy).toContain("github.event_name == 'push' && vars.AWS_APPLY_ROLE || vars.AWS_PLAN_ROLE")
    expect(parse(deploy).concurrency).toMatchObject({ queue: 'max' })
  })

  test('both are all workflows of the page, and test/e2e/recipes.test.ts executes them', () => {
    const workflows = [...files.keys()].filter(path => path.startsWith('.github/workflows/'))
    expect(workflows).toEqual(['.github/workflows/verify.yml', '.github/workflows/deploy.yml'])
    expect(blocks.filter(({ text }) => /^jobs:/m.test(text))).toHaveLength(workflows.length)
    const recipes = readFileSync(join(repository, 'test/e2e/recipes.test.ts'), 'utf8')
    expect(recipes).toMatch(/const page = '\.\.\/README\.md'[\s\S]*trials\.of\(\[page\]\)/)
  })

  test('without AWS: one step that needs no permission', () => {
    expect(parse(verify).permissions).toEqual({})
    expect(parse(verify).jobs.verify.steps).toHaveLength(1)
  })

  test('the command line is the one of docs/mcp-gate.md', () => {
    const gate = codeBlocks(readFileSync(join(repository, 'docs/mcp-gate.md'), 'utf8'))
    const commands = gate.filter(({ text }) => text.startsWith('npx ')).map(({ text }) => text)
    expect(blocks.map(({ text }) => text)).toContain(commands[0])
  })
})

test('no more than ten key inputs and ten key outputs', () => {
  for (const keys of [keyInputs, keyOutputs]) {
    expect(keys.length).toBeGreaterThanOrEqual(6)
    expect(keys.length).toBeLessThanOrEqual(10)
  }
})

test('the tables end within three screens', () => {
  const before = readme.slice(0, readme.indexOf('<!-- END outputs -->'))
  expect(before.length).toBeGreaterThan(1000)
  expect(withoutBlanks(before).length).toBeLessThanOrEqual(120)
})

test('each answer of the FAQ has at most two sentences and a link', () => {
  const faq = readme.slice(readme.indexOf('## FAQ'), readme.indexOf('## Contributing'))
  const entries = faq.split('\n\n').filter(text => text.startsWith('**'))
  expect(entries.length).toBeGreaterThan(20)
  for (const entry of entries) {
    const answer = entry.replace(/^\*\*[^*]*\*\*/, '')
    expect(answer, entry).toMatch(/\]\((?:docs\/|SUPPORT)/)
    expect(answer.match(/[.](?=\s|$)/g)?.length ?? 0, entry).toBeLessThanOrEqual(2)
  }
})

test('the commands for contributors are those that CI runs', () => {
  const commands = blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'))
  expect(commands).toEqual(expect.arrayContaining(['npm ci && npm run demo', 'npm ci && npm test']))
  const ci = readFileSync(join(repository, '.ci/run'), 'utf8').trim().split('\n')
  expect(ci.slice(-2)).toEqual(['npm ci', 'npm test'])
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']))
})
