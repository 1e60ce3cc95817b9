import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultAwsTimes } from '../../../src/platforms/aws/client.ts'
import { Ecs } from '../../../src/platforms/ecs/client.ts'
import { readBody } from '../../support/faults.ts'
import { type Listening, listen } from '../../support/mcp/listen.ts'

const environment = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'us-east-1' }
let aws: Listening
let requests: { authorization: string; target: string; body: unknown }[]
let answer: (response: ServerResponse) => void

beforeEach(async () => {
  requests = []
  aws = await listen(
    createServer(async (request: IncomingMessage, response) => {
      const { authorization = '', 'x-amz-target': target } = request.headers
      requests.push({ authorization, target: String(target), body: JSON.parse(await readBody(request)) })
      answer(response)
    }),
  )
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL: aws.url })
})
afterEach(async () => {
  for (const name of [...Object.keys(environment), 'AWS_ENDPOINT_URL']) delete process.env[name]
  await aws[Symbol.asyncDispose]()
})

function json(status: number, body: object) {
  return (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
}

test('one call gives the service as plain data', async () => {
  const deployment = {
    id: 'ecs-svc/1',
    status: 'PRIMARY',
    taskDefinition: 'arn:aws:ecs:eu-west-1:1:task-definition/weather:7',
    desiredCount: 2,
    runningCount: 1,
    pendingCount: 1,
    failedTasks: 3,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: 'ECS deployment ecs-svc/1 in progress.',
    createdAt: 1_700_000_000.5,
  }
  const event = { id: 'e1', createdAt: 1_700_000_001, message: '(service weather) has started 1 tasks.' }
  const service = { status: 'ACTIVE', desiredCount: 2, runningCount: 1, deployments: [deployment], events: [event] }
  answer = json(200, { services: [service], failures: [] })
  expect(await new Ecs('eu-west-1').describeService('prod', 'weather')).toEqual({
    ...service,
    deployments: [{ ...deployment, createdAt: 1_700_000_000_500 }],
    events: [{ ...event, createdAt: 1_700_000_001_000 }],
    circuitBreaker: false,
    targetGroups: [],
    controller: 'ECS',
    strategy: 'ROLLING',
    hasAlarms: false,
    taskDefinition: '',
    revisions: [],
    taskSets: [],
  })
  expect(requests).toHaveLength(1)
  expect(requests[0]).toMatchObject({
    target: 'AmazonEC2ContainerServiceV20141113.DescribeServices',
    body: { cluster: 'prod', services: ['weather'] },
  })
  expect(requests[0]?.authorization).toContain('/eu-west-1/ecs/')
})

test('without a region the environment says it', async () => {
  answer = json(200, { services: [{}] })
  expect(await new Ecs(undefined).describeService('prod', 'weather')).toMatchObject({ status: '', deployments: [] })
  expect(requests[0]?.authorization).toContain('/us-east-1/ecs/')
})

test('a service that is missing is undefined, a cluster that is missing an error', async () => {
  answer = json(200, { services: [], failures: [{ arn: 'weather', reason: 'MISSING' }] })
  const ecs = new Ecs('eu-west-1')
  expect(await ecs.describeService('prod', 'weather')).toBeUndefined()
  answer = json(400, { __type: 'ClusterNotFoundException', message: 'Cluster not found.' })
  await expect(ecs.describeService('prod', 'weather')).rejects.toMatchObject({ name: 'ClusterNotFoundException' })
})

test('throttling is asked again', async () => {
  answer = response => {
    answer = json(200, { services: [{ status: 'ACTIVE' }] })
    json(400, { __type: 'ThrottlingException', message: 'Rate exceeded' })(response)
  }
  expect(await new Ecs('eu-west-1').describeService('prod', 'weather')).toMatchObject({ status: 'ACTIVE' })
  expect(requests).toHaveLength(2)
})

describe('behind a proxy', () => {
  afterEach(() => {
    for (const name of ['HTTPS_PROXY', 'NO_PROXY']) delete process.env[name]
  })

  test('AWS is reached through it, and what NO_PROXY names is not', async () => {
    delete process.env.AWS_ENDPOINT_URL
    const tunnels: string[] = []
    const server = createServer()
    server.on('connect', ({ url }: IncomingMessage, socket) => {
      tunnels.push(String(url))
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    })
    await using proxy = await listen(server)
    process.env.HTTPS_PROXY = proxy.url
    await expect(new Ecs('eu-west-1').describeService('prod', 'weather')).rejects.toThrow()
    expect(new Set(tunnels)).toEqual(new Set(['ecs.eu-west-1.amazonaws.com:443']))

    tunnels.length = 0
    Object.assign(process.env, { NO_PROXY: '.amazonaws.com,127.0.0.1', AWS_ENDPOINT_URL: aws.url })
    answer = json(200, { services: [{ status: 'ACTIVE' }] })
    expect(await new Ecs('eu-west-1').describeService('prod', 'weather')).toMatchObject({ status: 'ACTIVE' })
    expect(tunnels).toEqual([])
  })
})

test('an answer that never comes is an error, and the wait for it ends', async () => {
  answer = () => {}
  const ecs = new Ecs('eu-west-1', { ...defaultAwsTimes, requestTimeoutMs: 300 })
  await expect(ecs.describeService('prod', 'weather')).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(requests).toHaveLength(3)
})
