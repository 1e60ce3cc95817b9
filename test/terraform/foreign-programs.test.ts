/** What a plan of unknown code would download or start, read from its text. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { foreignPrograms } from '../../src/terraform/foreign-programs.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'programs-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, 'checkout', path)), { recursive: true })
  writeFileSync(join(root, 'checkout', path), text)
}
const programs = () =>
  foreignPrograms(join(root, 'checkout/infra'), join(root, 'checkout')).map(({ what, name }) => `${what} ${name}`)

test('providers, modules from elsewhere, and what starts programs, also in local modules', () => {
  write(
    'infra/main.tf',
    `
    terraform {
      required_providers {
        evil = { source = "mallory/evil" }
        null = { version = "~> 3.0" }
      }
    }
    module "near" { source = "../modules/near" }
    module "far" { source = "git::https://example.com/far.git" }
    module "computed" { source = "\${var.x}" }
    data "external" "run" { program = ["sh", "run.sh"] }
    resource "terraform_data" "quiet" {}
    resource "terraform_data" "loud" {
      provisioner "local-exec" { command = "true" }
    }
    resource "aws_instance" "a" {}
    resource "google_thing" "b" { provider = gcp.west }
    `,
  )
  write('modules/near/main.tf', 'resource "random_id" "r" {}\nmodule "back" { source = "../../infra" }\n')
  expect(programs()).toEqual([
    'module git::https://example.com/far.git',
    'module module.computed',
    'program data.external.run',
    'program terraform_data.loud',
    'provider hashicorp/aws',
    'provider hashicorp/external',
    'provider hashicorp/gcp',
    'provider hashicorp/null',
    'provider hashicorp/random',
    'provider mallory/evil',
  ])
})

test('what is not read is named: JSON, links and large files, and nothing outside of the checkout is read', () => {
  write('infra/main.tf', 'module "out" { source = "../../outside" }\n')
  write('infra/more.tf.json', '{}')
  write('infra/large.tf', `# ${'x'.repeat(1_000_000)}`)
  mkdirSync(join(root, 'outside'))
  writeFileSync(join(root, 'outside/main.tf'), 'resource "secret_thing" "s" {}\n')
  symlinkSync(join(root, 'outside/main.tf'), join(root, 'checkout/infra/link.tf'))
  expect(programs()).toEqual(['file infra/large.tf', 'file infra/link.tf', 'file infra/more.tf.json'])
})

test('modules without end are cut', () => {
  for (let index = 0; index < 250; index++)
    write(index === 0 ? 'infra/main.tf' : `m${index}/main.tf`, `module "n" { source = "../m${index + 1}" }\n`)
  expect(programs()).toEqual(['file more than 200 modules'])
})
