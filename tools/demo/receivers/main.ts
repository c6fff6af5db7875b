import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { openShelf } from '../plan/shelf.ts'
import { openInbox, receivedSchema } from './inbox.ts'
import { registerEndpoint } from './register.ts'

/** The carrier's receiving program: usage `main.ts CONFIG.json`; its one line says where it listens. */
const configSchema = Type.Object({
  port: Type.Integer(),
  store: Type.String(),
  api: Type.String(),
  apiKey: Type.String(),
})

const config = Value.Parse(configSchema, JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
const history = openShelf(join(config.store, 'received.json'), Type.Array(receivedSchema))
const inbox = await openInbox(config.port, history.read() ?? [])
inbox.subscribe(() => {
  history.write([...inbox.received()])
  process.send?.({ received: inbox.received() })
})

const stop = (): void => void inbox.stop().then(() => process.exit(0))
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

inbox.trust(await registerEndpoint({ ...config, url: inbox.url }))
process.send?.({ received: inbox.received() })
console.log(JSON.stringify({ ready: true, url: inbox.url }))
