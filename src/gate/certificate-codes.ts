/** The failure codes of the certificate check of `verify`. */
import type { CodeRow, Named } from '../errors.ts'

/** The table of these codes: the symptom, the fix and the kind of change that fixes it. */
export const certificateCodes = {
  CERTIFICATE_EXPIRES: {
    meaning: 'the certificate of the endpoint ends within certificate-days, or has ended',
    fix: 'Find out why the certificate was not renewed. ACM: the DNS record that validates it must still exist. Caddy: ports 80 and 443 must be reachable from the internet. Replace an imported certificate.',
    remedy: 'config',
  },
  CERTIFICATE_UNKNOWN: {
    meaning: 'the certificate of the endpoint could not be read',
    fix: 'Run the job again. If it happens again, look at the proxies and firewalls between the runner and the endpoint.',
    remedy: 'wait',
  },
} as const satisfies Record<string, CodeRow>

declare module '../errors.ts' {
  interface FailureCodes extends Named<typeof certificateCodes> {}
}
