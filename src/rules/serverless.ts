/** Rules about servers without tasks and instances: Lambda functions, API Gateway and App Runner. */
import { asNumber, asString, differs } from './plan-view.ts'
import type { Rule, RuleMatch } from './rule.ts'

/** Things with a URL that AWS assigns, by resource type. */
const urls: Readonly<Record<string, string>> = {
  aws_lambda_function_url: 'function URL',
  aws_apigatewayv2_api: 'API',
  aws_api_gateway_rest_api: 'API',
  aws_apprunner_service: 'App Runner service',
  aws_bedrockagentcore_agent_runtime: 'agent runtime',
  awscc_bedrockagentcore_runtime: 'agent runtime',
  aws_bedrockagentcore_gateway: 'gateway',
}

/** AWS's default of a function's `timeout`, in seconds. */
const defaultTimeoutSeconds = 3
/** The shortest timeout that most tool calls need. */
const minTimeoutSeconds = 10
/** The longest wait of an HTTP API for an integration, in milliseconds; its default, too. */
const maxIntegrationMs = 30_000

export const serverlessRules = {
  'url-replaced': {
    severity: 'danger',
    finds:
      'A function URL, an API of API Gateway, an App Runner service or a runtime of AgentCore is replaced or destroyed.',
    why: 'AWS assigns another host name to the new one. Clients that have the old URL lose the server, unless a domain name of your own points at it.',
    instead:
      'Undo the change of the argument that forces the replacement. Give clients a domain name of your own, which stays when the service changes.',
    find: plan =>
      plan.changed(...Object.keys(urls)).flatMap(({ address, type, kind }): RuleMatch[] => {
        if (kind !== 'replace' && kind !== 'delete') return []
        return [
          {
            address,
            sentence: `The ${urls[type]} is ${kind === 'delete' ? 'destroyed' : 'replaced'}, and its URL is gone${kind === 'delete' ? '' : ': the new one has another host name'}.`,
            fix:
              kind === 'delete'
                ? 'If this is not intended, keep the resource in the configuration, or add a moved block with its new address.'
                : 'Undo the change of the argument that forces the replacement, or move clients to a domain name of your own first.',
          },
        ]
      }),
  },
  'response-buffered': {
    severity: 'warning',
    finds: 'A Lambda function URL is created without `invoke_mode = "RESPONSE_STREAM"`, or loses it.',
    why: 'Lambda then collects the whole response before it sends the first byte. Progress notifications arrive only at the end, and an event stream never arrives.',
    instead:
      'Set `invoke_mode = "RESPONSE_STREAM"` and use a handler that streams. Accept the finding if the server answers each request with plain JSON.',
    find: plan =>
      plan.changed('aws_lambda_function_url').flatMap((url): RuleMatch[] => {
        const { address, kind, after } = url
        if (kind === 'delete' || after.invoke_mode === 'RESPONSE_STREAM' || url.unknown.invoke_mode === true) return []
        if (kind !== 'create' && !differs(url, 'invoke_mode')) return []
        return [
          {
            address,
            sentence:
              'The function URL buffers responses: progress and event streams reach clients only after the call has ended.',
            fix: 'Set invoke_mode = "RESPONSE_STREAM", or accept this if the server answers with plain JSON.',
          },
        ]
      }),
  },
  'call-timeout-short': {
    severity: 'warning',
    finds: `A Lambda function behind a URL or an API gets a \`timeout\` below ${minTimeoutSeconds} seconds. Or an API integration gets one below ${maxIntegrationMs / 1000} seconds (a \`notice\`).`,
    why: `AWS cuts a call after this time, and the client gets an error instead of the result. The default of a function is ${defaultTimeoutSeconds} seconds, and a cold start is part of it.`,
    instead: 'Set `timeout` above the longest tool call: 30 to 60 seconds, or up to 900.',
    find: plan => [
      ...plan.changed('aws_lambda_function').flatMap((lambda): RuleMatch[] => {
        const seconds = asNumber(lambda.after.timeout)
        if (lambda.kind === 'delete' || seconds === undefined || seconds >= minTimeoutSeconds) return []
        if (lambda.kind === 'update' && !differs(lambda, 'timeout')) return []
        const callers = ['aws_lambda_function_url', 'aws_apigatewayv2_api', 'aws_api_gateway_rest_api']
        const isCalled = [...plan.changed(...callers), ...plan.unchanged(...callers)].length > 0
        if (!isCalled) return []
        return [
          {
            address: lambda.address,
            sentence: `AWS ends every call of the function after ${seconds} seconds, also one that begins with a cold start.`,
            fix: 'Set timeout to 30 seconds or more, above the longest tool call.',
          },
        ]
      }),
      ...plan.changed('aws_apigatewayv2_integration').flatMap((integration): RuleMatch[] => {
        const ms = asNumber(integration.after.timeout_milliseconds)
        if (integration.kind === 'delete' || ms === undefined || ms >= maxIntegrationMs) return []
        if (integration.kind === 'update' && !differs(integration, 'timeout_milliseconds')) return []
        return [
          {
            address: integration.address,
            severity: 'notice',
            sentence: `API Gateway ends every call after ${ms / 1000} seconds.`,
            fix: `Leave timeout_milliseconds out, which gives ${maxIntegrationMs / 1000} seconds.`,
          },
        ]
      }),
    ],
  },
  'function-open-to-world': {
    severity: 'danger',
    finds:
      'A permission lets every account invoke a Lambda function. A `warning` for a function URL that is created without authentication, or loses it.',
    why: 'Everybody who finds the URL can call the tools, and you pay for each call. With authentication in the server itself this is intended.',
    instead:
      'Set `authorization_type = "AWS_IAM"`, or let the server require tokens (OAuth) and accept the finding. Limit a permission with `source_arn` or `source_account`.',
    find: plan => [
      ...plan.changed('aws_lambda_function_url').flatMap((url): RuleMatch[] => {
        if (url.kind === 'delete' || asString(url.after.authorization_type) !== 'NONE') return []
        if (url.kind !== 'create' && asString(url.before.authorization_type) === 'NONE') return []
        return [
          {
            address: url.address,
            severity: 'warning',
            sentence: 'Everybody can call the function by its URL. Only the server itself can ask for a token.',
            fix: 'Set authorization_type = "AWS_IAM", or accept this if the server requires tokens.',
          },
        ]
      }),
      ...plan.changed('aws_lambda_permission').flatMap((permission): RuleMatch[] => {
        const { kind, address, after, unknown } = permission
        if (kind === 'delete' || asString(after.principal) !== '*') return []
        if (kind === 'update' && asString(permission.before.principal) === '*') return []
        const limits = ['source_arn', 'source_account', 'principal_org_id', 'function_url_auth_type']
        if (limits.some(name => unknown[name] === true || typeof after[name] === 'string')) return []
        // The second permission of a function URL, which the rule function-url-one-permission requires.
        if (after.invoked_via_function_url === true) return []
        return [
          {
            address,
            sentence: 'Every AWS account may invoke the function.',
            fix: 'Name the service or account as principal, and limit it with source_arn or source_account.',
          },
        ]
      }),
    ],
  },
} as const satisfies Record<string, Rule>
