/**
 * Which comment belongs to a stack. It is apart from the writer of comments, because each command needs it and only the end of a
 * run writes.
 */
import { readableSetting } from '../approval/digest.ts'
import { readSettings } from '../approval/record.ts'
import { secrets } from '../log.ts'

/** The markers and the state by which a comment belongs to a stack. */
export interface CommentOwner {
  readonly marker: string
  /** The marker of version 0.1, undefined if it is the same. */
  readonly formerMarker: string | undefined
  /** Undefined until Terraform is initialized. */
  readonly state: { readonly backend: string; readonly workspace: string } | undefined
}

/**
 * Whether a comment belongs to a stack. In version 0.1 several stacks could share one marker, so such a comment counts only if
 * its record names the same state.
 */
export function isCommentOf({ marker, formerMarker, state }: CommentOwner, body: string): boolean {
  if (body.startsWith(marker)) return true
  if (formerMarker === undefined || state === undefined || !body.startsWith(formerMarker)) return false
  const settings = readSettings(body)
  const isSame = (name: keyof typeof state) => settings?.[name] === readableSetting(state[name], secrets.redact)
  return isSame('backend') && isSame('workspace')
}
