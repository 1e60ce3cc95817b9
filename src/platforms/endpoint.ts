/**
 * Platform for any server with an endpoint. Only the endpoint itself can be checked, and nothing can be rolled back. The report
 * contains both facts.
 */
import type { Platform } from './platform.ts'

export interface EndpointOnly {
  readonly kind: 'endpoint'
}

export const endpointOnly: Platform<EndpointOnly> = {
  kind: 'endpoint',
  outputs: [],
  find: () => ({ kind: 'endpoint' }),
  codes: {},
  permissions: { watch: [], rollBack: [], gate: [], evidence: [] },
  messages: {
    name: () => 'the endpoint',
    version: 'version',
    notWatched: () =>
      'Whether the new version is the one that answers: no input or output names the resource behind the endpoint.',
    proof:
      'Nothing proves that the new version answered the gate: an old version could have. Let the server report a version in serverInfo that differs with each deployment, and set mcp-expect-version to it.',
    noRollback: () => 'Nothing can be rolled back: no input or output names the resource behind the endpoint.',
    nextPlan: () => '',
  },
}
