import { expect, test } from 'vitest'
import { gateCodes } from '../../scripts/gate-codes.ts'
import { codes } from '../../src/mcp/codes.ts'
import { elements, renderTree, text } from '../support/render.ts'

test('every code has a row with all that is known of it', async () => {
  const tree = await renderTree(gateCodes(codes))
  const rows = [...elements(tree)]
    .filter(({ tagName }) => tagName === 'tr')
    .map(row => [...elements(row)].filter(({ tagName }) => tagName === 'td').map(cell => text(cell)))
    .filter(cells => cells.length > 0)
  const shown = rows.map(([code, , , , remedy, when]) => [code, remedy, when])
  const known = Object.entries(codes).map(([code, { remedy, final }]) => [code, remedy, final ? 'final' : 'retry'])
  expect(shown.sort()).toEqual(known.sort())
  for (const cells of rows) expect(cells.every(cell => cell.trim() !== '')).toBe(true)
})

test('a bar in a sentence stays in its cell', () => {
  const odd = { ...codes.DEADLINE, fix: 'a | b' } as unknown as typeof codes.DEADLINE
  expect(gateCodes({ ODD: odd })).toContain('| a \\| b |')
})
