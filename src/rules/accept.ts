/**
 * Findings that somebody has accepted, with the reason: in a comment of the configuration, or by the input accept-rules. An
 * accepted finding is still shown. A comment that accepts nothing is told, so that nobody relies on it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { asList, asObject } from '../json.ts'
import { type Block, outlineOf } from '../terraform/hcl.ts'
import { withoutKeys } from '../terraform/json.ts'
import { isRuleName } from './names.ts'
import { parsed, text } from './plan-view.ts'

export interface Acceptance {
  readonly rule: string
  readonly reason: string
  /** Address in the configuration of the block it stands at; undefined for the whole plan. */
  readonly block: string | undefined
}

export interface Acceptances {
  readonly acceptances: readonly Acceptance[]
  /** A sentence for each comment that accepts nothing. */
  readonly problems: readonly string[]
}

/** The reason that was given for this rule at the address or at a module that holds it. */
export function acceptedBy(acceptances: readonly Acceptance[], rule: string, address: string): string | undefined {
  const written = withoutKeys(address)
  return acceptances.find(
    ({ rule: accepted, block }) =>
      accepted === rule && (block === undefined || block === written || written.startsWith(`${block}.`)),
  )?.reason
}

/** Reads the comments of the root module and of every module below it that `terraform init` has recorded. */
export function readAcceptances(directory: string): Acceptances {
  const found = modulesOf(directory).flatMap(({ key, path }) =>
    tfFiles(path).map(file =>
      acceptancesIn(readFileSync(file, 'utf8'), relative(directory, file), key === '' ? [] : key.split('.')),
    ),
  )
  return {
    acceptances: found.flatMap(({ acceptances }) => acceptances),
    problems: found.flatMap(({ problems }) => problems),
  }
}

/**
 * The comments of one file.
 * @param file how it is called in what people read
 * @param module names of the module calls that lead to it
 */
export function acceptancesIn(content: string, file: string, module: readonly string[]): Acceptances {
  if (!content.includes('mcp-deploy:accept')) return { acceptances: [], problems: [] }
  const { blocks, comments } = outlineOf(content)
  const alone = new Set(comments.filter(({ isAlone }) => isAlone).map(({ line }) => line))
  const acceptances: Acceptance[] = []
  const problems: string[] = []
  for (const { text: comment, line } of comments) {
    const match = /^mcp-deploy:accept(?:\s+(\S+)(?:\s+(.*))?)?$/.exec(comment)
    if (match === null) continue
    const rule = match[1]?.replace(/:$/, '') ?? ''
    const reason = match[2]?.trim() ?? ''
    const block = blockAt(line, blocks, alone)
    const refuse = (why: string) => problems.push(`${file}, line ${line}: mcp-deploy:accept ${why}.`)
    if (!isRuleName(rule)) {
      refuse(
        rule === ''
          ? 'names no rule, so nothing is accepted: write the rule and the reason after it'
          : `names the rule "${rule}", which does not exist, so nothing is accepted: docs/plan-rules.md has the names`,
      )
    } else if (reason === '') {
      refuse(`${rule} gives no reason, so nothing is accepted: write it after the rule`)
    } else if (block === undefined) {
      refuse(`${rule} stands neither in nor directly above a resource, module or output, so nothing is accepted`)
    } else {
      acceptances.push({ rule, reason, block: addressOf(block, module) })
    }
  }
  return { acceptances, problems }
}

function blockAt(line: number, blocks: readonly Block[], alone: ReadonlySet<number>): Block | undefined {
  let next = line
  while (alone.has(next)) next++
  return blocks.find(
    ({ type, first, last }) =>
      ['resource', 'data', 'module', 'output'].includes(type) && ((line >= first && line <= last) || first === next),
  )
}

function addressOf({ type, labels }: Block, module: readonly string[]): string {
  const kind = type === 'resource' ? [] : [type]
  return [...module.flatMap(name => ['module', name]), ...kind, ...labels].join('.')
}

/** Directory of each module as Terraform has recorded it; the root module alone where there are no others. */
function modulesOf(directory: string): { key: string; path: string }[] {
  const manifest = join(resolve(directory, process.env.TF_DATA_DIR ?? '.terraform'), 'modules', 'modules.json')
  const modules = existsSync(manifest)
    ? asList(asObject(parsed(readFileSync(manifest, 'utf8'))).Modules).map(asObject)
    : []
  const known = modules.flatMap(({ Key, Dir }) => {
    const [key, path] = [text(Key), text(Dir)]
    return key === undefined || path === undefined ? [] : [{ key, path: resolve(directory, path) }]
  })
  return known.some(({ key }) => key === '') ? known : [{ key: '', path: directory }, ...known]
}

function tfFiles(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true })
    .filter(entry => !entry.isDirectory() && /\.(tf|tofu)$/.test(entry.name) && existsSync(join(directory, entry.name)))
    .map(({ name }) => join(directory, name))
    .sort()
}
