/**
 * `.mcp-deploy.yml`: the settings of a directory's stacks (docs/many-stacks.md, docs/mcp-deploy.schema.json). The author of a pull
 * request writes the file, so everything in it is checked. Each error names file, line, key, value and allowed values.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml'
import { InputError, messageOf } from '../errors.ts'
import { secrets } from '../log.ts'
import { isSetting } from '../terraform/backend.ts'
import { shippedModuleNames, shippedModules, workspaceNamePattern } from '../terraform/names.ts'
import { inRepository } from './paths.ts'

export const settingsFile = '.mcp-deploy.yml'

/** A file with a hundred environments has a fifth of it. */
const maxFileBytes = 65_536

/** The settings of a stack. A missing key is undefined. */
export interface Settings {
  readonly name?: string | undefined
  readonly stack?: (typeof shippedModules)[number] | undefined
  readonly workspace?: string | undefined
  /** Paths as written, relative to the directory. */
  readonly varFiles?: readonly string[] | undefined
  readonly backendConfig?: readonly string[] | undefined
  readonly environment?: string | undefined
  /** Globs from the root of the repository. */
  readonly paths?: readonly string[] | undefined
}

/** The content of a file. */
export interface SettingsFile extends Settings {
  /** Settings by environment name. They override the file's own settings. */
  readonly environments?: Readonly<Record<string, Settings>> | undefined
}

/**
 * Parses the content of a file.
 * @param file path of the file in the repository, for messages
 * @param directory directory of the file
 * @throws InputError if the content is invalid
 */
export function parseSettings(text: string, file: string, directory: string): SettingsFile {
  if (Buffer.byteLength(text) > maxFileBytes) {
    throw new InputError(
      `${file} has ${Buffer.byteLength(text)} bytes: allowed are ${maxFileBytes}, enough for some hundred environments.`,
    )
  }
  const reader = new Reader(text, file, directory)
  return reader.read()
}

const listKeys = ['var-file', 'backend-config', 'paths'] as const
const textKeys = ['name', 'stack', 'workspace', 'environment'] as const
const stackKeys = ['name', 'stack', 'workspace', 'var-file', 'backend-config', 'environment', 'paths'] as const

type Key = (typeof textKeys)[number] | (typeof listKeys)[number]

class Reader {
  readonly #file: string
  readonly #directory: string
  readonly #text: string
  readonly #lines = new LineCounter()

  constructor(text: string, file: string, directory: string) {
    this.#text = text
    this.#file = file
    this.#directory = directory
  }

  read(): SettingsFile {
    const root = this.#parse()
    if (root === null || (isScalar(root) && root.value === null)) return {}
    const keys = [...stackKeys, 'environments'] as const
    const pairs = this.#pairs(root, '', keys)
    const environments = pairs.get('environments')
    return {
      ...this.#settings(pairs, ''),
      ...(environments && { environments: this.#environments(environments) }),
    }
  }

  #parse(): Node | null {
    try {
      const document = parseDocument(this.#text, { lineCounter: this.#lines, schema: 'core', uniqueKeys: true })
      const [error] = document.errors
      if (error !== undefined)
        throw this.#refusal(error.pos[0], `is not valid YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}`)
      visit(document, {
        Node: (_, node) => {
          const anchor = 'anchor' in node ? node.anchor : undefined
          if (isAlias(node) || anchor !== undefined)
            throw this.#refusal(node, `has an ${isAlias(node) ? 'alias' : 'anchor'}: write the value itself.`)
          // Tags such as `!!binary` produce values that no key allows.
          if (node.tag !== undefined && !/^tag:yaml\.org,2002:(map|seq|str|null|bool|int|float)$/.test(node.tag))
            throw this.#refusal(node, `has the tag ${quoted(node.tag)}: allowed is text without one.`)
        },
      })
      return document.contents
    } catch (error) {
      if (error instanceof InputError) throw error
      // The parser can throw any error for a broken or very deep document.
      throw new InputError(`${this.#file} is not readable YAML: ${oneLine(messageOf(error))}.`)
    }
  }

  #environments(value: Node | null): Record<string, Settings> {
    const environments: Record<string, Settings> = Object.create(null)
    if (!isMap(value) || value.items.length === 0) {
      const description = isMap(value) ? 'an empty map' : this.#describe(value)
      throw this.#refusal(
        value,
        `key environments is ${description}: allowed is a map of at least one environment, by name.`,
      )
    }
    for (const { key, value: settings } of value.items as Pair<Node, Node | null>[]) {
      const name = isScalar(key) ? String(key.value) : ''
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
        throw this.#refusal(
          key,
          `key environments has the name ${quoted(name)}: allowed are letters, digits and any of ._- (64 at most). Set environment below it for another name on GitHub.`,
        )
      }
      const isEmpty = settings === null || (isScalar(settings) && settings.value === null)
      const at = `environments.${name}.`
      environments[name] = isEmpty ? {} : this.#settings(this.#pairs(settings, at, stackKeys), at)
    }
    return environments
  }

  /** The values of a map by key. @param at prefix of the keys in messages */
  #pairs<K extends string>(node: Node, at: string, allowed: readonly K[]): Map<K, Node | null> {
    const list = allowed.join(', ')
    if (!isMap(node)) {
      const where = at === '' ? '' : `key ${at.slice(0, -1)} `
      throw this.#refusal(node, `${where}is ${this.#describe(node)}: allowed is a map with the keys ${list}.`)
    }
    const pairs = new Map<K, Node | null>()
    for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(key) ? String(key.value) : this.#describe(key)
      const known = allowed.find(each => each === name)
      if (known === undefined)
        throw this.#refusal(
          key,
          `key ${at}${oneLine(name)} is ${this.#describe(value)}: there is no such key, allowed are ${list}.`,
        )
      pairs.set(known, value)
    }
    return pairs
  }

  #settings(pairs: ReadonlyMap<string, Node | null>, at: string): Settings {
    const text = (key: (typeof textKeys)[number], fits: (value: string) => boolean, allowed: string) => {
      if (!pairs.has(key)) return undefined
      const node = pairs.get(key) ?? null
      const value = this.#textOf(node)
      if (value === undefined || !fits(value))
        throw this.#refusal(node, `key ${at}${key} is ${this.#describe(node)}: allowed is ${allowed}.`)
      return value
    }
    const list = (key: (typeof listKeys)[number], fits: (value: string) => boolean, allowed: string) => {
      if (!pairs.has(key)) return undefined
      return this.#list(pairs.get(key) ?? null, `${at}${key}` as Key, fits, allowed)
    }
    const isInside = (path: string) => inRepository(this.#directory, path) !== undefined
    return {
      name: text('name', isLineUpTo(100), 'one line of at most 100 characters'),
      stack: text('stack', value => isShipped(value), shippedModuleNames) as Settings['stack'],
      workspace: text(
        'workspace',
        value => workspaceNamePattern.test(value),
        'letters, digits and any of $&+:=@._~- (90 at most), and not "." or ".."',
      ),
      varFiles: list(
        'var-file',
        isInside,
        'paths of files in this repository, relative to this directory, one per line or a list',
      ),
      backendConfig: list(
        'backend-config',
        line => isSetting(line) || isInside(line),
        'key=value, or paths of files in this repository, one per line or a list',
      ),
      environment: text(
        'environment',
        isLineUpTo(255),
        'the name of an environment, one line of at most 255 characters',
      ),
      paths: list(
        'paths',
        glob => inRepository('.', glob) !== undefined && !/(^|\/)\.\.?(\/|$)|^!/.test(glob) && glob.length <= 300,
        'globs from the root of the repository, such as shared/**, one per line or a list, without .., ./ and !',
      ),
    }
  }

  /** The items of a list, or the lines of a text, like the action's inputs. */
  #list(node: Node | null, key: string, fits: (value: string) => boolean, allowed: string): string[] {
    const nodes: (Node | null)[] = isSeq(node) ? (node.items as (Node | null)[]) : [node]
    return nodes.flatMap(item => {
      const value = this.#textOf(item)
      const lines = value?.split(/\r?\n/).map(line => line.trim()) ?? []
      const items = lines.filter(line => line !== '')
      const wrong = items.find(line => !fits(line) || /\p{Cc}/u.test(line))
      if (value === undefined || wrong !== undefined || items.length === 0 || (isSeq(node) && items.length > 1)) {
        throw this.#refusal(
          item ?? node,
          `key ${key} is ${wrong === undefined ? this.#describe(item) : quoted(wrong)}: allowed are ${allowed}.`,
        )
      }
      return items
    })
  }

  /** The text of a value. A number is used as written, such as in `workspace: 1`. */
  #textOf(node: Node | null): string | undefined {
    if (!isScalar(node)) return undefined
    if (typeof node.value === 'string') return node.value
    return typeof node.value === 'number' ? node.source : undefined
  }

  #describe(node: Node | null): string {
    if (isMap(node)) return 'a map'
    if (isSeq(node)) return 'a list'
    if (!isScalar(node)) return 'empty'
    return node.value === null
      ? 'empty'
      : typeof node.value === 'string'
        ? quoted(node.value)
        : `${node.source ?? node.value}`
  }

  #refusal(at: Node | number | null, what: string): InputError {
    const offset = typeof at === 'number' ? at : (at?.range?.[0] ?? 0)
    return new InputError(`${this.#file}:${this.#lines.linePos(offset).line || 1}: ${oneLine(what)}`)
  }
}

function isShipped(value: string): boolean {
  return shippedModules.some(each => each === value)
}

/** A check for one line without spaces at its ends, because GitHub trims inputs. */
function isLineUpTo(limit: number): (value: string) => boolean {
  return value =>
    value.length <= limit && value.trim() === value && value !== '' && !/[\p{Cc}\u2028\u2029]/u.test(value)
}

/** A foreign value in quotes, shortened so that the message stays readable. */
function quoted(value: string): string {
  // Secrets are removed first, because half a secret does not match.
  const line = oneLine(secrets.redact(value))
  return JSON.stringify(line.length > 120 ? `${line.slice(0, 119)}…` : line)
}

function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
