import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitHub, statusOf } from '../../src/github/api.ts'
import { markStale, type PlanStatusReason, planStatusContext, planStatusOf } from '../../src/github/plan-status.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

const report = {
  target: { stack: undefined, directory: 'infra', workspace: undefined },
  runUrl: 'https://github.com/acme/infra/actions/runs/7',
}
const commit = '1a2b3c4d'.repeat(5)

test.each<[PlanStatusReason, string, RegExp]>([
  [{ is: 'current' }, 'success', /^No apply has changed/],
  [{ is: 'queued' }, 'success', /^The plan of the merge queue contains/],
  [{ is: 'queue-failed' }, 'failure', /^The plan of the merge queue failed/],
  [{ is: 'failed' }, 'failure', /^The plan failed/],
  [{ is: 'rerun' }, 'failure', /update the branch to plan again\.$/],
  [
    { is: 'stale', appliedBy: { pullRequest: 12, commit } },
    'failure',
    /^Planned before #12 was applied: update the branch/,
  ],
  [{ is: 'stale', appliedBy: { pullRequest: undefined, commit } }, 'failure', /^Planned before 1a2b3c4 was applied/],
])('%j is a %s that fits into GitHub’s limit', (reason, state, description) => {
  const status = planStatusOf(report, reason)
  expect(status).toMatchObject({ state, url: report.runUrl })
  expect(String(status.description)).toMatch(description)
  expect(String(status.description).length).toBeLessThanOrEqual(140)
})

test('the name is that of the stack, and never longer than GitHub allows', () => {
  expect(String(planStatusContext(report))).toBe('plan is current (infra)')
  const long = { target: { ...report.target, directory: 'a'.repeat(400) } }
  expect(String(planStatusContext(long)).length).toBeLessThanOrEqual(255)
})

describe('on GitHub', { timeout: 60_000 }, () => {
  let standIn: Awaited<ReturnType<typeof startGitHub>>
  beforeEach(async () => {
    standIn = await startGitHub({ owner: 'acme', repo: 'infra' })
    forwardGitHubTo(standIn.apiUrl)
  })
  afterEach(async () => {
    expect(standIn.violations).toEqual([])
    await standIn.stop()
  })
  afterAll(closeGitHubFront)
  const client = (token = standIn.token) => new GitHub(token, 'acme', 'infra', () => {}, quickGitHubTimes)
  const open = (branch: string) => standIn.createPullRequest({ title: branch, branch, files: { [branch]: branch } })

  test('a stale plan fails its commit, and a new plan of it passes again', async () => {
    const [one, two] = [await open('one'), await open('two')]
    await client().setCommitStatus(one.headSha, planStatusOf(report, { is: 'current' }))
    await markStale(client(), report, [{ head: one.headSha }], { pullRequest: 12, commit })
    expect(standIn.statusesOf(one.headSha)).toMatchObject([{ context: 'plan is current (infra)', state: 'failure' }])
    await client().setCommitStatus(one.headSha, planStatusOf(report, { is: 'current' }))
    expect(standIn.statusesOf(one.headSha)).toMatchObject([{ context: 'plan is current (infra)', state: 'success' }])
    expect(standIn.statusesOf(two.headSha)).toEqual([])
  })

  test('the open pull requests of the branch, the newest update first, and the first page of comments only', async () => {
    const pulls = [await open('one'), await open('two')]
    await standIn.merge(pulls[0]?.number ?? 0)
    const listed = await client().openPullRequests('main')
    expect(listed.map(({ number }) => number)).toEqual([pulls[1]?.number])
    const number = listed[0]?.number ?? 0
    const body = (text: string) => ({ owner: 'acme', repo: 'infra', issue_number: number, body: text })
    for (let count = 0; count < 101; count++) await standIn.octokit.rest.issues.createComment(body('talk'))
    const before = standIn.requests.length
    expect(await client().readFirstComments(number, 'ours')).toBeUndefined()
    expect(standIn.requests.slice(before).map(({ operation }) => operation)).toEqual(['issues/list-comments'])
  })

  test('a token without the permission is refused, and the message names the permission', async () => {
    const { headSha } = await open('one')
    const token = standIn.issueToken({ pull_requests: 'write' })
    const error = await markStale(client(token), report, [{ head: headSha }], { pullRequest: 12, commit }).catch(
      each => each,
    )
    expect(statusOf(error)).toBe(403)
    expect(String(error)).toContain('Give the job the permission `statuses: write`')
  })
})
