import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pythonTool } from '../support/python-tools.ts'
import type { Stage } from '../support/stage.ts'
import { smallModule, smallStage } from './stack.ts'

const planChecks = `
  no public address: ! grep -q '"assign_public_ip":true' "$PLAN_JSON"
  cost?: echo "$(basename "$PLAN_JSON") holds note-that-is-secret"; exit 4
`

const publicModule = {
  ...smallModule('v1'),
  'infra/server/main.tf': smallModule('v1')['infra/server/main.tf'].replace(
    'network_configuration { subnets = slice(var.nets, 0, 1) }',
    'network_configuration {\n subnets = slice(var.nets, 0, 1)\n assign_public_ip = true\n }',
  ),
}

const page = readFileSync(new URL('../../docs/plan-checks.md', import.meta.url), 'utf8')

/** The line of the page that runs a tool. */
function commandOf(tool: string): string {
  const row = page.split('\n').find(line => line.startsWith(`| ${tool} | `))
  return row?.split('`')[1] ?? ''
}

/** The file of the page that begins with its own name. */
function fileOf(name: string): string {
  return new RegExp(`^\`\`\`rego\\n(# ${RegExp.escape(name)}\\n[\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? ''
}

/** Tools whose build takes minutes: they are run where they are on PATH, and have to be there where TEST_POLICY_TOOLS names them. */
const policyTools = ['conftest', 'opa'].filter(
  tool => (process.env.TEST_POLICY_TOOLS ?? '').split(' ').includes(tool) || isOnPath(tool),
)

function isOnPath(tool: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some(directory => existsSync(join(directory, tool)))
}

const checkov = await pythonTool('checkov', '3.3.30')

let stage: Stage
beforeAll(async () => {
  // Nothing listens there: no apply gets so far.
  stage = await smallStage('http://127.0.0.1:9/mcp', { 'plan-checks': planChecks })
})
afterAll(() => stage.close())

test('a plan that passes its checks shows them, and a check that only warns does not fail the run', async () => {
  const pull = await stage.open('Private', smallModule('v1'))
  const { conclusion, log, summary, outputs } = await stage.run(stage.opened(pull))
  expect(conclusion, log).toBe('success')
  const [comment = ''] = (await stage.github.comments(pull.number)).map(({ body }) => body ?? '')
  for (const markdown of [comment, summary]) {
    expect(markdown).toContain('✅ **no public address** passed')
    expect(markdown).toContain('⚠️ **cost** warns: exit code 4')
    expect(markdown).toContain('plan.json holds ***')
  }
  const text = readFileSync(outputs['gate-report'] ?? '', 'utf8')
  const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
  const valid = new Ajv2020({ strict: false }).compile(schema)
  expect(valid(JSON.parse(text)), JSON.stringify(valid.errors)).toBe(true)
  expect((JSON.parse(text) as { planChecks: object[] }).planChecks).toMatchObject([
    { name: 'no public address', outcome: 'passed' },
    { name: 'cost', outcome: 'warned', output: 'plan.json holds ***' },
  ])
  for (const sink of [comment, summary, text, log.replaceAll(/^::add-mask::.*$/gm, '')])
    expect(sink).not.toContain('note-that-is-secret')
})

test('a plan that fails a check fails on the pull request, and again at the merge, before anything is changed', async () => {
  const pull = await stage.open('Public', publicModule)
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion).toBe('failure')
  expect(planned.outputs['failure-code']).toBe('PLAN_CHECK_FAILED')
  const merged = await stage.run(await stage.merged(pull))
  expect(merged.conclusion).toBe('failure')
  expect(merged.outputs['failure-code']).toBe('PLAN_CHECK_FAILED')
  expect(merged.log).not.toMatch(/Apply complete/)
  expect(merged.outputs.conclusion).not.toBe('success')
})

test.skipIf(checkov === undefined)('checkov judges the plan by the command of the page', async () => {
  const pull = await stage.open('Scanned', publicModule)
  const scan = `scan: PATH="${checkov}:$PATH" ${commandOf('checkov')}`
  const { outputs, log } = await stage.run(stage.opened(pull), { 'plan-checks': scan })
  expect(outputs['failure-code'], log).toBe('PLAN_CHECK_FAILED')
  const [comment = ''] = (await stage.github.comments(pull.number)).map(({ body }) => body ?? '')
  expect(comment).toContain('❌ **scan** failed: exit code 1')
  // "Ensure ECS services do not have public IP addresses assigned to them automatically".
  expect(comment).toMatch(/CKV_AWS_333[\s\S]*module\.server\.aws_ecs_service\.this/)
})

describe.skipIf(policyTools.length === 0)('the policy of the page', () => {
  test.each(policyTools)('%s judges a plan by it, with the command of the page', async tool => {
    const policy = { 'policy/public.rego': fileOf('policy/public.rego') }
    expect(policy['policy/public.rego']).toContain('gets a public address')
    const checks = { 'plan-checks': `policy: ${commandOf(tool)}` }

    const allowed = await stage.open(`Private by ${tool}`, { ...smallModule('v1'), ...policy })
    const passed = await stage.run(stage.opened(allowed), checks)
    expect(passed.conclusion, passed.log).toBe('success')

    const denied = await stage.open(`Public by ${tool}`, { ...publicModule, ...policy })
    const { outputs, log } = await stage.run(stage.opened(denied), checks)
    expect(outputs['failure-code'], log).toBe('PLAN_CHECK_FAILED')
    const [comment = ''] = (await stage.github.comments(denied.number)).map(({ body }) => body ?? '')
    expect(comment).toContain('❌ **policy** failed: exit code 1')
    expect(comment).toContain('module.server.aws_ecs_service.this gets a public address')
  })
})
