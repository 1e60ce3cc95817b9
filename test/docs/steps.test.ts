/** The steps that the pages show: each names inputs that the action has, and each question of an adopter has its page. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { pagesWithWorkflows } from '../../scripts/page-workflows.ts'
import { codeBlocks } from '../support/markdown-blocks.ts'

const repository = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const action = parse(read('action.yml')) as { inputs: Record<string, object>; outputs: Record<string, object> }

/** The steps in a YAML text of any shape: a list of steps, a part of a job, or a whole workflow. */
function stepsIn(value: unknown): { uses: string; with?: Record<string, unknown> }[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'uses' in value && typeof value.uses === 'string' ? [value as { uses: string }] : []
  return [...own, ...Object.values(value).flatMap(stepsIn)]
}

/** The values of a block. Parts between `# …` stand at different places of a workflow. */
function parsed(text: string): unknown {
  try {
    return text.split(/^ *# …\n/m).map(part => parse(part))
  } catch {
    return undefined
  }
}

const shown = pagesWithWorkflows().flatMap(page =>
  codeBlocks(read(page))
    .filter(({ language }) => /^ya?ml$/.test(language))
    .map(({ text }) => ({ page, text, steps: stepsIn(parsed(text)) })),
)

describe('the steps of the pages', () => {
  const ours = shown.flatMap(({ page, steps }) =>
    steps.filter(({ uses }) => uses.startsWith('OWNER/terraform-mcp-deploy@')).map(step => ({ page, step })),
  )

  test('are found', () => {
    expect(ours.length).toBeGreaterThan(80)
  })

  test('have only inputs of the action', () => {
    const unknown = ours.flatMap(({ page, step }) =>
      Object.keys(step.with ?? {})
        .filter(name => action.inputs[name] === undefined)
        .map(name => `${page}: ${name}`),
    )
    expect(unknown).toEqual([])
  })

  test('read only outputs of the action', () => {
    const readOutputs = shown.flatMap(({ page, text }) =>
      [...text.matchAll(/steps\.(?:deploy|discover)\.outputs\.([\w-]+)/g)].map(([, name = '']) => ({ page, name })),
    )
    expect(readOutputs.length).toBeGreaterThan(5)
    expect(readOutputs.filter(({ name }) => action.outputs[name] === undefined)).toEqual([])
  })

  test('can be parsed, whatever the indentation that they have in their workflow', () => {
    const broken = shown.filter(({ text }) => text.includes('uses: OWNER/') && parsed(text) === undefined)
    expect(broken.map(({ page, text }) => `${page}: ${text}`)).toEqual([])
  })
})

/** What people asked who set the action up for the first time. */
const topics = [
  /build the image/,
  /two files/,
  /plan that was refused/,
  /hotfix/,
  /take back a version/,
  /Lambda.*AgentCore.*App Runner.*EKS/,
  /internal/,
  /before the merge/,
  /HCP Terraform.*Terragrunt/,
  /two AWS accounts/,
  /Slack.*Teams.*PagerDuty/,
  /TF_VAR_.*secrets/,
  /token or OAuth/,
  /stdio/,
  /exists already/,
  /registers the task definition/,
  /preview/,
  /versions are supported/,
  /required check.*paths/,
  /access keys/,
  /private modules/,
  /upgrade/,
  /remove everything/,
]

test('each question of an adopter has one row with its page', () => {
  const rows = read('docs/how-to.md').match(/^\| .*\]\(.*$/gm) ?? []
  expect(rows).toHaveLength(topics.length)
  for (const topic of topics)
    expect(
      rows.filter(row => topic.test(row.split('|')[1] ?? '')),
      `${topic}`,
    ).toHaveLength(1)
  expect(read('docs/README.md')).toContain('](how-to.md)')
})
