/**
 * Keeps one issue about a scheduled workflow: opens it when the workflow fails, writes it again while it fails, and closes it when
 * it passes. A workflow that was cancelled or skipped changes nothing.
 *
 *     node scripts/workflow-issue.ts engines|provider|properties|age RESULTS [REPORT]
 *
 * RESULTS is a JSON list of results of jobs, such as `["success", "failure"]`, and REPORT a file with what a person needs to know.
 * It reads GITHUB_TOKEN, which needs `issues: write`, and the variables of the runner.
 */
import { readFileSync } from 'node:fs'
import { GitHub } from '../src/github/api.ts'
import { type Line, line } from '../src/log.ts'
import { fence, hiddenLine, link, Markdown, md } from '../src/report/markdown.ts'

/** What an issue is about. */
interface Kind {
  readonly title: Line
  readonly about: Markdown
}

export const kinds = {
  engines: {
    title: line`Tests fail with another version of Terraform or OpenTofu`,
    about: md`The weekly tests with other versions of Terraform and OpenTofu fail. Run one of them on your machine: \`npm run engine -- tofu@latest\`.`,
  },
  provider: {
    title: line`Tests fail with version 6 of the AWS provider`,
    about: md`The modules allow version 6 of the AWS provider, and the weekly tests with its newest release fail. Run them on your machine: \`TEST_AWS_PROVIDER="~> 6.0" npx vitest run --project real test/e2e\`, and \`terraform init -upgrade && terraform test\` in a module.`,
  },
  properties: {
    title: line`A property fails for other inputs`,
    about: md`The weekly run of the property tests found inputs for which one fails. The log has the counterexample. Run it on your machine with the seed below: \`npm run properties -- 1 SEED\`.`,
  },
  age: {
    title: line`Default versions of Terraform and OpenTofu have aged`,
    about: md`The action installs older versions by default than those that are released.`,
  },
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds

/** The result of one run of the workflow. */
export interface WorkflowRun {
  /** Results of its jobs, as GitHub names them: success, failure, cancelled or skipped. */
  readonly results: readonly string[]
  readonly url: string
  /** Text for people; empty without any. */
  readonly report: string
}

export type IssueOutcome = 'opened' | 'updated' | 'closed' | 'nothing'

/** Decides whether a workflow passed, failed, or was not finished. */
export function verdictOf(results: readonly string[]): 'passed' | 'failed' | 'unfinished' {
  if (results.includes('failure')) return 'failed'
  return results.length > 0 && results.every(result => result === 'success') ? 'passed' : 'unfinished'
}

/** Opens, writes again or closes the issue of a kind. @throws ServiceError */
export async function updateWorkflowIssue(github: GitHub, name: KindName, run: WorkflowRun): Promise<IssueOutcome> {
  const verdict = verdictOf(run.results)
  if (verdict === 'unfinished') return 'nothing'
  const marker = `<!-- terraform-mcp-deploy-workflow-issue:${name} -->`
  const { title, about } = kinds[name]
  const open = await github.issuesOf(marker)
  const page = link(md`run`, run.url)
  if (verdict === 'failed') {
    const report = run.report.trim() === '' ? undefined : fence(run.report.trimEnd().split('\n'))
    const closing = md`The last ${page} failed. This issue is closed when a run passes.`
    const body = Markdown.join([md`${hiddenLine(marker)}\n${about}`, report, closing], '\n\n')
    const [issue] = open
    if (issue === undefined) await github.openIssue(marker, title, body)
    else await github.updateIssue(issue.number, { body })
    return issue === undefined ? 'opened' : 'updated'
  }
  for (const { number } of open) {
    await github.commentOnIssue(number, md`This ${page} passed.`)
    const body = md`${hiddenLine(marker)}\n${about}\n\nA later ${page} passed.`
    await github.updateIssue(number, { body, state: 'closed', state_reason: 'completed' })
  }
  return open.length > 0 ? 'closed' : 'nothing'
}

if (import.meta.main) {
  const [name = '', results = '[]', file] = process.argv.slice(2)
  if (!Object.hasOwn(kinds, name)) throw new Error(`"${name}" is not one of ${Object.keys(kinds).join(', ')}.`)
  const { GITHUB_TOKEN = '', GITHUB_REPOSITORY = '/', GITHUB_SERVER_URL, GITHUB_RUN_ID } = process.env
  const [owner = '', repo = ''] = GITHUB_REPOSITORY.split('/')
  const github = new GitHub(GITHUB_TOKEN, owner, repo, console.error)
  const outcome = await updateWorkflowIssue(github, name as KindName, {
    results: JSON.parse(results) as string[],
    url: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`,
    report: file === undefined ? '' : readFileSync(file, 'utf8'),
  })
  console.log(`Issue about ${name}: ${outcome}`)
}
