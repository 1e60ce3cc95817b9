/** The zones that terraform/ecs refuses when it plans, with the real AWS provider: a mock cannot give a private zone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { createHostedZone } from '../support/hosted-zone.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

let aws: Aws
let workspace: Workspace
let privateZone: string
beforeAll(async () => {
  workspace = openWorkspace()
  aws = await startAws({ tasks: {}, dir: workspace.directory })
  privateZone = await createHostedZone(aws.endpoint, 'example.com', 'vpc-1')
  await workspace.must('terraform/ecs', ['init', '-backend=false', '-input=false', '-no-color'])
})
afterAll(async () => {
  await aws?.stop()
  workspace?.remove()
})

async function plan(dns: string, more: Readonly<Record<string, string>> = {}) {
  const variables = { name: 'orders-mcp', image: 'mcp:1', secret_values: '{}', dns, ...more }
  const env = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]))
  return await workspace.run('terraform/ecs', ['plan', '-input=false', '-no-color'], { ...aws.env, ...env })
}

describe('a private zone', () => {
  const internal = {
    network: '{vpc_id="vpc-1",public_subnet_ids=["subnet-1","subnet-2"]}',
    load_balancer: '{internal=true}',
  }

  test('is refused for a public load balancer, before anything is made', async () => {
    const { code, output } = await plan(`{domain_name="mcp.example.com",zone_id="${privateZone}"}`)
    expect(code, output).toBe(1)
    expect(output.replaceAll(/\s+/g, ' ')).toContain('is a private zone, and the load balancer is public')
  })

  test('is refused for a new certificate, unless a public zone is given for its validation', async () => {
    const refused = await plan(`{domain_name="mcp.example.com",zone_id="${privateZone}"}`, internal)
    expect(refused.code, refused.output).toBe(1)
    expect(refused.output.replaceAll(/\s+/g, ' ')).toContain('in which no certificate can be validated')
    const zones = `{domain_name="mcp.example.com",zone_id="${privateZone}",validation_zone_id="Z0123456789ABC"}`
    const planned = await plan(zones, internal)
    expect(planned.code, planned.output).toBe(0)
  })
})
