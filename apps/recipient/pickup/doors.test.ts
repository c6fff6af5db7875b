import { describe, expect, it } from 'vitest'
import { newVisit, nextDoor, openedOne } from './doors.ts'
import type { KioskDeposit } from './doors.ts'

const deposit = (name: string): KioskDeposit => ({
  deposit: name,
  door: { compartment: `cmp_${name}`, label: name, size: 'S' },
  trackingNumbers: ['1'],
  carrierName: 'Swift',
})
const doors = [deposit('a'), deposit('b')]
const reply = { grant: 'G', sent: true, door: null }

describe('a visit to a kiosk', () => {
  it('opens door after door and ends', () => {
    expect(nextDoor(doors, newVisit)?.deposit).toBe('a')
    const one = openedOne(newVisit, 'a', reply)
    expect(nextDoor(doors, one)?.deposit).toBe('b')
    expect(nextDoor(doors, openedOne(one, 'b', reply))).toBeUndefined()
  })

  it('remembers how the last door was opened', () => {
    expect(openedOne(newVisit, 'b', { ...reply, sent: false }).last).toEqual({
      deposit: 'b',
      reply: { ...reply, sent: false },
    })
  })

  it('counts a door once, however often it was asked for', () => {
    expect(openedOne(openedOne(newVisit, 'a', reply), 'a', reply).opened).toEqual(['a'])
  })

  it('goes on where a chosen door was opened out of turn', () => {
    expect(nextDoor(doors, openedOne(newVisit, 'b', reply))?.deposit).toBe('a')
  })
})
