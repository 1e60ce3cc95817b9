/**
 * AWS for the demo and the tests: starts demo/aws/emulator.py on a free port and says how to reach it.
 * Its ECS tasks are local processes and its load balancers local listeners; all of them end with it, and it
 * ends with this process, however that comes about.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { moto } from './toolchain.ts'

/** What an image name stands for: the command of its container, and the environment baked into it. */
export interface Image {
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Seconds from the placement of a task to the start of its container; 0 by default. */
  readonly pullSeconds?: number
}

export interface Aws {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string
  /** What points Terraform, its S3 backend and the AWS SDKs at the stand-in, and keeps a developer's profile out. */
  readonly env: Record<string, string>
  /** Where each task's output is, one file a task; `emulator.log` beside it has the requests. */
  readonly logDirectory: string
  /** Id of the emulator's process. */
  readonly pid: number
  /** Makes an S3 bucket with versioning, as a Terraform backend wants it. */
  createBucket(name: string): Promise<void>
  /** An object, such as a state or its lock; undefined when there is none. */
  object(bucket: string, key: string): Promise<string | undefined>
  /** Ends the emulator, its tasks and its listeners. May be called again. */
  stop(): Promise<void>
}

const EMULATOR = fileURLToPath(new URL('../../demo/aws/emulator.py', import.meta.url))

/** Milliseconds that the emulator may take to end its tasks before it is killed. */
const STOPPING_MS = 20_000

/**
 * Starts the stand-in. `tasks` says which command an image of a task definition stands for; each task gets a free
 * PORT. `dir` takes the tasks file and the logs.
 *
 * @throws {Error} with the emulator's last words when it does not start, or as `moto()` when there is no moto
 */
export async function startAws({ tasks, dir }: { tasks: Record<string, Image>; dir: string }): Promise<Aws> {
  const python = await moto()
  const logDirectory = join(dir, 'logs')
  mkdirSync(logDirectory, { recursive: true })
  const tasksFile = join(dir, 'tasks.json')
  writeFileSync(tasksFile, JSON.stringify(tasks, null, 2))
  const logFile = join(dir, 'emulator.log')
  const log = openSync(logFile, 'a')
  const emulator = spawn(python, [EMULATOR, '--tasks', tasksFile, '--log-dir', logDirectory], {
    stdio: ['pipe', 'pipe', log],
    // A Ctrl-C at the terminal must reach Terraform before the AWS that it saves its state in is gone.
    detached: true,
  })
  closeSync(log)
  const ended = new Promise<void>(resolve => {
    emulator.once('close', () => resolve())
    emulator.once('error', () => resolve())
  })
  const ready = once(createInterface({ input: emulator.stdout as Readable }), 'line').then(([line]) => String(line))
  const endpoint = /http:\S+/.exec((await Promise.race([ready, ended])) ?? '')?.[0]
  if (endpoint === undefined || emulator.pid === undefined) {
    throw new Error(`The AWS stand-in did not start: ${readFileSync(logFile, 'utf8').trim().slice(-2000)}`)
  }
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: 'us-east-1',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    logDirectory,
    pid: emulator.pid,
    async createBucket(name) {
      await put(`${endpoint}/${name}`)
      await put(
        `${endpoint}/${name}?versioning`,
        '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>',
      )
    },
    async object(bucket, key) {
      // Any signature will do for the emulator, but without one a private object is refused.
      const authorization =
        'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0'
      const response = await fetch(`${endpoint}/${bucket}/${key}`, { headers: { authorization } })
      if (response.status !== 200 && response.status !== 404) throw new Error(`GET ${key} answered ${response.status}`)
      return response.status === 404 ? undefined : await response.text()
    },
    async stop() {
      emulator.kill('SIGTERM')
      const killed = setTimeout(() => emulator.kill('SIGKILL'), STOPPING_MS)
      await ended
      clearTimeout(killed)
    },
  }
}

async function put(url: string, body?: string): Promise<void> {
  const response = await fetch(url, { method: 'PUT', ...(body === undefined ? {} : { body }) })
  if (!response.ok) throw new Error(`PUT ${url} answered ${response.status}: ${await response.text()}`)
}
