import { beforeAll, describe, expect, it } from 'vitest'
import { followSetUp, guide, type SetUp } from './set-up.testing.ts'

describe('setting up by the page', () => {
  let way: SetUp
  beforeAll(async () => {
    way = await followSetUp()
  })

  it('begins with the very line that the page shows', () => {
    const [before, after] = way.printed.split(/(?<=welcome\/)/)
    expect(after).toMatch(/^[\w-]{20,}/)
    expect(guide('set-up.md')).toContain(`${before}…`)
  })

  it('gets an answer to each command: an endpoint with its secret, a parcel that is expected', () => {
    expect(way.answers).toMatchObject([
      { endpoint: { url: expect.stringContaining('/holdfast') }, secret: expect.stringMatching(/^whsec_/) },
      { trackingNumber: 'SF1234567890123' },
    ])
  })

  it('ends with a webhook that the public verifier accepts, once', () => {
    expect(way.received).toMatchObject([
      { verified: true, repeated: false, type: 'parcel.announced', trackingNumber: 'SF1234567890123' },
    ])
  })
})
