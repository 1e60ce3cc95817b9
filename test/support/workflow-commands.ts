/**
 * The grammar of workflow commands: `::name key=value,key=value::data`, and the older `##[name key=value;]data`, which
 * the runner still obeys anywhere in a line. Parsing only; what a command does is in `runner.ts`. After actions/runner
 * `src/Runner.Common/ActionCommand.cs`.
 */

export interface WorkflowCommand {
  name: string
  properties: Record<string, string>
  data: string
}

const registeredCommands: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]

/** Whether the runner knows a command of this name; names are not case-sensitive. */
export function isRegistered(name: string): boolean {
  return registeredCommands.includes(name.toLowerCase())
}

// The order matters: `%25` comes last, so that `%250A` is the text `%0A` and no newline.
const dataEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const
const propertyEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const
const bracketEscapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
] as const

function decode(text: string, escapes: ReadonlyArray<readonly [string, string]>): string {
  return escapes.reduce((plain, [escaped, char]) => plain.replaceAll(escaped, char), text)
}

function parseProperties(
  text: string,
  separator: string,
  escapes: ReadonlyArray<readonly [string, string]>,
): Record<string, string> {
  const properties: Record<string, string> = Object.create(null)
  for (const property of text.split(separator)) {
    const equals = property.indexOf('=')
    const [key, value] = [property.slice(0, equals), property.slice(equals + 1)]
    if (equals > 0 && value !== '') properties[key] = decode(value, escapes)
  }
  return properties
}

function splitName(info: string): [name: string, properties: string] {
  const space = info.indexOf(' ')
  return space < 0 ? [info, ''] : [info.slice(0, space), info.slice(space + 1)]
}

/**
 * Reads the workflow command in a line of output. `resumeToken` is the one further name known while commands are
 * stopped. Returns undefined for ordinary output.
 */
export function parseCommand(line: string, resumeToken?: string): WorkflowCommand | undefined {
  const known = (name: string) =>
    isRegistered(name) || (resumeToken !== undefined && name.toLowerCase() === resumeToken.toLowerCase())

  const trimmed = line.trimStart()
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1
  if (end >= 0) {
    const [name, properties] = splitName(trimmed.slice(2, end))
    if (known(name)) {
      return {
        name: name.toLowerCase(),
        properties: parseProperties(properties.trim(), ',', propertyEscapes),
        data: decode(trimmed.slice(end + 2), dataEscapes),
      }
    }
  }

  const bracket = line.indexOf('##[')
  const close = bracket < 0 ? -1 : line.indexOf(']', bracket)
  if (close >= 0) {
    const [name, properties] = splitName(line.slice(bracket + 3, close))
    if (known(name)) {
      return {
        name: name.toLowerCase(),
        properties: parseProperties(properties, ';', bracketEscapes),
        data: decode(line.slice(close + 1), bracketEscapes),
      }
    }
  }
  return undefined
}
