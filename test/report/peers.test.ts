/**
 * What other plan commenters get wrong, each as a test of its own: measured with their released versions on plans of 10,
 * 1,000 and 10,000 resources, or reported in their issues.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { maxCommentUnits, renderComment } from '../../src/report/comment.ts'
import { maxSummaryBytes, renderSummary } from '../../src/report/summary.ts'
import type { Action, PlanJson, ResourceChange } from '../../src/terraform/json.ts'
import { planReport, type ShownPlan } from '../support/reports.ts'

const golden = (name: string): ShownPlan =>
  JSON.parse(readFileSync(new URL(`../fixtures/plans/${name}/plan.json`, import.meta.url), 'utf8'))
const render = (json: ShownPlan) => String(renderComment(planReport(json), '<!-- marker -->'))
const resource = (address: string, actions: readonly Action[], more: Partial<ResourceChange> = {}): ResourceChange => ({
  address,
  mode: 'managed',
  type: 'a',
  change: {
    actions,
    before: actions.includes('create') && actions.length === 1 ? null : { name: 'old' },
    after: actions.includes('delete') && actions.length === 1 ? null : { name: 'new' },
  },
  ...more,
})
const of = (...resource_changes: ResourceChange[]): ShownPlan => ({
  format_version: '1.2',
  applyable: true,
  resource_changes,
})

test('create-before-destroy is a replacement, not a create (terraform-change-pr-commenter)', () => {
  expect(render(golden('create-before-destroy'))).toContain('**2 to add, 0 to change, 2 to destroy (2 replacements)**')
})

test('a replacement is named beside the counts of Terraform (digger counts it as a delete only)', () => {
  const [counts = ''] = /\*\*.* to add.*\*\*/.exec(render(golden('replace-reasons'))) ?? []
  expect(counts).toBe('**2 to add, 1 to change, 2 to destroy (2 replacements)**')
})

test('a plan of outputs alone is no plan without changes (terraform-plan-comment)', () => {
  const text = render(golden('outputs-only'))
  expect(text).not.toContain('No changes')
  expect(text).toContain('+ mcp_endpoint = ')
})

test('a change is not mixed up with the drift of the same resource (terraform-plan-comment)', () => {
  const text = render(golden('drift'))
  const change = text.indexOf('🟡 update <code>aws_ssm_parameter.limit</code>')
  const drift = text.indexOf('# aws_ssm_parameter.limit was changed')
  expect(change).toBeGreaterThan(0)
  expect(drift).toBeGreaterThan(change)
  expect(text.slice(change, drift)).toContain('# known after apply: insecure_value, version')
  expect(text.slice(drift)).toContain('- version = 1\n+ version = 2')
  // What nothing in this plan comes from is no news.
  expect(text).not.toContain('aws_ssm_parameter.quiet')
})

test('moves and imports are told with where from (terraform-plan-comment)', () => {
  expect(render(golden('moved'))).toContain('- `terraform_data.server` → `terraform_data.mcp_server`')
  expect(render(golden('import-and-forget'))).toMatch(/2 to import, 1 to forget/)
  expect(render(golden('import-and-forget'))).toContain('- `terraform_data.bucket`, id `acme-logs`')
})

test('warnings are there (terraform-github-actions strips them)', () => {
  const text = 'Plan: 1 to add.\n\nWarning: Argument is deprecated\n\n  on main.tf line 3:\n\nUse another.\n\n'
  const rule = `${'─'.repeat(77)}\n\nSaved the plan to: x\nWarning: not one\n`
  const report = planReport(of(resource('a.b', ['create'])), {}, `${text}Warning: Second @team\n\n${rule}`)
  const comment = String(renderComment(report, ''))
  expect(comment).toContain('⚠️ 2 warnings of Terraform')
  expect(comment).toContain(
    'Warning: Argument is deprecated\n\n  on main.tf line 3:\n\nUse another.\n\nWarning: Second @team\n```',
  )
  expect(comment).not.toContain('not one')
})

test('a list of addresses is bounded, too (tfcmt from 900 creates on)', () => {
  const many = Array.from({ length: 5_000 }, (_, i) => resource(`module.x.aws_thing.name["${i}"]`, ['delete']))
  const text = render(of(...many))
  expect(text.length).toBeLessThanOrEqual(maxCommentUnits)
  expect(text).toContain('and 4975 more')
})

test('one comment, not 82 (terraform-plan-comment at 10,000 resources), and what it leaves out is said', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => resource(`a.b["${i}"]`, i % 10 === 0 ? ['delete'] : ['create']))
  const text = render(of(...many))
  expect(text.length).toBeLessThanOrEqual(maxCommentUnits)
  expect(text).toMatch(
    /\*\*\d+ more changes\*\* \(\d+ to destroy\) are not shown in full: see the summary of \[this run]/,
  )
  const [, created = '', left = ''] = /create (\d+) resources<[\s\S]*# … (\d+) more to create/.exec(text) ?? []
  expect(created).toBe('9000')
  expect(text.match(/^\+ a\.b/gm)).toHaveLength(9000 - Number(left))
})

test('a summary above 1 MiB is cut and not lost (terraform-plan-comment), and the file with the whole plan is named', () => {
  const summary = String(
    renderSummary(planReport(of(resource('a.b', ['create'])), {}, 'resource "a" "b" {}\n'.repeat(100_000))),
  )
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(maxSummaryBytes)
  expect(summary).toContain('the file plan.txt (output plan-file)')
})

test('a changed sensitive value is a change (terraform-github-actions takes two such plans for one)', () => {
  const sensitive = { before_sensitive: { name: true }, after_sensitive: { name: true } }
  const changed = resource('a.b', ['update'])
  const text = render(of({ ...changed, change: { ...changed.change, ...sensitive } }))
  expect(text).toContain('! name = (sensitive value) → (sensitive value)')
})

test('kinds of actions that are not known yet do not end the comment (terraform-plan-comment)', () => {
  const unknown = resource('a.new', ['transmogrify' as Action])
  expect(render(of(unknown, resource('a.b', ['create'])))).toContain('🟢 create <code>a.b</code>')
})

test('what is forgotten and created again is a replacement that destroys nothing', () => {
  expect(render(of(resource('a.b', ['create', 'forget'])))).toContain(
    '1 to add, 0 to change, 0 to destroy (1 replacement), 1 to forget',
  )
})

test('an object that a replacement left behind is told from the one in use', () => {
  const text = render(of(resource('a.b', ['delete'], { deposed: '1a2b3c4d' }), resource('a.b', ['update'])))
  expect(text).toContain('🔴 destroy <code>a.b</code> (what an earlier replacement left behind)')
})

test('provider actions and what is left for a later plan are told (Terraform 1.14)', () => {
  const text = render({
    ...of(resource('a.b', ['create'])),
    action_invocations: [
      {
        address: 'action.aws_lambda_invoke.warm["@team"]',
        lifecycle_action_trigger: { triggering_resource_address: 'a.b', action_trigger_event: 'AfterCreate' },
      },
      { address: 'action.a.alone' },
    ],
    deferred_changes: [{ reason: 'instance_count_unknown', resource_change: resource('a.c["*"]', ['create']) }],
    deferred_action_invocations: [{ reason: 'new_reason', action_invocation: { address: 'action.a.later' } }],
  })
  expect(text).toContain('⚡ 2 provider actions to run · ⏸️ 2 left for a later plan')
  expect(text).toContain('- ⚡ `action.aws_lambda_invoke.warm["@team"]` after create of `a.b`')
  expect(text).toContain('- ⏸️ `a.c["*"]` (create): its count or for_each is known only after this apply')
  expect(text).toContain('- ⏸️ `action.a.later`: new&#95;reason')
})

/** What earlier formats lack (changelog of Terraform, "JSON Output Format"). */
const older: readonly [version: string, without: (json: PlanJson) => PlanJson][] = [
  [
    '1.2 of Terraform 1.5: neither applyable, complete nor errored, no deferred changes',
    json => {
      const { applyable, complete, errored, deferred_changes, ...rest } = json as PlanJson & Record<string, unknown>
      return rest as unknown as PlanJson
    },
  ],
  [
    '1.1: no checks besides',
    json => {
      const { applyable, complete, errored, checks, timestamp, ...rest } = json as PlanJson & Record<string, unknown>
      return { ...rest, format_version: '1.1' } as unknown as PlanJson
    },
  ],
]
test.each(older)('format %s', (_, without) => {
  for (const name of ['create', 'replace-and-destroy', 'moved', 'import-and-forget', 'drift', 'sensitive', 'unknown']) {
    const json = golden(name)
    // Whether there are changes is the exit code of the plan, in every version.
    expect(render({ ...without(json), applyable: json.applyable === true })).toBe(render(json))
  }
})
