/** What the demo claims, each claim checked, with the time it took: printed as it happens and as a table at the end. */

export interface Checks {
  chapter(title: string): void
  timed<T>(what: string, action: () => Promise<T>): Promise<T>
  /** @param evidence printed when the claim does not hold */
  that(claim: string, holds: boolean, evidence?: string): void
}

interface Row {
  readonly chapter: string
  readonly claim: string
  readonly holds: boolean
}

const color = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)

export class Check implements Checks {
  readonly #rows: Row[] = []
  #chapter = ''

  chapter(title: string): void {
    this.#chapter = title
    console.log(`\n${paint(1, title)}`)
  }

  async timed<T>(what: string, action: () => Promise<T>): Promise<T> {
    const started = Date.now()
    console.log(`  … ${what}`)
    try {
      return await action()
    } finally {
      console.log(`    ${((Date.now() - started) / 1000).toFixed(1)} s`)
    }
  }

  that(claim: string, holds: boolean, evidence = ''): void {
    this.#rows.push({ chapter: this.#chapter, claim, holds })
    console.log(`  ${holds ? paint(32, '✓') : paint(31, '✗')} ${claim}`)
    if (!holds && evidence !== '') console.log(evidence.replaceAll(/^/gm, '      '))
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
