import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkedOutCommit } from '../src/checkout.ts'

const workspace = mkdtempSync(join(tmpdir(), 'checkout-'))
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: workspace,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

beforeAll(() => {
  git('init', '--quiet')
  mkdirSync(join(workspace, 'infra/nested'), { recursive: true })
  writeFileSync(join(workspace, 'infra/nested/main.tf'), '')
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
})
afterAll(() => rmSync(workspace, { recursive: true }))

const commit = () => checkedOutCommit(join(workspace, 'infra/nested'), workspace)

test('the commit is found from a directory below, on a branch, packed and detached', () => {
  const head = git('rev-parse', 'HEAD')
  expect(commit()).toBe(head)
  git('pack-refs', '--all')
  expect(commit()).toBe(head)
  git('checkout', '--quiet', '--detach')
  expect(commit()).toBe(head)
})

test('another repository inside is the one that counts', () => {
  const inner = join(workspace, 'inner')
  mkdirSync(join(inner, '.git'), { recursive: true })
  writeFileSync(join(inner, '.git/HEAD'), `${'a'.repeat(40)}\n`)
  expect(checkedOutCommit(inner, workspace)).toBe('a'.repeat(40))
})

test.each([['ref: refs/heads/gone'], ['ref: refs/../../etc/passwd'], ['nonsense'], ['']])(
  'what git would not write is no commit: %j',
  text => {
    const odd = join(workspace, 'odd')
    mkdirSync(join(odd, '.git'), { recursive: true })
    writeFileSync(join(odd, '.git/HEAD'), text)
    expect(checkedOutCommit(odd, workspace)).toBeUndefined()
  },
)

test('where there is no repository there is no commit', () => {
  expect(checkedOutCommit(mkdtempSync(join(tmpdir(), 'bare-')), tmpdir())).toBeUndefined()
})
