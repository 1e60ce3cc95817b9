/** The fixes for messages of AWS and Terraform that name no fix. */
import { expect, test } from 'vitest'
import { terraformAdvice } from '../../src/terraform/advice.ts'

const advice = (diagnostics: string) =>
  terraformAdvice(
    { tool: 'terraform', diagnostics },
    { runsUrl: 'https://github.example/runs', platform: 'linux_amd64' },
  )

test.each([
  'Error: updating ECS Service: operation error ECS: UpdateService, https response error StatusCode: 400, RequestID: 1, api error ExpiredTokenException: The security token included in the request is expired',
  'Error: reading S3 Bucket: api error ExpiredToken: The provided token has expired.',
  'Error: x: The security token included in the request\nis expired',
])('expired credentials: %s', diagnostics => {
  expect(advice(diagnostics)).toMatch(/credentials expired while Terraform ran.*raise role-duration-seconds/)
  expect(advice(diagnostics)).not.toContain('errored.tfstate')
  expect(advice(`${diagnostics}\nError: Failed to save state\n… "errored.tfstate"`)).toContain(
    'only in errored.tfstate',
  )
})

test.each([
  [
    'Error: Instance cannot be destroyed\n\n  on main.tf line 12:\n\nResource aws_s3_bucket.a has lifecycle.prevent_destroy set, but the plan',
    /remove prevent_destroy from its lifecycle block/,
  ],
  [
    "Error: deleting ELBv2 Load Balancer: OperationNotPermitted: Load balancer 'arn:…' cannot be deleted because deletion protection is\nenabled",
    /protected in AWS/,
  ],
  [
    "Error: terminating EC2 Instance (i-0): OperationNotPermitted: The instance 'i-0' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.",
    /disable_api_termination = false/,
  ],
  [
    'Error: deleting Security Group (sg-0): DependencyViolation: resource sg-0 has a dependent object',
    /still uses it.*delete it/,
  ],
  ['Error: Unsupported argument\n\nAn argument named "deletion_protection" is not expected here.', /^$/],
])('%s', (diagnostics, expected) => {
  expect(advice(diagnostics)).toMatch(expected)
})
