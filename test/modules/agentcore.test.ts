/**
 * terraform/agentcore without its two resources of AgentCore, which the provider of the tests (5.100) does not know. Their arguments are compared
 * with the published schema; all else is planned with the real provider, with fixed values in their place.
 */
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { urlOf } from '../../src/platforms/agentcore/runtime.ts'
import { type Block, parseHcl } from '../../src/terraform/hcl.ts'
import { type Aws, startAws } from '../support/aws.ts'
import { openWorkspace, shippedModules, type Workspace } from './workspace.ts'

interface Schema {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  readonly computed: readonly string[]
  readonly requiredBlocks: readonly string[]
  readonly blocks: Readonly<Record<string, Schema>>
}
const schemas = JSON.parse(
  readFileSync(new URL('../fixtures/schemas/bedrockagentcore.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Schema>>
const module = (file: string) => readFileSync(join(shippedModules, 'agentcore', file), 'utf8')
const metaArguments = ['depends_on', 'count', 'for_each', 'provider']
const metaBlocks = ['lifecycle']

/** What of a block is not in its schema, or is missing from it, as `PATH: what`. */
function faultsOf(block: Pick<Block, 'attributes' | 'blocks'>, schema: Schema, path: string): string[] {
  const written = [...block.attributes.keys()].filter(name => !metaArguments.includes(name))
  const known = [...schema.required, ...schema.optional]
  // A dynamic block is written as the content of the block that its label names.
  const children = block.blocks
    .filter(({ type }) => !metaBlocks.includes(type))
    .map(child =>
      child.type === 'dynamic'
        ? { type: child.labels[0] ?? '', body: child.blocks.find(({ type }) => type === 'content') ?? child }
        : { type: child.type, body: child },
    )
  return [
    ...written.filter(name => !known.includes(name)).map(name => `${path}.${name}: no argument`),
    ...schema.required.filter(name => !written.includes(name)).map(name => `${path}.${name}: missing`),
    ...schema.requiredBlocks
      .filter(name => !children.some(({ type }) => type === name))
      .map(name => `${path}.${name}: missing`),
    ...children.flatMap(({ type, body }) => {
      const own = schema.blocks[type]
      return own === undefined ? [`${path}.${type}: no block`] : faultsOf(body, own, `${path}.${type}`)
    }),
  ]
}

describe('the published schema', () => {
  const resources = parseHcl(module('runtime.tf')).blocks.filter(({ labels: [type = ''] }) => type in schemas)

  test('has every argument that the module sets, and the module sets every one that it requires', () => {
    expect(resources.map(({ labels }) => labels[0]).toSorted()).toEqual(
      Object.keys(schemas)
        .filter(name => name.startsWith('aws_'))
        .toSorted(),
    )
    const faults = resources.flatMap(resource => {
      const type = resource.labels[0] ?? ''
      return faultsOf(resource, schemas[type] as Schema, type)
    })
    expect(faults).toEqual([])
  })

  test('is a test that can fail: an unknown, a computed and a missing argument are found', () => {
    const text = 'resource "x" "y" {\n agent_runtime_arn = ""\n role = ""\n network { }\n}\n'
    const [block] = parseHcl(text).blocks
    expect(block && faultsOf(block, schemas.aws_bedrockagentcore_agent_runtime as Schema, 'x')).toEqual([
      'x.agent_runtime_arn: no argument',
      'x.role: no argument',
      'x.agent_runtime_name: missing',
      'x.role_arn: missing',
      'x.agent_runtime_artifact: missing',
      'x.network_configuration: missing',
      'x.network: no block',
    ])
  })

  test('has every attribute that the module reads', () => {
    const files = ['main.tf', 'runtime.tf', 'roles.tf', 'outputs.tf'].map(module).join('\n')
    const reads = [...files.matchAll(/\b(aws_bedrockagentcore_\w+)\.this\.(\w+)/g)]
    expect(reads.length).toBeGreaterThan(4)
    for (const [, type = '', attribute = ''] of reads) {
      const { required, optional, computed } = schemas[type] as Schema
      expect([...required, ...optional, ...computed], type).toContain(attribute)
    }
  })
})

describe('with fixed values for the runtime', () => {
  const arn = 'arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/orders_mcp-AbCdEf1234'
  const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/orders-mcp@sha256:${'0123456789abcdef'.repeat(4)}`
  let aws: Aws
  let workspace: Workspace
  beforeAll(async () => {
    workspace = openWorkspace()
    aws = await startAws({ tasks: {}, dir: workspace.directory })
    const [from, to] = ['agentcore', 'without-runtime'].map(name => join(workspace.directory, 'terraform', name))
    cpSync(from as string, to as string, { recursive: true })
    rmSync(join(to as string, 'tests'), { recursive: true })
    const kept = parseHcl(module('runtime.tf')).blocks.find(({ labels }) => labels[0] === 'aws_cloudwatch_log_group')
    const lines = module('runtime.tf')
      .split('\n')
      .slice((kept?.firstLine ?? 1) - 1, kept?.lastLine)
    const replaced = (text: string) =>
      text
        .replaceAll('aws_bedrockagentcore_agent_runtime_endpoint.this.', 'local.endpoint.')
        .replaceAll('aws_bedrockagentcore_agent_runtime.this.', 'local.runtime.')
    workspace.write('terraform/without-runtime/runtime.tf', replaced(lines.join('\n')))
    workspace.write('terraform/without-runtime/outputs.tf', replaced(module('outputs.tf')))
    workspace.write('terraform/without-runtime/versions.tf', module('versions.tf').replace('>= 6.17', '>= 5.100'))
    workspace.write(
      'terraform/without-runtime/fixed.tf',
      `locals {
        runtime  = { agent_runtime_arn = "${arn}", agent_runtime_id = "orders_mcp-AbCdEf1234", agent_runtime_version = "7" }
        endpoint = { name = var.endpoint_name }
      }`,
    )
  })
  afterAll(async () => {
    await aws?.stop()
    workspace?.remove()
  })

  test('the role may pull this image and write this log, and is trusted by AgentCore of this account alone', async () => {
    const env = { ...aws.env, TF_VAR_name: 'orders-mcp', TF_VAR_image: image }
    const plan = await workspace.plan('terraform/without-runtime', env)
    const afterOf = (address: string) =>
      plan.resource_changes?.find(each => each.address === address)?.change.after as Record<string, string>
    const policies = ['image', 'log'].map(name => afterOf(`aws_iam_role_policy.${name}`).policy ?? '')
    const prefix = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/bedrock-agentcore/runtimes'
    expect(policies.flatMap(policy => (JSON.parse(policy) as { Statement: unknown[] }).Statement)).toEqual([
      {
        Effect: 'Allow',
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: 'arn:aws:ecr:us-east-1:123456789012:repository/acme/orders-mcp',
      },
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: `${prefix}/orders_mcp-*`,
      },
    ])
    expect(JSON.parse(afterOf('aws_iam_role.this').assume_role_policy ?? '')).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
        },
      ],
    })
    expect(afterOf('aws_cloudwatch_log_group.this').name).toBe(
      '/aws/bedrock-agentcore/runtimes/orders_mcp-AbCdEf1234-live',
    )
    const outputs = plan.planned_values?.outputs ?? {}
    expect(outputs).toMatchObject({
      agentcore_runtime_arn: { value: arn },
      agentcore_endpoint_name: { value: 'live' },
      mcp_endpoint: { value: urlOf({ arn, qualifier: 'live' }, 'invocations', {}) },
    })
  })
})
