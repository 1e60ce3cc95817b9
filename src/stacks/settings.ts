/**
 * `.mcp-deploy.yml`: what a directory says of its stacks (docs/many-stacks.md, docs/mcp-deploy.schema.json). Whoever opens
 * a pull request writes it, so everything in it is checked, and each refusal names the file, the line, the key, the value
 * and what is allowed.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml'
import { InputError, messageOf } from '../errors.ts'
import { isSetting } from '../terraform/backend.ts'
import { shippedModules, workspaceName } from '../terraform/names.ts'
import { inRepository } from './paths.ts'

export const settingsFile = '.mcp-deploy.yml'

/** Bytes; a hundred environments take a fifth of it. */
const largestFile = 65_536

/** What a stack is told; a key that is left out is undefined. */
export interface Settings {
  readonly name?: string | undefined
  readonly stack?: (typeof shippedModules)[number] | undefined
  readonly workspace?: string | undefined
  /** As written, relative to the directory. */
  readonly varFiles?: readonly string[] | undefined
  readonly backendConfig?: readonly string[] | undefined
  readonly environment?: string | undefined
  /** Globs from the root of the repository. */
  readonly paths?: readonly string[] | undefined
}

export interface SettingsFile extends Settings {
  /** By name; what one says takes the place of what the file says. */
  readonly environments?: Readonly<Record<string, Settings>> | undefined
}

/**
 * Reads a file.
 * @param file its path in the repository, for the messages
 * @param directory the one that it stands in
 * @throws InputError
 */
export function parseSettings(text: string, file: string, directory: string): SettingsFile {
  if (Buffer.byteLength(text) > largestFile) {
    throw new InputError(
      `${file} has ${Buffer.byteLength(text)} bytes: allowed are ${largestFile}, which is enough for some hundred environments.`,
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
        throw this.#refusal(error.pos[0], `is no YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}`)
      visit(document, {
        Node: (_, node) => {
          const anchor = 'anchor' in node ? node.anchor : undefined
          if (isAlias(node) || anchor !== undefined)
            throw this.#refusal(
              node,
              `has an ${isAlias(node) ? 'alias' : 'anchor'}: write the value out, there are none here.`,
            )
          // `!!binary` and the like give what no key allows.
          if (node.tag !== undefined && !/^tag:yaml\.org,2002:(map|seq|str|null|bool|int|float)$/.test(node.tag))
            throw this.#refusal(node, `has the tag ${quoted(node.tag)}: allowed is text without one.`)
        },
      })
      return document.contents
    } catch (error) {
      if (error instanceof InputError) throw error
      // The parser of a broken or a very deep document may end in any error.
      throw new InputError(`${this.#file} is no YAML that can be read: ${oneLine(messageOf(error))}.`)
    }
  }

  #environments(value: Node | null): Record<string, Settings> {
    const environments: Record<string, Settings> = Object.create(null)
    if (!isMap(value) || value.items.length === 0) {
      const shown = isMap(value) ? 'an empty map' : this.#shown(value)
      throw this.#refusal(
        value,
        `key environments is ${shown}: allowed is a map with at least one environment, each by its name.`,
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

  /** The values of a map by key. @param at what stands before a key in messages */
  #pairs<K extends string>(node: Node, at: string, allowed: readonly K[]): Map<K, Node | null> {
    const list = allowed.join(', ')
    if (!isMap(node)) {
      const where = at === '' ? '' : `key ${at.slice(0, -1)} `
      throw this.#refusal(node, `${where}is ${this.#shown(node)}: allowed is a map with the keys ${list}.`)
    }
    const pairs = new Map<K, Node | null>()
    for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(key) ? String(key.value) : this.#shown(key)
      const known = allowed.find(each => each === name)
      if (known === undefined)
        throw this.#refusal(
          key,
          `key ${at}${oneLine(name)} is ${this.#shown(value)}: there is no such key, allowed are ${list}.`,
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
        throw this.#refusal(node, `key ${at}${key} is ${this.#shown(node)}: allowed is ${allowed}.`)
      return value
    }
    const list = (key: (typeof listKeys)[number], fits: (value: string) => boolean, allowed: string) => {
      if (!pairs.has(key)) return undefined
      return this.#list(pairs.get(key) ?? null, `${at}${key}` as Key, fits, allowed)
    }
    const isInside = (path: string) => inRepository(this.#directory, path) !== undefined
    return {
      name: text('name', isLine(100), 'one line of at most 100 characters'),
      stack: text('stack', value => isShipped(value), '"ecs" or "ec2"') as Settings['stack'],
      workspace: text(
        'workspace',
        value => workspaceName.test(value),
        'letters, digits and any of $&+:=@._~- (90 at most), and not "." or ".."',
      ),
      varFiles: list(
        'var-file',
        isInside,
        'paths of files in this repository, relative to this directory, one a line or a list',
      ),
      backendConfig: list(
        'backend-config',
        line => isSetting(line) || isInside(line),
        'key=value, or paths of files in this repository, one a line or a list',
      ),
      environment: text('environment', isLine(255), 'the name of an environment, one line of at most 255 characters'),
      paths: list(
        'paths',
        glob => inRepository('.', glob) !== undefined && !/(^|\/)\.\.?(\/|$)|^!/.test(glob) && glob.length <= 300,
        'globs from the root of the repository, such as shared/**, one a line or a list, without .., ./ and !',
      ),
    }
  }

  /** One a line or one an item, as the action's inputs are read. */
  #list(node: Node | null, key: string, fits: (value: string) => boolean, allowed: string): string[] {
    const items: (Node | null)[] = isSeq(node) ? (node.items as (Node | null)[]) : [node]
    return items.flatMap(item => {
      const value = this.#textOf(item)
      const lines = value?.split(/\r?\n/).map(line => line.trim()) ?? []
      const given = lines.filter(line => line !== '')
      const wrong = given.find(line => !fits(line) || /\p{Cc}/u.test(line))
      if (value === undefined || wrong !== undefined || given.length === 0 || (isSeq(node) && given.length > 1)) {
        throw this.#refusal(
          item ?? node,
          `key ${key} is ${wrong === undefined ? this.#shown(item) : quoted(wrong)}: allowed are ${allowed}.`,
        )
      }
      return given
    })
  }

  /** Text, or a number as it is written: `workspace: 1` means one. */
  #textOf(node: Node | null): string | undefined {
    if (!isScalar(node)) return undefined
    if (typeof node.value === 'string') return node.value
    return typeof node.value === 'number' ? node.source : undefined
  }

  #shown(node: Node | null): string {
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

/** GitHub trims inputs, and so a name that is trimmed would be another. */
function isLine(limit: number): (value: string) => boolean {
  return value =>
    value.length <= limit && value.trim() === value && value !== '' && !/[\p{Cc}\u2028\u2029]/u.test(value)
}

/** At most so much of a foreign value that the message can still be read. */
function quoted(value: string): string {
  const line = oneLine(value)
  return JSON.stringify(line.length > 120 ? `${line.slice(0, 119)}…` : line)
}

function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
