/**
 * Releases of a plan: new versions of something that keeps its old versions. Terraform shows some of them as replacements, but
 * nothing is lost by them. Pure.
 */
import { asList, asObject, type JsonObject } from '../json.ts'
import type { ResourceChange } from './json.ts'

/** A new version that the apply publishes. */
export interface Release {
  readonly what: 'revision' | 'version' | 'deployment' | 'target'
  /** The name of the published thing, such as the family of a task definition; empty if it is unknown. */
  readonly name: string
  /** The number that follows the one in the state; undefined if there is no number. */
  readonly number: number | undefined
  /** How running tasks get the version; undefined if no service of the plan takes it. */
  readonly rollout: 'rolling update' | 'blue/green' | 'canary' | 'linear' | undefined
}

/** Returns the releases of the changes, by address. */
export function findReleases(changes: readonly ResourceChange[]): ReadonlyMap<string, Release> {
  const releases = new Map<string, Release>()
  const rollout = rolloutOf(changes)
  for (const resource of changes) {
    const release = releaseOf(resource, rollout)
    if (release !== undefined) releases.set(resource.address, release)
  }
  return releases
}

function releaseOf({ mode, type, change }: ResourceChange, rollout: Release['rollout']): Release | undefined {
  if (mode !== 'managed' || !Object.hasOwn(releaseTypes, type)) return undefined
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(asObject)
  const isReplaced = change.actions.includes('create') && change.actions.includes('delete')
  const isUpdated = change.actions.includes('update')
  const facts = { before: before ?? {}, after: after ?? {}, unknown: unknown ?? {}, isReplaced, isUpdated, rollout }
  return releaseTypes[type as keyof typeof releaseTypes](facts)
}

interface Facts {
  readonly before: JsonObject
  readonly after: JsonObject
  readonly unknown: JsonObject
  readonly isReplaced: boolean
  readonly isUpdated: boolean
  readonly rollout: Release['rollout']
}

/** One reader for each type that keeps old versions. */
const releaseTypes = {
  aws_ecs_task_definition: ({ before, after, isReplaced, rollout }: Facts) =>
    isReplaced && typeof before.family === 'string' && before.family === after.family
      ? { what: 'revision', name: before.family, number: next(before.revision), rollout }
      : undefined,
  aws_launch_template: ({ before, after, unknown, isUpdated }: Facts) =>
    isUpdated && (unknown.latest_version === true || before.latest_version !== after.latest_version)
      ? { what: 'version', name: text(after.name), number: next(before.latest_version), rollout: undefined }
      : undefined,
  aws_lambda_function: ({ before, after, unknown, isUpdated }: Facts) =>
    isUpdated && after.publish === true && unknown.version === true
      ? { what: 'version', name: text(after.function_name), number: next(before.version), rollout: undefined }
      : undefined,
  aws_lambda_alias: ({ before, after, unknown, isUpdated }: Facts) =>
    isUpdated && (unknown.function_version === true || before.function_version !== after.function_version)
      ? { what: 'target', name: text(after.name), number: wholeNumber(after.function_version), rollout: undefined }
      : undefined,
  aws_lambda_layer_version: ({ before, after, isReplaced }: Facts) =>
    isReplaced && before.layer_name === after.layer_name
      ? { what: 'version', name: text(after.layer_name), number: next(before.version), rollout: undefined }
      : undefined,
  aws_api_gateway_deployment: ({ isReplaced }: Facts) =>
    isReplaced ? { what: 'deployment', name: '', number: undefined, rollout: undefined } : undefined,
  aws_apigatewayv2_deployment: ({ isReplaced }: Facts) =>
    isReplaced ? { what: 'deployment', name: '', number: undefined, rollout: undefined } : undefined,
  aws_bedrockagentcore_agent_runtime: ({ before, after, unknown, isUpdated }: Facts) =>
    isUpdated && unknown.agent_runtime_version === true
      ? {
          what: 'version',
          name: text(after.agent_runtime_name),
          number: next(before.agent_runtime_version),
          rollout: undefined,
        }
      : undefined,
} as const satisfies Record<string, (facts: Facts) => Release | undefined>

/** How the services of the plan take a new task definition. */
function rolloutOf(changes: readonly ResourceChange[]): Release['rollout'] {
  for (const { type, change } of changes) {
    if (type !== 'aws_ecs_service' || !change.actions.includes('update')) continue
    const after = asObject(change.after)
    if (asObject(asList(after.deployment_controller)[0]).type === 'CODE_DEPLOY') return 'blue/green'
    const { strategy } = asObject(asList(after.deployment_configuration)[0])
    const known = { BLUE_GREEN: 'blue/green', CANARY: 'canary', LINEAR: 'linear' } as const
    return typeof strategy === 'string' && Object.hasOwn(known, strategy)
      ? known[strategy as keyof typeof known]
      : 'rolling update'
  }
  return undefined
}

/** Returns the number after a version. Providers write some versions as text. */
function next(version: unknown): number | undefined {
  const now = wholeNumber(version)
  return now === undefined ? undefined : now + 1
}

function wholeNumber(version: unknown): number | undefined {
  const number = typeof version === 'string' && /^\d{1,9}$/.test(version) ? Number(version) : version
  return Number.isSafeInteger(number) ? (number as number) : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
