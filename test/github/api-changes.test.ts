import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GitHub } from '../../src/github/api.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

let standIn: Awaited<ReturnType<typeof startGitHub>>
beforeEach(async () => {
  standIn = await startGitHub({
    owner: 'acme',
    repo: 'infra',
    permissions: { contents: 'read', pull_requests: 'read' },
  })
  forwardGitHubTo(standIn.apiUrl)
})
afterEach(async () => {
  expect(standIn.violations).toEqual([])
  await standIn.stop()
})
afterAll(closeGitHubFront)

const client = () => new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes)

test('the files of a pull request: added, changed, removed, and renamed by both names', async () => {
  await standIn.push({ 'a.tf': 'a', 'b.tf': 'b', 'old.tf': 'moved', 'same.tf': 'same' }, 'Before')
  const { number } = await standIn.createPullRequest({
    title: 'One',
    branch: 'one',
    files: { 'a.tf': 'changed', 'b.tf': null, 'old.tf': null, 'new.tf': 'moved', 'd/c.tf': 'new' },
  })
  expect(await client().filesOfPullRequest(number)).toEqual([
    { path: 'a.tf', previous: undefined },
    { path: 'b.tf', previous: undefined },
    { path: 'd/c.tf', previous: undefined },
    { path: 'new.tf', previous: 'old.tf' },
  ])
})

test('all pages of them', async () => {
  const files = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`f${index}.tf`, `${index}`]))
  const { number } = await standIn.createPullRequest({ title: 'Many', branch: 'many', files })
  expect(await client().filesOfPullRequest(number)).toHaveLength(130)
})

test('the files between two commits, and nothing when they do not follow each other', async () => {
  const first = await standIn.push({ 'a.tf': 'a' }, 'One')
  const second = await standIn.push({ 'b.tf': 'b' }, 'Two')
  const between = (base: string, head: string) => client().filesBetween(base, head)
  expect(await between(first.before, second.after)).toEqual([
    { path: 'a.tf', previous: undefined },
    { path: 'b.tf', previous: undefined },
  ])
  expect(await between(second.after, second.after)).toEqual([])
  expect(await between(second.after, first.after)).toBeUndefined()
  const { headSha } = await standIn.createPullRequest({ title: 'Side', branch: 'side', files: { 'c.tf': 'c' } })
  const third = await standIn.push({ 'd.tf': 'd' }, 'Three')
  expect(await between(headSha, third.after)).toBeUndefined()
  expect(await between('1'.repeat(40), second.after)).toBeUndefined()
})

test('a token that may not read them is told which permission is missing', async () => {
  const poor = await startGitHub({ owner: 'acme', repo: 'infra', permissions: { issues: 'read' } })
  forwardGitHubTo(poor.apiUrl)
  await expect(client().filesOfPullRequest(1)).rejects.toThrow(/files of pull request #1.*`pull-requests: read`/)
  await expect(client().filesBetween('1'.repeat(40), '2'.repeat(40))).rejects.toThrow(
    /1111111 and 2222222.*`contents: read`/,
  )
  await poor.stop()
})
