/** The end of a log stream or of a log group of CloudWatch Logs (API Reference, GetLogEvents and FilterLogEvents). */
import { awsOptions } from './client.ts'

/**
 * The last lines of a stream, oldest first; none when it does not exist (yet). Throws the SDK's errors otherwise.
 * @param region undefined means the SDK's own chain, AWS_REGION first
 */
export async function logTail(
  region: string | undefined,
  logGroupName: string,
  logStreamName: string,
  lines: number,
): Promise<string[]> {
  const { CloudWatchLogsClient, GetLogEventsCommand } = await import('./sdk.ts')
  const client = new CloudWatchLogsClient(awsOptions(region))
  try {
    const { events = [] } = await client.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, limit: lines, startFromHead: false }),
    )
    // An event may hold several lines, such as a stack trace.
    return events.flatMap(({ message = '' }) => message.trimEnd().split(/\r?\n/)).slice(-lines)
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return []
    throw error
  } finally {
    client.destroy()
  }
}

/** The most events that are read to find the last lines of a group. */
const maxEvents = 1_000

/**
 * The last lines of all streams of a group since a moment, oldest first; none when the group does not exist (yet). Throws the
 * SDK's errors otherwise.
 * @param since milliseconds since 1970
 */
export async function recentLogLines(
  region: string | undefined,
  logGroupName: string,
  since: number,
  lines: number,
): Promise<string[]> {
  const { CloudWatchLogsClient, FilterLogEventsCommand } = await import('./sdk.ts')
  const client = new CloudWatchLogsClient(awsOptions(region))
  try {
    const command = new FilterLogEventsCommand({ logGroupName, startTime: Math.max(0, since), limit: maxEvents })
    const { events = [] } = await client.send(command)
    return events.flatMap(({ message = '' }) => message.trimEnd().split(/\r?\n/)).slice(-lines)
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return []
    throw error
  } finally {
    client.destroy()
  }
}
