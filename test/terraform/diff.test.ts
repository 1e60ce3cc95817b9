import { describe, expect, test } from 'vitest'
import { redactor } from '../../src/redact.ts'
import { lineText } from '../../src/terraform/diff/line.ts'
import { pathText } from '../../src/terraform/diff/path.ts'
import { type DiffOptions, diffLines } from '../../src/terraform/diff.ts'
import type { Change } from '../../src/terraform/json.ts'
import type { Kind } from '../../src/terraform/kind.ts'

const asItIs = (text: string) => text
const texts = (change: Change, kind: Kind, redact = asItIs, options: DiffOptions = {}) =>
  diffLines(change, kind, redact, options).map(lineText)
const update = (change: Partial<Change>, options: DiffOptions = {}) =>
  texts({ actions: ['update'], ...change }, 'update', asItIs, options)

describe('an attribute', () => {
  test('that stays is not listed', () => {
    expect(update({ before: { a: 1, b: [1] }, after: { a: 1, b: [1] } })).toEqual([])
  })

  test('that changes, comes or goes is listed with its old and new values', () => {
    expect(update({ before: { a: 1, b: 'x' }, after: { a: 2, c: false } })).toEqual([
      '- a = 1',
      '+ a = 2',
      '- b = "x"',
      '+ c = false',
    ])
  })

  test('that is null is one that is not set', () => {
    expect(update({ before: { a: null, b: '' }, after: { a: '', b: null } })).toEqual(['+ a = ""', '- b = ""'])
  })

  test('that is unknown until apply is marked, in a list and whole', () => {
    expect(
      update({
        before: { a: 'x', b: [{ c: 1 }] },
        after: { b: [{}] },
        after_unknown: { a: true, b: [{ c: true }], d: true },
      }),
    ).toEqual(['! a = "x" → (known after apply)', '! d = (known after apply)', '! b[0].c = 1 → (known after apply)'])
  })

  test('that forces a replacement is marked, with what is below it', () => {
    const change = { before: { a: { b: 1 }, ab: 1 }, after: { a: { b: 2 }, ab: 2 }, replace_paths: [['a']] }
    expect(update(change)).toEqual(['- a.b = 1', '+ a.b = 2  # forces replacement', '- ab = 1', '+ ab = 2'])
  })

  test('that is JSON in a string is compared by what it says', () => {
    const policy = (action: string, spaces: number) => JSON.stringify({ Statement: [{ Action: action }] }, null, spaces)
    expect(update({ before: { policy: policy('s3:Get', 0) }, after: { policy: policy('s3:Get', 2) } })).toEqual([
      '! policy = (the same JSON, written differently)',
    ])
    expect(update({ before: { policy: policy('s3:Get', 0) }, after: { policy: policy('s3:*', 2) } })).toEqual([
      '- policy.Statement[0].Action = "s3:Get"',
      '+ policy.Statement[0].Action = "s3:*"',
    ])
  })

  test('with a name or value from outside stays on its line, and is cut where it is long', () => {
    const lines = update({ before: {}, after: { 'a\nb': 'c\n+ d\u202e', e: 'f'.repeat(1_000) } })
    expect(lines.slice(0, 3)).toEqual(['@@ -0,0 +1,2 @@ ["a\\nb"]', '+ | c', '+ | + d\\u{202e}'])
    expect(lines[3]).toMatch(/^\+ e = "f{400}"… \(1000 characters\)$/)
    expect(lines).toHaveLength(4)
  })
})

describe('a sensitive value', () => {
  test('is hidden at any depth, and so is everything in it', () => {
    const lines = update({
      before: { list: [{ key: 'old-secret', open: 1 }], whole: { a: 'secret-a' } },
      after: { list: [{ key: 'new-secret', open: 2 }], whole: { a: 'secret-b' } },
      before_sensitive: { list: [{ key: true }], whole: true },
      after_sensitive: { list: [{ key: true }], whole: true },
    })
    expect(lines.join('\n')).not.toContain('secret-')
    expect(lines.join('\n')).not.toMatch(/(old|new)-secret/)
    expect(lines).toContain('! list[0].key = (sensitive value) → (sensitive value)')
    expect(lines).toContain('! whole = (sensitive value) → (sensitive value)')
  })

  test('that stops being sensitive is listed without its old value', () => {
    expect(update({ before: { a: 'was-secret' }, after: { a: 'open' }, before_sensitive: { a: true } })).toEqual([
      '- a = (sensitive value)',
      '+ a = "open"',
    ])
  })
})

test('a created or destroyed resource has only one side', () => {
  expect(
    texts(
      { actions: ['create'], before: null, after: { a: 1, b: null }, after_unknown: { id: true } },
      'create',
      text => text,
    ),
  ).toEqual(['+ a = 1', '# known after apply: id'])
  expect(texts({ actions: ['delete'], before: { a: 1 }, after: null }, 'delete', text => text)).toEqual(['- a = 1'])
})

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 0, 'b'], 'a[0].b'],
  [['a', 'b.c'], 'a["b.c"]'],
  [['é', '"'], '["é"]["\\""]'],
] as const)('the path %j is %s', (path, words) => {
  expect(pathText(path)).toBe(words)
})

test('a secret that changes is seen to change, in its place and inside other values', () => {
  const redact = redactor(['old-password', 'new-password'])
  const lines = texts(
    {
      actions: ['update'],
      before: { password: 'old-password', url: 'https://me:old-password@host', same: 1 },
      after: { password: 'new-password', url: 'https://me:new-password@host', same: 1 },
      before_sensitive: { password: true },
      after_sensitive: { password: true },
    },
    'update',
    redact,
  )
  expect(lines).toEqual([
    '! password = (sensitive value) → (sensitive value)',
    '! url = "https://me:***@host" → "https://me:***@host"',
  ])
})

test('a secret at the place where a long value is shortened is not shown in half', () => {
  const secret = 'correct-horse-battery-staple'
  const after = { text: `${'x'.repeat(385)}${secret}${'y'.repeat(100)}` }
  const [line] = texts({ actions: ['create'], before: null, after }, 'create', redactor([secret]))
  expect(line).not.toContain('correct')
})

test('an object that becomes unknown as a whole does not look removed', () => {
  expect(update({ before: { tags: { a: 1, b: 2 } }, after: {}, after_unknown: { tags: true } })).toEqual([
    '! tags = (known after apply)',
  ])
})
