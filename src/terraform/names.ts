/** Names of tools, shipped modules and workspaces. The file has no imports, because every event loads it. */

/** The modules in terraform/ that the input `stack` runs. */
export const shippedModules = ['ecs', 'ec2', 'lambda', 'agentcore'] as const

/** The names for a message: each in quotes, with `or` before the last one. */
export const shippedModuleNames = shippedModules
  .map(name => `"${name}"`)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' or ')

/** A valid workspace name: Terraform requires that it needs no escaping in a URL path. */
export const workspaceNamePattern = /^(?!\.\.?$)[A-Za-z0-9$&+:=@._~-]{1,90}$/

/** The tools, by command. */
export const toolTitles = { terraform: 'Terraform', tofu: 'OpenTofu' } as const
export type ToolName = keyof typeof toolTitles

/** Puts a tool's name into one of our own sentences, which are written for Terraform. Foreign text must not come here. */
export function inWordsOf(tool: ToolName | undefined, sentence: string): string {
  if (tool === undefined || tool === 'terraform') return sentence
  return sentence
    .replace(/\bTerraform\b(?! MCP Deploy)/g, toolTitles[tool])
    .replace(/(^|`)terraform (?=[a-z])/g, `$1${tool} `)
}
