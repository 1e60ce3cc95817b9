/**
 * A strict reader of the XML that this project writes: one root, elements closed in order, quoted attributes, the
 * predefined entities, and no character that XML 1.0 lacks. Anything else throws.
 */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (Element | string)[]
}

export function readXml(text: string): Element {
  // XML 1.0 §2.2, Char.
  const foreign = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text)
  if (foreign) throw new Error(`U+${foreign[0].codePointAt(0)?.toString(16)} is no character of XML`)
  const document: Element = { name: '', attributes: {}, children: [] }
  const open = [document]
  const token = /<\?xml [^?]*\?>|<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/y
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const match = token.exec(text)
    if (!match) throw new Error(`no XML at ${at}: ${text.slice(at, at + 60)}`)
    const [, closes, name, attributes, isEmpty, content] = match
    const parent = open.at(-1) as Element
    if (content !== undefined) parent.children.push(decoded(content))
    else if (name === undefined) continue
    else if (closes) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes ${parent.name}`)
    } else {
      const element: Element = { name, attributes: readAttributes(attributes ?? ''), children: [] }
      parent.children.push(element)
      if (!isEmpty) open.push(element)
    }
  }
  const roots = elementsOf(document)
  if (open.length !== 1 || roots.length !== 1 || roots[0] === undefined) throw new Error('not one whole element')
  return withoutSpace(roots[0])
}

function elementsOf({ children }: Element): Element[] {
  return children.filter(child => typeof child !== 'string')
}

function withoutSpace(element: Element): Element {
  const children = element.children
    .filter(child => typeof child !== 'string' || child.trim() !== '')
    .map(child => (typeof child === 'string' ? child : withoutSpace(child)))
  return { ...element, children }
}

function readAttributes(text: string): Record<string, string> {
  const found = [...text.matchAll(/([A-Za-z][\w-]*)="([^"]*)"/g)]
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, decoded(value)]))
}

function decoded(text: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(\w*);?/g, (whole, name: string) => {
    const value = entities[name]
    if (value === undefined || !whole.endsWith(';')) throw new Error(`no entity: ${whole}`)
    return value
  })
}
