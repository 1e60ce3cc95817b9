/**
 * The smallest root module that the action deploys for real: a task definition and a service in a cluster that is
 * there already, with the state in S3. Seconds to apply, where a load balancer alone takes a minute. The MCP server
 * that it verifies is one of the test's.
 */
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs'
import { testEngine } from '../support/engine.ts'
import type { Permissions } from '../support/github.ts'
import { type Stage, setStage, stateBucket } from '../support/stage.ts'

const engine = await testEngine()
/** The lock in S3, for versions that know it. */
const lockFile = engine.can('stateLockFile') ? 'use_lockfile = true' : ''

export const cluster = 'tests'
export const service = 'weather'

/** Starts, and then does nothing, like a worker: there is no load balancer that asks it. */
export const idle = { command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'] }
const crashing = { command: [process.execPath, '-e', 'process.exit(3)'] }

export const smallModule = (tag: string) => ({
  'infra/main.tf': `
    terraform {
      backend "s3" {
        bucket       = "${stateBucket}"
        key          = "small.tfstate"
        ${lockFile}
      }
      required_providers {
        aws = { source = "hashicorp/aws" }
      }
    }
    data "aws_subnets" "default" {}
    variable "note" {
      type      = string
      sensitive = true
      default   = "note-that-is-secret"
    }
    module "server" {
      source = "./server"
      image  = "weather:${tag}"
      note   = var.note
      nets   = data.aws_subnets.default.ids
    }
    output "ecs_cluster_name" { value = "${cluster}" }
    output "ecs_service_name" { value = module.server.name }
    output "note" {
      value     = var.note
      sensitive = true
    }
  `,
  'infra/server/main.tf': `
    variable "image" { type = string }
    variable "note" { type = string }
    variable "nets" { type = list(string) }
    resource "aws_ecs_task_definition" "this" {
      family                   = "${service}"
      requires_compatibilities = ["FARGATE"]
      network_mode             = "awsvpc"
      cpu                      = 256
      memory                   = 512
      skip_destroy             = true
      container_definitions = jsonencode([{
        name        = "server"
        image       = var.image
        essential   = true
        environment = [{ name = "NOTE", value = var.note }]
      }])
    }
    resource "aws_ecs_service" "this" {
      name            = "${service}"
      cluster         = "${cluster}"
      task_definition = aws_ecs_task_definition.this.arn
      desired_count   = 1
      launch_type     = "FARGATE"
      network_configuration { subnets = slice(var.nets, 0, 1) }
      deployment_circuit_breaker {
        enable   = true
        rollback = true
      }
    }
    output "name" { value = aws_ecs_service.this.name }
  `,
})

export const taskDefinitionAddress = 'module.server.aws_ecs_task_definition.this'

/** A stage on which the small module can be deployed in tags v1, v2, broken and crash, verified at `endpoint`. */
export async function smallStage(
  endpoint: string,
  inputs: Record<string, string> = {},
  permissions?: Permissions,
  env: Record<string, string> = {},
): Promise<Stage> {
  const stage = await setStage({
    ...(permissions && { permissions }),
    env,
    images: { 'weather:v1': idle, 'weather:v2': idle, 'weather:broken': idle, 'weather:crash': crashing },
    inputs: {
      'working-directory': 'infra',
      'mcp-endpoint': endpoint,
      'mcp-timeout': '60s',
      'deploy-timeout': '120s',
      // What is merged here was not planned before: see approval.test.ts.
      'plan-approval': 'none',
      ...inputs,
    },
  })
  const client = new ECSClient({
    endpoint: stage.aws.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  })
  await client.send(new CreateClusterCommand({ clusterName: cluster }))
  client.destroy()
  return stage
}
