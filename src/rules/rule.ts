/**
 * Plan rule: a stable name, a severity, its documentation, and a pure function from a plan to matches. A rule judges only resources
 * that this plan creates, changes or removes. It never assumes an unknown value.
 */
import type { PlanView } from './plan-view.ts'

/** Severities, the worst first. `danger`: users of the server lose something, or somebody else gains access. */
export const severities = ['danger', 'warning', 'notice'] as const
export type Severity = (typeof severities)[number]

/** One place in a plan that matches a rule. */
export interface RuleMatch {
  /** Address of a resource, or `output.NAME`. */
  readonly address: string
  /** The effect of the change, for a reader who does not know the plan. It contains foreign values of the plan. */
  readonly sentence: string
  /** The action that avoids the effect. */
  readonly fix: string
  /** A milder severity than the rule's, if this plan is less dangerous. */
  readonly severity?: Severity
}

/** One plan rule. `finds`, `why` and `instead` are its section of docs/plan-rules.md, in Markdown. */
export interface Rule {
  /** The worst severity of its matches. */
  readonly severity: Severity
  /** The condition for a match. */
  readonly finds: string
  /** The effect on an MCP server. */
  readonly why: string
  /** The recommended change. */
  readonly instead: string
  readonly find: (plan: PlanView) => RuleMatch[]
  /** Arguments by resource type without whose value the rule cannot judge. It reports one that is unknown until the apply. */
  readonly judges?: Readonly<Record<string, readonly string[]>>
}
