/**
 * How dist loads Node's own modules. An `import` of one reads each of its exports, and some of them load much more: node:fs its
 * promises and streams, node:crypto the Web Crypto API, node:http a whole fetch (docs/decisions/0229-start-of-dist.md).
 * `process.getBuiltinModule` reads only what is used. Functions of the modules that are slow to load, load them when they are called.
 */
import { isBuiltin } from 'node:module'
import type { Plugin } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

/** Modules that take milliseconds to load and that many runs do not use. */
const loadedWhenUsed = ['crypto', 'zlib']

/** A plugin that replaces the imports of Node's modules in each file of dist. */
export function nodeModules(): Plugin {
  return { name: 'node-modules', renderChunk: code => ({ code: withoutNodeImports(code) }) }
}

/** Returns the text of an ES module without imports of Node's modules. Their names become constants below the other imports. */
export function withoutNodeImports(code: string): string {
  const { body } = parseAst(code)
  const imports = body.filter(node => node.type === 'ImportDeclaration')
  const replaced = imports.filter(({ source }) => isBuiltin(source.value))
  if (replaced.length === 0) return code
  const constants = replaced.flatMap(node => constantsOf(node, body))
  const lines = imports.filter(node => !replaced.includes(node)).map(({ start, end }) => code.slice(start, end))
  let rest = code
  for (const { start, end } of imports.toReversed()) rest = rest.slice(0, start) + rest.slice(end).replace(/^\n/, '')
  const [shebang = ''] = /^#!.*\n/.exec(rest) ?? []
  return `${shebang}${[...lines, ...constants].join('\n')}\n${rest.slice(shebang.length)}`
}

type Statement = ReturnType<typeof parseAst>['body'][number]

/** The constants that replace one import. */
function constantsOf(node: Extract<Statement, { type: 'ImportDeclaration' }>, body: readonly Statement[]): string[] {
  const module = `process.getBuiltinModule(${JSON.stringify(node.source.value)})`
  const exported = process.getBuiltinModule(node.source.value) as unknown as Record<string, unknown>
  const isLazy = loadedWhenUsed.includes(node.source.value.replace(/^node:/, ''))
  const pairs: string[] = []
  const lines: string[] = []
  for (const specifier of node.specifiers) {
    const local = specifier.local.name
    if (specifier.type !== 'ImportSpecifier') {
      const members = isLazy ? membersOf(local, body) : undefined
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
function membersOf(name: string, body: readonly Statement[]): string[] | undefined {
  const members = new Set<string>()
  let isWhole = false
  const visit = (node: unknown, parent: Record<string, unknown> | undefined, key: string): void => {
    if (Array.isArray(node)) for (const each of node) visit(each, parent, key)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const { type, ...parts } = node as { readonly type?: string } & Record<string, unknown>
    if (type === 'ImportDeclaration') return
    if (type === 'Identifier' && parts.name === name) {
      const member = key === 'object' && parent?.computed === false ? (parent.property as { name?: string }) : undefined
      const isName = (key === 'property' || key === 'key') && parent?.computed === false && parent.shorthand !== true
      if (member?.name !== undefined) members.add(member.name)
      else if (!isName) isWhole = true
    }
    for (const [part, value] of Object.entries(parts)) visit(value, node as Record<string, unknown>, part)
  }
  visit(body, undefined, '')
  return isWhole ? undefined : [...members].sort()
}
