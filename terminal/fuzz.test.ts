import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { bend } from '@holdfast/core/fuzz/bytes.testing.ts'
import { type Dice, fuzz } from '@holdfast/core/fuzz/fuzz.testing.ts'
import { nasty } from '@holdfast/core/fuzz/json.testing.ts'
import { partTexts } from '@holdfast/wire/carry/parts.ts'
import { type Bed, letter, type Letter, liveGrant, openBed } from './fuzz.testing.ts'
import { seals } from './terminal.testing.ts'

const texts: readonly string[] = JSON.parse(readFileSync(new URL('fuzz.corpus.json', import.meta.url), 'utf8'))

const beds: Bed[] = []
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.terminal.stop()
})
async function bedOf(given: Parameters<typeof openBed>[0] = {}): Promise<Bed> {
  const bed = await openBed(given)
  beds.push(bed)
  return bed
}
/** Whoever signed, everything verifies: the defect that these fuzzes must find. */
const gullible = { ...seals, verify: () => true }

function untouched({ errors, doors }: Bed): void {
  if (errors.length > 0) throw new Error(errors.splice(0).join('; '))
  if (doors.pulses.length > 0) throw new Error('a door was pulsed')
}

describe('messages from the broker, bent in form, content, signature and address', () => {
  const yes = ['accepted', 'done', 'opened']
  const target = (bed: Bed) => ({
    name: 'messages down',
    kept: [],
    fresh: 1_500,
    hungAfterMs: 100,
    make: (dice: Dice) => letter(dice, bed),
    judge: ({ topic, payload, genuine }: Letter) => {
      const before = bed.broker.up.length
      bed.broker.send(topic, payload)
      // The cloud itself may say that the journals part: that is kept as an error, and nothing of it opens.
      const parted = bed.errors.filter((error) => error.startsWith('journal-health'))
      if (!genuine && parted.length > 0) throw new Error('obeyed a forged acknowledgement')
      bed.errors.splice(0, bed.errors.length, ...bed.errors.filter((error) => !parted.includes(error)))
      untouched(bed)
      if (genuine) return
      const said = bed.broker.up.slice(before).filter(({ channel }) => channel === 'answers')
      if (said.some(({ value }) => yes.includes(String(value['outcome'])))) throw new Error('obeyed a forged order')
    },
  })

  it('open nothing, throw nothing and are counted; what is not the cloud’s is not obeyed', async () => {
    const bed = await bedOf()
    expect(await fuzz(target(bed))).toBeGreaterThan(1_499)
    const counted = [...bed.terminal.dropped().keys()]
    for (const code of ['message-malformed', 'message-forged', 'message-key-unknown', 'message-misplaced'])
      expect(counted).toContain(code)
  })

  it('find a terminal that believes any signature', async () => {
    await expect(fuzz(target(await bedOf({ seals: gullible })))).rejects.toThrow('obeyed a forged')
  })
})

describe('texts before the scanner', () => {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  const target = (bed: Bed, live: string) => {
    const reply = partTexts('reply', seals.random(900), seals.random(32))
    const sources = [live, live, ...reply, ...texts].map((text) => encoder.encode(text))
    const [first = new Uint8Array(), ...rest] = sources
    return {
      name: 'scanned texts',
      kept: [
        ...texts,
        ...nasty.map(String),
        '9'.repeat(300),
        `HF1:${'0'.repeat(100_000)}`,
        `HF2:${'A'.repeat(100_000)}`,
      ],
      fresh: 5_000,
      hungAfterMs: 100,
      make: (dice: Dice) => decoder.decode(bend(dice, dice.pick([first, ...rest]), [first, ...rest])),
      judge: (text: string) => {
        if (text === live) return
        const answer = bed.terminal.loop.present(text)
        untouched(bed)
        if (answer.kind === 'grant' && answer.verdict.accepted) throw new Error('a bent grant was taken')
        if (answer.kind === 'reply' && answer.scan === 'taken') throw new Error('a bent reply was taken')
        if (answer.kind === 'label' && /^HF[12]:/.test(text))
          throw new Error('one of our own codes was read as a label')
      },
    }
  }

  it('are a label or are refused, at once; the grant itself still counts afterwards', async () => {
    const bed = await bedOf()
    expect(await fuzz(target(bed, liveGrant(bed)))).toBeGreaterThan(5_000)
    expect(bed.terminal.loop.present(liveGrant(bed))).toMatchObject({ kind: 'grant', verdict: { accepted: true } })
  })

  it('find a terminal that believes any signature', async () => {
    const bed = await bedOf({ seals: gullible })
    await expect(fuzz(target(bed, liveGrant(bed)))).rejects.toThrow('a bent grant was taken')
  })
})
