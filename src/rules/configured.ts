/**
 * The configuration part of a JSON plan, for values that are unknown until the apply: which resources and variables an argument
 * refers to, and the values of the variables. Locals are not in the JSON, so a reference through one is lost. Nothing here throws.
 */
import { asList, asObject, type JsonObject } from '../json.ts'
import { withoutInstanceKeys } from '../terraform/json.ts'

/** A root variable or a constant argument of a module call behind an argument. */
export interface SourceValue {
  /** Such as `the variable image` or `the argument image of module.server`. */
  readonly place: string
  readonly value: unknown
}

export interface Configured {
  /** Configuration addresses that an argument refers to, such as `aws_lb_target_group.this`; undefined if it is not known. */
  references(address: string, argument: string): readonly string[] | undefined
  /** Values that an argument refers to through variables. */
  sources(address: string, argument: string): readonly SourceValue[]
  /** Whether somebody may have set an argument: it is in the configuration, and not only by variables that are null. */
  isSet(address: string, argument: string): boolean
}

/** A module of the configuration with the arguments of its call. */
interface Scope {
  /** Such as `module.server.`; empty for the root module. */
  readonly prefix: string
  readonly call: JsonObject
  /** The declared variables of the module, with their defaults. */
  readonly variables: JsonObject
  readonly parent: Scope | undefined
}

/** How many module calls a variable is followed through. */
const maxDepth = 20

export function readConfigured(plan: JsonObject): Configured {
  const variables = asObject(plan.variables)
  let index: ReadonlyMap<string, { readonly expressions: JsonObject; readonly scope: Scope }> | undefined
  const resourceAt = (address: string) => {
    index ??= indexOf(asObject(asObject(plan.configuration).root_module))
    return index.get(withoutInstanceKeys(address))
  }
  const follow = (reference: string, scope: Scope, depth: number): SourceValue[] => {
    const name = /^var\.([\w-]+)/.exec(reference)?.[1]
    if (name === undefined || depth > maxDepth) return []
    if (scope.parent === undefined) {
      const value = asObject(variables[name]).value
      return value === undefined ? [] : [{ place: `the variable ${name}`, value }]
    }
    if (!Object.hasOwn(scope.call, name)) {
      const value = asObject(scope.variables[name]).default ?? null
      return [{ place: `the default of ${name} in ${scope.prefix.slice(0, -1)}`, value }]
    }
    const argument = asObject(scope.call[name])
    const { constant_value } = argument
    if (constant_value !== undefined)
      return [{ place: `the argument ${name} of ${scope.prefix.slice(0, -1)}`, value: constant_value }]
    const { parent } = scope
    return referencesIn(argument).flatMap(each => follow(each, parent, depth + 1))
  }
  const references = (address: string, argument: string): readonly string[] | undefined => {
    const found = resourceAt(address)
    if (found === undefined || !Object.hasOwn(found.expressions, argument)) return undefined
    const { prefix } = found.scope
    return referencesIn(found.expressions[argument]).map(reference => `${prefix}${reference}`)
  }
  const sources = (address: string, argument: string): readonly SourceValue[] => {
    const found = resourceAt(address)
    if (found === undefined) return []
    const own = new Set(referencesIn(found.expressions[argument]))
    return [...own].flatMap(reference => follow(reference, found.scope, 0))
  }
  const isSet = (address: string, argument: string): boolean => {
    const all = references(address, argument) ?? []
    const values = sources(address, argument)
    const isNull = all.every(each => /(?:^|\.)var\./.test(each)) && values.every(({ value }) => value === null)
    return all.length > 0 && !(isNull && values.length > 0)
  }
  return { references, sources, isSet }
}

function indexOf(root: JsonObject): Map<string, { expressions: JsonObject; scope: Scope }> {
  const index = new Map<string, { expressions: JsonObject; scope: Scope }>()
  const walk = (module: JsonObject, scope: Scope, depth: number): void => {
    for (const { address, expressions } of asList(module.resources).map(asObject))
      if (typeof address === 'string')
        index.set(`${scope.prefix}${address}`, { expressions: asObject(expressions), scope })
    if (depth > maxDepth) return
    for (const [name, call] of Object.entries(asObject(module.module_calls))) {
      const { module: child, expressions } = asObject(call)
      const inner = asObject(child)
      const prefix = `${scope.prefix}module.${name}.`
      const variables = asObject(inner.variables)
      walk(inner, { prefix, call: asObject(expressions), variables, parent: scope }, depth + 1)
    }
  }
  walk(root, { prefix: '', call: {}, variables: {}, parent: undefined }, 0)
  return index
}

/** All references in an expression, also in those of nested blocks. */
function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn)
  const { references, ...blocks } = asObject(expression)
  const own = asList(references).filter(each => typeof each === 'string')
  return [...own, ...Object.values(blocks).flatMap(each => (typeof each === 'object' ? referencesIn(each) : []))]
}
