import { defineConfig } from 'rolldown'
import license from 'rollup-plugin-license'
import { thirdParties } from './scripts/third-parties.ts'

/** The packages that are a chunk of their own, so that nothing loads them but who uses them. */
const groups = [
  // What every event and the post step need, in one file: opening many small ones costs more than reading them.
  { name: 'base', test: /src\/(errors|log|json|text|words|redact|poll|matcher|secret-parts)\.ts|@actions\/core\// },
  { name: 'aws', test: /node_modules\/(@aws-sdk|@aws-crypto|@smithy|@aws|bowser|fast-xml-parser)\// },
  { name: 'octokit', test: /node_modules\/(@octokit|@actions\/github|universal-user-agent|before-after-hook)\// },
  { name: 'undici', test: /node_modules\/(undici|@actions\/http-client|tunnel)\// },
  {
    name: 'entry',
    test: /src\/(checkout|event|inputs|outputs|rules\/names|approval\/(canonical|ignored-paths)|gate\/(contract|client-assertion|aws-signing|host-names)|terraform\/(backend|after-stop|drift|names|hcl|json))\.ts/,
  },
  // What `verify` needs up to its first request, in one file for the same reason.
  {
    name: 'verify',
    test: /src\/(child|commands\/(run|job|verify|check-gate|explain|configuration-secrets)|report\/(report|target)|github\/(api|comment-owner)|approval\/(digest|life|record)|gate\/(?!contract|client-assertion|aws-signing|host-names|output-schemas|calls|call-list)[\w-]+|terraform\/(lock|environment|diagnostics|root-module|tools|install\/release-keys|hcl-literal|sensitive-variables|configuration|counts|aws-errors|advice|diff\/line))\.ts|eventsource-parser\//,
  },
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
  input: { index: 'src/main.ts', post: 'src/post.ts', cli: 'src/cli.ts' },
  preserveEntrySignatures: 'allow-extension',
  // The toolkit's core brings undici along for its OIDC client, which nothing here calls (docs/decisions.md).
  treeshake: { moduleSideEffects: [{ test: /node_modules\/(@actions|undici|tunnel)\//, sideEffects: false }] },
  output: {
    dir: 'dist',
    format: 'esm',
    comments: false,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    cleanDir: true,
    codeSplitting: { groups, includeDependenciesRecursively: false },
  },
  // @ts-expect-error its types describe the CommonJS build, and Node gives the function itself
  plugins: [license({ thirdParty: thirdParties('.', 'dist') })],
})
