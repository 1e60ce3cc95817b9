/** The configuration of Vitest for mutants: no projects, no reporters of ours, and only the test files in MUTATE_TESTS. */
import { defineConfig } from 'vitest/config'

// This process is a worker of Stryker. It must end with its parent, also in the middle of a mutant.
process.on('disconnect', () => process.exit())

export default defineConfig({
  test: {
    include: process.env.MUTATE_TESTS?.split(',') ?? [],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
