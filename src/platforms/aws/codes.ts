/** The failure codes of AWS as such: what each means, whether a replacement of the server helps, and what to do. */
import type { PlatformCode } from '../platform.ts'

export const codes = {
  CREDENTIALS_EXPIRE: {
    meaning: 'the AWS credentials end before the run could finish',
    remedy: 'config',
    fix: 'Run the job again, which gets new ones, and raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows (max_session_duration of terraform/github-oidc).',
  },
} as const satisfies Record<string, PlatformCode>
