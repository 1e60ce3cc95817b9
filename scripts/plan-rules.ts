/**
 * Writes docs/plan-rules.md from the table in src/rules/all.ts, one section for each rule, so that a link can name it.
 * With `--check` it writes nothing and exits 1 when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ruleSections } from '../src/rules/all.ts'
import type { Rule } from '../src/rules/rule.ts'

const INTRODUCTION = `# Plan rules

<!-- Written by scripts/plan-rules.ts from src/rules/: change the rule there, then run \`npm run fix\`. -->

Before an apply, the action reads each plan for what it means for an MCP server and its clients. Its findings are in
the comment, in the job summary and in the report (\`plan.findings\`), most dangerous first. A finding does not fail a plan.

- The rules judge only what a plan creates, changes or removes. If a value is known only after the apply, the comment names each
  argument that a rule could not judge.
- The rules know ECS, EC2, Lambda, API Gateway and App Runner. Of AgentCore they know its URL and its environment. Other platforms
  are judged only by the rules about IAM, secrets, DNS and the endpoint.
- \`danger\`: clients lose the server, or somebody gets access that they must not have. \`warning\`: the change can cause an outage or
  a leak later, or makes a failed deployment worse. \`notice\`: good to know before the merge.
- Each rule states how long such a change usually takes on AWS, where that matters.

## Accept a finding

Write the rule and the reason into a comment directly above the resource or inside its block:

\`\`\`hcl
# mcp-deploy:accept http-without-redirect only reachable from the office network
resource "aws_lb_listener" "http" {
\`\`\`

At a \`module\` block the comment applies to everything in that module, so you need not change a module of somebody else. At
\`output "mcp_endpoint"\` it applies to \`endpoint-changed\`. The comment may begin with \`#\`, \`//\` or \`/*\`; JSON files
(\`.tf.json\`) have no comments. With \`stack\`, or for the whole plan, use the input:

\`\`\`yaml
accept-rules: |
  http-without-redirect: only reachable from the office network
\`\`\`

A reason is required. The comment on the pull request still lists an accepted finding with its reason, so the reviewer sees it. A comment
in the code that names no rule, gives no reason or is not at a block accepts nothing, and causes a warning.
`

/** The page for a table of rules. */
export function planRules(sections: Readonly<Record<string, Readonly<Record<string, Rule>>>>): string {
  const contents = Object.entries(sections).map(([title, rules]) => {
    const links = Object.entries(rules).map(([name, { severity }]) => `[\`${name}\`](#${name}) (${severity})`)
    return `- ${title}: ${links.join(', ')}`
  })
  const parts = Object.entries(sections).flatMap(([title, rules]) => [
    `## ${title}`,
    ...Object.entries(rules).map(([name, { severity, finds, why, instead }]) =>
      [`### ${name}`, `**${severity}.** ${finds}`, why, `**Instead:** ${instead}`].join('\n\n'),
    ),
  ])
  return `${[INTRODUCTION.trimEnd(), `## The rules\n\n${contents.join('\n')}`, ...parts].join('\n\n')}\n`
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'plan-rules.md')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = planRules(ruleSections)
  if (after !== before && process.argv.includes('--check')) {
    console.error('docs/plan-rules.md is out of date. Run `npm run fix` and commit it.')
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/plan-rules.md written')
  }
}
