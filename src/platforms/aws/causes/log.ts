/** Rules about the log of the server. */
import type { Task } from '../../ecs/client.ts'
import type { Evidence } from '../evidence.ts'
import { quoted, type Rule } from './rule.ts'
import { failing } from './task-rule.ts'

export const logRules: readonly Rule[] = [
  {
    code: 'LOG_SAYS',
    remedy: undefined,
    clause: ({ log }) => {
      const line = lastErrorLine(log?.lines ?? [])
      return line === undefined ? undefined : `the log of container ${log?.container} shows ${quoted(line)}`
    },
    fix: 'Read the end of the log below, and fix the reported error.',
  },
]

const errorWords = /\b(?:error|exception|fatal|panic|failed|cannot|denied|refused|traceback)\b/i
const errorNames = /\bE[A-Z]{4,}\b|Error\b/

/** The last line about a failure. Lines of a stack trace count only if there is no other. */
export function lastErrorLine(lines: readonly string[]): string | undefined {
  return lines.findLast(line => (errorWords.test(line) || errorNames.test(line)) && !/^\s*(?:at|File)\s/.test(line))
}

/** The newest match of a pattern in the log of the task's container: its first group that matched, else the whole. */
export function matchInLog({ log }: Evidence, task: Task, pattern: RegExp): string | undefined {
  const lines = [...(log?.container === failing(task)?.name ? (log?.lines ?? []) : []), failing(task)?.reason ?? '']
  for (const line of lines.toReversed()) {
    const match = pattern.exec(line)
    if (match !== null) return match.slice(1).find(group => group !== undefined) ?? match[0]
  }
  return undefined
}
