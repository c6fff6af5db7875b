import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { makeId } from '@holdfast/core/values/ids.ts'
import { durationMs, instant, runningMs } from '@holdfast/core/values/instants.ts'
import { parseCanonical, toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type KeyPair, readPrivateKey, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { checked } from './checked.ts'
import { openJournal } from './open.ts'
import type { Store } from './store.ts'
import { openSqliteStore } from './store.sqlite.ts'
import { verifyJournal } from './verify.ts'

/*
 * The two child processes of a power cut round (tools/powercut):
 *   power-cut.ts write DIR    appends for ever, printing each number once its append has returned
 *   power-cut.ts verify DIR ACKNOWLEDGED
 *     prints {"lastSeq": n, "chainOk": true} for what is on the disk; exits 3 where some is lost, 4 where it is corrupt
 */
const seals = createNodeSeals()
const storeIn = (folder: string): Promise<Store> => openSqliteStore(join(folder, 'journal.db'))
const keysName = 'power-cut-keys'

export async function writeUntilCut(folder: string, appends = Number.POSITIVE_INFINITY): Promise<void> {
  const store = await storeIn(folder)
  const keys = keysOf(store) ?? seals.generate('p256')
  const incarnation = makeId('incarnation', instant(0), seals.random(10))
  const journal = openJournal({ store, seals, keys, incarnation })
  let running = journal.load().running
  for (let i = 0; i < appends; i += 1) {
    running = runningMs(running + 1)
    const moment = { running, wall: instant(1_700_000_000_000 + running), trusted: false }
    const entries = [
      { event: { kind: 'intent', lock: i % 24 } },
      { event: { kind: 'deposited' }, private: seals.random(200) },
    ]
    const inbox = [{ id: `ord_${running}`, outcome: seals.random(60) }]
    const kept = new Map([[keysName, toCanonical({ ...keys })]])
    const made = journal.append(moment, entries, {
      inbox,
      kept,
      ...(i % 50 === 0 ? { snapshot: seals.random(4_000) } : {}),
    })
    print(made.map(({ seq }) => `${seq}\n`).join(''))
    if (i % 30 === 29) tidy(journal, running)
  }
  journal.close()
}

export async function verifyAfterCut(folder: string): Promise<{ readonly lastSeq: number; readonly chainOk: boolean }> {
  const store = await storeIn(folder)
  const keys = keysOf(store) ?? seals.generate('p256')
  const verdict = verifyJournal({ store, seals, keys })
  const lastSeq = store.last()?.seq ?? store.marks()?.base.seq ?? 0
  store.close()
  return { lastSeq, chainOk: verdict.ok }
}

/** Synchronous and whole, so that what was said is said; a reader that falls behind is waited for. */
function print(text: string): void {
  for (let left = Buffer.from(text); left.length > 0;) {
    try {
      left = left.subarray(writeSync(1, left))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
  }
}

/** What an uplink does beside the appends: acknowledgement, erasure, an early head, trimming. */
function tidy(journal: ReturnType<typeof openJournal>, running: ReturnType<typeof runningMs>): void {
  const { seq } = journal.signHead()
  journal.acknowledge(Math.max(0, seq - 10))
  journal.erasePrivate(journal.acknowledged())
  journal.trim(running, durationMs(200))
}

/** The pair is kept in the journal itself, so that the verifier has the key that signed the heads. */
function keysOf(store: Store): KeyPair | undefined {
  const stored = checked(seals, keysName, store.kept().get(keysName) ?? new Uint8Array())
  const read = parseCanonical(stored ?? new Uint8Array())
  const fields = new Map(Object.entries(read.ok && typeof read.value === 'object' ? (read.value ?? {}) : {}))
  const publicKey = readPublicKey(String(fields.get('publicKey')))
  const privateKey = readPrivateKey(String(fields.get('privateKey')))
  return publicKey === undefined || privateKey === undefined ? undefined : { publicKey, privateKey }
}

if (process.argv[1] === import.meta.filename) {
  const [, , mode, folder = '', acknowledged = '0'] = process.argv
  if (mode === 'write') await writeUntilCut(folder)
  else if (mode === 'verify') {
    const found = await verifyAfterCut(folder)
    writeSync(1, `${JSON.stringify(found)}\n`)
    process.exitCode = !found.chainOk ? 4 : found.lastSeq < Number(acknowledged) ? 3 : 0
  } else throw new Error('usage: power-cut.ts write DIR | verify DIR ACKNOWLEDGED')
}
