import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { renderComment } from '../../src/report/comment.ts'
import { reportJson } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { commentMarker } from '../../src/report/target.ts'
import { countsLine } from '../../src/terraform/counts.ts'
import { planReport, type ShownPlan } from '../support/reports.ts'

const fixtures = join(import.meta.dirname, '../fixtures/plans')
const plan = (name: string) => JSON.parse(readFileSync(join(fixtures, name, 'plan.json'), 'utf8')) as ShownPlan
const planText = (name: string) => readFileSync(join(fixtures, name, 'plan.txt'), 'utf8')
const comment = (name: string) => readFileSync(join(fixtures, name, 'comment.md'), 'utf8')

describe("Terraform's own plans", () => {
  test.each(readdirSync(fixtures))('%s reads as it did (scripts/golden-plans.ts makes it again)', async name => {
    // Each plan is a run of its own: no secret of another one is known.
    vi.resetModules()
    const { planReport } = await import('../support/reports.ts')
    const { renderComment } = await import('../../src/report/comment.ts')
    const report = planReport(plan(name), {}, planText(name))
    const rendered = `${String(renderComment(report, commentMarker(report)))}\n`
    await expect(rendered).toMatchFileSnapshot(join(fixtures, name, 'comment.md'))
  })

  test('of 20 resources: 20 folds and the outputs', () => {
    expect(comment('create').match(/<summary>🟢 create /g)).toHaveLength(20)
    expect(comment('create')).toContain('**20 to add, 0 to change, 0 to destroy**')
    expect(comment('create')).toContain(
      '+ input = [{ name = "server", image = "ghcr.io/acme/weather:1.0.0", portMappings = [{ containerPort = 8080 }], environment = [{ name = "LOG_LEVEL", value = "info" }, { name = "PORT", value = "8080" }] }]',
    )
    expect(comment('create')).toContain('+ mcp_endpoint = "https://weather.example.com/mcp"')
  })

  test('with a replacement: what forces it, and each destruction with its reason', () => {
    const text = comment('replace-and-destroy')
    expect(text).toContain('🔴 **destroy** `terraform_data.old_database`: is no longer in the configuration')
    expect(text).toContain('🔴 **destroy** `terraform_data.queue["refunds"]`: its key is no longer in for_each')
    expect(text).toContain('+ triggers_replace.image = "ghcr.io/acme/weather:2.0.0"  # forces replacement')
  })

  test('with moves: where from, and whether it changes besides', () => {
    const text = comment('moved')
    expect(text).toContain(
      '🔵 move <code>terraform_data.mcp_server</code> (moved from <code>terraform_data.server</code>)',
    )
    expect(text).toContain(
      '🟡 update <code>terraform_data.log_group</code> (moved from <code>terraform_data.log</code>)',
    )
    expect(text).toContain('2 to move')
  })

  test('with null, empty and zero: each as what it is', () => {
    const text = comment('empty-values')
    for (const line of [
      '- input.text = ""',
      '+ input.nothing = "something"',
      '- input.zero = 0',
      '+ input.no = true',
      '- input.gone = "here"',
    ])
      expect(text).toContain(`\n${line}\n`)
  })

  test('with secrets: in no comment, summary or report, wherever they stand', () => {
    const json = plan('sensitive')
    expect(JSON.stringify(json)).toContain('swordfish-after')
    const report = planReport(json)
    for (const text of [
      String(renderComment(report, commentMarker(report))),
      String(renderSummary(report)),
      JSON.stringify(reportJson(report)),
    ])
      expect(text).not.toContain('swordfish')
    expect(comment('sensitive')).toContain('+ password = (sensitive value)')
    expect(comment('sensitive')).toContain('+ input = "the password is ***"')
  })

  test('of nothing', () => {
    expect(comment('no-changes')).toContain('No changes: the infrastructure is as it is written.')
  })
})

test.each([
  [{}, '0 to add, 0 to change, 0 to destroy'],
  [{ add: 3, destroy: 1, replace: 2 }, '3 to add, 0 to change, 1 to destroy, 2 to replace'],
  [
    { change: 1, import: 1, move: 4, forget: 1 },
    '0 to add, 1 to change, 0 to destroy, 1 to import, 4 to move, 1 to forget',
  ],
])('counts %j are "%s"', (counts, line) => {
  expect(
    String(countsLine({ add: 0, change: 0, destroy: 0, replace: 0, import: 0, move: 0, forget: 0, ...counts })),
  ).toBe(line)
})

test('what changed outside of Terraform and is part of the plan is named before the folds', () => {
  const drifted = (n: number) =>
    planReport({
      ...plan('create'),
      relevant_attributes: [{ resource: 'aws_iam_role.role', attribute: ['name'] }],
      resource_drift: Array.from({ length: n }, (_, i) => ({
        address: `aws_iam_role.role[${i}]`,
        mode: 'managed',
        type: 'aws_iam_role',
        change: { actions: ['update'], before: { name: 'a' }, after: { name: 'b' } },
      })),
    })
  const text = String(renderComment(drifted(7), ''))
  expect(text).toContain('Changed outside of Terraform, which this plan answers: `aws_iam_role.role[0]`, ')
  expect(text).toContain('`aws_iam_role.role[4]` and 2 more.')
  expect(text.indexOf('Changed outside')).toBeLessThan(text.indexOf('<details>'))
  expect(String(renderComment(drifted(0), ''))).not.toContain('Changed outside')
})
