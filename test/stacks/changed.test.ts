import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { concernedStacks } from '../../src/stacks/changed.ts'
import { inRepository, matchesGlob } from '../../src/stacks/paths.ts'
import fc from '../support/property.ts'
import { calls, repositoryForEach, shipped } from './repository.ts'

const { at, write, stacks } = repositoryForEach()

describe('a changed file concerns', () => {
  const concerned = (...files: string[]) => concernedStacks(stacks(), files).map(({ name }) => name)

  test.each([
    ['the stack whose directory it lies in', ['a/main.tf'], ['a']],
    ['at any depth', ['a/files/x/y.json'], ['a']],
    ['but not that of a deeper one', ['a/deep/main.tf'], ['a/deep']],
    ['all that call its module', ['modules/one/main.tf'], ['a', 'b (production)', 'b (staging)']],
    ['through another module', ['modules/two/files/x.tpl'], ['a', 'b (production)', 'b (staging)', 'shared']],
    ['the one whose var file it is', ['vars/staging.tfvars'], ['b (staging)']],
    ['the one whose backend file it is', ['backends/b.tfbackend'], ['b (production)', 'b (staging)']],
    ['all environments of a directory', ['b/.mcp-deploy.yml'], ['b (production)', 'b (staging)']],
    ['who watches it', ['contracts/v1/weather.json'], ['b (production)']],
    ['who has a link to it', ['common/providers.tf'], ['a/deep']],
    ['all below a version file', ['.terraform-version'], ['a', 'a/deep', 'b (production)', 'b (staging)', 'shared']],
    ['and only those', ['a/.tool-versions'], ['a', 'a/deep']],
    [
      'nobody, when no stack uses it',
      ['README.md', 'modules/unused/main.tf', 'vars/x', 'contracts/x.yml', 'aa/main.tf'],
      [],
    ],
    ['each one once, in their order', ['shared/x', 'a/x', 'a/y'], ['a', 'shared']],
  ])('%s', (_, files, expected) => {
    write({
      'a/main.tf': calls('../modules/one'),
      'a/deep/main.tf': shipped,
      'b/main.tf': calls('../modules/one'),
      'b/.mcp-deploy.yml': `backend-config: ../backends/b.tfbackend
environments:
  staging: { var-file: ../vars/staging.tfvars, workspace: s }
  production: { paths: "contracts/**/*.json" }
`,
      'backends/b.tfbackend': 'key = "b"',
      'shared/main.tf': calls('../modules/two'),
      'modules/one/main.tf': calls('../two'),
      'modules/two/main.tf': shipped,
      'modules/unused/main.tf': '',
      'common/providers.tf': '',
    })
    symlinkSync('../../common/providers.tf', join(at.root, 'a/deep/providers.tf'))
    expect(concerned(...files)).toEqual(expected)
  })

  test('the root of the repository, where that is a stack', () => {
    write({ 'main.tf': calls('./modules/x'), 'modules/x/main.tf': shipped, 'b/main.tf': shipped })
    expect(concerned('docs/x.md')).toEqual(['root module'])
    expect(concerned('b/main.tf')).toEqual(['b'])
  })
})

describe('paths', () => {
  test.each([
    ['a/b.tf', 'a/b.tf', true],
    ['*.tf', 'b.tf', true],
    ['*.tf', 'a/b.tf', false],
    ['**/*.tf', 'b.tf', true],
    ['**/*.tf', 'a/b/c.tf', true],
    ['a/**', 'a/b/c', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c/*.j?on', 'a/b/b/c/x.json', true],
    ['a/**/c', 'a/b/d', false],
    ['a/*', 'a/b/c', false],
    ['[ab].tf', 'a.tf', false],
    ['a*b*c', 'aXbbYc', true],
    ['', 'a', false],
  ])('%s and %s: %s', (glob, path, expected) => {
    expect(matchesGlob(glob, path)).toBe(expected)
  })

  test('a glob of many wildcards takes no longer', () => {
    const started = performance.now()
    expect(matchesGlob(`${'*a'.repeat(140)}b`, 'a'.repeat(4_000))).toBe(false)
    expect(matchesGlob(`${'**/a/'.repeat(50)}b`, 'a/'.repeat(2_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('a path never leads out of the repository', () => {
    const part = fc.constantFrom('..', '.', 'a', '', 'b')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.array(part, { maxLength: 8 }), (directory, path) => {
        const from = directory.filter(each => each !== '..' && each !== '.' && each !== '').join('/') || '.'
        const found = inRepository(from, path.join('/'))
        if (found !== undefined) expect(found === '.' || !/(^|\/)\.\.?(\/|$)|^\/|\/$/.test(found), found).toBe(true)
      }),
    )
  })
})
