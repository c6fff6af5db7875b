import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import type { Show } from '@holdfast/wire/kiosk/show.ts'
import { PageEvent } from '../kit/testing/nodes.testing.ts'
import { useStage } from '../kit/testing/stage.testing.ts'
import { createVoice } from '../kit/voice.ts'
import { example } from './guide/examples.testing.ts'
import { useAccess } from './use-access.ts'

const stage = useStage()
const night = { volumePercent: 30, brightnessPercent: 60 }
const alone: Show = { ...example('idle'), night }

function Kiosk({ show }: { readonly show: Show | undefined }): ReactNode {
  const voice = useMemo(() => createVoice({}), [])
  const { access, setAccess } = useAccess(voice, show)
  return <button onClick={() => setAccess({ ...access, contrast: true })}>High contrast</button>
}

const look = (): string => {
  const { theme, dim } = stage.page.document.documentElement.dataset
  return `${theme} ${dim}`
}
const touch = async (): Promise<void> =>
  await stage.let(() => stage.page.document.body.dispatchEvent(new PageEvent('pointerdown')))

describe('a kiosk by night', () => {
  it('is dark and dimmed while nobody is there, and bright by day', async () => {
    await stage.draw(<Kiosk show={undefined} />)
    expect(look()).toBe('light no')
    await stage.draw(<Kiosk show={alone} />)
    expect(look()).toBe('dark yes')
    await stage.draw(<Kiosk show={example('idle')} />)
    expect(look()).toBe('light no')
  })

  it('stays up as long as touches come', async () => {
    await stage.draw(<Kiosk show={alone} />)
    for (let times = 0; times < 3; times++) {
      await touch()
      await stage.after(15_000)
      expect(look()).toBe('dark no')
    }
    await stage.after(6_000)
    expect(look()).toBe('dark yes')
  })

  it.each(['a touch', 'a key'])('is brought up by %s, and goes down when nothing more comes', async (by) => {
    await stage.draw(<Kiosk show={alone} />)
    await (by === 'a key' ? stage.key('5') : touch())
    expect(look()).toBe('dark no')
    await stage.after(19_000)
    expect(look()).toBe('dark no')
    await stage.after(2_000)
    expect(look()).toBe('dark yes')
  })

  it('stays up while somebody is at work on it, however still he stands', async () => {
    await stage.draw(<Kiosk show={alone} />)
    await touch()
    await stage.draw(<Kiosk show={{ ...example('code'), night }} />)
    await stage.after(60_000)
    expect(look()).toBe('dark no')
    await stage.draw(<Kiosk show={alone} />)
    expect(look()).toBe('dark yes')
    await touch()
    expect(look()).toBe('dark no')
  })

  it('is brought up by a door that stands open, and by a call for help', async () => {
    await stage.draw(<Kiosk show={{ ...example('idle-open-door'), night }} />)
    expect(look()).toBe('dark no')
    await stage.draw(<Kiosk show={{ ...alone, emergency: true }} />)
    expect(look()).toBe('dark no')
  })

  it('leaves high contrast as it is: who chose it is there', async () => {
    await stage.draw(<Kiosk show={{ ...example('code'), night }} />)
    await stage.press('High contrast')
    expect(look()).toBe('contrast no')
  })
})
