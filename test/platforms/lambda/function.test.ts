/** Which Lambda function serves an endpoint, by outputs and by the address in the state. */
import { describe, expect, test } from 'vitest'
import { InputError } from '../../../src/errors.ts'
import { withAccess } from '../../../src/platforms/access.ts'
import { accessTo, findTarget } from '../../../src/platforms/index.ts'
import { findFunction, type LambdaFunction, versionInState } from '../../../src/platforms/lambda/function.ts'
import type { PlatformInputs } from '../../../src/platforms/platform.ts'
import type { StateJson, StateResource } from '../../../src/terraform/json.ts'

const given: PlatformInputs = {
  mcp: { endpoint: undefined },
  ecs: { cluster: undefined, service: undefined },
  deployTimeoutMs: undefined,
  formerTimeoutsMs: {},
}
const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`
const resource = (address: string, values: Record<string, unknown>): StateResource => ({
  address,
  mode: 'managed',
  type: address.split('.')[0] ?? '',
  values,
})
const state = (resources: readonly StateResource[], outputs: Record<string, string> = {}): StateJson => ({
  values: {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
    root_module: { resources },
  },
})
const code = (name: string) =>
  resource(`aws_lambda_function.${name}`, { function_name: name, arn: arn(name), code_sha256: 'c2hh' })
const alias = (of: string, name: string, version: string) =>
  resource(`aws_lambda_alias.${name}`, { function_name: of, name, function_version: version })
const url = (of: string, host: string, more: Record<string, unknown> = {}) =>
  resource('aws_lambda_function_url.this', {
    function_name: of,
    function_url: `https://${host}/`,
    authorization_type: 'NONE',
    invoke_mode: 'BUFFERED',
    ...more,
  })
const host = 'abc.lambda-url.eu-west-1.on.aws'

describe('by outputs', () => {
  const find = (resources: readonly StateResource[], outputs: Record<string, string> = {}) =>
    findFunction(given, state(resources, { lambda_function_name: 'weather', ...outputs }))

  test('with the one alias of the function', () => {
    expect(find([code('weather'), code('other'), alias('other', 'live', '3'), alias('weather', 'live', '7')])).toEqual({
      kind: 'lambda',
      name: 'weather',
      region: 'eu-west-1',
      alias: 'live',
      version: '7',
      codeSha256: 'c2hh',
      isBuffered: true,
    } satisfies LambdaFunction)
  })

  test.each([
    ['the alias of the output', { lambda_alias: 'blue' }, [], 'blue', '6'],
    [
      'the alias of the function URL',
      { mcp_endpoint: `https://${host}/mcp` },
      [url('weather', host, { qualifier: 'live' })],
      'live',
      '7',
    ],
  ])('with several aliases: %s', (_, outputs, more, name, version) => {
    const resources = [code('weather'), alias('weather', 'live', '7'), alias('weather', 'blue', '6'), ...more]
    expect(find(resources, outputs as Record<string, string>)).toMatchObject({ alias: name, version })
  })

  test('with several aliases and nothing that names one: an error that lists them', () => {
    const resources = [code('weather'), alias('weather', 'live', '7'), alias('weather', 'blue', '6')]
    expect(() => find(resources)).toThrow(InputError)
    expect(() => find(resources)).toThrow(/has the aliases live and blue.* output lambda_alias/)
  })

  test('with the weights of the configuration', () => {
    const split = resource('aws_lambda_alias.live', {
      function_name: 'weather',
      name: 'live',
      function_version: '7',
      routing_config: [{ additional_version_weights: { '8': 0.1, '9': 0 } }],
    })
    expect(find([code('weather'), split])).toMatchObject({ version: '7', weights: { '8': 0.1 } })
    expect(find([code('weather'), alias('weather', 'live', '7')])).not.toHaveProperty('weights')
  })

  test('an alias of $LATEST is $LATEST, whose code is compared', () => {
    const found = find([
      code('weather'),
      alias('weather', 'live', '$LATEST'),
      url('weather', host, { qualifier: 'live' }),
    ])
    expect(found).toMatchObject({ alias: undefined, version: undefined, codeSha256: 'c2hh' })
  })

  test('without an alias it is $LATEST', () => {
    expect(find([code('weather')])).toMatchObject({ alias: undefined, version: undefined, codeSha256: 'c2hh' })
  })

  test('an ARN names it, too', () => {
    expect(find([code('weather')], { lambda_function_name: `${arn('weather')}:7` })).toMatchObject({ name: 'weather' })
  })

  test('its URL says whether requests are signed and answers stream', () => {
    const signed = url('weather', host, {
      qualifier: 'live',
      authorization_type: 'AWS_IAM',
      invoke_mode: 'RESPONSE_STREAM',
    })
    expect(find([code('weather'), alias('weather', 'live', '7'), signed])).toMatchObject({
      isBuffered: false,
    })
  })
})

describe('by the address of the endpoint', () => {
  const api = 'x1y2z3'
  const apiHost = `${api}.execute-api.eu-west-1.amazonaws.com`
  const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn('weather')}:live/invocations`
  const group = (type: string) => resource(`aws_lb_target_group.${type}`, { target_type: type, arn: type })

  test.each<[string, string, StateResource[], string | undefined]>([
    ['a function URL of an alias', host, [url('weather', host, { qualifier: 'live' })], 'live'],
    ['a function URL of $LATEST', host, [url('weather', host)], undefined],
    [
      'an HTTP API',
      apiHost,
      [resource('aws_apigatewayv2_integration.x', { api_id: api, integration_uri: uri })],
      'live',
    ],
    ['a REST API', apiHost, [resource('aws_api_gateway_integration.x', { rest_api_id: api, uri })], 'live'],
    [
      'the domain of an HTTP API',
      'mcp.example.com',
      [
        resource('aws_apigatewayv2_api_mapping.x', { api_id: api, domain_name: 'mcp.example.com' }),
        resource('aws_apigatewayv2_integration.x', { api_id: api, integration_uri: arn('weather') }),
      ],
      undefined,
    ],
    [
      'a load balancer',
      'lb.example.com',
      [
        resource('aws_lb.x', { dns_name: 'lb.example.com' }),
        group('lambda'),
        resource('aws_lb_target_group_attachment.x', { target_id: `${arn('weather')}:live` }),
      ],
      'live',
    ],
  ])('%s', (_, at, resources, name) => {
    const all = state([code('weather'), alias('weather', 'live', '7'), ...resources])
    expect(findTarget(given, all, `https://${at}/mcp`)).toMatchObject({ kind: 'lambda', name: 'weather', alias: name })
  })

  test.each<[string, StateResource[]]>([
    ['another API', [resource('aws_apigatewayv2_integration.x', { api_id: 'other', integration_uri: uri })]],
    ['another function URL', [url('weather', 'other.lambda-url.eu-west-1.on.aws')]],
  ])('%s is not it', (_, resources) => {
    expect(findTarget(given, state([code('weather'), ...resources]), `https://${apiHost}/mcp`).kind).toBe('endpoint')
  })

  test('a load balancer with targets of another kind does not say which of them answers', () => {
    const mixed = [
      code('weather'),
      resource('aws_lb.x', { dns_name: 'lb.example.com' }),
      group('lambda'),
      group('ip'),
      resource('aws_lb_target_group_attachment.x', { target_id: arn('weather') }),
    ]
    expect(findTarget(given, state(mixed), 'https://lb.example.com/mcp').kind).toBe('endpoint')
  })
})

test('the version before is that of the alias in the earlier state', () => {
  const target = findFunction(
    given,
    state([code('weather'), alias('weather', 'live', '7')], { lambda_function_name: 'weather' }),
  )
  if (target === undefined) throw new Error('The function is not found.')
  expect(versionInState(target, state([alias('weather', 'live', '6')]))).toBe('6')
  expect(versionInState(target, state([alias('weather', 'blue', '6')]))).toBeUndefined()
  expect(versionInState(target, undefined)).toBeUndefined()
})

describe('a function URL that asks for signatures', () => {
  const resources = [
    code('weather'),
    alias('weather', 'live', '7'),
    url('weather', host, { qualifier: 'live', authorization_type: 'AWS_IAM' }),
  ]
  const endpoint = `https://${host}/mcp`
  const accessAt = (found: readonly StateResource[], at = endpoint) =>
    accessTo(findTarget(given, state(found, { lambda_function_name: 'weather' }), endpoint), at)

  test('is signed as the state says, without an input', () => {
    const signing = { service: 'lambda', region: 'eu-west-1' }
    expect(accessAt(resources)).toEqual({ signing })
    const request = {
      endpoint,
      headers: {},
      require: 'any',
      transport: 'auto',
      tools: [],
      rounds: 1,
      timeoutMs: 0,
    } as const
    expect(withAccess(request, { signing }).sigv4).toBe('lambda/eu-west-1')
    // An input of the user wins, and credentials of another kind leave no place for a signature.
    expect(withAccess({ ...request, sigv4: 'none' }, { signing }).sigv4).toBe('none')
    expect(withAccess({ ...request, headers: { authorization: 'Bearer x' } }, { signing }).sigv4).toBeUndefined()
  })

  test('is not signed at another host, or without AWS_IAM', () => {
    expect(accessAt(resources, 'https://mcp.example.com/mcp')).toEqual({})
    expect(accessAt([...resources.slice(0, 2), url('weather', host, { qualifier: 'live' })])).toEqual({})
  })
})
