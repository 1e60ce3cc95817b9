import { existsSync, readdirSync, readFileSync } from 'node:fs'
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

/** Whether a plan was made by OpenTofu, as its file `engine` says. */
function isOfTofu(name: string): boolean {
  const file = join(fixtures, name, 'engine')
  return existsSync(file) && readFileSync(file, 'utf8').startsWith('tofu ')
}

describe("Terraform's own plans", () => {
  test.each(readdirSync(fixtures))('%s reads as it did (scripts/golden-plans.ts makes it again)', async name => {
    // Each plan is a run of its own: no secret of another one is known.
    vi.resetModules()
    const { planReport } = await import('../support/reports.ts')
    const { renderComment } = await import('../../src/report/comment.ts')
    const report = planReport(plan(name), {}, planText(name), isOfTofu(name) ? 'tofu' : 'terraform')
    const rendered = `${String(renderComment(report, commentMarker(report)))}\n`
    await expect(rendered).toMatchFileSnapshot(join(fixtures, name, 'comment.md'))
  })

  test.each(['minimal-created', 'stack-new-image', 'stack-renamed'])(
    'of the AWS provider, %s, reads as it did (scripts/ecs-plans.ts makes it again)',
    async name => {
      vi.resetModules()
      const { planReport } = await import('../support/reports.ts')
      const { renderComment } = await import('../../src/report/comment.ts')
      const { findingsOf, unjudgedOf } = await import('../../src/rules/findings.ts')
      const rules = join(import.meta.dirname, '../fixtures/rules')
      const json = { ...(JSON.parse(readFileSync(join(rules, `${name}.json`), 'utf8')) as ShownPlan), applyable: true }
      const inputs = { endpoint: undefined, transport: 'auto', stack: 'ecs' }
      const report = planReport(json, {
        target: { stack: 'ecs', directory: 'services/weather', workspace: undefined },
        environment: 'production',
        stateKey: 'weather/production.tfstate',
        planApproval: 'reviewed',
        approval: {
          outcome: 'awaiting',
          fingerprint: `sha256:${'0'.repeat(64)}`,
          reviewed: undefined,
          differences: [],
        },
        findings: findingsOf(json, inputs, [], 'https://github.com/acme/mcp/blob/v1/docs/plan-rules.md'),
        unjudged: unjudgedOf(json, inputs),
      })
      const rendered = `${String(renderComment(report, commentMarker(report)))}\n`
      await expect(rendered).toMatchFileSnapshot(join(rules, `${name}.comment.md`))
    },
  )

  test('with actions, deferred changes and replacements that forget: each as what it is', () => {
    const text = comment('actions-and-deferred')
    expect(text).toContain('**1 to add, 1 to change, 1 to destroy (1 replacement), 1 to import, 2 to forget**')
    expect(text).toContain('🔄 New version 8 of `mcp`')
    expect(text).toContain(
      '> - 🔴 **destroy** `aws_eip.public` and lose its address: is no longer in the configuration',
    )
    expect(text).toContain('(the old one stays, and nothing manages it)')
    expect(text).toContain('- ⚡ `action.aws_lambda_invoke.warm` after update of `aws_lambda_function.mcp`')
    expect(text).toContain('- ⚡ `action.aws_sfn_start_execution.check`, which no change triggers (-invoke)')
    expect(text).toContain('- ⏸️ `aws_subnet.private[*]` (create): its count or for_each is known only after this apply')
    expect(text.split('<details>', 1)[0]).not.toContain('aws_instance.bastion')
  })

  test('with an import by identity: which object, and what is forgotten stays', () => {
    const text = comment('identity-import')
    expect(text).toContain(
      '🟡 update <code>notes_note.welcome</code> (imported, identity <code>name = &#34;handbook&#34;</code>)',
    )
    expect(text).toContain('1 to import')
    expect(text).toContain('⚪ forget 1 resource: it stays, and Terraform no longer manages it')
  })

  test('with a provider action: its configuration, without its sensitive part', () => {
    const text = comment('provider-actions')
    expect(text).toContain('- ⚡ `action.notes_announce.release` after update of `notes_note.release`')
    expect(text).toContain('+ channel = (sensitive value)')
    expect(text).toContain('+ message = "Version 2.0.0 is out."')
    expect(text).not.toContain('swordfish')
  })

  test.each([
    ['halt', '- ⚡ `action.notes_announce.release` after update of `notes_note.release`\n'],
    ['taint', 'of `notes_note.release`; if it fails, the resource is tainted\n'],
    ['continue', 'of `notes_note.release`; if it fails, the apply goes on\n'],
  ])('with an action whose failure does %s', (on_failure, words) => {
    const { action_invocations = [], ...json } = plan('provider-actions')
    const withFailure = action_invocations.map(({ lifecycle_action_trigger, ...invocation }) => ({
      ...invocation,
      lifecycle_action_trigger: { ...lifecycle_action_trigger, on_failure },
    }))
    const report = planReport({ ...json, action_invocations: withFailure })
    expect(String(renderComment(report, ''))).toContain(words)
  })

  test('with an import whose object is known only after the apply', () => {
    const { resource_changes = [], ...json } = plan('import-and-forget')
    const unknown = resource_changes.map(resource => {
      const { importing, ...change } = resource.change
      return { ...resource, change: { ...change, ...(importing !== undefined && { importing: { unknown: true } }) } }
    })
    const text = String(
      renderComment(planReport({ ...json, resource_changes: unknown as typeof resource_changes }), ''),
    )
    expect(text).toContain('(imported, an object that is known after apply)')
    expect(text).toContain('- `terraform_data.bucket`, an object that is known after apply')
    expect(text).not.toContain('acme-logs')
  })

  test('with a write-only argument of an ephemeral value: its version, and no value', () => {
    const text = comment('write-only-ephemeral')
    expect(text).toContain('- secret_wo_version = 1\n+ secret_wo_version = 2')
    expect(text).toContain(
      '# sent to the provider, in no plan (write-only): secret_wo from ephemeral.notes_password.this',
    )
    expect(text).not.toContain('swordfish')
  })

  test('of OpenTofu, with what destroy = false leaves: in the words of OpenTofu, and counted as forgotten', () => {
    const text = comment('kept-on-destroy')
    expect(text).toContain('**1 to add, 0 to change, 0 to destroy (1 replacement), 2 to forget**')
    expect(text).toContain('(the old one stays, and nothing manages it)')
    expect(text).toContain('⚪ forget 1 resource: it stays, and OpenTofu no longer manages it')
    expect(text).toContain('with OpenTofu 1.12.6')
    expect(text).not.toMatch(/Terraform(?! MCP Deploy)/)
  })

  test('of 20 new resources: one section by type, and the outputs', () => {
    expect(comment('create').match(/<summary>🟢 create /g)).toHaveLength(1)
    expect(comment('create').match(/^# terraform_data\./gm)).toHaveLength(20)
    expect(comment('create')).toContain('<summary>🟢 create 20 resources</summary>\n\n`terraform_data`: 20\n\n')
    expect(comment('create')).toContain('**20 to add, 0 to change, 0 to destroy**')
    expect(comment('create')).toContain(
      '+ input = [{ name = "server", image = "ghcr.io/acme/weather:1.0.0", portMappings = [{ containerPort = 8080 }], environment = [{ name = "LOG_LEVEL", value = "info" }, { name = "PORT", value = "8080" }] }]',
    )
    expect(comment('create')).toContain('+ mcp_endpoint = "https://weather.example.com/mcp"')
  })

  test('with a replacement: what forces it, and each destruction with its reason', () => {
    const text = comment('replace-and-destroy')
    expect(text).toMatch(/destroy <code>terraform_data.old_database<.*\n\nReason: is no longer in the configuration\./)
    expect(text).toMatch(/destroy <code>terraform_data.queue\[.*\n\nReason: its key is no longer in for_each\./)
    expect(text).toContain('+ triggers_replace.image = "ghcr.io/acme/weather:2.0.0"  # forces replacement')
  })

  test('with moves: where from, and whether it also changes', () => {
    const text = comment('moved')
    expect(text).toContain('- `terraform_data.server` → `terraform_data.mcp_server`')
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
  [{ add: 5, destroy: 3, replace: 2 }, '5 to add, 0 to change, 3 to destroy (2 replacements)'],
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
  expect(text).toContain(
    'Changed outside of Terraform, and the reason for some of these changes: `aws_iam_role.role[0]`, ',
  )
  expect(text).toContain('`aws_iam_role.role[4]` and 2 more.')
  expect(text.indexOf('Changed outside')).toBeLessThan(text.indexOf('<details>'))
  expect(String(renderComment(drifted(0), ''))).not.toContain('Changed outside')
})

test('of creations without room for their addresses no attribute is compared', () => {
  const creations = Array.from({ length: 3_000 }, (_, n) => ({
    address: `module.fleet.aws_thing.server[${n}]`,
    mode: 'managed' as const,
    type: 'aws_thing',
    change: { actions: ['create'] as const, before: null, after: { name: `server ${n}` } },
  }))
  const report = planReport({ format_version: '1.2', applyable: true, resource_changes: creations })
  const compared = new Set<string>()
  const { plan } = report
  if (plan === undefined) throw new Error('The report has no plan.')
  const changes = plan.changes.map(change => ({
    ...change,
    get lines() {
      compared.add(change.address)
      return []
    },
  }))
  const body = String(renderComment({ ...report, plan: { ...plan, changes } }, '<!-- m -->'))
  expect(body).toContain('+ module.fleet.aws_thing.server[0]')
  expect(body).toContain('more to create')
  expect(compared.size).toBe(0)
})
