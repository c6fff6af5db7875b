import { describe, expect, it } from 'vitest'
import { dammDigit } from '@holdfast/wire/bytes/damm.ts'
import { createKioskRig } from './rig.testing.ts'

const wrongCode = `99999999${dammDigit('99999999')}`

describe('a kiosk that nobody uses', () => {
  it('shows what is free and nothing of anybody', async () => {
    const { on, stored } = createKioskRig()
    expect(on('idle')).toEqual({
      kind: 'idle',
      free: { S: 2, M: 2, L: 1, XL: 1 },
      deposits: null,
      openDoor: null,
    })
    await stored()
    expect(JSON.stringify(on('idle'))).not.toMatch(/SF|138/)
  })

  it('says a door that stands open', async () => {
    const { loop, on, clock } = createKioskRig()
    const [door] = loop.cabinet().layout.compartments
    loop.observe({
      type: 'door',
      door: door?.id ?? loop.drawId('compartment'),
      fact: { type: 'doorSeen', sight: 'open', witness: 'leaf' },
    })
    await clock.advance(500)
    expect(on('idle').openDoor).toBe(door?.id)
  })

  it('is not set up before the cloud has spoken, and says so', () => {
    const { loop, on } = createKioskRig()
    loop.set({ settings: undefined })
    expect(on('unready').why).toBe('no-settings')
  })

  it('keeps pickups and stops deposits with a full disk, and stops all with a failing one', () => {
    const { loop, on, touch } = createKioskRig()
    loop.set({ journal: 'full' })
    expect(on('idle').deposits).toBe('journal-full')
    touch({ kind: 'pick-up' })
    expect(on('code').problem).toBeNull()
    loop.set({ journal: 'failing' })
    expect(on('unready').why).toBe('journal-failing')
  })

  it('goes home by itself, after an extension later', async () => {
    const { on, touch, clock, desk } = createKioskRig()
    touch({ kind: 'pick-up' })
    await clock.advance(110_000)
    expect(desk.show().time).toEqual({ leftMs: 10_000, totalMs: 120_000 })
    touch({ kind: 'extend' })
    await clock.advance(110_000)
    expect(on('code').ask).toBe('code')
    await clock.advance(11_000)
    expect(on('idle').kind).toBe('idle')
  })
})

describe('an input', () => {
  it('to a screen that is gone is dropped', () => {
    const { desk, touch, on } = createKioskRig()
    const { n } = desk.show()
    expect(touch({ kind: 'pick-up' })).toBe(true)
    expect(desk.touch(n, { kind: 'deliver' })).toBe(false)
    expect(on('code').kind).toBe('code')
  })

  it('that calls for help is taken whatever screen it answers, and shown until it is over (law 17)', () => {
    const { desk, touch, on } = createKioskRig()
    const { n } = desk.show()
    touch({ kind: 'pick-up' })
    expect(desk.show().emergency).toBeUndefined()
    expect(desk.touch(n, { kind: 'emergency', what: 'help' })).toBe(true)
    expect([desk.show().emergency, on('code').kind]).toEqual([true, 'code'])
  })

  it('is not stale because a figure on the screen changed', async () => {
    const { desk, touch, clock, loop } = createKioskRig()
    touch({ kind: 'pick-up' })
    const { n } = desk.show()
    await clock.advance(31_000)
    loop.set({ online: false })
    expect(desk.show().n).toBe(n)
  })
})

describe('the QR on the screen', () => {
  it('names cabinet and nonce, and never the two digits', async () => {
    const { touch, on, clock, loop } = createKioskRig()
    touch({ kind: 'pick-up' })
    const first = on('code').qr
    expect(first?.text).toBe(`https://parcels.example/k#${loop.id}.${'0'.repeat(32)}`)
    expect(first?.number).toBe('47')
    await clock.advance(30_500)
    expect(on('code').qr?.text).not.toBe(first?.text)
  })
})

describe('pickup by code', () => {
  it('opens, asks whether all is good, and forgets the person', async () => {
    const { loop, touch, on, clock, stored, doorOf } = createKioskRig()
    const deposit = await stored()
    touch({ kind: 'pick-up' })
    touch({ kind: 'code', code: loop.codeOf(deposit) })
    expect(on('code').busy).toBe(true)
    await clock.advance(350)
    expect(on('pickup-door').phase).toBe('opening')
    await clock.advance(200)
    expect(on('pickup-door').phase).toBe('open')
    loop.shut(doorOf())
    expect(on('pickup-door')).toMatchObject({ phase: 'shut', mayReopen: true })
    touch({ kind: 'all-good' })
    expect(on('farewell').outcome).toBe('collected')
    await clock.advance(9_000)
    expect(on('idle').free.S).toBe(2)
  })

  it('names the cabinet of this site that a code is right at, and forgets it with the next try', async () => {
    const { touch, on, clock, loop } = createKioskRig()
    const enter = loop.enterCode
    const there = { name: 'North Gate 2', directions: '20 m left of the entrance' }
    loop.enterCode = async () => ({ outcome: 'elsewhere', there })
    touch({ kind: 'pick-up' })
    touch({ kind: 'code', code: wrongCode })
    await clock.advance(1)
    expect(on('code')).toMatchObject({ elsewhere: there, problem: null, busy: false })
    loop.enterCode = enter
    touch({ kind: 'code', code: wrongCode })
    expect(on('code')).not.toHaveProperty('elsewhere')
    await clock.advance(2_400)
    expect(on('code')).toMatchObject({ problem: 'code-wrong' })
    expect(on('code')).not.toHaveProperty('elsewhere')
  })

  it('tells a slip at once, and one text for any wrong code', async () => {
    const { touch, on, clock, loop, stored, doorOf } = createKioskRig()
    const deposit = await stored()
    touch({ kind: 'pick-up' })
    touch({ kind: 'code', code: '123456789' })
    await clock.advance(1)
    expect(on('code').problem).toBe('code-slip')
    const used = loop.codeOf(deposit)
    for (const code of [wrongCode, used]) {
      touch({ kind: 'code', code })
      await clock.advance(2_400)
      if (code === wrongCode) expect(on('code').problem).toBe('code-wrong')
    }
    expect(on('pickup-door').phase).toBe('open')
    loop.shut(doorOf())
    touch({ kind: 'all-good' })
    await clock.advance(9_000)
    touch({ kind: 'pick-up' })
    touch({ kind: 'code', code: used })
    await clock.advance(2_400)
    expect(on('code').problem).toBe('code-wrong')
  })

  it('pauses after five wrong ones with the time left, and asks for four digits more after sixty', async () => {
    const { touch, on, clock, desk } = createKioskRig()
    touch({ kind: 'pick-up' })
    for (let i = 0; i < 5; i += 1) {
      touch({ kind: 'code', code: wrongCode })
      await clock.advance(2_400)
    }
    expect(desk.show().pausedMs).toBeGreaterThan(50_000)
    touch({ kind: 'code', code: wrongCode })
    await clock.advance(2_400)
    expect(on('code').problem).toBe('keypad-paused')
    for (let i = 5; i < 60; i += 1) {
      await clock.advance(16 * 60_000)
      touch({ kind: 'pick-up' })
      touch({ kind: 'code', code: wrongCode })
      await clock.advance(2_400)
    }
    expect(on('code').ask).toBe('code-and-tail')
  })

  it('lets a recipient open again twice, and look after a door that did not open', async () => {
    const { loop, touch, on, clock, stored, doorOf } = createKioskRig()
    const deposit = await stored()
    for (const { id } of loop.cabinet().layout.compartments) loop.jammed.add(id)
    touch({ kind: 'pick-up' })
    touch({ kind: 'code', code: loop.codeOf(deposit) })
    await clock.advance(4_000)
    expect(on('pickup-door').phase).toBe('stuck')
    loop.jammed.clear()
    touch({ kind: 'reopen' })
    await clock.advance(500)
    expect(on('pickup-door').phase).toBe('open')
    loop.shut(doorOf())
    touch({ kind: 'reopen' })
    await clock.advance(3_000)
    loop.shut(doorOf())
    expect(on('pickup-door').mayReopen).toBe(false)
    touch({ kind: 'reopen' })
    expect(on('pickup-door').problem).toBe('reopen-spent')
  })
})

describe('something is wrong', () => {
  const opened = async () => {
    const rig = createKioskRig()
    const deposit = await rig.stored()
    rig.touch({ kind: 'pick-up' })
    rig.touch({ kind: 'code', code: rig.loop.codeOf(deposit) })
    await rig.clock.advance(600)
    rig.loop.shut(rig.doorOf())
    rig.touch({ kind: 'wrong' })
    return { ...rig, deposit }
  }

  it('damaged: the parcel goes back and the compartment stays bound to it', async () => {
    const { on, touch, clock, loop, deposit, doorOf } = await opened()
    expect(on('complaint').problem).toBeNull()
    await clock.advance(2_000)
    touch({ kind: 'complain', what: 'damaged' })
    await clock.advance(2_500)
    expect(on('pickup-door')).toMatchObject({ phase: 'open', putBack: 'damaged' })
    loop.shut(doorOf())
    expect(on('farewell').outcome).toBe('refused')
    expect(loop.cabinet().deposits.get(deposit)?.stage).toBe('refused')
  })

  it('empty: it is disputed, and somebody looks', async () => {
    const { on, touch } = await opened()
    touch({ kind: 'complain', what: 'empty' })
    expect(on('farewell').outcome).toBe('disputed')
  })

  it('not opened at all: that is no pickup, whatever its lock has told, and the same code tries it again', async () => {
    const { on, touch, clock, loop, deposit, doorOf } = await opened()
    touch({ kind: 'complain', what: 'stuck' })
    expect(on('farewell').outcome).toBe('stuck')
    expect(loop.cabinet().deposits.get(deposit)?.stage).toBe('collecting')
    await clock.advance(9_000)
    touch({ kind: 'pick-up' })
    touch({ kind: 'code', code: loop.codeOf(deposit) })
    await clock.advance(3_000)
    expect(on('pickup-door').phase).toBe('open')
    loop.shut(doorOf())
    touch({ kind: 'all-good' })
    expect(on('farewell').outcome).toBe('collected')
  })

  it('a second thought leads back', async () => {
    const { on, touch } = await opened()
    touch({ kind: 'back' })
    expect(on('pickup-door').phase).toBe('shut')
  })
})

describe('pickup by phone', () => {
  it('takes a grant before the scanner while idle, door after door', async () => {
    const { desk, loop, on, touch, clock, signIn, put, doorOf } = createKioskRig()
    signIn()
    const [first, second] = [await put('SF1234567890123'), await put('SF1234567890131')]
    touch({ kind: 'finish' })
    await clock.advance(9_000)
    for (const deposit of [first, second]) {
      desk.scanned(`HF1:pickup:${deposit}`)
      await clock.advance(2_500)
      expect(on('pickup-door').phase).toBe('open')
      loop.shut(doorOf())
    }
    touch({ kind: 'all-good' })
    expect(on('pickup-next').problem).toBeNull()
    touch({ kind: 'finish' })
    expect(on('farewell').outcome).toBe('collected')
    expect(loop.cabinet().deposits.size).toBe(0)
  })

  it('says a stale grant where the QR is', () => {
    const { desk, on } = createKioskRig()
    desk.scanned('HF1:stale:a:b')
    expect(on('code').problem).toBe('nonce-stale')
  })

  it('shows the phone’s way at once where nothing can be touched, and serves a pickup without a finger', async () => {
    const { desk, loop, broken, on, clock, stored, doorOf } = createKioskRig()
    const deposit = await stored()
    expect(on('idle')).not.toHaveProperty('qr')
    broken.push('touch')
    await clock.advance(1_000)
    expect([on('idle').qr?.text.startsWith('https://parcels.example/k#'), desk.show().broken]).toEqual([
      true,
      ['touch'],
    ])
    desk.scanned(`HF1:pickup:${deposit}`)
    await clock.advance(2_500)
    expect(on('pickup-door').phase).toBe('open')
    loop.shut(doorOf())
    await clock.advance(180_000)
    expect([on('idle').kind, loop.cabinet().deposits.get(deposit)?.stage ?? 'gone']).toEqual(['idle', 'gone'])
    broken.pop()
    await clock.advance(1_000)
    expect([on('idle').qr, desk.show().broken]).toEqual([undefined, undefined])
  })
})
