/**
 * AWS as a failed deployment shows it: a server that speaks the protocols of ECS, Elastic Load Balancing, CloudWatch Logs,
 * EC2 and Systems Manager, and whose answers are a story. A request belongs to the story whose name is in it. What a story
 * does not script goes on to `upstream`, such as moto, so that it can be laid over a deployment with real Terraform.
 */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type Listening, listen } from './mcp/listen.ts'

type Json = Record<string, unknown>

/** What AWS answers; what is left out is not scripted. */
export interface Story {
  /** `services` of DescribeServices, one for each call, the last for ever; null for no such service. */
  readonly services?: readonly (Json | null)[]
  /** Service deployments of ECS, the newest one for each call of DescribeServiceDeployments, the last for ever. */
  readonly serviceDeployments?: readonly Json[]
  /** Task definitions by the end of the ARN of their service revision. */
  readonly serviceRevisions?: Readonly<Record<string, string>>
  readonly stopped?: readonly Json[]
  readonly running?: readonly Json[]
  readonly definition?: Json
  readonly targetGroup?: Readonly<Record<string, string>>
  readonly targets?: readonly {
    readonly id: string
    readonly state: string
    readonly reason?: string
    readonly description?: string
  }[]
  readonly balancer?: {
    readonly scheme?: string
    readonly state?: string
    readonly listeners?: readonly { port: number; protocol: string; action: string }[]
  }
  /** Lines of every log stream. */
  readonly log?: readonly string[]
  readonly instance?: { readonly state: string; readonly system: string; readonly check: string } | null
  readonly console?: string
  /** Values by name; PutParameter adds to them, and DeleteParameter takes away. */
  readonly parameters?: Map<string, string>
  /** Actions that are refused for want of a permission, or fail with the error of this name. */
  readonly refused?: Readonly<Record<string, string>>
}

export interface Stories extends AsyncDisposable {
  readonly url: string
  /** `Action body` of each request that a story answered, in order. */
  readonly requests: string[]
  add(name: string, story: Story): void
}

export async function startStories(upstream?: string): Promise<Stories> {
  const stories = new Map<string, Story>()
  const asked = new Map<string, number>()
  const requests: string[] = []

  const answer = (action: string, body: string): Answer | undefined => {
    const found = [...stories].find(([name]) => body.includes(name))
    if (found === undefined) return undefined
    const [name, story] = found
    const refusal = story.refused?.[action]
    const count = asked.get(`${name} ${action}`) ?? 0
    const given = refusal === undefined ? scripted(story, action, body, count) : { error: refusal }
    if (given === undefined) return undefined
    asked.set(`${name} ${action}`, count + 1)
    requests.push(`${action} ${body}`)
    return given
  }

  const server: Listening = await listen(
    createServer(async (request: IncomingMessage, response: ServerResponse) => {
      const body = await buffer(request)
      const target = request.headers['x-amz-target']
      const isQuery = String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded')
      const text = isQuery ? [...new URLSearchParams(body.toString())].join('&') : body.toString()
      const action = isQuery ? /(?:^|&)Action,([^&]+)/.exec(text)?.[1] : String(target).split('.')[1]
      const given = action === undefined ? undefined : answer(action, text)
      if (given !== undefined) return send(response, action ?? '', target !== undefined, given)
      if (upstream !== undefined) return pass(upstream, request, body, response)
      send(response, action ?? '', target !== undefined, { error: 'NotScripted' })
    }),
  )
  return {
    url: server.url,
    requests,
    add: (name, story) => void stories.set(name, story),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

type Answer = { readonly json: Json } | { readonly xml: string } | { readonly error: string }

function scripted(story: Story, action: string, body: string, count: number): Answer | undefined {
  const { services, stopped, running, definition, targetGroup, targets, balancer, log, console, instance, parameters } =
    story
  switch (action) {
    case 'DescribeServices': {
      if (services === undefined) return undefined
      const service = services[Math.min(count, services.length - 1)]
      return { json: { services: service ? [service] : [], failures: [] } }
    }
    case 'ListTasks': {
      const { desiredStatus } = JSON.parse(body) as { desiredStatus?: string }
      const tasks = desiredStatus === 'STOPPED' ? stopped : running
      return tasks && { json: { taskArns: tasks.map(({ taskArn }) => taskArn) } }
    }
    case 'DescribeTasks': {
      const { tasks: wanted } = JSON.parse(body) as { tasks: string[] }
      const all = [...(stopped ?? []), ...(running ?? [])].filter(({ taskArn }) => wanted.includes(String(taskArn)))
      return stopped || running ? { json: { tasks: all, failures: [] } } : undefined
    }
    case 'DescribeTaskDefinition':
      return definition && { json: { taskDefinition: definition } }
    case 'ListServiceDeployments': {
      const [first] = story.serviceDeployments ?? []
      return story.serviceDeployments && { json: { serviceDeployments: first ? [first] : [] } }
    }
    case 'DescribeServiceDeployments': {
      const deployments = story.serviceDeployments
      return deployments && { json: { serviceDeployments: [deployments[Math.min(count, deployments.length - 1)]] } }
    }
    case 'DescribeServiceRevisions': {
      const { serviceRevisionArns } = JSON.parse(body) as { serviceRevisionArns: string[] }
      const revisions = serviceRevisionArns.map(serviceRevisionArn => ({
        serviceRevisionArn,
        taskDefinition: story.serviceRevisions?.[serviceRevisionArn.split('/').at(-1) ?? ''],
      }))
      return story.serviceRevisions && { json: { serviceRevisions: revisions } }
    }
    case 'ContinueServiceDeployment':
    case 'StopServiceDeployment':
      return (
        story.serviceDeployments && {
          json: { serviceDeploymentArn: story.serviceDeployments[0]?.serviceDeploymentArn },
        }
      )
    case 'UpdateService':
      return services && { json: { service: {} } }
    case 'DescribeTargetGroups':
      return targetGroup && { xml: `<TargetGroups><member>${elements(targetGroup)}</member></TargetGroups>` }
    case 'DescribeTargetHealth':
      return (
        targets && {
          xml: `<TargetHealthDescriptions>${targets
            .map(
              ({ id, state, reason, description }) =>
                `<member><Target><Id>${id}</Id><Port>3000</Port></Target><TargetHealth>${elements({ State: state, ...(reason && { Reason: reason }), ...(description && { Description: description }) })}</TargetHealth></member>`,
            )
            .join('')}</TargetHealthDescriptions>`,
        }
      )
    case 'DescribeLoadBalancers':
      return (
        balancer && {
          xml: `<LoadBalancers><member><LoadBalancerName>weather</LoadBalancerName><Scheme>${balancer.scheme ?? 'internet-facing'}</Scheme><State><Code>${balancer.state ?? 'active'}</Code></State></member></LoadBalancers>`,
        }
      )
    case 'DescribeListeners':
      return (
        balancer && {
          xml: `<Listeners>${(balancer.listeners ?? [])
            .map(
              ({ port, protocol, action: type }) =>
                `<member><Port>${port}</Port><Protocol>${protocol}</Protocol><DefaultActions><member><Type>${type}</Type></member></DefaultActions></member>`,
            )
            .join('')}</Listeners>`,
        }
      )
    case 'GetLogEvents':
      return log && { json: { events: log.map(message => ({ timestamp: 1, message })) } }
    case 'DescribeInstanceStatus':
      if (instance === undefined) return undefined
      return {
        xml:
          instance === null
            ? '<instanceStatusSet/>'
            : `<instanceStatusSet><item><instanceState><name>${instance.state}</name></instanceState><systemStatus><status>${instance.system}</status></systemStatus><instanceStatus><status>${instance.check}</status></instanceStatus></item></instanceStatusSet>`,
      }
    case 'GetConsoleOutput':
      return console === undefined ? undefined : { xml: `<output>${Buffer.from(console).toString('base64')}</output>` }
    case 'GetParameter': {
      const { Name = '' } = JSON.parse(body) as { Name?: string }
      const value = parameters?.get(Name)
      return (
        parameters &&
        (value === undefined ? { error: 'ParameterNotFound' } : { json: { Parameter: { Name, Value: value } } })
      )
    }
    case 'PutParameter': {
      const { Name = '', Value = '' } = JSON.parse(body) as { Name?: string; Value?: string }
      parameters?.set(Name, Value)
      return parameters && { json: { Version: 1 } }
    }
    case 'DeleteParameter': {
      const { Name = '' } = JSON.parse(body) as { Name?: string }
      return parameters && (parameters.delete(Name) ? { json: {} } : { error: 'ParameterNotFound' })
    }
    default:
      return undefined
  }
}

function elements(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
      return name === 'LoadBalancerArns'
        ? `<${name}><member>${text}</member></${name}>`
        : name === 'Matcher'
          ? `<Matcher><HttpCode>${text}</HttpCode></Matcher>`
          : `<${name}>${text}</${name}>`
    })
    .join('')
}

function send(response: ServerResponse, action: string, isJson: boolean, given: Answer): void {
  const isError = 'error' in given
  const status = isError ? 400 : 200
  const message = isError ? `User is not authorized to perform this, or it does not exist (${given.error})` : ''
  if (isJson) {
    const body = isError ? { __type: given.error, message } : 'json' in given ? given.json : {}
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
    return
  }
  const isEc2 = /^(DescribeInstanceStatus|GetConsoleOutput)$/.test(action)
  const failure = `<Error><Type>Sender</Type><Code>${isError ? given.error : ''}</Code><Message>${message}</Message></Error>`
  const inner = 'xml' in given ? given.xml : ''
  const body = isError
    ? isEc2
      ? `<Response><Errors>${failure}</Errors><RequestID>1</RequestID></Response>`
      : `<ErrorResponse>${failure}<RequestId>1</RequestId></ErrorResponse>`
    : isEc2
      ? `<${action}Response><requestId>1</requestId>${inner}</${action}Response>`
      : `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
}

function pass(upstream: string, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { method, url } = request
  const { expect: _, ...headers } = request.headers
  const onwards = forward(new URL(url ?? '/', upstream), { method, headers }, reply => {
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(response)
  })
  onwards.once('error', () => response.destroy())
  onwards.end(body)
}
