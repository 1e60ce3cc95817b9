import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))

/** Layer of a file: its folder, or its name for those that stand in src itself. */
const layerOf = (file: string) => (file.includes('/') ? dirname(file) : file)

/** What each layer may import at run time, besides npm packages. Types may point back along the flow. */
const allowed: Record<string, readonly string[]> = {
  'errors.ts': [],
  'poll.ts': [],
  // The committed tool contract is an input, and its reader is pure; so are the names of the plan rules.
  'inputs.ts': ['errors.ts', 'mcp', 'rules'],
  'trigger.ts': ['errors.ts'],
  'checkout.ts': [],
  'root-module.ts': ['errors.ts'],
  // One run, its two halves, up to a plan that may be applied and from there to what is proved, and the end of a stack.
  'job.ts': ['aws', 'clients', 'errors.ts', 'outputs.ts', 'report', 'steps'],
  'proposal.ts': ['approval', 'clients', 'root-module.ts', 'steps', 'trigger.ts'],
  'removal.ts': ['clients', 'proposal.ts', 'report', 'steps'],
  'proof.ts': ['clients', 'errors.ts', 'proposal.ts', 'steps'],
  'telling.ts': ['report', 'steps'],
  'outputs.ts': ['report'],
  'post.ts': ['clients', 'errors.ts', 'poll.ts'],
  // The evidence of a failure and the rules that read it: data and decisions.
  aws: ['aws', 'errors.ts'],
  clients: ['clients', 'errors.ts', 'poll.ts'],
  mcp: ['mcp', 'errors.ts'],
  rules: ['rules', 'clients'],
  // The table of gate codes is data that is rendered.
  report: ['report', 'errors.ts', 'mcp', 'aws'],
  approval: ['approval'],
  steps: ['aws', 'clients', 'approval', 'mcp', 'report', 'rules', 'errors.ts', 'poll.ts'],
}

function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const text = readFileSync(join(src, file), 'utf8')
  return [...text.matchAll(/^(?:import|export) (type )?(?:[^'"]*? from )?'(\.[^']+)'/gm)].map(
    ([, type, path = '']) => ({
      target: relative(src, join(src, dirname(file), path)),
      typeOnly: type !== undefined,
    }),
  )
}

test.each(files.filter(file => file !== 'main.ts'))('%s imports only along the flow', file => {
  const layer = layerOf(file)
  const permitted = allowed[layer]
  expect(permitted, `a new layer ${layer}: say here what it may import`).toBeDefined()
  const wrong = importsOf(file)
    .filter(({ typeOnly, target }) => !typeOnly && !permitted?.includes(layerOf(target)))
    .map(({ target }) => target)
  expect(wrong).toEqual([])
})

test('nothing but main reads inputs, and nothing imports main', () => {
  for (const file of files.filter(each => each !== 'main.ts')) {
    const run = importsOf(file).filter(({ typeOnly }) => !typeOnly)
    expect(run.map(({ target }) => target)).not.toContain('main.ts')
    expect(run.map(({ target }) => target)).not.toContain('inputs.ts')
  }
})
