/** Provider configuration, region and account: a plan for another place is another plan, and the difference names it. */
import { describe, expect, test } from 'vitest'
import { Configuration } from '../../src/approval/expression-inputs.ts'
import { placeholdersOf } from '../../src/approval/placeholders.ts'
import { accountOfKey, providerSettings } from '../../src/approval/providers.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'
import type { PlanJson } from '../../src/terraform/json.ts'

const commit = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const constant = (value: unknown) => ({ constant_value: value })
const refers = (...references: string[]) => ({ references })

function settings(
  expressions: Record<string, unknown>,
  {
    variables = {},
    env = {},
    key = 'aws',
    more = {},
  }: { variables?: object; env?: NodeJS.ProcessEnv; key?: string; more?: object } = {},
) {
  const json = {
    format_version: '1.2',
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    configuration: {
      provider_config: { [key]: { full_name: 'registry.terraform.io/hashicorp/aws', expressions } },
      root_module: {
        variables: Object.fromEntries(Object.keys(variables).map(name => [name, { sensitive: name === 'secret' }])),
      },
    },
    ...more,
  } as PlanJson
  const view = { configuration: new Configuration(json, () => undefined), placeholders: placeholdersOf(json, [commit]) }
  return providerSettings(json, view, createPlanSigner('key', undefined, undefined), env)
}

describe('an argument of a provider', () => {
  test.each<[string, string, Record<string, string>, Record<string, string>]>([
    [
      'a constant',
      'provider aws: region',
      settings({ region: constant('us-east-1') }),
      settings({ region: constant('eu-west-1') }),
    ],
    [
      'a variable',
      'provider aws: region',
      settings({ region: refers('var.region') }, { variables: { region: 'us-east-1' } }),
      settings({ region: refers('var.region') }, { variables: { region: 'eu-west-1' } }),
    ],
    [
      'a sensitive variable',
      'provider aws: host',
      settings({ host: refers('var.secret') }, { variables: { secret: 'one' } }),
      settings({ host: refers('var.secret') }, { variables: { secret: 'two' } }),
    ],
    [
      'an endpoint',
      'provider aws: endpoints',
      settings({ endpoints: [{ sts: constant('http://one') }] }),
      settings({ endpoints: [{ sts: constant('http://two') }] }),
    ],
    [
      'the account of a role',
      'provider aws: assume_role',
      settings({ assume_role: [{ role_arn: constant('arn:aws:iam::111111111111:role/plan') }] }),
      settings({ assume_role: [{ role_arn: constant('arn:aws:iam::222222222222:role/plan') }] }),
    ],
    [
      'a credential that the configuration writes',
      'provider aws: secret_key',
      settings({ secret_key: constant('one') }),
      settings({ secret_key: constant('two') }),
    ],
    [
      'where a credential comes from',
      'provider aws: token',
      settings({ token: refers('var.a') }, { variables: { a: 'x' } }),
      settings({ token: refers('var.b') }, { variables: { a: 'x' } }),
    ],
    [
      'a list',
      'provider aws: allowed_account_ids',
      settings({ allowed_account_ids: constant(['1']) }),
      settings({ allowed_account_ids: constant(['2']) }),
    ],
  ])('%s makes another plan', (_, name, one, other) => {
    const differing = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(key => one[key] !== other[key])
    expect(differing).toEqual([name])
  })

  test.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'the role itself, because plan and apply have roles of their own',
      settings(
        { assume_role: [{ role_arn: refers('var.role') }] },
        { variables: { role: 'arn:aws:iam::111111111111:role/plan' } },
      ),
      settings(
        { assume_role: [{ role_arn: refers('var.role') }] },
        { variables: { role: 'arn:aws:iam::111111111111:role/apply' } },
      ),
    ],
    [
      'the role that the configuration names',
      settings({ assume_role: [{ role_arn: constant('arn:aws:iam::111111111111:role/plan') }] }),
      settings({ assume_role: [{ role_arn: constant('arn:aws:iam::111111111111:role/apply') }] }),
    ],
    [
      'a token that a variable gives, because each job has its own',
      settings({ token: refers('var.secret') }, { variables: { secret: 'ghs_one' } }),
      settings({ token: refers('var.secret') }, { variables: { secret: 'ghs_two' } }),
    ],
    ['the own commit', settings({ tags: constant({ sha: commit }) }), settings({ tags: constant({ sha: commit }) })],
  ])('%s makes no other plan', (_, one, other) => {
    expect(one).toEqual(other)
    expect(Object.keys(one)).not.toEqual([])
  })

  test('the own commit in the default tags is a placeholder', () => {
    expect(settings({ tags: constant({ sha: commit }) })['provider aws: tags']).toBe('{"sha":""@commit/40""}')
  })

  test('no secret is readable', () => {
    const made = settings(
      {
        secret_key: constant('hunter2-key'),
        host: refers('var.secret'),
        url: constant('https://ci:hunter2-url@example.com'),
        mirror: refers('var.mirror'),
        nested: [{ client_secret: constant('hunter2-nested') }],
      },
      { variables: { secret: 'hunter2-variable', mirror: 'https://ci:hunter2-mirror@example.com' } },
    )
    expect(JSON.stringify(made)).not.toContain('hunter2')
    expect(Object.keys(made)).toHaveLength(5)
  })

  test('a provider in a module gets its arguments through the variables of the module', () => {
    const of = (region: string) => {
      const json = {
        format_version: '1.2',
        variables: { region: { value: region } },
        configuration: {
          provider_config: {
            'module.web:aws': {
              full_name: 'x',
              module_address: 'module.web',
              expressions: { region: refers('var.place') },
            },
          },
          root_module: {
            variables: { region: {} },
            module_calls: {
              web: { expressions: { place: refers('var.region') }, module: { variables: { place: {} } } },
            },
          },
        },
      } as PlanJson
      const view = { configuration: new Configuration(json, () => undefined), placeholders: placeholdersOf(json, []) }
      return providerSettings(json, view, createPlanSigner('key', undefined, undefined), {})
    }
    expect(of('us-east-1')).toEqual({ 'provider module.web:aws: region': 'var.region="us-east-1"' })
  })
})

describe('the text of an argument', () => {
  const one = (argument: string, expression: unknown, variables = {}) =>
    settings({ [argument]: expression }, { variables })[`provider aws: ${argument}`]

  test.each<[string, string | undefined, unknown, object?]>([
    ['region', '"a"', constant('a')],
    ['endpoints', 'sts="a"', [{ sts: constant('a') }]],
    ['endpoints', '[sts="a",s3="b"]', [{ sts: constant('a') }, { s3: constant('b') }]],
    ['endpoints', 'a="1" b="2"', [{ b: constant('2'), a: constant('1') }]],
    ['endpoints', '[]', []],
    ['host', 'var.a="1" var.b="2"', refers('var.b', 'var.a'), { b: '2', a: '1' }],
    ['host', 'aws_lb.this', refers('aws_lb.this')],
    ['token', 'var.a var.b', refers('var.b', 'var.a', 'var.b'), { a: 'x', b: 'y' }],
    ['role_arn', 'account 111111111111', constant('arn:aws:iam::111111111111:role/x')],
    ['role_arn', '"x arn:aws:iam::111111111111:role/x"', constant('x arn:aws:iam::111111111111:role/x')],
    ['role_arn', '"role"', constant('role')],
    ['role_arn', '7', constant(7)],
    ['my_role_arn', '"arn:aws:iam::111111111111:role/x"', constant('arn:aws:iam::111111111111:role/x')],
    ['role_arns', '"arn:aws:iam::111111111111:role/x"', constant('arn:aws:iam::111111111111:role/x')],
    ['role_arn', 'var.role=account 111111111111', refers('var.role'), { role: 'arn:aws:iam::111111111111:role/x' }],
    ['host', '"see https://a@b"', constant('see https://a@b')],
    ['empty', undefined, {}],
    ['nothing', undefined, undefined],
  ])('%s is %s', (argument, text, expression, variables) => {
    expect(one(argument, expression, variables)).toBe(text)
  })

  test.each([
    'token',
    'my_secret',
    'password',
    'passphrase',
    'credentials',
    'private_key',
    'access_key',
    'accesskey',
    'api_key',
    'app_key',
    'client_key',
    'auth_key',
    'session_name',
    'client_certificate',
  ])('%s is a credential: a constant is keyed, and of a variable only the name counts', argument => {
    expect(one(argument, constant('x'))).toMatch(/^\*/)
    expect(one(argument, refers('var.a'), { a: 'x' })).toBe('var.a')
  })

  test('the blocks of a provider are in the order of their names', () => {
    const more = {
      configuration: {
        provider_config: {
          'b.x': { full_name: 'b', expressions: { z: constant(1), a: constant(2) } },
          'a.x': { full_name: 'a', expressions: { z: constant(1) } },
          c: { full_name: 'c' },
        },
      },
    }
    expect(Object.keys(settings({}, { more }))).toEqual(['provider a.x: z', 'provider b.x: z', 'provider b.x: a'])
    expect(settings({}, { more: { configuration: undefined } })).toEqual({})
  })
})

describe('the environment of the AWS provider', () => {
  test('counts for the other provider of AWS too, and not for a provider of a similar name', () => {
    const of = (full_name: string) => {
      const more = { configuration: { provider_config: { x: { full_name } } } }
      return settings({}, { env: { AWS_REGION: 'a' }, more })
    }
    expect(of('registry.opentofu.org/hashicorp/awscc')).toEqual({ 'AWS region': 'a' })
    for (const name of ['x/hashicorp/awsome', 'x/hashicorp/aws/x', 'x/mallory/aws', ''])
      expect(of(name), name).toEqual({})
  })

  test('counts if one of several blocks needs it', () => {
    const block = (expressions?: object) => ({
      full_name: 'registry.terraform.io/hashicorp/aws',
      ...(expressions && { expressions }),
    })
    const of = (...blocks: object[]) =>
      Object.keys(
        settings(
          {},
          {
            env: { AWS_REGION: 'a', AWS_ACCESS_KEY_ID: 'ASIAY34FZKBOKMUTVV7A' },
            more: {
              configuration: { provider_config: Object.fromEntries(blocks.map((each, index) => [`p${index}`, each])) },
            },
          },
        ),
      ).filter(name => name.startsWith('AWS'))
    const whole = { region: constant('b'), profile: constant('p') }
    expect(of(block(whole))).toEqual([])
    expect(of(block(whole), block(whole))).toEqual([])
    expect(of(block(whole), block())).toEqual(['AWS account', 'AWS region'])
    for (const name of ['access_key', 'assume_role', 'assume_role_with_web_identity', 'profile'])
      expect(of(block({ region: constant('b'), [name]: constant('x') })), name).toEqual([])
  })

  test('has its endpoints in the order of their names, without empty ones, and a URL without its query', () => {
    const env = {
      AWS_ENDPOINT_URL_STS: 'http://b?x=1\n2',
      AWS_ENDPOINT_URL_S3: 'x http://u@h',
      AWS_ENDPOINT_URL: '',
      MY_AWS_ENDPOINT_URL: 'x',
    }
    expect(Object.entries(settings({}, { env }))).toEqual([
      ['AWS_ENDPOINT_URL_S3', 'x http://u@h'],
      ['AWS_ENDPOINT_URL_STS', 'http://b'],
    ])
    expect(settings({}, { env: { AWS_ENDPOINT_URL: undefined } })).toEqual({})
  })

  test('has the accounts of all callers', () => {
    const source = (account_id: string) => ({
      mode: 'data',
      type: 'aws_caller_identity',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      values: { account_id },
    })
    const more = { prior_state: { values: { root_module: { resources: [source('2'), source('1')] } } } }
    expect(settings({}, { more })).toEqual({ 'AWS account': '1 2' })
  })

  test('its region counts where the configuration names none', () => {
    expect(settings({}, { env: { AWS_REGION: 'us-east-1' } })).toEqual({ 'AWS region': 'us-east-1' })
    expect(settings({}, { env: { AWS_DEFAULT_REGION: 'eu-west-1' } })).toEqual({ 'AWS region': 'eu-west-1' })
    expect(settings({ region: constant('a') }, { env: { AWS_REGION: 'b' } })).toEqual({ 'provider aws: region': '"a"' })
  })

  test('its endpoints count without a password', () => {
    const env = { AWS_ENDPOINT_URL: 'http://u:p@one', AWS_ENDPOINT_URL_S3: 'http://two', AWS_ENDPOINT_URLX: 'x' }
    expect(settings({}, { env })).toEqual({ AWS_ENDPOINT_URL: 'http://one', AWS_ENDPOINT_URL_S3: 'http://two' })
  })

  test('the account is that of the caller, or else that of temporary credentials', () => {
    const key = { AWS_ACCESS_KEY_ID: 'ASIAY34FZKBOKMUTVV7A' }
    expect(settings({}, { env: key })).toEqual({ 'AWS account': '609629065308' })
    const values = { account_id: '123456789012' }
    const source = {
      mode: 'data',
      type: 'aws_caller_identity',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      values,
    }
    const more = { prior_state: { values: { root_module: { child_modules: [{ resources: [source] }] } } } }
    expect(settings({}, { env: key, more })).toEqual({ 'AWS account': '123456789012' })
  })

  test.each(['assume_role', 'profile'])('the account of the environment does not count behind %s', argument => {
    const made = settings({ [argument]: constant('x') }, { env: { AWS_ACCESS_KEY_ID: 'ASIAY34FZKBOKMUTVV7A' } })
    expect(Object.keys(made)).toEqual([`provider aws: ${argument}`])
  })

  test.each([
    ['registry.terraform.io/hashicorp/google', 'GOOGLE_PROJECT'],
    ['registry.terraform.io/hashicorp/google-beta', 'CLOUDSDK_COMPUTE_ZONE'],
    ['registry.opentofu.org/hashicorp/azurerm', 'ARM_SUBSCRIPTION_ID'],
    ['registry.terraform.io/hashicorp/kubernetes', 'KUBE_CTX'],
    ['registry.terraform.io/cloudflare/cloudflare', 'CLOUDFLARE_ACCOUNT_ID'],
  ])('the environment of %s counts with %s', (full_name, name) => {
    const of = (provider: string, env: NodeJS.ProcessEnv) =>
      settings({}, { env, more: { configuration: { provider_config: { x: { full_name: provider } } } } })
    expect(of(full_name, { [name]: 'staging', OTHER: 'x' })).toEqual({ [name]: 'staging' })
    expect(of(full_name, { [name]: '' })).toEqual({})
    expect(of(full_name, {})).toEqual({})
    expect(of('registry.terraform.io/mallory/google', { [name]: 'staging' })).toEqual({})
  })

  test('without the AWS provider nothing of it counts', () => {
    const more = {
      configuration: { provider_config: { github: { full_name: 'registry.terraform.io/integrations/github' } } },
    }
    expect(settings({}, { env: { AWS_REGION: 'us-east-1' }, more })).toEqual({})
  })

  test.each([
    ['ASIAY34FZKBOKMUTVV7A', '609629065308'],
    ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
    ['AKIAY34FZKBOKMUTVV7A', '609629065308'],
    ['AKIAI34FZKBOKMUTVV7A', undefined],
    ['AKIAJ34FZKBOKMUTVV7A', undefined],
    ['AIDAY34FZKBOKMUTVV7A', undefined],
    ['ASIA1', undefined],
    ['xASIAY34FZKBOKMUTVV7A', undefined],
    ['ASIAY34FZKBOKMUTVV7Ax', undefined],
    ['ASIA7777777777777777', undefined],
    ['testing', undefined],
    ['', undefined],
  ])('the account of the access key id %s is %s', (key, account) => {
    expect(accountOfKey(key)).toBe(account)
  })
})
