/**
 * The one command of the AWS CLI that a page runs, `aws ecr describe-images`, with the CLI's exit codes: 254 for an error of the service,
 * 252 for arguments that it does not know.
 */
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr'

const [service, command, ...options] = process.argv.slice(2)
const optionOf = (name: string) => options[options.indexOf(name) + 1]
const tag = /^imageTag=(.+)$/.exec(optionOf('--image-ids') ?? '')?.[1]
if (`${service} ${command}` !== 'ecr describe-images' || options.length !== 4 || tag === undefined) {
  console.error(`aws: error: argument: not stood in for: ${process.argv.slice(2).join(' ')}`)
  process.exit(252)
}
try {
  const client = new ECRClient({})
  const found = await client.send(
    new DescribeImagesCommand({ repositoryName: optionOf('--repository-name'), imageIds: [{ imageTag: tag }] }),
  )
  console.log(JSON.stringify({ imageDetails: found.imageDetails }))
} catch (error) {
  console.error(`An error occurred when calling the DescribeImages operation: ${error}`)
  process.exit(254)
}
