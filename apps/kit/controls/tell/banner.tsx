import './banner.css'
import type { ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import type { IconName } from '../icon.tsx'
import { useWords } from '../../words/use-words.tsx'

/** `act`: a door is open, do it now. `danger`: cannot go on. Told by icon and word, then by colour. */
export type Tone = 'note' | 'act' | 'safe' | 'danger'

const icons: Readonly<Record<Tone, IconName>> = { note: 'info', act: 'warn', safe: 'check', danger: 'halt' }

export interface BannerProps {
  readonly tone: Tone
  readonly title: string
  readonly children?: ReactNode
  /** One way out: usually a quiet button. */
  readonly action?: ReactNode
  /** For support, in small print. */
  readonly code?: string
}

/** Says it at once to readers: `danger` and `act` interrupt, the others wait their turn. */
export function Banner({ tone, title, children, action, code }: BannerProps): ReactNode {
  const { t } = useWords()
  return (
    <div className={`hf-banner hf-banner-${tone}`} role={tone === 'danger' || tone === 'act' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} size="1.6em" />
      <div className="hf-banner-words">
        <strong>
          <span className="hf-hidden">{t(`tone.${tone}`)}: </span>
          {title}
        </strong>
        {children !== undefined && <div>{children}</div>}
        {code !== undefined && <small>{t('control.supportCode', { code })}</small>}
      </div>
      {action}
    </div>
  )
}
