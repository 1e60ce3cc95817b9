/**
 * `node scripts/release-notes.ts VERSION` prints the part of CHANGELOG.md about a version, for its release on GitHub. A
 * changelog without that version, with a version that is not released, or in the wrong order is an error: a release that
 * was published cannot be taken back.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One version, as in the heading `## 1.2.0 - 2026-12-01`. */
interface Section {
  /** The text after `## `. */
  readonly heading: string
  readonly text: string
}

/** The headings of changes in one version, in their order (keepachangelog.com). */
export const kinds: readonly string[] = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']

const plain = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/

/**
 * The notes of a version, as Markdown.
 *
 * @param changelog CHANGELOG.md
 * @param version `1.2.0`, without a `v`
 * @param packaged the version in package.json, which dist also contains
 * @throws {Error} what to change, in one sentence
 */
export function releaseNotes(changelog: string, version: string, packaged: string): string {
  if (!plain.test(version))
    throw new Error(
      `"${version}" is not a version to release: write three numbers such as 1.2.0, without "v" and without a suffix.`,
    )
  if (packaged !== version)
    throw new Error(
      `package.json has ${packaged}: set it with "npm version --no-git-tag-version ${version}" and build dist.`,
    )
  const [unreleased, ...released] = sectionsOf(changelog)
  if (unreleased?.heading !== 'Unreleased')
    throw new Error('CHANGELOG.md must begin with the section "## Unreleased", which may be empty.')
  for (const section of released) checkKinds(section)
  const versions = released.map(({ heading }) => versionOf(heading))
  const misplaced = versions.findIndex((each, index) => index > 0 && !isNewer(versions[index - 1] ?? '', each))
  if (misplaced !== -1)
    throw new Error(`CHANGELOG.md has ${versions[misplaced]} below ${versions[misplaced - 1]}: the newest comes first.`)
  if (!versions.includes(version))
    throw new Error(`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD": move what is released there.`)
  if (versions[0] !== version)
    throw new Error(`CHANGELOG.md has ${versions[0]} above ${version}: only the newest version can be released.`)
  if (unreleased.text !== '')
    throw new Error(`CHANGELOG.md has text under Unreleased, and it would be released with ${version}: move it down.`)
  const notes = released[0]?.text ?? ''
  if (notes === '') throw new Error(`The section of ${version} in CHANGELOG.md is empty: say what changed for users.`)
  return `${notes}\n`
}

function sectionsOf(changelog: string): Section[] {
  const [, ...sections] = changelog.split(/^## /m)
  return sections.map(section => {
    const [heading = '', ...lines] = section.split('\n')
    return { heading: heading.trim(), text: lines.join('\n').trim() }
  })
}

/**
 * Checks that every change of a version is under one of the known headings, in their order. Sentences may come before the first one.
 * @throws {Error} what to change, in one sentence
 */
function checkKinds({ heading, text }: Section): void {
  const [introduction = '', ...parts] = text.split(/^### /m)
  if (/^[-*|]/m.test(introduction))
    throw new Error(
      `CHANGELOG.md has a change of ${heading} above its first heading: move it below ${kinds.join(', ')}.`,
    )
  let last = -1
  for (const part of parts) {
    const [name = '', ...lines] = part.split('\n')
    const place = kinds.indexOf(name.trim())
    if (place <= last)
      throw new Error(
        `CHANGELOG.md has the heading "### ${name.trim()}" in ${heading}: allowed are ${kinds.join(', ')}, each once and in this order.`,
      )
    if (lines.join('').trim() === '')
      throw new Error(`CHANGELOG.md has nothing under "### ${name.trim()}" in ${heading}.`)
    last = place
  }
}

/** Checks the headings of all versions in a changelog. @throws {Error} what to change, in one sentence */
export function checkChangelog(changelog: string): void {
  for (const section of sectionsOf(changelog)) checkKinds(section)
}

/** The version of a heading, whose day must be one of the calendar. */
function versionOf(heading: string): string {
  const [, version = '', day = ''] = /^(\S+) - (\d{4}-\d{2}-\d{2})$/.exec(heading) ?? []
  const date = new Date(`${day}T00:00:00Z`)
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
  if (!plain.test(version) || !isDay)
    throw new Error(`CHANGELOG.md has the heading "## ${heading}", which must be like "## 1.2.0 - 2026-12-01".`)
  return version
}

function isNewer(version: string, other: string): boolean {
  const numbers = version.split('.').map(Number)
  const others = other.split('.').map(Number)
  const differs = numbers.findIndex((number, index) => number !== others[index])
  return differs !== -1 && (numbers[differs] ?? 0) > (others[differs] ?? 0)
}

if (import.meta.main) {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8')
  try {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    process.stdout.write(releaseNotes(read('CHANGELOG.md'), process.argv[2] ?? '', version))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
