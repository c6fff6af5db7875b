import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Icon } from '../../../kit/controls/icon.tsx'
import { Sheet } from '../../../kit/controls/sheet.tsx'
import { useKioskWords } from '../../now.tsx'

export interface NumberSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onDone: (text: string) => void
}

const rows = ['1234567890', 'QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM-'] as const
const longest = 48
const shortest = 6

/** A keyboard of its own: the cabinet has none. Real keys work as well. */
export function NumberSheet({ open, onClose, onDone }: NumberSheetProps): ReactNode {
  const { t } = useKioskWords()
  const [text, setText] = useState('')
  const close = (): void => {
    setText('')
    onClose()
  }
  const add = (letter: string): void => setText((before) => (before + letter).slice(0, longest))
  return (
    <Sheet
      open={open}
      title={t('kiosk.number.title')}
      onClose={close}
      actions={
        <Button
          kind="main"
          size="big"
          disabled={text.length < shortest}
          onPress={() => {
            onDone(text)
            close()
          }}
        >
          {t('kiosk.number.use')}
        </Button>
      }
    >
      <input
        className="number-input"
        aria-label={t('kiosk.number.title')}
        value={text}
        maxLength={longest}
        autoComplete="off"
        inputMode="none"
        onInput={(event) => setText(event.currentTarget.value.toUpperCase())}
      />
      <Letters onLetter={add} onErase={() => setText(text.slice(0, -1))} />
    </Sheet>
  )
}

interface LettersProps {
  readonly onLetter: (letter: string) => void
  readonly onErase: () => void
}

function Letters({ onLetter, onErase }: LettersProps): ReactNode {
  const { t } = useKioskWords()
  return (
    <div className="letters">
      {rows.map((row) => (
        <div key={row}>
          {row.split('').map((letter) => (
            <button key={letter} type="button" onClick={() => onLetter(letter)}>
              {letter}
            </button>
          ))}
          {row.startsWith('Z') && (
            <button type="button" className="letters-erase" aria-label={t('control.delete')} onClick={onErase}>
              <Icon name="erase" />
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
