#!/usr/bin/env node
/**
 * mcp-gate: the gate on a command line, for a laptop and for any CI. It needs neither GitHub nor AWS. The flags are the
 * inputs of action.yml, so both have the same names, defaults and checks.
 */
import { readFileSync } from 'node:fs'

/** The first version of Node.js with everything that the gate uses. */
const minNodeMajor = 24

const major = Number(process.versions.node.split('.')[0])
if (major < minNodeMajor) {
  const { log, line } = await import('./log.ts')
  log.openTerminal('auto').note(line`mcp-gate needs Node.js ${minNodeMajor} or newer, and this is ${process.version}.`)
  process.exit(2)
}
const { runCli } = await import('./cli/run.ts')
const root = new URL('../', import.meta.url)
process.exitCode = await runCli(process.argv.slice(2), {
  packageFile: path => readFileSync(new URL(path, root), 'utf8'),
  environment: process.env,
})
