import { resolve } from 'node:path'
import { type ChunkingContext, defineConfig } from 'rolldown'
import license from 'rollup-plugin-license'
import { distText } from './scripts/dist-text.ts'
import { thirdParties } from './scripts/third-parties.ts'

/** The modules that a module loads at once, those that these load, and itself. Packages are chunks of their own. */
function loadedWith(root: string, context: ChunkingContext): Set<string> {
  const found = new Set([resolve(root)])
  for (const id of found) {
    for (const each of context.getModuleInfo(id)?.importedIds ?? []) if (isOwn(each)) found.add(each)
  }
  return found
}

const isOwn = (id: string): boolean => id.startsWith(resolve('src')) || /node_modules\/eventsource-parser\//.test(id)

/**
 * What loads at once is one file, because opening many small ones costs more than reading them: what every job needs for its post
 * step, what every event needs, and what `verify` needs up to its first request. A module belongs to the first that loads it, so no file
 * waits for a later one.
 */
const steps = [
  ['entry', 'src/main.ts'],
  ['verify', 'src/commands/run.ts'],
] as const

/** The modules that are started. They stay files of their own, because a file that waits for them cannot import from them. */
const started = { index: 'src/main.ts', post: 'src/post.ts', cli: 'src/cli.ts' }
const entries = Object.values(started).map(file => resolve(file))

/** The name of the file of a module, null if no step loads it. */
function stepOf(id: string, context: ChunkingContext): string | null {
  if (/node_modules\/@actions\/core\//.test(id)) return 'entry'
  const step = isOwn(id) ? steps.find(([, root]) => loadedWith(root, context).has(id)) : undefined
  return step === undefined || entries.includes(id) ? null : step[0]
}

/** Packages that only some commands use, each a chunk of its own. */
const groups = [
  { name: stepOf, debugName: 'steps' },
  { name: 'aws', test: /node_modules\/(@aws-sdk|@aws-crypto|@smithy|@aws|bowser|fast-xml-parser)\// },
  { name: 'octokit', test: /node_modules\/(@octokit|@actions\/github|universal-user-agent|before-after-hook)\// },
  { name: 'undici', test: /node_modules\/(undici|@actions\/http-client|tunnel)\// },
  { name: 'yaml', test: /node_modules\/yaml\// },
]

/**
 * Readable files: people run them with their cloud account, so they must be able to read them. index.js holds what every
 * event needs; each command, and what only some commands need, is a chunk that is loaded when it is used. The AWS clients
 * have their ES modules in `module`, of which only the commands that are called stay; their `main` is one whole file.
 */
export default defineConfig({
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  input: started,
  preserveEntrySignatures: 'allow-extension',
  // The toolkit's core brings undici along for its OIDC client, which nothing here calls (docs/decisions/0125-dist-in-chunks.md).
  treeshake: { moduleSideEffects: [{ test: /node_modules\/(@actions|undici|tunnel)\//, sideEffects: false }] },
  output: {
    dir: 'dist',
    format: 'esm',
    comments: false,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    cleanDir: true,
    // Files import names, so people can follow them.
    minifyInternalExports: false,
    codeSplitting: { groups, includeDependenciesRecursively: false },
  },
  // @ts-expect-error its types describe the CommonJS build, and Node gives the function itself
  plugins: [distText(), license({ thirdParty: thirdParties('.', 'dist') })],
})
