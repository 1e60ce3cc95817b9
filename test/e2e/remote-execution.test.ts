/**
 * A workspace of HCP Terraform that plans and applies: the real Terraform against a server with the published API. The reviewed plan is
 * applied there, and what could apply another plan is refused before anything is changed.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { readSettings } from '../../src/approval/record.ts'
import { workflowDispatch } from '../support/events.ts'
import { type HcpTerraform, startHcpTerraform, type WorkspaceSettings } from '../support/hcp-terraform.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'

let server: Listening
let stage: Stage
let directory: string
let hcp: HcpTerraform
beforeAll(async () => {
  server = await v2()
  stage = await setStage({
    images: {},
    inputs: { 'working-directory': 'infra', 'mcp-timeout': '10s', 'mcp-rounds': '1', 'alivemcp-api-key': '' },
  })
})
afterAll(async () => {
  await stage.close()
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'hcp-terraform-'))
  hcp = await startHcpTerraform(directory)
  const settings = join(directory, 'terraformrc')
  writeFileSync(settings, '')
  hcp.runnerEnv = { TF_CLI_CONFIG_FILE: settings }
})
afterEach(async () => {
  await hcp.stop()
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
})

const module = (resource: string, backend = hcp.cloud) => ({
  'infra/main.tf': `
    terraform {
      ${backend}
    }
    variable "who" {
      type    = string
      default = "world"
    }
    resource "terraform_data" "server" {
      ${resource}
    }
    output "mcp_endpoint" { value = "${server.url}/mcp" }
  `,
})
const run = (...[trigger, inputs]: Parameters<Stage['run']>) => stage.start(trigger, inputs, hcp.env).done
const statuses = () => hcp.runs.map(({ status }) => status)
const body = async (number: number) => (await stage.github.comments(number)).map(each => each.body).join('\n')

test('the reviewed plan is applied in the workspace, and the one of the pull request is discarded', async () => {
  const pull = await stage.open('Remote', module('input = var.who'))
  const planned = await run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  expect(statuses()).toEqual(['discarded'])
  const page = `https://${hcp.host}/app/acme/weather/runs/`
  expect(await body(pull.number)).toContain(`<a href="${page}run-1">run in HCP Terraform</a>`)
  expect(readSettings(await body(pull.number))).toMatchObject({
    backend: expect.stringMatching(/^cloud hostname=localhost:\d+ organization=acme workspaces=.*"weather"/),
    workspace: 'weather',
    execution: 'in the workspace',
  })
  const deployed = await run(await stage.merged(pull))
  expect(deployed.conclusion, deployed.log).toBe('success')
  expect(deployed.outputs).toMatchObject({ applied: 'true', gate: 'passed', 'mcp-endpoint': `${server.url}/mcp` })
  expect(statuses()).toEqual(['discarded', 'applied'])
  expect(hcp.state()).toContain('"world"')
  expect(await body(pull.number)).toContain(`${page}run-2`)
  // Without it, Terraform would follow the link of the data directory and upload each provider.
  expect(hcp.runs.map(({ files }) => files)).toEqual([['main.tf'], ['main.tf']])
  expect(existsSync(join(stage.workspace, 'infra/.terraform'))).toBe(false)
  expect(hcp.unknown).toEqual([])
  expect(stage.github.violations).toEqual([])
})

test('a destroy is a run of the workspace', async () => {
  const pull = await stage.open('To destroy', module('input = var.who'))
  const trigger = await stage.merged(pull)
  const deployed = await run(trigger, { 'plan-approval': 'none' })
  expect(deployed.conclusion, deployed.log).toBe('success')
  expect(statuses()).toEqual(['applied'])
  const again = workflowDispatch(stage.github, { sha: trigger.github.sha })
  const destroyed = await run(again, { command: 'destroy', 'confirm-destroy': 'infra' })
  expect(destroyed.conclusion, destroyed.log).toBe('success')
  expect(statuses()).toEqual(['applied', 'applied'])
  expect(hcp.runs.at(-1)?.attributes['is-destroy']).toBe(true)
  expect(JSON.parse(hcp.state() ?? '{}')).toMatchObject({ resources: [] })
})

test('a variable of the workspace that was changed after the review is a difference, and nothing is applied', async () => {
  const pull = await stage.open('Variable', module('input = var.who'))
  await run(stage.opened(pull))
  hcp.runnerEnv = { ...hcp.runnerEnv, TF_VAR_who: 'somebody else' }
  const refused = await run(await stage.merged(pull))
  expect(refused.outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
  expect(statuses()).toEqual(['discarded', 'discarded'])
  expect(hcp.state()).toBeUndefined()
})

test('the errors of a plan in the workspace are shown with their place', async () => {
  const condition =
    'lifecycle {\n precondition {\n condition = var.who == "nobody"\n error_message = "Nobody is not here."\n }\n }'
  const pull = await stage.open('Broken', module(condition))
  const planned = await run(stage.opened(pull))
  expect(planned.outputs).toMatchObject({ 'failure-code': 'TERRAFORM_PLAN_FAILED' })
  expect(await body(pull.number)).toMatch(/Resource precondition failed[\s\S]*Nobody is not here\./)
  expect(await body(pull.number)).toContain(`/app/acme/weather/runs/run-1">run in HCP Terraform</a>`)
})

describe('a workspace in which another plan could be applied is refused before anything is changed', () => {
  const remote = () => `backend "remote" {
    hostname     = "${hcp.host}"
    organization = "acme"
    workspaces { name = "weather" }
  }`
  test.each<[string, Partial<WorkspaceSettings>, string, RegExp, Record<string, string>?, (() => string)?]>([
    ['auto-apply', { autoApply: true }, 'REMOTE_AUTO_APPLY', /acme\/weather .* Switch off both kinds of auto-apply/],
    ['auto-apply of triggered runs', { autoApplyRunTrigger: true }, 'REMOTE_AUTO_APPLY', /auto-apply/],
    ['a connected repository', { vcsRepo: 'acme/infra' }, 'REMOTE_VCS', /is connected to acme\/infra/],
    ['parallelism', {}, 'INPUT_INVALID', /parallelism is 5.*TFE_PARALLELISM/, { parallelism: '5' }],
    ['the backend "remote"', {}, 'REMOTE_EXECUTION', /Replace the block backend "remote" by a cloud block/, {}, remote],
  ])('%s', async (_, settings, code, message, inputs = {}, backend = () => hcp.cloud) => {
    Object.assign(hcp.settings, settings)
    const pull = await stage.open(`Refused ${code} ${hcp.host}`, module('input = var.who', backend()))
    const planned = await run(stage.opened(pull), inputs)
    expect(planned.conclusion).toBe('failure')
    expect(planned.outputs['failure-code'], planned.log).toBe(code)
    expect(planned.log.replaceAll('\n', ' ')).toMatch(message)
    expect(hcp.changes).toEqual([])
  })
})

test('a plan without permission to read it is refused with the permission that is missing', async () => {
  hcp.settings.isAdmin = false
  const pull = await stage.open('No admin', module('input = var.who'))
  const planned = await run(stage.opened(pull))
  expect(planned.outputs['failure-code']).toBe('TERRAFORM_SHOW_FAILED')
  expect(planned.log).toMatch(/admin\s+permissions/)
  expect(statuses()).toEqual(['discarded'])
})

test('a plan of a workspace whose settings cannot be read is refused before anything is applied', async () => {
  // Terraform finds the token by a program, and this action does not.
  const plugins = join(directory, '.terraform.d/plugins')
  mkdirSync(plugins, { recursive: true })
  const helper = join(plugins, 'terraform-credentials-test')
  writeFileSync(helper, `#!/bin/sh\necho '{"token":"${hcp.token}"}'\n`, { mode: 0o755 })
  const settings = join(directory, 'helper.tfrc')
  writeFileSync(settings, 'credentials_helper "test" {}\n')
  const { [`TF_TOKEN_${hcp.host}`]: _, ...env } = hcp.env
  const pull = await stage.open('Helper', module('input = var.who'))
  const job = { ...env, HOME: directory, TF_CLI_CONFIG_FILE: settings }
  const planned = await stage.start(stage.opened(pull), {}, job).done
  expect(planned.outputs['failure-code'], planned.log).toBe('REMOTE_EXECUTION')
  expect(planned.log).toMatch(/found no token for localhost:\d+\. Set the variable TF_TOKEN_localhost/)
  expect(hcp.state()).toBeUndefined()
})

test('a workspace with local execution only keeps the state', async () => {
  hcp.settings.executionMode = 'local'
  const pull = await stage.open('Local', module('input = var.who'))
  const planned = await run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  const deployed = await run(await stage.merged(pull))
  expect(deployed.conclusion, deployed.log).toBe('success')
  expect(hcp.runs).toEqual([])
  expect(hcp.state()).toContain('"world"')
})

test('a workspace that stays locked ends the wait with its name, and no run is left waiting', async () => {
  hcp.settings.lockedBy = 'somebody'
  const pull = await stage.open('Locked', module('input = var.who'))
  const planned = await run(stage.opened(pull), { 'lock-timeout': '3s' })
  expect(planned.outputs['failure-code'], planned.log).toBe('STATE_LOCKED')
  expect(planned.log).toMatch(/has locked the workspace acme\/weather .* longer than lock-timeout \(3 s\)/)
  expect(statuses()).toEqual(['canceled'])
})

test('a cancelled job cancels the apply in the workspace, and the next one applies the rest', async () => {
  const marker = join(directory, 'tried')
  const slow = `provisioner "local-exec" { command = "test -e ${marker} || { touch ${marker}; exec sleep 60; }" }`
  const pull = await stage.open('Slow', module(slow))
  await run(stage.opened(pull))
  const trigger = await stage.merged(pull)
  const action = stage.start(trigger, {}, hcp.env)
  await action.line('Provisioning with')
  action.cancel()
  const cancelled = await action.done
  expect(cancelled.outputs['failure-code'], cancelled.log).toBe('CANCELLED')
  expect(cancelled.orphans).toEqual([])
  expect(statuses()).toEqual(['discarded', 'canceled'])
  expect(hcp.changes).toContain('POST /runs/run-2/actions/cancel')
  const deployed = await run(trigger)
  expect(deployed.conclusion, deployed.log).toBe('success')
  expect(statuses().at(-1)).toBe('applied')
})

test('a run that would apply without a confirmation is refused and discarded', async () => {
  hcp.settings.forcesAutoApply = true
  const pull = await stage.open('Forced', module('input = var.who'))
  const planned = await run(stage.opened(pull))
  expect(planned.outputs['failure-code'], planned.log).toBe('REMOTE_AUTO_APPLY')
  expect(planned.log).toContain(
    `https://${hcp.host}/app/acme/weather/runs/run-1 applies its plan without a confirmation`,
  )
  expect(statuses()).toEqual(['discarded'])
  expect(hcp.state()).toBeUndefined()
})

test('a plan that cannot be discarded is named with its page', async () => {
  hcp.refused.push({ path: /\/actions\/discard$/, status: 500, times: 9 })
  const pull = await stage.open('Kept', module('input = var.who'))
  const planned = await run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  expect(planned.log.replaceAll('\n', ' ')).toMatch(
    /The plan of https:\S+\/runs\/run-1 could not be discarded: .*status 500.*discard it if it can still be confirmed/,
  )
})

test('a job that is cancelled while its run waits leaves no run behind, although the first cancellation fails', async () => {
  hcp.settings.lockedBy = 'somebody'
  hcp.refused.push({ path: /\/actions\/cancel$/, status: 500, times: 1 })
  const pull = await stage.open('Waiting', module('input = var.who'))
  const action = stage.start(stage.opened(pull), { 'lock-timeout': '5m' }, hcp.env)
  await vi.waitFor(() => expect(hcp.changes).toContain('POST /runs'), { timeout: 60_000, interval: 100 })
  // Terraform has printed the page of the run a moment later.
  await delay(2_000)
  action.cancel()
  const cancelled = await action.done
  expect(cancelled.outputs['failure-code'], cancelled.log).toBe('CANCELLED')
  expect(cancelled.orphans).toEqual([])
  expect(hcp.changes.filter(change => change.endsWith('/actions/cancel')).length).toBeGreaterThan(1)
  hcp.settings.lockedBy = undefined
  await delay(500)
  expect(statuses()).toEqual(['canceled'])
})

test('a machine that is lost during an apply: the run in the workspace ends, and the next job finds it applied', async () => {
  const slow = 'provisioner "local-exec" { command = "sleep 5" }'
  const pull = await stage.open('Lost', module(slow))
  await run(stage.opened(pull))
  const trigger = await stage.merged(pull)
  const action = stage.start(trigger, {}, hcp.env)
  await action.line('Provisioning with')
  action.kill()
  await action.done
  action.endOrphans()
  await vi.waitFor(() => expect(statuses()).toEqual(['discarded', 'applied']), { timeout: 60_000, interval: 100 })
  const next = await run(trigger)
  expect(next.conclusion, next.log).toBe('success')
  expect(next.outputs).toMatchObject({ gate: 'passed', 'failure-code': '' })
  expect(hcp.runs.filter(({ status }) => status === 'planned_and_saved')).toEqual([])
})
