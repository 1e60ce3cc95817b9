/**
 * The end of a stack through the shipped dist with real Terraform: refused until it is confirmed by name, told to the
 * monitor before anything goes, resumed after a cancel and after a failure half-way. Before that the drift of another one by
 * refresh-only plans, and credentials that end too soon.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workflowDispatch } from '../support/events.ts'
import { faulty, mcpLike } from '../support/mcp/faults.ts'
import type { Listening } from '../support/mcp/listen.ts'
import type { ActionResult } from '../support/runner.ts'
import { type Stage, setStage, stateBucket } from '../support/stage.ts'

const permissions = { contents: 'read', pull_requests: 'write', deployments: 'write', issues: 'write' } as const
const ajv = new Ajv2020({ strict: false })
formats.default(ajv)
const valid = ajv.compile(
  JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object,
)

describe('a stack that comes to its end', () => {
  let lab: Listening
  let stage: Stage
  let ssm: SSMClient
  /** Where the stack's own destroy notes when it began, and finds what it is to do. */
  let notes: string
  /** What the job's `env:` has besides. */
  const env: Record<string, string> = {}

  beforeAll(async () => {
    lab = await faulty(mcpLike())
    notes = mkdtempSync(join(tmpdir(), 'destroy-'))
    stage = await setStage({
      permissions,
      images: {},
      env,
      inputs: {
        'working-directory': 'infra',
        'mcp-timeout': '60s',
        'plan-approval': 'none',
        'deployment-environment': 'production',
        issue: 'failures',
      },
    })
    ssm = new SSMClient({
      endpoint: stage.aws.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    })
  })
  afterAll(async () => {
    ssm?.destroy()
    await stage?.close()
    await lab?.[Symbol.asyncDispose]()
    rmSync(notes, { recursive: true, force: true })
  })

  const backend = (key: string) => `
    terraform {
      backend "s3" {
        bucket       = "${stateBucket}"
        key          = "${key}"
        use_lockfile = true
      }
    }
    output "mcp_endpoint" { value = "${lab.url}/mcp" }
    output "instance_id" { value = "i-0123456789" }
  `
  /** Without a provider of AWS, whose start is most of what a run takes. @param lifecycle of what goes last */
  const module = (lifecycle = '') => ({
    'infra/main.tf': `
      ${backend('infra.tfstate')}
      resource "terraform_data" "first" {
        ${lifecycle}
      }
      resource "terraform_data" "quick" {}
      resource "terraform_data" "stubborn" {
        input = terraform_data.first.id
        provisioner "local-exec" {
          when    = destroy
          command = "date +%s%3N >> ${notes}/began; test ! -e ${notes}/slow || sleep 60; test -e ${notes}/may-go"
        }
      }
    `,
  })
  const note = (name: string) => writeFileSync(join(notes, name), '')
  const destroy = async (inputs: Record<string, string> = {}) => {
    const { sha } = await head()
    return stage.start(workflowDispatch(stage.github, { sha }), { command: 'destroy', ...inputs })
  }
  const head = async () => {
    const { owner, repo, octokit } = stage.github
    return (await octokit.rest.repos.getCommit({ owner, repo, ref: 'main' })).data
  }
  const verify = async (inputs: Record<string, string> = {}) =>
    stage.run(
      { event: { name: 'schedule', payload: {} }, github: workflowDispatch(stage.github, await head()).github },
      { drift: 'fail', ...inputs },
    )
  const reportOf = (result: ActionResult) => {
    const report = JSON.parse(readFileSync(result.outputs['gate-report'] ?? '', 'utf8'))
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
    return report
  }
  const issues = async (state: 'open' | 'closed') => {
    const { owner, repo, octokit } = stage.github
    const { data } = await octokit.rest.issues.listForRepo({ owner, repo, state })
    return data.filter(({ pull_request }) => pull_request === undefined)
  }
  const inState = async () => {
    const { resources } = JSON.parse((await stage.stateObject('infra.tfstate')) ?? '{"resources":[]}')
    return (resources as { type: string; name: string }[]).map(({ type, name }) => `${type}.${name}`).sort()
  }
  const all = ['terraform_data.first', 'terraform_data.quick', 'terraform_data.stubborn']

  test('another one has no drift by a refresh-only plan, and then what was changed and deleted outside of Terraform', async () => {
    const here = {
      'working-directory': 'drift',
      'deployment-environment': '',
      'alivemcp-api-key': '',
      'drift-plan': 'refresh-only',
    }
    const pull = await stage.open('Drift', {
      'drift/main.tf': `
        ${backend('drift.tfstate')}
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }
        resource "aws_ssm_parameter" "motd" {
          name           = "/weather/motd"
          type           = "String"
          insecure_value = "sunny"
        }
        resource "aws_ssm_parameter" "spare" {
          name           = "/weather/spare"
          type           = "String"
          insecure_value = "unused"
        }
      `,
    })
    const applied = await stage.run(await stage.merged(pull), here)
    expect(applied.conclusion, applied.log).toBe('success')
    const before = await stage.stateObject('drift.tfstate')
    // The configuration may say something else by now.
    await stage.write({ 'drift/more.tf': 'resource "terraform_data" "never_applied" {}\n' })
    const well = await verify(here)
    expect(well.conclusion, well.log).toBe('success')
    expect(well.outputs).toMatchObject({ drift: '[]', 'has-changes': 'false' })
    // Terraform itself counts what the provider fills in.
    expect(well.summary).toContain('Objects have changed outside of Terraform')
    expect(await issues('open')).toEqual([])

    await ssm.send(new PutParameterCommand({ Name: '/weather/motd', Value: 'rain', Type: 'String', Overwrite: true }))
    await ssm.send(new DeleteParameterCommand({ Name: '/weather/spare' }))
    const red = await verify(here)
    expect(red.outputs).toMatchObject({ gate: 'passed', 'gate-code': 'DRIFT', 'failed-phase': 'drift' })
    expect(JSON.parse(red.outputs.drift ?? '')).toEqual(['aws_ssm_parameter.motd', 'aws_ssm_parameter.spare'])
    const [issue, ...more] = await issues('open')
    expect(more).toEqual([])
    for (const text of [red.summary, issue?.body]) {
      expect(text).toContain('`aws_ssm_parameter.motd` (changed), `aws_ssm_parameter.spare` (gone)')
      expect(text).toMatch(/- insecure_value = "sunny"\n\+ insecure_value = "rain"/)
    }
    expect(red.summary).toContain('**Changed outside of Terraform: 2 resources')
    const lines = expect.arrayContaining(['+ insecure_value = "rain"'])
    expect(reportOf(red).drift).toMatchObject({
      plan: 'refresh-only',
      changes: [
        { address: 'aws_ssm_parameter.motd', kind: 'update', lines },
        { address: 'aws_ssm_parameter.spare', kind: 'delete' },
      ],
    })
    expect(await stage.stateObject('drift.tfstate')).toBe(before)
  })

  test('is deployed and watched, and has an issue open', async () => {
    const applied = await stage.run(await stage.merged(await stage.open('One', module())))
    expect(applied.conclusion, applied.log).toBe('success')
    expect(stage.monitor.monitors).toHaveLength(1)
    expect(stage.github.deployments.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['success'])
    expect(await inState()).toEqual(all)
    await stage.write({ 'infra/more.tf': 'resource "terraform_data" "never_applied" {}\n' })
    expect((await verify()).outputs).toMatchObject({ drift: '["terraform_data.never_applied"]', 'gate-code': 'DRIFT' })
    expect(await issues('open')).toHaveLength(2)
  })

  test('is not applied with credentials that have ended, by the variable of the SDKs', async () => {
    env.AWS_CREDENTIAL_EXPIRATION = '2026-01-01T00:00:00Z'
    const before = await stage.stateObject('infra.tfstate')
    const { sha } = await head()
    const refused = await stage.run(workflowDispatch(stage.github, { sha }), { command: 'apply' })
    delete env.AWS_CREDENTIAL_EXPIRATION
    expect(refused.outputs).toMatchObject({
      applied: 'false',
      'gate-code': 'CREDENTIALS_EXPIRE',
      'failed-phase': 'credentials',
    })
    expect(refused.annotations.map(({ message }) => message).join('\n')).toMatch(
      /credentials ended at 2026-01-01T00:00:00Z.*nothing was begun[\s\S]*raise role-duration-seconds/,
    )
    expect(await stage.stateObject('infra.tfstate')).toBe(before)
  })

  test('is kept by another name, without a name, with credentials that end, and by prevent_destroy', async () => {
    const before = await stage.stateObject('infra.tfstate')
    const wrong = await (await destroy({ 'confirm-destroy': 'infra@production' })).done
    expect(wrong.outputs).toMatchObject({ command: 'destroy', 'failed-phase': 'start', destroyed: '' })
    expect(wrong.log).toMatch(/confirm-destroy is "infra@production", but this stack is "infra"/)
    expect(wrong.log).not.toContain('##[group]init')

    const unconfirmed = await (await destroy()).done
    expect(unconfirmed.conclusion).toBe('failure')
    expect(unconfirmed.outputs).toMatchObject({ 'gate-code': 'DESTROY_NOT_CONFIRMED', destroyed: 'false' })
    expect(unconfirmed.summary).toMatch(/\*\*0 to add, 0 to change, \d to destroy\*\*/)
    expect(unconfirmed.summary).toContain('confirm-destroy: "infra"')
    expect(unconfirmed.log).toContain('# terraform_data.stubborn will be destroyed')
    expect(reportOf(unconfirmed).destroy).toEqual({ stack: 'infra', outcome: 'unconfirmed', left: [] })

    // In quotes, as configure-aws-credentials writes it.
    const soon = JSON.stringify(new Date(Date.now() + 4 * 60_000))
    const ending = await (await destroy({ 'confirm-destroy': 'infra', 'aws-expiration': soon })).done
    expect(ending.outputs).toMatchObject({ 'gate-code': 'CREDENTIALS_EXPIRE', destroyed: '' })

    await stage.write(module('lifecycle { prevent_destroy = true }'))
    const prevented = await (await destroy({ 'confirm-destroy': 'infra' })).done
    await stage.write(module())
    expect(prevented.outputs).toMatchObject({ 'failed-phase': 'plan', destroyed: '' })
    expect(prevented.annotations.map(({ message }) => message).join('\n')).toMatch(/remove prevent_destroy from/)

    expect(stage.monitor.monitors).toHaveLength(1)
    expect(existsSync(join(notes, 'began'))).toBe(false)
    expect(await stage.stateObject('infra.tfstate')).toBe(before)
  })

  test('stops gracefully when it is cancelled, says what is left after a failure, and is gone in the end', async () => {
    note('slow')
    const running = await destroy({ 'confirm-destroy': 'infra' })
    await running.line('Executing:')
    running.cancel()
    const cancelled = await running.done
    expect(cancelled.conclusion).toBe('cancelled')
    expect(cancelled.log).toContain('Gracefully shutting down...')
    expect(await stage.stateObject('infra.tfstate.tflock')).toBeUndefined()
    expect(await inState()).toContain('terraform_data.stubborn')
    // The monitor was gone before anything else.
    expect(stage.monitor.monitors).toEqual([])
    const removed = stage.monitor.requests.find(({ method }) => method === 'DELETE')?.at
    const [began] = readFileSync(join(notes, 'began'), 'utf8').split('\n').map(Number)
    expect(removed).toBeLessThan(began ?? 0)

    rmSync(join(notes, 'slow'))
    const failed = await (await destroy({ 'confirm-destroy': 'infra' })).done
    expect(failed.outputs).toMatchObject({
      'gate-code': 'DESTROY_INCOMPLETE',
      'failed-phase': 'destroy',
      destroyed: 'false',
      applied: 'false',
    })
    expect(failed.annotations.filter(({ level }) => level === 'error')).toMatchObject([
      { message: expect.stringMatching(/^local-exec provisioner error/), properties: { file: 'infra/main.tf' } },
      {
        message: expect.stringMatching(
          /^Destroy failed: DESTROY_INCOMPLETE: 2 resources were not destroyed: terraform_data\.first, terraform_data\.stubborn\.\nWhat to do: .*run the destroy again/,
        ),
      },
    ])
    expect(reportOf(failed).destroy).toMatchObject({ outcome: 'left', left: [all[0], all[2]] })
    expect(await issues('open')).toHaveLength(2)
    expect(stage.github.deployments.at(-1)?.statuses.at(-1)?.state).toBe('success')

    note('may-go')
    const gone = await (await destroy({ 'confirm-destroy': 'infra' })).done
    expect(gone.conclusion, gone.log).toBe('success')
    expect(gone.outputs).toMatchObject({ destroyed: 'true', 'gate-code': '', 'failed-phase': '' })
    expect(gone.summary).toMatch(/✅ \*\*Destroyed\*\* by .*: 2 resources, and nothing is left/)
    expect(reportOf(gone).destroy).toEqual({ stack: 'infra', outcome: 'done', left: [], deactivated: 1 })
    expect(await inState()).toEqual([])
    expect(stage.github.deployments.at(-1)?.statuses.at(-1)?.state).toBe('inactive')
    expect(await issues('open')).toHaveLength(1)
    expect(await issues('closed')).toMatchObject([{ body: expect.stringContaining('**Destroyed**') }])

    const again = await (await destroy({ 'confirm-destroy': 'infra' })).done
    expect(again.conclusion, again.log).toBe('success')
    expect(again.outputs).toMatchObject({ destroyed: 'true', 'has-changes': 'false' })
    expect(again.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', message: expect.stringMatching(/nothing to destroy/) }),
    )
    expect(stage.github.violations).toEqual([])
  })
})
