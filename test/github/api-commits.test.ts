/** What the approval asks GitHub about commits and merges, and who counts as the author of our comment. */
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitHub } from '../../src/github/api.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

let standIn: Awaited<ReturnType<typeof startGitHub>>
let github: GitHub
beforeEach(async () => {
  standIn = await startGitHub({ owner: 'acme', repo: 'infra' })
  forwardGitHubTo(standIn.apiUrl)
  github = new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes)
})
afterEach(async () => {
  expect(standIn.violations).toEqual([])
  await standIn.stop()
})
afterAll(closeGitHubFront)

const open = (title: string) => standIn.createPullRequest({ title, branch: title, files: { [`${title}.txt`]: title } })
const asked = () => standIn.requests.filter(({ caller }) => caller === 'actions').map(({ operation }) => operation)

describe('the commits between two', { timeout: 120_000 }, () => {
  test('the newest commit is told by one request', async () => {
    const { sha } = await standIn.merge((await open('one')).number)
    expect(await github.commitsBetween(sha, 'main')).toEqual({ relation: 'same', commits: [] })
    expect(asked()).toEqual(['repos/compare-commits-with-basehead'])
  })

  test('an older commit, with what was merged after it, oldest first', async () => {
    const [first, second] = [await open('one'), await open('two')]
    const one = await standIn.merge(first.number, 'squash')
    const two = await standIn.merge(second.number, 'merge')
    const { relation, commits } = await github.commitsBetween(one.sha, 'main')
    expect(relation).toBe('ancestor')
    expect(commits?.at(-1)).toBe(two.sha)
    expect(commits).toContain(second.headSha)
  })

  test('more commits than fit on a page', async () => {
    const { sha } = await standIn.merge((await open('one')).number)
    for (let number = 0; number < 101; number++) await standIn.push({ 'x.txt': `${number}` }, `Commit ${number}`)
    const { commits } = await github.commitsBetween(sha, 'main')
    expect(commits).toHaveLength(101)
    expect(asked()).toHaveLength(2)
  })

  test('a commit of another branch, a newer one, and one that does not exist lead nowhere', async () => {
    const pull = await open('one')
    const { sha, before } = await standIn.merge(pull.number)
    const other = await open('two')
    const unrelated = { relation: 'unrelated', commits: [] }
    expect(await github.commitsBetween(other.headSha, 'main')).toEqual(unrelated)
    expect(await github.commitsBetween(sha, before)).toEqual(unrelated)
    expect(await github.commitsBetween('f'.repeat(40), 'main')).toEqual(unrelated)
  })

  test('without the permission, its name is in the error', async () => {
    const token = standIn.issueToken({ pull_requests: 'write' })
    const blind = new GitHub(token, 'acme', 'infra', () => {}, quickGitHubTimes)
    await expect(blind.commitsBetween('main', 'main')).rejects.toThrow(/contents: read/)
  })
})

test('merged pull requests come newest first, with what the approval needs, and no others', async () => {
  const [first, second, third] = [await open('one'), await open('two'), await open('three')]
  const two = await standIn.merge(second.number, 'squash')
  await new Promise(resolve => setTimeout(resolve, 1_100))
  const one = await standIn.merge(first.number)
  const merged = await github.mergedPullRequests('main')
  expect(merged).toEqual([
    {
      number: first.number,
      isOpen: false,
      head: first.headSha,
      base: 'main',
      mergeCommit: one.sha,
      fromFork: false,
    },
    expect.objectContaining({ number: second.number, mergeCommit: two.sha }),
  ])
  expect(await github.mergedPullRequests('other')).toEqual([])
  expect(await github.pullRequest(third.number)).toMatchObject({ isOpen: true, base: 'main' })
})

describe('the author of our comment', () => {
  const marker = '<!-- ours -->'
  const comment = (token: string, body: string, number: number) =>
    fetch(`${standIn.apiUrl}/repos/acme/infra/issues/${number}/comments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ body }),
    })

  test('a comment of github-actions[bot] is not ours if the token is that of an app', async () => {
    const { number } = await open('one')
    await comment(standIn.token, `${marker}\nforged by another workflow`, number)
    expect(await github.readComment(number, marker)).toContain('forged')
    standIn.faults.push({
      path: /\/graphql$/,
      times: 9,
      body: { data: { viewer: { login: 'deploy-app[bot]' } } },
    })
    const app = new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes)
    expect(await app.readComment(number, marker)).toBeUndefined()
  })

  test('who the token is cannot be found out: no comment counts, and the run fails', async () => {
    const { number } = await open('one')
    await comment(standIn.token, `${marker}\ntext`, number)
    standIn.faults.push({ path: /\/graphql$/, times: 9, status: 403, body: { message: 'Forbidden' } })
    await expect(github.readComment(number, marker)).rejects.toThrow(/the owner of github-token/)
  })
})
