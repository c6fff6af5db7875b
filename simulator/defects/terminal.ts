import type { TwinPorts } from '@holdfast/terminal/twin.ts'
import type { Plant } from './defects.ts'

const patched = (patch: (ports: TwinPorts) => Partial<TwinPorts>): Plant => {
  return () => ({ terminal: (ports) => ({ ...ports, ...patch(ports) }) })
}

/** What the program in the cabinet would do wrong, done by the ports that it stands on. */
export const terminalDefects: Readonly<Record<string, Plant>> = {
  'signatures-are-not-looked-at': patched(({ seals }) => ({ seals: { ...seals, verify: () => true } })),
  'the-key-of-the-codes-is-only-in-memory': patched(({ identity, seals }) => ({
    identity: { ...identity, codeKeys: { ...identity.codeKeys, key: seals.random(32) } },
  })),
  'tags-of-codes-are-too-short': patched(({ seals }) => ({
    seals: { ...seals, hmac: (key, bytes) => seals.hmac(key, bytes).fill(0, 1) },
  })),
  'pauses-by-the-wall-clock': patched(({ clock }) => ({ clock: { ...clock, now: clock.wall } })),
  'private-parts-are-not-kept': patched(() => ({
    front: (store) => ({
      ...store,
      write: ({ entries, ...batch }) =>
        store.write({
          ...batch,
          ...(entries && { entries: entries.map(({ seq, bytes, hash, running }) => ({ seq, bytes, hash, running })) }),
        }),
    }),
  })),
  'acknowledgements-are-not-taken': patched(({ connect }) => ({
    connect: (place, events) =>
      connect(place, {
        ...events,
        message: (topic, payload) => {
          if (!topic.endsWith('/acks')) events.message(topic, payload)
        },
      }),
  })),
  'an-alarm-makes-no-noise': () => ({ isSilent: true }),
  'pulses-without-their-pause': patched(({ clock }) => ({
    clock: { ...clock, after: (ms, run) => clock.after(ms > 1_000 && ms <= 2_100 ? 100 : ms, run) },
  })),
  'attempts-are-counted-in-memory': () => ({ terminal: (ports) => ({ ...ports, front: attemptsLater }) }),
  'entries-go-once-they-are-acknowledged': patched(({ disk }) => ({
    front: (store) => ({
      ...store,
      write: (batch) => {
        store.write(batch)
        if (batch.marks !== undefined) disk.memory.rows.entries.delete(batch.marks.acknowledged)
      },
    }),
  })),
  'the-outcome-of-an-order-is-not-kept': patched(() => ({
    front: (store) => ({ ...store, seen: () => undefined, write: (batch) => store.write({ ...batch, inbox: [] }) }),
  })),
  'the-chain-covers-only-the-beginning': patched(({ seals }) => ({
    seals: { ...seals, hash: (bytes) => seals.hash(bytes.subarray(0, 64)) },
  })),
  'facts-are-sent-once': patched(({ connect }) => ({ connect: sendsOnce(connect) })),
  'a-connection-that-comes-back-is-not-noticed': patched(({ connect }) => {
    let isKnown = false
    return {
      connect: (place, events) =>
        connect(place, {
          ...events,
          online: () => {
            if (!isKnown) events.online()
            isKnown = true
          },
        }),
    }
  }),
}

type Store = Parameters<NonNullable<TwinPorts['front']>>[0]
type Batch = Parameters<Store['write']>[0]

/** An attempt waits for the next thing that is written: until then a power cut forgives it. */
function attemptsLater(store: Store): Store {
  let waiting: NonNullable<Batch['entries']> = []
  const isAttempt = (batch: Batch): boolean =>
    batch.entries?.some(({ bytes }) => new TextDecoder().decode(bytes).includes('codeAttempted')) === true
  return {
    ...store,
    last: () => waiting.at(-1) ?? store.last(),
    write: (batch) => {
      const entries = [...waiting, ...(batch.entries ?? [])]
      waiting = isAttempt(batch) ? entries : []
      if (waiting.length === 0) store.write({ ...batch, ...(entries.length > 0 && { entries }) })
    },
  }
}

function sendsOnce(connect: TwinPorts['connect']): TwinPorts['connect'] {
  const sent = new Set<string>()
  const isFirst = (topic: string, payload: Uint8Array): boolean => {
    const from = topic.endsWith('/facts') ? /"from":\d+/u.exec(new TextDecoder().decode(payload))?.[0] : undefined
    if (from === undefined) return true
    const isNew = !sent.has(from)
    sent.add(from)
    return isNew
  }
  return (place, events) => {
    const link = connect(place, events)
    return {
      ...link,
      publish: (topic, payload) => {
        if (isFirst(topic, payload)) link.publish(topic, payload)
      },
    }
  }
}
