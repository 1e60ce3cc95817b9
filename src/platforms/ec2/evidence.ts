/** Everything that may explain why an EC2 instance does not serve: its status checks and its console output. Read-only. */
import { stripVTControlCharacters } from 'node:util'
import { type Evidence, noEvidence } from '../aws/evidence.ts'
import type { EvidenceContext } from '../platform.ts'
import { Ec2 } from './client.ts'
import type { Ec2Instance } from './instance.ts'

const maxConsoleLines = 100

export async function instanceEvidence(
  { instanceId, region }: Ec2Instance,
  { ask, omitted }: EvidenceContext,
): Promise<Evidence> {
  const ec2 = new Ec2(region)
  const [instance, output] = await Promise.all([
    ask('the status checks', 'ec2:DescribeInstanceStatus', () => ec2.status(instanceId)),
    ask('the console output', 'ec2:GetConsoleOutput', () => ec2.console(instanceId)),
  ])
  return { ...noEvidence(instanceId), ...(instance && { instance }), console: consoleLines(output ?? ''), omitted }
}

/** The last lines of a console as text: without colours, and what a carriage return overwrote. */
function consoleLines(output: string): string[] {
  return stripVTControlCharacters(output)
    .split(/\r*\n/)
    .map(line => line.replace(/^.*\r/, '').trimEnd())
    .filter(line => line !== '')
    .slice(-maxConsoleLines)
}
