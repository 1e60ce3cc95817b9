/** The AWS accounts and regions of a plan, so that a reviewer sees which environment it changes. Pure. */
import { asList, asObject, asText, type JsonObject } from '../json.ts'
import type { PlanJson, StateModule } from './json.ts'

/** Accounts and regions, the most frequent first. Both are empty if the plan shows none. */
export interface Place {
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
}

/** The most accounts and regions that are returned. */
const maxEach = 3

/**
 * Reads accounts and regions from the plan: first what the configuration states (data sources of the caller, provider blocks),
 * then the ARNs and regions of the resources.
 * @param env its AWS_REGION and AWS_DEFAULT_REGION count only if the plan shows no region
 */
export function placeOf(json: PlanJson, env: NodeJS.ProcessEnv): Place {
  const found = { accounts: new Counter(), regions: new Counter() }
  for (const { type, change } of json.resource_changes ?? []) {
    if (!type.startsWith('aws_')) continue
    readResource(asObject(change.before), found)
    readResource(asObject(change.after), found)
  }
  const stated = statedIn(json)
  const [accounts, regions] = [stated.accounts, stated.regions]
  const usesAws = json.resource_changes?.some(({ type }) => type.startsWith('aws_')) === true
  const inEnv = usesAws
    ? [env.AWS_REGION, env.AWS_DEFAULT_REGION].filter(region => region !== undefined).slice(0, 1)
    : []
  return {
    accounts: accounts.length > 0 ? accounts.slice(0, maxEach) : found.accounts.mostFrequent(),
    regions: firstNotEmpty(found.regions.mostFrequent(), regions.slice(0, maxEach), inEnv),
  }
}

function readResource({ arn, region }: JsonObject, found: { accounts: Counter; regions: Counter }): void {
  let place = typeof region === 'string' ? region : ''
  if (typeof arn === 'string') {
    const [, , , arnRegion = '', account = ''] = arn.split(':', 5)
    if (/^\d{12}$/.test(account)) found.accounts.add(account)
    if (typeof region !== 'string') place = arnRegion
  }
  if (place !== '' && isRegion(place)) found.regions.add(place)
}

/** What data sources and provider blocks state. */
function statedIn(json: PlanJson): Place {
  const accounts = new Set<string>()
  const regions = new Set<string>()
  for (const { type, values = {} } of dataSources(json.prior_state?.values?.root_module)) {
    const account = type === 'aws_caller_identity' ? asText(values.account_id) : undefined
    if (account !== undefined && /^\d{12}$/.test(account)) accounts.add(account)
  }
  const root = asObject(json.configuration as unknown)
  for (const provider of Object.values(asObject(root.provider_config)).map(asObject)) {
    if (provider.name !== 'aws') continue
    const expressions = asObject(provider.expressions)
    const region = textOfExpression(expressions.region, json)
    if (isRegion(region)) regions.add(region)
    const role = textOfExpression(asObject(asList(expressions.assume_role)[0]).role_arn, json)
    const account = /^arn:[\w-]+:iam::(\d{12}):/.exec(role)?.[1]
    if (account !== undefined) accounts.add(account)
  }
  return { accounts: [...accounts], regions: [...regions] }
}

function* dataSources(module: StateModule | undefined): Generator<{ type: string; values?: JsonObject }> {
  for (const resource of module?.resources ?? [])
    if (resource.mode === 'data') yield { type: resource.type, values: asObject(resource.values) }
  for (const child of module?.child_modules ?? []) yield* dataSources(child)
}

/** Returns the text of an expression that is a constant or one root variable; empty for any other. */
function textOfExpression(expression: unknown, json: PlanJson): string {
  const { constant_value, references } = asObject(expression)
  if (typeof constant_value === 'string') return constant_value
  const [reference, ...more] = asList(references)
  const variable = typeof reference === 'string' ? /^var\.([\w-]+)$/.exec(reference)?.[1] : undefined
  if (variable === undefined || more.length > 0) return ''
  const value = json.variables?.[variable]?.value
  return typeof value === 'string' ? value : ''
}

function isRegion(text: string): boolean {
  return /^[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}$/.test(text)
}

function firstNotEmpty(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.find(list => list.length > 0) ?? []
}

/** Counts how often each text was added. */
class Counter {
  readonly #counts = new Map<string, number>()

  add(text: string): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1)
  }

  mostFrequent(): string[] {
    return [...this.#counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, maxEach)
      .map(([text]) => text)
  }
}
