/** The end of one log stream of CloudWatch Logs (API Reference, GetLogEvents). */
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
