/** The failure codes of a rollback that somebody asks for. All of them are found before anything is changed. */
import type { CodeRow, Named } from '../errors.ts'

export const rollbackCodes = {
  ROLLBACK_IMPOSSIBLE: {
    meaning: '`command: rollback` cannot take back the resource behind the endpoint; nothing was changed',
    fix: 'Merge a pull request that reverts the change: its apply deploys the earlier version again.',
    remedy: 'config',
  },
  ROLLBACK_VERSION_MISSING: {
    meaning: 'no earlier version is recorded, and `rollback-to` names none; nothing was changed',
    fix: 'Name the version in rollback-to. Applies record the version that passed the gate last if on-failure is rollback.',
    remedy: 'config',
  },
  ROLLBACK_VERSION_INVALID: {
    meaning: '`rollback-to` names no version of the resource behind the endpoint; nothing was changed',
    fix: 'Write the version as the report of its apply shows it.',
    remedy: 'config',
  },
} as const satisfies Record<string, CodeRow>

declare module '../errors.ts' {
  interface FailureCodes extends Named<typeof rollbackCodes> {}
}
