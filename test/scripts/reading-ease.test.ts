/** The figures of reading ease follow Flesch's formula, and harder text has a lower one. */
import { expect, test } from 'vitest'
import { easeOf, rate, syllablesOf } from '../../scripts/reading-ease.ts'

test.each([
  ['plan', 1],
  ['the', 1],
  ['applied', 2],
  ['waited', 2],
  ['planned', 1],
  ['changes', 2],
  ['states', 1],
  ['deployment', 3],
  ['verification', 5],
  ['table', 2],
])('%s has %i syllables', (word, syllables) => {
  expect(syllablesOf(word)).toBe(syllables)
})

test('the figure is that of the formula', () => {
  // Two sentences, eight words, ten syllables.
  const { flesch, words, sentences } = easeOf(['The plan is posted.', 'It has no secret.'])
  expect([sentences, words]).toEqual([2, 8])
  expect(flesch).toBeCloseTo(206.835 - 1.015 * (8 / 2) - 84.6 * (10 / 8), 6)
})

test('code and a path are words of the sentence and have no syllables', () => {
  expect(easeOf(['Set CODE in docs/configuration.md now.']).flesch).toBeCloseTo(206.835 - 1.015 * 5 - 84.6, 6)
  expect(easeOf(['Set CODE now.']).words).toBe(3)
  expect(easeOf(['Set CODE now.']).flesch).toBeCloseTo(206.835 - 1.015 * 3 - 84.6, 6)
})

test('pages come hardest first, headings and tables are left out, and sentences have their line', () => {
  const pages: Record<string, string> = {
    'easy.md': '# Easy\n\nThe plan is on the page, and you can read it there when you want to.\n',
    'hard.md':
      '# Hard\n\n| configuration |\n| --- |\n| verification |\n\nRegional administrators individually investigate unsatisfactory deployment configurations, following organizational documentation requirements, repeatedly.\n',
  }
  const { pages: rated, worst } = rate(Object.keys(pages), file => pages[file] ?? '')
  expect(rated.map(({ file, sentences }) => [file, sentences])).toEqual([
    ['hard.md', 1],
    ['easy.md', 1],
  ])
  expect(worst[0]).toMatchObject({ file: 'hard.md', line: 7 })
})
