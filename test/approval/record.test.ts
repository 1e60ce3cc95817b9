import { describe, expect, test } from 'vitest'
import { differences } from '../../src/approval/compare.ts'
import { digestOf } from '../../src/approval/digest.ts'
import { reviewed } from '../../src/approval/life.ts'
import {
  type PlanRecord,
  readRecord,
  readSettings,
  recordLength,
  recordLine,
  type SignedRecord,
  signatureMode,
} from '../../src/approval/record.ts'
import { createRecord, fingerprintPlan } from '../../src/approval/review.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'
import fc from '../support/property.ts'

const signer = createPlanSigner('key', undefined, undefined)
const record: PlanRecord = {
  version: 2,
  life: { stage: 'reviewed' },
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
const sealed = withRecord(body, { record, signer })
const read = (text: string) => readRecord(text, () => signer)

test('it is the second line, invisible, and comes back as it was', () => {
  expect(sealed.split('\n')[1]).toMatch(/^<!-- terraform-mcp-deploy plan [\w-]+\.[\w-]+ -->$/)
  expect(sealed.split('\n').toSpliced(1, 1).join('\n')).toBe(body)
  expect(read(sealed)).toEqual({ record, intact: true })
})

test('other line ends, and spaces at the ends of lines that an editor takes away or adds, are no edit', () => {
  expect(read(sealed.replaceAll('\n', '\r\n'))?.intact).toBe(true)
  expect(read(sealed.replaceAll('\n', '\r'))).toBeUndefined()
  expect(read(`${sealed}\n\n`)?.intact).toBe(true)
  expect(read(sealed.replace('## Plan', '## Plan  \t'))?.intact).toBe(true)
  const spaced = '<!-- marker -->\n\n## Plan  \n\u0007| 1 to add |\n\n'
  expect(read(withRecord(spaced, { record, signer }).replace('Plan  \n\u0007', 'Plan\n').trimEnd())?.intact).toBe(true)
})

describe('an edit of white space hides a part of the plan, so it is seen', () => {
  const plan = '<!-- marker -->\n## Plan\n\n| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |\n\n```diff\n- gone\n+ new\n```\n'
  const text = withRecord(plan, { record, signer })
  test.each([
    ['the lines of a diff become the name of its language', '```diff\n- gone\n', '```diff - gone'],
    ['a row of a table becomes surplus cells of another', '| 1 | 2 |\n| 3 | 4 |', '| 1 | 2 | | 3 | 4 |'],
    ['the same without a blank', '```diff\n- gone\n', '```diff- gone\n'],
    ['rows of a table become one, without a blank', '| 1 | 2 |\n| 3 | 4 |', '| 1 | 2 || 3 | 4 |'],
    ['a paragraph becomes two', '| 1 | 2 |', '| 1 |\n\n2 |'],
    ['a number becomes two', '| 3 | 4 |', '| 3 | 4 |'.replace('3', '3 0')],
    ['a table becomes a paragraph', '| - | - |\n', ''],
    ['a line becomes code', '## Plan', '    ## Plan'],
    ['text reads from right to left', '| 1 | 2 |', '| 1 | \u202e2 |'],
    ['a character has no width', '- gone', '- go\u200bne'],
  ])('%s', (_, was, is) => {
    expect(read(text)?.intact).toBe(true)
    expect(text).toContain(was)
    expect(read(text.replace(was, is))?.intact).toBe(false)
  })
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
  test('any text is no record', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(read(`<!-- marker -->\n${text}`)).toBeUndefined()
      }),
    )
  })
  test('any letters in the place of the record are none, or are one that is not valid', () => {
    fc.assert(
      fc.property(fc.base64String({ minLength: 1 }), letters => {
        const text = letters.replace(/[^\w-]/g, '')
        expect(read(`<!-- marker -->\n<!-- terraform-mcp-deploy plan ${text}.x -->`)).toBeUndefined()
      }),
    )
  })
  test('a record with any other signature comes back, and is not valid', () => {
    const [start, end] = [sealed.indexOf('.'), sealed.indexOf(' -->', sealed.indexOf('.'))]
    const signature = sealed.slice(start + 1, end)
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{1,60}$/), other => {
        fc.pre(other !== signature)
        expect(read(`${sealed.slice(0, start + 1)}${other}${sealed.slice(end)}`)).toEqual({ record, intact: false })
      }),
    )
  })
})

/** A comment with this JSON in the place of the record, signed as a record is. */
const commentWith = (json: string) => {
  const foreign: { toJSON: () => unknown } = { toJSON: () => JSON.parse(json) }
  const line = recordLine(body, { record: foreign as unknown as PlanRecord, signer })
  return body.split('\n').toSpliced(1, 0, line).join('\n')
}

describe('what is not a record of this version, although its signature is right', () => {
  test('a later version', () => {
    expect(read(commentWith(JSON.stringify(record)))).toMatchObject({ intact: true })
    expect(read(commentWith(JSON.stringify({ ...record, version: 3 })))).toBeUndefined()
    expect(read(commentWith(JSON.stringify({ ...record, version: '2' })))).toBeUndefined()
    expect(read(commentWith('{}'))).toBeUndefined()
    expect(read(commentWith('[]'))).toBeUndefined()
    expect(read(commentWith('null'))).toBeUndefined()
    for (const broken of [{ outline: {} }, { outline: { settings: 1 } }, { binding: null }, { outline: undefined }])
      expect(read(commentWith(JSON.stringify({ ...record, ...broken })))).toBeUndefined()
  })

  test('more than 4 MiB of JSON, which a comment of 5,000 letters can hold', () => {
    const padded = (bytes: number) => {
      const json = JSON.stringify({ ...record, padding: '' })
      return commentWith(JSON.stringify({ ...record, padding: 'a'.repeat(bytes - json.length) }))
    }
    const limit = 4 * 1024 * 1024
    expect(padded(limit).length).toBeLessThan(6_000)
    expect(read(padded(limit))?.intact).toBe(true)
    expect(read(padded(limit + 1))).toBeUndefined()
  })
})

test('which key must have signed a record: that of its values, or that of the state that exists since', () => {
  expect(signatureMode(record)).toBe('key')
  expect(signatureMode({ ...record, mode: 'none' })).toBe('none')
  expect(signatureMode({ ...record, mode: 'none', signedWith: 'lineage' })).toBe('lineage')
})

test('the length of a record is never more than was announced', () => {
  expect(recordLine(body, { record, signer }).length).toBeLessThanOrEqual(recordLength(record))
})

describe('the settings of a comment', () => {
  test('are those of its record, also where a line ends as on Windows', () => {
    expect(readSettings(sealed)).toEqual({ workspace: 'default' })
    expect(readSettings(sealed.replaceAll('\n', '\r\n'))).toEqual({ workspace: 'default' })
  })
  test.each([
    ['without a record', body],
    ['of one line', '<!-- marker -->'],
    ['of no line', ''],
    ['with text around the record', sealed.replace(/^(.*)\n(.*)\n/, '$1\nSee $2\n')],
    ['with text behind the record', sealed.replace(/^(.*)\n(.*)\n/, '$1\n$2 and more\n')],
    ['with the record further down', sealed.replace('\n', '\n\n')],
  ])('%s there are none', (_, text) => {
    expect(readSettings(text)).toBeUndefined()
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
])('of %i changes the comment keeps what it has room for', (count, isDetailed) => {
  const resource_changes = Array.from({ length: count }, (_, index) => ({
    address: `module.server["${index}"].aws_ecs_task_definition.this`,
    mode: 'managed' as const,
    type: 'aws_ecs_task_definition',
    change: { actions: ['create' as const], after: { family: `weather-${index}`, cpu: 256, name: `n${index}` } },
  }))
  const context = {
    terraformVersion: '1.11.4',
    directory: '/nowhere',
    workspace: undefined,
    targets: [],
    replaces: [],
    checkout: '/nowhere',
    lockFile: undefined,
  }
  const plan = fingerprintPlan({ format_version: '1.2', resource_changes }, context, signer, text => text)
  const { binding, head, runUrl } = record
  const written = createRecord(plan, { binding, head, runUrl, life: reviewed })
  expect(written.fingerprint).toBe(plan.fingerprint)
  expect(written.outline.changes !== undefined).toBe(isDetailed)
  expect(withRecord(body, { record: written, signer }).length).toBeLessThan(20_500)
})

describe('a record that an earlier version wrote', () => {
  /** Written by the code before the fields of the plan types were renamed. */
  const encoded = [
    'jZJRa9swFIX_SnaelThO7SQVY6OwjnaD0pWUjZUSZPnKUSNLriQny0r--5C7ri97qJ6E4Fx95-M-YUc-aGfBcwalbUO-89pGcISNmJVzPhWzaV',
    '7K0_y0PKnkQhXlVM2Xy2J2IgtRqbwQi2kpq6KcL6dLEiTULF-UopLliVJzkmBoXU3g2NIBDJW2tbYN-BM8dS7o6PwBHEK2lGmrvABD1xtzQ489',
    'hQi-YNg7v1XG7cExaXTc9FX28hSymjrjDpNDa8AQhW8o4b9_Nx6PSIbRePwBR4YNiTp988YDBt_bW2_AsYmxCzzLnn-eSNdmr7SZkFE7GzLf25',
    'DlYHB9NNpSahgoRm2bkO4r8l4o59vRP-fIJ3k-KfBcMHRCJk81KdGbmFwJuSWbsI2TwqQaciNsQwH87gmirj2FkFrtw5pkWAfyOy1pEjc6gOEv',
    '2jDTUCQmPYlIYKh1M7jF0t0-rFeHNRh2wvQ0oFoXny-ddztdkwfH4_zL94vVTCUxJMKA_ym4q5h_K4a3zghJ9agiKfpAI6fAUV7-7j-3DyGRV6',
    'ScH6zIrgfHLT08fj2L52DQqeLcVuX5eXkNBivaJCJc2LjcXV6ktFAxYbyEzfWmoZsf6iX88TVVxdVPfXV6lpbBbWngvFnYZv9rjOPxeJ-GdZ3R',
    'VA_jXNvqJKJ64xl2TNuY4nf_F39_PP4B',
  ].join('')
  const earlier = `<!-- marker -->\n<!-- terraform-mcp-deploy plan ${encoded}.ii1iUEvH7xIPKQJUFURZ86TfZ0kzLyIDUtcKvIgflXE -->\n\n## Plan`
  test('is readable, its signature is valid, and it counts as reviewed although an apply of it has begun', () => {
    expect(read(earlier)).toMatchObject({ intact: true, record: { version: 2, mode: 'key', life: reviewed } })
    expect(read(earlier)?.record).not.toHaveProperty('applied')
    expect(read(earlier.replace('## Plan', '##Pl\u200ban'))?.intact).toBe(true)
    expect(read(earlier.replace('## Plan', '## Plane'))?.intact).toBe(false)
  })

  test('equals the record that this version writes in the same form for the same plan', () => {
    const change = {
      actions: ['delete' as const, 'create' as const],
      before: { id: 'arn:old', name: 'weather', cpu: 256 },
      after: { name: 'weather-2', cpu: 512, token: 'secret' },
      after_unknown: { id: true },
      after_sensitive: { token: true },
      replace_paths: [['name']],
    }
    const service = {
      address: 'aws_ecs_service.this',
      mode: 'managed' as const,
      type: 'aws_ecs_service',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      action_reason: 'replace_because_cannot_update',
      change,
    }
    const context = {
      terraformVersion: '1.11.4',
      directory: '/nowhere',
      workspace: 'default',
      targets: [],
      replaces: [],
      checkout: '/',
      lockFile: undefined,
    }
    const json = { format_version: '1.2', resource_changes: [service] }
    const plan = fingerprintPlan(json, context, signer, text => text, 1)
    const { head, runUrl } = record
    const written = createRecord(plan, {
      binding: { ...record.binding, target: '<!-- ecs -->' },
      head,
      runUrl,
      life: reviewed,
    })
    const ofEarlier = read(earlier)?.record as PlanRecord
    expect(differences(ofEarlier.outline, written.outline)).toEqual([])
    // Version 0.1 kept the first half of a digest.
    const changes = written.outline.changes?.map(each => ({ ...each, digest: each.digest.slice(0, 8) }))
    expect({ ...written, outline: { ...written.outline, changes } }).toEqual(ofEarlier)
  })
})

describe('the life of a record', () => {
  const commit = 'c'.repeat(40)
  test.each([
    reviewed,
    { stage: 'applying', commit, run: 7, attempt: 2 },
    { stage: 'applied', commit, tainted: ['a.b'] },
  ] as const)('%o comes back as it was', life => {
    const text = withRecord(body, { record: { ...record, life }, signer })
    expect(read(text)).toEqual({ record: { ...record, life }, intact: true })
  })

  test.each([
    undefined,
    'applied',
    { stage: 'applied', commit },
    { stage: 'applied', commit, tainted: [1] },
    { stage: 'applying', commit, run: '7', attempt: 2 },
    { stage: 'done', commit, tainted: [] },
  ])('%o is not a life, and the record is not read', life => {
    const text = withRecord(body, { record: { ...record, life: life as never }, signer })
    expect(read(text)).toBeUndefined()
  })
})
