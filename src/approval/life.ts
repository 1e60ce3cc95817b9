/**
 * Life of a plan record: reviewed, then applying, then applied. A record never goes back to reviewed, so that a plan that was
 * applied once cannot be applied again. Pure.
 */

import { asObject } from '../json.ts'

/** The stage of a record, and the commit and run that brought it there. */
export type Life =
  | { readonly stage: 'reviewed' }
  | {
      readonly stage: 'applying'
      readonly commit: string
      /** GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT of the apply. */
      readonly run: number
      readonly attempt: number
    }
  | {
      readonly stage: 'applied'
      readonly commit: string
      /** Addresses that this action has tainted since. Only their replacement is still covered by the review. */
      readonly tainted: readonly string[]
    }

/** The run of an apply: GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT. */
export interface ApplyRun {
  readonly run: number
  readonly attempt: number
}

export const reviewed: Life = { stage: 'reviewed' }

/**
 * The life before an apply starts. An applied record stays applied: only its tainted resources are replaced, and a further
 * interruption must not make the whole plan acceptable again.
 */
export function applying(life: Life, commit: string, { run, attempt }: ApplyRun): Life {
  if (life.stage === 'applied' && life.commit === commit) return life
  return { stage: 'applying', commit, run, attempt }
}

/** The life after Terraform has finished. @param tainted addresses that are tainted now */
export function applied(commit: string, tainted: readonly string[]): Life {
  return { stage: 'applied', commit, tainted: [...new Set(tainted)] }
}

/** Reads a life from a decoded record; undefined if it has another shape. */
export function readLife(value: unknown): Life | undefined {
  const { stage, commit, run, attempt, tainted } = asObject(value)
  if (stage === 'reviewed') return reviewed
  if (typeof commit !== 'string') return undefined
  if (stage === 'applying' && typeof run === 'number' && typeof attempt === 'number')
    return { stage, commit, run, attempt }
  const isList = Array.isArray(tainted) && tainted.every(each => typeof each === 'string')
  return stage === 'applied' && isList ? { stage, commit, tainted } : undefined
}
