/**
 * The files that `mcp-gate init` writes, and the next steps. Workflows, bootstrap and commands are those of the pages, with the
 * names of the answers in place of the example's; only the variable file is written here. Pure.
 */
import { readPage } from './page.ts'
import { digestPlaceholder, type Texts } from './questions.ts'

/** A file to create. */
export interface NewFile {
  /** The path from the directory, with `/`. */
  readonly path: string
  readonly text: string
}

/** A next step: a heading, then commands or a setting. */
export interface Step {
  readonly title: string
  readonly lines: readonly string[]
}

/** The pages that files come from, by their names here. */
export const sourcePages = {
  stack: 'docs/getting-started.md',
  endpoint: 'docs/recipes/verify-any-endpoint.md',
} as const

/** The text of each page. */
export type Sources = Readonly<Record<keyof typeof sourcePages, string>>

/** The names that readers of the page replace. */
const example = {
  repository: 'acme/weather',
  bucket: 'acme-weather-terraform-state',
  name: 'weather',
  account: '123456789012',
  region: 'us-east-1',
  domain: 'mcp.example.com',
  zone: 'Z0123456789ABCDEFGHIJ',
} as const

/**
 * Returns the files in the order in which they are created. The first one is the same for all platforms, so only one of two
 * programs that run at the same time creates it.
 */
export function filesFor(answers: Texts, sources: Sources): NewFile[] {
  const verify = '.github/workflows/verify.yml'
  if (answers.platform === 'endpoint') return [{ path: verify, text: endpointWorkflow(answers, sources) }]
  const page = readPage(sources.stack)
  const own = (text: string) => withNames(text, answers)
  const workflow = (path: string) =>
    own(remove(page.file(path), /^ *mcp-tools: current_weather\n/m)).replaceAll(
      'stack: ecs\n',
      `stack: ${answers.platform}\n`,
    )
  return [
    { path: verify, text: workflow(verify) },
    {
      path: '.github/workflows/deploy.yml',
      text: withPlatformInputs(workflow('.github/workflows/deploy.yml'), answers),
    },
    { path: 'production.tfvars', text: variableFile(answers) },
    { path: 'bootstrap/main.tf', text: own(bootstrap(page.file('bootstrap/main.tf'), answers)) },
    { path: 'bootstrap/backend.tf.next', text: own(page.file('bootstrap/backend.tf')) },
    // A repository often has a .gitignore; this folder has none yet.
    { path: 'bootstrap/.gitignore', text: remove(page.file('.gitignore'), /^node_modules\/\n/m) },
  ]
}

/** Returns the next steps, after the files exist. */
export function stepsFor(answers: Texts, sources: Sources): Step[] {
  const commit = 'Commit the files on a branch and open a pull request'
  if (answers.platform === 'endpoint') {
    return [{ title: `${commit}. After the merge, run the workflow Verify once.`, lines: [] }]
  }
  const page = readPage(sources.stack)
  const block = (start: string) => withNames(page.commands(start), answers).trimEnd().split('\n')
  const { image = '', account, region, name, platform } = answers
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com/${name}`
  const isPushed = image === `${registry}:1.0.0` || image.endsWith(digestPlaceholder)
  const push = block('aws ecr get-login-password').map(each =>
    each
      .replace('linux/amd64', platform === 'agentcore' ? 'linux/arm64' : 'linux/amd64')
      // Lambda takes no index of images, which an attestation of the build makes.
      .replace('docker build', platform === 'lambda' ? 'docker build --provenance=false' : 'docker build'),
  )
  return [
    {
      title:
        'State, roles and registry, with the credentials of an administrator. For a repository made before 15 July 2026, add in_subject = false inside the braces of the first file:',
      lines: [
        ...block('gh api repos/acme/weather'),
        ...block('terraform -chdir=bootstrap init\nterraform'),
        // The module for AgentCore needs a newer provider than the bootstrap locks.
        ...(platform === 'agentcore' ? [] : block('cp bootstrap/.terraform.lock.hcl')),
        'mv bootstrap/backend.tf.next bootstrap/backend.tf',
        ...block('terraform -chdir=bootstrap init -migrate-state'),
      ],
    },
    { title: 'Variables of the repository:', lines: block('gh variable set AWS_PLAN_ROLE') },
    ...(isPushed ? [{ title: 'The image, from a directory with a Dockerfile:', lines: push }] : []),
    ...(image.endsWith(digestPlaceholder)
      ? [{ title: 'Put the digest that the push shows into production.tfvars, in place of DIGEST.', lines: [] }]
      : []),
    {
      title: 'Settings of the repository: protect main. Require a pull request with an approval, and the check deploy.',
      lines: [],
    },
    { title: `${commit}: it shows the plan. The merge deploys.`, lines: [] },
  ]
}

function endpointWorkflow({ endpoint = '', action = '' }: Texts, sources: Sources): string {
  const text = readPage(sources.endpoint).file('.github/workflows/verify.yml')
  const others = /^( *- )https:\/\/mcp\.example\.com\/mcp\n *- https:\/\/search\.example\.com\/mcp\n/m
  return withAction(replace(text, others, `$1${endpoint}\n`), action)
}

/** Replaces every name of the page in one pass, so that no answer is read as a name of the page. */
function withNames(text: string, answers: Texts): string {
  const { repository = '', name = '', account = '', region = '', domain = '', zone = '', action = '' } = answers
  const values: Readonly<Record<string, string>> = {
    [example.bucket]: bucketOf(answers),
    [example.repository]: repository,
    [example.account]: account,
    [example.region]: region,
    [example.domain]: domain,
    [example.zone]: zone,
    [example.name]: name,
  }
  const names = Object.keys(values).map(each => each.replaceAll('.', '\\.'))
  const pattern = new RegExp(`(?<![\\w-])(?:${names.join('|')})(?![\\w])`, 'g')
  return withAction(
    text.replace(pattern, each => values[each] ?? each),
    action,
  )
}

function withAction(text: string, action: string): string {
  const [repository = '', ref = ''] = action.split('@')
  return text
    .replaceAll('OWNER/terraform-mcp-deploy@v1', action)
    .replace(
      /github\.com\/OWNER\/terraform-mcp-deploy(\/\/terraform\/[\w-]+)\?ref=v1/g,
      `github.com/${repository}$1?ref=${ref}`,
    )
}

/** The bucket of the state. The account makes its name unique among all of AWS. */
function bucketOf({ name, account }: Texts): string {
  return `${name}-terraform-state-${account}`
}

/** Adds the inputs that the platform needs beyond those of the page. */
function withPlatformInputs(text: string, { platform = '' }: Texts): string {
  const inputs: Readonly<Record<string, string>> = {
    ec2: 'mcp-timeout: 15m # the first certificate takes its time',
    lambda: 'on-failure: rollback',
    agentcore: 'on-failure: rollback',
  }
  const added = inputs[platform]
  return added === undefined ? text : replace(text, /^( *)backend-config: \|\n/m, `$1${added}\n$&`)
}

/** The bootstrap of the page, for the platform and the network of the answers. */
function bootstrap(text: string, answers: Texts): string {
  const { platform = '', domain = 'none', vpc = 'none', subnets = '' } = answers
  const roles = [
    ...(platform === 'ecs' ? [] : [`  stacks         = ["${platform}"]\n`]),
    ...(vpc === 'none' ? [] : [`  networks       = { vpc_ids = ["${vpc}"], subnet_ids = [${quoted(subnets)}] }\n`]),
  ]
  const calls = `
  # The endpoint is signed, and the scheduled job calls it with the plan role.
  plan_calls_servers = true
`
  let own = replace(text, /^( *servers +=.*\n)/m, `$1${roles.join('')}`)
  own = replace(
    own,
    /^ *hosted_zones .*\n/m,
    each => (domain === 'none' ? '' : each) + (platform === 'agentcore' ? calls : ''),
  )
  const images = /^module "images" \{\n( *source = .*\n)\n( *name) (= .*\n)\}\n\n/m
  if (platform === 'lambda') return replace(own, images, 'module "images" {\n$1\n$2   $3  lambda = true\n}\n\n')
  return platform === 'ec2' ? remove(remove(own, images), /\noutput "image_repository" \{[^}]*\}\n/) : own
}

/** The variable file of the stack, as `terraform fmt` writes it. */
function variableFile(answers: Texts): string {
  const { platform, name, image, domain, zone, vpc, subnets = '', repository, ref, account } = answers
  const ids = quoted(subnets)
  const network = platform === 'ec2' ? `subnet_id = ${ids}` : `public_subnet_ids = [${ids}]`
  const rows: (readonly [string, string | undefined])[] = [
    ['name', `"${name}"`],
    ['image', image === undefined ? undefined : `"${image}"`],
    ['git', platform === 'ec2' ? `{ url = "https://github.com/${repository}.git", ref = "${ref}" }` : undefined],
    [
      'dns',
      domain === undefined || domain === 'none' ? undefined : `{ domain_name = "${domain}", zone_id = "${zone}" }`,
    ],
    ['network', vpc === undefined || vpc === 'none' ? undefined : `{ vpc_id = "${vpc}", ${network} }`],
  ]
  const isTrial = domain === 'none' && platform !== 'lambda'
  return `${aligned(rows)}
# Made with the two roles. Without it the apply role may not make a role for the server.
permissions_boundary_arn = "arn:aws:iam::${account}:policy/mcp-deploy-servers"
${isTrial ? '\n# A trial: whatever clients send can be read on the way. Give dns instead.\nallow_insecure_http = true\n' : ''}`
}

function aligned(rows: readonly (readonly [string, string | undefined])[]): string {
  const set = rows.filter(([, value]) => value !== undefined)
  const width = Math.max(...set.map(([key]) => key.length))
  return set.map(([key, value]) => `${key.padEnd(width)} = ${value}\n`).join('')
}

function quoted(ids: string): string {
  return ids
    .split(',')
    .map(id => `"${id}"`)
    .join(', ')
}

/** Replaces the one place that matches. @throws Error when the page has changed and has no such place */
function replace(text: string, place: string | RegExp, value: string | ((found: string) => string)): string {
  const isThere = typeof place === 'string' ? text.includes(place) : place.test(text)
  if (!isThere) throw new Error(`The page has nothing like ${place}.`)
  return typeof value === 'string' ? text.replace(place, value) : text.replace(place, value)
}

function remove(text: string, place: RegExp): string {
  return replace(text, place, '')
}
