/**
 * `${{ … }}` evaluation by GitHub's own `@actions/expressions`: templates such as an input's default, and the bare
 * conditions of `post-if`. Only the contexts and the job status that the caller gives exist.
 */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

export type Contexts = Record<string, unknown>
export type JobStatus = 'success' | 'failure' | 'cancelled'

type ExpressionData = ReturnType<Evaluator['evaluate']>

function evaluate(expression: string, contexts: Contexts, status: JobStatus): ExpressionData {
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

/** Decides a condition, written with or without `${{ }}`. Throws on an expression that does not parse. */
export function conditionHolds(condition: string, contexts: Contexts, status: JobStatus): boolean {
  const bare = condition.trim().replace(/^\$\{\{(.*)\}\}$/s, '$1')
  const value = evaluate(bare.trim(), contexts, status)
  return !['', 'false', '0', 'NaN'].includes(value.coerceString())
}
