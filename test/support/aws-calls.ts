/**
 * A proxy before the AWS stand-in that writes down what IAM would have been asked for every request that passes. It
 * changes nothing in what passes, and remembers from it what later requests take for granted, such as the tags of things.
 */
import { createServer, type IncomingMessage, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type AwsCall,
  type AwsRequest,
  apiOf,
  authorizationsOf,
  type Known,
  scalableTarget,
} from './aws-authorization.ts'

export interface RecordedCalls {
  /** `http://127.0.0.1:PORT`, in place of the stand-in's. */
  readonly endpoint: string
  /** What was asked since the last time, without repetitions. Throws when a request could not be read. */
  take(): AwsCall[]
  close(): Promise<void>
}

/** Listens before the stand-in at `target`. */
export async function recordCalls(target: string): Promise<RecordedCalls> {
  const known: Known = {
    tags: new Map(),
    associations: new Map(),
    boundaries: new Map(),
    profiles: new Map(),
    secretKeys: new Map(),
    stateKeys: new Map(),
    taskRoles: new Map(),
    publicImages: new Map(),
    subnetVpcs: new Map(),
  }
  let calls = new Map<string, AwsCall>()
  let unread: unknown[] = []

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await bodyOf(incoming)
      const request = awsRequest(incoming, body)
      try {
        if (request !== undefined) {
          if (request.service === 'ec2') await rememberTags(target, known)
          for (const call of await authorizationsOf(request, known)) calls.set(JSON.stringify(call), call)
        }
      } catch (error) {
        unread.push(error)
      }
      const answer = await forward(target, incoming, body)
      if (request !== undefined && answer.status < 300) remember(request, answer.body, known)
      outgoing.writeHead(answer.status, answer.headers).end(answer.body)
    })().catch(() => outgoing.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      if (unread.length > 0) throw new AggregateError(unread, unread.map(String).join('\n'))
      const taken = [...calls.values()]
      calls = new Map()
      unread = []
      return taken
    },
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('latin1')
}

async function forward(target: string, incoming: IncomingMessage, body: string) {
  const { host, hostname, port } = new URL(target)
  const content = Buffer.from(body, 'latin1')
  const { expect: _, 'transfer-encoding': __, ...headers } = incoming.headers
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { method, url } = incoming
    const options = {
      hostname,
      port,
      method,
      path: url,
      headers: { ...headers, host, 'content-length': content.length },
    }
    send(options, resolve).once('error', reject).end(content)
  })
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }
}

/** The operation and its parameters in whichever of AWS's protocols; undefined for a request that nobody signed. */
function awsRequest(incoming: IncomingMessage, body: string): AwsRequest | undefined {
  const { authorization = '', 'x-amz-target': json } = incoming.headers
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1]
  if (service === undefined) return undefined
  const { headers } = incoming
  const path = incoming.url ?? '/'
  if (typeof json === 'string') {
    return {
      service,
      path,
      body,
      headers,
      operation: json.split('.').at(-1) ?? '',
      parameters: JSON.parse(body || '{}'),
    }
  }
  if (incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const { Action = '', Version: _, ...parameters } = Object.fromEntries(new URLSearchParams(body))
    return { service, path, body, headers, operation: Action, parameters }
  }
  return { service, path, body, headers, operation: incoming.method ?? 'GET', parameters: {} }
}

/** The tags of everything in EC2 as they are at this moment: conditions look at them, and a call may change them. */
async function rememberTags(target: string, known: Known): Promise<void> {
  const response = await fetch(target, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization:
        'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: new URLSearchParams({ Action: 'DescribeTags', Version: '2016-11-15' }),
  })
  const text = await response.text()
  const found = new Map<string, Record<string, string>>()
  for (const [item] of text.matchAll(/<item>[\s\S]*?<\/item>/g)) {
    const value = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(item)?.[1] ?? ''
    found.set(value('resourceId'), { ...found.get(value('resourceId')), [value('key')]: value('value') })
  }
  for (const [id, tags] of found) known.tags.set(id, tags)
}

function remember({ service, operation, parameters, path, body }: AwsRequest, answer: Buffer, known: Known): void {
  const text = answer.toString('utf8')
  if (service === 'apigateway' && operation === 'POST' && path === '/v2/apis') {
    const { apiId, tags } = { ...JSON.parse(body), ...JSON.parse(text) } as {
      apiId: string
      tags?: Record<string, string>
    }
    known.tags.set(apiOf(`/v2/apis/${apiId}`) ?? '', tags ?? {})
  }
  const first = (name: string) => new RegExp(`<${name}>([^<]+)`).exec(text)?.[1] ?? ''
  switch (`${service}:${operation}`) {
    case 'ec2:DescribeImages':
      for (const [, id = '', shared] of text.matchAll(/<imageId>([^<]+)[\s\S]*?<isPublic>(true|false)</g))
        known.publicImages.set(id, shared === 'true')
      break
    case 'ec2:CreateSubnet':
      known.subnetVpcs.set(first('subnetId'), first('vpcId'))
      break
    case 'elasticloadbalancing:CreateRule':
    case 'elasticloadbalancing:CreateTargetGroup': {
      const tags = Object.entries(parameters).flatMap(([key, value]) =>
        /^Tags\.member\.\d+\.Key$/.test(key) ? [[String(value), String(parameters[key.replace(/Key$/, 'Value')])]] : [],
      )
      known.tags.set(first(operation === 'CreateRule' ? 'RuleArn' : 'TargetGroupArn'), Object.fromEntries(tags))
      break
    }
    case 'application-autoscaling:RegisterScalableTarget': {
      if (parameters.Tags === undefined) break
      const tags = parameters.Tags as Record<string, string>
      known.tags.set(scalableTarget(parameters.ResourceId), tags)
      known.tags.set(JSON.parse(text).ScalableTargetARN, tags)
      break
    }
    case 'ec2:AssociateRouteTable':
    case 'ec2:AssociateAddress': {
      const id = /<associationId>([^<]+)/.exec(text)?.[1] ?? ''
      const { RouteTableId, SubnetId, AllocationId } = parameters
      known.associations.set(id, [RouteTableId, SubnetId, AllocationId].filter(each => each !== undefined).map(String))
      break
    }
    case 'iam:CreateRole':
      if (parameters.PermissionsBoundary === undefined) break
      known.boundaries.set(String(parameters.RoleName), String(parameters.PermissionsBoundary))
      break
    case 'iam:AddRoleToInstanceProfile':
      known.profiles.set(String(parameters.InstanceProfileName), String(parameters.RoleName))
      break
    case 'secretsmanager:CreateSecret':
      if (parameters.KmsKeyId !== undefined) known.secretKeys.set(JSON.parse(text).ARN, String(parameters.KmsKeyId))
      break
    case 'acm:RequestCertificate': {
      const tags = (parameters.Tags ?? []) as { Key: string; Value: string }[]
      known.tags.set(JSON.parse(text).CertificateArn, Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])))
      break
    }
  }
}
