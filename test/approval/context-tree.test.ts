/** The hash of what an image is built from, from a real git repository. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readContextTree } from '../../src/approval/context-tree.ts'

const repository = mkdtempSync(join(tmpdir(), 'context-'))
const git = (...args: string[]) => {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...author, ...args], { cwd: repository, encoding: 'utf8' }).trim()
}
const write = (path: string, text: string) => {
  mkdirSync(join(repository, path, '..'), { recursive: true })
  writeFileSync(join(repository, path), text)
}
git('init', '--quiet')
write('server/Dockerfile', 'FROM scratch')
write('infra/main.tf', '')
git('add', '.')
git('commit', '--quiet', '-m', 'One')

const treeOf = (path: string, directory = repository) => readContextTree(path, directory, process.env)

test('a change elsewhere keeps the tree, a change in the path does not', async () => {
  const before = await treeOf('server')
  const whole = await treeOf('.')
  expect(before).toBe(git('rev-parse', 'HEAD:server'))
  expect(whole).toBe(git('rev-parse', 'HEAD^{tree}'))
  write('infra/main.tf', 'locals {}')
  git('commit', '--quiet', '-am', 'Two')
  expect(await treeOf('server')).toBe(before)
  expect(await treeOf('.')).not.toBe(whole)
  write('server/Dockerfile', 'FROM alpine')
  expect(await treeOf('server')).toBe(before)
  git('commit', '--quiet', '-am', 'Three')
  expect(await treeOf('server')).not.toBe(before)
})

test('the path is one of the repository, also from a directory below', async () => {
  expect(await treeOf('server', join(repository, 'infra'))).toBe(git('rev-parse', 'HEAD:server'))
  expect(await treeOf('server/Dockerfile')).toBe(git('rev-parse', 'HEAD:server/Dockerfile'))
})

test.each(['missing', 'server/missing', '-x', 'server:'])('%s is not in the commit', async path => {
  expect(await treeOf(path)).toBeUndefined()
})

test('without a repository or without git, the error says so', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'empty-'))
  await expect(treeOf('server', empty)).rejects.toThrow(/git cannot read the checked-out commit: fatal: not a git repo/)
  await expect(readContextTree('server', repository, { PATH: empty })).rejects.toThrow('git is not on the runner')
})
