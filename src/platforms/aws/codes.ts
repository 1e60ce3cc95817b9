/** The codes of checks of AWS that belong to no platform. */
import type { CodeRow, Named } from '../../errors.ts'

export const awsCodes = {
  CREDENTIALS_EXPIRE: {
    meaning: 'the AWS credentials end too soon; nothing was begun',
    fix: 'Run the job again, which gets new ones, and raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows (max_session_duration of terraform/github-oidc).',
    remedy: 'config',
  },
} as const satisfies Record<string, CodeRow>

declare module '../../errors.ts' {
  interface FailureCodes extends Named<typeof awsCodes> {}
}
