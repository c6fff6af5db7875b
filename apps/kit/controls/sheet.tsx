import './sheet.css'
import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { Button } from './ask/button.tsx'
import { useWords } from '../words/use-words.tsx'

export interface SheetProps {
  readonly open: boolean
  readonly title: string
  readonly children: ReactNode
  /** The verbs, at the bottom, nearest to the thumb. */
  readonly actions?: ReactNode
  /** Escape, the close button, or a press outside. Without it the sheet must be answered. */
  readonly onClose?: () => void
}

/** A modal question: from below on phones and kiosk, centred on a desk. The browser traps and returns the focus. */
export function Sheet({ open, title, children, actions, onClose }: SheetProps): ReactNode {
  const { t } = useWords()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element === null || element.open === open) return
    if (open) element.showModal()
    else element.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      className="hf-sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose?.()
      }}
    >
      {open && (
        <div className="hf-sheet-page">
          <header>
            <h2 id={id}>{title}</h2>
            {onClose && (
              <Button icon="close" mark="close" label={t('control.close')} onPress={onClose}>
                {''}
              </Button>
            )}
          </header>
          <div className="hf-sheet-body">{children}</div>
          {actions !== undefined && <footer>{actions}</footer>}
        </div>
      )}
    </dialog>
  )
}
