/** The AgentCore runtime that serves an endpoint, found in outputs and state, and the URL that its ARN gives. Pure. */
import { InputError } from '../../errors.ts'
import { asList, asObject, asText } from '../../json.ts'
import { listManagedResources, type StateJson, type StateResource } from '../../terraform/json.ts'
import { outputText, type PlatformInputs, type Version } from '../platform.ts'

export interface AgentCoreRuntime {
  readonly kind: 'agentcore'
  /** ARN, in which region and id are; empty while a planned state does not hold it. */
  readonly arn: string
  /** `NAME-` and ten characters that AWS chose. */
  readonly id: string
  /** The name of the runtime, which its monitors also get. */
  readonly name: string
  readonly region: string | undefined
  /** The endpoint that clients call; DEFAULT follows the newest version. */
  readonly qualifier: string
  /** The version that the state or an output holds; undefined when neither does. */
  readonly version: string | undefined
  /** The version of the endpoint in the state; undefined for DEFAULT and for an endpoint that the state does not hold. */
  readonly endpointVersion: string | undefined
  /** `jwt` when the runtime takes tokens of an issuer, `iam` when it takes signed requests; undefined when the state does not say. */
  readonly authorizer: 'iam' | 'jwt' | undefined
}

/** The name of the endpoint that AWS makes with each runtime. */
export const defaultQualifier = 'DEFAULT'

const runtimeType = /^(?:aws_bedrockagentcore_agent_runtime|awscc_bedrockagentcore_runtime)$/
const endpointType = /^(?:aws_bedrockagentcore_agent_runtime_endpoint|awscc_bedrockagentcore_runtime_endpoint)$/

/** The runtime that the outputs name. Throws an InputError if the output holds no ARN of a runtime. */
export function findRuntime(_: PlatformInputs, state: StateJson | undefined): AgentCoreRuntime | undefined {
  const arn = outputText(state, 'agentcore_runtime_arn')
  if (arn === undefined) return undefined
  if (partsOf(arn) === undefined) {
    throw new InputError(
      `The output agentcore_runtime_arn is "${arn}", which is not the ARN of an AgentCore runtime: set it to the attribute agent_runtime_arn of the runtime.`,
    )
  }
  return toTarget(arn, qualifierIn(state), state)
}

/** The runtimes of a state that speak MCP by their configuration. */
export function listRuntimes(state: StateJson): AgentCoreRuntime[] {
  const resources = listManagedResources(state.values?.root_module)
  return resources
    .filter(resource => runtimeType.test(resource.type) && protocolOf(resource) === 'MCP')
    .map(({ values }) => {
      const target = toTarget(asText(values?.agent_runtime_arn) ?? '', qualifierIn(state), state)
      return { ...target, name: asText(values?.agent_runtime_name) ?? target.name }
    })
}

/** The runtime whose own URL the endpoint is. */
export function runtimesAt(endpoint: URL, state: StateJson): AgentCoreRuntime[] {
  const arn = arnIn(endpoint)
  const resources = listManagedResources(state.values?.root_module)
  const isHeld = resources.some(({ type, values }) => runtimeType.test(type) && values?.agent_runtime_arn === arn)
  if (arn === undefined || !isHeld) return []
  return [toTarget(arn, endpoint.searchParams.get('qualifier') || defaultQualifier, state)]
}

/**
 * The URL of the runtime at its endpoint (AgentCore API reference, InvokeAgentRuntime); undefined without an ARN.
 * @param environment may name another origin in the variables of the AWS SDKs, such as that of a VPC endpoint
 */
export function urlOf(
  { arn, qualifier }: Pick<AgentCoreRuntime, 'arn' | 'qualifier'>,
  operation: 'invocations' | 'stopruntimesession' = 'invocations',
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const parts = partsOf(arn)
  if (parts === undefined) return undefined
  const suffix = parts.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  const set = environment.AWS_ENDPOINT_URL_BEDROCK_AGENTCORE || environment.AWS_ENDPOINT_URL
  const origin = set ? set.replace(/\/+$/, '') : `https://bedrock-agentcore.${parts.region}.${suffix}`
  return `${origin}/runtimes/${encodeURIComponent(arn)}/${operation}?qualifier=${encodeURIComponent(qualifier)}`
}

/** Whether a URL is the runtime's own one, and not that of a gateway or a domain in front of it. */
export function isOwnUrl(target: Pick<AgentCoreRuntime, 'arn' | 'qualifier'>, endpoint: URL): boolean {
  return URL.parse(urlOf(target) ?? '')?.origin === endpoint.origin && arnIn(endpoint) === target.arn
}

/** The version that clients got by an earlier state: that of the endpoint, or of the runtime at DEFAULT. */
export function versionInState(target: AgentCoreRuntime, state: StateJson | undefined): string | undefined {
  const { version, endpointVersion } = toTarget(target.arn, target.qualifier, state)
  return target.qualifier === defaultQualifier ? version : endpointVersion
}

/** A version, such as `7`, as a version of the contract. */
export function runtimeVersion(name: string, version: string): Version {
  return { id: version, label: `version ${version} of ${name}` }
}

/** The group that AgentCore writes the output of the server to. */
export function logGroupOf({ id, qualifier }: Pick<AgentCoreRuntime, 'id' | 'qualifier'>): string {
  return `/aws/bedrock-agentcore/runtimes/${id}-${qualifier}`
}

function toTarget(arn: string, qualifier: string, state: StateJson | undefined): AgentCoreRuntime {
  const resources = listManagedResources(state?.values?.root_module)
  const { region, id } = partsOf(arn) ?? { region: undefined, id: '' }
  const runtime = resources.find(({ type, values }) => runtimeType.test(type) && values?.agent_runtime_arn === arn)
  const endpoint = resources.find(
    ({ type, values }) => endpointType.test(type) && values?.agent_runtime_id === id && values?.name === qualifier,
  )
  return {
    kind: 'agentcore',
    arn,
    id,
    name: asText(runtime?.values?.agent_runtime_name) ?? id.replace(/-[^-]*$/, ''),
    region,
    qualifier,
    version: asText(runtime?.values?.agent_runtime_version) || outputText(state, 'agentcore_runtime_version'),
    endpointVersion: asText(endpoint?.values?.agent_runtime_version) || undefined,
    authorizer: runtime === undefined ? undefined : authorizerOf(runtime),
  }
}

function qualifierIn(state: StateJson | undefined): string {
  return outputText(state, 'agentcore_endpoint_name') ?? defaultQualifier
}

/** Both providers have the argument: as a list of blocks, and as an object. */
function authorizerOf({ values }: StateResource): 'iam' | 'jwt' {
  const configuration = values?.authorizer_configuration
  const block = asObject(Array.isArray(configuration) ? configuration[0] : configuration)
  const jwt = block.custom_jwt_authorizer
  return asList(jwt).length > 0 || Object.keys(asObject(jwt)).length > 0 ? 'jwt' : 'iam'
}

/** A list of blocks in one provider, a text in the other. */
function protocolOf({ values }: StateResource): string | undefined {
  const configuration = values?.protocol_configuration
  return asText(configuration) ?? asText(asObject(asList(configuration)[0]).server_protocol)
}

/** The ARN in the path of a runtime's URL; undefined for any other URL. */
function arnIn({ pathname }: URL): string | undefined {
  const escaped = /^\/runtimes\/([^/]+)\/invocations\/?$/.exec(pathname)?.[1]
  try {
    return escaped === undefined ? undefined : decodeURIComponent(escaped)
  } catch {
    return undefined
  }
}

function partsOf(arn: string): { partition: string; region: string; id: string } | undefined {
  const [, partition, region, id] =
    /^arn:([\w-]+):bedrock-agentcore:([a-z0-9-]+):\d{12}:runtime\/([a-zA-Z][\w-]*)$/.exec(arn) ?? []
  return partition === undefined || region === undefined || id === undefined ? undefined : { partition, region, id }
}
