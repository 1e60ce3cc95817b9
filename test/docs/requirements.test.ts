/** package.json owns the versions of Node.js that this project needs, and every place that names one has its figures. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const { engines, devEngines } = JSON.parse(read('package.json')) as {
  engines: { node: string }
  devEngines: { runtime: { name: string; version: string } }
}

/** What runs the action, the command line and the scripts. */
const runs = engines.node.replace('>=', '')
/** What npm needs, until it has installed the other one. */
const installs = devEngines.runtime.version.replace('>=', '')
/** The first version whose own agents use a proxy. No script needs it. */
const proxies = '24.5'

test('the figures are whole versions, and npm needs no newer one than the scripts', () => {
  expect(runs).toMatch(/^\d+$/)
  expect(installs).toMatch(/^\d+\.\d+$/)
  expect(Number.parseFloat(installs)).toBeLessThanOrEqual(Number(runs))
})

test('the action, the types and the installed binary are of that version', () => {
  expect(parse(read('action.yml')).runs.using).toBe(`node${runs}`)
  const { devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >
  expect(devDependencies?.['@types/node']).toMatch(new RegExp(`^${runs}\\.`))
  for (const [name, version] of Object.entries(optionalDependencies ?? {}).filter(([name]) =>
    name.startsWith('node-'),
  )) {
    expect(version, name).toMatch(new RegExp(`^${runs}\\.`))
  }
})

test('every page that names a needed version of Node.js has one of these figures', () => {
  const pages = execFileSync('git', ['ls-files', '-z', '--', '*.md', ':!docs/decisions', ':!test', ':!CHANGELOG.md'], {
    cwd: root,
    encoding: 'utf8',
  })
  const named = pages
    .split('\0')
    .filter(page => page !== '')
    .flatMap(page =>
      [...read(page).matchAll(/Node(?:\.js)? (\d+(?:\.\d+)*)(?:\s+or\s+newer|\.x|,| for actions)/g)].map(
        ([text, version]) => ({
          page,
          text,
          version,
        }),
      ),
    )
  expect(new Set(named.map(({ page }) => page)).size).toBeGreaterThan(3)
  for (const { page, text, version } of named) expect([runs, installs, proxies], `${page}: ${text}`).toContain(version)
})

/** A Node.js of this machine that is older than the one that the scripts need. */
const older = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']
  .filter(directory => !directory.includes('node_modules'))
  .map(directory => join(directory, 'node'))
  .filter(file => existsSync(file))
  .find(
    file =>
      Number.parseInt(execFileSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' }), 10) < Number(runs),
  )
if (older === undefined) console.warn('NOT RUN: the errors on an older Node.js, because this machine has none.')

describe.skipIf(older === undefined)('on an older Node.js', () => {
  const old = older ?? ''
  const version = older === undefined ? '' : execFileSync(old, ['--version'], { encoding: 'utf8' }).trim()

  test('mcp-gate ends with one sentence, before it does anything', () => {
    const { status, stdout, stderr } = spawnSync(old, [join(root, 'dist/cli.js'), 'https://mcp.example.com/mcp'], {
      encoding: 'utf8',
    })
    expect(`${stdout}${stderr}`.trim()).toBe(`mcp-gate needs Node.js ${runs} or newer, and this is ${version}.`)
    expect(status).toBe(2)
  })

  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const names = Object.keys(scripts).filter(name => !name.startsWith('pre'))
  const checks = [...new Set(names.map(name => scripts[`pre${name}`]))].filter(command => command !== undefined)

  test.skipIf(checks.length === 0)('each npm script ends with one sentence, before it does anything', () => {
    for (const name of names) expect(scripts[`pre${name}`], name).toBeDefined()
    for (const command of checks) {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, PATH: `${dirname(old)}${delimiter}${process.env.PATH ?? ''}` },
      })
      expect(`${stdout}${stderr}`).toContain(`Node.js ${runs} or newer, and this is ${version}.`)
      expect(status).not.toBe(0)
    }
  })
})
