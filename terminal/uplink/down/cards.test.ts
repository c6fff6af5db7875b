import { describe, expect, it } from 'vitest'
import type { Revocation } from '@holdfast/core/cabinet/commands.ts'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import { nth } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import { type Phone, readPhone } from '@holdfast/core/parcel/phone.ts'
import { type Card, type Desired, standingDigest, standingMost } from '@holdfast/wire/cabinet/desired.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { cardFor, settings } from '../../kiosk/rig.testing.ts'
import { createCards } from './cards.ts'

const seals = createStandInSeals(1)
const hex = (n: number): string => n.toString(16).padStart(64, '0')
const card = (n: number, more: Partial<Card> = {}): Card => cardFor(String(n), { parcel: hex(n), ...more })

/** A book on a disk that may refuse; `again` is the next start on the same disk. */
function rig(kept: ReadonlyMap<string, Uint8Array> = new Map(), bent: readonly string[] = []) {
  const disk = new Map(kept)
  const world = { takes: true, changes: 0, revoked: [] as (readonly Revocation[])[] }
  const cards = createCards({
    kept,
    bent,
    seals,
    state: () => newCabinet,
    keep: (rows) => {
      if (!world.takes) return false
      for (const [name, bytes] of rows) if (bytes === undefined) disk.delete(name)
      for (const [name, bytes] of rows) if (bytes !== undefined) disk.set(name, bytes)
      return true
    },
    changed: () => void (world.changes += 1),
    revoked: (revocations) => void world.revoked.push(revocations),
  })
  return { cards, disk, world, again: () => rig(disk) }
}
type Rig = ReturnType<typeof rig>

const tell = ({ cards }: Rig, more: Partial<Desired>): ReturnType<typeof cards.apply> =>
  cards.apply({ v: 1, cabinet: nth('cabinet', 1), base: 0, version: 1, putCards: [], dropCards: [], ...more })

const phoneOf = (typed: string): Phone => {
  const read = readPhone(typed, 'CN')
  if (!read.accepted) throw new Error(read.refusal)
  return read.phone
}
const [always, other] = [phoneOf('13800000001'), phoneOf('13800000002')]
const digestOf = async (phone: Phone) => await standingDigest(seals, settings.salt, phone)

describe('what the cloud wants a cabinet to know', () => {
  it('is put and dropped in steps that follow on each other, and outlives a restart', () => {
    const at = rig()
    expect(tell(at, { settings, putCards: [card(1), card(2)] })).toBe('applied')
    expect(tell(at, { base: 1, version: 2, dropCards: [hex(1)], putCards: [card(3)] })).toBe('applied')
    for (const { cards } of [at, at.again()]) {
      expect([1, 2, 3].map((n) => cards.lookup(hex(n)) !== undefined)).toEqual([false, true, true])
      expect([cards.version(), cards.settings()?.siteName]).toEqual([2, settings.siteName])
    }
  })

  it.each<readonly [string, Partial<Desired>, string]>([
    ['a step that does not follow', { base: 7, version: 8 }, 'gap'],
    ['a step that was taken already', { base: 4, version: 5 }, 'stale'],
    ['a whole of an older day', { base: 0, version: 4 }, 'stale'],
  ])('leaves out %s', (_name, told, judged) => {
    const at = rig()
    tell(at, { version: 5, settings })
    expect(tell(at, { ...told, putCards: [card(1)] })).toBe(judged)
    expect(at.cards.lookup(hex(1))).toBeUndefined()
    expect(at.world.changes).toBe(1)
  })

  it.each<readonly [string, readonly string[], number]>([
    ['a card', [`card/${hex(1)}`], 0],
    ['its settings', ['desired'], 0],
    ['something of others', ['heard'], 1],
  ])('with %s bent on the disk the whole is asked for and taken', (_name, bent, version) => {
    const at = rig()
    tell(at, { settings, putCards: [card(1), card(2)] })
    for (const name of bent) at.disk.delete(name)
    const next = rig(at.disk, bent)
    expect(next.cards.version()).toBe(version)
    if (version > 0) return
    expect(tell(next, { base: 1, version: 2, putCards: [card(3)] })).toBe('gap')
    expect(tell(next, { version: 1, settings, putCards: [card(1), card(2)] })).toBe('applied')
    expect(next.again().cards.lookup(hex(1))).toBeDefined()
  })

  it('believes nothing that the disk did not take', () => {
    const at = rig()
    tell(at, { settings })
    at.world.takes = false
    expect(tell(at, { base: 1, version: 2, putCards: [card(1)] })).toBe('not-kept')
    expect([at.cards.version(), at.cards.lookup(hex(1))]).toEqual([1, undefined])
  })

  it('forgets with a whole what the whole does not name', () => {
    const at = rig()
    tell(at, { settings, putCards: [card(1)], denied: ['0123456789abcdef'], standing: [hex(9)] })
    tell(at, { version: 2, settings, putCards: [card(2)] })
    for (const { cards } of [at, at.again()])
      expect([cards.lookup(hex(1)), cards.isDenied('0123456789abcdef')]).toEqual([undefined, false])
  })

  it('keeps a card that came as a reply, unless it knows a newer one', () => {
    const at = rig()
    tell(at, { settings, putCards: [card(1, { version: 3, size: 'L' })] })
    at.cards.learn(card(1, { version: 2, size: 'S' }))
    expect(at.cards.lookup(hex(1))?.size).toBe('L')
    at.cards.learn(card(1, { version: 4, size: 'M' }))
    expect(at.again().cards.lookup(hex(1))?.size).toBe('M')
  })

  it('tells what was revoked at each telling, and once more at the start', () => {
    const at = rig()
    const revocations = [{ deposit: nth('deposit', 1), through: 0 }]
    tell(at, { settings, revocations })
    tell(at, { base: 1, version: 2 })
    expect(at.world.revoked).toEqual([[], revocations])
    expect(at.again().world.revoked).toEqual([revocations])
  })
})

describe('standing consents', () => {
  const knows = async ({ cards }: Rig) => [await cards.standing(always), await cards.standing(other)]

  it('are known by their digest alone, and outlive a restart', async () => {
    const at = rig()
    expect(await knows(at)).toEqual([false, false])
    tell(at, { settings, standing: [await digestOf(always)] })
    for (const each of [at, at.again()]) expect(await knows(each)).toEqual([true, false])
    expect([...at.disk.values()].map((bytes) => new TextDecoder().decode(bytes)).join()).not.toContain('13800000001')
  })

  it('come and go in steps, and a withdrawn one is gone with its step', async () => {
    const at = rig()
    tell(at, { settings })
    tell(at, { base: 1, version: 2, putStanding: [await digestOf(always), await digestOf(other)] })
    expect(await knows(at)).toEqual([true, true])
    tell(at, { base: 2, version: 3, dropStanding: [await digestOf(always)] })
    for (const each of [at, at.again()]) expect(await knows(each)).toEqual([false, true])
    tell(at, { base: 3, version: 4, recalls: [] })
    expect(await knows(at)).toEqual([false, true])
  })

  it('mean nothing under the salt of another cabinet', async () => {
    const at = rig()
    tell(at, { settings: { ...settings, salt: 'another' }, standing: [await digestOf(always)] })
    expect(await knows(at)).toEqual([false, false])
  })

  it('are kept as many as the wire allows, the newest of them, so that the next start reads them', async () => {
    const at = rig()
    const full = Array.from({ length: standingMost }, (_, i) => hex(i))
    tell(at, { settings, standing: full })
    tell(at, { base: 1, version: 2, putStanding: [await digestOf(always), hex(3)] })
    for (const each of [at, at.again()]) {
      expect(await knows(each)).toEqual([true, false])
      expect(each.cards.version()).toBe(2)
    }
  })
})
