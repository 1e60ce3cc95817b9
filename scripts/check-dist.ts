/** Builds dist in place and fails when that changed it: what is committed is what src gives, byte for byte. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

function dist(): Map<string, string> {
  const names = existsSync(`${root}dist`) ? readdirSync(`${root}dist`, { recursive: true, encoding: 'utf8' }) : []
  return new Map(
    names
      .filter(name => statSync(`${root}dist/${name}`).isFile())
      .map(name => [name, readFileSync(`${root}dist/${name}`, 'utf8')]),
  )
}

const before = dist()
execFileSync('npm', ['run', '--silent', 'bundle'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
const after = dist()
const stale = [...new Set([...before.keys(), ...after.keys()])].filter(name => before.get(name) !== after.get(name))
if (stale.length > 0) {
  console.error(`dist was not what src gives: ${stale.join(', ')}. It is built now: commit it.`)
  process.exitCode = 1
}
