/** Whatever text stands in a page: it is text, it holds no secret, and no value gets to a place where it could be more. */
import type { Root } from 'hast'
import rehypeRaw from 'rehype-raw'
import { unified } from 'unified'
import { describe, expect, test } from 'vitest'
import { Line, line } from '../../src/log.ts'
import { codeBlock, css, Html, html, htmlDocument, indentJson, link } from '../../src/report/html.ts'
import { plain } from '../../src/report/markdown.ts'
import fc from '../support/property.ts'
import { elements, text as textOf } from '../support/render.ts'
import { knowSecrets } from '../support/secrets.ts'

const treeOf = (page: Html) =>
  unified()
    .use(rehypeRaw)
    .runSync({ type: 'root', children: [{ type: 'raw', value: String(page) }] } as never) as Root

const hostile = [
  '</style><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '" onload="alert(1)',
  "' onload='alert(1)",
  '"><script>',
  '</title></svg><script>',
  '<!--',
  ']]>',
  '&lt;script&gt;',
  '&#60;b&#62;',
  '`${1}`',
  'javascript:alert(1)',
  '\u202etxt.exe',
  '\u2028',
  '\u0000',
  '\ud800',
]

test.each(hostile)('is text between tags and in an attribute: %j', value => {
  const page = html`<p class="a" title="${value}">${value}</p>`
  const [paragraph, ...others] = elements(treeOf(page))
  expect(others).toEqual([])
  expect(Object.keys(paragraph?.properties ?? {})).toEqual(['className', 'title'])
  const shown = textOf(treeOf(page))
  expect(shown).toBe(paragraph?.properties.title)
  expect(shown.replace(/\\u\{[\da-f]+\}/g, '')).toBe(value.replace(/[\p{C}\p{Zl}]/gu, ''))
})

test('any value is the only text of its element', () => {
  void fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string())).map(parts => parts.join('')),
      value => {
        const all = [...elements(treeOf(html`<i title="${value}">${value}</i>`))]
        expect(all.map(({ tagName }) => tagName)).toEqual(['i'])
        expect(String(all[0]?.properties.title ?? '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      },
    ),
    { numRuns: 300 },
  )
})

describe('secrets', () => {
  test('are removed from text and attributes, before the text is escaped', () => {
    knowSecrets(['html-canary"<1>&x'])
    const secret = 'html-canary"<1>&x'
    expect(String(html`<p title="${secret}">${secret} ${line`${secret}`} ${plain`${secret}`}</p>`)).toBe(
      '<p title="***">*** *** ***</p>',
    )
  })

  test('cannot change a word of our own', () => {
    knowSecrets(['no reply at all'])
    expect(String(html`<p>${Html.word('no reply at all')} ${Line.word('no reply at all')}</p>`)).toBe(
      '<p>no reply at all no reply at all</p>',
    )
  })
})

test('nested pieces, lists of them and numbers are as they are, and nothing is empty', () => {
  expect(String(html`<ul>${[1, 2].map(each => html`<li>${each}</li>`)}</ul>${undefined}`)).toBe(
    '<ul><li>1</li><li>2</li></ul>',
  )
})

describe('a value in another place than text or a known attribute is refused', () => {
  const value = 'x'
  test.each<[string, () => Html]>([
    ['the name of an element', () => html`<${value}>`],
    ['the end of an element', () => html`<p></${value}>`],
    ['a tag', () => html`<p ${value}>x</p>`],
    ['an attribute without quotes', () => html`<p class=${value}>x</p>`],
    ['an attribute in single quotes', () => html`<p class='${value}'>x</p>`],
    ['an address', () => html`<a href="${value}">x</a>`],
    ['an image', () => html`<img src="${value}">`],
    ['a handler', () => html`<p onclick="${value}">x</p>`],
    ['a style', () => html`<p style="${value}">x</p>`],
    ['a script', () => html`<script>${value}</script>`],
    ['a style sheet', () => html`<style>${value}</style>`],
    ['a comment', () => html`<!-- ${value} -->`],
    ['a template that ends in a tag', () => html`<p class="${value}"`],
    ['HTML in an attribute', () => html`<p title="${html`<b>x</b>`}">x</p>`],
    ['a list in an attribute', () => html`<p title="${[html`x`]}">x</p>`],
  ])('%s', (_, build) => {
    expect(build).toThrow(/template of HTML|attribute holds HTML/)
  })

  test('also after quotes and signs in the text', () => {
    expect(String(html`<p class="a">5 > 3, "quoted" and x="y" ${'<'}</p>`)).toContain('&#60;')
    expect(() => html`<p title="a>b" ${value}>x</p>`).toThrow('a value in a tag')
  })
})

describe('a link', () => {
  const label = html`label`
  test.each(['https://example.com/a?b=c&d="e"', 'http://127.0.0.1:1/'])('leads to %s', url => {
    const [anchor] = elements(treeOf(link(label, url)))
    expect(anchor?.properties.href).toBe(url)
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//example.com',
    'x',
    '',
    'https://user:pass@example.com/',
    'https://user@example.com/',
  ])('is only its label for %s', url => {
    expect(String(link(label, url))).toBe('label')
  })

  test('is only its label if a secret is in its address', () => {
    knowSecrets(['link-canary-77'])
    expect(String(link(label, 'https://example.com/link-canary-77'))).toBe('label')
  })
})

describe('the document', () => {
  const style = css`p { color: red; }`
  const page = String(htmlDocument(html`T ${'<x>'}`, style, html`<p>${'<y>'}</p>`))

  test('allows its style sheet and nothing else', async () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('p { color: red; }'))
    const hash = Buffer.from(digest).toString('base64')
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
    expect(page).toContain('<style>p { color: red; }</style>')
  })

  test('has its language, width, title and body', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(page).toContain('width=device-width')
    expect(page).toContain('<title>T &#60;x&#62;</title>')
    expect(page).toContain('<body><p>&#60;y&#62;</p></body>')
  })

  test('has a style sheet that loads nothing and cannot end its element', () => {
    for (const make of [() => css`a{}</style>`, () => css`a{b:url(x)}`, () => css`@import "x";`]) {
      expect(make).toThrow('The style sheet holds more than styles.')
    }
  })
})

describe('a block of code', () => {
  test('indents JSON, also in an event and if it is cut', () => {
    expect(indentJson('{"a":[1,{"b":"x, {y}: \\"z\\""}],"c":{}}')).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": "x, {y}: \\"z\\""\n    }\n  ],\n  "c": {}\n}',
    )
    expect(indentJson('event: message\ndata: {"id":1}\n\n')).toBe('event: message\ndata: {\n  "id": 1\n}\n\n')
    expect(indentJson('{"a":{"b":"un')).toBe('{\n  "a": {\n    "b": "un')
  })

  test.each(['[error] it failed, twice', '{not json}', 'a: b, c', '<p>{"a":1}</p>', ''])('leaves %j', text => {
    expect(indentJson(text)).toBe(text)
  })

  test('takes time and room in proportion to the text, however deep it is', () => {
    const text = '{"a":['.repeat(4_000)
    expect(indentJson(text).length).toBeLessThan(text.length * 20)
  })

  test('keeps every character that is no blank', () => {
    const bare = (text: string) => text.replace(/\s/g, '')
    void fc.assert(fc.property(fc.json(), text => bare(indentJson(text)) === bare(text)))
    void fc.assert(fc.property(fc.string(), text => bare(indentJson(`{"${text}`)) === bare(`{"${text}`)))
  })

  test('is escaped after its secrets were removed', () => {
    knowSecrets(['block-canary-12'])
    expect(String(codeBlock(plain`{"a":"<b> ${'block-canary-12'}"}`))).toBe(
      '<pre tabindex="0"><code>{\n  &#34;a&#34;: &#34;&#60;b&#62; ***&#34;\n}</code></pre>',
    )
  })
})
