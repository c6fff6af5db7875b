import { expect, it } from 'vitest'
it.only('shuts', () => expect(1).toBe(1))
