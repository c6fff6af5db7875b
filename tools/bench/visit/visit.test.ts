import { describe, expect, it } from 'vitest'
import { beginVisit, human, visitLimits } from './visit.ts'

describe('a visit', () => {
  it('counts the person and the machine apart, and both together', async () => {
    const visit = beginVisit()
    await visit.person(20, 10)
    expect(await visit.machine(async () => await Promise.resolve('open'))).toBe('open')
    const [whole, machine] = visit.figures('code')
    expect(whole?.figure).toMatchObject({ name: 'recipient-code', unit: 's', limit: 20 })
    expect(whole?.figure.value).toBeGreaterThanOrEqual(0.03)
    expect(machine?.figure.value).toBeLessThan(whole?.figure.value ?? 0)
    expect(machine?.figure).toMatchObject({ name: 'recipient-code-machine', limit: 2 })
  })

  it('counts what the machine took even where it failed', async () => {
    const visit = beginVisit()
    await expect(visit.machine(async () => await Promise.reject(new Error('stuck')))).rejects.toThrow('stuck')
    expect(visit.figures('phone')[0]?.figure.limit).toBe(15)
  })

  it('leaves a machine of two seconds room within the limit of each way', () => {
    const nineKeys = 9 * human.key
    const atDoor = human.walks + human.takes + human.shuts
    const byCode = human.arrives + human.touches + nineKeys + atDoor + human.walks + human.touches
    const byPhone = human.arrives + human.touches + human.scans + 2 * human.key + human.touches + atDoor
    expect(byCode / 1000 + visitLimits.machine).toBeLessThanOrEqual(visitLimits.code)
    expect(byPhone / 1000 + visitLimits.machine).toBeLessThanOrEqual(visitLimits.phone + 1)
  })
})
