/** The Lambda function that serves an endpoint, found in outputs and state. Pure. */
import { InputError } from '../../errors.ts'
import { asList, asObject, asText } from '../../json.ts'
import { listManagedResources, type StateJson, type StateResource } from '../../terraform/json.ts'
import { joined } from '../../text.ts'
import { namesBehind } from '../aws/dns.ts'
import { outputText, type PlatformInputs, type Version } from '../platform.ts'

export interface LambdaFunction {
  readonly kind: 'lambda'
  /** The function's name, which its monitors also get. */
  readonly name: string
  /** From its ARN in the state; undefined when the state does not hold the function. */
  readonly region: string | undefined
  /** The alias that clients are sent through; undefined when they get $LATEST. */
  readonly alias: string | undefined
  /** The published version that the alias must point at; undefined when the state does not hold the alias. */
  readonly version: string | undefined
  /** The further versions that the configuration sends a part of the requests to, each with its part; absent without any. */
  readonly weights?: Readonly<Record<string, number>>
  /** SHA-256 of the package of $LATEST in the state. */
  readonly codeSha256: string | undefined
  /** Whether an answer arrives only when it is complete. */
  readonly isBuffered: boolean
  /** Host and port of the function URL that requires signatures (AWS_IAM). */
  readonly signedHost?: string
}

/** The function that the outputs name. Throws an InputError if it has several aliases and no output names one. */
export function findFunction(_: PlatformInputs, state: StateJson | undefined): LambdaFunction | undefined {
  const given = outputText(state, 'lambda_function_name')
  if (given === undefined) return undefined
  const resources = listManagedResources(state?.values?.root_module)
  const name = functionNameOf(given)
  const url = functionUrls(resources).find(each => isOf(each, name) && isAt(each, outputText(state, 'mcp_endpoint')))
  const aliases = aliasesOf(name, resources).map(({ values }) => asText(values?.name) ?? '')
  const alias = outputText(state, 'lambda_alias') ?? (asText(url?.values?.qualifier) || undefined)
  if (alias === undefined && aliases.length > 1) {
    throw new InputError(
      `The function ${name} has the aliases ${joined(aliases, 'and')}, and it is not known which of them serves the endpoint. Name one with the output lambda_alias.`,
    )
  }
  return toTarget(name, alias ?? aliases[0], resources)
}

/** Functions behind the function URL, the API or the load balancer that the endpoint's address leads to. */
export function functionsBehind(endpoint: URL, state: StateJson): LambdaFunction[] {
  const resources = listManagedResources(state.values?.root_module)
  const reached = [
    ...urlsAt(endpoint, resources),
    ...apiTargets(endpoint, resources),
    ...balancerTargets(endpoint, resources),
  ]
  const targets = new Map(
    reached.map(({ name, qualifier }) => [
      `${name}:${qualifier}`,
      toTarget(name, qualifier === '' ? undefined : qualifier, resources),
    ]),
  )
  return [...targets.values()]
}

interface Invocation {
  readonly name: string
  /** Empty for $LATEST. */
  readonly qualifier: string
}

function urlsAt(endpoint: URL, resources: readonly StateResource[]): Invocation[] {
  return functionUrls(resources)
    .filter(url => isAt(url, endpoint.href))
    .map(({ values }) => ({
      name: functionNameOf(asText(values?.function_name) ?? ''),
      qualifier: asText(values?.qualifier) ?? '',
    }))
}

/** Functions that an HTTP API or a REST API with this host calls. */
function apiTargets(endpoint: URL, resources: readonly StateResource[]): Invocation[] {
  const names = namesBehind(endpoint.hostname, resources)
  const mapped = resources.flatMap(({ type, values }) =>
    /^aws_(apigatewayv2_api_mapping|api_gateway_base_path_mapping)$/.test(type) &&
    asText(values?.domain_name)?.toLowerCase() === endpoint.hostname
      ? (asText(values?.api_id) ?? [])
      : [],
  )
  const ids = [...names].flatMap(name => /^([a-z0-9]+)\.execute-api\./.exec(name)?.[1] ?? [])
  const apis = new Set([...mapped, ...ids])
  return resources.flatMap(({ type, values }) => {
    if (type === 'aws_apigatewayv2_integration' && apis.has(asText(values?.api_id) ?? ''))
      return invocationIn(asText(values?.integration_uri))
    if (type === 'aws_api_gateway_integration' && apis.has(asText(values?.rest_api_id) ?? ''))
      return invocationIn(asText(values?.uri))
    return []
  })
}

/** The functions of a load balancer that has no other targets; else its address does not say which of them answers. */
function balancerTargets(endpoint: URL, resources: readonly StateResource[]): Invocation[] {
  const names = namesBehind(endpoint.hostname, resources)
  const isReached = resources.some(
    ({ type, values }) => /^aws_a?lb$/.test(type) && names.has(asText(values?.dns_name)?.toLowerCase() ?? ''),
  )
  const groups = resources.filter(({ type }) => /^aws_a?lb_target_group$/.test(type))
  if (!isReached || groups.some(({ values }) => values?.target_type !== 'lambda')) return []
  return resources
    .filter(({ type }) => /^aws_a?lb_target_group_attachment$/.test(type))
    .flatMap(({ values }) => invocationIn(asText(values?.target_id)))
}

/** The function and qualifier of an ARN, or of the ARN in the URI of an API's integration. */
function invocationIn(text: string | undefined): Invocation[] {
  const [, name, qualifier = ''] = /:function:([\w-]+)(?::([\w$-]+))?/.exec(text ?? '') ?? []
  return name === undefined ? [] : [{ name, qualifier: qualifier === '$LATEST' ? '' : qualifier }]
}

function toTarget(name: string, alias: string | undefined, resources: readonly StateResource[]): LambdaFunction {
  const inState = resources.find(
    ({ type, values }) => type === 'aws_lambda_function' && asText(values?.function_name) === name,
  )
  const found = aliasesOf(name, resources).find(({ values }) => values?.name === alias)
  const url = functionUrls(resources).find(
    each => isOf(each, name) && (asText(each.values?.qualifier) ?? '') === (alias ?? ''),
  )
  const isSigned = url?.values?.authorization_type === 'AWS_IAM'
  const signedHost = isSigned ? URL.parse(asText(url?.values?.function_url) ?? '')?.host : undefined
  const version = versionOf(found)
  // An alias of $LATEST does not keep clients on a version.
  const isLatest = version === '$LATEST'
  const weights = weightsOf(found)
  return {
    kind: 'lambda',
    name,
    region: asText(inState?.values?.arn)?.split(':')[3],
    alias: isLatest ? undefined : alias,
    version: isLatest ? undefined : version,
    ...(weights !== undefined && { weights }),
    codeSha256: asText(inState?.values?.code_sha256) || asText(inState?.values?.source_code_hash) || undefined,
    isBuffered: url?.values?.invoke_mode !== 'RESPONSE_STREAM',
    ...(signedHost !== undefined && { signedHost }),
  }
}

/** The version that an alias points at, by an earlier state. */
export function versionInState(target: LambdaFunction, state: StateJson | undefined): string | undefined {
  const resources = listManagedResources(state?.values?.root_module)
  return versionOf(aliasesOf(target.name, resources).find(({ values }) => values?.name === target.alias))
}

/** A published version, such as `7`, as a version of the contract. */
export function publishedVersion(name: string, version: string): Version {
  return { id: version, label: `version ${version} of ${name}` }
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]` or `NAME[:QUALIFIER]` → `NAME`. */
function functionNameOf(text: string): string {
  return (/:function:([\w-]+)/.exec(text)?.[1] ?? text).replace(/:.*$/, '')
}

function versionOf(alias: StateResource | undefined): string | undefined {
  return asText(alias?.values?.function_version) || undefined
}

/** The weights of an alias, a list of one block; undefined if it sends all requests to one version. */
function weightsOf(alias: StateResource | undefined): Readonly<Record<string, number>> | undefined {
  const block = asObject(asList(alias?.values?.routing_config)[0])
  const weights = Object.entries(asObject(block.additional_version_weights)).map(
    ([version, weight]) => [version, Number(weight)] as const,
  )
  const positive = weights.filter(([, weight]) => weight > 0)
  return positive.length === 0 ? undefined : Object.fromEntries(positive)
}

function aliasesOf(name: string, resources: readonly StateResource[]): StateResource[] {
  return resources.filter(resource => resource.type === 'aws_lambda_alias' && isOf(resource, name))
}

function functionUrls(resources: readonly StateResource[]): StateResource[] {
  return resources.filter(({ type }) => type === 'aws_lambda_function_url')
}

function isOf({ values }: StateResource, name: string): boolean {
  return functionNameOf(asText(values?.function_name) ?? '') === name
}

/** Whether a function URL has the host of the endpoint. */
function isAt({ values }: StateResource, endpoint: string | undefined): boolean {
  const [own, wanted] = [asText(values?.function_url), endpoint].map(text => URL.parse(text ?? '')?.host)
  return own !== undefined && own === wanted
}
