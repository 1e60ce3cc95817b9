/**
 * The version of Terraform or OpenTofu that the repository or the input requires, and the check of a version against it.
 * Constraints have Terraform's syntax, which differs from npm's. A file with a syntax error is read as far as possible;
 * Terraform reports the line later.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { compare, minor, satisfies, valid } from 'semver'
import { InputError } from '../../errors.ts'
import { asObject, type JsonObject } from '../../json.ts'
import { capabilities } from '../capabilities.ts'
import { parseHcl, plainString } from '../hcl.ts'
import type { Tool } from '../tools.ts'

/** A version or constraint, with its source for messages. */
export interface WantedVersion {
  readonly constraint: string
  readonly source: string
}

/**
 * Reads the wanted version from the first of these sources that has one; undefined if none has:
 * 1. the input,
 * 2. the version file of the tool (tfenv, tofuenv),
 * 3. `.tool-versions` (asdf),
 * 4. every `required_version` and, for OpenTofu, every `language { compatible_with { opentofu } }` of the root module and of its
 *    local modules.
 * @throws InputError when it is neither a version nor a constraint
 */
export function readWantedVersion(tool: Tool, input: string | undefined, directory: string): WantedVersion | undefined {
  const wanted =
    (input === undefined ? undefined : { constraint: input, source: 'the input terraform-version' }) ??
    withoutWords(tool, directory, readVersionFile(directory, tool.readVersionFile, /^[ \t]*v?([^\s#]+)/m)) ??
    withoutWords(
      tool,
      directory,
      readVersionFile(directory, '.tool-versions', new RegExp(`^[ \\t]*${tool.toolVersionsKey}[ \\t]+v?(\\S+)`, 'm')),
    ) ??
    readRequiredVersion(tool, directory)
  if (wanted !== undefined && wanted.constraint !== 'latest' && toRange(wanted.constraint) === undefined) {
    throw new InputError(
      `${tool.title} "${wanted.constraint}" from ${wanted.source} is not a version: ` +
        'use a version such as 1.11.4 or a constraint such as "~> 1.11" or ">= 1.11, < 2.0".',
    )
  }
  return wanted
}

/** Whether `version` satisfies a constraint in Terraform's syntax; false for `latest`, which needs the version list. */
export function satisfiesConstraint(version: string, constraint: string): boolean {
  if (constraint === 'latest') return false
  return toRange(constraint)?.every(part => part(version)) ?? false
}

/** The version that a constraint without another operator than `=` names: `1.11` is 1.11.0. Undefined for any other constraint. */
export function exactVersion(constraint: string): string | undefined {
  const [, numbers, prereleaseOf = ''] = /^\s*=?\s*v?(\d{1,9}(?:\.\d{1,9}){0,2})(-[\w.-]+)?\s*$/.exec(constraint) ?? []
  if (numbers === undefined) return undefined
  const segments = [...numbers.split('.').map(Number), 0, 0].slice(0, 3)
  return valid(`${segments.join('.')}${prereleaseOf}`) ?? undefined
}

/** Whether a text is a constraint in Terraform's syntax. */
export function isConstraint(text: string): boolean {
  return toRange(text) !== undefined
}

type Predicate = (version: string) => boolean

/** Parses comma-separated constraints, which must all hold (developer.hashicorp.com, "Version Constraints"). */
function toRange(constraint: string): Predicate[] | undefined {
  const parts = constraint.split(',').map(toPredicate)
  return parts.every(part => part !== undefined) ? parts : undefined
}

/**
 * Parses one constraint. `~>` lets only the last written segment grow, so `~> 1` has no upper bound. Missing segments are
 * 0. A pre-release matches only an exact constraint.
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

/**
 * Replaces the words that version managers know beside versions: `latest:^1.11` and `latest:1.11` (tfenv, asdf), `latest-allowed` and
 * `min-required` (tfenv, tofuenv), and `system` (asdf), which leaves the choice open.
 * @returns undefined if the file leaves the choice open
 */
function withoutWords(tool: Tool, directory: string, wanted: WantedVersion | undefined): WantedVersion | undefined {
  if (wanted === undefined || wanted.constraint === 'system') return undefined
  const { constraint, source } = wanted
  const [, prefix] = /^latest:\^?v?(\d{1,9}(?:\.\d{1,9}){0,2})\.?$/.exec(constraint) ?? []
  if (prefix !== undefined) {
    const segments = prefix.split('.')
    return { constraint: segments.length === 3 ? prefix : `~> ${prefix}.0`, source }
  }
  if (constraint !== 'latest-allowed' && constraint !== 'min-required') return wanted
  const required = readRequiredVersion(tool, directory)
  if (constraint === 'latest-allowed') return required ?? { constraint: 'latest', source }
  return required && { ...required, constraint: lowestVersion(required.constraint) ?? required.constraint }
}

/** The lowest version that a constraint names and allows; undefined if it names none, such as `< 2.0`. */
function lowestVersion(constraint: string): string | undefined {
  return constraint
    .split(',')
    .flatMap(part => /^\s*(?:=|>=|~>)?\s*v?(\d[\d.]*(?:-[\w.-]+)?)\s*$/.exec(part)?.[1] ?? [])
    .flatMap(version => exactVersion(version) ?? [])
    .filter(version => satisfiesConstraint(version, constraint))
    .sort(compare)[0]
}

/** Reads a version file in the directory or its parents within the checkout, as tfenv, tofuenv and asdf do. */
function readVersionFile(directory: string, name: string, pattern: RegExp): WantedVersion | undefined {
  for (const each of directoriesUpToCheckout(directory)) {
    const path = join(each, name)
    // Editors of Windows write a mark before the first line.
    const constraint = existsSync(path)
      ? pattern.exec(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))?.[1]
      : undefined
    if (constraint !== undefined) return { constraint, source: relative(directory, path) }
  }
  return undefined
}

/** The directory and its parents up to the one with `.git`; outside of a checkout only the directory. */
function directoriesUpToCheckout(directory: string): string[] {
  const directories = [directory]
  for (let at = directory; !existsSync(join(at, '.git')); directories.push(at)) {
    if (dirname(at) === at) return [directory]
    at = dirname(at)
  }
  return directories
}

/**
 * Reads every constraint of the module and of its local modules; all of them must hold. OpenTofu since 1.12 ignores the
 * `required_version` of a `.tf` file, which is then meant for Terraform. It counts only if it allows an older OpenTofu, which obeys it.
 */
export function readRequiredVersion(tool: Tool, directory: string): WantedVersion | undefined {
  const constraints: WantedVersion[] = []
  const visited = new Set<string>()
  const read = (module: string) => {
    if (visited.has(module) || !existsSync(module) || !statSync(module).isDirectory()) return
    visited.add(module)
    for (const path of listConfigurationFiles(tool, module)) {
      const { required, modules } = path.endsWith('.json')
        ? readJsonSettings(readIfFile(path))
        : readHclSettings(readIfFile(path))
      const obeyed = required.filter(({ constraint, isForTofu }) => {
        const since = capabilities.languageBlock[tool.command]
        if (since === undefined) return !isForTofu
        return isForTofu || !/\.tf(\.json)?$/.test(path) || allowsOlder(constraint, since)
      })
      constraints.push(...obeyed.map(({ constraint }) => ({ constraint, source: relative(directory, path) })))
      for (const source of modules) if (/^\.\.?\//.test(source)) read(resolve(module, source))
    }
  }
  read(directory)
  if (constraints.length === 0) return undefined
  return {
    constraint: constraints.map(({ constraint }) => constraint).join(', '),
    source: [...new Set(constraints.map(({ source }) => source))].join(' and '),
  }
}

/** Whether a constraint of `1.x` allows a version below `version`. An invalid constraint does, so that it is reported. */
function allowsOlder(constraint: string, version: string): boolean {
  if (toRange(constraint) === undefined) return true
  const patches = Array.from({ length: 20 }, (_, patch) => patch)
  return Array.from({ length: minor(version) }, (_, each) => each).some(each =>
    patches.some(patch => satisfiesConstraint(`1.${each}.${patch}`, constraint)),
  )
}

/** Lists the configuration files of a module. OpenTofu reads `a.tofu` instead of `a.tf`. */
function listConfigurationFiles({ extensions }: Tool, module: string): string[] {
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
  /** The values of `required_version`, and those that a `language` block has for OpenTofu. */
  readonly required: readonly { readonly constraint: string; readonly isForTofu: boolean }[]
  /** Sources of the module calls. */
  readonly modules: readonly string[]
}

function readHclSettings(text: string): Settings {
  const { blocks } = parseHcl(text)
  const texts = (type: string, setting: string) =>
    blocks.filter(block => block.type === type).flatMap(block => plainString(block.attributes.get(setting)) ?? [])
  const forTofu = blocks
    .filter(({ type }) => type === 'language')
    .flatMap(language => language.blocks.filter(({ type }) => type === 'compatible_with'))
    .flatMap(({ attributes }) => plainString(attributes.get('opentofu')) ?? [])
  return { required: requirements(texts('terraform', 'required_version'), forTofu), modules: texts('module', 'source') }
}

function requirements(required: readonly string[], forTofu: readonly string[]): Settings['required'] {
  return [
    ...required.map(constraint => ({ constraint, isForTofu: false })),
    ...forTofu.map(constraint => ({ constraint, isForTofu: true })),
  ]
}

function readJsonSettings(text: string): Settings {
  try {
    const { terraform, language, module } = asObject(JSON.parse(text))
    const objects = (value: unknown) => [value].flat().map(asObject)
    const texts = (values: readonly JsonObject[], setting: string) =>
      values.flatMap(each => {
        const value = each[setting]
        return typeof value === 'string' ? [value] : []
      })
    const compatible = objects(language).flatMap(each => objects(each.compatible_with))
    return {
      required: requirements(texts(objects(terraform), 'required_version'), texts(compatible, 'opentofu')),
      modules: texts(Object.values(asObject(module)).flatMap(objects), 'source'),
    }
  } catch {
    return { required: [], modules: [] }
  }
}

function readIfFile(path: string): string {
  return statSync(path).isFile() ? readFileSync(path, 'utf8') : ''
}
