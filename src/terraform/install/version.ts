/**
 * Which version of Terraform or OpenTofu is wanted, read where the team already says it, and whether a version fits.
 * Constraints are Terraform's own, which are not npm's. Files are read as text: what does not parse is Terraform's to
 * name, with the line.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { compare, satisfies, valid } from 'semver'
import { InputError } from '../../errors.ts'
import { outlineOf, plainString } from '../hcl.ts'
import type { Tool } from '../tools.ts'

/** A version or constraint, and where it was found, for the messages. */
export interface WantedVersion {
  readonly constraint: string
  readonly source: string
}

/**
 * The input, else the tool's version file (tfenv, tofuenv), `.tool-versions` (asdf), every `required_version` of the root
 * module and of the local modules it calls; undefined when nobody says anything.
 * @throws InputError when what is said is no version
 */
export function wantedVersion(tool: Tool, input: string | undefined, directory: string): WantedVersion | undefined {
  const wanted =
    (input === undefined ? undefined : { constraint: input, source: 'the input terraform-version' }) ??
    versionFile(directory, tool.versionFile, /^[ \t]*v?([^\s#]+)/m) ??
    versionFile(directory, '.tool-versions', new RegExp(`^[ \\t]*${tool.toolVersions}[ \\t]+v?(\\S+)`, 'm')) ??
    requiredVersion(tool, directory)
  if (wanted !== undefined && wanted.constraint !== 'latest' && toRange(wanted.constraint) === undefined) {
    throw new InputError(
      `${tool.title} "${wanted.constraint}", which ${wanted.source} asks for, is no version: ` +
        'allowed are a version such as 1.11.4 or a constraint such as "~> 1.11" or ">= 1.11, < 2.0".',
    )
  }
  return wanted
}

/** Whether `version` fits a constraint in Terraform's own syntax, or is wanted as `latest`. */
export function fits(version: string, constraint: string): boolean {
  if (constraint === 'latest') return false
  return toRange(constraint)?.every(part => part(version)) ?? false
}

type Predicate = (version: string) => boolean

/** Terraform's constraints (developer.hashicorp.com, "Version Constraints"), of which all must hold. */
function toRange(constraint: string): Predicate[] | undefined {
  const parts = constraint.split(',').map(toPredicate)
  return parts.every(part => part !== undefined) ? parts : undefined
}

/**
 * One of them: `~>` lets only the last given part grow, so nothing bounds `~> 1`; what is not given is 0; and a
 * pre-release fits only when it is named.
 */
function toPredicate(part: string): Predicate | undefined {
  const pattern = /^\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d{1,9}(?:\.\d{1,9}){0,2})(-[\w.-]+)?\s*$/
  const [, operator = '=', numbers, prereleaseOf = ''] = pattern.exec(part) ?? []
  if (numbers === undefined) return undefined
  const segments = numbers.split('.').map(Number)
  const version = valid(`${[...segments, 0, 0].slice(0, 3).join('.')}${prereleaseOf}`)
  if (version === null) return undefined
  switch (operator) {
    case '=':
      return candidate => compare(candidate, version) === 0
    case '!=':
      return candidate => compare(candidate, version) !== 0
    case '~>': {
      const [major = 0, minor = 0] = segments
      const below = ['', `<${major + 1}.0.0-0`, `<${major}.${minor + 1}.0-0`][segments.length - 1]
      return candidate => satisfies(candidate, `>=${version} ${below}`)
    }
    default:
      return candidate => satisfies(candidate, `${operator}${version}`)
  }
}

/** In the directory or above it within the checkout, where tfenv, tofuenv and asdf look too. */
function versionFile(directory: string, name: string, pattern: RegExp): WantedVersion | undefined {
  for (const each of upToCheckout(directory)) {
    const path = join(each, name)
    const constraint = existsSync(path) ? pattern.exec(readFileSync(path, 'utf8'))?.[1] : undefined
    if (constraint !== undefined) return { constraint, source: relative(directory, path) }
  }
  return undefined
}

/** The directory and its parents up to the one that holds `.git`; outside of a checkout the directory alone. */
function upToCheckout(directory: string): string[] {
  const directories = [directory]
  for (let at = directory; !existsSync(join(at, '.git')); directories.push(at)) {
    if (dirname(at) === at) return [directory]
    at = dirname(at)
  }
  return directories
}

/** All of them must hold, in whichever files and local modules they are. */
function requiredVersion(tool: Tool, directory: string): WantedVersion | undefined {
  const found: WantedVersion[] = []
  const seen = new Set<string>()
  const read = (module: string) => {
    if (seen.has(module) || !existsSync(module) || !statSync(module).isDirectory()) return
    seen.add(module)
    for (const path of configurationFiles(tool, module)) {
      const { required, modules } = path.endsWith('.json')
        ? settingsInJson(readIfFile(path))
        : settingsInHcl(readIfFile(path))
      found.push(...required.map(constraint => ({ constraint, source: relative(directory, path) })))
      for (const source of modules) if (/^\.\.?\//.test(source)) read(resolve(module, source))
    }
  }
  read(directory)
  if (found.length === 0) return undefined
  return {
    constraint: found.map(({ constraint }) => constraint).join(', '),
    source: [...new Set(found.map(({ source }) => source))].join(' and '),
  }
}

/** OpenTofu reads `a.tofu` in the place of `a.tf`. */
function configurationFiles({ extensions }: Tool, module: string): string[] {
  const read = new Map<string, string>()
  const names = readdirSync(module).sort()
  for (const extension of extensions.flatMap(each => [each, `${each}.json`])) {
    for (const name of names.filter(each => each.endsWith(extension))) {
      const kind = extension.endsWith('.json') ? 'json' : 'hcl'
      const key = `${kind} ${name.slice(0, -extension.length)}`
      if (!read.has(key)) read.set(key, join(module, name))
    }
  }
  return [...read.values()].sort()
}

interface Settings {
  readonly required: readonly string[]
  /** Sources of the modules that are called. */
  readonly modules: readonly string[]
}

function settingsInHcl(text: string): Settings {
  const { blocks } = outlineOf(text)
  const texts = (type: string, setting: string) =>
    blocks.filter(block => block.type === type).flatMap(block => plainString(block.attributes.get(setting)) ?? [])
  return { required: texts('terraform', 'required_version'), modules: texts('module', 'source') }
}

function settingsInJson(text: string): Settings {
  try {
    const { terraform, module } = JSON.parse(text) as { terraform?: unknown; module?: Record<string, unknown> }
    const texts = (values: unknown[], setting: string) =>
      values.flat().flatMap(each => {
        const value = (each as Record<string, unknown> | undefined | null)?.[setting]
        return typeof value === 'string' ? [value] : []
      })
    return { required: texts([terraform], 'required_version'), modules: texts(Object.values(module ?? {}), 'source') }
  } catch {
    return { required: [], modules: [] }
  }
}

function readIfFile(path: string): string {
  return statSync(path).isFile() ? readFileSync(path, 'utf8') : ''
}
