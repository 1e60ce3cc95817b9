/** What a placeholder covers, and what must not pass as one. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { callerAccounts, placeholdersIn, placeholdersOf } from '../../src/approval/placeholders.ts'
import type { PlanJson, StateResource } from '../../src/terraform/json.ts'

const commit = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const merge = '0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e'
const timestamp = '2026-11-22T20:41:07Z'
const account = '123456789012'
const arn = `arn:aws:sts::${account}:assumed-role/plan/GitHubActions`
const user = 'AROAEXAMPLEEXAMPLE12:GitHubActions'

const caller = (values: object, more: object = {}): StateResource => ({
  address: 'data.aws_caller_identity.this',
  mode: 'data',
  type: 'aws_caller_identity',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  values: { account_id: account, arn, user_id: user, ...values },
  ...more,
})
const plan = (...resources: StateResource[]): PlanJson => ({
  format_version: '1.2',
  timestamp,
  prior_state: { values: { root_module: { resources } } },
})
const placeholders = placeholdersOf(plan(caller({})), [commit, merge])
const replaced = (value: unknown) => placeholders.replace(JSON.stringify(value))
const asCaller = (value: unknown) => placeholders.replaceIdentity(JSON.stringify(value))

describe('the own commit', () => {
  test.each([
    ['in full', commit, '""@commit/40""'],
    ['with 7 characters', commit.slice(0, 7), '""@commit/7""'],
    ['with 12 characters in a tag', `weather:${commit.slice(0, 12)}`, '"weather:"@commit/12""'],
    ['of the test merge', `sha-${merge.slice(0, 8)}-arm64`, '"sha-"@commit/8"-arm64"'],
    ['behind git describe', `v1.2.0-5-g${commit.slice(0, 7)}`, '"v1.2.0-5-g"@commit/7""'],
    ['in an ARN', `arn:aws:s3:::app-${commit}/*`, '"arn:aws:s3:::app-"@commit/40"/*"'],
    ['in a JSON text', JSON.stringify({ image: `w:${commit}` }), '"{\\"image\\":\\"w:"@commit/40"\\"}"'],
    ['in a map', { tags: { sha: commit } }, '{"tags":{"sha":""@commit/40""}}'],
    ['twice', `${commit.slice(0, 7)} ${merge}`, '""@commit/7" "@commit/40""'],
  ])('%s has a placeholder', (_, value, text) => {
    expect(replaced(value)).toBe(text)
  })

  test.each([
    ['another commit', 'f'.repeat(40)],
    ['six characters', commit.slice(0, 6)],
    ['a longer hexadecimal text that begins alike', `${commit.slice(0, 9)}abc`],
    ['a text that differs in its last character', `${commit.slice(0, 39)}f`],
    ['upper case', commit.toUpperCase()],
    ['the placeholder itself', '"@commit/40"'],
    ['what is left of a replaced text', '"weather:"@commit/7""'],
  ])('%s has none', (_, value) => {
    expect(replaced(value)).toBe(JSON.stringify(value))
    expect(placeholdersIn(replaced(value))).toEqual([])
  })

  test('a commit that is not forty hexadecimal digits is no placeholder, so an unset variable replaces nothing', () => {
    const text = JSON.stringify('undefined  4b825dc')
    expect(placeholdersOf(plan(), ['', 'undefined', '4b825dc']).replace(text)).toBe(text)
  })
})

describe('the time of the plan', () => {
  const token = (value: string) => /"@(timestamp\/[^"]*)"/.exec(replaced(value))?.[1]

  test.each([
    '2026-11-22T20:41:07Z',
    '2026-11-22 20:41:07',
    '20261122204107',
    '20261122T204107Z',
    '2026-11-22-20-41-07',
  ])('%s has a placeholder, and each format its own', value => {
    expect(token(value)).toMatch(/^timestamp\//)
    expect(token(`built at ${value}.`)).toBe(token(value))
    expect(token('2026-11-22T20-41-07')).not.toBe(token(value))
  })

  test.each(['2026-11-22T20:41:08Z', '2026-11-23T20:41:07Z', '2026-11-22', '20261122', '1202611222041070', '20:41:07'])(
    '%s has none',
    value => {
      expect(replaced(value)).toBe(JSON.stringify(value))
    },
  )

  test('a value that only holds the date is noticed, because a plan of another day differs', () => {
    expect(placeholders.isDated(replaced('built on 2026-11-22'))).toBe(true)
    expect(placeholders.isDated(replaced('20261122'))).toBe(true)
    expect(placeholders.isDated(replaced('2026-11-21'))).toBe(false)
    expect(placeholders.isDated(replaced('202611221430'))).toBe(true)
    expect(placeholders.isDated(replaced(timestamp))).toBe(false)
  })

  test.each([
    '2026/11/22',
    '2026.11.22',
    '22/11/2026',
    '11/22/2026',
    '22.11.2026 20:41',
    '22 Nov 2026',
    '22-Nov-2026',
    'Nov 22, 2026',
    'November 22, 2026',
    '2026-12-22T20:41:07Z',
    '2026-11-23T08:41:07Z',
  ])('%s depends on the time of the plan', value => {
    expect(placeholders.isDated(replaced(value))).toBe(true)
  })

  test.each(['2026-12-22T20:41:08Z', '2030-01-01T00:00:00Z', '22 Dec 2026', '122/11/2026', '22 Nov 20261'])(
    '%s does not',
    value => {
      expect(placeholders.isDated(replaced(value))).toBe(false)
    },
  )

  test('a round time of the plan makes no other round time one of it', () => {
    const round = placeholdersOf({ ...plan(), timestamp: '2026-11-22T20:00:00Z' }, [])
    expect(round.isDated(JSON.stringify('2030-01-01T00:00:00Z'))).toBe(false)
    expect(round.isDated(JSON.stringify('2026-11-22'))).toBe(true)
  })

  test('the formats with the name of the month, with and without the weekday, are each their own', () => {
    const forms = ['22 Nov 2026 20:41:07 UTC', 'Sun, 22 Nov 2026 20:41:07 UTC', 'Sunday, 22 Nov 2026 20:41:07 UTC']
    const tokens = forms.map(token)
    expect(tokens).toEqual([
      'timestamp/day-name_blank_colon',
      'timestamp/weekday_day-name_blank_colon',
      'timestamp/long-weekday_day-name_blank_colon',
    ])
    expect(replaced('Mon, 22 Nov 2026 20:41:07')).toContain('"Mon, "@timestamp/')
  })

  test('a name that Terraform generated on the day of the plan does not hold its date', () => {
    expect(placeholders.isDated(replaced('weather-task-20261122231031989000000001'))).toBe(false)
    expect(placeholders.isDated(replaced('weather-task-2026112223103198900000000a'))).toBe(false)
    expect(placeholders.isDated(replaced('role/weather-20261122231031989000000001 at 20261122'))).toBe(true)
  })

  test('a plan without a timestamp has none', () => {
    const { replace, isDated } = placeholdersOf({ format_version: '1.2' }, [])
    expect(replace(JSON.stringify(timestamp))).toBe(JSON.stringify(timestamp))
    expect(isDated(JSON.stringify(timestamp))).toBe(false)
  })
})

describe('a value in base64', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const gzip = (text: string) => gzipSync(text).toString('base64')
  const script = (sha: string) => `#!/bin/sh\nexport SHA="${sha}"\n`

  test.each([
    ['plain', base64],
    ['gzip', gzip],
  ])('%s: the commit and the time in it have placeholders', (form, encode) => {
    expect(replaced(encode(script(commit)))).toBe(`""@base64/${form}"#!/bin/sh\\nexport SHA=\\""@commit/40"\\"\\n"`)
    expect(
      placeholdersIn(replaced({ a: encode(script(commit)), b: encode(`# This file was written at ${timestamp}\n`) })),
    ).toEqual(['commit', 'timestamp'])
    expect(replaced(encode(script(commit)))).not.toBe(replaced(encode(script(commit.slice(0, 7)))))
    expect(replaced(encode(script(commit)))).not.toBe(replaced(script(commit)))
    expect(replaced(encode(`x${script(commit)}`))).not.toBe(replaced(encode(script(commit))))
  })

  test.each([
    ['another commit', base64(script('f'.repeat(40)))],
    ['no text', Buffer.from([0xff, 0xfe, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toString('base64')],
    ['a broken archive', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]).toString('base64')],
    ['an archive that would fill the memory', gzip(commit + 'x'.repeat(2_000_000))],
    ['the mark itself', `"@base64/plain"${commit.slice(0, 6)}`],
  ])('%s stays as it is', (_, value) => {
    expect(replaced(value)).toBe(JSON.stringify(value))
  })

  test('the plain and the compressed form are two values', () => {
    expect(replaced(gzip(script(commit)))).not.toBe(replaced(base64(script(commit))))
  })
})

describe('the identity of the caller', () => {
  test.each([
    ['its ARN', arn, `""@identity/${account}/arn""`],
    ['its user id', user, `""@identity/${account}/user-id""`],
    ['the id of its role in a pattern', 'AROAEXAMPLEEXAMPLE12:*', `""@identity/${account}/issuer-id":*"`],
    ['in a policy', JSON.stringify({ AWS: arn }), `"{\\"AWS\\":\\""@identity/${account}/arn"\\"}"`],
  ])('%s has a placeholder', (_, value, text) => {
    expect(asCaller(value)).toBe(text)
    expect(replaced(value)).toBe(JSON.stringify(value))
  })

  test('the role behind a session has one, if the session is the caller', () => {
    const session = (sessionArn: string) =>
      caller(
        { arn: sessionArn, issuer_arn: `arn:aws:iam::${account}:role/ci/plan`, issuer_id: 'AROAEXAMPLEEXAMPLE12' },
        {
          type: 'aws_iam_session_context',
        },
      )
    const role = JSON.stringify(`arn:aws:iam::${account}:role/ci/plan`)
    expect(placeholdersOf(plan(caller({}), session(arn)), []).replaceIdentity(role)).toContain('/issuer-arn"')
    const other = `arn:aws:sts::${account}:assumed-role/other/x`
    expect(placeholdersOf(plan(caller({}), session(other)), []).replaceIdentity(role)).toBe(role)
  })

  test.each([
    ['another role', `arn:aws:sts::${account}:assumed-role/apply/GitHubActions`],
    ['a longer name', `${arn}-admin`],
    ['another account', arn.replace(account, '210987654321')],
    ['the account itself', account],
    ['the name of the role', 'plan'],
  ])('%s has none', (_, value) => {
    expect(asCaller(value)).toBe(JSON.stringify(value))
  })

  test.each([
    ['of another provider', caller({}, { provider_name: 'registry.terraform.io/mallory/aws' })],
    ['whose ARN is of another account', caller({ arn: arn.replace(account, '210987654321'), user_id: 'x' })],
    ['whose ARN is any text', caller({ arn: 'weather', user_id: 'weather' })],
    ['without an account', caller({ account_id: '' })],
    ['that is a managed resource', caller({}, { mode: 'managed' })],
  ])('a data source %s defines none', (_, resource) => {
    const text = JSON.stringify([arn, user, 'weather', arn.replace(account, '210987654321')])
    expect(placeholdersOf(plan(resource), []).replaceIdentity(text)).toBe(text)
  })

  test('the state may have the identity of another role of the account', () => {
    const applied = JSON.stringify(arn.replace('/plan/', '/apply/'))
    expect(placeholders.replaceEveryIdentity(applied)).toBe(asCaller(arn))
    expect(placeholders.replaceEveryIdentity(JSON.stringify('AROAOTHEROTHEROTHER1:GitHubActions'))).toBe(asCaller(user))
    const foreign = JSON.stringify(arn.replace(account, '210987654321'))
    expect(placeholders.replaceEveryIdentity(foreign)).toBe(foreign)
  })
})

test('the kinds of placeholders in a text, each once', () => {
  const kinds = (value: unknown) => placeholdersIn(asCaller(value))
  expect(kinds(['one', commit, timestamp, arn, commit.slice(0, 9)])).toEqual(['commit', 'timestamp', 'identity'])
  expect(kinds({ '"@commit/7': commit })).toEqual(['commit'])
  expect(kinds(['a', { b: `x"@identity/1/arn"` }])).toEqual([])
  expect(kinds(['\\', `\\"@timestamp/`, arn])).toEqual(['identity'])
  expect(placeholdersIn('"a"@other/1""')).toEqual([])
})

test('each format of the time has its own placeholder', () => {
  const [date, time] = [
    { '-': '2026-11-22', '': '20261122' },
    { colon: '20:41:07', '-': '20-41-07', '': '204107' },
  ]
  const all = Object.entries(date).flatMap(([dateName, day]) =>
    Object.entries(time).flatMap(([timeName, clock]) =>
      ['T', ' ', '-', '_', ''].map(
        between =>
          [
            `${day}${between}${clock}`,
            `timestamp/${dateName}_${between === ' ' ? 'blank' : between}_${timeName}`,
          ] as const,
      ),
    ),
  )
  for (const [value, token] of all) expect(replaced(`at ${value}Z`), value).toBe(`"at "@${token}"Z"`)
  expect(new Set(all.map(([, token]) => token)).size).toBe(30)
})

test.each(['x2026-11-22T20:41:07Z', '2026-11-22T20:41:07Zx', '2026-11-22', '', 'never'])(
  'a timestamp %j of the plan is not one',
  wrong => {
    const { replace } = placeholdersOf({ format_version: '1.2', timestamp: wrong }, [])
    expect(replace(JSON.stringify(timestamp))).toBe(JSON.stringify(timestamp))
  },
)

describe('the caller', () => {
  const inChild = (resource: StateResource): PlanJson =>
    ({
      prior_state: { values: { root_module: { child_modules: [{ resources: [resource] }] } } },
    }) as unknown as PlanJson

  test('is known from any module', () => {
    expect(placeholdersOf(inChild(caller({})), []).hasIdentity).toBe(true)
    expect(placeholdersOf(plan(), []).hasIdentity).toBe(false)
    for (const empty of [{}, { prior_state: {} }, { prior_state: { values: {} } }])
      expect(placeholdersOf(empty as PlanJson, []).hasIdentity).toBe(false)
  })

  test('without values has no identity', () => {
    const withoutValues = caller({}, { values: undefined })
    const session = caller({}, { type: 'aws_iam_session_context', values: undefined })
    expect(placeholdersOf(plan(withoutValues, session), []).hasIdentity).toBe(false)
    expect(placeholdersOf(plan(caller({ user_id: undefined, arn: undefined })), []).hasIdentity).toBe(false)
  })

  test('of a session context without a caller is not known', () => {
    const session = caller({ issuer_arn: `arn:aws:iam::${account}:role/plan` }, { type: 'aws_iam_session_context' })
    expect(placeholdersOf(plan(session), []).hasIdentity).toBe(false)
    const both = caller(
      { issuer_arn: `arn:aws:iam::${account}:role/plan`, arn: undefined },
      { type: 'aws_iam_session_context' },
    )
    const text = JSON.stringify(`arn:aws:iam::${account}:role/plan`)
    expect(placeholdersOf(plan(caller({}), both), []).replaceIdentity(text)).toBe(text)
  })

  test('has the accounts of all its data sources, each once, in their order', () => {
    const other = caller({ account_id: '000000000001' })
    const managed = caller({ account_id: '000000000002' }, { mode: 'managed' })
    const session = caller({ account_id: '000000000003' }, { type: 'aws_iam_session_context' })
    expect(callerAccounts(plan(caller({}), other, caller({}), managed, session))).toEqual(['000000000001', account])
    expect(callerAccounts(plan(caller({ account_id: undefined })))).toEqual([])
    for (const empty of [{}, { prior_state: {} }, { prior_state: { values: {} } }])
      expect(callerAccounts(empty as PlanJson)).toEqual([])
  })

  test('the longest identity is found first: a user id holds the id of its role', () => {
    expect(asCaller([user, 'AROAEXAMPLEEXAMPLE12'])).toBe(
      `[""@identity/${account}/user-id"",""@identity/${account}/issuer-id""]`,
    )
    expect(asCaller('AROAEXAMPLEEXAMPLE123')).toBe('"AROAEXAMPLEEXAMPLE123"')
    expect(asCaller('xAROAEXAMPLEEXAMPLE12')).toBe('"xAROAEXAMPLEEXAMPLE12"')
    expect(asCaller('AROAEXAMPLEEXAMPLE12/x')).toBe(`""@identity/${account}/issuer-id"/x"`)
  })

  test('every identity of the account: roles, sessions, users and their ids, each of its kind', () => {
    const every = (text: string) => placeholders.replaceEveryIdentity(JSON.stringify(text))
    expect(every(`arn:aws:iam::${account}:role/ci/apply`)).toBe(`""@identity/${account}/issuer-arn""`)
    expect(every(`arn:aws-us-gov:sts::${account}:assumed-role/a/b`)).toBe(`""@identity/${account}/arn""`)
    expect(every(`arn:aws:iam::${account}:user/u`)).toBe(`""@identity/${account}/arn""`)
    expect(every('AIDAOTHEROTHEROTHER1')).toBe(`""@identity/${account}/issuer-id""`)
    expect(every('AROAOTHEROTHEROTHER1:s')).toBe(`""@identity/${account}/user-id""`)
    for (const text of [`arn:aws:iam::${account}:policy/p`, 'AGPAOTHEROTHEROTHER1', 'xAROAOTHEROTHEROTHER1'])
      expect(every(text)).toBe(JSON.stringify(text))
  })
})
