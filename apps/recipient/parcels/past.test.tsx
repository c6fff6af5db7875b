import { describe, expect, it } from 'vitest'
import { aRecipientParcel } from '../cloud.testing.ts'
import { useRecipientStage } from '../phone.testing.tsx'
import { Parcels } from './parcels.tsx'

describe('a parcel that its recipient refused', () => {
  const { stage, open } = useRecipientStage()

  it.each(['en', 'zh', 'ko'])('lies there still and asks for nothing more, in %s', async (locale) => {
    const trackingNumber = 'SF0000000000001'
    const opened = await open((client) => <Parcels client={client} />, {
      locale,
      town: ({ lists }) => lists.waiting.push(aRecipientParcel({ trackingNumber, state: 'refused', code: null })),
    })
    expect(stage.all('.waiting')).toHaveLength(2)
    expect(stage.all('#waiting')[0]?.textContent).toContain('2')
    expect(stage.all('.past')[0]?.textContent).toContain(trackingNumber)
    expect(opened.violations).toEqual([])
  })
})
