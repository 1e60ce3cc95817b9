import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitHub } from '../../src/github/api.ts'
import { deactivateDeployments } from '../../src/github/deployment.ts'
import { line } from '../../src/log.ts'
import { hiddenLine, md } from '../../src/report/markdown.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

const marker = '<!-- terraform-mcp-deploy-issue:0123456789abcdef -->'
const asked = { contents: 'read', issues: 'write', deployments: 'write' } as const
let standIn: Awaited<ReturnType<typeof startGitHub>>

beforeEach(async () => {
  standIn = await startGitHub({ owner: 'acme', repo: 'infra', permissions: asked })
  forwardGitHubTo(standIn.apiUrl)
})
afterEach(async () => {
  expect(standIn.violations).toEqual([])
  await standIn.stop()
})
afterAll(closeGitHubFront)

const title = line`Red`
const body = (text: string) => md`${hiddenLine(marker)}\n${text}`
const client = (token = standIn.token) => new GitHub(token, 'acme', 'infra', () => {}, quickGitHubTimes)
const place = { owner: 'acme', repo: 'infra' }
const issues = async (state: 'open' | 'closed') =>
  (await standIn.octokit.rest.issues.listForRepo({ ...place, state })).data.toSorted((a, b) => a.number - b.number)
const sent = (operation: string) => standIn.requests.filter(request => request.operation === operation)

describe('one issue', { timeout: 120_000 }, () => {
  test('is opened once, found again, written over and closed', async () => {
    const opened = await client().openIssue(marker, title, body('first'))
    expect(opened).toMatchObject({ number: expect.any(Number), url: expect.stringMatching(/^http/) })
    expect(await client().openIssue(marker, title, body('second'))).toMatchObject({ number: opened.number })
    expect((await client().issuesOf(marker)).map(each => each.body)).toEqual([`${marker}\nfirst`])
    await client().updateIssue(opened.number, { body: body('third'), state: 'closed', state_reason: 'completed' })
    expect(await client().issuesOf(marker)).toEqual([])
    expect(await issues('closed')).toMatchObject([{ number: opened.number, title: 'Red', body: `${marker}\nthird` }])
  })

  test.each([
    ['is refused at first', { method: 'POST', path: /\/issues$/, times: 2, status: 502 }],
    [
      'was opened, but the answer is lost',
      { method: 'POST', path: /\/issues$/, times: 1, reset: true, afterwards: true },
    ],
    ['the list is not there at first', { method: 'GET', path: /\/issues\?/, times: 2, status: 502 }],
  ])('is one, although it %s', async (_, fault) => {
    standIn.faults.push(fault)
    await client().openIssue(marker, title, body('first'))
    expect(standIn.faults[0]?.times).toBe(0)
    expect(await issues('open')).toHaveLength(1)
  })

  test('stays one when runs open it at the same moment: the younger are closed as duplicates', async () => {
    // Each has seen none before the first is opened.
    standIn.faults.push({ method: 'POST', path: /\/issues$/, times: 3, delayMs: 500 })
    const opened = await Promise.all([1, 2, 3].map(n => client().openIssue(marker, title, body(`run ${n}`))))
    await client().openIssue(marker, title, body('later'))
    const [left, ...more] = await issues('open')
    expect(more).toEqual([])
    expect(new Set([...opened.map(({ number }) => number), left?.number]).size).toBe(1)
    const closed = await issues('closed')
    expect(closed).toHaveLength(2)
    for (const { body: text, number } of closed) {
      expect(text).toContain(`Duplicate of #${left?.number}`)
      expect(number).toBeGreaterThan(left?.number ?? 0)
    }
  })

  test('is not the one of a person who quotes our marker, nor a pull request', async () => {
    await standIn.octokit.rest.issues.create({ ...place, title: 'Quoted', body: `${marker}\nlook at this` })
    const opened = await client().openIssue(marker, title, body('ours'))
    expect((await client().issuesOf(marker)).map(({ number }) => number)).toEqual([opened.number])
    expect(await issues('open')).toHaveLength(2)
  })

  test('without the permission it is refused by a sentence that names it', async () => {
    await expect(client(standIn.readOnlyToken).openIssue(marker, title, hiddenLine(marker))).rejects.toThrow(
      /the open issues.*`issues: write`/,
    )
  })

  test('where issues are turned off, that is said', async () => {
    standIn.faults.push({
      path: /\/issues/,
      times: 1,
      status: 410,
      body: { message: 'Issues are disabled for this repo' },
    })
    await expect(client().openIssue(marker, title, hiddenLine(marker))).rejects.toThrow(/turned off in the settings/)
  })
})

describe('a deployment', { timeout: 120_000 }, () => {
  const commit = async () => (await standIn.octokit.rest.repos.getCommit({ ...place, ref: 'main' })).data.sha
  const run = 'https://github.com/acme/infra/actions/runs/1'
  const stack = 'infra'
  const create = async () => await client().createDeployment(await commit(), 'production', { run, stack })

  test('is of the commit as it is: nothing is merged into it and no check is waited for', async () => {
    const id = await create()
    expect(sent('repos/create-deployment')[0]?.body).toMatchObject({
      ref: await commit(),
      environment: 'production',
      auto_merge: false,
      required_contexts: [],
      transient_environment: false,
    })
    await client().addDeploymentStatus(id, { state: 'in_progress', description: 'Applying', logUrl: run })
    const environmentUrl = 'https://mcp.example.com/mcp'
    await client().addDeploymentStatus(id, { state: 'success', description: 'Well', logUrl: run, environmentUrl })
    expect(standIn.deployments).toMatchObject([
      {
        environment: 'production',
        statuses: [
          { state: 'in_progress', description: 'Applying', log_url: run, environment_url: '' },
          { state: 'success', description: 'Well', log_url: run, environment_url: environmentUrl },
        ],
      },
    ])
  })

  test('is found again by its stack while it is active, and set inactive once', async () => {
    const made = async (environment: string, of: string, by: string) =>
      await client().createDeployment(await commit(), environment, { run: by, stack: of })
    const ours = await made('production', stack, `${run}1`)
    const failed = await made('production', stack, `${run}2`)
    await made('production', 'another', `${run}3`)
    await made('staging', stack, `${run}4`)
    await client().addDeploymentStatus(ours, { state: 'in_progress', description: '', logUrl: run })
    await client().addDeploymentStatus(ours, { state: 'success', description: '', logUrl: run })
    await client().addDeploymentStatus(failed, { state: 'failure', description: '', logUrl: run })
    expect(await deactivateDeployments(client(), 'production', stack, run)).toBe(1)
    expect(await deactivateDeployments(client(), 'production', stack, run)).toBe(0)
    const states = standIn.deployments.map(({ statuses }) => statuses.at(-1)?.state)
    expect(states).toEqual(['inactive', 'failure', undefined, undefined])
  })

  test('cannot be set inactive without the permission, which is named', async () => {
    await create()
    await expect(deactivateDeployments(client(standIn.readOnlyToken), 'production', stack, run)).rejects.toThrow(
      /`deployments: write`/,
    )
  })

  test.each([
    ['the answer is lost', { method: 'POST', path: /\/deployments$/, times: 1, reset: true, afterwards: true }],
    ['it is refused at first', { method: 'POST', path: /\/deployments$/, times: 2, status: 503 }],
  ])('is one, although %s', async (_, fault) => {
    const before = await client().createDeployment(await commit(), 'production', { run: `${run}0`, stack })
    standIn.faults.push(fault)
    const id = await create()
    expect(id).not.toBe(before)
    expect(standIn.deployments.map(each => each.id)).toEqual([before, id])
  })

  test("of a commit that GitHub does not know is an error with GitHub's words", async () => {
    await expect(client().createDeployment('0'.repeat(40), 'production', { run, stack })).rejects.toThrow(
      /No ref found/,
    )
  })

  test('without the permission it is refused by a sentence that names it', async () => {
    await expect(
      client(standIn.readOnlyToken).createDeployment(await commit(), 'production', { run, stack }),
    ).rejects.toThrow(/a deployment to the environment production.*`deployments: write`/)
  })
})
