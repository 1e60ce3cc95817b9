/** The kind of a planned change: one word for Terraform's list of actions. Pure. */
import type { Change } from './json.ts'

/** The kinds of a change, most dangerous first; comments list changes in this order. */
export const kinds = ['delete', 'replace', 'update', 'create', 'move', 'import', 'forget', 'read', 'none'] as const
export type Kind = (typeof kinds)[number]

/** The kind of a change by its actions. A resource that is only moved or imported has the kind `none`. */
export function kindOf({ actions }: Change): Kind {
  if (actions.includes('create') && (actions.includes('delete') || actions.includes('forget'))) return 'replace'
  if (actions.includes('forget')) return 'forget'
  for (const kind of ['delete', 'update', 'create', 'read'] as const) if (actions.includes(kind)) return kind
  return 'none'
}
