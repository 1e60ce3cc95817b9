/**
 * What a plan means for the MCP server: the findings of all rules, most dangerous first, each accepted or not. A finding
 * never fails a plan by itself; it is for the person who reviews it.
 */
import type { PlanJson } from '../terraform/json.ts'
import { type Acceptance, acceptedBy } from './accept.ts'
import { rules } from './all.ts'
import { type UserInputs, viewOf } from './plan-view.ts'
import { type Severity, severities } from './rule.ts'

export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly address: string
  readonly sentence: string
  readonly fix: string
  /** Where the rule is explained: a URL, or the page in the action's repository where that is not known. */
  readonly docs: string
  /** The reason that stands in the code for it. */
  readonly accepted?: string
}

/**
 * All findings, what is not accepted first, then by danger, rule and the plan's own order. Never throws.
 * @param docsPage URL or path of docs/plan-rules.md
 */
export function findingsOf(
  json: PlanJson,
  stated: UserInputs,
  acceptances: readonly Acceptance[],
  docsPage: string,
): Finding[] {
  const plan = viewOf(json, stated)
  const findings = Object.entries(rules).flatMap(([name, rule]) =>
    rule.find(plan).map(({ address, sentence, fix, severity = rule.severity }): Finding => {
      const accepted = acceptedBy(acceptances, name, address)
      return {
        rule: name,
        severity,
        address,
        sentence,
        fix,
        docs: `${docsPage}#${name}`,
        ...(accepted !== undefined && { accepted }),
      }
    }),
  )
  const rank = ({ accepted, severity }: Finding): number =>
    (accepted === undefined ? 0 : severities.length) + severities.indexOf(severity)
  return findings.sort((a, b) => rank(a) - rank(b))
}

/** Of the page that explains the rules, in the version of the action that runs. */
export function docsPageOf(action: { readonly url: string; readonly ref: string } | undefined): string {
  const page = 'docs/plan-rules.md'
  return action === undefined ? page : `${action.url}/blob/${encodeURI(action.ref)}/${page}`
}
