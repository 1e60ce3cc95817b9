import { describe, expect, test } from 'vitest'
import { renderComment } from '../../src/report/comment.ts'
import { findingsSection } from '../../src/report/findings.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { type Finding, rulesPageUrl } from '../../src/rules/findings.ts'
import fc from '../support/property.ts'
import { elements, renderTree, text } from '../support/render.ts'
import { planReport } from '../support/reports.ts'

const page = rulesPageUrl({ url: 'https://github.com/acme/terraform-mcp-deploy', ref: 'v1' })
const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: 'instance-replaced',
  severity: 'danger',
  address: 'aws_instance.server',
  sentence: 'The instance is replaced.',
  fix: 'Set create_before_destroy.',
  docs: `${page}#instance-replaced`,
  ...more,
})
const section = (findings: readonly Finding[], budget: number, stack?: string) =>
  findingsSection({ findings, target: { stack } }, budget)
const accepted = finding({ rule: 'http-without-redirect', severity: 'warning', accepted: 'only in the office' })

test('a finding names its place, what to change, and its rule with a link', async () => {
  const tree = await renderTree(String(section([finding()], 10_000)))
  expect(text(tree)).toMatch(/What it means for the MCP server/)
  const [item] = [...elements(tree)].filter(({ tagName }) => tagName === 'li')
  expect(item && text(item)).toBe(
    '🔴 aws_instance.server: The instance is replaced. Instead: Set create_before_destroy. instance-replaced',
  )
  const [link] = [...elements(tree)].filter(({ tagName }) => tagName === 'a')
  expect(link?.properties.href).toBe(
    'https://github.com/acme/terraform-mcp-deploy/blob/v1/docs/plan-rules.md#instance-replaced',
  )
})

test('what is accepted is listed with its reason, apart from the rest', async () => {
  const markdown = String(section([finding(), accepted], 10_000))
  const [fold] = [...elements(await renderTree(markdown))].filter(({ tagName }) => tagName === 'details')
  expect(fold && text(fold)).toMatch(/Accepted: 1 finding.*Accepted: only in the office http-without-redirect/s)
  expect(fold && text(fold)).not.toContain('Set create_before_destroy. instance-replaced')
  expect(String(section([accepted], 10_000))).not.toContain('###')
})

test('it says how to accept, and nothing of that when all is accepted', async () => {
  const tree = await renderTree(String(section([finding()], 10_000)))
  expect(text(tree)).toContain('# mcp-deploy:accept RULE REASON, see accepting.')
  const links = [...elements(tree)].filter(({ tagName }) => tagName === 'a').map(({ properties }) => properties.href)
  expect(links[1]).toBe('https://github.com/acme/terraform-mcp-deploy/blob/v1/docs/plan-rules.md#accept-a-finding')
  expect(String(section([accepted], 10_000))).not.toContain('RULE REASON')
})

test('with a shipped module there is no resource to comment, so the input is named', () => {
  const markdown = String(section([finding()], 10_000, 'ecs'))
  expect(markdown).toContain('To accept one, give the reason in the input `accept-rules`: `RULE: REASON`')
  expect(markdown).not.toContain('above its resource')
})

test('what the rules could not judge is named, also without a finding', () => {
  const unjudged = [
    { address: 'aws_ecs_task_definition.x', argument: 'container_definitions', rules: ['image-tag-latest'] },
    ...Array.from({ length: 9 }, (_, n) => ({ address: `aws_instance.x[${n}]`, argument: 'user_data', rules: [] })),
  ]
  const target = { stack: undefined }
  const markdown = String(findingsSection({ unjudged, target }, 10_000))
  expect(markdown).toMatch(
    /^⚪ Not judged, because the value is known only after the apply: `container_definitions` of `aws_ecs_task_definition.x` \(`image-tag-latest`\); /,
  )
  expect(markdown).toMatch(/ and 5 more\.$/)
  expect(String(findingsSection({ findings: [finding()], unjudged, target }, 500)).length).toBeLessThanOrEqual(500)
})

test('nothing to say is nothing', () => {
  expect(String(section([], 10_000))).toBe('')
  expect(String(section([finding()], 50))).toBe('')
})

test('an action of the checked out repository has a page and no link', async () => {
  const local = finding({ docs: `${rulesPageUrl(undefined)}#instance-replaced` })
  const tree = await renderTree(String(section([local], 10_000)))
  expect([...elements(tree)].filter(({ tagName }) => tagName === 'a')).toEqual([])
  expect(text(tree)).toContain('instance-replaced (docs/plan-rules.md#instance-replaced)')
})

describe('any number fits', () => {
  const many = [
    ...Array.from({ length: 300 }, (_, n) => finding({ address: `aws_instance.server[${n}]` })),
    ...Array.from({ length: 300 }, (_, n) => finding({ severity: 'notice', address: `aws_lb.x[${n}]` })),
    ...Array.from({ length: 300 }, () => accepted),
  ]

  test('with an honest line for what does not', async () => {
    const markdown = String(section(many, 5_000))
    expect(markdown.length).toBeLessThanOrEqual(5_000)
    const items = [...elements(await renderTree(markdown))]
      .filter(({ tagName }) => tagName === 'li')
      .map(each => text(each))
    const left = /and (\d+) more findings \(🔴 (\d+), 🔵 300\): the report of this run/.exec(items.join('\n'))
    const named = items.filter(item => item.includes('aws_instance.server['))
    expect(named.length).toBeGreaterThan(5)
    expect(Number(left?.[1])).toBe(600 - named.length)
    expect(Number(left?.[2])).toBe(300 - named.length)
    expect(items.join('\n')).toMatch(/only in the office.*and \d+ more findings \(🟠 \d+\)/s)
  })

  test('in every budget', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 900 }), (budget, start) => {
        expect(String(section(many.slice(start), budget)).length).toBeLessThanOrEqual(budget)
      }),
    )
  })
})

test('hostile parts cannot leave their place', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</details><script>alert(1)</script>',
      '`` ` ``` @acme/admins #1 https://evil.example',
      '\n\n# Approved\n::error::x',
      '[click](javascript:alert(1)) <!-- terraform-mcp-deploy:0 --> *b*',
    ),
  )
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (address, sentence, reason) => {
      const markdown = String(section([finding({ address, sentence }), finding({ accepted: reason, address })], 20_000))
      const tags = [...elements(await renderTree(markdown))].map(({ tagName }) => tagName)
      const mine = ['h3', 'ul', 'li', 'p', 'code', 'strong', 'a', 'details', 'summary']
      expect(tags.filter(tag => !mine.includes(tag))).toEqual([])
      expect(tags.filter(tag => tag === 'li')).toHaveLength(2)
      expect(tags.filter(tag => tag === 'a')).toHaveLength(3)
      expect(tags.filter(tag => tag === 'h3')).toHaveLength(1)
      expect(markdown.split('\n').filter(line => line.startsWith('::'))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('the comment shows them behind the dangers, the summary shows them too', () => {
  const report = planReport({ format_version: '1.2', applyable: true, resource_changes: [] })
  const findings = [finding(), accepted]
  const comment = String(renderComment({ ...report, findings }, '<!-- marker -->'))
  const summary = String(renderSummary({ ...report, findings }))
  for (const markdown of [comment, summary]) {
    expect(markdown.indexOf('What it means')).toBeGreaterThan(markdown.indexOf('to change'))
    expect(markdown).toContain('**Accepted**: only in the office')
  }
  expect(String(renderComment(report, '<!-- marker -->'))).not.toContain('What it means')
})
