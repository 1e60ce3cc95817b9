/** What the demo claims, each claim checked, with the time it took: printed as it happens and as a table at the end. */

interface Row {
  readonly chapter: string
  readonly claim: string
  readonly holds: boolean
}

const color = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)

export class Checks {
  readonly #rows: Row[] = []
  #chapter = ''
  #stopped = false

  /** Nothing is printed or begun any more: what is still running ends by the error. */
  stop(): void {
    this.#stopped = true
  }

  chapter(title: string): void {
    this.#goOn()
    this.#chapter = title
    console.log(`\n${paint(1, title)}`)
  }

  async timed<T>(what: string, action: () => Promise<T>): Promise<T> {
    this.#goOn()
    const started = Date.now()
    console.log(`  … ${what}`)
    try {
      return await action()
    } finally {
      if (!this.#stopped) console.log(`    ${((Date.now() - started) / 1000).toFixed(1)} s`)
    }
  }

  /** @param evidence printed when the claim does not hold */
  that(claim: string, holds: boolean, evidence = ''): void {
    this.#goOn()
    this.#rows.push({ chapter: this.#chapter, claim, holds })
    console.log(`  ${holds ? paint(32, '✓') : paint(31, '✗')} ${claim}`)
    if (!holds && evidence !== '') console.log(evidence.replaceAll(/^/gm, '      '))
  }

  #goOn(): void {
    if (this.#stopped) throw new Error('stopped')
  }

  get passed(): boolean {
    return this.#rows.length > 0 && this.#rows.every(({ holds }) => holds)
  }

  table(): void {
    const chapters = [...new Set(this.#rows.map(({ chapter }) => chapter))]
    const width = Math.max(...chapters.map(({ length }) => length))
    console.log(`\n${paint(1, 'What was shown')}`)
    for (const chapter of chapters) {
      const rows = this.#rows.filter(row => row.chapter === chapter)
      const held = rows.filter(({ holds }) => holds).length
      const mark = held === rows.length ? paint(32, '✓') : paint(31, '✗')
      console.log(`  ${mark} ${chapter.padEnd(width)}  ${held} of ${rows.length} checks`)
    }
    const held = this.#rows.filter(({ holds }) => holds).length
    console.log(`\n${held} passed, ${this.#rows.length - held} failed`)
  }
}
