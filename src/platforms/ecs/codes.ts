/** The failure codes of Amazon ECS: what each means, whether a replacement of the task definition helps, and what to do. */
import type { CodeRow, Failure, Named } from '../../errors.ts'

export const codes = {
  ECS_NO_SERVICE: {
    meaning: 'there is no active ECS service of this name',
    remedy: 'config',
    fix: 'Check that the outputs ecs_cluster_name and ecs_service_name, or the inputs ecs-cluster and ecs-service, name the service that Terraform makes, and that AWS_REGION is its region.',
  },
  ECS_SCALED_TO_ZERO: {
    meaning: 'the desired count of the service is 0',
    remedy: 'config',
    fix: 'Raise the desired count, or the minimum of the autoscaling.',
  },
  ECS_ROLLED_BACK: {
    meaning: 'ECS rolled the service back to an earlier deployment',
    remedy: 'replace',
    fix: 'Look at the stopped tasks of the revision that this apply made for why they do not start or stay healthy. The old revision still serves.',
  },
  ECS_DEPLOYMENT_FAILED: {
    meaning: 'ECS reports the deployment as failed and has not rolled it back',
    remedy: 'replace',
    fix: 'Look at the stopped tasks and the logs of the service for why the container does not start or stay healthy.',
  },
  ECS_STOPPED: {
    meaning: 'somebody stopped the deployment',
    remedy: 'config',
    fix: 'Find out who stopped it and why (CloudTrail, StopServiceDeployment), then run the job again.',
  },
  ECS_ROLLBACK_FAILED: {
    meaning: 'the deployment failed, and ECS could not roll it back either',
    remedy: 'replace',
    fix: 'Look at the events of the service: ECS needs capacity, the old image and its permissions on the listener rules to go back.',
  },
  ECS_SUPERSEDED: {
    meaning: 'somebody deployed another revision after this apply',
    remedy: 'config',
    fix: 'Deploy one thing at a time: let only this workflow change the service, and give it a concurrency group.',
  },
  ECS_TASKS_FAIL: {
    meaning: 'the tasks stop in a way that waiting does not fix',
    remedy: 'replace',
    fix: 'Look at the stopped tasks for why the container does not start or stay healthy.',
  },
  ECS_TIMEOUT: {
    meaning: 'the deployment was not complete in time',
    remedy: 'wait',
    fix: 'Look at the events of the service and at the stopped tasks for the reason, or raise deploy-timeout if the server starts slowly.',
  },
  ECS_STILL_DEPLOYING: {
    meaning: 'the new revision runs and nothing of it failed, but the deployment was not complete in time',
    remedy: 'config',
    fix: 'Raise deploy-timeout, or shorten what ECS waits for: deregistration_delay of the target group, the bake time and the steps of the deployment.',
  },
  ECS_ACCESS: {
    meaning: 'AWS does not let this job watch the service',
    remedy: 'config',
    fix: 'Give the role of this job the actions ecs:DescribeServices, ecs:ListServiceDeployments, ecs:DescribeServiceDeployments and ecs:DescribeServiceRevisions. Set AWS_REGION, and let the session outlive the deployment.',
  },
} as const satisfies Record<string, CodeRow>

declare module '../../errors.ts' {
  interface FailureCodes extends Named<typeof codes> {}
}

/** A failure of this table. @param more what is known better than the table knows it */
export function ecsFailure(
  code: keyof typeof codes,
  sentence: string,
  more: Partial<Pick<Failure, 'fix' | 'remedy'>> = {},
): Failure {
  const { fix, remedy } = codes[code]
  return { code, sentence, fix, remedy, ...more }
}
