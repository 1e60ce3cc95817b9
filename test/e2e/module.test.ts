import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { terraformSettings } from '../support/toolchain.ts'

const shipped = fileURLToPath(new URL('../../terraform/ecs', import.meta.url))
const secret = 'value-that-is-in-no-plan-and-no-state'

/** HTTPS on a name with a certificate made for it, an own VPC, a secret, scaling, Spot and Exec, as a child module. */
const root = `
  terraform {
    required_providers {
      aws = { source = "hashicorp/aws" }
    }
  }
  variable "image" { type = string }
  variable "api_key" {
    type      = string
    ephemeral = true
  }
  resource "aws_route53_zone" "this" { name = "example.com" }
  module "mcp" {
    source          = "./ecs"
    name            = "full"
    image           = var.image
    dns             = { domain_name = "mcp.example.com", zone_id = aws_route53_zone.this.zone_id }
    managed_secrets = { API_KEY = 1 }
    secret_values   = { API_KEY = var.api_key }
    scaling         = { min = 1, max = 3, spot_percentage = 50 }
    execute_command = true
  }
  output "mcp_endpoint" { value = module.mcp.mcp_endpoint }
`

let aws: Aws
let directory: string

interface Ran {
  readonly code: number
  readonly output: string
}

async function terraform(args: string[], image = 'weather:v1'): Promise<Ran> {
  const env = {
    ...process.env,
    ...aws.env,
    ...terraformSettings(directory),
    CHECKPOINT_DISABLE: '1',
    TF_VAR_image: image,
    TF_VAR_api_key: secret,
  }
  try {
    const options = { cwd: join(directory, 'root'), env, maxBuffer: 64 << 20 }
    const { stdout } = await promisify(execFile)('terraform', [...args, '-no-color'], options)
    return { code: 0, output: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, output: `${stdout}${stderr}` }
  }
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'module-'))
  mkdirSync(join(directory, 'root'))
  writeFileSync(join(directory, 'root', 'main.tf'), root)
  cpSync(shipped, join(directory, 'root', 'ecs'), { recursive: true })
  const server = ['-e', "require('http').createServer((q, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1')"]
  const task = { command: [process.execPath, ...server] }
  aws = await startAws({ tasks: { 'weather:v1': task, 'weather:v2': task }, dir: directory })
})
afterAll(async () => {
  await aws.stop()
  rmSync(directory, { recursive: true, force: true })
})

test('applies, plans nothing more, rolls a new image in place, and is destroyed', async () => {
  expect(await terraform(['init', '-input=false'])).toMatchObject({ code: 0 })
  const applied = await terraform(['apply', '-auto-approve', '-input=false'])
  expect(applied, applied.output).toMatchObject({ code: 0 })
  expect(applied.output).toContain('mcp_endpoint = "https://mcp.example.com/mcp"')
  const again = await terraform(['plan', '-detailed-exitcode', '-input=false'])
  expect(again, again.output).toMatchObject({ code: 0 })

  const changed = await terraform(['plan', '-detailed-exitcode', '-input=false', '-out=plan'], 'weather:v2')
  expect(changed.code).toBe(2)
  expect(changed.output).toMatch(/Plan: 1 to add, 1 to change, 1 to destroy\./)
  const { output: planJson } = await terraform(['show', '-json', 'plan'])
  const state = readFileSync(join(directory, 'root', 'terraform.tfstate'), 'utf8')
  for (const text of [applied.output, planJson, state]) expect(text).not.toContain(secret)
  const rolled = await terraform(['apply', '-input=false', 'plan'], 'weather:v2')
  expect(rolled, rolled.output).toMatchObject({ code: 0 })

  const destroyed = await terraform(['destroy', '-auto-approve', '-input=false'], 'weather:v2')
  expect(destroyed, destroyed.output).toMatchObject({ code: 0 })
})
