/** Which tool wrote a dependency lock file. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockFileName } from './environment.ts'
import type { ToolName } from './names.ts'

/** The registry that each tool uses for a provider whose source names no host. */
const registries: Readonly<Record<ToolName, string>> = {
  terraform: 'registry.terraform.io',
  tofu: 'registry.opentofu.org',
}

/** The default registry of a tool. */
export function registryOf(tool: ToolName): string {
  return registries[tool]
}

/**
 * Returns the tool whose registry all providers of the lock file come from; undefined without a file, and for one with providers of
 * both or of neither.
 */
export function lockFileOwner(directory: string): ToolName | undefined {
  const file = join(directory, lockFileName)
  if (!existsSync(file)) return undefined
  const hosts = [...readFileSync(file, 'utf8').matchAll(/^provider\s+"([^"/]+)\//gm)].map(([, host]) => host)
  const owners = (Object.keys(registries) as ToolName[]).filter(tool => hosts.includes(registries[tool]))
  return owners.length === 1 ? owners[0] : undefined
}
