/** The issue about a scheduled workflow that fails: one at a time, and closed when the workflow passes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { kinds, updateWorkflowIssue, verdictOf } from '../../scripts/workflow-issue.ts'
import { GitHub } from '../../src/github/api.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

let standIn: Awaited<ReturnType<typeof startGitHub>>
beforeEach(async () => {
  standIn = await startGitHub({ owner: 'acme', repo: 'mcp', permissions: { contents: 'read', issues: 'write' } })
  forwardGitHubTo(standIn.apiUrl)
})
afterEach(async () => {
  expect(standIn.violations).toEqual([])
  await standIn.stop()
})
afterAll(closeGitHubFront)

const place = { owner: 'acme', repo: 'mcp' }
const issues = async (state: 'open' | 'closed') =>
  (await standIn.octokit.rest.issues.listForRepo({ ...place, state })).data
const update = (results: readonly string[], report = '', run = 1) =>
  updateWorkflowIssue(new GitHub(standIn.token, 'acme', 'mcp', () => {}, quickGitHubTimes), 'provider', {
    ...{ results, report },
    url: `https://github.com/acme/mcp/actions/runs/${run}`,
  })

describe('a workflow that fails', { timeout: 120_000 }, () => {
  test('has one issue, which is written again by the next failure and closed when it passes', async () => {
    expect(await update(['success', 'failure'], 'ecs failed\n```\n@team')).toBe('opened')
    expect(await update(['failure', 'cancelled'], 'lambda failed', 2)).toBe('updated')
    const [open, ...others] = await issues('open')
    expect(others).toEqual([])
    expect(open?.title).toBe('Tests fail with version 6 of the AWS provider')
    expect(open?.body).toContain('lambda failed')
    expect(open?.body).not.toContain('ecs failed')
    expect(open?.body).toContain('[run](https://github.com/acme/mcp/actions/runs/2)')
    expect(await update(['success', 'success'], '', 3)).toBe('closed')
    expect(await issues('open')).toEqual([])
    const { data: comments } = await standIn.octokit.rest.issues.listComments({
      ...place,
      issue_number: open?.number ?? 0,
    })
    expect(comments.map(({ body }) => body)).toEqual(['This [run](https://github.com/acme/mcp/actions/runs/3) passed.'])
    expect(await update(['failure'], '', 4)).toBe('opened')
    expect(await issues('closed')).toHaveLength(1)
  })

  test('gets no second issue while its first answer is lost', async () => {
    standIn.faults.push({ method: 'POST', path: /\/issues$/, times: 1, reset: true, afterwards: true })
    await update(['failure'])
    expect(await issues('open')).toHaveLength(1)
  })

  test('leaves the issue of another workflow and of a person alone', async () => {
    const marker = '<!-- terraform-mcp-deploy-workflow-issue:provider -->'
    await standIn.octokit.rest.issues.create({ ...place, title: 'About it', body: `${marker}\nI saw it, too.` })
    const client = new GitHub(standIn.token, 'acme', 'mcp', () => {}, quickGitHubTimes)
    await updateWorkflowIssue(client, 'age', { results: ['failure'], url: 'https://github.com/1', report: 'old' })
    expect(await update(['success'])).toBe('nothing')
    expect(await issues('open')).toHaveLength(2)
  })

  test.each([[['cancelled', 'success']], [['skipped']], [[]]])('is not judged by %j', async results => {
    await update(['failure'])
    expect(verdictOf(results)).toBe('unfinished')
    expect(await update(results)).toBe('nothing')
    expect(await issues('open')).toHaveLength(1)
  })
})

interface Job {
  readonly needs?: readonly string[]
  readonly if?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps?: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[]
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
}
const folder = join(import.meta.dirname, '../../.github/workflows')
const jobsOf = (file: string) => (parse(readFileSync(join(folder, file), 'utf8')) as { jobs: Record<string, Job> }).jobs
const runs = (job: Job | undefined) => (job?.steps ?? []).map(({ run = '' }) => run).join('\n') ?? ''
const withIssue = readdirSync(folder).filter(file =>
  Object.values(jobsOf(file)).some(job => runs(job).includes('workflow-issue.ts')),
)

test('every kind has its workflow', () => {
  const all = withIssue.flatMap(file => Object.values(jobsOf(file)).map(runs)).join('\n')
  for (const name of Object.keys(kinds)) expect(all).toContain(`node scripts/workflow-issue.ts ${name} `)
})

describe.each(withIssue)('the workflow %s', file => {
  const jobs = jobsOf(file)

  test('gives only the jobs with issues the right to write them', () => {
    for (const job of Object.values(jobs))
      expect(job.permissions?.issues, runs(job)).toBe(runs(job).includes('workflow-issue.ts') ? 'write' : undefined)
  })

  test('has an issue for every job with tests, whatever came of it', () => {
    const issues = Object.values(jobs).filter(job => job.needs !== undefined)
    const tested = Object.keys(jobs).filter(name => !runs(jobs[name]).includes('workflow-issue.ts'))
    expect(issues.flatMap(({ needs = [] }) => needs).sort()).toEqual(tested.sort())
    // Without it a job is skipped when one that it needs has failed.
    for (const job of issues) expect(job.if).toContain('!cancelled()')
  })
})

test('Engines runs the tests of every module and the end-to-end tests of the modules with provider 6', () => {
  const jobs = jobsOf('engines.yml')
  const modules = readFileSync(join(import.meta.dirname, '../../docs/modules.md'), 'utf8').matchAll(
    /^\| \[terraform\/([\w-]+)\]/gm,
  )
  const named = [...modules].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(5)
  expect(jobs['provider-modules']?.strategy?.matrix.module?.toSorted()).toEqual(named.sort())
  expect(runs(jobs['provider-modules'])).toContain('terraform test')
  const stories = runs(jobs['provider-stories'])
  for (const story of ['module', 'ec2-module', 'lambda', 'deploy', 'destroy']) {
    expect(stories).toContain(`test/e2e/${story}.test.ts`)
    expect(() => readFileSync(join(import.meta.dirname, `../e2e/${story}.test.ts`))).not.toThrow()
  }
  expect(jobs['provider-stories']?.steps?.flatMap(({ env = {} }) => env.TEST_AWS_PROVIDER ?? [])).toContain('~> 6.0')
})
