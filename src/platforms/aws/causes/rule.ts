/**
 * What the rules of all tables share: their form, and how foreign words are quoted in a sentence. A rule reads one fact of
 * the evidence in AWS's own words and completes a sentence that began with what was seen. The first rule that finds its
 * fact wins, so a table goes from the special to the general. Pure.
 */
import type { Failure } from '../../../errors.ts'
import type { Evidence } from '../evidence.ts'

/** A match; `clause` completes "… because" and has no full stop. */
export interface Cause {
  readonly code: string
  readonly clause: string
  readonly fix: string
  /** Undefined if the cause does not decide which action helps; then the action of the symptom counts. */
  readonly remedy: Failure['remedy'] | undefined
}

export interface Rule {
  readonly code: string
  readonly remedy: Failure['remedy'] | undefined
  readonly clause: (evidence: Evidence, endpoint: URL | undefined) => string | undefined
  readonly fix: string | ((evidence: Evidence) => string)
}

export function firstOf(rules: readonly Rule[], evidence: Evidence, endpoint: URL | undefined): Cause | undefined {
  for (const { code, clause, fix, remedy } of rules) {
    const text = clause(evidence, endpoint)
    if (text !== undefined) return { code, clause: text, fix: typeof fix === 'string' ? fix : fix(evidence), remedy }
  }
  return undefined
}

/**
 * A kind of rule that looks for a pattern in lines of the evidence; the first line that matches counts.
 * @param linesOf the lines, in the order in which they are read
 */
export function lineRule(linesOf: (evidence: Evidence) => readonly string[]) {
  return (
    code: string,
    remedy: Failure['remedy'],
    reads: RegExp,
    clause: (match: RegExpExecArray) => string,
    fix: string,
  ): Rule => ({
    code,
    remedy,
    clause: evidence => {
      for (const line of linesOf(evidence)) {
        const match = reads.exec(line)
        if (match !== null) return clause(match)
      }
      return undefined
    },
    fix,
  })
}

/** Foreign text in a sentence: one line that is not too long. */
export function quotable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 199).toWellFormed()}…` : line
}

export function quoted(text: string): string {
  return `"${quotable(text).replace(/[.\s]+$/, '')}"`
}

/** The end of a chain of errors, `a: b: c`, which is the most specific part. */
export function lastWords(text: string): string {
  return text.split(/: /).slice(-2).join(': ')
}

/** Messages of ECS about an account that AWS has not cleared, or has blocked. */
export const restrictedAccount =
  /Your account is currently (?:blocked|being verified)|account (?:has been|is) suspended|PendingVerification/i

export const restrictedAccountFix =
  'If AWS still verifies the account, run it again in some hours. Else check the billing page of the account, and open a case with AWS Support.'

/** A message of ECS about a role of a task, with its ARN. */
export const unassumableRole = /unable to assume (?:the )?role '?([^'\s)]+)/i

export const unassumableRoleFix =
  'Let ecs-tasks.amazonaws.com assume the role (its trust policy), and check that the role exists.'
