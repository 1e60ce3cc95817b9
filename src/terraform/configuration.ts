/**
 * Reads the module calls, the backend and the endpoint output of a module without running Terraform. A file with a
 * syntax error is read as far as possible; Terraform reports the line later.
 */

import { type Backend, readSettings } from './backend.ts'
import { parseHcl, plainString } from './hcl.ts'

/** The parts of one module that discovery needs. */
export interface Configuration {
  /** The `source` of each module call, if it is a plain string. */
  readonly sources: readonly string[]
  readonly backend: Backend | undefined
  /** Whether it has the output `mcp_endpoint`, which the action reads. */
  readonly hasEndpoint: boolean
}

const endpointOutput = 'mcp_endpoint'

/** Words of files that must be parsed. Most files with variables and resources hold none of them. */
const relevantWords = new RegExp(String.raw`\b(module|terraform|${endpointOutput})\b`)

/** Whether Terraform or OpenTofu reads the file in a module. */
export function isConfigurationFile(name: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(name)
}

/**
 * Reads the files of one module.
 * @param files names or paths; files that Terraform does not read are skipped
 * @param textOf returns the text of a file, undefined when it cannot be read
 */
export function readConfiguration(
  files: readonly string[],
  textOf: (file: string) => string | undefined,
): Configuration {
  // Override files are read last, and their backend overrides another one.
  const isOverride = (file: string) => /(^|[/_])override\.\w+(\.json)?$/.test(file)
  const read = files.filter(isConfigurationFile)
  const ordered = read.toSorted((a, b) => Number(isOverride(a)) - Number(isOverride(b)))
  const all = ordered.map(file => {
    const text = textOf(file) ?? ''
    if (!relevantWords.test(text)) return { sources: [], backend: undefined, hasEndpoint: false }
    return file.endsWith('.json') ? readJson(text) : readHcl(text)
  })
  return {
    sources: all.flatMap(({ sources }) => sources),
    backend: all.findLast(({ backend }) => backend !== undefined)?.backend,
    hasEndpoint: all.some(({ hasEndpoint }) => hasEndpoint),
  }
}

function readHcl(text: string): Configuration {
  const { blocks } = parseHcl(text)
  const ofType = (type: string) => blocks.filter(block => block.type === type)
  const backends = ofType('terraform').flatMap(block =>
    block.blocks.filter(({ type }) => type === 'backend' || type === 'cloud'),
  )
  const backend = backends.at(-1)
  return {
    sources: ofType('module').flatMap(({ attributes }) => plainString(attributes.get('source')) ?? []),
    backend: backend && { type: backend.labels[0] ?? backend.type, settings: readSettings(backend) },
    hasEndpoint: ofType('output').some(({ labels }) => labels[0] === endpointOutput),
  }
}

function readJson(text: string): Configuration {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    document = undefined
  }
  const { terraform, module, output } = objectOf(document)
  const backends = objectsOf(terraform).flatMap(each => [
    ...objectsOf(each.backend).flatMap(byType => Object.entries(byType)),
    ...(each.cloud === undefined ? [] : [['cloud', each.cloud] as const]),
  ])
  const [type, settings] = backends.at(-1) ?? []
  return {
    sources: objectsOf(module)
      .flatMap(byName => Object.values(byName))
      .flatMap(objectsOf)
      .flatMap(({ source }) => (typeof source === 'string' ? source : [])),
    backend: type === undefined ? undefined : { type, settings: textsOf(objectOf(objectsOf(settings)[0])) },
    hasEndpoint: objectsOf(output).some(byName => endpointOutput in byName),
  }
}

/** The objects of a block, which is one object or a list of objects in JSON. */
function objectsOf(value: unknown): Record<string, unknown>[] {
  return [value].flat().filter(each => typeof each === 'object' && each !== null) as Record<string, unknown>[]
}

function objectOf(value: unknown): Record<string, unknown> {
  return objectsOf(value)[0] ?? {}
}

function textsOf(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}
