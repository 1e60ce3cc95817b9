/**
 * The values of a root module's sensitive and ephemeral variables, read before the first Terraform process. A plan that fails shows
 * them in its messages, and its JSON, which would name them, does not exist.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { asObject, isObject, parseJson } from '../json.ts'
import { compositeSecrets, isSecretName, urlSecrets } from '../secret-parts.ts'
import { isSetting, readSettings } from './backend.ts'
import { isConfigurationFile } from './configuration.ts'
import { parseHcl } from './hcl.ts'
import { literalValue, textsInExpression } from './hcl-literal.ts'

/** Where the values of variables come from. */
export interface VariableSources {
  /** The root module, and the directory of its variable files if that is another one. */
  readonly directories: readonly string[]
  /** Paths of the input var-file. */
  readonly varFiles: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

/** Files whose values Terraform loads without being named. */
const autoLoaded = /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$/

/** Returns the values of the variables that the root module declares sensitive or ephemeral: defaults, files, environment, arguments. */
export function sensitiveVariableValues({ directories, varFiles, env }: VariableSources): string[] {
  const present = directories.flatMap(directory =>
    listFiles(directory).map(name => ({ name, path: join(directory, name) })),
  )
  const declared = new Map<string, unknown>()
  for (const { path } of present.filter(({ name }) => isConfigurationFile(name))) {
    const text = readText(path)
    if (!/sensitive|ephemeral/.test(text)) continue
    for (const [name, value] of path.endsWith('.json') ? declaredInJson(text) : declaredInHcl(text))
      declared.set(name, value ?? declared.get(name))
  }
  if (declared.size === 0) return []
  const { files, values } = argumentsOf(env)
  const paths = [
    ...present.filter(({ name }) => autoLoaded.test(name)).map(({ path }) => path),
    ...[...varFiles, ...files].map(file => resolve(directories[0] ?? '.', file)),
  ]
  const found: unknown[] = [...declared.values()]
  for (const path of paths) for (const [name, value] of valuesIn(path)) if (declared.has(name)) found.push(value)
  for (const [name, value] of values) if (declared.has(name)) found.push(value, literalValue(value))
  for (const name of declared.keys()) {
    const value = env[`TF_VAR_${name}`]
    if (value !== undefined) found.push(value, literalValue(value))
  }
  return [...new Set(found.flatMap(textsOf))].filter(text => text !== '')
}

/**
 * Returns the secrets in the settings of the backend: values whose names say secret, and the user info and query of URLs.
 * @param lines the input backend-config: `key=value`, or the path of a file of settings
 * @param directory the root module, whose backend block may hold secrets, too
 */
export function backendSecrets(lines: readonly string[], directory: string): string[] {
  const settings: [string, string][] = []
  for (const line of lines) {
    const equals = line.indexOf('=')
    if (isSetting(line)) settings.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()])
    else settings.push(...Object.entries(readSettings(parseHcl(readText(resolve(directory, line))))))
  }
  for (const file of listFiles(directory).filter(name => /\.(tf|tofu)$/.test(name))) {
    const text = readText(join(directory, file))
    if (!/\b(backend|cloud)\b/.test(text)) continue
    for (const block of parseHcl(text).blocks.filter(({ type }) => type === 'terraform'))
      for (const backend of block.blocks.filter(({ type }) => type === 'backend' || type === 'cloud'))
        settings.push(...Object.entries(readSettings(backend)))
  }
  return settings.flatMap(([name, raw]) => {
    const value = raw.replace(/^"(.*)"$/s, '$1')
    const isSecret =
      isSecretName(name) && !/^(key|.*_key_prefix|use_.*|skip_.*|secret_suffix|.*_files?|.*_path)$/.test(name)
    // Terraform prints the address of a backend that it cannot reach, with the user name.
    const user = URL.parse(value)?.username ?? ''
    return [
      ...(isSecret && value !== '' ? [value] : []),
      ...(value.includes('://') ? urlSecrets(value) : []),
      ...(user === '' ? [] : [user]),
    ]
  })
}

type Values = [name: string, value: unknown][]

function declaredInHcl(text: string): Values {
  return parseHcl(text).blocks.flatMap(({ type, labels, attributes }) => {
    const isHidden = ['sensitive', 'ephemeral'].some(name => /^(true|"true")$/.test(attributes.get(name) ?? ''))
    const [name] = labels
    return type === 'variable' && name !== undefined && isHidden
      ? [[name, expressionValue(attributes.get('default'))]]
      : []
  })
}

function declaredInJson(text: string): Values {
  const { variable } = asObject(parseJson(text))
  return [variable]
    .flat()
    .filter(isObject)
    .flatMap(byName => Object.entries(byName))
    .flatMap(([name, blocks]) => [blocks].flat().map(block => [name, asObject(block)] as const))
    .filter(([, { sensitive, ephemeral }]) => [sensitive, ephemeral].some(each => each === true || each === 'true'))
    .map(([name, block]) => [name, block.default])
}

/** Returns the values of one variable file. */
function valuesIn(path: string): Values {
  const text = readText(path)
  if (path.endsWith('.json')) return Object.entries(asObject(parseJson(text)))
  return [...parseHcl(text).attributes].map(([name, expression]) => [name, expressionValue(expression)])
}

/** Returns the value of an expression, or the texts in it if it must be evaluated. */
function expressionValue(expression: string | undefined): unknown {
  if (expression === undefined) return undefined
  const value = literalValue(expression)
  return value === undefined ? textsInExpression(expression) : value
}

/** Returns the -var-file and -var arguments of TF_CLI_ARGS and TF_CLI_ARGS_COMMAND. */
function argumentsOf(env: NodeJS.ProcessEnv): { readonly files: string[]; readonly values: [string, string][] } {
  const files: string[] = []
  const values: [string, string][] = []
  for (const [variable, text = ''] of Object.entries(env)) {
    if (!/^TF_CLI_ARGS(_|$)/.test(variable)) continue
    const words = shellWords(text)
    for (const [index, word] of words.entries()) {
      const [, option, inline] = /^--?(var|var-file)(?:=(.*))?$/s.exec(word) ?? []
      if (option === undefined) continue
      const argument = inline ?? words[index + 1] ?? ''
      const equals = argument.indexOf('=')
      if (option === 'var-file') files.push(argument)
      else if (equals > 0) values.push([argument.slice(0, equals).trim(), argument.slice(equals + 1)])
    }
  }
  return { files, values }
}

/** Splits words as a shell does, with quotes and backslashes. */
function shellWords(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs)].map(([word]) =>
    word.replace(
      /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
      (_, escaped, double, single) => escaped ?? single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? '',
    ),
  )
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return Math.abs(value) > 65_535 ? [String(value)] : []
  return typeof value === 'object' && value !== null ? compositeSecrets(value) : []
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** Returns the text of a file, an empty one if it cannot be read: Terraform reports that. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
