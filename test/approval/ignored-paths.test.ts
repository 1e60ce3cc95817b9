import { describe, expect, test } from 'vitest'
import { ignoredPathsOf, parseIgnoredPath } from '../../src/approval/ignored-paths.ts'

describe('a line of plan-approval-ignore', () => {
  test.each<[string, string, readonly string[]]>([
    ['aws_lb.this:name', 'aws_lb.this', ['name']],
    ['aws_lb.this:tags.Updated', 'aws_lb.this', ['tags', 'Updated']],
    ['aws_lb.this:tags["app:sha"]', 'aws_lb.this', ['tags', 'app:sha']],
    ['aws_lb.this:rule[0].note', 'aws_lb.this', ['rule', '0', 'note']],
    ['aws_lb.this:rule.*.note', 'aws_lb.this', ['rule', '*', 'note']],
    ['aws_lb.this:rule[*].note', 'aws_lb.this', ['rule', '*', 'note']],
    ['output.url:value', 'output.url', ['value']],
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
  ])('it applies to %s: %s', (address, applies) => {
    const path = parseIgnoredPath('aws_lb.this:name')
    expect(ignoredPathsOf(address, path === undefined ? [] : [path])).toHaveLength(applies ? 1 : 0)
  })
})
