import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ServiceError } from '../../src/errors.ts'
import { GitHub, retryDelayMs, statusOf } from '../../src/github/api.ts'
import { hiddenLine, md } from '../../src/report/markdown.ts'
import { type Fault, startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

const marker = '<!-- terraform-mcp-deploy:0123456789abcdef -->'
const patienceMs = 15_000
let standIn: Awaited<ReturnType<typeof startGitHub>>
let pull: number
const body = (text: string, of = marker) => md`${hiddenLine(of)}\n${text}`

beforeEach(async () => {
  standIn = await startGitHub({ owner: 'acme', repo: 'infra' })
  forwardGitHubTo(standIn.apiUrl)
  pull = (await standIn.createPullRequest({ title: 'One', branch: 'one', files: { 'main.tf': 'one' } })).number
})
afterEach(async () => {
  expect(standIn.violations).toEqual([])
  await standIn.stop()
})
afterAll(closeGitHubFront)

/** Only for tests in which an answer never comes or breaks off. */
const impatientTimes = { ...quickGitHubTimes, requestTimeoutMs: 500 }
const client = (token = standIn.token, times = quickGitHubTimes) => new GitHub(token, 'acme', 'infra', () => {}, times)
const upsert = async (text: string, token?: string, times = quickGitHubTimes) => {
  const posted = await client(token, times).upsertComment(pull, marker, () => body(text))
  if (posted === undefined) throw new Error('no comment was created')
  return posted
}
const bodies = async () => (await standIn.comments(pull)).map(each => each.body)
const byPerson = (words: string) =>
  standIn.octokit.rest.issues.createComment({ owner: 'acme', repo: 'infra', issue_number: pull, body: words })
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
    const update = (text: string) =>
      client().upsertComment(pull, marker, existing => (existing === undefined ? undefined : body(text)))
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
    await upsert('after', undefined, impatientTimes)
    expect(await bodies()).toEqual([`${marker}\nafter`])
  })

  test('a secondary rate limit is waited for', async () => {
    standIn.faults.push({
      method: 'POST',
      path: /\/comments$/,
      times: 1,
      status: 403,
      headers: { 'retry-after': '1' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    })
    const started = performance.now()
    await upsert('after')
    expect(performance.now() - started).toBeGreaterThan(990)
    expect(await bodies()).toEqual([`${marker}\nafter`])
  })

  test('a limit that is used up is waited for until it begins anew', async () => {
    const reset = Math.ceil(Date.now() / 1000)
    standIn.faults.push({
      method: 'GET',
      path: /\/comments/,
      times: 1,
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` },
      body: { message: 'API rate limit exceeded for installation.' },
    })
    await upsert('after')
    expect(Date.now()).toBeGreaterThan(reset * 1000)
    expect(await bodies()).toEqual([`${marker}\nafter`])
  })

  test('one that begins anew in an hour is not waited for, and the hour is named', async () => {
    const reset = Math.ceil(Date.now() / 1000) + 3_600
    standIn.faults.push({
      path: /\/comments/,
      times: 99,
      status: 429,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` },
      body: { message: 'API rate limit exceeded for installation.' },
    })
    await expect(upsert('never')).rejects.toThrow(
      `The limit is used up until ${new Date(reset * 1000).toISOString()}: run it again then.`,
    )
    expect(standIn.requests).toHaveLength(standIn.requests.filter(({ caller }) => caller !== 'actions').length + 1)
  })

  test('an answer that breaks off is asked for again', async () => {
    standIn.faults.push({
      method: 'GET',
      path: /\/comments/,
      times: 1,
      headers: { 'content-length': '999' },
      body: '[',
    })
    await upsert('after', undefined, impatientTimes)
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

  test("another bot's comment with the marker is left alone", async () => {
    const theirs = await byPerson(`${marker}\nfrom another bot`)
    const listed = await standIn.octokit.rest.issues.listComments({ owner: 'acme', repo: 'infra', issue_number: pull })
    const user = { ...theirs.data.user, login: 'dependabot[bot]', type: 'Bot' }
    const body = listed.data.map(each => ({ ...each, user }))
    standIn.faults.push({ method: 'GET', path: /\/comments/, times: 1, body })
    await upsert('ours')
    expect(await bodies()).toEqual([`${marker}\nfrom another bot`, `${marker}\nours`])
  })

  test.each([['GraphQL fails at first', [{ path: /\/graphql/, times: 1, status: 502 }]]])(
    'who we are is found when %s',
    async (_, faults) => {
      await upsert('first')
      standIn.faults.push(...faults)
      await upsert('second')
      expect(await bodies()).toEqual([`${marker}\nsecond`])
    },
  )

  test.each<[string, Fault[]]>([
    ['GraphQL is not there', [{ path: /\/graphql/, times: 9, status: 404, body: { message: 'Not Found' } }]],
    [
      'GraphQL refuses the question',
      [{ path: /\/graphql/, times: 9, body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] } }],
    ],
  ])('who we are cannot be found when %s, and then no comment is taken for ours', async (_, faults) => {
    await upsert('first')
    standIn.faults.push(...faults)
    await expect(upsert('second')).rejects.toThrow(/the owner of github-token/)
    expect(await bodies()).toEqual([`${marker}\nfirst`])
  })

  test('of two that are ours, as lost runs may leave them, the older one stays', async () => {
    const first = await upsert('first')
    await fetch(`${standIn.apiUrl}/repos/acme/infra/issues/${pull}/comments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${standIn.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ body: `${marker}\nsecond` }),
    })
    expect(await bodies()).toHaveLength(2)
    expect(await upsert('third')).toEqual(first)
    expect(await bodies()).toEqual([`${marker}\nthird`])
  })

  test('another marker is another comment', async () => {
    await upsert('ecs')
    const other = marker.replace('0123', '9876')
    await client().upsertComment(pull, other, () => body('ec2', other))
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
    await expect(client().upsertComment(99, marker, () => hiddenLine(marker))).rejects.toThrow(
      /pull request #99: Not Found.*may not see/,
    )
  })

  test('a body that is too long is told as such, once', async () => {
    const error = await upsert('x'.repeat(66_000)).catch(error => error)
    expect(statusOf(error)).toBe(422)
    expect(asked('issues/create-comment')).toHaveLength(1)
  })

  test('a rate limit that stays is no matter of permissions', async () => {
    const body = { message: 'API rate limit exceeded for installation.' }
    standIn.faults.push({ path: /./, times: 99, status: 403, headers: { 'retry-after': '3600' }, body })
    await expect(upsert('never')).rejects.toThrow(/rate limit exceeded.*Run it again later\.$/)
  })
})

describe('the pull request of a commit', { timeout: 120_000 }, () => {
  test.each(['merge', 'squash', 'rebase'] as const)('%s', async method => {
    await standIn.pushTo(pull, { 'second.tf': 'two' })
    await standIn.push({ 'base.tf': 'meanwhile' }, 'Meanwhile')
    const { sha } = await standIn.merge(pull, method)
    const { headSha: head } = await standIn.pullRequest(pull)
    expect(await client().pullRequestOf(sha, patienceMs)).toEqual({
      number: pull,
      isOpen: false,
      head,
      base: 'main',
      mergeCommit: sha,
      fromFork: false,
    })
  })

  test('GitHub learns of the merge a little later', async () => {
    const { sha } = await standIn.merge(pull)
    standIn.faults.push({ path: /\/commits\/.*\/pulls/, times: 2, body: [] })
    expect(await client().pullRequestOf(sha, patienceMs)).toMatchObject({ number: pull, fromFork: false })
    expect(asked('repos/list-pull-requests-associated-with-commit')).toHaveLength(3)
  })

  test('a direct push has none, and that is asked more than once', async () => {
    const { after } = await standIn.push({ 'main.tf': 'direct' }, 'Direct')
    expect(await client().pullRequestOf(after, 500)).toBeUndefined()
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
    expect(await client().pullRequestOf(sha, 0)).toMatchObject({ number: pull, fromFork: false })
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
    expect(await client().pullRequestOf(sha, patienceMs)).toMatchObject({ number: pull, fromFork: false })
  })
})

describe('how long a failure is waited for', () => {
  const now = Date.UTC(2026, 0, 1)
  const failed = (status: number, headers: Record<string, string> = {}, message = 'no') =>
    Object.assign(new Error(message), { status, response: { headers } })
  const inAMinute = `${now / 1000 + 60}`

  test.each([
    ['a fault', failed(500), 0, 1_000],
    ['a fault again', failed(503), 2, 4_000],
    ['a fault for good', failed(502), 3, undefined],
    ['no answer in time', Object.assign(new Error('x'), { name: 'TimeoutError' }), 0, 1_000],
    ['an answer that broke off', new TypeError('terminated'), 1, 2_000],
    ['no permission', failed(403, {}, 'Resource not accessible by integration'), 0, undefined],
    ['a bad token', failed(401), 0, undefined],
    ['a body that is too long', failed(422), 0, undefined],
    ['a programming error', new RangeError('x'), 0, undefined],
    ['a limit with a time to wait', failed(429, { 'retry-after': '7' }), 0, 7_000],
    ['a secondary limit with a time to wait', failed(403, { 'retry-after': '30' }, 'secondary rate limit'), 5, 30_000],
    ['a secondary limit without one', failed(403, {}, 'You have exceeded a secondary rate limit.'), 0, 60_000],
    ['a secondary limit without one, again', failed(403, {}, 'You have exceeded a secondary rate limit.'), 1, 120_000],
    ['a used up limit', failed(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inAMinute }), 0, 61_000],
    [
      'a used up limit by 429',
      failed(429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now / 1000 - 5}` }),
      0,
      1_000,
    ],
    [
      'a limit that is not used up',
      failed(429, { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': inAMinute }),
      0,
      60_000,
    ],
  ])('%s', (_, error, failures, delay) => {
    expect(retryDelayMs(error, failures, now)).toBe(delay)
  })
})
