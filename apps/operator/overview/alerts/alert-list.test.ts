import { describe, expect, it } from 'vitest'
import { sceneAt } from '../../testing/scene.testing.ts'
import { inNeed } from './alert-list.tsx'

describe('alerts', () => {
  const { alerts } = sceneAt(1_790_000_000_000)
  it('stand oldest first, those that somebody has taken on last, ended ones not at all', () => {
    expect(inNeed(alerts).map(({ kind }) => kind)).toEqual(['door-did-not-open', 'door-left-open', 'cabinet-offline'])
    expect(inNeed(alerts.map((alert) => ({ ...alert, endedAt: 1 })))).toEqual([])
  })
})
