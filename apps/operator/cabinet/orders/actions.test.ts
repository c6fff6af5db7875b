import { describe, expect, it } from 'vitest'
import { doorOf, idOf, sceneAt } from '../../testing/scene.testing.ts'
import { actionsFor } from './actions.ts'
import { requestOf } from './order-sheet.tsx'
import { refusalWords } from './order-progress.tsx'

const [, north] = sceneAt(1_790_000_000_000).cabinets
const door = (label: string) => {
  const id = north && doorOf(north, label).compartment
  const found = north?.compartments.find((one) => one.id === id)
  if (found === undefined) throw new Error(label)
  return found
}

describe('what may be asked of a door', () => {
  it.each([
    ['A01', ['open']],
    ['A02', ['open', 'retire']],
    ['A03', ['open', 'inspect']],
    ['B02', ['open', 'restore']],
  ])('%s: %j', (label, actions) => {
    expect(actionsFor({ compartment: door(label), online: true, role: 'dispatcher' })).toEqual({
      actions,
      blocked: undefined,
    })
  })

  it('lets a suspect one without a deposit be taken out of service', () => {
    const compartment = { ...door('A03'), deposit: null }
    expect(actionsFor({ compartment, online: true, role: 'technician' }).actions).toContain('retire')
  })

  it.each([
    ['A01', true, 'viewer', 'viewer'],
    ['A01', false, 'manager', 'offline'],
    ['A08', true, 'manager', 'door-open'],
    ['A01', true, undefined, 'viewer'],
  ] as const)('nothing at %s (online %s, %s): %s', (label, online, role, blocked) => {
    expect(actionsFor({ compartment: door(label), online, role })).toEqual({ actions: [], blocked })
  })
})

describe('a request', () => {
  const about = { id: idOf('compartment', 1), epoch: 7 }
  it('carries the epoch that was seen, and is not made without a reason or a sight', () => {
    expect(requestOf('open', about, { reason: 'jam', seen: undefined })).toEqual({
      kind: 'open',
      compartment: about.id,
      epoch: 7,
      reason: 'jam',
    })
    expect(requestOf('open', about, { reason: '', seen: undefined })).toBeUndefined()
    expect(requestOf('inspect', about, { reason: 'looked', seen: undefined })).toBeUndefined()
    expect(requestOf('inspect', about, { reason: 'looked', seen: 'empty' })).toMatchObject({ seen: 'empty' })
  })
})

describe('a refusal', () => {
  it('speaks the cabinet’s own words in each language, else its code', () => {
    expect(refusalWords('order-door-open', { locale: 'zh' })).toBe('柜门已经打开。')
    expect(refusalWords('order-door-open', { locale: 'fr' })).toBe('The door is already open.')
    expect(refusalWords('toString', { locale: 'en' })).toBe('toString')
  })
})
