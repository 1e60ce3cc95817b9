/** The Terraform blocks that pages show: their arguments, outputs and variables are those of the shipped modules. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pagesWithWorkflows } from '../../scripts/page-workflows.ts'
import { codeBlocks } from '../support/markdown-blocks.ts'

const repository = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const namesIn = (module: string, file: string, kind: string) =>
  [...read(`terraform/${module}/${file}.tf`).matchAll(new RegExp(`^${kind} "(\\w+)"`, 'gm'))].map(
    ([, name = '']) => name,
  )

const blocks = pagesWithWorkflows().flatMap(page =>
  codeBlocks(read(page))
    .filter(({ language }) => language === 'hcl')
    .map(({ text }) => ({ page, text })),
)
const calls = blocks.flatMap(({ page, text }) =>
  [...text.matchAll(/^module "(\w+)" \{\n([\s\S]*?)^\}/gm)].flatMap(([, name = '', body = '']) => {
    const module = /terraform-mcp-deploy\/\/terraform\/([\w-]+)/.exec(body)?.[1]
    return module === undefined ? [] : [{ page, text, name, body, module }]
  }),
)

test('a call of a module has only arguments that the module knows', () => {
  expect(calls.length).toBeGreaterThan(8)
  const unknown = calls.flatMap(({ page, module, body }) =>
    [...body.matchAll(/^ {2}(\w+) +=/gm)]
      .map(([, argument = '']) => argument)
      .filter(argument => argument !== 'source' && !namesIn(module, 'variables', 'variable').includes(argument))
      .map(argument => `${page}: terraform/${module} has no variable ${argument}`),
  )
  expect(unknown).toEqual([])
})

test('a block reads only outputs that the module has', () => {
  const read = calls.flatMap(({ page, text, name, module }) =>
    [...text.matchAll(new RegExp(`module\\.${name}\\.(\\w+)`, 'g'))].map(([, output = '']) => ({
      page,
      module,
      output,
    })),
  )
  expect(read.length).toBeGreaterThan(3)
  expect(read.filter(({ module, output }) => !namesIn(module, 'outputs', 'output').includes(output))).toEqual([])
})

test('a file of variables has only variables of its stack', () => {
  const files = blocks.filter(({ text }) => text.startsWith('# production.tfvars\n'))
  expect(files.length).toBeGreaterThan(5)
  const unknown = files.flatMap(({ page, text }) => {
    const stack = /^terraform\/([\w-]+)\//.exec(page)?.[1] ?? /\n {10}stack: (\w+)\n/.exec(read(page))?.[1] ?? 'ecs'
    return [...text.matchAll(/^(\w+) +=/gm)]
      .map(([, name = '']) => name)
      .filter(name => !namesIn(stack, 'variables', 'variable').includes(name))
      .map(name => `${page}: terraform/${stack} has no variable ${name}`)
  })
  expect(unknown).toEqual([])
})
