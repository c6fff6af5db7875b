import './frame.css'
import './narrow.css'
import './page.css'
import { useState } from 'react'
import type { FormEvent, ReactNode, RefObject } from 'react'
import { Icon } from '../../../kit/controls/icon.tsx'
import type { IconName } from '../../../kit/controls/icon.tsx'
import { StatusMark } from '../../../kit/controls/tell/status-mark.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { useUndelivered } from '../../cloud/queries.ts'
import { EmergencyBar } from '../../safety/emergency-bar.tsx'
import { go, to } from '../route.ts'
import type { Route } from '../route.ts'
import { useDesk } from '../use-desk.ts'

interface FrameProps {
  readonly route: Route
  readonly search: RefObject<HTMLInputElement | null>
  readonly onShortcuts: () => void
  readonly onSettings: () => void
  readonly children: ReactNode
}

/** Around every screen: where one is, where one may go, whether what is shown is live. */
export function Frame({ route, search, onShortcuts, onSettings, children }: FrameProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  return (
    <div className="op-frame">
      <a className="op-skip" href="#main" onClick={skip}>
        {t('operator.skip')}
      </a>
      <header className="op-bar">
        <a className="op-brand" href={to.overview}>
          <span className="op-brand-mark" aria-hidden="true" />
          <span>{me?.operatorName ?? t('operator.title')}</span>
        </a>
        <Nav route={route} />
        <SearchBox route={route} box={search} />
        <Live />
        <div className="op-bar-end">
          <button
            type="button"
            className="op-icon-button op-wide"
            aria-label={t('operator.keys.title')}
            onClick={onShortcuts}
          >
            <kbd aria-hidden="true">?</kbd>
          </button>
          <button type="button" className="op-person" aria-label={t('operator.settings')} onClick={onSettings}>
            <span aria-hidden="true">{initialsOf(me?.name ?? '')}</span>
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <EmergencyBar />
        {children}
      </main>
    </div>
  )
}

function skip(event: { preventDefault: () => void }): void {
  // The address after # is the screen: it must not become 'main'.
  event.preventDefault()
  document.getElementById('main')?.focus()
}

/** 'Lin Mei' gives LM, '김민지' gives 김. */
export const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const latin = words.every((word) => /^\p{Script=Latin}/u.test(word))
  return (latin ? words.slice(0, 2) : words.slice(0, 1)).map((word) => [...word][0] ?? '').join('')
}

function Nav({ route }: { readonly route: Route }): ReactNode {
  const { t, number } = useWords<OperatorId>()
  const { me } = useDesk()
  const waiting = useUndelivered().data?.items.length ?? 0
  const link = (address: string, word: OperatorId, icon: IconName, here: boolean, count = 0): ReactNode => (
    <a href={address} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{t(word)}</span>
      {count > 0 && <b className="op-count">{number(count)}</b>}
    </a>
  )
  const { screen } = route
  return (
    <nav className="op-nav" aria-label={t('operator.nav')}>
      {link(to.overview, 'operator.nav.overview', 'door', screen === 'overview' || screen === 'cabinet')}
      {link(to.parcels(), 'operator.nav.parcels', 'parcel', screen === 'parcels' || screen === 'parcel')}
      {link(to.undelivered, 'operator.nav.undelivered', 'warn', screen === 'undelivered', waiting)}
      {me !== undefined && link(to.house(), 'house.title', 'plus', screen === 'house' || screen === 'new-cabinet')}
    </nav>
  )
}

function SearchBox({ route, box }: { readonly route: Route; readonly box: FrameProps['search'] }): ReactNode {
  const { t } = useWords<OperatorId>()
  const shown = route.screen === 'parcels' ? route.search : ''
  const [text, setText] = useState(shown)
  const [last, setLast] = useState(shown)
  if (last !== shown) {
    setLast(shown)
    setText(shown)
  }
  const search = (event: FormEvent): void => {
    event.preventDefault()
    go(to.parcels(text.trim()))
  }
  return (
    <form className="op-search" role="search" onSubmit={search}>
      <Icon name="search" />
      <input
        ref={box}
        type="search"
        value={text}
        maxLength={64}
        aria-label={t('operator.search.label')}
        placeholder={t('operator.search.hint')}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  )
}

function Live(): ReactNode {
  const { t } = useWords<OperatorId>()
  const { live } = useDesk()
  return (
    <span className={`op-live op-live-${live}`} role="status">
      <StatusMark mark={live === 'live' ? 'online' : 'stale'} word={t(`operator.live.${live}`)} />
    </span>
  )
}
