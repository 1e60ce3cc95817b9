/**
 * `${{ … }}` evaluation by GitHub's own `@actions/expressions`: templates such as an input's default, and the bare
 * conditions of `post-if`. Only the contexts and the job status that the caller gives exist.
 */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { TokenType } from '@actions/expressions/lexer'
import { truthy } from '@actions/expressions/result'

export type Contexts = Record<string, unknown>
export type JobStatus = 'success' | 'failure' | 'cancelled'

const statusFunctions = ['always', 'success', 'failure', 'cancelled']

type ExpressionData = ReturnType<Evaluator['evaluate']>

function evaluate(expression: string, contexts: Contexts, status: JobStatus | 'skipped'): ExpressionData {
  const statusFunction = (name: string, holds: boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(holds),
  })
  const functions = [
    statusFunction('always', true),
    statusFunction('success', status === 'success'),
    statusFunction('failure', status === 'failure'),
    statusFunction('cancelled', status === 'cancelled'),
  ]
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse()
  const values = JSON.parse(JSON.stringify(contexts), data.reviver)
  return new Evaluator(tree, values, new Map(functions.map(each => [each.name, each]))).evaluate()
}

/** Fills in every `${{ … }}` of a text. Throws on an expression that does not parse. */
export function fillTemplate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression.trim(), contexts, 'success').coerceString(),
  )
}

/** The value of a text that is one expression, such as the array of `fromJSON`; of any other, the filled in text. */
export function templateValue(text: string, contexts: Contexts): unknown {
  const [, only] = /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s.exec(text) ?? []
  if (only === undefined) return fillTemplate(text, contexts)
  return JSON.parse(JSON.stringify(evaluate(only.trim(), contexts, 'success'), data.replacer))
}

const bare = (condition: string) =>
  condition
    .trim()
    .replace(/^\$\{\{(.*)\}\}$/s, '$1')
    .trim()

/**
 * Decides a condition, written with or without `${{ }}`. Throws on an expression that does not parse.
 * @param status `skipped`: of a job that needs a skipped one, for which neither success() nor failure() holds
 */
export function conditionHolds(condition: string, contexts: Contexts, status: JobStatus | 'skipped'): boolean {
  return truthy(evaluate(bare(condition), contexts, status))
}

/** Whether a condition asks for the status itself; GitHub puts `success() &&` before one that does not. */
export function asksForStatus(condition: string): boolean {
  const { tokens } = new Lexer(bare(condition)).lex()
  return tokens.some(({ type, lexeme }, index) => {
    const called = tokens[index + 1]?.type === TokenType.LEFT_PAREN
    return type === TokenType.IDENTIFIER && called && statusFunctions.includes(lexeme.toLowerCase())
  })
}
