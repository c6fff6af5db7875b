import { expect, it } from 'vitest'
import { durationMs, hours, minutes } from '@holdfast/core/values/instants.ts'
import { phone } from '../../parcels.testing.ts'
import { describeStory } from '../../story.testing.ts'

const wrongPhone = '+8613899999999'
const refused = (refusal: string) => ({ ok: false, refusal })
const ok = { ok: true, value: undefined }

describeStory('a new code', (story) => {
  const ask = async (parcel: Parameters<typeof story.told>[0], by = phone) =>
    await story.town().parcels.renewCode(by, parcel)
  const renewals = () => story.town().neighbours.renewals
  const drawn = (): void => story.town().neighbours.answerRenewals({ ok: true, value: {} as never })

  it('is asked of the cabinet, and the old one is told until it comes', async () => {
    const { parcel, at, made } = await story.stored(story.place())
    drawn()
    expect(await ask(parcel.id)).toEqual(ok)
    expect(renewals()).toEqual([at.deposit])
    expect(await story.town().parcels.codeOf(at)).toEqual({ code: '111111111', generation: 0 })
    await story.town().tell([made.renewed()])
    expect(await story.town().parcels.codeOf(at)).toEqual({ code: '333333333', generation: 2 })
  })

  it('is the spare for one of two who ask at the same moment while the cabinet is out of reach', async () => {
    const { parcel, at } = await story.stored(story.place())
    const both = await Promise.all([ask(parcel.id), ask(parcel.id)])
    expect(both.filter(({ ok: done }) => done)).toHaveLength(1)
    expect(await story.town().parcels.codeOf(at)).toEqual({ code: '222222222', generation: 1 })
    expect((await story.told(parcel.id)).filter((line) => line.endsWith('code-renewed'))).toHaveLength(1)
  })

  it('tells every parcel behind the door of the spare', async () => {
    const { parcels } = await story.stored(story.place(), 3)
    const [, second] = parcels
    if (second === undefined) throw new Error('unreachable')
    expect(await ask(second.id)).toEqual(ok)
    for (const { id } of parcels) expect((await story.told(id)).at(-1)).toBe('3 code-renewed')
  })

  it.each([
    [durationMs(minutes(1) - 1), 'code-told-too-often'],
    [minutes(1), 'code-renewal-refused'],
  ])('is not asked twice within a minute: after %i ms %s', async (pause, refusal) => {
    const { parcel } = await story.stored(story.place())
    await ask(parcel.id)
    story.town().clock.advance(pause)
    expect(await ask(parcel.id)).toEqual(refused(refusal))
  })

  it('is told five times a day, and again when the first is a day old', async () => {
    const { parcel, made } = await story.stored(story.place())
    drawn()
    for (let i = 0; i < 5; i += 1) {
      expect(await ask(parcel.id)).toEqual(ok)
      await story.town().tell([made.renewed()])
      story.town().clock.advance(minutes(10))
    }
    expect(await ask(parcel.id)).toEqual(refused('code-told-too-often'))
    story.town().clock.advance(durationMs(hours(24) - minutes(50) - 1))
    expect(await ask(parcel.id)).toEqual(refused('code-told-too-often'))
    story.town().clock.advance(durationMs(1))
    expect(await ask(parcel.id)).toEqual(ok)
  })

  it('is nobody else’s to ask for, and a stranger’s question reaches no cabinet (law 11)', async () => {
    const { parcel } = await story.stored(story.place())
    expect(await ask(parcel.id, wrongPhone)).toEqual(refused('parcel-unknown'))
    expect(await ask(story.town().id('parcel'))).toEqual(refused('parcel-unknown'))
    expect(renewals()).toEqual([])
  })

  it('is refused, and asked of nobody, once the one who was written to has said "not mine"', async () => {
    const { parcel, at } = await story.stored(story.place())
    drawn()
    await story.town().parcels.disown(phone, parcel.id)
    expect(await ask(parcel.id)).toEqual(refused('code-not-waiting'))
    expect(renewals()).toEqual([])
    expect(await story.town().parcels.codeOf(at)).toBeUndefined()
  })

  it.each(['collected', 'refused', 'recalled', 'cancelled'] as const)('is none for what was %s', async (end) => {
    const { parcel, made, at } = await story.stored(story.place())
    await story.town().tell([made[end]()])
    expect(await ask(parcel.id)).toEqual(refused('code-not-waiting'))
    expect(await story.town().parcels.codeOf(at)).toBeUndefined()
  })

  it('is none before the door is shut: the courier may still take it back', async () => {
    const text = story.number()
    const parcel = await story.announce(text)
    const deposit = story.deposit(story.place(), [text])
    await story.town().tell([deposit.prepared()])
    expect(await ask(parcel.id)).toEqual(refused('code-not-waiting'))
  })

  it('that was drawn for one who then said "not mine" is told to nobody', async () => {
    const { parcel, at, made } = await story.stored(story.place())
    drawn()
    await ask(parcel.id)
    await story.town().parcels.disown(phone, parcel.id)
    await story.town().tell([made.renewed()])
    const { waiting } = await story.town().parcels.recipientParcels(phone)
    expect(waiting.map(({ id }) => id)).not.toContain(parcel.id)
    expect(await story.town().parcels.recipientOf(parcel.id)).toMatchObject({ phone: null })
    const word = { courier: story.town().courier, words: 'other' } as const
    expect(await story.town().parcels.resendDeposit(at, { carriers: [story.carrier()], word })).toEqual(
      refused('code-not-waiting'),
    )
    // The cabinet hears that this one opens nothing either.
    expect(story.town().neighbours.revocations.get(at.cabinet)).toEqual([{ deposit: at.deposit, through: 2 }])
    expect(await story.town().parcels.codeOf(at)).toBeUndefined()
  })

  it('leaves one code that opens, whatever was asked for in whatever order (law 5)', async () => {
    const { parcel, at, made } = await story.stored(story.place())
    await ask(parcel.id)
    drawn()
    story.town().clock.advance(minutes(2))
    await ask(parcel.id)
    await story.town().tell([made.renewed()])
    const opens = async (code: string) => await story.town().parcels.opensAt([at.cabinet], code)
    expect(await story.town().parcels.codeOf(at)).toMatchObject({ generation: 2 })
    expect(await opens('333333333')).toBe(at.cabinet)
    expect(await opens('000000000')).toBeUndefined()
  })
})
