/**
 * Makes the plans of test/fixtures/rules with the real AWS provider against the AWS stand-in: the examples of terraform/ecs
 * as they are created, and what later pull requests would change of a deployed server. Only what the plan rules read is kept.
 * Takes some minutes, most of them the provider's own wait for a load balancer.
 *
 *     node scripts/ecs-plans.ts
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAws } from '../test/support/aws.ts'
import { cliConfig } from '../test/support/toolchain.ts'

const root = join(import.meta.dirname, '..')
const fixtures = join(root, 'test/fixtures/rules')
const scratch = mkdtempSync(join(tmpdir(), 'ecs-plans-'))
cpSync(join(root, 'terraform'), join(scratch, 'terraform'), { recursive: true })

const server = ['-e', "require('http').createServer((q, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1')"]
const task = { command: [process.execPath, ...server] }
const aws = await startAws({ tasks: { 'weather:1': task, 'weather:2': task }, dir: scratch })

function terraform(directory: string, args: string[], variables: Record<string, string> = {}): string {
  const named = Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])
  const env = { ...process.env, ...aws.env, TF_CLI_CONFIG_FILE: cliConfig(scratch), ...Object.fromEntries(named) }
  return execFileSync('terraform', [`-chdir=${directory}`, ...args], {
    encoding: 'utf8',
    env,
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Plans and keeps the plan under this name. */
function keep(name: string, directory: string, variables: Record<string, string> = {}): void {
  terraform(directory, ['plan', '-input=false', '-out=kept.tfplan'], variables)
  const plan = JSON.parse(terraform(directory, ['show', '-json', 'kept.tfplan']))
  const { format_version, terraform_version, resource_changes, output_changes } = plan
  const kept = { format_version, terraform_version, variables: plan.variables, resource_changes, output_changes }
  const calls = (plan.configuration.root_module.module_calls ?? {}) as Record<string, { expressions: unknown }>
  const module_calls = Object.fromEntries(
    Object.entries(calls).map(([call, { expressions }]) => [call, { expressions }]),
  )
  const text = JSON.stringify({ ...kept, configuration: { root_module: { module_calls } } }, null, 1)
  writeFileSync(join(fixtures, `${name}.json`), `${text.replaceAll(scratch, '')}\n`)
  console.log(`${name} written`)
}

try {
  mkdirSync(fixtures, { recursive: true })
  const seed = join(scratch, 'seed')
  mkdirSync(seed)
  writeFileSync(join(seed, 'main.tf'), 'resource "aws_route53_zone" "this" { name = "example.com" }\n')
  terraform(seed, ['init', '-input=false'])
  terraform(seed, ['apply', '-input=false', '-auto-approve'])

  const minimal = join(scratch, 'terraform/ecs/examples/minimal')
  terraform(minimal, ['init', '-input=false'])
  keep('minimal-created', minimal, { image: 'weather:1' })

  const production = join(scratch, 'terraform/ecs/examples/production')
  terraform(production, ['init', '-input=false'])
  keep('production-created', production, {
    image: `weather@sha256:${'0'.repeat(64)}`,
    zone_name: 'example.com',
    access_log_bucket: 'logs',
    database_secret_arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf',
    upstream_api_key: 'in no plan',
  })

  // A root module with a fault in each block. Its load balancer is only planned, so this takes seconds. It makes a zone of the name
  // by which the example for production finds its own, so it comes after that.
  const careless = join(scratch, 'careless')
  mkdirSync(careless)
  cpSync(join(fixtures, 'careless/before.tf'), join(careless, 'main.tf'))
  terraform(careless, ['init', '-input=false'])
  terraform(careless, ['apply', '-input=false', '-auto-approve'])
  cpSync(join(fixtures, 'careless/after.tf'), join(careless, 'main.tf'))
  keep('careless-changed', careless)

  const stack = join(scratch, 'stack')
  cpSync(join(root, 'terraform/ecs'), stack, { recursive: true })
  terraform(stack, ['init', '-input=false'])
  const deployed = { name: 'weather', image: 'weather:1', allow_insecure_http: 'true' }
  terraform(stack, ['apply', '-input=false', '-auto-approve'], deployed)
  keep('stack-unchanged', stack, deployed)
  keep('stack-new-image', stack, { ...deployed, image: 'weather:2' })
  keep('stack-same-image-again', stack, { ...deployed, deployment_token: 'again' })
  keep('stack-stateful', stack, {
    ...deployed,
    mcp: '{ transport = "sse", sticky_cookie = true }',
    scaling: '{ min = 2 }',
    load_balancer: '{ idle_timeout = 30, deregistration_delay = 5 }',
  })
  keep('stack-renamed', stack, { ...deployed, name: 'forecast' })
  terraform(stack, ['taint', 'aws_ecs_task_definition.this'])
  keep('stack-tainted', stack, deployed)
} finally {
  await aws.stop()
  rmSync(scratch, { recursive: true, force: true })
}
