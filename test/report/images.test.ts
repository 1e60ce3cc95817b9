/** What the comment and the summary say about reviewed images. */
import { describe, expect, test } from 'vitest'
import type { ChosenImage } from '../../src/approval/images.ts'
import { imageLines, imagesSection } from '../../src/report/images.ts'
import type { Report } from '../../src/report/report.ts'

const digest = `sha256:12ab${'0'.repeat(60)}`
const image: ChosenImage = {
  variable: 'image',
  reference: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/weather@${digest}`,
  context: 'server',
  tree: `9f3e${'0'.repeat(36)}`,
  from: 'input',
}
const report = (more: Partial<Report>): Report => ({
  command: 'plan',
  target: { stack: undefined, directory: '.', workspace: undefined },
  commit: 'a'.repeat(40),
  runUrl: 'https://github.com/acme/infra/actions/runs/1',
  pullRequest: 7,
  images: [image],
  failures: [],
  warnings: [],
  phases: [],
  ...more,
})
const shown = '`weather@sha256:12ab00000000…` (built from `server`, tree `9f3e00000000…`)'

describe('the plan of a pull request', () => {
  test('shows the image with its digest and its source', () => {
    expect(String(imagesSection(report({})))).toBe(`Image for \`image\`: ${shown}. The apply uses the same image.`)
  })

  test('shows several in a list, and one without a source', () => {
    const { context: _, tree: __, ...bare } = image
    const text = String(imagesSection(report({ images: [image, { ...bare, variable: 'proxy' }] })))
    expect(text).toBe(
      `- Image for \`image\`: ${shown}. The apply uses the same image.\n- Image for \`proxy\`: \`weather@sha256:12ab00000000…\`. The apply uses the same image.`,
    )
  })

  test('without a pull request promises nothing', () => {
    expect(String(imagesSection(report({ pullRequest: undefined })))).toBe(`Image for \`image\`: ${shown}`)
    const reviewed = [{ ...image, from: 'review' as const }]
    expect(String(imagesSection(report({ pullRequest: undefined, images: reviewed })))).toMatch(/, as reviewed$/)
  })

  test('is empty without the input', () => {
    const { images: _, ...without } = report({})
    expect(imagesSection(without).isEmpty).toBe(true)
    expect(imageLines({ ...without, command: 'apply' })).toEqual([])
  })
})

describe('an apply', () => {
  const applied = (more: Partial<Report>) =>
    imageLines(report({ command: 'apply', apply: 'done', images: [{ ...image, from: 'review' }], ...more })).map(String)

  test('says that the reviewed, the planned and the running image are one', () => {
    expect(applied({ runningImages: [digest, 'sha256:0'] })).toEqual([
      `✅ **Image as reviewed**, planned and running: \`image\` is ${shown}`,
    ])
  })

  test('does not say so if the platform reports another digest, or none', () => {
    expect(applied({ runningImages: ['sha256:ff00'] })).toEqual([
      expect.stringMatching(/^⚪ \*\*Image as reviewed\*\*, and planned: .* The platform reports `sha256:ff00…`/),
    ])
    expect(applied({ runningImages: [] })).toEqual([expect.stringMatching(/The platform reports no digest\.$/)])
    expect(applied({})).toEqual([expect.stringMatching(/^✅ \*\*Image as reviewed\*\*, and planned: /)])
  })

  test('with an image of this run does not call it reviewed', () => {
    expect(applied({ images: [image], runningImages: [digest] })).toEqual([
      `⚪ **Image of this run**, not of a reviewed plan: \`image\` is ${shown}`,
    ])
  })
})
