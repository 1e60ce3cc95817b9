import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { maxCommentUnits, renderComment } from '../../src/report/comment.ts'
import { annotationsOf } from '../../src/report/problems.ts'
import { type Report, reportJson } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import type { Problem } from '../../src/terraform/diagnostics.ts'
import { elements, renderTree, text } from '../support/render.ts'

const problem = (n: number, more: Partial<Problem> = {}): Problem => ({
  severity: 'error',
  summary: `Unsupported argument ${n}`,
  detail: 'An argument named "replicas" is not expected here.',
  excerpt: `  on main.tf line ${n}, in resource "a" "b":\n   ${n}:   replicas = 2`,
  address: 'module.server.a.b',
  file: 'infra/main.tf',
  line: n,
  url: `https://github.com/acme/weather/blob/abcdef0/infra/main.tf#L${n}`,
  ...more,
})

const failed = (problems: readonly Problem[], more: Partial<Report> = {}): Report => ({
  command: 'plan',
  target: { stack: undefined, directory: 'infra', workspace: undefined },
  commit: 'abcdef0',
  runUrl: 'https://github.com/acme/weather/actions/runs/1',
  failures: [
    {
      code: 'TERRAFORM_PLAN_FAILED',
      sentence:
        'terraform plan failed with exit code 1: Unsupported argument 1 (infra/main.tf:1).\nError: Unsupported …',
      fix: '',
      remedy: undefined,
      phase: 'plan',
    },
  ],
  problems,

  warnings: [],
  phases: [],
  ...more,
})

describe('annotations', () => {
  test('stand at their line, in the words of Terraform', () => {
    expect(annotationsOf(failed([problem(3)])).annotations).toEqual([
      {
        level: 'error',
        message:
          'Unsupported argument 3\n\n  on main.tf line 3, in resource "a" "b":\n   3:   replicas = 2\n\nAn argument named "replicas" is not expected here.',
        at: { file: 'infra/main.tf', startLine: 3 },
      },
    ])
  })

  test('what is in no file of the repository says where it is', () => {
    const {
      file: _,
      line: __,
      url: ___,
      ...outsideRepository
    } = problem(3, { outsideRepository: 'terraform/ecs/main.tf line 3 of this action' })
    const [annotation] = annotationsOf(failed([outsideRepository])).annotations
    expect(annotation).not.toHaveProperty('at')
    expect(annotation?.message).toMatch(/^Unsupported argument 3 \(terraform\/ecs\/main\.tf line 3 of this action\)\n/)
  })

  test('are nine errors and five warnings at most', () => {
    const many = Array.from({ length: 12 }, (_, n) => problem(n, { detail: 'é'.repeat(9_000) }))
    const warnings = many.map(each => ({ ...each, severity: 'warning' as const }))
    const { annotations, errors } = annotationsOf(failed([...warnings, ...many]))
    expect(errors).toBe(12)
    expect(annotations.map(({ level }) => level)).toEqual([...Array(9).fill('error'), ...Array(5).fill('warning')])
  })

  test('of a pull request from a fork are errors only where that makes the run red', () => {
    const check = {
      visitor: 'fork' as const,
      unformatted: [],
      diagnostics: [problem(1)],
      credentials: [],
      programs: [],
    }
    const { problems: _, ...checked } = failed([], { check })
    expect(annotationsOf({ ...checked, failures: [] }).annotations.map(({ level }) => level)).toEqual(['warning'])
    expect(annotationsOf(checked).annotations.map(({ level }) => level)).toEqual(['error'])
  })
})

describe('the comment and the summary', () => {
  const links = async (markdown: string) =>
    [...elements(await renderTree(markdown))]
      .filter(({ tagName }) => tagName === 'a')
      .map(link => [link.properties.href, text(link)])

  test.each([
    ['comment', (report: Report) => String(renderComment(report, '<!-- marker -->'))],
    ['summary', (report: Report) => String(renderSummary(report))],
  ])('%s: each problem with a link to its line, its address and its words', async (_, render) => {
    const markdown = render(failed([problem(3), problem(14, { severity: 'warning', summary: 'Deprecated' })]))
    expect(markdown).toContain('Problems: 1 error, 1 warning')
    expect(await links(markdown)).toContainEqual([
      'https://github.com/acme/weather/blob/abcdef0/infra/main.tf#L3',
      'infra/main.tf:3',
    ])
    expect(markdown).toContain('`module.server.a.b`: **Unsupported argument 3**')
    expect(markdown).toContain('\n   3:   replicas = 2\n\nAn argument named "replicas" is not expected here.\n')
    expect(markdown.indexOf('Unsupported argument 3**')).toBeLessThan(markdown.indexOf('**Deprecated**'))
    // Once, and not again as one block.
    expect(markdown).not.toContain("Terraform's output")
  })

  test('what does not fit is counted, and the first is shortened and not left out', () => {
    const many = Array.from({ length: 500 }, (_, n) => problem(n, { detail: '`<&@'.repeat(n === 0 ? 60_000 : 500) }))
    for (const limit of [maxCommentUnits, 8_000]) {
      const markdown = String(renderComment(failed(many), '<!-- marker -->', { limit }))
      expect(markdown.length).toBeLessThanOrEqual(limit)
      expect(markdown).toContain('**Unsupported argument 0**')
      const shown = markdown.match(/\*\*Unsupported argument \d+\*\*/g)?.length ?? 0
      expect(Number(/and (\d+) more, in the log/.exec(markdown)?.[1])).toBe(500 - shown)
    }
  })

  test.each([
    ['backticks', '`'.repeat(50_000)],
    ['control characters', '\u0001'.repeat(50_000)],
    ['what is escaped', '&'.repeat(50_000)],
  ])('what grows when it is shown is not lost: %s', (_, detail) => {
    const report = failed([problem(1, { detail, summary: `Bad ${'<'.repeat(5_000)}` }), problem(2)])
    for (const limit of [maxCommentUnits, 8_000]) {
      const markdown = String(renderComment(report, '<!-- marker -->', { limit }))
      expect(markdown.length).toBeLessThanOrEqual(limit)
      expect(markdown).toContain('infra/main.tf:1')
      expect(markdown).toMatch(/\*\*Bad /)
    }
  })

  test('hostile words stay words', async () => {
    const hostile = '</details></summary> ```` ~~~~ <!-- @everyone [x](https://evil.example) | ** ::error::x\n## no'
    const markdown = String(
      renderComment(
        failed([
          problem(1, {
            summary: hostile,
            detail: hostile,
            excerpt: hostile,
            address: hostile,
            file: `in)fra/${hostile.replace('\n', '')}`,
            url: 'https://github.com/acme/weather/blob/abcdef0/in)fra/%3C#L1',
          }),
          problem(2),
        ]),
        '<!-- marker -->',
      ),
    )
    const tree = await renderTree(markdown)
    const all = [...elements(tree)]
    expect(all.filter(({ tagName }) => tagName === 'h2')).toHaveLength(1)
    expect(all.filter(({ tagName }) => tagName === 'pre')).toHaveLength(2)
    expect(all.filter(({ tagName }) => tagName === 'details')).toHaveLength(1)
    expect(text(tree, ['code', 'pre'])).not.toMatch(/[@#][\w-]|:\/\//)
    for (const [href] of await links(markdown)) expect(String(href)).toMatch(/^https:\/\/github\.com\/acme\/weather\//)
  })
})

test('the JSON is of the published schema', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
  const validate = ajv.compile(schema)
  const json = JSON.parse(JSON.stringify(reportJson(failed([problem(1)])))) as Record<string, unknown>
  expect(validate(json), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...json, problems: [{ severity: 'fatal', summary: 'x' }] })).toBe(false)
})
