import { expect, test } from 'vitest'
import { byDigest, ecrRegistry, parseReference } from '../../../src/platforms/images/reference.ts'

const digest = `sha256:${'ab'.repeat(32)}`

test.each([
  ['nginx:1.27', 'docker.io', 'library/nginx', 'nginx', '1.27', undefined],
  ['acme/weather:v1', 'docker.io', 'acme/weather', 'acme/weather', 'v1', undefined],
  ['docker.io/acme/weather:v1', 'docker.io', 'acme/weather', 'docker.io/acme/weather', 'v1', undefined],
  ['index.docker.io/nginx:1', 'docker.io', 'library/nginx', 'index.docker.io/nginx', '1', undefined],
  ['ghcr.io/acme/weather:v1.0-rc_1', 'ghcr.io', 'acme/weather', 'ghcr.io/acme/weather', 'v1.0-rc_1', undefined],
  [`ghcr.io/acme/weather@${digest}`, 'ghcr.io', 'acme/weather', 'ghcr.io/acme/weather', undefined, digest],
  [`ghcr.io/acme/weather:v1@${digest}`, 'ghcr.io', 'acme/weather', 'ghcr.io/acme/weather', 'v1', digest],
  ['localhost:5000/weather:v1', 'localhost:5000', 'weather', 'localhost:5000/weather', 'v1', undefined],
  ['localhost/a/b__c/d--e:v1', 'localhost', 'a/b__c/d--e', 'localhost/a/b__c/d--e', 'v1', undefined],
])('%s', (text, registry, repository, name, tag, found) => {
  expect(parseReference(text)).toEqual({ text, registry, repository, name, tag, digest: found })
})

test.each([
  ['without a tag and a digest', 'acme/weather'],
  ['with a digest that is too short', 'acme/weather@sha256:abcd'],
  ['with an unknown algorithm', `acme/weather@md5:${'ab'.repeat(16)}`],
  ['with upper case in the repository', 'ghcr.io/Acme/weather:v1'],
  ['with an empty part', 'ghcr.io//weather:v1'],
  ['with a path outside', 'ghcr.io/../weather:v1'],
  ['with two digests', `acme/weather@${digest}@${digest}`],
  ['with a scheme', 'https://ghcr.io/acme/weather:v1'],
  ['with a user', 'user:secret@ghcr.io/weather:v1'],
  ['with an empty tag', 'acme/weather:'],
  ['with a tag of two parts', 'acme/weather:a:b'],
  ['empty', ''],
  ['with a name of 256 characters', `${'a'.repeat(256)}:v1`],
])('a text %s is no reference', (_, text) => {
  expect(parseReference(text)).toBeUndefined()
})

test('Terraform gets the name and the digest, without the tag', () => {
  const reference = parseReference('ghcr.io/acme/weather:latest')
  expect(reference && byDigest(reference, digest)).toBe(`ghcr.io/acme/weather@${digest}`)
})

test.each([
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', '123456789012', 'eu-west-1'],
  ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', '123456789012', 'us-gov-west-1'],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', '123456789012', 'cn-north-1'],
  ['123456789012.dkr-ecr.eu-west-1.on.aws', '123456789012', 'eu-west-1'],
])('%s belongs to Amazon ECR', (host, account, region) => {
  expect(ecrRegistry(host)).toEqual({ account, region })
})

test.each([
  'public.ecr.aws',
  'ghcr.io',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.com',
  'x123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  '12345678901.dkr.ecr.eu-west-1.amazonaws.com',
])('%s is asked as any other registry', host => {
  expect(ecrRegistry(host)).toBeUndefined()
})
