/**
 * The rules of our prose that a program can check. Each names the words that it finds and what to write instead. The numbers are
 * those of the ten rules in docs/writing.md.
 */
import { type Prose, sentencesOf, wordsOf } from './read.ts'

/** What a rule finds in a sentence. */
export interface Match {
  /** The words as they are written. */
  readonly words: string
  /** Where they begin in the text of the piece. */
  readonly offset: number
  readonly instead: string
}

export interface ProseRule {
  readonly name: string
  /** The rule of docs/writing.md, from 1 to 10. */
  readonly number: number
  check(prose: Prose): Match[]
}

/** Words in a row that carry one idea at most: between full stops, colons and semicolons. */
export const maxClauseWords = 25
/** Words of a whole sentence at most, so that a chain of clauses ends, too. */
export const maxSentenceWords = 40
const maxHeadingWords = 10

/** Who may say, ask and want something. After any other subject the verb belongs to a thing. */
const people =
  '(?:you|we|they|who|people|person|persons|user|users|maintainer|reviewer|reader|author|attacker|visitor|somebody|anybody|nobody|everybody|colleague|team|administrator)'

/** A rule that finds words in each sentence. */
function words(name: string, number: number, ...table: readonly (readonly [RegExp, string])[]): ProseRule {
  return {
    name,
    number,
    check: prose =>
      prose.kind === 'name'
        ? []
        : sentencesOf(prose).flatMap(sentence =>
            table.flatMap(([pattern, instead]) =>
              [...sentence.text.matchAll(pattern)].map(match => ({
                words: match[0].trim(),
                offset: sentence.offset + match.index,
                instead,
              })),
            ),
          ),
  }
}

const clauseLength: ProseRule = {
  name: 'length',
  number: 7,
  check: prose =>
    prose.kind === 'name'
      ? []
      : sentencesOf(prose).flatMap(({ text, offset }) => {
          const start = text.trim().split(/\s+/).slice(0, 4).join(' ')
          const all = wordsOf(text).length
          const longest = Math.max(...text.split(/[:;](?=\s)/).map(clause => wordsOf(clause).length))
          const match = (instead: string) => [{ words: `${start} …`, offset, instead }]
          if (longest > maxClauseWords) {
            return match(`two sentences: ${longest} words without a stop, and ${maxClauseWords} are the limit`)
          }
          return all > maxSentenceWords ? match(`a list: ${all} words, and ${maxSentenceWords} are the limit`) : []
        }),
}

const heading: ProseRule = {
  name: 'heading',
  number: 10,
  check: ({ kind, text }) => {
    if (kind !== 'heading') return []
    const match = (instead: string) => [{ words: text, offset: 0, instead }]
    if (/[.:;,]$/.test(text)) return match('the heading without the sign at its end')
    const count = wordsOf(text).length
    return count > maxHeadingWords ? match(`a heading of at most ${maxHeadingWords} words, not ${count}`) : []
  },
}

/** Names of inputs, outputs and identifiers that have a new name. */
export const renamedNames: Readonly<Record<string, string>> = {
  'mcp-expect': 'mcp-auth',
  'ecs-timeout': 'deploy-timeout',
  'ec2-timeout': 'deploy-timeout',
  'failed-phase': 'failure-phase',
  stillServes: 'checkStillServing',
  askGate: 'runGate',
  certificateLasts: 'checkCertificate',
  isAsWritten: 'checkDrift',
  isMeant: 'confirmDestroy',
  isConfirmed: 'checkDestroyConfirmation',
  isWhole: 'destroysWholeStack',
  takeDown: 'destroyStack',
  forgetRecord: 'deleteLastGoodRevision',
  recordPassed: 'saveLastGoodRevision',
  readPassed: 'readLastGoodRevision',
  tellMonitors: 'notifyMonitors',
  tellOthers: 'notifyAll',
  tellByIssue: 'updateVerifyIssue',
  announceDeployment: 'startGitHubDeployment',
  concludeDeployment: 'finishGitHubDeployment',
  credentialsLast: 'checkCredentialLifetime',
  refuseForeignCode: 'assertTrustedCheckout',
  refuseUnmerged: 'assertMerged',
  refuseLostState: 'assertRemoteBackend',
  refuseOtherName: 'assertStackNameMatches',
  checkVisitor: 'checkUntrustedPullRequest',
  putUpForReview: 'requestReview',
  compareQueued: 'checkQueuedPlan',
  beyondRemainder: 'unreviewedChanges',
  makeSeal: 'createPlanSigner',
  passWall: 'authenticate',
  runSurvey: 'sampleTargets',
  secondLook: 'confirmFailure',
  asHalfBroken: 'asSingleEraFailure',
  isOutrun: 'isSuperseded',
  patienceMs: 'timeoutMs',
  answerMs: 'requestTimeoutMs',
  giveUpAt: 'deadline',
}

const renamed: ProseRule = {
  name: 'renamed',
  number: 8,
  check: ({ kind, text }) => {
    if (kind !== 'name') return []
    const name = text.match(/^[\w-]+/)?.[0] ?? ''
    return Object.hasOwn(renamedNames, name) ? [{ words: name, offset: 0, instead: renamedNames[name] ?? '' }] : []
  },
}

const verb = (pattern: string) => new RegExp(`(?<!\\b${people} (?:\\w+ly )?)\\b(?:${pattern})\\b`, 'g')

/** Every rule, in the order of the ten. */
export const proseRules: readonly ProseRule[] = [
  words('passive', 1, [
    /\b(?:is|are|was|were|be|been|being) (?:not )?(?:told|noted|said|meant)\b/g,
    'who does it, and an active verb: "the action logs"',
  ]),
  words(
    'headless',
    2,
    [/\b(?:for|of|by|with|to|from|than) who(?:ever)? (?!can\b)/g, 'the person: "for a user who"'],
    [
      /\bwhat (?:serves|it leaves|is left|was left|stands|remains)\b/gi,
      'the thing: "the running revision", "the rest"',
    ],
  ),
  words('negation', 3, [
    /(?<!\bthere )\b(?:is|are|was|were) (?:none\b|no (?!longer|more\b|later|earlier|less))/gi,
    '"is not" or "does not"',
  ]),
  words('of-chain', 4, [/\b(?:the|that) ones? of\b/g, 'the noun again, or a compound: "the certificate of ACM"']),
  words(
    'small-words',
    5,
    [/(?<!\bleaves? (?:\w+ ){0,3})\balone\b/gi, '"only", before what it limits'],
    [/\bbesides\b/gi, '"also", or "except"'],
    [/\banew\b|\bonce more\b/gi, '"again"'],
    [/\bfor ever\b/gi, '"without end", or how long'],
    [/\bas ever\b/gi, '"as before"'],
    [/\bmeanwhile\b/gi, '"until then", or "while …"'],
    [/\bby (?:itself|themselves)\b/gi, '"automatically"'],
    [/\bby hand\b/gi, '"manually", or the workflow'],
    [/\bthere (?:is|are|was|were) none\b/gi, '"it does not exist", with its name'],
    [/\bstands? in\b|\bstood in\b/gi, '"replaces", or "is in"'],
    [/\bone a line\b/gi, '"one per line"'],
  ),
  words(
    'inversion',
    6,
    [
      /^(?:Is|Are|Was|Were|Has|Had|Should|Does) (?:it|the|this|that|a|an|there|they)\b(?![^?]*\?)/g,
      'a sentence with "if" or "when"',
    ],
    [/^(?!Rejected)[A-Z][a-z]+(?:ed|al|wn):(?= [a-z])/g, 'a sentence with "if" or "when"'],
  ),
  clauseLength,
  words(
    'field-words',
    8,
    [/\b(?:un)?heal(?:s|ed|ing)?\b/gi, '"recover"'],
    [/\bmend(?:s|ed|ing)?\b/gi, '"fix"'],
    [/\bremed(?:y|ies)\b/gi, '"action", or "fix"'],
    [/\b(?:go|goes|went|turn|turns|turned|becomes?|stays?|is|are|was) (?:red|green)\b/gi, '"fails" or "passes"'],
    [/\btold\b/gi, '"reported" or "notified"'],
    [/\bfolds?\b(?! of the)/gi, '"collapsible section"'],
    [/\bwalls?\b/gi, '"authentication challenge"'],
  ),
  renamed,
  words(
    'talking-things',
    9,
    [verb('says'), '"shows", "states", "lists", or "means"'],
    [verb('tells'), '"reports", "distinguishes", or "shows"'],
    [verb('speaks(?! MCP)'), '"uses", or "implements"'],
    [verb('asks'), '"requests", "reads", or "calls"'],
    [verb('wants'), '"needs", or "requires"'],
    [verb('sleeps|wakes|dies'), '"is idle", "starts", or "ends"'],
  ),
  heading,
]
