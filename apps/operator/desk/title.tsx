import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

/** The page's name: in the tab, in the heading, and where readers begin when the screen changes. */
export function Title({ children, tab }: { readonly children: string; readonly tab?: string }): ReactNode {
  const { t } = useWords<OperatorId>()
  const heading = useRef<HTMLHeadingElement>(null)
  const name = tab ?? children
  useEffect(() => {
    document.title = `${name} · ${t('operator.title')}`
  }, [name, t])
  useEffect(() => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
