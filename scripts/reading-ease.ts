/**
 * Prints how easy the pages are to read, by Flesch's formula (1948): 206.835 − 1.015 × words per sentence − 84.6 × syllables per
 * word. More is easier: 60 is plain English, 30 is difficult. Below the pages it prints the ten sentences with the lowest figure.
 * Headings, table cells and code blocks are left out. Code and paths in a sentence count as words, and not for the syllables.
 *
 *     node scripts/reading-ease.ts [file …]
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CODE, type Prose, readProse, sentencesOf, wordsOf } from './prose/read.ts'

const maxWorst = 10
/** A shorter text has no figure that means something. */
const minWords = 12

/** How easy some sentences are. */
export interface Ease {
  readonly sentences: number
  readonly words: number
  /** Flesch's figure, NaN without a word. */
  readonly flesch: number
}

/** The syllables of an English word, by its groups of vowels: right for about nine of ten words. */
export function syllablesOf(word: string): number {
  const letters = word
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(?<=[^aeiouyl])e$|(?<=[^aeioudt])ed$|(?<=[^aeioucghsxz]|[^sc]h)es$/, '')
  return Math.max(1, letters.match(/[aeiouy]+/g)?.length ?? 0)
}

/** The figures of sentences as one text. */
export function easeOf(sentences: readonly string[]): Ease {
  const words = sentences.flatMap(wordsOf)
  const own = words.filter(word => word !== CODE && !/\w[/._]\w/.test(word))
  const syllables = own.reduce((sum, word) => sum + syllablesOf(word), 0)
  const flesch = 206.835 - 1.015 * (words.length / sentences.length) - 84.6 * (syllables / own.length)
  return { sentences: sentences.length, words: words.length, flesch }
}

/** A sentence of a page, with its own figure. */
interface Rated {
  readonly file: string
  readonly line: number
  readonly text: string
  readonly flesch: number
}

/**
 * The figure of each page, easiest last, and the sentences with the lowest figures.
 * @param read the text of a file
 */
export function rate(files: readonly string[], read: (file: string) => string) {
  const pages: ({ readonly file: string } & Ease)[] = []
  const rated: Rated[] = []
  for (const file of files) {
    const pieces = readProse(file, read(file)).filter(({ kind }) => kind === 'paragraph')
    const sentences = pieces.flatMap(piece => sentencesOf(piece).map(({ text, offset }) => ({ text, piece, offset })))
    const whole = sentences.filter(({ text }) => wordsOf(text).length > 2)
    if (whole.length === 0) continue
    pages.push({ file, ...easeOf(whole.map(({ text }) => text)) })
    rated.push(...whole.flatMap(({ text, piece, offset }) => rateSentence(file, text, piece, offset)))
  }
  return {
    pages: pages.sort((a, b) => a.flesch - b.flesch),
    worst: rated.sort((a, b) => a.flesch - b.flesch).slice(0, maxWorst),
  }
}

function rateSentence(file: string, text: string, piece: Prose, offset: number): Rated[] {
  const { words, flesch } = easeOf([text])
  return words < minWords || Number.isNaN(flesch)
    ? []
    : [{ file, line: piece.lineAt(offset), text: text.trim(), flesch }]
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const named = process.argv.slice(2)
  const patterns = ['*.md', ':!test', ':!dist', ':!docs/decisions', ':!.github']
  const listed = execFileSync('git', ['ls-files', '-z', '--', ...patterns], { cwd: root, encoding: 'utf8' })
  const files = named.length > 0 ? named : listed.split('\0').filter(file => file !== '')
  const { pages, worst } = rate(files, file => readFileSync(join(root, file), 'utf8'))
  console.log('Flesch  words per sentence  page')
  for (const { file, flesch, words, sentences } of pages) {
    console.log(`${flesch.toFixed(0).padStart(6)}  ${(words / sentences).toFixed(1).padStart(18)}  ${file}`)
  }
  console.log('\nThe sentences with the lowest figures:')
  for (const { file, line, flesch, text } of worst)
    console.log(`${flesch.toFixed(0).padStart(4)}  ${file}:${line}: ${text}`)
}
