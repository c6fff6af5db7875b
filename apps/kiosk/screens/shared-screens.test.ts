import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { cardFor, carrier, createKioskRig, digest, person, type KioskRig } from '../../../terminal/kiosk/rig.testing.ts'
import { see, seeFrame } from './screens.testing.tsx'

const examples = new URL('../../../wire/examples/', import.meta.url)
const site = JSON.parse(readFileSync(new URL('kiosk-site.1.json', examples), 'utf8')) as Site

/** What people bring along: whole, masked, or by its end it must not be left for the next one. */
const planted = {
  tracking: 'SF7734012598461',
  recipient: '13877665544',
  courier: '13911223344',
  mail: 'wang.xiaoming@example.org',
}
const traces = [
  ...Object.values(planted),
  ...[planted.recipient, planted.courier].flatMap((phone) => [phone.slice(-4), `${phone.slice(0, 3)}*`]),
  planted.tracking.slice(-6),
  'xiaoming',
  person,
]

const pause = async ({ clock }: KioskRig): Promise<void> => await clock.advance(1_000)

/** What somebody does before the kiosk; then he goes, or is called away in the midst of it. */
const visits: Readonly<Record<string, (rig: KioskRig) => Promise<void>>> = {
  'a courier puts a parcel in': async (rig) => {
    rig.signIn()
    await rig.put(planted.tracking, { tail: planted.recipient.slice(-4) })
  },
  'a courier types whose parcel it is': async (rig) => {
    rig.signIn()
    rig.touch({ kind: 'number', text: planted.tracking })
    await pause(rig)
    rig.touch({ kind: 'recipient', phone: planted.recipient })
    await pause(rig)
  },
  'a courier waits for a recipient’s consent': async (rig) => {
    rig.signIn()
    rig.loop.cardsHere.set(digest(carrier, planted.tracking), cardFor(planted.tracking, { consent: null }))
    rig.desk.scanned(planted.tracking)
    await pause(rig)
    rig.touch({ kind: 'ask-consent' })
    await pause(rig)
  },
  'a courier is shown where else there is a door': async (rig) => {
    rig.signIn()
    const base = { v: 1, cabinet: rig.loop.id, sentAt: 0, kind: 'reply' } as const
    const place = { cabinet: rig.loop.id, name: 'Library', room: 1, here: false, metres: 200 }
    rig.loop.answerAsk = ({ deposit }) => ({
      answered: true,
      reply: { ...base, order: rig.loop.drawId('order'), ask: deposit, neighbours: [place], word: 'asked' },
    })
    const box = { widthMm: 2_000, heightMm: 2_000, depthMm: 2_000 }
    rig.loop.cardsHere.set(digest(carrier, planted.tracking), cardFor(planted.tracking, { box }))
    rig.desk.scanned(planted.tracking)
    await pause(rig)
    rig.touch({ kind: 'elsewhere', cabinet: rig.loop.id })
    await pause(rig)
    if (rig.on('size').elsewhere?.asked?.word !== 'asked') throw new Error('not asked')
  },
  'a courier signs in by his phone number': async (rig) => {
    rig.touch({ kind: 'deliver' })
    rig.touch({ kind: 'by-phone' })
    rig.touch({ kind: 'phone', phone: planted.courier })
    await pause(rig)
  },
  'a recipient without a code types his number': async (rig) => {
    rig.touch({ kind: 'lost-code' })
    rig.touch({ kind: 'phone', phone: planted.recipient })
    await pause(rig)
  },
  'a recipient takes a parcel out': async (rig) => {
    rig.signIn()
    const deposit = await rig.put(planted.tracking)
    rig.touch({ kind: 'finish' })
    await rig.clock.advance(9_000)
    rig.touch({ kind: 'pick-up' })
    rig.desk.scanned(`HF1:pickup:${deposit}`)
    await pause(rig)
    rig.loop.shut(rig.doorOf())
    await pause(rig)
  },
  'somebody scans a thing with a name on it': async (rig) => {
    rig.desk.scanned(planted.mail)
    await pause(rig)
  },
}

/** Everything that stands on it, in every language, and all that the page was told to draw it. */
async function textsOf(show: Show): Promise<string> {
  const seen = await Promise.all(
    ['en', 'zh', 'ko'].flatMap((locale) => [see(site, show, locale), seeFrame(site, show, locale)]),
  )
  // Ids of doors and nonces are drawn, and may hold any four digits.
  const told = JSON.stringify(show).replaceAll(/(?:cmp|cab)_\w+|#[\w.]+/g, '')
  return [told, ...seen.flatMap(({ text, markup }) => [text, markup.replaceAll(/<svg.*?<\/svg>/gs, '')])].join('\n')
}

const tracesOn = async (rig: KioskRig): Promise<readonly string[]> => {
  const text = await textsOf(rig.desk.show())
  return traces.filter((trace) => text.includes(trace)).map((trace) => `${rig.screen().kind}: ${trace}`)
}

describe('a screen that everybody sees', () => {
  it.each(Object.entries(visits))('keeps nothing of anybody after %s and says that he is done', async (_, visit) => {
    const rig = createKioskRig()
    await visit(rig)
    rig.touch({ kind: 'finish' })
    await rig.clock.advance(200)
    if (['farewell', 'idle'].includes(rig.screen().kind)) expect(await tracesOn(rig)).toEqual([])
    await rig.clock.advance(900_000)
    expect(rig.screen().kind).toBe('idle')
    expect(await tracesOn(rig)).toEqual([])
  })

  it.each(Object.entries(visits))('keeps nothing for the next one after %s and walks away', async (_, visit) => {
    const rig = createKioskRig()
    await visit(rig)
    await rig.clock.advance(900_000)
    const found = [...(await tracesOn(rig))]
    for (const kind of ['pick-up', 'lost-code', 'back', 'back', 'deliver', 'by-phone', 'back'] as const) {
      rig.touch({ kind })
      await rig.clock.advance(50)
      found.push(...(await tracesOn(rig)))
    }
    expect(found).toEqual([])
  })

  it('would be found out: the one who types sees what he typed', async () => {
    const rig = createKioskRig()
    await visits['a courier types whose parcel it is']?.(rig)
    expect(await tracesOn(rig)).toEqual(expect.arrayContaining([`recipient-check: ${planted.tracking}`]))
  })
})
