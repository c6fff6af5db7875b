import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Page } from '../../frame/page.tsx'
import { useKioskWords, useNow } from '../../now.tsx'
import { ParcelBox } from '../courier/parcel-box.tsx'

type Overflow = NonNullable<ScreenOf<'size'>['elsewhere']>

export interface ElsewhereProps extends Pick<ScreenOf<'size'>, 'parcel' | 'problem'> {
  readonly elsewhere: Overflow
  /** Undefined where no door of any size is free. */
  readonly onSize: (() => void) | undefined
}

/** No door here fits: the nearest cabinets with one. One tap asks the recipient, and the next parcel may be scanned. */
export function Elsewhere({ parcel, problem, elsewhere, onSize }: ElsewhereProps): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  const { places, busy, asked } = elsewhere
  const words =
    asked === null
      ? { title: t('kiosk.elsewhere.title'), hint: t('kiosk.elsewhere.hint') }
      : {
          title: t(`kiosk.elsewhere.${asked.word}`, { name: asked.name }),
          hint: t(`kiosk.elsewhere.${asked.word}.hint`),
        }
  return (
    <Page
      {...words}
      // The title says already that it is full.
      problem={problem === 'cabinet-full' ? null : problem}
      acts={
        <>
          {asked === null && places.map((place) => <Choice key={place.cabinet} place={place} busy={busy} />)}
          <div className="page-pair">
            {asked === null && onSize !== undefined && (
              <Button size="big" onPress={onSize}>
                {t('kiosk.elsewhere.size')}
              </Button>
            )}
            <Button kind={asked === null ? 'quiet' : 'main'} size="big" onPress={() => send({ kind: 'back' })}>
              {t('kiosk.consent.next')}
            </Button>
          </div>
        </>
      }
    >
      <ParcelBox parcel={parcel} />
    </Page>
  )
}

function Choice({ place, busy }: { readonly place: Overflow['places'][number]; readonly busy: boolean }): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  const { cabinet, name, room, here, metres, directions } = place
  const far = here ? t('kiosk.elsewhere.here') : metres === null ? undefined : t('kiosk.elsewhere.metres', { metres })
  const hint = [far, directions, t('kiosk.elsewhere.room', { count: room })].filter(Boolean).join(' · ')
  return (
    <Button
      size="big"
      icon="phone"
      busy={busy}
      hint={busy ? t('kiosk.elsewhere.asking') : hint}
      onPress={() => send({ kind: 'elsewhere', cabinet })}
    >
      {t('kiosk.elsewhere.ask', { name })}
    </Button>
  )
}
