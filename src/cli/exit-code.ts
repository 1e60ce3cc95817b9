/** The exit code of one endpoint and of several. Pure. */
import { codes } from '../gate/codes.ts'
import type { GateReport } from '../gate/gate.ts'
import { exitCodes } from './flags.ts'

/** An exit code of a check. */
export type ExitCode = (typeof exitCodes)[number][0]

/** Returns the exit code of one endpoint. */
export function exitCodeOf({ failure, warnings }: GateReport, isStrict: boolean): ExitCode {
  if (failure === undefined) return isStrict && warnings.length > 0 ? 6 : 0
  if (failure.code.startsWith('AUTH_')) return 3
  const { layer } = codes[failure.code]
  return layer === 'DNS' || layer === 'TCP' || layer === 'TLS' ? 4 : 1
}

/** Returns the worse of two exit codes. */
export function worse(a: ExitCode, b: ExitCode): ExitCode {
  const rank = (code: ExitCode): number => exitCodes.findIndex(([each]) => each === code)
  return rank(a) >= rank(b) ? a : b
}
