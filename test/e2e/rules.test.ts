import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding } from '../../src/rules/findings.ts'
import type { Stage } from '../support/stage.ts'
import { smallModule, smallStage } from './stack.ts'

/** Findings in the root module, in a module that is called, and one for each way of accepting. */
const files = {
  'infra/main.tf': `${smallModule('latest')['infra/main.tf'].replace(
    'module "server" {',
    '# mcp-deploy:accept image-tag-latest every push is deployed\nmodule "server" {',
  )}
    resource "aws_security_group" "office" {
      ingress {
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/0"]
      }
    }
    # mcp-deploy:accept port-open-to-world <img src=x> @acme/admins
    resource "aws_security_group" "honeypot" {
      ingress {
        from_port   = 23
        to_port     = 23
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/0"]
      }
    }
    # mcp-deploy:accept port-is-open why not
    resource "aws_ssm_parameter" "note" {
      name  = "note"
      type  = "SecureString"
      value = var.note
    }
  `,
  'infra/server/main.tf': smallModule('latest')['infra/server/main.tf'],
}

let stage: Stage
beforeAll(async () => {
  // Nothing listens there: only pull requests are opened.
  stage = await smallStage('http://127.0.0.1:9/mcp', { 'accept-rules': 'secret-in-state: rotated every hour' })
})
afterAll(() => stage.close())

test('findings reach the comment, the summary and the report, and what is accepted is listed with its reason', async () => {
  const pull = await stage.open('Findings', files)
  const { conclusion, log, summary, outputs, annotations } = await stage.run(stage.opened(pull))
  expect(log).not.toMatch(/##\[error]/)
  expect(conclusion).toBe('success')

  const report = JSON.parse(readFileSync(outputs['gate-report'] ?? '', 'utf8')) as { plan: { findings: Finding[] } }
  const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
  const valid = new Ajv2020({ strict: false }).compile(schema)
  expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
  const findings = report.plan.findings.map(({ severity, rule, address, accepted }) => [
    severity,
    rule,
    address,
    accepted,
  ])
  expect(findings).toEqual([
    ['danger', 'port-open-to-world', 'aws_security_group.office', undefined],
    ['warning', 'secret-in-environment', 'module.server.aws_ecs_task_definition.this', undefined],
    ['danger', 'port-open-to-world', 'aws_security_group.honeypot', '<img src=x> @acme/admins'],
    ['warning', 'secret-in-state', 'aws_ssm_parameter.note', 'rotated every hour'],
    ['warning', 'image-tag-latest', 'module.server.aws_ecs_task_definition.this', 'every push is deployed'],
  ])

  const [comment] = (await stage.github.comments(pull.number)).map(({ body }) => body ?? '')
  for (const markdown of [comment ?? '', summary]) {
    expect(markdown).toMatch(
      /### What it means for the MCP server\n\n- 🔴 `aws_security_group\.office`: The whole internet gets access to tcp port 22\./,
    )
    expect(markdown).toMatch(/Accepted: 3 findings/)
    expect(markdown).toMatch(/\*\*Accepted\*\*: &#60;img src=x&#62; `@acme\/admins`/)
    expect(markdown).not.toContain('note-that-is-secret')
  }
  expect(annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^main\.tf, line \d+: mcp-deploy:accept names the rule "port-is-open", which does not exist/),
  ])
})
