import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { checkLinks } from '../../scripts/check-links.ts'

/** What is found in a repository of these files. */
function check(files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'check-links-'))
  try {
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(join(root, dirname(file)), { recursive: true })
      writeFileSync(join(root, file), content)
    }
    return checkLinks(root, Object.keys(files))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

const guide = `# The guide

## When it's \`red\`, *now*

## Twice

## Twice

### What \`a_b\` & c – mean

| code |
| --- |
| <a id="DNS_FAILED"></a>\`DNS_FAILED\` |
`

test('links of every kind that lead somewhere', () => {
  expect(
    check({
      'README.md': `[guide](docs/guide.md), [above](#title), [folder](docs), [folder](./docs/), [its README](docs#the-folder),
[lines](src/main.ts#L3-L9), [by name][1], [elsewhere](https://example.com/a#b), <https://example.com>, ![x](docs/a%20b.png)

# Title

<picture>
  <source media="(prefers-color-scheme: dark)" srcset="docs/dark.png 1x, docs/dark-2x.png 2x">
  <img alt="" src="docs/light.png">
</picture>

\`[no link](nowhere.md)\`

\`\`\`md
[no link](nowhere.md)
\`\`\`

[1]: docs/guide.md#when-its-red-now
`,
      'docs/guide.md': `${guide}[1](#twice) [2](#twice-1) [3](#what-a_b--c--mean) [4](#DNS_FAILED) [5](../README.md#title) [6](../)`,
      'docs/README.md': '# The folder',
      'docs/a b.png': '',
      'docs/dark.png': '',
      'docs/dark-2x.png': '',
      'docs/light.png': '',
      'src/main.ts': '',
    }),
  ).toEqual([])
})

test('a broken repository: each fault at its line', () => {
  expect(
    check({
      'README.md': `# Title

[gone](docs/gone.md)
[another case](Docs/guide.md)
[no such heading](docs/guide.md#when-it-is-red)
[here neither](#titel)
[out](../other/README.md)
[absolute](/docs/guide.md)
[plain](http://example.com)
[by whoever serves it](//example.com)
[script](javascript:alert) and [mail](mailto:a@example.com)
[anchor of a program](src/main.ts#main)
<a href="docs/100%.md">not an escape</a>
[third](docs/guide.md#twice-2)

![no image](docs/gone.png)

<a href="docs/gone.html">HTML</a> <img src="gone.svg">
`,
      'docs/guide.md': guide,
      'docs/forgotten.png': '',
      'src/main.ts': '',
    }),
  ).toEqual([
    'README.md:3: docs/gone.md leads to docs/gone.md, which is not a file of the repository',
    'README.md:4: Docs/guide.md leads to Docs/guide.md, which is not a file of the repository',
    'README.md:5: docs/guide.md#when-it-is-red has an anchor that docs/guide.md does not have',
    'README.md:6: #titel has an anchor that README.md does not have',
    'README.md:7: ../other/README.md leaves the repository',
    'README.md:8: /docs/guide.md is absolute: give the path from this file',
    'README.md:9: http://example.com is not an https address or a path in the repository',
    'README.md:10: //example.com is not an https address or a path in the repository',
    'README.md:11: javascript:alert is not an https address or a path in the repository',
    'README.md:11: mailto:a@example.com is not an https address or a path in the repository',
    'README.md:12: src/main.ts#main has an anchor, and src/main.ts is not a page',
    'README.md:13: docs/100%.md leads to docs/100%.md, which is not a file of the repository',
    'README.md:14: docs/guide.md#twice-2 has an anchor that docs/guide.md does not have',
    'README.md:16: docs/gone.png leads to docs/gone.png, which is not a file of the repository',
    'README.md:18: docs/gone.html leads to docs/gone.html, which is not a file of the repository',
    'README.md:18: gone.svg leads to gone.svg, which is not a file of the repository',
    'docs/forgotten.png:1: no page shows this image',
  ])
})

test('what a test keeps as an example is not read, and its pictures may be shown by nobody', () => {
  expect(
    check({
      'README.md': '',
      'test/fixtures/plans/hostile/comment.md': '[x](http://evil.example)',
      'test/fixtures/a.png': '',
    }),
  ).toEqual([])
})
