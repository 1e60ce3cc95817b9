/** Images in Amazon ECR, for tests: what pushes and deletes them through its API. */
import { BatchDeleteImageCommand, CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr'
import { tinyImage } from './registry.ts'

const account = '123456789012'

export class EcrRepository implements AsyncDisposable {
  readonly #client: ECRClient
  readonly #name: string
  readonly #region: string

  /** @param endpoint where AWS is */
  constructor(endpoint: string, name: string, region = 'us-east-1') {
    const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
    this.#client = new ECRClient({ endpoint, region, credentials })
    this.#name = name
    this.#region = region
  }

  /** The repository in a reference. */
  get uri(): string {
    return `${account}.dkr.ecr.${this.#region}.amazonaws.com/${this.#name}`
  }

  /** @param isImmutable whether a tag can be pushed only once, as in terraform/ecr */
  async create(isImmutable = false): Promise<void> {
    const imageTagMutability = isImmutable ? 'IMMUTABLE' : 'MUTABLE'
    await this.#client.send(new CreateRepositoryCommand({ repositoryName: this.#name, imageTagMutability }))
  }

  /** Pushes an image whose content is a text. @returns its digest */
  async push(tag: string, text: string): Promise<string> {
    const { manifest, mediaType, digest } = tinyImage(text)
    await this.#client.send(
      new PutImageCommand({
        repositoryName: this.#name,
        imageTag: tag,
        imageManifest: manifest,
        imageManifestMediaType: mediaType,
        imageDigest: digest,
      }),
    )
    return digest
  }

  /** Deletes an image, as a lifecycle rule does. */
  async remove(digest: string): Promise<void> {
    await this.#client.send(
      new BatchDeleteImageCommand({ repositoryName: this.#name, imageIds: [{ imageDigest: digest }] }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.destroy()
  }
}
