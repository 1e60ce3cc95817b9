/**
 * Puts generated replies to the gate, many more than the tests do: `node scripts/fuzz-gate.ts [runs] [seed]`. Every run is the whole gate
 * over a real socket. A reply without a verdict is printed with what plays it again, and the exit code is 1.
 */
import fc from 'fast-check'
import { codes } from '../src/gate/codes.ts'
import { hasVerdict, places } from '../test/support/mcp/any-reply.ts'

const [runs = 2_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
if (![runs, seed].every(Number.isSafeInteger) || runs < 1) {
  console.error('Usage: node scripts/fuzz-gate.ts [runs for each place, 2000] [seed]')
  process.exit(2)
}
for (const place of places) {
  const [era, method] = place
  const started = Date.now()
  const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(hasVerdict(place, codes), {
    numRuns: runs,
    seed,
    interruptAfterTimeLimit: 30 * 60_000,
  })
  console.log(
    `${era} ${method}: ${failed ? 'FAILED' : `${runs} replies`}, ${Math.round((Date.now() - started) / 1000)} s`,
  )
  if (!failed) continue
  console.error(
    `seed ${seed}, path ${counterexamplePath}\n${JSON.stringify(counterexample)}\n${errorInstance ?? 'no verdict of the table'}`,
  )
  process.exitCode = 1
}
process.exit()
