import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kioskRoute, readKioskCode } from './kiosk-code.ts'

const cabinet = 'cab_01hzy3v8k2m4n6p8r0t2v4w6xy'
const nonce = '0123456789abcdef0123456789abcdef'
const code = { cabinet, nonce }

describe('reading what a kiosk shows', () => {
  it.each([
    ['the QR', `https://lockers.example/k#${cabinet}.${nonce}`],
    ['the QR of a cloud on a port', `http://127.0.0.1:4000/k#${cabinet}.${nonce}`],
    ['a deep link', `https://lockers.example/courier/#k/${cabinet}.${nonce}`],
    ['the QR after a redirect', `https://lockers.example/recipient/#${cabinet}.${nonce}`],
    ['a route', `#k/${cabinet}.${nonce}`],
    ['the bare pair', `${cabinet}.${nonce}`],
    ['capitals and blanks, as pasted', ` ${cabinet.toUpperCase()} . ${nonce.toUpperCase()}\n`],
  ])('reads %s', (_name, text) => {
    expect(readKioskCode(text)).toEqual(code)
  })

  it.each([
    ['a parcel label', '00340123456789012340'],
    ['another page', 'https://lockers.example/help'],
    ['a short nonce', `${cabinet}.${nonce.slice(1)}`],
    ['a long nonce', `${cabinet}.${nonce}0`],
    ['another kind of id', `${cabinet.replace('cab', 'par')}.${nonce}`],
    ['a route of another kind', `https://lockers.example/#x/${cabinet}.${nonce}`],
    ['nothing', ''],
  ])('does not take %s for one', (_name, text) => {
    expect(readKioskCode(text)).toBeUndefined()
  })

  it('comes back through its route', () => {
    expect(readKioskCode(`#${kioskRoute(code)}`)).toEqual(code)
  })

  it('survives any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readKioskCode(text) === undefined))
  })
})
