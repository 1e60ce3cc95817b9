/**
 * YAML documents inside of strings, as `yamlencode` and people write them. This file is loaded only for a plan with such a
 * string, because the parser is large. Pure.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml'
import { mayBeYaml } from './document.ts'
import { YamlScalar } from './part.ts'

/** Comment, directive, anchor, alias or tag: something that a value does not represent. */
const beyondValues = /(?:^|\s)#|^%|^---|^\.\.\.|(?:^|[\s[{,])[&*!]/m

/**
 * Reads a YAML mapping or sequence of more than one line whose value represents its whole text. A plain scalar is kept as it is
 * written. Text with a comment, an anchor, a tag, a repeated key or a second document is not read.
 */
export function readYaml(text: string): object | undefined {
  if (!mayBeYaml(text) || beyondValues.test(text)) return undefined
  const document = parseDocument(text, { stringKeys: true, logLevel: 'silent' })
  if (document.errors.length > 0 || document.warnings.length > 0) return undefined
  const value = plainOf(document.contents as Node | null)
  return typeof value === 'object' && value !== null && !(value instanceof YamlScalar) ? value : undefined
}

function plainOf(node: Node | null): unknown {
  if (isAlias(node)) return undefined
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), plainOf(value as Node | null)]),
    )
  }
  if (isSeq(node)) return node.items.map(item => plainOf(item as Node | null))
  if (!isScalar(node)) return new YamlScalar('')
  return node.type === 'PLAIN' ? new YamlScalar(node.source ?? String(node.value)) : node.value
}
