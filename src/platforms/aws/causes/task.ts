/** Why the tasks of a service stop: the rules about stopped tasks in their order, and how often a cause must be seen. */
import type { Task } from '../../ecs/client.ts'
import type { Evidence } from '../evidence.ts'
import { containerRules, exitRules } from './container.ts'
import { imageRules, otherPulls } from './image.ts'
import { hostRules, surroundingRules } from './placement.ts'
import { type Cause, quoted } from './rule.ts'
import { secretRules } from './secret.ts'
import { failing, type Patience, SAME_WAY, type TaskRule } from './task-rule.ts'

export const taskRules: readonly TaskRule[] = [
  ...imageRules,
  ...secretRules,
  ...surroundingRules,
  ...containerRules,
  ...hostRules,
  ...exitRules,
  ...otherPulls,
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
  /** Whether waiting cannot fix it. */
  readonly hopeless: boolean
}

/**
 * Why the tasks stop: a cause that waiting cannot fix, else the cause of the newest task.
 * @param patience the fewest tasks that must end in one way before that is given up; a rule that is sure needs fewer
 */
export function taskCause(evidence: Evidence, patience: Patience = SAME_WAY): TaskCause | undefined {
  const ways = new Map<string, { cause: Cause; rule: TaskRule; times: number }>()
  for (const task of evidence.stopped) {
    const [rule, cause] = readTask(task, evidence)
    if (rule === undefined || cause === undefined) continue
    const { name, exitCode } = failing(task) ?? {}
    const way = `${rule.code} ${name} ${exitCode}`
    ways.set(way, { cause, rule, times: (ways.get(way)?.times ?? 0) + 1 })
  }
  const causes = [...ways.values()].map(({ cause, rule, times }) => ({
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
