/**
 * Variables that a configuration needs before its plan, with the real tool: a module source from a variable (Terraform 1.15, OpenTofu
 * 1.8), and in OpenTofu a backend from a variable and an encrypted state. Every command of a deployment must get the variable files.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngine } from '../support/engine.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'

const engine = await testEngine()
if (!engine.can('earlyVariables')) console.error(`Early variables are NOT RUN with ${engine.title} ${engine.version}.`)

describe.runIf(engine.can('earlyVariables'))(`${engine.title} ${engine.version}`, () => {
  let server: Listening
  let stage: Stage
  let state: HttpState
  beforeAll(async () => {
    server = await v2()
    state = await startHttpState()
    stage = await setStage({
      images: {},
      inputs: {
        'mcp-timeout': '60s',
        'mcp-rounds': '1',
        'alivemcp-api-key': '',
        'working-directory': 'infra',
        'var-file': 'prod.tfvars',
        // An encrypted plan shows no lineage, which signs the record otherwise.
        'plan-approval-key': 'early-variables-approval-key',
      },
    })
  })
  afterAll(async () => {
    await stage.close()
    await state.stop()
    await server[Symbol.asyncDispose]()
  })

  const isTofu = engine.tool === 'tofu'
  const module = `
    variable "input" { type = string }
    resource "terraform_data" "this" { input = var.input }
  `
  const encryption = `
    encryption {
      key_provider "pbkdf2" "this" { passphrase = var.passphrase }
      method "aes_gcm" "this" { keys = key_provider.pbkdf2.this }
      state { method = method.aes_gcm.this }
      plan { method = method.aes_gcm.this }
    }
  `
  const files = (input: string) => ({
    'infra/modules/one/main.tf': module,
    'infra/prod.tfvars': `place = "one"\npassphrase = "correct-horse-battery-staple"\naddress = "${address()}"\n`,
    'infra/main.tf': `
      terraform {
        ${isTofu ? state.backend.replaceAll(/"http:[^"]*"/g, 'var.address') : state.backend}
        ${isTofu ? encryption : ''}
      }
      variable "place" {
        type  = string
        ${isTofu ? '' : 'const = true'}
      }
      variable "address" { type = string }
      variable "passphrase" {
        type      = string
        sensitive = ${isTofu ? 'false' : 'true'}
      }
      module "server" {
        source = "./modules/\${var.place}"
        input  = "${input}"
      }
      output "mcp_endpoint" { value = "${server.url}/mcp" }
      output "instance_id" { value = "i-0123456789" }
    `,
  })
  const address = () => /address\s+= "(http:[^"]*)"/.exec(state.backend)?.[1] ?? ''

  test('a deployment is planned, reviewed, applied, changed and verified', async () => {
    for (const input of ['first', 'second']) {
      const pull = await stage.open(`Set ${input}`, files(input))
      const planned = await stage.run(stage.opened(pull))
      expect(planned.conclusion, planned.log).toBe('success')
      const applied = await stage.run(await stage.merged(pull))
      expect(applied.conclusion, applied.log).toBe('success')
      expect(applied.outputs['plan-fingerprint']).toBe(planned.outputs['plan-fingerprint'])
    }
    if (isTofu) {
      expect(state.state).toContain('encrypted_data')
      expect(state.state).not.toContain('second')
    } else expect(state.state).toContain('second')
  })
})
