/**
 * The programs that a configuration would start: providers, modules from elsewhere, provisioners and `external` data sources. Read from
 * only its text, for the maintainer who decides whether the code of a fork may be planned.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { isIn } from '../child.ts'
import { type Block, parseHcl, plainString } from './hcl.ts'

/** Something that a plan or an apply would download or start. */
export interface ForeignProgram {
  readonly what: 'provider' | 'module' | 'program' | 'file'
  /** Source of a provider or module, address of a block that starts a program, or path of a file that is not read. */
  readonly name: string
}

/** Bytes of the largest file that is read. */
const maxFileBytes = 1_000_000

/** The most modules of the checkout that are read. */
const maxModules = 200

/**
 * Lists the programs of a root module and of the local modules that it calls, each once, sorted.
 * @param directory the root module
 * @param checkout the directory that local modules must be in
 */
export function foreignPrograms(directory: string, checkout: string): ForeignProgram[] {
  const found = new Map<string, ForeignProgram>()
  const add = (what: ForeignProgram['what'], name: string) => found.set(`${what} ${name}`, { what, name })
  const done = new Set<string>()
  const open = [resolve(directory)]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (done.has(at) || !isIn(at, checkout)) continue
    if (done.size >= maxModules) {
      add('file', `more than ${maxModules} modules`)
      break
    }
    done.add(at)
    const inCheckout = (name: string) => relative(checkout, join(at, name)).replaceAll(sep, '/')
    const blocks: Block[] = []
    for (const name of names(at)) {
      const text = /\.(tf|tofu)$/.test(name) ? regularFile(join(at, name)) : undefined
      if (text === undefined) add('file', inCheckout(name))
      else blocks.push(...parseHcl(text).blocks)
    }
    for (const source of providersOf(blocks)) add('provider', source)
    for (const { type, labels, attributes, blocks: inner } of blocks) {
      const address = [...(type === 'resource' ? [] : [type]), ...labels].join('.')
      if (type === 'module') {
        const source = plainString(attributes.get('source'))
        if (source !== undefined && /^\.{1,2}\//.test(source)) open.push(resolve(at, source))
        else add('module', source ?? address)
      }
      if (type === 'data' && labels[0] === 'external') add('program', address)
      if (type === 'resource' && inner.some(each => each.type === 'provisioner')) add('program', address)
    }
  }
  return [...found.values()].sort((a, b) => (`${a.what} ${a.name}` < `${b.what} ${b.name}` ? -1 : 1))
}

/** Names of the files that Terraform or OpenTofu reads, JSON included. */
function names(directory: string): string[] {
  try {
    return readdirSync(directory).filter(name => /\.(tf|tofu)(\.json)?$/.test(name))
  } catch {
    return []
  }
}

/** The text of a regular file that is not too large. A link can lead out of the checkout. */
function regularFile(file: string): string | undefined {
  const stat = lstatSync(file)
  return stat.isFile() && stat.size <= maxFileBytes ? readFileSync(file, 'utf8') : undefined
}

/** Sources of the providers: those that are required, and those that the types of resources imply. */
function providersOf(blocks: readonly Block[]): string[] {
  const required = new Map<string, string>()
  for (const { type, blocks: inner } of blocks) {
    if (type !== 'terraform') continue
    for (const { type: name, attributes } of inner) {
      if (name !== 'required_providers') continue
      for (const [local, value] of attributes) {
        const source = /\bsource\s*=\s*"([^"\\\n]*)"/.exec(value)?.[1]
        required.set(local, source ?? `hashicorp/${local}`)
      }
    }
  }
  for (const { type, labels, attributes } of blocks) {
    if (type !== 'resource' && type !== 'data' && type !== 'ephemeral') continue
    const local = /^[\w-]+/.exec(attributes.get('provider') ?? '')?.[0] ?? labels[0]?.split('_')[0]
    if (local !== undefined && local !== '' && local !== 'terraform' && !required.has(local))
      required.set(local, `hashicorp/${local}`)
  }
  return [...required.values()]
}
