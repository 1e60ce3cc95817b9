import { defineConfig } from 'rolldown'
import license from 'rollup-plugin-license'
import { thirdParties } from './scripts/third-parties.ts'

/**
 * One readable file each: people run this with their cloud account, so they must be able to read it. The AWS clients
 * have their ES modules in `module`, of which only the commands that are called stay; their `main` is one whole file.
 */
const common = {
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] as string[] },
  output: { format: 'esm', codeSplitting: false, comments: false },
} as const

export default defineConfig([
  {
    ...common,
    input: 'src/main.ts',
    output: { ...common.output, file: 'dist/index.js' },
    // @ts-expect-error its types describe the CommonJS build, and Node gives the function itself
    plugins: [license({ thirdParty: thirdParties('.', 'dist') })],
  },
  { ...common, input: 'src/post.ts', output: { ...common.output, file: 'dist/post.js' } },
])
