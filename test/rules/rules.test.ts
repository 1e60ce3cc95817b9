import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { rules } from '../../src/rules/all.ts'
import { type Finding, findingsOf, unjudgedOf } from '../../src/rules/findings.ts'
import { ruleNames } from '../../src/rules/names.ts'
import type { UserInputs } from '../../src/rules/plan-view.ts'
import { severities } from '../../src/rules/rule.ts'
import type { PlanJson } from '../../src/terraform/json.ts'
import fc from '../support/property.ts'

type Fragment = Record<string, unknown>

/** One resource of a plan: what Terraform does with it, from what to what. */
interface Resource {
  readonly type: string
  readonly does: 'create' | 'update' | 'delete' | 'replace' | 'create-first' | 'forget' | 'leave' | 'none'
  readonly before?: Fragment
  readonly after?: Fragment
  readonly unknown?: Fragment
  readonly sensitive?: Fragment
  readonly reason?: string
}

const actions = {
  create: ['create'],
  update: ['update'],
  delete: ['delete'],
  replace: ['delete', 'create'],
  'create-first': ['create', 'delete'],
  forget: ['forget'],
  leave: ['forget', 'create'],
  none: ['no-op'],
}

const plan = (resources: readonly Resource[], more: Fragment = {}): PlanJson =>
  ({
    format_version: '1.2',
    resource_changes: resources.map(({ type, does, before, after, unknown, sensitive, reason }, index) => ({
      address: `${type}.x${index === 0 ? '' : index}`,
      mode: 'managed',
      type,
      action_reason: reason,
      change: {
        actions: actions[does],
        before: before ?? null,
        after: after ?? null,
        after_unknown: unknown ?? {},
        after_sensitive: sensitive ?? {},
      },
    })),
    ...more,
  }) as PlanJson

const nothing: UserInputs = { endpoint: undefined, transport: 'auto' }
const find = (json: PlanJson, stated = nothing): Finding[] => findingsOf(json, stated, [], 'docs/plan-rules.md')
/** `severity rule` of each finding: enough to say that nothing else is found. */
const told = (findings: readonly Finding[]): string[] => findings.map(({ severity, rule }) => `${severity} ${rule}`)

const create = (type: string, after: Fragment, more: Partial<Resource> = {}): Resource => ({
  type,
  does: 'create',
  after,
  ...more,
})
const update = (type: string, before: Fragment, after: Fragment, more: Partial<Resource> = {}): Resource => ({
  type,
  does: 'update',
  before,
  after: { ...before, ...after },
  ...more,
})
const replace = (type: string, before: Fragment, after: Fragment, more: Partial<Resource> = {}): Resource => ({
  ...update(type, before, after, more),
  does: 'replace',
  ...more,
})
const remove = (type: string, before: Fragment): Resource => ({ type, does: 'delete', before })

const service = {
  desired_count: 1,
  task_definition: 'arn:aws:ecs:us-east-1:1:task-definition/x:1',
  deployment_minimum_healthy_percent: 100,
  deployment_maximum_percent: 200,
  deployment_circuit_breaker: [{ enable: true, rollback: true }],
  deployment_controller: [],
  load_balancer: [{ container_name: 'x', container_port: 3000 }],
  force_new_deployment: true,
}
const group = {
  deregistration_delay: '60',
  health_check: [{ path: '/health', matcher: '200' }],
  stickiness: [{ enabled: false, type: 'lb_cookie' }],
}
const balancer = { idle_timeout: 300, load_balancer_type: 'application', enable_deletion_protection: true }
const forward = { type: 'forward', redirect: [] }
const toHttps = { type: 'redirect', redirect: [{ protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' }] }
const definition = (container: Fragment, more: Fragment = {}): Fragment => ({
  skip_destroy: true,
  container_definitions: JSON.stringify([{ name: 'x', image: 'weather:1', ...container }]),
  ...more,
})
const policy = (...Statement: Fragment[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: unknown, Resource: unknown, more: Fragment = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const world = { cidr_ipv4: '0.0.0.0/0', ip_protocol: 'tcp' }
const inline = (port: number, cidr = '0.0.0.0/0') => ({
  cidr_blocks: [cidr],
  ipv6_cidr_blocks: [],
  protocol: 'tcp',
  from_port: port,
  to_port: port,
})
const sse = { variables: { mcp: { value: { transport: 'sse' } } } }
const stateful = { variables: { mcp: { value: { stateful: true } } } }
const endpoint = (before: string | null, after: string | null, actions_ = ['update']) => ({
  output_changes: { mcp_endpoint: { actions: actions_, before, after, after_unknown: false } },
})

type Row = readonly [what: string, json: PlanJson, expected: readonly string[], sentence?: RegExp, stated?: UserInputs]

const lambda = { function_name: 'weather', publish: true, image_uri: 'weather:2' }
const openUrl = {
  function_name: 'weather',
  authorization_type: 'NONE',
  qualifier: 'live',
  invoke_mode: 'RESPONSE_STREAM',
}
const permission = {
  function_name: 'weather',
  principal: '*',
  qualifier: 'live',
  action: 'lambda:InvokeFunction',
  invoked_via_function_url: true,
}
const runtime = { agent_runtime_id: 'weather-1', agent_runtime_version: '7' }
const paused = (more: Fragment = {}) => ({
  ...service,
  force_new_deployment: false,
  wait_for_steady_state: true,
  deployment_configuration: [{ lifecycle_hook: [{ target_type: 'PAUSE' }] }],
  ...more,
})

/** The configuration part of a plan: one resource of the root module with what its arguments refer to. */
const configured = (address: string, expressions: Fragment, more: Fragment = {}): Fragment => ({
  configuration: { root_module: { resources: [{ address, expressions }], ...more } },
})
const sticky = { ...group, stickiness: [{ enabled: true, type: 'lb_cookie' }] }

const rows: Record<string, readonly Row[]> = {
  'replaces-endpoint': [
    [
      'the function of a URL',
      plan([
        replace('aws_lambda_function', lambda, {}),
        { type: 'aws_lambda_function_url', does: 'none', after: { ...openUrl, authorization_type: 'AWS_IAM' } },
      ]),
      ['danger replaces-endpoint'],
      /all clients lose it/,
    ],
    [
      'an Express service',
      plan([replace('aws_ecs_express_gateway_service', { health_check_path: '/health' }, {})]),
      ['danger replaces-endpoint'],
    ],
    [
      'an endpoint of a runtime that gets another name',
      plan([
        replace('aws_bedrockagentcore_agent_runtime_endpoint', { ...runtime, name: 'live' }, { name: 'production' }),
      ]),
      ['danger replaces-endpoint'],
      /The endpoint live of the runtime goes, and its name is part of the URL/,
    ],
    [
      'an endpoint of a runtime that is destroyed, by the other provider of AWS',
      plan([remove('awscc_bedrockagentcore_runtime_endpoint', { ...runtime, name: 'live' })]),
      ['danger replaces-endpoint'],
    ],
    ['a function without a URL', plan([replace('aws_lambda_function', lambda, {})]), []],
    [
      'an Express service that is changed in place',
      plan([update('aws_ecs_express_gateway_service', { health_check_path: '/health' }, {})]),
      [],
    ],
    [
      'behind a host name that stays',
      plan(
        [replace('aws_ecs_express_gateway_service', { health_check_path: '/health' }, {})],
        endpoint('https://mcp.example.com/mcp', 'https://mcp.example.com/mcp'),
      ),
      [],
    ],
  ],
  'lambda-without-alias': [
    [
      'a new function behind a URL of $LATEST',
      plan([
        create('aws_lambda_function', lambda),
        create('aws_lambda_function_url', { ...openUrl, authorization_type: 'AWS_IAM', qualifier: null }),
      ]),
      ['warning lambda-without-alias'],
      /Clients reach weather without an alias/,
    ],
    [
      'a new image behind an API',
      plan([
        update('aws_lambda_function', lambda, { image_uri: 'weather:3' }),
        {
          type: 'aws_lambda_permission',
          does: 'none',
          after: { function_name: 'weather', principal: 'apigateway.amazonaws.com' },
        },
      ]),
      ['warning lambda-without-alias'],
    ],
    [
      'behind an alias',
      plan([
        create('aws_lambda_function', lambda),
        create('aws_lambda_function_url', { ...openUrl, authorization_type: 'AWS_IAM' }),
      ]),
      [],
    ],
    [
      'only its description changes',
      plan([
        update('aws_lambda_function', lambda, { description: 'x' }),
        { type: 'aws_lambda_function_url', does: 'none', after: { ...openUrl, qualifier: '' } },
      ]),
      [],
    ],
    ['a function that nobody calls by URL or API', plan([create('aws_lambda_function', lambda)]), []],
  ],
  'function-url-one-permission': [
    [
      'an open URL',
      plan([create('aws_lambda_function_url', openUrl)]),
      ['warning function-url-one-permission', 'warning function-open-to-world'],
      /403/,
    ],
    [
      'the permission of another alias',
      plan([
        create('aws_lambda_function_url', openUrl),
        create('aws_lambda_permission', { ...permission, qualifier: 'blue' }),
      ]),
      ['warning function-url-one-permission', 'warning function-open-to-world'],
    ],
    [
      'both permissions',
      plan([create('aws_lambda_function_url', openUrl), create('aws_lambda_permission', permission)]),
      ['warning function-open-to-world'],
    ],
    [
      'the permission is there already, and names the ARN',
      plan([
        create('aws_lambda_function_url', openUrl),
        {
          type: 'aws_lambda_permission',
          does: 'none',
          after: { ...permission, function_name: 'arn:aws:lambda:us-east-1:1:function:weather' },
        },
      ]),
      ['warning function-open-to-world'],
    ],
    ['a signed URL', plan([create('aws_lambda_function_url', { ...openUrl, authorization_type: 'AWS_IAM' })]), []],
    [
      'whose function is not known yet',
      plan([
        create(
          'aws_lambda_function_url',
          { ...openUrl, function_name: undefined },
          { unknown: { function_name: true } },
        ),
      ]),
      ['warning function-open-to-world'],
    ],
  ],
  'agentcore-endpoint-unpinned': [
    [
      'the endpoint does not follow',
      plan([
        update('aws_bedrockagentcore_agent_runtime', runtime, {}),
        { type: 'aws_bedrockagentcore_agent_runtime_endpoint', does: 'none', after: runtime },
      ]),
      ['danger agentcore-endpoint-unpinned'],
      /stays on version 7/,
    ],
    [
      'the endpoint changes in something else, and a runtime of the other provider',
      plan([
        update('awscc_bedrockagentcore_runtime', runtime, {}),
        update('awscc_bedrockagentcore_runtime_endpoint', runtime, { description: 'live' }),
      ]),
      ['danger agentcore-endpoint-unpinned'],
    ],
    [
      'the endpoint follows',
      plan([
        update('aws_bedrockagentcore_agent_runtime', runtime, {}),
        update(
          'aws_bedrockagentcore_agent_runtime_endpoint',
          runtime,
          {},
          { unknown: { agent_runtime_version: true } },
        ),
      ]),
      [],
    ],
    [
      'the endpoint of another runtime',
      plan([
        update('aws_bedrockagentcore_agent_runtime', runtime, {}),
        { type: 'aws_bedrockagentcore_agent_runtime_endpoint', does: 'none', after: { agent_runtime_id: 'other' } },
      ]),
      [],
    ],
  ],
  'express-health-path': [
    [
      'none is set',
      plan([create('aws_ecs_express_gateway_service', {})]),
      ['notice express-health-path'],
      /requests \/ping/,
    ],
    ['one of its own', plan([create('aws_ecs_express_gateway_service', { health_check_path: '/health' })]), []],
    [
      'not known yet',
      plan([create('aws_ecs_express_gateway_service', {}, { unknown: { health_check_path: true } })]),
      [],
    ],
  ],
  'pause-hook-with-wait': [
    [
      'both',
      plan([update('aws_ecs_service', service, paused())]),
      ['danger pause-hook-with-wait'],
      /runs into its timeout/,
    ],
    ['without the wait', plan([update('aws_ecs_service', service, paused({ wait_for_steady_state: false }))]), []],
    [
      'a hook of another kind',
      plan([
        update(
          'aws_ecs_service',
          service,
          paused({ deployment_configuration: [{ lifecycle_hook: [{ target_type: 'AWS_LAMBDA' }] }] }),
        ),
      ]),
      [],
    ],
  ],
  'url-replaced': [
    [
      'a function URL is replaced',
      plan([replace('aws_lambda_function_url', { function_name: 'a' }, { function_name: 'b' })]),
      ['danger url-replaced'],
      /another host name/,
    ],
    ['an API is destroyed', plan([remove('aws_apigatewayv2_api', {})]), ['danger url-replaced'], /its URL is gone\./],
    ['an App Runner service is changed', plan([update('aws_apprunner_service', { a: 1 }, { a: 2 })]), []],
  ],
  'response-buffered': [
    [
      'a function URL without streaming',
      plan([create('aws_lambda_function_url', { authorization_type: 'AWS_IAM', invoke_mode: 'BUFFERED' })]),
      ['warning response-buffered'],
    ],
    [
      'a function URL that streams',
      plan([create('aws_lambda_function_url', { authorization_type: 'AWS_IAM', invoke_mode: 'RESPONSE_STREAM' })]),
      [],
    ],
    [
      'a function URL that buffered before',
      plan([update('aws_lambda_function_url', { invoke_mode: 'BUFFERED', cors: [] }, { cors: [{}] })]),
      [],
    ],
  ],
  'call-timeout-short': [
    [
      'a function behind a URL with the default timeout',
      plan([
        create('aws_lambda_function', { timeout: 3 }),
        create('aws_lambda_function_url', { authorization_type: 'AWS_IAM', invoke_mode: 'RESPONSE_STREAM' }),
      ]),
      ['warning call-timeout-short'],
      /after 3 seconds/,
    ],
    ['a function that nobody calls over HTTP', plan([create('aws_lambda_function', { timeout: 3 })]), []],
    [
      'a short integration',
      plan([create('aws_apigatewayv2_integration', { timeout_milliseconds: 5000 })]),
      ['notice call-timeout-short'],
      /after 5 seconds/,
    ],
    ['an integration by default', plan([create('aws_apigatewayv2_integration', { timeout_milliseconds: 30000 })]), []],
  ],
  'function-open-to-world': [
    [
      'a function URL without authentication',
      plan([create('aws_lambda_function_url', { authorization_type: 'NONE', invoke_mode: 'RESPONSE_STREAM' })]),
      ['warning function-url-one-permission', 'warning function-open-to-world'],
    ],
    [
      'a permission for everybody',
      plan([create('aws_lambda_permission', { principal: '*' })]),
      ['danger function-open-to-world'],
    ],
    [
      'a permission for the URL',
      plan([create('aws_lambda_permission', { principal: '*', function_url_auth_type: 'NONE' })]),
      [],
    ],
    [
      'a permission for API Gateway',
      plan([create('aws_lambda_permission', { principal: 'apigateway.amazonaws.com' })]),
      [],
    ],
    [
      'a URL that was open before',
      plan([update('aws_lambda_function_url', { authorization_type: 'NONE', cors: [] }, { cors: [{}] })]),
      [],
    ],
  ],
  'instance-replaced': [
    [
      'destroyed before the next one is made',
      plan([replace('aws_instance', { ami: 'a' }, { ami: 'b' })]),
      ['danger instance-replaced'],
      /down for about 3 to 10 minutes/,
    ],
    [
      'the new one first',
      plan([replace('aws_instance', { ami: 'a' }, { ami: 'b' }, { does: 'create-first' })]),
      ['notice instance-replaced'],
      /seconds/,
    ],
    [
      'tainted',
      plan([replace('aws_instance', {}, {}, { reason: 'replace_because_tainted' })]),
      ['danger instance-replaced'],
      /because the last deployment of it failed/,
    ],
    [
      'destroyed for good',
      plan([remove('aws_instance', {})]),
      ['danger instance-replaced'],
      /no other takes its place/,
    ],
    ['only its tags change', plan([update('aws_instance', { tags: {} }, { tags: { a: 'b' } })]), []],
    ['made', plan([create('aws_instance', { ami: 'a' })]), []],
    ['left as it is', plan([{ type: 'aws_instance', does: 'none', before: {}, after: {} }]), []],
  ],
  'instance-restarted': [
    [
      'another type',
      plan([update('aws_instance', { instance_type: 't3.micro' }, { instance_type: 't3.small' })]),
      ['warning instance-restarted'],
      /stopped and started to change instance_type: .* 1 to 3 minutes\.$/,
    ],
    [
      'another script, which never runs',
      plan([update('aws_instance', { user_data: 'old' }, { user_data: 'new' })]),
      ['warning instance-restarted'],
      /does not run/,
    ],
    [
      'a script that nobody set',
      plan([update('aws_instance', { a: 1 }, { a: 2 }, { unknown: { user_data: true } })]),
      [],
    ],
  ],
  'service-replaced': [
    [
      'replaced',
      plan([replace('aws_ecs_service', service, { name: 'y' })]),
      ['danger service-replaced'],
      /2 to 5 minutes/,
    ],
    ['destroyed', plan([remove('aws_ecs_service', service)]), ['danger service-replaced'], /all its tasks stop/],
    [
      'its cluster',
      plan([replace('aws_ecs_cluster', { name: 'x' }, { name: 'y' })]),
      ['danger service-replaced'],
      /cluster/,
    ],
    ['a new revision in place', plan([update('aws_ecs_service', service, { task_definition: 'arn:x:2' })]), []],
  ],
  'load-balancer-replaced': [
    ['the balancer', plan([replace('aws_lb', balancer, {})]), ['danger load-balancer-replaced'], /DNS name changes/],
    [
      'the balancer, the new one first',
      plan([replace('aws_lb', balancer, {}, { does: 'create-first' })]),
      ['danger load-balancer-replaced'],
      /resolvers forget/,
    ],
    [
      'a listener',
      plan([replace('aws_lb_listener', { protocol: 'HTTPS' }, {})]),
      ['danger load-balancer-replaced'],
      /does not answer/,
    ],
    [
      'a target group, the new one first',
      plan([replace('aws_lb_target_group', group, {}, { does: 'create-first' })]),
      ['danger load-balancer-replaced'],
      /503 .* 1 to 2 minutes/,
    ],
    [
      'the old name of the resource',
      plan([remove('aws_alb', balancer)]),
      ['danger load-balancer-replaced'],
      /destroyed/,
    ],
    ['changed in place', plan([update('aws_lb', balancer, { idle_timeout: 400 })]), []],
  ],
  'address-released': [
    [
      'the address',
      plan([remove('aws_eip', { public_ip: '192.0.2.1' })]),
      ['danger address-released'],
      /192\.0\.2\.1 is released/,
    ],
    [
      'its association',
      plan([replace('aws_eip_association', {}, {})]),
      ['warning address-released'],
      /before the next one/,
    ],
    [
      'its association, the new one first',
      plan([replace('aws_eip_association', {}, {}, { does: 'create-first' })]),
      [],
    ],
  ],
  'dns-record-removed': [
    [
      'destroyed',
      plan([remove('aws_route53_record', { name: 'mcp.example.com', type: 'A' })]),
      ['danger dns-record-removed'],
      /mcp\.example\.com is destroyed: clients cannot find/,
    ],
    [
      'renamed',
      plan([replace('aws_route53_record', { name: 'a.example.com', type: 'CNAME' }, { name: 'b.example.com' })]),
      ['danger dns-record-removed'],
      /up to 15 minutes/,
    ],
    [
      'that validates a certificate',
      plan([remove('aws_route53_record', { name: '_abc.mcp.example.com', type: 'CNAME' })]),
      ['warning dns-record-removed'],
      /ACM renews/,
    ],
    [
      'a zone',
      plan([remove('aws_route53_zone', { name: 'example.com' })]),
      ['danger dns-record-removed'],
      /name servers/,
    ],
    ['a text record', plan([remove('aws_route53_record', { name: 'example.com', type: 'TXT' })]), []],
    [
      'pointed elsewhere',
      plan([update('aws_route53_record', { name: 'a', type: 'A' }, { records: ['192.0.2.2'] })]),
      [],
    ],
  ],
  'certificate-destroyed': [
    [
      'destroyed',
      plan([remove('aws_acm_certificate', { domain_name: 'mcp.example.com' })]),
      ['danger certificate-destroyed'],
      /for mcp\.example\.com is destroyed: .* fails halfway/,
    ],
    ['replaced, the old one first', plan([replace('aws_acm_certificate', {}, {})]), ['danger certificate-destroyed']],
    ['replaced, the new one first', plan([replace('aws_acm_certificate', {}, {}, { does: 'create-first' })]), []],
    [
      'taken off its listener',
      plan([remove('aws_lb_listener_certificate', {})]),
      ['warning certificate-destroyed'],
      /TLS error/,
    ],
  ],
  'endpoint-changed': [
    [
      'another path',
      plan([], endpoint('https://a.example/mcp', 'https://a.example/v2')),
      ['danger endpoint-changed'],
      /from https:\/\/a\.example\/mcp to https:\/\/a\.example\/v2/,
    ],
    ['the first one', plan([], endpoint(null, 'https://a.example/mcp', ['create'])), []],
    ['the same', plan([], endpoint('https://a.example/mcp', 'https://a.example/mcp', ['no-op'])), []],
    ['known after apply', plan([], endpoint('https://a.example/mcp', null)), []],
  ],
  'left-unmanaged': [
    [
      'a load balancer that is only forgotten',
      plan([{ type: 'aws_lb', does: 'forget', before: { dns_name: 'x' } }]),
      ['warning left-unmanaged'],
      /^This aws_lb stays as it is, and nothing manages it any more: no later plan shows, changes or destroys it\.$/,
    ],
    [
      'an instance whose replacement leaves the old one (OpenTofu, destroy = false)',
      plan([{ type: 'aws_instance', does: 'leave', before: { ami: 'a' }, after: { ami: 'b' } }]),
      ['warning left-unmanaged'],
      /^A new aws_instance takes the place of this one, and the old one stays: it goes on running/,
    ],
    ['a parameter that is forgotten', plan([{ type: 'aws_ssm_parameter', does: 'forget', before: {} }]), []],
  ],
  'sessions-dropped': [
    [
      'a new revision of an SSE server',
      plan([update('aws_ecs_service', service, {}, { unknown: { task_definition: true } })], sse),
      ['warning sessions-dropped'],
      /every open session ends with it: the variable mcp sets transport = "sse"/,
    ],
    [
      'an argument of the module says so',
      plan([update('aws_ecs_service', service, { task_definition: 'arn:x:2' })], {
        configuration: {
          root_module: { module_calls: { mcp: { expressions: { mcp: { constant_value: { stateful: true } } } } } },
        },
      }),
      ['warning sessions-dropped'],
      /the argument mcp of module\.mcp sets stateful = true/,
    ],
    [
      'the input says so',
      plan([replace('aws_instance', {}, {})]),
      ['danger instance-replaced', 'warning sessions-dropped'],
      /./,
      { endpoint: undefined, transport: 'sse' },
    ],
    [
      'the environment of the container says so',
      plan([
        update('aws_ecs_service', service, { task_definition: 'arn:x:2' }),
        {
          type: 'aws_ecs_task_definition',
          does: 'none',
          after: definition({ environment: [{ name: 'FASTMCP_STATELESS_HTTP', value: 'false' }] }),
        },
      ]),
      ['warning sessions-dropped'],
      /FASTMCP_STATELESS_HTTP=false/,
    ],
    ...[
      [
        'its command',
        { command: ['mcp-proxy', '--transport', 'sse', '--', 'server'] },
        /command sets the transport sse/,
      ],
      [
        'another command',
        { command: ['npx supergateway --outputTransport=sse --port 80'] },
        /command sets the transport sse/,
      ],
      ['its entry point', { entryPoint: ['supergateway', '--stateful'] }, /--stateful/],
      ['a variable', { environment: [{ name: 'MCP_STATEFUL', value: 'true' }] }, /MCP_STATEFUL=true/],
    ].map(
      ([what, container, evidence]): Row => [
        `${what} says so`,
        plan([
          update('aws_ecs_service', service, { task_definition: 'arn:x:2' }),
          { type: 'aws_ecs_task_definition', does: 'none', after: definition(container as Fragment) },
        ]),
        ['warning sessions-dropped'],
        evidence as RegExp,
      ],
    ),
    [
      'the path of the endpoint says so',
      plan(
        [update('aws_ecs_service', service, { task_definition: 'arn:x:2' })],
        endpoint('https://a.example/sse', 'https://a.example/sse'),
      ),
      ['warning sessions-dropped'],
      /path of the endpoint is \/sse/,
    ],
    [
      'the target group says so',
      plan([
        update('aws_ecs_service', service, { task_definition: 'arn:x:2' }),
        { type: 'aws_lb_target_group', does: 'none', after: { ...group, stickiness: [{ enabled: true }] } },
      ]),
      ['warning sessions-dropped'],
      /aws_lb_target_group\.x1 routes by cookie/,
    ],
    [
      'a command that only sounds so',
      plan([
        update('aws_ecs_service', service, { task_definition: 'arn:x:2' }),
        {
          type: 'aws_ecs_task_definition',
          does: 'none',
          after: definition({ command: ['serve', '--stateful-set', 'x', '--transport', 'streamable-http', 'sse'] }),
        },
      ]),
      [],
    ],
    ['nothing says so', plan([update('aws_ecs_service', service, { task_definition: 'arn:x:2' })]), []],
    [
      'the transport is another',
      plan([update('aws_ecs_service', service, { task_definition: 'arn:x:2' })], {
        variables: { mcp: { value: { transport: 'streamable-http', stateful: false } } },
      }),
      [],
    ],
    [
      'no task is exchanged',
      plan([update('aws_ecs_service', service, { enable_execute_command: true, force_new_deployment: false })], sse),
      [],
    ],
  ],
  'stateful-many-tasks': [
    [
      'the cookie of another service does not count',
      plan(
        [
          create('aws_ecs_service', { ...service, desired_count: 2, load_balancer: [{ container_name: 'x' }] }),
          create('aws_lb_target_group', sticky),
          create('aws_lb_target_group', group),
        ],
        configured('aws_ecs_service.x', {
          load_balancer: [
            { target_group_arn: { references: ['aws_lb_target_group.x2.arn', 'aws_lb_target_group.x2'] } },
          ],
        }),
      ),
      [],
    ],
    [
      'the cookie of its own target group does',
      plan(
        [
          create('aws_ecs_service', { ...service, desired_count: 2, load_balancer: [{ container_name: 'x' }] }),
          create('aws_lb_target_group', sticky),
          create('aws_lb_target_group', group),
        ],
        configured('aws_ecs_service.x', {
          load_balancer: [
            { target_group_arn: { references: ['aws_lb_target_group.x1.arn', 'aws_lb_target_group.x1'] } },
          ],
        }),
      ),
      ['warning stateful-many-tasks'],
      /aws_lb_target_group\.x1 routes by cookie/,
    ],
    [
      'the same by ARN',
      plan([
        update(
          'aws_ecs_service',
          { ...service, force_new_deployment: false, desired_count: 1, load_balancer: [{ target_group_arn: 'arn:b' }] },
          { desired_count: 2 },
        ),
        {
          type: 'aws_lb_target_group',
          does: 'none',
          before: { ...sticky, arn: 'arn:a' },
          after: { ...sticky, arn: 'arn:a' },
        },
      ]),
      [],
    ],
    [
      'more than one task',
      plan([create('aws_ecs_service', { ...service, desired_count: 2 })], stateful),
      ['danger stateful-many-tasks'],
      /Up to 2 tasks serve.*stateful = true.*Requests that reach another one fail/,
    ],
    [
      'scaling',
      plan([create('aws_appautoscaling_target', { service_namespace: 'ecs', max_capacity: 4 })], sse),
      ['danger stateful-many-tasks'],
      /Up to 4 tasks/,
    ],
    [
      'cookies',
      plan([
        create('aws_ecs_service', { ...service, desired_count: 2 }),
        create('aws_lb_target_group', { ...group, stickiness: [{ enabled: true, type: 'lb_cookie' }] }),
      ]),
      ['warning stateful-many-tasks'],
      /aws_lb_target_group\.x1 routes by cookie.*do not store cookies/,
    ],
    [
      'instances of a group',
      plan([create('aws_autoscaling_group', { max_size: 3, target_group_arns: ['arn'] })], sse),
      ['danger stateful-many-tasks'],
      /Up to 3 instances serve/,
    ],
    [
      'instances that nothing routes to',
      plan([create('aws_autoscaling_group', { max_size: 3, target_group_arns: [] })], sse),
      [],
    ],
    ['one task', plan([create('aws_ecs_service', service)], stateful), []],
    ['stateless', plan([create('aws_ecs_service', { ...service, desired_count: 2 })]), []],
    [
      'a worker that nothing routes to',
      plan([create('aws_ecs_service', { ...service, desired_count: 2, load_balancer: [] })], stateful),
      [],
    ],
    [
      'a count that is not known',
      plan(
        [create('aws_ecs_service', { ...service, desired_count: undefined }, { unknown: { desired_count: true } })],
        stateful,
      ),
      [],
    ],
    [
      'a service that the plan leaves alone',
      plan([{ type: 'aws_ecs_service', does: 'none', after: { ...service, desired_count: 2 } }], stateful),
      [],
    ],
  ],
  'idle-timeout-short': [
    [
      'below the keep-alive',
      plan([update('aws_lb', balancer, { idle_timeout: 10 })]),
      ['warning idle-timeout-short'],
      /silent for 10 seconds: .* 15 seconds between the keep-alives/,
    ],
    ['below the default', plan([create('aws_lb', { ...balancer, idle_timeout: 59 })]), ['warning idle-timeout-short']],
    [
      'the default with SSE',
      plan([create('aws_lb', { ...balancer, idle_timeout: 60 })], sse),
      ['warning idle-timeout-short'],
    ],
    ['the default', plan([create('aws_lb', { ...balancer, idle_timeout: 60 })]), []],
    ['short before already', plan([update('aws_lb', { ...balancer, idle_timeout: 10 }, { tags: {} })]), []],
    [
      'a network load balancer',
      plan([create('aws_lb', { ...balancer, idle_timeout: 10, load_balancer_type: 'network' })]),
      [],
    ],
    [
      'unknown',
      plan([create('aws_lb', { ...balancer, idle_timeout: undefined }, { unknown: { idle_timeout: true } })]),
      [],
    ],
  ],
  'deregistration-delay': [
    [
      'too short for a call',
      plan([update('aws_lb_target_group', group, { deregistration_delay: '5' })]),
      ['notice deregistration-delay'],
      /has 5 seconds/,
    ],
    [
      'streams never end',
      plan([create('aws_lb_target_group', { ...group, deregistration_delay: '300' })], sse),
      ['notice deregistration-delay'],
      /waits 300 seconds/,
    ],
    ['the default without SSE', plan([create('aws_lb_target_group', { ...group, deregistration_delay: '300' })]), []],
    [
      'short before already',
      plan([update('aws_lb_target_group', { ...group, deregistration_delay: '5' }, { tags: {} })]),
      [],
    ],
  ],
  'health-path-is-mcp-path': [
    [
      'with a matcher that accepts the answer',
      plan([create('aws_lb_target_group', { ...group, health_check: [{ path: '/mcp', matcher: '200,400-406' }] })]),
      [],
    ],
    [
      'with a matcher that does not',
      plan([create('aws_lb_target_group', { ...group, health_check: [{ path: '/mcp', matcher: '200-399' }] })]),
      ['danger health-path-is-mcp-path'],
    ],
    [
      'the path of the output',
      plan(
        [create('aws_lb_target_group', { ...group, health_check: [{ path: '/api/mcp/' }] })],
        endpoint(null, 'https://a.example/api/mcp'),
      ),
      ['danger health-path-is-mcp-path'],
      /requests \/api\/mcp\/, which is the MCP endpoint/,
    ],
    [
      'the path of the input',
      plan([create('aws_lb_target_group', { ...group, health_check: [{ path: '/' }] })]),
      ['danger health-path-is-mcp-path'],
      /requests \//,
      { endpoint: 'https://a.example', transport: 'auto' },
    ],
    [
      'the usual one, when nothing says more',
      plan([update('aws_lb_target_group', group, { health_check: [{ path: '/mcp' }] })]),
      ['danger health-path-is-mcp-path'],
      /the usual path/,
    ],
    [
      'the path of the variable, when the host is not known yet',
      plan([create('aws_lb_target_group', { ...group, health_check: [{ path: '/v1' }] })], {
        variables: { mcp: { value: { path: '/v1' } } },
      }),
      ['danger health-path-is-mcp-path'],
    ],
    [
      'the usual one, when the endpoint is another',
      plan(
        [create('aws_lb_target_group', { ...group, health_check: [{ path: '/mcp' }] })],
        endpoint(null, 'https://a.example/v2'),
      ),
      [],
    ],
    ['a path of its own', plan([create('aws_lb_target_group', group)]), []],
    [
      'so before already',
      plan([update('aws_lb_target_group', { ...group, health_check: [{ path: '/mcp' }] }, { tags: {} })]),
      [],
    ],
    [
      'the root, when nothing says where MCP is',
      plan([create('aws_lb_target_group', { ...group, health_check: [{ path: '/' }] })]),
      [],
    ],
  ],
  'http-without-redirect': [
    [
      'forwards',
      plan([create('aws_lb_listener', { protocol: 'HTTP', port: 8080, default_action: [forward] })]),
      ['warning http-without-redirect'],
      /Port 8080 serves plain HTTP/,
    ],
    [
      'loses its redirect',
      plan([
        update(
          'aws_lb_listener',
          { protocol: 'HTTP', port: 80, default_action: [toHttps] },
          { default_action: [forward] },
        ),
      ]),
      ['warning http-without-redirect'],
    ],
    [
      'redirects to itself',
      plan([
        create('aws_lb_listener', {
          protocol: 'HTTP',
          port: 80,
          default_action: [{ type: 'redirect', redirect: [{ protocol: 'HTTP' }] }],
        }),
      ]),
      ['warning http-without-redirect'],
    ],
    ['redirects', plan([create('aws_lb_listener', { protocol: 'HTTP', port: 80, default_action: [toHttps] })]), []],
    ['is HTTPS', plan([create('aws_lb_listener', { protocol: 'HTTPS', port: 443, default_action: [forward] })]), []],
    [
      'answers by itself',
      plan([create('aws_lb_listener', { protocol: 'HTTP', port: 80, default_action: [{ type: 'fixed-response' }] })]),
      [],
    ],
    [
      'was so before',
      plan([update('aws_lb_listener', { protocol: 'HTTP', port: 80, default_action: [forward] }, { tags: {} })]),
      [],
    ],
  ],
  'port-open-to-world': [
    [
      'a rule of its own',
      plan([create('aws_vpc_security_group_ingress_rule', { ...world, from_port: 22, to_port: 22 })]),
      ['danger port-open-to-world'],
      /tcp port 22/,
    ],
    [
      'over IPv6',
      plan([
        create('aws_vpc_security_group_ingress_rule', {
          cidr_ipv6: '::/0',
          ip_protocol: 'tcp',
          from_port: 3000,
          to_port: 3000,
        }),
      ]),
      ['danger port-open-to-world'],
      /tcp port 3000/,
    ],
    [
      'every protocol',
      plan([create('aws_vpc_security_group_ingress_rule', { ...world, ip_protocol: '-1' })]),
      ['danger port-open-to-world'],
      /every port of every protocol/,
    ],
    [
      'the older rule',
      plan([
        create('aws_security_group_rule', {
          type: 'ingress',
          cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'],
          protocol: 'tcp',
          from_port: 80,
          to_port: 443,
        }),
      ]),
      ['danger port-open-to-world'],
      /tcp ports 80 to 443/,
    ],
    [
      'inline, added to others',
      plan([update('aws_security_group', { ingress: [inline(443)] }, { ingress: [inline(443), inline(22)] })]),
      ['danger port-open-to-world'],
      /gets access to tcp port 22\.$/,
    ],
    [
      'half of the internet',
      plan([create('aws_security_group', { ingress: [inline(22, '0.0.0.0/1')] })]),
      ['danger port-open-to-world'],
    ],
    ['80 and 443', plan([create('aws_security_group', { ingress: [inline(80), inline(443)] })]), []],
    ['open before already', plan([update('aws_security_group', { ingress: [inline(22)] }, { description: 'x' })]), []],
    [
      'within what was open before',
      plan([update('aws_security_group', { ingress: [{ ...inline(0), to_port: 65535 }] }, { ingress: [inline(22)] })]),
      [],
    ],
    [
      'moved from one resource to another',
      plan([
        {
          type: 'aws_security_group_rule',
          does: 'delete',
          before: { ...inline(22), type: 'ingress', security_group_id: 'sg-1' },
        },
        create('aws_vpc_security_group_ingress_rule', {
          ...world,
          from_port: 22,
          to_port: 22,
          security_group_id: 'sg-1',
        }),
      ]),
      [],
    ],
    [
      'open before by a rule that stays',
      plan([
        { type: 'aws_security_group', does: 'none', after: { id: 'sg-1', ingress: [inline(22)] } },
        create('aws_vpc_security_group_ingress_rule', {
          ...world,
          from_port: 22,
          to_port: 22,
          security_group_id: 'sg-1',
        }),
      ]),
      [],
    ],
    [
      'open before in another group',
      plan([
        { type: 'aws_security_group', does: 'none', after: { id: 'sg-2', ingress: [inline(22)] } },
        create('aws_vpc_security_group_ingress_rule', {
          ...world,
          from_port: 22,
          to_port: 22,
          security_group_id: 'sg-1',
        }),
      ]),
      ['danger port-open-to-world'],
    ],
    [
      'an egress rule',
      plan([
        create('aws_security_group_rule', {
          type: 'egress',
          cidr_blocks: ['0.0.0.0/0'],
          protocol: '-1',
          from_port: 0,
          to_port: 0,
        }),
      ]),
      [],
    ],
    [
      'a range of somebody',
      plan([
        create('aws_vpc_security_group_ingress_rule', {
          ...world,
          cidr_ipv4: '203.0.113.0/24',
          from_port: 22,
          to_port: 22,
        }),
      ]),
      [],
    ],
    [
      'ping',
      plan([
        create('aws_vpc_security_group_ingress_rule', { ...world, ip_protocol: 'icmp', from_port: -1, to_port: -1 }),
      ]),
      [],
    ],
    ['closed', plan([remove('aws_vpc_security_group_ingress_rule', { ...world, from_port: 22, to_port: 22 })]), []],
    [
      'a port that is not known',
      plan([create('aws_vpc_security_group_ingress_rule', world, { unknown: { from_port: true, to_port: true } })]),
      [],
    ],
  ],
  'iam-widened': [
    [
      'actions that take only * are not to be narrowed',
      plan([
        create('aws_iam_policy', {
          policy: policy(
            allow(['ce:GetCostAndUsage', 'pricing:GetProducts', 'sqs:ListQueues', 'comprehend:DetectSentiment'], '*'),
          ),
        }),
      ]),
      [],
    ],
    [
      'the widest grants come first',
      plan([
        create('aws_iam_policy', {
          policy: policy(
            allow(['s3:GetObject', 's3:ListBucket', 'sqs:ReceiveMessage', 'dynamodb:Query', 'sns:Publish'], '*'),
            allow(['iam:*'], '*'),
          ),
        }),
      ]),
      ['danger iam-widened'],
      /newly allows iam:\* on every resource; .*sns:Publish.* and 1 more/,
    ],
    [
      'everything',
      plan([create('aws_iam_role_policy', { policy: policy(allow('*', '*')) })]),
      ['danger iam-widened'],
      /newly allows every action on every resource/,
    ],
    [
      'every action of a service',
      plan([create('aws_iam_policy', { policy: policy(allow(['s3:*'], '*')) })]),
      ['danger iam-widened'],
      /s3:\* on every resource/,
    ],
    [
      'a service on one resource',
      plan([create('aws_iam_policy', { policy: policy(allow('s3:*', 'arn:aws:s3:::a')) })]),
      ['warning iam-widened'],
    ],
    [
      'an action on everything',
      plan([
        update(
          'aws_iam_role_policy',
          { policy: policy(allow('s3:GetObject', 'arn:aws:s3:::a/*')) },
          { policy: policy(allow('s3:GetObject', '*')) },
        ),
      ]),
      ['warning iam-widened'],
      /s3:GetObject on every resource/,
    ],
    [
      'all but',
      plan([create('aws_iam_policy', { policy: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) })]),
      ['danger iam-widened'],
    ],
    [
      'inline in the role',
      plan([create('aws_iam_role', { inline_policy: [{ policy: policy(allow('*', '*')) }] })]),
      ['danger iam-widened'],
    ],
    [
      'anybody may take the role',
      plan([
        create('aws_iam_role', {
          assume_role_policy: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }),
        }),
      ]),
      ['danger iam-widened'],
      /anybody may do sts:AssumeRole/,
    ],
    [
      'the administrator policy of AWS',
      plan([create('aws_iam_role_policy_attachment', { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' })]),
      ['danger iam-widened'],
    ],
    [
      'a statement that is not in a list',
      plan([create('aws_iam_policy', { policy: JSON.stringify({ Statement: allow('*', '*') }) })]),
      ['danger iam-widened'],
    ],
    [
      'as wide before',
      plan([
        update(
          'aws_iam_policy',
          { policy: policy(allow('s3:*', '*')) },
          { policy: policy(allow(['s3:*'], '*'), allow('sqs:SendMessage', 'arn:aws:sqs:::q')) },
        ),
      ]),
      [],
    ],
    [
      'narrowed',
      plan([update('aws_iam_policy', { policy: policy(allow('*', '*')) }, { policy: policy(allow('s3:*', '*')) })]),
      [],
    ],
    [
      'denied',
      plan([create('aws_iam_policy', { policy: policy({ Effect: 'Deny', Action: '*', Resource: '*' }) })]),
      [],
    ],
    [
      'actions that only know *',
      plan([
        create('aws_iam_role_policy', {
          policy: policy(allow(['ssmmessages:CreateControlChannel', 'ecr:GetAuthorizationToken'], '*')),
        }),
      ]),
      [],
    ],
    [
      'a principal with a condition',
      plan([
        create('aws_secretsmanager_secret_policy', {
          policy: policy({
            Effect: 'Allow',
            Action: 'secretsmanager:GetSecretValue',
            Resource: 'arn',
            Principal: '*',
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
          }),
        }),
      ]),
      [],
    ],
    [
      'a service takes the role',
      plan([
        create('aws_iam_role', {
          assume_role_policy: policy({
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'ecs-tasks.amazonaws.com' },
          }),
        }),
      ]),
      [],
    ],
    ['not known yet', plan([create('aws_iam_role_policy', {}, { unknown: { policy: true } })]), []],
    ['no JSON', plan([create('aws_iam_role_policy', { policy: 'Allow *' })]), []],
  ],
  'secret-in-state': [
    [
      'a value of Secrets Manager',
      plan([create('aws_secretsmanager_secret_version', { secret_string: 'hunter2', secret_string_wo_version: null })]),
      ['warning secret-in-state'],
      /^The value of secret_string is stored in clear text/,
    ],
    [
      'a value that is not known yet',
      plan([create('aws_secretsmanager_secret_version', {}, { unknown: { secret_string: true } })]),
      ['warning secret-in-state'],
    ],
    [
      'a parameter',
      plan([create('aws_ssm_parameter', { type: 'SecureString', value: 'hunter2' })]),
      ['warning secret-in-state'],
    ],
    [
      'a database',
      plan([create('aws_db_instance', { password: 'hunter2', deletion_protection: true })]),
      ['warning secret-in-state'],
      /password/,
    ],
    [
      'a generated password',
      plan([create('random_password', { length: 32 })]),
      ['warning secret-in-state'],
      /random_password generates/,
    ],
    [
      'written only',
      plan([
        create('aws_secretsmanager_secret_version', {
          secret_string: null,
          secret_string_wo: null,
          secret_string_wo_version: 1,
        }),
      ]),
      [],
    ],
    [
      'written only, with an attribute that the provider fills in',
      plan([create('aws_ssm_parameter', { type: 'SecureString', value_wo_version: 1 }, { unknown: { value: true } })]),
      [],
    ],
    [
      'AWS makes the password',
      plan([
        create(
          'aws_db_instance',
          { manage_master_user_password: true, deletion_protection: true },
          { unknown: { password: true } },
        ),
      ]),
      [],
    ],
    ['a plain parameter', plan([create('aws_ssm_parameter', { type: 'String', value: 'eu-west-1' })]), []],
    [
      'in the state before, and not changed',
      plan([update('aws_secretsmanager_secret_version', { secret_string: 'hunter2' }, { version_stages: ['a'] })]),
      [],
    ],
    [
      'in the state before, and made anew with the same value',
      plan([replace('aws_secretsmanager_secret_version', { secret_string: 'hunter2' }, { secret_id: 'arn' })]),
      [],
    ],
    ['a generated password, kept', plan([update('random_password', { length: 32 }, { keepers: {} })]), []],
  ],
  'secret-in-environment': [
    [
      'a sensitive variable without a value',
      plan(
        [
          create('aws_ecs_task_definition', definition({ environment: [{ name: 'A', value: '' }] }), {
            sensitive: { container_definitions: true },
          }),
        ],
        {
          variables: { key: { value: '' } },
          configuration: { root_module: { variables: { key: { sensitive: true } } } },
        },
      ),
      [],
    ],
    [
      'a sensitive variable with a value, beside one without',
      plan(
        [
          create('aws_ecs_task_definition', definition({ environment: [{ name: 'A', value: 'swordfish' }] }), {
            sensitive: { container_definitions: true },
          }),
        ],
        {
          variables: { key: { value: 'swordfish' }, other: { value: '' } },
          configuration: { root_module: { variables: { key: { sensitive: true }, other: { sensitive: true } } } },
        },
      ),
      ['warning secret-in-environment'],
    ],
    [
      'in base64 user data',
      plan([
        create('aws_launch_template', {
          user_data: Buffer.from('#!/bin/sh\nexport API_KEY=abc123\ndocker run -e TOKEN=$(get-token) x\n').toString(
            'base64',
          ),
        }),
      ]),
      ['warning secret-in-environment'],
      /The script sets API_KEY in user_data/,
    ],
    [
      'in user data that is packed by gzip',
      plan([
        create('aws_instance', {
          user_data_base64: gzipSync('#!/bin/sh\nexport API_KEY=abc123\n').toString('base64'),
        }),
      ]),
      ['warning secret-in-environment'],
      /The script sets API_KEY in user_data_base64/,
    ],
    [
      'in user data of which the plan shows only a digest',
      plan([create('aws_instance', { user_data: 'a'.repeat(40) })], {
        variables: { script: { value: 'export API_KEY=abc' } },
        ...configured('aws_instance.x', { user_data: { references: ['var.script'] } }),
      }),
      ['warning secret-in-environment'],
      /The script sets API_KEY/,
    ],
    [
      'a script that reads its secrets',
      plan([create('aws_instance', { user_data: 'export API_KEY=$(aws secretsmanager get-secret-value)\n' })]),
      [],
    ],
    [
      'of a Lambda function',
      plan([
        create('aws_lambda_function', {
          timeout: 30,
          environment: [{ variables: { API_KEY: 'abc', MODE: 'x', EMPTY_TOKEN: '' } }],
        }),
      ]),
      ['warning secret-in-environment'],
      /contains API_KEY in clear text/,
    ],
    [
      'of an App Runner service',
      plan([
        create('aws_apprunner_service', {
          source_configuration: [
            {
              image_repository: [
                {
                  image_identifier: 'x:1',
                  image_configuration: [{ runtime_environment_variables: { DB_PASSWORD: 'a' } }],
                },
              ],
            },
          ],
        }),
      ]),
      ['warning secret-in-environment'],
      /runtime_environment_secrets|DB_PASSWORD/,
    ],
    [
      'a Lambda function that had it before',
      plan([update('aws_lambda_function', { environment: [{ variables: { API_KEY: 'a' } }] }, { memory_size: 256 })]),
      [],
    ],
    [
      'by its name',
      plan([
        create(
          'aws_ecs_task_definition',
          definition({ environment: [{ name: 'UPSTREAM_API_KEY', value: 'hunter2' }] }),
        ),
      ]),
      ['warning secret-in-environment'],
      /^The environment contains UPSTREAM_API_KEY in clear text/,
    ],
    [
      'by its mark',
      plan([create('aws_ecs_task_definition', definition({}), { sensitive: { container_definitions: true } })]),
      ['warning secret-in-environment'],
      /marked as sensitive/,
    ],
    [
      'in user data',
      plan([create('aws_instance', { user_data: 'x' }, { sensitive: { user_data: true } })]),
      ['warning secret-in-environment'],
      /user_data/,
    ],
    [
      'names that only sound so',
      plan([
        create(
          'aws_ecs_task_definition',
          definition({
            environment: [
              { name: 'TOKEN_LIMIT', value: '1' },
              { name: 'API_KEY_HEADER', value: 'x' },
              { name: 'DB_PASSWORD', value: '' },
              { name: 'APP_SECRET', value: 'arn:aws:x' },
            ],
          }),
        ),
      ]),
      [],
    ],
    [
      'under secrets',
      plan([create('aws_ecs_task_definition', definition({ secrets: [{ name: 'API_KEY', valueFrom: 'arn' }] }))]),
      [],
    ],
    [
      'there before already',
      plan([
        replace(
          'aws_ecs_task_definition',
          definition({ environment: [{ name: 'API_KEY', value: 'x' }] }),
          definition({ image: 'weather:2', environment: [{ name: 'API_KEY', value: 'x' }] }),
        ),
      ]),
      [],
    ],
  ],
  'same-image-redeployed': [
    [
      'forced by a trigger',
      plan([update('aws_ecs_service', { ...service, triggers: { at: '1' } }, { triggers: { at: '2' } })]),
      ['warning same-image-redeployed'],
      /forced without a new task definition/,
    ],
    [
      'forced by a trigger that is not known yet',
      plan([update('aws_ecs_service', service, {}, { unknown: { triggers: { at: true } } })]),
      ['warning same-image-redeployed'],
    ],
    [
      'forced by the flag',
      plan([update('aws_ecs_service', { ...service, force_new_deployment: false }, { force_new_deployment: true })]),
      ['warning same-image-redeployed'],
    ],
    [
      'a revision with another label',
      plan([
        replace(
          'aws_ecs_task_definition',
          definition({ mountPoints: [], cpu: 0 }),
          definition({ dockerLabels: { token: '2' } }),
        ),
      ]),
      ['warning same-image-redeployed'],
      /weather:1\. The tag decides/,
    ],
    [
      'the same by digest',
      plan([
        replace(
          'aws_ecs_task_definition',
          definition({ image: 'a@sha256:0' }),
          definition({ image: 'a@sha256:0', dockerLabels: { token: '2' } }),
        ),
      ]),
      ['notice same-image-redeployed'],
    ],
    [
      'tainted',
      plan([
        replace('aws_ecs_task_definition', definition({}), definition({ environment: [{ name: 'A', value: 'b' }] }), {
          reason: 'replace_because_tainted',
        }),
      ]),
      ['warning same-image-redeployed'],
      /not what is wrong in the image/,
    ],
    [
      'a repaired image after a taint',
      plan([
        replace('aws_ecs_task_definition', definition({}), definition({ image: 'weather:2' }), {
          reason: 'replace_because_tainted',
        }),
      ]),
      [],
    ],
    [
      'another image',
      plan([
        replace(
          'aws_ecs_task_definition',
          definition({}),
          definition({ image: 'weather:2', dockerLabels: { token: '2' } }),
        ),
      ]),
      [],
    ],
    [
      'another setting',
      plan([
        replace('aws_ecs_task_definition', definition({}), definition({ environment: [{ name: 'A', value: 'b' }] })),
      ]),
      [],
    ],
    ['another size', plan([replace('aws_ecs_task_definition', definition({}), definition({}, { cpu: '1024' }))]), []],
    [
      'a forced deployment of a new revision',
      plan([update('aws_ecs_service', service, {}, { unknown: { task_definition: true } })]),
      [],
    ],
    ['only tags', plan([update('aws_ecs_service', service, { tags: { a: 'b' }, tags_all: { a: 'b' } })]), []],
    [
      'nothing is forced',
      plan([update('aws_ecs_service', { ...service, force_new_deployment: false }, { enable_execute_command: true })]),
      [],
    ],
  ],
  'image-tag-latest': [
    [
      'known only after the apply, from a variable',
      plan([create('aws_ecs_task_definition', { skip_destroy: true }, { unknown: { container_definitions: true } })], {
        variables: { image_tag: { value: 'latest' } },
        ...configured('aws_ecs_task_definition.x', {
          container_definitions: { references: ['aws_ecr_repository.x.repository_url', 'var.image_tag'] },
        }),
      }),
      ['warning image-tag-latest'],
      /the variable image_tag \("latest"\)/,
    ],
    [
      'of a Lambda function',
      plan([create('aws_lambda_function', { timeout: 30, image_uri: '1.dkr.ecr.eu-west-1.amazonaws.com/x:latest' })]),
      ['warning image-tag-latest'],
    ],
    ['a Lambda function from a package', plan([create('aws_lambda_function', { timeout: 30, filename: 'a.zip' })]), []],
    [
      'latest',
      plan([create('aws_ecs_task_definition', definition({ image: 'registry:5000/weather:latest' }))]),
      ['warning image-tag-latest'],
      /registry:5000\/weather:latest is whatever was pushed last/,
    ],
    [
      'no tag',
      plan([replace('aws_ecs_task_definition', definition({}), definition({ image: 'registry:5000/weather' }))]),
      ['warning image-tag-latest'],
    ],
    ['a tag', plan([create('aws_ecs_task_definition', definition({ image: 'registry:5000/weather:1.2' }))]), []],
    [
      'a digest beside it',
      plan([create('aws_ecs_task_definition', definition({ image: 'weather:latest@sha256:0' }))]),
      [],
    ],
    [
      'an image that is not known',
      plan([create('aws_ecs_task_definition', { skip_destroy: true }, { unknown: { container_definitions: true } })]),
      [],
    ],
  ],
  'no-circuit-breaker': [
    [
      'made without',
      plan([create('aws_ecs_service', { ...service, deployment_circuit_breaker: [] })]),
      ['warning no-circuit-breaker'],
      /has no deployment circuit breaker/,
    ],
    [
      'made without rollback',
      plan([
        create('aws_ecs_service', { ...service, deployment_circuit_breaker: [{ enable: true, rollback: false }] }),
      ]),
      ['warning no-circuit-breaker'],
      /does not roll back/,
    ],
    [
      'loses it',
      plan([update('aws_ecs_service', service, { deployment_circuit_breaker: [], task_definition: 'arn:2' })]),
      ['warning no-circuit-breaker'],
    ],
    [
      'without before already',
      plan([update('aws_ecs_service', { ...service, deployment_circuit_breaker: [] }, { task_definition: 'arn:2' })]),
      [],
    ],
    [
      'deployed by something else',
      plan([
        create('aws_ecs_service', {
          ...service,
          deployment_circuit_breaker: [],
          deployment_controller: [{ type: 'CODE_DEPLOY' }],
        }),
      ]),
      [],
    ],
    ['made with it', plan([create('aws_ecs_service', service)]), []],
  ],
  'tasks-stopped-first': [
    [
      'one task, nothing kept',
      plan([
        create('aws_ecs_service', {
          ...service,
          deployment_minimum_healthy_percent: 0,
          deployment_maximum_percent: 100,
        }),
      ]),
      ['warning tasks-stopped-first'],
      /stops all tasks before a new one runs/,
    ],
    [
      'no room',
      plan([update('aws_ecs_service', service, { deployment_maximum_percent: 150, force_new_deployment: false })]),
      ['danger tasks-stopped-first'],
      /never ends/,
    ],
    [
      'one task, rounded up',
      plan([create('aws_ecs_service', { ...service, deployment_minimum_healthy_percent: 50 })]),
      [],
    ],
    [
      'so before already',
      plan([
        update(
          'aws_ecs_service',
          { ...service, deployment_minimum_healthy_percent: 0, deployment_maximum_percent: 100 },
          { task_definition: 'arn:2' },
        ),
      ]),
      [],
    ],
  ],
  'revision-deregistered': [
    [
      'replaced',
      plan([
        replace('aws_ecs_task_definition', definition({}, { skip_destroy: false }), definition({ image: 'weather:2' })),
      ]),
      ['warning revision-deregistered'],
      /cannot be rolled back to it/,
    ],
    [
      'made',
      plan([create('aws_ecs_task_definition', definition({}, { skip_destroy: null }))]),
      ['notice revision-deregistered'],
      /next deployment/,
    ],
    ['kept', plan([replace('aws_ecs_task_definition', definition({}), definition({ image: 'weather:2' }))]), []],
  ],
  'deletion-protection-off': [
    [
      'switched off',
      plan([update('aws_lb', balancer, { enable_deletion_protection: false })]),
      ['warning deletion-protection-off'],
      /load balancer is switched off/,
    ],
    [
      'made without',
      plan([create('aws_lb', { ...balancer, enable_deletion_protection: false })]),
      ['notice deletion-protection-off'],
    ],
    [
      'of a database',
      plan([update('aws_db_instance', { deletion_protection: true }, { deletion_protection: false })]),
      ['warning deletion-protection-off'],
      /database/,
    ],
    [
      'of a user pool',
      plan([update('aws_cognito_user_pool', { deletion_protection: 'ACTIVE' }, { deletion_protection: 'INACTIVE' })]),
      ['warning deletion-protection-off'],
    ],
    [
      'switched on',
      plan([
        update('aws_lb', { ...balancer, enable_deletion_protection: false }, { enable_deletion_protection: true }),
      ]),
      [],
    ],
    [
      'off before already',
      plan([update('aws_lb', { ...balancer, enable_deletion_protection: false }, { tags: {} })]),
      [],
    ],
    ['an instance made without', plan([create('aws_instance', { disable_api_termination: false })]), []],
    [
      'not known',
      plan([
        update(
          'aws_lb',
          balancer,
          { enable_deletion_protection: null },
          { unknown: { enable_deletion_protection: true } },
        ),
      ]),
      [],
    ],
  ],
}

test('every rule has rows that find something and rows that do not', () => {
  expect(Object.keys(rows).sort()).toEqual([...ruleNames].sort())
  for (const [rule, of] of Object.entries(rows)) {
    const finds = of.map(([, , expected]) => expected.some(each => each.endsWith(` ${rule}`)))
    expect([rule, [...new Set(finds)].sort()]).toEqual([rule, [false, true]])
  }
})

describe.each(Object.entries(rows))('%s', (rule, of) => {
  for (const [what, json, expected, sentence = /./, stated = nothing] of of) {
    test(what, () => {
      const findings = find(json, stated)
      expect(told(findings)).toEqual(expected)
      for (const own of findings.filter(each => each.rule === rule)) {
        // The page names the worst severity of each rule.
        expect(severities.indexOf(own.severity)).toBeGreaterThanOrEqual(
          severities.indexOf(rules[rule]?.severity ?? 'notice'),
        )
        expect(own.sentence).toMatch(sentence)
        expect([own.docs, own.fix]).toEqual([`docs/plan-rules.md#${rule}`, expect.stringMatching(/\.$/)])
      }
    })
  }
})

test('the values of secrets are never repeated', () => {
  for (const rule of ['secret-in-state', 'secret-in-environment']) {
    for (const [, json] of rows[rule] ?? []) expect(JSON.stringify(find(json))).not.toContain('hunter2')
  }
})

describe('a policy document that is read during the apply', () => {
  const document = (statement: Fragment, before?: string): PlanJson =>
    ({
      format_version: '1.2',
      resource_changes: [
        {
          address: 'data.aws_iam_policy_document.x',
          mode: 'data',
          type: 'aws_iam_policy_document',
          change: { actions: ['read'], before: null, after: { statement: [statement] }, after_unknown: { json: true } },
        },
      ],
      prior_state: {
        values: {
          root_module: {
            child_modules: [],
            resources: [{ address: 'data.aws_iam_policy_document.x', values: { json: before } }],
          },
        },
      },
    }) as unknown as PlanJson
  const wide = { effect: 'Allow', actions: ['sqs:*'], resources: ['*'], principals: [], condition: [] }

  test('what is known of it is judged, against what it was', () => {
    expect(told(find(document(wide)))).toEqual(['danger iam-widened'])
    expect(find(document(wide, policy(allow('sqs:*', '*'))))).toEqual([])
    expect(find(document({ ...wide, resources: [null] }))).toEqual([])
  })

  test('its principals and conditions count', () => {
    const anybody = { actions: ['sqs:SendMessage'], principals: [{ type: '*', identifiers: ['*'] }] }
    expect(told(find(document(anybody)))).toEqual(['danger iam-widened'])
    expect(find(document({ ...anybody, condition: [{ test: 'StringEquals' }] }))).toEqual([])
  })
})

describe('arguments that are known only after the apply', () => {
  const unknown = (references: readonly string[]) =>
    plan([create('aws_ecs_task_definition', { skip_destroy: true }, { unknown: { container_definitions: true } })], {
      ...configured('aws_ecs_task_definition.x', { container_definitions: { references } }),
    })

  test('are named with the rules that could not judge them', () => {
    expect(find(unknown(['aws_ecr_repository.x']))).toEqual([])
    expect(unjudgedOf(unknown(['aws_ecr_repository.x']), nothing)).toEqual([
      {
        address: 'aws_ecs_task_definition.x',
        argument: 'container_definitions',
        rules: ['secret-in-environment', 'same-image-redeployed', 'image-tag-latest'],
      },
    ])
  })

  test('are not named if nobody has set them, or if they are known', () => {
    expect(unjudgedOf(unknown([]), nothing)).toEqual([])
    expect(unjudgedOf(plan([create('aws_ecs_task_definition', definition({}))]), nothing)).toEqual([])
  })

  test('are not named if only variables without a value are behind them', () => {
    const json = (value: unknown) =>
      plan([create('aws_instance', { user_data: 'echo' }, { unknown: { user_data_base64: true } })], {
        variables: { data: { value } },
        ...configured('aws_instance.x', { user_data_base64: { references: ['var.data'] } }),
      })
    expect(unjudgedOf(json(null), nothing)).toEqual([])
    expect(unjudgedOf(json('x'), nothing)).toHaveLength(1)
  })

  test('are followed through modules to a constant', () => {
    const call = {
      module_calls: {
        server: {
          expressions: { tag: { constant_value: 'latest' } },
          module: {
            resources: [{ address: 'aws_lambda_function.f', expressions: { image_uri: { references: ['var.tag'] } } }],
          },
        },
      },
    }
    const json = plan([create('aws_lambda_function', { timeout: 30 }, { unknown: { image_uri: true } })], {
      configuration: { root_module: call },
    }) as unknown as { resource_changes: { address: string }[] }
    for (const each of json.resource_changes) each.address = 'module.server.aws_lambda_function.f[0]'
    const found = find(json as unknown as PlanJson)
    expect(found[0]?.sentence).toContain('the argument tag of module.server ("latest")')
  })
})

describe('real plans of terraform/ecs', () => {
  const real = (name: string) =>
    find(JSON.parse(readFileSync(new URL(`../fixtures/rules/${name}.json`, import.meta.url), 'utf8')))
  test.each([
    ['minimal-created', ['warning http-without-redirect', 'notice deletion-protection-off']],
    ['production-created', []],
    ['stack-unchanged', []],
    ['stack-new-image', []],
    ['stack-same-image-again', ['warning same-image-redeployed']],
    ['stack-tainted', ['warning same-image-redeployed']],
    ['stack-stateful', ['warning stateful-many-tasks', 'warning idle-timeout-short', 'notice deregistration-delay']],
    ['stack-renamed', [...Array(2).fill('danger service-replaced'), ...Array(3).fill('danger load-balancer-replaced')]],
  ])('%s', (name, expected) => {
    expect(told(real(name))).toEqual(expected)
  })
})

test('a real plan with a fault in each block, and nothing found in the blocks without', () => {
  const found = find(
    JSON.parse(readFileSync(new URL('../fixtures/rules/careless-changed.json', import.meta.url), 'utf8')),
  )
  expect(found.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`)).toEqual([
    'danger instance-replaced aws_instance.server',
    'danger address-released aws_eip.server',
    'danger dns-record-removed aws_route53_record.server',
    'danger endpoint-changed output.mcp_endpoint',
    'danger stateful-many-tasks aws_ecs_service.server',
    'danger port-open-to-world aws_security_group.server',
    'danger port-open-to-world aws_security_group_rule.server',
    'danger port-open-to-world aws_vpc_security_group_ingress_rule.server',
    'danger iam-widened data.aws_iam_policy_document.queue',
    'danger health-path-is-mcp-path aws_lb_target_group.server',
    'warning instance-restarted aws_instance.worker',
    'warning sessions-dropped aws_instance.server',
    'warning idle-timeout-short aws_lb.server',
    'warning http-without-redirect aws_lb_listener.server',
    'warning iam-widened aws_iam_role_policy.server',
    'warning secret-in-state aws_db_instance.kept',
    'warning secret-in-state aws_secretsmanager_secret_version.this',
    'warning secret-in-state aws_ssm_parameter.kept',
    'warning secret-in-environment aws_ecs_task_definition.server',
    'warning image-tag-latest aws_ecs_task_definition.server',
    'warning no-circuit-breaker aws_ecs_service.server',
    'warning tasks-stopped-first aws_ecs_service.server',
    'notice deregistration-delay aws_lb_target_group.server',
    'notice revision-deregistered aws_ecs_task_definition.server',
    'notice deletion-protection-off aws_db_instance.kept',
    'notice deletion-protection-off aws_lb.server',
  ])
  // The sensitive value stands in this plan in clear text, as Terraform writes it.
  expect(JSON.stringify(found)).not.toContain('in the state"')
})

describe('a rule never throws', () => {
  const types = [
    ...new Set(
      Object.values(rows).flatMap(of =>
        of.flatMap(([, json]) => (json.resource_changes ?? []).map(({ type }) => type)),
      ),
    ),
  ]
  const attributes = [
    ...new Set(
      Object.values(rows).flatMap(of =>
        of.flatMap(([, json]) =>
          (json.resource_changes ?? []).flatMap(({ change }) =>
            Object.keys({ ...(change.before ?? {}), ...(change.after ?? {}) }),
          ),
        ),
      ),
    ),
  ]
  // Half of what is tried is near enough to a plan to get past the first look at it.
  const json = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map(value => JSON.stringify(value)),
    fc.constantFrom('*', '0.0.0.0/0', '-1', 'Allow'),
  )
  const someAttributes = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom(...attributes), fc.oneof(json, fc.array(fc.dictionary(fc.string(), json)))),
  )
  const change = fc.record({
    actions: fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(actions))),
    before: someAttributes,
    after: someAttributes,
    after_unknown: someAttributes,
    after_sensitive: someAttributes,
  })
  const resource = fc.record({
    address: json,
    mode: fc.constantFrom('managed', 'data'),
    type: fc.constantFrom(...types),
    change: fc.oneof(fc.jsonValue(), change),
  })
  const anyPlan = fc.record(
    {
      resource_changes: fc.oneof(fc.jsonValue(), fc.array(resource)),
      output_changes: fc.jsonValue(),
      variables: fc.jsonValue(),
      configuration: fc.jsonValue(),
      prior_state: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )

  test('whatever the plan holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anyPlan), each => {
        for (const finding of find(each as unknown as PlanJson)) {
          expect(rules[finding.rule]).toBeDefined()
          expect(finding.sentence).not.toMatch(/undefined|\[object/)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

test('the most dangerous first, what is accepted last', () => {
  const json = plan([
    create('aws_lb', { ...balancer, enable_deletion_protection: false }),
    create('random_password', {}),
    replace('aws_instance', {}, {}),
  ])
  const acceptance = { rule: 'instance-replaced', reason: 'nobody uses it', block: undefined }
  expect(findingsOf(json, nothing, [acceptance], 'p').map(({ rule, accepted }) => [rule, accepted])).toEqual([
    ['secret-in-state', undefined],
    ['deletion-protection-off', undefined],
    ['instance-replaced', 'nobody uses it'],
  ])
})
