/** Every workflow on the pages: a pull request from a fork or of Dependabot gets no job with anything worth stealing. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { conditionHolds } from '../support/expressions.ts'

const repository = join(import.meta.dirname, '../..')
const recipes = readdirSync(join(repository, 'docs/recipes')).map(name => `docs/recipes/${name}`)
const pages = ['README.md', 'docs/getting-started.md', 'docs/migrating.md', 'docs/many-stacks.md', ...recipes]

interface Job {
  readonly if?: string
  readonly needs?: string | readonly string[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: unknown
  readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[]
}

/** The workflows of a page that run on pull requests. */
const workflows = pages.flatMap(page =>
  [...readFileSync(join(repository, page), 'utf8').matchAll(/^```yaml\n(# \.github\/workflows\/\S+\n[\s\S]*?)^```$/gm)]
    .map(([, text = '']) => ({ page, text, workflow: parse(text) as { on: object; jobs: Record<string, Job> } }))
    .filter(({ workflow }) => 'pull_request' in workflow.on)
    // The guide also shows somebody's workflow as it was.
    .filter(({ text }) => text.includes('OWNER/terraform-mcp-deploy@')),
)

const pullRequest = (full_name: string, actor: string) => ({
  github: {
    event_name: 'pull_request',
    repository: 'acme/mcp-server',
    ref: 'refs/pull/7/merge',
    actor,
    event: { pull_request: { head: { repo: { full_name } } } },
  },
  needs: { discover: { result: 'success', outputs: { count: '1' } }, deploy: { result: 'skipped' } },
  inputs: {},
  vars: {},
})

/** The jobs that run, with what they need. */
function running(jobs: Readonly<Record<string, Job>>, contexts: ReturnType<typeof pullRequest>): [string, Job][] {
  return Object.entries(jobs).filter(([, { if: condition, needs = [] }]) => {
    const before = [needs].flat()
    const isSkipped = before.some(each => !conditionHolds(jobs[each]?.if ?? 'true', contexts, 'success'))
    return (
      conditionHolds(condition ?? 'true', contexts, 'success') && !(isSkipped && !/always\(\)/.test(condition ?? ''))
    )
  })
}

test('pages with a workflow for pull requests are found', () => {
  expect(workflows.length).toBeGreaterThan(10)
})

describe.each(workflows)('the workflow of $page', ({ text, workflow: { jobs } }) => {
  test.each([
    ['a fork', 'mallory/mcp-server', 'mallory'],
    ['Dependabot', 'acme/mcp-server', 'dependabot[bot]'],
  ])('has only jobs without credentials for %s, and one of them checks the code', (_, head, actor) => {
    const chosen = running(jobs, pullRequest(head, actor))
    expect(chosen.map(([name]) => name)).toContain('check')
    for (const [name, job] of chosen) {
      expect(Object.values(job.permissions ?? { all: 'write' }), name).not.toContain('write')
      expect(job.environment, name).toBeUndefined()
      expect(job.steps.map(({ uses }) => uses).join('\n'), name).not.toContain('configure-aws-credentials')
      expect(JSON.stringify(job), name).not.toMatch(/secrets\./)
    }
    const [, check] = chosen.find(([name]) => name === 'check') ?? []
    expect(check?.steps.at(-1)?.with).toMatchObject({ 'github-token': '' })
    expect(check?.permissions).toEqual({ contents: 'read' })
  })

  test('has the job with credentials for a pull request of this repository, and no check', () => {
    const chosen = running(jobs, pullRequest('acme/mcp-server', 'ann')).map(([name]) => name)
    expect(chosen).not.toContain('check')
    expect(chosen.some(name => jobs[name]?.permissions?.['id-token'] === 'write')).toBe(true)
  })

  test('installs nothing of Python without hashes', () => {
    for (const line of text.split('\n').filter(each => /\bpip3? install\b/.test(each)))
      expect(line).toContain('--require-hashes')
  })
})
