/** A rollback that somebody asks for: which version it goes back to, and the sentences about it. Pure. */
import type { Failure } from '../errors.ts'
import { rollbackCodes } from './codes.ts'
import { platformOf } from './index.ts'
import type { Target, Version } from './platform.ts'
import type { Rollback, RollbackTarget } from './rollback.ts'

/** The version to go back to, or the reason why the target cannot go back. */
export type RequestedRollback = RollbackTarget | Failure

/** Why the target cannot go back to any version; undefined if it can. */
export function whyNoRollback(target: Target): Failure | undefined {
  const { versions, messages } = platformOf(target)
  const name = messages.name(target)
  const why = messages.noRollback(target)
  if (versions === undefined || why !== undefined)
    return failed('ROLLBACK_IMPOSSIBLE', why ?? `${name} has no versions.`)
  if (versions.wanted(target) !== undefined) return undefined
  return failed('ROLLBACK_IMPOSSIBLE', `The ${messages.version} of ${name} is not in this Terraform state.`)
}

/**
 * Decides which version the target goes back to.
 * @param name the input rollback-to; undefined means the version that passed the gate last
 * @param passed the version that the record names; undefined without a record
 */
export function decideRequestedRollback(
  target: Target,
  name: string | undefined,
  passed: Version | undefined,
): RequestedRollback {
  const impossible = whyNoRollback(target)
  if (impossible !== undefined) return impossible
  const { versions, messages } = platformOf(target)
  const examples = versions?.examples(target) ?? ''
  const server = messages.name(target)
  if (name !== undefined) {
    const to = versions?.named(target, name)
    if (to !== undefined) return { to, wasPassed: passed?.id === to.id }
    return failed(
      'ROLLBACK_VERSION_INVALID',
      `Input rollback-to is "${name}", which is not a ${messages.version} of ${server}: allowed are ${examples}.`,
    )
  }
  if (passed === undefined) {
    return failed(
      'ROLLBACK_VERSION_MISSING',
      `No ${messages.version} of ${server} is recorded as verified, and rollback-to is empty.`,
    )
  }
  if (passed.label === versions?.wanted(target)?.label) {
    return failed(
      'ROLLBACK_VERSION_MISSING',
      `${passed.label} passed the gate last, and it is the ${messages.version} of the newest apply. Name an earlier one in rollback-to: ${examples}.`,
    )
  }
  return { to: passed, wasPassed: true }
}

/** The rollback for the report. @param end undefined while it is not known whether the version serves */
export function requestedRollback(
  target: Target,
  { to, wasPassed }: RollbackTarget,
  end: { readonly failure: Pick<Failure, 'sentence'> | undefined } | undefined,
): Rollback {
  const { versions, messages } = platformOf(target)
  const from = versions?.wanted(target)?.label ?? ''
  const name = messages.name(target)
  return {
    from,
    to: to.label,
    wasPassed,
    restored: end !== undefined && end.failure === undefined,
    sentence: `${endSentence(name, to.label, end)} ${driftSentence(name, from, to.label)}`,
  }
}

function endSentence(name: string, to: string, end: Parameters<typeof requestedRollback>[2]): string {
  if (end === undefined) {
    return `${name} is on its way back to ${to}, and the run ended before it was known whether that serves: run the rollback again.`
  }
  if (end.failure === undefined) return `${name} runs ${to}, and it passes the gate.`
  return `${name} was rolled back to ${to}, and that does not pass: ${end.failure.sentence} Nothing else was tried: name another version in rollback-to.`
}

/** What Terraform makes of it. */
function driftSentence(name: string, from: string, to: string): string {
  if (from === to) return `This is the version that Terraform has, so ${name} has no drift.`
  return (
    `Terraform still has ${from}: verify reports the difference as drift, and the next apply moves ${name} to ${from} again, also if it is about something else. ` +
    'Before that, merge a pull request that reverts the change.'
  )
}

function failed(code: keyof typeof rollbackCodes, sentence: string): Failure {
  const { fix, remedy } = rollbackCodes[code]
  return { code, sentence, fix, remedy }
}
