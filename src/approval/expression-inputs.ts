/**
 * What the expression of an attribute depends on: the root module's variables and the data sources, with their values. A value that is
 * known only after the apply is compared by them, because two unknown values need not be equal. The JSON plan has no local values
 * and no dynamic blocks, so these are read from the configuration's files. What cannot be read depends on every variable of its
 * module.
 */
import { asObject } from '../json.ts'
import type {
  ModuleCallJson,
  ModuleJson,
  PlanJson,
  ProvisionerJson,
  ResourceConfigJson,
  StateModule,
} from '../terraform/json.ts'
import { withoutInstanceKeys } from '../terraform/json.ts'
import { at } from './canonical.ts'
import type { ModuleFiles } from './module-files.ts'
import { isCallerSource } from './placeholders.ts'

/** A value that an expression depends on. */
export interface Input {
  readonly value: unknown
  /** `true`, or marks in the value's own shape. */
  readonly sensitive: unknown
}

/** What an expression depends on. */
export interface ExpressionInputs {
  /** Root variables and data sources by reference, such as `var.tag`; sorted. */
  readonly values: ReadonlyMap<string, Input>
  /** The references as they are written, sorted. */
  readonly references: readonly string[]
  /** Whether it depends on a resource, so that its value may be known only after the apply. */
  readonly dependsOnResource: boolean
  /** Whether it may depend on the identity of the caller. */
  readonly dependsOnCaller: boolean
}

/** A module instance's configuration, without keys of count and for_each. */
interface Scope {
  readonly module: ModuleJson
  /** Names of the module calls, joined by dots; empty for the root module. */
  readonly path: string
  readonly parent?: { readonly scope: Scope; readonly call: ModuleCallJson }
}

/** The parts of a resource block that are in no planned value. */
export interface ResourceBlock {
  /** Names of the arguments that the block sets. */
  readonly argumentNames: readonly string[]
  /** Key of its provider block, such as `aws.west`. */
  readonly providerBlock: string | undefined
  readonly provisioners: readonly ProvisionerJson[]
  /** What the arguments of the provisioners depend on. */
  readonly provisionerInputs: ExpressionInputs
}

interface Collected {
  readonly values: Map<string, Input>
  readonly references: Set<string>
  readonly visited: Set<string>
  dependsOnResource: boolean
  dependsOnCaller: boolean
}

/** Data sources whose values are new in each job, so they do not count as a difference between two plans. */
const tokenSources = /_(?:auth|authorization_token|token|access_token|session)$/

/** Reads the inputs of expressions from a plan. It remembers them, because instances share a configuration. */
export class Configuration {
  readonly #json: PlanJson
  readonly #files: (modulePath: string) => ModuleFiles | undefined
  readonly #root: Scope
  readonly #resources = new Map<string, (attribute: string) => ExpressionInputs | undefined>()
  readonly #blocks = new Map<string, ResourceBlock>()
  #dataValues: Map<string, { readonly address: string; readonly input: Input }[]> | undefined

  /** @param files the local values and dynamic blocks of a module; undefined if its files cannot be read */
  constructor(json: PlanJson, files: (modulePath: string) => ModuleFiles | undefined) {
    this.#json = json
    this.#files = files
    this.#root = { module: json.configuration?.root_module ?? {}, path: '' }
  }

  /**
   * Returns a function that returns the inputs of a resource's attribute; undefined if the configuration does not set it.
   * @param address of an instance, such as `module.a["x"].aws_lb.this[0]`
   */
  ofResource(address: string): (attribute: string) => ExpressionInputs | undefined {
    const place = withoutInstanceKeys(address)
    const known = this.#resources.get(place)
    if (known !== undefined) return known
    const { modules, rest } = splitModules(place)
    const scope = this.#scopeOf(modules)
    const resource = scope?.module.resources?.find(each => addressOf(each) === rest)
    const attributes = new Map<string, ExpressionInputs | undefined>()
    const inputsOf = (attribute: string) => {
      if (scope === undefined || resource === undefined) return undefined
      if (!attributes.has(attribute)) attributes.set(attribute, this.#inputsOf(scope, resource, attribute))
      return attributes.get(attribute)
    }
    this.#resources.set(place, inputsOf)
    return inputsOf
  }

  /** The block of a resource; undefined if the configuration has none, as for a resource that it does not contain any more. */
  blockOf(address: string): ResourceBlock | undefined {
    const place = withoutInstanceKeys(address)
    const known = this.#blocks.get(place)
    if (known !== undefined) return known
    const { modules, rest } = splitModules(place)
    const scope = this.#scopeOf(modules)
    const resource = scope?.module.resources?.find(each => addressOf(each) === rest)
    if (scope === undefined || resource === undefined) return undefined
    const { expressions = {}, provider_config_key: providerBlock, provisioners = [] } = resource
    const collected = emptyInputs()
    for (const { type, expressions: each } of provisioners) {
      this.#collectExpression(scope, each, resource, collected)
      // The JSON plan has no connection blocks, which name the machine of every other provisioner.
      if (type !== 'local-exec') this.#collectAll(scope, resource, collected)
    }
    const provisionerInputs = finished(collected)
    const block = { argumentNames: Object.keys(expressions), providerBlock, provisioners, provisionerInputs }
    this.#blocks.set(place, block)
    return block
  }

  #inputsOf(scope: Scope, resource: ResourceConfigJson, attribute: string): ExpressionInputs | undefined {
    const expression = resource.expressions?.[attribute]
    const texts = this.#files(scope.path)?.dynamicBlocks(addressOf(resource), attribute) ?? []
    if (expression === undefined && texts.length === 0) return undefined
    const collected = emptyInputs()
    this.#collectExpression(scope, expression, resource, collected)
    for (const text of texts) this.#collectReferences(scope, referencesIn(text), resource, collected)
    return finished(collected)
  }

  /** The inputs of an output of the root module. */
  ofOutput(name: string): ExpressionInputs | undefined {
    const output = this.#root.module.outputs?.[name]
    return output && this.ofExpression('', output.expression)
  }

  /** The inputs of an expression in a module. @param modules names of the module calls, joined by dots */
  ofExpression(modules: string, expression: unknown): ExpressionInputs | undefined {
    const scope = this.#scopeOf(modules === '' ? [] : modules.split('.'))
    if (scope === undefined) return undefined
    const collected = emptyInputs()
    this.#collectExpression(scope, expression, undefined, collected)
    return finished(collected)
  }

  #scopeOf(modules: readonly string[]): Scope | undefined {
    return modules.reduce<Scope | undefined>((scope, name) => scope && childScope(scope, name), this.#root)
  }

  #collectExpression(
    scope: Scope,
    expression: unknown,
    block: ResourceConfigJson | ModuleCallJson | undefined,
    into: Collected,
  ): void {
    this.#collectReferences(scope, referencesOf(expression), block, into)
  }

  /** @param block the resource or module call whose `each` and `count` the references mean */
  #collectReferences(
    scope: Scope,
    references: readonly string[],
    block: ResourceConfigJson | ModuleCallJson | undefined,
    into: Collected,
  ): void {
    for (const reference of references) {
      into.references.add(reference)
      this.#collect(scope, reference, block, into)
    }
  }

  #collect(
    scope: Scope,
    reference: string,
    block: ResourceConfigJson | ModuleCallJson | undefined,
    into: Collected,
  ): void {
    const steps = stepsOf(reference)
    const [kind = '', name = ''] = steps
    if (kind === 'each' || kind === 'count') {
      const source = kind === 'each' ? block?.for_each_expression : block?.count_expression
      if (block !== undefined) this.#collectExpression(scope, source, undefined, into)
      return
    }
    if (kind === 'path' || kind === 'terraform' || kind === 'self') return
    // Expressions of different modules and levels often lead to the same place.
    const key = `${scope.path}\n${reference}`
    if (into.visited.has(key)) return
    into.visited.add(key)
    if (kind === 'var') this.#collectVariable(scope, steps, into)
    else if (kind === 'local') this.#collectLocal(scope, name, block, into)
    else if (kind === 'module') this.#collectModule(scope, steps, into)
    else if (kind === 'data') this.#collectData(scope, steps, into)
    else into.dependsOnResource = true
  }

  #collectVariable(scope: Scope, [, name = '', ...path]: readonly string[], into: Collected): void {
    if (!Object.hasOwn(scope.module.variables ?? {}, name)) return
    if (scope.parent !== undefined) {
      const { scope: caller, call } = scope.parent
      this.#collectExpression(caller, call.expressions?.[name], call, into)
      return
    }
    const sensitive = scope.module.variables?.[name]?.sensitive === true
    // A sensitive variable is compared as a whole.
    const steps = sensitive ? [] : path
    const variable = at(this.#json.variables, name)
    const value = steps.reduce<unknown>((part, step) => at(part, step), at(variable, 'value'))
    into.values.set(['var', name, ...steps].join('.'), { value, sensitive })
  }

  #collectLocal(
    scope: Scope,
    name: string,
    block: ResourceConfigJson | ModuleCallJson | undefined,
    into: Collected,
  ): void {
    const text = this.#files(scope.path)?.local(name)
    if (text !== undefined) {
      this.#collectReferences(scope, referencesIn(text), block, into)
      return
    }
    this.#collectAll(scope, block, into)
  }

  /** Collects everything that an expression of a module which cannot be read may depend on. */
  #collectAll(scope: Scope, block: ResourceConfigJson | ModuleCallJson | undefined, into: Collected): void {
    into.dependsOnResource = true
    into.dependsOnCaller = true
    const { variables = {}, module_calls = {}, resources = [] } = scope.module
    const possible = [
      ...Object.keys(variables).map(variable => `var.${variable}`),
      ...Object.keys(module_calls).map(call => `module.${call}`),
      ...resources.filter(({ mode }) => mode === 'data').map(addressOf),
    ]
    for (const reference of possible) this.#collect(scope, reference, block, into)
  }

  #collectModule(scope: Scope, [, name = '', output]: readonly string[], into: Collected): void {
    const child = childScope(scope, name)
    const outputs = Object.entries(child?.module.outputs ?? {})
    for (const [each, { expression }] of outputs)
      if (child !== undefined && (output === undefined || output === each))
        this.#collectExpression(child, expression, undefined, into)
  }

  #collectData(scope: Scope, [, type = '', name = '', ...path]: readonly string[], into: Collected): void {
    if (isCallerSource(type)) {
      into.dependsOnCaller = true
      return
    }
    const place = `${scope.path === '' ? '' : `module.${scope.path.replaceAll('.', '.module.')}.`}data.${type}.${name}`
    const resource = scope.module.resources?.find(
      each => each.mode === 'data' && each.type === type && each.name === name,
    )
    this.#collectExpression(scope, resource?.expressions, resource, into)
    const read = this.#dataSources().get(place)
    if (read === undefined) {
      into.dependsOnResource = true
      return
    }
    // The first step may be a key of count or for_each; then the whole source is compared.
    for (const { address, input } of tokenSources.test(type) ? [] : read) {
      const steps = address === place ? path : []
      const part = (whole: unknown) => steps.reduce<unknown>((each, step) => at(each, step), whole)
      const reference = [address, ...steps].join('.')
      into.values.set(reference, { value: part(input.value), sensitive: part(input.sensitive) ?? false })
    }
  }

  /** The data sources that Terraform has read for the plan, by their address without keys. */
  #dataSources(): Map<string, { readonly address: string; readonly input: Input }[]> {
    if (this.#dataValues !== undefined) return this.#dataValues
    const found = new Map<string, { readonly address: string; readonly input: Input }[]>()
    const visit = (module: StateModule | undefined): void => {
      for (const { address, mode, values, sensitive_values } of module?.resources ?? []) {
        if (mode !== 'data') continue
        const place = withoutInstanceKeys(address)
        const source = { address, input: { value: values, sensitive: sensitive_values } }
        found.set(place, [...(found.get(place) ?? []), source])
      }
      for (const child of module?.child_modules ?? []) visit(child)
    }
    visit(this.#json.prior_state?.values?.root_module)
    this.#dataValues = found
    return found
  }
}

function emptyInputs(): Collected {
  return {
    values: new Map(),
    references: new Set(),
    visited: new Set(),
    dependsOnResource: false,
    dependsOnCaller: false,
  }
}

function finished({ values, references, dependsOnResource, dependsOnCaller }: Collected): ExpressionInputs {
  return {
    values: new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1))),
    references: [...references].sort(),
    dependsOnResource,
    dependsOnCaller,
  }
}

function childScope(scope: Scope, name: string): Scope | undefined {
  const call = Object.hasOwn(scope.module.module_calls ?? {}, name) ? scope.module.module_calls?.[name] : undefined
  if (call?.module === undefined) return undefined
  return { module: call.module, path: scope.path === '' ? name : `${scope.path}.${name}`, parent: { scope, call } }
}

function addressOf({ mode, type, name }: ResourceConfigJson): string {
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}`
}

/** Splits `module.a.module.b.aws_lb.this` into the module names and the rest. */
function splitModules(address: string): { readonly modules: readonly string[]; readonly rest: string } {
  const steps = address.split('.')
  const modules: string[] = []
  while (steps[0] === 'module') {
    steps.shift()
    modules.push(steps.shift() ?? '')
  }
  return { modules, rest: steps.join('.') }
}

/**
 * The references of an expression of the JSON plan, with nested blocks. Terraform writes each reference with all its prefixes, the
 * longest first; only the longest counts.
 */
function referencesOf(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesOf)
  const { references, constant_value, ...parts } = asObject(expression)
  if (constant_value !== undefined) return []
  // A nested block may have an argument with the name `references`, which is an object.
  if (!Array.isArray(references)) return [references ?? [], ...Object.values(parts)].flatMap(referencesOf)
  const list = references.filter(each => typeof each === 'string')
  return list.filter((reference, index) => !isPrefix(reference, list[index - 1]))
}

function isPrefix(reference: string, longer: string | undefined): boolean {
  return longer?.startsWith(reference) === true && /^(?:\.[^.[]+|\[[^\]]*\])$/.test(longer.slice(reference.length))
}

const referencePattern =
  /(?<![\w.-])(?:var|local|module|data|each|count|[a-z][\w-]*_[\w-]*)(?:\.[A-Za-z_][\w-]*|\["[^"]*"\]|\[\d+\]|\[\*\]|\.\*|\.\d+)+/g

/** The references in the text of an expression. Text in strings counts, too, which makes the comparison only stricter. */
function referencesIn(text: string): string[] {
  return [...text.matchAll(referencePattern)].map(([reference]) => reference)
}

/** Key of a module instance in a reference to it. All instances share a configuration. */
const moduleKey = /^(module\.[\w-]+)(?:\["[^"]*"\]|\[\d+\]|\[\*\]|\.\*)/

/** The names and keys of a reference, up to a number or a splat: `var.a["b"].c` has `var`, `a`, `b`, `c`. */
function stepsOf(reference: string): string[] {
  const steps: string[] = []
  const found = reference.replace(moduleKey, '$1').matchAll(/([A-Za-z_][\w-]*)|\["([^"]*)"\]|\*|\d+/g)
  for (const [, name, key] of found) {
    const step = name ?? key
    if (step === undefined) break
    steps.push(step)
  }
  return steps
}
