import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCheckout } from '../src/checkout.ts'

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

const checkout = () => readCheckout(join(workspace, 'infra/nested'), workspace)
const commit = () => checkout()?.commit

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
  expect(readCheckout(inner, workspace)).toEqual({ commit: 'a'.repeat(40), refs: [], origin: undefined })
})

test.each([['ref: refs/heads/gone'], ['ref: refs/../../etc/passwd'], ['nonsense'], ['']])(
  'what git would not write is no commit: %j',
  text => {
    const odd = join(workspace, 'odd')
    mkdirSync(join(odd, '.git'), { recursive: true })
    writeFileSync(join(odd, '.git/HEAD'), text)
    expect(readCheckout(odd, workspace)).toBeUndefined()
  },
)

test('where there is no repository there is no commit', () => {
  expect(readCheckout(mkdtempSync(join(tmpdir(), 'bare-')), tmpdir())).toBeUndefined()
})

test('the branches and tags of the remote that end with the commit are found, loose and packed, and no others', () => {
  const upstream = mkdtempSync(join(tmpdir(), 'upstream-'))
  const clone = mkdtempSync(join(tmpdir(), 'clone-'))
  const run = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd, stdio: 'pipe' })
      .toString()
      .trim()
  run(upstream, 'init', '--quiet', '--initial-branch=main')
  run(upstream, 'commit', '--quiet', '--allow-empty', '-m', 'first')
  run(upstream, 'tag', 'v1')
  run(upstream, 'tag', '--annotate', '-m', 'annotated', 'v2')
  run(upstream, 'branch', 'release/1')
  run(upstream, 'update-ref', 'refs/pull/7/head', 'HEAD')
  run(clone, 'init', '--quiet', '--initial-branch=main')
  run(clone, 'remote', 'add', 'origin', upstream)
  run(clone, 'fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*')
  run(clone, 'fetch', '--quiet', 'origin', '+refs/pull/7/head:refs/remotes/pull/7/head')
  run(clone, 'update-ref', 'refs/remotes/fork/main', 'FETCH_HEAD')
  run(clone, 'checkout', '--quiet', '--detach', 'origin/main')
  run(upstream, 'commit', '--quiet', '--allow-empty', '-m', 'second')
  const expected = { commit: run(upstream, 'rev-parse', 'v1'), origin: upstream }
  expect(readCheckout(clone, clone)).toEqual({
    ...expected,
    refs: ['refs/remotes/origin/main', 'refs/remotes/origin/release/1', 'refs/tags/v1'],
  })
  run(clone, 'pack-refs', '--all')
  expect(readCheckout(clone, clone)).toEqual({
    ...expected,
    refs: ['refs/remotes/origin/main', 'refs/remotes/origin/release/1', 'refs/tags/v1', 'refs/tags/v2'],
  })
  // A fetch from a fork brings its tags, too.
  run(clone, 'remote', 'add', 'fork', 'https://github.com/mallory/mcp-server')
  expect(readCheckout(clone, clone)).toEqual({
    ...expected,
    refs: ['refs/remotes/origin/main', 'refs/remotes/origin/release/1'],
  })
  // A worktree has a commit of its own, whatever is checked out around it.
  run(clone, 'fetch', '--quiet', 'origin', '+refs/heads/main:refs/remotes/origin/main')
  run(clone, 'worktree', 'add', '--quiet', '--detach', 'of-a-pull-request', 'refs/remotes/fork/main')
  run(clone, 'checkout', '--quiet', '--detach', 'origin/main')
  const second = run(upstream, 'rev-parse', 'main')
  expect(readCheckout(clone, clone)?.commit).toBe(second)
  expect(readCheckout(join(clone, 'of-a-pull-request'), clone)).toMatchObject(expected)
  for (const each of [upstream, clone]) rmSync(each, { recursive: true })
})

test.each([['nonsense'], ['gitdir: ../nowhere'], ['gitdir: ../../.git/worktrees/gone']])(
  'a file .git that leads nowhere is no commit: %s',
  text => {
    const odd = join(workspace, 'infra/odd-file')
    mkdirSync(odd, { recursive: true })
    writeFileSync(join(odd, '.git'), text)
    expect(readCheckout(odd, workspace)).toBeUndefined()
  },
)

test('the commit of a submodule is that of the repository around it', () => {
  const submodule = join(workspace, 'infra/submodule')
  mkdirSync(submodule, { recursive: true })
  writeFileSync(join(submodule, '.git'), 'gitdir: ../../.git/modules/submodule\n')
  expect(readCheckout(submodule, workspace)?.commit).toBe(git('rev-parse', 'HEAD'))
})
