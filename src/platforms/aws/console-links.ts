/**
 * Pages of the AWS console, by what they show: the partition's own host, the region, and names escaped as each page
 * needs them. Pure. A region of another partition and a malformed name have no link, because no address is known for them.
 */

import { lastPart } from '../../text.ts'

/** A page of the AWS console; `title` is foreign in part. */
export interface Link {
  readonly title: string
  readonly url: string
}

/** Hosts by region (docs.aws.amazon.com, "AWS Management Console"; for China and GovCloud their own user guides). */
const hosts: readonly (readonly [region: RegExp, host: string])[] = [
  [/^cn-[a-z]+-\d+$/, 'console.amazonaws.cn'],
  [/^us-gov-[a-z]+-\d+$/, 'console.amazonaws-us-gov.com'],
  [/^(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/, 'console.aws.amazon.com'],
]

/** The tasks and the health of an ECS service. @param cluster, @param service names or ARNs */
export function serviceLink(region: string, cluster: string, service: string): Link | undefined {
  const [clusterName, name] = [cluster, service].map(each => encodeURIComponent(lastPart(each)))
  return page(region, `ECS service ${lastPart(service)}`, `/ecs/v2/clusters/${clusterName}/services/${name}/health`)
}

export function instanceLink(region: string, instanceId: string): Link | undefined {
  const hash = `#InstanceDetails:instanceId=${encodeURIComponent(instanceId)}`
  return page(region, `Instance ${instanceId}`, '/ec2/home', hash)
}

export function functionLink(region: string, name: string): Link | undefined {
  return page(region, `Function ${name}`, '/lambda/home', `#/functions/${encodeURIComponent(name)}`)
}

export function runtimeLink(region: string, id: string): Link | undefined {
  return page(region, `AgentCore runtime ${id}`, `/bedrock-agentcore/agents/${encodeURIComponent(id)}`)
}

/** @param arn ARN of a target group, which contains its region */
export function targetGroupLink(arn: string): Link | undefined {
  const [, region = '', name = ''] =
    /^arn:[\w-]+:elasticloadbalancing:([\w-]+):\d+:targetgroup\/([^/]+)\//.exec(arn) ?? []
  return page(region, `Target group ${name}`, '/ec2/home', `#TargetGroup:targetGroupArn=${encodeURIComponent(arn)}`)
}

/** @param stream a log stream in it; without one the group is shown */
export function logGroupLink(region: string, group: string, stream?: string): Link | undefined {
  const events = stream === undefined ? '' : `/log-events/${twiceEncoded(stream)}`
  const hash = `#logsV2:log-groups/log-group/${twiceEncoded(group)}${events}`
  return page(region, stream === undefined ? `Log group ${group}` : `Log stream ${stream}`, '/cloudwatch/home', hash)
}

function page(region: string, title: string, path: string, hash = ''): Link | undefined {
  const host = hosts.find(([pattern]) => pattern.test(region))?.[1]
  return host === undefined ? undefined : { title, url: `https://${host}${path}?region=${region}${hash}` }
}

/** The page of a log group decodes its fragment twice, and takes `$` for `%`. */
function twiceEncoded(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$')
}
