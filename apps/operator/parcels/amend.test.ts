import { describe, expect, it } from 'vitest'
import { Value } from 'typebox/value'
import { operatorCorrectRequest, operatorResendRequest, parcelStates } from '@holdfast/wire/http/parcels.ts'
import { sceneAt } from '../testing/scene.testing.ts'
import { bodyOf, canAmend, gapsOf } from './amend.ts'

const [parcel] = sceneAt(0x19000000000).parcels.filter(({ door }) => door !== null)
if (parcel === undefined) throw new Error('the scene has a parcel behind a door')

describe('a parcel whose recipient can be put right', () => {
  it.each(parcelStates)('%s: only while it waits behind a door', (state) => {
    expect(canAmend({ ...parcel, state })).toBe(state === 'stored' || state === 'overdue')
    expect(canAmend({ ...parcel, state, door: null })).toBe(false)
  })
})

describe('what is missing before it is sent', () => {
  it.each([
    ['recipient', { phone: '', reason: '' }, ['phone', 'reason']],
    ['recipient', { phone: ' 12 ', reason: 'she called' }, ['phone']],
    ['recipient', { phone: '  ', reason: 'she called' }, ['phone']],
    ['recipient', { phone: '13900000001', reason: ' ok ' }, ['reason']],
    ['recipient', { phone: '13900000001', reason: 'she called' }, []],
    ['resend', { phone: '', reason: 'a ' }, ['reason']],
    ['resend', { phone: '', reason: 'why' }, []],
  ] as const)('%s %j: %j', (what, form, gaps) => {
    expect(gapsOf(what, form)).toEqual(gaps)
  })

  it.each([
    [' ', false],
    ['ok', false],
    ['   ok   ', false],
    ['why', true],
    ['她来电', true],
    ['r'.repeat(200), true],
  ])('agrees with the cloud about %j: %j', (reason, isGood) => {
    const form = { phone: ' 139 0000 0001 ', reason }
    expect(gapsOf('recipient', form).length === 0).toBe(isGood)
    expect(Value.Check(operatorCorrectRequest, bodyOf('recipient', form))).toBe(isGood)
    expect(Value.Check(operatorResendRequest, bodyOf('resend', form))).toBe(isGood)
  })

  it('sends the phone as typed, without what the fingers left around it', () => {
    expect(bodyOf('recipient', { phone: ' +82 10 1234 5678 ', reason: ' she called ' })).toEqual({
      recipientPhone: '+82 10 1234 5678',
      reason: 'she called',
    })
  })
})
