/** What Terraform 1.11.4 has really said, in test/fixtures/diagnostics: scripts/golden-diagnostics.ts asks it again. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Diagnostic, fromValidate, readDiagnostics } from '../../src/terraform/diagnostics.ts'

const fixtures = new URL('../fixtures/diagnostics/', import.meta.url)

/** `FILE:LINE ADDRESS: SUMMARY`, as far as known. */
const describePlace = ({ summary, file, line, address }: Diagnostic) =>
  [file === undefined ? '' : `${file}:${line}`, address ?? '', summary].filter(part => part !== '').join(' ')

const expected: Record<string, (string | RegExp)[]> = {
  'api-error': [
    /^main\.tf:7 aws_ecs_service\.this\["weather"\] creating ECS Service \(weather\): .*StatusCode: 400/,
    /^main\.tf:14 aws_s3_bucket_versioning\.state creating S3 Bucket .* api error NoSuchBucket: The specified bucket/,
  ],
  'backend-error': [
    /^Failed to get existing workspaces: S3 bucket "no-such-bucket-at-all" does not exist\.$/,
    /^operation error S3: ListObjectsV2, .*NoSuchBucket:$/,
  ],
  'duplicate-resource': ['network.tf:3 Duplicate resource "terraform_data" configuration'],
  'failed-precondition': ['main.tf:10 Resource precondition failed'],
  'invalid-for-each': ['main.tf:6 Invalid for_each argument'],
  'missing-argument': ['server/main.tf:1 Missing required argument', 'server/main.tf:3 Unsupported argument'],
  'module-not-found': ['Unreadable module directory', 'main.tf:1 Unreadable module directory'],
  'prevented-destroy': ['main.tf:1 Instance cannot be destroyed'],
  'rejected-value': [
    'production.auto.tfvars:1 Invalid value for variable',
    'production.auto.tfvars:2 Invalid value for input variable',
  ],
  'required-variable': ['main.tf:1 No value for required variable'],
  'syntax-error': ['main.tf:4 Missing item separator'],
  'undeclared-names': [
    'main.tf:7 Reference to undeclared input variable',
    'main.tf:7 Reference to undeclared local value',
    'main.tf:11 Unsupported argument',
  ],
  'words-of-others': ['main.tf:4 terraform_data.server["a, b\\n::error::c"] local-exec provisioner error'],
}

describe('what Terraform says for people', () => {
  test.each(readdirSync(fixtures))('%s', name => {
    const stderr = readFileSync(new URL(`${name}/stderr.txt`, fixtures), 'utf8')
    const diagnostics = readDiagnostics(stderr)
    expect(diagnostics.map(describePlace)).toEqual(
      expected[name]?.map(line => (typeof line === 'string' ? line : expect.stringMatching(line))),
    )
    expect(diagnostics.every(({ severity }) => severity === 'error')).toBe(true)
    // Nothing is lost but the line that only says that others follow, and what is said twice.
    const words = diagnostics.flatMap(({ summary, excerpt, detail }) => `${summary} ${excerpt} ${detail}`.split(/\s+/))
    const preamble =
      /Error: Terraform encountered problems during initialisation[\s\S]*?modules and providers need to be installed\./
    for (const word of stderr
      .replace(preamble, '')
      .replace(/^Error: /gm, '')
      .trim()
      .split(/\s+/))
      expect(words).toContain(word)
  })

  test('the values and the code stay together, and the detail keeps its lines', () => {
    const [diagnostic] = readDiagnostics(readFileSync(new URL('failed-precondition/stderr.txt', fixtures), 'utf8'))
    expect(diagnostic?.excerpt.split('\n')).toEqual([
      '  on main.tf line 10, in resource "terraform_data" "service":',
      '  10:       condition     = var.tasks > 0',
      '    ├────────────────',
      '    │ var.tasks is 0',
    ])
    expect(diagnostic?.detail).toBe(
      'The service needs at least one task: see https://example.com/tasks, and ask\n@team.',
    )
  })

  test('a summary of several paragraphs, and a provider that gives no place', () => {
    const diagnostics = readDiagnostics(
      'Error: creating X: 2 errors occurred:\n\t* one\n\t* two\n\n\n\n  with a.b["c, d"],\n  on main.tf line 2, in resource "a" "b":\n   2: resource "a" "b" {\n\nError: timeout\n\n  with a.c,\n\nno answer\n',
    )
    expect(diagnostics).toEqual([
      {
        severity: 'error',
        summary: 'creating X: 2 errors occurred: * one * two',
        detail: '',
        excerpt: '  with a.b["c, d"],\n  on main.tf line 2, in resource "a" "b":\n   2: resource "a" "b" {',
        address: 'a.b["c, d"]',
        file: 'main.tf',
        line: 2,
      },
      { severity: 'error', summary: 'timeout', detail: 'no answer', excerpt: '  with a.c,', address: 'a.c' },
    ])
  })

  test('lines of Windows, warnings beside errors, a preamble alone, and what is no diagnostic', () => {
    const windows = 'Warning: Old\r\n\r\n  on a\\main.tf line 1:\r\n   1: x\r\n\r\nUse new.\r\n\r\nError: Bad\r\n'
    expect(readDiagnostics(windows).map(each => `${each.severity} ${describePlace(each)}`)).toEqual([
      'warning a\\main.tf:1 Old',
      'error Bad',
    ])
    expect(readDiagnostics('Error: Terraform encountered problems during initialisation.\n')).toHaveLength(1)
    for (const text of ['', 'Workspace "a" doesn\'t exist.\n', '!!! TERRAFORM CRASH !!!\nError: x', 'Error:\n'])
      expect(readDiagnostics(text)).toEqual([])
  })
})

test('what validate says as JSON is the same', () => {
  expect(
    fromValidate({
      severity: 'error',
      summary: 'Unsupported argument',
      detail: 'Not here.',
      range: { filename: 'server/main.tf', start: { line: 3 } },
      snippet: { context: 'resource "a" "b"', code: '  replicas = 2', start_line: 3 },
    }),
  ).toEqual({
    severity: 'error',
    summary: 'Unsupported argument',
    detail: 'Not here.',
    excerpt: '  on server/main.tf line 3, in resource "a" "b":\n   3:   replicas = 2',
    file: 'server/main.tf',
    line: 3,
  })
  expect(fromValidate({ severity: 'warning', summary: 'Deprecated' })).toEqual({
    severity: 'warning',
    summary: 'Deprecated',
    detail: '',
    excerpt: '',
  })
})
