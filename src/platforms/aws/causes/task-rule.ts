/** The form of the rules about stopped tasks: the words are those of the Developer Guide, "Stopped tasks error messages". */

import type { Failure } from '../../../errors.ts'
import type { Task, TaskContainer } from '../../ecs/client.ts'
import type { Evidence } from '../evidence.ts'

/** Tasks that must have stopped in this way before the wait ends early; Infinity if waiting may fix it. */
export type Patience = number

export interface TaskRule {
  readonly code: string
  readonly remedy: Failure['remedy'] | undefined
  readonly patience: Patience
  /** Pattern over the task's stopped reason, its stop code, and the reasons of its containers, one per line. */
  readonly reads: RegExp
  readonly clause: (match: RegExpExecArray, task: Task, evidence: Evidence) => string | undefined
  readonly fix: string
}

/** Tasks that end in the same way this often will do so again. */
export const SAME_WAY = 3

/** Messages of AWS about a missing permission. */
export const DENIED = 'AccessDenied|not authorized|UnauthorizedOperation|no identity-based policy|\\b403\\b'

/** The container that stopped the task: one with a reason or a bad exit code, or else the first that ended. */
export function failing({ containers }: Task): TaskContainer | undefined {
  return (
    containers.find(({ exitCode, reason }) => reason !== '' || (exitCode !== undefined && exitCode !== 0)) ??
    containers.find(({ exitCode }) => exitCode !== undefined) ??
    containers[0]
  )
}
