/** What an apply before the merge reads from GitHub. */
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitHub } from '../../src/github/api.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

describe('a pull request that somebody wants to apply', { timeout: 60_000 }, () => {
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
  const client = () => new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes)
  const open = () => standIn.createPullRequest({ title: 'One', branch: 'one', files: { 'main.tf': 'one' } })

  test('reviews of bots and comments do not count, and who may triage may not write', async () => {
    const { number, headSha: commit } = await open()
    const at = '2026-01-01T12:00:00Z'
    standIn.review(number, { by: 'github-actions[bot]', commit, at, isBot: true })
    standIn.review(number, { by: 'carol', state: 'COMMENTED', commit, at })
    standIn.review(number, { by: 'dave', state: 'CHANGES_REQUESTED', commit, at })
    standIn.review(number, { by: 'bob', commit, at })
    expect(await client().reviewsOf(number)).toEqual([
      { by: 'dave', state: 'changes-requested', commit, at },
      { by: 'bob', state: 'approved', commit, at },
    ])
    for (const role of ['admin', 'maintain', 'write', 'triage', 'read'] as const) standIn.setRole(role, role)
    const access = async (login: string) => `${login} ${await client().accessOf(login)}`
    expect(await Promise.all(['admin', 'maintain', 'write', 'triage', 'read', 'stranger'].map(access))).toEqual([
      'admin admin',
      'maintain write',
      'write write',
      'triage read',
      'read read',
      'stranger none',
    ])
  })

  test('has its author, its origin, and whether the rules of the branch allow its merge', async () => {
    const { number, headSha } = await open()
    const plain = { number, isOpen: true, head: headSha, base: 'main', fromFork: false, fromDependabot: false }
    expect(await client().requestedPullRequest(number)).toMatchObject({
      ...plain,
      author: 'acme',
      mergeability: 'clean',
    })
    standIn.override(number, { mergeable_state: 'blocked', author: 'dependabot[bot]', fork: 'mallory' })
    expect(await client().requestedPullRequest(number)).toMatchObject({
      fromFork: true,
      fromDependabot: true,
      mergeability: 'blocked',
    })
  })

  test('is asked for again while GitHub computes whether it can be merged, and not for ever', async () => {
    const { number } = await open()
    standIn.override(number, { mergeable_state: 'unknown' })
    const before = standIn.requests.length
    expect(await client().requestedPullRequest(number)).toMatchObject({ mergeability: 'unknown' })
    expect(standIn.requests.slice(before).map(({ operation }) => operation)).toEqual(Array(5).fill('pulls/get'))
    await standIn.merge(number)
    const asked = standIn.requests.length
    expect(await client().requestedPullRequest(number)).toMatchObject({ isOpen: false })
    expect(standIn.requests.length - asked).toBe(1)
  })
})
