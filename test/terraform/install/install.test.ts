import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InputError } from '../../../src/errors.ts'
import { readWantedVersion, satisfiesConstraint } from '../../../src/terraform/install/version.ts'
import { releasePlatform, tools } from '../../../src/terraform/tools.ts'

let checkout: string
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'install-'))
  mkdirSync(join(checkout, '.git'))
  mkdirSync(join(checkout, 'infra'))
})
afterEach(() => rmSync(checkout, { recursive: true, force: true }))

/** What is wanted in `infra` of a checkout with these files. */
function wanted(files: Readonly<Record<string, string>>, input?: string, tool = tools.terraform) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(checkout, name)), { recursive: true })
    writeFileSync(join(checkout, name), content)
  }
  return readWantedVersion(tool, input, join(checkout, 'infra'))
}

describe('which version is wanted', () => {
  const all = {
    'infra/.terraform-version': '1.9.8\n',
    'infra/.tool-versions': 'nodejs 24.1.0\nterraform 1.8.5 1.7.0\n',
    'infra/main.tf': 'terraform {\n  required_version = ">= 1.7"\n}\n',
  }

  test.each([
    ['the input goes first', all, '~> 1.11', { constraint: '~> 1.11', source: 'the input terraform-version' }],
    ['then .terraform-version', all, undefined, { constraint: '1.9.8', source: '.terraform-version' }],
    [
      'then .tool-versions',
      { ...all, 'infra/.terraform-version': '# none\n' },
      undefined,
      { constraint: '1.8.5', source: '.tool-versions' },
    ],
    [
      'then required_version',
      { 'infra/.tool-versions': 'opentofu 1.9.0\n', 'infra/main.tf': all['infra/main.tf'] },
      undefined,
      { constraint: '>= 1.7', source: 'main.tf' },
    ],
    [
      'a v, blanks and a comment',
      { 'infra/.terraform-version': ' v1.9.8 # pinned' },
      undefined,
      { constraint: '1.9.8' },
    ],
    ['latest', { 'infra/.terraform-version': 'latest\n' }, undefined, { constraint: 'latest' }],
    [
      'a file above, within the checkout',
      { '.terraform-version': '1.9.8\n' },
      undefined,
      { constraint: '1.9.8', source: '../.terraform-version' },
    ],
    [
      'the nearest one',
      { '.terraform-version': '1.9.8\n', 'infra/.terraform-version': '1.10.5\n' },
      undefined,
      { constraint: '1.10.5' },
    ],
  ])('%s', (_, files, input, expected) => {
    expect(wanted(files, input)).toMatchObject(expected)
  })

  test.each<[string, Record<string, string>, { constraint: string; source: string } | undefined]>([
    ['latest:^1.9', {}, { constraint: '~> 1.9.0', source: '.terraform-version' }],
    ['latest:1.9', {}, { constraint: '~> 1.9.0', source: '.terraform-version' }],
    ['latest:^1', {}, { constraint: '~> 1.0', source: '.terraform-version' }],
    ['latest:1.9.8', {}, { constraint: '1.9.8', source: '.terraform-version' }],
    ['latest-allowed', { 'infra/main.tf': all['infra/main.tf'] }, { constraint: '>= 1.7', source: 'main.tf' }],
    ['latest-allowed', {}, { constraint: 'latest', source: '.terraform-version' }],
    ['min-required', { 'infra/main.tf': all['infra/main.tf'] }, { constraint: '1.7.0', source: 'main.tf' }],
    [
      'min-required',
      { 'infra/main.tf': 'terraform { required_version = "~> 1.9.3, != 1.9.3" }' },
      { constraint: '~> 1.9.3, != 1.9.3', source: 'main.tf' },
    ],
    ['min-required', {}, undefined],
    ['system', {}, undefined],
  ])('the word %s of a version manager, with %j', (word, files, expected) => {
    expect(wanted({ ...files, 'infra/.terraform-version': `${word}\n` })).toEqual(expected)
  })

  test('a version file that an editor of Windows wrote', () => {
    expect(wanted({ 'infra/.terraform-version': '\uFEFF1.9.8\r\n' })).toMatchObject({ constraint: '1.9.8' })
  })

  test('a file above the checkout is not ours', () => {
    const outside = join(checkout, 'infra/vendored')
    mkdirSync(join(outside, '.git'), { recursive: true })
    writeFileSync(join(checkout, '.terraform-version'), '0.12.31\n')
    expect(readWantedVersion(tools.terraform, undefined, outside)).toBeUndefined()
  })

  test.each([
    ['on one line', 'terraform { required_version = "1.11.4" }', '1.11.4'],
    [
      'beside other settings',
      'terraform {\n required_providers {\n a = { source = "x/a" }\n }\n required_version="~> 1.9"\n}',
      '~> 1.9',
    ],
    ['with a comment behind it', 'terraform {\n required_version = ">= 1.9, < 2.0" # both\n}', '>= 1.9, < 2.0'],
    ['commented out by #', 'terraform {\n # required_version = "0.12.0"\n required_version = "1.9"\n}', '1.9'],
    ['commented out by //', 'terraform {\n // required_version = "0.12.0"\n required_version = "1.9"\n}', '1.9'],
    [
      'commented out by /* */',
      'terraform {\n/*\n  required_version = "0.12.0"\n*/\n required_version = "1.9"\n}',
      '1.9',
    ],
    ['behind a quoted #', 'locals { a = "# {" }\nterraform { required_version = "1.9" }', '1.9'],
    [
      'behind a heredoc',
      'locals {\n a = <<-EOT\n terraform {\n required_version = "0.1"\n }\n EOT\n}\nterraform { required_version = "1.9" }',
      '1.9',
    ],
    [
      'of a module call that means something else',
      'module "a" {\n required_version = "0.1"\n}\nterraform { required_version = "1.9" }',
      '1.9',
    ],
  ])('required_version %s', (_, hcl, constraint) => {
    expect(wanted({ 'infra/main.tf': hcl })).toEqual({ constraint, source: 'main.tf' })
  })

  test('every required_version of the module counts, also in JSON, and none of a directory that is called so', () => {
    mkdirSync(join(checkout, 'infra/old.tf'))
    const version = wanted({
      'infra/a.tf': 'terraform { required_version = ">= 1.9" }',
      'infra/b.tf.json': '{"terraform": [{"required_version": "< 2"}]}',
      'infra/broken.tf.json': '{',
      'infra/modules/c.tf': 'terraform { required_version = "0.1" }',
      'infra/d.tofu': 'terraform { required_version = "0.2" }',
    })
    expect(version).toEqual({ constraint: '>= 1.9, < 2', source: 'a.tf and b.tf.json' })
  })

  test.each([
    ['1.x', {}, /Terraform "1.x" from the input terraform-version is not a version: .*such as 1.11.4/],
    ['^1.11', {}, /"\^1.11"/],
    ['>= 1.9,', {}, /">= 1.9,"/],
    ['=> 1.9', {}, /"=> 1.9"/],
    ['1.9.0-', {}, /"1.9.0-"/],
    ['1.9.0-01', {}, /"1.9.0-01"/],
    ['99999999999999999999.0', {}, /"99999999999999999999.0"/],
    ['1.9 1.10', {}, /"1.9 1.10"/],
    [undefined, { 'infra/.terraform-version': 'latest:rc' }, /^Terraform "latest:rc" from \.terraform-version is/],
    [
      undefined,
      { 'infra/main.tf': 'terraform { required_version = "newest" }' },
      /^Terraform "newest" from main.tf is/,
    ],
    [undefined, { 'infra/main.tf': 'terraform { required_version = "" }' }, /^Terraform "" from main.tf is/],
  ])('bad: %s %j', (input, files: Record<string, string>, message) => {
    expect(() => wanted(files, input)).toThrow(InputError)
    expect(() => wanted(files, input)).toThrow(message)
  })
})

describe('the modules that are called', () => {
  test('count when they are local, at any depth, once each, and however they are written', () => {
    const version = wanted({
      'infra/main.tf': `
        terraform { required_version = ">= 1.5" }
        module "a" {
          tags   = { deep = { deeper = { deepest = "} {" } } }
          source = "./modules/a"
        }
        # module "old" { source = "./modules/old" }
        module "registry" { source = "terraform-aws-modules/vpc/aws" }
        module "gone" { source = "./nowhere" }
        module "file" { source = "./main.tf" }
      `,
      'infra/modules/a/versions.tf':
        'terraform { required_version = ">= 1.9" }\nmodule "b" { source = "../../../shared/b" }',
      'infra/modules/old/versions.tf': 'terraform { required_version = "0.1" }',
      'shared/b/main.tf.json':
        '{"terraform": {"required_version": "< 2"}, "module": {"back": {"source": "../../infra/modules/a"}, "x": null}}',
    })
    expect(version).toEqual({
      constraint: '>= 1.5, >= 1.9, < 2',
      source: 'main.tf and modules/a/versions.tf and ../shared/b/main.tf.json',
    })
  })
})

describe('OpenTofu', () => {
  const files = {
    'infra/.terraform-version': '1.11.4\n',
    'infra/.opentofu-version': '1.9.1\n',
    'infra/.tool-versions': 'terraform 1.8.5\nopentofu 1.8.7\n',
    'infra/main.tf': 'terraform { required_version = ">= 1.7" }',
  }
  test.each([
    ['its own version file', files, { constraint: '1.9.1', source: '.opentofu-version' }],
    [
      'then .tool-versions',
      { ...files, 'infra/.opentofu-version': '' },
      { constraint: '1.8.7', source: '.tool-versions' },
    ],
    [
      'then required_version, where a.tofu stands in for a.tf',
      {
        'infra/main.tf': files['infra/main.tf'],
        'infra/main.tofu': 'terraform { required_version = ">= 1.8" }',
        'infra/more.tf': 'terraform { required_version = "< 2" }',
      },
      { constraint: '>= 1.8, < 2', source: 'main.tofu and more.tf' },
    ],
    [
      'a required_version in a .tf file that no OpenTofu obeys any more is for Terraform',
      { 'infra/main.tf': 'terraform { required_version = ">= 1.13" }' },
      undefined,
    ],
    [
      'a required_version in a .tf file that an older OpenTofu obeys',
      { 'infra/main.tf': 'terraform { required_version = "~> 1.10.0" }' },
      { constraint: '~> 1.10.0', source: 'main.tf' },
    ],
    [
      'what a language block has for OpenTofu, in every file',
      {
        'infra/main.tf': 'language {\n compatible_with {\n opentofu = ">= 1.12"\n terraform = ">= 1.5"\n }\n}',
        'infra/more.tofu': 'terraform { required_version = ">= 1.13" }',
        'infra/x.tf.json': '{"language": {"compatible_with": {"opentofu": "< 2"}}}',
      },
      { constraint: '>= 1.12, >= 1.13, < 2', source: 'main.tf and more.tofu and x.tf.json' },
    ],
  ])('%s', (_, files, expected) => {
    expect(wanted(files, undefined, tools.tofu)).toEqual(expected)
  })

  test('is named in what is wrong', () => {
    expect(() => wanted({}, '1.x', tools.tofu)).toThrow(/^OpenTofu "1.x" from the input terraform-version is/)
  })
})

test.each([
  ['linux', 'x64', 'linux_amd64'],
  ['linux', 'arm64', 'linux_arm64'],
  ['darwin', 'x64', 'darwin_amd64'],
  ['darwin', 'arm64', 'darwin_arm64'],
  ['win32', 'x64', 'windows_amd64'],
  ['win32', 'arm64', 'windows_arm64'],
  ['freebsd', 'riscv64', 'freebsd_riscv64'],
])('releases for %s on %s are called %s', (system, architecture, expected) => {
  expect(releasePlatform(system, architecture)).toBe(expected)
})

describe('whether a version satisfies a constraint', () => {
  test.each([
    ['1.12.0', '~> 1.11', true],
    ['2.0.0', '~> 1.11', false],
    ['2.0.0-alpha1', '~> 1.11', false],
    ['1.11.9', '~> 1.11.4', true],
    ['1.12.0', '~> 1.11.4', false],
    ['1.11.3', '~> 1.11.4', false],
    ['2.3.4', '~> 1', true],
    ['1.11.4', '1.11', false],
    ['1.11.0', '1.11', true],
    ['1.12.0', '>= 1.11, != 1.12.0', false],
    ['1.12.1', '>= 1.11, != 1.12.0', true],
    ['1.12.0-rc1', '>= 1.11', false],
    ['1.12.0-rc1', '~> 1.11', false],
    ['1.12.0-rc1', '< 1.12', false],
    ['1.12.0-rc1', '1.12.0-rc1', true],
    ['1.12.0-rc2', '1.12.0-rc1', false],
    ['1.12.0', '1.12.0-rc1', false],
    ['1.11.4', 'latest', false],
    ['1.11.4', 'nonsense', false],
  ])('%s in %s: %s', (version, constraint, expected) => {
    expect(satisfiesConstraint(version, constraint)).toBe(expected)
  })
})
