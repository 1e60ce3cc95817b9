/** What the build says of other people's work in dist, held against the bundles and against CycloneDX's own schema. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { type RolldownOptions, rolldown } from 'rolldown'
import license from 'rollup-plugin-license'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import config from '../../rolldown.config.ts'
import { billOfMaterials, thirdParties } from '../../scripts/third-parties.ts'

const repository = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')

interface Component {
  readonly name: string
  readonly group?: string
  readonly version: string
}
const shipped = () => JSON.parse(read('dist/sbom.json')) as { components: Component[] }
const fullName = ({ group, name, version }: Component) => `${group === undefined ? '' : `${group}/`}${name} ${version}`

describe('dist/sbom.json', () => {
  test('is what CycloneDX 1.6 says it must be', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
    expect(await validator.validate(read('dist/sbom.json'))).toBeNull()
    expect(await validator.validate(read('dist/sbom.json').replace('"library"', '"libary"'))).not.toBeNull()
  })

  test('lists the packages of dist/licenses.txt', () => {
    const named = [...read('dist/licenses.txt').matchAll(/^Name: (.+)\nVersion: (.+)$/gm)]
    expect(named.length).toBeGreaterThan(20)
    expect(shipped().components.map(fullName).sort()).toEqual(named.map(([, name, v]) => `${name} ${v}`).sort())
  })

  test('lists what dist/post.js is made of too', async () => {
    const { plugins: _, output: _output, ...options } = config as RolldownOptions
    const bundle = await rolldown({ ...options, input: join(repository, 'src/post.ts'), logLevel: 'silent' })
    const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
    await bundle.close()
    const [chunk] = output
    const packages = Object.entries(chunk.modules).flatMap(([id, { renderedLength }]) => {
      const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id) ?? []
      return name === undefined || renderedLength === 0 ? [] : [name.replaceAll('\\', '/')]
    })
    expect(packages).toContain('@actions/core')
    const listed = shipped().components.map(each => fullName(each).split(' ')[0])
    expect([...new Set(packages)].filter(name => !listed.includes(name))).toEqual([])
  })
})

describe('a build', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'third-parties-'))
    write('package.json', { name: 'product', version: '1.0.0', description: 'A product', license: 'Apache-2.0' })
    write('package-lock.json', {
      packages: { 'node_modules/used': { version: '2.0.0', integrity: 'sha512-AAECAw==' } },
    })
    writeFileSync(
      join(root, 'main.js'),
      "import { used } from 'used'\nimport { unused } from 'unused'\nconsole.log(used)\n",
    )
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const write = (file: string, content: object) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), JSON.stringify(content))
  }
  const install = (name: string, version: string, more: object) => {
    write(`node_modules/${name}/package.json`, {
      name,
      version,
      type: 'module',
      main: 'index.js',
      sideEffects: false,
      ...more,
    })
    writeFileSync(join(root, 'node_modules', name, 'index.js'), `export const ${name} = '${name}'\n`)
  }
  const build = async () => {
    const output = join(root, 'dist')
    // @ts-expect-error its types describe the CommonJS build, and Node gives the function itself
    const plugins = [license({ cwd: root, thirdParty: thirdParties(root, output) })]
    const bundle = await rolldown({ input: join(root, 'main.js'), plugins, logLevel: 'silent' })
    await bundle.write({ dir: output })
    await bundle.close()
    return readFileSync(join(output, 'sbom.json'), 'utf8')
  }

  test('lists what is left in the bundle, and nothing else', async () => {
    install('used', '2.0.0', { license: 'MIT' })
    install('unused', '1.0.0', { license: 'GPL-3.0-only' })
    const sbom = await build()
    expect(JSON.parse(sbom).components).toEqual([
      {
        type: 'library',
        'bom-ref': 'pkg:npm/used@2.0.0',
        name: 'used',
        version: '2.0.0',
        hashes: [{ alg: 'SHA-512', content: '00010203' }],
        licenses: [{ license: { id: 'MIT' } }],
        purl: 'pkg:npm/used@2.0.0',
      },
    ])
    expect(await build()).toBe(sbom)
  })

  test.each([
    ['GPL-3.0-only', /used.*GPL-3\.0-only/],
    ['MIT AND LGPL-3.0-only', /used.*LGPL-3\.0-only/],
    [undefined, /used.*license/],
  ])('stops at the licence %s', async (licence, message) => {
    install('used', '2.0.0', licence === undefined ? {} : { license: licence })
    install('unused', '1.0.0', { license: 'MIT' })
    await expect(build()).rejects.toThrow(message)
  })

  test('stops at a package that is not the one of the lock file', async () => {
    install('used', '2.0.1', { license: 'MIT' })
    install('unused', '1.0.0', { license: 'MIT' })
    await expect(build()).rejects.toThrow('package-lock.json has no SHA-512 of used 2.0.1')
  })
})

test('a choice of licences is an expression', () => {
  const lock = { packages: { 'node_modules/@a/b': { version: '1.0.0', integrity: 'sha512-AA==' } } }
  const product = { name: 'product', version: '1.0.0', description: '', license: 'Apache-2.0' }
  const { components } = billOfMaterials(
    product,
    [{ name: '@a/b', version: '1.0.0', license: '(MIT OR GPL-3.0)' }],
    lock,
  )
  expect(components[0]).toMatchObject({
    group: '@a',
    name: 'b',
    purl: 'pkg:npm/%40a/b@1.0.0',
    licenses: [{ expression: '(MIT OR GPL-3.0)' }],
  })
})
