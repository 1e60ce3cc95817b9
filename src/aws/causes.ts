/**
 * Why AWS does not run what was deployed, in one table of rules: each reads one fact of the evidence in AWS's own words
 * and completes a sentence that began with what was seen. The first rule that finds its fact wins, so a table goes from
 * the special to the general. Pure; the words of AWS are in the Developer Guides of Amazon ECS ("Stopped tasks error
 * messages", "Service event messages") and Elastic Load Balancing (API_TargetHealth).
 */
import type { Task, TaskContainer } from '../clients/ecs.ts'
import type { Target, TargetGroup } from '../clients/load-balancing.ts'
import type { Failure } from '../errors.ts'
import type { Evidence } from './evidence.ts'

/** What was found; `clause` completes "… because" and has no full stop. */
export interface Cause {
  readonly code: string
  readonly clause: string
  readonly fix: string
  /** Undefined where the cause says nothing about what helps: then what the symptom says counts. */
  readonly remedy: Failure['remedy'] | undefined
}

interface Rule {
  readonly code: string
  readonly remedy: Failure['remedy'] | undefined
  readonly clause: (evidence: Evidence, endpoint: URL | undefined) => string | undefined
  readonly fix: string | ((evidence: Evidence) => string)
}

// --- Stopped tasks -------------------------------------------------------------------------------------------------

/** How many tasks must have stopped in this way before waiting is given up; Infinity: time may heal it. */
type Patience = number

interface TaskRule {
  readonly code: string
  readonly remedy: Failure['remedy'] | undefined
  readonly patience: Patience
  /** Over the task's stopped reason, its stop code, and what its containers say, one a line. */
  readonly reads: RegExp
  readonly clause: (match: RegExpExecArray, task: Task, evidence: Evidence) => string | undefined
  readonly fix: string
}

/** Tasks that end in the same way this often will do so again. */
const SAME_WAY = 3

/** What the network stack says when there is no way to an address. */
const NO_WAY =
  'i/o timeout|dial tcp|context deadline exceeded|no such host|network is unreachable|connection refused|TLS handshake timeout|request canceled|Client\\.Timeout'

const DENIED = 'AccessDenied|not authorized|UnauthorizedOperation|no identity-based policy|\\b403\\b'

export const taskRules: readonly TaskRule[] = [
  {
    code: 'IMAGE_PLATFORM',
    remedy: 'replace',
    patience: 1,
    reads: /descriptor matching platform '?([\w/.-]+)|image operating system .* cannot be used/i,
    clause: ([, platform], task, evidence) =>
      `the image ${imageOf(task, evidence)} is not built for ${platform ?? 'the operating system of the task'}`,
    fix: 'Build the image for the platform of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set the cpu_architecture of the task definition to the one of the image.',
  },
  {
    code: 'IMAGE_RATE_LIMITED',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /toomanyrequests|pull rate limit/i,
    clause: (_, task, evidence) => `the registry limits how often the image ${imageOf(task, evidence)} may be pulled`,
    fix: 'Run it again later, or pull through ECR (a pull through cache rule) or with credentials of the registry (repositoryCredentials).',
  },
  {
    code: 'TASK_NETWORK',
    remedy: 'config',
    patience: 2,
    reads: new RegExp(`(?:CannotPull|ResourceInitialization).*?(?:${NO_WAY})`, 'i'),
    clause: ([text]) =>
      `the task has no way to ${/CannotPull|registry auth from/i.test(text) ? 'the image registry' : placeIn(text)}`,
    fix: 'Give the tasks a way out: a public address in a public subnet (assign_public_ip), a NAT gateway, or VPC endpoints for ecr.api, ecr.dkr, s3, logs and secretsmanager; and let their security group reach port 443.',
  },
  {
    code: 'IMAGE_ACCESS',
    remedy: 'replace',
    patience: 2,
    reads: new RegExp(
      `(?:CannotPull|registry auth from|ecr:).*?(?:${DENIED}|pull access denied|insufficient_scope|authorization failed|unauthorized|no basic auth)`,
      'i',
    ),
    clause: (_, task, evidence) =>
      /does not exist or may require/i.test(task.stoppedReason)
        ? `the image ${imageOf(task, evidence)} does not exist, or the registry wants credentials for it`
        : `the execution role may not pull the image ${imageOf(task, evidence)}`,
    fix: 'Check the name of the image. For ECR give the execution role AmazonECSTaskExecutionRolePolicy and, across accounts, a repository policy; for another registry give repositoryCredentials.',
  },
  {
    code: 'IMAGE_NAME_INVALID',
    remedy: 'replace',
    patience: 1,
    reads: /invalid reference format|could not parse reference|repository name must be lowercase/i,
    clause: (_, task, evidence) => `${imageOf(task, evidence)} is no name of an image`,
    fix: 'Correct the image of the task definition: REGISTRY/REPOSITORY:TAG in small letters, or with @sha256:… in place of the tag.',
  },
  {
    code: 'IMAGE_NOT_FOUND',
    remedy: 'replace',
    patience: 1,
    reads: /CannotPull.*?(?:not found|manifest unknown|name unknown|does not exist|\b404\b)/i,
    clause: (_, task, evidence) => `the image ${imageOf(task, evidence)} does not exist in its registry`,
    fix: 'Push the image before the deployment, or correct its name and tag; in another account or region the same name is another image.',
  },
  {
    code: 'DISK_FULL',
    remedy: 'replace',
    patience: 2,
    reads: /no space left on device/i,
    clause: (_, task, evidence) =>
      `the image ${imageOf(task, evidence)} and its files do not fit on the disk of the task`,
    fix: 'Make the image smaller, or give the task definition more ephemeral_storage (21 to 200 GiB on Fargate).',
  },
  {
    code: 'SECRET_KEY_MISSING',
    remedy: 'replace',
    patience: 1,
    reads: /did not contain json key ([^\s,:]+)|secret .*(?:invalid character|not valid JSON)/i,
    clause: ([text, key], task) =>
      key === undefined
        ? `${secretIn(text, task)} is not JSON, and the task definition takes one key of it`
        : `${secretIn(text, task)} has no key "${key}"`,
    fix: 'Put the key into the value of the secret, a JSON object, or correct the key in the valueFrom of the task definition (ARN:KEY::).',
  },
  {
    code: 'SECRET_NOT_FOUND',
    remedy: 'replace',
    patience: 1,
    reads:
      /(?:secret|parameter|ssm|asm).*?(?:ResourceNotFound|can't find the specified secret|ParameterNotFound|invalid (?:ssm )?parameters|was marked for deletion|scheduled for deletion)/i,
    clause: ([text], task) => `${secretIn(text, task)} does not exist, or has no value yet`,
    fix: 'Create the secret and give it a value before the deployment, in the account and region of the task, or correct the valueFrom of the task definition.',
  },
  {
    code: 'SECRET_ACCESS',
    remedy: 'replace',
    patience: 2,
    reads: new RegExp(
      `(?:pull secrets|retrieve secret|fetch secret|from asm|from ssm|ssm parameters?).*?(?:${DENIED}|KMS)`,
      'i',
    ),
    clause: ([text], task) => `the execution role may not read ${secretIn(text, task)}`,
    fix: 'Give the execution role (not the task role) secretsmanager:GetSecretValue or ssm:GetParameters on it, and kms:Decrypt on its key when that is your own.',
  },
  {
    code: 'SECRET_UNREADABLE',
    remedy: 'replace',
    patience: 2,
    reads: /unable to (?:pull secrets|retrieve secret|get secret)|fetching secret data|failed to fetch secret/i,
    clause: (_, task) =>
      `${secretIn(task.stoppedReason, task)} cannot be read: ${quoted(lastWords(task.stoppedReason))}`,
    fix: 'Check that the secrets of the task definition exist in this account and region, have values, and may be read by the execution role.',
  },
  {
    code: 'LOG_GROUP',
    remedy: 'replace',
    patience: 2,
    reads: /failed to (?:validate logger args|create Cloudwatch log (?:stream|group))|log group does not exist/i,
    clause: (_, __, evidence) => {
      const log = evidence.definition?.containers.find(container => container.log !== undefined)?.log
      return `the log group ${log === undefined ? 'of the container' : `"${log.group}"`} does not exist or may not be written to`
    },
    fix: 'Create the log group before the service (aws_cloudwatch_log_group), and give the execution role logs:CreateLogStream and logs:PutLogEvents.',
  },
  {
    code: 'SUBNET_FULL',
    remedy: 'config',
    patience: 2,
    reads:
      /not enough free addresses|InsufficientFreeAddresses|insufficient.*\bIP\b|RESOURCE:ENI|network interface provision/i,
    clause: () => 'the subnets of the service have no address left, or no network interface could be made in them',
    fix: 'Give the service larger or further subnets, and look for network interfaces that nothing uses any more.',
  },
  {
    code: 'VOLUME',
    remedy: 'config',
    patience: 2,
    reads: /EFS utils|failed to mount|mount\.nfs|volume.*(?:attach|mount)/i,
    clause: (_, task) => `a volume of the task cannot be mounted: ${quoted(lastWords(task.stoppedReason))}`,
    fix: 'Check that the file system has a mount target in each subnet of the service, that its security group lets port 2049 in, and the access point and its policy.',
  },
  {
    code: 'COMMAND_NOT_FOUND',
    remedy: 'replace',
    patience: 1,
    reads:
      /exec: "[^"]+"|(?:CannotStart|CannotCreate).*?(?:executable file not found|no such file or directory|permission denied)/i,
    clause: ({ input }, task) => {
      const command = /exec: "([^"]+)"/.exec(input)?.[1]
      const what = command === undefined ? 'its command' : `"${quotable(command)}"`
      const why = /permission denied/i.test(input) ? 'may not be executed' : 'is not in the image'
      return `container ${failing(task)?.name ?? ''} cannot start: ${what} ${why}`
    },
    fix: 'Correct the command or entry point of the container, or put the program into the image (COPY, chmod +x). A slim image has no shell, no curl and no npm of its own.',
  },
  {
    code: 'OUT_OF_MEMORY',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /OutOfMemory/i,
    clause: (_, task) => `container ${failing(task)?.name ?? ''} is killed because it needs more memory than it has`,
    fix: 'Raise the memory of the task definition and of the container, or limit the server (NODE_OPTIONS=--max-old-space-size).',
  },
  {
    code: 'CONTAINER_UNHEALTHY',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /failed container health checks/i,
    clause: (_, task, evidence) => {
      const sick = task.containers.find(({ health }) => health === 'UNHEALTHY')
      const command = evidence.definition?.containers.find(({ name, healthCheck }) =>
        sick === undefined ? healthCheck !== '' : name === sick.name,
      )?.healthCheck
      return `the health check of ${sick === undefined ? 'its container' : `container ${sick.name}`} fails${command ? `: ${quoted(command)}` : ''}`
    },
    fix: 'Run the command of the health check in the image: it must exit with 0, and its program (curl is in no slim image) must be there. Raise startPeriod when the server starts slowly.',
  },
  {
    code: 'TARGET_UNHEALTHY',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /failed ELB health checks/i,
    clause: (_, __, evidence) => targetCause(evidence)?.clause ?? 'the health checks of the load balancer fail',
    fix: 'Make the health path of the target group answer with a healthy status, and raise health_check_grace_period_seconds when the server starts slowly.',
  },
  {
    code: 'SPOT_INTERRUPTED',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /SpotInterruption|Spot Task was interrupted/i,
    clause: () => 'AWS took the Spot capacity back',
    fix: 'Run it again, or let the first tasks run on FARGATE (base of its capacity provider).',
  },
  {
    code: 'CAPACITY',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /capacity is unavailable/i,
    clause: () => 'AWS has no Fargate capacity left here at this time',
    fix: 'Run it again later, give the service subnets in more Availability Zones, or another task size.',
  },
  {
    code: 'HOST_LOST',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /Host EC2|TerminationNotice|maintenance|retire/i,
    clause: () => 'AWS stopped the host of the task',
    fix: 'Run it again: ECS starts the task elsewhere.',
  },
  {
    code: 'STOPPED_BY_HAND',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /UserInitiated/,
    clause: (_, task) => `somebody stopped the task: ${quoted(task.stoppedReason)}`,
    fix: 'Find out who stops tasks of this service (CloudTrail, StopTask), and run it again.',
  },
  {
    code: 'WRONG_CPU',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /^/,
    clause: (_, task, evidence) =>
      sayingIn(evidence, task, /exec format error/i) === undefined
        ? undefined
        : `the image ${imageOf(task, evidence)} is built for another CPU than ${evidence.definition?.architecture ?? 'that of the task'}`,
    fix: 'Build the image for the CPU of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set cpu_architecture of the task definition.',
  },
  {
    code: 'MODULE_MISSING',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /EssentialContainerExited|Essential container/i,
    clause: (_, task, evidence) => {
      const module = sayingIn(
        evidence,
        task,
        /(?:Cannot find (?:module|package) ['"]?([^'"]+)|No module named ['"]?([^'"]+))/,
      )
      return module === undefined ? undefined : `${exit(task)}: "${quotable(module)}" is not in the image`
    },
    fix: 'Install it in the image: it must be among the dependencies (not the development ones), and be copied into the last stage of the Dockerfile.',
  },
  {
    code: 'PORT_TAKEN',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /EssentialContainerExited|Essential container/i,
    clause: (_, task, evidence) =>
      sayingIn(evidence, task, /EADDRINUSE|address already in use/i) === undefined
        ? undefined
        : `${exit(task)}: its port is taken by another container of the task`,
    fix: 'Containers of one task share its ports: give each its own.',
  },
  {
    code: 'DEPENDENCY_UNREACHABLE',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /EssentialContainerExited|Essential container/i,
    clause: (_, task, evidence) => {
      const line = sayingIn(evidence, task, /\b(?:ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|Connection refused)\b.*/i)
      return line === undefined ? undefined : `${exit(task)}: it cannot reach what it needs, ${quoted(line)}`
    },
    fix: 'Check the address and the credentials that the server is given for it, and that the security groups let the task in there.',
  },
  {
    code: 'CONTAINER_EXITS',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /EssentialContainerExited|Essential container/i,
    clause: (_, task, evidence) => {
      const line = evidence.log?.container === failing(task)?.name ? lastSaying(evidence.log?.lines ?? []) : undefined
      return `${exit(task)}${line === undefined ? '' : `; its log says ${quoted(line)}`}`
    },
    fix: 'Read the end of the log of the container below: the server must start with the settings and secrets of the task definition, and stay.',
  },
  {
    code: 'IMAGE_PULL',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /CannotPull/i,
    clause: (_, task, evidence) =>
      `the image ${imageOf(task, evidence)} cannot be pulled: ${quoted(lastWords(task.stoppedReason))}`,
    fix: 'Pull the image by hand with the name of the task definition; its registry must be reachable from the subnets of the service.',
  },
  {
    code: 'TASK_FAILS',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /\S/,
    clause: (_, task) => `its tasks stop: ${quoted(task.stoppedReason || task.stopCode)}`,
    fix: 'Look the message up in the ECS Developer Guide, "Stopped tasks error messages".',
  },
]

/** A cause together with how often it was seen. */
export interface TaskCause extends Cause {
  readonly times: number
  /** Waiting does not heal it. */
  readonly hopeless: boolean
}

/**
 * Why the tasks stop: the cause that waiting does not heal, else the one of the newest.
 * @param patience the fewest tasks that must end in one way before that is given up; a rule that is sure needs fewer
 */
export function taskCause(evidence: Evidence, patience: Patience = SAME_WAY): TaskCause | undefined {
  const found = new Map<string, { cause: Cause; rule: TaskRule; times: number }>()
  for (const task of evidence.stopped) {
    const [rule, cause] = readTask(task, evidence)
    if (rule === undefined || cause === undefined) continue
    const { name, exitCode } = failing(task) ?? {}
    const way = `${rule.code} ${name} ${exitCode}`
    found.set(way, { cause, rule, times: (found.get(way)?.times ?? 0) + 1 })
  }
  const causes = [...found.values()].map(({ cause, rule, times }) => ({
    ...cause,
    times,
    hopeless: times >= (rule.patience < SAME_WAY ? rule.patience : Math.max(rule.patience, patience)),
  }))
  return causes.find(({ hopeless }) => hopeless) ?? causes[0]
}

function readTask(task: Task, evidence: Evidence): [TaskRule?, Cause?] {
  const text = [task.stopCode, task.stoppedReason, ...task.containers.map(({ reason }) => reason)].join('\n')
  for (const rule of taskRules) {
    const match = rule.reads.exec(text)
    const clause = match === null ? undefined : rule.clause(match, task, evidence)
    if (clause !== undefined) return [rule, { code: rule.code, clause, fix: rule.fix, remedy: rule.remedy }]
  }
  return []
}

/** The container for which the task stopped: one that says why or ended badly, else the first that ended. */
export function failing({ containers }: Task): TaskContainer | undefined {
  return (
    containers.find(({ exitCode, reason }) => reason !== '' || (exitCode !== undefined && exitCode !== 0)) ??
    containers.find(({ exitCode }) => exitCode !== undefined) ??
    containers[0]
  )
}

/** Exit codes of programs and shells, and 128 + the number of the signal that ended them. */
const exits: Readonly<Record<number, string>> = {
  0: ', as if its work were done',
  126: ', its command may not be executed',
  127: ', its command was not found',
  132: ', an illegal instruction: built for another CPU?',
  134: ', it aborted',
  137: ', it was killed, often for want of memory',
  139: ', it crashed with a segmentation fault',
  143: ', it was told to stop',
}

function exit(task: Task): string {
  const { name = '', exitCode } = failing(task) ?? {}
  if (exitCode === undefined) return `container ${name} ends`
  return `container ${name} exits with code ${exitCode}${exits[exitCode] ?? ''}`
}

function imageOf(task: Task, { definition }: Evidence): string {
  const name = failing(task)?.name
  const defined = definition?.containers.find(container => container.name === name)?.image
  const image = defined ?? /(?:ref|for|pull) "?((?:[\w.-]+\/)*[\w.-]+[:@][\w:.-]*\w)/.exec(task.stoppedReason)?.[1]
  return image === undefined ? 'of the container' : `"${quotable(image)}"`
}

function secretIn(text: string, task: Task): string {
  const arn = /arn:[\w-]+:(?:secretsmanager|ssm):[\w:/+=.@!-]+/.exec(`${text}\n${task.stoppedReason}`)?.[0]
  return arn === undefined ? 'a secret of the task definition' : `the secret "${arn.replace(/[:.]+$/, '')}"`
}

function placeIn(text: string): string {
  if (/secret|asm/i.test(text)) return 'Secrets Manager'
  if (/ssm/i.test(text)) return 'Parameter Store'
  return /log/i.test(text) ? 'CloudWatch Logs' : 'the AWS APIs'
}

// --- Service events ------------------------------------------------------------------------------------------------

const eventRule = (
  code: string,
  remedy: Failure['remedy'],
  reads: RegExp,
  clause: (match: RegExpExecArray) => string,
  fix: string,
): Rule => ({
  code,
  remedy,
  clause: ({ events }) => {
    for (const { message } of events) {
      const match = reads.exec(message)
      if (match !== null) return clause(match)
    }
    return undefined
  },
  fix,
})

export const eventRules: readonly Rule[] = [
  eventRule(
    'ROLE_NOT_ASSUMABLE',
    'config',
    /unable to assume (?:the )?role '?([^'\s)]+)/i,
    ([, role = '']) => `ECS may not assume the role "${quotable(role)}"`,
    'Let ecs-tasks.amazonaws.com assume the role (its trust policy), and check that the role exists.',
  ),
  eventRule(
    'CAPACITY',
    'wait',
    /capacity is unavailable|insufficient capacity/i,
    () => 'AWS has no capacity left for the tasks at this time',
    'Run it again later, give the service subnets in more Availability Zones, or another task size.',
  ),
  eventRule(
    'QUOTA',
    'config',
    /reached the limit|limit on the number of|vCPU.*limit|quota/i,
    ([text]) => `a quota of the account is reached (${quotable(text)})`,
    'Ask for more in Service Quotas ("Fargate On-Demand vCPU resource count"), or stop what is not needed.',
  ),
  eventRule(
    'NO_INSTANCE',
    'config',
    /no container instances? (?:met all of its requirements|were found)/i,
    () => 'no container instance of the cluster has room for the task, or there is none',
    'Add instances to the cluster (its Auto Scaling group), make the task smaller, or run it on Fargate.',
  ),
  eventRule(
    'NETWORK_SETTINGS',
    'config',
    /((?:subnets?|security groups?)[^.]*(?:does not exist|do not exist|not exist|invalid|not found))/i,
    ([, text = '']) => `its network settings cannot be used: ${quoted(text)}`,
    'Correct the subnets and security groups of the service; all of them must be of one VPC.',
  ),
  eventRule(
    'TARGET_GROUP_LOOSE',
    'config',
    /does not have an associated load balancer/i,
    () => 'no listener of a load balancer forwards to its target group',
    'Add a listener or a listener rule that forwards to the target group, and let the service depend on it (depends_on).',
  ),
  eventRule(
    'HEALTH_CHECK_FAILS',
    'replace',
    /is unhealthy in .*?due to \(reason (.+?)\)\.?$/i,
    ([, reason = '']) => `the load balancer finds its tasks unhealthy: ${quoted(reason)}`,
    'Make the health path of the target group answer with a healthy status, and raise health_check_grace_period_seconds when the server starts slowly.',
  ),
]

// --- Target health -------------------------------------------------------------------------------------------------

/** The targets of the group that a rule is about, and how to say how many that is of all. */
interface Sick {
  readonly group: TargetGroup
  readonly who: string
  readonly path: string
  readonly status: number | undefined
  readonly port: number | undefined
}

/** @param about which targets, by state, reason and description */
function sick(evidence: Evidence, about: RegExp, status = /^/): Sick | undefined {
  for (const group of evidence.targetGroups) {
    const present = group.targets.filter(({ state }) => state !== 'draining')
    const isMeant = ({ state, reason, description }: Target) =>
      about.test(`${state} ${reason}`) && status.test(statusIn(description) ?? '')
    const those = present.filter(isMeant)
    const [first] = those.length > 0 ? those : unhealthyBefore(evidence, group).filter(isMeant)
    if (first === undefined) continue
    const seen = statusIn(first.description)
    return {
      group,
      who: those.length === 0 ? 'the tasks' : howMany(those.length, present.length),
      path: `\`${quotable(group.healthPath || '/')}\``,
      status: seen === undefined ? undefined : Number(seen),
      port: first.port ?? group.port,
    }
  }
  return undefined
}

function howMany(those: number, all: number): string {
  if (those < all) return `${those} of ${all} targets`
  return all === 1 ? 'the only target' : `all ${all} targets`
}

/** Targets that ECS has taken out of the group already, by what it said of them. */
function unhealthyBefore({ events }: Evidence, group: TargetGroup): Target[] {
  return events.flatMap(({ message }) => {
    const [, port, arn, description = ''] =
      /(?:\(port (\d+)\) )?is unhealthy in \(target-group ([^)]+)\) due to \(reason (.+?)\)\.?$/.exec(message) ?? []
    if (arn !== group.arn) return []
    const reason = /codes/.test(description)
      ? 'ResponseCodeMismatch'
      : /timed? ?out/i.test(description)
        ? 'Timeout'
        : 'FailedHealthChecks'
    return [
      {
        id: '',
        port: port === undefined ? undefined : Number(port),
        state: 'unhealthy',
        reason: `Target.${reason}`,
        description,
      },
    ]
  })
}

/** `Health checks failed with these codes: [404]` → `404`, the first of several. */
function statusIn(description: string): string | undefined {
  return /codes?: \[(\d{3})/.exec(description)?.[1]
}

/** `all 2 targets answer` and `the only target answers` */
function verb({ who }: Sick, several: string, one: string): string {
  return `${who} ${who === 'the only target' || who.startsWith('1 of') ? one : several}`
}

const MISMATCH = /Target\.ResponseCodeMismatch/

const targetRule = (
  code: string,
  remedy: Failure['remedy'],
  about: RegExp,
  clause: (targets: Sick, evidence: Evidence, endpoint: URL | undefined) => string | undefined,
  fix: Rule['fix'],
  status?: RegExp,
): Rule => ({
  code,
  remedy,
  clause: (evidence, endpoint) => {
    const found = sick(evidence, about, status)
    return found && clause(found, evidence, endpoint)
  },
  fix,
})

const answers = (targets: Sick): string =>
  `${verb(targets, 'answer', 'answers')} ${targets.status ?? ''} on ${targets.path}`

export const targetRules: readonly Rule[] = [
  targetRule(
    'HEALTH_PATH_MISSING',
    'config',
    MISMATCH,
    (targets, evidence) => {
      const path = healthPathOf(evidence)
      const other =
        path === undefined || path === targets.group.healthPath
          ? ''
          : `; the server's health path is \`${quotable(path)}\``
      return `${answers(targets)}${other}`
    },
    evidence => {
      const path = healthPathOf(evidence)
      return path === undefined
        ? 'Set the health check path of the target group to a path that the server answers with 200 to a plain GET (never the MCP path), or let the server answer there.'
        : `Set the health check path of the target group to ${path}.`
    },
    /^404$/,
  ),
  targetRule(
    'HEALTH_PATH_IS_MCP',
    'config',
    MISMATCH,
    (targets, _, endpoint) =>
      `${answers(targets)}${endpoint?.pathname === targets.group.healthPath ? ', the MCP path' : ''}: a health check is a plain GET, which an MCP endpoint refuses`,
    'Set the health check path of the target group to a path that answers 200 to a plain GET, such as /health: MCP paths answer POST.',
    /^(400|405|406|415)$/,
  ),
  targetRule(
    'HEALTH_PATH_WALLED',
    'config',
    MISMATCH,
    targets => `${answers(targets)}, where health checks have no credentials and the address of the task as host name`,
    'Let the health path answer without authorization and for every host name (allowedHosts of the MCP SDK), or choose another path for the health checks.',
    /^(401|403|421)$/,
  ),
  targetRule(
    'HEALTH_PATH_REDIRECTS',
    'config',
    MISMATCH,
    targets => `${answers(targets)}, a redirect, which a health check does not follow`,
    'Set the health check path of the target group to where the redirect leads, or let the server not redirect there.',
    /^3\d\d$/,
  ),
  targetRule(
    'HEALTH_5XX',
    'replace',
    MISMATCH,
    (targets, { log }) => {
      const line = lastSaying(log?.lines ?? [])
      return `${answers(targets)}${line === undefined ? '' : `; the log of the server says ${quoted(line)}`}`
    },
    'Read the log of the server: it starts, and says of itself that it is not well.',
    /^5\d\d$/,
  ),
  targetRule(
    'HEALTH_STATUS',
    'config',
    MISMATCH,
    targets => `${answers(targets)}, and only ${targets.group.healthyCodes || '200'} is healthy`,
    'Let the health path answer with a healthy status, or add the status to the matcher of the target group.',
  ),
  targetRule(
    'LISTENS_ON_LOOPBACK',
    'replace',
    /Target\.FailedHealthChecks|Target\.Timeout/,
    (targets, { log }) =>
      log?.lines.some(line =>
        /(?:listen|running|started|serving|bound).*(?:127\.0\.0\.1|localhost|\[::1\])[:\s]/i.test(`${line} `),
      )
        ? `${verb(targets, 'do not answer', 'does not answer')} on port ${targets.port}: the server listens on 127.0.0.1 only`
        : undefined,
    'Let the server listen on 0.0.0.0: what listens on 127.0.0.1 is heard by its own container alone.',
  ),
  targetRule(
    'LISTENS_ON_OTHER_PORT',
    'config',
    /Target\.FailedHealthChecks|Target\.Timeout/,
    (targets, { log }) => {
      const port = portIn(log?.lines ?? [])
      return port === undefined || port === targets.port
        ? undefined
        : `${verb(targets, 'do not answer', 'does not answer')} on port ${targets.port}: the log says that the server listens on port ${port}`
    },
    'Use one port for the server (often the variable PORT), the port mapping of the container and the target group.',
  ),
  targetRule(
    'HEALTH_TIMEOUT',
    'wait',
    /Target\.Timeout/,
    targets => `${verb(targets, 'do not answer', 'does not answer')} the health check on ${targets.path} in time`,
    'Let the security group of the tasks accept the load balancer on the container port; when the server only starts slowly, raise the timeout of the health check and health_check_grace_period_seconds.',
  ),
  targetRule(
    'PORT_CLOSED',
    'wait',
    /Target\.FailedHealthChecks/,
    targets => `${verb(targets, 'refuse', 'refuses')} the connection of the health check on port ${targets.port}`,
    'Let the server listen on 0.0.0.0 and on the container port of the task definition, which must be that of the target group.',
  ),
  targetRule(
    'TARGET_GROUP_UNUSED',
    'config',
    /Target\.NotInUse/,
    targets =>
      /availability zone/i.test(targets.group.targets.map(({ description }) => description).join(' '))
        ? `${verb(targets, 'are', 'is')} in an Availability Zone that the load balancer does not serve`
        : `no listener of the load balancer forwards to the target group ${targets.group.name}`,
    'Add a listener or a listener rule that forwards to the target group, and give the load balancer a subnet in each Availability Zone of the tasks.',
  ),
  targetRule(
    'TARGET_STOPPED',
    'replace',
    /Target\.InvalidState/,
    targets => `${verb(targets, 'are', 'is')} stopped or terminated`,
    'Start the instance, or register the one that runs.',
  ),
  targetRule(
    'TARGET_ADDRESS',
    'config',
    /Target\.IpUnusable/,
    targets => `the address of ${targets.who} cannot be a target, because a load balancer uses it`,
    'Register the addresses of the tasks, not one of a load balancer.',
  ),
  targetRule(
    'LOAD_BALANCER_ERROR',
    'wait',
    /Elb\.InternalError/,
    targets => `the load balancer has an internal error with ${targets.who}`,
    'Run it again; the AWS Health Dashboard shows whether Elastic Load Balancing has trouble.',
  ),
  targetRule(
    'STILL_CHECKING',
    'wait',
    /Elb\.(?:InitialHealthChecking|RegistrationInProgress)/,
    targets => `${verb(targets, 'are', 'is')} still in the first health checks`,
    'Shorten the interval and the healthy threshold of the health check, or raise the deadline (ecs-timeout, mcp-timeout).',
  ),
  {
    code: 'NO_TARGETS',
    remedy: 'wait',
    clause: ({ targetGroups }) => {
      const empty = targetGroups.find(({ targets }) => targets.every(({ state }) => state === 'draining'))
      if (empty === undefined) return undefined
      return empty.targets.length === 0
        ? `no target is registered in the target group ${empty.name}`
        : `all targets of the target group ${empty.name} are leaving it`
    },
    fix: 'Look at the service for why it runs no task: its desired count, its events, and its stopped tasks.',
  },
]

function targetCause(evidence: Evidence, endpoint?: URL): Cause | undefined {
  return firstOf(targetRules, evidence, endpoint)
}

/** The path that the container's own health check asks, such as `/health` of `curl -f http://localhost:3000/health`. */
function healthPathOf({ definition }: Evidence): string | undefined {
  for (const { healthCheck } of definition?.containers ?? []) {
    const path = /https?:\/\/[\w.[\]:-]+(\/[\w./~-]*)/.exec(healthCheck)?.[1]
    if (path !== undefined) return path
  }
  return undefined
}

function portIn(lines: readonly string[]): number | undefined {
  for (const line of lines.toReversed()) {
    const port = /(?:listen|running|started|serving|server).*?(?:port\s*:?\s*|:)(\d{2,5})\b/i.exec(line)?.[1]
    if (port !== undefined) return Number(port)
  }
  return undefined
}

// --- Load balancer -------------------------------------------------------------------------------------------------

const balancerRule = (
  code: string,
  remedy: Failure['remedy'],
  clause: (balancer: Evidence['loadBalancers'][number], endpoint: URL) => string | undefined,
  fix: string,
): Rule => ({
  code,
  remedy,
  clause: ({ loadBalancers }, endpoint) => {
    if (endpoint === undefined) return undefined
    for (const balancer of loadBalancers) {
      const found = clause(balancer, endpoint)
      if (found !== undefined) return found
    }
    return undefined
  },
  fix,
})

export const balancerRules: readonly Rule[] = [
  balancerRule(
    'BALANCER_NOT_ACTIVE',
    'wait',
    ({ name, state }) => (state === 'active' || state === '' ? undefined : `the load balancer ${name} is ${state}`),
    'Wait until the load balancer is active; when it failed, its subnets have no free addresses.',
  ),
  balancerRule(
    'LISTENER_MISSING',
    'config',
    ({ name, listeners }, endpoint) => {
      const ports = listeners.map(({ port }) => port)
      const has = ports.length === 0 ? 'has no listener' : `listens on ${ports.join(' and ')}`
      return ports.includes(portOf(endpoint))
        ? undefined
        : `the load balancer ${name} ${has}, not on ${portOf(endpoint)}`
    },
    'Add a listener for the port of the endpoint, or correct the port in the output mcp_endpoint.',
  ),
  balancerRule(
    'BALANCER_INTERNAL',
    'config',
    ({ name, scheme }) =>
      scheme === 'internal' ? `the load balancer ${name} is internal: it has private addresses only` : undefined,
    'Make the load balancer internet-facing (internal = false) in public subnets, or run this job on a runner inside the VPC.',
  ),
  balancerRule(
    'LISTENER_PROTOCOL',
    'config',
    ({ name, listeners }, endpoint) => {
      const listener = listeners.find(({ port }) => port === portOf(endpoint))
      const wanted = endpoint.protocol === 'https:' ? 'HTTPS' : 'HTTP'
      return listener === undefined || !/^HTTPS?$/.test(listener.protocol) || listener.protocol === wanted
        ? undefined
        : `the listener on port ${listener.port} of the load balancer ${name} speaks ${listener.protocol}, and the endpoint says ${endpoint.protocol}//`
    },
    'Let the listener and the output mcp_endpoint agree: HTTPS with a certificate and https://, or HTTP and http://.',
  ),
  balancerRule(
    'LISTENER_DOES_NOT_FORWARD',
    'config',
    ({ name, listeners }, endpoint) => {
      const listener = listeners.find(({ port }) => port === portOf(endpoint))
      return listener?.defaultAction === 'fixed-response'
        ? `the listener on port ${listener.port} of the load balancer ${name} answers by itself what no rule forwards`
        : undefined
    },
    'Add a listener rule for this host and path that forwards to the target group, or make forward the default action.',
  ),
]

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

// --- Instance ------------------------------------------------------------------------------------------------------

const consoleRule = (
  code: string,
  remedy: Failure['remedy'],
  reads: RegExp,
  clause: (match: RegExpExecArray) => string,
  fix: string,
): Rule => ({
  code,
  remedy,
  clause: evidence => {
    for (const line of evidence.console) {
      const match = reads.exec(line)
      if (match !== null) return clause(match)
    }
    return undefined
  },
  fix,
})

export const instanceRules: readonly Rule[] = [
  {
    code: 'INSTANCE_NOT_RUNNING',
    remedy: 'replace',
    clause: ({ instance, subject }) =>
      instance === undefined || instance.state === 'running'
        ? undefined
        : `the instance ${subject} is ${instance.state}`,
    fix: 'Look at the state transition reason of the instance in the EC2 console; a Spot instance may have been taken back.',
  },
  consoleRule(
    'BOOT_NPM',
    'replace',
    /npm (?:ERR!|error) (?!A complete log)(.*\S)/,
    ([, said = '']) => `npm fails while the instance boots: ${quoted(said)}`,
    'Run npm ci with the same lock file and Node version on your machine, and repair what it says.',
  ),
  consoleRule(
    'BOOT_PYTHON',
    'replace',
    /(?:ERROR: (?=Could not|No matching|Failed)|error: (?=Failed to|No solution))(.*\S)/,
    ([, said = '']) => `the Python packages cannot be installed while the instance boots: ${quoted(said)}`,
    'Install them with the same Python version on your machine, and repair what is said.',
  ),
  consoleRule(
    'BOOT_SOURCE',
    'config',
    /fatal: (.*(?:not found|could not read|Authentication failed|unable to access|Remote branch).*)/i,
    ([, said = '']) => `the source of the server cannot be fetched while the instance boots: ${quoted(said)}`,
    'Check the address, the branch or tag, and the credentials of the repository that the instance clones.',
  ),
  consoleRule(
    'BOOT_NETWORK',
    'config',
    /(Temporary failure (?:in name )?resol\w+.*|Could not resolve host:? \S+|Network is unreachable.*)/i,
    ([, said = '']) => `the instance has no way to the internet: ${quoted(said)}`,
    'Give its subnet a route to an internet gateway and the instance a public address, or a NAT gateway; and let its security group out.',
  ),
  consoleRule(
    'BOOT_CERTIFICATE',
    'config',
    /urn:ietf:params:acme:error:(\w+)/,
    ([, kind = '']) => `the certificate authority gives the instance no certificate (${kind})`,
    "Let the name of the endpoint point at the instance and open port 80; with rateLimited, wait: Let's Encrypt gives five certificates a week for the same names.",
  ),
  consoleRule(
    'BOOT_MEMORY',
    'replace',
    /Out of memory: Killed process \d+ \(([^)]+)\)/i,
    ([, program = '']) => `the instance ran out of memory and killed ${quotable(program)}`,
    'Take a larger instance type, or add swap.',
  ),
  consoleRule(
    'BOOT_DISK',
    'replace',
    /no space left on device/i,
    () => 'the disk of the instance is full',
    'Enlarge the root volume of the instance.',
  ),
  consoleRule(
    'UNIT_FAILED',
    'replace',
    /([\w@.-]+\.service): (?:Main process exited, code=\w+, status=(\S+)|Failed with result '([^']+)')/,
    ([, unit = '', status, result]) => `the unit ${unit} of the instance fails (${status ?? result})`,
    'Read the lines of the unit at the end of the console output below: the server must start with the settings it is given there.',
  ),
  consoleRule(
    'USER_DATA_FAILED',
    'replace',
    /Failed to run module scripts[-_]user|(?:part-001|user[-_]?data).*(?:failed|Failed|exit)/,
    () => 'the user data script of the instance failed',
    'Read the end of the console output below for the command that failed.',
  ),
  {
    code: 'INSTANCE_IMPAIRED',
    remedy: 'replace',
    clause: ({ instance, subject }) => {
      if (instance?.system === 'impaired') return `the host of the instance ${subject} does not pass its status check`
      return instance?.instance === 'impaired' ? `the instance ${subject} does not pass its status check` : undefined
    },
    fix: 'Look at the end of the console output below for why the operating system does not come up; when the host is impaired, stop and start the instance.',
  },
  {
    code: 'INSTANCE_INITIALIZING',
    remedy: 'wait',
    clause: ({ instance, subject }) =>
      instance?.instance === 'initializing'
        ? `the status checks of the instance ${subject} are not done yet`
        : undefined,
    fix: 'Run it again in a few minutes, or raise ec2-timeout and mcp-timeout.',
  },
]

// --- The log of the server -----------------------------------------------------------------------------------------

export const logRules: readonly Rule[] = [
  {
    code: 'LOG_SAYS',
    remedy: undefined,
    clause: ({ log }) => {
      const line = lastSaying(log?.lines ?? [])
      return line === undefined ? undefined : `the log of container ${log?.container} says ${quoted(line)}`
    },
    fix: 'Read the end of the log below, and repair what it says.',
  },
]

const SAYING = /\b(?:error|exception|fatal|panic|failed|cannot|denied|refused|traceback)\b/i
const NAMED = /\bE[A-Z]{4,}\b|Error\b/

/** The last line that speaks of a failure; where in the program that was says less. */
function lastSaying(lines: readonly string[]): string | undefined {
  return lines.findLast(line => (SAYING.test(line) || NAMED.test(line)) && !/^\s*(?:at|File)\s/.test(line))
}

/** What a pattern finds in the log of the task's container: its first group that matched, else the whole. */
function sayingIn({ log }: Evidence, task: Task, pattern: RegExp): string | undefined {
  const said = [...(log?.container === failing(task)?.name ? (log?.lines ?? []) : []), failing(task)?.reason ?? '']
  for (const line of said.toReversed()) {
    const match = pattern.exec(line)
    if (match !== null) return match.slice(1).find(group => group !== undefined) ?? match[0]
  }
  return undefined
}

// --- The sentence --------------------------------------------------------------------------------------------------

type Group = 'tasks' | 'events' | 'targets' | 'balancer' | 'instance' | 'log'

const groups: Readonly<Record<Exclude<Group, 'tasks'>, readonly Rule[]>> = {
  events: eventRules,
  targets: targetRules,
  balancer: balancerRules,
  instance: instanceRules,
  log: logRules,
}

interface Symptom {
  /** What was seen, to be followed by "because"; without it the failure's own words serve. */
  readonly seen?: string
  /** Where its cause can lie, the most telling first. */
  readonly asks: readonly Group[]
}

const unstable: Symptom = { asks: ['tasks', 'targets', 'events', 'log'] }
const unconnected: Symptom = { asks: ['balancer', 'instance', 'tasks', 'targets', 'events'] }
const unanswered: Symptom = { asks: ['instance', 'tasks', 'log'] }
const unencrypted: Symptom = { asks: ['balancer', 'instance'] }

/** Failures whose cause AWS can show, by code. What is not here says by itself all there is to say. */
export const symptoms: Readonly<Record<string, Symptom>> = {
  ECS_ROLLED_BACK: unstable,
  ECS_DEPLOYMENT_FAILED: unstable,
  ECS_TASKS_FAIL: unstable,
  ECS_TIMEOUT: unstable,
  EC2_TIMEOUT: { asks: ['instance'] },
  TCP_REFUSED: unconnected,
  TCP_TIMEOUT: unconnected,
  TCP_UNREACHABLE: unconnected,
  CONN_RESET: unconnected,
  CONN_FAILED: unconnected,
  TLS_UNTRUSTED: { asks: ['instance'] },
  TLS_NOT_TLS: unencrypted,
  TLS_TIMEOUT: unencrypted,
  TLS_FAILED: unencrypted,
  PORT_SPEAKS_TLS: unencrypted,
  ALB_404: { seen: '404 from the load balancer', asks: ['balancer'] },
  ALB_502: { seen: '502 from the load balancer', asks: ['tasks', 'targets', 'events', 'log'] },
  ALB_503: { seen: '503 from the load balancer', asks: ['tasks', 'targets', 'events'] },
  ALB_504: { seen: '504 from the load balancer', asks: ['tasks', 'targets', 'events', 'log'] },
  HEADERS_TIMEOUT: unanswered,
  SERVER_ERROR: unanswered,
  RPC_ERROR: unanswered,
  EMPTY_200: unanswered,
  BODY_TRUNCATED: unanswered,
  BODY_SLOW: unanswered,
  SSE_EMPTY: unanswered,
  SSE_TRUNCATED: unanswered,
  SSE_SILENT: unanswered,
  OLD_REVISION: { asks: ['tasks', 'targets', 'events'] },
  FLAPPING: { asks: ['tasks', 'targets', 'log'] },
}

/** A failure whose sentence names its cause, with the code of the rule that found it. */
export interface ExplainedFailure extends Failure {
  readonly cause?: string
}

/**
 * The failure with its cause in the same sentence, and with the cause's fix and remedy; unchanged where AWS shows none.
 * @param seen what was seen, to be followed by "because"; without it the table's words or the failure's own serve
 */
export function explained(
  failure: Failure,
  evidence: Evidence,
  endpoint: string | undefined,
  seen?: string,
): ExplainedFailure {
  const symptom = symptoms[failure.code]
  if (symptom === undefined) return failure
  const url = endpoint === undefined ? null : URL.parse(endpoint)
  const cause = causeOf(symptom, evidence, url ?? undefined)
  if (cause === undefined) return failure
  const words = seen ?? symptom.seen ?? failure.sentence.replace(/\.$/, '')
  return {
    code: failure.code,
    cause: cause.code,
    sentence: `${words} because ${cause.clause}.`,
    fix: cause.fix,
    remedy: cause.remedy ?? failure.remedy,
  }
}

function causeOf({ asks }: Symptom, evidence: Evidence, endpoint: URL | undefined): Cause | undefined {
  for (const group of asks) {
    const cause = group === 'tasks' ? taskCause(evidence) : firstOf(groups[group], evidence, endpoint)
    // Tasks that die of the health checks of the load balancer: its own words say more.
    if (cause?.code === 'TARGET_UNHEALTHY')
      return targetCause(evidence, endpoint) ?? firstOf(eventRules, evidence, endpoint) ?? cause
    if (cause !== undefined) return cause
  }
  return undefined
}

function firstOf(rules: readonly Rule[], evidence: Evidence, endpoint: URL | undefined): Cause | undefined {
  for (const { code, clause, fix, remedy } of rules) {
    const found = clause(evidence, endpoint)
    if (found !== undefined) return { code, clause: found, fix: typeof fix === 'string' ? fix : fix(evidence), remedy }
  }
  return undefined
}

/** Foreign text in a sentence: one line that is not too long. */
function quotable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 199).toWellFormed()}…` : line
}

function quoted(text: string): string {
  return `"${quotable(text).replace(/[.\s]+$/, '')}"`
}

/** The end of a chain of errors, `a: b: c`, which says the most. */
function lastWords(text: string): string {
  return text.split(/: /).slice(-2).join(': ')
}
