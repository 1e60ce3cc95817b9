import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readRecord, recordLine, type SignedRecord } from '../../src/approval/record.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'
import { GitHub, statusOf } from '../../src/github/api.ts'
import { decideComment, markClosed, writeReportComment } from '../../src/github/comment.ts'
import { isCommentOf } from '../../src/github/comment-owner.ts'
import { maxCommentUnits, renderComment } from '../../src/report/comment.ts'
import { historyLine, readHistory } from '../../src/report/history.ts'
import { withHiddenLine } from '../../src/report/markdown.ts'
import type { Report } from '../../src/report/report.ts'
import { backendOf, commentMarker, formerCommentMarker } from '../../src/report/target.ts'
import { startGitHub } from '../support/github.ts'
import { quickGitHubTimes } from '../support/quick-times.ts'
import { planReport } from '../support/reports.ts'

// Before the client is imported, which reads GitHub's address then.
const { closeGitHubFront, forwardGitHubTo } = await vi.hoisted(() => import('../support/github-front.ts'))

const base: Report = {
  command: 'plan',
  target: { stack: undefined, directory: 'infra', workspace: undefined },
  commit: '0123456789abcdef',
  runUrl: 'https://github.com/acme/infra/actions/runs/1',
  failures: [],
  warnings: [],
  phases: [],
}
const hasChanges = (yes: boolean): Partial<Report> => ({ plan: { hasChanges: yes } as NonNullable<Report['plan']> })
const failure = { code: 'INTERNAL_ERROR', sentence: 'It failed.', fix: '', phase: 'plan', remedy: undefined } as const

test.each([
  ['never', 'a failure', { failure }, 'nothing'],
  ['always', 'a plan without changes', hasChanges(false), 'write'],
  ['changes', 'a plan without changes', hasChanges(false), 'update'],
  ['changes', 'a plan with changes', hasChanges(true), 'write'],
  ['changes', 'a plan that failed before it was made', { failures: [failure] }, 'write'],
  ['changes', 'a plan without changes that failed', { ...hasChanges(false), failures: [failure] }, 'write'],
  ['changes', 'an apply without changes', { ...hasChanges(false), command: 'apply' }, 'write'],
] as const)('%s: %s', (mode, _, report, wanted) => {
  expect(decideComment(mode, { ...base, ...report } as Report)).toBe(wanted)
})

/** A plan that creates n resources, made by this run for this commit. */
function plan(n: number, run: number, sha: string, more: Partial<Report> = {}): Report {
  const resource_changes = Array.from({ length: n }, (_, i) => ({
    address: `aws_thing.many["${i}"]`,
    mode: 'managed' as const,
    type: 'aws_thing',
    change: { actions: ['create'] as const, before: null, after: { name: `n${i}`, text: 'x'.repeat(i % 90) } },
  }))
  const json = { format_version: '1.2', applyable: n > 0, resource_changes }
  const runUrl = `https://github.com/acme/infra/actions/runs/${run}`
  return planReport(json, { commit: sha, runUrl, ...more })
}
const seal = createPlanSigner('key', undefined, undefined)
/** What an apply must find in the comment. */
const signed: SignedRecord = {
  signer: seal,
  record: {
    version: 2,
    life: { stage: 'reviewed' },
    fingerprint: `sha256:${'0'.repeat(64)}`,
    mode: 'key',
    binding: { repository: 'acme/infra', pullRequest: 1, workflow: '', target: '' },
    head: '1'.repeat(40),
    runUrl: 'https://github.com/acme/infra/actions/runs/1',
    outline: { settings: {}, changes: [] },
  },
}

const shaOf = (digit: number) => `${digit}`.repeat(40)

describe('on a pull request', { timeout: 180_000 }, () => {
  let standIn: Awaited<ReturnType<typeof startGitHub>>
  let pull: number
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

  const post = (report: Report, wanted: 'write' | 'update' = 'write', record?: SignedRecord) =>
    writeReportComment(new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes), {
      pullRequest: pull,
      report,
      marker: commentMarker(report),
      wanted,
      record,
    })
  const bodies = async () => (await standIn.comments(pull)).map(({ body }) => body)
  const onlyBody = async () => {
    const [body = '', ...more] = await bodies()
    expect(more).toEqual([])
    return body
  }
  const tooLong = { errors: [{ resource: 'IssueComment', code: 'custom', field: 'body', message: 'body is too long' }] }
  const refusal = { status: 422, body: { message: 'Validation Failed', ...tooLong } }

  /** A leg of a matrix by backend-config. */
  const leg = (key: string, run: number, more: Partial<Report> = {}) => {
    const state = { backend: `s3 bucket=acme key=${key}`, workspace: 'default' }
    const target = { ...base.target, backend: backendOf([`key=${key}`], () => undefined) }
    const report = plan(3, run, shaOf(1), { target, state: JSON.stringify(state), ...more })
    const owner = { marker: commentMarker(report), formerMarker: formerCommentMarker(report), state }
    const record = { ...signed, record: { ...signed.record, outline: { settings: state, changes: [] } } }
    const write = () =>
      writeReportComment(new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes), {
        pullRequest: pull,
        report,
        marker: owner.marker,
        isOurs: body => isCommentOf(owner, body),
        wanted: 'write',
        record,
      })
    return { report, owner, record, write }
  }

  test('two legs of a matrix by backend-config have a comment each', async () => {
    await leg('staging', 1).write()
    await leg('production', 1).write()
    await leg('staging', 1).write()
    expect(await bodies()).toEqual([
      expect.stringContaining('· infra, state staging'),
      expect.stringContaining('· infra, state production'),
    ])
  })

  test('the comment of version 0.1 is taken over by the stack whose state its record names, and by no other', async () => {
    const { owner, report, record } = leg('production', 1)
    const unsigned = renderComment(report, owner.formerMarker ?? '')
    const old = withHiddenLine(unsigned, recordLine(String(unsigned), record))
    await new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes).upsertComment(
      pull,
      owner.formerMarker ?? '',
      () => old,
    )
    await leg('staging', 2).write()
    expect(await bodies()).toEqual([String(old), expect.stringContaining('state staging')])
    await leg('production', 3).write()
    const [first = ''] = await bodies()
    expect(first.startsWith(owner.marker)).toBe(true)
    // Its history is read, too.
    expect(readHistory(first).map(({ run }) => run)).toEqual([3, 1])
    expect(await bodies()).toHaveLength(2)
  })

  test('two jobs of one run for two states of one comment: the second one fails, and the first plan stays', async () => {
    const named = (name: string) => leg(name, 1, { target: { ...base.target, name: 'weather' } }).write()
    await named('staging')
    const before = await onlyBody()
    await expect(named('production')).rejects.toMatchObject({
      code: 'COMMENT_SHARED',
      message: expect.stringContaining('stack-name'),
    })
    expect(await onlyBody()).toBe(before)
    await named('staging')
    // Another run may be about another state: somebody has moved it.
    await leg('production', 2, { target: { ...base.target, name: 'weather' } }).write()
    expect(readHistory(await onlyBody())).toHaveLength(2)
  })

  test('a pull request that grows from 10 to 10,000 resources never shows old numbers', async () => {
    for (const [index, n] of [10, 1_000, 10_000].entries()) {
      await post(plan(n, index + 1, shaOf(index + 1)))
      const body = await onlyBody()
      expect(body.length).toBeLessThanOrEqual(maxCommentUnits)
      expect(body).toContain(`\n\n**${n} to add, 0 to change, 0 to destroy**`)
      if (n > 10) expect(body).toMatch(/The attributes are not shown: see the summary of/)
    }
  })

  test('earlier plans are told by commit in a fold, the newest first, and no more than nine', async () => {
    for (let run = 1; run <= 12; run++) await post(plan(run, run, `${run}`.padStart(40, 'a')))
    const body = await onlyBody()
    const fold = /<details><summary>Earlier: 9 runs, by commit<\/summary>\n\n([\s\S]*?)\n\n<\/details>/.exec(body)?.[1]
    expect(fold?.split('\n')).toHaveLength(9)
    expect(fold?.split('\n')[0]).toBe(
      '- `aaaaaaa` planned: 11 to add, 0 to change, 0 to destroy ([run](https://github.com/acme/infra/actions/runs/11))',
    )
  })

  test('what the same run says again replaces what it said', async () => {
    const merge = { command: 'apply', commit: shaOf(3) } as const
    await post(plan(2, 1, shaOf(1)))
    await post(plan(2, 2, shaOf(3), { ...merge, apply: 'started' }))
    expect(await onlyBody()).toContain('Terraform is applying [in this run]')
    await post(plan(2, 2, shaOf(3), { ...merge, apply: 'done', failures: [{ ...failure, phase: 'gate' }] }))
    const body = await onlyBody()
    expect(readHistory(body).map(({ run, outcome }) => [run, outcome])).toEqual([
      [2, 'failed'],
      [1, 'planned'],
    ])
    expect(body).toContain('Earlier: 1 run, by commit')
    expect(body).toContain('✅ **Applied** by [this run](https://github.com/acme/infra/actions/runs/2): 2 to add')
  })

  test('data that somebody put into the comment by hand does not come back', async () => {
    await post(plan(1, 1, shaOf(1)))
    const [ours] = await standIn.comments(pull)
    const forged = [
      { run: 1, attempt: 1, sha: 'a"><img src=x>', outcome: 'planned' },
      { run: 1, attempt: 1, sha: shaOf(4), outcome: '@team' },
      { run: -1, attempt: 1, sha: shaOf(4), outcome: 'planned' },
      { run: 1, attempt: 7, sha: shaOf(4), outcome: 'planned', counts: { add: '<b>@team</b>' }, note: '@team' },
    ]
    const first = ours?.body.split('\n')[0]
    const body = `${first}\n${historyLine(forged as never)}\n\n@team [x](https://evil.example)`
    await standIn.octokit.rest.issues.updateComment({ owner: 'acme', repo: 'infra', comment_id: ours?.id ?? 0, body })
    await post(plan(1, 2, shaOf(2)))
    const after = await onlyBody()
    expect(after).not.toMatch(/@team|evil|img/)
    expect(readHistory(after).map(({ attempt }) => attempt)).toEqual([1, 7])
  })

  test('a line of data for a later run stands right after the marker', async () => {
    const report = plan(1, 1, shaOf(1))
    await post(report, 'write', signed)
    expect(await onlyBody()).toMatch(
      new RegExp(
        `^${commentMarker(report)}\n<!-- terraform-mcp-deploy plan [^\n]+ -->\n<!-- terraform-mcp-deploy-runs:`,
      ),
    )
    await post(plan(1, 2, shaOf(2)), 'write', signed)
    expect(readHistory(await onlyBody())).toHaveLength(2)
    expect(readRecord(await onlyBody(), () => seal)).toEqual({ record: signed.record, intact: true })
  })

  describe('two runs', () => {
    test('at once make one comment, with the plan of the newer commit', async () => {
      // Both see that there is none before either has written.
      standIn.faults.push({ method: 'POST', path: /\/comments$/, times: 2, delayMs: 600 })
      const results = await Promise.all([post(plan(1, 1, shaOf(1))), post(plan(2, 2, shaOf(2)))])
      expect(await onlyBody()).toContain('**2 to add, 0 to change, 0 to destroy**')
      expect(results[1]).toMatchObject({ id: expect.any(Number) })
    })

    test('five at once, of one commit: one comment', async () => {
      standIn.faults.push({ method: 'POST', path: /\/comments$/, times: 5, delayMs: 600 })
      await Promise.all([1, 2, 3, 4, 5].map(run => post(plan(1, run, shaOf(1)))))
      await onlyBody()
    })

    test('at once on a comment that is there: what the older one wrote over the newer plan is written over', async () => {
      await post(plan(9, 1, shaOf(9)))
      const lists = () => standIn.requests.filter(({ operation }) => operation === 'issues/list-comments').length
      const before = lists()
      standIn.faults.push(
        { method: 'GET', path: /\/comments/, times: 2, delayMs: 150 },
        { method: 'PATCH', path: /\/comments\//, times: 2, delayMs: 500 },
      )
      const newer = post(plan(2, 3, shaOf(2)))
      const older = post(plan(1, 2, shaOf(1)))
      await expect.poll(() => standIn.faults.filter(({ times }) => times > 0), { timeout: 20_000 }).toEqual([])
      // Both have read the old comment and write now; when the newer one looks again, the older one has written, too.
      standIn.faults.push({ method: 'GET', path: /\/comments/, times: 2, delayMs: 800 })
      await Promise.all([newer, older])
      expect(lists()).toBeGreaterThanOrEqual(before + 4)
      expect(await onlyBody()).toContain('**2 to add')
    })

    test('the older one is started again: it leaves the newer plan', async () => {
      await post(plan(2, 2, shaOf(2)))
      expect(await post(plan(1, 1, shaOf(1)))).toBe('superseded')
      expect(await onlyBody()).toContain('**2 to add')
      // Of the same commit it is as good as the other.
      expect(await post(plan(3, 1, shaOf(2)))).toMatchObject({ id: expect.any(Number) })
      expect(await onlyBody()).toContain('**3 to add')
    })

    test('a plan overwrites no apply of a merged pull request, and is put above one of a pull request that is still open', async () => {
      await post({ ...plan(1, 1, shaOf(1)), command: 'apply', apply: 'started' })
      const head = (await standIn.pullRequest(pull)).headSha
      await post(plan(2, 2, head))
      expect(await onlyBody()).toMatch(/2 to add/)

      await post({ ...plan(3, 3, shaOf(1)), command: 'apply', apply: 'started' })
      const applying = await onlyBody()
      await standIn.merge(pull)
      expect(await post(plan(4, 4, head), 'write', signed)).toBe('closed')
      expect(await post({ ...plan(5, 5, head), failures: [failure] })).toBe('closed')
      expect(await onlyBody()).toBe(applying)
      expect(readRecord(applying, () => seal)).toBeUndefined()
    })

    test('an apply that ends before its plan leaves the record that the next run needs', async () => {
      await post(plan(1, 1, shaOf(1)), 'write', signed)
      const before = await onlyBody()
      const early = { ...plan(1, 2, shaOf(1)), command: 'apply' as const, failures: [failure] }
      expect(await post(early)).toBe('kept')
      expect(await onlyBody()).toBe(before)
      const refused = { outcome: 'refused', fingerprint: '', reviewed: undefined, differences: [] } as const
      await post({ ...early, approval: refused })
      expect(await onlyBody()).not.toBe(before)
    })

    test('an apply is told whatever stands there', async () => {
      await post(plan(2, 2, shaOf(2)))
      await post(plan(1, 1, shaOf(1), { command: 'apply', apply: 'done' }))
      expect(await onlyBody()).toContain('**Applied** by')
    })

    test('a number that somebody put in by hand does not keep the newest commit away', async () => {
      const { headSha } = await standIn.pullRequest(pull)
      await post(plan(2, 999_999_999, shaOf(2)))
      expect(await post(plan(1, 1, headSha))).toMatchObject({ id: expect.any(Number) })
      expect(await onlyBody()).toContain('**1 to add')
    })
  })

  describe('a comment that GitHub does not take', () => {
    test('is written as counts alone', async () => {
      await post(plan(10, 1, shaOf(1)))
      standIn.faults.push({ method: 'PATCH', path: /\/comments\//, times: 1, ...refusal })
      await post(plan(1_000, 2, shaOf(2)), 'write', signed)
      const body = await onlyBody()
      expect(body).toContain('**1000 to add, 0 to change, 0 to destroy**')
      expect(body).toContain('Read the rest in the summary of [this run](https://github.com/acme/infra/actions/runs/2)')
      expect(readRecord(body, () => seal)).toEqual({ record: signed.record, intact: true })
      expect(body).not.toContain('<summary>🟢')
    })

    test('nor the counts: the old one is marked as outdated, and that is an error', async () => {
      await post(plan(10, 1, shaOf(1)))
      standIn.faults.push({ method: 'PATCH', path: /\/comments\//, times: 2, ...refusal })
      await expect(post(plan(1_000, 2, shaOf(2)))).rejects.toThrow(/Validation Failed/)
      const body = await onlyBody()
      expect(body).toMatch(/## ⚠️ Outdated/)
      expect(body).not.toContain('10 to add, 0 to change, 0 to destroy**')
    })

    test('for another reason: no try in few words, and outdated as soon as GitHub answers again', async () => {
      await post(plan(10, 1, shaOf(1)))
      standIn.faults.push({ method: 'PATCH', path: /\/comments\//, times: 4, status: 500, body: { message: 'Oops' } })
      await expect(post(plan(11, 2, shaOf(2)))).rejects.toThrow(/Oops/)
      expect(await onlyBody()).toMatch(/## ⚠️ Outdated/)
    })

    test('and there was none: none is made of it', async () => {
      standIn.faults.push({ method: 'POST', path: /\/comments$/, times: 9, ...refusal })
      const error = await post(plan(1, 1, shaOf(1))).catch(error => error)
      expect(statusOf(error)).toBe(422)
      expect(await bodies()).toEqual([])
    })
  })

  describe('a pull request that is closed without a merge', () => {
    const close = (report: Report) =>
      markClosed(
        new GitHub(standIn.token, 'acme', 'infra', () => {}, quickGitHubTimes),
        pull,
        report,
        commentMarker(report),
      )

    test('says so in place of its plan', async () => {
      await post(plan(10, 1, shaOf(1)))
      await close(plan(0, 2, shaOf(1)))
      const body = await onlyBody()
      expect(body).toMatch(/## ⚪ Closed · root module\n\nThis pull request was closed without being merged/)
      expect(body).toContain('`1111111` planned: 10 to add')
      await post(plan(3, 3, shaOf(1)))
      expect(await onlyBody()).toMatch(/📋 Plan[\s\S]*closed without being merged/)
    })

    test('keeps what was applied', async () => {
      await post(plan(1, 1, shaOf(1), { command: 'apply', apply: 'done' }))
      expect(await close(plan(0, 2, shaOf(1)))).toBeUndefined()
      expect(await onlyBody()).toContain('**Applied** by')
    })

    test('gets no comment that it did not have', async () => {
      expect(await close(plan(0, 2, shaOf(1)))).toBeUndefined()
      expect(await bodies()).toEqual([])
    })
  })
})
