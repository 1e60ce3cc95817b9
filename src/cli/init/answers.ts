/**
 * The answers of one `mcp-gate init`: from its flags, then from standard input, then from defaults. All flags are checked before the
 * first question is asked, and nothing is written before all answers are known.
 */
import { InputError } from '../../errors.ts'
import { faultOf, type Known, type Question, questions, type Texts } from './questions.ts'

/** The person, or the file, that answers questions. */
export interface Respondent {
  /** Asks once. Returns the line without white space around it, undefined when there are no more lines. */
  ask(prompt: string): Promise<string | undefined>
  /** Shows why an answer was not accepted, and returns whether the question can be asked again. */
  canCorrect(fault: string): boolean
}

/**
 * Returns the answer to every question that applies.
 *
 * @param given the flags of the command line
 * @param respondent undefined to take every default
 * @throws InputError with one line for each bad, missing or superfluous value
 */
export async function collectAnswers(given: Texts, known: Known, respondent: Respondent | undefined): Promise<Texts> {
  const faults = questions.flatMap(question => {
    const value = given[question.flag]
    return value === undefined ? [] : (faultOf(question, value, given) ?? [])
  })
  if (faults.length > 0) throw new InputError(faults.join('\n'))
  // A host name and a VPC may still be asked for.
  if (given.platform !== undefined) refuseUnused(given, { domain: 'later', vpc: 'later', ...given })

  const answers: Partial<Record<string, string>> = {}
  const missing: string[] = []
  let answering = respondent
  for (const question of questions) {
    if (!question.applies(answers)) continue
    const usual = question.defaultValue(answers, known)
    const value = given[question.flag] ?? (await answer(question, answers, usual, answering))
    if (value === undefined) {
      // After the last line, all questions that are left are unanswered; the default decides which of them apply.
      if (answering !== undefined || usual === undefined) missing.push(`--${question.flag}`)
      answering = answering === undefined ? undefined : silent
    }
    answers[question.flag] = value ?? usual ?? ''
  }
  if (missing.length > 0) {
    const help = respondent === undefined ? '' : ' Add --yes to take the default of each that has one.'
    throw new InputError(`No value for ${missing.join(', ')}.${help} See mcp-gate init --help.`)
  }
  for (const question of questions) {
    const value = answers[question.flag]
    const fault = value === undefined ? undefined : faultOf(question, value, answers)
    if (fault !== undefined) throw new InputError(fault)
  }
  refuseUnused(given, answers)
  return answers
}

/** The respondent after the end of standard input. */
const silent: Respondent = { ask: async () => undefined, canCorrect: () => false }

async function answer(
  question: Question,
  answers: Texts,
  usual: string | undefined,
  respondent: Respondent | undefined,
): Promise<string | undefined> {
  if (respondent === undefined) return usual
  for (;;) {
    const text = await respondent.ask(`${question.prompt}${usual === undefined ? '' : ` [${usual}]`}:`)
    if (text === undefined) return undefined
    const value = text === '' && usual !== undefined ? usual : text
    const fault = faultOf(question, value, answers)
    if (fault === undefined) return value
    if (!respondent.canCorrect(fault)) throw new InputError(fault)
  }
}

/** @throws InputError with one line for each flag whose question does not apply to these answers */
function refuseUnused(given: Texts, answers: Texts): void {
  const unused = questions.filter(({ flag, applies }) => given[flag] !== undefined && !applies(answers))
  const lines = unused.map(
    ({ flag, needs }) => `Option --${flag} is "${given[flag]}", and nothing uses it: it needs ${needs}.`,
  )
  if (lines.length > 0) throw new InputError(lines.join('\n'))
}
