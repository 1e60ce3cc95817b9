/** What each canonical form has of a plan, its context and the files of its directory. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { normalizeInForm, viewInForm } from '../../src/approval/forms.ts'
import { parseIgnoredPath } from '../../src/approval/ignored-paths.ts'
import type { Form } from '../../src/approval/settings.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'
import { parseExactJson } from '../../src/json.ts'
import type { PlanJson } from '../../src/terraform/json.ts'

const commit = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'forms-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), text)
  }
}

/** A plan that creates one resource in the root module. */
const plan = (after: string, more: object = {}): PlanJson =>
  parseExactJson(
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [
        {
          address: 'thing.a',
          mode: 'managed',
          type: 'thing',
          change: { actions: ['create'], before: null, after: {}, after_unknown: { id: true } },
        },
      ],
      ...more,
    }).replace('"after":{}', `"after":${after}`),
  ) as PlanJson

const normalized = (form: Form, json: PlanJson, more: object = {}, env: NodeJS.ProcessEnv = {}) => {
  const context = {
    terraformVersion: '1.11.4',
    directory,
    workspace: 'default',
    targets: [],
    replaces: [],
    checkout: directory,
    lockFile: undefined,
    ...more,
  }
  return normalizeInForm(form, json, context, createPlanSigner('key', undefined, undefined), env)
}
const afterIn = (form: Form, json: PlanJson, more: object = {}) => normalized(form, json, more).changes[0]?.after

test.each<[Form, string]>([
  [1, '9007199254740992'],
  [2, '9007199254740993'],
])('form %i has the number %s', (form, number) => {
  expect(afterIn(form, plan('{"big":9007199254740993}'))).toEqual({ big: number, id: '?' })
})

test('only form 2 replaces the commit of the run and leaves ignored paths out', () => {
  const json = plan(JSON.stringify({ image: `weather:${commit}`, note: 'x' }))
  const more = { commits: [commit], ignoredPaths: [parseIgnoredPath('thing.a:note')] }
  expect(afterIn(1, json, more)).toEqual({ image: `"weather:${commit}"`, note: '"x"', id: '?' })
  expect(afterIn(2, json, more)).toEqual({ image: '"weather:"@commit/40""', note: '@ignored', id: '?' })
  expect(afterIn(2, json)).toEqual({ image: `"weather:${commit}"`, note: '"x"', id: '?' })
})

test('the settings are those of the form, and only form 2 has the providers and remarks', () => {
  const region = { region: { constant_value: 'eu-west-1' } }
  const json = plan('{}', {
    configuration: {
      provider_config: { aws: { full_name: 'registry.terraform.io/hashicorp/aws', expressions: region } },
    },
  })
  const env = { AWS_ENDPOINT_URL: 'http://localhost' }
  expect(normalized(1, json, {}, env)).toEqual({
    settings: { 'Terraform version': '1.11.4', workspace: 'default', backend: 'local' },
    changes: [expect.objectContaining({ address: 'thing.a' })],
  })
  const { settings, remarks } = normalized(2, json, {}, env)
  expect(settings).toEqual({
    'canonical form': '2',
    tool: 'Terraform 1',
    directory: '.',
    workspace: 'default',
    backend: 'local',
    'provider aws: region': '"eu-west-1"',
    AWS_ENDPOINT_URL: 'http://localhost',
  })
  expect(remarks).toBeDefined()
})

test('form 1 has no view of values', () => {
  const context = { terraformVersion: '1', directory, workspace: undefined, targets: [], replaces: [], checkout: '/' }
  expect(viewInForm(1, plan('{}'), { ...context, lockFile: undefined }, {})).toBeUndefined()
  expect(viewInForm(2, plan('{}'), { ...context, lockFile: undefined }, {})).toMatchObject({ ignoredPaths: [] })
})

describe('an unknown value that depends on a local value', () => {
  const withTag = (tag: string, module = '') => {
    const resources = [
      {
        address: 'thing.a',
        mode: 'managed',
        type: 'thing',
        name: 'a',
        expressions: { id: { references: ['local.id'] } },
      },
    ]
    const variables = { tag: {} }
    const call = { expressions: { tag: { references: ['var.tag'] } }, module: { variables, resources } }
    const root = module === '' ? { variables, resources } : { variables, module_calls: { [module]: call } }
    const json = plan('{}', { variables: { tag: { value: tag } }, configuration: { root_module: root } })
    if (module === '') return json
    const changes = json.resource_changes?.map(each => ({ ...each, address: `module.${module}.${each.address}` })) ?? []
    return { ...json, resource_changes: changes }
  }
  const differs = (module?: string, env?: NodeJS.ProcessEnv) => {
    const [one, two] = ['1', '2'].map(tag => JSON.stringify(normalized(2, withTag(tag, module), {}, env).changes))
    return one !== two
  }

  test('is compared by what the file of the directory gives it', () => {
    expect(differs()).toBe(true)
    write({ 'main.tf': 'locals {\n  id = thing.b.id\n}\n' })
    expect(differs()).toBe(false)
    write({ 'main.tf': 'locals {\n  id = [thing.b.id, var.tag]\n}\n' })
    expect(differs()).toBe(true)
  })

  test('of a module is read where `terraform init` has put the module', () => {
    const list = { Modules: [{ Key: 'web', Dir: 'modules/web' }] }
    write({
      'modules/web/main.tf': 'locals {\n  id = thing.b.id\n}\n',
      'data/modules/modules.json': JSON.stringify(list),
    })
    expect(differs('web')).toBe(true)
    expect(differs('web', { TF_DATA_DIR: 'data' })).toBe(false)
  })
})
