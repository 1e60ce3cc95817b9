/** Stopped tasks whose image could not be fetched: it, its registry, or the way there. */
import type { Task } from '../../ecs/client.ts'
import type { Evidence } from '../evidence.ts'
import { lastWords, quotable, quoted } from './rule.ts'
import { DENIED, failing, SAME_WAY, type TaskRule } from './task-rule.ts'

/** Messages of the network stack about an unreachable address. */
const NO_WAY =
  'i/o timeout|dial tcp|context deadline exceeded|no such host|network is unreachable|connection refused|TLS handshake timeout|request canceled|Client\\.Timeout'

export const imageRules: readonly TaskRule[] = [
  {
    code: 'IMAGE_PLATFORM',
    remedy: 'replace',
    patience: 1,
    reads:
      /(?:descriptor matching platform|no matching manifest for|no match for platform)(?: '?([a-z]+\/[\w/.-]+))?|image operating system .* cannot be used/i,
    clause: ([, platform], task, evidence) =>
      `the image ${imageOf(task, evidence)} is not built for ${platform ?? 'the platform of the task'}`,
    fix: 'Build the image for the platform of the task (docker buildx build --platform linux/amd64 or linux/arm64). Or set the cpu_architecture of the task definition to that of the image.',
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
      `the task has no way to ${/CannotPull|registry auth from|ecr registry auth/i.test(text) ? 'the image registry' : placeIn(text)}`,
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
        ? `the image ${imageOf(task, evidence)} does not exist, or the registry requires credentials for it`
        : `the execution role may not pull the image ${imageOf(task, evidence)}`,
    fix: 'Check the name of the image. For ECR give the execution role AmazonECSTaskExecutionRolePolicy and, across accounts, a repository policy; for another registry give repositoryCredentials.',
  },
  {
    code: 'IMAGE_NAME_INVALID',
    remedy: 'replace',
    patience: 1,
    reads: /invalid reference format|could not parse reference|repository name must be lowercase/i,
    clause: (_, task, evidence) => `${imageOf(task, evidence)} is not the name of an image`,
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
]

/** What no other rule knows better. */
export const otherPulls: readonly TaskRule[] = [
  {
    code: 'IMAGE_PULL',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /CannotPull/i,
    clause: (_, task, evidence) =>
      `the image ${imageOf(task, evidence)} cannot be pulled: ${quoted(lastWords(task.stoppedReason))}`,
    fix: 'Pull the image manually with the name in the task definition; its registry must be reachable from the subnets of the service.',
  },
]

export function imageOf(task: Task, { definition }: Evidence): string {
  const name = failing(task)?.name
  const defined = definition?.containers.find(container => container.name === name)?.image
  const image = defined ?? /(?:ref|for|pull) "?((?:[\w.-]+\/)*[\w.-]+[:@][\w:.-]*\w)/.exec(task.stoppedReason)?.[1]
  return image === undefined ? 'of the container' : `"${quotable(image)}"`
}

function placeIn(text: string): string {
  if (/secret|asm/i.test(text)) return 'Secrets Manager'
  if (/ssm/i.test(text)) return 'Parameter Store'
  return /log/i.test(text) ? 'CloudWatch Logs' : 'the AWS APIs'
}
