/** The failure codes of an EC2 instance: what each means, whether a replacement of the instance helps, and what to do. */
import type { CodeRow, Failure, Named } from '../../errors.ts'

export const codes = {
  EC2_NO_INSTANCE: {
    meaning: 'there is no instance with this id',
    remedy: 'config',
    fix: 'Check that the output instance_id names the instance that Terraform makes, and that AWS_REGION is its region.',
  },
  EC2_NOT_RUNNING: {
    meaning: 'the instance is not running',
    remedy: 'replace',
    fix: 'Look at its state transition reason in the EC2 console: somebody stopped it, or AWS took a Spot instance back.',
  },
  EC2_TIMEOUT: {
    meaning: 'the instance did not pass its status checks in time',
    remedy: 'wait',
    fix: 'Look at the end of the console output for why it does not come up, or raise deploy-timeout.',
  },
  EC2_ACCESS: {
    meaning: 'AWS does not let this job watch the instance',
    remedy: 'config',
    fix: 'Give the role of this job the action ec2:DescribeInstanceStatus. Set AWS_REGION, and let the session outlive the deployment.',
  },
} as const satisfies Record<string, CodeRow>

declare module '../../errors.ts' {
  interface FailureCodes extends Named<typeof codes> {}
}

/** A failure of this table. */
export function ec2Failure(code: keyof typeof codes, sentence: string): Failure {
  const { fix, remedy } = codes[code]
  return { code, sentence, fix, remedy }
}
