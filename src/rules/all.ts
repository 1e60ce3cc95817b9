/**
 * Table of all plan rules. Names are never changed, because comments that accept a finding contain them. docs/plan-rules.md is
 * generated from this table.
 */
import { downtimeRules } from './downtime.ts'
import { exposureRules } from './exposure.ts'
import { hostingRules } from './hosting.ts'
import type { RuleName } from './names.ts'
import { rolloutRules } from './rollout.ts'
import type { Rule } from './rule.ts'
import { secretRules } from './secrets.ts'
import { serverlessRules } from './serverless.ts'
import { sessionRules } from './sessions.ts'

/** Rules by section of docs/plan-rules.md, in the order of the page. */
export const ruleSections = {
  'What stops answering': downtimeRules,
  'Versions and addresses on Lambda, AgentCore and ECS': hostingRules,
  'Lambda, API Gateway and App Runner': serverlessRules,
  'Sessions and streams': sessionRules,
  'Who can reach what': exposureRules,
  Secrets: secretRules,
  'How a version goes out and comes back': rolloutRules,
} as const satisfies Record<string, Record<string, Rule>>

/** Every rule by its name: a name without a rule, or a rule without a name, does not compile. */
const rulesByName: Readonly<Record<RuleName, Rule>> = {
  ...downtimeRules,
  ...hostingRules,
  ...serverlessRules,
  ...sessionRules,
  ...exposureRules,
  ...secretRules,
  ...rolloutRules,
}
type Unnamed = Exclude<
  | keyof typeof downtimeRules
  | keyof typeof hostingRules
  | keyof typeof serverlessRules
  | keyof typeof sessionRules
  | keyof typeof exposureRules
  | keyof typeof secretRules
  | keyof typeof rolloutRules,
  RuleName
>
const unnamed: Unnamed extends never ? true : Unnamed = true
export const rules: Readonly<Record<string, Rule>> = unnamed && rulesByName
