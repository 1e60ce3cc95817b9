/**
 * All plan rules by name. The names are part of the contract: people write them into comments that accept a finding, so a
 * rule is never renamed. docs/plan-rules.md is made from this table.
 */
import { downtimeRules } from './downtime.ts'
import { exposureRules } from './exposure.ts'
import { rolloutRules } from './rollout.ts'
import type { Rule } from './rule.ts'
import { secretRules } from './secrets.ts'
import { sessionRules } from './sessions.ts'

/** Sections of the page, in its order. */
export const ruleSections = {
  'What stops answering': downtimeRules,
  'Sessions and streams': sessionRules,
  'Who can reach what': exposureRules,
  Secrets: secretRules,
  'How a version goes out and comes back': rolloutRules,
} as const satisfies Record<string, Record<string, Rule>>

export const rules: Readonly<Record<string, Rule>> = Object.assign({}, ...Object.values(ruleSections))
export const ruleNames: readonly string[] = Object.keys(rules)
