/**
 * A reporter that closes the run with one plain line, `N passed, N failed, N skipped`, for readers of only that line, and
 * leaves the durations of its files where `npm run bench` lists them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

const root = join(import.meta.dirname, '../..')

/** The durations of the last run; not committed. */
export const durationsFile = join(root, 'node_modules/.cache/test-durations.json')

export interface TestDurations {
  readonly tests: number
  /** Of the whole run, in milliseconds. */
  readonly elapsedMs: number
  /** Of each file alone, in milliseconds, the longest first. */
  readonly files: readonly { readonly file: string; readonly ms: number }[]
}

export default class ClosingLine implements Reporter {
  #started = Date.now()

  onTestRunStart(): void {
    this.#started = Date.now()
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== 'pending') count[state]++
      }
      // A file that could not be loaded, or whose set-up failed, has no failed test of its own.
      if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0) count.failed++
    }
    const failed = count.failed + errors.length
    const durations: TestDurations = {
      tests: count.passed + failed,
      elapsedMs: Date.now() - this.#started,
      files: modules
        .map(module => ({ file: relative(root, module.moduleId), ms: Math.round(module.diagnostic().duration) }))
        .sort((a, b) => b.ms - a.ms),
    }
    mkdirSync(dirname(durationsFile), { recursive: true })
    writeFileSync(durationsFile, JSON.stringify(durations))
    console.log(`\n${count.passed} passed, ${failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`)
  }
}
