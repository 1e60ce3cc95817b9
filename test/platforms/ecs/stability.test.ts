import { describe, expect, test, vi } from 'vitest'
import type { Ecs, EcsDeployment, ServiceState, Task } from '../../../src/platforms/ecs/client.ts'
import { codes } from '../../../src/platforms/ecs/codes.ts'
import { ecs as platform } from '../../../src/platforms/ecs/platform.ts'
import type { EcsService } from '../../../src/platforms/ecs/service.ts'
import { delayMs, judge, watchService } from '../../../src/platforms/ecs/stability.ts'
import type { PlatformWatch } from '../../../src/platforms/platform.ts'
import { followDeployment } from '../../../src/platforms/watch.ts'

const arn = (revision: number) => `arn:aws:ecs:eu-west-1:123456789012:task-definition/weather:${revision}`

function deployment(
  revision: number,
  rolloutState: string | undefined,
  more: Partial<EcsDeployment> = {},
): EcsDeployment {
  return {
    id: `ecs-svc/${revision}`,
    status: 'PRIMARY',
    taskDefinition: arn(revision),
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    failedTasks: 0,
    rolloutState,
    rolloutStateReason: undefined,
    createdAt: 1000 * revision,
    ...more,
  }
}

function service(deployments: EcsDeployment[], more: Partial<ServiceState> = {}): ServiceState {
  return {
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    deployments,
    events: [],
    circuitBreaker: false,
    targetGroups: [],
    controller: 'ECS',
    strategy: 'ROLLING',
    hasAlarms: false,
    taskDefinition: deployments[0]?.taskDefinition ?? '',
    revisions: [],
    taskSets: [],
    ...more,
  }
}

const verdict = (
  state: ServiceState | undefined,
  expected: string | undefined = arn(2),
  previous: string | undefined = arn(1),
) => judge(state, expected, previous, 'prod/weather')

test('our revision, completed, every task running: stable', () => {
  expect(verdict(service([deployment(2, 'COMPLETED')]))).toEqual({
    kind: 'serving',
    version: { id: arn(2), label: 'weather:2' },
    running: 2,
  })
})

test.each([
  [
    'in progress',
    service([deployment(2, 'IN_PROGRESS', { runningCount: 1 })], { runningCount: 3 }),
    /IN_PROGRESS, 1 of 2 tasks run/,
  ],
  [
    'completed, but a task is missing',
    service([deployment(2, 'COMPLETED', { runningCount: 1 })], { runningCount: 1 }),
    /1 of 2 tasks/,
  ],
  [
    'completed, but the old revision still runs',
    service([deployment(2, 'COMPLETED'), deployment(1, 'COMPLETED', { status: 'ACTIVE' })], { runningCount: 4 }),
    /tasks of the revision before still run/,
  ],
  ['tasks fail', service([deployment(2, 'IN_PROGRESS', { runningCount: 0, failedTasks: 3 })]), /3 failed to start/],
  ['no deployment yet', service([]), /start a deployment/],
])('waits: %s', (_, state, waitingFor) => {
  expect(verdict(state)).toMatchObject({ kind: 'waiting', for: expect.stringMatching(waitingFor) })
})

test.each([
  [
    'a rollback that ECS explains',
    service([
      deployment(1, 'IN_PROGRESS', {
        createdAt: 3000,
        rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.',
      }),
      deployment(2, 'FAILED', { status: 'ACTIVE', rolloutStateReason: 'tasks failed to start.' }),
    ]),
    'ECS_ROLLED_BACK',
    /runs weather:1, not weather:2.*tasks failed to start/,
    'replace',
    /^Look at the stopped tasks of weather:2 for why .* The old revision still serves\.$/,
  ],
  [
    'a rollback that is over and looks healthy',
    service([deployment(1, 'COMPLETED', { createdAt: 3000 })]),
    'ECS_ROLLED_BACK',
    /runs weather:1/,
    'replace',
    /^Look at the stopped tasks of weather:2 for why .* The old revision still serves\.$/,
  ],
  [
    'a newer deployment of somebody else',
    service([deployment(3, 'COMPLETED')]),
    'ECS_SUPERSEDED',
    /weather:3/,
    'config',
    /let only this workflow change the service, and give it a concurrency group\.$/,
  ],
  [
    'a failed first deployment',
    service([
      deployment(2, 'FAILED', {
        runningCount: 0,
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
      }),
    ]),
    'ECS_DEPLOYMENT_FAILED',
    /circuit breaker/,
    'replace',
    /^Look at the stopped tasks and the logs of the service for why the container/,
  ],
  [
    'scaled to zero',
    service([deployment(2, 'COMPLETED', { runningCount: 0, desiredCount: 0 })], { desiredCount: 0, runningCount: 0 }),
    'ECS_SCALED_TO_ZERO',
    /desired count.*is 0/,
    'config',
    /^Raise the desired count, or the minimum of the autoscaling\.$/,
  ],
  [
    'a deleted service',
    service([], { status: 'INACTIVE' }),
    'ECS_NO_SERVICE',
    /INACTIVE/,
    'config',
    /^Check that the outputs ecs_cluster_name and ecs_service_name/,
  ],
  [
    'no service',
    undefined,
    'ECS_NO_SERVICE',
    /no active ECS service prod\/weather/,
    'config',
    /^Check that the outputs ecs_cluster_name and ecs_service_name/,
  ],
] as const)('fails at once: %s', (_, state, code, sentence, remedy, fix) => {
  expect(verdict(state)).toMatchObject({
    kind: 'failed',
    failure: { code, sentence: expect.stringMatching(sentence), remedy, fix: expect.stringMatching(fix) },
  })
})

test('a revision that Terraform does not manage: the newest deployment counts', () => {
  expect(judge(service([deployment(9, 'COMPLETED')]), undefined, undefined, 'prod/weather')).toMatchObject({
    kind: 'serving',
  })
})

/** A client that gives these answers in order, the last one for ever. */
function answers(...given: (ServiceState | Error)[]): Ecs {
  return withTasks(async () => [], ...given)
}

/** The same, and what it says of stopped tasks. */
function withTasks(tasks: Ecs['tasks'], ...given: (ServiceState | Error)[]): Ecs {
  let call = 0
  return {
    describeService: async () => {
      const next = given[Math.min(call++, given.length - 1)]
      if (next instanceof Error) throw next
      return next
    },
    tasks,
  } as unknown as Ecs
}

const ours: EcsService = {
  kind: 'ecs',
  cluster: 'prod',
  service: 'weather',
  name: 'weather',
  region: undefined,
  taskDefinition: { arn: arn(2), address: 'x' },
}

/** The watch of the platform, with a client of the test. */
const watchWith = (client: Ecs): PlatformWatch<EcsService> => {
  if (platform.watch === undefined) throw new Error('ECS is not watched.')
  return { ...platform.watch, start: (target, context) => watchService(client, target, context) }
}

async function follow(ecs: Ecs, timeoutMs = 60_000) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  try {
    const lines: string[] = []
    const result = followDeployment(watchWith(ecs), ours, {
      previous: { id: arn(1), label: 'weather:1' },
      log: line => void lines.push(String(line)),
      times: { timeoutMs },
    })
    await vi.runAllTimersAsync()
    return { ...(await result), lines }
  } finally {
    vi.useRealTimers()
  }
}

test('follows the deployment to its end; each event and each change is told once', async () => {
  const event = (id: string, createdAt: number) => ({ id, createdAt, message: `event ${id}` })
  const pending = service([deployment(2, 'IN_PROGRESS', { runningCount: 0 })], {
    events: [event('new', 2500), event('old', 500)],
  })
  const { failure, lines } = await follow(
    answers(
      pending,
      pending,
      service([deployment(2, 'COMPLETED')], { events: [event('done', 2600), event('new', 2500)] }),
    ),
  )
  expect(failure).toBeUndefined()
  expect(lines).toEqual(['ECS: event new', expect.stringMatching(/IN_PROGRESS, 0 of 2/), 'ECS: event done'])
})

test('a deadline says what it waited for', async () => {
  const { failure } = await follow(answers(service([deployment(2, 'IN_PROGRESS', { runningCount: 1 })])))
  expect(failure).toMatchObject({
    code: 'ECS_TIMEOUT',
    sentence: expect.stringMatching(/after 60 s.*1 of 2 tasks/),
    remedy: 'wait',
  })
})

test('each code has the remedy that decides about a taint', () => {
  const remedies = Object.fromEntries(Object.entries(codes).map(([code, { remedy }]) => [code, remedy]))
  expect(remedies).toEqual({
    ECS_NO_SERVICE: 'config',
    ECS_SCALED_TO_ZERO: 'config',
    ECS_ROLLED_BACK: 'replace',
    ECS_DEPLOYMENT_FAILED: 'replace',
    ECS_SUPERSEDED: 'config',
    ECS_TASKS_FAIL: 'replace',
    ECS_TIMEOUT: 'wait',
    ECS_ACCESS: 'config',
    ECS_ROLLBACK_FAILED: 'replace',
    ECS_STILL_DEPLOYING: 'config',
    ECS_STOPPED: 'config',
  })
})

test('a deadline while our revision runs and nothing failed taints nothing', async () => {
  const draining = service([deployment(2, 'COMPLETED'), deployment(1, 'COMPLETED', { status: 'ACTIVE' })], {
    runningCount: 4,
  })
  expect((await follow(answers(draining))).failure).toMatchObject({
    code: 'ECS_STILL_DEPLOYING',
    sentence: expect.stringMatching(/tasks of the revision before still run/),
    fix: expect.stringMatching(/Raise deploy-timeout/),
    remedy: 'config',
  })
  const failing = service([deployment(2, 'IN_PROGRESS', { failedTasks: 1 })], { runningCount: 2 })
  expect((await follow(answers(failing))).failure?.code).toBe('ECS_TIMEOUT')
})

test('a network error is asked again, a missing permission is not', async () => {
  const reset = new Error('socket hang up')
  expect((await follow(answers(reset, reset, service([deployment(2, 'COMPLETED')])))).failure).toBeUndefined()
  const denied = Object.assign(new Error('is not authorized to perform: ecs:DescribeServices'), {
    name: 'AccessDeniedException',
  })
  expect((await follow(answers(denied))).failure).toMatchObject({
    code: 'ECS_ACCESS',
    fix: expect.stringMatching(/ecs:DescribeServices/),
  })
})

test('an older deployment of the same revision in the place of ours is a rollback, too', () => {
  const older = deployment(2, 'COMPLETED', { id: 'ecs-svc/old', createdAt: 500 })
  const followed = { id: 'ecs-svc/2', createdAt: 2000 }
  expect(judge(service([older]), arn(2), arn(2), 'prod/weather', followed)).toMatchObject({
    kind: 'failed',
    failure: { code: 'ECS_ROLLED_BACK', sentence: expect.stringMatching(/earlier deployment of weather:2/) },
  })
  expect(judge(service([older]), arn(2), arn(2), 'prod/weather')).toMatchObject({ kind: 'serving' })
})

describe('tasks that stop', () => {
  const pending = service([deployment(2, 'IN_PROGRESS', { runningCount: 0, createdAt: 1 })])
  const stopped = (name: string, more: Partial<Task> = {}): Task => ({
    arn: `arn:aws:ecs:eu-west-1:1:task/prod/${name}`,
    startedBy: 'ecs-svc/2',
    taskDefinition: arn(2),
    health: 'UNKNOWN',
    stoppedReason: 'CannotPullContainerError: manifest unknown',
    stopCode: 'TaskFailedToStart',
    stoppedAt: Date.now() + 1_000,
    containers: [{ name: 'server', exitCode: undefined, reason: '', health: 'UNKNOWN' }],
    ...more,
  })
  const listing =
    (...tasks: Task[]): Ecs['tasks'] =>
    async (_, __, ___, known) =>
      tasks.filter(({ arn: each }) => known?.has(each) !== true)

  test('in a way that time does not heal end the wait; each is told once', async () => {
    const { failure, lines, elapsedMs } = await follow(withTasks(listing(stopped('a')), pending))
    expect(failure).toMatchObject({
      code: 'ECS_TASKS_FAIL',
      sentence: expect.stringMatching(/^The tasks of weather:2 in prod\/weather do not stay up because the image/),
      remedy: 'replace',
    })
    expect(elapsedMs).toBeLessThan(60_000)
    expect(lines).toEqual(['ECS: task a stopped: CannotPullContainerError: manifest unknown'])
  })

  test.each([
    ['before this run began: they may be repaired', { stoppedAt: 1 }],
    ['of another deployment', { startedBy: 'ecs-svc/1' }],
    [
      'because a rollout replaced them',
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/3)' },
    ],
  ])('%s do not', async (_, more) => {
    const { failure, lines } = await follow(withTasks(listing(stopped('a', more)), pending))
    expect(failure?.code).toBe('ECS_TIMEOUT')
    expect(lines.join()).not.toMatch(/task a stopped/)
  })

  test('of one kind end the wait the third time, with a circuit breaker the fifth', async () => {
    const exit = (name: string) =>
      stopped(name, {
        stoppedReason: 'Essential container in task exited',
        stopCode: 'EssentialContainerExited',
        containers: [{ name: 'server', exitCode: 3, reason: '', health: 'UNKNOWN' }],
      })
    const exits = ['a', 'b', 'c', 'd', 'e'].map(exit)
    const broken = { ...pending, circuitBreaker: true }
    const codeOf = async (count: number, state: ServiceState) =>
      (await follow(withTasks(listing(...exits.slice(0, count)), state))).failure?.code
    expect(await codeOf(2, pending)).toBe('ECS_TIMEOUT')
    expect(await codeOf(3, pending)).toBe('ECS_TASKS_FAIL')
    expect(await codeOf(4, broken)).toBe('ECS_TIMEOUT')
    expect(await codeOf(5, broken)).toBe('ECS_TASKS_FAIL')
  })

  test('and may not be seen: the log names the actions once, and the deployment is followed without', async () => {
    const denied = Object.assign(new Error('is not authorized'), { name: 'AccessDeniedException' })
    const ecs = withTasks(() => Promise.reject(denied), pending, pending, service([deployment(2, 'COMPLETED')]))
    const { failure, lines } = await follow(ecs)
    expect(failure).toBeUndefined()
    expect(lines.filter(line => line.includes('ecs:ListTasks and ecs:DescribeTasks'))).toHaveLength(1)
  })
})

test('the intervals of the looks grow from seconds to a quarter of a minute', () => {
  expect([0, 9, 10, 19, 20, 59, 60, 500].map(delayMs)).toEqual([
    1_500, 1_500, 5_000, 5_000, 10_000, 10_000, 15_000, 15_000,
  ])
})

describe('a service whose deployments something else makes', () => {
  const taskSet = (more: object = {}) => ({
    status: 'PRIMARY',
    taskDefinition: arn(7),
    desiredCount: 2,
    runningCount: 2,
    isSteady: true,
    ...more,
  })
  const of = (...taskSets: ReturnType<typeof taskSet>[]) =>
    service([], { controller: 'CODE_DEPLOY', taskSets } as Partial<ServiceState>)

  test('serves the revision of its primary task set when that is steady, and the log says once who deploys', async () => {
    const waiting = of(taskSet({ status: 'ACTIVE' }))
    const { failure, revision, lines } = await follow(
      answers(waiting, waiting, of(taskSet({ status: 'ACTIVE', taskDefinition: arn(6) }), taskSet())),
    )
    expect(failure).toBeUndefined()
    expect(revision).toBe('weather:7')
    expect(lines.filter(line => line.startsWith('CODE_DEPLOY makes the deployments of prod/weather'))).toHaveLength(1)
    expect(lines.join('\n')).toContain('Waiting for a task set of prod/weather that serves.')
  })

  test.each([
    [{ runningCount: 1 }, '1 of 2 tasks of weather:7 run.', 'ECS_TIMEOUT'],
    [{ isSteady: false }, '2 of 2 tasks of weather:7 run, not steady yet.', 'ECS_STILL_DEPLOYING'],
    [{ runningCount: 3 }, '3 of 2 tasks of weather:7 run.', 'ECS_STILL_DEPLOYING'],
  ])('with %j is waited for', async (more, text, code) => {
    const { failure } = await follow(answers(of(taskSet(more))))
    expect(failure).toMatchObject({ code, sentence: expect.stringContaining(`last seen: Waiting for ECS: ${text}`) })
  })
})

test('a cluster that is not there is named, with what to check', async () => {
  const missing = Object.assign(new Error('Cluster not found.'), { name: 'ClusterNotFoundException' })
  expect((await follow(answers(missing))).failure).toMatchObject({
    code: 'ECS_NO_SERVICE',
    sentence: 'AWS finds no cluster for ECS service prod/weather: Cluster not found.',
    fix: 'Check ecs_cluster_name (or the input ecs-cluster) and AWS_REGION.',
  })
})

describe('an answer of before the apply is asked again', () => {
  const completed = service([deployment(2, 'COMPLETED')])
  const gone = service([], { status: 'INACTIVE' })
  const before = service([deployment(1, 'COMPLETED')])
  const missing = Object.assign(new Error('Cluster not found.'), { name: 'ClusterNotFoundException' })
  /** What DescribeServices gives for a service that it marks as MISSING. */
  const absent = undefined as unknown as ServiceState

  test.each([
    ['MISSING right after CreateService', absent],
    ['INACTIVE, of a service of the same name that was deleted', gone],
    ['no cluster', missing],
    ['a desired count of 0, of before it was raised', service([deployment(2, 'COMPLETED')], { desiredCount: 0 })],
    ['the revision that served before', before],
    ['a revision of somebody else', service([deployment(9, 'COMPLETED')])],
  ])('%s', async (_, answer) => {
    expect((await follow(answers(answer, answer, completed))).failure).toBeUndefined()
    expect((await follow(answers(answer, answer, answer, completed))).failure).toBeDefined()
  })

  test('an earlier deployment of the same revision, in an answer that lags behind', async () => {
    const earlier = service([deployment(2, 'COMPLETED', { id: 'ecs-svc/old', createdAt: 500 })])
    const deploying = service([deployment(2, 'IN_PROGRESS', { runningCount: 0 })])
    expect((await follow(answers(deploying, earlier, earlier, completed))).failure).toBeUndefined()
    expect((await follow(answers(deploying, earlier, earlier, earlier, completed))).failure?.code).toBe(
      'ECS_ROLLED_BACK',
    )
  })

  test('what ECS itself says of a rollback is believed at once', async () => {
    const reason = 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.'
    const undone = service([deployment(1, 'IN_PROGRESS', { createdAt: 3_000, rolloutStateReason: reason })])
    expect((await follow(answers(undone, completed))).failure?.code).toBe('ECS_ROLLED_BACK')
  })
})

test('a newer deployment of the same revision is followed, and the log says so', async () => {
  const first = service([deployment(2, 'IN_PROGRESS', { runningCount: 0 })])
  const second = service([deployment(2, 'COMPLETED', { id: 'ecs-svc/again', createdAt: 9_000 })])
  const { failure, lines } = await follow(answers(first, second))
  expect(failure).toBeUndefined()
  expect(lines).toContain('ECS: deployment ecs-svc/again of the same revision has taken the place of ecs-svc/2.')
})

describe('the sentences', () => {
  const waitingFor = (state: ServiceState) => {
    const seen = verdict(state)
    return seen.kind === 'waiting' ? [seen.for, 'isHealthy' in seen ? seen.isHealthy : undefined] : seen.kind
  }

  test('of what is waited for', () => {
    expect(waitingFor(service([deployment(2, 'IN_PROGRESS')]))).toEqual([
      'Waiting for ECS: deployment of weather:2 is IN_PROGRESS, 2 of 2 tasks run.',
      true,
    ])
    expect(waitingFor(service([deployment(2, undefined, { runningCount: 1, failedTasks: 4 })]))).toEqual([
      'Waiting for ECS: deployment of weather:2 is running, 1 of 2 tasks run, 4 failed to start.',
      false,
    ])
    const old = deployment(1, 'COMPLETED', { status: 'ACTIVE' })
    expect(waitingFor(service([deployment(2, 'COMPLETED'), old]))).toEqual([
      'Waiting for ECS: deployment of weather:2 is COMPLETED, 2 of 2 tasks run, tasks of the revision before still run.',
      true,
    ])
    expect(waitingFor(service([deployment(2, 'COMPLETED')], { runningCount: 3 }))).toEqual([
      'Waiting for ECS: deployment of weather:2 is COMPLETED, 2 of 2 tasks run.',
      true,
    ])
    expect(waitingFor(service([deployment(2, undefined), { ...old, runningCount: 0 }]))).toBe('serving')
  })

  const failureOf = (state: ServiceState | undefined, ...more: [string?, string?]) => {
    const seen = verdict(state, ...more)
    return seen.kind === 'failed' ? seen.failure : seen
  }

  test('of a failure have the reason of ECS and two events about failures since the deployment began', () => {
    const event = (message: string, createdAt = 2_500) => ({ id: message, createdAt, message })
    const events = [
      event('tasks failed'),
      event('has started 1 tasks'),
      event('is unhealthy'),
      event('was stopped'),
      event('an old error', 1_999),
    ]
    const failedOne = deployment(2, 'FAILED', { rolloutStateReason: 'no luck.' })
    expect(failureOf(service([failedOne], { events }))).toMatchObject({
      code: 'ECS_DEPLOYMENT_FAILED',
      sentence: 'The ECS deployment of weather:2 failed: no luck. tasks failed is unhealthy',
    })
    expect(failureOf(service([deployment(2, 'FAILED')], { events: [event('an old error', 1_999)] }))).toMatchObject({
      sentence: 'The ECS deployment of weather:2 failed: ECS gives no reason.',
    })
  })

  test('of a service that is not there, not active, or has no tasks', () => {
    expect(failureOf(undefined)).toMatchObject({ sentence: 'There is no active ECS service prod/weather.' })
    expect(failureOf(service([], { status: 'DRAINING' }))).toMatchObject({
      code: 'ECS_NO_SERVICE',
      sentence: 'There is no active ECS service prod/weather (its status is DRAINING).',
    })
    expect(failureOf(service([], { desiredCount: 0 }))).toMatchObject({
      code: 'ECS_SCALED_TO_ZERO',
      sentence: 'The desired count of ECS service prod/weather is 0: no task runs, so nothing can answer.',
    })
  })

  test('of a rollback, each sign of it alone, and of a deployment by somebody else', () => {
    const other = (more: Partial<EcsDeployment> = {}) => deployment(3, 'COMPLETED', more)
    const failedOurs = deployment(2, 'FAILED', { status: 'ACTIVE', rolloutStateReason: 'no luck.' })
    const rolledBack = 'ECS rolled prod/weather back: it runs weather:3, not weather:2, which this apply made.'
    const rollbackReason = { rolloutStateReason: 'rolled back by ECS' }
    expect(failureOf(service([other(), failedOurs]))).toMatchObject({
      code: 'ECS_ROLLED_BACK',
      sentence: `${rolledBack} no luck.`,
    })
    expect(failureOf(service([other(rollbackReason)]))).toMatchObject({ sentence: `${rolledBack} rolled back by ECS` })
    expect(failureOf(service([other()]), arn(2), arn(3))).toMatchObject({
      code: 'ECS_ROLLED_BACK',
      sentence: rolledBack,
    })
    const failedRollback = other({ ...rollbackReason, rolloutState: 'FAILED' })
    for (const state of [service([other()]), service([failedRollback])])
      expect(failureOf(state)).toMatchObject({
        code: 'ECS_SUPERSEDED',
        sentence: 'Somebody deployed weather:3 to prod/weather after this apply made weather:2.',
      })
  })
})
