import { Component } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../controls/ask/button.tsx'
import { Banner } from '../controls/tell/banner.tsx'
import { useWords } from '../words/use-words.tsx'
import { Page } from './page.tsx'

interface UnbrokenProps {
  /** Of the app. */
  readonly title: string
  readonly children: ReactNode
}

/**
 * A part of the app that could not be fetched leaves no dark page: what happened, a way back to what is here, and help
 * (law 17). A class because React catches in no other.
 */
export class Unbroken extends Component<UnbrokenProps, { readonly broken: boolean }> {
  static getDerivedStateFromError = (): { readonly broken: boolean } => ({ broken: true })
  override state = { broken: false }
  readonly #back = (): void => {
    // A part that was asked for once is not asked for again in this page.
    if (navigator.onLine) return location.reload()
    const whole = (): void => this.setState({ broken: false })
    if (location.hash === '') return whole()
    // Drawn before the route is another one, the same part would be missing again.
    addEventListener('hashchange', whole, { once: true })
    location.hash = ''
  }
  override render(): ReactNode {
    const { title, children } = this.props
    return this.state.broken ? <NotHere title={title} onBack={this.#back} /> : children
  }
}

function NotHere({ title, onBack }: { readonly title: string; readonly onBack: () => void }): ReactNode {
  const { t } = useWords()
  const back = (
    <Button kind="main" size="big" onPress={onBack}>
      {t('control.back')}
    </Button>
  )
  return (
    <Page title={title} foot={back}>
      <Banner tone="note" title={t('refusal.offline')} />
    </Page>
  )
}
