/**
 * Blue/green deployments of ECS before the AWS stand-in, which has none: each change of a service's task definition becomes a
 * service deployment that waits at a pause after its test traffic, until ContinueServiceDeployment answers. Not here: linear
 * and canary steps, bake time, alarms, the listener rules of a load balancer, and more than one service.
 */
import { createServer, type IncomingMessage, request as send } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type Listening, listen } from './mcp/listen.ts'

type Json = Record<string, unknown>

export interface BlueGreen extends Listening {
  /** Where requests go on to; set before the first. */
  upstream: string
  /** The answers to pauses, in order. */
  readonly answers: string[]
}

interface Deployment {
  readonly number: number
  readonly from: string
  readonly to: string
  status: 'IN_PROGRESS' | 'SUCCESSFUL' | 'ROLLBACK_SUCCESSFUL'
}

const prefix = 'arn:aws:ecs:us-east-1:123456789012'
const service = 'tests/weather'
const deploymentArn = ({ number }: Deployment) => `${prefix}:service-deployment/${service}/${number}`
/** The ARN of a service revision holds the task definition, so that it can be read back. */
const revisionArn = (taskDefinition: string) =>
  `${prefix}:service-revision/${service}/${taskDefinition.split('/').at(-1)}`

export async function blueGreen(): Promise<BlueGreen> {
  const answers: string[] = []
  let current: Deployment | undefined

  /** What the stand-in itself answers; undefined where the request goes on. */
  async function answer(action: string, body: Json, headers: IncomingMessage['headers']): Promise<Json | undefined> {
    switch (action) {
      case 'UpdateService':
        begin(String(body.taskDefinition ?? ''))
        return undefined
      case 'CreateService': {
        current = undefined
        return undefined
      }
      case 'ListServiceDeployments':
        return { serviceDeployments: current ? [describe(current)] : [] }
      case 'DescribeServiceDeployments':
        return { serviceDeployments: current ? [describe(current)] : [] }
      case 'DescribeServiceRevisions': {
        const arns = body.serviceRevisionArns as string[]
        return {
          serviceRevisions: arns.map(serviceRevisionArn => ({
            serviceRevisionArn,
            taskDefinition: `${prefix}:task-definition/${serviceRevisionArn.split('/').at(-1)}`,
          })),
        }
      }
      case 'ContinueServiceDeployment': {
        if (current === undefined) return undefined
        answers.push(String(body.action))
        current.status = body.action === 'CONTINUE' ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL'
        if (body.action === 'ROLLBACK') await update(headers, current.from)
        return { serviceDeploymentArn: deploymentArn(current) }
      }
      default:
        return undefined
    }
  }

  function begin(to: string): void {
    const from = served
    if (to !== '' && to !== from && from !== '')
      current = { number: (current?.number ?? 0) + 1, from, to, status: 'IN_PROGRESS' }
  }

  /** The task definition that the service was set to when it was asked last. */
  let served = ''

  async function update(headers: IncomingMessage['headers'], taskDefinition: string): Promise<void> {
    const body = Buffer.from(JSON.stringify({ cluster: 'tests', service: 'weather', taskDefinition }))
    const target = 'AmazonEC2ContainerServiceV20141113.UpdateService'
    await forward(front.upstream, { method: 'POST', url: '/', headers: { ...headers, 'x-amz-target': target } }, body)
  }

  const server = await listen(
    createServer(async (request, response) => {
      const body = await buffer(request)
      const [api = '', action = ''] = String(request.headers['x-amz-target'] ?? '').split('.')
      const given =
        api === 'AmazonEC2ContainerServiceV20141113'
          ? await answer(action, JSON.parse(body.toString()) as Json, request.headers)
          : undefined
      if (given !== undefined) {
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(given))
        return
      }
      const forwarded = await forward(front.upstream, request, body)
      const isService = action === 'DescribeServices' && forwarded.status === 200
      const text = isService ? asBlueGreen(forwarded.body) : forwarded.body
      const { 'content-length': _, ...headers } = forwarded.headers
      response.writeHead(forwarded.status, headers).end(text)
    }),
  )

  /** DescribeServices of the stand-in, as it is of a service with this strategy. */
  function asBlueGreen(body: Buffer): Buffer {
    const parsed = JSON.parse(body.toString()) as { services?: Json[] }
    for (const each of parsed.services ?? []) {
      served = String(each.taskDefinition)
      each.deploymentConfiguration = { ...(each.deploymentConfiguration as Json), strategy: 'BLUE_GREEN' }
    }
    return Buffer.from(JSON.stringify(parsed))
  }

  const front = Object.assign(server, { answers, upstream: '' })
  return front
}

function describe(deployment: Deployment): Json {
  const { from, to, status } = deployment
  const weight = status === 'SUCCESSFUL' ? 100 : 0
  const isPaused = status === 'IN_PROGRESS'
  return {
    serviceDeploymentArn: deploymentArn(deployment),
    createdAt: Date.now() / 1000,
    status,
    lifecycleStage: isPaused ? 'POST_TEST_TRAFFIC_SHIFT' : 'CLEAN_UP',
    targetServiceRevision: {
      arn: revisionArn(to),
      requestedTaskCount: 1,
      runningTaskCount: 1,
      requestedProductionTrafficWeight: weight,
      requestedTestTrafficWeight: 100,
    },
    deploymentConfiguration: { strategy: 'BLUE_GREEN' },
    lifecycleHookDetails: [
      { hookId: `hook-${deployment.number}`, targetType: 'PAUSE', status: isPaused ? 'AWAITING_ACTION' : 'SUCCEEDED' },
    ],
    ...(status === 'ROLLBACK_SUCCESSFUL' && {
      rollback: { reason: 'ROLLBACK', serviceRevisionArn: revisionArn(from) },
    }),
  }
}

async function forward(
  upstream: string,
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
  const { 'transfer-encoding': _, expect: __, ...rest } = headers
  return await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(upstream)
    const options = { hostname, port, method, path: url, headers: { ...rest, 'content-length': body.length } }
    send(options, async answer =>
      resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: await buffer(answer) }),
    )
      .once('error', reject)
      .end(body)
  })
}
