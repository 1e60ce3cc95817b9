/** News of a deployment as a run tells them to its monitors, verified unless a test says otherwise. */
import type { MonitorEvent } from '../../src/monitors/monitor.ts'

export function news(more: Partial<MonitorEvent> = {}): MonitorEvent {
  return {
    command: 'apply',
    endpoint: 'https://mcp.example.com/mcp',
    previousEndpoint: undefined,
    name: 'weather',
    protocolVersions: ['2026-07-28', '2025-11-25'],
    isMcpServer: true,
    failure: undefined,
    repository: 'acme/weather',
    target: { stack: 'ecs', directory: '.', workspace: undefined },
    commit: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    runUrl: 'https://github.com/acme/weather/actions/runs/1',
    pullRequest: 7,
    ...more,
  }
}

/** The failure of a gate, for news of a deployment that failed. */
export const failure: NonNullable<MonitorEvent['failure']> = {
  phase: 'gate',
  code: 'PATH_404',
  sentence: 'Nothing at /mcp.',
  fix: '',
  remedy: 'config',
}
