/**
 * Findings of all plan rules. They inform the reviewer of a plan; a finding never fails a plan.
 */
import type { PlanJson } from '../terraform/json.ts'
import { type Acceptance, acceptanceReason } from './accept.ts'
import { rules } from './all.ts'
import { adviceForStack } from './module-advice.ts'
import { holdsUnknown, type PlanView, type UserInputs, viewOf } from './plan-view.ts'
import { type Severity, severities } from './rule.ts'

/** One finding, as the report contains it. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly address: string
  readonly sentence: string
  readonly fix: string
  /** URL of the rule's documentation; a path in the action's repository if the URL is unknown. */
  readonly docs: string
  /** Reason for accepting the finding; undefined if nobody accepted it. */
  readonly accepted?: string
}

/**
 * All findings in a plan. Accepted ones are last; otherwise the order is severity, rule, position in the plan. Never throws.
 * @param json output of `terraform show -json`
 * @param inputs the inputs that describe the MCP server
 * @param docsPage URL or path of docs/plan-rules.md
 */
export function findingsOf(
  json: PlanJson,
  inputs: UserInputs,
  acceptances: readonly Acceptance[],
  docsPage: string,
): Finding[] {
  const plan = viewOf(json, inputs)
  const findings = Object.entries(rules).flatMap(([name, rule]) =>
    rule.find(plan).map(({ address, sentence, fix, severity = rule.severity }): Finding => {
      const accepted = acceptanceReason(acceptances, name, address)
      return {
        rule: name,
        severity,
        address,
        sentence,
        fix: inputs.stack === undefined ? fix : adviceForStack(inputs.stack, name),
        docs: `${docsPage}#${name}`,
        ...(accepted !== undefined && { accepted }),
      }
    }),
  )
  const rank = ({ accepted, severity }: Finding): number =>
    (accepted === undefined ? 0 : severities.length) + severities.indexOf(severity)
  return findings.sort((a, b) => rank(a) - rank(b))
}

/** Rules that could not judge an argument, because its value is known only after the apply. */
export interface Unjudged {
  readonly address: string
  readonly argument: string
  readonly rules: readonly string[]
}

/** Returns what the rules could not judge in a plan, in the order of the plan. Never throws. */
export function unjudgedOf(json: PlanJson, inputs: UserInputs): Unjudged[] {
  const plan = viewOf(json, inputs)
  const unjudged = new Map<string, Unjudged>()
  for (const [name, { judges = {} }] of Object.entries(rules)) {
    for (const [type, names] of Object.entries(judges)) {
      for (const [address, argument] of unknownArguments(plan, type, names)) {
        const key = JSON.stringify([address, argument])
        unjudged.set(key, { address, argument, rules: [...(unjudged.get(key)?.rules ?? []), name] })
      }
    }
  }
  return [...unjudged.values()]
}

/** The unknown arguments of the changed resources that somebody has set. Computed ones are unknown and nobody's decision. */
function unknownArguments(plan: PlanView, type: string, names: readonly string[]): (readonly [string, string])[] {
  return plan.changed(type).flatMap(({ address, kind, unknown }) => {
    if (kind === 'delete') return []
    return names
      .filter(name => holdsUnknown(unknown[name]) && plan.configured.isSet(address, name))
      .map(name => [address, name] as const)
  })
}

/** URL of docs/plan-rules.md in the running version of the action; its path if that is unknown. */
export function rulesPageUrl(action: { readonly url: string; readonly ref: string } | undefined): string {
  const page = 'docs/plan-rules.md'
  return action === undefined ? page : `${action.url}/blob/${encodeURI(action.ref)}/${page}`
}
