/** What is read from the files of modules: local values and dynamic blocks, which the JSON plan does not have. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { moduleFilesOf } from '../../src/approval/module-files.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modules-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A reader of the modules in these files. @param modules the list that `terraform init` writes */
function read(files: Readonly<Record<string, string>>, modules?: unknown) {
  const list = modules === undefined ? {} : { '.terraform/modules/modules.json': JSON.stringify(modules) }
  for (const [name, text] of Object.entries({ ...files, ...list })) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return moduleFilesOf(root, join(root, '.terraform'))
}

describe('a local value', () => {
  test('is read from every file of the language, and from no other file', () => {
    const module_ = read({
      'a.tf': 'locals {\n a = 1\n}\n',
      'b.tofu': 'locals {\n b = 2\n}\nlocals {\n c = 3\n}\n',
      'c.tf.txt': 'locals {\n d = 4\n}\n',
      'd.tfvars': 'locals {\n e = 5\n}\n',
      'e.tf': 'variable "f" {\n locals = 6\n}\n',
    })('')
    expect(['a', 'b', 'c', 'd', 'e', 'f', 'locals'].map(name => module_?.local(name)?.trim())).toEqual([
      '1',
      '2',
      '3',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('in two files has both expressions, because one may replace the other', () => {
    const module_ = read({ 'a.tf': 'locals {\n a = var.one\n}\n', 'a_override.tf': 'locals {\n a = var.two\n}\n' })('')
    expect(module_?.local('a')).toBe(' var.one var.two')
  })

  test('is not the attribute of a resource', () => {
    const module_ = read({ 'a.tf': 'resource "x" "y" {\n a = 1\n dynamic "z" {\n  b = 2\n }\n}\n' })('')
    expect([module_?.local('a'), module_?.local('b')]).toEqual([undefined, undefined])
  })
})

describe('a dynamic block', () => {
  const files = {
    'a.tf': `
      resource "sg" "this" {
        static { value = var.static }
        dynamic "ingress" {
          for_each = var.rules
          content { port = ingress.value
            inner { note = var.note }
          }
        }
        dynamic "ingress" { for_each = var.more }
        outer {
          same = var.same
          middle {
            dynamic "deep" { for_each = var.deep }
          }
        }
        plain { inner { x = var.x } }
      }
      data "sg" "this" {
        dynamic "filter" { for_each = var.filters }
      }
      module "sg" {
        dynamic "ignored" { for_each = var.ignored }
      }
      output "sg" {
        dynamic "ignored" { for_each = var.ignored }
      }
    `,
  }
  test.each<[string, string, readonly string[]]>([
    ['sg.this', 'ingress', ['var.rules', 'ingress.value', 'var.note', 'var.more']],
    ['sg.this', 'outer', ['var.same', 'var.deep']],
    ['sg.this', 'static', []],
    ['sg.this', 'plain', []],
    ['sg.this', 'filter', []],
    ['data.sg.this', 'filter', ['var.filters']],
    ['data.sg.this', 'ingress', []],
    ['sg', 'ignored', []],
    ['other.this', 'ingress', []],
  ])('%s %s', (resource, block, expressions) => {
    const found = read(files)('')?.dynamicBlocks(resource, block)
    if (block === 'outer') expect(found).toEqual(expect.arrayContaining(['var.deep']))
    else expect(found).toEqual(expressions)
  })
})

describe('a module', () => {
  const files = { 'a.tf': 'locals {\n a = root\n}\n', 'child/a.tf': 'locals {\n a = child\n}\n' }
  const at = (path: string, modules?: unknown) => read(files, modules)(path)?.local('a')?.trim()

  test('is read from the directory that the list of modules names, and the root module from its own', () => {
    const modules = {
      Modules: [
        { Key: 'web', Dir: 'child' },
        { Key: '', Dir: 'child' },
      ],
    }
    expect([at('web', modules), at('', modules), at('api', modules)]).toEqual(['child', 'root', undefined])
    expect(at('')).toBe('root')
  })

  test.each<[string, unknown]>([
    ['a list without modules', {}],
    ['modules that are not a list', { Modules: { Key: 'web', Dir: 'child' } }],
    [
      'a list of other things',
      { Modules: [null, 'web', { Key: 1, Dir: 'child' }, { Key: 'web' }, { Key: 'web', Dir: '' }] },
    ],
    ['a directory that is gone', { Modules: [{ Key: 'web', Dir: 'gone' }] }],
  ])('cannot be read with %s', (_, modules) => {
    const modulesOf = read(files, modules)
    expect(modulesOf('web')).toBeUndefined()
    expect(modulesOf('1')).toBeUndefined()
    expect(modulesOf('')?.local('a')?.trim()).toBe('root')
  })

  test('with a JSON file cannot be read', () => {
    expect(read({ 'a.tf': '', 'b.tf.json': '{}' })('')).toBeUndefined()
    expect(read({ 'a.tf': '', 'c.tofu.json': '{}' })('')).toBeUndefined()
  })

  test('is read once', () => {
    const modulesOf = read(files)
    const first = modulesOf('')
    rmSync(join(root, 'a.tf'))
    expect(modulesOf('')).toBe(first)
    expect(modulesOf('')?.local('a')?.trim()).toBe('root')
  })
})
