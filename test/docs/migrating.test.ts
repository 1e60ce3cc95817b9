/** What docs/migrating.md sends people to are inputs and outputs that this action has. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { codeBlocks } from '../support/markdown-blocks.ts'

const repository = join(import.meta.dirname, '../..')
const page = readFileSync(join(repository, 'docs/migrating.md'), 'utf8')
const action = parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as {
  inputs: Record<string, unknown>
  outputs: Record<string, unknown>
}
const ours = [...Object.keys(action.inputs), ...Object.keys(action.outputs)]

/** The right-hand cells of the tables: what to use here. */
const cells = page
  .split('\n')
  .filter(line => line.startsWith('| ') && !line.startsWith('| ---'))
  .map(line => line.split(' | ')[1] ?? '')
const named = new Set(
  cells.flatMap(cell => [...cell.matchAll(/`([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?::[^`]*)?`/g)].map(([, name]) => name)),
)
/** Words with a hyphen that are no inputs. */
const others = ['force-unlock']

test('inputs and outputs that the tables name are in action.yml', () => {
  expect(named.size).toBeGreaterThan(20)
  expect([...named].filter(name => !others.includes(name ?? '') && !ours.includes(name ?? ''))).toEqual([])
})

test('so are those of the steps to copy', () => {
  const steps = codeBlocks(page).flatMap(({ text }) =>
    [...text.matchAll(/uses: OWNER\/terraform-mcp-deploy@v1\n(\s+)with:\n((?:\1 .*\n?)+)/g)].map(
      ([, , step = '']) => step,
    ),
  )
  expect(steps).toHaveLength(3)
  for (const step of steps) {
    const indent = /^ +/.exec(step)?.[0] ?? ''
    const inputs = [...step.matchAll(new RegExp(`^${indent}([a-z-]+):`, 'gm'))].map(([, name]) => name)
    expect(inputs.length).toBeGreaterThan(1)
    expect(inputs.filter(name => !Object.keys(action.inputs).includes(name ?? ''))).toEqual([])
  }
})
