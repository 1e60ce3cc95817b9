/** What an expression depends on: through variables of modules, outputs, local values, dynamic blocks, count and for_each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Configuration } from '../../src/approval/expression-inputs.ts'
import { moduleFilesOf } from '../../src/approval/module-files.ts'
import type { PlanJson, ResourceConfigJson } from '../../src/terraform/json.ts'

const directory = mkdtempSync(join(tmpdir(), 'inputs-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let number = 0
/** A root module with files, of which Terraform has installed the module `child`. */
function moduleWith(files: Readonly<Record<string, string>>) {
  const root = join(directory, String(number++))
  const all = {
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'child', Source: './child', Dir: 'child' },
      ],
    }),
    ...files,
  }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return moduleFilesOf(root, join(root, '.terraform'))
}

const task = (expressions: Record<string, unknown>, more: object = {}): ResourceConfigJson => ({
  mode: 'managed',
  type: 'aws_ecs_task_definition',
  name: 'this',
  expressions,
  ...more,
})
const refers = (...references: string[]) => ({ references })
const child = (module: object, expressions: object = {}, more: object = {}) => ({
  module_calls: { child: { source: './child', expressions, module, ...more } },
})
const variables = {
  tag: { value: 'v1' },
  other: { value: 'x' },
  secret: { value: { password: 'p' } },
  config: { value: { image: 'a', size: { cpu: 1 } } },
}
const planOf = (root: object, more: object = {}): PlanJson => ({
  format_version: '1.2',
  variables,
  configuration: {
    root_module: { variables: { tag: {}, other: {}, secret: { sensitive: true }, config: {} }, ...root },
  },
  ...more,
})
const inputs = (plan: PlanJson, address = 'aws_ecs_task_definition.this', files?: ReturnType<typeof moduleFilesOf>) => {
  const found = new Configuration(plan, files ?? (() => undefined)).ofResource(address)('image')
  return found && { ...found, values: Object.fromEntries([...found.values].map(([name, { value }]) => [name, value])) }
}

describe('in the JSON of the plan', () => {
  test.each<[string, object, object]>([
    ['a variable', { image: refers('var.tag') }, { 'var.tag': 'v1' }],
    ['no variable', { image: refers('aws_ecr_repository.this.repository_url', 'aws_ecr_repository.this') }, {}],
    ['a constant', { image: { constant_value: 'var.tag' } }, {}],
    ['a part of a variable', { image: refers('var.config.image', 'var.config') }, { 'var.config.image': 'a' }],
    [
      'a part by its key',
      { image: refers('var.config["size"].cpu', 'var.config["size"]', 'var.config') },
      { 'var.config.size.cpu': 1 },
    ],
    [
      'a part and the whole',
      { image: refers('var.config.image', 'var.config', 'var.config') },
      { 'var.config.image': 'a', 'var.config': variables.config.value },
    ],
    ['a nested block', { image: [{ inner: [{ name: refers('var.tag') }] }, {}] }, { 'var.tag': 'v1' }],
    ['an argument named references', { image: [{ references: refers('var.tag') }] }, { 'var.tag': 'v1' }],
    ['a variable that is not declared', { image: refers('var.missing') }, {}],
  ])('%s', (_, expressions, values) => {
    expect(inputs(planOf({ resources: [task(expressions as Record<string, unknown>)] }))?.values).toEqual(values)
  })

  test.each([
    ['one', 'var.config.image', { 'var.config.image': 'a' }],
    ['a number of a list', 'var.config[0].image', { 'var.config': variables.config.value }],
    ['a splat', 'var.config[*].image', { 'var.config': variables.config.value }],
    ['a key with other characters', 'var.config["a b"]', { 'var.config.a b': undefined }],
    ['an empty key', 'var.config[""]', { 'var.config.': undefined }],
  ])('a reference alone: %s', (_, reference, values) => {
    expect(inputs(planOf({ resources: [task({ image: refers(reference) })] }))?.values).toEqual(values)
  })

  test('two references of which one only begins as the other are two', () => {
    const two = refers('var.config.image', 'var.con')
    const plan = planOf({
      variables: { con: {}, config: {} },
      resources: [task({ image: two })],
    })
    expect(Object.keys(inputs(plan)?.values ?? {})).toEqual(['var.con', 'var.config.image'])
    const far = refers('var.config.size.cpu', 'var.config')
    expect(Object.keys(inputs(planOf({ resources: [task({ image: far })] }))?.values ?? {})).toEqual([
      'var.config',
      'var.config.size.cpu',
    ])
  })

  test('an output of the root module, and an expression of a module', () => {
    const inner = {
      variables: { x: {}, y: {} },
      module_calls: { deep: { expressions: { z: refers('var.y') }, module: { variables: { z: {} } } } },
    }
    const plan = planOf({
      outputs: { url: { expression: refers('var.tag') }, none: {} },
      ...child(inner, { x: refers('var.other'), y: refers('var.tag') }),
    })
    const configuration = new Configuration(plan, () => undefined)
    const valuesOf = (found: ReturnType<typeof configuration.ofOutput>) =>
      found && [...found.values].map(([name, { value }]) => [name, value])
    expect(valuesOf(configuration.ofOutput('url'))).toEqual([['var.tag', 'v1']])
    expect(configuration.ofOutput('missing')).toBeUndefined()
    expect(valuesOf(configuration.ofExpression('', refers('var.other')))).toEqual([['var.other', 'x']])
    expect(valuesOf(configuration.ofExpression('child', refers('var.x')))).toEqual([['var.other', 'x']])
    expect(valuesOf(configuration.ofExpression('child.deep', refers('var.z')))).toEqual([['var.tag', 'v1']])
    expect(configuration.ofExpression('missing', refers('var.x'))).toBeUndefined()
    expect(configuration.ofExpression('child.missing', refers('var.x'))).toBeUndefined()
    expect(valuesOf(configuration.ofExpression('', 'text'))).toEqual([])
    const empty = new Configuration({ format_version: '1.2' } as PlanJson, () => undefined)
    expect(empty.ofOutput('url')).toBeUndefined()
    expect(empty.ofResource('aws_lb.this')('name')).toBeUndefined()
    expect(valuesOf(empty.ofExpression('', refers('data.http.x.body', 'data.http.x')))).toEqual([])
  })

  test('each and count mean the resource or the call that has them, and nothing elsewhere', () => {
    const resources = [task({ image: refers('each.value', 'count.index') })]
    expect(inputs(planOf({ resources }))?.values).toEqual({})
    const both = [
      task(
        { image: refers('each.value') },
        { count_expression: refers('var.other'), for_each_expression: refers('var.tag') },
      ),
    ]
    expect(inputs(planOf({ resources: both }))?.values).toEqual({ 'var.tag': 'v1' })
  })

  test('a sensitive variable counts as a whole and is marked', () => {
    const plan = planOf({ resources: [task({ image: refers('var.secret.password', 'var.secret') })] })
    const found = new Configuration(plan, () => undefined).ofResource('aws_ecs_task_definition.this')('image')
    expect([...(found?.values ?? [])]).toEqual([['var.secret', { value: { password: 'p' }, sensitive: true }]])
  })

  test.each([
    ['for_each', 'each.value', 'for_each_expression'],
    ['count', 'count.index', 'count_expression'],
  ])('%s of the resource', (_, reference, member) => {
    const resources = [task({ image: refers(reference) }, { [member]: refers('var.tag') })]
    expect(inputs(planOf({ resources }), 'aws_ecs_task_definition.this["a"]')?.values).toEqual({ 'var.tag': 'v1' })
  })

  test('an attribute that the configuration does not set has none, and neither has another resource', () => {
    const plan = planOf({ resources: [task({ family: refers('var.tag') })] })
    expect(inputs(plan)).toBeUndefined()
    expect(inputs(plan, 'aws_ecs_task_definition.other')).toBeUndefined()
    expect(inputs(plan, 'module.missing.aws_ecs_task_definition.this')).toBeUndefined()
  })

  test('the variables of a module lead to those of the root module', () => {
    const inner = { variables: { image: {} }, resources: [task({ image: refers('var.image') })] }
    const address = 'module.child["a"].aws_ecs_task_definition.this[0]'
    expect(inputs(planOf(child(inner, { image: refers('var.tag') })), address)?.values).toEqual({ 'var.tag': 'v1' })
    expect(inputs(planOf(child(inner, { image: { constant_value: 'x' } })), address)?.values).toEqual({})
    const each = child(inner, { image: refers('each.value') }, { for_each_expression: refers('var.other') })
    expect(inputs(planOf(each), address)?.values).toEqual({ 'var.other': 'x' })
  })

  test('the output of a module leads to its expression', () => {
    const inner = { variables: { image: {} }, outputs: { image: { expression: refers('var.image') }, more: {} } }
    for (const reference of [
      'module.child.image',
      'module.child["a"].image',
      'module.child[0].image',
      'module.child[10].image',
      'module.child',
    ]) {
      const root = { resources: [task({ image: refers(reference) })], ...child(inner, { image: refers('var.tag') }) }
      expect(inputs(planOf(root))?.values, reference).toEqual({ 'var.tag': 'v1' })
    }
  })

  test('what depends on a resource may be known only after the apply', () => {
    const of = (...references: string[]) => inputs(planOf({ resources: [task({ image: refers(...references) })] }))
    expect(of('var.tag')?.dependsOnResource).toBe(false)
    expect(of('path.module', 'terraform.workspace')?.dependsOnResource).toBe(false)
    expect(of('aws_ecr_repository.this.url', 'aws_ecr_repository.this')?.dependsOnResource).toBe(true)
  })

  test('the references are those that are written, once each', () => {
    const found = inputs(planOf({ resources: [task({ image: refers('var.b', 'aws_lb.a.arn', 'aws_lb.a', 'var.b') })] }))
    expect(found?.references).toEqual(['aws_lb.a.arn', 'var.b'])
  })
})

describe('data sources', () => {
  const source = (type: string, expressions: object = {}) => ({ mode: 'data', type, name: 'x', expressions })
  const read = (address: string, values: object, sensitive_values: object = {}) => ({
    prior_state: {
      values: { root_module: { resources: [{ address, mode: 'data', type: 'x', values, sensitive_values }] } },
    },
  })
  const using = (type: string, ...references: string[]) => ({
    resources: [task({ image: refers(...references) }), source(type)],
  })

  test('one that was read counts with its value', () => {
    const root = using('aws_ssm_parameter', 'data.aws_ssm_parameter.x.value', 'data.aws_ssm_parameter.x')
    const found = inputs(planOf(root, read('data.aws_ssm_parameter.x', { value: 'v1', id: 'x' })))
    expect(found?.values).toEqual({ 'data.aws_ssm_parameter.x.value': 'v1' })
    expect(found?.dependsOnResource).toBe(false)
  })

  test('of the same name and type only the one of its module counts, and a resource of that name does not', () => {
    const inner = {
      resources: [
        source('aws_ssm_parameter'),
        task({ image: refers('data.aws_ssm_parameter.x.value', 'data.aws_ssm_parameter.x') }),
      ],
    }
    const at = (address: string, value: string) => ({
      address,
      mode: 'data',
      type: 'x',
      values: { value },
      sensitive_values: {},
    })
    const root = {
      resources: [
        { ...task({}), type: 'aws_ssm_parameter', name: 'x', expressions: { value: refers('var.tag') } },
        { ...source('aws_ssm_parameter', { name: refers('var.config.image') }), name: 'y' },
        { ...source('aws_ami', { name: refers('var.other') }) },
      ],
      ...child(inner),
    }
    const state = {
      prior_state: {
        values: {
          root_module: {
            resources: [
              at('data.aws_ssm_parameter.x', 'root'),
              { ...at('data.aws_ssm_parameter.x', 'managed'), mode: 'managed' },
            ],
            child_modules: [{ resources: [at('module.child.data.aws_ssm_parameter.x', 'child')] }],
          },
        },
      },
    }
    expect(inputs(planOf(root, state), 'module.child.aws_ecs_task_definition.this')?.values).toEqual({
      'module.child.data.aws_ssm_parameter.x.value': 'child',
    })
    const own = {
      ...root,
      resources: [
        ...root.resources,
        task({ image: refers('data.aws_ssm_parameter.x.value', 'data.aws_ssm_parameter.x') }),
      ],
    }
    expect(inputs(planOf(own, state))).toMatchObject({
      values: { 'data.aws_ssm_parameter.x.value': 'root' },
      dependsOnResource: false,
    })
  })

  test('one with for_each counts with all of its instances, whatever key is meant', () => {
    const root = using('http', 'data.http.x["k"].body', 'data.http.x["k"]', 'data.http.x')
    const found = inputs(planOf(root, read('data.http.x["k"]', { body: 'v1' })))
    expect(found?.values).toEqual({ 'data.http.x["k"]': { body: 'v1' } })
  })

  test('one in a module of a module is found', () => {
    const inner = { resources: [source('http'), task({ image: refers('data.http.x.body', 'data.http.x') })] }
    const root = child(child(inner))
    const state = read('module.child.module.child.data.http.x', { body: 'v1' })
    const address = 'module.child.module.child.aws_ecs_task_definition.this'
    expect(inputs(planOf(root, state), address)?.values).toEqual({ 'module.child.module.child.data.http.x.body': 'v1' })
  })

  test('a value that its provider marks as sensitive is keyed', () => {
    const root = using('aws_ssm_parameter', 'data.aws_ssm_parameter.x.value', 'data.aws_ssm_parameter.x')
    const plan = planOf(root, read('data.aws_ssm_parameter.x', { value: 'v1' }, { value: true }))
    const found = new Configuration(plan, () => undefined).ofResource('aws_ecs_task_definition.this')('image')
    expect([...(found?.values ?? [])]).toEqual([['data.aws_ssm_parameter.x.value', { value: 'v1', sensitive: true }]])
  })

  test('one with count counts with all of its instances', () => {
    const root = using(
      'aws_ssm_parameter',
      'data.aws_ssm_parameter.x[0].value',
      'data.aws_ssm_parameter.x[0]',
      'data.aws_ssm_parameter.x',
    )
    const found = inputs(planOf(root, read('data.aws_ssm_parameter.x[0]', { value: 'v1' })))
    expect(found?.values).toEqual({ 'data.aws_ssm_parameter.x[0]': { value: 'v1' } })
  })

  test('one that is read in the apply counts with what its own arguments refer to', () => {
    const root = {
      resources: [
        task({ image: refers('data.http.x.body', 'data.http.x') }),
        source('http', { url: refers('aws_lb.a.dns_name', 'aws_lb.a', 'var.tag') }),
      ],
    }
    expect(inputs(planOf(root))).toMatchObject({ values: { 'var.tag': 'v1' }, dependsOnResource: true })
  })

  test('one that is a token of the job has no value', () => {
    const root = using('aws_eks_cluster_auth', 'data.aws_eks_cluster_auth.x.token', 'data.aws_eks_cluster_auth.x')
    expect(inputs(planOf(root, read('data.aws_eks_cluster_auth.x', { token: 't' })))?.values).toEqual({})
  })

  test('one that is the caller has no value, and is noticed through a policy document', () => {
    const root = {
      resources: [
        task({ image: refers('data.aws_iam_policy_document.x.json', 'data.aws_iam_policy_document.x') }),
        source('aws_iam_policy_document', { statement: [{ resources: refers('data.aws_caller_identity.x.arn') }] }),
        source('aws_caller_identity'),
      ],
    }
    expect(inputs(planOf(root))?.dependsOnCaller).toBe(true)
    expect(inputs(planOf(using('http', 'data.http.x')))?.dependsOnCaller).toBe(false)
  })
})

describe('what the JSON of the plan omits', () => {
  const local = planOf({ resources: [task({ image: refers('local.image') })] })

  test('a local value leads to the variables in its expression, also through another one', () => {
    const files = moduleWith({
      'main.tf': 'locals {\n  image = "${aws_ecr_repository.this.repository_url}:${local.tag}"\n}\n',
      'more.tf': 'locals {\n  tag = lower(var.tag)\n  unused = var.other\n}\n',
    })
    expect(inputs(local, undefined, files)).toMatchObject({ values: { 'var.tag': 'v1' }, dependsOnResource: true })
  })

  test('an index of two digits does not end a reference in a text', () => {
    const files = moduleWith({ 'main.tf': 'locals {\n  image = var.config[10].image\n}\n' })
    expect(inputs(local, undefined, files)?.references).toEqual(['local.image', 'var.config[10].image'])
  })

  test('local values that refer to each other end', () => {
    const files = moduleWith({ 'main.tf': 'locals {\n  image = local.b\n  b = "${local.image}${var.tag}"\n}\n' })
    expect(inputs(local, undefined, files)?.values).toEqual({ 'var.tag': 'v1' })
  })

  test.each<[string, Record<string, string> | undefined]>([
    ['there are no files', undefined],
    ['it is not in the files', { 'main.tf': 'locals {\n  tag = var.tag\n}\n' }],
    ['a file is JSON', { 'main.tf': 'locals {\n  image = var.tag\n}\n', 'more.tf.json': '{}' }],
  ])('a local value that cannot be read depends on every variable: %s', (_, files) => {
    const found = inputs(local, undefined, files && moduleWith(files))
    expect(Object.keys(found?.values ?? {})).toEqual(['var.config', 'var.other', 'var.secret', 'var.tag'])
    expect(found).toMatchObject({ dependsOnResource: true, dependsOnCaller: true })
  })

  test('a local value that cannot be read also depends on every data source and every output of a module', () => {
    const source = { mode: 'data', type: 'aws_ssm_parameter', name: 'tag', expressions: {} }
    const inner = { variables: { x: {} }, outputs: { tag: { expression: refers('var.x') } } }
    const plan = (value: string) =>
      planOf(
        { resources: [task({ image: refers('local.image') }), source], ...child(inner, { x: { constant_value: 1 } }) },
        {
          prior_state: {
            values: {
              root_module: {
                resources: [{ address: 'data.aws_ssm_parameter.tag', mode: 'data', type: 'x', values: { value } }],
              },
            },
          },
        },
      )
    expect(inputs(plan('v1'))?.values).toMatchObject({ 'data.aws_ssm_parameter.tag': { value: 'v1' }, 'var.tag': 'v1' })
    expect(inputs(plan('v1'))?.references).toEqual(['local.image', 'var.x'])
  })

  test('a local value of a module is read from the directory of the module', () => {
    const inner = { variables: { tag: {}, more: {} }, resources: [task({ image: refers('local.image') })] }
    const plan = planOf(child(inner, { tag: refers('var.tag'), more: refers('var.other') }))
    const address = 'module.child.aws_ecs_task_definition.this'
    const files = moduleWith({
      'main.tf': 'locals {\n  image = var.other\n}\n',
      'child/main.tf': 'locals {\n  image = var.tag\n}\n',
    })
    expect(inputs(plan, address, files)?.values).toEqual({ 'var.tag': 'v1' })
    expect(inputs(plan, address)?.values).toEqual({ 'var.tag': 'v1', 'var.other': 'x' })
  })

  test('a dynamic block leads to what its iterator and its content refer to', () => {
    const resource = (block: string) => `resource "aws_ecs_task_definition" "this" {\n${block}\n}\n`
    const dynamic = 'dynamic "image" {\n for_each = var.config\n content {\n  name = "${image.value}${var.tag}"\n }\n}'
    const plan = planOf({ resources: [task({})] })
    expect(inputs(plan, undefined, moduleWith({ 'main.tf': resource(dynamic) }))?.values).toEqual({
      'var.config': variables.config.value,
      'var.tag': 'v1',
    })
    const nested = `image {\n  static = 1\n${dynamic}\n}`
    expect(Object.keys(inputs(plan, undefined, moduleWith({ 'main.tf': resource(nested) }))?.values ?? {})).toEqual([
      'var.config',
      'var.tag',
    ])
    expect(
      inputs(plan, undefined, moduleWith({ 'main.tf': resource('image {\n static = var.tag\n}') })),
    ).toBeUndefined()
  })
})
