/** The signatures of the gate against those of botocore, byte for byte. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { openSigner } from '../../src/gate/aws-signing.ts'
import { moto } from '../support/toolchain.ts'

const credentials = { accessKeyId: 'AKIDLAB', secretAccessKey: 'lab/secret+key', sessionToken: 'token/of+lab=' }
const date = new Date('2026-11-28T20:41:07Z')

const program = `
import datetime, json, sys
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
botocore.auth.get_current_datetime = lambda **_: datetime.datetime(2026, 11, 28, 20, 41, 7)
for case in json.load(sys.stdin):
    request = AWSRequest(method=case['method'], url=case['url'], data=case['body'].encode(), headers=case['headers'])
    signer = botocore.auth.SigV4Auth(Credentials('AKIDLAB', 'lab/secret+key', 'token/of+lab='), case['service'], case['region'])
    signer.add_auth(request)
    print(request.headers['Authorization'])
`

test('the signer of the gate signs as botocore does', async () => {
  const urls = [
    'https://bedrock-agentcore.eu-central-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aeu-central-1%3A1%3Aruntime%2Fx/invocations?qualifier=DEFAULT',
    'https://abc.lambda-url.eu-west-1.on.aws/',
    'https://abc.execute-api.us-east-1.amazonaws.com/prod/mcp?b=2&a=1&a=0',
    'https://mcp.example.com:8443/a%20b/mcp?x=%C3%A4&y=',
  ]
  const cases = urls.flatMap(url =>
    (['POST', 'GET', 'DELETE'] as const).map(method => {
      const body = method === 'POST' ? '{"jsonrpc":"2.0","id":1,"method":"initialize","note":"ä"}' : ''
      return { method, url, body, contentType: method === 'POST' ? 'application/json' : undefined }
    }),
  )
  const scope = { service: 'execute-api', region: 'eu-central-1' }
  const sign = openSigner(scope, () => {}, { credentials, date })
  const ours = await Promise.all(cases.map(each => sign({ ...each, url: new URL(each.url) })))
  const input = cases.map(({ contentType, ...each }, index) => ({
    ...each,
    ...scope,
    headers: {
      ...(contentType && { 'Content-Type': contentType }),
      'X-Amz-Content-SHA256': ours[index]?.['x-amz-content-sha256'],
    },
  }))
  const theirs = execFileSync(await moto(), ['-c', program], { input: JSON.stringify(input), encoding: 'utf8' })
  expect(ours.map(headers => headers.authorization)).toEqual(theirs.trim().split('\n'))
})
