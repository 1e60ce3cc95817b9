/** Each npm script says first that Node.js is too old, instead of failing on a TypeScript file. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeProblem } from '../../scripts/check-node.js'

const root = join(import.meta.dirname, '../..')

test.each(['v18.20.8', 'v20.16.0', 'v22.18.0', 'v23.11.1'])(
  '%s is too old, and the message has both versions',
  version => {
    expect(nodeProblem(version)).toContain(`need Node.js 24 or newer, and this is ${version}.`)
  },
)

test.each(['v24.0.0', 'v25.1.0', 'v100.0.0'])('%s is not', version => {
  expect(nodeProblem(version)).toBeUndefined()
})

test('the script passes on the Node.js of the tests', () => {
  expect(execFileSync(process.execPath, [join(root, 'scripts/check-node.js')], { encoding: 'utf8' })).toBe('')
})

test('it runs before every npm script', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const names = Object.keys(scripts).filter(name => !name.startsWith('pre'))
  expect(names).toEqual(expect.arrayContaining(['test', 'demo', 'fix']))
  for (const name of names) expect(scripts[`pre${name}`], name).toBe('node scripts/check-node.js')
})
