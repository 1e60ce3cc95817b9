/**
 * Runs the gate once in a process of its own and reports the failure code and the peak of its resident memory.
 * The peak is the kernel's VmHWM: `resourceUsage().maxRSS` would count the process that started this one.
 */
import { readFileSync } from 'node:fs'
import { gate } from '../../../src/gate/gate.ts'

const report = await gate(
  {
    endpoint: process.argv[2] ?? '',
    require: 'any',
    transport: 'auto',
    headers: {},
    tools: [],
    rounds: 1,
    timeoutMs: 0,
  },
  () => {},
)
const peakKiB = Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
process.send?.({ code: report.failure?.code, peakMiB: peakKiB / 1024 })
