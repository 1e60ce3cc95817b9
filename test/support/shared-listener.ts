/** A load balancer of somebody else, for tests of what is put behind it. */
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'

/**
 * Makes a load balancer in these subnets with these security groups and gives the ARN of its HTTPS listener, whose default action
 * answers 404. Terraform would wait a minute for the load balancer.
 * @param endpoint of the AWS stand-in
 */
export async function sharedListener(
  endpoint: string,
  { subnets, groups, certificate }: { subnets: string[]; groups: string[]; certificate: string },
): Promise<string> {
  const client = new ElasticLoadBalancingV2Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  })
  const { LoadBalancers = [] } = await client.send(
    new CreateLoadBalancerCommand({
      Name: 'shared',
      Subnets: subnets,
      SecurityGroups: groups,
    }),
  )
  const { Listeners = [] } = await client.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn: certificate }],
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  )
  client.destroy()
  return String(Listeners[0]?.ListenerArn)
}
