/** Paths to the parts of a value, and their text in the form of Terraform. */
import { shorten, visible } from '../../text.ts'

/** A member of a list that is found by one of its fields, such as `name`, and not by its place. */
export interface KeyStep {
  readonly field: string
  readonly value: string | number
}

/** A key of an object, a place in a list, or a member of a list by its key. */
export type Step = string | number | KeyStep

export type Path = readonly Step[]

/** The fields that name a member of a list. Only their value is shown: `environment["PORT"]`. */
export const naming = ['name', 'Name', 'Sid', 'sid', 'key', 'Key', 'id', 'Id', 'containerPort'] as const

/** Whether a field names a member of a list. */
export function isNaming(field: string): boolean {
  return naming.some(name => name === field)
}

/** UTF-16 units of the longest key in a path, and of the longest path. */
const maxKeyUnits = 100
const maxPathUnits = 200

/**
 * Formats a path as Terraform does: `root.attribute[0].key`. Keys that are not identifiers are quoted. A long path is shortened.
 * @param redact removes secrets from each key before it is shortened, because half a secret does not match
 */
export function pathText(path: Path, redact: (text: string) => string): string {
  return shorten(visible(formatPath(path, key => shorten(redact(key), maxKeyUnits))), maxPathUnits)
}

/** Formats a path as `pathText` does, whole and with its secrets. It is redacted where it is rendered. */
export function rawPathText(path: Path): string {
  return formatPath(path, key => key)
}

function formatPath(path: Path, show: (key: string) => string): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (typeof step === 'object') text += `[${keyText(step, show)}]`
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += `${text === '' ? '' : '.'}${show(step)}`
    else text += `[${JSON.stringify(show(step))}]`
  }
  return text
}

/** Whether the text of a path leaves out a part of it. */
export function isShortenedPath(path: Path): boolean {
  const units = (step: Step) => {
    if (typeof step === 'string') return step.length
    return typeof step === 'object' ? step.field.length + String(step.value).length : 0
  }
  return path.some(step => units(step) > maxKeyUnits) || rawPathText(path).length > maxPathUnits
}

/** Formats the name of a member, such as `"web"`, or its field and value, such as `from_port = 443`. */
function keyText({ field, value }: KeyStep, show: (key: string) => string): string {
  const shown = typeof value === 'string' ? JSON.stringify(show(value)) : String(value)
  return typeof value === 'string' && isNaming(field) ? shown : `${formatPath([field], show)} = ${shown}`
}
