import { describe, expect, it } from 'vitest'
import type { KioskInput, Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { ScreenKind } from '@holdfast/wire/kiosk/screens.ts'
import { otherCarrier } from '../rig.testing.ts'
import { talk, type Talk } from './talk.testing.ts'

const every: Readonly<Record<KioskInput['kind'], Touch>> = {
  'pick-up': { kind: 'pick-up' },
  deliver: { kind: 'deliver' },
  emergency: { kind: 'emergency', what: 'help' },
  back: { kind: 'back' },
  finish: { kind: 'finish' },
  extend: { kind: 'extend' },
  'all-good': { kind: 'all-good' },
  reopen: { kind: 'reopen' },
  wrong: { kind: 'wrong' },
  'by-phone': { kind: 'by-phone' },
  'lost-code': { kind: 'lost-code' },
  again: { kind: 'again' },
  right: { kind: 'right' },
  'ask-consent': { kind: 'ask-consent' },
  'type-recipient': { kind: 'type-recipient' },
  bigger: { kind: 'bigger' },
  cancel: { kind: 'cancel' },
  'will-not-shut': { kind: 'will-not-shut' },
  damaged: { kind: 'damaged' },
  'weight-off': { kind: 'weight-off' },
  recalls: { kind: 'recalls' },
  'recall-next': { kind: 'recall-next' },
  undo: { kind: 'undo' },
  'undo-empty': { kind: 'undo-empty' },
  'undo-keep': { kind: 'undo-keep' },
  carried: { kind: 'carried' },
  'carry-later': { kind: 'carry-later' },
  code: { kind: 'code', code: '012345678' },
  complain: { kind: 'complain', what: 'damaged' },
  phone: { kind: 'phone', phone: '13900139000' },
  'message-code': { kind: 'message-code', code: '123456' },
  carrier: { kind: 'carrier', carrier: otherCarrier },
  number: { kind: 'number', text: 'SF9999999999999' },
  size: { kind: 'size', size: 'M' },
  recipient: { kind: 'recipient', phone: '13800138000' },
  'same-door': { kind: 'same-door', same: true },
}

/** What can be seen of it: another screen, or something done. */
const answers = (at: Talk): Record<string, string> =>
  Object.fromEntries(
    Object.entries(every)
      .map(([kind, touch]) => [kind, at.touched(touch)] as const)
      .filter(([, answer]) => answer !== '' && answer !== at.shown()),
  )

/** Everything that is not listed changes nothing: no screen, no deed. */
const table: Readonly<Record<ScreenKind, Readonly<Partial<Record<KioskInput['kind'], string>>>>> = {
  unready: {},
  idle: { 'lost-code': 'lost-code', 'pick-up': 'code', deliver: 'sign-in', 'by-phone': 'courier-phone' },
  code: {
    'lost-code': 'lost-code',
    deliver: 'sign-in',
    back: 'idle',
    finish: 'idle',
    'by-phone': 'courier-phone',
    code: 'code, enter',
  },
  'lost-code': {
    'pick-up': 'code',
    deliver: 'sign-in',
    back: 'code',
    finish: 'idle',
    'by-phone': 'courier-phone',
    phone: 'lost-code, ask',
  },
  'sign-in': { 'lost-code': 'lost-code', 'pick-up': 'code', back: 'idle', finish: 'idle', 'by-phone': 'courier-phone' },
  'courier-phone': {
    'lost-code': 'lost-code',
    'pick-up': 'code',
    deliver: 'sign-in',
    back: 'sign-in',
    finish: 'idle',
    phone: 'courier-phone, ask',
  },
  'courier-code': {
    'lost-code': 'lost-code',
    'pick-up': 'code',
    deliver: 'sign-in',
    back: 'courier-phone',
    finish: 'idle',
    'by-phone': 'courier-phone',
    'message-code': 'courier-code, ask',
  },
  'courier-carrier': {
    'lost-code': 'lost-code',
    'pick-up': 'code',
    deliver: 'sign-in',
    back: 'courier-phone',
    finish: 'idle',
    'by-phone': 'courier-phone',
    carrier: 'courier-carrier, ask',
  },
  farewell: {
    'lost-code': 'lost-code',
    'pick-up': 'code',
    deliver: 'sign-in',
    back: 'idle',
    finish: 'idle',
    'by-phone': 'courier-phone',
  },
  'pickup-door': {
    finish: 'pickup-door, endSession',
    extend: 'pickup-door, extendSession',
    'all-good': 'pickup-door, confirmPickup',
    reopen: 'pickup-door, reopenPickup',
    wrong: 'complaint',
    complain: 'pickup-door, refuseParcel',
  },
  complaint: {
    back: 'pickup-door',
    finish: 'pickup-door, endSession',
    extend: 'pickup-door, extendSession',
    'all-good': 'pickup-door, confirmPickup',
    reopen: 'pickup-door, reopenPickup',
    complain: 'pickup-door, refuseParcel',
  },
  'pickup-next': {
    finish: 'pickup-next, endSession',
    extend: 'pickup-next, extendSession',
    'all-good': 'pickup-next, confirmPickup',
    reopen: 'pickup-next, reopenPickup',
    complain: 'pickup-next, refuseParcel',
  },
  scan: { finish: 'scan, endSession', extend: 'scan, extendSession', recalls: 'recalls', number: 'looking, ask' },
  looking: {
    back: 'scan',
    finish: 'scan, endSession',
    extend: 'looking, extendSession',
    damaged: 'scan parcel-damaged, turnParcelAway',
    'weight-off': 'scan weight-differs, turnParcelAway',
    recalls: 'recalls',
    number: 'looking, ask',
  },
  size: {
    back: 'scan',
    finish: 'scan, endSession',
    extend: 'size, extendSession',
    damaged: 'scan parcel-damaged, turnParcelAway',
    'weight-off': 'scan weight-differs, turnParcelAway',
    recalls: 'recalls',
    number: 'looking, ask',
    size: 'looking, beginDeposit',
  },
  recipient: {
    back: 'scan',
    finish: 'scan, endSession',
    extend: 'recipient, extendSession',
    damaged: 'scan parcel-damaged, turnParcelAway',
    'weight-off': 'scan weight-differs, turnParcelAway',
    recalls: 'recalls',
    number: 'looking, ask',
    recipient: 'recipient-check',
  },
  'recipient-check': {
    back: 'scan',
    finish: 'scan, endSession',
    extend: 'recipient-check, extendSession',
    again: 'recipient',
    right: 'looking, standing',
    damaged: 'scan parcel-damaged, turnParcelAway',
    'weight-off': 'scan weight-differs, turnParcelAway',
    recalls: 'recalls',
    number: 'looking, ask',
  },
  consent: {
    back: 'scan',
    finish: 'scan, endSession',
    extend: 'consent, extendSession',
    'ask-consent': 'consent, ask',
    damaged: 'scan parcel-damaged, turnParcelAway',
    'weight-off': 'scan weight-differs, turnParcelAway',
    recalls: 'recalls',
    number: 'looking, ask',
  },
  'phone-asks': {
    back: 'scan',
    finish: 'scan, endSession',
    extend: 'phone-asks, extendSession',
    'type-recipient': 'recipient',
    damaged: 'scan parcel-damaged, turnParcelAway',
    'weight-off': 'scan weight-differs, turnParcelAway',
    recalls: 'recalls',
    number: 'looking, ask-by-phone',
  },
  'same-door': {
    back: 'deposit-door',
    finish: 'deposit-door, endSession',
    extend: 'same-door, extendSession',
    reopen: 'same-door, reopenDeposit',
    bigger: 'same-door, moveDeposit',
    cancel: 'same-door, cancelDeposit',
    damaged: 'deposit-door parcel-damaged, turnParcelAway',
    'weight-off': 'deposit-door weight-differs, turnParcelAway',
    recalls: 'deposit-door, confirmDeposit',
    'same-door': 'same-door, joinParcel',
  },
  'deposit-door': {
    finish: 'deposit-door, endSession',
    extend: 'deposit-door, extendSession',
    reopen: 'deposit-door, reopenDeposit',
    again: 'deposit-door, moveDeposit',
    bigger: 'deposit-door, moveDeposit',
    'will-not-shut': 'deposit-door, moveDeposit',
    cancel: 'deposit-door, cancelDeposit',
    damaged: 'deposit-door parcel-damaged, turnParcelAway, cancelDeposit',
    'weight-off': 'deposit-door weight-differs, turnParcelAway, cancelDeposit',
    recalls: 'deposit-door, confirmDeposit',
    number: 'looking, confirmDeposit',
  },
  carry: {
    back: 'scan',
    carried: 'scan, endSession',
    'carry-later': 'scan, endSession',
    finish: 'scan, endSession',
    extend: 'carry, extendSession',
    recalls: 'recalls',
    number: 'looking, ask-by-phone',
  },
  recalls: {
    back: 'scan',
    finish: 'recalls, endSession',
    extend: 'recalls, extendSession',
    'recall-next': 'recalls, beginRecall',
    number: 'looking, ask',
  },
  'undo-door': {
    again: 'undo-door, moveDeposit',
    bigger: 'undo-door, moveDeposit',
    finish: 'undo-door, endSession',
    extend: 'undo-door, extendSession',
    reopen: 'undo-door, reopenDeposit',
    cancel: 'undo-door, cancelDeposit',
    damaged: 'undo-door parcel-damaged, cancelDeposit',
    'weight-off': 'undo-door weight-differs, cancelDeposit',
    recalls: 'undo-door, confirmUndo',
    number: 'looking, confirmUndo',
    'undo-empty': 'undo-door, confirmUndo',
    'undo-keep': 'undo-door, keepDeposit',
  },
  'recall-door': {
    back: 'recall-door, confirmRecall',
    finish: 'recall-door, endSession',
    extend: 'recall-door, extendSession',
    reopen: 'recall-door, reopenRecall',
    again: 'recall-door, moveDeposit',
    bigger: 'recall-door, moveDeposit',
    cancel: 'recall-door, cancelDeposit',
    damaged: 'recall-door parcel-damaged, cancelDeposit',
    'weight-off': 'recall-door weight-differs, cancelDeposit',
    recalls: 'recall-door, confirmRecall',
    number: 'looking, confirmRecall',
  },
}

describe('a touch', () => {
  it.each(Object.keys(table) as ScreenKind[])(
    'on the screen %s is answered as listed, and every other is dropped',
    async (kind) => {
      const at = await talk(kind)
      expect(at.shown()).toBe(kind)
      // Law 17: a call for help is taken on every screen and takes nobody off it.
      expect(answers(at)).toEqual({ ...table[kind], emergency: `${kind}, raiseEmergency` })
    },
  )

  it('on a courier’s question never answers another one: a size does not confirm a phone', async () => {
    const at = await talk('recipient-check')
    expect(at.touched(every.size)).toBe('recipient-check')
  })
})
