/** How a runtime is found in outputs and state, and the URL that its ARN gives. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../../src/errors.ts'
import { agentcore } from '../../../src/platforms/agentcore/platform.ts'
import { type AgentCoreRuntime, findRuntime, urlOf, versionInState } from '../../../src/platforms/agentcore/runtime.ts'
import { readDeployment } from '../../../src/platforms/deployment.ts'
import { accessTo } from '../../../src/platforms/index.ts'
import type { PlatformInputs } from '../../../src/platforms/platform.ts'
import { assertVerifiable } from '../../../src/platforms/requirements.ts'
import type { StateJson, StateResource } from '../../../src/terraform/json.ts'

const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/states/agentcore.json', import.meta.url), 'utf8'),
) as StateJson
const resources = golden.values?.root_module?.resources ?? []
const arn = 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/weather_mcp-AbCdEf1234'
const url = `https://bedrock-agentcore.eu-central-1.amazonaws.com/runtimes/${encodeURIComponent(arn)}/invocations?qualifier=live`
const inputs = (endpoint?: string): PlatformInputs => ({
  mcp: { endpoint },
  ecs: { cluster: undefined, service: undefined },
  deployTimeoutMs: undefined,
  formerTimeoutsMs: {},
})
const state = (found: readonly StateResource[], outputs: Record<string, string> = {}): StateJson => ({
  values: {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
    root_module: { resources: [...found] },
  },
})
const changed = (index: number, values: Record<string, unknown>): StateResource => {
  const resource = resources[index] as StateResource
  return { ...resource, values: { ...resource.values, ...values } }
}
const target: AgentCoreRuntime = {
  kind: 'agentcore',
  arn,
  id: 'weather_mcp-AbCdEf1234',
  name: 'weather_mcp',
  region: 'eu-central-1',
  qualifier: 'live',
  version: '7',
  endpointVersion: '7',
  authorizer: 'iam',
}

describe('the URL', () => {
  test('is built from the ARN, escaped whole, with the endpoint as the qualifier', () => {
    expect(urlOf(target, 'invocations', {})).toBe(
      'https://bedrock-agentcore.eu-central-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aeu-central-1%3A123456789012%3Aruntime%2Fweather_mcp-AbCdEf1234/invocations?qualifier=live',
    )
  })

  test('has the suffix of its partition, and the origin that the variables of the SDKs set', () => {
    const chinese = { ...target, arn: arn.replace('arn:aws:', 'arn:aws-cn:').replace('eu-central-1', 'cn-north-1') }
    expect(urlOf(chinese, 'invocations', {})).toMatch(/^https:\/\/bedrock-agentcore\.cn-north-1\.amazonaws\.com\.cn\//)
    const environment = { AWS_ENDPOINT_URL: 'https://all', AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: 'https://vpce.example/' }
    expect(urlOf(target, 'stopruntimesession', environment)).toMatch(
      /^https:\/\/vpce\.example\/runtimes\/arn%3A.*\/stopruntimesession\?qualifier=live$/,
    )
  })

  test('makes the output mcp_endpoint optional, before the apply and after it', () => {
    expect(readDeployment(golden, inputs())).toMatchObject({ endpoint: url, serving: target })
    const planned = { ...resources[0], values: { ...resources[0]?.values, agent_runtime_arn: undefined } }
    const verify = (found: unknown[], outputNames: string[] = []) =>
      assertVerifiable(
        { outputNames, json: { planned_values: { root_module: { resources: found as StateResource[] } } } },
        inputs(),
      )
    expect(() => verify([planned])).not.toThrow()
    expect(() => verify([], ['agentcore_runtime_arn'])).not.toThrow()
    expect(() => verify([])).toThrow(/lacks the output mcp_endpoint/)
  })
})

describe('a runtime', () => {
  test('is found by the output; without one for the endpoint it is DEFAULT, whose version is that of the runtime', () => {
    const found = findRuntime(inputs(), state(resources, { agentcore_runtime_arn: arn }))
    expect(found).toEqual({ ...target, qualifier: 'DEFAULT', endpointVersion: undefined })
    expect(versionInState(target, golden)).toBe('7')
    const stale = state([changed(0, {}), changed(1, { agent_runtime_version: '5' })])
    expect(versionInState(target, stale)).toBe('5')
    expect(versionInState({ ...target, qualifier: 'DEFAULT' }, stale)).toBe('7')
  })

  test('is found without any output where it is the only MCP server of the state', () => {
    expect(readDeployment(state(resources), inputs())).toMatchObject({
      endpoint: url.replace('qualifier=live', 'qualifier=DEFAULT'),
      serving: { kind: 'agentcore', name: 'weather_mcp' },
    })
    const agent = changed(0, { protocol_configuration: [{ server_protocol: 'HTTP' }] })
    expect(() => readDeployment(state([agent]), inputs())).toThrow(/mcp_endpoint has no value/)
  })

  test('beside another MCP server: both are listed, with the output that names one', () => {
    const other = changed(0, { agent_runtime_name: 'orders', agent_runtime_arn: arn.replace('weather', 'orders') })
    expect(() => readDeployment(state([...resources, other]), inputs())).toThrow(
      new InputError(
        'weather_mcp and orders are MCP servers of this state, so it is not known which of them to check. Name one with the output agentcore_runtime_arn.',
      ),
    )
  })

  test('of the awscc provider, whose arguments are objects and texts', () => {
    const runtime: StateResource = {
      address: 'awscc_bedrockagentcore_runtime.this',
      mode: 'managed',
      type: 'awscc_bedrockagentcore_runtime',
      values: {
        agent_runtime_arn: arn,
        agent_runtime_name: 'weather_mcp',
        agent_runtime_version: '7',
        protocol_configuration: 'MCP',
        authorizer_configuration: { custom_jwt_authorizer: { discovery_url: 'https://id.example.com' } },
      },
    }
    const endpoint: StateResource = {
      address: 'awscc_bedrockagentcore_runtime_endpoint.live',
      mode: 'managed',
      type: 'awscc_bedrockagentcore_runtime_endpoint',
      values: { agent_runtime_id: target.id, name: 'live', agent_runtime_version: '7' },
    }
    expect(readDeployment(state([runtime, endpoint], { agentcore_endpoint_name: 'live' }), inputs()).serving).toEqual({
      ...target,
      authorizer: 'jwt',
    })
  })

  test('is found by its own URL, which an input may hold; another host leads to nothing', () => {
    expect(readDeployment(state(resources), inputs(url)).serving).toEqual(target)
    const front = 'https://mcp.example.com/mcp'
    expect(readDeployment(state(resources), inputs(front)).serving).toEqual({ kind: 'endpoint' })
  })

  test.each([
    'weather_mcp-AbCdEf1234',
    'arn:aws:lambda:eu-central-1:123456789012:function:x',
    'arn:aws:bedrock-agentcore:x',
  ])('is not %s: the error names the attribute', wrong => {
    expect(() => findRuntime(inputs(), state([], { agentcore_runtime_arn: wrong }))).toThrow(
      /agent_runtime_arn of the runtime/,
    )
  })
})

describe('the way to it', () => {
  const at = (more: Partial<AgentCoreRuntime> = {}, endpoint = url) =>
    accessTo({ ...target, ...more } as never, endpoint)

  test('is signed where it has no authorizer, and not signed where it takes tokens', () => {
    expect(at().signing).toEqual({ service: 'bedrock-agentcore', region: 'eu-central-1' })
    expect(at({ authorizer: undefined }).signing).toBeDefined()
    expect(at({ authorizer: 'jwt' }).signing).toBeUndefined()
  })

  test('has a session of its own for each gate run, which is stopped, and only one target', () => {
    const [one, other] = [at(), at()]
    const id = one.headers?.['X-Amzn-Bedrock-AgentCore-Runtime-Session-Id']
    expect(id).toMatch(/^[\w-]{33,256}$/)
    expect(other.headers).not.toEqual(one.headers)
    expect(one.leaveUrl).toBe(url.replace('/invocations?', '/stopruntimesession?'))
    expect(one.traits).toEqual(['one-target'])
  })

  test('is nothing special at a domain or a gateway in front of it: nothing is signed there', () => {
    expect(at({}, 'https://mcp.example.com/mcp')).toEqual({})
    expect(at({}, url.replace('https://bedrock', 'https://evil.example.com/bedrock'))).toEqual({})
    expect(at({}, url.replace('weather', 'orders'))).toEqual({})
  })
})

test('a record holds a number, and nothing else is used for a rollback', () => {
  const ids = ['6', '0', '06', '100000', 'live', '$LATEST', 'arn:aws:x']
  expect(ids.filter(id => agentcore.versions?.ofId(target, id) !== undefined)).toEqual(['6'])
})
