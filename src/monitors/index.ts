/** The table of monitors: each is one class against the contract in monitor.ts, and one line here. */
import { AliveMcp, type AliveMcpSettings } from './alivemcp.ts'
import type { MonitorService } from './monitor.ts'
import { Webhook, type WebhookSettings } from './webhook.ts'

/** Undefined for a monitor that the workflow does not use. */
export interface MonitorSettings {
  readonly alivemcp: AliveMcpSettings | undefined
  readonly webhook: WebhookSettings | undefined
}

/** The monitors that the workflow uses. */
export function monitorsFor({ alivemcp, webhook }: MonitorSettings): MonitorService[] {
  return [
    ...(alivemcp === undefined ? [] : [new AliveMcp(alivemcp)]),
    ...(webhook === undefined ? [] : [new Webhook(webhook)]),
  ]
}
