/**
 * Errors and warnings of Terraform as data: read from what a command prints for people, because no command but `validate`
 * gives them as JSON beside a readable log, and from `validate -json`. Pure.
 */

/** One error or warning, in Terraform's own words. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  /** One line. */
  readonly summary: string
  /** Empty where Terraform has no more to say. */
  readonly detail: string
  /** Where it is and the code there, as Terraform prints it; empty where it names no place. */
  readonly excerpt: string
  /** Of the resource that it is about. */
  readonly address?: string
  /** As Terraform names it: relative to the root module, or as it was given. */
  readonly file?: string
  readonly line?: number
}

/** A diagnostic and where it is on GitHub. */
export interface Problem extends Diagnostic {
  /** Relative to the repository, with `line`; undefined when it is in no file of it. */
  readonly file?: string
  /** The line on GitHub. */
  readonly url?: string
  /** Where it is when that is in no file of the repository, such as `terraform/ecs/main.tf line 3 of this action`. */
  readonly outsideRepository?: string
}

/** ` (FILE:LINE)`, to stand behind a summary; empty where no place is known. */
export function placeText({ file, line, outsideRepository }: Problem): string {
  if (file !== undefined) return ` (${file}:${line})`
  return outsideRepository === undefined ? '' : ` (${outsideRepository})`
}

/** `terraform validate -json`, a diagnostic of it ("JSON Output Format" of that command). */
export interface ValidateDiagnostic {
  readonly severity: 'error' | 'warning'
  readonly summary: string
  readonly detail?: string
  readonly address?: string
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } }
  readonly snippet?: { readonly context?: string | null; readonly code: string; readonly start_line: number }
}

const withAddress = /^ {2}with (.+),$/
const onLine = /^ {2}on (.+) line (\d+)(?:, in .+)?:$/
const inCode = /^ *\d+: |^ *\d+:$|^ {4}[├│]|^ {2}\(source code not available\)$/

/** Says only that others follow. */
const preamble = /^\w+ encountered problems during initiali[sz]ation/

/**
 * The diagnostics in what a command prints with `-no-color`, each once, in its order. Words of a provider or a program that
 * look like one are read as one, so what comes of this is shown and never obeyed.
 */
export function readDiagnostics(text: string): Diagnostic[] {
  const blocks = `\n\n${text.replaceAll('\r\n', '\n').trimStart()}`.split(/\n[ \t]*\n(?=(?:Error|Warning): \S)/)
  const found = new Map<string, Diagnostic>()
  for (const block of blocks) {
    const diagnostic = readBlock(block)
    if (diagnostic !== undefined) found.set(JSON.stringify(diagnostic), diagnostic)
  }
  const all = [...found.values()]
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
  const named = place === null ? namedPlace(detail) : { file: place[1] ?? '', line: Number(place[2]) }
  return {
    severity: word === 'Error' ? 'error' : 'warning',
    // Otherwise as it is: what is secret in it must be found again.
    summary: summary
      .split('\n')
      .map(line => line.trim())
      .join(' '),
    detail,
    excerpt: begin === -1 ? '' : lines.slice(begin, end).join('\n'),
    ...(address !== undefined && { address }),
    ...named,
  }
}

/** Of a module that is not there, the place is only in the words: `module "server" at main.tf:1`. */
function namedPlace(detail: string): { file?: string; line?: number } {
  const [, file, line] = /\bat\s+(\S+\.(?:tf|tofu)(?:\.json)?):(\d+)\b/.exec(detail) ?? []
  return file === undefined ? {} : { file, line: Number(line) }
}

/** A diagnostic of `validate -json`. */
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

/** Without empty lines around it; what is indented stays so. */
function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
}
