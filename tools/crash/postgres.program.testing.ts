import { createInterface } from 'node:readline'
import { startMosquitto } from '../bench/rigs/broker.ts'
import { openCluster } from './postgres.ts'

/** Has a PostgreSQL or a Mosquitto of its own, says where, and waits to be killed. */
const [what] = process.argv.slice(2)
const own = await (what === 'PostgreSQL' ? openCluster() : startMosquitto())
const answer = own === undefined || typeof own === 'string' ? null : own.url
for await (const _ of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify({ answer })}\n`)
