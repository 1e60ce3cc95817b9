/**
 * The scripts of .github/workflows/release.yml, run in their order with a stand-in for GitHub's CLI on PATH that notes what it is
 * asked. What GitHub makes of it, only a real release shows.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'

const repository = join(import.meta.dirname, '../..')
const workflow = parse(readFileSync(join(repository, '.github/workflows/release.yml'), 'utf8')) as {
  jobs: Record<string, { permissions?: Record<string, string>; environment?: string; steps?: Step[] }>
}
interface Step {
  readonly name?: string
  readonly run?: string
  readonly uses?: string
}

/** Answers what the workflow asks, as ANSWERS says it: lines of a pattern, a tab, and the answer. */
const GH = `#!/bin/bash
echo "$*" >> "$CALLS"
while IFS=$'\\t' read -r pattern answer; do
  case "$*" in *$pattern*) echo "$answer" ;; esac
done <<< "$ANSWERS"
true
`

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-'))
  for (const directory of ['bin', 'dist/chunks', 'scripts']) mkdirSync(join(root, directory), { recursive: true })
  writeFileSync(join(root, 'bin/gh'), GH)
  chmodSync(join(root, 'bin/gh'), 0o755)
  writeFileSync(join(root, 'dist/index.js'), 'code')
  writeFileSync(join(root, 'dist/chunks/apply.js'), 'code')
  writeFileSync(join(root, 'dist/licenses.txt'), 'licences')
  writeFileSync(join(root, 'dist/sbom.json'), '{}')
  cpSync(join(repository, 'scripts/release-notes.ts'), join(root, 'scripts/release-notes.ts'))
  writeFileSync(join(root, 'package.json'), '{ "version": "1.2.0", "type": "module" }')
  writeFileSync(
    join(root, 'CHANGELOG.md'),
    '# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-12-01\n\nNew: `destroy`.\n',
  )
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Runs the scripts of a job until one fails, and says which, what it said, and what GitHub was asked. */
function run(job: string, answers: Record<string, string> = {}, env: Record<string, string> = {}) {
  const calls = join(root, 'calls')
  rmSync(calls, { force: true })
  const given = { 'releases/tags/v1.2.0': 'true', 'commits/v1.2.0': 'c0ffee', ...answers }
  const asked = () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [])
  for (const { name, run: script } of workflow.jobs[job]?.steps ?? []) {
    if (script === undefined) continue
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: root,
      encoding: 'utf8',
      env: {
        PATH: [join(root, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
        CALLS: calls,
        ANSWERS: Object.entries(given)
          .map(([pattern, answer]) => `${pattern}\t${answer}`)
          .join('\n'),
        GITHUB_SHA: 'c0ffee',
        GITHUB_REPOSITORY: 'acme/terraform-mcp-deploy',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_STEP_SUMMARY: join(root, 'summary.md'),
        BRANCH: 'main',
        RUNNER_TEMP: root,
        VERSION: '1.2.0',
        TAG: 'v1.2.0',
        ...env,
      },
    })
    if (status !== 0) return { failed: name ?? script, said: stdout + stderr, asked: asked() }
  }
  return { failed: undefined, said: '', asked: asked() }
}

const attested = (file: string) =>
  `attestation verify dist/${file} --repo acme/terraform-mcp-deploy --source-digest c0ffee --signer-workflow acme/terraform-mcp-deploy/.github/workflows/release.yml`

test('a first release: verified, a draft with everything, published, and only then the major tag is made', () => {
  const { failed, asked } = run('publish')
  expect(failed).toBeUndefined()
  expect(asked).toEqual([
    attested('chunks/apply.js'),
    attested('index.js'),
    attested('licenses.txt'),
    attested('sbom.json'),
    'release view v1.2.0 --json isDraft --jq .isDraft',
    `release create v1.2.0 --draft --target c0ffee --title v1.2.0 --notes-file ${root}/notes.md dist/licenses.txt dist/sbom.json ${root}/SHA256SUMS`,
    'release edit v1.2.0 --draft=false --latest',
    'api repos/acme/terraform-mcp-deploy/releases/tags/v1.2.0 --jq .immutable',
    'api repos/acme/terraform-mcp-deploy/commits/v1.2.0 --jq .sha',
    'api repos/acme/terraform-mcp-deploy/git/matching-refs/tags/v1 --jq .[] | select(.ref == "refs/tags/v1").ref',
    'api --method POST repos/acme/terraform-mcp-deploy/git/refs -f ref=refs/tags/v1 -f sha=c0ffee',
  ])
  expect(readFileSync(join(root, 'notes.md'), 'utf8')).toBe('New: `destroy`.\n')
  expect(readFileSync(join(root, 'SHA256SUMS'), 'utf8')).toMatch(
    /^[0-9a-f]{64} {2}dist\/chunks\/apply\.js\n[0-9a-f]{64} {2}dist\/index\.js\n(?:[0-9a-f]{64} {2}dist\/\S+\n){2}$/,
  )
})

test('a later one moves the major tag, and replaces the draft of an attempt that failed', () => {
  const { failed, asked } = run('publish', { 'release view': 'true', 'matching-refs/tags/v1': 'refs/tags/v1' })
  expect(failed).toBeUndefined()
  expect(asked).toContain('release delete v1.2.0 --yes')
  expect(asked.at(-1)).toBe(
    'api --method PATCH repos/acme/terraform-mcp-deploy/git/refs/tags/v1 -f sha=c0ffee -F force=true',
  )
})

test.each([
  ['can still be changed', { 'releases/tags/v1.2.0': 'false' }, /can still be changed.*Enable release immutability/],
  ['is another commit', { 'commits/v1.2.0': 'decade' }, /v1\.2\.0 is not the commit that was tested, c0ffee/],
])('a release that %s is red, and the major tag stays', (_, answers, message) => {
  const { failed, said, asked } = run('publish', answers)
  expect(failed).toBe('It is immutable')
  expect(said).toMatch(message)
  expect(asked.filter(call => call.includes('--method'))).toEqual([])
})

test.each([
  [
    'from another branch',
    {},
    { GITHUB_REF: 'refs/heads/patch' },
    'Only the main branch is released',
    /Start it on main/,
  ],
  [
    'of a version that is taken',
    { 'tags/v1.2.0': 'refs/tags/v1.2.0' },
    {},
    'The version is not taken',
    /tag v1\.2\.0 exists/,
  ],
  [
    'with a command for a version',
    {},
    { VERSION: '1.2.0; gh release delete v1.1.0' },
    /release-notes/,
    /is not a version/,
  ],
])('nothing is begun %s', (_, answers, env, step, message) => {
  const { failed, said, asked } = run('notes', answers, env)
  expect(failed).toMatch(step)
  expect(said).toMatch(message)
  expect(asked.filter(call => call.includes('delete'))).toEqual([])
})

test('what is right is begun, and its notes are in the summary', () => {
  expect(run('notes').failed).toBeUndefined()
  expect(readFileSync(join(root, 'summary.md'), 'utf8')).toBe('New: `destroy`.\n')
})

test('no job that may write or sign runs npm, and the one that publishes waits for an approval', () => {
  for (const [name, { permissions = {}, environment, steps = [] }] of Object.entries(workflow.jobs)) {
    const writes = Object.entries(permissions).filter(([, access]) => access === 'write')
    expect(writes.length === 0 || steps.every(({ run: script = '' }) => !/\bnp[mx]\b/.test(script)), name).toBe(true)
    expect(permissions.contents === 'write', name).toBe(environment === 'release')
  }
})
