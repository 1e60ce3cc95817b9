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

- The rules judge only what a plan creates, changes or removes, and guess nothing. If a value is known only after the apply,
  the comment names each argument that a rule could not judge.
- The rules know ECS, EC2, Lambda, API Gateway and App Runner. Of AgentCore they know its URL and its environment. Other platforms
  are judged only by the rules about IAM, secrets, DNS and the endpoint.
- \`danger\`: clients lose the server, or somebody gains what they must not have. \`warning\`: it will hurt at a bad moment.
  \`notice\`: worth knowing.
- The times are what such a change usually takes on AWS.

## Accept a finding

Write the rule and the reason into a comment directly above the resource or inside its block:

\`\`\`hcl
# mcp-deploy:accept http-without-redirect only reachable from the office network
resource "aws_lb_listener" "http" {
\`\`\`

At a \`module\` block the comment holds for everything in that module, so a module of somebody else need not be changed. At
\`output "mcp_endpoint"\` it holds for \`endpoint-changed\`. The marks \`#\`, \`//\` and \`/* */\` all do; files of JSON
(\`.tf.json\`) have no comments. With \`stack\`, or for the whole plan, use the input:

\`\`\`yaml
accept-rules: |
  http-without-redirect: only reachable from the office network
\`\`\`

A reason is required. What is accepted is still listed, with its reason, so the reviewer of the pull request that accepts it
sees it. A comment that names no rule, gives no reason or stands at no block accepts nothing, and causes a warning.
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
