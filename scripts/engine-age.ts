/**
 * Tells whether the versions that the action installs by default have aged: a newer minor is released, or a patch of the same minor.
 * Prints a report and exits 2 then, so that it differs from an error. The scheduled workflow opens an issue with it.
 *
 *     node scripts/engine-age.ts
 */
import { prerelease, rcompare, valid } from 'semver'
import { type Tool, tools } from '../src/terraform/tools.ts'

/** Returns what has aged as lines of a list; empty if nothing has. */
export function ageOf(tool: Pick<Tool, 'title' | 'defaultVersion'>, published: readonly string[]): string[] {
  const [newest] = published
    .filter(version => valid(version) !== null && prerelease(version) === null)
    .toSorted(rcompare)
  if (newest === undefined) return [`- The list of ${tool.title} has no release.`]
  if (rcompare(newest, tool.defaultVersion) >= 0) return []
  return [
    `- ${tool.title}: the default is ${tool.defaultVersion}, and ${newest} is released. Run \`npm run engine -- ${tool.title === 'OpenTofu' ? 'tofu' : 'terraform'}@${newest}\`, then change src/terraform/tools.ts.`,
  ]
}

/** Returns the version numbers of a publisher's list: HashiCorp's is an object, OpenTofu's an array of objects with an `id`. */
export function versionsOf(list: unknown): string[] {
  const { versions } = list as { versions: Record<string, unknown> | readonly { readonly id: string }[] }
  return Array.isArray(versions) ? versions.map(({ id }) => id) : Object.keys(versions)
}

if (import.meta.main) {
  const lines: string[] = []
  for (const tool of Object.values(tools)) {
    const answer = await fetch(tool.publicIndexUrl)
    if (!answer.ok) throw new Error(`${tool.publicIndexUrl} answered ${answer.status}.`)
    lines.push(...ageOf(tool, versionsOf(await answer.json())))
  }
  console.log(lines.length === 0 ? 'The default versions are the newest ones.' : lines.join('\n'))
  if (lines.length > 0) process.exitCode = 2
}
