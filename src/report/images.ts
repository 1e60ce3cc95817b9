/**
 * Renders the images of the input reviewed-images: on a pull request what is reviewed, after an apply whether the reviewed, the planned
 * and the running image are one.
 */
import type { ChosenImage } from '../approval/images.ts'
import { code, list, Markdown, md, type Plain, plain } from './markdown.ts'
import type { Report } from './report.ts'

/** Hexadecimal digits of a digest that people compare by eye. */
const shownDigits = 12

/** The most listed digests of running images. */
const maxRunning = 5

/** Renders the images of a plan, one line for each; empty without images. */
export function imagesSection({ images = [], command, pullRequest }: Report): Markdown {
  if (command !== 'plan' || images.length === 0) return md``
  const isForReview = pullRequest !== undefined
  const lines = images.map(image => {
    const whose =
      image.from === 'review' ? md`, as reviewed` : md`${isForReview ? md`. The apply uses the same image.` : md``}`
    return md`Image for ${variableName(image)}: ${describeImage(image)}${whose}`
  })
  return lines.length === 1 ? (lines[0] ?? md``) : list(lines)
}

/** Renders the timeline lines of an apply. */
export function imageLines(report: Report): Markdown[] {
  const { images = [], command } = report
  return command === 'apply' ? images.map(image => imageLine(image, report)) : []
}

function imageLine(image: ChosenImage, { apply, runningImages }: Report): Markdown {
  const what = md`${variableName(image)} is ${describeImage(image)}`
  if (image.from === 'input') return md`⚪ **Image of this run**, not of a reviewed plan: ${what}`
  const [, digest = ''] = image.reference.split('@')
  if (apply !== 'done') return md`✅ **Image as reviewed**: ${what}`
  if (runningImages === undefined) return md`✅ **Image as reviewed**, and planned: ${what}`
  if (runningImages.includes(digest)) return md`✅ **Image as reviewed**, planned and running: ${what}`
  if (runningImages.length === 0)
    return md`⚪ **Image as reviewed**, and planned: ${what}. The platform reports no digest.`
  const running = Markdown.join(runningImages.slice(0, maxRunning).map(shortDigest), ', ')
  return md`⚪ **Image as reviewed**, and planned: ${what}. The platform reports ${running}: an image for several platforms has a digest of its own for each.`
}

/** Renders an image, such as `weather@sha256:12ab…` (built from `server`, tree `9f3e…`). */
function describeImage({ reference, context, tree }: ChosenImage): Markdown {
  const [name = '', digest = ''] = reference.split('@')
  const image = code(plain`${plain`${name}`.lastPart}@${shortened(digest)}`, 200)
  if (context === undefined || tree === undefined) return image
  const place = context === '.' ? md`this repository` : code(context, 200)
  return md`${image} (built from ${place}, tree ${code(plain`${plain`${tree}`.start(shownDigits)}…`)})`
}

function shortDigest(digest: string): Markdown {
  return code(shortened(digest), 100)
}

/** Shortens a digest. The name of its algorithm is a word of ours. */
function shortened(digest: string): Plain {
  const [algorithm = '', hash = ''] = digest.split(':')
  const short = plain`${hash}`.start(shownDigits)
  if (algorithm === 'sha256') return plain`sha256:${short}…`
  return algorithm === 'sha512' ? plain`sha512:${short}…` : plain`${algorithm}:${short}…`
}

function variableName({ variable }: ChosenImage): Markdown {
  return code(variable, 100)
}
