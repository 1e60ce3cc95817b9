import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitHub, statusOf } from '../../src/clients/github.ts'
import { ServiceError } from '../../src/errors.ts'
import { forwardTo } from '../support/egress.ts'
import { startGitHub } from '../support/github.ts'

/** `@actions/github` reads GITHUB_API_URL when it is imported, so the address must be there before any import. */
const front = await vi.hoisted(async () => {
  const { createServer } = await import('node:http')
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  process.env.GITHUB_API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return server
})

const marker = '<!-- terraform-mcp-deploy:0123456789abcdef -->'
const patienceMs = 15_000
let standIn: Awaited<ReturnType<typeof startGitHub>>
let pull: number

beforeAll(() => {
  front.on('request', (request, response) => forwardTo(standIn.apiUrl)(request, response))
})
beforeEach(async () => {
  standIn = await startGitHub({ owner: 'acme', repo: 'infra' })
  pull = (await standIn.createPullRequest({ title: 'One', branch: 'one', files: { 'main.tf': 'one' } })).number
})
afterEach(async () => {
  expect(standIn.violations).toEqual([])
  await standIn.stop()
})
afterAll(() => {
  delete process.env.GITHUB_API_URL
  front.closeAllConnections()
  front.close()
})

const client = (token = standIn.token) => new GitHub(token, 'acme', 'infra')
const upsert = async (text: string, token?: string) => {
  const posted = await client(token).upsertComment(pull, marker, `${marker}\n${text}`)
  if (posted === undefined) throw new Error('no comment was created')
  return posted
}
const bodies = async () => (await standIn.comments(pull)).map(({ body }) => body)
const byPerson = (body: string) =>
  standIn.octokit.rest.issues.createComment({ owner: 'acme', repo: 'infra', issue_number: pull, body })
const asked = (operation: string) => standIn.requests.filter(request => request.operation === operation)

describe('one comment', { timeout: 120_000 }, () => {
  test('is created, and then updated', async () => {
    const created = await upsert('first')
    const updated = await upsert('second')
    expect(updated).toEqual(created)
    expect(created.url).toMatch(/^http/)
    expect(await bodies()).toEqual([`${marker}\nsecond`])
  })

  test('is only updated where that is asked for', async () => {
    const update = (text: string) => client().upsertComment(pull, marker, `${marker}\n${text}`, false)
    expect(await update('first')).toBeUndefined()
    expect(await bodies()).toEqual([])
    const created = await upsert('second')
    expect(await update('third')).toEqual(created)
    expect(await bodies()).toEqual([`${marker}\nthird`])
  })

  test.each([
    ['the list is not there at first', { method: 'GET', path: /\/comments/, times: 2, status: 502 }],
    ['the creation is refused at first', { method: 'POST', path: /\/comments$/, times: 2, status: 502 }],
    ['the update is refused at first', { method: 'PATCH', path: /\/comments\//, times: 1, status: 503 }],
    ['the connection breaks before it is created', { method: 'POST', path: /\/comments$/, times: 1, reset: true }],
    [
      'it was created but the answer is lost',
      { method: 'POST', path: /\/comments$/, times: 1, reset: true, afterwards: true },
    ],
    [
      'it was created but a proxy says 504',
      { method: 'POST', path: /\/comments$/, times: 1, status: 504, afterwards: true },
    ],
    [
      'the answer to the update is lost',
      { method: 'PATCH', path: /\/comments\//, times: 1, reset: true, afterwards: true },
    ],
  ])('%s', async (_, fault) => {
    if (fault.method === 'PATCH') await upsert('before')
    standIn.faults.push(fault)
    await upsert('after')
    expect(standIn.faults[0]?.times).toBe(0)
    expect(await bodies()).toEqual([`${marker}\nafter`])
  })

  test('an answer that never comes is not waited for for ever', async () => {
    standIn.faults.push({ method: 'POST', path: /\/comments$/, times: 1, hang: true, afterwards: true })
    await upsert('after')
    expect(await bodies()).toEqual([`${marker}\nafter`])
  })

  test('a secondary rate limit is waited for', async () => {
    standIn.faults.push({
      method: 'POST',
      path: /\/comments$/,
      times: 1,
      status: 403,
      headers: { 'retry-after': '2' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    })
    await upsert('after')
    expect(await bodies()).toEqual([`${marker}\nafter`])
  })

  test('a GitHub that stays broken is an error, after a few times', async () => {
    standIn.faults.push({ method: 'POST', path: /\/comments$/, times: 99, status: 500, body: { message: 'Oops' } })
    await expect(upsert('never')).rejects.toThrow(/the comment on pull request #1: Oops/)
    expect(asked('issues/create-comment')).toHaveLength(4)
  })

  test('one that was deleted meanwhile is created anew', async () => {
    const { id } = await upsert('first')
    await standIn.octokit.rest.issues.deleteComment({ owner: 'acme', repo: 'infra', comment_id: id })
    await upsert('second')
    expect(await bodies()).toEqual([`${marker}\nsecond`])
  })

  test('also when it is deleted between the list and the update', async () => {
    await upsert('first')
    standIn.faults.push({
      method: 'PATCH',
      path: /\/comments\//,
      times: 1,
      status: 404,
      body: { message: 'Not Found' },
    })
    await upsert('second')
    expect(await bodies()).toEqual([`${marker}\nsecond`])
  })

  test("a person's comment with the marker is left alone, at the beginning or quoted", async () => {
    await byPerson(`${marker}\nmine`)
    await byPerson(`> ${marker}\nwhat is this?`)
    await upsert('ours')
    await upsert('ours again')
    expect(await bodies()).toEqual([`${marker}\nmine`, `> ${marker}\nwhat is this?`, `${marker}\nours again`])
  })

  test('a person whose token is used has their own comment updated', async () => {
    const { token } = (await standIn.octokit.auth()) as { token: string }
    await byPerson(`> ${marker}\nwhat is this?`)
    await upsert('first', token)
    await upsert('second', token)
    expect(await bodies()).toEqual([`> ${marker}\nwhat is this?`, `${marker}\nsecond`])
    expect((await standIn.comments(pull))[1]?.user.type).toBe('User')
  })

  test('another marker is another comment', async () => {
    await upsert('ecs')
    const other = marker.replace('0123', '9876')
    await client().upsertComment(pull, other, `${other}\nec2`)
    expect(await bodies()).toHaveLength(2)
  })

  test('it is found behind a hundred others', async () => {
    for (let count = 0; count < 101; count++) await byPerson(`${count}`)
    await upsert('first')
    await upsert('second')
    expect((await bodies()).filter(body => body.startsWith(marker))).toEqual([`${marker}\nsecond`])
  })
})

describe('what GitHub refuses is an error that says what to change', { timeout: 120_000 }, () => {
  test.each([
    [
      'a token that only reads',
      () => standIn.readOnlyToken,
      403,
      /not accessible.*Give the job the permission `pull-requests: write`/,
    ],
    [
      'a token that nobody issued',
      () => 'ghs_nobody',
      401,
      /Bad credentials.*github-token is not valid, or has expired/,
    ],
  ])('%s', async (_, token, status, message) => {
    const error = await upsert('never', token()).catch(error => error)
    expect(error).toBeInstanceOf(ServiceError)
    expect(statusOf(error)).toBe(status)
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain(token())
    expect(await bodies()).toEqual([])
  })

  test('a pull request that is not there', async () => {
    await expect(client().upsertComment(99, marker, marker)).rejects.toThrow(/pull request #99: Not Found.*may not see/)
  })

  test('a body that is too long is told as such, once', async () => {
    const error = await upsert('x'.repeat(66_000)).catch(error => error)
    expect(statusOf(error)).toBe(422)
    expect(asked('issues/create-comment')).toHaveLength(1)
  })

  test('a rate limit that stays is no matter of permissions', async () => {
    const body = { message: 'API rate limit exceeded for installation.' }
    standIn.faults.push({ path: /./, times: 99, status: 403, body })
    await expect(upsert('never')).rejects.toThrow(/rate limit exceeded.*Run it again later\.$/)
  })
})

describe('the pull request of a commit', { timeout: 120_000 }, () => {
  test.each(['merge', 'squash', 'rebase'] as const)('%s', async method => {
    await standIn.pushTo(pull, { 'second.tf': 'two' })
    await standIn.push({ 'base.tf': 'meanwhile' }, 'Meanwhile')
    const { sha } = await standIn.merge(pull, method)
    expect(await client().pullRequestOf(sha, patienceMs)).toBe(pull)
  })

  test('GitHub learns of the merge a little later', async () => {
    const { sha } = await standIn.merge(pull)
    standIn.faults.push({ path: /\/commits\/.*\/pulls/, times: 2, body: [] })
    expect(await client().pullRequestOf(sha, patienceMs)).toBe(pull)
    expect(asked('repos/list-pull-requests-associated-with-commit')).toHaveLength(3)
  })

  test('a direct push has none, and that is asked more than once', async () => {
    const { after } = await standIn.push({ 'main.tf': 'direct' }, 'Direct')
    expect(await client().pullRequestOf(after, 1_000)).toBeUndefined()
    expect(asked('repos/list-pull-requests-associated-with-commit').length).toBeGreaterThan(1)
  })

  test('an open pull request that holds the commit is not the one', async () => {
    const { headSha } = await standIn.pullRequest(pull)
    expect(await client().pullRequestOf(headSha, 0)).toBeUndefined()
  })

  test('of several merged ones it is the one that made the commit', async () => {
    const { sha } = await standIn.merge(pull)
    const pulls = await standIn.octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      owner: 'acme',
      repo: 'infra',
      commit_sha: sha,
    })
    const earlier = { ...pulls.data[0], number: 77, merge_commit_sha: 'f'.repeat(40) }
    standIn.faults.push({ path: /\/commits\/.*\/pulls/, times: 1, body: [earlier, ...pulls.data] })
    expect(await client().pullRequestOf(sha, 0)).toBe(pull)
  })

  test('a token that may not ask is an error, not a push without a pull request', async () => {
    const { sha } = await standIn.merge(pull)
    await expect(client('ghs_nobody').pullRequestOf(sha, 0)).rejects.toThrow(
      /the pull requests of commit .*401|not valid/,
    )
  })

  test('a server error is asked again', async () => {
    const { sha } = await standIn.merge(pull)
    standIn.faults.push({ path: /\/commits\/.*\/pulls/, times: 2, status: 502 })
    expect(await client().pullRequestOf(sha, patienceMs)).toBe(pull)
  })
})
