/**
 * The flags of mcp-gate. Each input `mcp-NAME` of action.yml is the flag `--NAME`, so the table of inputs is the only
 * source of names, defaults and descriptions. A few flags exist only on the command line.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { InputError, messageOf } from '../errors.ts'
import { closest } from '../gate/tools.ts'

/** One input of action.yml that the gate reads. */
export interface InputFlag {
  /** The name of the input, such as `mcp-rounds`. */
  readonly input: string
  /** The name of the flag, such as `rounds`. */
  readonly flag: string
  readonly description: string
  readonly defaultValue: string
}

/** Inputs of the gate that are not flags: the URL is an argument, outputs need Terraform, and old names are only for old workflows. */
const otherInputs: readonly string[] = [
  'mcp-endpoint',
  'mcp-expect',
  'mcp-headers-from-output',
  'mcp-oauth-from-output',
]

/** Returns the flags of the inputs in a parsed action.yml, in its order. */
export function inputFlags(action: unknown): readonly InputFlag[] {
  const { inputs } = action as { readonly inputs: Readonly<Record<string, { description: string; default?: unknown }>> }
  return Object.entries(inputs)
    .filter(([input]) => input.startsWith('mcp-') && !otherInputs.includes(input))
    .map(([input, { description, default: value }]) => ({
      input,
      flag: input.slice('mcp-'.length),
      description: description.replace(/\s+/g, ' ').trim(),
      defaultValue: String(value ?? ''),
    }))
}

/** The flags that only the command line has, with the kind of their value and their description. */
export const ownFlags = {
  file: [
    'FILE',
    'Check each URL in this file, one per line; "-" reads standard input. Lines that start with # are comments.',
  ],
  concurrency: ['NUMBER', 'How many endpoints are checked at the same time, 1 to 256. Default: 16.'],
  watch: ['', 'Follow a deployment: wait until the endpoint passes several rounds in a row, or the time is up.'],
  strict: ['', 'An endpoint that passes with a warning ends with exit code 6.'],
  json: ['', 'Write the report as JSON instead of text; with several endpoints, one JSON object per line.'],
  junit: ['FILE', 'Write a JUnit report to this file.'],
  html: ['FILE', 'Write the report with each request and reply to this file, as one HTML page. Only for one endpoint.'],
  'write-contract': [
    'FILE',
    'Write the tool contract of the server to this file, for --contract. Only for one endpoint. A server that lists no tools leaves the file as it is.',
  ],
  color: ['WHEN', 'Color the text: auto, always or never. Default: auto.'],
  quiet: ['', 'Write nothing about endpoints that pass.'],
  help: ['', 'Show this help. The same as -h.'],
  version: ['', 'Show the version.'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>

/** Defaults that differ from those of the action, because a check on a command line waits for nothing. */
const singleCheckDefaults: Readonly<Record<string, string>> = { rounds: '1', timeout: '60s' }

/** A parsed command line. */
export interface Arguments {
  readonly urls: readonly string[]
  /** Values of the inputs by their names in action.yml. */
  readonly inputs: Readonly<Record<string, string>>
  readonly file: string | undefined
  readonly concurrency: number
  readonly watches: boolean
  readonly isStrict: boolean
  readonly isJson: boolean
  readonly junit: string | undefined
  readonly html: string | undefined
  readonly writeContract: string | undefined
  readonly color: 'auto' | 'always' | 'never'
  readonly isQuiet: boolean
  readonly action: 'check' | 'help' | 'version'
}

/** The variable that sets a flag, so that a secret needs not be an argument, which other users of a machine can read. */
function variableOf(flag: string): string {
  return `MCP_GATE_${flag.toUpperCase().replaceAll('-', '_')}`
}

/**
 * Reads the command line. A value that starts with @ is read from the file of that name, and a flag that is not given
 * comes from its variable.
 *
 * @throws InputError that names the flag or the argument
 */
export function readArguments(
  args: readonly string[],
  flags: readonly InputFlag[],
  environment: Readonly<Record<string, string | undefined>>,
): Arguments {
  const options = Object.fromEntries([
    ...flags.map(({ flag }) => [flag, { type: 'string', multiple: true }] as const),
    ...ownOptions(ownFlags),
  ])
  const { values, positionals } = parseOptions(args, options, 'mcp-gate')
  const own = values as Readonly<Record<string, string | boolean | undefined>>
  const text = (flag: string): string | undefined => onlyText(flag, values[flag])
  const watches = own.watch === true
  const inputs = flags.map(({ input, flag, defaultValue }) => {
    const usual = watches ? defaultValue : (singleCheckDefaults[flag] ?? defaultValue)
    const set = (values[flag] as readonly string[] | undefined)?.map(value => contentOf(flag, value)).join('\n')
    return [input, set ?? environment[variableOf(flag)] ?? usual] as const
  })
  return {
    urls: positionals,
    inputs: Object.fromEntries(inputs),
    file: text('file'),
    concurrency: readConcurrency(text('concurrency')),
    watches,
    isStrict: own.strict === true,
    isJson: own.json === true,
    junit: text('junit'),
    html: text('html'),
    writeContract: text('write-contract'),
    color: readColor(text('color')),
    isQuiet: own.quiet === true,
    action: own.help === true ? 'help' : own.version === true ? 'version' : 'check',
  }
}

/** Returns the options of flags that only the command line has. Each takes one value, or none. */
export function ownOptions(flags: Readonly<Record<string, readonly [string, string]>>) {
  return Object.entries(flags).map(([flag, [value]]) => {
    const short = flag === 'help' ? { short: 'h' } : {}
    return [flag, value === '' ? { type: 'boolean', ...short } : { type: 'string', multiple: true }] as const
  })
}

/**
 * Returns the value of an option that takes one value, undefined when it is not set.
 *
 * @throws InputError when the option is set more than once, because only one of the values would be used
 */
export function onlyText(flag: string, value: unknown): string | undefined {
  const values = Array.isArray(value) ? value.map(String) : []
  if (values.length <= 1) return values[0]
  throw new InputError(
    `Option --${flag} is set ${values.length} times, to ${values.map(each => JSON.stringify(each)).join(' and ')}: it takes one value.`,
  )
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

/**
 * Parses a command line by its options.
 *
 * @param program the name of the program whose help a message names
 * @throws InputError that names the option
 */
export function parseOptions(
  args: readonly string[],
  options: Readonly<Record<string, { readonly type: string }>>,
  program: string,
) {
  try {
    return parseArgs({ args: withJoinedLists(args, options), options: options as Options, allowPositionals: true })
  } catch (error) {
    throw new InputError(`${optionFault(messageOf(error), Object.keys(options))} See ${program} --help.`)
  }
}

/** Returns the sentences about an option that Node.js refuses. @param message that of its error, which names the option */
function optionFault(message: string, options: readonly string[]): string {
  const unknown = /^Unknown option '(-{0,2})([^']*)'/.exec(message)
  if (unknown !== null) {
    const [, dashes = '', name = ''] = unknown
    const hint = /^(?:mcp-)?(?:url|endpoint)$/.test(name)
      ? 'The URL is an argument without an option.'
      : suggestion(closest(name.replace(/^mcp-/, ''), options))
    return `There is no option ${dashes}${name}.${hint === '' ? '' : ` ${hint}`}`
  }
  const option = /^Option '(?:-\w, )?--([^' ]+)/.exec(message)?.[1]
  if (option === undefined) return message.split('. ', 1)[0] ?? message
  return message.includes('does not take an argument')
    ? `Option --${option} takes no value.`
    : `Option --${option} needs a value: --${option}=VALUE.`
}

function suggestion(option: string | undefined): string {
  return option === undefined ? '' : `Did you mean --${option}?`
}

/** Joins an option and its value when that is a list of YAML, which would be read as another option. */
function withJoinedLists(
  args: readonly string[],
  options: Readonly<Record<string, { readonly type: string }>>,
): string[] {
  const joined: string[] = []
  for (const arg of args) {
    const last = joined.at(-1) ?? ''
    const isValue = /^-\s/.test(arg) && last.startsWith('--') && options[last.slice(2)]?.type === 'string'
    if (isValue) joined.splice(-1, 1, `${last}=${arg}`)
    else joined.push(arg)
  }
  return joined
}

function contentOf(flag: string, value: string): string {
  if (!value.startsWith('@')) return value
  try {
    return readFileSync(value.slice(1), 'utf8').trim()
  } catch (error) {
    throw new InputError(
      `Option --${flag} names the file "${value.slice(1)}", which cannot be read: ${messageOf(error)}`,
    )
  }
}

/** Maximum number of endpoints at the same time; each holds two connections and one reply of 4 MiB at most. */
const maxConcurrency = 256

function readConcurrency(value = '16'): number {
  if (/^[1-9]\d{0,2}$/.test(value) && Number(value) <= maxConcurrency) return Number(value)
  throw new InputError(`Option --concurrency is "${value}": it must be a whole number from 1 to ${maxConcurrency}.`)
}

function readColor(value = 'auto'): Arguments['color'] {
  const choice = (['auto', 'always', 'never'] as const).find(each => each === value)
  if (choice !== undefined) return choice
  throw new InputError(`Option --color is "${value}": allowed are "auto", "always" and "never".`)
}

/** The name of an input as a word of a sentence. It does not match in a host name, a path, an option or a quoted value. */
const inputName = /(?<![\w./@:="'-])(?:Inputs? )?(mcp-[a-z0-9-]*[a-z0-9])(?![\w-]|[.:/@]\w)/g

/** The contract file of a run of the action, which the command line writes with an option. */
const contractOutput = /\(output mcp-contract-file[^)]*\)/g

/** Replaces the names of inputs in a text by those of the flags, and the output of the action by that of this program. Pure. */
export function withFlagNames(text: string, flags: readonly InputFlag[]): string {
  return text.replace(contractOutput, '(option --write-contract)').replace(inputName, (all, input: string) => {
    const known = flags.find(each => each.input === input)
    if (known !== undefined) return `${all.startsWith('Input') ? 'Option ' : ''}--${known.flag}`
    return input === 'mcp-endpoint' ? 'URL' : all
  })
}

const helpWidth = 100

/** Returns the lines of the help. Pure. */
export function helpLines(flags: readonly InputFlag[]): string[] {
  const own = Object.entries(ownFlags).map(([flag, [value, description]]) => optionLines(flag, value, description))
  const inputs = flags.map(({ flag, description, defaultValue }) => {
    const single = singleCheckDefaults[flag]
    const usual = single === undefined ? defaultValue : `${single}, and ${defaultValue} with --watch`
    const shown = withFlagNames(description.replaceAll('`', ''), flags)
    return optionLines(flag, 'VALUE', usual === '' ? shown : `${shown} Default: ${usual}.`)
  })
  return [
    'Usage: mcp-gate [options] URL...',
    '       mcp-gate init [options]',
    '',
    'Checks over the wire that an endpoint speaks MCP, as its clients would find out. It only reads.',
    'With init it writes the workflows for a server into a repository: see mcp-gate init --help.',
    '',
    'Options:',
    ...own.flat(),
    '',
    'Options of the gate, which are the inputs of the action without "mcp-". Repeat an option for several lines.',
    'A value @FILE is read from the file. Secrets belong into a variable, such as MCP_GATE_HEADERS.',
    ...inputs.flat(),
    '',
    'Exit codes, of which the last one in this list that an endpoint has counts:',
    ...exitCodes.map(([code, meaning]) => `  ${code}  ${meaning}`),
    '  2  The command line cannot be used; nothing was sent.',
  ]
}

/** The exit codes from the best to the worst. */
export const exitCodes = [
  [0, 'Every endpoint passed.'],
  [6, 'An endpoint passed with a warning, and --strict is set.'],
  [3, 'An endpoint requires a login, or its login does not work (codes AUTH_…).'],
  [1, 'An endpoint does not speak MCP as it must.'],
  [4, 'An endpoint cannot be reached (DNS, TCP, TLS).'],
] as const

/** Returns the lines of the help about one option. Pure. */
export function optionLines(flag: string, value: string, description: string): string[] {
  const head = `  --${flag}${value === '' ? '' : ` ${value}`}`
  const indent = ' '.repeat(6)
  const lines: string[] = []
  let current = indent
  for (const word of description.split(' ')) {
    if (current.length + word.length + 1 > helpWidth && current.trim() !== '') {
      lines.push(current)
      current = indent
    }
    current = current === indent ? `${indent}${word}` : `${current} ${word}`
  }
  return [head, ...lines, current]
}
