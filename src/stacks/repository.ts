/**
 * Checkout for discovery: directories with Terraform files, their configuration, and `.mcp-deploy.yml` files. Only links to files
 * within the repository are followed.
 */
import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { InputError } from '../errors.ts'
import { type Configuration, isConfigurationFile, readConfiguration } from '../terraform/configuration.ts'
import { inRepository } from './paths.ts'
import { parseSettings, type SettingsFile, settingsFile } from './settings.ts'

/** One directory with Terraform files or settings. */
export interface Directory {
  readonly path: string
  /** Undefined if the directory has no Terraform file. */
  readonly configuration: Configuration | undefined
  readonly settings: SettingsFile | undefined
  /** Directories of the local modules that it calls, without itself. */
  readonly calls: readonly string[]
  /** Files of the repository that links in the directory lead to. */
  readonly linked: readonly string[]
}

/** The files of a checkout. */
export class Repository {
  readonly #root: string
  readonly #directories = new Map<string, Directory>()

  /** @param root absolute path of the checkout */
  constructor(root: string) {
    this.#root = realpathSync(root)
  }

  /**
   * Reads all directories except hidden ones, node_modules and links.
   * @returns the directories with Terraform files or settings, ordered by path
   * @throws InputError if a settings file is invalid
   */
  read(): readonly Directory[] {
    const directories: Directory[] = []
    const open = ['.']
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      const entries = readdirSync(join(this.#root, path), { withFileTypes: true })
      const directory = this.#directory(path, entries)
      if (directory.configuration !== undefined || directory.settings !== undefined) directories.push(directory)
      for (const entry of entries) {
        if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue
        open.push(path === '.' ? entry.name : `${path}/${entry.name}`)
      }
    }
    return directories.sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** A directory of the repository; undefined if it does not exist. @throws InputError if its settings file is invalid */
  directory(path: string): Directory | undefined {
    const known = this.#directories.get(path)
    if (known !== undefined) return known
    const absolute = join(this.#root, path)
    if (!existsSync(absolute) || !statSync(absolute).isDirectory()) return undefined
    return this.#directory(path, readdirSync(absolute, { withFileTypes: true }))
  }

  /** The text of a file; undefined if it does not exist or is outside of the repository. */
  text(path: string): string | undefined {
    const absolute = this.#real(path)
    return absolute === undefined || !statSync(absolute).isFile() ? undefined : readFileSync(absolute, 'utf8')
  }

  /** The names of the entries in a directory; empty if it does not exist or is outside of the repository. */
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
      throw new InputError(`${inside(misspelt.name)} is not read: rename it to ${settingsFile}.`)
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

  /** Directory of a local module. Terraform treats only sources that begin with ./ or ../ as local. */
  #localModule(from: string, source: string): string | undefined {
    if (!/^\.\.?(\/|$)/.test(source)) return undefined
    const path = inRepository(from, source)
    const absolute = path === undefined ? undefined : this.#real(path)
    if (absolute === undefined || !statSync(absolute).isDirectory()) return undefined
    const real = relative(this.#root, absolute).split(sep).join('/') || '.'
    return real === from ? undefined : real
  }

  /** Absolute path after all links; undefined if it does not exist or is outside of the repository. */
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
