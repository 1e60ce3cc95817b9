/**
 * `node scripts/bench-plan.ts N`: from the JSON of a plan of N resources to its comment, once, as the action does it. Prints one line
 * of JSON: milliseconds on the clock and of the processors, UTF-16 units of the comment, bytes of the plan, MiB of this process.
 * With `large` in the place of N the plan has one resource of 2 MB, whose script, policy and list change.
 */
import { readFileSync } from 'node:fs'
import { recordLine } from '../src/approval/record.ts'
import { requestReview } from '../src/approval/review.ts'
import { parseExactJson } from '../src/json.ts'
import { secrets } from '../src/log.ts'
import { maxCommentUnits, renderComment } from '../src/report/comment.ts'
import { withHiddenLine } from '../src/report/markdown.ts'
import type { Report } from '../src/report/report.ts'
import { findingsOf } from '../src/rules/findings.ts'
import type { PlanJson } from '../src/terraform/json.ts'
import { readPlan } from '../src/terraform/plan.ts'
import { sensitiveValues } from '../src/terraform/sensitive.ts'

/** A plan as Terraform prints it, keys sorted, for n resources of which each tenth is replaced, with one secret each. */
function planOf(n: number): string {
  const resource_changes = Array.from({ length: n }, (_, i) => {
    const value = {
      name: `server-${i}`,
      policy: JSON.stringify({ Version: '2012-10-17', id: i }),
      tags: { index: i, team: 'weather' },
    }
    const replaced = i % 10 === 0
    return {
      address: `module.fleet["${i}"].aws_instance.server[${i}]`,
      mode: 'managed' as const,
      type: 'aws_instance',
      change: {
        actions: replaced ? (['delete', 'create'] as const) : (['create'] as const),
        before: replaced ? { ...value, name: `old-${i}`, password: `old-password-${i % 50}` } : null,
        after: { ...value, password: `new-password-${i % 50}` },
        after_unknown: { id: true, arn: true },
        before_sensitive: replaced ? { password: true } : false,
        after_sensitive: { password: true },
        ...(replaced ? { replace_paths: [['name']] } : {}),
      },
    }
  })
  const references = ['var.name', 'each.key']
  const resource = {
    address: 'aws_instance.server',
    mode: 'managed',
    type: 'aws_instance',
    name: 'server',
    expressions: { name: { references }, policy: { references: ['var.name'] }, tags: {}, password: { references } },
    count_expression: { references: ['var.name'] },
  }
  const fleet = {
    expressions: { name: { references: ['var.name'] } },
    for_each_expression: { references: ['var.name'] },
    module: { resources: [resource], variables: { name: {} } },
  }
  const root_module = { module_calls: { fleet }, variables: { name: {} } }
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    timestamp: '2026-11-22T20:41:07Z',
    variables: { name: { value: 'fleet' } },
    resource_changes,
    configuration: { provider_config: { aws: { full_name: 'registry.terraform.io/hashicorp/aws' } }, root_module },
  })
}

/** A plan that updates one resource with a script, a policy and a list of names, together 2 MB. */
function largePlan(): string {
  const value = (changed: number) => ({
    script: Array.from({ length: 25_000 }, (_, n) => `echo "step ${n === changed ? 'changed' : n} of the boot"`).join(
      '\n',
    ),
    policy: JSON.stringify({
      Statement: Array.from({ length: 4_000 }, (_, n) => ({
        Sid: `S${n}`,
        Effect: 'Allow',
        Action: n === changed ? 's3:*' : 's3:Get*',
        Resource: `arn:aws:s3:::bucket-${n}/*`,
      })),
    }),
    names: Array.from({ length: 20_000 }, (_, n) => (n === changed ? 'changed' : `a name of some length ${n}`)),
  })
  const change = { actions: ['update'] as const, before: value(-1), after: value(2_000) }
  const resource_changes = [{ address: 'aws_thing.large', mode: 'managed' as const, type: 'aws_thing', change }]
  return JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes })
}

/** From the JSON of `terraform show` to the comment, with the rules, the fingerprint and the record: one after another. */
function planToComment(text: string): number {
  const json = parseExactJson(text) as PlanJson
  for (const secret of sensitiveValues(json)) secrets.add(secret)
  const { redact } = secrets
  const commit = '0'.repeat(40)
  const runUrl = 'https://github.com/acme/weather/actions/runs/1'
  const plan = readPlan(json, true, '', redact)
  const findings = findingsOf(json, { transport: 'auto', endpoint: undefined }, [], 'docs')
  const { approval, record } = requestReview(
    {
      json,
      hasChanges: true,
      context: {
        terraformVersion: '1.11.4',
        directory: '.',
        workspace: undefined,
        targets: [],
        replaces: [],
        checkout: '.',
        lockFile: undefined,
        commits: [commit, 'a1b2c3d'.padEnd(40, 'e')],
      },
      secrets: { key: 'a key', lineage: undefined },
      approval: 'reviewed',
      binding: { repository: 'acme/weather', workflow: '', target: '' },
      branch: 'main',
      run: { run: 1, attempt: 1 },
      commit,
      runUrl,
      redact,
    },
    7,
  )
  const target = { stack: undefined, directory: '.', workspace: undefined }
  const report: Report = {
    command: 'plan',
    target,
    commit,
    runUrl,
    plan,
    findings,
    approval,
    failures: [],
    warnings: [],
    phases: [],
  }
  const marker = '<!-- marker -->'
  const body = renderComment(report, marker, { limit: maxCommentUnits - 20_000 })
  return (record === undefined ? body : withHiddenLine(body, recordLine(String(body), record))).length
}

const [, , size = ''] = process.argv
const text = size === 'large' ? largePlan() : planOf(Number(size))
// Starting Node and reading the sources is not what is measured, and compiling on the way is.
const started = performance.now()
const usage = process.cpuUsage()
const units = planToComment(text)
const ms = performance.now() - started
const { user, system } = process.cpuUsage(usage)
// `resourceUsage().maxRSS` would count the process that started this one. Linux reports the peak of this one.
const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : ''
const mib = Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1024
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, units, mib, bytes: text.length }))
