/** Stopped tasks whose container did not start, was not healthy, or exited. */
import type { Task } from '../../ecs/client.ts'
import { imageOf } from './image.ts'
import { lastErrorLine, matchInLog } from './log.ts'
import { quotable, quoted } from './rule.ts'
import { targetCause } from './target.ts'
import { failing, SAME_WAY, type TaskRule } from './task-rule.ts'

export const containerRules: readonly TaskRule[] = [
  {
    code: 'COMMAND_NOT_FOUND',
    remedy: 'replace',
    patience: 1,
    reads:
      /exec: "[^"]+"(?!.*exec format error)|(?:CannotStart|CannotCreate).*?(?:executable file not found|no such file or directory|permission denied)/i,
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
]

/** By its exit code and the end of its log. */
export const exitRules: readonly TaskRule[] = [
  {
    code: 'WRONG_CPU',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /^/,
    clause: (_, task, evidence) =>
      !/exec format error/i.test(`${task.stoppedReason} ${task.containers.map(({ reason }) => reason).join(' ')}`) &&
      matchInLog(evidence, task, /exec format error/i) === undefined
        ? undefined
        : `the image ${imageOf(task, evidence)} is built for another CPU than ${evidence.definition?.architecture ?? 'that of the task'}`,
    fix: 'Build the image for the CPU of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set cpu_architecture of the task definition.',
  },
  {
    code: 'MCP_SDK_REPLACED',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /EssentialContainerExited|Essential container/i,
    clause: (_, task, evidence) => {
      const line = matchInLog(evidence, task, /.*No module named ['"]?mcp\.server\.fastmcp\b.*/)
      return line === undefined
        ? undefined
        : `${exit(task)}: it was written for version 1 of the Python package mcp, and its log shows ${quoted(line)}`
    },
    fix: 'Pin "mcp<2" in the requirements of the image, or change the program to version 2 of the package.',
  },
  {
    code: 'MODULE_MISSING',
    remedy: 'replace',
    patience: SAME_WAY,
    reads: /EssentialContainerExited|Essential container/i,
    clause: (_, task, evidence) => {
      const module = matchInLog(
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
      matchInLog(evidence, task, /EADDRINUSE|address already in use/i) === undefined
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
      const line = matchInLog(
        evidence,
        task,
        /\b(?:ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|Connection refused)\b.*/i,
      )
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
      const line =
        evidence.log?.container === failing(task)?.name ? lastErrorLine(evidence.log?.lines ?? []) : undefined
      return `${exit(task)}${line === undefined ? '' : `; its log shows ${quoted(line)}`}`
    },
    fix: 'Read the end of the log of the container below: the server must start with the settings and secrets of the task definition, and stay.',
  },
]

/** Exit codes of programs and shells, and 128 + the number of the signal that ended them. */
const exits: Readonly<Record<number, string>> = {
  0: ', as if its work were done',
  126: ', its command may not be executed',
  127: ', its command was not found',
  132: ', an illegal instruction: built for another CPU?',
  134: ', it aborted',
  137: ', it was killed, often for want of memory',
  139: ', it crashed with a segmentation fault',
  143: ', it received the stop signal',
}

function exit(task: Task): string {
  const { name = '', exitCode } = failing(task) ?? {}
  if (exitCode === undefined) return `container ${name} ends`
  return `container ${name} exits with code ${exitCode}${exits[exitCode] ?? ''}`
}
