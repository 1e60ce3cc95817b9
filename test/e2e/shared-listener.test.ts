/**
 * Two servers behind one listener and in one cluster, both of somebody else, as examples/shared-load-balancer has them: each is
 * reached by its own path, and a version that does not speak MCP leaves the other server alone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs'
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gate } from '../../src/gate/gate.ts'
import { issueCertificate } from '../support/certificates.ts'
import type { Trigger } from '../support/events.ts'
import { type Listening, listen } from '../support/mcp/listen.ts'
import { sharedListener } from '../support/shared-listener.ts'
import { type Stage, setStage, stateBucket } from '../support/stage.ts'

const moduleDirectory = new URL('../../terraform/ecs/', import.meta.url)
const moduleFiles = Object.fromEntries(
  readdirSync(moduleDirectory)
    .filter(name => name.endsWith('.tf'))
    .map(name => [`infra/ecs/${name}`, readFileSync(new URL(name, moduleDirectory), 'utf8')]),
)
const example = readFileSync(new URL('examples/shared-load-balancer/main.tf', moduleDirectory), 'utf8')
const demoServer = fileURLToPath(new URL('../../demo/server.ts', import.meta.url))
const image = (path: string, env: Readonly<Record<string, string>>) => ({
  command: [process.execPath, demoServer],
  env: { MCP_PATH: path, API_KEY: 'none', ...env },
})

let stage: Stage
/** TLS for mcp.example.com in front of the load balancer, which has none here. */
let front: Listening
let loadBalancer: string
let authority: string
let variables: Readonly<Record<string, string | readonly string[]>>
beforeAll(async () => {
  stage = await setStage({
    images: {
      'orders:v1': image('/orders/mcp', { VERSION: '1.0.0' }),
      'orders:broken': image('/orders/mcp', { VERSION: '2.0.0', BROKEN: '1' }),
      'weather:v1': image('/weather/mcp', { VERSION: '7.0.0' }),
    },
    inputs: {
      'working-directory': 'infra',
      'mcp-rounds': '1',
      'mcp-timeout': '15s',
      'on-failure': 'rollback',
      'alivemcp-api-key': '',
    },
  })
  const { endpoint } = stage.aws
  const client = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  }
  const ec2 = new EC2Client(client)
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand())
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['default'] }] }),
  )
  const subnets = Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId)
  const group = SecurityGroups[0]?.GroupId ?? ''
  const { cluster } = await new ECSClient(client).send(
    new CreateClusterCommand({ clusterName: 'shared', capacityProviders: ['FARGATE'] }),
  )
  const listener = await sharedListener(endpoint, {
    subnets,
    groups: [group],
    certificate: await requestCertificate(endpoint, 'mcp.example.com'),
  })
  const balancers = await new ElasticLoadBalancingV2Client(client).send(new DescribeLoadBalancersCommand())
  loadBalancer = balancers.LoadBalancers?.[0]?.DNSName ?? ''
  const { key, certificate, authority: file } = await issueCertificate(stage.temp, ['mcp.example.com'])
  authority = readFileSync(file, 'utf8')
  front = await listen(
    createServer({ key, cert: certificate }, socket => {
      const upstream = connect(Number(loadBalancer.split(':')[1]), '127.0.0.1')
      socket.on('error', () => upstream.destroy())
      upstream.on('error', () => socket.destroy())
      socket.pipe(upstream).pipe(socket)
    }),
    'https',
  )
  variables = {
    weather_image: 'weather:v1',
    listener_arn: listener,
    load_balancer_security_group_id: group,
    cluster_arn: cluster?.clusterArn ?? '',
    vpc_id: Subnets[0]?.VpcId ?? '',
    private_subnet_ids: subnets,
  }
})
afterAll(async () => {
  await stage.close()
  await front[Symbol.asyncDispose]()
})

/** Asks ACM by its protocol, whose client no other test needs. */
async function requestCertificate(endpoint: string, name: string): Promise<string> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': 'CertificateManager.RequestCertificate',
      'content-type': 'application/x-amz-json-1.1',
      authorization:
        'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/acm/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ DomainName: name, ValidationMethod: 'DNS' }),
  })
  return ((await response.json()) as { CertificateArn: string }).CertificateArn
}

/** The example with the images of a version, and with the state of the tests. */
const files = (version: string) => ({
  ...moduleFiles,
  'infra/main.tf': example.replaceAll('source = "../.."', 'source = "./ecs"'),
  'infra/backend.tf': `
    terraform {
      backend "s3" {
        bucket = "${stateBucket}"
        key    = "shared.tfstate"
      }
    }
  `,
  'infra/terraform.tfvars.json': JSON.stringify({ ...variables, orders_image: `orders:${version}` }),
})
/** What the gate finds at an address of the shared host. */
async function asked(url: string) {
  const { passed, serverInfo } = await gate(
    {
      endpoint: url,
      require: 'any',
      transport: 'auto',
      headers: {},
      tools: [],
      rounds: 1,
      timeoutMs: 10_000,
      tls: { ca: authority },
      connectTo: { host: '127.0.0.1', port: front.port },
    },
    () => {},
  )
  return { passed, version: serverInfo?.version }
}

/** Runs the action in a checkout that has only what the commits have. */
async function run(trigger: Trigger) {
  stage.remove('infra/.terraform.lock.hcl')
  return await stage.run(trigger, { 'mcp-connect-to': `127.0.0.1:${front.port}`, 'mcp-ca': authority })
}

async function deploy(title: string, version: string) {
  const pull = await stage.open(title, files(version))
  const planned = await run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  return await run(await stage.merged(pull))
}

test('each server is reached by its path, and any other path by nobody', async () => {
  const { conclusion, log, outputs } = await deploy('First', 'v1')
  expect(conclusion, log).toBe('success')
  expect(outputs).toMatchObject({ gate: 'passed', 'mcp-endpoint': 'https://mcp.example.com/orders/mcp' })
  expect(await asked('https://mcp.example.com/orders/mcp')).toEqual({ passed: true, version: '1.0.0' })
  expect(await asked('https://mcp.example.com/weather/mcp')).toEqual({ passed: true, version: '7.0.0' })
  const other = await fetch(`http://${loadBalancer}/mcp`, { method: 'POST', body: '{}' })
  expect(other.status).toBe(404)
  expect(other.headers.get('server')).toBe('awselb/2.0')
})

test('a version that does not speak MCP is rolled back, and the other server is left alone', async () => {
  const { conclusion, log, outputs } = await deploy('Second', 'broken')
  expect(conclusion, log).toBe('failure')
  expect(outputs).toMatchObject({ gate: 'failed', 'failure-phase': 'gate', tainted: '[]' })
  expect(outputs['rolled-back-to']).toMatch(/^orders-mcp:\d+$/)
  expect(await asked('https://mcp.example.com/weather/mcp')).toEqual({ passed: true, version: '7.0.0' })
  expect(await asked('https://mcp.example.com/orders/mcp')).toEqual({ passed: true, version: '1.0.0' })
})
