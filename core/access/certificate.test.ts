import { describe, expect, it } from 'vitest'
import { after, hours, instant, minutes, runningMs } from '../values/instants.ts'
import { certificateLimits, type CertificateSight, doorsOpened, noteDoor, refuseCertificate } from './certificate.ts'

const from = instant(1_800_000_000_000)
const life = { from, until: after(from, hours(24)) }
const heardAt = runningMs(1_000)
const day = certificateLimits.sinceHeard
const sight: CertificateSight = {
  now: runningMs(2_000),
  heardAt,
  wall: after(from, hours(1)),
  clockTrusted: true,
  denied: false,
}

describe('a courier’s certificate with no network', () => {
  it.each<readonly [string, Partial<CertificateSight>, string | undefined]>([
    ['within its day', {}, undefined],
    ['just before the day since the cloud was heard is over', { now: runningMs(heardAt + day - 1) }, undefined],
    ['a day after the cloud was heard', { now: runningMs(heardAt + day) }, 'certificate-unheard'],
    ['at a cabinet that never heard the cloud', { heardAt: null }, 'certificate-unheard'],
    ['taken back', { denied: true }, 'certificate-denied'],
    ['taken back and too old', { denied: true, heardAt: null }, 'certificate-denied'],
    ['just before its end, by a trusted clock', { wall: instant(life.until - 1) }, undefined],
    ['after its end, by a trusted clock', { wall: life.until }, 'certificate-expired'],
    ['after its end, by a clock nobody trusts', { wall: life.until, clockTrusted: false }, undefined],
    ['long before its beginning, by a trusted clock', { wall: instant(from - hours(1)) }, 'certificate-expired'],
    ['a little before its beginning: clocks differ', { wall: instant(from - minutes(1)) }, undefined],
    ['two minutes before its beginning', { wall: instant(from - minutes(2)) }, undefined],
    ['longer before its beginning', { wall: instant(from - minutes(2) - 1) }, 'certificate-expired'],
    ['before its beginning, by a clock nobody trusts', { wall: instant(0), clockTrusted: false }, undefined],
  ])('%s', (_, change, refusal) => {
    expect(refuseCertificate(life, { ...sight, ...change })).toBe(refusal)
  })

  it('that ends before it begins opens nothing', () => {
    expect(refuseCertificate({ from, until: from }, { ...sight, clockTrusted: false })).toBe('certificate-expired')
  })
})

describe('doors opened with certificates', () => {
  const at = (n: number) => runningMs(n)
  it('are counted for each courier, for a day of running time', () => {
    const doors = [1, 2, 3].reduce(
      (all, n) => noteDoor(all, { person: n === 2 ? 'b' : 'a', at: at(n) }),
      noteDoor([], { person: 'a', at: at(0) }),
    )
    expect([doorsOpened(doors, 'a', at(4)), doorsOpened(doors, 'b', at(4)), doorsOpened(doors, 'c', at(4))]).toEqual([
      3, 1, 0,
    ])
    expect(doorsOpened(doors, 'a', at(hours(24) + 1))).toBe(1)
  })

  it('are forgotten when they are a day old, so that the list never grows', () => {
    const one = noteDoor([], { person: 'a', at: at(0) })
    expect(noteDoor(one, { person: 'a', at: at(hours(24) - 1) })).toHaveLength(2)
    expect(noteDoor(one, { person: 'a', at: at(hours(24)) })).toHaveLength(1)
  })
})
