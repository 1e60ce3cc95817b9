/**
 * Node's HTTP modules as the gate uses them. An `import` of node:http reads each of its exports, and so loads Node's own fetch
 * and WebSocket. That took longer than the rest of the start (docs/decisions/0180-node-http-by-get-builtin-module.md). TLS is
 * loaded with the first https URL.
 */
import type { TLSSocket } from 'node:tls'

export const http = process.getBuiltinModule('node:http')

/** Returns Node's module for HTTPS. */
export const https = () => process.getBuiltinModule('node:https')

/** Returns Node's module for TLS. */
export const tls = () => process.getBuiltinModule('node:tls')

/** Whether a connection is one of TLS. */
export const isTls = (socket: unknown): socket is TLSSocket => socket instanceof tls().TLSSocket
