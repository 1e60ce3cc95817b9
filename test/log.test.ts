import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { line, log, secrets } from '../src/log.ts'
import { knowSecrets } from './support/secrets.ts'

let written: string
beforeEach(() => {
  written = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    written += String(text)
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

const lines = () => written.split('\n').filter(each => !each.startsWith('::'))

test('a secret that begins in one part of a stream and ends in the next is in neither', () => {
  knowSecrets(['correct horse battery staple'])
  log.foreign('first\n')
  log.foreign('it is correct horse\n')
  expect(lines()).toEqual(['first', ''])
  log.foreign('│ battery staple, sorry\n')
  log.closeFence()
  expect(lines()).toEqual(['first', 'it is ***, sorry', ''])
})

test('a line that only begins like a secret is shown, at the latest before the next line of ours', () => {
  knowSecrets(['correct horse battery staple'])
  log.foreign('it is correct\n')
  log.foreign('and done\n')
  expect(lines()).toEqual(['it is correct', 'and done', ''])
  log.foreign('again correct\n')
  log.line(line`ours`)
  expect(lines()).toEqual(['it is correct', 'and done', 'again correct', 'ours', ''])
})

test('a stream that never ends in a whole secret is not kept in memory', () => {
  knowSecrets([`begin ${'a '.repeat(100_000)}end`])
  log.foreign('begin\n')
  for (let n = 0; n < 100; n++) log.foreign(`${'a '.repeat(500)}\n`)
  expect(written.length).toBeGreaterThan(60_000)
  log.closeFence()
})

test('each value is a mask once, and only if ordinary text cannot hold it', () => {
  secrets.add('a1b2c3d4e5', 'a1b2c3d4e5', 'Bearer a1b2c3d4e5', 'production', '1', 'true', 'us-east-1', '', '  ')
  expect(written.split('\n').filter(each => each.startsWith('::add-mask::'))).toEqual(['::add-mask::a1b2c3d4e5'])
  expect(secrets.redact('in production')).toBe('in ***')
})

test('a long log reaches a slow reader to its end, although the process exits', async () => {
  const program = `
    import { line, log } from ${JSON.stringify(fileURLToPath(new URL('../src/log.ts', import.meta.url)))}
    log.foreign('a line of a long plan\\n'.repeat(100_000))
    log.error(line\`the last line\`)
    await log.flush()
    process.exit()
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  await delay(500)
  let received = ''
  for await (const part of child.stdout.setEncoding('utf8')) received += part
  await closed
  expect(received.split('\n').filter(each => each === 'a line of a long plan')).toHaveLength(100_000)
  expect(received.endsWith('::error::the last line\n')).toBe(true)
})
