/**
 * Groups of the inputs and outputs of action.yml, for docs/inputs.md, docs/outputs.md and the README, with one example for
 * each input. The test test/scripts/readme-tables.test.ts checks that no input is missing and that `readInputs` accepts each example.
 */

export interface InputGroup {
  readonly title: string
  /** One sentence about the group. */
  readonly about: string
  /** By input, the lines of `with:` that show it. They include other inputs if the input is only accepted with them. */
  readonly inputs: Readonly<Record<string, string>>
}

export interface OutputGroup {
  readonly title: string
  readonly about: string
  readonly outputs: readonly string[]
}

/** Builds the expression of a workflow that reads a secret. */
const secret = (name: string) => `$\{{ secrets.${name} }}`

const oauthClient = `mcp-oauth-client-id: weather-gate
mcp-oauth-client-secret: ${secret('MCP_CLIENT_SECRET')}`

export const inputGroups: readonly InputGroup[] = [
  {
    title: 'Essentials',
    about: 'Most workflows need no other inputs.',
    inputs: {
      command: 'command: verify\nmcp-endpoint: https://mcp.example.com/mcp',
      stack: 'stack: ecs',
      'working-directory': 'working-directory: infra',
      'var-file': 'var-file: production.tfvars',
      'backend-config': `backend-config: |
  bucket=my-terraform-state
  key=mcp-server/production.tfstate
  region=eu-west-1`,
      'mcp-endpoint': 'mcp-endpoint: https://mcp.example.com/mcp',
    },
  },
  {
    title: 'Terraform',
    about: 'How Terraform or OpenTofu is installed and run.',
    inputs: {
      workspace: 'workspace: staging',
      target: 'target: module.server.aws_ecs_service.this',
      replace: 'replace: module.server.aws_instance.this[0]',
      'terraform-version': 'terraform-version: "~> 1.11"',
      tool: 'tool: tofu',
      'terraform-mirror': 'terraform-mirror: https://mirror.example.com/terraform-releases',
      'terraform-mirror-key': `terraform-mirror: https://mirror.example.com/own-builds
terraform-mirror-key: $\{{ vars.MIRROR_PUBLIC_KEY }}`,
      'lock-timeout': 'lock-timeout: 15m',
      parallelism: 'parallelism: 4',
      'allow-local-state': 'allow-local-state: true',
      'aws-expiration': `aws-expiration: $\{{ steps.aws.outputs.aws-expiration }}`,
    },
  },
  {
    title: 'Review',
    about: 'What the pull request shows, and which plans may be applied ([approval](approval.md)).',
    inputs: {
      'plan-approval': `command: apply
plan-approval: sha256:${'4f6d1c20'.repeat(8)}`,
      'plan-approval-key': `plan-approval-key: ${secret('PLAN_APPROVAL_KEY')}`,
      'plan-approval-ignore': 'plan-approval-ignore: aws_lb.this:tags.Updated',
      'plan-workflow': 'plan-workflow: .github/workflows/plan.yml',
      'apply-before-merge': 'apply-before-merge: /apply',
      'reviewed-images':
        'reviewed-images: image=123456789012.dkr.ecr.eu-west-1.amazonaws.com/weather:1.4.0 context=server',
      'accept-rules': `accept-rules: |
  image-tag-latest: the image of the preview is rebuilt on purpose`,
      'plan-checks': `plan-checks: |
  conftest: conftest test "$PLAN_JSON"
  cost?: infracost breakdown --path "$PLAN_JSON"`,
      forks: 'forks: fail',
      'github-token': 'github-token: ""',
      comment: 'comment: changes',
      'plan-status': 'plan-status: never',
      labels: `labels: |
  replace: plan replaces #d93f0b
  destroy: plan destroys #b60205`,
    },
  },
  {
    title: 'Rollout',
    about: 'How long the platform may take, and what happens if the new version fails ([platforms](platforms.md)).',
    inputs: {
      'ecs-cluster': 'ecs-cluster: production\necs-service: weather',
      'ecs-service': 'ecs-cluster: production\necs-service: weather',
      'deploy-timeout': 'deploy-timeout: 25m',
      'on-failure': 'on-failure: rollback',
      'rollback-to': 'command: rollback\nrollback-to: weather:11',
      'deployment-environment': 'deployment-environment: production',
    },
  },
  {
    title: 'Gate',
    about: 'How the gate reaches the endpoint, and what must pass ([verification](verification.md)).',
    inputs: {
      'mcp-require': 'mcp-require: both',
      'mcp-transport': 'mcp-transport: streamable-http',
      'mcp-headers': `mcp-headers: |
  X-Api-Key: ${secret('MCP_API_KEY')}`,
      'mcp-headers-from-output': 'mcp-headers-from-output: mcp_headers',
      'mcp-auth': 'mcp-auth: required',
      'mcp-oauth-client-id': oauthClient,
      'mcp-oauth-client-secret': oauthClient,
      'mcp-oauth-issuer': `${oauthClient}
mcp-oauth-issuer: https://login.example.com`,
      'mcp-oauth-private-key': `mcp-oauth-client-id: weather-gate
mcp-oauth-private-key: ${secret('MCP_CLIENT_KEY')}`,
      'mcp-oauth-key-id': `mcp-oauth-client-id: weather-gate
mcp-oauth-private-key: ${secret('MCP_CLIENT_KEY')}
mcp-oauth-key-id: "2026-11"`,
      'mcp-oauth-resource': `${oauthClient}
mcp-oauth-resource: https://mcp.example.com/mcp`,
      'mcp-oauth-scope': `${oauthClient}
mcp-oauth-scope: mcp:tools mcp:resources`,
      'mcp-oauth-audience': `${oauthClient}
mcp-oauth-audience: https://mcp.example.com`,
      'mcp-oauth-from-output': 'mcp-oauth-from-output: mcp_client',
      'mcp-sigv4': 'mcp-sigv4: execute-api/eu-west-1',
      'mcp-client-cert': `mcp-client-cert: certificates/gate.pem
mcp-client-key: ${secret('MCP_TLS_KEY')}`,
      'mcp-client-key': `mcp-client-cert: certificates/gate.pem
mcp-client-key: ${secret('MCP_TLS_KEY')}`,
      'mcp-ca': 'mcp-ca: certificates/private-ca.pem',
      'mcp-connect-to': 'mcp-connect-to: 127.0.0.1:8443',
      'mcp-call': `mcp-call: |
  - tool: search_docs
    arguments: { query: tasks }
    expect: { isError: false, text: "/\\\\d+ results/" }`,
      'mcp-hosts': 'mcp-hosts: claude, vscode',
      'mcp-tools': `mcp-tools: |
  get_forecast
  get_alerts`,
      'mcp-contract': 'mcp-contract: mcp-contract.json',
      'mcp-expect-version': 'mcp-expect-version: 1.4.0',
      'mcp-rounds': 'mcp-rounds: 5',
      'mcp-timeout': 'mcp-timeout: 10m',
      'mcp-request-timeout': 'mcp-request-timeout: 60s',
      'mcp-requests-per-minute': 'mcp-requests-per-minute: 60',
    },
  },
  {
    title: 'Scheduled verify',
    about:
      'What `command: verify` also checks, and whether it opens an issue ([recipe](recipes/scheduled-verify-and-drift.md)).',
    inputs: {
      'certificate-days': 'certificate-days: 14',
      drift: 'drift: fail',
      'drift-plan': 'drift-plan: refresh-only',
      issue: 'issue: failures',
    },
  },
  {
    title: 'Notifications',
    about: 'Who is notified of a deployment ([webhook](webhook.md), [Slack and Teams](recipes/notify-a-chat.md)).',
    inputs: {
      'alivemcp-api-key': `alivemcp-api-key: ${secret('ALIVEMCP_API_KEY')}`,
      'alivemcp-api-url': `alivemcp-api-key: ${secret('ALIVEMCP_API_KEY')}
alivemcp-api-url: https://alivemcp.example.com`,
      'alivemcp-name': `alivemcp-api-key: ${secret('ALIVEMCP_API_KEY')}
alivemcp-name: weather (production)`,
      'alivemcp-interval': `alivemcp-api-key: ${secret('ALIVEMCP_API_KEY')}
alivemcp-interval: 5m`,
      'webhook-url': `webhook-url: ${secret('WEBHOOK_URL')}
webhook-secret: ${secret('WEBHOOK_SECRET')}`,
      'webhook-secret': `webhook-url: ${secret('WEBHOOK_URL')}
webhook-secret: ${secret('WEBHOOK_SECRET')}`,
    },
  },
  {
    title: 'Destroy',
    about: 'The confirmation of `command: destroy` ([destroy a stack](recipes/destroy.md)).',
    inputs: { 'confirm-destroy': 'command: destroy\nconfirm-destroy: infra' },
  },
  {
    title: 'Many stacks',
    about: 'Several stacks in one repository ([many stacks](many-stacks.md)).',
    inputs: {
      'stack-name': 'stack-name: weather (staging)',
      discover: 'command: discover\ndiscover: all',
      reports: 'command: summary\nreports: reports',
      stacks: `command: summary
reports: reports
stacks: $\{{ needs.discover.outputs.stacks }}`,
    },
  },
  {
    title: 'Deprecated names',
    about: 'These inputs log a warning that names the new input ([upgrading](upgrading.md)).',
    inputs: {
      'ecs-timeout': 'ecs-timeout: 25m',
      'ec2-timeout': 'ec2-timeout: 15m',
      environment: 'environment: production',
      'mcp-expect': 'mcp-expect: auth-wall',
    },
  },
]

export const outputGroups: readonly OutputGroup[] = [
  {
    title: 'Every command',
    about: 'What ran and what failed first ([outputs for later steps](troubleshooting.md#outputs-for-later-steps)).',
    outputs: ['command', 'failure-phase', 'failure-code', 'gate-report'],
  },
  {
    title: 'Plan and review',
    about: 'The plan of a pull request or of an apply.',
    outputs: ['has-changes', 'plan-summary', 'plan-fingerprint', 'plan-file', 'comment-url'],
  },
  {
    title: 'Apply and rollout',
    about: 'What was changed and what was undone.',
    outputs: ['applied', 'terraform-outputs', 'tainted', 'rolled-back-to', 'deployment-id', 'monitor-id'],
  },
  {
    title: 'Gate',
    about: 'What the endpoint has shown over the wire.',
    outputs: [
      'mcp-endpoint',
      'gate',
      'gate-code',
      'mcp-eras',
      'mcp-tools',
      'mcp-contract-hash',
      'mcp-contract-file',
      'gate-junit',
      'gate-page',
    ],
  },
  {
    title: 'Scheduled verify',
    about: 'The certificate, the drift and the issue of `command: verify`.',
    outputs: ['certificate-days-left', 'drift', 'issue-url'],
  },
  { title: 'Destroy', about: 'The result of `command: destroy`.', outputs: ['destroyed'] },
  {
    title: 'Many stacks',
    about: 'Outputs of `command: discover` and `command: summary`.',
    outputs: ['stacks', 'batches', 'stack-count', 'stacks-file', 'failed-stacks'],
  },
  {
    title: 'Deprecated names',
    about: 'The next release will not write these outputs ([upgrading](upgrading.md)).',
    outputs: ['failed-phase'],
  },
]

/** Inputs in the README: those that decide what a first workflow does. */
export const keyInputs: readonly string[] = [
  'command',
  'stack',
  'working-directory',
  'var-file',
  'backend-config',
  'mcp-endpoint',
  'mcp-headers',
  'plan-approval',
  'on-failure',
]

/** Outputs in the README: those that later steps use most. */
export const keyOutputs: readonly string[] = [
  'mcp-endpoint',
  'gate',
  'applied',
  'failure-phase',
  'failure-code',
  'plan-fingerprint',
  'gate-report',
]
