/** What a reviewed plan says about values: what differs by construction is applied, and its dangerous neighbour is refused. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PullRequest } from '../support/github.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'

let server: Listening
let stage: Stage
let state: HttpState
beforeAll(async () => {
  server = await v2()
  stage = await setStage({ images: {}, inputs: { 'mcp-timeout': '60s', 'mcp-rounds': '1', 'alivemcp-api-key': '' } })
})
afterAll(async () => {
  await stage.close()
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  state = await startHttpState()
})
afterEach(() => state.stop())

let number = 0
/** A root module in a directory of its own, with the variable files that a workflow writes. */
function place(resources: string) {
  const name = `values${number++}`
  const files: Record<string, string> = {
    [`${name}/main.tf`]: `
      terraform {
        ${state.backend}
      }
      ${resources}
      output "mcp_endpoint" { value = "${server.url}/mcp" }
    `,
  }
  const written = (variables: Record<string, unknown>) =>
    stage.write({ [`${name}/ci.auto.tfvars.json`]: JSON.stringify(variables) })
  return { name, files, written, inputs: { 'working-directory': name } as Record<string, string> }
}
const body = async ({ number }: PullRequest) => (await stage.github.comments(number))[0]?.body ?? ''

test('the commit in a tag and a JSON text is applied, and the commit of another run is refused', async () => {
  const { name, files, written, inputs } = place(`
    variable "commit" { type = string }
    resource "terraform_data" "task" {
      input = jsonencode({ image = "weather:\${substr(var.commit, 0, 12)}", sha = var.commit })
    }
  `)
  const pull = await stage.open(name, files)
  const opened = stage.opened(pull)
  await written({ commit: opened.github.sha })
  const planned = await stage.run(opened, inputs)
  expect(planned.log).not.toMatch(/##\[error]/)
  expect(await body(pull)).toMatch(/Placeholders.*the commit in `terraform_data.task: input`/)

  const merged = await stage.merged(pull)
  await written({ commit: 'c0ffee'.padEnd(40, '0') })
  const refused = await stage.run(merged, inputs)
  expect(refused.outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
  expect(await body(pull)).toMatch(/`terraform_data.task` \(create\): `input` differs/)

  await written({ commit: merged.github.sha })
  const applied = await stage.run(merged, inputs)
  expect(applied.log).not.toMatch(/##\[error]/)
  expect(applied.outputs).toMatchObject({ applied: 'true', 'plan-fingerprint': planned.outputs['plan-fingerprint'] })
})

test('a tag in a value that is known only after the apply is compared, through a module and a local value', async () => {
  const { name, files, written, inputs } = place(`
    variable "tag" { type = string }
    resource "terraform_data" "repository" {}
    module "app" {
      source     = "./app"
      tag        = var.tag
      repository = terraform_data.repository.id
    }
  `)
  const app = `
    variable "tag" { type = string }
    variable "repository" { type = string }
    locals { image = "\${var.repository}:\${var.tag}" }
    resource "terraform_data" "task" { input = local.image }
  `
  const pull = await stage.open(name, { ...files, [`${name}/app/main.tf`]: app })
  await written({ tag: 'v1' })
  await stage.run(stage.opened(pull), inputs)
  expect(await body(pull)).toMatch(/Known only after the apply.*`module.app.terraform_data.task: input`/)

  const merged = await stage.merged(pull)
  await written({ tag: 'v2' })
  const refused = await stage.run(merged, inputs)
  expect(refused.outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
  expect(await body(pull)).toMatch(/`module.app.terraform_data.task` \(create\): `inputs of input` differs/)

  await written({ tag: 'v1' })
  expect((await stage.run(merged, inputs)).outputs).toMatchObject({ applied: 'true' })
})

test('what remains of an interrupted apply is refused with another image tag, and applied with the reviewed one', async () => {
  const { name, files, written, inputs } = place(`
    variable "tag" { type = string }
    resource "terraform_data" "repository" {}
    resource "terraform_data" "gate" {
      provisioner "local-exec" { command = "test -e allowed" }
    }
    resource "terraform_data" "task" {
      input      = "\${terraform_data.repository.id}:\${var.tag}"
      depends_on = [terraform_data.gate]
    }
  `)
  const pull = await stage.open(name, files)
  await written({ tag: 'v1' })
  await stage.run(stage.opened(pull), inputs)
  const merged = await stage.merged(pull)
  expect((await stage.run(merged, inputs)).outputs).toMatchObject({ 'failure-code': 'TERRAFORM_APPLY_FAILED' })
  expect(state.resources().map(({ address }) => address)).toEqual(['terraform_data.gate', 'terraform_data.repository'])

  await stage.write({ [`${name}/allowed`]: '' })
  await written({ tag: 'v2' })
  const refused = await stage.run(merged, inputs)
  expect(refused.outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
  expect(await body(pull)).toMatch(/`terraform_data.task` \(create\): .*`inputs of input`/)

  await written({ tag: 'v1' })
  const applied = await stage.run(merged, inputs)
  expect(applied.log).not.toMatch(/##\[error]/)
  expect(applied.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
  expect(await body(pull)).toMatch(/As reviewed.*the plan is the remainder of the plan reviewed at/)
})

test('plantimestamp() is applied, a date made of it is warned of, and an ignored path is not compared', async () => {
  const { name, files, written, inputs } = place(`
    variable "note" { type = string }
    resource "terraform_data" "task" {
      input = { at = plantimestamp(), day = formatdate("YYYY-MM-DD", plantimestamp()), note = var.note }
    }
  `)
  const ignoring = {
    ...inputs,
    'plan-approval-ignore': 'terraform_data.task:input.day\nterraform_data.task:input.note',
  }
  const pull = await stage.open(name, files)
  await written({ note: 'one' })
  const warned = await stage.run(stage.opened(pull), inputs)
  expect(warned.annotations).toContainEqual(
    expect.objectContaining({
      level: 'warning',
      message: expect.stringContaining('add the line terraform_data.task:input.day to the input plan-approval-ignore'),
    }),
  )
  const planned = await stage.run(stage.opened(pull), ignoring)
  expect(planned.annotations.filter(({ level }) => level === 'warning')).toEqual([])
  expect(await body(pull)).toMatch(/Not compared.*`terraform_data.task:input.day`, `terraform_data.task:input.note`/)

  const merged = await stage.merged(pull)
  await written({ note: 'two' })
  const refused = await stage.run(merged, inputs)
  expect(refused.outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
  expect(await body(pull)).toMatch(/plan-approval-ignore: was .*, is not set/)
  const applied = await stage.run(merged, ignoring)
  expect(applied.log).not.toMatch(/##\[error]/)
  expect(applied.outputs).toMatchObject({ applied: 'true', 'plan-fingerprint': planned.outputs['plan-fingerprint'] })
})

test('a plan of another workflow file counts only if plan-workflow names that file', async () => {
  const { name, files, inputs } = place('resource "terraform_data" "task" { input = "one" }')
  const pull = await stage.open(name, files)
  const opened = stage.opened(pull)
  const planFile = '.github/workflows/plan.yml'
  const ofPlanFile = { ...opened, github: { ...opened.github, workflowFile: planFile } }
  await stage.run(ofPlanFile, inputs)
  const merged = await stage.merged(pull)
  const refused = await stage.run(merged, inputs)
  expect(refused.outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_WORKFLOW_FOREIGN' })
  expect(await body(pull)).toMatch(/set the input plan-workflow of the apply/)
  const other = await stage.run(merged, { ...inputs, 'plan-workflow': '.github/workflows/other.yml' })
  expect(other.outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_WORKFLOW_FOREIGN' })
  const applied = await stage.run(merged, { ...inputs, 'plan-workflow': planFile })
  expect(applied.log).not.toMatch(/##\[error]/)
  expect(applied.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
})

test('a number that a double does not hold, and another region of a provider, make another plan', async () => {
  const { name, files, inputs } = place(`
    variable "quota" { type = number }
    variable "region" { type = string }
    provider "aws" {
      region                      = var.region
      skip_credentials_validation = true
      skip_requesting_account_id  = true
      skip_metadata_api_check     = true
    }
    resource "terraform_data" "task" { input = var.quota }
  `)
  const variables = (quota: string, region: string) =>
    stage.write({ [`${name}/ci.auto.tfvars.json`]: `{"quota":${quota},"region":"${region}"}` })
  const pull = await stage.open(name, files)
  await variables('9007199254740993', 'us-east-1')
  // The first run writes the lock file, which is a circumstance of the second.
  await stage.run(stage.opened(pull), inputs)
  await stage.run(stage.opened(pull), inputs)
  const merged = await stage.merged(pull)

  await variables('9007199254740992', 'eu-west-1')
  expect((await stage.run(merged, inputs)).outputs).toMatchObject({ applied: 'false', 'failure-code': 'PLAN_CHANGED' })
  expect(await body(pull)).toMatch(/`terraform_data.task` \(create\): `input` differs/)
  expect(await body(pull)).toMatch(/provider aws: region: was `var.region="us-east-1"`, is `var.region="eu-west-1"`/)

  await variables('9007199254740993', 'us-east-1')
  const applied = await stage.run(merged, inputs)
  expect(applied.log).not.toMatch(/##\[error]/)
  expect(applied.outputs).toMatchObject({ applied: 'true' })
})
