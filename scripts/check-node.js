/**
 * Ends an npm script with a clear error when Node.js is too old for it. It runs before each of them. It is JavaScript, because an old
 * Node.js fails on the first TypeScript file with ERR_UNKNOWN_FILE_EXTENSION.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** The version that the action and all scripts run on; package.json owns the figure. */
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const minMajor = Number(engines.node.replace(/^>=/, ''))

/**
 * Returns what to do about a Node.js that is too old; undefined when it is not.
 * @param {string} version such as `v20.16.0`
 */
export function nodeProblem(version) {
  if (Number(version.replace(/^v/, '').split('.')[0]) >= minMajor) return undefined
  return (
    `The scripts of this repository need Node.js ${minMajor} or newer, and this is ${version}. On Linux and Windows, \`npm ci\` installs it ` +
    `beside the other packages, unless optional dependencies are omitted. On macOS, install it yourself.`
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problem = nodeProblem(process.version)
  if (problem !== undefined) {
    console.error(problem)
    process.exitCode = 1
  }
}
