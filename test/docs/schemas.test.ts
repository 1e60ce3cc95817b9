/** The schemas of docs/: each has the address that editors load it from, and knows what the action accepts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shippedModules } from '../../src/terraform/names.ts'

const docs = join(import.meta.dirname, '../../docs')
const files = readdirSync(docs).filter(name => name.endsWith('.schema.json'))
const address = (file: string) => `https://raw.githubusercontent.com/OWNER/terraform-mcp-deploy/v1/docs/${file}`

test.each(files)('%s has its address as $id', file => {
  expect(JSON.parse(readFileSync(join(docs, file), 'utf8')).$id).toBe(address(file))
})

test('.mcp-deploy.yml of the guide names its schema for editors', () => {
  const page = readFileSync(join(docs, 'many-stacks.md'), 'utf8')
  expect(page).toContain(`# yaml-language-server: $schema=${address('mcp-deploy.schema.json')}\n`)
})

test('the schema of .mcp-deploy.yml knows every shipped module', () => {
  const schema = JSON.parse(readFileSync(join(docs, 'mcp-deploy.schema.json'), 'utf8'))
  expect(schema.$defs.stack.properties.stack.enum).toEqual([...shippedModules])
})
