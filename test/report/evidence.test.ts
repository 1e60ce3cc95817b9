/** The evidence of a failed deployment as people read it: bounded, harmless whatever AWS says, and without secrets. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { type Evidence, noEvidence } from '../../src/platforms/aws/evidence.ts'
import { maxCommentUnits, renderComment } from '../../src/report/comment.ts'
import { evidenceLines, evidenceSection, rollbackLine } from '../../src/report/evidence.ts'
import { type Report, reportJson } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { commentMarker } from '../../src/report/target.ts'
import { knowSecrets } from '../support/secrets.ts'

const evidence: Evidence = {
  ...noEvidence('prod/weather'),
  events: [{ id: 'e', createdAt: Date.UTC(2026, 10, 22, 3, 4, 5), message: '(service weather) has started 1 tasks.' }],
  stopped: [
    {
      arn: 'arn:aws:ecs:eu-west-1:1:task/prod/abc',
      startedBy: 'ecs-svc/2',
      taskDefinition: 'arn:aws:ecs:eu-west-1:1:task-definition/weather:2',
      health: 'UNKNOWN',
      stoppedReason: 'Essential container in task exited',
      stopCode: 'EssentialContainerExited',
      stoppedAt: Date.UTC(2026, 10, 22, 3, 4, 6),
      containers: [{ name: 'server', exitCode: 1, reason: '', health: 'UNKNOWN' }],
    },
  ],
  targetGroups: [
    {
      arn: 'arn:tg',
      name: 'weather',
      port: 3000,
      healthPath: '/healthz',
      healthyCodes: '200',
      loadBalancers: [],
      targets: [
        {
          id: '10.0.0.1',
          port: 3000,
          state: 'unhealthy',
          reason: 'Target.ResponseCodeMismatch',
          description: 'Health checks failed with these codes: [404]',
        },
      ],
    },
  ],
  log: { container: 'server', group: '/ecs/weather', stream: 'mcp/server/abc', lines: ['boot', 'token=s3cret-value'] },
  omitted: [{ detail: 'the load balancer', action: 'elasticloadbalancing:DescribeLoadBalancers', why: 'denied' }],
}

const report = (more: Partial<Report> = {}): Report => ({
  command: 'apply',
  target: { stack: 'ecs', directory: '.', workspace: undefined },
  commit: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  runUrl: 'https://github.com/acme/weather/actions/runs/1',
  apply: 'done',
  evidence,
  failures: [
    {
      code: 'ECS_TASKS_FAIL',
      cause: 'CONTAINER_EXITS',
      sentence: 'It fails.',
      fix: 'Repair it.',
      remedy: 'replace',
      phase: 'stability',
    },
  ],

  warnings: [],
  phases: [],
  ...more,
})

test('each fact is there, in the comment, the summary and the log', () => {
  const first = commentMarker(report())
  for (const text of [String(renderComment(report(), first)), String(renderSummary(report()))]) {
    expect(text).toContain('What AWS shows of <code>prod/weather</code>')
    expect(text).toContain('03:04:06 task abc: Essential container in task exited; container server exit code 1')
    expect(text).toMatch(
      /10\.0\.0\.1:3000 of weather, checked on \/healthz for 200: unhealthy, Target.ResponseCodeMismatch/,
    )
    expect(text).toContain('boot\n')
    expect(text).toContain('03:04:05 (service weather) has started 1 tasks.')
    expect(text).toContain('would be here if the role of this job had elasticloadbalancing:DescribeLoadBalancers')
  }
  expect(evidenceLines(evidence).join('\n')).toMatch(/task abc.*\n.*10\.0\.0\.1.*\nlog of container server.*\n {2}boot/)
})

test('secrets are taken out of every part', () => {
  knowSecrets(['s3cret-value'])
  const hidden = report()
  for (const text of [
    String(renderComment(hidden, '')),
    String(renderSummary(hidden)),
    evidenceLines(evidence).join('\n'),
  ]) {
    expect(text).not.toContain('s3cret-value')
    expect(text).toContain('token=***')
  }
})

test('hostile text closes no fence and no fold, and pings nobody', () => {
  const hostile = '```\n</details>\n@acme/everybody <img src=x> ::error::x'
  const text = String(
    evidenceSection(
      {
        evidence: {
          ...evidence,
          subject: 'prod/<b>&',
          events: [{ id: 'e', createdAt: 0, message: hostile }],
          stopped: evidence.stopped.map(task => ({ ...task, stoppedReason: hostile })),
          log: { container: hostile, group: hostile, stream: hostile, lines: hostile.split('\n') },
        },
      },
      50_000,
    ),
  )
  const outside = text.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/(`+)[^`][\s\S]*?\1/g, '')
  expect(outside).not.toMatch(/@acme|<img|<b>/)
  expect(outside.match(/<\/details>/g)).toHaveLength(1)
})

test('far too much of it is cut: the comment stays below its limit', () => {
  const many = <T>(item: T) => Array.from({ length: 500 }, () => item)
  const huge: Evidence = {
    ...evidence,
    events: many({ id: 'e', createdAt: 0, message: 'x'.repeat(5_000) }),
    stopped: many({ ...evidence.stopped[0], stoppedReason: 'y'.repeat(5_000) } as Evidence['stopped'][number]),
    log: { container: 'server', group: 'g', stream: 's', lines: many('z'.repeat(5_000)) },
    console: many('c'.repeat(5_000)),
  }
  expect(String(renderComment(report({ evidence: huge }), '')).length).toBeLessThan(maxCommentUnits)
  expect(String(renderComment(report({ evidence: huge }), ''))).toContain('What AWS shows')
  expect(String(evidenceSection({ evidence: huge }, 50))).toBe('')
})

test('the JSON is of the published schema', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
  const validate = ajv.compile(schema)
  const rollback = { from: 'weather:2', to: 'weather:1', wasPassed: true, restored: true, sentence: 'It runs again.' }
  const json = JSON.parse(JSON.stringify(reportJson(report({ rollback })))) as Record<string, unknown>
  expect(validate(json), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...json, evidence: { subject: 1 } })).toBe(false)
})

test('a rollback is loud, and one that failed is red', () => {
  const rollback = { from: 'weather:2', to: 'weather:1', wasPassed: true, restored: true, sentence: 'It runs again.' }
  expect(rollbackLine({ rollback }).map(String)).toEqual(['🟠 **Rolled back**: It runs again.'])
  expect(String(rollbackLine({ rollback: { ...rollback, restored: false } })[0])).toMatch(/^❌/)
  expect(String(renderComment(report({ rollback }), ''))).toContain('**Rolled back**')
})
