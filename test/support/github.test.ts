import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GitHub, startGitHub } from './github.ts'

const repository = { owner: 'octo', repo: 'infra' }
let github: GitHub

beforeEach(async () => {
  github = await startGitHub(repository)
})
afterEach(() => github.stop())

const octokit = (token: string) => getOctokit(token, { baseUrl: github.apiUrl }).rest
const open = (branch = 'feature', files: Record<string, string | null> = { 'main.tf': 'one' }) =>
  github.createPullRequest({ title: 'Add a server', branch, files })

describe('through the Octokit of an action', { timeout: 60_000 }, () => {
  test('comments: create, update, list in pages, get, delete; written by the bot; no violation', async () => {
    const { number } = await open()
    const { issues, paginate } = {
      ...octokit(github.token),
      paginate: getOctokit(github.token, { baseUrl: github.apiUrl }).paginate,
    }
    for (let count = 1; count <= 12; count++) {
      await issues.createComment({ ...repository, issue_number: number, body: `comment ${count}` })
    }
    const listed = await paginate(issues.listComments, { ...repository, issue_number: number, per_page: 5 })
    expect(listed.map(each => each.body)).toEqual(Array.from({ length: 12 }, (_, at) => `comment ${at + 1}`))
    expect(listed[0]?.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' })

    const id = listed[3]?.id ?? 0
    await issues.updateComment({ ...repository, comment_id: id, body: 'changed' })
    expect((await issues.getComment({ ...repository, comment_id: id })).data.body).toBe('changed')
    await issues.deleteComment({ ...repository, comment_id: id })
    await github.octokit.rest.issues.createComment({ ...repository, issue_number: number, body: 'by a person' })
    const comments = await github.comments(number)
    expect(comments).toHaveLength(12)
    expect(comments.at(-1)?.user).toMatchObject({ login: 'octo', type: 'User' })
    expect(github.violations).toEqual([])
    expect(github.requests.filter(each => each.operation === 'issues/list-comments')).toHaveLength(3)
  })

  test('every other operation that was described, as a person; no violation', async () => {
    const { rest } = github.octokit
    const pull = await open()
    await rest.users.getAuthenticated()
    await rest.repos.get(repository)
    const { data: blob } = await rest.repos.getContent({ ...repository, path: 'README.md' })
    expect(blob).toMatchObject({ type: 'file' })
    const content = Buffer.from('text').toString('base64')
    await rest.repos.createOrUpdateFileContents({ ...repository, path: 'docs/a.md', message: 'Add', content })
    const { data: ref } = await rest.git.getRef({ ...repository, ref: 'heads/main' })
    const { data: head } = await rest.git.getCommit({ ...repository, commit_sha: ref.object.sha })
    const file = { path: 'b.tf', mode: '100644', type: 'blob', content: 'b' } as const
    const { data: tree } = await rest.git.createTree({ ...repository, base_tree: head.tree.sha, tree: [file] })
    await rest.git.getTree({ ...repository, tree_sha: tree.sha })
    const commit = await rest.git.createCommit({ ...repository, message: 'b', tree: tree.sha, parents: [head.sha] })
    await rest.git.createRef({ ...repository, ref: 'refs/heads/second', sha: head.sha })
    await rest.git.updateRef({ ...repository, ref: 'heads/second', sha: commit.data.sha })
    await rest.repos.getCommit({ ...repository, ref: 'second' })
    const second = await rest.pulls.create({ ...repository, title: 'Second', head: 'second', base: 'main' })
    await rest.pulls.update({ ...repository, pull_number: second.data.number, body: 'text' })
    expect((await rest.pulls.list(repository)).data).toHaveLength(2)
    const issue = await rest.issues.create({ ...repository, title: 'Drift' })
    await rest.issues.update({ ...repository, issue_number: issue.data.number, state: 'closed' })
    await rest.issues.get({ ...repository, issue_number: issue.data.number })
    const output = { title: 'Plan', summary: 'none' }
    const check = await rest.checks.create({ ...repository, name: 'gate', head_sha: pull.headSha, output })
    await rest.checks.update({ ...repository, check_run_id: check.data.id, conclusion: 'success' })
    await rest.checks.get({ ...repository, check_run_id: check.data.id })
    await rest.checks.listForRef({ ...repository, ref: pull.headSha })
    const status = { ...repository, sha: pull.headSha, context: 'plan', state: 'success', description: 'd' } as const
    await rest.repos.createCommitStatus({ ...status, target_url: 'https://github.com/octo/infra/actions/runs/1' })
    const { data: statuses } = await rest.repos.listCommitStatusesForRef({ ...repository, ref: pull.headSha })
    expect(statuses.map(({ context, state }) => `${context} ${state}`)).toEqual(['plan success'])
    await rest.pulls.merge({ ...repository, pull_number: second.data.number })
    await rest.git.deleteRef({ ...repository, ref: 'heads/second' })
    expect(github.violations).toEqual([])
  })

  test('a request or a path that GitHub does not describe is a violation', async () => {
    const { number } = await open()
    const { request } = github.octokit
    await request(`GET /repos/octo/infra/pulls/${number}?foo=bar`)
    await expect(
      request('POST /repos/{owner}/{repo}/pulls', { ...repository, title: 7 as never, head: 'a', base: 'main' }),
    ).rejects.toThrow()
    await expect(request('GET /repos/{owner}/{repo}/traffic/views', repository)).rejects.toThrow()
    expect(github.violations.map(each => each.errors.join())).toEqual([
      expect.stringContaining('must NOT have additional properties'),
      expect.stringContaining('/title must be string'),
      'not an operation that was described',
    ])
  })
})

describe('who may do what', { timeout: 60_000 }, () => {
  test.each([
    ['no token', '', 401, 'Requires authentication'],
    ['a token nobody issued', 'ghs_stranger', 401, 'Bad credentials'],
  ])('%s', async (_, token, status, message) => {
    const answered = await fetch(`${github.apiUrl}/repos/octo/infra`, {
      ...(token !== '' && { headers: { authorization: `token ${token}` } }),
    })
    expect(answered.status).toBe(status)
    expect(await answered.json()).toMatchObject({ message, status: String(status) })
  })

  test('the Actions token is no user and merges nothing; the token of a fork writes nothing', async () => {
    const { number } = await open()
    const forbidden = { status: 403, message: expect.stringContaining('Resource not accessible by integration') }
    const actions = octokit(github.token)
    await expect(actions.users.getAuthenticated()).rejects.toMatchObject(forbidden)
    await expect(actions.pulls.merge({ ...repository, pull_number: number })).rejects.toMatchObject(forbidden)
    await expect(actions.checks.listForRef({ ...repository, ref: 'main' })).rejects.toMatchObject(forbidden)
    const fork = octokit(github.readOnlyToken)
    expect((await fork.pulls.get({ ...repository, pull_number: number })).data.number).toBe(number)
    const comment = { ...repository, issue_number: number, body: 'x' }
    await expect(fork.issues.createComment(comment)).rejects.toMatchObject(forbidden)
    expect(github.violations).toEqual([])
    expect(github.requests.map(each => `${each.caller} ${each.status}`)).toEqual([
      'actions 403',
      'actions 403',
      'actions 403',
      'read-only 200',
      'read-only 403',
    ])
  })

  test('other permissions can be given to the Actions token', async () => {
    const checking = await startGitHub({ ...repository, permissions: { checks: 'write' } })
    try {
      const { rest } = getOctokit(checking.token, { baseUrl: checking.apiUrl })
      const { headSha } = await checking.createPullRequest({ title: 'A', branch: 'a', files: { a: 'a' } })
      expect((await rest.checks.create({ ...repository, name: 'gate', head_sha: headSha })).status).toBe(201)
      await expect(rest.pulls.list(repository)).rejects.toMatchObject({ status: 403 })
      expect((await rest.repos.get(repository)).status).toBe(200)
    } finally {
      await checking.stop()
    }
  })

  test('a comment has 65,536 characters at most', async () => {
    const { number } = await open()
    const comment = (length: number) => ({ ...repository, issue_number: number, body: 'x'.repeat(length) })
    const { issues } = octokit(github.token)
    const { data } = await issues.createComment(comment(65_536))
    const tooLong = { status: 422, message: expect.stringContaining('body is too long (maximum is 65536 characters)') }
    await expect(issues.createComment(comment(65_537))).rejects.toMatchObject(tooLong)
    await expect(issues.updateComment({ ...comment(65_537), comment_id: data.id })).rejects.toMatchObject(tooLong)
    expect(github.violations).toEqual([])
  })
})

describe('pull requests', { timeout: 60_000 }, () => {
  const content = async (path: string, ref: string) => {
    const { data } = await github.octokit.rest.repos.getContent({ ...repository, path, ref })
    return Buffer.from((data as { content: string }).content, 'base64').toString()
  }
  const pullsOf = async (sha: string) => {
    const { repos } = octokit(github.token)
    const { data } = await repos.listPullRequestsAssociatedWithCommit({ ...repository, commit_sha: sha })
    return data.map(each => each.number)
  }

  test('follow their branch, and have a test merge that holds both sides', async () => {
    const opened = await open()
    const { after } = await github.push({ 'base.tf': 'meanwhile' }, 'Meanwhile')
    const pushed = await github.pushTo(opened.number, { 'main.tf': 'two' })
    expect(pushed.before).toBe(opened.headSha)
    const { data } = await octokit(github.token).pulls.get({ ...repository, pull_number: opened.number })
    expect(data.head.sha).toBe(pushed.headSha)
    expect(pushed.headSha).not.toBe(opened.headSha)
    expect(await content('main.tf', data.merge_commit_sha ?? '')).toBe('two')
    expect(await content('base.tf', data.merge_commit_sha ?? '')).toBe('meanwhile')
    const { data: commit } = await github.octokit.rest.git.getCommit({
      ...repository,
      commit_sha: pushed.mergeCommitSha,
    })
    expect(commit.parents.map(each => each.sha)).toEqual([after, pushed.headSha])
  })

  test.each([
    ['merge', 2],
    ['squash', 1],
    ['rebase', 1],
  ] as const)('%s keeps both sides, and the commit leads back to the pull request', async (method, parents) => {
    const { number } = await open()
    const { headSha } = await github.pushTo(number, { 'second.tf': 'two' })
    const other = await open('other', { 'other.tf': 'o' })
    const { after } = await github.push({ 'base.tf': 'meanwhile' }, 'Meanwhile')
    expect(await pullsOf(headSha)).toEqual([number])

    const { sha, before } = await github.merge(number, method)
    expect(before).toBe(after)
    for (const path of ['main.tf', 'second.tf', 'base.tf']) expect(await content(path, 'main')).not.toBe('')
    const { data: commit } = await github.octokit.rest.git.getCommit({ ...repository, commit_sha: sha })
    expect(commit.parents).toHaveLength(parents)
    const { data: merged } = await octokit(github.token).pulls.get({ ...repository, pull_number: number })
    expect(merged).toMatchObject({ merged: true, state: 'closed', merge_commit_sha: sha, head: { sha: headSha } })
    expect(await pullsOf(sha)).toEqual([number])
    expect(await pullsOf(other.headSha)).toEqual([other.number])
    expect(await pullsOf(after)).toEqual([])
    expect(github.violations).toEqual([])
  })

  test('a file that a pull request deletes is gone after the merge', async () => {
    const { number } = await open('clean-up', { 'README.md': null, 'main.tf': 'one' })
    await github.push({ 'base.tf': 'meanwhile' }, 'Meanwhile')
    await github.merge(number)
    await expect(content('README.md', 'main')).rejects.toMatchObject({ status: 404 })
    expect(await content('main.tf', 'main')).toBe('one')
  })

  test('a merge of what is no longer the head is refused', async () => {
    const { number, headSha } = await open()
    await github.pushTo(number, { 'main.tf': 'two' })
    const stale = github.octokit.rest.pulls.merge({ ...repository, pull_number: number, sha: headSha })
    await expect(stale).rejects.toMatchObject({ status: 409 })
    await expect(github.merge(99)).rejects.toThrow('404')
  })
})

describe('faults', { timeout: 60_000 }, () => {
  test('hit as often as told, with the status, headers and body told', async () => {
    const { number } = await open()
    const limited = { message: 'You have exceeded a secondary rate limit.' }
    github.faults.push({
      method: 'POST',
      path: /\/comments$/,
      times: 2,
      status: 403,
      headers: { 'retry-after': '1' },
      body: limited,
    })
    const { issues } = octokit(github.token)
    const comment = { ...repository, issue_number: number, body: 'x' }
    await expect(issues.createComment(comment)).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'retry-after': '1' }, data: limited },
    })
    await expect(issues.createComment(comment)).rejects.toMatchObject({ status: 403 })
    expect((await issues.createComment(comment)).status).toBe(201)
    expect(await github.comments(number)).toHaveLength(1)
  })

  test('a reset loses the request, or only the answer', async () => {
    const { number } = await open()
    const { issues } = octokit(github.token)
    const comment = { ...repository, issue_number: number, body: 'x' }
    github.faults.push({ path: /\/comments$/, times: 1, reset: true })
    await expect(issues.createComment(comment)).rejects.toThrow()
    expect(await github.comments(number)).toHaveLength(0)
    github.faults.push({ path: /\/comments$/, times: 1, reset: true, afterwards: true })
    await expect(issues.createComment(comment)).rejects.toThrow()
    expect(await github.comments(number)).toHaveLength(1)
    expect(github.requests.map(each => each.status)).toEqual([0, 0])
  })

  test('an answer that is no JSON, with 200', async () => {
    github.faults.push({ path: /./, times: 1, body: '<html>', headers: { 'content-type': 'text/html' } })
    const { data } = await octokit(github.token).repos.get(repository)
    expect(data).toBe('<html>')
  })
})
