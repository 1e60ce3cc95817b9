/** What may be a header of every request, and an issuer that gets a client secret. */
import { expect, test } from 'vitest'
import { headerProblem, isLoopback, issuerProblem } from '../../src/gate/header-rules.ts'

test.each([
  ['X-Api-Key', 'k', undefined],
  ['Authorization', 'Bearer é', undefined],
  ['', 'k', /needs a name/],
  ['X-Api-Key', '', /needs a name that HTTP allows and a value/],
  ['X:Key', 'k', /is not a header/],
  ['X-Api-Key', 'a\r\nb', /character that HTTP does not allow/],
  ['Mcp-Session-Id', 's', /only the gate decides/],
  ['ORIGIN', 'https://x', /sets ORIGIN/],
] as const)('header %j: %j', (name, value, problem) => {
  const found = headerProblem(name, value)
  if (problem === undefined) expect(found).toBeUndefined()
  else expect(found).toMatch(problem)
})

test.each([
  ['https://login.example.com/pool', undefined],
  ['http://127.0.0.1:8080', undefined],
  ['http://[::1]:8080', undefined],
  ['http://login.example.com', /must begin with https/],
  ['login.example.com', /must be a URL/],
  ['ftp://login.example.com', /must be a URL/],
  ['https://login.example.com?tenant=a', /query, a fragment or a user name/],
  ['https://user:pw@login.example.com', /user name/],
] as const)('issuer %s', (value, problem) => {
  const found = issuerProblem(value)
  if (problem === undefined) expect(found).toBeUndefined()
  else expect(found).toMatch(problem)
})

test('only this machine is a loopback', () => {
  expect(['localhost', '127.0.0.1', '127.9.9.9', '[::1]'].every(isLoopback)).toBe(true)
  expect(['localhost.example.com', '128.0.0.1', '[::2]'].some(isLoopback)).toBe(false)
})
