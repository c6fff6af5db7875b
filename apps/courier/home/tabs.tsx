import type { ReactNode } from 'react'
import { Icon } from '../../kit/controls/icon.tsx'
import type { IconName } from '../../kit/controls/icon.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

export type Tab = 'home' | 'today' | 'recalls' | 'me'

const tabs: readonly { readonly tab: Tab; readonly route: string; readonly icon: IconName }[] = [
  { tab: 'home', route: '', icon: 'camera' },
  { tab: 'today', route: 'today', icon: 'parcel' },
  { tab: 'recalls', route: 'recalls', icon: 'door' },
  { tab: 'me', route: 'me', icon: 'phone' },
]

export function Tabs({ current }: { readonly current: Tab }): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <nav className="tabs" aria-label={t('courier.tabs')}>
      {tabs.map(({ tab, route, icon }) => (
        <a key={tab} href={`#${route}`} aria-current={tab === current ? 'page' : undefined}>
          <Icon name={icon} size="1.5em" />
          {t(`courier.tab.${tab}`)}
        </a>
      ))}
    </nav>
  )
}
