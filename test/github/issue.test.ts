/** The one issue of a scheduled verify, against the stand-in for GitHub: when it is written, what it says, who closes it. */
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FailureCode } from '../../src/errors.ts'
import { GitHub } from '../../src/github/api.ts'
import { decideIssue, updateVerifyIssue } from '../../src/github/issue.ts'
import { closedBody, issueTitle, readIssueState, renderIssue } from '../../src/report/issue.ts'
import { md } from '../../src/report/markdown.ts'
import type { Report } from '../../src/report/report.ts'
import { issueMarker } from '../../src/report/target.ts'
import { linesOf } from '../support/diff-lines.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'
import { elements, renderTree, text } from '../support/render.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

const day = 86_400_000
const noon = Date.UTC(2026, 10, 22, 12)
const endpoint = 'https://mcp.example.com/mcp'
const place = { owner: 'acme', repo: 'infra' }

const failure = (code: FailureCode, sentence = 'It is broken.'): NonNullable<Report['failures'][number]> => ({
  phase: 'gate',
  code,
  sentence,
  fix: 'Look there.',
  remedy: 'config',
})
const gate: Report['gate'] = {
  passed: true,
  endpoint,
  eras: { modern: { verdict: 'passed' }, legacy: { verdict: 'absent' }, 'http-sse': { verdict: 'absent' } },
  protocolVersions: [],
  tools: [],
  warnings: [],
  latencyMs: null,
  elapsedMs: 1,
  rounds: [],
}
const verified = (more: Partial<Report> = {}): Report => ({
  command: 'verify',
  gate,
  target: { stack: 'ecs', directory: '.', workspace: 'prod' },
  commit: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  runUrl: 'https://github.com/acme/infra/actions/runs/1',
  failures: [],
  warnings: [],
  phases: [],
  ...more,
})

test.each([
  ['green, and none is open', undefined, undefined, 'nothing'],
  ['green again', undefined, { key: 'PATH_404', since: 0, reported: noon }, 'close'],
  ['red for the first time', 'PATH_404', undefined, 'open'],
  ['red in the same way, told today', 'PATH_404', { key: 'PATH_404', since: 0, reported: noon - day + 1 }, 'keep'],
  ['red in the same way for a day', 'PATH_404', { key: 'PATH_404', since: 0, reported: noon - day }, 'rewrite'],
  ['red in another way', 'DRIFT', { key: 'PATH_404', since: 0, reported: noon }, 'rewrite and notify'],
] as const)('%s', (_, key, existing, decision) => {
  expect(decideIssue(key, existing, noon)).toBe(decision)
})

describe('the issue', { timeout: 120_000 }, () => {
  let standIn: Awaited<ReturnType<typeof startGitHub>>
  beforeEach(async () => {
    standIn = await startGitHub({ ...place, permissions: { contents: 'read', issues: 'write' } })
    forwardGitHubTo(standIn.apiUrl)
  })
  afterEach(async () => {
    expect(standIn.violations).toEqual([])
    await standIn.stop()
  })
  afterAll(closeGitHubFront)

  const keep = (report: Report, now: number, at?: string) =>
    updateVerifyIssue(new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes), report, at, now)
  const writes = () => standIn.requests.filter(({ method, path }) => method !== 'GET' && path !== '/graphql').length
  const issue = async (number: number) =>
    (await standIn.octokit.rest.issues.get({ ...place, issue_number: number })).data

  test('is opened, left alone, written anew, told of in another way, closed, and then a new one', async () => {
    expect(await keep(verified(), noon)).toBeUndefined()
    const opened = await keep(verified({ failures: [failure('PATH_404')] }), noon)
    expect(opened).toMatchObject({ outcome: 'opened', url: expect.stringMatching(/^http/) })
    const number = opened?.number ?? 0
    expect(await issue(number)).toMatchObject({
      state: 'open',
      title: 'MCP server fails its verification: ecs, workspace prod',
      body: expect.stringMatching(/\*\*PATH_404\*\*: It is broken\./),
    })

    const before = writes()
    for (const hour of [1, 12, 23]) {
      const kept = await keep(verified({ failures: [failure('PATH_404')] }), noon + hour * 3_600_000)
      expect(kept).toMatchObject({ outcome: 'kept', number })
    }
    expect(writes()).toBe(before)

    expect(await keep(verified({ failures: [failure('PATH_404')] }), noon + day)).toMatchObject({
      outcome: 'updated',
      number,
    })
    expect(await standIn.comments(number)).toEqual([])
    expect((await issue(number)).body).toMatch(
      /has failed since 2026-11-22 12:00 UTC[\s\S]*last at 2026-11-23 12:00 UTC/,
    )

    const other = verified({ failures: [failure('DRIFT')] })
    expect(await keep(other, noon + day + 1)).toMatchObject({ outcome: 'updated', number })
    const comments = () => standIn.comments(number).then(all => all.map(({ body }) => body))
    expect(await comments()).toEqual([
      expect.stringMatching(/^❌ The failure has changed: \*\*DRIFT\*\*, It is broken\./),
    ])

    expect(await keep(verified(), noon + 2 * day)).toMatchObject({ outcome: 'closed', number })
    const closed = await issue(number)
    expect(closed).toMatchObject({ state: 'closed' })
    expect(closed.body).toMatch(/✅ \*\*Passes again\*\* at 2026-11-24 12:00 UTC: \[this run\]\([^)]+\) verified it\./)
    expect(closed.body).toMatch(/\*\*DRIFT\*\*/)
    expect((await comments()).at(-1)).toMatch(/^✅ \*\*Passes again\*\*/)

    const again = await keep(verified({ failures: [failure('PATH_404')] }), noon + 3 * day)
    expect(again).toMatchObject({ outcome: 'opened' })
    expect(again?.number).not.toBe(number)
  })

  test('each workspace, directory and named endpoint has its own', async () => {
    const red = verified({ failures: [failure('PATH_404')] })
    const places: [Report, string | undefined][] = [
      [red, undefined],
      [{ ...red, target: { ...red.target, workspace: 'staging' } }, undefined],
      [{ ...red, target: { ...red.target, directory: 'infra' } }, undefined],
      [{ ...red, target: { ...red.target, stack: 'ec2' } }, undefined],
      [red, endpoint],
    ]
    const numbers: (number | undefined)[] = []
    for (const [report, at] of places) numbers.push((await keep(report, noon, at))?.number)
    expect(new Set(numbers).size).toBe(places.length)
    expect(await keep(verified(), noon, endpoint)).toMatchObject({ outcome: 'closed', number: numbers[4] })
    expect((await issue(numbers[0] ?? 0)).state).toBe('open')
  })

  test('a text that somebody has edited is written again', async () => {
    const number = (await keep(verified({ failures: [failure('PATH_404')] }), noon))?.number ?? 0
    const body = `${issueMarker(verified(), undefined)}\nI know!`
    await standIn.octokit.rest.issues.update({ ...place, issue_number: number, body })
    expect(await keep(verified({ failures: [failure('PATH_404')] }), noon)).toMatchObject({
      outcome: 'updated',
      number,
    })
    expect((await issue(number)).body).toContain('PATH_404')
  })
})

test('no text of the server, of AWS or of Terraform is Markdown, a mention or a link there', async () => {
  const evil = '`</details><script>alert(1)</script> @acme/admins #1 ![x](https://evil.example/x) --> | a\n# b'
  const marker = issueMarker(verified(), undefined)
  const report = verified({
    failures: [{ ...failure('RPC_ERROR', evil), fix: evil }],
    warnings: [evil],
    certificate: { host: evil, daysLeft: 3, validTo: '2026-12-01T00:00:00.000Z', issuer: evil, names: [evil] },
    drift: {
      plan: 'normal',
      changes: [{ address: evil, kind: 'update', lines: linesOf({ a: evil }) }],
      outputs: [evil],
    },
    links: [{ title: evil, url: 'https://console.aws.amazon.com/?a=1' }],
  })
  const body = String(renderIssue(report, marker, { key: 'RPC_ERROR', since: noon, reported: noon }))
  const tree = await renderTree(body)
  const all = [...elements(tree)]
  expect(all.filter(({ tagName }) => ['script', 'img', 'h1'].includes(tagName))).toEqual([])
  expect(all.flatMap(({ properties }) => properties.href ?? []).filter(href => `${href}`.includes('evil'))).toEqual([])
  // What stands in code or in a block of it notifies nobody.
  expect(text(tree, ['code', 'pre'])).not.toMatch(/@acme|#1/)
  expect(readIssueState(body)).toEqual({ key: 'RPC_ERROR', since: noon, reported: noon })
})

test('a text is never longer than GitHub takes, closed or open', () => {
  const marker = issueMarker(verified(), undefined)
  const long = `${'`*_@'.repeat(20_000)}\n`.repeat(3)
  const report = verified({ failures: [failure('RPC_ERROR', long)], warnings: Array.from({ length: 500 }, () => long) })
  const body = String(renderIssue(report, marker, { key: 'RPC_ERROR', since: noon, reported: noon }))
  expect(closedBody(body, marker, md`✅ ${'x'.repeat(100)}`).length).toBeLessThan(65_536)
  expect(body).toMatch(/Updated when the failure changes/)
  const deep = verified({ target: { stack: undefined, directory: `a\n\`b\`${'x'.repeat(400)}`, workspace: undefined } })
  expect(String(issueTitle(deep, endpoint))).toMatch(/^[^\n`]{1,250}$/)
})
