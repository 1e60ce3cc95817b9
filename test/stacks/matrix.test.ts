import { expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import type { Stack } from '../../src/stacks/discover.ts'
import { matricesOf } from '../../src/stacks/matrix.ts'

const stack = (name: string, more: Partial<Stack> = {}): Stack => ({
  name,
  directory: name,
  stack: undefined,
  workspace: undefined,
  varFiles: [],
  backendConfig: [],
  environment: undefined,
  stateKey: `${name}/terraform.tfstate`,
  concurrencyGroup: `deploy-${name}/terraform`,
  paths: [],
  files: [],
  modules: [],
  ...more,
})
const many = (count: number, more?: Partial<Stack>) =>
  Array.from({ length: count }, (_, index) => stack(`s${index}`, more))

test('every value is a string, and lists are the lines of an input', () => {
  const { stacks, batches, count } = matricesOf([
    stack('a', { stack: 'ecs', workspace: 'w', varFiles: ['x', 'y'], backendConfig: ['k=v', 'f'], environment: 'e' }),
    stack('b'),
  ])
  const include = [
    {
      name: 'a',
      'working-directory': 'a',
      stack: 'ecs',
      workspace: 'w',
      'var-file': 'x\ny',
      'backend-config': 'k=v\nf',
      environment: 'e',
      'state-key': 'a/terraform.tfstate',
      'concurrency-group': 'deploy-a/terraform',
    },
    {
      name: 'b',
      'working-directory': 'b',
      stack: '',
      workspace: '',
      'var-file': '',
      'backend-config': '',
      environment: '',
      'state-key': 'b/terraform.tfstate',
      'concurrency-group': 'deploy-b/terraform',
    },
  ]
  expect(JSON.parse(stacks)).toEqual({ include })
  expect(JSON.parse(batches)).toEqual([{ include }])
  expect(count).toBe(2)
})

test('what looks like an expression, a command or the end of a string stays within its value', () => {
  const name = `'"\`$(id) \${{ secrets.X }} ::set-output::\\ \u2028`
  const { stacks } = matricesOf([stack(name)])
  expect(JSON.parse(stacks).include[0].name).toBe(name)
  expect(stacks).not.toContain('\n')
})

test.each([
  [0, '{"include":[]}', []],
  [256, undefined, [256]],
  [257, '', [256, 1]],
  [1_000, '', [256, 256, 256, 232]],
])('%i stacks', (count, stacks, sizes) => {
  const matrices = matricesOf(many(count))
  if (stacks !== undefined) expect(matrices.stacks).toBe(stacks)
  else expect(JSON.parse(matrices.stacks).include).toHaveLength(count)
  const batches = JSON.parse(matrices.batches) as { include: unknown[] }[]
  expect(batches.map(({ include }) => include.length)).toEqual(sizes)
  expect(matrices.count).toBe(count)
})

test('outputs that GitHub would not take are refused, and none is left out', () => {
  expect(() => matricesOf(many(400, { backendConfig: ['x'.repeat(2_000)] }))).toThrow(InputError)
  expect(() => matricesOf(many(400, { backendConfig: ['x'.repeat(2_000)] }))).toThrow(
    /400 stacks need outputs of \d{6} characters, and GitHub accepts 523288 per job/,
  )
})
