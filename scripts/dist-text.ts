/** The text of the files of dist, changed so that they load fast (docs/decisions/0233-start-of-dist.md). It stays readable. */
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { Plugin } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

/** Node's modules that take milliseconds to load and that many runs do not use. */
const loadedWhenUsed = ['crypto', 'zlib']

/** The file with the message that Node.js is too old. It must also run where `process.getBuiltinModule` does not exist. */
const forAnyNode = 'cli.js'

/** The plugin that changes each file of dist. */
export function distText(): Plugin {
  return {
    name: 'dist-text',
    renderChunk: (code, { fileName }) => (fileName === forAnyNode ? null : { code: withoutNodeImports(code) }),
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).filter(file => file.type === 'chunk')
      const texts = withoutForwarders(new Map(files.map(({ fileName, code }) => [fileName, code])))
      for (const file of files) {
        const text = texts.get(file.fileName)
        if (text === undefined) delete bundle[file.fileName]
        else file.code = inAscii(text)
      }
    },
  }
}

/**
 * Returns the text of an ES module without imports of Node's modules, static and dynamic. An import of one reads each of its
 * exports, and some of them load much more: node:fs its streams and promises, node:crypto the Web Crypto API, node:http a whole
 * fetch. `process.getBuiltinModule` reads only what is used. A function of `loadedWhenUsed` loads its module when it is called.
 */
export function withoutNodeImports(code: string): string {
  // The bundler writes the imports first, one per line. The rest of a large file takes long to parse, so that is done if it is needed.
  const [head] = /^(?:#!.*\n)?(?:import .*\n)*/.exec(code) ?? ['']
  const imports = parseAst(head).body.filter(node => node.type === 'ImportDeclaration')
  let parsed: Program['body'] | undefined
  const body = () => (parsed ??= parseAst(code).body)
  const constants = imports.filter(({ source }) => isBuiltin(source.value)).flatMap(node => constantsOf(node, body))
  const lines = imports.filter(({ source }) => !isBuiltin(source.value)).map(({ start, end }) => code.slice(start, end))
  const replacements: Replacement[] = imports.map(({ start, end }) => ({ start, end, text: '' }))
  const hasDynamic = /\bimport\(\s*["'][^."']/.test(code)
  visit(hasDynamic ? body() : [], node => {
    const source = (node.source as { readonly value?: unknown } | null | undefined)?.value
    if (node.type !== 'ImportExpression' || typeof source !== 'string' || !isBuiltin(source)) return
    const module = builtin(source)
    const text = `Promise.resolve({ __proto__: ${module}, default: ${module} })`
    replacements.push({ start: Number(node.start), end: Number(node.end), text })
  })
  if (lines.length === replacements.length) return code
  let rest = code
  for (const { start, end, text } of replacements.sort((a, b) => b.start - a.start))
    rest = rest.slice(0, start) + text + (text === '' ? rest.slice(end).replace(/^\n/, '') : rest.slice(end))
  const [shebang = ''] = /^#!.*\n/.exec(rest) ?? []
  return `${shebang}${[...lines, ...constants].map(each => `${each}\n`).join('')}${rest.slice(shebang.length)}`
}

interface Replacement {
  readonly start: number
  readonly end: number
  readonly text: string
}

const builtin = (name: string) => `process.getBuiltinModule(${JSON.stringify(name)})`

type Program = ReturnType<typeof parseAst>
type Import = Extract<Program['body'][number], { type: 'ImportDeclaration' }>

/** The constants that replace one import. @param body the statements of the file, parsed when they are needed */
function constantsOf(node: Import, body: () => Program['body']): string[] {
  const module = builtin(node.source.value)
  const exported = process.getBuiltinModule(node.source.value) as unknown as Record<string, unknown>
  const isLazy = loadedWhenUsed.includes(node.source.value.replace(/^node:/, ''))
  const pairs: string[] = []
  const lines: string[] = []
  for (const specifier of node.specifiers) {
    const local = specifier.local.name
    if (specifier.type !== 'ImportSpecifier') {
      const members = isLazy ? membersOf(local, body()) : undefined
      lines.push(
        `const ${local} = ${members === undefined ? module : `{ ${members.map(getter(module)).join(', ')} }`};`,
      )
      continue
    }
    const name = specifier.imported.type === 'Literal' ? specifier.imported.value : specifier.imported.name
    // A class must be the real one, so that it can be extended and recognised.
    if (isLazy && typeof exported[name] === 'function' && /^[a-z]/.test(name))
      lines.push(`const ${local} = (...values) => ${module}.${name}(...values);`)
    else pairs.push(name === local ? name : `${name}: ${local}`)
  }
  return [...(pairs.length === 0 ? [] : [`const { ${pairs.join(', ')} } = ${module};`]), ...lines]
}

const getter = (module: string) => (name: string) => `get ${name}() { return ${module}.${name}; }`

/** The members of a module object that a file uses, such as `crypto.randomUUID`; undefined if it also uses the object itself. */
function membersOf(name: string, body: Program['body']): string[] | undefined {
  const members = new Set<string>()
  const isIt = (node: unknown) => {
    const { type, name: own } = node as { type?: string; name?: string }
    return type === 'Identifier' && own === name
  }
  let uses = 0
  visit(body, node => {
    if (isIt(node)) uses++
    if (node.type === 'ImportSpecifier' && isIt(node.imported)) uses--
    if (/^Import.*Specifier$/.test(String(node.type)) && isIt(node.local)) uses--
    if (node.type !== 'MemberExpression' || node.computed === true) return
    if (isIt(node.property)) uses--
    if (!isIt(node.object)) return
    uses--
    members.add((node.property as { name: string }).name)
  })
  return uses > 0 ? undefined : [...members].sort()
}

/** A file that only exports what another file of the same folder exports under the same names. */
const forwarder = /^export \{ [\w$, ]+ \} from "(\.\/[\w.$-]+)";\s*$/

/**
 * Returns the files without those that only forward to another one, which the bundler makes for dynamic imports. Opening a file takes
 * longer than reading it.
 * @param files texts by path, such as `chunks/verify.js`
 */
export function withoutForwarders(files: ReadonlyMap<string, string>): Map<string, string> {
  const targets = new Map<string, string>()
  for (const [file, text] of files) {
    const target = forwarder.exec(text)?.[1]
    if (target !== undefined && !text.includes(' as ')) targets.set(file, posix.join(posix.dirname(file), target))
  }
  const kept = [...files].filter(([file]) => !targets.has(file))
  return new Map(
    kept.map(([file, text]) => {
      const folder = posix.dirname(file)
      return [
        file,
        text.replace(/(\bimport\(|\bfrom |\bimport )"(\.[^"\n]+)"/g, (all, start: string, path: string) => {
          const target = targets.get(posix.join(folder, path))
          if (target === undefined) return all
          const relative = posix.relative(folder, target)
          return `${start}"${relative.startsWith('.') ? relative : `./${relative}`}"`
        }),
      ]
    }),
  )
}

/**
 * Returns the text with escapes for all characters that are not ASCII. One such character doubles the memory of the whole file in V8.
 * `String.raw` would show the escapes, so its text stays as it is.
 */
export function inAscii(code: string): string {
  if (!nonAscii.test(code)) return code
  const raw: { readonly start: number; readonly end: number }[] = []
  visit(code.includes('String.raw') ? parseAst(code) : [], node => {
    if (node.type === 'TaggedTemplateExpression') raw.push(node as unknown as (typeof raw)[number])
  })
  const isRaw = (at: number) =>
    raw.some(({ start, end }) => at >= start && at < end && code.slice(start, end).startsWith('String.raw'))
  return code.replaceAll(new RegExp(nonAscii, 'g'), (unit, at: number) =>
    isRaw(at) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const nonAscii = /[^\0-\x7f]/

/** Calls `action` for each node of a tree. */
function visit(node: unknown, action: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) action(node as Record<string, unknown>)
  for (const part of Object.values(node)) visit(part, action)
}
