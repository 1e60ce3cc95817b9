/** Stopped tasks whose secrets could not be read. */
import type { Task } from '../../ecs/client.ts'
import { lastWords, quoted } from './rule.ts'
import { DENIED, type TaskRule } from './task-rule.ts'

export const secretRules: readonly TaskRule[] = [
  {
    code: 'SECRET_KEY_MISSING',
    remedy: 'replace',
    patience: 1,
    reads: /did not contain json key ([^\s,:]+)|secret .*(?:invalid character|not valid JSON)/i,
    clause: ([text, key], task) =>
      key === undefined
        ? `${secretIn(text, task)} is not JSON, and the task definition takes one key of it`
        : `${secretIn(text, task)} has no key "${key}"`,
    fix: 'Put the key into the value of the secret, a JSON object, or correct the key in the valueFrom of the task definition (ARN:KEY::).',
  },
  {
    code: 'SECRET_NOT_FOUND',
    remedy: 'replace',
    patience: 1,
    reads:
      /(?:secret|parameter|ssm|asm).*?(?:ResourceNotFound|can't find the specified secret|ParameterNotFound|invalid (?:ssm )?parameters|was marked for deletion|scheduled for deletion)/i,
    clause: ([text], task) => `${secretIn(text, task)} does not exist, or has no value yet`,
    fix: 'Create the secret and give it a value before the deployment, in the account and region of the task. Or correct the valueFrom of the task definition.',
  },
  {
    code: 'SECRET_ACCESS',
    remedy: 'replace',
    patience: 2,
    reads: new RegExp(
      `(?:pull secrets|retrieve secret|fetch secret|from asm|from ssm|ssm parameters?).*?(?:${DENIED}|KMS)`,
      'i',
    ),
    clause: ([text], task) => `the execution role may not read ${secretIn(text, task)}`,
    fix: 'Give the execution role (not the task role) secretsmanager:GetSecretValue or ssm:GetParameters on it. If its key is your own, also give kms:Decrypt on the key.',
  },
  {
    code: 'SECRET_UNREADABLE',
    remedy: 'replace',
    patience: 2,
    reads: /unable to (?:pull secrets|retrieve secret|get secret)|fetching secret data|failed to fetch secret/i,
    clause: (_, task) =>
      `${secretIn(task.stoppedReason, task)} cannot be read: ${quoted(lastWords(task.stoppedReason))}`,
    fix: 'Check that the secrets of the task definition exist in this account and region, have values, and may be read by the execution role.',
  },
]

function secretIn(text: string, task: Task): string {
  const arn = /arn:[\w-]+:(?:secretsmanager|ssm):[\w:/+=.@!-]+/.exec(`${text}\n${task.stoppedReason}`)?.[0]
  return arn === undefined ? 'a secret of the task definition' : `the secret "${arn.replace(/[:.]+$/, '')}"`
}
