/**
 * What the AWS stand-in has no machines for: an EC2 instance that says to CloudFormation that its server answers, or that
 * its bootstrap failed, and the questions about instances and addresses that the tests of terraform/ec2 ask.
 */
import { setTimeout as delay } from 'node:timers/promises'

export interface Ec2 {
  /** Ids of the instances that run. */
  running(): Promise<string[]>
  /** The instance that has the account's only Elastic IP. */
  addressed(): Promise<string | undefined>
  /** Names of the stacks in this state, such as `CREATE_IN_PROGRESS`. */
  stacks(status: string): Promise<string[]>
  /** Makes the stack that an instance signals, as terraform/ec2 does. */
  createWait(name: string): Promise<void>
  /** Signals every stack that waits or comes to wait, until it is told to stop. */
  boot(status: 'SUCCESS' | 'FAILURE', reason?: string): AsyncDisposable
}

/** A region of the stand-in at `endpoint`, as the modules use it. */
export function ec2At(endpoint: string, region = 'us-east-1'): Ec2 {
  const ask = (service: keyof typeof versions, parameters: Record<string, string>) =>
    query(endpoint, region, service, parameters)
  const stacks = async (status: string) =>
    [
      ...(await ask('cloudformation', { Action: 'DescribeStacks' })).matchAll(
        /<member>(?:(?!<\/member>).)*?<StackName>([^<]+)<.*?<StackStatus>([^<]+)</gs,
      ),
    ]
      .filter(([, , found]) => found === status)
      .map(([, name = '']) => name)
  const signal = (stack: string, status: string, identifier: string) =>
    ask('cloudformation', {
      Action: 'SignalResource',
      StackName: stack,
      LogicalResourceId: 'Ready',
      UniqueId: identifier,
      Status: status,
    })
  return {
    stacks,
    async running() {
      const found = await ask('ec2', { Action: 'DescribeInstances' })
      return [...found.matchAll(/<instanceId>([^<]+)<.*?<name>([^<]+)</gs)]
        .filter(([, , state]) => state === 'running')
        .map(([, id = '']) => id)
    },
    async addressed() {
      return /<instanceId>([^<]+)</.exec(await ask('ec2', { Action: 'DescribeAddresses' }))?.[1]
    },
    async createWait(name) {
      const Ready = { Type: 'AWS::CloudFormation::WaitCondition', CreationPolicy: { ResourceSignal: { Count: 1 } } }
      const TemplateBody = JSON.stringify({ Resources: { Ready } })
      await ask('cloudformation', { Action: 'CreateStack', StackName: name, TemplateBody })
    },
    boot(status, reason = 'test') {
      const stop = new AbortController()
      const booting = (async () => {
        while (!stop.signal.aborted) {
          for (const stack of await stacks('CREATE_IN_PROGRESS')) await signal(stack, status, reason)
          await delay(200)
        }
      })()
      return {
        async [Symbol.asyncDispose]() {
          stop.abort()
          await booting
        },
      }
    },
  }
}

const versions = { ec2: '2016-11-15', cloudformation: '2010-05-15' }

/** moto goes by the credential scope for service and region, and checks no signature. */
async function query(
  endpoint: string,
  region: string,
  service: keyof typeof versions,
  parameters: Record<string, string>,
): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`
  const body = new URLSearchParams({ ...parameters, Version: versions[service] })
  const response = await fetch(endpoint, { method: 'POST', headers: { authorization }, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`${service} answered ${response.status} to ${body}: ${text}`)
  return text
}
