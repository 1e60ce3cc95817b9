/** Attribute paths of the input plan-approval-ignore, which are not compared with the reviewed plan. */
import { withoutInstanceKeys } from '../terraform/json.ts'
import { at, ignoredMark, shape } from './canonical.ts'

/** One line of the input: `TYPE.NAME:ATTRIBUTE.PATH`, or `output.NAME:value` for an output. */
export interface IgnoredPath {
  /** The line as it was written, without blanks around it. */
  readonly text: string
  /** Address in the configuration: `aws_lb.this` in every module, `module.a.aws_lb.this` in one, or `output.url`. */
  readonly resource: string
  /** Names, indexes and `*`, from the attribute on. */
  readonly path: readonly string[]
}

const namePattern = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`
const linePattern = new RegExp(
  `^((?:module\\.${namePattern}\\.)*${namePattern}\\.${namePattern}):(${namePattern}(?:\\.(?:${namePattern}|\\d+|\\*)|\\[(?:\\d+|\\*|"[^"\\\\]+")\\])*)$`,
  'u',
)

/** The path of a line; undefined if the line is not one. Keys that are not names are quoted: `tags["app:sha"]`. */
export function parseIgnoredPath(line: string): IgnoredPath | undefined {
  const [, resource = '', path = ''] = linePattern.exec(line) ?? []
  if (resource === '' || resource.startsWith('data.')) return undefined
  const steps = [...path.matchAll(/\["([^"]+)"\]|\[?([^.[\]]+)\]?/g)].map(([, key, step = '']) => key ?? step)
  return { text: line, resource, path: steps }
}

/** The paths for a resource, by its address with or without keys. */
export function ignoredPathsOf(address: string, paths: readonly IgnoredPath[]): readonly IgnoredPath[] {
  if (paths.length === 0) return paths
  const place = withoutInstanceKeys(address)
  const inModule = place.replace(/^(?:module\.[^.]+\.)+/, '')
  return paths.filter(({ resource }) => resource === place || resource === inModule)
}

/** The marks of an attribute's unknown parts with the ignored parts. An ignored part that does not exist is left out. */
export function markIgnored(value: unknown, unknown: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path
  if (step === undefined) return ignoredMark
  if (unknown === true || unknown === ignoredMark) return unknown
  const marks = shape(unknown)
  const keys = [...new Set([...Object.keys(shape(value)), ...Object.keys(marks)])]
  const marked = keys
    .filter(key => step === '*' || step === key)
    .map(key => [key, markIgnored(at(value, key), at(marks, key), rest)] as const)
  if (marked.length === 0) return unknown
  const copy = { ...marks, ...Object.fromEntries(marked) }
  return Array.isArray(value) || Array.isArray(unknown) ? Object.assign([], copy) : copy
}
