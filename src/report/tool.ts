/** The name of the tool in pages. */
import { type ToolName, toolTitles } from '../terraform/names.ts'
import { Markdown } from './markdown.ts'

/** Renders the tool's own name. A run that has not installed one has Terraform's. */
export function toolTitle(tool: ToolName | undefined): Markdown {
  return Markdown.word(toolTitles[tool ?? 'terraform'])
}

/** Renders the tool's command. */
export function toolCommand(tool: ToolName | undefined): Markdown {
  return Markdown.word(tool ?? 'terraform')
}
