/**
 * Acceptances of findings, each with its reason: from comments in the configuration, or from the input accept-rules. Accepted
 * findings are still listed. A comment that accepts nothing causes a warning, so that nobody relies on it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { asList, asObject } from '../json.ts'
import { type Block, parseHcl } from '../terraform/hcl.ts'
import { withoutInstanceKeys } from '../terraform/json.ts'
import { isRuleName } from './names.ts'
import { asString, parseJsonText } from './plan-view.ts'

/** One rule that somebody accepts at one place. */
export interface Acceptance {
  readonly rule: string
  readonly reason: string
  /** Configuration address of the block with the comment; undefined accepts the rule in the whole plan. */
  readonly block: string | undefined
}

/** All acceptances of a configuration, and the comments that accept nothing. */
export interface Acceptances {
  readonly acceptances: readonly Acceptance[]
  /** One sentence for each comment that accepts nothing. */
  readonly problems: readonly string[]
}

/** The reason for accepting a rule at an address or in a module that contains it; undefined if nobody accepted it. */
export function acceptanceReason(
  acceptances: readonly Acceptance[],
  rule: string,
  address: string,
): string | undefined {
  const configured = withoutInstanceKeys(address)
  return acceptances.find(
    ({ rule: accepted, block }) =>
      accepted === rule && (block === undefined || block === configured || configured.startsWith(`${block}.`)),
  )?.reason
}

/**
 * Reads the comments of the root module and of every module below it that `terraform init` has recorded.
 * @param directory the root module, after `terraform init`
 */
export function readAcceptances(directory: string): Acceptances {
  const files = recordedModules(directory).flatMap(({ key, path }) =>
    tfFiles(path).map(file =>
      acceptancesIn(readFileSync(file, 'utf8'), relative(directory, file), key === '' ? [] : key.split('.')),
    ),
  )
  return {
    acceptances: files.flatMap(({ acceptances }) => acceptances),
    problems: files.flatMap(({ problems }) => problems),
  }
}

/**
 * The acceptances in one file.
 * @param file path of the file in messages
 * @param module names of the module calls that lead to the file
 */
export function acceptancesIn(content: string, file: string, module: readonly string[]): Acceptances {
  if (!content.includes('mcp-deploy:accept')) return { acceptances: [], problems: [] }
  const { blocks, comments } = parseHcl(content)
  const commentLines = new Set(comments.filter(({ isOnOwnLine }) => isOnOwnLine).map(({ line }) => line))
  const acceptances: Acceptance[] = []
  const problems: string[] = []
  for (const { text: comment, line } of comments) {
    const match = /^mcp-deploy:accept(?:\s+(\S+)(?:\s+(.*))?)?$/.exec(comment)
    if (match === null) continue
    const rule = match[1]?.replace(/:$/, '') ?? ''
    const reason = match[2]?.trim() ?? ''
    const block = blockNear(line, blocks, commentLines)
    const refuse = (why: string) => problems.push(`${file}, line ${line}: mcp-deploy:accept ${why}.`)
    if (!isRuleName(rule)) {
      refuse(
        rule === ''
          ? 'names no rule, so it accepts nothing: write the rule and the reason after it'
          : `names the rule "${rule}", which does not exist, so it accepts nothing: docs/plan-rules.md lists the names`,
      )
    } else if (reason === '') {
      refuse(`${rule} gives no reason, so it accepts nothing: write the reason after the rule`)
    } else if (block === undefined) {
      refuse(`${rule} is neither in nor directly above a resource, module or output, so it accepts nothing`)
    } else {
      acceptances.push({ rule, reason, block: addressOf(block, module) })
    }
  }
  return { acceptances, problems }
}

function blockNear(line: number, blocks: readonly Block[], commentLines: ReadonlySet<number>): Block | undefined {
  let next = line
  while (commentLines.has(next)) next++
  return blocks.find(
    ({ type, firstLine, lastLine }) =>
      ['resource', 'data', 'module', 'output'].includes(type) &&
      ((line >= firstLine && line <= lastLine) || firstLine === next),
  )
}

function addressOf({ type, labels }: Block, module: readonly string[]): string {
  const kind = type === 'resource' ? [] : [type]
  return [...module.flatMap(name => ['module', name]), ...kind, ...labels].join('.')
}

/** Key and directory of each module that Terraform has recorded, always with the root module. */
function recordedModules(directory: string): { key: string; path: string }[] {
  const manifest = join(resolve(directory, process.env.TF_DATA_DIR ?? '.terraform'), 'modules', 'modules.json')
  const modules = existsSync(manifest)
    ? asList(asObject(parseJsonText(readFileSync(manifest, 'utf8'))).Modules).map(asObject)
    : []
  const known = modules.flatMap(({ Key, Dir }) => {
    const [key, path] = [asString(Key), asString(Dir)]
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
