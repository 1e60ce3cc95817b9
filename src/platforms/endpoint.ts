/**
 * Platform for any server with an endpoint. Only the endpoint itself can be checked, and nothing can be rolled back. The report
 * contains both facts.
 */
import type { Platform } from './platform.ts'

export interface EndpointOnly {
  readonly kind: 'endpoint'
  /** What the address may lead to by the state, when that is more than one target. */
  readonly candidates: readonly string[]
}

/** @param candidates what the address may lead to by the state, when that is more than one target */
export function endpointTarget(candidates: readonly string[] = []): EndpointOnly {
  return { kind: 'endpoint', candidates }
}

export const endpointOnly: Platform<EndpointOnly> = {
  kind: 'endpoint',
  outputs: [],
  find: () => endpointTarget(),
  codes: {},
  permissions: { watch: [], rollBack: [], gate: [], evidence: [] },
  messages: {
    name: () => 'the endpoint',
    version: 'version',
    notWatched: ({ candidates }) =>
      candidates.length === 0
        ? 'Whether the new version is the one that answers: no input or output names what serves the endpoint.'
        : `Whether the new version is the one that answers: ${candidates.join(' and ')} may serve the endpoint. Name one with the outputs ecs_cluster_name and ecs_service_name, or instance_id.`,
    noRollback: () => 'Nothing can be rolled back: no input or output names what serves the endpoint.',
    nextPlan: () => '',
  },
}
