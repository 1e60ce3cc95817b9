/**
 * What a plan rule is: a stable name, how much it matters, what its page says, and a pure function from the plan to
 * what it found. A rule judges only what this plan creates, changes or removes, and takes nothing unknown for known.
 */
import type { PlanView } from './plan-view.ts'

/** The order is the order of danger. `danger`: users of the server lose something, or anybody gains something. */
export const severities = ['danger', 'warning', 'notice'] as const
export type Severity = (typeof severities)[number]

/** One place in one plan that a rule speaks of. */
export interface RuleMatch {
  /** Of a resource, or `output.NAME`. */
  readonly address: string
  /** What will happen, one sentence for somebody who has not read the plan. Hostile in part: values of the plan. */
  readonly sentence: string
  /** What to change instead. */
  readonly fix: string
  /** Milder than the rule's own, where this plan has a reason. */
  readonly severity?: Severity
}

export interface Rule {
  /** The worst that it reports. */
  readonly severity: Severity
  /** What it looks for, one sentence of the page. */
  readonly finds: string
  /** Why it matters for an MCP server, as Markdown of the page. */
  readonly why: string
  /** What to do about it, as Markdown of the page. */
  readonly instead: string
  readonly find: (plan: PlanView) => RuleMatch[]
}
