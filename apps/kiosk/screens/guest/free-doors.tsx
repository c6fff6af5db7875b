import type { ReactNode } from 'react'
import type { FreeCounts } from '@holdfast/wire/kiosk/screens.ts'
import { useKioskWords } from '../../now.tsx'

const sizes = ['S', 'M', 'L', 'XL'] as const

/** Free doors by size. */
export function FreeDoors({ free }: { readonly free: FreeCounts }): ReactNode {
  const { t, number } = useKioskWords()
  return (
    <section className="free-doors" aria-label={t('kiosk.idle.free')}>
      <h2>{t('kiosk.idle.free')}</h2>
      <ul>
        {sizes.map((size) => (
          <li key={size} data-none={free[size] === 0}>
            <b>{number(free[size])}</b>
            <span>{t(`size.${size}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
