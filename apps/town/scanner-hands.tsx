import type { TownState } from '@holdfast/wire/town/town.ts'
import { useState, type ReactNode } from 'react'
import { Button } from '../kit/controls/ask/button.tsx'
import { Field } from '../kit/controls/ask/field.tsx'
import type { TownId } from '../kit/words/town/town-words.ts'
import { useWords } from '../kit/words/use-words.tsx'
import { askTown } from './use-town.ts'

interface ScannerHandsProps {
  readonly cabinet: string
  readonly labels: TownState['labels']
}

/** Holds a label, or the text of a phone's QR, before the cabinet's scanner. */
export function ScannerHands({ cabinet, labels }: ScannerHandsProps): ReactNode {
  const words = useWords<TownId>()
  const [text, setText] = useState('')
  const [refused, setRefused] = useState(false)
  const hold = (what: string): void => {
    void askTown('scan', { cabinet, text: what }).then((done) => {
      setRefused(!done)
      if (done) setText('')
    })
  }
  return (
    <section className="town-card" aria-label={words.t('town.scanner')}>
      <h3>{words.t('town.scanner')}</h3>
      <ul className="town-labels">
        {labels.map(({ trackingNumber, note }) => (
          <li key={trackingNumber}>
            <Button size="small" onPress={() => hold(trackingNumber)} hint={note}>
              {trackingNumber}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="town-row"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') hold(text.trim())
        }}
      >
        <Field label={words.t('town.anyText')} value={text} onChange={setText} maxLength={600} />
        <Button submit>{words.t('town.hold')}</Button>
      </form>
      <p role="status">{refused ? words.t('town.noScanner') : ''}</p>
    </section>
  )
}
