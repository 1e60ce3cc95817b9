import { expect, test } from 'vitest'
import { parseOutput, withoutPreface } from '../../src/terraform/json-output.ts'

test('JSON is read behind what a tool prints before it', () => {
  const warning =
    'Warning: Unable to open CLI configuration file\n\nThe CLI configuration file at "x" does not exist {1}.\n\n'
  expect(parseOutput(`${warning}{"terraform_version":"1.12.6"}\n`)).toEqual({ terraform_version: '1.12.6' })
  expect(parseOutput('{"a": [1]}')).toEqual({ a: [1] })
  expect(withoutPreface(`${warning}{"a":1}`)).toBe('{"a":1}')
  expect(() => parseOutput('Error: x')).toThrow(SyntaxError)
})
