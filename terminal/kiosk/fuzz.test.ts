import { readdirSync, readFileSync } from 'node:fs'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { bend, noise } from '@holdfast/core/fuzz/bytes.testing.ts'
import { type Dice, fuzz } from '@holdfast/core/fuzz/fuzz.testing.ts'
import { bendJson } from '@holdfast/core/fuzz/json.testing.ts'
import { readScan } from '@holdfast/core/parcel/tracking/scan.ts'
import { inputSchema, type Touch } from '@holdfast/wire/kiosk/inputs.ts'
import { showSchema } from '@holdfast/wire/kiosk/show.ts'
import { createFraming, textBytesMax } from '../peripherals/framing.ts'
import { createKioskRig } from './rig.testing.ts'
import { parseInput } from './server/parse-input.ts'

const shows = Compile(showSchema)
const inputs = Compile(inputSchema)
const encoder = new TextEncoder()
const decoder = new TextDecoder()
const pair = (texts: readonly string[]): readonly [Uint8Array, ...Uint8Array[]] => {
  const [first = new Uint8Array(), ...rest] = texts.map((text) => encoder.encode(text))
  return [first, ...rest]
}
const corpus: readonly string[] = JSON.parse(readFileSync(new URL('../fuzz.corpus.json', import.meta.url), 'utf8'))
const labels = pair([...corpus, 'SF1234567890123', '1Z999AA10123456784', `${'9'.repeat(300)}\r`, '\u001dC10100\r\n'])
const folder = new URL('../../wire/examples/', import.meta.url)
const examples: readonly unknown[] = readdirSync(folder)
  .filter((file) => file.startsWith('kiosk-input.'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))

describe('whatever a scanner sends', () => {
  /** One desk for all of them, as a cabinet's day: a courier is there for half of it. */
  const target = (rig = createKioskRig()) => {
    const framing = createFraming(rig.clock, (text) => rig.desk.scanned(text))
    return {
      name: 'scanner bytes',
      kept: labels,
      fresh: 4_000,
      hungAfterMs: 100,
      make: (dice: Dice) =>
        dice.below(5) === 0 ? noise(dice, textBytesMax * 2) : bend(dice, dice.pick(labels), labels),
      judge: (bytes: Uint8Array) => {
        if ((bytes[0] ?? 0) % 16 === 1) rig.signIn()
        if ((bytes[0] ?? 0) % 16 === 2) rig.touch({ kind: 'finish' })
        framing.bytes(bytes.subarray(0, bytes.length >> 1))
        framing.bytes(bytes.subarray(bytes.length >> 1))
        framing.bytes(Uint8Array.of(0x0d))
        const open = [...rig.loop.cabinet().doors.values()].filter(({ position }) => position === 'open')
        if (open.length > 0) throw new Error('a label opened a door')
        if (!shows.Check(rig.desk.show())) throw new Error(`no screen: ${JSON.stringify(rig.desk.show())}`)
      },
    }
  }

  it('leaves a screen that can be shown and every door shut, at once', async () => {
    expect(await fuzz(target())).toBeGreaterThan(labels.length)
  })

  it('is found out where a label throws', async () => {
    const rig = createKioskRig()
    const scanned = (text: string): void => {
      rig.desk.scanned(decodeURIComponent(text))
    }
    await expect(fuzz(target({ ...rig, desk: { ...rig.desk, scanned } }))).rejects.toThrow('URI malformed')
  })
})

describe('whatever the touchscreen’s page sends', () => {
  const target = (rig = createKioskRig()) => ({
    name: 'touches',
    kept: [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      `${'['.repeat(50_000)}`,
      '{"v":1,"message":"kiosk-input","n":1e400,"kind":"pick-up"}',
    ],
    fresh: 4_000,
    hungAfterMs: 100,
    make: (dice: Dice): string => {
      const text = JSON.stringify(bendJson(dice, examples[dice.below(examples.length)])) ?? ''
      return dice.below(3) > 0
        ? text
        : decoder.decode(bend(dice, encoder.encode(text), pair([text, '{"kind":"deliver"}'])))
    },
    judge: (text: string) => {
      const read = parseInput(text)
      if (read === undefined) return
      if (!inputs.Check(read)) throw new Error('read what is no input')
      const { v: _v, message: _message, n: _n, ...touch } = read
      rig.desk.touch(rig.desk.show().n, touch satisfies Touch)
      if (!shows.Check(rig.desk.show())) throw new Error(`no screen: ${JSON.stringify(rig.desk.show())}`)
    },
  })

  it('is an input of this version or is dropped, and a call for help is heard after all of it (law 17)', async () => {
    const rig = createKioskRig()
    expect(await fuzz(target(rig))).toBeGreaterThan(4_000)
    expect(rig.desk.touch(0, { kind: 'emergency', what: 'help' })).toBe(true)
  })
})

describe('a tracking number', () => {
  const shortest = 'A'.repeat(5)
  it('is read from any text, or not, without a throw and within its limits', async () => {
    const judged = await fuzz({
      name: 'tracking numbers',
      kept: [...corpus, shortest, '9'.repeat(300), '9'.repeat(5_000), 'x'.repeat(1_000_000)],
      fresh: 6_000,
      hungAfterMs: 100,
      make: (dice: Dice) => decoder.decode(bend(dice, dice.pick(labels), labels)),
      judge: (text: string) => {
        const scan = readScan(text)
        if (scan.kind !== 'parcel') return
        if (!/^[0-9A-Z./_-]{1,48}$/.test(scan.number)) throw new Error(`a number of ${scan.number}`)
        const again = readScan(scan.number)
        if (again.kind !== 'parcel' || again.number !== scan.number) throw new Error(`${scan.number} reads as another`)
      },
    })
    expect(judged).toBeGreaterThan(6_000)
  })
})
