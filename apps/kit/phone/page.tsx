import './page.css'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../controls/icon.tsx'
import { useWords } from '../words/use-words.tsx'
import { HelpButton } from './help/help-button.tsx'

export interface PageProps {
  readonly title: string
  /** Where back leads: a route. Without it there is no way back from here. */
  readonly back?: string
  /** Beside the title. */
  readonly corner?: ReactNode
  readonly children: ReactNode
  /** The one thing to do, where the thumb is. */
  readonly foot?: ReactNode
}

/** One screen of a phone: a title, what is true, and at the bottom what to do. */
export function Page({ title, back, corner, children, foot }: PageProps): ReactNode {
  const { t } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = title
    // Readers hear where they are; a field that asked for the focus keeps it.
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus()
  }, [title])
  return (
    <div className="hf-page">
      <header>
        {back !== undefined && (
          <a className="hf-page-back" href={`#${back}`} aria-label={t('control.back')}>
            <Icon name="back" size="1.6em" />
          </a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {corner}
        <HelpButton />
      </header>
      <main>{children}</main>
      {foot !== undefined && <footer>{foot}</footer>}
    </div>
  )
}
