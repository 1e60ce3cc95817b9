/** The failure codes of AWS Lambda: what each means and what to do. A function is never replaced, so none of them taints. */
import type { CodeRow, Failure, Named } from '../../errors.ts'

export const codes = {
  LAMBDA_NO_FUNCTION: {
    meaning: 'there is no Lambda function, alias or version of this name',
    remedy: 'config',
    fix: 'Check that the outputs lambda_function_name and lambda_alias name what Terraform makes, and that AWS_REGION is its region.',
  },
  LAMBDA_FAILED: {
    meaning: 'Lambda cannot run the new code with its settings',
    remedy: 'replace',
    fix: 'Correct what Lambda names. Another apply of the same package publishes no new version: change the package, or replace the function manually.',
  },
  LAMBDA_SUPERSEDED: {
    meaning: 'the alias or the code is not the one that this apply made',
    remedy: 'config',
    fix: 'Deploy one thing at a time: let only this workflow change the function, and give it a concurrency group.',
  },
  LAMBDA_STILL_MOVING: {
    meaning: 'the new version is ready, but the alias still sends a part of the requests to another one',
    remedy: 'config',
    fix: 'Raise deploy-timeout, or look at what moves the alias: CodeDeploy, or Lambda itself while provisioned concurrency starts.',
  },
  LAMBDA_TIMEOUT: {
    meaning: 'the function was not ready in time',
    remedy: 'wait',
    fix: 'Look at the state of the function for what it waits for, or raise deploy-timeout: a function in a VPC, a large image and SnapStart take minutes.',
  },
  LAMBDA_ACCESS: {
    meaning: 'AWS does not let this job watch the function',
    remedy: 'config',
    fix: 'Give the role of this job the actions lambda:GetAlias and lambda:GetFunctionConfiguration. Set AWS_REGION, and let the session outlive the deployment.',
  },
} as const satisfies Record<string, CodeRow>

declare module '../../errors.ts' {
  interface FailureCodes extends Named<typeof codes> {}
}

/** A failure of this table. @param fix what is known better than the table knows it */
export function lambdaFailure(code: keyof typeof codes, sentence: string, fix: string = codes[code].fix): Failure {
  return { code, sentence, fix, remedy: codes[code].remedy }
}
