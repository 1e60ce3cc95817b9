import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitHub, statusOf } from '../../src/github/api.ts'
import { labelKindsOf, updateLabels } from '../../src/github/labels.ts'
import type { LabelKind, Labels } from '../../src/inputs.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

const none = { add: 0, change: 0, destroy: 0, replace: 0, import: 0, move: 0, forget: 0 }

test.each<[object, LabelKind[]]>([
  [{}, []],
  [{ add: 3 }, ['add']],
  [{ add: 1, destroy: 1, replace: 1 }, ['replace']],
  [{ add: 2, change: 1, destroy: 1, replace: 1 }, ['add', 'change', 'replace']],
  [{ destroy: 2, change: 1 }, ['change', 'destroy']],
  [{ add: 1, replace: 1, forget: 1 }, ['replace']],
])('a plan of %j has the kinds %j', (counts, kinds) => {
  expect(labelKindsOf({ hasChanges: true, counts: { ...none, ...counts } })).toEqual(kinds)
})

test('a plan without changes has its own kind, and a failed plan has none', () => {
  expect(labelKindsOf({ hasChanges: false, counts: none })).toEqual(['no-changes'])
  expect(labelKindsOf(undefined)).toEqual([])
})

describe('on a pull request', { timeout: 120_000 }, () => {
  const hostile = 'a/b?c#d %2F, "<b>" 🚀'
  const labels: Labels = {
    'no-changes': { name: 'plan: no changes', color: 'c2e0c6' },
    add: { name: hostile, color: '0e8a16' },
    destroy: { name: 'plan: destroy', color: 'b60205' },
  }
  const place = { owner: 'acme', repo: 'infra' }
  let standIn: Awaited<ReturnType<typeof startGitHub>>
  let pull: number
  beforeEach(async () => {
    standIn = await startGitHub(place)
    forwardGitHubTo(standIn.apiUrl)
    pull = (await standIn.createPullRequest({ title: 'One', branch: 'one', files: { 'main.tf': 'one' } })).number
  })
  afterEach(async () => {
    expect(standIn.violations).toEqual([])
    await standIn.stop()
  })
  afterAll(closeGitHubFront)
  const client = (token = standIn.token) => new GitHub(token, 'acme', 'infra', () => {}, quickGitHubTimes)
  const shown = async () =>
    (await standIn.octokit.rest.issues.listLabelsOnIssue({ ...place, issue_number: pull })).data
      .map(({ name, color }) => `${name} ${color}`)
      .sort()

  test('labels follow the newest plan, and those of people stay', async () => {
    await standIn.octokit.rest.issues.createLabel({ ...place, name: 'bug', color: 'ff0000' })
    await standIn.octokit.rest.issues.addLabels({ ...place, issue_number: pull, labels: ['bug'] })
    await updateLabels(client(), pull, labels, ['add', 'destroy'])
    expect(await shown()).toEqual([`${hostile} 0e8a16`, 'bug ff0000', 'plan: destroy b60205'])
    await updateLabels(client(), pull, labels, ['no-changes'])
    expect(await shown()).toEqual(['bug ff0000', 'plan: no changes c2e0c6'])
    await updateLabels(client(), pull, labels, [])
    expect(await shown()).toEqual(['bug ff0000'])
  })

  test('a plan of the same kind needs one request, and a label of the repository keeps its colour', async () => {
    await standIn.octokit.rest.issues.createLabel({ ...place, name: 'plan: destroy', color: '123456' })
    await updateLabels(client(), pull, labels, ['destroy'])
    expect(await shown()).toEqual(['plan: destroy 123456'])
    const before = standIn.requests.length
    await updateLabels(client(), pull, labels, ['destroy'])
    expect(standIn.requests.slice(before).map(({ operation }) => operation)).toEqual(['issues/list-labels-on-issue'])
  })

  test('a token that may only read is refused, which the caller shows as a notice', async () => {
    const error = await updateLabels(client(standIn.issueToken({ pull_requests: 'read' })), pull, labels, [
      'add',
    ]).catch(each => each)
    expect(statusOf(error)).toBe(403)
    expect(String(error)).toContain('Give the job the permission `pull-requests: write`')
  })
})
