/**
 * Tells the monitor where the verified endpoint is, exactly once. Listed first, so that a second run finds the
 * monitor of the first; a monitor that does not answer is a warning, because the server itself is fine.
 */
import { createHash } from 'node:crypto'
import type { AliveMcp, Monitor, NewMonitor } from '../clients/monitor.ts'
import { messageOf } from '../errors.ts'

export type Registration =
  | { readonly outcome: 'created' | 'exists'; readonly id: string }
  | { readonly outcome: 'failed'; readonly warning: string }

export async function register(monitors: AliveMcp, wanted: NewMonitor): Promise<Registration> {
  const idempotencyKey = createHash('sha256').update(`${wanted.name}\n${wanted.url}`).digest('hex')
  const find = async () => findMonitor((await monitors.list()) ?? [], wanted.url)
  try {
    const existing = await find()
    if (existing) return { outcome: 'exists', id: existing.id }
    try {
      const made = await monitors.create(wanted, idempotencyKey)
      if (made.outcome === 'created') return made
      return { ...made, id: (await find().catch(() => undefined))?.id ?? made.id }
    } catch (error) {
      // The request may have been carried out although its answer was lost, so the list decides.
      const created = await find().catch(() => undefined)
      if (created) return { outcome: 'created', id: created.id }
      throw error
    }
  } catch (error) {
    const next =
      wanted.protocol_version === undefined
        ? 'No protocol version was sent, because the gate ended at the authorization wall: set mcp-oauth-client-id and mcp-oauth-client-secret to let it past.'
        : 'The next run tries again.'
    return {
      outcome: 'failed',
      warning: `The endpoint is verified, but it could not be registered with AliveMCP: ${messageOf(error)} ${next}`,
    }
  }
}

/** Two spellings of one URL are one monitor. */
export function findMonitor(monitors: readonly Monitor[], url: string): Monitor | undefined {
  const same = (a: string) => (URL.canParse(a) ? new URL(a).href.replace(/\/$/, '') : a)
  return monitors.find(monitor => same(monitor.url) === same(url))
}
