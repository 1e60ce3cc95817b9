/** The JSON that Terraform and OpenTofu print of plans and states, the parts that are read ("JSON Output Format"). */

/** `terraform show -json PLANFILE`, the parts that are read (developer.hashicorp.com, "JSON Output Format"). */
export interface PlanJson {
  readonly format_version: string
  readonly terraform_version?: string
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>
  readonly resource_changes?: readonly ResourceChange[]
  readonly resource_drift?: readonly ResourceChange[]
  /** What the plan's changes were computed from: drift elsewhere has no part in them. */
  readonly relevant_attributes?: readonly {
    readonly resource: string
    readonly attribute: readonly (string | number)[]
  }[]
  /** What this apply cannot do yet: from Terraform 1.9 on, where the configuration allows it. */
  readonly deferred_changes?: readonly { readonly reason?: string; readonly resource_change?: ResourceChange }[]
  /** Provider actions that the apply runs: from Terraform 1.14 on. */
  readonly action_invocations?: readonly ActionInvocation[]
  readonly deferred_action_invocations?: readonly {
    readonly reason?: string
    readonly action_invocation?: ActionInvocation
  }[]
  readonly output_changes?: Readonly<Record<string, Change>>
  /** From Terraform 1.5 on in this form. */
  readonly checks?: readonly CheckResult[]
  readonly prior_state?: StateJson
  readonly planned_values?: { readonly outputs?: Readonly<Record<string, OutputValue>> }
  readonly configuration?: {
    readonly root_module?: {
      readonly outputs?: Readonly<Record<string, unknown>>
      readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>
    }
  }
}

export interface ActionInvocation {
  readonly address?: string
  readonly config_values?: unknown
  readonly config_sensitive?: unknown
  readonly config_unknown?: unknown
  readonly lifecycle_action_trigger?: {
    readonly triggering_resource_address?: string
    /** Such as `AfterCreate`. */
    readonly action_trigger_event?: string
  }
}

/** Conditions of a `check` block, a resource or an output. */
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
  readonly provider_name?: string
  /** Key of an object that a replacement has left behind and that is still to be destroyed. */
  readonly deposed?: string
  readonly change: Change
  /** Why, such as `replace_because_tainted`. */
  readonly action_reason?: string
}

export type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget'

export interface Change {
  readonly actions: readonly Action[]
  readonly before?: unknown
  readonly after?: unknown
  /** True, or the shape of the value with `true` where a part is known only after apply. */
  readonly after_unknown?: unknown
  readonly before_sensitive?: unknown
  readonly after_sensitive?: unknown
  /** Paths of the attributes that force a replacement. */
  readonly replace_paths?: readonly (readonly (string | number)[])[]
  readonly importing?: unknown
}

export interface OutputValue {
  readonly value?: unknown
  readonly sensitive?: boolean
}

/** `terraform show -json` of the state. */
export interface StateJson {
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
  readonly tainted?: boolean
  readonly values?: Readonly<Record<string, unknown>>
  /** The shape of the values with `true` where they are sensitive. */
  readonly sensitive_values?: unknown
}

/** Managed resources of every module, at any depth. */
export function allResources(module: StateModule | undefined): StateResource[] {
  if (module === undefined) return []
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(allResources)].filter(
    resource => resource.mode === 'managed',
  )
}

/** The address in the configuration: `module.a["x"].b.c[0]` → `module.a.b.c`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]/g, '')
}
