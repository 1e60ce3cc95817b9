/** The JSON of plans and states that Terraform and OpenTofu print, limited to the parts that this action reads. */

/** The output of `terraform show -json PLANFILE` (developer.hashicorp.com, "JSON Output Format"). */
export interface PlanJson {
  readonly format_version: string
  readonly terraform_version?: string
  /** The moment of the plan, `2026-11-22T20:41:07Z`; since Terraform 1.5. */
  readonly timestamp?: string
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>
  readonly resource_changes?: readonly ResourceChange[]
  readonly resource_drift?: readonly ResourceChange[]
  /** The attributes that the planned changes depend on; drift of other attributes has no effect on the plan. */
  readonly relevant_attributes?: readonly {
    readonly resource: string
    readonly attribute: readonly (string | number)[]
  }[]
  /** Changes that this apply cannot make yet; since Terraform 1.9, if the configuration allows it. */
  readonly deferred_changes?: readonly { readonly reason?: string; readonly resource_change?: ResourceChange }[]
  /** Provider actions that the apply runs; since Terraform 1.14. */
  readonly action_invocations?: readonly ActionInvocation[]
  readonly deferred_action_invocations?: readonly {
    readonly reason?: string
    readonly action_invocation?: ActionInvocation
  }[]
  readonly output_changes?: Readonly<Record<string, Change>>
  /** Results of conditions; in this form since Terraform 1.5. */
  readonly checks?: readonly CheckResult[]
  readonly prior_state?: StateJson
  /** The values after the apply, without those that are unknown until then. */
  readonly planned_values?: StateJson['values']
  readonly configuration?: {
    readonly root_module?: ModuleJson
    /** The provider blocks by key, such as `aws.west` or `module.a:aws`. */
    readonly provider_config?: Readonly<Record<string, ProviderConfigJson>>
  }
}

/** The configuration of a module. Terraform lists no local values and no dynamic blocks in it. */
export interface ModuleJson {
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>>
  readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>
  readonly resources?: readonly ResourceConfigJson[]
  readonly module_calls?: Readonly<Record<string, ModuleCallJson>>
}

/** A resource block. An expression is `{constant_value}` or `{references}`; a nested block is an object of expressions, or a list. */
export interface ResourceConfigJson {
  readonly address?: string
  readonly mode: 'managed' | 'data'
  readonly type: string
  readonly name: string
  readonly expressions?: Readonly<Record<string, unknown>>
  readonly count_expression?: unknown
  readonly for_each_expression?: unknown
  /** Key of the provider block in `provider_config`, such as `aws.west`. */
  readonly provider_config_key?: string
  readonly provisioners?: readonly ProvisionerJson[]
}

/** A program that the apply runs beside a change. Its arguments are in no planned value. */
export interface ProvisionerJson {
  readonly type: string
  readonly expressions?: Readonly<Record<string, unknown>>
}

export interface ModuleCallJson {
  readonly source?: string
  readonly expressions?: Readonly<Record<string, unknown>>
  readonly count_expression?: unknown
  readonly for_each_expression?: unknown
  readonly module?: ModuleJson
}

export interface ProviderConfigJson {
  readonly full_name?: string
  readonly module_address?: string
  readonly expressions?: Readonly<Record<string, unknown>>
}

export interface ActionInvocation {
  /** An empty object for an action that the argument `-invoke` names. */
  readonly invoke_action_trigger?: unknown
  readonly address?: string
  readonly config_values?: unknown
  readonly config_sensitive?: unknown
  readonly config_unknown?: unknown
  readonly lifecycle_action_trigger?: {
    readonly triggering_resource_address?: string
    /** The event, such as `AfterCreate`. */
    readonly action_trigger_event?: string
    /** What a failure of the action does: `halt`, `taint` or `continue`; since Terraform 1.16. */
    readonly on_failure?: string
  }
}

/** The result of the conditions of a `check` block, a resource or an output. */
export interface CheckResult {
  readonly address: { readonly kind: string; readonly to_display: string }
  readonly status: 'pass' | 'fail' | 'error' | 'unknown'
  readonly instances?: readonly {
    readonly address: { readonly to_display: string }
    readonly status: CheckResult['status']
    readonly problems?: readonly { readonly message?: string }[]
  }[]
}

export interface ResourceChange {
  readonly address: string
  readonly previous_address?: string
  readonly mode: 'managed' | 'data'
  readonly type: string
  readonly name?: string
  /** Key of the instance with count or for_each. */
  readonly index?: string | number
  readonly provider_name?: string
  /** Key of an old object that an earlier replacement has not destroyed yet. */
  readonly deposed?: string
  readonly change: Change
  /** The reason of the change, such as `replace_because_tainted`. */
  readonly action_reason?: string
}

export type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget'

export interface Change {
  readonly actions: readonly Action[]
  readonly before?: unknown
  readonly after?: unknown
  /** `true`, or the shape of the value with `true` where a part is unknown until apply. */
  readonly after_unknown?: unknown
  readonly before_sensitive?: unknown
  readonly after_sensitive?: unknown
  /** Paths of the attributes that force a replacement. */
  readonly replace_paths?: readonly (readonly (string | number)[])[]
  /** The object that is imported: `{id}`, `{identity}` with the attributes of the resource's identity, or `{unknown: true}`. */
  readonly importing?: unknown
}

export interface OutputValue {
  readonly value?: unknown
  readonly sensitive?: boolean
}

/** The output of `terraform show -json` for the state. */
export interface StateJson {
  /** Results of conditions at the last apply; since Terraform 1.5. */
  readonly checks?: readonly CheckResult[]
  readonly values?: { readonly outputs?: Readonly<Record<string, OutputValue>>; readonly root_module?: StateModule }
}

export interface StateModule {
  readonly resources?: readonly StateResource[]
  readonly child_modules?: readonly StateModule[]
}

export interface StateResource {
  readonly address: string
  readonly mode: 'managed' | 'data'
  readonly type: string
  readonly provider_name?: string
  readonly tainted?: boolean
  readonly values?: Readonly<Record<string, unknown>>
  /** The shape of the values with `true` where they are sensitive. */
  readonly sensitive_values?: unknown
}

/** The managed resources of a module and of all its child modules. */
export function listManagedResources(module: StateModule | undefined): StateResource[] {
  if (module === undefined) return []
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(listManagedResources)].filter(
    resource => resource.mode === 'managed',
  )
}

/** The address in the configuration: `module.a.b.c` for `module.a["x"].b.c[0]`. */
export function withoutInstanceKeys(address: string): string {
  return address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]/g, '')
}
