import type { ReactNode } from 'react'
import type { ParcelShown } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { useKioskWords, useNow } from '../../now.tsx'

/** The parcel in hand, whose it may be (advice), and beside it the two inspection questions. */
export function ParcelBox({ parcel, ask = true }: { readonly parcel: ParcelShown; readonly ask?: boolean }): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <section className="parcel-box" aria-label={t('kiosk.parcel.title')}>
      <div className="parcel-box-words">
        <strong>{parcel.number}</strong>
        <span>
          {parcel.guesses.length === 0
            ? t('kiosk.parcel.noGuess')
            : parcel.guesses
                .slice(0, 2)
                .map(({ carrier, confidence }) => t('kiosk.parcel.guess', { carrier, sure: confidence }))
                .join(' · ')}
        </span>
      </div>
      {ask && (
        <div className="parcel-box-asks">
          <Button icon="warn" onPress={() => send({ kind: 'damaged' })}>
            {t('kiosk.parcel.damaged')}
          </Button>
          <Button icon="warn" onPress={() => send({ kind: 'weight-off' })}>
            {t('kiosk.parcel.weightOff')}
          </Button>
        </div>
      )}
    </section>
  )
}
