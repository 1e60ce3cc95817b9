import { describe, expect, test } from 'vitest'
import {
  compositeSecrets,
  environmentSecrets,
  headerSecrets,
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
})

test('variables of the environment whose names say secret', () => {
  const found = environmentSecrets({
    GITHUB_TOKEN: 'ghs_1',
    AWS_SECRET_ACCESS_KEY: 'aws-1',
    PGPASSWORD: 'pg-1',
    VAULT_SECRET_ID: 'vault-1',
    TF_VAR_db_password: 'var-1',
    TF_TOKEN_app_terraform_io: 'hcp-1',
    HTTPS_PROXY: 'http://me:proxy-1@proxy:3128',
    DATABASE_URL: 'postgres://u:dsn-1@h/d',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://t.example/x?rev=query-1',
  })
  for (const each of ['ghs_1', 'aws-1', 'pg-1', 'vault-1', 'var-1', 'hcp-1', 'proxy-1', 'dsn-1', 'query-1'])
    expect(found).toContain(each)
  expect(
    environmentSecrets({
      PATH: '/usr/bin',
      OLDPWD: '/home/runner',
      SSH_AUTH_SOCK: '/tmp/agent',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/tmp/token',
      AWS_CREDENTIAL_EXPIRATION: '2026-11-22T20:41:07Z',
      TF_VAR_public_key: 'ssh-ed25519 AAAA',
      API_KEY_NAME: 'deploy',
      SECRET_ARN: 'arn:aws:secretsmanager:x',
      'INPUT_GITHUB-TOKEN': 'ghs_2',
      API_TOKEN: '',
    }),
  ).toEqual([])
})

describe('a sensitive map', () => {
  test.each<[string, unknown, string[]]>([
    ['of a place has no secret', { host: 'db.internal', port: 5432, user: 'app', database: 'weather' }, []],
    ['of a login has its password', { host: 'db', username: 'app', password: 'hunter' }, ['hunter']],
    ['of names and passwords has all of them', { alice: 'first', bob: 'other' }, ['first', 'other']],
    ['of an environment has what the names say', { LOG_LEVEL: 'debug', API_TOKEN: 'tok' }, ['tok']],
    ['has what looks generated beside it', { API_TOKEN: 'tok', extra: 'a1b2c3d4e5' }, ['tok', 'a1b2c3d4e5']],
    ['has the user info of its URLs', { url: 'https://u:pw@h/x' }, ['u:pw', 'pw', 'pw']],
    ['keeps ARNs and ports', { arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/a1b2c3d4', p: 8080 }, []],
  ])('%s', (_, value, expected) => {
    expect(compositeSecrets(value).toSorted()).toEqual(expected.toSorted())
  })

  test('may be nested without end', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}"x"${']'.repeat(5_000)}`) as unknown
    expect(compositeSecrets(deep)).toEqual([])
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
