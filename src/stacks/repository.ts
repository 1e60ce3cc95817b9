/**
 * What a checkout holds for discovery: its directories with Terraform files, with their configuration, and its
 * `.mcp-deploy.yml` files. Links are followed for a single file and only within the repository; no other leads anywhere.
 */
import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { InputError } from '../errors.ts'
import { type Configuration, isConfigurationFile, readConfiguration } from '../terraform/configuration.ts'
import { inRepository } from './paths.ts'
import { parseSettings, type SettingsFile, settingsFile } from './settings.ts'

export interface Directory {
  readonly path: string
  /** Undefined where there is no Terraform file. */
  readonly configuration: Configuration | undefined
  readonly settings: SettingsFile | undefined
  /** Directories of the local modules that it calls, itself apart. */
  readonly calls: readonly string[]
  /** Files elsewhere in the repository that links in it lead to. */
  readonly linked: readonly string[]
}

export class Repository {
  readonly #root: string
  readonly #directories = new Map<string, Directory>()

  /** @param root absolute path of the checkout */
  constructor(root: string) {
    this.#root = realpathSync(root)
  }

  /**
   * Reads all of it: no hidden folder, no node_modules, no folder behind a link.
   * @returns what has Terraform files or settings, by path
   * @throws InputError when a settings file says what it may not
   */
  read(): readonly Directory[] {
    const found: Directory[] = []
    const open = ['.']
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      const entries = readdirSync(join(this.#root, path), { withFileTypes: true })
      const directory = this.#directory(path, entries)
      if (directory.configuration !== undefined || directory.settings !== undefined) found.push(directory)
      for (const entry of entries) {
        if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue
        open.push(path === '.' ? entry.name : `${path}/${entry.name}`)
      }
    }
    return found.sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** A directory of it that a module's source leads to, undefined where there is none. */
  directory(path: string): Directory | undefined {
    const known = this.#directories.get(path)
    if (known !== undefined) return known
    const absolute = join(this.#root, path)
    if (!existsSync(absolute) || !statSync(absolute).isDirectory()) return undefined
    return this.#directory(path, readdirSync(absolute, { withFileTypes: true }))
  }

  /** The text of a file of it, undefined when there is none or when it lies elsewhere. */
  text(path: string): string | undefined {
    const absolute = this.#real(path)
    return absolute === undefined || !statSync(absolute).isFile() ? undefined : readFileSync(absolute, 'utf8')
  }

  /** The names in a directory of it, none when there is no such directory. */
  names(path: string): string[] {
    const absolute = this.#real(path)
    return absolute === undefined || !statSync(absolute).isDirectory() ? [] : readdirSync(absolute)
  }

  #directory(path: string, entries: readonly Dirent[]): Directory {
    const known = this.#directories.get(path)
    if (known !== undefined) return known
    const inside = (name: string) => (path === '.' ? name : `${path}/${name}`)
    const misspelt = entries.find(({ name }) => name === '.mcp-deploy.yaml')
    if (misspelt !== undefined)
      throw new InputError(`${inside(misspelt.name)} would not be read: the file is named ${settingsFile}.`)
    const linked: string[] = []
    const files: string[] = []
    for (const entry of entries) {
      if (entry.isDirectory()) continue
      const target = entry.isSymbolicLink() ? this.#real(inside(entry.name)) : undefined
      if (target !== undefined && statSync(target).isFile())
        linked.push(relative(this.#root, target).split(sep).join('/'))
      if (!isConfigurationFile(entry.name)) continue
      if (entry.isFile()) files.push(join(this.#root, inside(entry.name)))
      else if (target !== undefined && statSync(target).isFile()) files.push(target)
    }
    const configuration = files.length === 0 ? undefined : readConfiguration(files, file => readFileSync(file, 'utf8'))
    const isDescribed = entries.some(({ name }) => name === settingsFile)
    const text = isDescribed ? this.text(inside(settingsFile)) : undefined
    if (isDescribed && text === undefined)
      throw new InputError(`${inside(settingsFile)} is a directory or a link out of the repository: it must be a file.`)
    const directory: Directory = {
      path,
      configuration,
      settings: text === undefined ? undefined : parseSettings(text, inside(settingsFile), path),
      calls: (configuration?.sources ?? []).flatMap(source => this.#localModule(path, source) ?? []),
      linked,
    }
    this.#directories.set(path, directory)
    return directory
  }

  /** Terraform takes for local what begins with ./ or ../ alone. */
  #localModule(from: string, source: string): string | undefined {
    if (!/^\.\.?(\/|$)/.test(source)) return undefined
    const path = inRepository(from, source)
    const absolute = path === undefined ? undefined : this.#real(path)
    if (absolute === undefined || !statSync(absolute).isDirectory()) return undefined
    const real = relative(this.#root, absolute).split(sep).join('/') || '.'
    return real === from ? undefined : real
  }

  /** Where a path leads to in the end, undefined when that is nowhere or out of the repository. */
  #real(path: string): string | undefined {
    try {
      const absolute = realpathSync(join(this.#root, path))
      const inside = relative(this.#root, absolute)
      return inside === '..' || inside.startsWith(`..${sep}`) ? undefined : absolute
    } catch {
      return undefined
    }
  }
}
