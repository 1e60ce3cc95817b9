/** How an Express service is found in outputs and state, and the URL that AWS gave it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { InputError } from '../../../src/errors.ts'
import { readDeployment } from '../../../src/platforms/deployment.ts'
import { findExpressService, listExpressServices } from '../../../src/platforms/ecs-express/service.ts'
import { accessTo } from '../../../src/platforms/index.ts'
import type { PlatformInputs } from '../../../src/platforms/platform.ts'
import { assertVerifiable } from '../../../src/platforms/requirements.ts'
import type { StateJson, StateResource } from '../../../src/terraform/json.ts'

const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/states/express.json', import.meta.url), 'utf8'),
) as StateJson
const resource = golden.values?.root_module?.resources?.[0] as StateResource
const arn = 'arn:aws:ecs:eu-west-1:123456789012:service/default/weather'
const inputs = (endpoint?: string): PlatformInputs => ({
  mcp: { endpoint },
  ecs: { cluster: undefined, service: undefined },
  deployTimeoutMs: undefined,
  formerTimeoutsMs: {},
})
const state = (values: Record<string, unknown> = {}, outputs: Record<string, string> = {}): StateJson => ({
  values: {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
    root_module: { resources: [{ ...resource, values: { ...resource.values, ...values } }] },
  },
})
const target = {
  kind: 'ecs-express',
  arn,
  cluster: 'default',
  service: 'weather',
  name: 'weather',
  region: 'eu-west-1',
  revision: 'arn:aws:ecs:eu-west-1:123456789012:service-revision/default/weather/2',
  url: 'https://we-0123456789abcdef.ecs.eu-west-1.on.aws/mcp',
}

test('by the output, and by itself where the state has only one: its public address at /mcp is the endpoint', () => {
  expect(findExpressService(inputs(), golden)).toEqual(target)
  for (const each of [golden, state()])
    expect(readDeployment(each, inputs())).toMatchObject({ endpoint: target.url, serving: target })
})

test('by its address, where the endpoint is at another path; and not behind a domain of your own', () => {
  const elsewhere = 'https://we-0123456789abcdef.ecs.eu-west-1.on.aws/api/mcp'
  expect(readDeployment(state(), inputs(elsewhere))).toMatchObject({ endpoint: elsewhere, serving: target })
  expect(readDeployment(state(), inputs('https://mcp.example.com/mcp')).serving).toEqual({ kind: 'endpoint' })
})

test('the address may be a host name; a private one counts where there is no public one', () => {
  const urlOf = (...ingress_paths: object[]) => listExpressServices(state({ ingress_paths }))[0]?.url
  expect(urlOf({ access_type: 'PUBLIC', endpoint: 'we-1.ecs.eu-west-1.on.aws' })).toBe(
    'https://we-1.ecs.eu-west-1.on.aws/mcp',
  )
  expect(urlOf({ access_type: 'PRIVATE', endpoint: 'https://in.example' })).toBe('https://in.example/mcp')
  expect(urlOf()).toBeUndefined()
})

test('before the first apply its ARN and address are unknown, and no output is missed', () => {
  const planned = state({ service_arn: undefined, ingress_paths: undefined, service_revision_arn: undefined })
  const json = { planned_values: planned.values }
  expect(() => assertVerifiable({ outputNames: [], json: json as never }, inputs())).not.toThrow()
})

test('an output that is no ARN of a service is refused', () => {
  expect(() => findExpressService(inputs(), state({}, { ecs_express_service_arn: 'weather' }))).toThrow(InputError)
})

test('the gate is gentle at every address of it: an alarm of its deployments counts 4xx answers', () => {
  expect(accessTo(target as never, 'https://mcp.example.com/mcp')).toEqual({ traits: ['counts-client-errors'] })
})
