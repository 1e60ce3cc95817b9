/**
 * What of other people is in dist: the licences it may have, their texts (dist/licenses.txt) and the bill of materials
 * (dist/sbom.json, CycloneDX 1.6). All three come from the modules that are in the bundle. A package of which nothing is
 * left after tree shaking is in none of them. No time and no random number: the same source gives the same bytes.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dependency } from 'rollup-plugin-license'

/** Licences that an Apache-2.0 product may contain and pass on without more duties for its users. SPDX expression. */
export const allowedLicences = '(0BSD OR Apache-2.0 OR BSD-2-Clause OR BSD-3-Clause OR ISC OR MIT)'

/** What the build needs of package-lock.json. */
export interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>
}

/** What the build needs of package.json. */
export interface Product {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license: string
}

type Package = Pick<Dependency, 'name' | 'version' | 'license'>

/** The option `thirdParty` of rollup-plugin-license: a licence that is not allowed stops the build. */
export function thirdParties(root: string, output: string) {
  const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))
  return {
    allow: { test: allowedLicences, failOnUnlicensed: true, failOnViolation: true },
    output: [
      { file: join(output, 'licenses.txt') },
      {
        file: join(output, 'sbom.json'),
        template: (bundled: Dependency[]) =>
          `${JSON.stringify(billOfMaterials(read('package.json') as Product, bundled, read('package-lock.json') as Lock), null, 2)}\n`,
      },
    ],
  }
}

/** The bill of materials as CycloneDX 1.6. The hashes are those by which npm installed the packages. */
export function billOfMaterials(product: Product, bundled: readonly Package[], lock: Lock) {
  const components = bundled
    .map(each => component(each, lock))
    .sort((a, b) => (a.purl < b.purl ? -1 : a.purl > b.purl ? 1 : 0))
  const { name, version, description, license } = product
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': name,
        name,
        version,
        description,
        licenses: [{ license: { id: license } }],
      },
    },
    components,
  }
}

function component({ name, version, license }: Package, lock: Lock) {
  if (name === null || version === null)
    throw new Error(`A bundled package has no name or no version: ${name}@${version}`)
  const slash = name.indexOf('/')
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  return {
    type: 'library',
    'bom-ref': purl,
    ...(slash === -1 ? {} : { group: name.slice(0, slash) }),
    name: name.slice(slash + 1),
    version,
    hashes: [{ alg: 'SHA-512', content: sha512(name, version, lock) }],
    licenses: [/[\s(]/.test(license ?? '') ? { expression: license } : { license: { id: license } }],
    purl,
  }
}

/** The hash of the package's archive in hexadecimal digits, as package-lock.json has it. */
function sha512(name: string, version: string, lock: Lock): string {
  const locked = Object.entries(lock.packages).find(
    ([path, entry]) => path.endsWith(`node_modules/${name}`) && entry.version === version,
  )
  const base64 = /^sha512-(\S+)$/.exec(locked?.[1].integrity ?? '')?.[1]
  if (base64 === undefined)
    throw new Error(`package-lock.json has no SHA-512 of ${name} ${version}, which is bundled: run npm install.`)
  return Buffer.from(base64, 'base64').toString('hex')
}
