/**
 * The version of a target that the gate passed last, for a later rollback. It is stored in a parameter of AWS Systems Manager
 * and not in a tag of the version: Terraform would see the tag as a change made outside of it and plan its removal
 * (docs/decisions/0057-last-good-version-in-a-parameter.md). Targets of platforms without versions have no such record, and AWS is not asked.
 */
import { messageOf, ServiceError } from '../errors.ts'
import { isDenied } from './aws/client.ts'
import { Parameters } from './aws/parameters.ts'
import { platformOf } from './index.ts'
import type { Target, Version } from './platform.ts'

/** Name of the parameter; undefined where the platform has no versions. Pure. */
export function lastGoodRevisionParameter(target: Target): string | undefined {
  return platformOf(target).versions?.recordName(target)
}

/**
 * The record, or undefined when the gate has passed nothing yet. Throws a ServiceError that names the permission, or that the record
 * names a version that the target cannot go back to.
 */
export async function readLastGoodRevision(target: Target): Promise<Version | undefined> {
  const { versions, messages } = platformOf(target)
  const name = lastGoodRevisionParameter(target)
  // Without the version that failed there is nothing to compare the record with, and nothing is rolled back.
  if (name === undefined || versions?.wanted(target) === undefined) return undefined
  let id: string | undefined
  try {
    id = await new Parameters(target.region).read(name)
  } catch (error) {
    throw new ServiceError(
      `Which ${messages.version} passed the gate last could not be read from the parameter ${name}${advice(error, 'ssm:GetParameter')}`,
    )
  }
  if (id === undefined) return undefined
  const version = versions.ofId(target, id)
  if (version === undefined) {
    throw new ServiceError(
      `The parameter ${name} names ${id}, which is not a ${messages.version} of ${messages.name(target)} in its own account and region. So it was not used for a rollback.`,
    )
  }
  return version
}

/** Saves the version that the gate has just passed. Throws a ServiceError that names the permission. */
export async function saveLastGoodRevision(target: Target): Promise<void> {
  const { versions, messages } = platformOf(target)
  const name = lastGoodRevisionParameter(target)
  const version = versions?.wanted(target)
  if (name === undefined || version === undefined) return
  const parameters = new Parameters(target.region)
  try {
    if ((await parameters.read(name)) === version.id) return
    await parameters.write(name, version.id, `The ${messages.version} that Terraform MCP Deploy verified last`)
  } catch (error) {
    throw new ServiceError(
      `That ${version.label} passed the gate could not be saved in the parameter ${name}, so a later rollback would not use it${advice(error, 'ssm:GetParameter and ssm:PutParameter')}`,
    )
  }
}

/** Deletes the record with its target. Throws a ServiceError that names the permission. */
export async function deleteLastGoodRevision(target: Target): Promise<void> {
  const name = lastGoodRevisionParameter(target)
  if (name === undefined) return
  try {
    await new Parameters(target.region).remove(name)
  } catch (error) {
    throw new ServiceError(
      `The parameter ${name} with the version that passed the gate last could not be deleted. It is not used any more${advice(error, 'ssm:DeleteParameter')}`,
    )
  }
}

function advice(error: unknown, actions: string): string {
  return isDenied(error) ? `: give the role ${actions} on it.` : `: ${messageOf(error)}`
}
