/** The AWS console's pages: partition, region and escapes, from a state as Terraform shows it. */
import { expect, test } from 'vitest'
import { instanceLink, logGroupLink, serviceLink, targetGroupLink } from '../../../src/platforms/aws/console-links.ts'
import { readDeployment } from '../../../src/platforms/deployment.ts'
import { consoleLinks } from '../../../src/platforms/index.ts'
import type { PlatformInputs } from '../../../src/platforms/platform.ts'
import { linkLine } from '../../../src/report/links.ts'
import type { StateJson } from '../../../src/terraform/json.ts'
import { elements, renderTree } from '../../support/render.ts'

test.each([
  ['eu-west-1', 'https://console.aws.amazon.com/ecs/v2/clusters/prod/services/weather/health?region=eu-west-1'],
  [
    'ap-southeast-5',
    'https://console.aws.amazon.com/ecs/v2/clusters/prod/services/weather/health?region=ap-southeast-5',
  ],
  ['cn-north-1', 'https://console.amazonaws.cn/ecs/v2/clusters/prod/services/weather/health?region=cn-north-1'],
  [
    'us-gov-west-1',
    'https://console.amazonaws-us-gov.com/ecs/v2/clusters/prod/services/weather/health?region=us-gov-west-1',
  ],
  ['us-iso-east-1', undefined],
  ['eu-west-1@evil.example/', undefined],
  ['', undefined],
])('a service in %s', (region, url) => {
  expect(serviceLink(region, 'prod', 'weather')?.url).toBe(url)
  const arns = ['arn:aws:ecs:x:1:cluster/prod', 'arn:aws:ecs:x:1:service/prod/weather'] as const
  expect(serviceLink(region, ...arns)?.url).toBe(url)
})

test('an instance, a target group, a log group and a stream', () => {
  expect(instanceLink('eu-west-1', 'i-0abc')).toEqual({
    title: 'Instance i-0abc',
    url: 'https://console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0abc',
  })
  const arn = 'arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:targetgroup/weather/0123456789abcdef'
  expect(targetGroupLink(arn)).toEqual({
    title: 'Target group weather',
    url: `https://console.amazonaws.cn/ec2/home?region=cn-north-1#TargetGroup:targetGroupArn=${encodeURIComponent(arn)}`,
  })
  expect(targetGroupLink('arn:tg')).toBeUndefined()
  expect(logGroupLink('us-gov-east-1', '/ecs/weather')?.url).toBe(
    'https://console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-east-1#logsV2:log-groups/log-group/$252Fecs$252Fweather',
  )
  expect(logGroupLink('us-east-1', 'g', 'server/server/0a')?.url).toMatch(
    /log-group\/g\/log-events\/server\$252Fserver\$252F0a$/,
  )
})

const arn = 'arn:aws:ecs:eu-west-1:123456789012'
const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/weather/0123456789abcdef'
const resource = (type: string, values: object) => ({ address: `${type}.this`, mode: 'managed' as const, type, values })
const logs = (group: string, more: object = {}) => ({
  logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': group, ...more } },
})
const state = (containers: unknown): StateJson =>
  ({
    values: {
      outputs: {
        mcp_endpoint: { value: 'https://mcp.example.com/mcp' },
        ecs_cluster_name: { value: 'prod' },
        ecs_service_name: { value: 'weather' },
      },
      root_module: {
        child_modules: [
          {
            resources: [
              resource('aws_ecs_service', {
                id: `${arn}:service/prod/weather`,
                name: 'weather',
                cluster: `${arn}:cluster/prod`,
                task_definition: `${arn}:task-definition/weather:3`,
                load_balancer: [{ target_group_arn: targetGroup }, { elb_name: 'old' }],
              }),
              resource('aws_ecs_task_definition', {
                family: 'weather',
                arn: `${arn}:task-definition/weather:3`,
                container_definitions: typeof containers === 'string' ? containers : JSON.stringify(containers),
              }),
            ],
          },
        ],
      },
    },
  }) as StateJson
const inputs = { mcp: {}, ecs: {} } as unknown as PlatformInputs
const linksOf = (of: StateJson) => consoleLinks(readDeployment(of, inputs).serving, of)

test('of a state: the service, its target groups, and each log group once', () => {
  const containers = [
    logs('/ecs/weather'),
    logs('/ecs/weather', { 'awslogs-region': 'eu-west-1' }),
    logs('/central', { 'awslogs-region': 'us-east-1' }),
    { logConfiguration: { logDriver: 'splunk', options: {} } },
    {},
  ]
  expect(linksOf(state(containers)).map(({ title }) => title)).toEqual([
    'ECS service weather',
    'Target group weather',
    'Log group /ecs/weather',
    'Log group /central',
  ])
  expect(linksOf(state(containers))[3]?.url).toContain('region=us-east-1#')
})

test.each(['', '{', '[null]', '{}', '[{"logConfiguration":null}]', '[{"logConfiguration":{"logDriver":"awslogs"}}]'])(
  'of odd container definitions %j: the rest',
  text => {
    expect(linksOf(state(text)).map(({ title }) => title)).toEqual(['ECS service weather', 'Target group weather'])
  },
)

test('of an instance; and none where the state does not hold what serves', () => {
  const values = { id: 'i-0abc', arn: 'arn:aws:ec2:us-east-1:1:instance/i-0abc' }
  const of = (resources: object[]) =>
    ({
      values: {
        outputs: { mcp_endpoint: { value: 'https://a.example/mcp' }, instance_id: { value: 'i-0abc' } },
        root_module: { resources },
      },
    }) as StateJson
  expect(linksOf(of([resource('aws_instance', values)])).map(({ title }) => title)).toEqual(['Instance i-0abc'])
  expect(linksOf(of([]))).toEqual([])
})

test('as Markdown they lead to the console and nowhere else', async () => {
  const title = 'Log group `](https://evil.example) ![x](https://evil.example) @team'
  const url = 'https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#a)b(c'
  const tree = await renderTree(String(linkLine({ links: [{ title, url }] })))
  const targets = [...elements(tree)].flatMap(({ properties }) => [properties.href ?? properties.src ?? []].flat())
  expect(targets).toEqual([url.replace(')', '%29').replace('(', '%28')])
})
