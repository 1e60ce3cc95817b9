/** The outputs that a root module must have, so that its apply can be verified. They are checked by the plan. Pure. */
import { InputError } from '../errors.ts'
import { asList, asObject, exactDigits, isObject, type JsonObject } from '../json.ts'
import type { PlanJson } from '../terraform/json.ts'
import { joined } from '../text.ts'
import { findAddressedTarget, findCandidate, findExplicitTarget, specific } from './index.ts'
import { outputText, type Platform, type PlatformInputs } from './platform.ts'

/** The parts of a plan that decide whether its apply can be verified. */
export interface PlannedModule {
  /** The outputs of the root module. */
  readonly outputNames: readonly string[]
  readonly json: Pick<PlanJson, 'output_changes' | 'planned_values' | 'resource_changes'>
}

/**
 * Refuses a root module whose apply could not be verified, while nothing has been changed: an output is missing or is known
 * to be empty, or the endpoint may lead to several targets. The output mcp_endpoint may be missing where the platform gives the server
 * its address. Throws an InputError that names the outputs.
 */
export function assertVerifiable({ outputNames, json }: PlannedModule, inputs: PlatformInputs): void {
  const isEmpty = (name: string) => isKnownEmpty(json, name) || otherTypeOf(json, name) !== undefined
  const isMissing = (name: string) => !outputNames.includes(name) || isEmpty(name)
  const state = { values: json.planned_values ?? {} }
  const isAddressed = () =>
    specific.some(({ outputs, addresses }) => addresses !== undefined && !outputs.some(isMissing)) ||
    findAddressedTarget(inputs, state) !== undefined
  const lacksEndpoint = inputs.mcp.endpoint === undefined && isMissing('mcp_endpoint') && !isAddressed()
  const missing = lacksEndpoint ? ['mcp_endpoint'] : []
  const hasTarget =
    findExplicitTarget(inputs, undefined) !== undefined || specific.some(({ outputs }) => !outputs.some(isMissing))
  if (!hasTarget) {
    const isDeclared = ({ outputs }: Platform) => outputs.some(name => outputNames.includes(name))
    missing.push(...(specific.find(isDeclared)?.outputs.filter(isMissing) ?? []))
  }
  if (missing.length > 0) throw new InputError(missingMessage(missing, { outputNames, json }))
  const endpoint = inputs.mcp.endpoint ?? outputText(state, 'mcp_endpoint')
  if (!hasTarget && endpoint !== undefined) findCandidate(endpoint, state)
}

function isKnownEmpty({ output_changes }: PlannedModule['json'], name: string): boolean {
  const change = output_changes?.[name]
  return change?.after_unknown !== true && change !== undefined && (change.after ?? '') === ''
}

/** What an output is that is known not to be a text; undefined for a text, and for a value that is not known. */
function otherTypeOf({ output_changes }: PlannedModule['json'], name: string): string | undefined {
  const { after, after_unknown: unknown } = output_changes?.[name] ?? {}
  if (unknown === true) return undefined
  const value = after ?? (typeof unknown === 'object' ? unknown : undefined)
  if (Array.isArray(value)) return 'a list'
  if (value === null || value === undefined || typeof value === 'string') return undefined
  if (isObject(value) && exactDigits(value) === undefined) return 'an object'
  return typeof value === 'boolean' ? 'a truth value' : 'a number'
}

function missingMessage(missing: readonly string[], planned: PlannedModule): string {
  const ofOtherType = missing.flatMap(name => {
    const type = otherTypeOf(planned.json, name)
    return type === undefined ? [] : [{ name, type }]
  })
  const isWrong = (name: string) => ofOtherType.some(each => each.name === name)
  const empty = missing.filter(name => planned.outputNames.includes(name) && !isWrong(name))
  const absent = missing.filter(name => !empty.includes(name) && !isWrong(name))
  const plural = (names: readonly string[]) => (names.length > 1 ? 's' : '')
  const problems = [
    absent.length === 0 ? '' : `lacks the output${plural(absent)} ${absent.join(', ')}`,
    empty.length === 0 ? '' : `leaves the output${plural(empty)} ${empty.join(', ')} empty`,
    ofOtherType.length === 0
      ? ''
      : `has ${joined(
          ofOtherType.map(({ name, type }) => `the output ${name} as ${type}`),
          'and',
        )}, which must be a text`,
  ].filter(problem => problem !== '')
  const addresses = missing.includes('mcp_endpoint') ? addressesOf(planned) : []
  const example = missing.map(
    name => `output "${name}" { value = ${(name === 'mcp_endpoint' && addresses[0]?.expression) || '…'} }`,
  )
  const targetOutputs = specific.map(({ outputs }) => joined(outputs, 'and'))
  return [
    `The root module ${problems.join(' and ')}, so what is deployed could not be verified.`,
    `${absent.length === missing.length ? 'Add' : 'Write'} ${example.join(' and ')}, or set the inputs mcp-endpoint, ecs-cluster and ecs-service.`,
    ...lookAlikes(missing, planned.outputNames),
    ...(missing.includes('mcp_endpoint') ? withoutAddress(planned, addresses) : []),
    `The action finds the resource behind the endpoint by the output ${joined(targetOutputs, 'or')}; without ${targetOutputs.length > 1 ? 'all of them' : 'it'}, mcp_endpoint is enough and only the endpoint is checked.`,
  ].join(' ')
}

/** What the name of an output often is where it is not the one that the action reads. */
const lookAlikePatterns: Readonly<Record<string, RegExp>> = {
  mcp_endpoint: /ur[il]|endpoint|address|host|domain|dns/i,
  ecs_cluster_name: /cluster/i,
  ecs_service_name: /service(?!.*(?:ur[il]|address|host))/i,
  instance_id: /instance/i,
  lambda_function_name: /function(?!.*ur[il])|lambda/i,
  agentcore_runtime_arn: /runtime|agent/i,
}

/** A sentence for each missing output about the outputs that look like it. */
function lookAlikes(missing: readonly string[], outputNames: readonly string[]): string[] {
  return missing.flatMap(name => {
    const similar = outputNames.filter(each => !missing.includes(each) && lookAlikePatterns[name]?.test(each))
    if (similar.length === 0) return []
    const names = joined(similar.slice(0, 5), 'and')
    return [`The output${similar.length > 1 ? 's' : ''} ${names} may hold what ${name} must hold.`]
  })
}

/** A resource whose address may be that of the endpoint. */
interface Address {
  readonly resource: string
  /** The expression in the root module; undefined for a resource of a child module, which needs an output of that module. */
  readonly expression: string | undefined
}

/** Addresses by resource type, as an expression after the address of the resource; more direct ones first. */
const addressAttributes: Readonly<Record<string, (resource: string) => string>> = {
  aws_cloudfront_distribution: resource => `"https://\${${resource}.domain_name}/mcp"`,
  aws_lambda_function_url: resource => `"\${${resource}.function_url}mcp"`,
  aws_apigatewayv2_api: resource => `"\${${resource}.api_endpoint}/mcp"`,
  aws_api_gateway_stage: resource => `"\${${resource}.invoke_url}/mcp"`,
  aws_apprunner_service: resource => `"https://\${${resource}.service_url}/mcp"`,
  aws_lightsail_container_service: resource => `"\${${resource}.url}mcp"`,
  aws_lb: resource => `"https://\${${resource}.dns_name}/mcp"`,
  aws_alb: resource => `"https://\${${resource}.dns_name}/mcp"`,
}

function addressesOf({ json }: PlannedModule): Address[] {
  return Object.entries(addressAttributes).flatMap(([type, expressionOf]) =>
    (json.resource_changes ?? [])
      .filter(
        ({ mode, type: each, change }) => mode === 'managed' && each === type && !change.actions.includes('delete'),
      )
      .map(({ address }) => ({
        resource: address,
        expression: address.startsWith('module.') ? undefined : expressionOf(address),
      })),
  )
}

/** Sentences about where the endpoint could be, if the plan shows it. */
function withoutAddress({ json }: PlannedModule, addresses: readonly Address[]): string[] {
  const nested = addresses.find(({ expression }) => expression === undefined)
  if (addresses[0]?.expression === undefined && nested !== undefined)
    return [`The plan has ${nested.resource}: give its module an output with the address, and use it here.`]
  if (addresses.length > 0) return []
  const services = (json.resource_changes ?? []).filter(
    ({ type, change }) =>
      type === 'aws_ecs_service' &&
      !change.actions.includes('delete') &&
      asObject(change.after_unknown as JsonObject).load_balancer !== true &&
      asList(asObject(change.after as JsonObject).load_balancer).length === 0,
  )
  return services.map(
    ({ address }) =>
      `${address} has no load balancer: the address of its tasks changes with each deployment, so no output can hold it. Put a load balancer before the service, as terraform/ecs does, or set mcp-endpoint to a URL that always leads to it.`,
  )
}
