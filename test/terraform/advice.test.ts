/** The fixes for messages of AWS and Terraform that name no fix. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { terraformAdvice } from '../../src/terraform/advice.ts'
import { lockFileOwner } from '../../src/terraform/lock-file.ts'

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
  [
    'Error: No value for required variable\n\n  on variables.tf line 1:\n   1: variable "image" {\n\nThe root module input variable "image" is not set, and has no default value.\nUse a -var or -var-file command line argument to provide a value for this\nvariable.',
    /input var-file, or set TF_VAR_image in/,
  ],
  [
    `Error: Failed to download module\n\nCould not download module "x" (main.tf:1) source code from\n"git::https://github.com/acme/private.git": error downloading: /usr/bin/git exited with 128: fatal: could not read Username for\n'https://github.com': terminal prompts disabled`,
    /may not read the repository of a module/,
  ],
  [
    'Error: Failed to download module\n\ngit@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
    /for ssh a key/,
  ],
  [
    'Error: Error accessing remote module registry\n\nFailed to retrieve available versions for module "x" (main.tf:1) from\napp.terraform.io: error looking up module versions: 401 Unauthorized.',
    /set TF_TOKEN_HOST/,
  ],
  [
    'Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for provider acme/notes: host registry.example rejected\nthe given authentication credentials',
    /set TF_TOKEN_HOST/,
  ],
  [
    'Error: Unsupported Terraform Core version\n\n  on main.tf line 2, in terraform:\n\nThis configuration does not support Terraform version 1.9.0.',
    /^Nothing was changed\. A module requires another version/,
  ],
  [
    'Error: Unsupported argument\n\n  on main.tf line 5:\n\nAn argument named "use_lockfile" is not expected here.',
    /needs Terraform 1\.10 or newer/,
  ],
  [
    'Error: Invalid backend configuration argument\n\nThe backend configuration argument "use_lockfile" given on the command line is not expected for the selected\nbackend type.',
    /needs Terraform 1\.10 or newer/,
  ],
  ['Error: Unsupported argument\n\nAn argument named "deletion_protection" is not expected here.', /^$/],
])('%s', (diagnostics, expected) => {
  expect(advice(diagnostics)).toMatch(expected)
})

test('a role that cannot be assumed: the advice names the claim of this job', () => {
  const diagnostics = 'Error: api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity'
  const fix = terraformAdvice(
    { tool: 'terraform', diagnostics },
    { ...context, subject: 'repo:acme/weather:pull_request' },
  )
  expect(fix).toMatch(
    /Without `environment:` in this job, its `sub` is `repo:acme\/weather:pull_request`; with immutable/,
  )
  expect(terraformAdvice({ tool: 'terraform', diagnostics }, context)).not.toContain('its `sub` is `repo:acme')
})

const context = { runsUrl: 'https://github.example/runs', platform: 'linux_amd64' }

test('prevent_destroy in the words of OpenTofu has the same advice, with its own name', () => {
  const diagnostics =
    'Error: Resource instance cannot be destroyed\n\n  on main.tf line 2:\n   2: resource "terraform_data" "a" {\n\n' +
    'Resource instance terraform_data.a has prevent_destroy set, but the plan\ncalls for it to be destroyed.'
  expect(terraformAdvice({ tool: 'tofu', diagnostics }, context)).toMatch(
    /^Nothing was changed\. .*remove prevent_destroy/,
  )
})

test('advice for OpenTofu names OpenTofu', () => {
  const expired = 'Error: api error ExpiredToken: The provided token has expired.'
  const fix = terraformAdvice({ tool: 'tofu', diagnostics: expired }, context)
  expect(fix).toContain('expired while OpenTofu ran')
  expect(fix).not.toContain('Terraform')
})

describe('the dependency lock file of the other tool', () => {
  const diagnostics =
    'Error: Provider dependency changes detected\n\nChanges to the required provider dependencies were detected, but the lock\nfile is read-only.'

  /** A root module with a lock file of these providers. */
  function lockedWith(...providers: readonly string[]): string {
    const directory = mkdtempSync(join(tmpdir(), 'locked-'))
    onTestFinished(() => rmSync(directory, { recursive: true }))
    const blocks = providers.map(provider => `provider "${provider}" {\n  version = "2.0.0"\n}\n`)
    writeFileSync(join(directory, '.terraform.lock.hcl'), blocks.join('\n'))
    return directory
  }
  const ofTerraform = ['registry.terraform.io/hashicorp/aws', 'registry.terraform.io/hashicorp/random']
  const ofTofu = ['registry.opentofu.org/hashicorp/aws']

  test.each([
    ['terraform', ofTerraform],
    ['tofu', ofTofu],
    ['tofu', [...ofTofu, 'mirror.example/acme/notes']],
    [undefined, [...ofTofu, ...ofTerraform]],
    [undefined, ['mirror.example/acme/notes']],
    [undefined, []],
  ] as const)('was written by %s: %s', (owner, providers) => {
    expect(lockFileOwner(lockedWith(...providers))).toBe(owner)
    expect(lockFileOwner('/nowhere')).toBeUndefined()
  })

  test('is the cause that OpenTofu does not name, and Terraform neither', () => {
    const forTofu = terraformAdvice({ tool: 'tofu', diagnostics }, { ...context, lockedBy: 'terraform' })
    expect(forTofu).toBe(
      'The committed .terraform.lock.hcl was written by Terraform: its providers come from registry.terraform.io, and OpenTofu installs ' +
        'those of registry.opentofu.org. Nothing was changed. Fix: set tool to terraform, or delete the file, run `tofu init` on your ' +
        'machine and commit the new one.',
    )
    const forTerraform = terraformAdvice({ tool: 'terraform', diagnostics }, { ...context, lockedBy: 'tofu' })
    expect(forTerraform).toContain('was written by OpenTofu')
    const own = terraformAdvice({ tool: 'tofu', diagnostics }, { ...context, lockedBy: 'tofu' })
    expect(own).toMatch(/^The committed \.terraform\.lock\.hcl does not list the providers/)
  })
})
