/**
 * Parses the errors and warnings of Terraform, from its readable output and from `validate -json`. Only `validate`
 * has both JSON and a readable log, so the output of all other commands is parsed as text. Pure.
 */

/** An error or warning of Terraform. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  /** The first paragraph as one line. */
  readonly summary: string
  /** The further paragraphs; empty without further paragraphs. */
  readonly detail: string
  /** The place and its source lines, as Terraform prints them; empty without a place. */
  readonly excerpt: string
  /** Address of the resource. */
  readonly address?: string
  /** Path of the file as Terraform prints it, mostly relative to the root module. */
  readonly file?: string
  readonly line?: number
}

/** A diagnostic with its place on GitHub. */
export interface Problem extends Diagnostic {
  /** Path relative to the repository; undefined if the file is outside of it. */
  readonly file?: string
  /** URL of the line on GitHub. */
  readonly url?: string
  /** The place outside of the repository, such as `terraform/ecs/main.tf line 3 of this action`. */
  readonly outsideRepository?: string
}

/** The suffix ` (FILE:LINE)` for a summary; empty if no place is known. */
export function placeText({ file, line, outsideRepository }: Problem): string {
  if (file !== undefined) return ` (${file}:${line})`
  return outsideRepository === undefined ? '' : ` (${outsideRepository})`
}

/** A diagnostic of `terraform validate -json` (developer.hashicorp.com, "Command: validate"). */
export interface ValidateDiagnostic {
  readonly severity: 'error' | 'warning'
  readonly summary: string
  readonly detail?: string
  readonly address?: string
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } }
  readonly snippet?: { readonly context?: string | null; readonly code: string; readonly start_line: number }
}

const withAddress = /^ {2}with (.+),$/
const onLine = /^ {2}on (.{1,4096}) line (\d{1,9})(?:, in .+)?:$/
const inCode = /^ *\d+: |^ *\d+:$|^ {4}[├│]|^ {2}\(source code not available\)$/

/** The summary of an introduction; the actual errors follow it. */
const preamble = /^\w+ encountered problems during initiali[sz]ation/

/**
 * Parses the output of a command with `-no-color`; the result has each diagnostic once, in the order of the output.
 * Output of a provider can imitate a diagnostic, so the result is only for display and must not control anything.
 */
export function readDiagnostics(text: string): Diagnostic[] {
  const blocks = `\n\n${text.replaceAll('\r\n', '\n').trimStart()}`.split(/\n[ \t]*\n(?=(?:Error|Warning): \S)/)
  const diagnostics = new Map<string, Diagnostic>()
  for (const block of blocks) {
    const diagnostic = readBlock(block)
    if (diagnostic !== undefined) diagnostics.set(JSON.stringify(diagnostic), diagnostic)
  }
  const all = [...diagnostics.values()]
  const others = all.filter(({ summary }) => !preamble.test(summary))
  return others.length > 0 ? others : all
}

function readBlock(block: string): Diagnostic | undefined {
  const [, word, text = ''] = /^(Error|Warning): ([\s\S]*)$/.exec(block) ?? []
  if (word === undefined) return undefined
  const lines = text.split('\n')
  const isPlace = (line: string, at: number) =>
    lines[at - 1]?.trim() === '' && (withAddress.test(line) || onLine.test(line))
  const begin = lines.findIndex(isPlace)
  let end = begin
  const next = (pattern: RegExp) => {
    const match = pattern.exec(lines[end] ?? '')
    if (match !== null) end++
    return match
  }
  let address: string | undefined
  let place: RegExpExecArray | null = null
  if (begin !== -1) {
    address = next(withAddress)?.[1]
    place = next(onLine)
    while (next(inCode) !== null);
  }
  const before = lines.slice(0, begin === -1 ? undefined : begin).join('\n')
  const [, summary = '', more = ''] = /^([\s\S]*?)(?:\n[ \t]*\n([\s\S]*))?$/.exec(before.trim()) ?? []
  const after = begin === -1 ? '' : lines.slice(end).join('\n')
  const detail = [more, after]
    .map(trimLines)
    .filter(part => part !== '')
    .join('\n\n')
  const location = place === null ? placeInText(detail) : { file: place[1] ?? '', line: Number(place[2]) }
  return {
    severity: word === 'Error' ? 'error' : 'warning',
    // Only the line breaks change, so that redaction still finds the secrets in it.
    summary: summary
      .split('\n')
      .map(line => line.trim())
      .join(' '),
    detail,
    excerpt: begin === -1 ? '' : lines.slice(begin, end).join('\n'),
    ...(address !== undefined && { address }),
    ...location,
  }
}

/** The place in the text of a missing module: `module "server" at main.tf:1`. */
function placeInText(detail: string): { file?: string; line?: number } {
  const [, file, line] = /\bat\s+(\S+\.(?:tf|tofu)(?:\.json)?):(\d+)\b/.exec(detail) ?? []
  return file === undefined ? {} : { file, line: Number(line) }
}

/** Converts a diagnostic of `validate -json`. */
export function fromValidate({
  severity,
  summary,
  detail = '',
  address,
  range,
  snippet,
}: ValidateDiagnostic): Diagnostic {
  const place =
    range === undefined
      ? ''
      : `  on ${range.filename} line ${range.start.line}${snippet?.context ? `, in ${snippet.context}` : ''}:`
  const code = (snippet?.code.split('\n') ?? []).map(
    (line, index) => `${String((snippet?.start_line ?? 0) + index).padStart(4)}: ${line}`,
  )
  return {
    severity,
    summary,
    detail,
    excerpt: place === '' ? '' : [place, ...code].join('\n'),
    ...(address !== undefined && address !== '' && { address }),
    ...(range !== undefined && { file: range.filename, line: range.start.line }),
  }
}

/** Removes empty lines at both ends and keeps the indentation of the first line. */
function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
}
