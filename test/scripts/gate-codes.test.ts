import { expect, test } from 'vitest'
import { gateCodes } from '../../scripts/gate-codes.ts'
import { codes } from '../../src/gate/codes.ts'
import { eventRules } from '../../src/platforms/aws/causes/event.ts'
import { instanceRules } from '../../src/platforms/aws/causes/instance.ts'
import { balancerRules } from '../../src/platforms/aws/causes/load-balancer.ts'
import { logRules } from '../../src/platforms/aws/causes/log.ts'
import { targetRules } from '../../src/platforms/aws/causes/target.ts'
import { taskRules } from '../../src/platforms/aws/causes/task.ts'
import { elements, renderTree, text } from '../support/render.ts'

test('every code has a row with all that is known of it', async () => {
  const rows = (await cellsOf(gateCodes(codes))).filter(cells => cells.length === 6)
  const shown = rows.map(([code, , , , remedy, when]) => [code, remedy, when])
  const known = Object.entries(codes).map(([code, { remedy, final }]) => [code, remedy, final ? 'final' : 'retry'])
  expect(shown.sort()).toEqual(known.sort())
  for (const cells of rows) expect(cells.every(cell => cell.trim() !== '')).toBe(true)
})

test('every cause has a row, and what to change is whole', async () => {
  const rows = (await cellsOf(gateCodes(codes))).filter(cells => cells.length === 3)
  const rules = [...taskRules, ...eventRules, ...targetRules, ...balancerRules, ...instanceRules, ...logRules]
  expect(rows.map(([cause]) => cause)).toEqual(rules.map(({ code }) => code))
  for (const cells of rows) expect(cells.every(cell => cell.trim() !== '')).toBe(true)
})

test('what looks like an element is shown', async () => {
  const rows = await cellsOf(gateCodes(codes))
  expect(rows.map(([, , , fix]) => fix)).toContain(codes.AUTH_METADATA_MISSING.fix)
})

test('a bar in a sentence stays in its cell', () => {
  const odd = { ...codes.DEADLINE, fix: 'a | b' } as unknown as typeof codes.DEADLINE
  expect(gateCodes({ ODD: odd })).toContain('| a \\| b |')
})

async function cellsOf(markdown: string): Promise<string[][]> {
  return [...elements(await renderTree(markdown))]
    .filter(({ tagName }) => tagName === 'tr')
    .map(row => [...elements(row)].filter(({ tagName }) => tagName === 'td').map(cell => text(cell)))
    .filter(cells => cells.length > 0)
}
