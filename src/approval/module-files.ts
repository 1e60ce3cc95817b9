/** The local values and dynamic blocks of a module, which the JSON plan omits, read from its files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { asList, asObject, asText, parseJson } from '../json.ts'
import { type Block, type Body, parseHcl } from '../terraform/hcl.ts'

/** The parts of a module that the JSON plan omits. */
export interface ModuleFiles {
  /** The expression of a local value as written; undefined if the module has no such local value. */
  local(name: string): string | undefined
  /** The expressions in the dynamic blocks of a resource, such as `ingress` of `aws_security_group.this`. */
  dynamicBlocks(resource: string, block: string): readonly string[]
}

/**
 * Returns a function that reads a module by the names of its calls, joined by dots.
 * @param directory the root module
 * @param dataDirectory the directory in which `terraform init` lists the modules
 */
export function moduleFilesOf(
  directory: string,
  dataDirectory: string,
): (modulePath: string) => ModuleFiles | undefined {
  const read = new Map<string, ModuleFiles | undefined>()
  let directories: ReadonlyMap<string, string> | undefined
  return modulePath => {
    if (!read.has(modulePath)) {
      directories ??= moduleDirectories(directory, dataDirectory)
      const place = directories.get(modulePath)
      read.set(modulePath, place === undefined ? undefined : readModuleFiles(place))
    }
    return read.get(modulePath)
  }
}

/** Reads the files of a module. @returns undefined if they cannot be read, or one is JSON, which has another syntax */
function readModuleFiles(directory: string): ModuleFiles | undefined {
  if (!existsSync(directory)) return undefined
  const files = readdirSync(directory).filter(name => /\.(?:tf|tofu)(?:\.json)?$/.test(name))
  if (files.some(name => name.endsWith('.json'))) return undefined
  const locals = new Map<string, string>()
  const dynamic = new Map<string, string[]>()
  for (const file of files) {
    const text = readFileSync(join(directory, file), 'utf8')
    if (!/\b(?:locals|dynamic)\b/.test(text)) continue
    for (const block of parseHcl(text).blocks) {
      // A name in an override file replaces another one, so both expressions count.
      if (block.type === 'locals')
        for (const [name, value] of block.attributes) locals.set(name, `${locals.get(name) ?? ''} ${value}`)
      if (block.type !== 'resource' && block.type !== 'data') continue
      const resource = `${block.type === 'data' ? 'data.' : ''}${block.labels.join('.')}`
      collectDynamic(block, undefined, (name, value) => {
        const key = `${resource} ${name}`
        dynamic.set(key, [...(dynamic.get(key) ?? []), value])
      })
    }
  }
  return {
    local: name => locals.get(name),
    dynamicBlocks: (resource, block) => dynamic.get(`${resource} ${block}`) ?? [],
  }
}

/** Visits the expressions in dynamic blocks, under the name of the attribute of the resource that contains them. */
function collectDynamic(block: Body, attribute: string | undefined, add: (name: string, value: string) => void): void {
  for (const inner of block.blocks) {
    const name = attribute ?? blockName(inner)
    if (inner.type === 'dynamic' || attribute !== undefined) collectAll(inner, value => add(name, value))
    else collectDynamic(inner, holdsDynamic(inner) ? name : undefined, add)
  }
}

function blockName({ type, labels }: Block): string {
  return type === 'dynamic' ? (labels[0] ?? '') : type
}

function holdsDynamic({ blocks }: Body): boolean {
  return blocks.some(inner => inner.type === 'dynamic' || holdsDynamic(inner))
}

function collectAll({ attributes, blocks }: Body, add: (value: string) => void): void {
  for (const value of attributes.values()) add(value)
  for (const inner of blocks) collectAll(inner, add)
}

/** The directory of each module, by the names of its calls; of the root module by the empty text. */
function moduleDirectories(directory: string, dataDirectory: string): ReadonlyMap<string, string> {
  const list = join(dataDirectory, 'modules', 'modules.json')
  const modules = existsSync(list) ? asList(asObject(parseJson(readFileSync(list, 'utf8'))).Modules) : []
  const named = modules.flatMap(each => {
    const { Key, Dir } = asObject(each)
    return typeof Key === 'string' && asText(Dir) !== undefined ? [[Key, resolve(directory, String(Dir))] as const] : []
  })
  return new Map([...named, ['', directory]])
}
