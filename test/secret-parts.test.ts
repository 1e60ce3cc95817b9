import { describe, expect, test } from 'vitest'
import { parseExactJson } from '../src/json.ts'
import {
  compositeSecrets,
  environmentSecrets,
  hasUserInfo,
  headerSecrets,
  isSecretName,
  looksGenerated,
  publicUrl,
  secretParts,
  urlSecrets,
} from '../src/secret-parts.ts'

describe('the parts of a credential', () => {
  test.each<[string, string, string[]]>([
    ['Authorization', 'Bearer tok-12345', ['tok-12345']],
    ['Authorization', `Basic ${btoa('ci:p:ss w')}`, [btoa('ci:p:ss w'), 'ci:p:ss w', 'p:ss w']],
    ['X-Api-Key', 'k3y', ['k3y']],
    ['Cookie', 'sid=abc123; theme="d%20k"', ['abc123', 'd%20k', 'd k']],
    ['Authorization', 'Digest username="ci", response="6629fae4"', ['6629fae4']],
  ])('%s: %s', (name, value, parts) => {
    expect(headerSecrets(name, value)).toEqual(expect.arrayContaining([value, ...parts]))
  })

  test.each<[string, string[]]>([
    ['postgres://app:s%40cret@db.internal/x?sslmode=require', ['app:s%40cret', 's%40cret', 's@cret']],
    ['https://ghp_abc@github.com/a/b', ['ghp_abc']],
    ['https://h/x?api_key=K%201&v=2', ['K%201', 'K 1']],
    ['https://hooks.example/services/T0/xYz12345abc', ['xYz12345abc']],
    ['first line\r\nsecond line', ['first line', 'second line']],
    ['Server=db;Password=hunter22;Port=1', ['hunter22']],
    ['export API_TOKEN="tok 1"\nPORT=80', ['tok 1']],
  ])('%s', (secret, parts) => {
    const found = secretParts(secret)
    expect(found).toEqual(expect.arrayContaining([secret, ...parts]))
    for (const open of ['require', '80', '1', '2', 'db']) expect(found).not.toContain(open)
  })

  test('a long setting is read in linear time', () => {
    const start = process.cpuUsage()
    secretParts(`${'token '.repeat(200_000)}`)
    secretParts(`${'://'.repeat(200_000)}`)
    secretParts(`a${' '.repeat(500_000)}b`)
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
  })
})

test('user info and every query value of a URL are secret, and it is shown without them', () => {
  const url = 'https://svc:p%20w@host:8443/mcp?apiKey=KEY&v=1&flag#part'
  expect(urlSecrets(url)).toEqual(expect.arrayContaining(['svc:p%20w', 'p%20w', 'p w', 'KEY', '1', 'flag']))
  expect(publicUrl(url)).toBe('https://host:8443/mcp?apiKey=…&v=…&…')
  expect(publicUrl('https://host/mcp')).toBe('https://host/mcp')
  expect(publicUrl('https://host/mcp#token')).toBe('https://host/mcp')
  expect(publicUrl('https://a@b@host/')).toBe('https://host/')
  expect(publicUrl('no url @ all')).toBe('no url @ all')
  expect(publicUrl('x1+y-z.9://me:pw@host/#part')).toBe('x1+y-z.9://host/')
  expect(publicUrl('https://host/mcp?a=1&b=2#part?c=3')).toBe('https://host/mcp?a=…&b=…')
  expect(publicUrl('https://host/mcp?#part')).toBe('https://host/mcp?…')
  expect(publicUrl('https://host/mcp?')).toBe('https://host/mcp')
  expect(publicUrl('https://host/a@b')).toBe('https://host/a@b')
  expect(urlSecrets('no url?key=1')).toEqual([])
  expect(urlSecrets('http://[?key=1')).toEqual([])
  expect(urlSecrets('https://h/x?a=&b')).toEqual(['b', 'b'])
})

describe('a variable of the environment', () => {
  const found = (name: string, value: string) => environmentSecrets({ [name]: value })

  test.each([
    'GITHUB_TOKEN',
    'GH_PAT',
    'SIGNING_KEY_1',
    'token',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'ACCESSKEY',
    'PGPASSWORD',
    'PGPASSFILE_PGPASS',
    'DB_PASSWD',
    'SSH_PASSPHRASE',
    'PASSCODE',
    'DB_PASS',
    'DB_PWD',
    'VAULT_SECRET_ID',
    'TF_VAR_db_password',
    'TF_TOKEN_app_terraform_io',
    'GOOGLE_CREDENTIALS',
    'APIKEY',
    'API_KEY',
    'PRIVATEKEY',
    'PRIVATE_KEY_1',
    'KEY',
    'SIGNING_KEY',
    'AUTH',
    'NPM_AUTH',
    'SENTRY_DSN',
    'CONNECTION_STRING',
    'CONNECTIONSTRINGS_1',
    'SESSION_COOKIE',
    'URL_SIGNATURE',
    'BLOB_SAS',
    'STATE_PASSWORD',
    'PASSWORD_FILES_KEY',
    'MY_PWD',
    'OLDPWD_TOKEN',
    'PWD_TOKEN',
  ])('%s is secret', name => {
    expect(found(name, 'a word')).toEqual(['a word'])
  })

  test.each([
    'PATH',
    'PWD',
    'OLDPWD',
    'INPUT_GITHUB-TOKEN',
    'SSH_AUTH_SOCK',
    'AUTHOR',
    'MONKEY',
    'KEYBOARD',
    'COMPASS',
    'BYPASS_CHECKS',
    'DSN_NAME',
    'MY_DSN_LEVEL',
    'MY_SAS_LEVEL',
    'MY_PASS_LEVEL',
    'MY_PWD_LEVEL',
    'KEY_LEVEL',
    'AUTH_LEVEL',
    'SASL',
    'AWS_CREDENTIAL_EXPIRATION',
    'TF_VAR_public_key',
    'PUBLICKEY',
    'API_KEY_NAME',
    ...['FILE', 'FILES', 'PATH', 'DIR', 'SOCK', 'TYPE', 'METHOD', 'MODE', 'BACKEND', 'PROVIDER', 'NAME', 'USER'].map(
      suffix => `TOKEN_${suffix}`,
    ),
    ...['USERNAME', 'HOST', 'PORT', 'ARN', 'REGION', 'VERSION', 'ENABLED', 'EXPIRATION', 'EXPIRES', 'EXPIRY'].map(
      suffix => `SECRET_${suffix}`,
    ),
    ...['TTL', 'HELPER', 'SESSION_DURATION'].map(suffix => `CREDENTIAL_${suffix}`),
  ])('%s is not', name => {
    expect(found(name, 'a word')).toEqual([])
  })

  test('is not secret if it is empty or an ARN', () => {
    expect(found('API_TOKEN', '')).toEqual([])
    expect(found('DB_SECRET', 'arn:aws:secretsmanager:x')).toEqual([])
    expect(found('DB_SECRET', 'x arn:aws')).toEqual(['x arn:aws'])
  })

  test('with a secret name for a URL has only its user info and its query, but for one that is no URL all of it', () => {
    expect(found('ID_TOKEN_REQUEST_URL', 'https://t.example/a1b2c3d4e5/x?rev=one')).toEqual(['one', 'one'])
    expect(found('TOKEN_URI', 'https://t.example/x')).toEqual([])
    expect(found('TOKEN_URLS', 'https://t.example/x')).toEqual(['https://t.example/x'])
    expect(found('TOKEN_URL', 'no url')).toEqual(['no url'])
  })

  test('has the user info of its URLs, and what is secret in a query; a proxy has all of its query', () => {
    expect(found('HTTPS_PROXY', 'http://me:pr0xy@proxy:3128?mode=one')).toEqual([
      'me:pr0xy',
      'pr0xy',
      'pr0xy',
      'one',
      'one',
    ])
    expect(found('HTTPS_PROXY', 'proxy:3128')).toEqual([])
    expect(found('DATABASE_URL', 'postgres://u:dsn@h/d?sslmode=require&sslpassword=pw')).toEqual([
      'u:dsn',
      'dsn',
      'dsn',
      'pw',
      'pw',
    ])
    expect(found('BLOB_SAS_URL', 'https://h/c?sv=2024&sig=a1b2c3d4e5')).toEqual(['a1b2c3d4e5', 'a1b2c3d4e5'])
    expect(found('REPOSITORIES', 'https://one@h/ https://two@h/')).toEqual(['one', 'one', 'two', 'two'])
    expect(found('HOME_PAGE', 'https://h/a1b2c3d4e5')).toEqual([])
    expect(found('NOTE', 'a word')).toEqual([])
  })

  test('for a webhook has the tokens of its path', () => {
    expect(found('SLACK_WEBHOOK_URL', 'https://hooks.example/services/T0/a1b2c3d4e5')).toEqual(['a1b2c3d4e5'])
    expect(found('CHAT_HOOK', 'https://hooks.example/x')).toEqual([])
  })
})

describe('a user info', () => {
  test.each<[string, string[]]>([
    ['https://token-only@h/x', ['token-only', 'token-only']],
    ['https://me:pw@h/x', ['me:pw', 'pw', 'pw']],
    [
      'https://a1b2c3d4e5%21:x-oauth@h/x',
      ['a1b2c3d4e5%21:x-oauth', 'a1b2c3d4e5%21', 'a1b2c3d4e5!', 'x-oauth', 'x-oauth'],
    ],
    ['https://me:%zz@h/x', ['me:%zz', '%zz', '%zz']],
    ['https://:@h/x', [':']],
    ['https://@h/x', []],
    ['https://h/x@y', []],
    ['me:pw@h', []],
  ])('of %s', (url, parts) => {
    expect(urlSecrets(url)).toEqual(parts)
  })

  test('is noticed', () => {
    for (const url of ['https://me@h/', 'https://:pw@h/', 'https://me:pw@h/']) expect(hasUserInfo(url), url).toBe(true)
    for (const url of ['https://h/', 'https://h/a@b', 'no url', '']) expect(hasUserInfo(url), url).toBe(false)
  })
})

describe('a header', () => {
  test.each<[string, string, string[]]>([
    ['X-Key', 'Custom  two words', ['Custom  two words', 'two words']],
    ['X-Key', ' Custom secret', ['Custom secret']],
    ['Authorization', 'Basic no!base64', ['Basic no!base64', 'no!base64', 'no!base64']],
    ['Authorization', `Basic ${btoa('no colon')}`, [`Basic ${btoa('no colon')}`, btoa('no colon'), btoa('no colon')]],
    [
      'authorization',
      `bAsIc ${btoa('me:pw')}`,
      [`bAsIc ${btoa('me:pw')}`, btoa('me:pw'), 'me:pw', 'pw', btoa('me:pw')],
    ],
    ['Authorization', 'Signature keyId="k1",signature="a%20b",empty=""', ['k1', 'k1', 'a%20b', 'a b']],
    ['Set-Cookie', 'sid=abc; Secure', ['sid=abc; Secure', 'abc', 'abc', 'Secure', 'Secure']],
    ['X-Cookies', 'sid=abc; other', ['sid=abc; other', 'other']],
  ])('%s: %s', (name, value, parts) => {
    const found = headerSecrets(name, value)
    expect(found).toEqual(expect.arrayContaining(parts))
    if (!value.startsWith('Signature')) expect(found).toEqual(parts)
  })
})

describe('a setting in a text', () => {
  test.each<[string, string[]]>([
    ['password=one', ['one']],
    ['password: one', ['one']],
    ['"password": "one",', ['one']],
    ["'password' = 'one'", ['one']],
    ['export API_TOKEN=one', ['one']],
    ["password=it's", ["it's"]],
    ['db.password = one', ['one']],
    ['a = 1;password = one;b = 2', ['one']],
    ['a = 1\r\npassword = one', ['one']],
    ['password', []],
    ['=one', []],
    ['user=one', []],
    ['token://host/x', []],
    ['1password=one', []],
    ['a/token=one', []],
    [`pass'word=one`, []],
    [`"pass"word"=one`, []],
    [`password=a"b"`, [`a"b"`]],
    [`password='a"`, [`'a"`]],
    ['exported token=one', ['one']],
    [`${'a'.repeat(95)}_token=one`, []],
  ])('%j', (text, values) => {
    const lines = text.split(/\r\n/)
    expect(secretParts(text).filter(part => part !== text && !lines.includes(part))).toEqual(values)
  })
})

test('names that say secret, and those of its public half', () => {
  for (const name of [
    'apiKey',
    'api_key',
    'db-password',
    'passwd',
    'pwd',
    'clientSecret',
    'authorization',
    'cookie',
    'salt',
    'dsn',
    'webhook',
  ])
    expect(isSecretName(name), name).toBe(true)
  for (const name of [
    'publicKey',
    'public_key',
    'keyId',
    'key_id',
    'tokenType',
    'secretArn',
    'secret_name',
    'passwordVersion',
    'authMode',
    'key-name',
    'keyPath',
    'token_ttl',
    'secretTags',
    'secret_tag',
    'host',
    'x',
  ])
    expect(isSecretName(name), name).toBe(false)
})

test('of Basic credentials only those that are whole text are decoded', () => {
  const binary = Buffer.from([0xff, 0xfe, 0x3a, 0x80]).toString('base64')
  expect(secretParts(`Basic ${binary}`)).toEqual([`Basic ${binary}`, binary])
  expect(secretParts('basic-auth word')).toEqual(['basic-auth word'])
  expect(secretParts(`Basic ${btoa('me:pw')}!`)).toEqual([`Basic ${btoa('me:pw')}!`, `${btoa('me:pw')}!`])
  expect(secretParts(`Bearer ${btoa('me:pw')}`)).toEqual([`Bearer ${btoa('me:pw')}`, btoa('me:pw')])
})

test('of a URL the values of a query are judged by their names, and one without a name by itself', () => {
  const parts = (url: string) => secretParts(url).filter(part => part !== url.trim())
  expect(parts('  https://h/x?token=one ')).toEqual(['one'])
  expect(parts('https://h/x?tokens&v=token&a1b2c3d4e5')).toEqual(['a1b2c3d4e5'])
  expect(parts('https://[h/a1b2c3d4e5?token=one')).toEqual(['one'])
})

describe('a sensitive map', () => {
  test.each<[string, unknown, string[]]>([
    ['of a place has no secret', { host: 'db.internal', port: 5432, user: 'app', database: 'weather' }, []],
    ['of a login has its password', { host: 'db', username: 'app', password: 'hunter' }, ['hunter']],
    ['of names and passwords has all of them', { alice: 'first', bob: 'other' }, ['first', 'other']],
    ['of an environment has what the names say', { LOG_LEVEL: 'debug', API_TOKEN: 'tok' }, ['tok']],
    ['has what looks generated beside it', { API_TOKEN: 'tok', extra: 'a1b2c3d4e5' }, ['tok', 'a1b2c3d4e5']],
    ['has the user info of its URLs', { url: 'https://u:pw@h/x' }, ['u:pw', 'pw', 'pw']],
    ['has keys that look generated', { sk_a1b2c3d4e5: 'tenant one', password: 'pw' }, ['sk_a1b2c3d4e5', 'pw']],
    [
      'has the tokens of paths and queries',
      { url: 'https://h/a1b2c3d4e5?token=t&v=1', password: 'p' },
      ['a1b2c3d4e5', 't', 't', 'p'],
    ],
    [
      'has what an entry of an environment names',
      [
        { name: 'TOKEN', value: 'one' },
        { name: 'LEVEL', value: 'debug' },
      ],
      ['one'],
    ],
    ['has the names of its entries only for their values', { name: 'token', key2: 'x', password: 'p' }, ['x', 'p']],
    ['is flat with lists of words', { a: ['one', null, 'two'] }, ['one', 'two']],
    ['is not flat with lists of objects', { a: [{ b: 'one' }, 'two'] }, []],
    ['is not flat with objects', { a: { b: 'one' } }, []],
    ['may be a list of words', ['one', 'two'], ['one', 'two']],
    [
      'has long numbers and no others',
      { a: 65_535, b: 65_536, c: -65_536, d: 1.5, e: true, f: null },
      ['65536', '-65536', '1.5'],
    ],
    ['has the digits of large numbers', { a: 1e21, password: 2 ** 60 }, ['1152921504606846976']],
    ['keeps names in camel case', { dbHost: 'one', dbUser: 'two', x: 'three' }, ['three']],
    ['keeps ARNs and ports', { arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/a1b2c3d4', p: 8080 }, []],
  ])('%s', (_, value, expected) => {
    expect(compositeSecrets(value).toSorted()).toEqual(expected.toSorted())
  })

  test('may be nested without end', () => {
    const deep = (depth: number) => JSON.parse(`${'['.repeat(depth)}"a1b2c3d4e5"${']'.repeat(depth)}`) as unknown
    expect(compositeSecrets(deep(200))).toEqual(['a1b2c3d4e5'])
    expect(compositeSecrets(deep(5_000))).toEqual([])
  })

  test('has numbers with all their digits, also as text', () => {
    const digits = '12345678901234567890'
    expect(compositeSecrets(parseExactJson(`{"password":${digits}}`))).toEqual([digits])
    expect(compositeSecrets(parseExactJson(`[${digits}]`))).toEqual([digits])
    expect(secretParts(`{"password":${digits}}`)).toContain(digits)
    expect(secretParts('[not JSON')).toEqual(['[not JSON'])
  })
})

test('what looks generated', () => {
  for (const each of [
    'hunter22',
    'eyJhbGciOi.J9x8y7z',
    '6f1c2d3e-0000-4000-8000-000000000001',
    'Pa55w!rd',
    'ghs_16C7e42F292c6912E7',
  ])
    expect(looksGenerated(each), each).toBe(true)
  for (const each of [
    ...[
      '',
      '1',
      'true',
      '80',
      'us-east-1',
      'us-gov-east-1',
      '2026-11-28',
      '2026-11-28T20:00:00Z',
      '123456789012',
      '10.0.0.0/16',
    ],
    ...[
      'weather:1.0.0',
      'ghcr.io/acme/weather:1.0.0',
      'https://weather.example.com/mcp',
      'db.t3.micro',
      'x86_64-linux',
    ],
    ...['Managed by Terraform', 'correct horse battery staple', 'production', '</details>', 'us-east-1a'],
    ...['arn:aws:ecs:us-east-1:123456789012:cluster/tests', '00000000-0000-4000-8000-000000000001'],
  ])
    expect(looksGenerated(each), each).toBe(false)
})
