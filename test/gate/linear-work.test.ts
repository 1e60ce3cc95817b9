/**
 * Foreign text is read in linear work. A regular expression that backtracks blocks the event loop, and with it every
 * deadline; so each one of the gate is checked by a program that counts the steps of the matcher, not the time.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { checkSync } from 'recheck'
import { parseAst } from 'rolldown/parseAst'
import { describe, expect, it } from 'vitest'
import { previewJson } from '../../src/gate/sanitize.ts'

const FOLDER = new URL('../../src/gate/', import.meta.url)

interface Expression {
  readonly file: string
  readonly pattern: string
  readonly flags: string
}

/** Every regular expression literal of the gate's sources. */
function expressions(): readonly Expression[] {
  return readdirSync(FOLDER).flatMap(file => {
    const expressions: Expression[] = []
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      const { regex } = node as { readonly regex?: { readonly pattern: string; readonly flags: string } }
      if (regex) expressions.push({ file, ...regex })
      for (const part of Object.values(node)) visit(part)
    }
    visit(parseAst(readFileSync(new URL(file, FOLDER), 'utf8'), { lang: 'ts' }))
    return expressions
  })
}

/** Milliseconds. On a loaded machine the checker takes a text that it did not finish for one that is slow. */
const limits = { timeout: 60_000, incubationTimeout: 10_000, attackTimeout: 30_000 }

describe('the work on foreign text', () => {
  it('is linear in every regular expression of the gate', { timeout: 120_000 }, () => {
    const all = expressions()
    expect(all.length).toBeGreaterThan(30)
    const slow = all.filter(({ pattern, flags }) => checkSync(pattern, flags, limits).status !== 'safe')
    expect(slow).toEqual([])
    // The checker sees what it must see: this one took 11 seconds of 10,000 repeated openings.
    expect(checkSync('<title[^>]*>([^<]*)', 'i').status).toBe('vulnerable')
  })

  it('is bounded when a value is previewed, however wide and deep it is', () => {
    let reads = 0
    const item = (depth: number): unknown =>
      new Proxy({} as Record<string, unknown>, {
        ownKeys: () => Array.from({ length: 1000 }, (_, index) => `key${index}`),
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
        get: () => {
          reads++
          return item(depth + 1)
        },
      })
    expect(previewJson(item(0), []).length).toBeLessThanOrEqual(201)
    expect(reads).toBeLessThan(1000)
  })
})
