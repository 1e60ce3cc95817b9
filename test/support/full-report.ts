/** Reports in which every part is there, with one text for all that is foreign in them. */
import { secrets } from '../../src/log.ts'
import type { Report } from '../../src/report/report.ts'
import type { Action, Change, PlanJson, ResourceChange } from '../../src/terraform/json.ts'
import { readPlan } from '../../src/terraform/plan.ts'
import { linesOf } from './diff-lines.ts'

const runUrl = 'https://github.com/acme/weather/actions/runs/1'

function planJson(text: string): PlanJson {
  const change = (actions: readonly Action[], more: Partial<Change> = {}): Change => ({
    actions,
    before: actions[0] === 'create' ? null : { [text]: text, [`1${text}`]: text },
    after: actions.at(-1) === 'delete' ? null : { [text]: `2${text}`, [`3${text}`]: text.repeat(500) },
    ...more,
  })
  const resource = (n: number, actions: readonly Action[], more: Partial<ResourceChange> = {}): ResourceChange => ({
    address: `${n}${text}`,
    mode: 'managed',
    type: text,
    change: change(actions),
    ...more,
  })
  const sensitive = change(['update'], {
    before_sensitive: { [text]: true },
    after_sensitive: { [text]: true },
    after_unknown: { [`1${text}`]: true },
  })
  return {
    format_version: '1.2',
    terraform_version: text,
    resource_changes: [
      resource(1, ['create']),
      resource(2, ['delete'], { action_reason: 'delete_because_no_resource_config' }),
      resource(3, ['delete', 'create'], {
        action_reason: text,
        change: change(['delete', 'create'], { replace_paths: [[text]] }),
      }),
      resource(4, ['update'], { previous_address: text, change: sensitive }),
      resource(5, ['forget']),
    ],
    resource_drift: [resource(6, ['update']), resource(7, ['delete'])],
    relevant_attributes: [6, 7].map(n => ({ resource: `${n}${text}`, attribute: [text] })),
    output_changes: { [text]: change(['update']) },
    checks: (['fail', 'error', 'unknown', 'pass'] as const).map(status => ({
      address: { kind: 'check', to_display: text },
      status,
      instances: [{ address: { to_display: text }, status, problems: status === 'fail' ? [{ message: text }] : [] }],
    })),
    action_invocations: [
      {
        address: text,
        lifecycle_action_trigger: { action_trigger_event: text, triggering_resource_address: text },
      },
    ],
    deferred_changes: ['absent_prereq', text].map(reason => ({ reason, resource_change: resource(8, ['create']) })),
  } as PlanJson
}

/** A plan of which everything is shown. */
export function fullPlan(text: string): Report {
  const words = `Warning: ${text}\n\n${text}\n`
  const finding = { address: text, sentence: text, fix: text, docs: 'https://github.com/acme/x/blob/v1/docs/a.md#b' }
  const findings = (['danger', 'warning', 'notice'] as const).flatMap(severity => [
    { ...finding, rule: 'instance-replaced', severity },
    { ...finding, rule: 'instance-replaced', severity, accepted: text },
  ])
  return {
    command: 'plan',
    target: { stack: text, directory: text, workspace: text },
    commit: text,
    runUrl,
    pullRequest: 7,
    plan: { ...readPlan(planJson(text), true, words, secrets.redact), text },
    findings,
    failures: [],
    warnings: [text],
    phases: [
      { phase: 'init', ms: 900 },
      { phase: 'plan', ms: 65_000 },
    ],
  }
}

/** An apply of which everything failed. */
export function fullFailure(text: string): Report {
  const failure = { code: 'RPC_ERROR', sentence: `${text}\n${text}`, fix: text, remedy: 'replace' } as const
  const own = { ...failure, step: 'initialize', era: 'legacy' } as const
  const task = {
    arn: text,
    startedBy: text,
    taskDefinition: text,
    health: 'UNHEALTHY',
    stoppedReason: text,
    stopCode: text,
    stoppedAt: 0,
    containers: [{ name: text, exitCode: 1, reason: `1${text}`, health: 'UNHEALTHY' }],
  }
  const at = { id: text, port: 3000, state: text, reason: text, description: text }
  const group = {
    arn: text,
    name: text,
    port: 1,
    healthPath: text,
    healthyCodes: text,
    loadBalancers: [],
    targets: [at],
  }
  return {
    ...fullPlan(text),
    command: 'apply',
    apply: 'done',
    approval: {
      outcome: 'refused',
      fingerprint: text,
      reviewed: { commit: text, runUrl },
      differences: [
        { what: 'setting', name: text, was: '', is: text },
        { what: 'added', address: text, actions: 'delete,create' },
        { what: 'gone', address: text, actions: 'create' },
        { what: 'actions', address: text, was: 'delete', is: 'update' },
        { what: 'attributes', address: text, actions: 'update', attributes: Array.from({ length: 20 }, () => text) },
      ],
    },
    images: [
      { variable: text, reference: `${text}@sha256:${text}`, context: text, tree: text, from: 'review' },
      { variable: text, reference: text, from: 'input' },
    ],
    runningImages: [text],
    previousRevision: text,
    stability: {
      revision: text,
      running: 2,
      elapsedMs: 65_000,
      failure: undefined,
      deployment: { id: text, createdAt: 1 },
    },
    gate: {
      passed: false,
      endpoint: text,
      failure: own,
      eras: {
        modern: { verdict: 'absent' },
        legacy: { verdict: 'failed', failure: own },
        'http-sse': { verdict: 'passed', protocolVersion: text },
      },
      protocolVersions: [],
      tools: [text],
      contract: {
        hash: text,
        tools: [],
        comparison: {
          added: [text],
          removed: [text],
          breaking: [{ tool: text, path: text, what: text }],
          harmless: [{ tool: text, path: text, what: text }],
          descriptions: [{ tool: text, path: text, what: text }],
          counts: { added: 30, removed: 1, breaking: 1, harmless: 1, descriptions: 1 },
        },
      },
      warnings: [text],
      latencyMs: null,
      elapsedMs: 1_000,
      rounds: [],
    },
    drift: {
      plan: 'refresh-only',
      changes: [{ address: text, kind: 'update', lines: linesOf({ [text]: text }, secrets.redact) }],
      outputs: [],
    },
    certificate: { host: text, daysLeft: 3, validTo: '2026-12-01T00:00:00.000Z', issuer: text, names: [text] },
    links: [{ title: text, url: 'https://console.aws.amazon.com/a/b' }],
    evidence: {
      subject: text,
      events: Array.from({ length: 12 }, () => ({ id: text, createdAt: 0, message: text })),
      stopped: [task],
      targetGroups: [group, { ...group, targets: [] }],
      loadBalancers: [],
      log: { container: text, group: text, stream: text, lines: [text] },
      instance: { state: text, system: text, instance: text },
      console: [text],
      omitted: [
        { detail: text, action: text, why: text },
        { detail: text, action: undefined, why: text },
      ],
    },
    taint: { address: text, tainted: [text], why: text },
    rollback: { from: text, to: text, wasPassed: true, restored: false, sentence: text },
    monitors: (['created', 'exists', 'updated', 'resumed', 'paused', 'removed', 'delivered', 'failed'] as const).map(
      outcome => ({ monitor: text, outcome, id: text, status: text, notices: [text], warning: text }),
    ),
    issue: { number: 7, url: 'https://github.com/acme/weather/issues/7', outcome: 'kept' },
    destroy: { stack: text, outcome: 'left', left: [text], deactivated: 2 },
    failures: [{ ...failure, phase: 'gate' }],
  }
}

/** An apply that was verified. */
export function fullSuccess(text: string): Report {
  const { gate, ...report } = fullFailure(text)
  if (gate === undefined) throw new Error('A full report has a gate.')
  return {
    ...report,
    failures: [],
    approval: { outcome: 'reviewed', fingerprint: text, reviewed: { commit: text, runUrl }, differences: [] },
    gate: {
      ...gate,
      passed: true,
      protocolVersions: [text],
      serverInfo: { name: text, version: text },
      latencyMs: 41.4,
    },
  }
}

/** A pull request that gets no plan. */
export function fullCheck(text: string): Report {
  const { plan, ...report } = fullPlan(text)
  const problem = { severity: 'error', summary: text, detail: text, excerpt: text, address: text } as const
  const diagnostics = [
    { ...problem, file: text, line: 3, url: 'https://github.com/acme/weather/blob/a/main.tf#L3' },
    { ...problem, severity: 'warning', outsideRepository: text } as const,
  ]
  return {
    ...report,
    check: {
      visitor: 'fork',
      credentials: [text],
      unformatted: [text],
      diagnostics,
      programs: [{ what: 'provider', name: text }],
    },
    problems: diagnostics,
    failures: [{ code: 'CHECK_INVALID', sentence: text, fix: text, remedy: undefined, phase: 'check' }],
  }
}
