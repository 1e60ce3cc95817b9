import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { cliConfig } from '../support/toolchain.ts'

const shipped = fileURLToPath(new URL('../../terraform/ec2', import.meta.url))
const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-AbCdEf`

/** The variables of each example, and resources that its plan must show. */
const examples = {
  minimal: {
    variables: { package_version: '2026.8.31' },
    planned: ['module.mcp.aws_instance.this', 'module.mcp.aws_vpc.this[0]'],
  },
  production: {
    variables: {
      commit: '0123456789abcdef0123456789abcdef01234567',
      zone_name: 'example.com',
      network: '{ vpc_id = "vpc-1", subnet_id = "subnet-1" }',
      repository_token_arn: secret('token'),
      database_secret_arn: secret('database'),
    },
    planned: [
      'module.mcp.aws_route53_record.this[0]',
      'module.mcp.aws_secretsmanager_secret.certificates[0]',
      'module.mcp.aws_cloudwatch_log_group.this[0]',
      'module.mcp.aws_iam_role_policy.server["read-orders"]',
      'module.mcp.aws_vpc_security_group_ingress_rule.ssh["203.0.113.0/24"]',
    ],
  },
}

let aws: Aws
let directory: string

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ec2-examples-'))
  cpSync(shipped, join(directory, 'ec2'), { recursive: true })
  aws = await startAws({ tasks: {}, dir: directory })
  const zone = await fetch(`${aws.endpoint}/2013-04-01/hostedzone`, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>example.com</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>',
  })
  expect(zone.status, await zone.text()).toBe(201)
})
afterAll(async () => {
  await aws.stop()
  rmSync(directory, { recursive: true, force: true })
})

test('there is no other example', () => {
  expect(readdirSync(join(shipped, 'examples')).sort()).toEqual(Object.keys(examples))
})

test.each(Object.entries(examples))('the example %s is planned', async (name, { variables, planned }) => {
  const options = {
    cwd: join(directory, 'ec2', 'examples', name),
    env: {
      ...process.env,
      ...aws.env,
      TF_CLI_CONFIG_FILE: cliConfig(directory),
      CHECKPOINT_DISABLE: '1',
      ...Object.fromEntries(Object.entries(variables).map(([variable, value]) => [`TF_VAR_${variable}`, value])),
    },
    maxBuffer: 64 << 20,
  }
  const terraform = async (...args: string[]) => (await promisify(execFile)('terraform', args, options)).stdout
  await terraform('init', '-input=false', '-no-color')
  const plan = await terraform('plan', '-input=false', '-no-color')
  for (const address of planned) expect(plan).toContain(`# ${address} will be created`)
})
