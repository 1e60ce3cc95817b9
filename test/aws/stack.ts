/**
 * One ECS service behind an application load balancer in the AWS stand-in, as the tests of the stand-in need it:
 * made with AWS's own SDK for ECS, and with plain requests of the EC2, ELB and Secrets Manager protocols for the rest.
 */
import { setTimeout as delay } from 'node:timers/promises'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  type Deployment,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type Service,
  type Task,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'

/** A server whose answers say which task gave them; `?ms=` makes one slow, `/leave` closes its listener and leaves the task running. */
export const SERVER = `
const { createServer } = require('node:http')
const { VERSION, SECRET, PORT, HEALTH_STATUS } = process.env
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
  if (pathname === '/health') return response.writeHead(Number(HEALTH_STATUS ?? 200)).end()
  if (pathname === '/leave') server.close()
  const body = JSON.stringify({ version: VERSION, secret: SECRET, port: Number(PORT), headers: request.headers })
  setTimeout(() => response.end(body), Number(searchParams.get('ms') ?? 0))
}).listen(Number(PORT), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
setInterval(() => {}, 60_000)
`

const NAME = 'mcp'

export interface Stack {
  readonly ecs: ECSClient
  readonly url: string
  readonly targetGroup: string
  register(image: string): Promise<string>
  createService(taskDefinition: string, desiredCount: number): Promise<void>
  deploy(taskDefinition: string): Promise<void>
  scale(desiredCount: number): Promise<void>
  service(): Promise<Service>
  /** Polls until the service is as `condition` wants it; what it was at last is the error. */
  until(condition: (service: Service) => boolean | undefined): Promise<Service>
  stoppedTasks(): Promise<Task[]>
  targetHealth(): Promise<string[]>
}

/**
 * Makes the network, the load balancer, a secret and the cluster in a region; the service comes with `createService`.
 * Stacks in several regions of one stand-in do not meet. `healthCheck` is more of CreateTargetGroup.
 */
export async function createStack(
  endpoint: string,
  region: string,
  healthCheck: Record<string, string> = {},
): Promise<Stack> {
  const query = (service: string, version: string, parameters: Record<string, string>) =>
    send(endpoint, region, service, new URLSearchParams({ ...parameters, Version: version }))
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
  const ecs = new ECSClient({ endpoint, region, credentials })
  const subnets = all(await query('ec2', '2016-11-15', { Action: 'DescribeSubnets' }), 'subnetId')
  const vpcId = one(await query('ec2', '2016-11-15', { Action: 'DescribeVpcs' }), 'vpcId')
  const securityGroup = one(
    await query('ec2', '2016-11-15', {
      Action: 'CreateSecurityGroup',
      GroupName: NAME,
      GroupDescription: NAME,
      VpcId: vpcId,
    }),
    'groupId',
  )
  const elb = (parameters: Record<string, string>) => query('elasticloadbalancing', '2015-12-01', parameters)
  const balancer = await elb({
    Action: 'CreateLoadBalancer',
    Name: NAME,
    'Subnets.member.1': subnets[0] ?? '',
    'Subnets.member.2': subnets[1] ?? '',
  })
  const group = await elb({
    Action: 'CreateTargetGroup',
    Name: NAME,
    Protocol: 'HTTP',
    Port: '3000',
    VpcId: vpcId,
    TargetType: 'ip',
    HealthCheckPath: '/health',
    ...healthCheck,
  })
  const targetGroup = one(group, 'TargetGroupArn')
  await elb({
    Action: 'CreateListener',
    LoadBalancerArn: one(balancer, 'LoadBalancerArn'),
    Protocol: 'HTTP',
    Port: '80',
    'DefaultActions.member.1.Type': 'forward',
    'DefaultActions.member.1.TargetGroupArn': targetGroup,
  })
  const created = await send(
    endpoint,
    region,
    'secretsmanager',
    JSON.stringify({ Name: NAME, SecretString: JSON.stringify({ key: 'from the secret' }) }),
    { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.CreateSecret' },
  )
  const { ARN: secret } = JSON.parse(created) as { ARN: string }
  await ecs.send(new CreateClusterCommand({ clusterName: NAME }))

  const service = async () => {
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster: NAME, services: [NAME] }))
    const [found] = services ?? []
    if (found === undefined) throw new Error('There is no such service.')
    return found
  }
  return {
    ecs,
    url: `http://${one(balancer, 'DNSName')}`,
    targetGroup,
    service,
    async register(image) {
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: NAME,
          requiresCompatibilities: ['FARGATE'],
          networkMode: 'awsvpc',
          cpu: '256',
          memory: '512',
          containerDefinitions: [
            {
              name: NAME,
              image,
              portMappings: [{ containerPort: 3000 }],
              secrets: [{ name: 'SECRET', valueFrom: `${secret}:key::` }],
            },
          ],
        }),
      )
      return taskDefinition?.taskDefinitionArn ?? ''
    },
    async createService(taskDefinition, desiredCount) {
      await ecs.send(
        new CreateServiceCommand({
          cluster: NAME,
          serviceName: NAME,
          taskDefinition,
          desiredCount,
          launchType: 'FARGATE',
          networkConfiguration: {
            awsvpcConfiguration: { subnets: subnets.slice(0, 2), securityGroups: [securityGroup] },
          },
          loadBalancers: [{ targetGroupArn: targetGroup, containerName: NAME, containerPort: 3000 }],
          deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
        }),
      )
    },
    async deploy(taskDefinition) {
      await ecs.send(new UpdateServiceCommand({ cluster: NAME, service: NAME, taskDefinition }))
    },
    async scale(desiredCount) {
      await ecs.send(new UpdateServiceCommand({ cluster: NAME, service: NAME, desiredCount }))
    },
    async until(condition) {
      const deadline = Date.now() + 90_000
      for (;;) {
        const found = await service()
        if (condition(found)) return found
        if (Date.now() > deadline) throw new Error(`The service stays as it is: ${JSON.stringify(found, null, 2)}`)
        await delay(100)
      }
    },
    async stoppedTasks() {
      const stopped = { cluster: NAME, serviceName: NAME, desiredStatus: 'STOPPED' } as const
      const { taskArns } = await ecs.send(new ListTasksCommand(stopped))
      if (taskArns === undefined || taskArns.length === 0) return []
      const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: NAME, tasks: taskArns }))
      return tasks ?? []
    },
    async targetHealth() {
      return all(await elb({ Action: 'DescribeTargetHealth', TargetGroupArn: targetGroup }), 'State')
    },
  }
}

/** The PRIMARY deployment: the one that the service is at or moves to. */
export function primary(service: Service): Deployment | undefined {
  return service.deployments?.find(deployment => deployment.status === 'PRIMARY')
}

export function completed(service: Service): boolean {
  return primary(service)?.rolloutState === 'COMPLETED'
}

/** A request to a service of AWS. moto goes by the credential scope for service and region, and checks no signature. */
async function send(
  endpoint: string,
  region: string,
  service: string,
  body: string | URLSearchParams,
  headers: Record<string, string> = {},
): Promise<string> {
  const scope = `testing/20260101/${region}/${service}/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`
  const response = await fetch(endpoint, { method: 'POST', headers: { ...headers, authorization }, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`${service} answered ${response.status} to ${body}: ${text}`)
  return text
}

function all(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(match => match[1] ?? '')
}

function one(xml: string, element: string): string {
  const [first] = all(xml, element)
  if (first === undefined) throw new Error(`No ${element} in ${xml}`)
  return first
}
