import { describe, expect, test } from 'vitest'
import { code, collapsible, fence, html, md, prose } from '../../src/report/markdown.ts'
import { seconds, shorten, visible } from '../../src/text.ts'
import fc from '../support/property.ts'
import { elements, renderTree, text } from '../support/render.ts'

/** Text that has broken somebody's comment. */
const hostile = [
  'plain',
  '`',
  '``',
  '` `` ```',
  '`@team`',
  '```\n\n# out\n\n```',
  '~~~\n</details>\n~~~',
  '</details></summary><h1>out</h1>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<b',
  '&lt;b&gt;',
  '<!--',
  '-->',
  '<![CDATA[',
  '<?',
  '@acme/team',
  'mail a@b.example',
  'fixes #12',
  'acme/x#3',
  'GH-4',
  'https://evil.example/x?y=z',
  'ftp://evil.example',
  'www.evil.example',
  '(www.evil.example)',
  '*www.evil.example',
  '[text](https://evil.example)',
  '![image](x)',
  '[ref]: x',
  '[^1]',
  '# heading',
  '- item',
  '+ item',
  '1. item',
  '1) item',
  '> quote',
  '[!CAUTION]',
  '===',
  '---',
  '***',
  '| a | b |',
  '\\|',
  'a\\',
  '\\`',
  '*bold*',
  '_it_',
  '~~gone~~',
  '$x$',
  ':tada:',
  '\u001b[31mred\u001b[0m',
  'a\u202egnp.exe',
  '\u2066\u2069',
  'a\r\nb',
  'a\tb',
  '    indented',
  '\0',
  '\ud800',
  ' ',
  '',
]
const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...hostile), { maxLength: 5 }).map(parts => parts.join(' ')),
  fc.array(fc.constantFrom(...hostile), { maxLength: 5 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'`~<>&@#|*_[]()!\\$:/ \n-=+.w1a'), maxLength: 40 }),
)

const names = async (markdown: string) => [...elements(await renderTree(markdown))].map(element => element.tagName)
const collapsed = (words: string) => words.replace(/\s+/g, ' ').trim()

/** What GitHub makes a mention, a reference or a link when it is not in code. */
const notifies = /[@#][\w-]|\bGH-\d|:\/\/|www\./i

describe('text from outside stays text', () => {
  test('in a code span', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async input => {
        expect(await names(`x ${code(input)} y`)).toEqual(['p', 'code'])
        const paragraph = await renderTree(`x ${code(input)} y`)
        expect(collapsed(text(paragraph))).toBe(collapsed(`x ${visible(input.replace(/[\r\n\t]+/g, ' '))} y`))
      }),
      { numRuns: 1_000 },
    )
  })

  test('in a sentence, at its start too', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async input => {
        for (const before of ['', 'x ', '- ', '> **x**: ']) {
          const tree = await renderTree(`${before}${prose(input)}`)
          const expected = new Set(['p', 'code', ...(before === '- ' ? ['ul', 'li'] : []), 'blockquote', 'strong'])
          expect([...elements(tree)].map(element => element.tagName).filter(name => !expected.has(name))).toEqual([])
          expect(text(tree, ['code'])).not.toMatch(notifies)
        }
        expect(collapsed(text(await renderTree(`x ${prose(input)}`)))).toBe(
          collapsed(`x ${visible(input.replace(/[\r\n\t]+/g, ' '))}`),
        )
      }),
      { numRuns: 1_000 },
    )
  })

  test('in a collapsible section with a fence: one section, one block, nothing after it that is not ours', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (summary, content) => {
        const markdown = `${collapsible(md`<code>${html(summary)}</code>`, fence(content, 'diff'))}\n\nend`
        const tree = await renderTree(markdown)
        expect([...elements(tree)].map(element => element.tagName)).toEqual([
          'details',
          'summary',
          'code',
          'pre',
          'code',
          'p',
        ])
        expect(text(tree)).toContain(visible(content))
        expect(text(tree).trimEnd().endsWith('end')).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  test('control, direction and lone surrogate characters are seen', () => {
    expect(visible('a\u202eb\u001b[0m\0\ud800\r\n\tc')).toBe('a\\u{202e}b\\u{1b}[0m\\u{0}\\u{d800}\n\tc')
  })
})

test('a URL in a sentence can be copied as it is', () => {
  expect(String(prose('See https://a.example/x_y?z=*, please.'))).toBe('See `https://a.example/x_y?z=*`, please.')
})

test('a fence is made of what the content has less of', () => {
  expect(String(fence('`'.repeat(1_000)))).toMatch(/^~~~\n/)
  expect(String(fence('~'.repeat(1_000)))).toMatch(/^```\n/)
})

test('a shortened text keeps both ends and never half a character', () => {
  expect(shorten('0123456789', 10)).toBe('0123456789')
  expect(shorten('0123456789', 5)).toBe('01…89')
  expect(shorten('🟢🟢🟢🟢🟢', 8).isWellFormed()).toBe(true)
})

test.each([
  [0, '0 ms'],
  [49.4, '49 ms'],
  [50, '0.1 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [119_499, '119 s'],
  [119_500, '2 min 0 s'],
  [185_000, '3 min 5 s'],
  [3_599_900, '60 min 0 s'],
])('%i ms are %s', (ms, words) => {
  expect(seconds(ms)).toBe(words)
})
