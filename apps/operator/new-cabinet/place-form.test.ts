import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { cabinetCreateRequest } from '@holdfast/wire/http/cabinets.ts'
import { libraryLayout } from '../../../tools/demo/layouts.ts'
import { emptyForm, requestFrom, wrongFields } from './place-form.ts'

const filled = {
  name: ' Pier 4 ',
  siteName: 'Pier',
  address: '4 Pier Road',
  zone: 'Asia/Seoul',
  retentionHours: '48',
  complaintPhone: '0571-1234567',
  hours: 'daily 07:00 to 22:00',
  addressAlias: ' Locker 12 ',
  directions: ' 20 m left of the entrance ',
  position: ' 37.5665, 126.9780 ',
}

describe('the form of a new cabinet', () => {
  it('makes a request that wire takes', () => {
    expect([...wrongFields(filled)]).toEqual([])
    const request = requestFrom(filled, libraryLayout)
    expect(Value.Check(cabinetCreateRequest, request)).toBe(true)
    expect(request).toMatchObject({ name: 'Pier 4', retentionHours: 48, addressAlias: 'Locker 12' })
    expect(request).toMatchObject({
      directions: '20 m left of the entrance',
      position: { latitude: 37.5665, longitude: 126.978 },
    })
  })

  it('leaves out what nobody wrote', () => {
    const request = requestFrom({ ...filled, addressAlias: '', directions: ' ', position: '' }, libraryLayout)
    expect(Object.keys(request)).not.toEqual(expect.arrayContaining(['directions']))
    expect(request).not.toHaveProperty('position')
    expect(Value.Check(cabinetCreateRequest, request)).toBe(true)
  })

  it('starts with what can be guessed and names the rest', () => {
    expect([...wrongFields(emptyForm())]).toEqual(['name', 'siteName', 'address', 'complaintPhone'])
  })

  it.each([
    ['zone', 'Moon/Base'],
    ['retentionHours', '0'],
    ['retentionHours', '1441'],
    ['retentionHours', '1e2'],
    ['complaintPhone', 'call us'],
    ['name', '   '],
    ['hours', 'ask the concierge'],
    ['hours', 'closed'],
    ['directions', 'l'.repeat(201)],
    ['position', 'North Gate'],
    ['position', '30.2741'],
    ['position', '120.1551, 30.2741'],
    ['hours', `${'08:00-22:00, '.repeat(20)}23-24`],
  ])('does not take %s %j', (name, value) => {
    expect([...wrongFields({ ...filled, [name]: value })]).toEqual([name])
  })

  it.each(['', '24/7', '매일 07:00~23:00', '周一至周五 8-20；周末休息'])('takes opening hours %j', (hours) => {
    expect([...wrongFields({ ...filled, hours })]).toEqual([])
  })
})
