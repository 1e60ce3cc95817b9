/**
 * What the roles of terraform/github-oidc may do and no story of test/modules/permissions.test.ts does, each with the reason why it
 * is granted all the same. That test fails for a right that is neither used nor listed here, and for one that is listed and used.
 * `node scripts/dependent-permissions.ts` writes the table into docs/dependent-permissions.md.
 */
export interface UnusedPermission {
  /** The stories that do not use it. */
  readonly stacks: readonly string[]
  readonly actions: readonly string[]
  readonly reason: string
}

export const unusedPermissions: readonly UnusedPermission[] = []
