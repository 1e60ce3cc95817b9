#!/usr/bin/env node
/**
 * mcp-gate: the gate on a command line, for a laptop and for any CI. It needs neither GitHub nor AWS. The flags are the
 * inputs of action.yml, so both have the same names, defaults and checks.
 */
import { readFileSync } from 'node:fs'

interface PackageFile {
  /** Such as `{ node: '>=24' }`. */
  readonly engines: { readonly node: string }
}

/** The first version of Node.js with everything that the gate uses; package.json owns the figure. */
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as PackageFile
const minNodeMajor = Number(engines.node.replace(/^>=/, ''))

const major = Number(process.versions.node.split('.')[0])
if (major < minNodeMajor) {
  // The files of dist load Node's modules by a function that versions before 20.16 do not have.
  const { createRequire } = await import('node:module')
  process.getBuiltinModule ??= createRequire(import.meta.url) as typeof process.getBuiltinModule
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
