import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bend, joined } from '@holdfast/core/fuzz/bytes.testing.ts'
import { type Dice, fuzz } from '@holdfast/core/fuzz/fuzz.testing.ts'
import { bendJson } from '@holdfast/core/fuzz/json.testing.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { cabinetMessages } from '@holdfast/wire/catalog/cabinet-messages.ts'
import { signMessage } from '@holdfast/wire/cabinet/signed.ts'
import type { UpChannel } from '@holdfast/wire/cabinet/topics.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { silentLog } from '../platform/log.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { openScene, type Scene } from './cabinets.scene.ts'
import {
  depositEvents,
  emptyCabinets,
  eventually,
  type ScriptedCabinet,
  testId,
  testLayout,
} from './cabinets.testing.ts'

const seals = createNodeSeals()
const stranger = seals.generate('p256')
const kinds = { facts: 'facts', answers: 'answer', asks: 'ask', health: 'health' } as const
const channels = ['facts', 'answers', 'asks', 'health'] as const
const encoder = new TextEncoder()
const newline = Uint8Array.of(10)

interface Letter {
  readonly channel: UpChannel
  readonly payload: Uint8Array
  /** How it has to be counted, where that is certain: not the cabinet's word for this channel, or nobody's. */
  readonly refused?: 'forged' | 'malformed or forged'
}

function bytesOf(value: unknown): Uint8Array {
  try {
    return toCanonical(value)
  } catch {
    return encoder.encode(JSON.stringify(value))
  }
}

/** Lines as the cabinet would write them; one of them bent, doubled or gone. */
function bodyOf(dice: Dice, cabinet: ScriptedCabinet, channel: UpChannel): Uint8Array {
  const message = cabinet.message(1, 12)
  const lines: unknown[] = new TextDecoder()
    .decode(message)
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line))
  const [first, ...rest] = Object.values(cabinetMessages[kinds[channel]]?.examples ?? {})
  const { cabinet: id, incarnation } = cabinet.enrolled
  const example = { ...Object(dice.pick([first, ...rest])), cabinet: id, incarnation }
  const said = channel === 'facts' ? lines : [example]
  const at = dice.below(said.length)
  const bent = said.map((line, nth) => (nth === at ? bendJson(dice, line) : line))
  if (dice.below(6) === 0) bent.splice(at, dice.below(2), bent[dice.below(bent.length)])
  return joined(...bent.flatMap((line, nth) => (nth === 0 ? [bytesOf(line)] : [newline, bytesOf(line)])))
}

function letter(dice: Dice, cabinet: ScriptedCabinet): Letter {
  const channel = dice.pick(channels)
  const body = bodyOf(dice, cabinet, channel)
  const signed = (key = cabinet.key, as: UpChannel = channel): Uint8Array =>
    signMessage({ seals, keyId: 0, key: key.privateKey }, kinds[as], body)
  switch (dice.below(5)) {
    case 0:
      return { channel, payload: signed(stranger), refused: 'forged' }
    case 1:
      return { channel, payload: signed(cabinet.key, channel === 'asks' ? 'health' : 'asks'), refused: 'forged' }
    case 2: {
      const good = signed()
      const payload = bend(dice, good, [good, body, newline])
      return Buffer.compare(payload, good) === 0
        ? { channel, payload }
        : { channel, payload, refused: 'malformed or forged' }
    }
    default:
      return { channel, payload: signed() }
  }
}

/** The cabinet's own word, with something in it that a database would not take. */
function odd(cabinet: ScriptedCabinet, channel: 'answers' | 'health', more: object): Letter {
  const example = Object(Object.values(cabinetMessages[kinds[channel]]?.examples ?? {}).at(-1))
  const { cabinet: id, incarnation } = cabinet.enrolled
  const body = toCanonical({ ...example, cabinet: id, incarnation, ...more })
  return { channel, payload: signMessage({ seals, keyId: 0, key: cabinet.key.privateKey }, kinds[channel], body) }
}

describe('messages from a cabinet, bent in form, content and signature', () => {
  let db: Db
  const scenes: Scene[] = []
  beforeAll(async () => {
    const [engine] = await testEngines()
    if (engine === undefined) throw new Error('no database')
    db = await engine.open()
  })
  afterAll(async () => {
    for (const scene of scenes) await scene.close()
    await db.close()
  })

  async function bed(given: Seals) {
    await db.query(emptyCabinets)
    const errors: string[] = []
    const keep = (_: unknown, name?: string): void => void errors.push(String(name))
    const scene = await openScene(db, given, Object.assign(silentLog.child({}), { error: keep, warn: keep }))
    scenes.push(scene)
    const cabinet = await scene.install(scenes.length)
    const door = testId('compartment', scenes.length * 1_000)
    const layout = testLayout(4, scenes.length)
    cabinet.write(
      { type: 'cabinetStarted', boot: 1, at: runningMs(0) },
      { type: 'layoutTaken', layout, at: runningMs(0) },
    )
    cabinet.write(...depositEvents(1, door, { carrier: testId('carrier', 1) }))
    await cabinet.sendFacts()
    await eventually(() => cabinet.acks.length > 0)
    return { scene, cabinet, errors }
  }

  const refusedIn = ({ cabinets }: Scene) => {
    const of = (what: 'forged' | 'malformed'): number => cabinets.counts().get(what) ?? 0
    return { forged: of('forged'), any: of('forged') + of('malformed') }
  }

  const target = ({ scene, cabinet, errors }: Awaited<ReturnType<typeof bed>>) => {
    let nth = 0
    /** In order: what was sent before it has been taken when this beat is stored. */
    const settled = async (): Promise<void> => {
      nth += 1
      const line = `sentinel-${nth}`
      await cabinet.beat({ silentLines: [line] })
      const stored = async () =>
        await db.query<{ lines: string }>('select silent_lines::text as lines from cabinet_health')
      await eventually(async () => (await stored()).some(({ lines }) => lines.includes(line)))
    }
    return {
      name: 'messages up',
      kept: [
        [odd(cabinet, 'answers', { outcome: 'refused', reason: '\0' })],
        [odd(cabinet, 'health', { desired: 2 ** 53 - 1 })],
      ],
      fresh: 30,
      make: (dice: Dice) => Array.from({ length: 20 }, () => letter(dice, cabinet)),
      judge: async (letters: readonly Letter[]) => {
        const before = refusedIn(scene)
        for (const { channel, payload } of letters) await cabinet.publish(channel, payload)
        await settled()
        if (errors.length > 0) throw new Error(errors.splice(0).join('; '))
        const after = refusedIn(scene)
        const forged = letters.filter(({ refused }) => refused === 'forged').length
        const any = letters.filter(({ refused }) => refused !== undefined).length
        if (after.forged - before.forged < forged || after.any - before.any < any)
          throw new Error('a foreign message was not refused')
      },
    }
  }

  it('are refused and counted; nothing is thrown, and the journal’s copy stays the cabinet’s (law 8)', async () => {
    const opened = await bed(seals)
    expect(await fuzz(target(opened))).toBeGreaterThan(29)
    const facts = await db.query<{ n: number }>('select count(*)::int as n from cabinet_fact')
    expect(facts).toEqual([{ n: 12 }])
    for (const what of ['malformed', 'forged', 'tampered'] as const)
      expect([what, (opened.scene.cabinets.counts().get(what) ?? 0) > 0]).toEqual([what, true])
  })

  it('find a cloud that believes any signature', async () => {
    await expect(fuzz(target(await bed({ ...seals, verify: () => true })))).rejects.toThrow('was not refused')
  })
})
