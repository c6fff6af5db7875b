import { describe, expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import { cardFor, carrier, createKioskRig, digest, type KioskRig, settings } from '../../rig.testing.ts'
import { outageUntil } from './outage.ts'

const label = 'SF1234567890123'
const next = 'SF1234567890131'

describe('the end of the outage that runs', () => {
  const planned = { ...settings, outages: [10, 20, 40].map((from) => ({ from, to: from + 15 })) }
  it.each([
    ['before all of them', 9, null],
    ['from its first moment', 10, 25],
    ['where two overlap: the later end', 22, 35],
    ['until its end and no longer', 35, null],
    ['in the last one', 54, 55],
    ['after all of them', 55, null],
  ] as const)('%s', (_, wall, until) => {
    expect(outageUntil(planned, instant(wall))).toBe(until)
  })

  it('is none where nothing is planned, or nothing is known yet', () => {
    expect([outageUntil(settings, instant(1)), outageUntil(undefined, instant(1))]).toEqual([null, null])
  })
})

/** The tests' wall clock stands at 0. */
describe('a planned outage that runs', () => {
  const until = 3_600_000
  const outage = ({ loop }: KioskRig, runs: boolean): void =>
    loop.set({ settings: { ...settings, outages: [{ from: runs ? 0 : 1, to: until }] } })
  const closed = (): KioskRig => {
    const rig = createKioskRig()
    outage(rig, true)
    return rig
  }
  const deposits = ({ loop }: KioskRig): number => loop.cabinet().deposits.size

  it('stands on the idle screen with its end, and goes by itself', () => {
    const rig = closed()
    expect(rig.on('idle')).toMatchObject({ deposits: 'outage-running', closedUntil: until })
    outage(rig, false)
    expect(rig.on('idle').deposits).toBe(null)
    expect(rig.on('idle')).not.toHaveProperty('closedUntil')
  })

  it('is said to the courier before he signs in and before he scans', () => {
    const rig = closed()
    rig.touch({ kind: 'deliver' })
    expect(rig.on('sign-in').problem).toBe('outage-running')
    rig.signIn()
    expect(rig.on('scan').problem).toBe('outage-running')
  })

  it('opens no door for a scanned parcel, and asks nobody about it', async () => {
    const rig = closed()
    rig.signIn()
    rig.desk.scanned(label)
    await rig.clock.advance(2_500)
    expect(rig.on('scan').problem).toBe('outage-running')
    expect([deposits(rig), rig.loop.asked]).toEqual([0, []])
  })

  it('that begins behind an open door lets that parcel in, and the next one not', async () => {
    const rig = createKioskRig()
    rig.signIn()
    rig.loop.cardsHere.set(digest(carrier, label), cardFor(label))
    rig.desk.scanned(label)
    await rig.clock.advance(1_000)
    outage(rig, true)
    expect(rig.on('deposit-door').phase).toBe('open')
    rig.loop.shut(rig.doorOf())
    await rig.clock.advance(500)
    rig.desk.scanned(next)
    await rig.clock.advance(2_500)
    expect(rig.on('scan')).toMatchObject({ problem: 'outage-running', delivered: 1 })
    expect([...rig.loop.cabinet().deposits.values()].map(({ stage }) => stage)).toEqual(['stored'])
  })

  it('keeps nobody from his parcel', async () => {
    const rig = createKioskRig()
    const deposit = await rig.stored(label)
    outage(rig, true)
    rig.touch({ kind: 'pick-up' })
    rig.touch({ kind: 'code', code: rig.loop.codeOf(deposit) })
    await rig.clock.advance(2_500)
    expect(rig.on('pickup-door').phase).toBe('open')
  })

  it('that is over lets the courier go on where he stands', async () => {
    const rig = closed()
    rig.signIn()
    rig.desk.scanned(label)
    outage(rig, false)
    await rig.put(label)
    expect([rig.on('deposit-door').phase, deposits(rig)]).toEqual(['shut', 1])
  })
})
