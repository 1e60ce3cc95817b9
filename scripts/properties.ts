/**
 * Runs the property tests with other inputs than `npm test` does: `npm run properties [-- SEEDS [FIRST]]`. Each of the SEEDS (5) seeds from
 * FIRST (a random one) gives each property other inputs. Vitest prints the counterexamples, and the last lines name the seeds that failed.
 */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'

const [seeds = 5, first = Math.floor(Math.random() * 1e8)] = process.argv.slice(2).map(Number)
if (![seeds, first].every(Number.isSafeInteger) || seeds < 1 || Math.abs(first) + seeds >= 1e9) {
  console.error('Usage: npm run properties -- [SEEDS] [FIRST], whole numbers below 1,000,000,000; SEEDS is at least 1.')
  process.exit(2)
}
const files = globSync('test/**/*.test.ts').filter(file =>
  /\/property\.ts'|\/any-reply\.ts'/.test(readFileSync(file, 'utf8')),
)
const failed: number[] = []
for (let seed = first; seed < first + seeds; seed++) {
  console.log(`Seed ${seed}`)
  const env = { ...process.env, PROPERTY_SEED: `${seed}` }
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', ...files]
  if (spawnSync(process.execPath, vitest, { env, stdio: 'inherit' }).status !== 0) failed.push(seed)
}
const result = failed.length === 0 ? 'No seed failed.' : `Failed: ${failed.join(', ')}.`
console.log(`${seeds} seeds from ${first} in ${files.length} files. ${result}`)
process.exitCode = failed.length === 0 ? 0 : 1
