/**
 * The questions of `mcp-gate init`, each with its flag, its default and the values that are allowed. The table is the only source of
 * the flags, the help and the prompts. A flag and an answer at the prompt pass the same check. Pure.
 */
import { shippedModules } from '../../terraform/names.ts'

/** Texts by the flag that gives them. A question that does not apply has no text. */
export type Texts = Readonly<Partial<Record<string, string>>>

/** What is known about the surroundings, for defaults. */
export interface Known {
  /** OWNER/NAME of the repository in the directory. */
  readonly repository: string | undefined
  /** Name of the directory. */
  readonly directory: string
  readonly region: string | undefined
  /** OWNER/NAME@REF of the action that this program is a part of. */
  readonly action: string | undefined
}

export interface Question {
  readonly flag: string
  /** The value in the help, such as `NAME`. */
  readonly value: string
  readonly prompt: string
  /** What is allowed, as the end of "it must be". */
  readonly allowed: string
  /** The options that the question depends on. */
  readonly needs: string
  /** Whether the question is asked, once the questions before it are answered. */
  readonly applies: (answers: Texts) => boolean
  readonly isAllowed: (value: string, answers: Texts) => boolean
  readonly defaultValue: (answers: Texts, known: Known) => string | undefined
}

/** What runs the server: a shipped module, or `endpoint`, which only checks a server that is deployed elsewhere. */
export const platforms = [...shippedModules, 'endpoint'] as const

export const namePattern = /^(?!.*--)(?!internal-)[a-z][a-z0-9-]{0,22}[a-z0-9]$/
const repositoryPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/
const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/
const subnetPattern = /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/
const tagged = /^[a-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/
const inEcr = /^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/./
/** The end of an image whose digest is not known before it is pushed. */
export const digestPlaceholder = '@sha256:DIGEST'

const isStack = ({ platform }: Texts): boolean => platform !== undefined && platform !== 'endpoint'
const runsImage = ({ platform }: Texts): boolean => isStack({ platform }) && platform !== 'ec2'
const hasNetwork = ({ platform }: Texts): boolean => platform === 'ecs' || platform === 'ec2'
const none = 'none'

export const questions: readonly Question[] = [
  {
    flag: 'platform',
    value: 'PLATFORM',
    prompt: `Platform (${platforms.join(', ')})`,
    allowed: `one of ${platforms.join(', ')}`,
    needs: 'nothing',
    applies: () => true,
    isAllowed: value => platforms.some(each => each === value),
    defaultValue: () => 'ecs',
  },
  {
    flag: 'endpoint',
    value: 'URL',
    prompt: 'URL of the MCP endpoint',
    allowed: 'an http or https URL such as https://mcp.example.com/mcp, without user, query or fragment',
    needs: '--platform endpoint',
    applies: ({ platform }) => platform === 'endpoint',
    isAllowed: value =>
      /^https?:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?(\/[A-Za-z0-9._~%/-]*)?$/.test(value) && URL.canParse(value),
    defaultValue: () => undefined,
  },
  {
    flag: 'repository',
    value: 'OWNER/NAME',
    prompt: 'Repository on GitHub',
    allowed: 'OWNER/NAME of one repository on GitHub',
    needs: '--platform ecs, ec2, lambda or agentcore',
    applies: isStack,
    isAllowed: value => repositoryPattern.test(value),
    defaultValue: (_, { repository }) => repository,
  },
  {
    flag: 'name',
    value: 'NAME',
    prompt: 'Name of the server',
    allowed:
      '2 to 24 lower-case letters, digits and single hyphens, beginning with a letter, not with internal-, and not ending in a hyphen',
    needs: '--platform ecs, ec2, lambda or agentcore',
    applies: isStack,
    isAllowed: value => namePattern.test(value),
    defaultValue: ({ repository = '' }, { directory }) =>
      [repository.split('/')[1] ?? '', directory].map(each => each.toLowerCase()).find(each => namePattern.test(each)),
  },
  {
    flag: 'account',
    value: 'ID',
    prompt: 'AWS account',
    allowed: 'the 12 digits of an AWS account',
    needs: '--platform ecs, ec2, lambda or agentcore',
    applies: isStack,
    isAllowed: value => /^[0-9]{12}$/.test(value),
    defaultValue: () => undefined,
  },
  {
    flag: 'region',
    value: 'REGION',
    prompt: 'AWS region',
    allowed: 'a region such as eu-west-1; those of China and GovCloud are not supported here',
    needs: '--platform ecs, ec2, lambda or agentcore',
    applies: isStack,
    isAllowed: value => /^(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-[1-9]$/.test(value),
    defaultValue: (_, { region }) => region,
  },
  {
    flag: 'domain',
    value: 'HOST',
    prompt: 'Host name of the endpoint, in a Route 53 zone, or none',
    allowed: 'a lower-case host name such as mcp.example.com, or none',
    needs: '--platform ecs, ec2 or lambda',
    applies: ({ platform }) => isStack({ platform }) && platform !== 'agentcore',
    isAllowed: value => value === none || domainPattern.test(value),
    defaultValue: () => none,
  },
  {
    flag: 'zone',
    value: 'ID',
    prompt: 'Id of the public Route 53 zone that holds the host name',
    allowed: 'the id of a Route 53 zone such as Z0123456789ABCDEFGHIJ',
    needs: '--domain with a host name',
    applies: ({ domain }) => domain !== undefined && domain !== none,
    isAllowed: value => /^[A-Z][A-Z0-9]{1,31}$/.test(value),
    defaultValue: () => undefined,
  },
  {
    flag: 'vpc',
    value: 'ID',
    prompt: 'Existing VPC, or none to create one',
    allowed: 'the id of a VPC such as vpc-0123456789abcdef0, or none',
    needs: '--platform ecs or ec2',
    applies: hasNetwork,
    isAllowed: value => value === none || /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value),
    defaultValue: () => none,
  },
  {
    flag: 'subnets',
    value: 'IDS',
    prompt: 'Public subnets of the VPC, separated by commas',
    allowed:
      'ids such as subnet-0123456789abcdef0, separated by commas: at least two different ones for ecs, exactly one for ec2',
    needs: '--vpc with the id of a VPC',
    applies: ({ vpc }) => vpc !== undefined && vpc !== none,
    isAllowed: (value, { platform }) => {
      const ids = value.split(',')
      const isEnough = platform === 'ec2' ? ids.length === 1 : platform === 'ecs' ? ids.length >= 2 : true
      return ids.every(id => subnetPattern.test(id)) && new Set(ids).size === ids.length && isEnough
    },
    defaultValue: () => undefined,
  },
  {
    flag: 'image',
    value: 'IMAGE',
    prompt: 'Container image, with a tag or a digest',
    allowed:
      'an image with a tag or a digest, such as weather:1.0.0; for lambda in Amazon ECR, for agentcore in Amazon ECR by digest',
    needs: '--platform ecs, lambda or agentcore',
    applies: runsImage,
    isAllowed: (value, { platform }) => {
      if (platform === 'agentcore')
        return (
          inEcr.test(value) &&
          (value.endsWith(digestPlaceholder) || /^[^\s@]+@sha256:[0-9a-f]{64}$/.test(value)) &&
          tagged.test(value.replace(/@sha256:DIGEST$/, ':x'))
        )
      return tagged.test(value) && (platform !== 'lambda' || inEcr.test(value))
    },
    defaultValue: ({ platform, account, region, name }) =>
      `${account}.dkr.ecr.${region}.amazonaws.com/${name}${platform === 'agentcore' ? digestPlaceholder : ':1.0.0'}`,
  },
  {
    flag: 'ref',
    value: 'REF',
    prompt: 'Tag or commit of the repository that the instance runs',
    allowed: 'a tag, a branch or a commit of letters, digits and . _ / + -',
    needs: '--platform ec2',
    applies: ({ platform }) => platform === 'ec2',
    isAllowed: value => /^[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}$/.test(value),
    defaultValue: () => 'v1.0.0',
  },
  {
    flag: 'action',
    value: 'OWNER/NAME@REF',
    prompt: 'This action, as the workflow names it',
    allowed: 'OWNER/NAME@REF, such as OWNER/terraform-mcp-deploy@v1, with a tag or a commit as REF',
    needs: 'nothing',
    applies: () => true,
    isAllowed: value => {
      const [repository = '', ref = '', ...more] = value.split('@')
      return more.length === 0 && repositoryPattern.test(repository) && /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(ref)
    },
    defaultValue: (_, { action }) => action,
  },
]

/** Returns the sentence about a value that is not allowed, undefined for an allowed one. */
export function faultOf({ flag, allowed, isAllowed }: Question, value: string, answers: Texts): string | undefined {
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value))
    return `Option --${flag} is ${JSON.stringify(value)}, which holds a control character: it must be ${allowed}.`
  return isAllowed(value, answers) ? undefined : `Option --${flag} is "${value}": it must be ${allowed}.`
}
