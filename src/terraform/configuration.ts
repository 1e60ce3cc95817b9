/**
 * What a directory of Terraform files says of itself without Terraform: the modules it calls, its backend, and whether it
 * has an endpoint. What does not parse is taken as far as it goes; Terraform names the line later.
 */

import { type Backend, settingsIn } from './backend.ts'
import { outlineOf, plainString } from './hcl.ts'

export interface Configuration {
  /** `source` of each module that is called, where it is plain text. */
  readonly sources: readonly string[]
  readonly backend: Backend | undefined
  /** Whether it has the output that the action reads. */
  readonly hasEndpoint: boolean
}

const endpointOutput = 'mcp_endpoint'

/** Without these words a file says nothing of it. Most files of variables and resources are not read any further. */
const saysSomething = new RegExp(String.raw`\b(module|terraform|${endpointOutput})\b`)

/** Files that Terraform or OpenTofu reads in a module. */
export function isConfigurationFile(name: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(name)
}

/**
 * Reads the files of one module.
 * @param files their names or paths, of which those that Terraform does not read are passed over
 * @param textOf the text of one of them, undefined when it cannot be read
 */
export function readConfiguration(
  files: readonly string[],
  textOf: (file: string) => string | undefined,
): Configuration {
  // Override files are read last, and their backend takes the place of another.
  const isOverride = (file: string) => /(^|[/_])override\.\w+(\.json)?$/.test(file)
  const read = files.filter(isConfigurationFile)
  const ordered = read.toSorted((a, b) => Number(isOverride(a)) - Number(isOverride(b)))
  const all = ordered.map(file => {
    const text = textOf(file) ?? ''
    if (!saysSomething.test(text)) return { sources: [], backend: undefined, hasEndpoint: false }
    return file.endsWith('.json') ? inJson(text) : inHcl(text)
  })
  return {
    sources: all.flatMap(({ sources }) => sources),
    backend: all.findLast(({ backend }) => backend !== undefined)?.backend,
    hasEndpoint: all.some(({ hasEndpoint }) => hasEndpoint),
  }
}

function inHcl(text: string): Configuration {
  const { blocks } = outlineOf(text)
  const ofType = (type: string) => blocks.filter(block => block.type === type)
  const backends = ofType('terraform').flatMap(block =>
    block.blocks.filter(({ type }) => type === 'backend' || type === 'cloud'),
  )
  const backend = backends.at(-1)
  return {
    sources: ofType('module').flatMap(({ attributes }) => plainString(attributes.get('source')) ?? []),
    backend: backend && { type: backend.labels[0] ?? backend.type, settings: settingsIn(backend) },
    hasEndpoint: ofType('output').some(({ labels }) => labels[0] === endpointOutput),
  }
}

function inJson(text: string): Configuration {
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

/** In JSON a block may stand alone or in a list. */
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
