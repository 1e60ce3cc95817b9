/**
 * Finds many words in a text in one pass (Aho and Corasick, "Efficient string matching", 1975). White space in a word matches any
 * run of white space in the text. The run may have the bars that Terraform draws at the starts of lines. The time is linear in
 * the text, for any number of words and for hostile texts too. Pure.
 */

/** The one unit that stands for a run of white space. */
const blank = 0x20

/** Matches of words in a text as pairs of start and end, in UTF-16 units. */
export type Spans = (readonly [start: number, end: number])[]

export class Matcher {
  /** An open hash table of the edges: the parent and the unit of an edge, and the node that it leads to. */
  readonly #parents: Int32Array
  readonly #units: Uint16Array
  readonly #targets: Int32Array
  /** By node: the node of the longest proper suffix that is in the tree. */
  readonly #failures: Int32Array
  /** By node: the length of the longest word that ends here, 0 if no word ends here. */
  readonly #longest: Int32Array
  /** By node: the number of units from the root. */
  readonly #depths: Int32Array
  /** By unit: the node below the root. */
  readonly #first = new Int32Array(0x1_0000)
  /** By unit: 1 if a word begins with it. Most units of a text begin none, and this table shows it at once. */
  readonly #begins = new Uint8Array(0x1_0000)

  constructor(words: Iterable<string>) {
    const texts = [...words].map(folded).filter(word => word !== '' && word !== ' ')
    const maxNodes = texts.reduce((sum, text) => sum + text.length, 1)
    const slots = 2 ** Math.ceil(Math.log2(maxNodes * 1.5 + 2))
    this.#parents = new Int32Array(slots).fill(-1)
    this.#units = new Uint16Array(slots)
    this.#targets = new Int32Array(slots)
    this.#failures = new Int32Array(maxNodes)
    this.#longest = new Int32Array(maxNodes)
    this.#depths = new Int32Array(maxNodes)
    this.#link(...this.#grow(texts))
    for (let unit = 0; unit < this.#begins.length; unit++)
      if (this.#first[isBlank(unit) ? blank : unit] !== 0) this.#begins[unit] = 1
  }

  /**
   * Returns for each place where words end the longest of them, in the order of their ends.
   * Shorter words that end there lie in it.
   */
  find(text: string): Spans {
    const spans: Spans = []
    const { length } = text
    let node = 0
    // Starts of the units since the root was left.
    const starts: number[] = []
    for (let at = 0; at < length; ) {
      const start = at
      let unit = text.charCodeAt(at++)
      if (node === 0 && this.#begins[unit] === 0) continue
      if (isBlank(unit)) {
        at = endOfGap(text, start)
        unit = blank
      }
      if (node === 0) starts.length = 0
      node = this.#step(node, unit)
      if (node === 0) continue
      starts.push(start)
      const size = this.#longest[node] ?? 0
      if (size > 0) spans.push([starts[starts.length - size] ?? start, at])
    }
    return spans
  }

  /**
   * Returns where a word begins that can go on after the text, the first one if there are several; undefined if no word can go on.
   * @param text whole lines, so that the word goes on with white space
   */
  pending(text: string): number | undefined {
    let node = 0
    const starts: number[] = []
    for (let at = 0; at < text.length; ) {
      const start = at
      let unit = text.charCodeAt(at++)
      if (node === 0 && this.#begins[unit] === 0) continue
      if (isBlank(unit)) {
        at = endOfGap(text, start)
        unit = blank
      }
      if (node === 0) starts.length = 0
      node = this.#step(node, unit)
      if (node !== 0) starts.push(start)
    }
    return node === 0 ? undefined : starts[starts.length - (this.#depths[node] ?? 0)]
  }

  /** Adds all words. Returns the number of nodes, and the parent and the unit of each node. */
  #grow(texts: readonly string[]): [count: number, parents: Int32Array, units: Uint16Array] {
    const parents = new Int32Array(this.#depths.length)
    const units = new Uint16Array(this.#depths.length)
    let count = 1
    for (const text of texts) {
      let node = 0
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at)
        let child = this.#child(node, unit)
        if (child === 0) {
          child = count++
          this.#connect(node, unit, child)
          parents[child] = node
          units[child] = unit
          this.#depths[child] = at + 1
        }
        node = child
      }
      this.#longest[node] = text.length
    }
    return [count, parents, units]
  }

  /** Finds the suffix of each node, level by level, because a suffix is above its node. */
  #link(count: number, parents: Int32Array, units: Uint16Array): void {
    for (const node of this.#nodesByDepth(count)) {
      const parent = parents[node] ?? 0
      if (parent === 0) continue
      const suffix = this.#step(this.#failures[parent] ?? 0, units[node] ?? 0)
      this.#failures[node] = suffix
      if (this.#longest[node] === 0) this.#longest[node] = this.#longest[suffix] ?? 0
    }
  }

  #nodesByDepth(count: number): Int32Array {
    const places: number[] = []
    for (const depth of this.#depths.subarray(1, count)) places[depth] = (places[depth] ?? 0) + 1
    let next = 0
    for (let depth = 0; depth < places.length; depth++) {
      const size = places[depth] ?? 0
      places[depth] = next
      next += size
    }
    const nodes = new Int32Array(count - 1)
    for (let node = 1; node < count; node++) {
      const depth = this.#depths[node] ?? 0
      const place = places[depth] ?? 0
      nodes[place] = node
      places[depth] = place + 1
    }
    return nodes
  }

  #step(from: number, unit: number): number {
    for (let node = from; ; node = this.#failures[node] ?? 0) {
      if (node === 0) return this.#first[unit] ?? 0
      const child = this.#child(node, unit)
      if (child !== 0) return child
    }
  }

  #child(node: number, unit: number): number {
    if (node === 0) return this.#first[unit] ?? 0
    const last = this.#parents.length - 1
    for (let slot = slotOf(node, unit) & last; ; slot = (slot + 1) & last) {
      const parent = this.#parents[slot]
      if (parent === -1) return 0
      if (parent === node && this.#units[slot] === unit) return this.#targets[slot] ?? 0
    }
  }

  #connect(node: number, unit: number, child: number): void {
    if (node === 0) {
      this.#first[unit] = child
      return
    }
    const last = this.#parents.length - 1
    let slot = slotOf(node, unit) & last
    while (this.#parents[slot] !== -1) slot = (slot + 1) & last
    this.#parents[slot] = node
    this.#units[slot] = unit
    this.#targets[slot] = child
  }
}

function slotOf(node: number, unit: number): number {
  const hash = Math.imul(node ^ Math.imul(unit, 0x9e37_79b1), 0x85eb_ca6b)
  return hash ^ (hash >>> 15)
}

/** White space of Unicode that is the only one in its block: ogham, line and paragraph separators, narrow, mathematical, ideographic. */
const otherBlanks: readonly number[] = [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff]

/** Whether a unit is white space. */
function isBlank(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0
  return (unit >= 0x2000 && unit <= 0x200a) || otherBlanks.includes(unit)
}

/** The end of the white space that begins at `start`, with the bars of Terraform's boxes at the starts of its lines. */
function endOfGap(text: string, start: number): number {
  let at = start
  let isLineStart = false
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x0a) isLineStart = true
    else if (isLineStart && unit >= 0x2500 && unit <= 0x257f) isLineStart = false
    else if (!isBlank(unit)) break
  }
  return at
}

/** Returns a word with each run of white space as one blank. */
function folded(word: string): string {
  let result = ''
  for (let at = 0; at < word.length; ) {
    if (!isBlank(word.charCodeAt(at))) result += word[at++]
    else {
      at = endOfGap(word, at)
      result += ' '
    }
  }
  return result
}
