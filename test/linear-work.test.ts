/**
 * Text of others is read in linear work: a regular expression that backtracks blocks the event loop, and with it every deadline. A
 * program counts the steps of the matcher. test/gate/linear-work.test.ts does the same for the gate.
 */
import { readFileSync } from 'node:fs'
import { checkSync } from 'recheck'
import { parseAst } from 'rolldown/parseAst'
import { expect, test } from 'vitest'

/** Milliseconds. On a loaded machine the checker takes a text that it did not finish for one that is slow. */
const limits = { timeout: 60_000, incubationTimeout: 10_000, attackTimeout: 30_000 }

/** Files that read what servers, providers, containers or people with another repository wrote. */
const files = [
  ...[
    'redact.ts',
    'decoded.ts',
    'secret-parts.ts',
    'matcher.ts',
    'log.ts',
    'text.ts',
    'words.ts',
    'json.ts',
    'report/markdown.ts',
  ],
  ...['terraform/diagnostics.ts', 'terraform/hcl-literal.ts', 'terraform/sensitive.ts', 'terraform/state-secrets.ts'],
  ...['terraform/lock.ts', 'terraform/transient.ts', 'github/api.ts', 'monitors/alivemcp.ts', 'monitors/webhook.ts'],
]

/** Expressions of which the checker says more than they can do, each with what bounds its text. */
const bounded: readonly string[] = [
  // A path of at most 4,096 characters.
  '^ {2}on (.{1,4096}) line (\\d{1,9})(?:, in .+)?:$',
]

function expressionsOf(file: string): { readonly pattern: string; readonly flags: string }[] {
  const found: { readonly pattern: string; readonly flags: string }[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { regex } = node as { readonly regex?: { readonly pattern: string; readonly flags: string } }
    if (regex) found.push(regex)
    for (const part of Object.values(node)) visit(part)
  }
  visit(parseAst(readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8'), { lang: 'ts' }))
  return found
}

test.each(files)('%s', file => {
  const slow = expressionsOf(file).filter(
    ({ pattern, flags }) => !bounded.includes(pattern) && checkSync(pattern, flags, limits).status === 'vulnerable',
  )
  expect(slow).toEqual([])
})
