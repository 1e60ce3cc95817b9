/**
 * The ECS part of the AWS stand-in, asked through its API and through its load balancer: deployments that
 * complete, roll without a lost request, fail and roll back, and what it says about tasks that ended.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DeleteServiceCommand, ListTasksCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { completed, createStack, primary, SERVER, type Stack } from './stack.ts'

const MINUTES = 60_000
const command = [process.execPath, '-e', SERVER]
const tasks = {
  'repo/mcp:v1': { command, env: { VERSION: '1' } },
  'repo/mcp:v2': { command, env: { VERSION: '2' } },
  'repo/mcp:sick': { command, env: { HEALTH_STATUS: '404' } },
  'repo/mcp:crash': { command: ['sh', '-c', 'echo missing module >&2; exit 3'] },
}

let directory: string
let aws: Aws

// Each test has a region of the stand-in to itself.
const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-west-3']

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aws-'))
  aws = await startAws({ tasks, dir: directory })
}, 2 * MINUTES)

afterAll(async () => {
  await aws.stop()
  rmSync(directory, { recursive: true, force: true })
}, MINUTES)

interface Answer {
  version: string
  secret: string
  port: number
  headers: Record<string, string>
}

async function ask(url: string): Promise<Answer> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} ${response.headers.get('server')}`)
  return (await response.json()) as Answer
}

/** Sends requests without a pause until it is stopped, and says what came back. */
function requestsTo(url: string) {
  const versions: string[] = []
  const failures: unknown[] = []
  let stopped = false
  const senders = Array.from({ length: 4 }, async () => {
    while (!stopped) {
      await ask(url).then(
        answer => versions.push(answer.version),
        error => failures.push(error),
      )
    }
  })
  return {
    versions,
    failures,
    async stop() {
      stopped = true
      await Promise.all(senders)
    },
  }
}

function emptyStack(healthCheck: Record<string, string> = {}): Promise<Stack> {
  return createStack(aws.endpoint, regions.shift() ?? '', healthCheck)
}

/** The id of a task as its log file carries it. */
function logId(task: Task | undefined): string {
  return (task?.taskArn ?? '').split('/').at(-1)?.replaceAll('-', '') ?? ''
}

async function serving(image: string, desired: number): Promise<Stack> {
  const stack = await emptyStack()
  await stack.createService(await stack.register(image), desired)
  await stack.until(completed)
  return stack
}

test('a deployment completes when every task is healthy, and the DNS name reaches them in turn', {
  timeout: 4 * MINUTES,
}, async () => {
  const stack = await emptyStack()
  const nobody = await fetch(stack.url)
  expect([nobody.status, nobody.headers.get('server'), nobody.headers.get('content-type')]).toEqual([
    503,
    'awselb/2.0',
    'text/html',
  ])
  expect(await nobody.text()).toContain('<center><h1>503 Service Temporarily Unavailable</h1></center>')

  await stack.createService(await stack.register('repo/mcp:v1'), 2)
  const service = await stack.until(completed)
  expect([service.runningCount, service.pendingCount, service.deployments?.length]).toEqual([2, 0, 1])
  expect(service.events?.map(event => event.message)).toContain('(service mcp) has reached a steady state.')
  expect(await stack.targetHealth()).toEqual(['healthy', 'healthy'])

  const answers = [await ask(stack.url), await ask(stack.url), await ask(stack.url), await ask(stack.url)]
  expect(new Set(answers.map(answer => answer.port)).size).toBe(2)
  expect(answers[0]).toMatchObject({
    version: '1',
    secret: 'from the secret',
    headers: { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' },
  })
})

test('a rolling update loses no request, nor one that was under way', { timeout: 4 * MINUTES }, async () => {
  const stack = await serving('repo/mcp:v1', 2)
  const slow = [ask(`${stack.url}/?ms=2500`), ask(`${stack.url}/?ms=2500`)]
  const requests = requestsTo(`${stack.url}/?ms=20`)
  const second = await stack.register('repo/mcp:v2')
  await stack.deploy(second)
  const service = await stack.until(completed)
  await delay(500)
  await requests.stop()

  expect(requests.failures).toEqual([])
  expect(new Set(requests.versions)).toEqual(new Set(['1', '2']))
  expect(requests.versions.at(-1)).toBe('2')
  expect((await Promise.all(slow)).map(answer => answer.version)).toEqual(['1', '1'])
  expect([service.taskDefinition, service.deployments?.length, service.runningCount]).toEqual([second, 1, 2])
  expect((await stack.stoppedTasks()).map(task => [task.stopCode, task.containers?.[0]?.exitCode])).toEqual([
    ['ServiceSchedulerInitiated', 0],
    ['ServiceSchedulerInitiated', 0],
  ])
})

test('tasks that exit open the circuit breaker, and the former deployment is primary again', {
  timeout: 4 * MINUTES,
}, async () => {
  const stack = await serving('repo/mcp:v1', 1)
  const before = await stack.service()
  const requests = requestsTo(stack.url)
  const crash = await stack.register('repo/mcp:crash')
  await stack.deploy(crash)
  const failing = await stack.until(s => s.deployments?.some(deployment => deployment.rolloutState === 'FAILED'))
  const failed = failing.deployments?.find(deployment => deployment.rolloutState === 'FAILED')
  expect(failed).toMatchObject({
    status: 'ACTIVE',
    taskDefinition: crash,
    failedTasks: 3,
    rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
  })
  const restored = primary(before)?.id
  expect(primary(failing)).toMatchObject({
    id: restored,
    rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${restored}.`,
  })

  const service = await stack.until(completed)
  await requests.stop()
  expect(requests.failures).toEqual([])
  expect([service.taskDefinition, service.runningCount, service.deployments?.length]).toEqual([
    before.taskDefinition,
    1,
    1,
  ])
  expect(service.events?.map(event => event.message)).toContain(
    `(service mcp) (deployment ${failed?.id}) deployment failed: tasks failed to start.`,
  )
  const stopped = await stack.stoppedTasks()
  expect(stopped).toHaveLength(3)
  const log = readdirSync(aws.logDirectory).find(name => name.includes(logId(stopped[0])))
  expect(readFileSync(join(aws.logDirectory, log ?? ''), 'utf8')).toBe('missing module\n')
  for (const task of stopped) {
    expect(task).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 3 }],
    })
  }
})

test('a first deployment that cannot start stays failed, and its tasks say why', { timeout: 4 * MINUTES }, async () => {
  const stack = await emptyStack()
  await stack.createService(await stack.register('repo/mcp:absent'), 1)
  const service = await stack.until(s => primary(s)?.rolloutState === 'FAILED')
  expect([service.runningCount, service.deployments?.length]).toEqual([0, 1])
  const [task] = await stack.stoppedTasks()
  expect(task?.stopCode).toBe('TaskFailedToStart')
  expect(task?.stoppedReason).toMatch(/^CannotPullContainerError: .*repo\/mcp:absent: not found$/)
})

test('a task whose health path does not answer 200 is replaced', { timeout: 4 * MINUTES }, async () => {
  const stack = await emptyStack({ HealthCheckIntervalSeconds: '5', UnhealthyThresholdCount: '2' })
  await stack.createService(await stack.register('repo/mcp:sick'), 1)
  const service = await stack.until(s => primary(s)?.failedTasks === 1)
  expect(completed(service)).toBe(false)
  expect(service.events?.map(event => event.message)).toContainEqual(
    expect.stringContaining('Health checks failed with these codes: [404]'),
  )
  const [task] = await stack.stoppedTasks()
  expect(task?.stoppedReason).toContain(`Task failed ELB health checks in (target-group ${stack.targetGroup})`)
})

test('a target that refuses is a 502', { timeout: 4 * MINUTES }, async () => {
  const stack = await serving('repo/mcp:v1', 1)
  await ask(`${stack.url}/leave`)
  const refused = await fetch(stack.url)
  expect([refused.status, refused.headers.get('server')]).toEqual([502, 'awselb/2.0'])
  expect(await refused.text()).toContain('502 Bad Gateway')
})

test('a stopped task is replaced; none is left when the service is scaled down or deleted', {
  timeout: 4 * MINUTES,
}, async () => {
  const stack = await serving('repo/mcp:v1', 1)
  const { port } = await ask(stack.url)
  const running = () => stack.ecs.send(new ListTasksCommand({ cluster: 'mcp', serviceName: 'mcp' }))
  const [task] = (await running()).taskArns ?? []
  await stack.ecs.send(new StopTaskCommand({ cluster: 'mcp', task, reason: 'trying' }))
  await expect
    .poll(async () => (await running()).taskArns, { timeout: MINUTES })
    .toEqual([expect.not.stringMatching(`^${task}$`)])
  await stack.until(s => s.runningCount === 1)
  expect(await stack.stoppedTasks()).toMatchObject([{ stopCode: 'UserInitiated', stoppedReason: 'trying' }])

  await stack.scale(2)
  await stack.until(s => s.runningCount === 2)
  await stack.scale(0)
  await stack.until(s => s.runningCount === 0)
  expect((await running()).taskArns).toEqual([])
  expect((await fetch(stack.url)).status).toBe(503)
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow()

  await stack.scale(1)
  await stack.until(s => s.runningCount === 1)
  await stack.ecs.send(new DeleteServiceCommand({ cluster: 'mcp', service: 'mcp', force: true }))
  await stack.until(s => s.status === 'INACTIVE' && s.runningCount === 0)
})
