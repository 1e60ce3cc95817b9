/**
 * Failure stories: what AWS shows, through its real SDK clients, and the sentence, the fix and the remedy that a person
 * reads then. Each story is told by a stand-in that speaks AWS's protocols; nothing else is stood in for.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Code, failure as gateFailure } from '../../src/gate/codes.ts'
import { type ExplainedFailure, explained } from '../../src/platforms/aws/causes.ts'
import type { Evidence } from '../../src/platforms/aws/evidence.ts'
import type { Ec2Instance } from '../../src/platforms/ec2/instance.ts'
import { type EcsService, revision as versionOf } from '../../src/platforms/ecs/service.ts'
import { collectEvidence } from '../../src/platforms/evidence.ts'
import type { WatchResult } from '../../src/platforms/platform.ts'
import { waitUntilStable } from '../../src/platforms/watch.ts'
import { evidenceSection } from '../../src/report/evidence.ts'
import { type Stories, type Story, startStories } from '../support/aws-stories.ts'

const environment = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
}
let stories: Stories
let told = 0

beforeAll(async () => {
  stories = await startStories()
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL: stories.url })
})
afterAll(async () => {
  for (const name of [...Object.keys(environment), 'AWS_ENDPOINT_URL']) delete process.env[name]
  await stories[Symbol.asyncDispose]()
})

/** Seconds since 1970, as AWS's JSON writes times. */
const now = Date.now() / 1000
const account = '123456789012'
const revision = (name: string, number: number) => `arn:aws:ecs:eu-west-1:${account}:task-definition/${name}:${number}`
const groupArn = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:${account}:targetgroup/${name}/0123456789abcdef`
const image = `${account}.dkr.ecr.eu-west-1.amazonaws.com/weather:1.4.0`

type Fields = Record<string, unknown>

function deployment(name: string, number: number, rolloutState: string, more: Fields = {}): Fields {
  return {
    id: `ecs-svc/${number}`,
    status: 'PRIMARY',
    taskDefinition: revision(name, number),
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    failedTasks: 0,
    rolloutState,
    createdAt: now + number,
    ...more,
  }
}

function service(name: string, deployments: Fields[], more: Fields = {}): Fields {
  return {
    serviceName: name,
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    deployments,
    events: [],
    loadBalancers: [{ targetGroupArn: groupArn(name), containerName: 'server', containerPort: 3000 }],
    ...more,
  }
}

let tasks = 0
function task(name: string, stoppedReason: string, more: Fields = {}, container: Fields = {}): Fields {
  tasks++
  return {
    taskArn: `arn:aws:ecs:eu-west-1:${account}:task/${name}/${String(tasks).padStart(32, '0')}`,
    taskDefinitionArn: revision(name, 2),
    startedBy: 'ecs-svc/2',
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stoppedReason,
    stoppedAt: now + 10 + tasks / 1000,
    containers: [{ name: 'server', lastStatus: 'STOPPED', ...container }],
    ...more,
  }
}

/** Three tasks whose container ended like this. */
const exits = (name: string, exitCode: number, container: Fields = {}) =>
  [1, 2, 3].map(() =>
    task(
      name,
      'Essential container in task exited',
      { stopCode: 'EssentialContainerExited' },
      { exitCode, ...container },
    ),
  )
const cannotStart = (name: string, reason: string, count = 1) =>
  Array.from({ length: count }, () => task(name, reason, { stopCode: 'TaskFailedToStart' }))

const starting = (name: string, more: Fields = {}) =>
  service(name, [deployment(name, 2, 'IN_PROGRESS', { runningCount: 0 })], { runningCount: 0, ...more })
const serving = (name: string, more: Fields = {}) => service(name, [deployment(name, 2, 'COMPLETED')], more)

const event = (message: string, more: Fields = {}) => ({ id: message, createdAt: now + 5, message, ...more })

const definition = (name: string, container: Fields = {}, more: Fields = {}): Fields => ({
  taskDefinitionArn: revision(name, 2),
  status: 'ACTIVE',
  runtimePlatform: { cpuArchitecture: 'ARM64' },
  containerDefinitions: [
    {
      name: 'server',
      image,
      portMappings: [{ containerPort: 3000 }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': `/ecs/${name}`, 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'mcp' },
      },
      ...container,
    },
  ],
  ...more,
})

const group = (name: string, more: Record<string, string> = {}) => ({
  TargetGroupName: 'weather',
  Port: '3000',
  HealthCheckProtocol: 'HTTP',
  HealthCheckPath: '/health',
  Matcher: '200',
  LoadBalancerArns: `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/app/${name}/1`,
  ...more,
})

const unhealthy = (reason: string, description?: string, count = 2) =>
  Array.from({ length: count }, (_, index) => ({
    id: `10.0.0.${index + 1}`,
    state: 'unhealthy',
    reason,
    ...(description === undefined ? {} : { description }),
  }))
const healthy = { id: '10.0.1.9', state: 'healthy' }
const answering = (status: number) =>
  unhealthy('Target.ResponseCodeMismatch', `Health checks failed with these codes: [${status}]`)

const of = (name: string): EcsService => ({
  kind: 'ecs',
  cluster: 'prod',
  service: name,
  name,
  region: 'eu-west-1',
  taskDefinition: { arn: revision(name, 2), address: 'aws_ecs_task_definition.this' },
})

interface Told {
  readonly failure: ExplainedFailure | undefined
  readonly evidence: Evidence | undefined
  readonly stability: WatchResult
  readonly lines: readonly string[]
}

/** Deploys in a story: waits for it, and explains why it did not become stable, as main does. */
async function deployIn(story: (name: string) => Story, timeoutMs = 15_000): Promise<Told & { name: string }> {
  const name = `story-${String(++told).padStart(3, '0')}`
  stories.add(name, story(name))
  const lines: string[] = []
  const seen = await waitUntilStable(of(name), {
    previous: versionOf(revision(name, 1)),
    log: line => void lines.push(String(line)),
    times: { timeoutMs, delayMs: () => 100 },
  })
  if (seen.failure === undefined) return { name, failure: undefined, evidence: undefined, stability: seen, lines }
  const evidence = await collectEvidence(of(name), seen.deployment)
  const failure = explained(seen.failure, evidence, 'https://mcp.example.com/mcp', seen.observed)
  return { name, failure, evidence, stability: seen, lines }
}

/** The sentence with the name of the story left out. */
const plain = (text: string | undefined, name: string) => text?.replaceAll(name, 'weather')

describe('the deployment does not become stable', () => {
  test.each<[title: string, story: (name: string) => Story, code: string, cause: string | undefined, sentence: string]>(
    [
      [
        'the image is not there',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'IMAGE_NOT_FOUND',
        `The tasks of weather:2 in prod/weather do not stay up because the image "${image}" does not exist in its registry.`,
      ],
      [
        'the image is private, or not there',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/acme/weather:1: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
            2,
          ),
        }),
        'ECS_TASKS_FAIL',
        'IMAGE_ACCESS',
        'The tasks of weather:2 in prod/weather do not stay up because the image "docker.io/acme/weather:1" does not exist, or the registry requires credentials for it.',
      ],
      [
        'the execution role may not pull',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): AccessDeniedException: User: arn:aws:sts::1:assumed-role/exec/x is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
            2,
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'IMAGE_ACCESS',
        `The tasks of weather:2 in prod/weather do not stay up because the execution role may not pull the image "${image}".`,
      ],
      [
        'the image is for another platform',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            `CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/arm64'`,
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'IMAGE_PLATFORM',
        `The tasks of weather:2 in prod/weather do not stay up because the image "${image}" is not built for linux/arm64.`,
      ],
      [
        'there is no way to the registry',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image}: failed to do request: Head "https://${image}": dial tcp 3.5.1.2:443: i/o timeout`,
            2,
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'TASK_NETWORK',
        'The tasks of weather:2 in prod/weather do not stay up because the task has no way to the image registry.',
      ],
      [
        'there is no way to Secrets Manager',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network configuration.',
            2,
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'TASK_NETWORK',
        'The tasks of weather:2 in prod/weather do not stay up because the task has no way to Secrets Manager.',
      ],
      [
        'the execution role may not read a secret',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf from secrets manager: AccessDeniedException: User: arn:aws:sts::1:assumed-role/exec/x is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action',
            2,
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'SECRET_ACCESS',
        'The tasks of weather:2 in prod/weather do not stay up because the execution role may not read the secret "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf".',
      ],
      [
        'a secret is not there',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:123456789012:secret:gone-AbCdEf from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'SECRET_NOT_FOUND',
        'The tasks of weather:2 in prod/weather do not stay up because the secret "arn:aws:secretsmanager:eu-west-1:123456789012:secret:gone-AbCdEf" does not exist, or has no value yet.',
      ],
      [
        'a secret lacks the key',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key api_key',
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'SECRET_KEY_MISSING',
        'The tasks of weather:2 in prod/weather do not stay up because a secret of the task definition has no key "api_key".',
      ],
      [
        'the log group is not there',
        name => ({
          services: [starting(name)],
          stopped: cannotStart(
            name,
            'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
            2,
          ),
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'LOG_GROUP',
        'The tasks of weather:2 in prod/weather do not stay up because the log group "/ecs/weather" does not exist or may not be written to.',
      ],
      [
        'the command is not in the image',
        name => ({
          services: [starting(name)],
          stopped: [
            task(
              name,
              'Task failed to start',
              { stopCode: 'TaskFailedToStart' },
              {
                reason:
                  'CannotStartContainerError: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nodee": executable file not found in $PATH: unknown',
              },
            ),
          ],
          definition: definition(name),
        }),
        'ECS_TASKS_FAIL',
        'COMMAND_NOT_FOUND',
        'The tasks of weather:2 in prod/weather do not stay up because container server cannot start: "nodee" is not in the image.',
      ],
      [
        'the container exits again and again',
        name => ({
          services: [starting(name)],
          stopped: exits(name, 1),
          definition: definition(name),
          log: ['starting', 'Error: DATABASE_URL is required', '    at main (server.js:3:9)'],
        }),
        'ECS_TASKS_FAIL',
        'CONTAINER_EXITS',
        'The tasks of weather:2 in prod/weather do not stay up because container server exits with code 1; its log shows "Error: DATABASE_URL is required".',
      ],
      [
        'the container ends as if it were done',
        name => ({ services: [starting(name)], stopped: exits(name, 0), definition: definition(name), log: [] }),
        'ECS_TASKS_FAIL',
        'CONTAINER_EXITS',
        'The tasks of weather:2 in prod/weather do not stay up because container server exits with code 0, as if its work were done.',
      ],
      [
        'a module is missing in the image',
        name => ({
          services: [starting(name)],
          stopped: exits(name, 1),
          definition: definition(name),
          log: ["Error: Cannot find module 'express'", 'Require stack:', '- /app/server.js'],
        }),
        'ECS_TASKS_FAIL',
        'MODULE_MISSING',
        'The tasks of weather:2 in prod/weather do not stay up because container server exits with code 1: "express" is not in the image.',
      ],
      [
        'the image is for another CPU',
        name => ({
          services: [starting(name)],
          stopped: exits(name, 255),
          definition: definition(name),
          log: ['exec /usr/local/bin/node: exec format error'],
        }),
        'ECS_TASKS_FAIL',
        'WRONG_CPU',
        `The tasks of weather:2 in prod/weather do not stay up because the image "${image}" is built for another CPU than ARM64.`,
      ],
      [
        'the memory does not suffice',
        name => ({
          services: [starting(name)],
          stopped: exits(name, 137, { reason: 'OutOfMemoryError: Container killed due to memory usage' }),
          definition: definition(name),
          log: [],
        }),
        'ECS_TASKS_FAIL',
        'OUT_OF_MEMORY',
        'The tasks of weather:2 in prod/weather do not stay up because container server is killed because it needs more memory than it has.',
      ],
      [
        'the database is not reachable',
        name => ({
          services: [starting(name)],
          stopped: exits(name, 1),
          definition: definition(name),
          log: ['AggregateError', 'connect ECONNREFUSED 10.0.3.4:5432'],
        }),
        'ECS_TASKS_FAIL',
        'DEPENDENCY_UNREACHABLE',
        'The tasks of weather:2 in prod/weather do not stay up because container server exits with code 1: it cannot reach what it needs, "ECONNREFUSED 10.0.3.4:5432".',
      ],
      [
        "the container's own health check fails",
        name => ({
          services: [starting(name)],
          stopped: [1, 2, 3].map(() =>
            task(
              name,
              'Task failed container health checks',
              { stopCode: 'ServiceSchedulerInitiated' },
              { healthStatus: 'UNHEALTHY', exitCode: 143 },
            ),
          ),
          definition: definition(name, {
            healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:3000/health'] },
          }),
          log: [],
        }),
        'ECS_TASKS_FAIL',
        'CONTAINER_UNHEALTHY',
        'The tasks of weather:2 in prod/weather do not stay up because the health check of container server fails: "CMD-SHELL curl -f http://localhost:3000/health".',
      ],
      [
        'the load balancer finds no health path, and the definition says which one there is',
        name => ({
          services: [starting(name)],
          stopped: [1, 2, 3].map(() =>
            task(name, `Task failed ELB health checks in (target-group ${groupArn(name)})`, {
              stopCode: 'ServiceSchedulerInitiated',
            }),
          ),
          definition: definition(name, {
            healthCheck: { command: ['CMD-SHELL', 'wget -q http://127.0.0.1:3000/health'] },
          }),
          log: [],
          targetGroup: group(name, { HealthCheckPath: '/healthz' }),
          targets: answering(404),
          balancer: {},
        }),
        'ECS_TASKS_FAIL',
        'HEALTH_PATH_MISSING',
        "The tasks of weather:2 in prod/weather do not stay up because all 2 targets answer 404 on `/healthz`; the server's health path is `/health`.",
      ],
      [
        'ECS has taken the unhealthy targets away already, and rolled back',
        name => ({
          services: [
            service(
              name,
              [
                deployment(name, 1, 'IN_PROGRESS', {
                  rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.',
                }),
                deployment(name, 2, 'FAILED', { status: 'ACTIVE', runningCount: 0 }),
              ],
              {
                events: [
                  event(
                    `(service ${name}) (task 1) (port 3000) is unhealthy in (target-group ${groupArn(name)}) due to (reason Health checks failed with these codes: [406]).`,
                  ),
                ],
              },
            ),
          ],
          stopped: [
            task(name, `Task failed ELB health checks in (target-group ${groupArn(name)})`, {
              stopCode: 'ServiceSchedulerInitiated',
            }),
          ],
          definition: definition(name),
          log: [],
          targetGroup: group(name, { HealthCheckPath: '/mcp' }),
          targets: [healthy],
          balancer: {},
        }),
        'ECS_ROLLED_BACK',
        'HEALTH_PATH_IS_MCP',
        'ECS rolled prod/weather back: it runs weather:1, not weather:2, which this apply made, because the tasks answer 406 on `/mcp`, the MCP path: a health check is a plain GET, which an MCP endpoint refuses.',
      ],
      [
        'a rollback whose reason nobody may see',
        name => ({
          services: [
            service(name, [
              deployment(name, 1, 'COMPLETED'),
              deployment(name, 2, 'FAILED', {
                status: 'ACTIVE',
                runningCount: 0,
                rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
              }),
            ]),
          ],
          refused: {
            ListTasks: 'AccessDeniedException',
            DescribeTargetHealth: 'AccessDenied',
            DescribeTargetGroups: 'AccessDenied',
          },
          definition: definition(name),
        }),
        'ECS_ROLLED_BACK',
        undefined,
        'ECS rolled prod/weather back: it runs weather:1, not weather:2, which this apply made. ECS deployment circuit breaker: tasks failed to start.',
      ],
      [
        'a rollback to an earlier deployment of the same revision',
        name => ({
          services: [
            starting(name, {
              deployments: [
                deployment(name, 2, 'IN_PROGRESS', { id: 'ecs-svc/new', createdAt: now + 9, runningCount: 0 }),
                deployment(name, 2, 'COMPLETED', { id: 'ecs-svc/old', createdAt: now, status: 'ACTIVE' }),
              ],
            }),
            service(name, [deployment(name, 2, 'COMPLETED', { id: 'ecs-svc/old', createdAt: now })]),
          ],
          stopped: [
            task(
              name,
              'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key token',
              { stopCode: 'TaskFailedToStart', startedBy: 'ecs-svc/new', stoppedAt: now - 600 },
            ),
          ],
          definition: definition(name),
        }),
        'ECS_ROLLED_BACK',
        'SECRET_KEY_MISSING',
        'ECS rolled prod/weather back to an earlier deployment of weather:2, ecs-svc/old, because a secret of the task definition has no key "token".',
      ],
      [
        'a first deployment that the circuit breaker ended',
        name => ({
          services: [
            starting(name, {
              deployments: [
                deployment(name, 2, 'FAILED', {
                  runningCount: 0,
                  rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
                }),
              ],
            }),
          ],
          stopped: exits(name, 139),
          definition: definition(name),
          log: ['ready'],
        }),
        'ECS_DEPLOYMENT_FAILED',
        'CONTAINER_EXITS',
        'The ECS deployment of weather:2 failed because container server exits with code 139, it crashed with a segmentation fault.',
      ],
      [
        'ECS may not assume the role',
        name => ({
          services: [
            starting(name, {
              deployments: [deployment(name, 2, 'FAILED', { runningCount: 0 })],
              events: [
                event(
                  `(service ${name}) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::123456789012:role/exec' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions).`,
                ),
              ],
            }),
          ],
          stopped: [],
          running: [],
          definition: definition(name),
        }),
        'ECS_DEPLOYMENT_FAILED',
        'ROLE_NOT_ASSUMABLE',
        'The ECS deployment of weather:2 failed because ECS may not assume the role "arn:aws:iam::123456789012:role/exec".',
      ],
      [
        'somebody else deployed',
        name => ({ services: [service(name, [deployment(name, 3, 'COMPLETED')])] }),
        'ECS_SUPERSEDED',
        undefined,
        'Somebody deployed weather:3 to prod/weather after this apply made weather:2.',
      ],
      [
        'nothing is wanted to run',
        name => ({
          services: [
            service(name, [deployment(name, 2, 'COMPLETED', { desiredCount: 0, runningCount: 0 })], {
              desiredCount: 0,
              runningCount: 0,
            }),
          ],
        }),
        'ECS_SCALED_TO_ZERO',
        undefined,
        'The desired count of ECS service prod/weather is 0: no task runs, so nothing can answer.',
      ],
      [
        'there is no such service',
        () => ({ services: [null] }),
        'ECS_NO_SERVICE',
        undefined,
        'There is no active ECS service prod/weather.',
      ],
    ],
  )('%s', async (_, story, code, cause, sentence) => {
    const { failure, name } = await deployIn(story)
    expect({ code: failure?.code, cause: failure?.cause, sentence: plain(failure?.sentence, name) }).toEqual({
      code,
      cause,
      sentence,
    })
    expect(failure?.fix).toMatch(/[a-z].*\.$/)
  })

  test.each<[title: string, story: (name: string) => Story, cause: string, sentence: string]>([
    [
      'AWS has no capacity',
      name => ({
        services: [
          starting(name, {
            events: [
              event(
                `(service ${name}) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.`,
              ),
            ],
          }),
        ],
        stopped: [],
        running: [],
        definition: definition(name),
        targetGroup: group(name),
        refused: { DescribeTargetHealth: 'AccessDenied' },
      }),
      'CAPACITY',
      'The ECS deployment of weather:2 was not complete after 0 s because AWS has no capacity left for the tasks at this time.',
    ],
    [
      'the quota of the account is used up',
      name => ({
        services: [
          starting(name, {
            events: [
              event(
                `(service ${name}) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.`,
              ),
            ],
          }),
        ],
        stopped: [],
        running: [],
        definition: definition(name),
      }),
      'QUOTA',
      'The ECS deployment of weather:2 was not complete after 0 s because a quota of the account is reached (reached the limit).',
    ],
    [
      'the registry limits pulls',
      name => ({
        services: [starting(name)],
        stopped: cannotStart(
          name,
          'CannotPullContainerError: pull image manifest has been retried 5 time(s): httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/acme/weather/manifests/1: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.',
          5,
        ),
        definition: definition(name),
      }),
      'IMAGE_RATE_LIMITED',
      `The ECS deployment of weather:2 was not complete after 0 s because the registry limits how often the image "${image}" may be pulled.`,
    ],
    [
      'the targets do not listen on their port',
      name => ({
        services: [starting(name, { deployments: [deployment(name, 2, 'IN_PROGRESS')] })],
        stopped: [],
        running: [task(name, '', { stoppedAt: undefined, lastStatus: 'RUNNING' })],
        definition: definition(name),
        log: ['weather MCP server listening on http://127.0.0.1:3000/mcp'],
        targetGroup: group(name),
        targets: unhealthy('Target.FailedHealthChecks', 'Health checks failed'),
        balancer: {},
      }),
      'LISTENS_ON_LOOPBACK',
      'The ECS deployment of weather:2 was not complete after 0 s because all 2 targets do not answer on port 3000: the server listens on 127.0.0.1 only.',
    ],
    [
      'no listener forwards to the target group',
      name => ({
        services: [starting(name, { deployments: [deployment(name, 2, 'IN_PROGRESS')] })],
        stopped: [],
        running: [],
        definition: definition(name),
        targetGroup: group(name),
        targets: [
          {
            id: '10.0.0.1',
            state: 'unused',
            reason: 'Target.NotInUse',
            description: 'Target group is not configured to receive traffic from the load balancer',
          },
        ],
        balancer: {},
      }),
      'TARGET_GROUP_UNUSED',
      'The ECS deployment of weather:2 was not complete after 0 s because no listener of the load balancer forwards to the target group weather.',
    ],
  ])('the time is up: %s', async (_, story, cause, sentence) => {
    const { failure, name } = await deployIn(story, 1)
    expect({ code: failure?.code, cause: failure?.cause, sentence: plain(failure?.sentence, name) }).toEqual({
      // Tasks that run are not to blame; only what AWS shows beside them is.
      code: /LOOPBACK|UNUSED/.test(cause) ? 'ECS_STILL_DEPLOYING' : 'ECS_TIMEOUT',
      cause,
      sentence,
    })
  })
})

describe('the gate fails, and AWS knows why', () => {
  /** The gate's failure of this code, joined with what AWS shows. */
  async function gateIn(story: (name: string) => Story, code: Code, sentence: string, endpoint: string) {
    const name = `story-${String(++told).padStart(3, '0')}`
    stories.add(name, story(name))
    const evidence = await collectEvidence(of(name))
    return { name, evidence, failure: explained(gateFailure(code, 'initialize', sentence), evidence, endpoint) }
  }
  const behind = (name: string, more: Story): Story => ({
    services: [serving(name)],
    stopped: [],
    running: [task(name, '', { stoppedAt: undefined })],
    definition: definition(name),
    log: ['ready'],
    targetGroup: group(name),
    targets: [healthy],
    balancer: { listeners: [{ port: 443, protocol: 'HTTPS', action: 'forward' }] },
    ...more,
  })
  const from503 = 'POST /mcp answered HTTP 503.'

  test.each<
    [
      title: string,
      more: (name: string) => Story,
      code: Code,
      seen: string,
      cause: string | undefined,
      sentence: string,
      remedy: string,
      endpoint?: string,
    ]
  >([
    [
      'the health path is wrong',
      name => ({
        targetGroup: group(name, { HealthCheckPath: '/healthz' }),
        targets: answering(404),
        definition: definition(name, {
          healthCheck: { command: ['CMD', 'curl', '-f', 'http://localhost:3000/health'] },
        }),
      }),
      'ALB_503',
      from503,
      'HEALTH_PATH_MISSING',
      "503 from the load balancer because all 2 targets answer 404 on `/healthz`; the server's health path is `/health`.",
      'config',
    ],
    [
      'the health path is wrong and nobody says which is right',
      name => ({ targetGroup: group(name, { HealthCheckPath: '/healthz' }), targets: answering(404).slice(1) }),
      'ALB_503',
      from503,
      'HEALTH_PATH_MISSING',
      '503 from the load balancer because the only target answers 404 on `/healthz`.',
      'config',
    ],
    [
      'the health path wants credentials',
      () => ({ targets: answering(401) }),
      'ALB_503',
      from503,
      'HEALTH_PATH_WALLED',
      '503 from the load balancer because all 2 targets answer 401 on `/health`, where health checks have no credentials and the address of the task as host name.',
      'config',
    ],
    [
      'the health path redirects',
      () => ({ targets: [...answering(301), healthy] }),
      'FLAPPING',
      'Of 10 rounds 4 failed.',
      'HEALTH_PATH_REDIRECTS',
      'Of 10 rounds 4 failed because 2 of 3 targets answer 301 on `/health`, a redirect, which a health check does not follow.',
      'config',
    ],
    [
      'the server says that it is not well',
      () => ({ targets: answering(500), log: ['boot', 'Error: cannot open /data/index.db'] }),
      'ALB_503',
      from503,
      'HEALTH_5XX',
      '503 from the load balancer because all 2 targets answer 500 on `/health`; the log of the server shows "Error: cannot open /data/index.db".',
      'replace',
    ],
    [
      'the health status is not among the healthy ones',
      () => ({ targets: answering(204) }),
      'ALB_503',
      from503,
      'HEALTH_STATUS',
      '503 from the load balancer because all 2 targets answer 204 on `/health`, and only 200 is healthy.',
      'config',
    ],
    [
      'the server listens on another port',
      () => ({
        targets: unhealthy('Target.FailedHealthChecks', 'Health checks failed'),
        log: ['Server listening on port 8080'],
      }),
      'ALB_502',
      'POST /mcp answered HTTP 502.',
      'LISTENS_ON_OTHER_PORT',
      '502 from the load balancer because all 2 targets do not answer on port 3000: the log shows that the server listens on port 8080.',
      'config',
    ],
    [
      'nothing listens on the port',
      () => ({ targets: unhealthy('Target.FailedHealthChecks', 'Health checks failed', 1) }),
      'ALB_502',
      'POST /mcp answered HTTP 502.',
      'PORT_CLOSED',
      '502 from the load balancer because the only target refuses the connection of the health check on port 3000.',
      'wait',
    ],
    [
      'a security group is in the way',
      () => ({ targets: unhealthy('Target.Timeout', 'Request timed out') }),
      'ALB_504',
      'POST /mcp answered HTTP 504.',
      'HEALTH_TIMEOUT',
      '504 from the load balancer because all 2 targets do not answer the health check on `/health` in time.',
      'wait',
    ],
    [
      'no target is there',
      () => ({ targets: [] }),
      'ALB_503',
      from503,
      'NO_TARGETS',
      '503 from the load balancer because no target is registered in the target group weather.',
      'wait',
    ],
    [
      'all targets are leaving',
      () => ({ targets: [{ id: '10.0.0.1', state: 'draining', reason: 'Target.DeregistrationInProgress' }] }),
      'ALB_503',
      from503,
      'NO_TARGETS',
      '503 from the load balancer because all targets of the target group weather are leaving it.',
      'wait',
    ],
    [
      'the first health checks are not over',
      () => ({ targets: [{ id: '10.0.0.1', state: 'initial', reason: 'Elb.InitialHealthChecking' }] }),
      'ALB_503',
      from503,
      'STILL_CHECKING',
      '503 from the load balancer because the only target is still in the first health checks.',
      'wait',
    ],
    [
      'the zone of the targets is not served',
      () => ({
        targets: [
          {
            id: '10.0.0.1',
            state: 'unused',
            reason: 'Target.NotInUse',
            description: 'Target is in an Availability Zone that is not enabled for the load balancer',
          },
        ],
      }),
      'ALB_503',
      from503,
      'TARGET_GROUP_UNUSED',
      '503 from the load balancer because the only target is in an Availability Zone that the load balancer does not serve.',
      'config',
    ],
    [
      'the container crashes on the request',
      name => ({
        stopped: [exits(name, 1)[0] as Fields],
        log: ["TypeError: Cannot read properties of undefined (reading 'tools')", '    at POST /mcp'],
      }),
      'ALB_502',
      'POST /mcp answered HTTP 502.',
      'CONTAINER_EXITS',
      `502 from the load balancer because container server exits with code 1; its log shows "TypeError: Cannot read properties of undefined (reading 'tools')".`,
      'replace',
    ],
    [
      'tasks of another deployment do not count',
      name => ({ stopped: [{ ...exits(name, 1)[0], startedBy: 'ecs-svc/1' }] }),
      'ALB_502',
      'POST /mcp answered HTTP 502.',
      undefined,
      'POST /mcp answered HTTP 502.',
      'replace',
    ],
    [
      'tasks that a rollout replaced do not count',
      name => ({
        stopped: [
          task(
            name,
            'Scaling activity initiated by (deployment ecs-svc/3)',
            { stopCode: 'ServiceSchedulerInitiated' },
            { exitCode: 143 },
          ),
        ],
      }),
      'ALB_502',
      'POST /mcp answered HTTP 502.',
      undefined,
      'POST /mcp answered HTTP 502.',
      'replace',
    ],
    [
      'the server fails on the request, and its log says why',
      () => ({ log: ['POST /mcp', 'error: relation "tools" does not exist'] }),
      'RPC_ERROR',
      'The server answered initialize with error -32603, "internal error".',
      'LOG_SAYS',
      'The server answered initialize with error -32603, "internal error" because the log of container server shows "error: relation "tools" does not exist".',
      'replace',
    ],
    [
      'the load balancer does not listen on the port',
      () => ({ balancer: { listeners: [{ port: 80, protocol: 'HTTP', action: 'forward' }] } }),
      'TCP_REFUSED',
      'Nothing listens at mcp.example.com:443: the connection was refused.',
      'LISTENER_MISSING',
      'Nothing listens at mcp.example.com:443: the connection was refused because the load balancer weather listens on 80, not on 443.',
      'config',
    ],
    [
      'the load balancer is internal',
      () => ({ balancer: { scheme: 'internal', listeners: [{ port: 443, protocol: 'HTTPS', action: 'forward' }] } }),
      'TCP_TIMEOUT',
      'mcp.example.com:443 does not answer connection attempts at all.',
      'BALANCER_INTERNAL',
      'mcp.example.com:443 does not answer connection attempts at all because the load balancer weather is internal: it has private addresses only.',
      'config',
    ],
    [
      'the listener speaks HTTP',
      () => ({ balancer: { listeners: [{ port: 443, protocol: 'HTTP', action: 'forward' }] } }),
      'TLS_NOT_TLS',
      'mcp.example.com:443 does not speak TLS.',
      'LISTENER_PROTOCOL',
      'mcp.example.com:443 does not speak TLS because the listener on port 443 of the load balancer weather uses HTTP, and the endpoint has https://.',
      'config',
    ],
    [
      'the listener answers by itself',
      () => ({ balancer: { listeners: [{ port: 443, protocol: 'HTTPS', action: 'fixed-response' }] } }),
      'ALB_404',
      'POST /mcp answered HTTP 404.',
      'LISTENER_DOES_NOT_FORWARD',
      '404 from the load balancer because the listener on port 443 of the load balancer weather answers requests that no rule forwards.',
      'config',
    ],
    [
      'what only the gate can know stays as it is',
      () => ({ targets: answering(404) }),
      'NOT_JSONRPC',
      'The reply is JSON and no JSON-RPC.',
      undefined,
      'The reply is JSON and no JSON-RPC.',
      'config',
    ],
  ])('%s', async (_, more, code, seen, cause, sentence, remedy, endpoint = 'https://mcp.example.com/mcp') => {
    const { failure, name } = await gateIn(story => behind(story, more(story)), code, seen, endpoint)
    expect({ ...failure, sentence: plain(failure.sentence, name) }).toMatchObject({ code, sentence, remedy })
    expect(failure.cause).toBe(cause)
  })

  test('tasks that stopped and events that came before the gate began are not its cause', async () => {
    const name = `story-${String(++told).padStart(3, '0')}`
    const unhealthyEvent = event(
      `(service ${name}) (port 3000) is unhealthy in (target-group ${groupArn(name)}) due to (reason Request timed out).`,
    )
    const before = { stopped: exits(name, 1), services: [serving(name, { events: [unhealthyEvent] })] }
    stories.add(name, behind(name, before))
    const began = Date.now()
    expect(await collectEvidence(of(name), undefined, began)).toMatchObject({ stopped: [{}, {}, {}], events: [{}] })
    expect(await collectEvidence(of(name), undefined, began + 3_600_000)).toMatchObject({ stopped: [], events: [] })
  })

  test('each detail that may not be seen is left out, with the action that would give it', async () => {
    const refused = ['DescribeServices', 'ListTasks', 'DescribeTaskDefinition', 'DescribeTargetHealth', 'GetLogEvents']
    for (const action of refused) {
      const { evidence } = await gateIn(
        name =>
          behind(name, {
            refused: { [action]: action.startsWith('DescribeTarget') ? 'AccessDenied' : 'AccessDeniedException' },
          }),
        'ALB_503',
        from503,
        'https://mcp.example.com/mcp',
      )
      const named = evidence.omitted.map(omission => omission.action ?? omission.why)
      expect(named.join(), action).toMatch(new RegExp(`:${action}`))
      const others = { targetGroups: evidence.targetGroups.length, definition: evidence.definition !== undefined }
      if (action === 'ListTasks') expect(others).toEqual({ targetGroups: 1, definition: true })
      expect(String(evidenceSection({ evidence }, 10_000))).toMatch(
        new RegExp(`would be here if the role of this job had .*${action}`),
      )
    }
  })
})

describe('an EC2 instance', () => {
  const instance = { state: 'running', system: 'ok', check: 'ok' }
  async function bootIn(story: Story, code: 'ready' | Code, seen = '') {
    const instanceId = `i-${String(++told).padStart(17, '0')}`
    stories.add(instanceId, story)
    const target: Ec2Instance = { kind: 'ec2', instanceId, region: 'eu-west-1', address: 'aws_instance.this' }
    const ready = await waitUntilStable(target, { log: () => {}, times: { timeoutMs: 1 } })
    const failure = code === 'ready' ? ready.failure : gateFailure(code, 'initialize', seen)
    if (failure === undefined) return { instanceId, failure: undefined }
    const evidence = await collectEvidence(target)
    return { instanceId, evidence, failure: explained(failure, evidence, 'https://mcp.example.com/mcp') }
  }

  test('that passes both checks is ready', async () => {
    expect((await bootIn({ instance }, 'ready')).failure).toBeUndefined()
  })

  test.each<[title: string, story: Story, code: string, cause: string | undefined, sentence: string]>([
    [
      'is stopped',
      { instance: { state: 'stopped', system: 'not-applicable', check: 'not-applicable' }, console: '' },
      'EC2_NOT_RUNNING',
      undefined,
      'The instance i-1 is stopped: nothing can answer there.',
    ],
    [
      'is not there',
      { instance: null, console: '' },
      'EC2_NO_INSTANCE',
      undefined,
      'There is no EC2 instance i-1 in this account and region.',
    ],
    [
      'does not come up',
      { instance: { ...instance, check: 'impaired' }, console: 'Kernel panic - not syncing' },
      'EC2_TIMEOUT',
      'INSTANCE_IMPAIRED',
      'The instance i-1 did not pass its status checks within 0 s; last seen: Waiting for EC2: the instance i-1 is running, its system check ok, its instance check impaired because the instance i-1 does not pass its status check.',
    ],
    [
      'may not be watched',
      { refused: { DescribeInstanceStatus: 'UnauthorizedOperation' } },
      'EC2_ACCESS',
      undefined,
      'AWS does not let this job watch the instance i-1: User is not authorized to perform this, or it does not exist (UnauthorizedOperation)',
    ],
  ])('that %s', async (_, story, code, cause, sentence) => {
    const { failure, instanceId } = await bootIn(story, 'ready')
    expect({ code: failure?.code, sentence: failure?.sentence.replaceAll(instanceId, 'i-1') }).toEqual({
      code,
      sentence,
    })
    expect(failure && 'cause' in failure ? failure.cause : undefined).toBe(cause)
  })

  test.each<[title: string, console: string, cause: string, sentence: string]>([
    [
      'npm ci fails',
      '[   31.2] cloud-init[812]: \u001b[31mnpm error\u001b[0m code EUSAGE\r\n[   31.3] cloud-init[812]: npm error `npm ci` can only install with an existing package-lock.json\r\n',
      'BOOT_NPM',
      'Nothing listens because npm fails while the instance boots: "code EUSAGE".',
    ],
    [
      'the source cannot be fetched',
      'cloud-init[812]: fatal: Remote branch v9 not found in upstream origin',
      'BOOT_SOURCE',
      'Nothing listens because the source of the server cannot be fetched while the instance boots: "Remote branch v9 not found in upstream origin".',
    ],
    [
      'the unit fails',
      'systemd[1]: mcp-server.service: Main process exited, code=exited, status=1/FAILURE',
      'UNIT_FAILED',
      'Nothing listens because the unit mcp-server.service of the instance fails (1/FAILURE).',
    ],
    [
      'there is no internet',
      'Temporary failure in name resolution',
      'BOOT_NETWORK',
      'Nothing listens because the instance has no way to the internet: "Temporary failure in name resolution".',
    ],
    [
      'the memory does not suffice',
      '[ 90.1] Out of memory: Killed process 1234 (node) total-vm:2000kB',
      'BOOT_MEMORY',
      'Nothing listens because the instance ran out of memory and killed node.',
    ],
    [
      'the user data script fails',
      'cloud-init[812]: 2026-11-22 - util.py[WARNING]: Failed to run module scripts-user (scripts in /var/lib/cloud)',
      'USER_DATA_FAILED',
      'Nothing listens because the user data script of the instance failed.',
    ],
    [
      'no certificate is given',
      'caddy[9]: "type":"urn:ietf:params:acme:error:rateLimited"',
      'BOOT_CERTIFICATE',
      'Nothing listens because the certificate authority gives the instance no certificate (rateLimited).',
    ],
  ])('whose server does not come up: %s', async (_, console, cause, sentence) => {
    const { failure, evidence } = await bootIn({ instance, console }, 'TCP_REFUSED', 'Nothing listens.')
    expect(failure).toMatchObject({ code: 'TCP_REFUSED', cause, sentence })
    expect(evidence?.console.join('')).not.toMatch(/[\p{Cc}]/u)
  })

  test('whose console may not be read is judged without it', async () => {
    const { failure, evidence } = await bootIn(
      { instance, refused: { GetConsoleOutput: 'UnauthorizedOperation' } },
      'TCP_REFUSED',
      'Nothing listens.',
    )
    expect(failure).toMatchObject({ code: 'TCP_REFUSED', sentence: 'Nothing listens.' })
    expect(evidence?.omitted).toMatchObject([{ action: 'ec2:GetConsoleOutput' }])
  })
})
