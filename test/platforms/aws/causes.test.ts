/**
 * The table of causes row by row: each rule finds its fact in AWS's own words, and no rule is without a row here. That the
 * facts come from AWS's protocols in this form is shown by test/platforms/failure-stories.test.ts.
 */
import { describe, expect, test } from 'vitest'
import type { FailureCode } from '../../../src/errors.ts'
import { eventRules } from '../../../src/platforms/aws/causes/event.ts'
import { instanceRules } from '../../../src/platforms/aws/causes/instance.ts'
import { balancerRules } from '../../../src/platforms/aws/causes/load-balancer.ts'
import { logRules } from '../../../src/platforms/aws/causes/log.ts'
import { microVmRules, signatureRules, tokenRules } from '../../../src/platforms/aws/causes/micro-vm.ts'
import { targetRules } from '../../../src/platforms/aws/causes/target.ts'
import { taskCause, taskRules } from '../../../src/platforms/aws/causes/task.ts'
import { explained, symptoms } from '../../../src/platforms/aws/causes.ts'
import { type Evidence, hasFailed, noEvidence } from '../../../src/platforms/aws/evidence.ts'
import type { Target, TargetGroup } from '../../../src/platforms/aws/load-balancing.ts'
import type { Task } from '../../../src/platforms/ecs/client.ts'

const task = (stoppedReason: string, more: Partial<Task> = {}, exitCode?: number): Task => ({
  arn: 'arn:aws:ecs:eu-west-1:1:task/prod/1',
  startedBy: 'ecs-svc/1',
  taskDefinition: 'weather:2',
  health: 'UNKNOWN',
  stoppedReason,
  stopCode: 'TaskFailedToStart',
  stoppedAt: 1,
  containers: [{ name: 'server', exitCode, reason: '', health: 'UNKNOWN' }],
  ...more,
})
const exited = (exitCode: number) =>
  task('Essential container in task exited', { stopCode: 'EssentialContainerExited' }, exitCode)

const base: Evidence = {
  ...noEvidence('prod/weather'),
  definition: {
    arn: 'weather:2',
    status: 'ACTIVE',
    architecture: 'ARM64',
    containers: [
      { name: 'server', image: 'acme/weather:1', essential: true, ports: [3000], healthCheck: '', log: undefined },
    ],
  },
}
const log = (...lines: string[]) => ({ container: 'server', group: 'g', stream: 's', lines })

const group = (targets: Target[], more: Partial<TargetGroup> = {}): TargetGroup => ({
  arn: 'arn:tg',
  name: 'weather',
  port: 3000,
  healthPath: '/health',
  healthyCodes: '200',
  loadBalancers: [],
  targets,
  ...more,
})
const target = (reason: string, description = '', state = 'unhealthy'): Target => ({
  id: '10.0.0.1',
  port: 3000,
  state,
  reason,
  description,
})
const codes = (status: number) =>
  target('Target.ResponseCodeMismatch', `Health checks failed with these codes: [${status}]`)

const asm =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: '

type Row = [code: string, evidence: Partial<Evidence>, clause: string]

const taskRows: Row[] = [
  [
    'IMAGE_PLATFORM',
    {
      stopped: [
        task("CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'"),
      ],
    },
    'the image "acme/weather:1" is not built for linux/amd64',
  ],
  [
    'IMAGE_RATE_LIMITED',
    { stopped: [task('CannotPullContainerError: toomanyrequests: You have reached your pull rate limit')] },
    'the registry limits how often the image "acme/weather:1" may be pulled',
  ],
  [
    'TASK_NETWORK',
    { stopped: [task('CannotPullContainerError: Head "https://x": dial tcp 1.2.3.4:443: i/o timeout')] },
    'the task has no way to the image registry',
  ],
  [
    'IMAGE_ACCESS',
    { stopped: [task('CannotPullContainerError: pull access denied')] },
    'the execution role may not pull the image "acme/weather:1"',
  ],
  [
    'IMAGE_NAME_INVALID',
    { stopped: [task('CannotPullContainerError: failed to parse: invalid reference format')] },
    '"acme/weather:1" is not the name of an image',
  ],
  [
    'IMAGE_NOT_FOUND',
    { stopped: [task('CannotPullContainerError: manifest unknown')] },
    'the image "acme/weather:1" does not exist in its registry',
  ],
  [
    'DISK_FULL',
    { stopped: [task('CannotPullContainerError: write /var/lib: no space left on device')] },
    'the image "acme/weather:1" and its files do not fit on the disk of the task',
  ],
  [
    'SECRET_KEY_MISSING',
    { stopped: [task(`${asm}retrieved secret from Secrets Manager did not contain json key token`)] },
    'a secret of the task definition has no key "token"',
  ],
  [
    'SECRET_NOT_FOUND',
    { stopped: [task(`${asm}ResourceNotFoundException: Secrets Manager can't find the specified secret.`)] },
    'a secret of the task definition does not exist, or has no value yet',
  ],
  [
    'SECRET_ACCESS',
    { stopped: [task(`${asm}AccessDeniedException: not authorized to perform: secretsmanager:GetSecretValue`)] },
    'the execution role may not read a secret of the task definition',
  ],
  [
    'SECRET_UNREADABLE',
    { stopped: [task(`${asm}service call has been retried 1 time(s): InternalServiceError: try again`)] },
    'a secret of the task definition cannot be read: "InternalServiceError: try again"',
  ],
  [
    'LOG_GROUP',
    {
      stopped: [
        task('ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log stream'),
      ],
    },
    'the log group of the container does not exist or may not be written to',
  ],
  [
    'SUBNET_FULL',
    { stopped: [task('Timeout waiting for network interface provisioning to complete.')] },
    'the subnets of the service have no address left, or no network interface could be made in them',
  ],
  [
    'ENVIRONMENT_FILE',
    { stopped: [task('ResourceInitializationError: failed to download env files: operation error S3: HeadObject')] },
    'the environment files of the task definition cannot be read from S3',
  ],
  [
    'VOLUME',
    {
      stopped: [
        task(
          'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: mount.nfs4: Connection reset by peer',
        ),
      ],
    },
    'a volume of the task cannot be mounted: "mount.nfs4: Connection reset by peer"',
  ],
  [
    'COMMAND_NOT_FOUND',
    { stopped: [task('CannotStartContainerError: exec: "./run.sh": permission denied')] },
    'container server cannot start: "./run.sh" may not be executed',
  ],
  [
    'OUT_OF_MEMORY',
    { stopped: [task('OutOfMemoryError: Container killed due to memory usage')] },
    'container server is killed because it needs more memory than it has',
  ],
  [
    'CONTAINER_UNHEALTHY',
    { stopped: [task('Task failed container health checks')] },
    'the health check of its container fails',
  ],
  [
    'TARGET_UNHEALTHY',
    { stopped: [task('Task failed ELB health checks in (target-group arn:tg)')] },
    'the health checks of the load balancer fail',
  ],
  [
    'ACCOUNT_RESTRICTED',
    { stopped: [task('Your account is currently blocked. Contact AWS Support.')] },
    'AWS restricts this account: "Your account is currently blocked"',
  ],
  [
    'ROLE_NOT_ASSUMABLE',
    {
      stopped: [
        task(
          "ECS was unable to assume the role 'arn:aws:iam::1:role/x' that was provided for this task. Please verify",
        ),
      ],
    },
    'ECS may not assume the role "arn:aws:iam::1:role/x"',
  ],
  [
    'SPOT_INTERRUPTED',
    { stopped: [task('Your Spot Task was interrupted.', { stopCode: 'SpotInterruption' })] },
    'AWS took the Spot capacity back',
  ],
  [
    'CAPACITY',
    {
      stopped: [
        task('Capacity is unavailable at this time. Please try again later or in a different availability zone'),
      ],
    },
    'AWS has no Fargate capacity left here at this time',
  ],
  ['HOST_LOST', { stopped: [task('Host EC2 (instance i-1) terminated.')] }, 'AWS stopped the host of the task'],
  [
    'STOPPED_BY_HAND',
    { stopped: [task('trying something', { stopCode: 'UserInitiated' })] },
    'somebody stopped the task: "trying something"',
  ],
  [
    'WRONG_CPU',
    { stopped: [exited(1)], log: log('exec /app: exec format error') },
    'the image "acme/weather:1" is built for another CPU than ARM64',
  ],
  [
    'MCP_SDK_REPLACED',
    {
      stopped: [exited(1)],
      log: log("ModuleNotFoundError: No module named 'mcp.server.fastmcp'. Migrate to mcp 2, or pin 'mcp<2'"),
    },
    `container server exits with code 1: it was written for version 1 of the Python package mcp, and its log shows "ModuleNotFoundError: No module named 'mcp.server.fastmcp'. Migrate to mcp 2, or pin 'mcp<2'"`,
  ],
  [
    'MODULE_MISSING',
    { stopped: [exited(1)], log: log("ModuleNotFoundError: No module named 'mcp'") },
    'container server exits with code 1: "mcp" is not in the image',
  ],
  [
    'PORT_TAKEN',
    { stopped: [exited(1)], log: log('Error: listen EADDRINUSE: address already in use :::3000') },
    'container server exits with code 1: its port is taken by another container of the task',
  ],
  [
    'DEPENDENCY_UNREACHABLE',
    { stopped: [exited(1)], log: log('Error: getaddrinfo ENOTFOUND db.internal') },
    'container server exits with code 1: it cannot reach what it needs, "ENOTFOUND db.internal"',
  ],
  [
    'CONTAINER_EXITS',
    { stopped: [exited(127)], log: log('ready') },
    'container server exits with code 127, its command was not found',
  ],
  [
    'IMAGE_PULL',
    { stopped: [task('CannotPullContainerError: something new: it broke')] },
    'the image "acme/weather:1" cannot be pulled: "something new: it broke"',
  ],
  [
    'TASK_FAILS',
    { stopped: [task('Something that AWS says since yesterday')] },
    'its tasks stop: "Something that AWS says since yesterday"',
  ],
]

/** Further words of AWS for a cause that has its row above. */
const otherWords: Row[] = [
  [
    'IMAGE_PLATFORM',
    {
      stopped: [task('CannotPullContainerError: no matching manifest for linux/arm64/v8 in the manifest list entries')],
    },
    'the image "acme/weather:1" is not built for linux/arm64/v8',
  ],
  [
    'IMAGE_PLATFORM',
    {
      stopped: [
        task(
          'CannotPullContainerError: rpc error: code = NotFound desc = failed to pull and unpack image: no match for platform in manifest: not found',
        ),
      ],
    },
    'the image "acme/weather:1" is not built for the platform of the task',
  ],
  [
    'TASK_NETWORK',
    {
      stopped: [
        task(
          'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve ecr registry auth: Post "https://api.ecr": dial tcp: i/o timeout',
        ),
      ],
    },
    'the task has no way to the image registry',
  ],
  [
    'WRONG_CPU',
    {
      stopped: [
        task(
          'CannotStartContainerError: ResourceInitializationError: runc create failed: unable to start container process: exec /app/start.sh: exec format error: unknown',
        ),
      ],
    },
    'the image "acme/weather:1" is built for another CPU than ARM64',
  ],
  [
    'WRONG_CPU',
    { stopped: [task('CannotStartContainerError: exec: "/app/start.sh": exec format error: unknown')] },
    'the image "acme/weather:1" is built for another CPU than ARM64',
  ],
]

const event = (message: string) => ({ events: [{ id: 'e', createdAt: 1, message }] })
const eventRows: Row[] = [
  [
    'ROLE_NOT_ASSUMABLE',
    event(
      "failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::1:role/x' that was provided)",
    ),
    'ECS may not assume the role "arn:aws:iam::1:role/x"',
  ],
  [
    'ACCOUNT_RESTRICTED',
    event('failed to launch a task with (error Your account is currently being verified).'),
    'AWS restricts this account: "Your account is currently being verified"',
  ],
  [
    'REVISION_INACTIVE',
    event('failed to launch a task with (error TaskDefinition is inactive).'),
    'the task definition of the service was deregistered',
  ],
  [
    'DEPLOYMENT_PERCENT',
    event(
      'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    ),
    'its smallest and largest percentage of running tasks leave no room to replace a task',
  ],
  [
    'CAPACITY',
    event('was unable to place a task. Reason: Capacity is unavailable at this time.'),
    'AWS has no capacity left for the tasks at this time',
  ],
  [
    'QUOTA',
    event("Reason: You've reached the limit on the number of tasks you can run concurrently"),
    'a quota of the account is reached (reached the limit)',
  ],
  [
    'NO_INSTANCE',
    event('was unable to place a task because no container instance met all of its requirements.'),
    'no container instance of the cluster has room for the task, or the cluster has no instance',
  ],
  [
    'NETWORK_SETTINGS',
    event("failed to launch a task with (error The subnet ID 'subnet-1' does not exist)."),
    `its network settings cannot be used: "subnet ID 'subnet-1' does not exist"`,
  ],
  [
    'TARGET_GROUP_LOOSE',
    event(
      'failed to register targets in (target-group arn:tg) with (error The target group with targetGroupArn arn:tg does not have an associated load balancer.)',
    ),
    'no listener of a load balancer forwards to its target group',
  ],
  [
    'HEALTH_CHECK_FAILS',
    event(
      '(task 1) (port 3000) is unhealthy in (target-group arn:tg) due to (reason Health checks failed with these codes: [503]).',
    ),
    'the load balancer finds its tasks unhealthy: "Health checks failed with these codes: [503]"',
  ],
]

const targetRows: Row[] = [
  ['HEALTH_PATH_MISSING', { targetGroups: [group([codes(404)])] }, 'the only target answers 404 on `/health`'],
  [
    'HEALTH_PATH_IS_MCP',
    { targetGroups: [group([codes(405), target('', '', 'healthy')], { healthPath: '/mcp' })] },
    '1 of 2 targets answers 405 on `/mcp`, the MCP path: a health check is a plain GET, which an MCP endpoint refuses',
  ],
  [
    'HEALTH_PATH_WALLED',
    { targetGroups: [group([codes(403)])] },
    'the only target answers 403 on `/health`, where health checks have no credentials and the address of the task as host name',
  ],
  [
    'HEALTH_PATH_REDIRECTS',
    { targetGroups: [group([codes(302), codes(302)])] },
    'all 2 targets answer 302 on `/health`, a redirect, which a health check does not follow',
  ],
  ['HEALTH_5XX', { targetGroups: [group([codes(503)])] }, 'the only target answers 503 on `/health`'],
  [
    'HEALTH_STATUS',
    { targetGroups: [group([codes(201)], { healthyCodes: '200' })] },
    'the only target answers 201 on `/health`, and only 200 is healthy',
  ],
  [
    'LISTENS_ON_LOOPBACK',
    { targetGroups: [group([target('Target.FailedHealthChecks')])], log: log('Listening on localhost:3000') },
    'the only target does not answer on port 3000: the server listens on 127.0.0.1 only',
  ],
  [
    'LISTENS_ON_OTHER_PORT',
    {
      targetGroups: [group([target('Target.FailedHealthChecks')])],
      log: log('Uvicorn running on http://0.0.0.0:8000'),
    },
    'the only target does not answer on port 3000: the log shows that the server listens on port 8000',
  ],
  [
    'HEALTH_TIMEOUT',
    { targetGroups: [group([target('Target.Timeout', 'Request timed out')])] },
    'the only target does not answer the health check on `/health` in time',
  ],
  [
    'PORT_CLOSED',
    { targetGroups: [group([target('Target.FailedHealthChecks')])], log: log('Listening on 0.0.0.0:3000') },
    'the only target refuses the connection of the health check on port 3000',
  ],
  [
    'TARGET_GROUP_UNUSED',
    {
      targetGroups: [group([target('Target.NotInUse', 'Target group is not configured to receive traffic', 'unused')])],
    },
    'no listener of the load balancer forwards to the target group weather',
  ],
  [
    'TARGET_STOPPED',
    { targetGroups: [group([target('Target.InvalidState', 'Target is in the stopped state', 'unused')])] },
    'the only target is stopped or terminated',
  ],
  [
    'TARGET_ADDRESS',
    { targetGroups: [group([target('Target.IpUnusable', '', 'unused')])] },
    'the address of the only target cannot be a target, because a load balancer uses it',
  ],
  [
    'LOAD_BALANCER_ERROR',
    { targetGroups: [group([target('Elb.InternalError', '', 'unavailable')])] },
    'the load balancer has an internal error with the only target',
  ],
  [
    'STILL_CHECKING',
    { targetGroups: [group([target('Elb.RegistrationInProgress', '', 'initial')])] },
    'the only target is still in the first health checks',
  ],
  ['NO_TARGETS', { targetGroups: [group([])] }, 'no target is registered in the target group weather'],
]

const balancer = (more: object) => ({
  loadBalancers: [
    {
      arn: 'a',
      name: 'weather',
      scheme: 'internet-facing',
      state: 'active',
      listeners: [{ port: 443, protocol: 'HTTPS', defaultAction: 'forward' }],
      ...more,
    },
  ],
})
const balancerRows: Row[] = [
  ['BALANCER_NOT_ACTIVE', balancer({ state: 'provisioning' }), 'the load balancer weather is provisioning'],
  ['LISTENER_MISSING', balancer({ listeners: [] }), 'the load balancer weather has no listener, not on 443'],
  [
    'BALANCER_INTERNAL',
    balancer({ scheme: 'internal' }),
    'the load balancer weather is internal: it has private addresses only',
  ],
  [
    'LISTENER_PROTOCOL',
    balancer({ listeners: [{ port: 443, protocol: 'HTTP', defaultAction: 'forward' }] }),
    'the listener on port 443 of the load balancer weather uses HTTP, and the endpoint has https://',
  ],
  [
    'LISTENER_DOES_NOT_FORWARD',
    balancer({ listeners: [{ port: 443, protocol: 'HTTPS', defaultAction: 'fixed-response' }] }),
    'the listener on port 443 of the load balancer weather answers requests that no rule forwards',
  ],
]

const running = { state: 'running', system: 'ok', instance: 'ok' }
const written = (line: string): Partial<Evidence> => ({ instance: running, console: ['booting', line] })
const instanceRows: Row[] = [
  ['INSTANCE_NOT_RUNNING', { instance: { ...running, state: 'stopping' } }, 'the instance prod/weather is stopping'],
  ['BOOT_NPM', written('npm ERR! missing: express@5'), 'npm fails while the instance boots: "missing: express@5"'],
  [
    'BOOT_PYTHON',
    written('ERROR: No matching distribution found for mcpp'),
    'the Python packages cannot be installed while the instance boots: "No matching distribution found for mcpp"',
  ],
  [
    'BOOT_SOURCE',
    written("fatal: repository 'https://git.example/x' not found"),
    `the source of the server cannot be fetched while the instance boots: "repository 'https://git.example/x' not found"`,
  ],
  [
    'BOOT_NETWORK',
    written('curl: (6) Could not resolve host: deb.nodesource.com'),
    'the instance has no way to the internet: "Could not resolve host: deb.nodesource.com"',
  ],
  [
    'BOOT_CERTIFICATE',
    written('urn:ietf:params:acme:error:dns'),
    'the certificate authority gives the instance no certificate (dns)',
  ],
  ['BOOT_MEMORY', written('Out of memory: Killed process 9 (npm)'), 'the instance ran out of memory and killed npm'],
  ['BOOT_DISK', written('tar: write error: No space left on device'), 'the disk of the instance is full'],
  [
    'UNIT_FAILED',
    written("systemd[1]: mcp.service: Failed with result 'exit-code'."),
    'the unit mcp.service of the instance fails (exit-code)',
  ],
  [
    'USER_DATA_FAILED',
    written('cloud-init: Failed to run module scripts_user'),
    'the user data script of the instance failed',
  ],
  [
    'INSTANCE_IMPAIRED',
    { instance: { ...running, system: 'impaired' } },
    'the host of the instance prod/weather does not pass its status check',
  ],
  [
    'INSTANCE_INITIALIZING',
    { instance: { ...running, instance: 'initializing' } },
    'the status checks of the instance prod/weather are not done yet',
  ],
]

const logRows: Row[] = [
  [
    'LOG_SAYS',
    { log: log('Error: out of tea', '    at kettle.js:1') },
    'the log of container server shows "Error: out of tea"',
  ],
]

const inMicroVm = (...lines: string[]): Partial<Evidence> => ({
  microVm: { failureReasons: [], authorizer: 'iam' },
  log: log(...lines),
})
const microVmRows: Row[] = [
  [
    'RUNTIME_OTHER_CPU',
    inMicroVm('exec /usr/local/bin/node: exec format error'),
    'the image is built for another CPU: "exec format error"',
  ],
  [
    'RUNTIME_MODULE_MISSING',
    inMicroVm("Error: Cannot find module 'tea'", '    at kettle.js:1'),
    'the server cannot load "tea"',
  ],
  [
    'RUNTIME_OTHER_PORT',
    inMicroVm('12:30:45 INFO started', 'INFO: Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)'),
    'the server listens elsewhere than at 0.0.0.0:8000: "running on http://127.0.0.1"',
  ],
  [
    'RUNTIME_FAILED',
    {
      microVm: { failureReasons: ['Access denied while validating ECR URI.'], authorizer: undefined },
      log: log('running on http://0.0.0.0:8000'),
    },
    'AgentCore reports "Access denied while validating ECR URI"',
  ],
]
const tokenRows: Row[] = [
  [
    'RUNTIME_WANTS_TOKENS',
    { microVm: { failureReasons: [], authorizer: 'jwt' } },
    'the runtime takes tokens of an issuer (authorizer_configuration), and the gate signed its requests',
  ],
]
const signatureRows: Row[] = [
  [
    'RUNTIME_WANTS_SIGNATURES',
    { microVm: { failureReasons: [], authorizer: 'iam' } },
    'the runtime has no authorizer_configuration, so it takes only requests with an AWS signature',
  ],
]

const endpoint = 'https://mcp.example.com/mcp'

/** A failure whose causes lie in one kind of rule alone, so that each row meets its own table. */
const failureOf = (code: FailureCode) => ({ code, sentence: 'It was seen.', fix: 'Do.', remedy: 'wait' as const })

describe.each([
  ['tasks', 'ECS_TIMEOUT', taskRules, taskRows],
  ['events', 'OLD_REVISION', eventRules, eventRows],
  ['targets', 'OLD_REVISION', targetRules, targetRows],
  ['load balancers', 'TCP_REFUSED', balancerRules, balancerRows],
  ['instances', 'EC2_TIMEOUT', instanceRules, instanceRows],
  ['logs', 'RPC_ERROR', logRules, logRows],
  ['microVMs', 'START_FAILED', microVmRules, microVmRows],
  ['tokens', 'AWS_SIGNATURE_REFUSED', tokenRules, tokenRows],
  ['signatures', 'AUTH_BARE_401', signatureRules, signatureRows],
] as const)('%s', (_, symptom, rules, rows) => {
  test.each(rows.map(row => [...row] as Row))('%s', (code, more, clause) => {
    const { cause, sentence, fix } = explained(failureOf(symptom), { ...base, ...more }, endpoint)
    const found = code === 'TARGET_UNHEALTHY' ? taskCause({ ...base, ...more })?.clause : sentence
    expect({ cause, sentence: found }).toEqual({
      cause: code,
      sentence: code === 'TARGET_UNHEALTHY' ? clause : `It was seen because ${clause}.`,
    })
    expect(fix).toMatch(/^[A-Z].*[.)]$/)
  })

  test('no rule is without a row', () => {
    expect(rows.map(([code]) => code)).toEqual(rules.map(({ code }) => code))
  })
})

test.each(otherWords)('%s is also known in other words', (code, more, clause) => {
  const found = taskCause({ ...base, ...more })
  expect({ code: found?.code, clause: found?.clause }).toEqual({ code, clause })
})

test.each([
  ['an image that is not there', task('CannotPullContainerError: manifest unknown'), 1],
  ['a secret that may not be read', task(`${asm}AccessDeniedException: not authorized`), 2],
  ['a container that exits', exited(1), 3],
  ['a Spot task that is taken back', task('Your Spot Task was interrupted.'), Number.POSITIVE_INFINITY],
])('%s is hopeless after so many times', (_, one, times) => {
  const after = (count: number) => taskCause({ ...base, stopped: Array.from({ length: count }, () => one) })?.hopeless
  if (times > 1) expect(after(Math.min(times, 50) - 1)).toBe(false)
  expect(after(Math.min(times, 50))).toBe(times <= 50)
})

test('exits with different codes are different ways, and a circuit breaker is given time for what repeats itself', () => {
  expect(taskCause({ ...base, stopped: [exited(1), exited(2), exited(3)] })?.hopeless).toBe(false)
  const thrice = { ...base, stopped: [exited(1), exited(1), exited(1)] }
  expect(taskCause(thrice)?.hopeless).toBe(true)
  expect(taskCause(thrice, 5)?.hopeless).toBe(false)
  expect(taskCause({ ...base, stopped: [task('CannotPullContainerError: manifest unknown')] }, 5)?.hopeless).toBe(true)
})

test('what a rollout stops has not failed', () => {
  const scheduler = { stopCode: 'ServiceSchedulerInitiated' }
  expect(hasFailed(task('Scaling activity initiated by (deployment ecs-svc/2)', scheduler))).toBe(false)
  expect(hasFailed(task('Task failed ELB health checks in (target-group x)', scheduler))).toBe(true)
  expect(hasFailed(exited(0))).toBe(true)
})

test('a cause decides the remedy, and a code that AWS cannot explain stays as it is', () => {
  const wrongPath = { ...base, targetGroups: [group([codes(404)])] }
  expect(explained(failureOf('ALB_503'), wrongPath, endpoint)).toMatchObject({ code: 'ALB_503', remedy: 'config' })
  expect(explained(failureOf('NOT_JSONRPC'), wrongPath, endpoint)).toEqual(failureOf('NOT_JSONRPC'))
  expect(explained(failureOf('ALB_503'), base, endpoint)).toEqual(failureOf('ALB_503'))
  expect(symptoms.NOT_JSONRPC).toBeUndefined()
})

test('hostile words stay one bounded line', () => {
  const hostile = task(`Something\n::error::x\u202e${'y'.repeat(10_000)}`)
  const { sentence } = explained(failureOf('ECS_TIMEOUT'), { ...base, stopped: [hostile] }, endpoint)
  expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(sentence.length).toBeLessThan(300)
})

test.each([
  ['port 3000', 'server listening on port 3000', 'RUNTIME_OTHER_PORT'],
  ['the right port', 'INFO: Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)', undefined],
  ['a time of day', '2026-11-28 12:30:45 server started', undefined],
])('where a server listens, by its log: %s', (_, line, cause) => {
  expect(explained(failureOf('START_FAILED'), { ...base, ...inMicroVm(line) }, endpoint).cause).toBe(cause)
})
