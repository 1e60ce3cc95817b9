/** How a run ended, over everything that can occur: live, and read back from the JSON report. */
import { describe, expect, test } from 'vitest'
import { loadReportSchema } from '../../src/outputs.ts'
import { headlines, type Outcome, type OutcomeFacts, outcomeOf } from '../../src/report/outcome.ts'
import { readStackReport } from '../../src/report/read-reports.ts'
import { type Report, reportJson } from '../../src/report/report.ts'
import { serialize } from '../../src/report/serialize.ts'
import { destroyOutcomes } from '../../src/terraform/destroy.ts'
import { planReport } from '../support/reports.ts'

const { plan } = planReport({ format_version: '1.2', terraform_version: '1.11.4' })
const planned = (hasChanges: boolean) => ({ plan: { ...(plan as NonNullable<Report['plan']>), hasChanges } })
const gate = (passed: boolean): Pick<Report, 'gate'> => ({
  gate: {
    passed,
    endpoint: 'https://mcp.example.com/mcp',
    eras: { modern: { verdict: 'absent' }, legacy: { verdict: 'absent' }, 'http-sse': { verdict: 'absent' } },
    protocolVersions: [],
    tools: [],
    warnings: [],
    latencyMs: null,
    elapsedMs: 1,
    rounds: [],
  },
})
const failures = (code: Report['failures'][number]['code'], phase: Report['failures'][number]['phase']) => ({
  failures: [{ code, phase, sentence: 'x', fix: '', remedy: undefined }],
})
const destroyed = (outcome: NonNullable<Report['destroy']>['outcome']) => ({
  destroy: { stack: 'infra', outcome, left: [] },
})
const approval = (outcome: NonNullable<Report['approval']>['outcome']) => ({
  approval: { outcome, fingerprint: 'sha256:x', reviewed: undefined, differences: [] },
})
const check = { check: { visitor: 'fork' as const, unformatted: [], diagnostics: [], credentials: [], programs: [] } }
const run = (command: Report['command'], ...parts: Partial<Report>[]): Report =>
  Object.assign(
    {
      command,
      target: { stack: undefined, directory: '.', workspace: undefined },
      commit: '4b825dc',
      runUrl: 'https://github.com/acme/infra/actions/runs/1',
      failures: [],
      warnings: [],
      phases: [],
    },
    ...parts,
  )
const started: Partial<Report> = { apply: 'started' }
const done: Partial<Report> = { apply: 'done' }

type Row = readonly [
  Report,
  Outcome['status'],
  Outcome['headline'],
  Outcome['icon'],
  Outcome['historyWord'],
  Outcome['deploymentState'],
  Outcome['monitorMethod'],
]
const rows: readonly Row[] = [
  ...(
    [
      ['IMAGE_OUTDATED', 'Not applied: the reviewed image is outdated'],
      ['IMAGE_GONE', 'Not applied: the reviewed image is gone'],
      ['IMAGE_UNRESOLVED', 'Not applied: the image was not found'],
    ] as const
  ).map(
    ([code, headline]): Row => [
      run('apply', failures(code, 'approval')),
      'failed',
      headline,
      '❌',
      'failed',
      'failure',
      'failing',
    ],
  ),
  [run('rollback'), 'running', 'Running', '⏳', 'applying', 'error', undefined],
  [run('rollback', gate(true)), 'passed', 'Rolled back and verified', '✅', 'verified', 'success', 'verified'],
  [
    run('rollback', gate(false), failures('SERVER_ERROR', 'gate')),
    'failed',
    'Rollback failed',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [
    run('rollback', failures('ROLLBACK_VERSION_INVALID', 'rollback')),
    'failed',
    'Not rolled back',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [run('plan'), 'running', 'Running', '⏳', 'planned', 'error', undefined],
  [run('plan', planned(true)), 'passed', 'Plan', '📋', 'planned', 'success', undefined],
  [run('plan', planned(false)), 'passed', 'Plan: no changes', '✅', 'planned', 'success', undefined],
  [run('plan', check), 'passed', 'Checked, not planned', '📋', 'planned', 'success', undefined],
  [
    run('plan', check, failures('CHECK_FORMAT', 'check')),
    'failed',
    'Check failed',
    '❌',
    'plan-failed',
    'failure',
    undefined,
  ],
  [
    run('plan', failures('TERRAFORM_PLAN_FAILED', 'plan')),
    'failed',
    'Plan failed',
    '❌',
    'plan-failed',
    'error',
    undefined,
  ],
  [run('plan', failures('CANCELLED', 'plan')), 'cancelled', 'Plan failed', '❌', 'plan-failed', 'error', undefined],
  [
    run('plan', planned(true), approval('refused'), failures('PLAN_CHANGED', 'approval')),
    'failed',
    'Not applied: the plan has changed',
    '❌',
    'plan-failed',
    'failure',
    undefined,
  ],
  [
    run('apply', failures('APPLY_NOT_APPROVED', 'approval')),
    'failed',
    'Not applied: the request was refused',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [run('apply', failures('INPUT_INVALID', 'start')), 'failed', 'Nothing was done', '❌', 'failed', 'error', 'failing'],
  [
    run('apply', planned(true), failures('CREDENTIALS_EXPIRE', 'credentials')),
    'failed',
    'Not begun: the AWS credentials end',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [
    run('apply', planned(true), failures('CANCELLED', 'credentials')),
    'cancelled',
    'Deployment failed',
    '❌',
    'failed',
    'error',
    undefined,
  ],
  [
    run('apply', planned(true), approval('refused'), failures('PLAN_NOT_REVIEWED', 'approval')),
    'failed',
    'Not applied: the plan was not reviewed',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [
    run('apply', planned(true), approval('refused'), failures('PLAN_RECORD_CHANGED', 'approval')),
    'failed',
    'Not applied: the plan comment was changed',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  ...(
    [
      ['PLAN_APPLIED', 'Not applied: the reviewed plan was already applied'],
      ['COMMIT_SUPERSEDED', 'Not applied: the commit is superseded'],
      ['PLAN_OUTDATED', 'Not applied: the reviewed plan is outdated'],
      ['PLAN_KEY_CHANGED', 'Not applied: the key of the plan comment has changed'],
      ['PLAN_RECORD_FOREIGN', 'Not applied: the plan comment is for another stack'],
      ['PLAN_WORKFLOW_FOREIGN', 'Not applied: another workflow made the reviewed plan'],
      ['PLAN_BEFORE_STATE', 'Not applied: the plan comment is not signed'],
      ['APPLY_UNSIGNED', 'Not applied: the plan comment is not signed'],
      ['PLAN_FINGERPRINT_CHANGED', 'Not applied: the plan has another fingerprint'],
    ] as const
  ).map(
    ([code, headline]): Row => [
      run('apply', planned(true), approval('refused'), failures(code, 'approval')),
      'failed',
      headline,
      '❌',
      'failed',
      'failure',
      'failing',
    ],
  ),
  [
    run('apply', planned(true), approval('refused'), failures('DRIFT', 'approval')),
    'failed',
    'Not applied: the plan was not approved',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [
    run('apply', failures('TERRAFORM_PLAN_FAILED', 'plan')),
    'failed',
    'Not applied: the plan failed',
    '❌',
    'failed',
    'error',
    'failing',
  ],
  [run('apply', planned(true)), 'running', 'Running', '⏳', 'applying', 'error', undefined],
  [run('apply', planned(true), started), 'running', 'Applying', '⏳', 'applying', 'error', undefined],
  [run('apply', planned(true), started, gate(true)), 'running', 'Applying', '⏳', 'applying', 'error', undefined],
  [run('apply', planned(true), done), 'running', 'Running', '⏳', 'applied', 'error', undefined],
  [run('apply', planned(true), done, gate(false)), 'running', 'Running', '⏳', 'applied', 'error', undefined],
  [
    run('apply', planned(true), done, gate(true)),
    'passed',
    'Applied and verified',
    '✅',
    'verified',
    'success',
    'verified',
  ],
  [
    run('apply', started, failures('TERRAFORM_APPLY_FAILED', 'apply')),
    'failed',
    'Apply failed',
    '❌',
    'failed',
    'error',
    'failing',
  ],
  [
    run('apply', done, gate(false), failures('TCP_REFUSED', 'gate')),
    'failed',
    'Deployment failed',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [
    run('apply', done, gate(true), failures('ECS_SUPERSEDED', 'stability')),
    'failed',
    'Deployment failed',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [
    run('apply', done, gate(true), failures('GITHUB_FAILED', 'comment')),
    'failed',
    'Deployment failed',
    '❌',
    'failed',
    'error',
    'failing',
  ],
  [run('verify'), 'running', 'Running', '⏳', 'applying', 'error', undefined],
  [run('verify', gate(true)), 'passed', 'Verified', '✅', 'verified', 'success', 'verified'],
  [
    run('verify', gate(true), failures('DRIFT', 'drift')),
    'failed',
    'Verification failed',
    '❌',
    'failed',
    'failure',
    'failing',
  ],
  [
    run('verify', failures('CANCELLED', 'gate')),
    'cancelled',
    'Verification failed',
    '❌',
    'failed',
    'error',
    undefined,
  ],
  [run('destroy'), 'running', 'Destroying', '⏳', 'destroying', 'error', undefined],
  [run('destroy', destroyed('started')), 'running', 'Destroying', '⏳', 'destroying', 'error', undefined],
  [run('destroy', destroyed('done')), 'passed', 'Destroyed', '✅', 'destroyed', 'success', undefined],
  [run('destroy', destroyed('nothing')), 'passed', 'Nothing to destroy', '✅', 'destroyed', 'success', undefined],
  [
    run('destroy', destroyed('unconfirmed'), failures('DESTROY_NOT_CONFIRMED', 'approval')),
    'failed',
    'Not destroyed: it was not confirmed',
    '❌',
    'destroy-failed',
    'failure',
    undefined,
  ],
  [
    run('destroy', destroyed('left'), failures('DESTROY_INCOMPLETE', 'destroy')),
    'failed',
    'Destroy failed',
    '❌',
    'destroy-failed',
    'failure',
    undefined,
  ],
  [
    run('destroy', destroyed('started'), failures('CANCELLED', 'destroy')),
    'cancelled',
    'Destroy failed',
    '❌',
    'destroy-failed',
    'error',
    undefined,
  ],
]

const reportSchema = await loadReportSchema()

test.each(rows)('%j', (report, status, headline, icon, historyWord, deploymentState, monitorMethod) => {
  const isFailed = status !== 'passed'
  const expected = { status, headline, icon, historyWord, deploymentState, monitorMethod }
  expect(outcomeOf(report)).toMatchObject({ ...expected, isFailed, exitCode: isFailed ? 1 : 0 })
  // What is read back from the file says the same.
  const { value } = serialize(reportSchema, JSON.parse(JSON.stringify(reportJson(report))))
  expect(outcomeOf(readStackReport(value) as OutcomeFacts)).toEqual(outcomeOf(report))
})

test('the rows have every headline', () => {
  expect(new Set(rows.map(([, , headline]) => headline))).toEqual(new Set(headlines))
})

describe('whatever a report holds', () => {
  const all: OutcomeFacts[] = ['plan', 'apply', 'verify', 'destroy'].flatMap(command =>
    [undefined, 'started', 'done'].flatMap(apply =>
      [undefined, { passed: true }, { passed: false }].flatMap(seen =>
        [undefined, ...destroyOutcomes].flatMap(outcome =>
          [[], [{ phase: 'gate', code: 'TCP_REFUSED' }], [{ phase: 'gate', code: 'CANCELLED' }]].map(
            found => ({ command, apply, gate: seen, destroy: outcome && { outcome }, failures: found }) as OutcomeFacts,
          ),
        ),
      ),
    ),
  )

  test.each(['failure', 'exit code', 'promise'])('%s', rule => {
    expect(all.length).toBeGreaterThan(600)
    for (const report of all) {
      const outcome = outcomeOf(report)
      if (rule === 'failure' && report.failures.length > 0) expect(outcome.status).toMatch(/failed|cancelled/)
      if (rule === 'exit code') expect(outcome.exitCode === 0).toBe(outcome.status === 'passed')
      if (
        rule === 'promise' &&
        outcome.status === 'passed' &&
        (report.command === 'apply' || report.command === 'verify')
      )
        expect(report.gate?.passed).toBe(true)
      if (rule === 'promise' && outcome.unfinished === 'apply' && report.command === 'apply')
        expect(outcome.isFailed).toBe(true)
    }
  })
})

test('a report of version 0.1 has one failure, and no code for what was thrown', () => {
  const { failures: _, ...old } = reportJson(run('apply', started))
  const report = readStackReport({ ...old, failure: { code: '', phase: 'apply', sentence: 'x', fix: '' } })
  expect(outcomeOf(report as OutcomeFacts)).toMatchObject({ status: 'failed', deploymentState: 'error' })
})
