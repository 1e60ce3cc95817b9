import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { secrets as knownSecrets } from '../src/log.ts'
import { writeAnnotations, writeOutcome, writeReport, writeSummary } from '../src/outputs.ts'
import { redactor } from '../src/redact.ts'
import { renderComment, renderCounts } from '../src/report/comment.ts'
import type { Report } from '../src/report/report.ts'
import { lineText } from '../src/terraform/diff/line.ts'
import type { Change, PlanJson } from '../src/terraform/json.ts'
import { readPlan } from '../src/terraform/plan.ts'
import { sensitiveValues } from '../src/terraform/sensitive.ts'
import fc from './support/property.ts'
import { knowSecrets } from './support/secrets.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'secrets-'))
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) vi.stubEnv(name, join(directory, name))
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true, force: true })
})

/** Nothing that a plan has besides holds these characters in this order, so a hit is a leak. */
const core = fc.string({ unit: fc.constantFrom(...'zqXKJ7'), minLength: 6, maxLength: 20 }).map(text => `Zq${text}`)
const around = fc.string({ unit: fc.constantFrom(...'"\\<>&\'${}%+/ =@:.é東🚀\t'), maxLength: 6 })
const secretText = fc.oneof(
  core,
  fc.tuple(around, core, around).map(parts => parts.join('')),
  fc.array(core, { minLength: 2, maxLength: 4 }).map(lines => lines.join('\n')),
  fc.array(core, { minLength: 2, maxLength: 3 }).map(lines => lines.join('\r\n')),
  core.map(text => JSON.stringify({ user: 'admin', password: text })),
)
const secretValue = fc.oneof(
  secretText,
  fc.integer({ min: 700_000_000, max: 799_999_999 }),
  fc.array(secretText, { minLength: 1, maxLength: 3 }),
  fc.record({ password: secretText, tokens: fc.array(secretText, { maxLength: 2 }) }),
)

const textsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [String(value)]

/** As Terraform's functions put a secret into something that is not sensitive by itself. */
function elsewhere(secret: string): Record<string, string> {
  const json = JSON.stringify({ env: [{ name: 'TOKEN', value: secret }] })
  return {
    url: `https://user:${encodeURIComponent(secret.toWellFormed())}@db/x`,
    form: `a=${new URLSearchParams({ b: secret.toWellFormed() })}`,
    rendered: `export TOKEN=${secret} # end`,
    jsonencoded: json.replace(/[<>&]/g, char => `\\u00${char.charCodeAt(0).toString(16)}`),
    embedded: `#!/bin/sh\ncat <<EOF\n${json}\nEOF\n`,
    embeddedTwice: `run '${JSON.stringify({ script: json })}'`,
    base64: Buffer.from(`${'x'.repeat(secret.length % 3)}${secret}/tail`).toString('base64'),
    [`key ${secret}`]: 'in a key',
  }
}

/** The distinctive parts of a secret that a text still holds, also when it is encoded. */
function leaks(text: string, secrets: readonly string[]): string[] {
  const cores = secrets.flatMap(secret => secret.match(/Zq[zqXKJ7]{6,20}|7\d{8}/g) ?? [])
  const forms = cores.flatMap(each => [
    each,
    ...[0, 1, 2].map(n =>
      Buffer.from('.'.repeat(n) + each)
        .toString('base64')
        .slice(n === 0 ? 0 : n + 1, -4),
    ),
  ])
  return forms.filter(form => form.length >= 6 && text.includes(form))
}

const secretPlan = fc.record({
  resources: fc.array(
    fc.record({
      before: secretValue,
      after: secretValue,
      actions: fc.constantFrom(['create'], ['update'], ['delete'], ['delete', 'create']),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  variable: secretText,
  output: secretText,
  read: secretText,
})

test('no sensitive value of any plan is in comment, summary, outputs, report, state of the runner or log', {
  timeout: 300_000,
}, async () => {
  const printed: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation(text => printed.push(String(text)) > 0)
  await fc.assert(
    fc.asyncProperty(secretPlan, async ({ resources, variable, output, read }) => {
      const inPlan = resources.flatMap(({ before, after, actions }) => [
        ...(actions[0] === 'create' ? [] : textsOf(before)),
        ...(actions.at(-1) === 'delete' ? [] : textsOf(after)),
      ])
      const secrets = [...inPlan, variable, output, read]
      const open = Object.assign({}, ...secrets.map((secret, index) => ({ [`n${index}`]: elsewhere(secret) })))
      const changes = resources.map(({ before, after, actions }, index) => {
        const change: Change = {
          actions: actions as Change['actions'],
          before: actions[0] === 'create' ? null : { secret: before, open: { changed: 'was', ...open } },
          after: actions.at(-1) === 'delete' ? null : { secret: after, open },
          before_sensitive: { secret: true },
          after_sensitive: { secret: true },
        }
        return { address: `a.b["${secrets[0]}${index}"]`, mode: 'managed' as const, type: 'a', change }
      })
      const json: PlanJson = {
        format_version: '1.2',
        resource_changes: changes,
        resource_drift: changes,
        relevant_attributes: [{ resource: 'a.b', attribute: ['secret'] }],
        output_changes: {
          token: { actions: ['create'], before: null, after: output, after_sensitive: true },
          url: { actions: ['create'], before: null, after: `https://${encodeURIComponent(output.toWellFormed())}@x` },
        },
        variables: { token: { value: variable } },
        configuration: { root_module: { variables: { token: { sensitive: true } } } },
        checks: [
          {
            address: { kind: 'check', to_display: 'check.a' },
            status: 'fail',
            instances: [
              { address: { to_display: 'check.a' }, status: 'fail', problems: [{ message: `is ${variable}, sorry` }] },
            ],
          },
        ],
        prior_state: {
          values: {
            root_module: {
              resources: [
                { address: 'data.a.b', mode: 'data', type: 'a', values: { read }, sensitive_values: { read: true } },
              ],
            },
          },
        },
      }
      const text = `${secrets.map(secret => `  + value = ${JSON.stringify(secret)}`).join('\n')}\n\nWarning: ${read.split('\n')[0]}\n`
      knowSecrets(sensitiveValues(json))
      const { redact } = knownSecrets
      const report: Report = {
        command: 'plan',
        target: { stack: undefined, directory: '.', workspace: undefined },
        commit: 'abcdef0',
        runUrl: 'https://github.com/acme/weather/actions/runs/1',
        plan: readPlan(json, true, text, redact),
        failures: [
          {
            code: 'TERRAFORM_PLAN_FAILED',
            sentence: `failed with ${output}\n\n${text}`,
            fix: variable,
            remedy: undefined,
            phase: 'plan',
          },
        ],
        warnings: [`it was ${variable}`],
        phases: [],
      }
      // The runner takes the secrets to mask from the log.
      printed.length = 0
      for (const name of readdirSync(directory)) writeFileSync(join(directory, name), '')
      for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'])
        writeFileSync(join(directory, name), '')
      await writeReport(report, directory)
      writeOutcome(report.failures[0])
      await writeAnnotations(report)
      process.exitCode = 0
      await writeSummary(report)
      const written = readdirSync(directory).map(name => readFileSync(join(directory, name), 'utf8'))
      expect(written.some(each => each.includes('has-changes'))).toBe(true)
      const everything = [
        String(renderComment(report, '<!-- marker -->')),
        String(renderCounts(report, '<!-- marker -->', 'no', [])),
        ...written,
        // The runner takes what it is told to mask for itself and shows none of it.
        printed.splice(0).join(''),
        redact(text),
      ]
      expect(everything.flatMap(each => leaks(each, secrets))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('a value of three characters is hidden in its place and left elsewhere: a port would take every 80 out of the plan', () => {
  const change: Change = {
    actions: ['create'],
    before: null,
    after: { port: 80, name: 'http-80', flag: true },
    after_sensitive: { port: true, flag: true },
  }
  const json = { format_version: '1.2', resource_changes: [{ address: 'a.b', mode: 'managed', type: 'a', change }] }
  const plan = readPlan(json as PlanJson, true, '', redactor(sensitiveValues(json as PlanJson)))
  expect(plan.changes[0]?.lines.map(lineText)).toEqual([
    '+ port = (sensitive value)',
    '+ name = "http-80"',
    '+ flag = (sensitive value)',
  ])
})
