import { describe, expect, test } from 'vitest'
import { ignoredMark } from '../../src/approval/canonical.ts'
import { ignoredPathsOf, markIgnored, parseIgnoredPath } from '../../src/approval/ignored-paths.ts'

describe('a line of plan-approval-ignore', () => {
  test.each<[string, string, readonly string[]]>([
    ['aws_lb.this:name', 'aws_lb.this', ['name']],
    ['aws_lb.this:tags.Updated', 'aws_lb.this', ['tags', 'Updated']],
    ['aws_lb.this:tags["app:sha"]', 'aws_lb.this', ['tags', 'app:sha']],
    ['aws_lb.this:rule[0].note', 'aws_lb.this', ['rule', '0', 'note']],
    ['aws_lb.this:rule.*.note', 'aws_lb.this', ['rule', '*', 'note']],
    ['aws_lb.this:rule[*].note', 'aws_lb.this', ['rule', '*', 'note']],
    ['output.url:value', 'output.url', ['value']],
    ['aws_lb.data:name', 'aws_lb.data', ['name']],
    ['module.web.module.a.aws_lb.this:name', 'module.web.module.a.aws_lb.this', ['name']],
  ])('%s', (text, resource, path) => {
    expect(parseIgnoredPath(text)).toEqual({ text, resource, path })
  })

  test.each([
    'aws_lb.this',
    'aws_lb.this:',
    'aws_lb:name',
    'aws_lb.this[0]:name',
    'module.a["x"].aws_lb.this:name',
    'data.aws_ami.this:id',
    'data.this:id',
    '*.*:name',
    'aws_lb.this:*',
    'aws_lb.this:tags.',
    'aws_lb.this:tags..a',
    'aws_lb.this:tags[a]',
    'aws_lb.this: name',
    'aws_lb.this:name # why',
    '',
  ])('%s is none', text => {
    expect(parseIgnoredPath(text)).toBeUndefined()
  })

  test.each([
    ['aws_lb.this', true],
    ['aws_lb.this[0]', true],
    ['module.a["x.aws_lb.this"].aws_lb.this["y"]', true],
    ['aws_lb.this2', false],
    ['other_aws_lb.this', false],
    ['data.aws_lb.this', false],
    ['module.a.module.b.aws_lb.this', true],
    ['module.aws_lb.this', false],
    ['x.module.a.aws_lb.this', false],
  ])('it applies to %s: %s', (address, applies) => {
    const path = parseIgnoredPath('aws_lb.this:name')
    expect(ignoredPathsOf(address, path === undefined ? [] : [path])).toHaveLength(applies ? 1 : 0)
  })
})

describe('the marks of ignored parts', () => {
  const i = ignoredMark
  test.each<[string, unknown, unknown, string[], unknown]>([
    ['the whole value', 'x', false, [], i],
    ['a key', { a: 1, b: 2 }, false, ['a'], { a: i }],
    ['a key beside an unknown one', { a: 1 }, { b: true }, ['a'], { a: i, b: true }],
    ['an unknown key', {}, { b: true }, ['b'], { b: i }],
    ['a part of an unknown key', {}, { b: true }, ['b', 'c'], { b: true }],
    ['a part of an ignored value', { a: { b: 1 } }, i, ['a', 'b'], i],
    ['a part of an unknown value', { a: 1 }, true, ['a'], true],
    ['every key', { a: 1, b: 2 }, { c: true }, ['*'], { a: i, b: i, c: i }],
    ['an entry of a list', [1, 2], [], ['1'], [undefined, i]],
    ['a key of every entry', [{ a: 1 }, { b: 1 }], [{}, {}], ['*', 'a'], [{ a: i }, {}]],
    ['an entry of an unknown list', undefined, [true, false], ['0'], [i, false]],
    ['a deep key', { a: { b: { c: 1, d: 2 } } }, {}, ['a', 'b', 'c'], { a: { b: { c: i } } }],
    ['a key that does not exist', { a: 1 }, { b: true }, ['c'], { b: true }],
    ['a key of a text', 'x', false, ['a'], false],
  ])('%s', (_, value, unknown, path, marks) => {
    const marked = markIgnored(value, unknown, path)
    expect(marked).toEqual(marks)
    expect(Array.isArray(marked)).toBe(Array.isArray(marks))
  })
})
