/** The workflows of the pages: each text has one source, and what differs from it is declared in docs/workflows/variants.yml. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  baseNames,
  changed,
  pagesWithWorkflows,
  readWorkflows,
  withWorkflows,
  workflowsOfPage,
  workflowText,
} from '../../scripts/page-workflows.ts'

const root = join(import.meta.dirname, '../..')
const workflows = readWorkflows()
const pages = pagesWithWorkflows().map(page => {
  const markdown = readFileSync(join(root, page), 'utf8')
  return { page, markdown, found: workflowsOfPage(markdown) }
})

const text = `name: Deploy
on:
  push:

jobs:
  plan: # on a pull request
    runs-on: ubuntu
    steps:
      - run: plan
        with:
          stack: ecs

  apply:
    runs-on: ubuntu
    steps:
      - run: apply
        with:
          stack: ecs
`

describe('a variant', () => {
  test('changes lines wherever they are, with the indentation that they have there', () => {
    const edit = { find: 'with:\n  stack: ecs', put: 'with:\n  stack: ec2\n  workspace: w' }
    expect(changed(text, { edits: [edit] })).toBe(
      text.replaceAll('          stack: ecs\n', '          stack: ec2\n          workspace: w\n'),
    )
  })

  test('changes lines of one job only', () => {
    const edit = { job: 'apply', find: 'runs-on: ubuntu', put: 'runs-on: mac' }
    expect(changed(text, { edits: [edit] })).toBe(
      text.replace('apply:\n    runs-on: ubuntu', 'apply:\n    runs-on: mac'),
    )
  })

  test('inserts lines before and after others, removes lines, and adds steps at the end of a job', () => {
    const edits = [
      { before: 'jobs:', put: 'env:\n  A: b\n\n' },
      { job: 'plan', after: 'runs-on: ubuntu', put: 'environment: plan' },
      { job: 'apply', find: 'with:\n  stack: ecs' },
      { job: 'plan', steps: '- run: notify\n  if: always()' },
    ]
    expect(changed(text, { edits })).toBe(`name: Deploy
on:
  push:

env:
  A: b

jobs:
  plan: # on a pull request
    runs-on: ubuntu
    environment: plan
    steps:
      - run: plan
        with:
          stack: ecs
      - run: notify
        if: always()

  apply:
    runs-on: ubuntu
    steps:
      - run: apply
`)
  })

  test('leaves out jobs, also the last one', () => {
    expect(changed(text, { without: ['plan'] })).not.toContain('run: plan')
    expect(changed(text, { without: ['apply'] })).toBe(`${text.slice(0, text.indexOf('\n  apply:'))}`)
  })

  test.each([
    [
      'lines that are not there',
      { find: 'stack: lambda', put: 'stack: ec2' },
      'no place with the lines\nstack: lambda',
    ],
    ['a part of a line', { find: 'stack', put: 'stick' }, 'no place with the lines\nstack'],
    ['lines of another job', { job: 'plan', find: '- run: apply' }, 'job plan has no place'],
    ['a job that is not there', { job: 'test', find: '- run: apply' }, 'there is no job test'],
    ['two places at once', { find: 'on:', after: 'on:' }, 'one of find, after and before'],
    ['nothing to find', { find: '', put: 'x' }, 'one of find, after and before'],
    ['steps without a job', { steps: '- run: x' }, 'Steps need a job'],
  ])('with %s is an error', (_, edit, message) => {
    expect(() => changed(text, { edits: [edit] })).toThrow(message)
  })

  test('of no workflow, of a file of its own name, and of itself are errors that name it', () => {
    const of = (variants: Record<string, { of: string }>) => () => workflowText('a', { variants })
    expect(of({})).toThrow('docs/workflows has no workflow a.')
    expect(of({ a: { of: 'b' }, b: { of: 'a' } })).toThrow('a is of b is of a')
    expect(() => workflowText('destroy', { variants: { destroy: { of: 'scheduled-verify' } } })).toThrow(
      'The workflow destroy is both a file and a variant',
    )
  })
})

describe('a page', () => {
  const marked = 'top\n<!-- BEGIN workflow a -->\nold\n<!-- END workflow a -->\nbottom\n'

  test('gets its workflow between the markers, and only there; dollars and backslashes stay', () => {
    const written = withWorkflows(marked, name => `on: ${name} $& $1 \\n\n`)
    expect(written).toBe(
      'top\n<!-- BEGIN workflow a -->\n```yaml\non: a $& $1 \\n\n```\n<!-- END workflow a -->\nbottom\n',
    )
    expect(withWorkflows(written, name => `on: ${name} $& $1 \\n\n`)).toBe(written)
  })

  test('without the end of a marker is an error', () => {
    expect(() => withWorkflows(marked.replace('END', 'end'), () => '')).toThrow('has no <!-- END workflow a -->')
  })
})

describe('the pages', () => {
  test('each workflow is written by the generator, or its page is in the list of owners', () => {
    const owned = pages.flatMap(({ page, found }) => {
      const own = found.filter(({ name }) => name === undefined).map(({ path }) => path)
      return own.length === 0 ? [] : [[page, own]]
    })
    expect(Object.fromEntries(owned)).toEqual(workflows['owned-by-pages'])
  })

  test('each written workflow is what docs/workflows holds', () => {
    for (const { page, markdown } of pages)
      expect(
        withWorkflows(markdown, name => workflowText(name, workflows)),
        page,
      ).toBe(markdown)
  })

  test('no workflow of docs/workflows is without a page', () => {
    const shown = new Set(pages.flatMap(({ found }) => found.map(({ name }) => name)))
    expect([...baseNames(), ...Object.keys(workflows.variants)].filter(name => !shown.has(name))).toEqual([])
  })

  test('pull-request-and-merge is the file that the recipe of its name shows, and is a workflow', () => {
    const recipe = pages.find(({ page }) => page === 'docs/recipes/pull-request-and-merge.md')
    expect(recipe?.found.map(({ name }) => name)).toEqual(['pull-request-and-merge'])
    expect(Object.keys(parse(workflowText('pull-request-and-merge', workflows)).jobs)).toEqual(['deploy', 'check'])
  })

  /** Share of its lines from which a workflow must be a variant of another one. */
  const maxShared = 0.75

  test('no source is mostly another one: such a workflow must be a variant', () => {
    const owned = pages.flatMap(({ page, found }) =>
      found.filter(({ name }) => name === undefined).map(each => ({ name: `${page} ${each.path}`, text: each.text })),
    )
    const sources = [...baseNames().map(name => ({ name, text: workflowText(name, workflows) })), ...owned]
    expect(sources.length).toBeGreaterThan(5)
    for (const one of sources)
      for (const other of sources.filter(each => each !== one))
        expect(sharedLines(one.text, other.text), `${one.name}, ${other.name}`).toBeLessThan(maxShared)
    // A recipe of today, if somebody copied it instead.
    for (const copied of ['static-keys', 'merge-queue'])
      expect(sharedLines(workflowText(copied, workflows), workflowText('apply-manually', workflows))).toBeGreaterThan(
        maxShared,
      )
  })

  test('every action has one commit on all pages', () => {
    const commits = new Map<string, Set<string>>()
    for (const { markdown } of pages)
      for (const [, action = '', commit = ''] of markdown.matchAll(/\buses: ([\w./-]+)@([0-9a-f]{40} # \S+)/g))
        commits.set(action, (commits.get(action) ?? new Set()).add(commit))
    commits.delete('OWNER/terraform-mcp-deploy') // Its page about releases shows how to pin it.
    expect(commits.size).toBeGreaterThan(4)
    expect([...commits].filter(([, each]) => each.size > 1).map(([action, each]) => [action, ...each])).toEqual([])
  })
})

/** Returns the share of the lines of the longer text that also stand in the other one. */
function sharedLines(one: string, other: string): number {
  const [shorter = [], longer = []] = [one, other]
    .map(each => each.split('\n').filter(line => line.trim() !== ''))
    .sort((first, second) => first.length - second.length)
  const rest = [...longer]
  const shared = shorter.filter(line => {
    const index = rest.indexOf(line)
    if (index !== -1) rest.splice(index, 1)
    return index !== -1
  })
  return shared.length / longer.length
}
