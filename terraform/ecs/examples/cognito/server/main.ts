/** Starts the server with the settings of the environment. */
import { protectedServer } from './server.ts'

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`The variable ${name} is missing.`)
  return value
}

protectedServer({
  resource: required('MCP_RESOURCE'),
  issuer: required('OAUTH_ISSUER'),
  clientIds: required('OAUTH_CLIENT_IDS').split(','),
  scope: required('OAUTH_SCOPE'),
}).listen(Number(process.env.PORT ?? 8080), '0.0.0.0')
