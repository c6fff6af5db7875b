import { describe, expect, it } from 'vitest'
import { northGateLayout } from '../../../tools/demo/layouts.ts'
import { Moving } from '../cabinet/moving.tsx'
import { FrontCard } from '../safety/front-card.tsx'
import { Sign } from '../safety/sign.tsx'
import { deskNow, refusal, useDeskStage } from '../testing/desk.testing.tsx'
import { idOf, sceneAt } from '../testing/scene.testing.ts'
import { NewCabinet } from './new-cabinet.tsx'

const layoutFile = (layout: unknown): File => new File([JSON.stringify(layout)], 'north.json')
const file = /^Choose the layout file$|choose another/

describe('a new cabinet', () => {
  const { stage, open } = useDeskStage()
  const fill = async (): Promise<void> => {
    await stage.type('Name of the cabinet', ' East Gate ')
    await stage.type('Site', 'East Gate Gardens')
    await stage.type('Address', '1 Harbour Street')
    await stage.type('Time zone', 'Asia/Seoul')
    await stage.type('Phone for complaints', '02-123-4567')
    await stage.choose(file, layoutFile(northGateLayout))
  }

  it('is made of place and layout, and its token is shown this once', async () => {
    const { cloud } = await open(<NewCabinet />)
    await fill()
    expect(stage.all('[data-compartment]')).toHaveLength(24)
    await stage.submit()
    expect(cloud.sent(/POST .*cabinets$/)).toMatchObject([
      { body: { name: 'East Gate', zone: 'Asia/Seoul', retentionHours: 24, complaintPhone: '02-123-4567' } },
    ])
    expect(stage.text()).toContain('hf-claim-7K2M9Q4W8R6T3Y5V')
    await stage.press('Copy')
    expect(stage.page.copied).toEqual(['hf-claim-7K2M9Q4W8R6T3Y5V'])
    expect(cloud.violations).toEqual([])
  })

  it.each<[string, string, string]>([
    ['Time zone', 'Mars/Olympus', 'This is no time zone.'],
    ['Retention period in hours', '0', 'Between 1 and 1,440 hours.'],
    ['Retention period in hours', '24.5', 'Between 1 and 1,440 hours.'],
    ['Phone for complaints', 'ask us', 'Write a number that people can call.'],
    ['Opening hours (optional)', 'whenever', 'Write them like'],
    ['Site', '   ', 'Name the place where it stands.'],
  ])('is not made with %s “%s”; that is said, and everything stays as it was typed', async (label, text, words) => {
    const { cloud } = await open(<NewCabinet />)
    await fill()
    await stage.type(label, text)
    await stage.submit()
    expect(stage.text()).toContain(words)
    expect([stage.field(label).value, stage.field('Name of the cabinet').value]).toEqual([text, ' East Gate '])
    expect(cloud.sent(/POST/)).toHaveLength(0)
  })

  it('says what is wrong with a layout file, where, and draws nothing of it', async () => {
    const { cloud } = await open(<NewCabinet />)
    await fill()
    const [first, second] = northGateLayout.compartments
    await stage.choose(
      file,
      layoutFile({ ...northGateLayout, compartments: [first, { ...second, label: first?.label }] }),
    )
    expect(stage.text()).toContain('One thing is wrong in this file')
    expect(stage.text()).toContain('stands on two doors')
    await stage.choose(file, new File(['{'], 'torn.json'))
    expect(stage.text()).toContain('This file is not JSON.')
    expect(stage.all('[data-compartment]')).toHaveLength(0)
    await stage.submit()
    expect(cloud.sent(/POST/)).toHaveLength(0)
  })

  it('keeps the form where the cloud refuses, and is made once for a double press', async () => {
    const { cloud } = await open(<NewCabinet />, { ends: [[/POST .*cabinets$/, refusal(409, 'name-taken')]] })
    await fill()
    await stage.submit()
    expect([stage.text().includes('name-taken'), stage.field('Site').value]).toEqual([true, 'East Gate Gardens'])
    cloud.ends(/POST .*cabinets$/)
    await stage.pressTwice('Create the cabinet')
    expect(cloud.sent(/POST .*cabinets$/)).toHaveLength(2)
  })

  it('is for managers', async () => {
    await open(<NewCabinet />, { scene: ({ me }) => Object.assign(me, { role: 'technician' }) })
    expect([stage.text(), stage.all('form').length]).toEqual(['New cabinet Only managers add cabinets.', 0])
  })
})

describe('a cabinet that moves', () => {
  const { stage, open } = useDeskStage()
  const north = idOf('cabinet', 1)

  it('takes its new place with a reason; what holds on stands in the form already', async () => {
    const { cloud } = await open(<Moving cabinet={north} />)
    await stage.press('It has moved')
    expect(stage.field('Time zone').value).toBe('Asia/Shanghai')
    await stage.type('Site', 'South Gate')
    await stage.submit()
    expect(stage.text()).toContain('Write the address as it goes into messages.')
    expect(stage.text()).toContain('Write why; it stays in the cabinet’s story.')
    await stage.type('Address', '2 Harbour Street')
    await stage.type('Why', 'Building work')
    await stage.submit()
    expect(cloud.sent(/places$/).at(-2)?.body ?? cloud.sent(/POST .*places$/)[0]?.body).toMatchObject({
      siteName: 'South Gate',
      reason: 'Building work',
      hours: 'daily 07:00 to 22:00',
    })
    expect(cloud.sent(/POST .*places$/)[0]?.body).not.toHaveProperty('directions')
    expect(cloud.violations).toEqual([])
  })

  it('keeps its place where only the words about it are mended', async () => {
    const { cloud } = await open(<Moving cabinet={north} />)
    expect(stage.text()).toContain('20 m left of the entrance · 30.2741, 120.1551')
    await stage.press('Change what is said of the place')
    await stage.type('The last steps to it (optional)', 'Behind the gatehouse')
    await stage.type('Position on the map (optional)', 'near the gate')
    await stage.type('Why', 'The hedge is gone')
    await stage.submit()
    expect(stage.text()).toContain('Write it like “30.2741, 120.1551”')
    await stage.type('Position on the map (optional)', '30.2742, 120.1552')
    await stage.submit()
    expect(cloud.sent(/POST .*places$/).map(({ body }) => body)).toMatchObject([
      {
        siteName: 'North Gate Gardens',
        address: '12 Harbour Street',
        directions: 'Behind the gatehouse',
        position: { latitude: 30.2742, longitude: 120.1552 },
      },
    ])
    expect(cloud.violations).toEqual([])
  })

  it('gets a new terminal by a token that is shown this once', async () => {
    const { cloud } = await open(<Moving cabinet={north} />)
    await stage.press('New terminal or more doors')
    await stage.submit()
    expect(cloud.sent(/terminal$/)).toHaveLength(0)
    await stage.type('Why', 'Disk died')
    await stage.submit()
    expect(stage.text()).toContain('hfc_Zm9yIHRoZSBqb3VybmV5IG9u')
    expect(cloud.violations).toEqual([])
  })

  it('gets more doors by a layout that keeps those of today, and says which are lost', async () => {
    const { cloud } = await open(<Moving cabinet={north} />)
    await stage.press('New terminal or more doors')
    await stage.type('Why', 'A side cabinet was added')
    const { compartments, version } = northGateLayout
    const fewer = { ...northGateLayout, version, compartments: compartments.slice(1) }
    await stage.choose(file, layoutFile(fewer))
    expect(stage.text()).toContain('2 things are wrong in this file')
    expect(stage.text()).toContain(`${compartments[0]?.label} is a door of today that is missing`)
    expect(stage.text()).toContain(`version must be higher than ${version}`)
    await stage.submit()
    expect(cloud.sent(/terminal$/)).toHaveLength(0)
    await stage.choose(file, layoutFile({ ...northGateLayout, version: version + 1 }))
    await stage.submit()
    expect(cloud.sent(/terminal$/).map(({ body }) => body)).toMatchObject([
      { reason: 'A side cabinet was added', layout: { version: version + 1 } },
    ])
    expect(stage.text()).toContain('hfc_Zm9yIHRoZSBqb3VybmV5IG9u')
    expect(cloud.violations).toEqual([])
  })

  it('shows where it stood to everybody, and lets managers alone change it', async () => {
    await open(<Moving cabinet={north} />, { scene: ({ me }) => Object.assign(me, { role: 'dispatcher' }) })
    expect(stage.text()).toContain('daily 07:00 to 22:00')
    expect(stage.buttons()).toEqual([])
  })
})

describe('the front of a cabinet', () => {
  const { stage, open } = useDeskStage()
  const view = sceneAt(deskNow).cabinets[1]
  if (view === undefined) throw new Error('no cabinet')

  it('is said to be dead and alive again by a person', async () => {
    const { cloud } = await open(<FrontCard view={view} />)
    await stage.press('The screen is dead')
    expect(stage.text()).toContain('Dead: recipients open their doors from the phone')
    await stage.press('The screen works again')
    expect(cloud.sent(/^PATCH/).map(({ body }) => body)).toEqual([{ screenOut: true }, { screenOut: false }])
    expect(cloud.violations).toEqual([])
  })

  it('is dark by night between two different times, over midnight too, and by none again', async () => {
    const { cloud } = await open(<FrontCard view={view} />)
    await stage.press('Set the night')
    await stage.type('From', '22:30')
    await stage.type('Until', '22:30')
    await stage.type('Volume in percent', '30')
    await stage.type('Brightness of the waiting screen in percent', '70')
    await stage.submit()
    expect(stage.text()).toContain('Give two different times')
    await stage.type('Until', '06:15')
    await stage.submit()
    expect(cloud.sent(/^PATCH/).at(-1)?.body).toEqual({
      night: { fromMinute: 1350, untilMinute: 375, volumePercent: 30, brightnessPercent: 70 },
    })
    expect(stage.text()).toContain('22:30 to 06:15')
    await stage.press('Set the night')
    await stage.press('No night')
    expect(stage.text()).toContain('No hours of quiet')
    expect(cloud.violations).toEqual([])
  })

  it('has a sign in three languages with the number to call, whatever the desk speaks', async () => {
    await open(<Sign cabinet={view.summary.cabinet} />, { locale: 'ko' })
    expect(stage.all('.op-sign section').map((part) => part.getAttribute('lang'))).toEqual(['zh', 'en', 'ko'])
    // Dashes that break no line: nobody dials a number that stands in two.
    for (const part of stage.all('.op-sign section')) expect(part.textContent).toContain('0571‑8888‑0000')
    expect(stage.all('.hf-qr')).toHaveLength(1)
  })
})
