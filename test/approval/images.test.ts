/** Which image an apply uses, and how the record keeps it. */
import { describe, expect, test } from 'vitest'
import { decideImage, type ReviewedImage, readImages } from '../../src/approval/images.ts'
import { reviewed as reviewedLife } from '../../src/approval/life.ts'
import { assertImagesPlanned } from '../../src/approval/planned-images.ts'
import { recordLine } from '../../src/approval/record.ts'
import {
  createRecord,
  fingerprintPlan,
  readEarlierImages,
  readRecordedImages,
  requestReview,
} from '../../src/approval/review.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'
import { InputError } from '../../src/errors.ts'
import type { PlanJson } from '../../src/terraform/json.ts'

const digest = `sha256:${'12'.repeat(32)}`
const tree = '9f3e'.repeat(10)
const image: ReviewedImage = {
  variable: 'image',
  reference: `ghcr.io/acme/weather@${digest}`,
  context: 'server',
  tree,
}
const facts = { variable: 'image', reviewed: image, tree, isInRegistry: true, isRequired: true }

describe('the image of an apply', () => {
  test('is the reviewed one while its tree is unchanged, whatever this job has built', () => {
    expect(decideImage(facts)).toEqual({ use: 'review', image })
    expect(decideImage({ ...facts, isInRegistry: undefined })).toEqual({ use: 'review', image })
    const { context: _, tree: __, ...withoutContext } = image
    expect(decideImage({ ...facts, reviewed: withoutContext, tree: undefined })).toMatchObject({ use: 'review' })
  })

  test('is that of the input without a record that counts', () => {
    expect(decideImage({ ...facts, reviewed: undefined })).toEqual({ use: 'input' })
  })

  test('a changed tree is refused with its path and both trees', () => {
    expect(decideImage({ ...facts, tree: '0a1b'.repeat(10) })).toMatchObject({
      use: 'none',
      failure: {
        code: 'IMAGE_OUTDATED',
        remedy: 'config',
        sentence:
          'server/ changed after the review: the image for the variable image was built from tree 9f3e9f3e9f3e, and now its tree is 0a1b0a1b0a1b.',
      },
    })
    expect(decideImage({ ...facts, tree: undefined })).toMatchObject({
      failure: { code: 'IMAGE_OUTDATED', sentence: expect.stringContaining('now it does not exist any more.') },
    })
    expect(decideImage({ ...facts, reviewed: { ...image, context: '.' }, tree: 'x' })).toMatchObject({
      failure: { sentence: expect.stringContaining('The repository changed after the review') },
    })
  })

  test('an image that the registry lost is refused by its own code', () => {
    expect(decideImage({ ...facts, isInRegistry: false })).toMatchObject({
      use: 'none',
      failure: { code: 'IMAGE_GONE', sentence: expect.stringContaining(`any more: ghcr.io/acme/weather@${digest}.`) },
    })
  })

  test.each([{ tree: 'x' }, { isInRegistry: false }])(
    'a plan that only shows what is possible takes the image of the input for it: %o',
    different => {
      expect(decideImage({ ...facts, ...different, isRequired: false })).toMatchObject({
        use: 'input',
        why: expect.stringContaining('image'),
      })
    },
  )
})

const json = {
  format_version: '1.2',
  variables: { image: { value: image.reference } },
  configuration: { root_module: { variables: { image: {}, region: {} } } },
} as PlanJson

describe('the plan has the image', () => {
  test('as the value of the variable, or in an ephemeral variable that a plan does not hold', () => {
    assertImagesPlanned(json, [image])
    assertImagesPlanned({ ...json, variables: {} }, [image])
    assertImagesPlanned(json, [])
  })

  test('a variable that the root module does not have is named, with those that it has', () => {
    expect(() => assertImagesPlanned(json, [{ ...image, variable: 'imag' }])).toThrow(
      'Input reviewed-images names the variable "imag", which the root module does not have: its variables are image, region.',
    )
    expect(() => assertImagesPlanned({ format_version: '1.2' }, [image])).toThrow('it has no variables')
  })

  test('another value is refused', () => {
    const other = { ...json, variables: { image: { value: 'ghcr.io/acme/weather:latest' } } }
    expect(() => assertImagesPlanned(other, [image])).toThrow(InputError)
  })
})

const directory = new URL('.', import.meta.url).pathname
const context = {
  terraformVersion: '1.14.0',
  directory,
  workspace: undefined,
  targets: [],
  replaces: [],
  checkout: directory,
  lockFile: undefined,
}
const binding = { repository: 'acme/infra', workflow: 'deploy.yml', target: '<!-- m -->' }
const secrets = { key: 'a-key-of-a-team', lineage: undefined }
const request = {
  json: { format_version: '1.2' },
  hasChanges: true,
  context,
  secrets,
  approval: 'reviewed',
  binding,
  commit: 'a'.repeat(40),
  branch: 'main',
  run: { run: 1, attempt: 1 },
  runUrl: 'https://github.com/acme/infra/actions/runs/1',
  redact: (text: string) => text,
}
const pullRequest = { number: 7, head: 'a'.repeat(40), base: 'main', fromFork: false }

/** The comment of a plan with these images. */
function commentWith(images: readonly ReviewedImage[] | undefined): string {
  const { record } = requestReview({ ...request, ...(images && { images }) }, 7)
  if (record === undefined) throw new Error('no record')
  const body = '<!-- m -->\n\n## Plan'
  return body.split('\n').toSpliced(1, 0, recordLine(body, record)).join('\n')
}

const reading = (comment: string | undefined, more: Partial<typeof request> = {}) =>
  readRecordedImages({ ...request, ...more }, pullRequest, { readComment: async () => comment })

describe('the signed record', () => {
  test('gives the images back before the apply plans', async () => {
    expect(await reading(commentWith([image]))).toMatchObject({
      images: [image],
      record: { record: { images: [image] } },
    })
  })

  test('of a plan without images has no field for them, so it is what it always was', () => {
    const signer = createPlanSigner('a-key-of-a-team', undefined, undefined)
    const plan = fingerprintPlan({ format_version: '1.2' }, context, signer, text => text)
    const about = { binding: { ...binding, pullRequest: 7 }, head: 'a', runUrl: 'b', life: reviewedLife }
    expect(Object.keys(createRecord(plan, about))).not.toContain('images')
    expect(requestReview(request, 7).record?.record).not.toHaveProperty('images')
    expect(requestReview({ ...request, images: [] }, 7).record?.record).not.toHaveProperty('images')
  })

  test('without images has none, as a record of an earlier release', async () => {
    expect(await reading(commentWith(undefined))).toMatchObject({ images: [] })
  })

  test.each([
    ['an edited comment', commentWith([image]).replace('## Plan', '## Plane'), {}, /is not as this action wrote it/],
    ['another key', commentWith([image]), { secrets: { key: 'another-key-of-it', lineage: undefined } }, /is not as/],
    [
      'another workflow',
      commentWith([image]),
      { binding: { ...binding, workflow: 'x.yml' } },
      /deploy\.yml made the plan/,
    ],
    ['another stack', commentWith([image]), { binding: { ...binding, target: 'x' } }, /belongs to another stack/],
    ['no comment', undefined, {}, /Pull request #7 has no plan comment/],
  ])('does not count with %s, and the reason is kept', async (_, comment, more, why) => {
    expect(await reading(comment, more)).toEqual({ images: [], why: expect.stringMatching(why) })
  })
})

test.each([
  [undefined, []],
  [[], []],
  [[image], [image]],
  [[{ variable: 'image', reference: 'a@b' }], [{ variable: 'image', reference: 'a@b' }]],
])('images of a record: %o', (value, images) => {
  expect(readImages(value)).toEqual(images)
})

test.each([
  null,
  {},
  'a',
  ['a'],
  [{ variable: 'image' }],
  [{ ...image, tree: undefined }],
  [{ ...image, reference: 1 }],
  [image, 1],
])('images of another shape make no record: %o', value => {
  expect(readImages(value)).toBeUndefined()
})

describe('the images of pull requests that were merged before', () => {
  const merges = [9, 7, 6, 5].map(number => ({ ...pullRequest, number, mergeCommit: String(number) }))
  const earlierOf = async (own: number, comments: Readonly<Record<number, string>>) => {
    const read: number[] = []
    const source = {
      mergedPullRequests: async () => merges,
      readComment: async (number: number) => {
        read.push(number)
        return comments[number]
      },
    }
    return { images: await readEarlierImages(request, { ...pullRequest, number: own }, source), read }
  }

  test('are those of intact records, newest first, and of no later one', async () => {
    // The record names pull request 7, so as a comment of another one it is foreign.
    expect(await earlierOf(9, { 7: commentWith([image]), 6: commentWith([image]) })).toEqual({
      images: [image],
      read: [7, 6, 5],
    })
    expect(await earlierOf(7, { 9: commentWith([image]) })).toEqual({ images: [], read: [6, 5] })
  })

  test('are none for a pull request that GitHub does not list', async () => {
    expect(await earlierOf(1, { 7: commentWith([image]) })).toEqual({ images: [], read: [] })
  })
})
