/** Where the binary of Terraform or OpenTofu can be: on PATH, behind the wrapper of a setup action, or extracted by this action. */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { findProgram } from '../../child.ts'
import { type Tool, type ToolName, tools } from '../tools.ts'

/** Beginning of the name of a directory with an extracted binary, in the runner's temporary directory. */
export const extractedPrefix = 'terraform-mcp-deploy-tool-'

/** The file name of a program on this platform. */
export function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name
}

/** Absolute path of the real binary behind the wrapper of a setup action; undefined without one. */
export function wrappedBinary({ wrapper }: Tool, env: NodeJS.ProcessEnv): string | undefined {
  const directory = env[wrapper.variable]
  const binary = directory === undefined ? undefined : join(directory, executable(wrapper.binary))
  return binary !== undefined && isAbsolute(binary) && existsSync(binary) ? binary : undefined
}

/** Whether `binary` is one that this action runs in a job with this environment. The saved state of a step can name any other. */
export function isKnownBinary(toolName: ToolName, binary: string, env: NodeJS.ProcessEnv): boolean {
  const tool = tools[toolName]
  if (binary === wrappedBinary(tool, env) || binary === findProgram(tool.command, env)) return true
  const directory = dirname(binary)
  return (
    basename(binary) === executable(tool.command) &&
    basename(directory).startsWith(extractedPrefix) &&
    dirname(directory) === resolve(env.RUNNER_TEMP || tmpdir())
  )
}
