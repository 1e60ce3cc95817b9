import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { masksOf, redactAll, redactor } from '../src/redact.ts'
import { ruleNames } from '../src/rules/names.ts'
import type { PlanJson } from '../src/terraform/json.ts'
import fc from './support/property.ts'

test('a secret is taken out of text as it is, as JSON writes it and as a URL does', () => {
  const secret = 'p"ss/w\\rd +x'
  const redact = redactor([secret])
  for (const form of [secret, JSON.stringify(secret), encodeURIComponent(secret)]) {
    const text = redact(`before ${form} after`)
    expect(text).toMatch(/^before "?\*\*\*"? after$/)
  }
})

test('each line of a secret of many lines is one, and a longer secret goes before one that it holds', () => {
  expect(redactor(['-----BEGIN-----\nAbCdEfGh\n-----END-----'])('x AbCdEfGh y')).toBe('x *** y')
  expect(redactor(['pass', 'password1'])('password1')).toBe('***')
})

test('secrets are no patterns, and what is too short or a literal is none', () => {
  expect(redactor(['a.c*', '.*'])('abcc a.c*')).toBe('abcc ***')
  expect(redactor(['abc', 'true', 'null'])('abc true null')).toBe('abc true null')
  expect(redactor([])('x')).toBe('x')
})

describe('a secret that is a JSON document', () => {
  test.each([
    [
      'the login of a database',
      { username: 'admin', password: 'hunter22', host: 'db.internal', port: 5432 },
      ['hunter22'],
    ],
    ['a document without a telling name', { a: 'first-one', b: 'other-one' }, ['first-one', 'other-one']],
    [
      'the containers of a task definition',
      [{ name: 'server', image: 'weather:1', environment: [{ name: 'API_TOKEN', value: 'tok-12345' }], secrets: [] }],
      ['tok-12345'],
    ],
    ['an object under such a name, whole', { credentials: { user: 'user-1', id: 1234567 } }, ['user-1', '1234567']],
  ])('%s: what is secret in it', (_, document, hidden) => {
    const redact = redactor([JSON.stringify(document)])
    for (const value of hidden) expect(redact(`x = ${value}`)).toBe('x = ***')
    const open = ['server', 'weather:1', 'admin', 'db.internal', '5432'].filter(value => !hidden.includes(value))
    for (const value of open) expect(redact(`module.${value}.x`)).toBe(`module.${value}.x`)
    expect(redact(JSON.stringify(document))).toBe('***')
  })
})

test('a value is copied with its keys, lists and depth, and is not changed itself', () => {
  const value = { 'key-secret': ['secret', { deep: 'a secret b', n: 1, no: null, yes: true }], plain: undefined }
  const copy = redactAll(value, redactor(['secret']))
  expect(copy).toEqual({ 'key-***': ['***', { deep: 'a *** b', n: 1, no: null, yes: true }], plain: undefined })
  expect(value['key-secret'][0]).toBe('secret')
})

describe('a secret in the forms of other programs', () => {
  const secretText = fc
    .string({ unit: fc.constantFrom(...'abcXYZ019"\\<>&\'${}%+/ =@:.!*()é東🚀\u2028'), minLength: 8, maxLength: 24 })
    .map(text => text.trim())
    .filter(text => text.length >= 8 && !/^\d+$/.test(text) && !/^[[{]/.test(text) && !/\s{2}|^(.)\1*$/s.test(text))
  const goEscapes: Readonly<Record<string, string>> = {
    '"': '&#34;',
    "'": '&#39;',
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
  }
  /** Each form as its program writes it, written apart from the code under test. */
  const forms: Readonly<Record<string, (secret: string) => string>> = {
    'as it is': secret => secret,
    'JSON.stringify': secret => JSON.stringify(secret).slice(1, -1),
    'JSON in JSON': secret => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    'json.dumps of Python': secret =>
      [...JSON.stringify(secret).slice(1, -1)]
        .flatMap(char => [...Array(char.length).keys()].map(at => char.charCodeAt(at)))
        .map(unit => (unit < 0x7f ? String.fromCharCode(unit) : `\\u${unit.toString(16).padStart(4, '0')}`))
        .join(''),
    'json_encode of PHP': secret => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
    'jsonencode of Terraform': secret =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replaceAll('<', '\\u003c')
        .replaceAll('>', '\\u003e')
        .replaceAll('&', '\\u0026')
        .replaceAll('\u2028', '\\u2028'),
    'a string of HCL': secret =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replaceAll('${', () => '$${')
        .replaceAll('%{', '%%{'),
    encodeURIComponent: secret => encodeURIComponent(secret),
    encodeURI: secret => encodeURI(secret),
    URLSearchParams: secret => new URLSearchParams({ '': secret }).toString().slice(1),
    'rawurlencode of PHP': secret =>
      encodeURIComponent(secret).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
    'percent with lower case': secret => encodeURIComponent(secret).replace(/%../g, code => code.toLowerCase()),
    'html.EscapeString of Go': secret => secret.replace(/["'&<>]/g, char => goEscapes[char] ?? ''),
    'html.escape of Python': secret =>
      secret.replace(/["'&<>]/g, char => ({ ...goEscapes, '"': '&quot;', "'": '&#x27;' })[char] ?? ''),
    'htmlspecialchars of PHP': secret =>
      secret.replace(/["'&<>]/g, char => ({ ...goEscapes, '"': '&quot;', "'": '&#039;' })[char] ?? ''),
    'escape of lodash': secret => secret.replace(/["'&<>]/g, char => ({ ...goEscapes, '"': '&quot;' })[char] ?? ''),
    'an attribute of HTML between double quotes': secret =>
      secret.replace(/["&<>]/g, char => ({ ...goEscapes, '"': '&quot;' })[char] ?? ''),
    'an attribute of XML': secret =>
      secret.replace(/["'&<>]/g, char => ({ ...goEscapes, '"': '&quot;', "'": '&apos;' })[char] ?? ''),
    'a quoted word of a shell': secret => secret.split("'").join("'\\''"),
    'a string of SQL': secret => secret.split("'").join("''"),
  }

  test.each(Object.entries(forms))('%s', (_, encode) => {
    void fc.assert(
      fc.property(secretText, secret => {
        expect(redactor([secret])(`[${encode(secret)}]`)).toBe('[***]')
      }),
      { numRuns: 200 },
    )
  })

  test.each(['base64', 'base64url'] as const)('%s, after any number of bytes', encoding => {
    void fc.assert(
      fc.property(secretText, fc.nat({ max: 5 }), fc.nat({ max: 5 }), (secret, before, after) => {
        const bytes = Buffer.from(`${'#'.repeat(before)}${secret}${'#'.repeat(after)}`)
        const encoded = bytes.toString(encoding)
        // Each character holds six bits. Those of the neighbours are in the first and the last one, and the padding shows their end.
        const from = Math.ceil((8 * before) / 6)
        const isWhole = encoding === 'base64' && before % 3 === 0 && after === 0
        const to = isWhole ? encoded.length : Math.floor((8 * (bytes.length - after)) / 6)
        expect(redactor([secret])(encoded)).toBe(`${encoded.slice(0, from)}***${encoded.slice(to)}`)
      }),
      { numRuns: 300 },
    )
  })
})

test('in base64 only a secret of six bytes or more is found, because neighbours change most of a shorter one', () => {
  for (const [secret, isFound] of [
    ['abcd', false],
    ['p-ss1', false],
    ['p-ss12', true],
    ['éab!d', true],
  ] as const)
    expect(redactor([secret])(btoa(Buffer.from(`${secret}###`).toString('latin1'))).includes('***')).toBe(isFound)
})

test('a secret that Terraform wraps in the box of a message', () => {
  const redact = redactor(['correct horse battery staple'])
  const text =
    '╷\n│ Error: bad\n│ \n│ expected length of password to be in the range (8 - 64), got correct horse\n│ battery staple\n╵\n'
  expect(redact(text)).toBe(
    '╷\n│ Error: bad\n│ \n│ expected length of password to be in the range (8 - 64), got ***\n╵\n',
  )
})

describe('any secrets in any text', () => {
  type Span = readonly [start: number, end: number]
  /** Secrets and texts of so few characters that they overlap, hold each other and touch. */
  const word = fc
    .string({ unit: fc.constantFrom(...'ab!'), minLength: 4, maxLength: 7 })
    .filter(text => !/^(.)\1*$/.test(text))
  const words = fc.array(word, { minLength: 1, maxLength: 4 })
  const textOf = (pieces: readonly string[]) =>
    fc.array(fc.oneof(fc.constantFrom(...pieces, '-'), fc.string({ unit: fc.constantFrom(...'ab!'), maxLength: 3 })), {
      maxLength: 6,
    })

  /** All places of words in a text. */
  const placesOf = (text: string, searched: readonly string[]): Span[] =>
    searched.flatMap(each =>
      [...text].flatMap((_, at): Span[] => (text.startsWith(each, at) ? [[at, at + each.length]] : [])),
    )

  /** Spans that overlap as one. */
  const merged = (spans: readonly Span[]): Span[] =>
    spans
      .toSorted(([a], [b]) => a - b)
      .reduce<[number, number][]>((joined, [start, end]) => {
        const last = joined.at(-1)
        if (last === undefined || start >= last[1]) joined.push([start, end])
        else last[1] = Math.max(last[1], end)
        return joined
      }, [])

  /** The text with the secrets hidden, by the definition: all places of all secrets, except for those that lie in an open word. */
  function expected(text: string, secrets: readonly string[], open: readonly string[]): string {
    const openPlaces = merged(placesOf(text, open))
    const hidden = placesOf(text, secrets).filter(
      ([start, end]) => !openPlaces.some(([from, to]) => from <= start && end <= to),
    )
    return merged(hidden).reduceRight((shown, [start, end]) => `${shown.slice(0, start)}***${shown.slice(end)}`, text)
  }

  test('are hidden where they are, except for those in open words', () => {
    void fc.assert(
      fc.property(
        words.chain(secrets =>
          fc
            .array(word, { maxLength: 2 })
            .chain(open =>
              textOf([...secrets, ...open, ...open.map(each => each + secrets[0]?.slice(1))]).map(
                pieces => [secrets, open, pieces.join('')] as const,
              ),
            ),
        ),
        ([secrets, open, text]) => {
          expect(redactor(secrets, open)(text)).toBe(expected(text, secrets, open))
        },
      ),
      { numRuns: 400 },
    )
  })

  test('a stream that is shown up to where no secret can go on hides the same as the whole text', () => {
    const lines = fc
      .array(fc.constantFrom('ab', 'a', 'b!', 'ab!a', '-', ''), { maxLength: 8 })
      .map(each => each.map(text => `${text}\n`).join(''))
    const secret = fc
      .array(fc.constantFrom('ab', 'a', 'b!', 'ab!a'), { minLength: 2, maxLength: 4 })
      .map(parts => parts.join(' '))
      .filter(text => text.length >= 4)
    void fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), lines, lines, (secrets, text, more) => {
        const redact = redactor(secrets)
        const units = redact.completeUnits(text)
        expect(text.slice(0, units)).toMatch(/^$|\n$/)
        expect(redact(text.slice(0, units)) + redact(text.slice(units) + more)).toBe(redact(text + more))
        // Nothing is held back when nothing can go on.
        const isOpen = secrets.some(each =>
          [...each].some(
            (_, at) => at > 0 && text.replace(/\s+/g, ' ').endsWith(each.slice(0, at).replace(/ ?$/, ' ')),
          ),
        )
        if (!isOpen) expect(units).toBe(text.length)
      }),
      { numRuns: 400 },
    )
  })
})

test('the start of a longer text is shown up to where a secret begins that can go on after it', () => {
  const redact = redactor(['secret-value', 'other thing'])
  const startOf = (text: string) => redact(text.slice(0, redact.knownUnits(text)))
  expect(startOf('a secret-va')).toBe('a ')
  expect(startOf('a secret-value.')).toBe('a ***.')
  expect(startOf('a secret-value, and other\n')).toBe('a ***, and ')
  expect(startOf('a line\nand an open end')).toBe('a line\nand an open end')
  expect(redactor([]).knownUnits('a secret-va')).toBe(11)
})

test('secrets that overlap are hidden as one, whatever their order', () => {
  for (const secrets of [
    ['abcdefgh', 'efghijkl', 'cdef'],
    ['cdef', 'efghijkl', 'abcdefgh'],
  ])
    expect(redactor(secrets)('x abcdefghijkl y')).toBe('x *** y')
})

test('regions, ports, years, booleans and rows of one character are in every text, so they stay', () => {
  const values = [
    'us-east-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'ap-southeast-1',
    'eu-central-1a',
    '8080',
    '2026',
    '65535',
    'true',
    'none',
    'default',
    '----',
  ]
  for (const value of values) expect(redactor([value])(`x ${value} y`)).toBe(`x ${value} y`)
  const others = [
    '123456',
    'us-east-1-db',
    'my-us-east-1',
    'us-east-1ab',
    'us-iso1-east-1',
    'us-east',
    'falsehood',
    'nulls',
    '---.',
  ]
  for (const value of others) expect(redactor([value])(`x ${value} y`)).toBe('x *** y')
})

test('nothing is hidden inside an open word, and everything around it', () => {
  const redact = redactor(
    ['weather', 'service.weather-secret', 'aws_ecs'],
    ['aws_ecs_service.weather', 'aws_ecs_service'],
  )
  expect(redact('aws_ecs_service.weather of weather')).toBe('aws_ecs_service.weather of ***')
  expect(redact('aws_ecs_service.weather-secret')).toBe('aws_ecs_***')
  expect(redact('module.weather.aws_ecs_service.weather["weather"]')).toBe('module.***.aws_ecs_service.weather["***"]')
})

test('a stream shows whole lines only, up to a secret that can go on', () => {
  const { completeUnits } = redactor(['correct horse battery', 'end of\nline'])
  expect(completeUnits('a\nb\n')).toBe(4)
  expect(completeUnits('a\nit is correct\n')).toBe(2)
  expect(completeUnits('a\nthe end of\nline correct horse\n')).toBe(2)
  expect(completeUnits('correct horse battery\nother\ncorrect horse\n')).toBe(28)
  expect(redactor([]).completeUnits('any\n')).toBe(4)
})

test('a thousand secrets in a text of a megabyte: the work grows with the text', () => {
  const secrets = Array.from({ length: 1_000 }, (_, n) => createHash('sha256').update(String(n)).digest('base64'))
  const redact = redactor(secrets)
  const lines = Array.from(
    { length: 1_500 },
    (_, n) => `  + attribute_${n} = "${n % 50 === 0 ? secrets[n % 1_000] : 'an ordinary value'}"\n`,
  )
  const text = lines.join('').repeat(2)
  const time = (each: string): number => {
    const start = process.cpuUsage()
    redact(each)
    return process.cpuUsage(start).user
  }
  redact(text)
  const once = Math.max(2_000, time(text))
  const large = text.repeat(10)
  expect(large.length).toBeGreaterThan(1_000_000)
  expect(time(large)).toBeLessThan(30 * once)
  const shown = redact(text)
  expect(secrets.filter(secret => shown.includes(secret))).toEqual([])
  expect(shown.split('***')).toHaveLength(61)
})

describe('masks of the runner', () => {
  test.each([
    ['a password with digits', 'hunter22', ['hunter22']],
    ['a header', 'Bearer a1b2c3d4e5', ['a1b2c3d4e5']],
    [
      'a key of many lines, line by line',
      '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END KEY-----',
      ['MIIEvQIBADANBgkqhkiG9w0B'],
    ],
    ['a document, by its values', '{\n  "essential": true,\n  "password": "hunter22"\n}', ['hunter22']],
    ['a blank', '   ', []],
    ['a region', 'us-east-1', []],
    ['a number', '123456789012', []],
    ['a boolean', 'true', []],
    ['an image', 'weather:1.0.0', []],
    ['a sentence', 'Managed by Terraform 1.14.9', []],
  ])('%s', (_, secret, masks) => {
    expect(masksOf(secret)).toEqual(masks)
  })

  test('no word of ours is one: codes, rules, phases, names of inputs and outputs', () => {
    const manifest = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8')) as Record<string, object>
    const pages = ['failure-codes.md', 'gate-codes.md', 'plan-rules.md'].map(page =>
      readFileSync(new URL(`../docs/${page}`, import.meta.url), 'utf8'),
    )
    const codes = pages.flatMap(page => page.match(/`[\w-]+`/g) ?? []).map(word => word.slice(1, -1))
    const words = [
      ...codes,
      ...Object.keys(manifest.inputs ?? {}),
      ...Object.keys(manifest.outputs ?? {}),
      ...ruleNames,
    ]
    expect(words.length).toBeGreaterThan(200)
    expect(words.filter(word => masksOf(word).length > 0)).toEqual([])
  })

  test('no value of one plan that is a mask is in the text of another plan or in our documentation', () => {
    const root = new URL('./fixtures/plans/', import.meta.url)
    const names = readdirSync(root)
    const read = (name: string, file: string) => readFileSync(new URL(`${name}/${file}`, root), 'utf8')
    const texts = new Map(names.map(name => [name, read(name, 'plan.txt') + read(name, 'comment.md')]))
    const docs = new URL('../docs/', import.meta.url)
    const pages = readdirSync(docs).filter(file => file.endsWith('.md'))
    texts.set('docs', pages.map(page => readFileSync(new URL(page, docs), 'utf8')).join('\n'))
    const scalars = (value: unknown): string[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : [String(value)]
    let masks = 0
    for (const name of names) {
      const { resource_changes, variables, output_changes } = JSON.parse(read(name, 'plan.json')) as PlanJson
      const changes = [...(resource_changes ?? []).map(({ change }) => change), ...Object.values(output_changes ?? {})]
      const values = scalars([changes.map(({ before, after }) => [before, after]), variables])
      for (const mask of new Set(values.flatMap(masksOf))) {
        masks++
        for (const [other, text] of texts) if (other !== name) expect(text, `${mask} in ${other}`).not.toContain(mask)
      }
    }
    expect(masks).toBeGreaterThan(0)
  })
})
