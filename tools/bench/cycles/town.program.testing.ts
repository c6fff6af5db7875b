import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { startCloud } from '@holdfast/cloud/cloud.ts'
import { silentLog } from '@holdfast/cloud/platform/log.ts'
import { loadConfig } from '@holdfast/cloud/setup/load-config.ts'
import { createRecorder } from './recorder.ts'

/*
 * The program that figures measure: the real cloud in a process of its own, with an ear on its database driver. Lines
 * on stdin are questions; each is answered by one JSON line.
 */
const [config = ''] = process.argv.slice(2)
/** The same in every process of the machine. */
const sharedMs = (): number => Number(process.hrtime.bigint()) / 1e6
const recorder = createRecorder(sharedMs)
const query: unknown = Reflect.get(pg.Client.prototype, 'query')
if (typeof query !== 'function') throw new Error('a driver without query')
Reflect.set(pg.Client.prototype, 'query', function listened(this: object, ...asked: readonly unknown[]): unknown {
  recorder.note(this, asked[0])
  return Reflect.apply(query, this, asked)
})
const cloud = await startCloud(await loadConfig(config, {}), { log: silentLog })

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
const acts: Readonly<Record<string, (word: string) => unknown>> = {
  url: () => cloud.url,
  usage: () => ({ cpuMs: cpuMs(), statements: recorder.count(), absorbed: cloud.ports.outbox.tally('parcels-facts') }),
  record: recorder.start,
  recorded: (file) => {
    const taken = recorder.take()
    writeFileSync(file, JSON.stringify(taken), { mode: 0o600 })
    return taken.length
  },
}
for await (const line of createInterface({ input: process.stdin })) {
  const [act = '', word = ''] = line.split(' ')
  process.stdout.write(`${JSON.stringify({ answer: acts[act]?.(word) ?? null })}\n`)
}
await cloud.stop()
