/** The digests that AWS reports, and what is said if it refuses to. The real SDK clients speak to a server that answers as AWS does. */
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readImageDigest } from '../../src/platforms/images/image.ts'
import { parseReference } from '../../src/platforms/images/reference.ts'
import { readRunningImages } from '../../src/platforms/index.ts'
import type { Target } from '../../src/platforms/platform.ts'
import { type Stories, startStories } from '../support/aws-stories.ts'
import { listen } from '../support/mcp/listen.ts'

const environment = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'eu-west-1' }
const arn = (number: number) => `arn:aws:ecs:eu-west-1:123456789012:task-definition/weather:${number}`
const service = {
  kind: 'ecs',
  cluster: 'prod',
  service: 'weather',
  name: 'weather',
  region: 'eu-west-1',
  taskDefinition: { arn: arn(7), address: 'aws_ecs_task_definition.this' },
} as Target
const lambda = { kind: 'lambda', name: 'weather', region: 'eu-west-1', alias: 'live', version: '7' } as Target
const digest = (letter: string) => `sha256:${letter.repeat(64)}`

let stories: Stories
beforeEach(async () => {
  stories = await startStories()
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL: stories.url })
})
afterEach(async () => {
  for (const name of [...Object.keys(environment), 'AWS_ENDPOINT_URL']) delete process.env[name]
  await stories[Symbol.asyncDispose]()
})

describe('the images that ECS runs', () => {
  const task = (number: number, ...digests: (string | undefined)[]) => ({
    taskArn: `arn:aws:ecs:eu-west-1:123456789012:task/prod/weather-${number}-${digests.length}`,
    taskDefinitionArn: arn(number),
    containers: digests.map(imageDigest => ({ name: 'server', imageDigest })),
  })

  test('are those of the tasks of the applied revision, each once', async () => {
    stories.add('weather', {
      running: [
        task(7, digest('a'), digest('b')),
        task(7, digest('a')),
        task(7, undefined, undefined, undefined),
        task(6, digest('c')),
      ],
    })
    expect(await readRunningImages(service)).toEqual([digest('a'), digest('b')])
  })

  test('are not known without the permission, which is named', async () => {
    stories.add('weather', { refused: { ListTasks: 'AccessDeniedException' } })
    await expect(readRunningImages(service)).rejects.toThrow(
      'Which image weather runs was not checked: give the role ecs:ListTasks and ecs:DescribeTasks.',
    )
  })
})

test.each([
  [`123456789012.dkr.ecr.eu-west-1.amazonaws.com/weather@${digest('a')}`, [digest('a')]],
  [undefined, []],
])('the image that Lambda runs: %s', async (ResolvedImageUri, found) => {
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(request.url ?? '')
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ Code: { ResolvedImageUri } }))
  })
  await using listening = await listen(server)
  process.env.AWS_ENDPOINT_URL = listening.url
  expect(await readRunningImages(lambda)).toEqual(found)
  expect(paths).toEqual(['/2015-03-31/functions/weather?Qualifier=7'])
})

test('a platform without images reports none', async () => {
  expect(await readRunningImages({ kind: 'endpoint' })).toBeUndefined()
  expect(stories.requests).toEqual([])
})

test('an image in ECR that the role may not read is an error with the permission, and not an image that is gone', async () => {
  const reference = parseReference('123456789012.dkr.ecr.eu-west-1.amazonaws.com/weather:v1')
  stories.add('weather', { refused: { DescribeImages: 'AccessDeniedException' } })
  const read = async () => reference && readImageDigest(reference, { env: {} })
  await expect(read()).rejects.toThrow('give the role ecr:DescribeImages on the repository')
  stories.add('weather', { refused: { DescribeImages: 'ImageNotFoundException' } })
  expect(await read()).toBeUndefined()
  stories.add('weather', { refused: { DescribeImages: 'RepositoryNotFoundException' } })
  expect(await read()).toBeUndefined()
  expect(stories.requests[0]).toContain('"registryId":"123456789012"')
})
