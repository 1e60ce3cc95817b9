import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/approval/digest.ts'
import { type PlanRecord, readRecord, recordLine, type SignedRecord } from '../../src/approval/record.ts'
import { fingerprintPlan, recordOf } from '../../src/approval/review.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'

const seal = createPlanSigner('key', undefined, undefined)
const record: PlanRecord = {
  version: 1,
  fingerprint: `sha256:${'0'.repeat(64)}`,
  mode: 'key',
  binding: { repository: 'acme/infra', pullRequest: 7, workflow: '.github/workflows/deploy.yml', target: '<!-- x -->' },
  head: 'a'.repeat(40),
  runUrl: 'https://github.com/acme/infra/actions/runs/1',
  outline: digestOf({ settings: { workspace: 'default' }, changes: [] }, text => text, 'attributes'),
}
const body = '<!-- marker -->\n\n## Plan\n\n| 1 to add |'
const withRecord = (text: string, signed: SignedRecord) =>
  text.split('\n').toSpliced(1, 0, recordLine(text, signed)).join('\n')
const sealed = withRecord(body, { record, seal })
const read = (text: string) => readRecord(text, () => seal)

test('it is the second line, invisible, and comes back as it was', () => {
  expect(sealed.split('\n')[1]).toMatch(/^<!-- terraform-mcp-deploy plan [\w-]+\.[\w-]+ -->$/)
  expect(sealed.split('\n').toSpliced(1, 1).join('\n')).toBe(body)
  expect(read(sealed)).toEqual({ record, intact: true })
})

test('other line ends, and spaces that an editor takes away, are no edit', () => {
  expect(read(sealed.replaceAll('\n', '\r\n'))?.intact).toBe(true)
  expect(read(`${sealed}\n\n`)?.intact).toBe(true)
})

describe('any edit of a letter is seen, and nothing that is written there breaks the reader', () => {
  test('one character changed, in the text or in the record', () => {
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('x', '0', '-', '€'), (at, letter) => {
        const edited = sealed.slice(0, at) + letter + sealed.slice(at + 1)
        fc.pre(/\S/.test(sealed[at] ?? '') && edited !== sealed)
        return read(edited)?.intact !== true
      }),
    )
  })
  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => read(`<!-- marker -->\n${text}`)?.intact !== true))
    fc.assert(
      fc.property(fc.base64String(), text => {
        const line = `<!-- terraform-mcp-deploy plan ${text.replace(/[^\w-]/g, '')}.x -->`
        return read(`<!-- marker -->\n${line}`)?.intact !== true
      }),
    )
  })
})

test('a record further down is text from outside', () => {
  const lines = sealed.split('\n')
  expect(read([lines[0], '', ...lines.slice(1)].join('\n'))).toBeUndefined()
})

test('another key has not signed it, and no key at all neither', () => {
  expect(readRecord(sealed, () => createPlanSigner('other', undefined, undefined))).toMatchObject({ intact: false })
  expect(readRecord(sealed, () => undefined)).toMatchObject({ intact: false })
})

test.each([
  [10, true],
  [1_000, true],
  [10_000, false],
])('of %i changes the comment keeps what it has room for', (count, named) => {
  const resource_changes = Array.from({ length: count }, (_, index) => ({
    address: `module.server["${index}"].aws_ecs_task_definition.this`,
    mode: 'managed' as const,
    type: 'aws_ecs_task_definition',
    change: { actions: ['create' as const], after: { family: `weather-${index}`, cpu: 256, name: `n${index}` } },
  }))
  const madeWith = {
    terraformVersion: '1.11.4',
    directory: '/nowhere',
    workspace: undefined,
    targets: [],
    replaces: [],
    checkout: '/nowhere',
    lockFile: undefined,
  }
  const intent = fingerprintPlan({ format_version: '1.2', resource_changes }, madeWith, seal, text => text)
  const { binding, head, runUrl } = record
  const made = recordOf(intent, { binding, head, runUrl })
  expect(made.fingerprint).toBe(intent.fingerprint)
  expect(made.outline.changes !== undefined).toBe(named)
  expect(withRecord(body, { record: made, seal }).length).toBeLessThan(20_500)
})
