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
}
