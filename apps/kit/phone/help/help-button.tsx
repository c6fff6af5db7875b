import { lazy, Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../../controls/icon.tsx'
import { useWords } from '../../words/use-words.tsx'

// Nobody waits for it on the first view; whoever needs it has the app already.
const Help = lazy(async () => ({ default: (await import('./help.tsx')).Help }))

/** In the same corner of every screen of a phone (law 17). */
export function HelpButton(): ReactNode {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="hf-page-help" aria-label={t('control.help')} onClick={() => setOpen(true)}>
        <Icon name="help" size="1.6em" />
      </button>
      {open && (
        <Suspense fallback={null}>
          <Help onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
