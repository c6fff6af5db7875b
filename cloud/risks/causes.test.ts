import { describe, expect, it } from 'vitest'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { publishedEvents } from '../cabinets/facts.ts'
import { testId } from '../cabinets/cabinets.testing.ts'
import { turningFacts, turnsOfDeposit, turnsOfEvent } from './causes.ts'

const door = testId('compartment', 1)

/** Of each type the one that turns most: a door that opened without a cause, one that was found shut. */
const eventOf = (type: CabinetEvent['type']): CabinetEvent =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what alerts look at.
  ({
    type,
    ...(type.startsWith('door') ? { door, cause: null, sight: 'shut' } : { compartment: door }),
  }) as unknown as CabinetEvent

describe('facts that alerts wait for', () => {
  it.each([...publishedEvents])('%s: waited for if it begins or ends an alert, and only then', (type) => {
    const event = eventOf(type)
    const turns = [...turnsOfEvent(event), ...turnsOfDeposit(event, door)]
    expect(turningFacts.includes(type)).toBe(turns.length > 0)
  })

  it('are told by the cabinets, all of them', () => {
    expect(turningFacts.filter((type) => !publishedEvents.has(type))).toEqual([])
  })
})
