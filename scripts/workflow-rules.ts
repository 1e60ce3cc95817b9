/**
 * What this project requires of workflows and of its action.yml beyond what the linters know: pinned actions, least permissions,
 * an end for every job, no expression inside a script, and what GitHub's Marketplace demands. Called by lint-workflows.ts.
 */
import { isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'

/** A finding at a line of the text, counted from 1. */
export interface Finding {
  readonly line: number
  readonly message: string
}

const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/
const version = /^v\d+(\.\d+)*$/

/**
 * Each `uses` that does not name one commit, with the version beside it for people and for the tool that updates it. A tag
 * can be moved to other code. Our own action and files of the repository are left out, and so is what a guide shows with the
 * comment `# before`: somebody's workflow as it was.
 * @param text a workflow, an action.yml or a Markdown file
 * @param ourName name of the repository, whoever owns it
 */
export function unpinnedActions(text: string, ourName: string): Finding[] {
  return text.split('\n').flatMap((content, index) => {
    const [, uses, comment] = /^\s*(?:-\s+)?uses:\s*["']?([^\s"'#]+)["']?(?:\s+#\s*(\S+).*)?\s*$/.exec(content) ?? []
    const isOurs = uses === undefined || uses.startsWith('./') || uses.split('@')[0]?.endsWith(`/${ourName}`)
    if (isOurs || comment?.replace(':', '') === 'before') return []
    const line = index + 1
    if (!pinned.test(uses))
      return [{ line, message: `${uses} is not pinned: name the commit, 40 digits, and not a tag` }]
    if (comment === undefined || !version.test(comment))
      return [{ line, message: `${uses} needs the version of that commit as a comment, such as "# v1.2.3"` }]
    return []
  })
}

/** Each base image of a Dockerfile, and each image of a job, that does not name its digest. A tag can be moved to another image. */
export function unpinnedImages(text: string): Finding[] {
  return text.split('\n').flatMap((content, index) => {
    const [, image] = /^\s*(?:FROM(?:\s+--\S+)*|image:)\s+["']?([\w./-]+:[\w.-]+)(?![\w.@-])/.exec(content) ?? []
    const isOurs = image?.startsWith('registry.example.com/')
    if (image === undefined || isOurs) return []
    return [{ line: index + 1, message: `${image} is not pinned: add its digest, @sha256: and 64 digits` }]
  })
}

/** What a workflow of this repository must say: its permissions, when its jobs end, and nothing of others in a script. */
export function carelessWorkflow(text: string): Finding[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const findings: Finding[] = []
  const found = (node: Node, message: string) =>
    findings.push({ line: lines.linePos(node.range?.[0] ?? 0).line, message })
  const root = document.contents
  if (!isMap(root)) return [{ line: 1, message: 'is no workflow' }]
  const permissions = root.get('permissions', true)
  if (!isMap(permissions) || permissions.items.some(({ value }) => !isScalar(value) || value.value === 'write'))
    found(
      isMap(permissions) ? permissions : root,
      'permissions at the top must be {} or only read: a job that writes has its own',
    )
  const jobs = root.get('jobs', true)
  for (const { key, value: job } of isMap(jobs) ? (jobs as YAMLMap<Node, Node>).items : []) {
    if (!isMap(job)) continue
    if (!job.has('uses') && !job.has('timeout-minutes'))
      found(key, `job ${key} needs timeout-minutes: without, what hangs is stopped after six hours`)
    const steps = job.toJSON().steps as { run?: string; uses?: string; with?: Record<string, unknown> }[] | undefined
    for (const [index, step] of (steps ?? []).entries()) {
      const node = document.getIn(['jobs', String(key), 'steps', index], true) as Node
      if (step.run?.includes('$' + '{{')) found(node, 'an expression in run is pasted into the script: give it by env')
      if (step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false)
        found(node, 'checkout needs persist-credentials: false, or every later step can read the token')
    }
  }
  return findings
}

/** What an action.yml lacks for the Marketplace. That the name is free, only GitHub can say. */
export function unfitForMarketplace(text: string): Finding[] {
  const lines = text.split('\n')
  const lineOf = (key: string) => lines.findIndex(line => line.startsWith(`${key}:`)) + 1 || 1
  const action = parseDocument(text).toJS() as {
    name?: string
    description?: string
    branding?: { icon?: string; color?: string }
  }
  const findings: Finding[] = []
  const { name = '', description = '', branding } = action
  if (!/^[A-Za-z0-9][\w .-]*$/.test(name) || /^github\b/i.test(name))
    findings.push({ line: lineOf('name'), message: `name "${name}" must be plain words that do not begin with GitHub` })
  if (description.length === 0 || description.length >= 125)
    findings.push({
      line: lineOf('description'),
      message: `description has ${description.length} characters, the Marketplace takes 1 to 124`,
    })
  // Which icons and colours there are, the language service knows.
  if (!branding?.icon || !branding.color)
    findings.push({ line: lineOf('branding'), message: 'branding needs an icon and a color' })
  return findings
}
