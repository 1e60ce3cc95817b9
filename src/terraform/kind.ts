/** Kind is what a plan does to a resource or an output, one word for Terraform's list of actions. Pure. */
import type { Change } from './json.ts'

/** The order is the order of danger, and so of the comment. */
export const kinds = ['delete', 'replace', 'update', 'create', 'move', 'import', 'forget', 'read', 'none'] as const
export type Kind = (typeof kinds)[number]

/** The kind of a change by its actions alone: a resource that is only moved or imported is `none`. */
export function kindOf({ actions }: Change): Kind {
  if (actions.includes('create') && (actions.includes('delete') || actions.includes('forget'))) return 'replace'
  if (actions.includes('forget')) return 'forget'
  for (const kind of ['delete', 'update', 'create', 'read'] as const) if (actions.includes(kind)) return kind
  return 'none'
}
