/** The table of monitors. Each monitor is one class that implements the contract in monitor.ts, and one line here. */
import { AliveMcp, type AliveMcpSettings } from './alivemcp.ts'
import type { MonitorService } from './monitor.ts'
import { Webhook, type WebhookSettings } from './webhook.ts'

/** Settings by monitor, undefined for a monitor that the workflow does not use. */
export interface MonitorSettings {
  readonly alivemcp: AliveMcpSettings | undefined
  readonly webhook: WebhookSettings | undefined
}

/** Returns the monitors that the workflow uses. */
export function monitorsFor({ alivemcp, webhook }: MonitorSettings): MonitorService[] {
  return [
    ...(alivemcp === undefined ? [] : [new AliveMcp(alivemcp)]),
    ...(webhook === undefined ? [] : [new Webhook(webhook)]),
  ]
}
