/** What is written by a schema: our words stay, foreign text is redacted, and nothing else is there. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { secrets } from '../../src/log.ts'
import { type Schema, serialize } from '../../src/report/serialize.ts'
import fc from '../support/property.ts'

const docs = (file: string) => JSON.parse(readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8'))
const reportSchema: Schema = docs('report.schema.json')

/** Ordinary words of the schemas, as somebody's sensitive variables have them. */
const ordinary = ['failure', 'phase', 'apply', 'gate', 'passed', 'failed', 'destroy', 'plan', 'sentence', 'command']
for (const each of [...ordinary, 'TCP_REFUSED', 'hunter22', '4b825dc', '12345']) secrets.add(each)

const report = {
  command: 'apply',
  target: { directory: 'services/failure', stack: 'gate', workspace: 'plan' },
  commit: '4b825dc',
  runUrl: 'https://github.com/acme/hunter22/actions/runs/1',
  pullRequest: 12345,
  apply: 'done',
  plan: {
    hasChanges: true,
    counts: { add: 12345, change: 0, destroy: 0, replace: 0, import: 0, move: 0, forget: 0 },
    changes: [
      { address: 'aws_instance.web', kind: 'create' },
      { address: 'aws_instance.x["hunter22"]', kind: 'create' },
    ],
    findings: [],
    terraformVersion: '1.11.4',
  },
  failures: [
    { code: 'TCP_REFUSED', phase: 'gate', sentence: 'it said hunter22, and failure', fix: 'x', remedy: 'wait' },
  ],
  warnings: ['the failure is hunter22'],
  phases: [{ phase: 'apply', ms: 12345 }],
  somethingNew: 'hunter22',
}

describe('the report', () => {
  const { value, omittedAddresses } = serialize(reportSchema, report)

  test('keeps every word of ours', () => {
    const { somethingNew: _, ...known } = report
    expect(value).toEqual({
      ...known,
      runUrl: 'https://github.com/acme/***/actions/runs/1',
      plan: { ...report.plan, changes: [{ address: 'aws_instance.web', kind: 'create' }] },
      failures: [{ ...report.failures[0], sentence: 'it said ***, and ***' }],
      warnings: ['the *** is ***'],
    })
    expect(Object.keys(value as object)).not.toContain('somethingNew')
  })

  test('counts the addresses that it leaves out', () => expect(omittedAddresses).toBe(1))

  test('is still of its schema', () => {
    const ajv = new Ajv2020()
    addFormats.default(ajv)
    const valid = ajv.compile(reportSchema as object)
    expect(valid(value), JSON.stringify(valid.errors)).toBe(true)
  })
})

test('text in the place of a word of ours is redacted like any other', () => {
  const of = (part: object) => serialize(reportSchema, { ...report, ...part }).value
  expect(of({ command: 'hunter22' })).toMatchObject({ command: '***' })
  expect(of({ commit: 'hunter22' })).toMatchObject({ commit: '***' })
  expect(of({ failures: [{ ...report.failures[0], code: 'hunter22' }] })).toMatchObject({ failures: [{ code: '***' }] })
  expect(of({ certificate: { validTo: 'hunter22' } })).toMatchObject({ certificate: { validTo: '***' } })
  expect(of({ pullRequest: 'hunter22', apply: { hunter22: 'hunter22' } })).toMatchObject({
    pullRequest: '***',
    apply: {},
  })
})

test('no text of any value leaves with a secret', () => {
  const anything = fc.letrec(tie => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.string(),
      fc.constant('so hunter22 it is'),
      fc.double(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(...Object.keys(reportSchema.properties ?? {}), 'hunter22', '__proto__'),
        tie('any'),
      ),
    ),
  })).any
  void fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(reportSchema.properties ?? {})), anything), value => {
      expect(JSON.stringify(serialize(reportSchema, value).value ?? null)).not.toContain('hunter22')
    }),
    { numRuns: 300 },
  )
})

test.each(['report.schema.json', 'webhook.schema.json'])(
  'every $ref of %s is there, and every object is described',
  file => {
    const schema = docs(file)
    const visit = (part: unknown, path: string): void => {
      if (typeof part !== 'object' || part === null) return
      const { $ref, type, properties, additionalProperties } = part as Schema
      if ($ref !== undefined) expect(schema.$defs).toHaveProperty($ref.replace('#/$defs/', ''))
      // An object without properties would be written empty.
      if (type === 'object') expect(properties ?? additionalProperties, path).toBeDefined()
      // The conditions of allOf describe nothing.
      for (const [key, inner] of Object.entries(part)) if (key !== 'allOf') visit(inner, `${path}/${key}`)
    }
    visit(schema, '')
  },
)
