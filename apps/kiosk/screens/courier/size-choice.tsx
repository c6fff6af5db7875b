import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Progress } from '../../../kit/controls/tell/progress.tsx'
import { Page } from '../../frame/page.tsx'
import { useKioskWords, useNow } from '../../now.tsx'
import { Elsewhere } from '../overflow/elsewhere.tsx'
import { ParcelBox } from './parcel-box.tsx'

const sizes = ['S', 'M', 'L', 'XL'] as const

/** One tap where nobody announced how big it is. A size with no free door is still offered up to the next. */
export function SizeChoice({ parcel, free, elsewhere, problem }: ScreenOf<'size'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  const [sizing, setSizing] = useState(false)
  if (elsewhere !== undefined && !sizing) {
    const isFull = sizes.every((size) => free[size] === 0)
    const onSize = isFull ? undefined : () => setSizing(true)
    return <Elsewhere parcel={parcel} elsewhere={elsewhere} onSize={onSize} problem={problem} />
  }
  return (
    <Page
      title={t('kiosk.size.title')}
      problem={problem}
      acts={
        <div className="size-choice">
          {sizes.map((size, i) => (
            <button
              key={size}
              type="button"
              disabled={sizes.slice(i).every((one) => free[one] === 0)}
              onClick={() => send({ kind: 'size', size })}
            >
              <span className="size-box" data-size={size} aria-hidden="true" />
              <strong>{t(`size.${size}`)}</strong>
              <span>{t('kiosk.size.free', { count: free[size] })}</span>
            </button>
          ))}
        </div>
      }
    >
      <ParcelBox parcel={parcel} />
    </Page>
  )
}

export function Looking({ parcel }: ScreenOf<'looking'>): ReactNode {
  const { t } = useKioskWords()
  return (
    <Page title={t('kiosk.looking.title')}>
      <ParcelBox parcel={parcel} ask={false} />
      <Progress label={t('kiosk.looking.hint')} />
    </Page>
  )
}
