/**
 * Writes `examples/` from the same pages and code as `mcp-gate init`: what it writes for ECS, Lambda and an endpoint that is deployed
 * elsewhere, and the server of docs/getting-started.md. With `--check` it writes nothing and exits 1 when a file is out of date.
 * `package.json` and `package-lock.json` of the server, and the README, are kept manually.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { filesFor, type Sources, sourcePages } from '../src/cli/init/files.ts'
import { readPage } from '../src/cli/init/page.ts'
import type { Texts } from '../src/cli/init/questions.ts'

const folder = 'examples'

const stack = {
  repository: 'acme/weather',
  name: 'weather',
  account: '123456789012',
  region: 'us-east-1',
  action: 'OWNER/terraform-mcp-deploy@v1',
}
const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/weather:1.0.0'

/** The answers of each example. */
export const exampleAnswers: Readonly<Record<string, Texts>> = {
  ecs: {
    ...stack,
    platform: 'ecs',
    domain: 'mcp.example.com',
    zone: 'Z0123456789ABCDEFGHIJ',
    vpc: 'none',
    image,
  },
  lambda: { ...stack, platform: 'lambda', domain: 'none', image },
  endpoint: { platform: 'endpoint', endpoint: 'https://mcp.example.com/mcp', action: stack.action },
}

/** The Lambda Web Adapter, which translates requests for a server in a function. Elsewhere nothing starts it. */
const adapter = `# Only AWS Lambda starts what is in /opt/extensions.
COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 /lambda-adapter /opt/extensions/lambda-adapter
`

/** Returns the text of each generated file, by its path from the root of the repository. */
export function exampleFiles(sources: Sources): Map<string, string> {
  const page = readPage(sources.stack)
  const dockerfile = page.file('Dockerfile').replace('WORKDIR', `${adapter}WORKDIR`)
  const written = Object.entries(exampleAnswers).flatMap(([name, answers]) =>
    filesFor(answers, sources).map(({ path, text }) => [`${folder}/${name}/${path}`, text] as const),
  )
  return new Map([
    ...written,
    [`${folder}/server/server.mjs`, page.file('server.mjs')],
    [`${folder}/server/Dockerfile`, dockerfile],
  ])
}

/** Reads the pages that the examples come from. */
export function readExampleSources(root: string): Sources {
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  return { stack: read(sourcePages.stack), endpoint: read(sourcePages.endpoint) }
}

/** Returns the generated files that are missing, out of date or no longer generated. */
export function outdatedExamples(root: string, files: ReadonlyMap<string, string>): string[] {
  const present = Object.keys(exampleAnswers).flatMap(name =>
    readdirSync(join(root, folder, name), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
  const isCurrent = (path: string) =>
    existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === files.get(path)
  return [...new Set([...present, ...files.keys()])].filter(path => !isCurrent(path)).sort()
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const files = exampleFiles(readExampleSources(root))
  const outdated = outdatedExamples(root, files)
  if (process.argv.includes('--check')) {
    for (const path of outdated) console.error(`${path}: is out of date. Run npm run fix.`)
    process.exitCode = outdated.length > 0 ? 1 : 0
  } else {
    for (const path of outdated) {
      const text = files.get(path)
      if (text === undefined) rmSync(join(root, path))
      else {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), text)
      }
    }
  }
}
