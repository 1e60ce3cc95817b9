/**
 * The gate with short delays, for servers on this machine. Only what is waited for between rounds is short: the time for
 * an answer stays what it is, so that a busy machine fails no test. With short delays a minute has many more rounds, so the
 * request budget is large.
 */

import { type GateReport, type GateRequest, gate } from '../../../src/gate/gate.ts'
import { defaultGateTimes, type GateTimes } from '../../../src/gate/times.ts'

export const quickTimes: GateTimes = {
  ...defaultGateTimes,
  firstRetryDelaysMs: [10, 20, 30],
  retryDelayMs: 50,
  greenDelayMs: 10,
}

/** Runs the gate with these times. */
export function quickGate(
  request: GateRequest,
  log: (line: string) => void = () => {},
  times: Partial<GateTimes> = {},
): Promise<GateReport> {
  return gate({ requestsPerMinute: 100_000, ...request }, log, () => {}, { ...quickTimes, ...times })
}
