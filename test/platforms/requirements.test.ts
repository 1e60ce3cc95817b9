/** Which root modules are refused by their plan, and what the message offers. */
import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import type { PlatformInputs } from '../../src/platforms/platform.ts'
import { assertVerifiable, type PlannedModule } from '../../src/platforms/requirements.ts'
import type { Change, ResourceChange, StateResource } from '../../src/terraform/json.ts'

const given = (endpoint?: string, cluster?: string): PlatformInputs => ({
  mcp: { endpoint },
  ecs: { cluster, service: cluster },
  deployTimeoutMs: undefined,
  formerTimeoutsMs: {},
})

/** A value that is known only after the apply. */
const unknown = Symbol('unknown')

function plannedOutput(value: unknown): Change {
  return value === unknown
    ? { actions: ['create'], after_unknown: true }
    : { actions: ['create'], after: value, after_unknown: false }
}

function change(address: string, after: Record<string, unknown> = {}, more: Partial<Change> = {}): ResourceChange {
  const type = address.replace(/^(module\.[^.]+\.)*/, '').split('.')[0] ?? ''
  return { address, mode: 'managed', type, change: { actions: ['create'], after, ...more } }
}

const module_ = (outputs: Record<string, unknown>, resources: readonly ResourceChange[] = []): PlannedModule => ({
  outputNames: Object.keys(outputs),
  json: {
    output_changes: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, plannedOutput(value)])),
    resource_changes: resources,
  },
})
const named = (...names: readonly string[]) => module_(Object.fromEntries(names.map(name => [name, unknown])))
const refuse = (planned: PlannedModule, inputs = given()) => {
  try {
    assertVerifiable(planned, inputs)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('The module is not refused.')
}

describe('outputs that an apply needs', () => {
  test.each([
    [named(), given(), /lacks the output mcp_endpoint,/],
    [named('mcp_endpoint', 'ecs_cluster_name'), given(), /output ecs_service_name,.*Add output "ecs_service_name"/],
    [named('ecs_cluster_name'), given(), /outputs mcp_endpoint, ecs_service_name,/],
    [named('instance_id'), given(), /output mcp_endpoint,/],
    [named('ecs_service_name'), given('https://x'), /output ecs_cluster_name,/],
    [named(), given(undefined, 'prod'), /output mcp_endpoint,/],
  ])('%j', (planned, inputs, message) => {
    expect(refuse(planned, inputs)).toMatch(message)
  })

  test.each([
    [named('mcp_endpoint', 'ecs_cluster_name', 'ecs_service_name'), given()],
    [named('mcp_endpoint', 'instance_id'), given()],
    [named('mcp_endpoint', 'instance_id', 'ecs_cluster_name'), given()],
    [named(), given('https://x', 'prod')],
    [named('mcp_endpoint'), given()],
    [named(), given('https://x')],
  ])('%j is enough', (planned, inputs) => {
    expect(() => assertVerifiable(planned, inputs)).not.toThrow()
  })
})

describe('an output that is known to be empty is missing, before anything is changed', () => {
  test.each([
    [
      module_({ mcp_endpoint: unknown, instance_id: '' }),
      /leaves the output instance_id empty.*Write output "instance_id"/,
    ],
    [module_({ mcp_endpoint: unknown, instance_id: null }), /leaves the output instance_id empty/],
    [module_({ mcp_endpoint: '' }), /leaves the output mcp_endpoint empty/],
    [
      module_({ ecs_cluster_name: 'prod', ecs_service_name: null }),
      /lacks the output mcp_endpoint and leaves the output ecs_service_name empty/,
    ],
  ])('%#', (planned, message) => {
    expect(refuse(planned)).toMatch(message)
  })

  test.each([
    [
      module_({ mcp_endpoint: ['https://a.example/mcp'] }),
      /^The root module has the output mcp_endpoint as a list, which must be a text, so/,
    ],
    [
      module_({ mcp_endpoint: { url: 'https://a.example/mcp' } }),
      /mcp_endpoint as an object,.* Write output "mcp_endpoint"/,
    ],
    [module_({ mcp_endpoint: unknown, instance_id: 5 }), /the output instance_id as a number/],
    [
      module_({ mcp_endpoint: true, ecs_cluster_name: unknown, ecs_service_name: [] }),
      /the output mcp_endpoint as a truth value and the output ecs_service_name as a list, which must be a text/,
    ],
  ])('and so is one of another type: %#', (planned, message) => {
    expect(refuse(planned)).toMatch(message)
  })

  test('a list whose elements are not known yet is a list', () => {
    const output_changes = {
      mcp_endpoint: { actions: ['create'] as const, after_unknown: [true] as unknown as boolean },
    }
    expect(refuse({ outputNames: ['mcp_endpoint'], json: { output_changes } })).toMatch(/mcp_endpoint as a list/)
  })

  test('and the other platform of a module for two is not asked for', () => {
    const both = { mcp_endpoint: unknown, ecs_cluster_name: unknown, ecs_service_name: unknown, instance_id: null }
    expect(() => assertVerifiable(module_(both), given())).not.toThrow()
  })

  test('an output of a plan without its change is not known to be empty', () => {
    expect(() => assertVerifiable({ outputNames: ['mcp_endpoint', 'instance_id'], json: {} }, given())).not.toThrow()
  })
})

describe('the message', () => {
  test('offers that only the endpoint is checked', () => {
    expect(refuse(named())).toMatch(/mcp_endpoint is enough and only the endpoint is checked\.$/)
  })

  test('names outputs that look like the missing ones', () => {
    const message = refuse(named('service_url', 'cluster_arn', 'ecs_service_name'))
    expect(message).toMatch(/The output service_url may hold what mcp_endpoint must hold\./)
    expect(message).toMatch(/The output cluster_arn may hold what ecs_cluster_name must hold\./)
  })

  test('names no output that looks like none of them', () => {
    expect(refuse(named('vpc_id'))).not.toMatch(/may hold/)
    expect(refuse(named('mcp_endpoint', 'ecs_cluster_name', 'service'))).toMatch(
      /The output service may hold what ecs_service_name must hold\./,
    )
  })

  test.each([
    ['aws_lambda_function_url.this', 'value = "${aws_lambda_function_url.this.function_url}mcp"'],
    ['aws_apprunner_service.server[0]', 'value = "https://${aws_apprunner_service.server[0].service_url}/mcp"'],
    ['aws_apigatewayv2_api.this', 'value = "${aws_apigatewayv2_api.this.api_endpoint}/mcp"'],
    ['aws_lb.this', 'value = "https://${aws_lb.this.dns_name}/mcp"'],
  ])('has the address of %s', (address, expression) => {
    expect(refuse(module_({}, [change('aws_iam_role.this'), change(address)]))).toContain(expression)
  })

  test('names a resource of a child module, whose address the root module cannot read', () => {
    expect(refuse(module_({}, [change('module.api.aws_lambda_function_url.this')]))).toMatch(
      /The plan has module\.api\.aws_lambda_function_url\.this: give its module an output/,
    )
  })

  test('does not name what is deleted', () => {
    expect(refuse(module_({}, [change('aws_lb.this', {}, { actions: ['delete'] })]))).not.toContain('aws_lb')
  })

  describe('about an ECS service without a load balancer', () => {
    const why = /aws_ecs_service\.this has no load balancer: the address of its tasks changes/

    test('says that no output can hold its address', () => {
      const names = { ecs_cluster_name: unknown, ecs_service_name: unknown }
      expect(refuse(module_(names, [change('aws_ecs_service.this', { load_balancer: [] })]))).toMatch(why)
    })

    test.each([
      [change('aws_ecs_service.this', { load_balancer: [{ target_group_arn: 'x' }] })],
      [change('aws_ecs_service.this', {}, { after_unknown: { load_balancer: true } })],
    ])('is silent where there is one: %j', resource => {
      expect(refuse(module_({}, [resource]))).not.toMatch(why)
    })
  })
})

test('two targets behind a known address are refused before anything is changed', () => {
  const resource = (address: string, values: Record<string, unknown>): StateResource => ({
    address,
    mode: 'managed',
    type: address.split('.')[0] ?? '',
    values,
  })
  const group = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}/1`
  const service = (name: string) => [
    resource(`aws_ecs_service.${name}`, { name, cluster: 'prod', load_balancer: [{ target_group_arn: group(name) }] }),
    resource(`aws_lb_target_group.${name}`, { arn: group(name) }),
  ]
  const host = 'mcp-1.eu-west-1.elb.amazonaws.com'
  const planned: PlannedModule = {
    outputNames: ['mcp_endpoint'],
    json: {
      planned_values: {
        outputs: { mcp_endpoint: { value: `https://${host}/mcp` } },
        root_module: { resources: [...service('a'), ...service('b'), resource('aws_lb.this', { dns_name: host })] },
      },
    },
  }
  expect(refuse(planned)).toMatch(/^a and b may serve the endpoint/)
})
