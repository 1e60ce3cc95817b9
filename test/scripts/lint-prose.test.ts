/** Each rule of docs/writing.md that a program can check finds an example, in each kind of text, and the repository passes. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Exceptions, lintProse } from '../../scripts/lint-prose.ts'
import { maxClauseWords, maxSentenceWords, proseRules, renamedNames } from '../../scripts/prose/rules.ts'

const root = join(import.meta.dirname, '../..')
const none: Exceptions = { files: {}, sentences: [] }

/** The findings in one file. */
function lint(file: string, text: string, exceptions = none): string[] {
  return lintProse([file], () => text, exceptions)
}

/** A page with a sentence in the third line. */
const page = (sentence: string) => `# A page\n\n${sentence}\n`

describe('a sentence against each rule is found', () => {
  const planted: readonly (readonly [rule: string, words: string, sentence: string])[] = [
    ['passive', 'is told', 'The monitor is told of it.'],
    ['passive', 'was not meant', 'It was not meant so.'],
    ['headless', 'for who', 'This page is for who has a workflow.'],
    ['headless', 'what serves', 'The action finds what serves the endpoint.'],
    ['negation', 'is no', 'A date is no placeholder.'],
    ['negation', 'are none', 'The others are none.'],
    ['of-chain', 'the one of', 'It is the one of the image.'],
    ['small-words', 'alone', 'It plans the module alone.'],
    ['small-words', 'besides', 'There is a file besides.'],
    ['small-words', 'anew', 'It plans anew.'],
    ['small-words', 'for ever', 'It waits for ever.'],
    ['small-words', 'as ever', 'It waits, as ever.'],
    ['small-words', 'Meanwhile', 'Meanwhile it waits.'],
    ['small-words', 'by itself', 'It starts by itself.'],
    ['small-words', 'by hand', 'Start it by hand.'],
    ['small-words', 'there is none', 'If there is none, it waits.'],
    ['small-words', 'stands in', 'It stands in the root module.'],
    ['small-words', 'one a line', 'Addresses, one a line.'],
    ['inversion', 'Had it', 'Had it failed, the job would fail.'],
    ['inversion', 'Equal:', 'Equal: the plan is applied.'],
    ['field-words', 'heal', 'Waiting does not heal it.'],
    ['field-words', 'Mend', 'Mend the certificate.'],
    ['field-words', 'remedy', 'Each code has a remedy.'],
    ['field-words', 'goes red', 'The job goes red.'],
    ['field-words', 'is red', 'The step is red.'],
    ['field-words', 'fold', 'The history is in a fold.'],
    ['field-words', 'wall', 'The wall comes first.'],
    ['renamed', 'failed-phase', 'Read the output `failed-phase`.'],
    ['renamed', 'askGate', 'See `askGate()`.'],
    ['talking-things', 'says', 'The log says why.'],
    ['talking-things', 'tells', 'The log tells why.'],
    ['talking-things', 'speaks', 'The port speaks TLS.'],
    ['talking-things', 'asks', 'AWS asks for a permission.'],
    ['talking-things', 'wants', 'The server wants a token.'],
    ['talking-things', 'dies', 'The job dies.'],
  ]

  test.each(planted)('%s: %s', (rule, words, sentence) => {
    const findings = lint('docs/page.md', page(sentence))
    expect(findings).toContainEqual(
      expect.stringMatching(new RegExp(`^docs/page\\.md:3: ${rule}: "${words}": write .+`)),
    )
  })

  test('every rule has an example here, or below', () => {
    const elsewhere = ['length', 'heading']
    const rules = new Set([...planted.map(([rule]) => rule), ...elsewhere])
    expect([...rules].sort()).toEqual([...new Set(proseRules.map(({ name }) => name))].sort())
  })
})

describe('a sentence that keeps the rule is not found', () => {
  test.each([
    'The server speaks MCP.',
    'If somebody asks for it, the reviewer says why.',
    'There is no plan.',
    'It is no longer there.',
    'Leave the other comment alone.',
    'Is it the right plan?',
    'Rejected: a program that reads code.',
    'Set `alone`, `by hand` and `wall`.',
    'Who can read it is in [the list](told.md).',
  ])('%s', sentence => {
    expect(lint('docs/page.md', page(sentence))).toEqual([])
  })
})

describe('length', () => {
  const words = (count: number, word = 'word') => Array(count).fill(word).join(' ')

  test('a sentence may have as many words as the limit, and no more', () => {
    expect(lint('docs/page.md', page(`${words(maxClauseWords)}.`))).toEqual([])
    const [finding, ...others] = lint('docs/page.md', page(`${words(maxClauseWords + 1)}.`))
    expect(finding).toMatch(`docs/page.md:3: length: "word word word word …": write two sentences`)
    expect(others).toEqual([])
  })

  test('a colon or a semicolon ends the count, and a chain of clauses has a limit, too', () => {
    const half = maxSentenceWords / 2
    expect(lint('docs/page.md', page(`${words(half)}: ${words(half)}.`))).toEqual([])
    expect(lint('docs/page.md', page(`${words(half)}; ${words(half + 1)}.`))[0]).toContain('write a list')
  })

  test('code and a link count as their words', () => {
    expect(lint('docs/page.md', page(`\`a b c d\` ${words(maxClauseWords - 2)} [link](a-b-c.md).`))).toEqual([])
  })
})

test('a heading is short and has no sign at its end, and a page begins with a title and a sentence', () => {
  expect(lint('docs/page.md', '# A page\n\n## More\n')[0]).toMatch('docs/page.md:1: page: after the title')
  expect(lint('docs/page.md', 'A sentence.\n')[0]).toMatch('docs/page.md:1: page: begin with a heading')
  expect(lint('docs/page.md', page('A sentence.\n\n## More of it:'))[0]).toMatch(
    'docs/page.md:5: heading: "More of it:"',
  )
  expect(lint('docs/page.md', page(`A sentence.\n\n## ${Array(11).fill('more').join(' ')}`))[0]).toMatch(
    'docs/page.md:5',
  )
})

describe('every kind of text is read, with its line', () => {
  test.each([
    ['a cell', 'docs/page.md', '# A page\n\nA table.\n\n| a | b |\n| --- | --- |\n| c | It plans anew. |\n', 7],
    ['a line in a cell', 'docs/page.md', '# A page\n\nA table.\n\n| a |\n| --- |\n| c<br>- It plans anew. |\n', 7],
    ['a list', 'docs/page.md', '# A page\n\nA list:\n\n- It plans\n  and applies\n  anew.\n', 7],
    ['an action', 'action.yml', 'inputs:\n  stack:\n    description: >-\n      A module. It plans\n      anew.\n', 3],
    ['a docstring', 'src/a.ts', '/**\n * A plan.\n * @param plan is made anew\n */\nexport const a = 1\n', 3],
    ['a comment', 'src/a.ts', 'const a = 1\n// It plans\n// anew.\nconst b = 2\n', 3],
    ['a message', 'src/a.ts', "const a = 1\nconst b = 'The action plans it anew.'\n", 2],
    ['a template', 'src/a.ts', 'const a = 1\nconst b = `The action plans ${a} anew.`\n', 2],
    ['a short message', 'src/a.ts', 'const a = 1\nconst b = `; made anew by ${a}`\n', 2],
  ])('%s', (_, file, text, line) => {
    expect(lint(file, text)).toEqual([`${file}:${line}: small-words: "anew": write "again"`])
  })

  test.each([
    ['code of a page', 'docs/page.md', '# A page\n\nCode:\n\n```sh\necho it plans anew\n```\n'],
    [
      'a type in a table',
      'docs/page.md',
      '# A page\n\nA table.\n\n| a |\n| --- |\n| <pre>object({<br>  anew = string<br>})</pre> |\n',
    ],
    ['the name of a test', 'docs/page.md', page('A table.\n\n| a |\n| --- |\n| `test/a.test.ts`: *it plans anew* |')],
    ['an example in a docstring', 'src/a.ts', '/**\n * A plan.\n *\n *     it plans anew\n */\nexport const a = 1\n'],
    ['a string that is not a sentence', 'src/a.ts', "const a = 'anew'\nconst b = 'plans-anew'\n"],
  ])('%s is not', (_, file, text) => {
    expect(lint(file, text)).toEqual([])
  })
})

describe('an exception', () => {
  const text = page('It plans anew.')

  test('leaves out its words, its rule in a folder, or a file', () => {
    const sentence = { file: 'docs/page.md', rule: 'small-words', text: 'plans anew', reason: 'a quote' }
    expect(lint('docs/page.md', text, { files: {}, sentences: [sentence] })).toEqual([])
    const folder = { file: 'docs/', rule: 'small-words', reason: 'old' }
    expect(lint('docs/page.md', text, { files: {}, sentences: [folder] })).toEqual([])
    expect(lint('docs/page.md', text, { files: { 'docs/page.md': 'generated' }, sentences: [] })).toEqual([])
  })

  test('does not leave out other words, and one that matches nothing is a finding', () => {
    const sentence = { file: 'docs/page.md', rule: 'small-words', text: 'starts anew', reason: 'a quote' }
    expect(lint('docs/page.md', text, { files: {}, sentences: [sentence] })).toEqual([
      'docs/page.md:3: small-words: "anew": write "again"',
      'scripts/prose/exceptions.json:1: the exception of docs/page.md for small-words matches nothing',
    ])
  })

  test('has a reason', () => {
    const { files, sentences }: Exceptions = JSON.parse(
      readFileSync(join(root, 'scripts/prose/exceptions.json'), 'utf8'),
    )
    const reasons = [...Object.values(files), ...sentences.map(({ reason }) => reason)]
    expect(reasons.length).toBeGreaterThan(5)
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{10,}\.$/)
  })
})

test('docs/writing.md has all ten rules, and no rule has another number', () => {
  const text = readFileSync(join(root, 'docs/writing.md'), 'utf8')
  const numbers = [...text.matchAll(/^\| (\d+)\. /gm)].map(([, number]) => Number(number))
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect([...new Set(proseRules.map(({ number }) => number))].sort((a, b) => a - b)).toEqual(numbers)
  expect(text).toContain(`more than ${maxClauseWords} words`)
  expect(text).toContain(`more than ${maxSentenceWords} in a sentence`)
})

test('an old name is not the new name of another one', () => {
  for (const name of Object.values(renamedNames)) expect(Object.hasOwn(renamedNames, name), name).toBe(false)
})

test('the repository passes', { timeout: 240_000 }, () => {
  expect(execFileSync(process.execPath, ['scripts/lint-prose.ts'], { cwd: root, encoding: 'utf8' })).toBe('')
})
