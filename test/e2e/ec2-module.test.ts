import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { type Ec2, ec2At } from '../support/instance.ts'
import { terraformSettings } from '../support/toolchain.ts'

const shipped = fileURLToPath(new URL('../../terraform/ec2', import.meta.url))

let aws: Aws
let ec2: Ec2
let directory: string

interface Ran {
  readonly code: number
  readonly output: string
}

/** The module with a host name, logs, a secret and SSH, at a ref of its repository. */
async function terraform(args: string[], ref: string): Promise<Ran> {
  const variables = {
    name: 'orders-mcp',
    git: `{ url = "https://github.com/example/mcp.git", ref = "${ref}" }`,
    domain_name: 'mcp.example.com',
    logs: '{}',
    secrets: '{ API_KEY = "arn:aws:ssm:us-east-1:123456789012:parameter/api-key" }',
    ssh: '{ key_name = "ops", allowed_cidrs = ["203.0.113.0/24"] }',
  }
  const env = {
    ...process.env,
    ...aws.env,
    ...terraformSettings(directory),
    CHECKPOINT_DISABLE: '1',
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
  }
  try {
    const options = { cwd: join(directory, 'ec2'), env, maxBuffer: 64 << 20 }
    const { stdout } = await promisify(execFile)('terraform', [...args, '-input=false', '-no-color'], options)
    return { code: 0, output: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, output: `${stdout}${stderr}` }
  }
}

async function apply(ref: string, status: 'SUCCESS' | 'FAILURE', reason?: string): Promise<Ran> {
  await using _booting = ec2.boot(status, reason)
  return await terraform(['apply', '-auto-approve'], ref)
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ec2-module-'))
  cpSync(shipped, join(directory, 'ec2'), { recursive: true })
  aws = await startAws({ tasks: {}, dir: directory })
  ec2 = ec2At(aws.endpoint)
})
afterAll(async () => {
  await aws.stop()
  rmSync(directory, { recursive: true, force: true })
})

test('a new ref is a new instance that gets the address when it answers, and never when it does not', async () => {
  expect(await terraform(['init'], 'v1')).toMatchObject({ code: 0 })
  const first = await apply('v1', 'SUCCESS')
  expect(first, first.output).toMatchObject({ code: 0 })
  expect(first.output).toContain('mcp_endpoint = "https://mcp.example.com/mcp"')
  const again = await terraform(['plan', '-detailed-exitcode'], 'v1')
  expect(again, again.output).toMatchObject({ code: 0 })
  const [serving] = await ec2.running()
  expect(await ec2.addressed()).toBe(serving)

  const failed = await apply('v2', 'FAILURE', 'i-2.failed-at-build')
  expect(failed.code, failed.output).toBe(1)
  expect(failed.output).toContain('i-2.failed-at-build')
  expect(await ec2.addressed()).toBe(serving)
  expect(await ec2.running()).toHaveLength(2)

  const repaired = await apply('v3', 'SUCCESS')
  expect(repaired, repaired.output).toMatchObject({ code: 0 })
  const [now, ...others] = await ec2.running()
  expect(others).toEqual([])
  expect(now).not.toBe(serving)
  expect(await ec2.addressed()).toBe(now)
  const positions = [
    /^aws_instance\.this: Creation complete/m,
    /^aws_cloudformation_stack\.ready: Creation complete/m,
    /^aws_eip_association\.this: Creation complete/m,
    /^aws_instance\.this \(deposed object \w+\): Destroying/m,
  ].map(line => repaired.output.search(line))
  expect(positions[0]).toBeGreaterThan(-1)
  expect(positions, repaired.output).toEqual(positions.toSorted((a, b) => a - b))
  const settled = await terraform(['plan', '-detailed-exitcode'], 'v3')
  expect(settled, settled.output).toMatchObject({ code: 0 })

  const destroyed = await terraform(['destroy', '-auto-approve'], 'v3')
  expect(destroyed, destroyed.output).toMatchObject({ code: 0 })
  expect(await ec2.running()).toEqual([])
  expect(await ec2.stacks('CREATE_COMPLETE')).toEqual([])
})
