/**
 * The check of output schemas. The SDK 1.32 client compiles them when it lists tools, and one schema that does not
 * compile costs the whole list. The compiler and its options are those of the client, so that both accept the same
 * schemas. The gate never runs a compiled schema. It loads this module only for a tool with an output schema.
 */
import { setImmediate as immediate } from 'node:timers/promises'
import { Ajv, type AnySchemaObject } from 'ajv'
import addFormats from 'ajv-formats'
import { messageOf } from '../errors.ts'
import type { Tool } from './tool.ts'

/**
 * Maximum size of a compiled schema. A schema of 100 KB takes 100 MB and seconds, which a hostile server must not get.
 */
const MAX_SCHEMA_CHARACTERS = 32 * 1024
const MAX_LIST_CHARACTERS = 512 * 1024

/**
 * Compiler errors by schema text, because the gate reads a list many times. An empty string marks a schema that
 * compiles.
 */
const verdicts = new Map<string, string>()
const MAX_VERDICTS = 500

/** Returns the first tool of one page whose output schema does not compile. The compiler's reason is foreign text. */
export async function findUncompilable(
  tools: readonly Tool[],
): Promise<{ readonly tool: string; readonly fault: string } | undefined> {
  const compiler = openCompiler()
  let characters = 0
  for (const { name, outputSchema } of tools) {
    if (outputSchema === undefined) continue
    const text = textOf(outputSchema)
    if (text === undefined) return { tool: name, fault: 'it is nested too deep' }
    characters += text.length
    if (text.length > MAX_SCHEMA_CHARACTERS || characters > MAX_LIST_CHARACTERS) continue
    // Identifiers are global to the list, so a schema with one is compiled together with the others.
    const standsAlone = !text.includes('"$id"')
    const fault = (standsAlone ? verdicts.get(text) : undefined) ?? compile(compiler, outputSchema, standsAlone)
    if (standsAlone && verdicts.size < MAX_VERDICTS) verdicts.set(text, fault)
    if (fault !== '') return { tool: name, fault }
    // The pause between two schemas lets timers fire, so that deadlines hold.
    await immediate()
  }
  return undefined
}

/** Creates the compiler of the SDK client, with the client's options. */
function openCompiler(): Ajv {
  const compiler = new Ajv({
    strict: false,
    validateFormats: true,
    validateSchema: false,
    allErrors: true,
    logger: false,
  })
  addFormats.default(compiler)
  return compiler
}

function compile(compiler: Ajv, schema: AnySchemaObject, standsAlone: boolean): string {
  try {
    const known = typeof schema.$id === 'string' ? compiler.getSchema(schema.$id) : undefined
    if (known === undefined) compiler.compile(schema)
    if (standsAlone) compiler.removeSchema(schema)
    return ''
  } catch (error) {
    return messageOf(error)
  }
}

function textOf(schema: object): string | undefined {
  try {
    return JSON.stringify(schema)
  } catch {
    return undefined
  }
}
