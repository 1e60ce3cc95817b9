/** Rules about servers on Lambda, Bedrock AgentCore and the newer ways of ECS: versions that reach nobody, and addresses that are lost. */
import { asObject, type JsonObject } from '../json.ts'
import { asString, type ChangedResource, firstBlock, type PlanView } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

export const hostingRules = {
  'replaces-endpoint': {
    severity: 'danger',
    finds:
      'A function that has a function URL is replaced, or an ECS Express service. A named endpoint of an AgentCore runtime is replaced or destroyed.',
    why: 'The address belongs to the replaced resource, although the plan does not show that the URL changes. Every client must be configured again.',
    instead:
      'Change only arguments that need no replacement, or create the new one under another name and move the clients. A host name of your own stays the same after a replacement.',
    find: plan => {
      if (plan.endpoint.before !== undefined && plan.endpoint.before === plan.endpoint.after) return []
      const urls = all(plan, 'aws_lambda_function_url')
      const hasUrl = ({ type, before }: ChangedResource) =>
        type !== 'aws_lambda_function' ||
        urls.some(url => functionNameOf(url.function_name) === asString(before.function_name))
      const replaced = plan
        .changed('aws_lambda_function', 'aws_ecs_express_gateway_service')
        .filter(resource => resource.kind === 'replace' && hasUrl(resource))
        .map(({ address, type }) => ({
          address,
          sentence: `The replacement of the ${type === 'aws_lambda_function' ? 'function' : 'service'} gives the server another address: all clients lose it.`,
          fix: 'Avoid the replacement, or announce the new address to the clients before the apply.',
        }))
      const endpoints = plan
        .changed(...endpointTypes)
        .filter(({ kind, before, after }) => kind === 'delete' || (kind === 'replace' && before.name !== after.name))
        .map(({ address, before }) => ({
          address,
          sentence: `The endpoint ${asString(before.name) ?? ''} of the runtime goes, and its name is part of the URL: all clients lose it.`,
          fix: 'Keep the endpoint until all clients have the new URL, and add another one beside it.',
        }))
      return [...replaced, ...endpoints]
    },
  },
  'lambda-without-alias': {
    severity: 'warning',
    finds:
      'A function that a function URL or an API calls without an alias is created or changed, or it publishes no versions.',
    why: 'Clients get `$LATEST`, which keeps no earlier code: a broken version cannot be taken back without another build.',
    instead:
      'Set `publish = true`, add an `aws_lambda_alias` with `function_version = aws_lambda_function.NAME.version`, and send URL or API to the alias.',
    find: plan =>
      plan.changed('aws_lambda_function').flatMap(({ address, kind, before, after }) => {
        const name = asString(after.function_name)
        const isDelivered =
          kind !== 'update' ||
          ['source_code_hash', 'image_uri', 's3_key', 'publish'].some(
            attribute => before[attribute] !== after[attribute],
          )
        if (kind === 'delete' || name === undefined || !isDelivered || !callersOf(plan, name).some(isUnqualified))
          return []
        return {
          address,
          sentence: `Clients reach ${name} without an alias, so they get whatever was uploaded last, and nothing can be rolled back.`,
          fix: 'Publish versions (publish = true), add an alias, and set it as the qualifier of the URL or in the integration of the API.',
        }
      }),
  },
  'function-url-one-permission': {
    severity: 'warning',
    finds:
      'A function URL that is open to everybody (`NONE`) is created, or becomes one, without the permission `lambda:InvokeFunction`.',
    why: 'Since October 2025 a function URL needs two permissions, `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`. With only one, every request gets 403.',
    instead:
      'Add an `aws_lambda_permission` with `action = "lambda:InvokeFunction"`, `principal = "*"` and `invoked_via_function_url = true`, for the same qualifier.',
    find: plan =>
      plan.changed('aws_lambda_function_url').flatMap(({ address, kind, before, after, unknown }) => {
        if (kind === 'delete' || after.authorization_type !== 'NONE') return []
        if (kind === 'update' && before.authorization_type === 'NONE') return []
        if (unknown.function_name === true || unknown.qualifier === true) return []
        const isForUrl = (permission: JsonObject) =>
          permission.action === 'lambda:InvokeFunction' &&
          permission.principal === '*' &&
          functionNameOf(permission.function_name) === functionNameOf(after.function_name) &&
          (asString(permission.qualifier) ?? '') === (asString(after.qualifier) ?? '')
        if (all(plan, 'aws_lambda_permission').some(isForUrl)) return []
        return {
          address,
          sentence:
            'The function URL has no permission lambda:InvokeFunction for everybody: AWS answers every request with 403.',
          fix: 'Add an aws_lambda_permission for lambda:InvokeFunction with invoked_via_function_url = true.',
        }
      }),
  },
  'agentcore-endpoint-unpinned': {
    severity: 'danger',
    finds: 'An AgentCore runtime gets a new version while the version of one of its named endpoints does not change.',
    why: 'A named endpoint without `agent_runtime_version` stays on the version that it was created with. The apply succeeds, and its clients get the old version.',
    instead:
      'Set `agent_runtime_version = aws_bedrockagentcore_agent_runtime.NAME.agent_runtime_version` on the endpoint.',
    find: plan =>
      plan.changed(...runtimeTypes).flatMap(({ kind, before }): RuleMatch[] => {
        if (kind !== 'update') return []
        // An endpoint that changes only in something else stays, too.
        const staying = plan
          .changed(...endpointTypes)
          .filter(
            each =>
              each.kind === 'update' &&
              each.unknown.agent_runtime_version !== true &&
              each.before.agent_runtime_version === each.after.agent_runtime_version,
          )
        return [...plan.unchanged(...endpointTypes), ...staying]
          .filter(({ after }) => after.agent_runtime_id === before.agent_runtime_id)
          .map(({ address, after }) => ({
            address,
            sentence: `The endpoint stays on version ${asString(after.agent_runtime_version) ?? 'that it has'}: this apply deploys nothing to its clients.`,
            fix: 'Set agent_runtime_version of the endpoint to that of the runtime.',
          }))
      }),
  },
  'express-health-path': {
    severity: 'notice',
    finds: 'An ECS Express service checks the path `/ping`, which is its default.',
    why: 'Few MCP servers answer `/ping`. A service whose health check fails never gets its new version.',
    instead: 'Set `health_check_path` to a path of the server that answers 200, such as `/health`.',
    find: plan =>
      plan.changed('aws_ecs_express_gateway_service').flatMap(({ address, kind, after, unknown }) =>
        kind === 'delete' || unknown.health_check_path === true || (after.health_check_path ?? '/ping') !== '/ping'
          ? []
          : {
              address,
              sentence: 'The health check requests /ping, which the server must answer with 200.',
              fix: 'Set health_check_path, or check that the server answers /ping.',
            },
      ),
  },
  'pause-hook-with-wait': {
    severity: 'danger',
    finds: 'An ECS service with a lifecycle hook of type `PAUSE` also has `wait_for_steady_state = true`.',
    why: 'The apply waits until the deployment is complete, and the deployment waits for an answer that this action gives after the apply. So the apply runs into its timeout.',
    instead: 'Set `wait_for_steady_state = false`: the action watches the deployment itself.',
    find: plan =>
      plan.changed('aws_ecs_service').flatMap(({ address, kind, after }) => {
        const hooks = firstBlock(after.deployment_configuration).lifecycle_hook
        const isPaused = Array.isArray(hooks) && hooks.some(hook => asObject(hook).target_type === 'PAUSE')
        if (kind === 'delete' || !isPaused || after.wait_for_steady_state !== true) return []
        return {
          address,
          sentence:
            'The apply waits for a deployment that waits for an answer after the apply: it runs into its timeout.',
          fix: 'Set wait_for_steady_state = false.',
        }
      }),
  },
} as const satisfies Record<string, Rule>

/** Runtimes of AgentCore and their endpoints, of both providers of AWS. */
const runtimeTypes = ['aws_bedrockagentcore_agent_runtime', 'awscc_bedrockagentcore_runtime'] as const
const endpointTypes = [
  'aws_bedrockagentcore_agent_runtime_endpoint',
  'awscc_bedrockagentcore_runtime_endpoint',
] as const

/** The attributes after the apply of all resources of a type that exist then. */
function all(plan: PlanView, type: string): JsonObject[] {
  const changed = plan.changed(type).filter(({ kind }) => kind !== 'delete')
  return [...changed, ...plan.unchanged(type)].map(({ after }) => after)
}

/** What lets somebody call a function: its URLs, and the permissions of API Gateway. */
function callersOf(plan: PlanView, name: string): JsonObject[] {
  const permissions = all(plan, 'aws_lambda_permission').filter(
    ({ principal }) => principal === 'apigateway.amazonaws.com',
  )
  return [...all(plan, 'aws_lambda_function_url'), ...permissions].filter(
    ({ function_name }) => functionNameOf(function_name) === name,
  )
}

function isUnqualified({ qualifier }: JsonObject): boolean {
  return (asString(qualifier) ?? '') === ''
}

/** The name of a function by its name or ARN; undefined if it is not known. */
function functionNameOf(value: unknown): string | undefined {
  const text = asString(value)
  return text === undefined ? undefined : (/:function:([\w-]+)/.exec(text)?.[1] ?? text)
}
