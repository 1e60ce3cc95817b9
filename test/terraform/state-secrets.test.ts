import { describe, expect, test } from 'vitest'
import { openMessages, openOutput } from '../../src/terraform/state-secrets.ts'

describe('messages for a state that cannot be read', () => {
  test.each([
    'Error: operation canceled',
    'Error: execution halted\n\nTwo interrupts received. Exiting immediately.',
    'Error: error loading state: AccessDenied: Access Denied',
    'Error: Error loading state: AccessDenied',
    'Error: Error refreshing state: HTTP remote state endpoint requires auth',
    'Error: Failed to load state: Failed to get state: GET http://127.0.0.1/s giving up after 1 attempt(s)',
    'Error: Failed to get existing workspaces: querying Cloud Storage failed',
    'Error: Failed to save state\n\nError saving state: ExpiredToken: The security token is expired',
    'Error: Failed to persist state to backend\n\nThe state has been written\nto the file "errored.tfstate".',
    'Error: Error acquiring the state lock\n\nError message: state already locked\nLock Info:\n  ID:        1234',
    'Error: Error releasing the state lock\n\nError message: Failed to unlock',
    'Error: Failed to load plugin schemas\n\nCould not start the provider',
    'Error: Backend initialization required, please run "terraform init"',
    'Error: Inconsistent dependency lock file\n\nThe lock file has no version',
    'Error: Required plugins are not installed\n\nThe installed packages differ',
  ])('of the backend, and of a provider that does not start, are open: %j', message => {
    expect(openMessages(`\n${message}\n\n`)).toBe(message)
    const framed = message.replace(/^/gm, '│ ')
    expect(openMessages(`╷\n${framed}\n╵\n`)).toBe(message)
    expect(openMessages(`Error: holds born\n\n${message}\n\nWarning: holds born\n`)).toBe(message)
  })

  test.each([
    'Error: creating the user born',
    'Warning: deprecated\n\nborn',
    'Error: reading state: born',
    'Error: Failed to load stateless service born',
    'Error: the message is Error loading state: born',
    'born',
    '  Error: operation canceled born',
  ])('all others are not: %j', message => {
    expect(openMessages(message)).toBe('')
  })

  test.each([
    '{\n  "version": 4, "born": 1\n}',
    'Stack trace from the provider:\nborn',
    'panic: born',
    'goroutine 1: born',
  ])('what follows a message and is none of its paragraphs is not: %j', text => {
    const message = 'Error: Failed to save state\n\nError saving state: refused'
    expect(openMessages(`${message}\n\n${text}\n\nError: born\n`)).toBe(message)
  })
})

test('of the output the lines before the first message are open, without the ids of new resources', () => {
  const lines = 'a: Creating...\na: Creation complete after 0s [id=born]\nb: Destroying... [id=old]\n'
  for (const message of ['Warning: holds born\n', '╷\n│ Error: holds born\n', 'Error: holds born\n'])
    expect(openOutput(lines + message)).toBe(
      'a: Creating...\na: Creation complete after 0s\nb: Destroying... [id=old]\n',
    )
  expect(openOutput('nothing')).toBe('nothing')
})
