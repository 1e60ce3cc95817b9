import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitHub } from '../../src/github/api.ts'
import { noticeMarker, notifyMerger } from '../../src/github/merger.ts'
import { renderFailureNotice } from '../../src/report/failure-notice.ts'
import type { Report } from '../../src/report/report.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'
import { planReport } from '../support/reports.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

const failed = (code: 'RPC_ERROR' | 'TCP_REFUSED', more: Partial<Report> = {}): Report =>
  planReport(
    { format_version: '1.2', applyable: true },
    {
      command: 'apply',
      apply: 'done',
      failures: [{ code, sentence: 'It answers @team.\nMore.', fix: 'Fix it.', remedy: 'wait', phase: 'gate' }],
      ...more,
    },
  )
const url = 'https://github.com/acme/infra/pull/1#issuecomment-1'

test('the notice mentions the merger, names the failure and leads to report and run', () => {
  const report = failed('RPC_ERROR', { docsUrl: 'https://github.com/acme/x/blob/v1/docs' })
  expect(
    String(renderFailureNotice(report, noticeMarker(report), 'octo-cat', url))
      .split('\n')
      .slice(1)
      .join('\n'),
  ).toBe(
    `❌ @octo-cat **Deployment failed** · root module

What you merged is not deployed and verified. **[RPC_ERROR](https://github.com/acme/x/blob/v1/docs/gate-codes.md#RPC_ERROR)**: It answers \`@team\`.

**What to do**: Fix it.

See [the report](${url}) and [the run](https://github.com/acme/weather/actions/runs/1).`,
  )
})

test.each([undefined, 'a b', '@team', 'x`y', '-a'])('nobody is mentioned for the login %j', login => {
  const report = failed('RPC_ERROR')
  expect(String(renderFailureNotice(report, noticeMarker(report), login, url))).not.toMatch(/(?<![`\w])@\w/)
})

describe('on a pull request', { timeout: 120_000 }, () => {
  let standIn: Awaited<ReturnType<typeof startGitHub>>
  let pullRequest: number
  beforeEach(async () => {
    standIn = await startGitHub({ owner: 'acme', repo: 'infra' })
    forwardGitHubTo(standIn.apiUrl)
    pullRequest = (await standIn.createPullRequest({ title: 'One', branch: 'one', files: { a: 'b' } })).number
    await standIn.merge(pullRequest)
  })
  afterEach(async () => {
    expect(standIn.violations).toEqual([])
    await standIn.stop()
  })
  afterAll(closeGitHubFront)
  const notify = (report: Report) =>
    notifyMerger(
      new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes),
      { ...report, pullRequest },
      undefined,
    )
  const bodies = async () => (await standIn.comments(pullRequest)).map(({ body }) => body)

  test('each failure of a commit is reported once, to the person who merged', async () => {
    await notify(failed('RPC_ERROR'))
    await notify(failed('RPC_ERROR'))
    expect(await bodies()).toEqual([expect.stringMatching(/\n❌ @[\w-]+ \*\*Deployment failed\*\*/)])
    await notify(failed('TCP_REFUSED'))
    await notify(failed('RPC_ERROR', { commit: 'f'.repeat(40) }))
    await notify(failed('RPC_ERROR', { target: { stack: undefined, directory: 'other', workspace: undefined } }))
    expect(await bodies()).toHaveLength(4)
  })

  test('a pull request gets at most ten notices', async () => {
    for (let n = 0; n < 12; n++) await notify(failed('RPC_ERROR', { commit: `${n}`.padStart(40, '0') }))
    expect(await bodies()).toHaveLength(10)
  })

  test.each<[string, Partial<Report>]>([
    ['a cancelled run', { failures: [{ code: 'CANCELLED', sentence: '', fix: '', remedy: undefined, phase: 'gate' }] }],
    ['a failed plan', { command: 'plan' }],
    ['a failed verify', { command: 'verify' }],
  ])('%s notifies nobody', async (_, more) => {
    await notify(failed('RPC_ERROR', more))
    expect(await bodies()).toEqual([])
  })
})
