/**
 * Whether an ECS Express service runs the revision that this apply made. ECS deploys it as a canary with an alarm that counts 4xx and 5xx
 * answers, so only the end of the deployment counts: a gate before it could set the alarm off.
 */
import { lastPart } from '../../text.ts'
import type { Ecs, ServiceDeployment, ServiceState } from '../ecs/client.ts'
import { ecsFailure } from '../ecs/codes.ts'
import { judgeServiceDeployment } from '../ecs/service-deployment.ts'
import type { FollowedDeployment, Observation } from '../platform.ts'
import type { ExpressService } from './service.ts'

/** Follows the newest deployment of the service. Each look throws the SDK's errors. */
export function watchExpress(ecs: Ecs, target: ExpressService): () => Promise<Observation> {
  return async () => {
    const state = await ecs.describeService(target.cluster, target.service)
    const deployment = state === undefined ? undefined : await ecs.newestDeployment(target.cluster, target.service)
    return { ...judgeExpress(target, state, deployment), deployment: followedOf(deployment) }
  }
}

/** The verdict over a service and its newest deployment, or what to wait for. Pure. */
export function judgeExpress(
  { cluster, service, revision }: ExpressService,
  state: ServiceState | undefined,
  deployment: ServiceDeployment | undefined,
): Observation {
  const name = `${cluster}/${service}`
  if (state === undefined || state.status !== 'ACTIVE') {
    const status = state === undefined ? '' : ` (its status is ${state.status})`
    const fix = 'Check that the output ecs_express_service_arn names the service that Terraform makes.'
    return {
      kind: 'failed',
      failure: ecsFailure('ECS_NO_SERVICE', `There is no active ECS service ${name}${status}.`, { fix }),
      mayBeStale: true,
    }
  }
  // ECS remembers deployments for some time only, and a revision without another one needs none.
  const others = state.revisions.filter(({ arn, runningCount }) => arn !== revision && runningCount > 0)
  if (deployment === undefined && revision !== undefined && state.revisions.length > 0 && others.length === 0) {
    return { kind: 'serving', version: { id: revision, label: lastPart(revision) }, running: state.runningCount }
  }
  const arns = [deployment?.targetRevision, deployment?.rollback?.revision].filter(arn => arn !== undefined)
  const judged = judgeServiceDeployment({
    name,
    service: state,
    deployment,
    // A service revision stands for itself: the state holds its ARN and no task definition.
    taskDefinitions: new Map(arns.map(arn => [arn, arn])),
    expected: revision,
    isFinal: true,
    answered: [],
    testEndpoint: undefined,
    answer: async () => {},
  })
  const alarms = deployment?.triggeredAlarms ?? []
  if (judged.kind !== 'failed' || judged.failure.code !== 'ECS_ROLLED_BACK' || alarms.length === 0) return judged
  const fix = `${judged.failure.fix} The alarm of an Express service also counts 4xx answers, and MCP servers answer some requests of correct clients with 401, 404 or 405: on a quiet service a few of them are enough.`
  return { ...judged, failure: { ...judged.failure, fix } }
}

/** Whatever a deployment started is named by the id at the end of its service revision. */
function followedOf(deployment: ServiceDeployment | undefined): FollowedDeployment | undefined {
  return deployment && { id: lastPart(deployment.targetRevision), createdAt: deployment.createdAt }
}
