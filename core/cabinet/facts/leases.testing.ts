import type { Size } from '../../values/sizes.ts'
import type { OrderCommand } from '../commands.ts'
import { atWork, nth } from '../laws/scene.testing.ts'

export const freshStart = atWork

/** Courier n asks for a door; the order bears his number unless told otherwise. */
export const holdFor = (n: number, size: Size, order = n): Extract<OrderCommand, { type: 'orderHold' }> => ({
  type: 'orderHold',
  order: nth('order', order),
  staff: nth('staff', 1),
  freshness: 'asked',
  person: nth('person', n),
  carrier: nth('carrier', 1),
  size,
})
